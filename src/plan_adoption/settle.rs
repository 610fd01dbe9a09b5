//! What the compiler decides about a proposal is kept at once, so that the page can be left. Guarded by the version that was seen.

use super::UploadState;
use super::amend::{self, Choices};
use super::draft::Draft;
use super::ground;
use super::outcome::weigh;
use super::queries::{self, Change, UploadRow};
use super::upload::{open, record_removal, to_json};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::PlanUploadId;
use crate::error::Error;

/// Told to whoever works on an upload that a plan was made of.
pub(super) const ADOPTED: &str = "Văn bản này đã được lập thành kế hoạch. Mở kế hoạch để xem và sửa tiếp.";

pub(super) fn meanwhile() -> Error {
    Error::Conflict(
        "Bản đề xuất này vừa được người khác sửa. Mở lại trang để xem nội dung mới rồi thực hiện tiếp."
            .to_owned(),
    )
}

/// An upload under review, as it was seen.
///
/// # Errors
/// 404 for another body's; [`Error::Refused`] once it was adopted; [`Error::Conflict`] when somebody decided meanwhile.
pub(super) fn seen(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (PlanUploadId, i32),
) -> Result<UploadRow, Error> {
    let (row, _) = open(conn, actor, id)?;
    match row.state() {
        UploadState::Adopted => return Err(Error::Refused(ADOPTED.to_owned())),
        UploadState::Compared => return Err(Error::NotFound),
        UploadState::Open => {}
    }
    if row.version != seen { Err(meanwhile()) } else { Ok(row) }
}

/// Changes the proposal that was seen by `amend`, and keeps it.
///
/// # Errors
/// As [`seen`], and those of `amend`.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    of: (PlanUploadId, i32),
    amend: impl FnOnce(&mut Draft) -> Result<(), Error>,
) -> Result<(), Error> {
    let row = seen(conn, actor, of)?;
    let mut draft = row.draft();
    amend(&mut draft)?;
    let json = to_json(&draft)?;
    match queries::change(conn, of, &Change { draft_json: Some(&json), ..Change::default() })? {
        true => Ok(()),
        false => Err(meanwhile()),
    }
}

/// Takes everything that says enough to be made, the unclear too; how much still does not: a basis without number, a duty without a
/// cycle or without anybody who owes it.
///
/// # Errors
/// As [`change`].
pub fn take_all(
    conn: &mut Conn,
    actor: &Actor,
    of: (PlanUploadId, i32),
    choices: Choices,
    moment: Moment,
) -> Result<usize, Error> {
    let row = seen(conn, actor, of)?;
    let mut left = 0;
    let mut chosen = row.draft();
    amend::choose(&mut chosen, choices.clone());
    let ground = ground::load(conn, actor, (row.province_id, row.unit_id), &chosen, moment)?;
    change(conn, actor, of, |draft| {
        amend::choose(draft, choices);
        let before = draft.clone();
        draft.take_all();
        let faults = weigh(draft, &ground).faults;
        let faulty =
            |kind: &str, key: u32| faults.iter().any(|fault| fault.anchor == format!("{kind}-{key}"));
        for (item, was) in draft.bases.iter_mut().zip(&before.bases) {
            item.taken = was.taken || !faulty("basis", item.key);
        }
        for (item, was) in draft.duties.iter_mut().zip(&before.duties) {
            item.taken = was.taken || !faulty("duty", item.key);
        }
        left = draft.left_out();
        Ok(())
    })?;
    Ok(left)
}

/// Drops an upload nothing was made of: one under review, or one that was compared.
///
/// # Errors
/// As [`seen`], but for one that was compared.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    of: (PlanUploadId, i32),
    moment: Moment,
) -> Result<UploadRow, Error> {
    let (row, membership) = open(conn, actor, of.0)?;
    if row.state() == UploadState::Adopted {
        return Err(Error::Refused(ADOPTED.to_owned()));
    }
    if row.version != of.1 || !queries::forget(conn, of, row.state())? {
        return Err(meanwhile());
    }
    let what = (row.id, row.file_name.as_str(), row.sha256.as_str());
    record_removal(conn, (actor, membership), what, moment.recorded)?;
    Ok(row)
}
