//! The job that reads a drop, some files a step: whose each is, what in it is to be mended, what is to be looked at. The bytes are read by
//! the one reader of units' workbooks, outside every transaction; what came of it is written where the file still stands as it did.

use super::queries::{self, DropRow, FileRow, Outcome};
use super::turn::{Turn, begun, forgiving, put_back, some};
use super::{APPLY, FOREIGN, FileState, READ, Receipt, of_unit};
use crate::access::{Action, Actor};
use crate::calendar::Moment;
use crate::db::ids::{DropId, PeriodId, PersonId, ReportId, UnitId};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::{self, Job, Progress, Work};
use crate::people;
use crate::reports::workbook_entry::{self, Weighed};
use crate::unit_workbook::{self, Identity, Opened};
use crate::vietnamese::short_date;

/// Reads what waits in a drop, so many files a step at most.
pub struct ReadDrop {
    pub at_once: usize,
}

impl Work for ReadDrop {
    fn kind(&self) -> &'static str {
        READ
    }

    fn step(&self, db: &Db, job: &Job, moment: Moment) -> Result<Progress, Error> {
        let drop = DropId(job.subject_id);
        some(db, (drop, FileState::Waiting, self.at_once), |files| {
            read_some(db, job.asked_by()?, (drop, files), moment)
        })
    }
}

fn read_some(
    db: &Db,
    person: PersonId,
    (drop, files): (DropId, &[FileRow]),
    moment: Moment,
) -> Result<usize, Error> {
    // Whoever asked for it may hold no role any more: then it is the job that fails, not the file.
    let (actor, drop) = db.read(|conn| {
        let actor = people::queries::actor(conn, person, moment.today)?;
        let drop = queries::drop_of(conn, &actor.units_for(Action::TypeOnBehalf), drop)?;
        Ok::<_, Error>((actor, drop))
    })?;
    let (files, turn) = (begun(db, files)?, Turn::begins());
    forgiving(db, &files, || read_each(db, &actor, (&drop, &files), turn, moment))
}

fn read_each(
    db: &Db,
    actor: &Actor,
    (drop, files): (&DropRow, &[FileRow]),
    turn: Turn,
    moment: Moment,
) -> Result<usize, Error> {
    let (mut read, mut fault) = (Vec::new(), None);
    for file in files {
        if turn.is_over() {
            break;
        }
        match read_one(db, actor, (drop, file), moment) {
            Ok(outcome) => read.push(outcome),
            Err(error) => {
                // What was read before it is kept; the others are begun with one by one from now on.
                fault = Some(error);
                break;
            }
        }
    }
    let done = read.len();
    db.write(|conn| {
        for (file, outcome) in files.iter().zip(&read) {
            queries::settle(conn, file, outcome)?;
        }
        if fault.is_none() {
            for file in &files[done..] {
                put_back(conn, file)?;
            }
        }
        Ok::<_, Error>(())
    })?;
    fault.map_or(Ok(done), Err)
}

fn read_one(
    db: &Db,
    actor: &Actor,
    (drop, file): (&DropRow, &FileRow),
    moment: Moment,
) -> Result<Outcome, Error> {
    let bytes = db.read(|conn| Ok::<_, Error>(queries::bytes(conn, file.id)?))?;
    let outcome = match unit_workbook::open(&bytes) {
        Err(why) => Outcome::to(FileState::Faulty, why.to_string()),
        Ok(opened) => db.read(|conn| {
            let assigned = file.report_id.filter(|_| file.assigned);
            let collectors = &of_unit(actor, drop.unit_id)?.reach;
            let whose = (&file.receipt(drop), assigned, Some(drop.period_id));
            look(conn, actor, whose, (&opened, collectors), moment)
        })?,
    };
    // Why it came back from being entered is still to be said.
    Ok(match outcome.state == Some(FileState::Ready.code()) && !file.message.is_empty() {
        true => Outcome { message: None, ..outcome },
        false => outcome,
    })
}

/// What an opened file comes to as things stand; `assigned` is the report a person chose for it, `period` the one its drop is
/// for, where that is known. `collectors` are those it was dropped for: colleagues read the drop, so no report of another body the dropper works for comes into it.
pub(super) fn look(
    conn: &mut Conn,
    actor: &Actor,
    (receipt, assigned, period): (&Receipt, Option<ReportId>, Option<PeriodId>),
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
            None => return Ok(Outcome::to(FileState::Refused, foreign(identity))),
        },
    };
    let found = weighed(conn, actor, (receipt, report, assigned.is_some(), period), opened, moment);
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
    (receipt, report, by_hand, period): (&Receipt, ReportId, bool, Option<PeriodId>),
    opened: &Opened,
    moment: Moment,
) -> Result<Outcome, Error> {
    let given = receipt.begin();
    let (reading, weighed) = workbook_entry::read(conn, actor, report, opened, (&given, by_hand), moment)?;
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let json = serde_json::to_string(&reading).map_err(|e| Error::Internal(e.to_string()))?;
    let (state, message) = match (weighed.blockers.len(), &weighed.empty) {
        (0, _) => (FileState::Ready, String::new()),
        (_, Some(why)) => (FileState::Faulty, why.clone()),
        (blockers, None) => (FileState::Faulty, format!("Có {blockers} chỗ phải sửa.")),
    };
    Ok(Outcome {
        reading_json: Some(Some(json)),
        blockers: Some(count(weighed.blockers.len())),
        warnings: Some(count(weighed.warnings.len())),
        warnings_seen: Some(weighed.digest()),
        alone: Some(alone(&weighed, period, moment)),
        ..Outcome::to(state, message)
    })
}

/// What is said of a file whose report the reader does not collect, or which nobody has: the same for both, with the unit and the period
/// that the file itself names.
fn foreign(identity: &Identity) -> String {
    format!(
        "{FOREIGN} Tệp ghi: {}, {}. Báo cáo do cơ quan khác tổng hợp thì gửi tệp cho cơ quan đó.",
        identity.unit_name, identity.period_label
    )
}

/// Why a file is not taken with others by one press, a reason a line: it is of another period than its drop, its unit is writing the
/// report here, or it leaves out what a unit must answer.
fn alone(weighed: &Weighed, period: Option<PeriodId>, moment: Moment) -> String {
    let case = &weighed.open.case;
    let mut reasons = Vec::new();
    if period.is_some_and(|period| period != case.period.id) {
        reasons.push(format!("tệp của kỳ khác: {}", case.period.label));
        if let Some(window) = case.window().filter(|window| window.to > moment.today) {
            reasons.push(format!("kỳ đó chưa hết thời gian chốt số liệu (đến {})", short_date(window.to)));
        }
    }
    if weighed.drafting {
        reasons.push("đơn vị đang soạn báo cáo này trên hệ thống".to_owned());
    }
    reasons.push(weighed.lacks());
    reasons.retain(|reason| !reason.is_empty());
    reasons.join("\n")
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
        alone: Some(String::new()),
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
