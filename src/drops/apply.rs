//! The job that enters the chosen files of a drop on their units' behalf, some files a transaction and each for itself within it:
//! the file's mark, the typing in, the draft's save, the sending and every audit row together, or none of them.

use diesel::prelude::*;
use serde_json::json;

use super::queries::{self, DropRow, FileRow, Outcome};
use super::turn::{Turn, begun, forgiving, put_back, some};
use super::{APPLY, FileState};
use crate::access::{Action, Actor};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::ids::{DropId, PersonId};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::{Job, Progress, Work};
use crate::people;
use crate::reports::Case;
use crate::reports::behalf::may_type;
use crate::reports::workbook_entry::{self, Entered};

/// Enters what was chosen of a drop, so many files a step at most.
pub struct ApplyDrop {
    pub at_once: usize,
}

impl Work for ApplyDrop {
    fn kind(&self) -> &'static str {
        APPLY
    }

    fn step(&self, db: &Db, job: &Job, moment: Moment) -> Result<Progress, Error> {
        let drop = DropId(job.subject_id);
        some(db, (drop, FileState::Applying, self.at_once), |files| {
            apply_some(db, job.asked_by()?, (drop, files), moment)
        })
    }
}

fn apply_some(
    db: &Db,
    person: PersonId,
    (drop, files): (DropId, &[FileRow]),
    moment: Moment,
) -> Result<usize, Error> {
    let may = |conn: &mut Conn| {
        let actor = people::queries::actor(conn, person, moment.today)?;
        let drop = queries::drop_of(conn, &actor.units_for(Action::TypeOnBehalf), drop)?;
        Ok::<_, Error>((actor, drop))
    };
    // Whoever chose it may hold no role any more: then it is the job that fails, not the file.
    db.read(may)?;
    let files = begun(db, files)?;
    let enter_all = |conn: &mut Conn| {
        let (actor, row) = may(conn)?;
        let (turn, mut done, mut again) = (Turn::begins(), 0, 0);
        for file in &files {
            if turn.is_over() {
                put_back(conn, file)?;
                continue;
            }
            again += i32::from(apply_one(conn, &actor, (&row, file), moment)?);
            done += 1;
        }
        // Behind all files, as whoever has files read again asks for it: nobody waits for another in a circle.
        if again > 0 {
            let read = (super::READ, drop.0);
            crate::jobs::queries::enqueue(conn, read, again, actor.person_id, moment.recorded)?;
        }
        Ok::<_, Error>(done)
    };
    forgiving(db, &files, || db.write(enter_all))
}

/// Enters one file, whole or not at all, and marks what became of it, for the transaction it is called in; whether it waits to be
/// read again.
fn apply_one(
    conn: &mut Conn,
    actor: &Actor,
    (drop, file): (&DropRow, &FileRow),
    moment: Moment,
) -> Result<bool, Error> {
    let outcome = match conn.transaction(|conn| enter(conn, actor, (drop, file), moment)) {
        Ok(()) => return Ok(false),
        Err(Error::NotFound) => Outcome::to(FileState::Refused, super::FOREIGN),
        Err(Error::Conflict(why)) => Outcome { tries: Some(0), ..Outcome::to(FileState::Waiting, why) },
        Err(Error::Invalid(problems)) => Outcome::to(FileState::Faulty, Error::Invalid(problems).to_string()),
        Err(Error::Refused(why) | Error::Forbidden(why)) => Outcome::to(FileState::Refused, why),
        Err(other) => return Err(other),
    };
    Ok(queries::settle(conn, file, &outcome)? && outcome.state == Some(FileState::Waiting.code()))
}

/// Enters one file and marks it.
fn enter(
    conn: &mut Conn,
    actor: &Actor,
    (drop, file): (&DropRow, &FileRow),
    moment: Moment,
) -> Result<(), Error> {
    let report = file.report_id.ok_or(Error::NotFound)?;
    let reading = queries::reading(conn, file.id)?.ok_or(Error::NotFound)?;
    let receipt = file.receipt(drop);
    let read = (&reading, file.warnings_seen.as_str());
    let (entered, case) = workbook_entry::enter(conn, actor, report, read, &receipt.begin(), moment)?;
    let message = match entered {
        Entered::Sent(_) => format!("Đã nhận và gửi thay đơn vị, {}.", receipt.words()),
        Entered::WantsPaper => {
            "Đã nhập, chưa gửi: chế độ báo cáo này yêu cầu số, ngày, người ký văn bản của đơn vị.".to_owned()
        }
    };
    let applied = Outcome { applied_at: Some(Some(moment.at)), ..Outcome::to(FileState::Applied, message) };
    if !queries::settle(conn, file, &applied)? {
        return Err(Error::Conflict("Tệp này vừa được người khác xử lý.".to_owned()));
    }
    record(conn, actor, (&case, file), moment)
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    (case, file): (&Case, &FileRow),
    moment: Moment,
) -> Result<(), Error> {
    let membership = may_type(actor, case)?;
    let step = audit::Step {
        action: "drop.apply",
        subject_kind: "report",
        subject_id: Some(case.report.id.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.unit_id),
        before: None,
        after: Some(json!({ "file": file.file_name, "size": file.size, "sha256": file.sha256 })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
