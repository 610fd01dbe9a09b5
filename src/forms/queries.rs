//! All SQL of forms being written: what a version asks, and the drafts of the next ones.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Asked, Content, Section};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{form_audiences, form_indicators, form_sections, forms};
use crate::periods::queries::FormRow;

/// The versions of a regime's forms that hold on `day`. One query.
///
/// # Errors
/// The query's own.
pub fn holding(conn: &mut Conn, regime: RegimeId, day: NaiveDate) -> QueryResult<Vec<FormRow>> {
    forms::table
        .filter(forms::regime_id.eq(regime))
        .filter(forms::valid_from.is_null().or(forms::valid_from.le(day)))
        .filter(forms::valid_to.is_null().or(forms::valid_to.ge(day)))
        .order(forms::id)
        .select(FormRow::as_select())
        .load(conn)
}

/// What a version asks and whom. Three queries.
///
/// # Errors
/// The query's own.
pub fn content(conn: &mut Conn, form: &FormRow) -> QueryResult<Content> {
    let sections: Vec<(String, String, String, String, bool)> = form_sections::table
        .filter(form_sections::form_id.eq(form.id))
        .order(form_sections::position)
        .select((
            form_sections::code,
            form_sections::label,
            form_sections::title,
            form_sections::hint,
            form_sections::required,
        ))
        .load(conn)?;
    let figures: Vec<(IndicatorId, bool, bool)> = form_indicators::table
        .filter(form_indicators::form_id.eq(form.id))
        .order((form_indicators::position, form_indicators::indicator_id))
        .select((form_indicators::indicator_id, form_indicators::counts, form_indicators::required))
        .load(conn)?;
    let (kinds, units) = audience(conn, form.id)?;
    Ok(Content {
        name: form.name.clone(),
        kinds,
        units,
        sections: sections
            .into_iter()
            .map(|(code, label, title, hint, required)| Section { code, label, title, hint, required })
            .collect(),
        figures: figures
            .into_iter()
            .map(|(indicator, counts, required)| Asked { indicator, counts, required })
            .collect(),
    })
}

/// Codes of kinds and ids of units that a version is for. One query.
///
/// # Errors
/// The query's own.
pub fn audience(conn: &mut Conn, id: FormId) -> QueryResult<(Vec<String>, Vec<UnitId>)> {
    let rows: Vec<(Option<String>, Option<UnitId>)> = form_audiences::table
        .filter(form_audiences::form_id.eq(id))
        .order(form_audiences::id)
        .select((form_audiences::kind_code, form_audiences::unit_id))
        .load(conn)?;
    let kinds = rows.iter().filter_map(|(kind, _)| kind.clone()).collect();
    Ok((kinds, rows.into_iter().filter_map(|(_, unit)| unit).collect()))
}
