//! Correcting and removing an entry of the log of work: by an officer or leader of the unit that noted it. What it said
//! before stays in the audit log; a report that has told it keeps its own text.

use serde_json::{Value, json};

use super::counted::{self, Counted};
use super::entry_form::EntryFacts;
use super::log_work::{said_of, units_that_log, visible};
use super::photos::{self, PhotoChanges};
use super::queries::{self, Entry, EntryText, Photo};
use super::{Plan, Task};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::TaskEntryId;
use crate::error::{Error, Problems};

/// An entry of the actor's own unit with its task.
///
/// # Errors
/// `NotFound` for everybody else's.
pub fn open(conn: &mut Conn, actor: &Actor, id: TaskEntryId) -> Result<(Entry, Plan, Task), Error> {
    let entry = queries::entry(conn, &units_that_log(actor), id)?;
    let (plan, task) = visible(conn, actor, entry.task_id)?;
    Ok((entry, plan, task))
}

/// What the quantity of an entry can count toward: what is asked of its unit today, and what it counts toward already.
///
/// # Errors
/// The queries' own.
pub fn offered(conn: &mut Conn, entry: &Entry, moment: Moment) -> Result<Vec<Counted>, Error> {
    let mut offered = queries::countable(conn, &[entry.unit_id], moment.today)?;
    if let Some(id) = entry.indicator_id.filter(|id| offered.iter().all(|one| one.id != *id)) {
        offered.push(queries::counted(conn, id)?);
    }
    Ok(offered)
}

/// Puts what is typed in the place of what an entry said. `seen` is its text as the form showed it.
///
/// # Errors
/// As [`open`]; `Invalid` when the day lies before the plan's year; `Conflict` when somebody was faster.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    id: TaskEntryId,
    seen: &str,
    facts: &EntryFacts,
    pictures: &PhotoChanges,
    moment: Moment,
) -> Result<Entry, Error> {
    queries::hold_entry(conn, id)?;
    let (entry, plan, task) = open(conn, actor, id)?;
    let membership = member(actor, &entry)?;
    let mut problems = Problems::default();
    if facts.done_on < plan.year_begins() {
        problems.add(
            "done_on",
            format!("Kế hoạch ban hành năm {}; ngày thực hiện không thể trước năm đó.", plan.issued_year),
        );
    }
    let (mut facts, offered) = (facts.clone(), offered(conn, &entry, moment)?);
    let indicator = counted::settle(&mut facts, &offered, &mut problems);
    problems.or(())?;
    let (before, was) = (before(&entry, &offered), said(&entry, &queries::photos(conn, &[id])?));
    let new = EntryText {
        done_on: facts.done_on,
        text: &facts.text,
        quantity: facts.quantity,
        measure_unit: &facts.measure_unit,
        link: &facts.link,
        indicator_id: facts.indicator,
        platform: facts.platform_code(),
        link_title: &facts.link_title,
        reach: facts.reach,
        url_key: &facts.url_key(),
    };
    if seen != was || !queries::put_entry(conn, &entry, &new)? {
        return Err(faster());
    }
    let (had, shown) = photos::change(conn, (actor, membership), entry.unit_id, id, pictures, moment)?;
    let after = said_of(&facts, &indicator, &shown);
    let steps = (Some(after), with_photos(before, &had));
    record(conn, (actor, membership), "task_entry.correct", &entry, &task, steps, moment)?;
    Ok(entry)
}

/// Takes an entry out of the log.
///
/// # Errors
/// As [`correct`].
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: TaskEntryId,
    seen: &str,
    moment: Moment,
) -> Result<Entry, Error> {
    queries::hold_entry(conn, id)?;
    let (entry, _, task) = open(conn, actor, id)?;
    let membership = member(actor, &entry)?;
    if seen != said(&entry, &queries::photos(conn, &[id])?) {
        return Err(faster());
    }
    let offered = offered(conn, &entry, moment)?;
    let had = photos::remove_all(conn, id)?;
    if !queries::remove_entry(conn, &entry)? {
        return Err(faster());
    }
    let steps = (None, with_photos(before(&entry, &offered), &had));
    record(conn, (actor, membership), "task_entry.remove", &entry, &task, steps, moment)?;
    Ok(entry)
}

/// What an entry says and shows in one line, carried by the form so that nobody overwrites what they have not seen, and a
/// form sent twice adds its pictures once.
pub fn said(entry: &Entry, photos: &[Photo]) -> String {
    let quantity = entry.quantity.map(|quantity| quantity.to_string()).unwrap_or_default();
    let number = |of: Option<i64>| of.map(|of| of.to_string()).unwrap_or_default();
    let (indicator, reach) = (number(entry.indicator_id.map(|id| id.0)), number(entry.reach));
    let done = [&entry.done_on.to_string(), &entry.text, &quantity, &entry.measure_unit, &entry.link];
    let shown = [&indicator, &entry.platform, &entry.link_title, &reach];
    let held: Vec<String> = photos.iter().map(|photo| photo.file_id.to_string()).collect();
    let whole: Vec<&String> = done.into_iter().chain(shown).chain(&held).collect();
    audit::sha256_hex(whole.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n").as_bytes())
}

/// What an entry said before this step.
fn before(entry: &Entry, offered: &[Counted]) -> Value {
    let indicator = offered.iter().find(|one| Some(one.id) == entry.indicator_id);
    json!({
        "task": entry.task_id, "done_on": entry.done_on, "text": entry.text, "quantity": entry.quantity,
        "measure_unit": entry.measure_unit, "link": entry.link,
        "indicator": indicator.map_or("", |one| &one.code), "platform": entry.platform,
        "link_title": entry.link_title, "reach": entry.reach,
    })
}

fn with_photos(mut before: Value, photos: &[String]) -> Value {
    before["photos"] = json!(photos);
    before
}

fn member<'a>(actor: &'a Actor, entry: &Entry) -> Result<&'a Membership, Error> {
    actor.for_unit(entry.unit_id, Action::LogWork).ok_or(Error::NotFound)
}

fn faster() -> Error {
    Error::Conflict("Lần ghi này vừa được người khác sửa hoặc xóa. Mở lại nhiệm vụ để xem.".to_owned())
}

fn record(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    action: &str,
    entry: &Entry,
    task: &Task,
    (after, before): (Option<Value>, Value),
    moment: Moment,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "task_entry",
        subject_id: Some(entry.id.0),
        subject_label: &task.text,
        unit_id: Some(entry.unit_id),
        before: Some(before),
        after,
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}
