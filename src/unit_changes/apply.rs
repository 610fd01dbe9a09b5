//! Confirming a reorganisation: the plan carried out in one write, with its journal, the reach recomputed, the history
//! of every obligation it touched, and one audit row.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::journal::Carrying;
use super::plan::{Choices, Plan, Seen, plan};
use super::queries::Kept;
use super::{Event, queries};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{UnitChangeId, UnitId};
use crate::db::schema::{obligations, reports, unit_change_lines, unit_changes, units};
use crate::error::Error;
use crate::on_each;
use crate::people::administer::keep_administered;
use crate::people::queries::provinces_of;
use crate::periods::queries::{NewDecision, append_decision};
use crate::units::queries::register;
use crate::units::reach;
use crate::vietnamese::short_date;

/// The membership under which the actor arranges these units: administrator of every province they stand in.
///
/// # Errors
/// [`Error::NotFound`] where one of them is foreign, [`Error::Forbidden`] for other roles.
pub fn administers<'a>(conn: &mut Conn, actor: &'a Actor, named: &[UnitId]) -> Result<&'a Membership, Error> {
    let seen = register::within(conn, &actor.scope().provinces, named)?;
    if named.iter().any(|unit| !seen.contains(unit)) {
        return Err(Error::NotFound);
    }
    let mut acting = actor.memberships.iter().filter(|m| m.role.may(Action::Administer));
    let first = acting
        .clone()
        .next()
        .ok_or_else(|| Error::Forbidden("Chỉ quản trị của tỉnh được ghi nhận sắp xếp tổ chức.".to_owned()))?;
    let theirs: Vec<UnitId> = acting.clone().flat_map(|m| m.province_reach.iter().copied()).collect();
    let own = register::within(conn, &theirs, named)?;
    if named.iter().any(|unit| !own.contains(unit)) {
        return Err(Error::Forbidden(
            "Chỉ quản trị của tỉnh có đơn vị này được ghi nhận sắp xếp.".to_owned(),
        ));
    }
    Ok(acting.find(|m| named.contains(&m.unit_id)).unwrap_or(first))
}

/// What would happen. Reads only.
///
/// # Errors
/// [`Error::Invalid`] with everything that stands against it; as [`administers`].
pub fn preview(
    conn: &mut Conn,
    actor: &Actor,
    event: &Event,
    choices: &Choices,
) -> Result<(super::facts::Facts, Plan), Error> {
    administers(conn, actor, &event.known())?;
    let facts = queries::load(conn, event)?;
    let plan = plan(event, choices, &facts).map_err(Error::Invalid)?;
    Ok((facts, plan))
}

/// Carries the event out.
///
/// # Errors
/// As [`preview`]; [`Error::Refused`] before its first day; [`Error::Conflict`] where something changed meanwhile.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    event: &Event,
    choices: &Choices,
    moment: Moment,
) -> Result<UnitChangeId, Error> {
    let membership = administers(conn, actor, &event.known())?;
    if moment.today < event.effective_on {
        return Err(Error::Refused(format!(
            "Sắp xếp có hiệu lực từ ngày {}; xác nhận được từ ngày đó, để đơn vị cũ làm việc bình thường đến hết ngày {}.",
            short_date(event.effective_on),
            short_date(event.eve())
        )));
    }
    let facts = queries::load(conn, event)?;
    let plan = plan(event, choices, &facts).map_err(Error::Invalid)?;
    let id: UnitChangeId = on_each!(conn, |c| diesel::insert_into(unit_changes::table)
        .values((
            unit_changes::uid.eq(uuid::Uuid::now_v7().to_string()),
            unit_changes::kind.eq(event.kind.code()),
            unit_changes::effective_on.eq(event.effective_on),
            unit_changes::decision.eq(&event.decision),
            unit_changes::note.eq(&event.note),
            unit_changes::recorded_at.eq(moment.recorded),
        ))
        .returning(unit_changes::id)
        .get_result(c))?;
    for seen in &plan.seen {
        claim(conn, *seen)?;
    }
    let first = event.lines.first().map(|line| line.from);
    let province = province_code(conn, first)?;
    let mut carrying = Carrying { event, province: &province, founded: vec![], kept: vec![] };
    carrying.kept.push(Kept::first(queries::newest_obligation(conn)?, moment.at));
    for effect in &plan.effects {
        carrying.carry_out(conn, effect)?;
    }
    let founded = std::mem::take(&mut carrying.founded);
    queries::keep(conn, id, &carrying.kept)?;
    write_lines(conn, id, event, &founded)?;
    notes(conn, &plan, actor, membership, moment)?;
    reach::rebuild(conn)?;
    stay_administered(conn, &named_and(event, &founded), event.eve(), moment)?;
    let after = json!({
        "kind": event.kind.code(),
        "effective_on": event.effective_on,
        "decision": event.decision,
        "lines": event.lines.iter().map(|line| json!({
            "from": facts.name(line.from, event.eve()),
            "to": line.to.map(|to| event.name(&facts, to)),
            "function": line.function,
        })).collect::<Vec<_>>(),
        "founded": founded,
        "effects": carrying.kept.len(),
    });
    let step = Step {
        action: "unit_change.apply",
        subject_kind: "unit_change",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}", event.kind.words(), event.decision),
        unit_id: first,
        before: None,
        after: Some(after),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(id)
}

