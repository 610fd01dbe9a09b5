//! Handing over: the roles of somebody who leaves a unit end on the eve of a day, and a successor of the same unit holds
//! them from that day. Work belongs to units, so it passes with the roles; what was open is taken down for both. Stands
//! between the preview, which shows the plan, and the write, which carries out that very plan.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::administer::{self, Administered, keep_administered};
use super::membership::{NewRole, insert};
use super::person::Held;
use super::queries::open_work;
use crate::access::{Actor, Role};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{HandOverId, PersonId, UnitId};
use crate::db::schema::{hand_overs, memberships};
use crate::error::{Error, Problems};
use crate::on_each;
use crate::vietnamese::short_date;

/// Who hands over to whom, in which unit, and the successor's first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    pub person: PersonId,
    pub unit: UnitId,
    pub successor: PersonId,
    pub on: NaiveDate,
}

/// A role that passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    pub held: Held,
    /// The eve: the last day of the one who leaves.
    pub last: NaiveDate,
    /// The days the successor is given, first and last, both inclusive, open where there is no last: those the leaver was
    /// still to hold, less those the successor holds the role on anyway. Empty where they hold it on all of them.
    pub given: Vec<(NaiveDate, Option<NaiveDate>)>,
}

/// Which roles of `leaver` in a unit end on the eve of `on`, and which of them the successor is given.
///
/// # Errors
/// In words, when there is nothing to pass or a role begins only on the day itself or later.
pub fn passes(leaver: &[Held], successor: &[Held], unit: UnitId, on: NaiveDate) -> Result<Vec<Pass>, String> {
    let last = on.pred_opt().ok_or("Ngày bàn giao không hợp lệ.")?;
    let mut passes = Vec::new();
    for held in leaver.iter().filter(|held| held.unit_id == unit && !held.ended_by(on) && !held.never_held())
    {
        if let Some(from) = held.from.filter(|from| *from >= on) {
            return Err(format!(
                "Vai trò {} bắt đầu từ {}: chọn ngày bàn giao sau ngày đó, hoặc hủy vai trò ấy trước.",
                held.role.name(),
                short_date(from)
            ));
        }
        let same = |other: &&Held| other.unit_id == unit && other.role == held.role && !other.never_held();
        let own = successor.iter().filter(same).map(|other| (other.from, other.to)).collect();
        passes.push(Pass { held: held.clone(), last, given: lacking(own, on, held.to) });
    }
    if passes.is_empty() {
        return Err("Đến ngày này người bàn giao không còn giữ vai trò nào ở đơn vị.".into());
    }
    Ok(passes)
}

/// The days from `on` to `until` that none of some spans holds. A role that ends earlier is gone on with from the day
/// after, one that begins later is joined on to.
fn lacking(
    mut spans: Vec<(Option<NaiveDate>, Option<NaiveDate>)>,
    on: NaiveDate,
    until: Option<NaiveDate>,
) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    spans.sort();
    let mut found = Vec::new();
    let mut at = on;
    for (from, to) in spans {
        if until.is_some_and(|until| at > until) {
            return found;
        }
        if let Some(from) = from.filter(|from| *from > at) {
            let eve = [from.pred_opt(), until].into_iter().flatten().min();
            found.push((at, eve));
        }
        match to.map(|to| to.succ_opt()) {
            Some(Some(next)) => at = at.max(next),
            Some(None) | None => return found,
        }
    }
    if until.is_none_or(|until| at <= until) {
        found.push((at, until));
    }
    found
}

/// What is kept of a hand-over: words, so that it reads the same whatever changes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub from: String,
    pub to: String,
    pub unit: String,
    pub roles: Vec<PassedRole>,
    pub work: Vec<Group>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedRole {
    pub role: String,
    pub title: String,
    /// Held until, inclusive.
    pub last: NaiveDate,
    /// Whether the successor was given the role; if not they held it already.
    pub given: bool,
    /// The first day they were given where they held the role until its eve; none where it is the day of the hand-over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
}

/// Open work of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub heading: String,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub text: String,
    /// How far it has come, or where it is from.
    pub state: String,
    /// Its page, for whoever may open it.
    pub path: String,
}

/// Everything a hand-over would do, computed and not yet done.
#[derive(Debug, Clone)]
pub struct Plan {
    pub leaver: Administered,
    pub successor: Administered,
    pub passes: Vec<Pass>,
    pub content: Content,
}

impl Plan {
    /// The plan as one text: a confirmation of anything else is a conflict.
    pub fn mark(&self) -> String {
        audit::sha256_hex(json!(self.content).to_string().as_bytes())[..16].to_owned()
    }
}

