//! A file comes in: its row is made, blocks are added while it is on its way, and one last transaction tells what it
//! is, counts it and lets the report hold it. Until then no report knows of it, so no half of it is ever seen.

use chrono::TimeDelta;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use serde_json::json;

use super::queries::{self, NewFile};
use super::{Limits, MOST_FILES, Purpose, kind, name, size_words};
use crate::access::{Actor, Membership};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FileId, ReportId, RevisionId};
use crate::error::{Error, Problems};
use crate::reports::{self, Case, ReportState, draft, paper_facts};

/// The field of the form all refusals belong to.
pub const FIELD: &str = "file";

/// How long a file may be on its way. What its server did not finish in this time is swept away by the next.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// What a file is for, and which report is to hold it.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// The draft of a report.
    Draft { report: ReportId, purpose: Purpose },
    /// A revision that was sent: the signed paper, which may come later.
    Sent { report: ReportId, number: i32 },
}

/// Where a file goes, and under which membership.
struct Place {
    case: Case,
    membership: Membership,
    /// None: the draft.
    revision: Option<RevisionId>,
    purpose: Purpose,
}

impl Target {
    fn place(self, conn: &mut Conn, actor: &Actor) -> Result<Place, Error> {
        match self {
            Target::Draft { report, purpose } => {
                let case = draft::of_writer(conn, actor, report)?;
                let membership = match purpose {
                    Purpose::Signed => draft::may_add_signed(actor, &case)?,
                    _ => draft::may_change(actor, &case)?,
                }
                .clone();
                if purpose == Purpose::Incoming && case.behalf.is_none() {
                    return refused("Bản chụp văn bản giấy chỉ đính kèm khi nhập thay. Chọn “Minh chứng”.");
                }
                if purpose == Purpose::Signed && case.regime.paper_rule == "none" && case.behalf.is_none() {
                    return refused("Chế độ báo cáo này không kèm văn bản đã ký. Chọn “Minh chứng”.");
                }
                Ok(Place { case, membership, revision: None, purpose })
            }
            Target::Sent { report, number } => {
                let (case, membership, revision) = signed_place(conn, actor, report, number)?;
                Ok(Place { case, membership, revision: Some(revision), purpose: Purpose::Signed })
            }
        }
    }
}

/// The revision whose signed paper the actor may add, its report, and the membership they do it under.
///
/// # Errors
/// 404 outside the unit and for a revision never sent; as [`paper_facts::may_record`].
pub fn signed_place(
    conn: &mut Conn,
    actor: &Actor,
    report: ReportId,
    number: i32,
) -> Result<(Case, Membership, RevisionId), Error> {
    let scope = actor.scope();
    let case = reports::queries::find(conn, &scope, report)?;
    if !case.is_own(&scope) {
        return Err(Error::NotFound);
    }
    let revision = reports::queries::revision_id(conn, report, number)?.ok_or(Error::NotFound)?;
    let membership = paper_facts::may_record(actor, &case)?.clone();
    Ok((case, membership, revision))
}

/// Whether the actor may add a file there now.
///
/// # Errors
/// As [`begin`].
pub fn may_add(conn: &mut Conn, actor: &Actor, target: Target) -> Result<(), Error> {
    target.place(conn, actor).map(|_| ())
}

/// Begins to take a file in and gives back its id. Sweeps away what others never finished.
///
/// # Errors
/// 404 outside the scope; [`Error::Forbidden`] for other roles; [`Error::Refused`] once the report is sent;
/// [`Error::Invalid`] when the quota is full or the draft holds as many files as it may.
pub fn begin(
    conn: &mut Conn,
    actor: &Actor,
    target: Target,
    typed_name: &str,
    limits: Limits,
    moment: Moment,
) -> Result<FileId, Error> {
    let place = target.place(conn, actor)?;
    queries::remove_stale(conn, moment.recorded - LONGEST)?;
    let unit = place.case.obligation.unit_id;
    room_for(queries::used_by(conn, unit, false)?, 1, limits)?;
    if place.revision.is_none() && queries::of_draft(conn, place.case.report.id)?.len() >= MOST_FILES {
        return refused(&most_files());
    }
    let uid = uuid::Uuid::now_v7().to_string();
    let title = format!("{}, {}", place.membership.title, place.membership.unit_name);
    let new = NewFile {
        uid: &uid,
        unit_id: unit,
        file_name: &name::sound(typed_name),
        membership_id: place.membership.id,
        adder_name: &actor.full_name,
        adder_title: &title,
        begun_at: moment.recorded,
    };
    Ok(queries::begin(conn, &new)?)
}

