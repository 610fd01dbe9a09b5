//! New indicators of a province's own: one by the form, many by a list.

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::facts::Facts;
use super::form::{Against, IndicatorInput};
use super::keeping::{adding, log, told};
use super::listing::{self, Row};
use super::{Indicator, queries};
use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{IndicatorId, UnitId};
use crate::db::schema::{indicators, local_indicators};
use crate::error::{Error, Problems};
use crate::on_each;

/// What the form of a new indicator is read against, the installation's codes with it.
pub struct Setting {
    pub groups: Vec<super::Group>,
    pub catalogue: Vec<Indicator>,
    /// Every code there is, those of other provinces too: a code has one meaning.
    pub codes: Vec<String>,
}

impl Setting {
    /// Three queries.
    ///
    /// # Errors
    /// The queries' own.
    pub fn load(conn: &mut Conn, actor: &Actor) -> Result<Setting, Error> {
        Ok(Setting {
            groups: queries::groups(conn)?,
            catalogue: queries::catalogue_of(conn, &actor.scope().provinces)?,
            codes: queries::codes(conn)?,
        })
    }

    /// For an indicator that is new.
    pub fn against(&self) -> Against<'_> {
        Against {
            groups: &self.groups,
            catalogue: &self.catalogue,
            codes: &self.codes,
            itself: None,
            keeps_code: false,
        }
    }
}

/// Adds one indicator.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province; [`Error::Invalid`] with what is to mend.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    input: &IndicatorInput,
    moment: Moment,
) -> Result<IndicatorId, Error> {
    let (membership, province) = adding(actor)?;
    queries::claim_catalogue(conn)?;
    let facts = input.parse(&Setting::load(conn, actor)?.against())?;
    let id = insert(conn, membership, province, &facts, moment)?;
    let label = format!("{} {}", facts.code, facts.name);
    log(conn, (actor, membership), ("indicator.add", id, &label), (None, told(&facts)), moment)?;
    Ok(id)
}

/// Adds every indicator of a list, or none. Answers how many.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province; [`Error::Invalid`] at "text" when a line is to mend.
pub fn add_list(conn: &mut Conn, actor: &Actor, text: &str, moment: Moment) -> Result<usize, Error> {
    let (membership, province) = adding(actor)?;
    queries::claim_catalogue(conn)?;
    let rows = listing::read(text, &Setting::load(conn, actor)?.against());
    let mut problems = Problems::default();
    if rows.is_empty() {
        problems.add("text", "Dán ít nhất một dòng.");
    }
    let broken = rows.iter().filter(|row| row.outcome.is_err()).count();
    if broken > 0 {
        problems.add("text", format!("Có {broken} dòng cần sửa; chưa thêm chỉ tiêu nào."));
    }
    problems.or(())?;
    let mut first = None;
    let mut codes = Vec::new();
    for Row { outcome, .. } in &rows {
        let Ok(facts) = outcome else { continue };
        let id = insert(conn, membership, province, facts, moment)?;
        first = first.or(Some(id));
        codes.push(format!("{} {}", facts.code, facts.name));
    }
    if let Some(id) = first {
        let label = format!("{} chỉ tiêu", codes.len());
        let after = json!({ "indicators": codes.len(), "names": codes });
        log(conn, (actor, membership), ("indicator.import", id, &label), (None, after), moment)?;
    }
    Ok(codes.len())
}

/// The row of an indicator and whose own it is.
pub(super) fn insert(
    conn: &mut Conn,
    membership: &Membership,
    province: UnitId,
    facts: &Facts,
    moment: Moment,
) -> Result<IndicatorId, Error> {
    let position = queries::last_position(conn, &facts.group)?.saturating_add(10);
    let (scale, exponent) = (small(facts.scale)?, small(facts.display_exponent)?);
    let id: IndicatorId = on_each!(conn, |c| diesel::insert_into(indicators::table)
        .values((
            indicators::uid.eq(Uuid::now_v7().to_string()),
            indicators::code.eq(&facts.code),
            indicators::group_code.eq(&facts.group),
            indicators::name.eq(&facts.name),
            indicators::search_key.eq(facts.search_key()),
            indicators::measure_unit.eq(&facts.measure_unit),
            indicators::value_type.eq(facts.value_type.as_str()),
            indicators::scale.eq(scale),
            indicators::display_exponent.eq(exponent),
            indicators::unit_rule.eq(facts.unit_rule.as_str()),
            indicators::level_rule.eq(facts.unit_rule.level_rule().as_str()),
            indicators::period_rule.eq(facts.period_rule.as_str()),
            indicators::numerator_id.eq(facts.parts.map(|(above, _)| above)),
            indicators::denominator_id.eq(facts.parts.map(|(_, below)| below)),
            indicators::guidance.eq(&facts.guidance),
            indicators::position.eq(position),
            indicators::valid_from.eq(facts.valid_from),
        ))
        .returning(indicators::id)
        .get_result(c))?;
    diesel::insert_into(local_indicators::table)
        .values((
            local_indicators::indicator_id.eq(id),
            local_indicators::province_id.eq(province),
            local_indicators::created_by.eq(membership.id),
            local_indicators::created_at.eq(moment.recorded),
        ))
        .execute(conn)?;
    Ok(id)
}

/// A number of decimals or a power of ten, as the table holds it.
pub(super) fn small(number: u32) -> Result<i32, Error> {
    i32::try_from(number).map_err(|e| Error::Internal(format!("indicator: {e}")))
}
