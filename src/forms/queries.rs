//! All SQL of forms being written: what a version asks, and the drafts of the next ones.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error::DeserializationError;

use super::{Asked, Content, Section};
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{FormDraftId, FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{
    form_audiences, form_drafts, form_indicators, form_lists, form_sections, forms, memberships, people,
    regimes,
};
use crate::lists::{Column, ListTable};
use crate::periods::Regime;
use crate::periods::queries::FormRow;

/// A draft of a form's next version.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: FormDraftId,
    pub regime_id: RegimeId,
    pub code: String,
    /// The version it was copied from; none for a form that is new in its regime.
    pub based_on: Option<FormId>,
    pub content: Content,
    pub version: i32,
    pub saved_by: String,
    pub saved_at: NaiveDateTime,
}

/// A form, and the kind by its code or the unit it is for.
pub type Audience = (FormId, Option<String>, Option<UnitId>);

type DraftRow = (FormDraftId, RegimeId, String, Option<FormId>, String, i32, String, NaiveDateTime);

macro_rules! drafts {
    () => {
        form_drafts::table.inner_join(regimes::table).inner_join(memberships::table.inner_join(people::table))
    };
}

macro_rules! draft_columns {
    () => {
        (
            form_drafts::id,
            form_drafts::regime_id,
            form_drafts::code,
            form_drafts::based_on,
            form_drafts::content_json,
            form_drafts::version,
            people::full_name,
            form_drafts::saved_at,
        )
    };
}

fn read(row: DraftRow) -> QueryResult<Draft> {
    let (id, regime_id, code, based_on, json, version, saved_by, saved_at) = row;
    let content = serde_json::from_str(&json).map_err(|e| DeserializationError(Box::new(e)))?;
    Ok(Draft { id, regime_id, code, based_on, content, version, saved_by, saved_at })
}

/// One draft with its regime, in a province the person belongs to. One query.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn draft(conn: &mut Conn, scope: &Scope, id: FormDraftId) -> QueryResult<(Draft, Regime)> {
    let (row, regime): (DraftRow, Regime) = drafts!()
        .filter(form_drafts::id.eq(id))
        .filter(regimes::province_id.eq_any(&scope.provinces))
        .select((draft_columns!(), Regime::as_select()))
        .first(conn)?;
    Ok((read(row)?, regime))
}

/// The drafts of some regimes, by id. One query.
///
/// # Errors
/// The query's own.
pub fn drafts_of(conn: &mut Conn, regimes: &[RegimeId]) -> QueryResult<Vec<Draft>> {
    let rows: Vec<DraftRow> = drafts!()
        .filter(form_drafts::regime_id.eq_any(regimes))
        .order(form_drafts::id)
        .select(draft_columns!())
        .load(conn)?;
    rows.into_iter().map(read).collect()
}

/// The draft of a form's next version, if one was begun. One query.
///
/// # Errors
/// The query's own.
pub fn draft_of(conn: &mut Conn, regime: RegimeId, code: &str) -> QueryResult<Option<FormDraftId>> {
    form_drafts::table
        .filter(form_drafts::regime_id.eq(regime))
        .filter(form_drafts::code.eq(code))
        .select(form_drafts::id)
        .first(conn)
        .optional()
}

/// The latest version of a form. One query.
///
/// # Errors
/// The query's own.
pub fn latest(conn: &mut Conn, regime: RegimeId, code: &str) -> QueryResult<Option<FormRow>> {
    forms::table
        .filter(forms::regime_id.eq(regime))
        .filter(forms::code.eq(code))
        .order(forms::version.desc())
        .select(FormRow::as_select())
        .first(conn)
        .optional()
}

/// Codes of a regime's forms, those only drafted too. Two queries.
///
/// # Errors
/// The query's own.
pub fn codes(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<String>> {
    let mut codes: Vec<String> =
        forms::table.filter(forms::regime_id.eq(regime)).select(forms::code).distinct().load(conn)?;
    let drafted: Vec<String> =
        form_drafts::table.filter(form_drafts::regime_id.eq(regime)).select(form_drafts::code).load(conn)?;
    codes.extend(drafted);
    Ok(codes)
}

/// Every version of every form of some regimes, newest first within a form. One query.
///
/// # Errors
/// The query's own.
pub fn versions(conn: &mut Conn, ids: &[RegimeId]) -> QueryResult<Vec<FormRow>> {
    forms::table
        .filter(forms::regime_id.eq_any(ids))
        .order((forms::regime_id, forms::code, forms::version.desc()))
        .select(FormRow::as_select())
        .load(conn)
}

/// Form, and the kind by its code or the unit it is for, of some versions. One query.
///
/// # Errors
/// The query's own.
pub fn audiences(conn: &mut Conn, ids: &[FormId]) -> QueryResult<Vec<Audience>> {
    form_audiences::table
        .filter(form_audiences::form_id.eq_any(ids))
        .order(form_audiences::id)
        .select((form_audiences::form_id, form_audiences::kind_code, form_audiences::unit_id))
        .load(conn)
}

/// Form, figure and whether it counts, of some versions. One query.
///
/// # Errors
/// The query's own.
pub fn figure_forms(conn: &mut Conn, ids: &[FormId]) -> QueryResult<Vec<(FormId, IndicatorId, bool)>> {
    form_indicators::table
        .filter(form_indicators::form_id.eq_any(ids))
        .select((form_indicators::form_id, form_indicators::indicator_id, form_indicators::counts))
        .load(conn)
}

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

/// What a version asks and whom. Four queries.
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
        lists: lists(conn, form.id)?,
    })
}

fn lists(conn: &mut Conn, id: FormId) -> QueryResult<Vec<ListTable>> {
    let rows: Vec<(String, String, String)> = form_lists::table
        .filter(form_lists::form_id.eq(id))
        .order((form_lists::position, form_lists::id))
        .select((form_lists::code, form_lists::title, form_lists::columns_json))
        .load(conn)?;
    let read = |(code, title, json): (String, String, String)| {
        let columns: Vec<Column> =
            serde_json::from_str(&json).map_err(|e| DeserializationError(Box::new(e)))?;
        Ok(ListTable { code, title, columns })
    };
    rows.into_iter().map(read).collect()
}

/// Code and title of every list table of a regime's forms, the newest version first. One query.
///
/// # Errors
/// The query's own.
pub fn list_titles(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<(String, String)>> {
    form_lists::table
        .inner_join(forms::table)
        .filter(forms::regime_id.eq(regime))
        .order((forms::version.desc(), form_lists::id))
        .select((form_lists::code, form_lists::title))
        .load(conn)
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
