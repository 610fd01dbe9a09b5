//! Correcting and removing an entry of the log of work: by an officer or leader of the unit that noted it. What it said
//! before stays in the audit log; a report that has told it keeps its own text.

use serde_json::{Value, json};

use super::entry_form::EntryFacts;
use super::log_work::{units_that_log, visible};
use super::queries::{self, Entry, EntryText};
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
    moment: Moment,
) -> Result<Entry, Error> {
    let (entry, plan, task) = open(conn, actor, id)?;
    let membership = member(actor, &entry)?;
    let mut problems = Problems::default();
    if facts.done_on < plan.year_begins() {
        problems.add(
            "done_on",
            format!("Kế hoạch ban hành năm {}; ngày thực hiện không thể trước năm đó.", plan.issued_year),
        );
    }
    problems.or(())?;
    let new = EntryText {
        done_on: facts.done_on,
        text: &facts.text,
        quantity: facts.quantity,
        measure_unit: &facts.measure_unit,
        link: &facts.link,
    };
    if seen != said(&entry) || !queries::put_entry(conn, &entry, &new)? {
        return Err(faster());
    }
    let after = json!({
        "done_on": facts.done_on, "text": facts.text, "quantity": facts.quantity,
        "measure_unit": facts.measure_unit, "link": facts.link,
    });
    record(conn, (actor, membership), "task_entry.correct", &entry, &task, Some(after), moment)?;
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
    let (entry, _, task) = open(conn, actor, id)?;
    let membership = member(actor, &entry)?;
    if seen != said(&entry) || !queries::remove_entry(conn, &entry)? {
        return Err(faster());
    }
    record(conn, (actor, membership), "task_entry.remove", &entry, &task, None, moment)?;
    Ok(entry)
}

/// What an entry says in one line, carried by the form so that nobody overwrites what they have not seen.
pub fn said(entry: &Entry) -> String {
    let quantity = entry.quantity.map(|quantity| quantity.to_string()).unwrap_or_default();
    let whole = [&entry.done_on.to_string(), &entry.text, &quantity, &entry.measure_unit, &entry.link];
    audit::sha256_hex(whole.map(String::as_str).join("\n").as_bytes())
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
    after: Option<Value>,
    moment: Moment,
) -> Result<(), Error> {
    let before = json!({
        "task": entry.task_id, "done_on": entry.done_on, "text": entry.text, "quantity": entry.quantity,
        "measure_unit": entry.measure_unit, "link": entry.link,
    });
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
