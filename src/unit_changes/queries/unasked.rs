//! SQL of the figures that a recorded event leaves unasked, as the periods stand now.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{Kept, LineRow};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ObligationId, PeriodId, UnitId};
use crate::db::schema::{form_indicators, indicators, obligations, periods};
use crate::periods::Standing;

/// An open report that ended with the event, and what its form asks that the reports going on do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unasked {
    pub unit: UnitId,
    pub period: String,
    /// "F02 Người được đào tạo nghề", in the order of the form.
    pub figures: Vec<String>,
}

/// A report of a period: obligation, period, its name, unit, part, form, whether it is still owed.
type Row = (ObligationId, PeriodId, String, UnitId, String, FormId, String);

/// What each report that ended asked and its successors' do not; of a body without a successor, what nobody in the period is
/// asked. Three queries; none where no report ended.
///
/// # Errors
/// The queries' own.
pub fn unasked(conn: &mut Conn, lines: &[LineRow], journal: &[Kept]) -> QueryResult<Vec<Unasked>> {
    let ended: Vec<ObligationId> = journal
        .iter()
        .filter(|kept| kept.what == "set:obligation_standing" && kept.after == Standing::Ended.code())
        .map(|kept| ObligationId(kept.row_id))
        .collect();
    if ended.is_empty() {
        return Ok(vec![]);
    }
    let of: Vec<PeriodId> = obligations::table
        .filter(obligations::id.eq_any(&ended))
        .select(obligations::period_id)
        .distinct()
        .load(conn)?;
    let rows: Vec<Row> = obligations::table
        .inner_join(periods::table)
        .filter(obligations::period_id.eq_any(of))
        .order(obligations::id)
        .select((
            obligations::id,
            obligations::period_id,
            periods::label,
            obligations::unit_id,
            obligations::part,
            obligations::form_id,
            obligations::standing,
        ))
        .load(conn)?;
    let mut forms: Vec<FormId> = rows.iter().map(|row| row.5).collect();
    forms.sort_unstable();
    forms.dedup();
    let asked = asked(conn, &forms)?;
    let (gone, going_on): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.6 == Standing::Ended.code());
    let mut found = Vec::new();
    for row in gone.into_iter().filter(|row| ended.contains(&row.0)) {
        let heirs: Vec<UnitId> = lines
            .iter()
            .filter(|line| line.from == Some(row.3) && line.function.is_none())
            .filter_map(|line| line.to)
            .collect();
        let theirs = |other: &&&Row| heirs.is_empty() || (heirs.contains(&other.3) && other.4 == row.4);
        let of_form = |form: FormId| asked.get(&form).map(Vec::as_slice).unwrap_or_default();
        let others: Vec<&Asked> = going_on
            .iter()
            .filter(|other| other.1 == row.1)
            .filter(theirs)
            .flat_map(|other| of_form(other.5))
            .collect();
        let any: HashSet<IndicatorId> = others.iter().map(|asked| asked.0).collect();
        let counted: HashSet<IndicatorId> =
            others.iter().filter(|asked| asked.2).map(|asked| asked.0).collect();
        let figures: Vec<String> = of_form(row.5)
            .iter()
            .filter(|(id, _, counts)| if *counts { !counted.contains(id) } else { !any.contains(id) })
            .map(|(_, name, _)| name.clone())
            .collect();
        if !figures.is_empty() {
            found.push(Unasked { unit: row.3, period: row.2.clone(), figures });
        }
    }
    Ok(found)
}

/// A figure of a form: its code and name, whether it counts there.
type Asked = (IndicatorId, String, bool);

fn asked(conn: &mut Conn, forms: &[FormId]) -> QueryResult<HashMap<FormId, Vec<Asked>>> {
    let rows: Vec<(FormId, IndicatorId, String, String, bool)> = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq_any(forms))
        .order((form_indicators::form_id, form_indicators::position))
        .select((
            form_indicators::form_id,
            indicators::id,
            indicators::code,
            indicators::name,
            form_indicators::counts,
        ))
        .load(conn)?;
    let mut asked: HashMap<FormId, Vec<Asked>> = HashMap::new();
    for (form, id, code, name, counts) in rows {
        asked.entry(form).or_default().push((id, format!("{code} {name}"), counts));
    }
    Ok(asked)
}
