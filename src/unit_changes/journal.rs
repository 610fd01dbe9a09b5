//! Carries out one effect after the other and writes down what was done, and takes a journal back, last row first.
//! Every column is set only over the value that was seen; a row that is no longer so is a conflict.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::effect::{Effect, Field, NewRow, Value};
use super::founding::{blank_report, found_duty, next_version, route_words};
use super::queries::Kept;
use super::{Body, Event};
use crate::db::Conn;
use crate::db::ids::{MembershipId, ObligationId, UnitId};
use crate::db::schema::{
    form_audiences, function_holders, level_leads, memberships, obligations, period_levels, regimes, reports,
    routes, unit_versions, units,
};
use crate::error::Error;
use crate::reports::ReportState;
use crate::{on_each, vietnamese};

/// What is being carried out: the units founded so far and the journal.
pub(super) struct Carrying<'a> {
    pub(super) event: &'a Event,
    /// Code of the province, before the dot of the codes that are made.
    pub(super) province: &'a str,
    pub(super) founded: Vec<UnitId>,
    pub(super) kept: Vec<Kept>,
}

fn changed_meanwhile() -> Error {
    Error::Conflict("Dữ liệu vừa được người khác thay đổi. Xem trước lại rồi xác nhận.".to_owned())
}

/// The text of a value in the journal; "" is none.
fn text(value: Value, founded: &[UnitId]) -> Result<String, Error> {
    Ok(match value {
        Value::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        Value::Unit(body) => resolved(body, founded)?.to_string(),
        Value::Obligation(id) => id.to_string(),
        Value::Standing(standing) => standing.code().to_owned(),
    })
}

fn resolved(body: Body, founded: &[UnitId]) -> Result<UnitId, Error> {
    match body {
        Body::Known(unit) => Ok(unit),
        Body::New(at) => founded
            .get(at)
            .copied()
            .ok_or_else(|| Error::Internal(format!("unit {at} of the event is not founded yet"))),
    }
}

/// Sets a column over the value it is believed to hold; false when it does not hold it.
pub(super) fn set(conn: &mut Conn, field: Field, row: i64, before: &str, after: &str) -> Result<bool, Error> {
    let day = |text: &str| -> Result<Option<NaiveDate>, Error> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| Error::Internal(format!("journal: not a day: {text:?}")))
    };
    let id = |text: &str| -> Result<i64, Error> {
        text.parse().map_err(|_| Error::Internal(format!("journal: not an id: {text:?}")))
    };
    macro_rules! day_of {
        ($table:ident, $column:ident) => {{
            let rows = $table::table.filter($table::id.eq(row));
            let after = $table::$column.eq(day(after)?);
            match day(before)? {
                Some(before) => {
                    diesel::update(rows.filter($table::$column.eq(before))).set(after).execute(conn)?
                }
                None => diesel::update(rows.filter($table::$column.is_null())).set(after).execute(conn)?,
            }
        }};
    }
    macro_rules! id_of {
        ($table:ident, $column:ident) => {{
            let rows = $table::table.filter($table::id.eq(row)).filter($table::$column.eq(id(before)?));
            diesel::update(rows).set($table::$column.eq(id(after)?)).execute(conn)?
        }};
    }
    let changed = match field {
        Field::UnitLastDay => day_of!(units, existed_to),
        Field::VersionLastDay => day_of!(unit_versions, valid_to),
        Field::HolderLastDay => day_of!(function_holders, valid_to),
        Field::RouteLastDay => day_of!(routes, valid_to),
        Field::MembershipLastDay => day_of!(memberships, valid_to),
        Field::ObligationUnit => id_of!(obligations, unit_id),
        Field::ObligationCollector => id_of!(obligations, collector_id),
        Field::RegimeCollector => id_of!(regimes, collector_id),
        Field::ReportObligation => id_of!(reports, obligation_id),
        Field::ObligationStanding => {
            let rows = obligations::table.find(row).filter(obligations::standing.eq(before));
            diesel::update(rows).set(obligations::standing.eq(after)).execute(conn)?
        }
    };
    Ok(changed == 1)
}