/// Computes a hand-over. A fixed number of queries.
///
/// # Errors
/// As [`administer::find`] for both; [`Error::Invalid`] at `on` or `to`.
pub fn plan(conn: &mut Conn, actor: &Actor, ask: &Ask, moment: Moment) -> Result<Plan, Error> {
    let leaver = administer::find(conn, actor, ask.person, moment.today)?;
    let successor = administer::find(conn, actor, ask.successor, moment.today)?;
    let mut problems = Problems::default();
    let is_of_unit =
        successor.held.iter().any(|held| held.unit_id == ask.unit && !held.ended_by(moment.today));
    if ask.person == ask.successor || !is_of_unit || successor.person.disabled_at.is_some() {
        problems.add("to", "Chọn một người khác của cùng đơn vị, tài khoản không bị khóa.");
    }
    if ask.on < moment.today || ask.on.signed_duration_since(moment.today).num_days() > 366 {
        problems.add("on", "Ngày bàn giao từ hôm nay trở đi, trong vòng một năm.");
    }
    problems.or(())?;
    let passes = passes(&leaver.held, &successor.held, ask.unit, ask.on).map_err(|words| {
        let mut problems = Problems::default();
        problems.add("on", words);
        Error::Invalid(problems)
    })?;
    let roles: Vec<Role> = passes.iter().map(|pass| pass.held.role).collect();
    let own: Vec<_> =
        leaver.held.iter().filter(|held| held.unit_id == ask.unit).map(|held| held.id).collect();
    let content = Content {
        from: leaver.person.full_name.clone(),
        to: successor.person.full_name.clone(),
        unit: passes.first().map(|pass| pass.held.unit.clone()).unwrap_or_default(),
        roles: passes
            .iter()
            .map(|pass| PassedRole {
                role: super::listing::role_words(pass.held.role).to_owned(),
                title: pass.held.title.clone(),
                last: pass.last,
                given: !pass.given.is_empty(),
                from: pass.given.first().map(|given| given.0).filter(|from| *from > ask.on),
            })
            .collect(),
        work: open_work::of(conn, ask.unit, &roles, &own, moment.today)?,
    };
    Ok(Plan { leaver, successor, passes, content })
}

/// Carries out the plan that was shown.
///
/// # Errors
/// As [`plan`]; [`Error::Conflict`] when it is no longer the one `shown`, [`Error::Refused`] for the last administrator.
pub fn hand_over(
    conn: &mut Conn,
    actor: &Actor,
    ask: &Ask,
    shown: &str,
    moment: Moment,
) -> Result<HandOverId, Error> {
    let plan = plan(conn, actor, ask, moment)?;
    let changed = || {
        Error::Conflict("Công việc hoặc vai trò vừa thay đổi. Xem trước việc bàn giao một lần nữa.".into())
    };
    if plan.mark() != shown {
        return Err(changed());
    }
    // The successor's own title in the unit, not the one of who leaves.
    let title =
        plan.successor.held.iter().find(|held| held.unit_id == ask.unit && !held.ended_by(moment.today));
    let title = title.map(|held| held.title.clone()).unwrap_or_default();
    for pass in &plan.passes {
        let row = memberships::table.find(pass.held.id);
        let rows = match pass.held.to {
            Some(to) => diesel::update(row.filter(memberships::valid_to.eq(to)))
                .set(memberships::valid_to.eq(pass.last))
                .execute(conn)?,
            None => diesel::update(row.filter(memberships::valid_to.is_null()))
                .set(memberships::valid_to.eq(pass.last))
                .execute(conn)?,
        };
        if rows == 0 {
            return Err(changed());
        }
        for (from, to) in &pass.given {
            let (from, to) = (*from, *to);
            let new = NewRole { unit_id: ask.unit, role: pass.held.role, title: title.clone(), from, to };
            insert(conn, ask.successor, &new)?;
        }
    }
    if plan.passes.iter().any(|pass| pass.held.role == Role::Administrator) {
        keep_administered(conn, plan.leaver.province, moment.today)?;
    }
    let by = By::member(actor, &plan.leaver.membership);
    let content = serde_json::to_string(&plan.content).map_err(|e| Error::Internal(e.to_string()))?;
    let id: HandOverId = on_each!(conn, |c| diesel::insert_into(hand_overs::table)
        .values((
            hand_overs::person_id.eq(ask.person),
            hand_overs::successor_id.eq(ask.successor),
            hand_overs::unit_id.eq(ask.unit),
            hand_overs::effective_on.eq(ask.on),
            hand_overs::content_json.eq(&content),
            hand_overs::membership_id.eq(plan.leaver.membership.id),
            hand_overs::actor_name.eq(&by.name),
            hand_overs::actor_title.eq(&by.title),
            hand_overs::decided_at.eq(moment.recorded),
        ))
        .returning(hand_overs::id)
        .get_result(c))?;
    let after = json!({
        "to": plan.successor.person.username, "on": ask.on, "roles": plan.content.roles,
        "open": plan.content.work.iter().map(|group| group.items.len()).sum::<usize>(),
    });
    let step = Step {
        action: "person.hand_over",
        subject_kind: "person",
        subject_id: Some(ask.person.0),
        subject_label: &plan.leaver.person.username,
        unit_id: Some(ask.unit),
        before: None,
        after: Some(after),
    };
    audit::record(conn, &by, &step, moment.recorded)?;
    Ok(id)
}
