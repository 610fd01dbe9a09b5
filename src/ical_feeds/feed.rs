//! The events behind one link on one day: asked anew every time, nothing is kept. Stands between the link and the text.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::event::{Source, uid_of};
use super::{Event, Status, link, queries};
use crate::access::{Actor, Role};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::people;
use crate::periods::summary::summaries;
use crate::periods::{Duty, queries as periods};
use crate::units;

/// How long a past deadline stays in a feed, in days.
const BACK: u64 = 92;

/// A calendar with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub name: String,
    pub events: Vec<Event>,
}

/// What a token leads to today. A link is its maker's: it dies with the account, and the link of a body also when its maker
/// writes for the body no more. At most twenty-six queries.
///
/// # Errors
/// [`Error::NotFound`] for a token nobody has (any more).
pub fn feed(conn: &mut Conn, token: &str, today: NaiveDate) -> Result<Feed, Error> {
    let (person, unit) = queries::link(conn, &link::hash(token))?;
    let actor = people::queries::actor(conn, person, today)?;
    let from = today.checked_sub_days(Days::new(BACK)).unwrap_or(today);
    match unit {
        Some(unit) => {
            let bodies = link::bodies(&actor);
            let (_, name) = bodies.into_iter().find(|(id, _)| *id == unit).ok_or(Error::NotFound)?;
            let reach = units::reach::taken_over(conn, &[unit], today)?.remove(&unit);
            let owed = events(conn, &reach.unwrap_or_else(|| vec![unit]), unit, from, today)?;
            Ok(Feed { name: format!("Thời hạn báo cáo - {name}"), events: owed })
        }
        None => {
            link::may_subscribe(&actor).map_err(|_| Error::NotFound)?;
            let mut all = Vec::new();
            let own = actor.scope().own_units;
            if !own.is_empty() {
                let single = match link::bodies(&actor).as_slice() {
                    [(only, _)] => *only,
                    _ => UnitId(0),
                };
                all = events(conn, &own, single, from, today)?;
            }
            all.extend(watched(conn, &actor, from, today)?);
            Ok(Feed { name: format!("Thời hạn báo cáo - {}", actor.full_name), events: all })
        }
    }
}

/// The duties of some bodies, named where they are not the one body of the feed.
fn events(
    conn: &mut Conn,
    bodies: &[UnitId],
    only: UnitId,
    from: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<Event>, Error> {
    let holidays = periods::holidays(conn)?;
    let owed = queries::duties(conn, bodies, from)?;
    let days_off = queries::days_off(conn)?;
    let names = units::queries::names_on(conn, bodies, today)?;
    let duties: Vec<&Duty> = owed.iter().map(|(duty, ..)| duty).collect();
    let obligations: Vec<_> = duties.iter().map(|duty| duty.obligation.id).collect();
    let reports: Vec<_> = duties.iter().map(|duty| duty.report.id).collect();
    let (decided, taken) = queries::changes(conn, &obligations, &reports)?;
    let mut all: Vec<Event> = owed
        .iter()
        .filter_map(|(duty, period, regime, uid)| {
            let unit = duty.obligation.unit_id;
            let changed = [
                Some(period.opened_at),
                decided.get(&duty.obligation.id).copied(),
                taken.get(&duty.report.id).copied(),
            ];
            Event::of_duty(&Source {
                duty,
                uid,
                period,
                regime,
                unit: (unit != only).then(|| names.get(&unit).map(String::as_str)).flatten(),
                holidays: &holidays,
                days_off,
                changed_at: changed.into_iter().flatten().max().unwrap_or(period.opened_at),
            })
        })
        .collect();
    all.extend(taken_back(conn, bodies, from)?);
    Ok(all)
}

fn taken_back(conn: &mut Conn, bodies: &[UnitId], from: NaiveDate) -> Result<Vec<Event>, Error> {
    let rows = queries::withdrawn(conn, bodies, from)?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            uid: uid_of(&row.uid),
            sequence: row.sequence,
            changed_at: row.withdrawn_at,
            day: row.last_day,
            hour: None,
            summary: format!("Đã hủy: {}", row.title),
            description: "Kỳ báo cáo mở nhầm, đã hủy.".to_owned(),
            status: Status::Cancelled,
            rest_days: 0,
        })
        .collect())
}

/// The last days of the periods a collector or leader watches.
fn watched(conn: &mut Conn, actor: &Actor, from: NaiveDate, today: NaiveDate) -> Result<Vec<Event>, Error> {
    let watches =
        [Role::Compiler, Role::CompilingLeader, Role::Leader].into_iter().any(|role| actor.is(role));
    if !watches {
        return Ok(vec![]);
    }
    let scope = actor.scope();
    let all = summaries(conn, &scope, today, 12)?;
    let ids: Vec<_> = all.open.iter().chain(&all.finished).map(|summary| summary.period.id).collect();
    let uids: HashMap<_, _> = queries::period_uids(conn, &ids)?;
    let days_off = queries::days_off(conn)?;
    let holidays = periods::holidays(conn)?;
    let near = all.open.iter().chain(&all.finished).filter(|s| s.deadline().is_some_and(|day| from <= day));
    let mut events: Vec<Event> =
        near.filter_map(|s| Event::of_period(s, uids.get(&s.period.id)?, &holidays, days_off)).collect();
    events.extend(taken_back(conn, &scope.collector_units, from)?);
    Ok(events)
}
