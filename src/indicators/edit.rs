//! An indicator of a province's own corrected, ended on a day, or followed by another. How its figures are counted never
//! changes once a form in use asks for it: then only its name and guidance do, and the rest is a successor.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::add::{Setting, insert, small};
use super::facts::Facts;
use super::form::{Against, IndicatorInput};
use super::keeping::{kept, log, told};
use super::{Indicator, queries};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::IndicatorId;
use crate::db::schema::{indicators, local_indicators};
use crate::error::{Error, Problems};
use crate::vietnamese::short_date;

/// Corrects an indicator. Of one in use everything but name and guidance stays, whatever was typed.
///
/// # Errors
/// As [`kept`]; [`Error::Invalid`] with what is to mend; [`Error::Conflict`] when it was saved meanwhile.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    id: IndicatorId,
    input: &IndicatorInput,
    version: i32,
    moment: Moment,
) -> Result<(), Error> {
    let (indicator, membership) = kept(conn, actor, id)?;
    claim(conn, id, version)?;
    let before = Facts::of(&indicator);
    let typed =
        if queries::is_in_use(conn, &indicator)? { as_in_use(input, &indicator) } else { input.clone() };
    let facts = typed.parse(&against(&Setting::load(conn, actor)?, &indicator, true))?;
    last_after_first(&facts, &indicator)?;
    diesel::update(indicators::table.find(id))
        .set((
            indicators::name.eq(&facts.name),
            indicators::search_key.eq(facts.search_key()),
            indicators::guidance.eq(&facts.guidance),
        ))
        .execute(conn)?;
    if !facts.counts_as(&before) || facts.group != before.group || facts.valid_from != before.valid_from {
        diesel::update(indicators::table.find(id))
            .set((
                indicators::group_code.eq(&facts.group),
                indicators::measure_unit.eq(&facts.measure_unit),
                indicators::value_type.eq(facts.value_type.as_str()),
                indicators::scale.eq(small(facts.scale)?),
                indicators::display_exponent.eq(small(facts.display_exponent)?),
                indicators::unit_rule.eq(facts.unit_rule.as_str()),
                indicators::level_rule.eq(facts.unit_rule.level_rule().as_str()),
                indicators::period_rule.eq(facts.period_rule.as_str()),
                indicators::numerator_id.eq(facts.parts.map(|(above, _)| above)),
                indicators::denominator_id.eq(facts.parts.map(|(_, below)| below)),
                indicators::valid_from.eq(facts.valid_from),
            ))
            .execute(conn)?;
    }
    let label = format!("{} {}", facts.code, facts.name);
    let change = (Some(told(&before)), told(&facts));
    log(conn, (actor, membership), ("indicator.edit", id, &label), change, moment)
}

/// What was typed over an indicator in use: its name and guidance, everything else as it is.
pub fn as_in_use(input: &IndicatorInput, indicator: &Indicator) -> IndicatorInput {
    let (name, guidance) = (input.name.clone(), input.guidance.clone());
    IndicatorInput { name, guidance, ..IndicatorInput::of(indicator) }
}

/// What the form of an indicator there is is read against.
pub fn against<'a>(setting: &'a Setting, indicator: &'a Indicator, keeps_code: bool) -> Against<'a> {
    Against { itself: Some(indicator), keeps_code, ..setting.against() }
}

/// Takes the row as it was seen; whoever comes second finds another version.
fn claim(conn: &mut Conn, id: IndicatorId, version: i32) -> Result<(), Error> {
    let row = local_indicators::table.find(id).filter(local_indicators::version.eq(version));
    let claimed =
        diesel::update(row).set(local_indicators::version.eq(version.saturating_add(1))).execute(conn)?;
    if claimed == 0 {
        return Err(Error::Conflict(
            "Chỉ tiêu này vừa được người khác sửa. Tải lại trang, xem lại rồi làm tiếp.".into(),
        ));
    }
    Ok(())
}

fn last_after_first(facts: &Facts, indicator: &Indicator) -> Result<(), Error> {
    let mut problems = Problems::default();
    if let Some((first, last)) = facts.valid_from.zip(indicator.valid_to)
        && last < first
    {
        problems.add("valid_from", format!("Chỉ tiêu đã kết thúc ngày {}.", short_date(last)));
    }
    problems.or(())
}

