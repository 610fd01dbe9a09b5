//! The forms of a new regime: the standard ones of its kinds, those of another regime, or one plain form for a paper.
//! Stands between fixtures/catalogue/forms.toml and the rows of `forms`; a fixed number of queries per form.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{function_holders, functions};
use crate::error::Error;
use crate::forms::{Section, write};
use crate::lists::ListTable;
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
    let section = Section {
        code: "I".to_owned(),
        label: "I".to_owned(),
        title: "Nội dung chính của văn bản".to_owned(),
        hint: "Tóm tắt vài dòng; văn bản gửi kèm theo đường công văn.".to_owned(),
        required: false,
    };
    write::sections(conn, id, &[section])?;
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
    let section = |code: &String| {
        let found = set.sections.iter().find(|s| s.code == *code).ok_or_else(|| fault("section", code))?;
        let (label, title, hint) = (found.label.clone(), found.title.clone(), found.hint.clone());
        Ok(Section { code: code.clone(), label, title, hint, required: found.required })
    };
    let sections: Vec<Section> = form.sections.iter().map(section).collect::<Result<_, Error>>()?;
    write::sections(conn, id, &sections)?;
    // An indicator that was closed is no longer asked for by anybody new.
    let asked =
        write::asked(&form.counts, &form.reference, &form.required, |code| Ok(known.get(code).copied()))?;
    write::figures(conn, id, &asked)?;
    let list = |code: &String| {
        let found = set.lists.get(code).ok_or_else(|| fault("list", code))?;
        let (title, columns) = (found.title.clone(), found.columns.clone());
        Ok(ListTable { code: code.clone(), title, columns })
    };
    let lists: Vec<ListTable> = form.lists.iter().map(list).collect::<Result<_, Error>>()?;
    write::lists(conn, id, &lists)?;
    Ok(id)
}
