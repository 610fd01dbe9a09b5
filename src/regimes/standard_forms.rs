//! The forms of a new regime: the standard ones of its kinds, those of another regime, or one plain form for a paper.
//! Stands between fixtures/catalogue/forms.toml and the rows of `forms`; a fixed number of queries per form.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{form_indicators, form_lists, form_sections, function_holders, functions};
use crate::error::Error;
use crate::forms::write;
use crate::standard::forms::{Form, FormSet};

/// Writes the standard forms of some kinds, and those of the functions that a reporting unit holds on `day`.
///
/// # Errors
/// The queries' own; [`Error::Internal`] when a form names what the catalogue does not have.
pub fn insert_standard(
    conn: &mut Conn,
    regime: RegimeId,
    province: UnitId,
    reporting: &[UnitId],
    kinds: &[String],
    set: &FormSet,
    day: NaiveDate,
) -> Result<(), Error> {
    let known: HashMap<String, IndicatorId> = crate::indicators::queries::catalogue(conn)?
        .into_iter()
        .filter(|indicator| indicator.holds_on(day))
        .map(|indicator| (indicator.code, indicator.id))
        .collect();
    let holders: Vec<(String, UnitId)> = function_holders::table
        .inner_join(functions::table)
        .filter(function_holders::province_id.eq(province))
        .filter(function_holders::valid_from.is_null().or(function_holders::valid_from.le(day)))
        .filter(function_holders::valid_to.is_null().or(function_holders::valid_to.ge(day)))
        .select((functions::code, function_holders::unit_id))
        .load(conn)?;
    for form in &set.forms {
        let kinds: Vec<&str> =
            form.kinds.iter().filter(|kind| kinds.contains(kind)).map(String::as_str).collect();
        let mut units: Vec<UnitId> = holders
            .iter()
            .filter(|(function, unit)| form.functions.contains(function) && reporting.contains(unit))
            .map(|(_, unit)| *unit)
            .collect();
        units.dedup();
        if kinds.is_empty() && units.is_empty() {
            continue;
        }
        let id = insert_form(conn, regime, form, set, &known)?;
        write::audience(conn, id, &kinds, &units)?;
    }
    Ok(())
}

/// One form for papers: a place for what the paper says, no figures.
///
/// # Errors
/// The queries' own.
pub fn insert_plain(conn: &mut Conn, regime: RegimeId, kinds: &[String]) -> Result<(), Error> {
    let id = write::head(conn, regime, "document", "Văn bản phải gửi", 1, None)?;
    diesel::insert_into(form_sections::table)
        .values((
            form_sections::form_id.eq(id),
            form_sections::code.eq("I"),
            form_sections::label.eq("I"),
            form_sections::title.eq("Nội dung chính của văn bản"),
            form_sections::hint.eq("Tóm tắt vài dòng; văn bản gửi kèm theo đường công văn."),
            form_sections::position.eq(1),
            form_sections::required.eq(false),
        ))
        .execute(conn)?;
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    write::audience(conn, id, &kinds, &[])
}

fn insert_form(
    conn: &mut Conn,
    regime: RegimeId,
    form: &Form,
    set: &FormSet,
    known: &HashMap<String, IndicatorId>,
) -> Result<FormId, Error> {
    let fault = |what: &str, code: &str| Error::Internal(format!("form {}: no {what} {code}", form.code));
    let id = write::head(conn, regime, &form.code, &form.name, 1, None)?;
    for (position, code) in (1..).zip(&form.sections) {
        let section = set.sections.iter().find(|s| s.code == *code).ok_or_else(|| fault("section", code))?;
        diesel::insert_into(form_sections::table)
            .values((
                form_sections::form_id.eq(id),
                form_sections::code.eq(code),
                form_sections::label.eq(&section.label),
                form_sections::title.eq(&section.title),
                form_sections::hint.eq(&section.hint),
                form_sections::position.eq(position),
                form_sections::required.eq(section.required),
            ))
            .execute(conn)?;
    }
    let asked = form.counts.iter().map(|code| (code, true));
    let mut asked: Vec<(&String, bool)> =
        asked.chain(form.reference.iter().map(|code| (code, false))).collect();
    // Codes are in the catalogue's order: A02 … I03.
    asked.sort();
    for (position, (code, counts)) in (1..).zip(asked) {
        // An indicator that was closed is no longer asked for by anybody new.
        let Some(indicator) = known.get(code).copied() else { continue };
        diesel::insert_into(form_indicators::table)
            .values((
                form_indicators::form_id.eq(id),
                form_indicators::indicator_id.eq(indicator),
                form_indicators::position.eq(position),
                form_indicators::counts.eq(counts),
                form_indicators::required.eq(form.required.contains(code)),
            ))
            .execute(conn)?;
    }
    for (position, code) in (1..).zip(&form.lists) {
        let list = set.lists.get(code).ok_or_else(|| fault("list", code))?;
        let columns = serde_json::to_string(&list.columns).map_err(|e| Error::Internal(e.to_string()))?;
        diesel::insert_into(form_lists::table)
            .values((
                form_lists::form_id.eq(id),
                form_lists::code.eq(code),
                form_lists::title.eq(&list.title),
                form_lists::position.eq(position),
                form_lists::columns_json.eq(columns),
            ))
            .execute(conn)?;
    }
    Ok(id)
}
