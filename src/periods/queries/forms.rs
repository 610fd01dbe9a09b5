//! SQL about a form version as a page shows it: its sections, figures, lists and the units it is for.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::Regime;
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{FormId, RegimeId, UnitId};
use crate::db::schema::{
    form_audiences, form_indicators, form_lists, form_sections, forms, indicator_groups, indicators, regimes,
    unit_kinds,
};
use crate::vietnamese::sort_key;

/// A form version.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = forms)]
pub struct FormRow {
    pub id: FormId,
    pub regime_id: RegimeId,
    pub code: String,
    pub version: i32,
    pub name: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl FormRow {
    /// Whether the version holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// A section of the usual outline.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = form_sections)]
pub struct SectionRow {
    pub label: String,
    pub title: String,
    pub hint: String,
    pub required: bool,
}

/// A figure the form asks, with the group it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct FormIndicatorRow {
    pub group_name: String,
    pub code: String,
    pub name: String,
    pub measure_unit: String,
    pub counts: bool,
    pub required: bool,
}

/// A typed list table; `columns_json` is the JSON array of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = form_lists)]
pub struct ListRow {
    pub title: String,
    pub columns_json: String,
}

/// One form version with its regime, in a province the person belongs to. One query.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn form(conn: &mut Conn, scope: &Scope, id: FormId) -> QueryResult<(FormRow, Regime)> {
    forms::table
        .inner_join(regimes::table)
        .filter(forms::id.eq(id))
        .filter(regimes::province_id.eq_any(&scope.provinces))
        .select((FormRow::as_select(), Regime::as_select()))
        .first(conn)
}

/// Every version of every form of a regime, by name, code and version. One query.
///
/// # Errors
/// The query's own.
pub fn forms_of_regime(conn: &mut Conn, id: RegimeId) -> QueryResult<Vec<FormRow>> {
    let mut rows: Vec<FormRow> =
        forms::table.filter(forms::regime_id.eq(id)).select(FormRow::as_select()).load(conn)?;
    // The two databases order text by rules of their own.
    rows.sort_by_cached_key(|form| (sort_key(&form.name), form.code.clone(), form.version));
    Ok(rows)
}

/// The sections of a form in order. One query.
///
/// # Errors
/// The query's own.
pub fn sections(conn: &mut Conn, id: FormId) -> QueryResult<Vec<SectionRow>> {
    form_sections::table
        .filter(form_sections::form_id.eq(id))
        .order(form_sections::position)
        .select(SectionRow::as_select())
        .load(conn)
}

/// The figures of a form, by group and place. One query.
///
/// # Errors
/// The query's own.
pub fn form_figures(conn: &mut Conn, id: FormId) -> QueryResult<Vec<FormIndicatorRow>> {
    form_indicators::table
        .inner_join(indicators::table)
        .inner_join(indicator_groups::table.on(indicator_groups::code.eq(indicators::group_code)))
        .filter(form_indicators::form_id.eq(id))
        .order((indicator_groups::position, form_indicators::position, indicators::id))
        .select((
            indicator_groups::name,
            indicators::code,
            indicators::name,
            indicators::measure_unit,
            form_indicators::counts,
            form_indicators::required,
        ))
        .load(conn)
}

/// The list tables of a form in order. One query.
///
/// # Errors
/// The query's own.
pub fn lists(conn: &mut Conn, id: FormId) -> QueryResult<Vec<ListRow>> {
    form_lists::table
        .filter(form_lists::form_id.eq(id))
        .order(form_lists::position)
        .select(ListRow::as_select())
        .load(conn)
}

/// Kinds by name and units by id that a form is for. Two queries.
///
/// # Errors
/// The query's own.
pub fn audience(conn: &mut Conn, id: FormId) -> QueryResult<(Vec<String>, Vec<UnitId>)> {
    let kinds = form_audiences::table
        .inner_join(unit_kinds::table)
        .filter(form_audiences::form_id.eq(id))
        .order(unit_kinds::position)
        .select(unit_kinds::name)
        .load(conn)?;
    let units: Vec<Option<UnitId>> = form_audiences::table
        .filter(form_audiences::form_id.eq(id))
        .filter(form_audiences::unit_id.is_not_null())
        .order(form_audiences::id)
        .select(form_audiences::unit_id)
        .load(conn)?;
    Ok((kinds, units.into_iter().flatten().collect()))
}
