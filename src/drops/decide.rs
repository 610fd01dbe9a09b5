//! What whoever dropped files decides about them: whose one is, that nobody wants one, under which receipt it came, that they are
//! read again, that they are entered. Each names the version of the file it saw; the work itself is a job's.

use serde_json::json;

use super::queries::{self, DropRow, FileRow, Outcome};
use super::{APPLY, FileState, Press, Receipt, chosen, of_unit, read};
use crate::access::{Action, Actor};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{DropFileId, DropId, ReportId};
use crate::error::Error;
use crate::jobs;

/// A drop for those who may decide about it.
///
/// # Errors
/// 404 for everybody else.
pub fn find(conn: &mut Conn, actor: &Actor, id: DropId) -> Result<DropRow, Error> {
    Ok(queries::drop_of(conn, &actor.units_for(Action::TypeOnBehalf), id)?)
}

/// A file as it was seen on the page.
fn seen(
    conn: &mut Conn,
    actor: &Actor,
    (drop, file): (DropId, DropFileId),
    version: i32,
) -> Result<(DropRow, FileRow), Error> {
    let drop = find(conn, actor, drop)?;
    let file = queries::file(conn, drop.id, file)?;
    if file.version != version {
        return Err(meanwhile());
    }
    Ok((drop, file))
}

fn meanwhile() -> Error {
    Error::Conflict("Tệp này vừa được xử lý. Xem lại danh sách rồi thực hiện lại.".to_owned())
}

/// Says whose report a file is, which could not be told; it is read anew.
///
/// # Errors
/// 404 for a report that is not open to whoever decides; [`Error::Refused`] for none; [`Error::Conflict`] when the file has
/// moved since.
pub fn assign(
    conn: &mut Conn,
    actor: &Actor,
    which: (DropId, DropFileId),
    (version, report): (i32, Option<ReportId>),
    moment: Moment,
) -> Result<(), Error> {
    let (drop, file) = seen(conn, actor, which, version)?;
    // One that was assigned before may have been assigned wrongly.
    if !file.can_be_assigned() {
        return Err(meanwhile());
    }
    let report = report.ok_or_else(|| Error::Refused("Chọn đơn vị có báo cáo trong tệp này.".to_owned()))?;
    let open = queries::open_targets(conn, &of_unit(actor, drop.unit_id)?.reach, drop.period_id)?;
    let target = open.into_iter().find(|target| target.report == report).ok_or(Error::NotFound)?;
    let assigned = Outcome { assigned: Some(true), report_id: Some(Some(report)), ..Outcome::default() };
    change(conn, &file, &assigned)?;
    let file = queries::file(conn, drop.id, file.id)?;
    read::again(conn, actor, drop.id, std::slice::from_ref(&file), moment)?;
    let after = json!({ "file": file.file_name, "unit": target.unit_name });
    record(conn, actor, &drop, ("drop.assign", after), moment)
}

/// Leaves a file out, or takes one back that was.
///
/// # Errors
/// [`Error::Conflict`] when the file has moved since or is being entered.
pub fn leave_out(
    conn: &mut Conn,
    actor: &Actor,
    which: (DropId, DropFileId),
    version: i32,
    moment: Moment,
) -> Result<bool, Error> {
    let (drop, file) = seen(conn, actor, which, version)?;
    let out = match file.state() {
        FileState::Applying | FileState::Applied => return Err(meanwhile()),
        FileState::LeftOut => {
            read::again(conn, actor, drop.id, std::slice::from_ref(&file), moment)?;
            false
        }
        _ => {
            change(conn, &file, &Outcome::to(FileState::LeftOut, ""))?;
            true
        }
    };
    let after = json!({ "file": file.file_name });
    let action = if out { "drop.leave_out" } else { "drop.take_back" };
    record(conn, actor, &drop, (action, after), moment)?;
    Ok(out)
}

/// Says under which receipt one file came; it is read anew, as the day may not fit its report.
///
/// # Errors
/// As [`leave_out`].
pub fn receive_under(
    conn: &mut Conn,
    actor: &Actor,
    which: (DropId, DropFileId),
    (version, receipt): (i32, &Receipt),
    moment: Moment,
) -> Result<(), Error> {
    let (drop, file) = seen(conn, actor, which, version)?;
    if matches!(file.state(), FileState::Applying | FileState::Applied) {
        return Err(meanwhile());
    }
    let own = Outcome {
        received_number: Some(Some(receipt.number.clone())),
        received_on: Some(Some(receipt.on)),
        ..Outcome::default()
    };
    change(conn, &file, &own)?;
    let file = queries::file(conn, drop.id, file.id)?;
    if file.state().can_be_read_again() {
        read::again(conn, actor, drop.id, std::slice::from_ref(&file), moment)?;
    }
    let after = json!({ "file": file.file_name, "document": receipt.words() });
    record(conn, actor, &drop, ("drop.receipt", after), moment)
}