/// The bodies on record that the event names, and those it founded.
fn named_and(event: &Event, founded: &[UnitId]) -> Vec<UnitId> {
    let mut units = event.known();
    units.extend(founded);
    units
}

/// Every province that a reorganisation touched still has somebody who administers it, and who could take it back. `eve`
/// is a day on which the bodies that ended still stood in theirs.
///
/// # Errors
/// [`Error::Refused`] with what to do first; the queries' own.
pub(super) fn stay_administered(
    conn: &mut Conn,
    units: &[UnitId],
    eve: NaiveDate,
    moment: Moment,
) -> Result<(), Error> {
    let mut provinces: Vec<UnitId> = provinces_of(conn, units, eve)?.into_values().collect();
    provinces.extend(provinces_of(conn, units, moment.today)?.into_values());
    provinces.sort_unstable();
    provinces.dedup();
    // A province that merged into another is administered there.
    let lasting: Vec<UnitId> = units::table
        .filter(units::id.eq_any(&provinces))
        .filter(units::existed_to.is_null().or(units::existed_to.ge(moment.today)))
        .order(units::id)
        .select(units::id)
        .load(conn)?;
    for province in lasting {
        keep_administered(conn, province, moment.today)?;
    }
    Ok(())
}

/// The obligation and its report are still as the plan saw them; their versions move, so that a sending or a decision
/// at the same moment loses to this or wins over it.
fn claim(conn: &mut Conn, seen: Seen) -> Result<(), Error> {
    let duty = diesel::update(obligations::table.find(seen.obligation))
        .filter(obligations::version.eq(seen.version))
        .set(obligations::version.eq(obligations::version + 1))
        .execute(conn)?;
    let report = diesel::update(reports::table.find(seen.report))
        .filter(reports::version.eq(seen.report_version))
        .set(reports::version.eq(reports::version + 1))
        .execute(conn)?;
    if duty == 1 && report == 1 {
        return Ok(());
    }
    Err(Error::Conflict("Một báo cáo vừa được người khác thay đổi. Xem trước lại rồi xác nhận.".to_owned()))
}

/// The part before the dot of the codes of a unit's province.
fn province_code(conn: &mut Conn, unit: Option<UnitId>) -> Result<String, Error> {
    let Some(unit) = unit else { return Err(Error::NotFound) };
    let code: String = units::table.find(unit).select(units::code).first(conn)?;
    Ok(code.split('.').next().unwrap_or_default().to_owned())
}

fn write_lines(conn: &mut Conn, id: UnitChangeId, event: &Event, founded: &[UnitId]) -> Result<(), Error> {
    use super::Body;
    let rows: Vec<_> = event
        .lines
        .iter()
        .map(|line| {
            let to = match line.to {
                Some(Body::Known(unit)) => Some(unit),
                Some(Body::New(at)) => founded.get(at).copied(),
                None => None,
            };
            (
                unit_change_lines::change_id.eq(id),
                unit_change_lines::from_unit_id.eq(line.from),
                unit_change_lines::to_unit_id.eq(to),
                unit_change_lines::function_id.eq(line.function),
            )
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(unit_change_lines::table).values(&rows).execute(c))?;
    Ok(())
}

/// What happened to each obligation, for its own page.
fn notes(
    conn: &mut Conn,
    plan: &Plan,
    actor: &Actor,
    membership: &Membership,
    moment: Moment,
) -> Result<(), Error> {
    for note in &plan.notes {
        let decision = NewDecision {
            obligation_id: note.obligation,
            kind: note.kind,
            until_on: None,
            reason: &note.reason,
            membership_id: membership.id,
            actor_name: &actor.full_name,
            actor_title: &membership.title,
            decided_at: moment.at,
        };
        append_decision(conn, &decision)?;
    }
    Ok(())
}