impl Carrying<'_> {
    /// Carries out one effect.
    ///
    /// # Errors
    /// [`Error::Conflict`] where a row is no longer as the plan saw it; the query's own.
    pub(super) fn carry_out(&mut self, conn: &mut Conn, effect: &Effect) -> Result<(), Error> {
        match effect {
            Effect::Set { field, row, before, after } => {
                let (before, after) = (text(*before, &self.founded)?, text(*after, &self.founded)?);
                if !set(conn, *field, *row, &before, &after)? {
                    return Err(changed_meanwhile());
                }
                if *field == Field::ObligationCollector {
                    next_version(conn, ObligationId(*row))?;
                }
                self.keep(format!("set:{}", field.code()), *row, before, after);
            }
            Effect::DropBlankReport { report, obligation, version } => {
                let dropped = diesel::delete(
                    reports::table
                        .find(report)
                        .filter(reports::version.eq(version))
                        .filter(reports::state.eq(ReportState::NotBegun.code())),
                )
                .execute(conn)?;
                if dropped != 1 {
                    return Err(changed_meanwhile());
                }
                let before = format!("{obligation} {version}");
                self.keep("drop:report".to_owned(), report.0, before, String::new());
            }
            Effect::DropRoute(route) => {
                if diesel::delete(routes::table.find(route.id)).execute(conn)? != 1 {
                    return Err(changed_meanwhile());
                }
                self.keep("drop:route".to_owned(), route.id, route_words(route), String::new());
            }
            Effect::Add(row) => self.add(conn, row)?,
        }
        Ok(())
    }

    fn keep(&mut self, what: String, row_id: i64, before: String, after: String) {
        let position = i32::try_from(self.kept.len()).unwrap_or(i32::MAX);
        self.kept.push(Kept { position, what, row_id, before, after });
    }

    fn unit(&self, body: Body) -> Result<UnitId, Error> {
        resolved(body, &self.founded)
    }

    fn add(&mut self, conn: &mut Conn, row: &NewRow) -> Result<(), Error> {
        let day = self.event.effective_on;
        let (table, id): (&str, i64) = match row {
            NewRow::Unit(at) => {
                let id = self.found(conn, *at)?;
                self.founded.push(id);
                ("unit", id.0)
            }
            NewRow::Version { unit, named, parent, valid_to } => {
                let key = vietnamese::search_key(&format!("{} {}", named.name, named.short_name));
                let values = (
                    unit_versions::unit_id.eq(self.unit(*unit)?),
                    unit_versions::name.eq(&named.name),
                    unit_versions::short_name.eq(&named.short_name),
                    unit_versions::search_key.eq(key),
                    unit_versions::kind_code.eq(&named.kind_code),
                    unit_versions::parent_id.eq(parent.map(|parent| self.unit(parent)).transpose()?),
                    unit_versions::protocol_order.eq(named.protocol_order),
                    unit_versions::official_code.eq(&named.official_code),
                    unit_versions::valid_from.eq(day),
                    unit_versions::valid_to.eq(valid_to),
                );
                let id = on_each!(conn, |c| diesel::insert_into(unit_versions::table)
                    .values(values)
                    .returning(unit_versions::id)
                    .get_result(c))?;
                ("version", id)
            }
            NewRow::Holder { function, province, unit, valid_to } => {
                let values = (
                    function_holders::function_id.eq(function),
                    function_holders::province_id.eq(province),
                    function_holders::unit_id.eq(self.unit(*unit)?),
                    function_holders::valid_from.eq(day),
                    function_holders::valid_to.eq(valid_to),
                );
                let id = on_each!(conn, |c| diesel::insert_into(function_holders::table)
                    .values(values)
                    .returning(function_holders::id)
                    .get_result(c))?;
                ("holder", id)
            }
            NewRow::Route { regime, unit, collector, part, mode, valid_from, valid_to } => {
                let values = (
                    routes::regime_id.eq(regime),
                    routes::unit_id.eq(self.unit(*unit)?),
                    routes::collector_id.eq(self.unit(*collector)?),
                    routes::part.eq(part),
                    routes::mode.eq(mode),
                    routes::valid_from.eq(valid_from),
                    routes::valid_to.eq(valid_to),
                );
                let id = on_each!(conn, |c| diesel::insert_into(routes::table)
                    .values(values)
                    .returning(routes::id)
                    .get_result(c))?;
                self.keep(
                    "add:route".to_owned(),
                    id,
                    String::new(),
                    valid_to.map(|day| day.to_string()).unwrap_or_default(),
                );
                return Ok(());
            }
            NewRow::Membership { person, unit, role, title, valid_from, valid_to } => {
                let values = (
                    memberships::person_id.eq(person),
                    memberships::unit_id.eq(self.unit(*unit)?),
                    memberships::role.eq(role),
                    memberships::title.eq(title),
                    memberships::valid_from.eq(valid_from),
                    memberships::valid_to.eq(valid_to),
                );
                let id: MembershipId = on_each!(conn, |c| diesel::insert_into(memberships::table)
                    .values(values)
                    .returning(memberships::id)
                    .get_result(c))?;
                ("membership", id.0)
            }
            NewRow::Duty { like, unit } => {
                let id = found_duty(conn, *like, self.unit(*unit)?)?;
                self.keep("add:obligation".to_owned(), id.0, String::new(), self.unit(*unit)?.to_string());
                ("report", blank_report(conn, id)?.0)
            }
            NewRow::BlankReport { obligation } => ("report", blank_report(conn, *obligation)?.0),
            NewRow::Audience { form, unit } => {
                let values =
                    (form_audiences::form_id.eq(form), form_audiences::unit_id.eq(self.unit(*unit)?));
                let id = on_each!(conn, |c| diesel::insert_into(form_audiences::table)
                    .values(values)
                    .returning(form_audiences::id)
                    .get_result(c))?;
                ("audience", id)
            }
            // These two have no number of their own: the journal keeps both halves of their key.
            NewRow::LevelLead { regime, collector, working_days } => {
                let collector = self.unit(*collector)?;
                diesel::insert_into(level_leads::table)
                    .values((
                        level_leads::regime_id.eq(regime),
                        level_leads::collector_id.eq(collector),
                        level_leads::working_days.eq(working_days),
                    ))
                    .execute(conn)?;
                self.keep("add:level_lead".to_owned(), regime.0, String::new(), collector.to_string());
                return Ok(());
            }
            NewRow::PeriodLevel { period, collector, due_rule, stated_on, stated_time } => {
                let collector = self.unit(*collector)?;
                diesel::insert_into(period_levels::table)
                    .values((
                        period_levels::period_id.eq(period),
                        period_levels::collector_id.eq(collector),
                        period_levels::due_rule.eq(due_rule),
                        period_levels::stated_on.eq(stated_on),
                        period_levels::stated_time.eq(stated_time),
                    ))
                    .execute(conn)?;
                self.keep("add:period_level".to_owned(), period.0, String::new(), collector.to_string());
                return Ok(());
            }
        };
        self.keep(format!("add:{table}"), id, String::new(), String::new());
        Ok(())
    }

    /// A unit founded by the event, with a code of its own.
    fn found(&self, conn: &mut Conn, at: usize) -> Result<UnitId, Error> {
        let new = self.event.new_units.get(at).ok_or_else(changed_meanwhile)?;
        let code = match &new.code {
            Some(code) => code.clone(),
            None => self.free_code(conn, &new.named.short_name)?,
        };
        let values = (
            units::uid.eq(uuid::Uuid::now_v7().to_string()),
            units::code.eq(code),
            units::existed_from.eq(self.event.effective_on),
        );
        Ok(on_each!(conn, |c| diesel::insert_into(units::table)
            .values(values)
            .returning(units::id)
            .get_result(c))?)
    }

    /// "bg.sokhcn", with a number behind it where that is taken.
    fn free_code(&self, conn: &mut Conn, short_name: &str) -> Result<String, Error> {
        let name: String =
            vietnamese::without_accents(short_name).chars().filter(char::is_ascii_alphanumeric).collect();
        let base = format!("{}.{name}", self.province);
        let taken: Vec<String> =
            units::table.filter(units::code.like(format!("{base}%"))).select(units::code).load(conn)?;
        let numbered = (2..).map(|n: u32| format!("{base}{n}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|code| !taken.contains(code));
        Ok(free.unwrap_or(base))
    }
}
