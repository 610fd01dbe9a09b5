//! A document comes in, kept with its bytes and what was read of it, or goes again. One transaction with its row in the log; what is
//! refused leaves nothing.

use serde::Serialize;
use serde_json::json;

use super::given::{Given, problem};
use super::queries::{self, DocumentRow, NewDocument};
use super::{About, Ground, Kind};
use crate::access::{Actor, Membership};
use crate::attachments::{self, Limits, size_words};
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{BroughtId, ReportId};
use crate::error::Error;
use crate::reports;
use crate::reports::draft::{self, Open};

/// Documents of a kind kept per report; the oldest that waits makes room for another, then the oldest that may go.
pub const MOST: usize = 20;

/// The report a document is brought to, for those who may type into it now.
///
/// # Errors
/// As [`draft::open`] and [`draft::may_change`]; [`Error::Refused`] where no such document is taken.
pub fn asked<K: Kind>(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Ground<K>, Error> {
    let open = draft::open(conn, actor, id)?;
    draft::may_change(actor, &open.case)?;
    K::takes(&open.case)?;
    let beside = K::beside(conn, &open)?;
    Ok(Ground { open, beside })
}

/// Keeps a document with what was read of it. The same bytes again are the same document, with what was decided of it.
///
/// # Errors
/// As [`asked`]; [`Error::Invalid`] when there is no room; [`Error::Conflict`] where somebody took a step meanwhile.
pub fn take_in<K: Kind>(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    (given, kept, field): (&Given, &K::Kept, &str),
    limits: Limits,
    moment: Moment,
) -> Result<BroughtId, Error> {
    let ground = asked::<K>(conn, actor, id)?;
    let open = &ground.open;
    let membership = draft::may_change(actor, &open.case)?;
    let sha256 = sha256_hex(&given.bytes);
    // Of two who bring the same bytes at once the second finds what the first one kept.
    if !reports::queries::hold(conn, &open.case)? {
        return Err(Error::Conflict(
            "Báo cáo này vừa được người khác xử lý. Mở lại báo cáo để xem rồi tải văn bản lên.".to_owned(),
        ));
    }
    let held = queries::of_report(conn, id, K::ABOUT, ground.typed())?;
    if let Some(same) = held.iter().find(|row| row.sha256 == sha256 && row.applied_at.is_none()) {
        return Ok(same.id);
    }
    if held.len() >= MOST {
        make_room(conn, (actor, membership), open, (K::ABOUT, &held, field), moment)?;
    }
    let size = i64::try_from(given.bytes.len()).map_err(|error| Error::Internal(error.to_string()))?;
    room_for(conn, open, (size, K::purpose(&open.case).is_some(), field), limits)?;
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let head = K::head(kept);
    let document = queries::keep(
        conn,
        &NewDocument {
            report_id: id,
            what: K::ABOUT.code,
            file_name: &given.name,
            kind: given.kind,
            size,
            sha256: &sha256,
            text: &given.text,
            doc_number: &head.number,
            doc_symbol: &head.symbol,
            doc_date: head.date,
            version: 1,
            kept_json: &to_json(kept)?,
            membership_id: membership.id,
            adder_name: &actor.full_name,
            adder_title: &title,
            uploaded_at: moment.at,
            on_behalf: ground.typed(),
        },
        &given.bytes,
    )?;
    let after = json!({ "file": given.name, "size": size, "sha256": sha256 });
    draft::record(conn, (actor, membership), open, (K::ABOUT.taken_in, after), moment)?;
    Ok(document)
}

/// Drops the oldest document that waits, else the oldest that was applied where its kind lets it go; never one by which somebody
/// entered a report for a unit: it is the proof of what they entered.
fn make_room(
    conn: &mut Conn,
    who: (&Actor, &Membership),
    open: &Open,
    (about, held, field): (&About, &[DocumentRow], &str),
    moment: Moment,
) -> Result<(), Error> {
    let oldest = |may: &dyn Fn(&DocumentRow) -> bool| held.iter().rev().find(|row| may(row));
    let goes = oldest(&|row| row.applied_at.is_none())
        .or_else(|| oldest(&|row| about.stays.is_none() && !row.is_proof()));
    match goes {
        Some(row) => forget(conn, who, open, (about, row, row.version), moment),
        None => Err(problem(field, format!("Báo cáo đã giữ đủ {MOST} {}", about.full))),
    }
}

/// The file has to fit beside the unit's other files, and among those of a report where it becomes one of them.
fn room_for(
    conn: &mut Conn,
    open: &Open,
    (size, attached, field): (i64, bool, &str),
    limits: Limits,
) -> Result<(), Error> {
    if attached && size > limits.largest {
        return Err(problem(
            field,
            format!(
                "Tệp lớn hơn {}, mức lớn nhất được đính kèm vào báo cáo. Giảm dung lượng rồi tải lên.",
                size_words(limits.largest)
            ),
        ));
    }
    let unit = open.case.obligation.unit_id;
    let used = attachments::queries::used_by(conn, unit, true)?;
    let used = used.saturating_add(queries::bytes_of_unit(conn, unit)?);
    if used.saturating_add(size) <= limits.quota {
        return Ok(());
    }
    Err(problem(
        field,
        format!(
            "Tệp của đơn vị đã chiếm {} trong {} được lưu. Bỏ bớt văn bản đã tải lên hoặc tệp đính kèm không cần nữa.",
            size_words(used),
            size_words(limits.quota)
        ),
    ))
}

/// Drops a document nobody needs any more, as it was seen; its name is given back.
///
/// # Errors
/// As [`asked`]; 404 for a document of another report; [`Error::Conflict`] when somebody decided or applied it since it was seen;
/// [`Error::Refused`] for one that [`stays`].
pub fn remove<K: Kind>(
    conn: &mut Conn,
    actor: &Actor,
    (id, document, seen): (ReportId, BroughtId, i32),
    moment: Moment,
) -> Result<String, Error> {
    let ground = asked::<K>(conn, actor, id)?;
    let membership = draft::may_change(actor, &ground.open.case)?;
    let (row, _, _) = queries::find::<K::Kept>(conn, (id, document), K::ABOUT, ground.typed())?;
    if let Some(why) = stays(K::ABOUT, &row) {
        return Err(Error::Refused(why.to_owned()));
    }
    forget(conn, (actor, membership), &ground.open, (K::ABOUT, &row, seen), moment)?;
    Ok(row.file_name)
}

/// Why a document is never removed; none where it may be.
pub fn stays(about: &About, row: &DocumentRow) -> Option<&'static str> {
    let applied = about.stays.filter(|_| row.applied_at.is_some());
    applied.or(row.is_proof().then_some("Văn bản này là căn cứ của lần nhập thay nên được giữ lại."))
}

/// Forgets a document as it was seen, with its row in the log.
fn forget(
    conn: &mut Conn,
    who: (&Actor, &Membership),
    open: &Open,
    (about, row, seen): (&About, &DocumentRow, i32),
    moment: Moment,
) -> Result<(), Error> {
    if !queries::forget(conn, (row.id, seen))? {
        return Err(Error::Conflict(format!(
            "Người khác vừa chọn nội dung, ghi hoặc bỏ văn bản “{}”. Mở lại trang để xem rồi thực hiện tiếp.",
            row.file_name
        )));
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256 });
    draft::record(conn, who, open, (about.removed, after), moment)
}

/// A reading as it is kept.
///
/// # Errors
/// None that a reading can give.
pub(super) fn to_json<T: Serialize>(kept: &T) -> Result<String, Error> {
    serde_json::to_string(kept).map_err(|error| Error::Internal(error.to_string()))
}
