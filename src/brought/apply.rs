//! What was decided of a document is kept at once, so that the page can be left; and the document is applied in one transaction: the
//! draft by its own save, the file as an attachment of it, and what its kind does besides.

use serde_json::{Map, json};

use super::attach::{Upload, attach};
use super::queries::{self, Applied};
use super::take_in::{asked, to_json};
use super::{Desk, Kind, Seen};
use crate::access::Actor;
use crate::attachments::Limits;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{BroughtId, ReportId};
use crate::error::Error;
use crate::reports::draft;
use crate::reports::queries::taken_back_numbers;

/// Opens a document of a report.
///
/// # Errors
/// As [`asked`]; 404 for a document of another report.
pub fn desk<K: Kind>(
    conn: &mut Conn,
    actor: &Actor,
    (id, document): (ReportId, BroughtId),
) -> Result<Desk<K>, Error> {
    let ground = asked::<K>(conn, actor, id)?;
    let (row, text, kept) = queries::find(conn, (id, document), K::ABOUT, ground.typed())?;
    let outcome = K::outcome(&kept, &ground);
    let taken_back = match row.is_proof() {
        true => row.taken_back(&taken_back_numbers(conn, id)?),
        false => None,
    };
    Ok(Desk { ground, row, text, kept, outcome, taken_back })
}

/// Keeps what was decided.
///
/// # Errors
/// As [`desk`]; [`Error::Conflict`] when somebody decided meanwhile; [`Error::Refused`] once it was applied.
pub fn decide<K: Kind>(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, BroughtId),
    (seen, choices): (Seen, K::Choices),
) -> Result<Desk<K>, Error> {
    let mut desk = desk::<K>(conn, actor, which)?;
    if desk.row.applied_at.is_some() {
        return Err(Error::Refused(K::ABOUT.used.to_owned()));
    }
    K::choose(&mut desk.kept, choices, &desk.ground);
    if desk.row.version != seen.document
        || !queries::decide(conn, (which.1, seen.document), &to_json(&desk.kept)?)?
    {
        return Err(Error::Conflict(
            "Người khác vừa chọn nội dung của văn bản này. Mở lại trang để xem rồi thực hiện tiếp."
                .to_owned(),
        ));
    }
    desk.row.version += 1;
    desk.outcome = K::outcome(&desk.kept, &desk.ground);
    Ok(desk)
}

/// Keeps what was decided and applies the document to the draft. Gives back what was done.
///
/// # Errors
/// As [`decide`]; [`Error::Conflict`] when the draft was saved since it was seen; [`Error::Refused`] for what its kind is stopped
/// by; as [`draft::save`] and [`attach`].
pub fn apply<K: Kind>(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, BroughtId),
    (seen, choices): (Seen, K::Choices),
    limits: Limits,
    moment: Moment,
) -> Result<K::Outcome, Error> {
    let Desk { ground, row, kept, outcome, .. } = decide::<K>(conn, actor, which, (seen, choices))?;
    let open = &ground.open;
    let membership = draft::may_change(actor, &open.case)?;
    if seen.draft != open.draft.version {
        return Err(draft::conflict(&open.draft));
    }
    if let Some(words) = K::stops(&outcome) {
        return Err(Error::Refused(words));
    }
    let saved = draft::save(conn, actor, open, K::content(&outcome), open.draft.version, moment)?;
    if let Some(purpose) = K::purpose(&open.case) {
        let upload =
            Upload { purpose, name: &row.file_name, kind: &row.kind, size: row.size, sha256: &row.sha256 };
        attach(conn, actor, open, (upload, |conn| queries::bytes(conn, row.id)), limits, moment)?;
    }
    let applied = Applied {
        version: saved.version,
        revision: open.case.report.last_revision + 1,
        on_behalf: ground.typed(),
        by: membership.id,
        at: moment.at,
    };
    if !queries::mark_applied(conn, (row.id, row.version), &applied)? {
        return Err(Error::Refused(K::ABOUT.used.to_owned()));
    }
    let mut after = Map::new();
    after.insert("file".to_owned(), json!(row.file_name));
    after.insert("sha256".to_owned(), json!(row.sha256));
    for (key, count) in K::applied(conn, row.id, &kept, &outcome)? {
        after.insert(key.to_owned(), json!(count));
    }
    draft::record(conn, (actor, membership), open, (K::ABOUT.applied, after.into()), moment)?;
    Ok(outcome)
}
