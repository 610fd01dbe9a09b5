//! A period of before the system: its obligations are those of the bodies that a table of then names, on the forms chosen for them,
//! undated. Stands between the import of such tables and the rows that opening a period writes; routes are not asked, for a regime's
//! begin with the regime.

use chrono::{NaiveDate, NaiveTime};
use serde_json::json;

use super::opening_rows::{Debtor, insert_obligations, insert_period};
use super::{NewPeriod, queries};
use crate::audit::{self, By, Step};
use crate::calendar::{Cycle, DueRule, Moment, Window, label, period_code};
use crate::db::Conn;
use crate::db::ids::{FormId, PeriodId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::units::UnitOn;

/// What stands for the document that sets its day, which there is none of.
pub const BASIS: &str = "Kỳ trước khi dùng hệ thống, nhập từ bảng cũ";

/// A body of a period of then.
#[derive(Debug, Clone)]
pub struct Owing {
    pub unit: UnitOn,
    pub form: FormId,
    /// As its route says, whenever that holds.
    pub mode: String,
}

/// Makes the period of a cycle and a year with one obligation to `collector` for each body. The day it is taken to be opened, and
/// that of its lock, is the last of its window: it stands among the periods of its time and is open to nobody.
///
/// # Errors
/// [`Error::Refused`] when the regime has that period by now, or one that counts the same days.
pub fn make_period(
    conn: &mut Conn,
    (regime_id, collector): (RegimeId, UnitId),
    (cycle, year, window): (Cycle, i32, Window),
    owing: Vec<Owing>,
    (by, moment): (&By, Moment),
) -> Result<PeriodId, Error> {
    queries::claim_regime(conn, regime_id)?;
    let regime = queries::regime(conn, regime_id)?;
    let new = NewPeriod {
        code: period_code(cycle, year),
        label: label(cycle, year),
        cycle,
        year,
        window: Some(window),
        due: DueRule::Undated,
        due_basis: BASIS.to_owned(),
        // Over before it is made: what came of a table is all that it takes.
        lock_on: Some(window.to),
        reference_on: window.to,
        form_code: None,
        units: None,
    };
    let there = queries::all_periods_of(conn, regime_id)?;
    let same = there.iter().find(|period| period.code == new.code).or_else(|| new.counted_by(&there));
    if let Some(other) = same {
        return Err(Error::Refused(format!(
            "Chế độ này đã có kỳ {} cho thời gian đó. Chọn lại kỳ của bảng.",
            other.label
        )));
    }
    if window.to >= moment.today {
        let mut problems = Problems::default();
        problems.add("period", "Kỳ này chưa qua: bảng cũ chỉ nhập cho kỳ đã qua.");
        return problems.or(PeriodId(0));
    }
    let id = insert_period(conn, regime_id, &new, opened(window.to))?;
    let codes: Vec<String> = owing.iter().map(|owing| owing.unit.code.clone()).collect();
    insert_obligations(conn, &regime, id, &new, &debtors(owing, collector).iter().collect::<Vec<_>>(), &[])?;
    let step = Step {
        action: "period.make_past",
        subject_kind: "period",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}", regime.name, new.label),
        unit_id: Some(collector),
        before: None,
        after: Some(json!({
            "regime": regime.code,
            "code": new.code,
            "label": new.label,
            "window_from": window.from,
            "window_to": window.to,
            "reference_on": new.reference_on,
            "units": codes,
        })),
    };
    audit::record(conn, by, &step, moment.recorded)?;
    Ok(id)
}

/// Adds bodies that a later table of the same period names.
///
/// # Errors
/// The queries' own; [`Error::NotFound`] for a period of another regime.
pub fn add_bodies(
    conn: &mut Conn,
    (regime_id, collector): (RegimeId, UnitId),
    id: PeriodId,
    owing: Vec<Owing>,
) -> Result<(), Error> {
    let regime = queries::regime(conn, regime_id)?;
    let periods = queries::all_periods_of(conn, regime_id)?;
    let period = periods.into_iter().find(|period| period.id == id).ok_or(Error::NotFound)?;
    let (Some(cycle), Some(window)) = (Cycle::from_code(&period.cycle), period.window()) else {
        return Err(Error::NotFound);
    };
    let new = NewPeriod {
        code: period.code.clone(),
        label: period.label.clone(),
        cycle,
        year: period.year,
        window: Some(window),
        due: DueRule::Undated,
        due_basis: period.due_basis.clone(),
        lock_on: period.lock_on,
        reference_on: period.reference_on,
        form_code: None,
        units: None,
    };
    insert_obligations(conn, &regime, id, &new, &debtors(owing, collector).iter().collect::<Vec<_>>(), &[])
}

fn debtors(owing: Vec<Owing>, collector: UnitId) -> Vec<Debtor> {
    let mut owing = owing;
    owing.sort_by_key(|owing| owing.unit.protocol_key());
    owing
        .into_iter()
        .map(|owing| Debtor {
            unit: owing.unit,
            collector_id: collector,
            mode: owing.mode,
            form_id: owing.form,
            part: "own",
        })
        .collect()
}

/// The morning of a day in Vietnam, in UTC.
fn opened(day: NaiveDate) -> chrono::NaiveDateTime {
    Moment::local(day.and_time(NaiveTime::MIN)).at
}
