//! The job that enters the chosen files of a drop on their units' behalf, one file a transaction: the file's mark, the typing in, the
//! draft's save, the sending and every audit row together, or none of them.

use serde_json::json;

use super::queries::{self, FileRow, Outcome};
use super::read::{begun, step};
use super::{APPLY, FileState};
use crate::access::{Action, Actor};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::ids::{DropId, PersonId, ReportId};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::{Job, Progress, Work};
use crate::people;
use crate::reports::behalf::may_type;
use crate::reports::workbook_entry::{self, Entered};

/// Enters what was chosen of a drop.
pub struct ApplyDrop;

impl Work for ApplyDrop {
    fn kind(&self) -> &'static str {
        APPLY
    }

    fn step(&self, db: &Db, job: &Job, moment: Moment) -> Result<Progress, Error> {
        let drop = DropId(job.subject_id);
        step(db, (drop, FileState::Applying), |file| apply_one(db, job.asked_by()?, file, moment))
    }
}

fn apply_one(db: &Db, person: PersonId, file: &FileRow, moment: Moment) -> Result<(), Error> {
    // Whoever chose it may hold no role any more: then it is the job that fails, not the file.
    let actor = db.read(|conn| {
        let actor = people::queries::actor(conn, person, moment.today)?;
        queries::drop_of(conn, &actor.units_for(Action::TypeOnBehalf), file.drop_id)?;
        Ok::<_, Error>(actor)
    })?;
    let Some(file) = begun(db, file)? else { return Ok(()) };
    let entered = db.write(|conn| enter(conn, &actor, &file, moment));
    let outcome = match entered {
        Ok(()) => return Ok(()),
        Err(Error::NotFound) => Outcome::to(FileState::Refused, super::FOREIGN),
        Err(Error::Conflict(why)) => Outcome { tries: Some(0), ..Outcome::to(FileState::Waiting, why) },
        Err(Error::Invalid(problems)) => Outcome::to(FileState::Faulty, Error::Invalid(problems).to_string()),
        Err(Error::Refused(why) | Error::Forbidden(why)) => Outcome::to(FileState::Refused, why),
        Err(other) => return Err(other),
    };
    db.write(|conn| {
        if queries::settle(conn, &file, &outcome)? && outcome.state == Some(FileState::Waiting.code()) {
            crate::jobs::queries::enqueue(conn, (super::READ, file.drop_id.0), 1, person, moment.recorded)?;
        }
        Ok::<_, Error>(())
    })
}

/// Enters one file and marks it, for the transaction it is called in.
fn enter(conn: &mut Conn, actor: &Actor, file: &FileRow, moment: Moment) -> Result<(), Error> {
    let bodies = actor.units_for(Action::TypeOnBehalf);
    let drop = queries::drop_of(conn, &bodies, file.drop_id)?;
    let report = file.report_id.ok_or(Error::NotFound)?;
    let reading = queries::reading(conn, file.id)?.ok_or(Error::NotFound)?;
    let receipt = file.receipt(&drop);
    let read = (&reading, file.warnings_seen.as_str());
    let entered = workbook_entry::enter(conn, actor, report, read, &receipt.begin(), moment)?;
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
    record(conn, actor, (report, file), moment)
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    (report, file): (ReportId, &FileRow),
    moment: Moment,
) -> Result<(), Error> {
    let case = crate::reports::queries::find(conn, &actor.scope(), report)?;
    let membership = may_type(actor, &case)?;
    let step = audit::Step {
        action: "drop.apply",
        subject_kind: "report",
        subject_id: Some(report.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.unit_id),
        before: None,
        after: Some(json!({ "file": file.file_name, "size": file.size, "sha256": file.sha256 })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