/// Sets the last day of an indicator; none: it goes on without end.
///
/// # Errors
/// As [`edit`]; [`Error::Refused`] for one that was followed by another.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    id: IndicatorId,
    last: Option<NaiveDate>,
    reason: &str,
    version: i32,
    moment: Moment,
) -> Result<(), Error> {
    let (indicator, membership) = kept(conn, actor, id)?;
    refuse_followed(&indicator)?;
    claim(conn, id, version)?;
    let mut problems = Problems::default();
    if let Some((first, last)) = indicator.valid_from.zip(last)
        && last < first
    {
        problems.add("last", format!("Ngày cuối phải từ ngày {} (ngày bắt đầu) trở đi.", short_date(first)));
    }
    if reason.is_empty() {
        problems.add("reason", "Ghi văn bản hoặc lý do.");
    }
    problems.add_fault("reason", crate::vietnamese::limits::PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    diesel::update(indicators::table.find(id)).set(indicators::valid_to.eq(last)).execute(conn)?;
    let label = format!("{} {}", indicator.code, indicator.name);
    let change =
        (Some(json!({ "valid_to": indicator.valid_to })), json!({ "valid_to": last, "reason": reason }));
    log(conn, (actor, membership), ("indicator.end", id, &label), change, moment)
}

fn refuse_followed(indicator: &Indicator) -> Result<(), Error> {
    match indicator.successor_id {
        Some(_) => Err(Error::Refused("Chỉ tiêu này đã được thay bằng chỉ tiêu khác.".into())),
        None => Ok(()),
    }
}

/// Follows an indicator by another from a day, with a code of its own; it ends the day before.
///
/// # Errors
/// As [`end`]; [`Error::Invalid`] also without a first day, or with one that is not after its own.
pub fn replace(
    conn: &mut Conn,
    actor: &Actor,
    id: IndicatorId,
    input: &IndicatorInput,
    version: i32,
    moment: Moment,
) -> Result<IndicatorId, Error> {
    queries::claim_catalogue(conn)?;
    let (indicator, membership) = kept(conn, actor, id)?;
    refuse_followed(&indicator)?;
    let province = indicator.local.map(|local| local.province_id).ok_or(Error::NotFound)?;
    claim(conn, id, version)?;
    let facts = input.parse(&against(&Setting::load(conn, actor)?, &indicator, false))?;
    let mut problems = Problems::default();
    let eve = facts.valid_from.and_then(|day| day.pred_opt());
    match (facts.valid_from, indicator.valid_from) {
        (None, _) => problems.add("valid_from", "Nhập ngày chỉ tiêu mới bắt đầu áp dụng."),
        (Some(day), Some(first)) if day <= first => {
            let message = format!(
                "Chỉ tiêu cũ áp dụng từ ngày {}: chỉ tiêu mới bắt đầu sau ngày đó.",
                short_date(first)
            );
            problems.add("valid_from", message);
        }
        (Some(day), _) if indicator.valid_to.is_some_and(|last| last < day.pred_opt().unwrap_or(day)) => {
            problems
                .add("valid_from", "Chỉ tiêu cũ kết thúc trước ngày này: hai chỉ tiêu phải nối liền nhau.");
        }
        _ => {}
    }
    if facts.parts.is_some_and(|(above, below)| above == id || below == id) {
        problems.add("numerator", "Tỷ lệ mới không tính từ chỉ tiêu mà nó thay thế.");
    }
    problems.or(())?;
    let new = insert(conn, membership, province, &facts, moment)?;
    diesel::update(indicators::table.find(id))
        .set((indicators::successor_id.eq(new), indicators::valid_to.eq(eve)))
        .execute(conn)?;
    let label = format!("{} {}", indicator.code, indicator.name);
    let change = (Some(told(&Facts::of(&indicator))), told(&facts));
    log(conn, (actor, membership), ("indicator.replace", id, &label), change, moment)?;
    Ok(new)
}
