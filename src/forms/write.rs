//! Rows of a form version: head, audience, sections, figures and list tables. Stands between a content that is decided and the tables, which nobody changes once a report is owed on them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Asked, Content, Section};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{form_audiences, form_indicators, form_lists, form_sections, forms};
use crate::error::Error;
use crate::lists::ListTable;
use crate::on_each;

/// The row of a form version.
///
/// # Errors
/// The query's own.
pub fn head(
    conn: &mut Conn,
    regime: RegimeId,
    code: &str,
    name: &str,
    version: i32,
    valid_from: Option<NaiveDate>,
) -> Result<FormId, Error> {
    Ok(on_each!(conn, |c| diesel::insert_into(forms::table)
        .values((
            forms::uid.eq(uuid::Uuid::now_v7().to_string()),
            forms::regime_id.eq(regime),
            forms::code.eq(code),
            forms::version.eq(version),
            forms::name.eq(name),
            forms::valid_from.eq(valid_from),
        ))
        .returning(forms::id)
        .get_result(c))?)
}

/// Whom a form is for.
///
/// # Errors
/// The query's own.
pub fn audience(conn: &mut Conn, id: FormId, kinds: &[&str], units: &[UnitId]) -> Result<(), Error> {
    for kind in kinds {
        diesel::insert_into(form_audiences::table)
            .values((form_audiences::form_id.eq(id), form_audiences::kind_code.eq(kind)))
            .execute(conn)?;
    }
    for unit in units {
        diesel::insert_into(form_audiences::table)
            .values((form_audiences::form_id.eq(id), form_audiences::unit_id.eq(unit)))
            .execute(conn)?;
    }
    Ok(())
}

/// A whole version.
///
/// # Errors
/// The queries' own.
pub fn version(
    conn: &mut Conn,
    (regime, code, number): (RegimeId, &str, i32),
    content: &Content,
    valid_from: Option<NaiveDate>,
) -> Result<FormId, Error> {
    let id = head(conn, regime, code, &content.name, number, valid_from)?;
    let kinds: Vec<&str> = content.kinds.iter().map(String::as_str).collect();
    audience(conn, id, &kinds, &content.units)?;
    sections(conn, id, &content.sections)?;
    figures(conn, id, &content.figures)?;
    lists(conn, id, &content.lists)?;
    Ok(id)
}

/// What a form asks that names indicators by code, in the catalogue's order: A02 … I03. A code that `known` gives nothing
/// for is left out.
///
/// # Errors
/// Those of `known`.
pub fn asked(
    counts: &[String],
    reference: &[String],
    required: &[String],
    known: impl Fn(&str) -> Result<Option<IndicatorId>, Error>,
) -> Result<Vec<Asked>, Error> {
    let counts = counts.iter().map(|code| (code, true));
    let mut codes: Vec<(&String, bool)> = counts.chain(reference.iter().map(|code| (code, false))).collect();
    codes.sort();
    let one = |(code, counts): (&String, bool)| {
        let found = known(code)?;
        Ok(found.map(|indicator| Asked { indicator, counts, required: required.contains(code) }))
    };
    codes.into_iter().map(one).filter_map(Result::transpose).collect()
}

/// The outline of a form, in order.
///
/// # Errors
/// The query's own.
pub fn sections(conn: &mut Conn, id: FormId, sections: &[Section]) -> Result<(), Error> {
    for (position, section) in (1..).zip(sections) {
        diesel::insert_into(form_sections::table)
            .values((
                form_sections::form_id.eq(id),
                form_sections::code.eq(&section.code),
                form_sections::label.eq(&section.label),
                form_sections::title.eq(&section.title),
                form_sections::hint.eq(&section.hint),
                form_sections::position.eq(position),
                form_sections::required.eq(section.required),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The figures a form asks, in order.
///
/// # Errors
/// The query's own.
pub fn figures(conn: &mut Conn, id: FormId, figures: &[Asked]) -> Result<(), Error> {
    for (position, asked) in (1..).zip(figures) {
        diesel::insert_into(form_indicators::table)
            .values((
                form_indicators::form_id.eq(id),
                form_indicators::indicator_id.eq(asked.indicator),
                form_indicators::position.eq(position),
                form_indicators::counts.eq(asked.counts),
                form_indicators::required.eq(asked.required),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The list tables of a form, in order.
///
/// # Errors
/// The query's own; [`Error::Internal`] for columns that cannot be written as JSON.
pub fn lists(conn: &mut Conn, id: FormId, lists: &[ListTable]) -> Result<(), Error> {
    for (position, list) in (1..).zip(lists) {
        let columns = serde_json::to_string(&list.columns)
            .map_err(|e| Error::Internal(format!("columns of list {}: {e}", list.title)))?;
        diesel::insert_into(form_lists::table)
            .values((
                form_lists::form_id.eq(id),
                form_lists::code.eq(&list.code),
                form_lists::title.eq(&list.title),
                form_lists::position.eq(position),
                form_lists::columns_json.eq(columns),
            ))
            .execute(conn)?;
    }
    Ok(())
}