fn most_files() -> String {
    format!("Báo cáo đã có {MOST_FILES} tệp, nhiều nhất được đính kèm. Gỡ bớt tệp rồi tải lên.")
}

/// Adds a block that is full; the last one goes with [`finish`].
///
/// # Errors
/// [`Error::Invalid`] at the first block of a file that is none of the kinds taken; [`Error::Conflict`] when the file
/// was swept away meanwhile.
pub fn append(conn: &mut Conn, id: FileId, number: i32, bytes: &[u8]) -> Result<(), Error> {
    if number == 0 && !kind::may_begin(bytes) {
        return refused(&kind::NotTaken::Unknown.words());
    }
    match queries::append(conn, id, number, bytes) {
        Err(QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => Err(too_long()),
        other => Ok(other?),
    }
}

/// A file that has come in whole: its last block, and what was counted on the way.
#[derive(Debug, Clone)]
pub struct Whole {
    pub id: FileId,
    /// Number of the last block, and its bytes; empty where the file ends with a full block.
    pub number: i32,
    pub last: Vec<u8>,
    /// Bytes of all blocks.
    pub size: i64,
    /// In lower-case hexadecimal.
    pub sha256: String,
}

/// Closes the file and lets its report hold it. The first file of a report nobody has begun begins it.
///
/// # Errors
/// [`Error::Invalid`] for what is not taken: an empty file, another kind, one the draft holds already, one over the
/// quota; [`Error::Conflict`] when the report took a step meanwhile; otherwise as [`begin`].
pub fn finish(
    conn: &mut Conn,
    actor: &Actor,
    target: Target,
    whole: &Whole,
    limits: Limits,
    moment: Moment,
) -> Result<String, Error> {
    let place = target.place(conn, actor)?;
    let (report, unit) = (place.case.report.id, place.case.obligation.unit_id);
    if whole.size == 0 {
        return refused("Tệp này rỗng. Chọn đúng tệp rồi tải lên.");
    }
    let typed_name = queries::incoming(conn, whole.id)?.ok_or_else(too_long)?;
    if !whole.last.is_empty() {
        queries::append(conn, whole.id, whole.number, &whole.last)?;
    }
    let kind = recognised(conn, whole)?;
    if !place.purpose.takes().contains(&kind) {
        return refused(match place.purpose {
            Purpose::Signed => {
                "Bản đã ký, đóng dấu phải là tệp PDF. Chụp hoặc quét văn bản thành PDF rồi tải lên."
            }
            _ => {
                "Bản chụp văn bản giấy phải là PDF hoặc ảnh (PNG, JPG); văn bản đơn vị gửi có thể là tệp Word."
            }
        });
    }
    let beside = match place.revision {
        None => queries::of_draft(conn, report)?,
        Some(revision) => {
            let (with, later) = queries::of_revision(conn, revision)?;
            with.into_iter().chain(later).collect()
        }
    };
    if let Some(same) = beside.iter().find(|f| f.sha256 == whole.sha256 && f.purpose == place.purpose) {
        return refused(&format!("Tệp này đã được đính kèm, tên là “{}”.", same.name));
    }
    // Counted again: another may have come in whole since this one began.
    let held = queries::used_by(conn, unit, true)?;
    if place.revision.is_none() && queries::of_draft(conn, report)?.len() >= MOST_FILES {
        return refused(&most_files());
    }
    room_for(held, whole.size, limits)?;
    let name = name::with_ending(&typed_name, kind);
    let facts = (whole.size, whole.sha256.as_str());
    if !queries::complete(conn, whole.id, (&name, kind), facts, moment.at)? {
        return Err(too_long());
    }
    match place.revision {
        None => hold(conn, actor, &place, whole.id, moment)?,
        Some(revision) => match queries::add_later(conn, revision, whole.id) {
            Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                return Err(Error::Conflict(
                    "Người khác vừa đính kèm tệp vào lần gửi này. Mở lại báo cáo để xem rồi tải lên nếu cần."
                        .into(),
                ));
            }
            other => other?,
        },
    }
    let step = audit::Step {
        action: "attachment.add",
        subject_kind: "report",
        subject_id: Some(report.0),
        subject_label: &place.case.label(),
        unit_id: Some(unit),
        before: None,
        after: Some(json!({
            "file": name,
            "purpose": place.purpose.code(),
            "size": whole.size,
            "sha256": whole.sha256,
            "revision": match target { Target::Sent { number, .. } => Some(number), Target::Draft { .. } => None },
        })),
    };
    audit::record(conn, &By::member(actor, &place.membership), &step, moment.recorded)?;
    Ok(name)
}