/// Has everything read again that could not be taken. Gives back how many files.
///
/// # Errors
/// 404 outside the scope; the queries' own.
pub fn retry(conn: &mut Conn, actor: &Actor, id: DropId, moment: Moment) -> Result<usize, Error> {
    let drop = find(conn, actor, id)?;
    let mut files = queries::files(conn, drop.id)?;
    files.retain(FileRow::can_be_retried);
    let count = read::again(conn, actor, drop.id, &files, moment)?;
    if count > 0 {
        record(conn, actor, &drop, ("drop.retry", json!({ "files": count })), moment)?;
    }
    Ok(count)
}

/// Chooses files to be entered, of those that were shown in the versions they were shown in, as far as `press` says that they were
/// looked at: what became ready, or was read anew, after the page was made is not among them. Gives back how many.
///
/// # Errors
/// [`Error::Refused`] where there is none, while files are still being read, one of which may be for the same report, and while
/// those that somebody else has chosen are entered in that person's name; 404 outside the scope.
pub fn choose(
    conn: &mut Conn,
    actor: &Actor,
    id: DropId,
    (shown, press): (&Shown, &Press),
    moment: Moment,
) -> Result<usize, Error> {
    let drop = find(conn, actor, id)?;
    of_unit(actor, drop.unit_id)?;
    let files = queries::files(conn, drop.id)?;
    let waiting = files.iter().filter(|file| file.state() == FileState::Waiting).count();
    if waiting > 0 {
        return Err(Error::Refused(format!(
            "Còn {waiting} tệp chưa đọc xong, có thể có tệp trùng báo cáo. Đợi đọc xong, hoặc bấm “Thử lại tệp lỗi”."
        )));
    }
    let mut picked = chosen(&files, press);
    picked.retain(|file| shown.holds(file.id, file.version));
    // Those of an earlier press whose job was given up go with them.
    let stuck = files.iter().any(|file| file.state() == FileState::Applying);
    let mut count = 0;
    for file in picked {
        let taken = Outcome { tries: Some(0), ..Outcome::to(FileState::Applying, "") };
        count += usize::from(queries::settle(conn, file, &taken)?);
    }
    if count == 0 && !stuck {
        return Err(Error::Refused(
            "Không có tệp nào nhận được ngay. Tệp có cảnh báo: xem rồi đánh dấu “tôi đã xem cảnh báo”. Tệp phải xác nhận \
             riêng: mở từng tệp. Tệp khác: chọn đơn vị, bỏ tệp trùng, hoặc mở lại trang nếu tệp vừa được đọc lại."
                .to_owned(),
        ));
    }
    let total = i32::try_from(count).unwrap_or(i32::MAX);
    let job = jobs::queries::enqueue(conn, (APPLY, drop.id.0), total, actor.person_id, moment.recorded)?;
    if jobs::queries::asker(conn, job)? != Some(actor.person_id) {
        return Err(Error::Refused(
            "Đồng nghiệp vừa bấm nhận các tệp khác của lần này, hệ thống đang nhận. Đợi nhận xong rồi bấm lại."
                .to_owned(),
        ));
    }
    let after = json!({ "files": count, "warnings_read": press.with_warnings });
    record(conn, actor, &drop, ("drop.choose", after), moment)?;
    Ok(count)
}

/// The files a page showed, each in the version it showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown(Vec<(DropFileId, i32)>);

impl Shown {
    /// Of files as they stand.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a FileRow>) -> Shown {
        Shown(files.into_iter().map(|file| (file.id, file.version)).collect())
    }

    /// From "12:3,14:1"; what is no such pair shows nothing.
    pub fn from_text(text: &str) -> Shown {
        let pair = |pair: &str| {
            let (id, version) = pair.split_once(':')?;
            Some((id.parse().ok()?, version.parse().ok()?))
        };
        Shown(text.split(',').filter_map(pair).collect())
    }

    fn holds(&self, id: DropFileId, version: i32) -> bool {
        self.0.contains(&(id, version))
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|(id, version)| format!("{id}:{version}")).collect();
        f.write_str(&pairs.join(","))
    }
}

fn change(conn: &mut Conn, file: &FileRow, outcome: &Outcome) -> Result<(), Error> {
    if queries::settle(conn, file, outcome)? { Ok(()) } else { Err(meanwhile()) }
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    drop: &DropRow,
    (action, after): (&str, serde_json::Value),
    moment: Moment,
) -> Result<(), Error> {
    let membership = of_unit(actor, drop.unit_id)?;
    let step = audit::Step {
        action,
        subject_kind: "drop",
        subject_id: Some(drop.id.0),
        subject_label: &format!("Lần nhận tệp {}", drop.receipt().words()),
        unit_id: Some(drop.unit_id),
        before: None,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
