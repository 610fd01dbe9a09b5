//! Words to leaders about what is overdue: prepared by the daily run, shown to whoever compiles with the words they would have
//! now, and let go by their click.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::facts::{Facts, Owed};
use super::queries::{self, Among, Prepared};
use super::{FURTHEST, Line, plan, run};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{EscalationId, ObligationId, PersonId, UnitId};
use crate::error::Error;
use crate::mail::Settings;

/// A prepared word as it would be said today, and to whom.
#[derive(Debug, Clone)]
pub struct Ready {
    pub prepared: Prepared,
    pub line: Line,
    pub told: Vec<PersonId>,
}

/// The prepared words that still hold: the obligation is still overdue by the same day and not locked, and somebody is
/// there to be told. What
/// was sent meanwhile needs no word.
pub fn ready(facts: &Facts, prepared: Vec<Prepared>, today: NaiveDate) -> Vec<Ready> {
    let owed: HashMap<ObligationId, &Owed> =
        facts.owed.iter().map(|owed| (owed.duty.obligation.id, owed)).collect();
    let by_unit = facts.by_unit();
    prepared
        .into_iter()
        .filter_map(|prepared| {
            let owed = owed.get(&prepared.obligation)?;
            let promised = facts.promised.get(&prepared.obligation).copied();
            let (aim, press) = owed.press(promised, &facts.holidays)?;
            let same = aim == prepared.aim && press.deadline == prepared.due_on && press.deadline < today;
            let waits = promised.is_some_and(|promised| today <= promised);
            let told = facts.told(&by_unit, &owed.duty, (prepared.level, prepared.step), today);
            (same && !waits && !owed.is_shut(today) && !told.is_empty()).then(|| {
                let key = (aim, prepared.level, prepared.step);
                Ready { line: plan::line(facts, owed, key, (&press, today)), prepared, told }
            })
        })
        .collect()
}

/// What waits to be let go by somebody who collects for these bodies. Fourteen queries at most.
///
/// # Errors
/// The queries' own.
pub fn waiting(conn: &mut Conn, collectors: &[UnitId], today: NaiveDate) -> Result<Vec<Ready>, Error> {
    let since = today.checked_sub_days(Days::new(u64::from(FURTHEST.unsigned_abs()))).unwrap_or(today);
    let prepared = queries::prepared(conn, collectors, since)?;
    let facts = queries::facts(conn, &Among::Collected(collectors.to_vec()), (today, today))?;
    Ok(ready(&facts, prepared, today))
}

/// The membership under which somebody lets words go.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_release(actor: &Actor) -> Result<&Membership, Error> {
    actor.memberships.iter().find(|m| m.role.may(Action::Compile)).ok_or_else(|| {
        Error::Forbidden("Việc nhắc các đơn vị do cán bộ tổng hợp của đơn vị nhận báo cáo thực hiện.".into())
    })
}

/// Lets prepared words go: each leader gets one digest of them. How many words.
///
/// # Errors
/// [`Error::Forbidden`] as [`may_release`]; [`Error::NotFound`] for one of another collector; [`Error::Refused`] when none is
/// chosen or none of them holds any more; [`Error::Conflict`] when one was let go meanwhile.
pub fn release(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[EscalationId],
    settings: &Settings,
    moment: Moment,
) -> Result<usize, Error> {
    may_release(actor)?;
    let ids: BTreeSet<EscalationId> = ids.iter().copied().collect();
    if ids.is_empty() {
        return Err(Error::Refused("Chọn ít nhất một dòng để gửi.".into()));
    }
    let ids: Vec<EscalationId> = ids.into_iter().collect();
    let collectors = actor.units_for(Action::Compile);
    if queries::known(conn, &collectors, &ids)? != ids.len() {
        return Err(Error::NotFound);
    }
    let prepared = queries::escalation(conn, &collectors, &ids)?;
    if prepared.len() != ids.len() {
        return Err(Error::Conflict(
            "Có dòng đã được gửi hoặc không còn. Mở lại trang để xem rồi chọn lại.".into(),
        ));
    }
    let facts = queries::facts(conn, &Among::Collected(collectors), (moment.today, moment.today))?;
    let ready = ready(&facts, prepared, moment.today);
    if ready.is_empty() {
        return Err(Error::Refused(
            "Các dòng đã chọn không còn phải nhắc: đơn vị đã gửi, đã hẹn hoặc đã khóa số liệu.".into(),
        ));
    }
    let mut people: BTreeMap<PersonId, Vec<&Line>> = BTreeMap::new();
    for one in &ready {
        for person in &one.told {
            people.entry(*person).or_default().push(&one.line);
        }
    }
    let batch = format!("release {}", uuid::Uuid::now_v7());
    run::give(conn, people.into_iter().collect(), &batch, settings, moment)?;
    let collectors: BTreeSet<UnitId> = ready.iter().map(|one| one.prepared.collector).collect();
    for collector in collectors {
        // Who compiles for several bodies acts for each of them.
        let membership = actor.for_unit(collector, Action::Compile).ok_or(Error::NotFound)?;
        let of_it: Vec<&Ready> = ready.iter().filter(|one| one.prepared.collector == collector).collect();
        let held: Vec<EscalationId> = of_it.iter().map(|one| one.prepared.id).collect();
        if queries::mark_released(conn, &held, membership.id, moment.at)? != held.len() {
            return Err(Error::Conflict("Có dòng vừa được người khác gửi. Mở lại trang để xem.".into()));
        }
        let words: Vec<&str> = of_it.iter().map(|one| one.line.words.as_str()).collect();
        let step = Step {
            action: "notice.release",
            subject_kind: "notice",
            subject_id: None,
            subject_label: "Nhắc lên lãnh đạo",
            unit_id: Some(collector),
            before: None,
            after: Some(json!({ "notices": words })),
        };
        audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    }
    Ok(ready.len())
}
