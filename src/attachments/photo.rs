//! A picture that comes whole with the form of a page: told by its content, counted in the quota of its unit, kept in blocks like
//! every other file.

use std::io::Cursor;

use sha2::{Digest, Sha256};

use super::queries::{self, NewFile};
use super::{BLOCK, FileKind, Limits, kind, name, picture, receive, size_words};
use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FileId, UnitId};
use crate::error::{Error, Problems};

/// Bytes of a picture at most, whatever other files may have: a telephone's is a third of it.
pub const LARGEST: usize = 10 << 20;

/// Keeps a picture for a unit and gives back its id; whoever calls lets something hold it in the same write.
///
/// # Errors
/// [`Error::Invalid`] at `photo` for what is no PNG or JPEG from beginning to end, for one too large, and when the quota is
/// full.
pub fn keep(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    unit: UnitId,
    (typed_name, bytes): (&str, &[u8]),
    limits: Limits,
    moment: Moment,
) -> Result<FileId, Error> {
    let size = i64::try_from(bytes.len()).map_err(|e| Error::Internal(e.to_string()))?;
    let most = limits.largest.min(i64::try_from(LARGEST).unwrap_or(i64::MAX));
    if size > most {
        return refused(&format!("Ảnh “{typed_name}” lớn hơn {}, mức lớn nhất được nhận.", size_words(most)));
    }
    let kind = match kind::recognise(&mut Cursor::new(bytes)) {
        Ok(kind @ (FileKind::Png | FileKind::Jpg)) => kind,
        _ => {
            return refused(&format!(
                "“{typed_name}” không phải ảnh JPG hoặc PNG. Chụp lại hoặc chọn ảnh khác; ảnh HEIC cần lưu thành JPG."
            ));
        }
    };
    if !picture::is_whole(kind, bytes) {
        return refused(&format!(
            "Ảnh “{typed_name}” bị hỏng hoặc thiếu phần cuối, không mở được. Chụp lại hoặc chọn ảnh khác."
        ));
    }
    let used = queries::used_by(conn, unit, true)?;
    receive::room_for(used, size, limits).map_err(at_photo)?;
    let uid = uuid::Uuid::now_v7().to_string();
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let sound = name::sound(typed_name);
    let new = NewFile {
        uid: &uid,
        unit_id: unit,
        file_name: &sound,
        membership_id: membership.id,
        adder_name: &actor.full_name,
        adder_title: &title,
        begun_at: moment.recorded,
    };
    let id = queries::begin(conn, &new)?;
    for (number, block) in (0..).zip(bytes.chunks(BLOCK)) {
        queries::append(conn, id, number, block)?;
    }
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    queries::complete(conn, id, (&name::with_ending(&sound, kind), kind), (size, &sha256), moment.at)?;
    Ok(id)
}

/// A refusal of the room, at the field of the picture.
fn at_photo(error: Error) -> Error {
    let Error::Invalid(found) = error else { return error };
    let mut problems = Problems::default();
    for problem in found.0 {
        problems.add("photo", problem.message);
    }
    Error::Invalid(problems)
}

fn refused<T>(message: &str) -> Result<T, Error> {
    let mut problems = Problems::default();
    problems.add("photo", message);
    Err(Error::Invalid(problems))
}
