//! The job that reads a drop, a file a step: whose it is, what in it is to be mended, what is to be looked at. The bytes are read by
//! the one reader of units' workbooks, outside every transaction; what came of it is written where the file still stands as it did.

use super::queries::{self, FileRow, Outcome};
use super::{APPLY, FOREIGN, FileState, MOST_TRIES, READ, Receipt, of_unit};
use crate::access::{Action, Actor};
use crate::calendar::Moment;
use crate::db::ids::{DropId, PersonId, ReportId, UnitId};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::{self, Job, Progress, Work};
use crate::people;
use crate::reports::workbook_entry;
use crate::unit_workbook::{self, Opened};

/// Of a file that stopped the server, or took too long, each time it was begun with.
pub(super) const STOPS: &str =
    "Đã thử nhiều lần không đọc xong tệp này. Mở bằng Excel, lưu thành tệp mới rồi gửi lại.";

/// Reads what waits in a drop.
pub struct ReadDrop;

impl Work for ReadDrop {
    fn kind(&self) -> &'static str {
        READ
    }

    fn step(&self, db: &Db, job: &Job, moment: Moment) -> Result<Progress, Error> {
        let drop = DropId(job.subject_id);
        step(db, (drop, FileState::Waiting), |file| read_one(db, job.asked_by()?, (drop, file), moment))
    }
}

/// One file of those in a state, by what is done to each.
pub(super) fn step(
    db: &Db,
    (drop, state): (DropId, FileState),
    one: impl FnOnce(&FileRow) -> Result<(), Error>,
) -> Result<Progress, Error> {
    let (next, left, all) = db.read(|conn| Ok::<_, Error>(queries::next_in(conn, drop, state)?))?;
    let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    let Some(file) = next else {
        return Ok(Progress { done: count(all), total: count(all), message: String::new(), finished: true });
    };
    one(&file)?;
    let done = count(all - left + 1);
    Ok(Progress { done, total: count(all), message: file.file_name, finished: false })
}

/// Notes that a file is begun with; none when it is somebody else's by now, or was begun with too often and is set aside.
pub(super) fn begun(db: &Db, file: &FileRow) -> Result<Option<FileRow>, Error> {
    db.write(|conn| {
        if file.tries >= MOST_TRIES {
            queries::settle(conn, file, &Outcome::to(FileState::Faulty, STOPS))?;
            return Ok(None);
        }
        let noted = Outcome { tries: Some(file.tries + 1), ..Outcome::default() };
        if !queries::settle(conn, file, &noted)? {
            return Ok(None);
        }
        Ok(Some(queries::file(conn, file.drop_id, file.id)?))
    })
}

fn read_one(
    db: &Db,
    person: PersonId,
    (drop, file): (DropId, &FileRow),
    moment: Moment,
) -> Result<(), Error> {
    // Whoever asked for it may hold no role any more: then it is the job that fails, not the file.
    let actor = db.read(|conn| Ok::<_, Error>(people::queries::actor(conn, person, moment.today)?))?;
    let bodies = actor.units_for(Action::TypeOnBehalf);
    let drop = db.read(|conn| Ok::<_, Error>(queries::drop_of(conn, &bodies, drop)?))?;
    let Some(file) = begun(db, file)? else { return Ok(()) };
    let bytes = db.read(|conn| Ok::<_, Error>(queries::bytes(conn, file.id)?))?;
    let outcome = match unit_workbook::open(&bytes) {
        Err(why) => Outcome::to(FileState::Faulty, why.to_string()),
        Ok(opened) => db.read(|conn| {
            let assigned = file.report_id.filter(|_| file.assigned);
            look(
                conn,
                &actor,
                (&file.receipt(&drop), assigned),
                (&opened, &of_unit(&actor, drop.unit_id)?.reach),
                moment,
            )
        })?,
    };
    // Why it came back from being entered is still to be said.
    let outcome = match outcome.state == Some(FileState::Ready.code()) && !file.message.is_empty() {
        true => Outcome { message: None, ..outcome },
        false => outcome,
    };
    db.write(|conn| Ok::<_, Error>(queries::settle(conn, &file, &outcome)?))?;
    Ok(())
}

/// What an opened file comes to as things stand; `assigned` is the report a person chose for it. `collectors` are those
/// it was dropped for: colleagues read the drop, so no report of another body the dropper works for comes into it.
pub(super) fn look(
    conn: &mut Conn,
    actor: &Actor,
    (receipt, assigned): (&Receipt, Option<ReportId>),
    (opened, collectors): (&Opened, &[UnitId]),
    moment: Moment,
) -> Result<Outcome, Error> {
    let report = match (&opened.identity, assigned) {
        (_, Some(report)) => report,
        (None, None) => {
            let words = "Tệp không ghi là của đơn vị nào (trang ẩn “_định danh” đã mất). Chọn đơn vị.";
            return Ok(Outcome::to(FileState::ToAssign, words));
        }
        (Some(identity), None) => match queries::report_of(conn, collectors, identity)? {
            Some(report) => report,
            None => return Ok(Outcome::to(FileState::Refused, FOREIGN)),
        },
    };
    let found = weighed(conn, actor, (receipt, report, assigned.is_some()), opened, moment);
    let outcome = match found {
        Ok(outcome) => outcome,
        Err(Error::NotFound) => return Ok(Outcome::to(FileState::Refused, FOREIGN)),
        Err(Error::Invalid(problems)) => Outcome::to(FileState::Faulty, Error::Invalid(problems).to_string()),
        Err(Error::Refused(why) | Error::Forbidden(why) | Error::Conflict(why)) => {
            Outcome::to(FileState::Refused, why)
        }
        Err(other) => return Err(other),
    };
    Ok(Outcome { report_id: Some(Some(report)), ..outcome })
}

fn weighed(
    conn: &mut Conn,
    actor: &Actor,
    (receipt, report, by_hand): (&Receipt, ReportId, bool),
    opened: &Opened,
    moment: Moment,
) -> Result<Outcome, Error> {
    let given = receipt.begin();
    let (reading, weighed) = workbook_entry::read(conn, actor, report, opened, (&given, by_hand), moment)?;
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let json = serde_json::to_string(&reading).map_err(|e| Error::Internal(e.to_string()))?;
    let (state, message) = match weighed.blockers.len() {
        0 => (FileState::Ready, String::new()),
        blockers => (FileState::Faulty, format!("Có {blockers} chỗ phải sửa.")),
    };
    Ok(Outcome {
        reading_json: Some(Some(json)),
        blockers: Some(count(weighed.blockers.len())),
        warnings: Some(count(weighed.warnings.len())),
        warnings_seen: Some(weighed.digest()),
        ..Outcome::to(state, message)
    })
}

/// Makes files wait to be read again, and asks for that.
///
/// # Errors
/// The queries' own.
pub(super) fn again(
    conn: &mut Conn,
    actor: &Actor,
    drop: DropId,
    files: &[FileRow],
    moment: Moment,
) -> Result<usize, Error> {
    let waits = Outcome {
        tries: Some(0),
        blockers: Some(0),
        warnings: Some(0),
        reading_json: Some(None),
        ..Outcome::to(FileState::Waiting, "")
    };
    let mut changed = 0;
    for file in files {
        changed += usize::from(queries::settle(conn, file, &waits)?);
    }
    if changed > 0 {
        let total = i32::try_from(changed).unwrap_or(i32::MAX);
        jobs::queries::enqueue(conn, (READ, drop.0), total, actor.person_id, moment.recorded)?;
    }
    Ok(changed)
}

/// The kinds of job a drop has.
pub const KINDS: [&str; 2] = [READ, APPLY];