/// Gives up a file that is not whole.
///
/// # Errors
/// The queries' own.
pub fn give_up(conn: &mut Conn, id: FileId) -> Result<(), Error> {
    Ok(queries::forget_incomplete(conn, &[id])?)
}

/// The draft takes the file; whoever sends the report meanwhile waits, or is waited for.
fn hold(conn: &mut Conn, actor: &Actor, place: &Place, file: FileId, moment: Moment) -> Result<(), Error> {
    let report = place.case.report.id;
    if place.case.state() == ReportState::NotBegun {
        let open = draft::open(conn, actor, report)?;
        draft::save(conn, actor, &open, &open.draft.content, open.draft.version, moment)?;
    } else if !reports::queries::hold(conn, &place.case)? {
        return Err(Error::Conflict(
            "Báo cáo vừa được người khác xử lý nên tệp chưa được đính kèm. Mở lại báo cáo để xem bước hiện tại.".into(),
        ));
    }
    Ok(queries::add_to_draft(conn, report, file, place.purpose)?)
}

fn recognised(conn: &mut Conn, whole: &Whole) -> Result<kind::FileKind, Error> {
    let mut reader = queries::reader(conn, whole.id, whole.size);
    let told = kind::recognise(&mut reader);
    match (reader.fault.take(), told) {
        (Some(fault), _) => Err(fault.into()),
        (None, Ok(kind)) => Ok(kind),
        (None, Err(why)) => refused(&why.words()),
    }
}

pub(super) fn room_for(used: i64, more: i64, limits: Limits) -> Result<(), Error> {
    if used.saturating_add(more) <= limits.quota {
        return Ok(());
    }
    refused(&format!(
        "Tệp của đơn vị đã chiếm {} trong {} được lưu, không còn chỗ cho tệp này. Gỡ tệp không cần nữa ở các báo cáo \
         chưa gửi, hoặc đề nghị quản trị tăng dung lượng.",
        size_words(used),
        size_words(limits.quota)
    ))
}

/// One file was larger than may be.
pub fn too_large(limits: Limits) -> Error {
    problem(format!(
        "Tệp lớn hơn {}, mức lớn nhất được nhận. Giảm dung lượng (quét đen trắng, 150–200 dpi) hoặc chia thành nhiều tệp.",
        size_words(limits.largest)
    ))
}

/// A refusal at the field.
pub fn problem(message: impl Into<String>) -> Error {
    let mut problems = Problems::default();
    problems.add(FIELD, message);
    Error::Invalid(problems)
}

fn refused<T>(message: &str) -> Result<T, Error> {
    Err(problem(message))
}

fn too_long() -> Error {
    Error::Conflict("Tệp được gửi lên quá lâu nên chưa được lưu. Kiểm tra đường truyền rồi tải lại.".into())
}
