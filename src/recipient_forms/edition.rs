//! An edition filled into a recipient's form: which copy a reader may have, the filling, and the note that an approved
//! edition used the form, from when on the form stays as it is.

use serde_json::json;

use super::keeping::log;
use super::queries::{self, FormRow};
use super::{Unfilled, fill};
use crate::access::{Action, Actor};
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::consolidation;
use crate::consolidation::content::EditionContent;
use crate::consolidation::queries::EditionRow;
use crate::consolidation::signing::put_sent;
use crate::consolidation::{EditionCopy, copies_for, read_content};
use crate::db::Conn;
use crate::db::ids::{EditionId, RecipientFormId};
use crate::error::Error;
use crate::form_filler::{Binding, Fault, Form};

/// An edition and the form it goes into, as read.
pub struct ToFill {
    pub edition: EditionRow,
    pub form: FormRow,
    copy: EditionCopy,
    content: EditionContent,
    bindings: Vec<Binding>,
    bytes: Vec<u8>,
}

/// The form filled.
pub struct Filled {
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// Reads what a filling needs. Eight queries.
///
/// # Errors
/// 404 outside the actor's scope, for a copy the reader may not have, and for a form that is not offered for the edition.
pub fn to_fill(
    conn: &mut Conn,
    actor: &Actor,
    (id, form): (EditionId, RecipientFormId),
    copy: EditionCopy,
) -> Result<ToFill, Error> {
    let (edition, _, regime) = consolidation::queries::edition(conn, &actor.scope(), id)?;
    if !copies_for(actor, &edition).contains(&copy) {
        return Err(Error::NotFound);
    }
    let offered = queries::offered(conn, (regime.province_id, regime.id), id)?;
    let form = offered.into_iter().find(|one| one.id == form).ok_or(Error::NotFound)?;
    let mut content = read_content(conn, &edition)?;
    put_sent(conn, &edition, &mut content)?;
    let bindings = queries::bindings(conn, form.id)?;
    let bytes = queries::bytes(conn, form.id)?;
    Ok(ToFill { edition, form, copy, content, bindings, bytes })
}

impl ToFill {
    /// Fills the form. No database here.
    ///
    /// # Errors
    /// What stands in the way, by sheet and cell, inside; [`Error::Internal`] for a form that cannot be read any more.
    pub fn filled(&self) -> Result<Result<Filled, Vec<Fault>>, Error> {
        let broken =
            |e: &dyn std::fmt::Display| Error::Internal(format!("recipient form {}: {e}", self.form.id));
        let form = Form::read(self.bytes.clone()).map_err(|e| broken(&e))?;
        match fill(&form, &self.bindings, &self.content, self.copy) {
            Ok(bytes) => Ok(Ok(Filled { file_name: self.file_name(), bytes })),
            Err(Unfilled::Faults(faults)) => Ok(Err(faults)),
            Err(Unfilled::Package(error)) => Err(broken(&error)),
        }
    }

    /// "Biểu 03 Bắc Giang 2025-H1 lần 2 (bản gửi Bộ).xlsx"; a draft's begins with "Dự thảo".
    fn file_name(&self) -> String {
        let identity = &self.content.identity;
        let draft = if self.edition.is_draft() { "Dự thảo " } else { "" };
        let short: String = self.form.name.chars().take(80).collect();
        let name = format!(
            "{draft}{} {} {} lần {} ({})",
            short.trim(),
            identity.place,
            identity.period_code,
            identity.edition_number,
            self.copy.words()
        );
        format!("{}.xlsx", consolidation::safe_name(&name))
    }
}

/// Notes that an approved edition was filled into the form. A draft leaves no note.
///
/// # Errors
/// [`Error::Conflict`] when its cells were bound anew meanwhile.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    (read, filled): (&ToFill, &Filled),
    moment: Moment,
) -> Result<(), Error> {
    if !read.edition.is_approved() {
        return Ok(());
    }
    if queries::hold(conn, read.form.id)? != read.form.version {
        return Err(Error::Conflict("Biểu vừa được gắn lại ô. Bấm tải lại lần nữa.".to_owned()));
    }
    let collects = actor.for_unit(read.edition.collector_id, Action::ReadEdition);
    let reads = || actor.memberships.iter().find(|m| m.role.may(Action::ReadEdition));
    let membership = collects.or_else(reads).ok_or(Error::NotFound)?;
    if queries::note_use(conn, (read.form.id, read.edition.id), membership.id, moment.at)? {
        let identity = &read.content.identity;
        let after = json!({
            "period": identity.period_code, "number": identity.edition_number, "sha256": sha256_hex(&filled.bytes),
        });
        log(
            conn,
            (actor, membership),
            ("recipient_form.fill", read.form.id, &read.form.name),
            after,
            moment,
        )?;
    }
    Ok(())
}
