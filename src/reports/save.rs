//! Saving what is being typed. Stands between the form and the draft's rows. Whoever saves from an older page than the
//! draft is merged field by field: only what two people both changed is asked about, and then both texts are kept.
//! Nothing typed is ever refused for being unreadable, only for being too long.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use super::draft::{Open, conflict, may_change};
use super::history::{Taken, take};
use super::merge::{Clash, merge};
use super::parts::{Parts, changed, parts, put};
use super::queries::Change;
use super::{Content, ReportState, Step, leader, lengths, queries};
use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::MembershipId;
use crate::db::schema::drafts;
use crate::error::Error;

/// What a save left behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    pub version: i32,
    /// UTC.
    pub at: NaiveDateTime,
    /// The draft as it stands now.
    pub content: Content,
    /// Fields that others wrote since the version that was seen, which the writer's page does not show.
    pub unseen: Vec<String>,
    /// Who wrote them, and who wrote what clashes.
    pub others: Vec<String>,
    /// Fields both changed: theirs stands, what was typed is kept until it is decided.
    pub clashes: Vec<Clash>,
}

/// Saves the content typed over version `seen` of the draft (0: nothing saved yet). The first save of all begins the
/// report, which is a step with its audit row; later ones leave who and when on the draft, and what they changed.
///
/// # Errors
/// [`Error::Invalid`] for what is longer than its field takes; [`Error::Conflict`] when somebody saves at this very moment;
/// [`Error::Refused`] when the report cannot be typed into now, and for a table of more rows than are kept;
/// [`Error::Forbidden`] for roles that do not type.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    open: &Open,
    typed: &Content,
    seen: i32,
    moment: Moment,
) -> Result<Saved, Error> {
    let from_file = open.case.behalf.as_ref().is_some_and(|typing| typing.from_file);
    let saved = save_as_came(conn, actor, open, typed, seen, moment)?;
    // The facts of its paper are no part of what came in the file; whatever else is changed in it a person typed.
    let by_hand = || -> Result<bool, Error> {
        let changes = changed(&parts(&open.draft.content)?, &parts(&saved.content)?);
        Ok(changes.iter().any(|(field, _)| field != "paper"))
    };
    if from_file && by_hand()? {
        queries::typed_by_hand(conn, open.case.report.id)?;
    }
    Ok(saved)
}

/// The same for what a file of the unit's brings: nobody typed it.
///
/// # Errors
/// As [`save`].
pub fn save_as_came(
    conn: &mut Conn,
    actor: &Actor,
    open: &Open,
    typed: &Content,
    seen: i32,
    moment: Moment,
) -> Result<Saved, Error> {
    let case = &open.case;
    let membership = may_change(actor, case)?;
    lengths::too_many_rows(typed)?;
    lengths::too_long(typed, &open.outline).or(())?;
    let mut content = typed.clone();
    if case.is_consolidated() {
        // Its figures are the edition's, whatever was posted.
        content.entries.clone_from(&open.draft.content.entries);
    }
    let (id, before) = (case.report.id, parts(&open.draft.content)?);
    let mut saved = Saved {
        version: open.draft.version,
        at: moment.at,
        content,
        unseen: Vec::new(),
        others: Vec::new(),
        clashes: Vec::new(),
    };
    if seen != open.draft.version {
        merge_into(conn, open, &before, seen, &mut saved)?;
        queries::keep_clashes(conn, id, &saved.clashes, membership.id, moment.at)?;
    }
    let changes = changed(&before, &parts(&saved.content)?);
    if seen != open.draft.version && changes.is_empty() {
        return Ok(saved);
    }
    saved.version = claim(conn, open, &saved.content, membership.id, moment)?;
    queries::note_changes(conn, id, saved.version, &changes, membership.id, moment.at)?;
    queries::replace_draft(conn, case, &open.outline, &saved.content)?;
    if case.state() == ReportState::NotBegun {
        begin(conn, open, actor, membership, moment)?;
    }
    Ok(saved)
}

/// What stood in the draft at version `seen`, from the changes since; none when they are not known any more.
///
/// # Errors
/// The query's own.
pub fn base(conn: &mut Conn, open: &Open, now: &Parts, seen: i32) -> Result<Option<Parts>, Error> {
    Ok(changes(conn, open, seen)?.map(|changes| back(now, &changes)))
}

/// Keeps what was typed for a draft that takes nothing any more, as texts to be looked up. Gives back how many.
///
/// # Errors
/// As [`save`].
pub fn keep(
    conn: &mut Conn,
    actor: &Actor,
    open: &Open,
    typed: &Content,
    moment: Moment,
) -> Result<usize, Error> {
    let membership = leader::may_edit(actor, &open.case)?;
    let found = merge(None, &parts(typed)?, &parts(&open.draft.content)?);
    let clashes: Vec<Clash> = found.clashes.into_iter().filter(|clash| clash.mine.is_some()).collect();
    queries::keep_clashes(conn, open.case.report.id, &clashes, membership.id, moment.at)?;
    Ok(clashes.len())
}

fn merge_into(conn: &mut Conn, open: &Open, now: &Parts, seen: i32, saved: &mut Saved) -> Result<(), Error> {
    let changes = changes(conn, open, seen)?;
    let base = changes.as_ref().map(|changes| back(now, changes));
    let found = merge(base.as_ref(), &parts(&saved.content)?, now);
    let confirmed = std::mem::take(&mut saved.content.confirmed);
    saved.content = Content { confirmed, ..open.draft.content.clone() };
    for (field, _) in changed(now, &found.parts) {
        put(&mut saved.content, &field, found.parts.get(&field))?;
    }
    let met = |field: &String| {
        found.unseen.contains(field) || found.clashes.iter().any(|clash| clash.field == *field)
    };
    let names = changes.iter().flatten().filter(|change| met(&change.field));
    saved.others = names.map(|change| change.name.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    (saved.unseen, saved.clashes) = (found.unseen, found.clashes);
    Ok(())
}

fn changes(conn: &mut Conn, open: &Open, seen: i32) -> Result<Option<Vec<Change>>, Error> {
    if seen > open.draft.version || open.draft.version - seen > queries::KEPT_SAVES {
        return Ok(None);
    }
    Ok(queries::changes_since(conn, open.case.report.id, seen)?)
}

/// The parts before some changes, the oldest of which comes first.
fn back(now: &Parts, changes: &[Change]) -> Parts {
    let mut base = now.clone();
    for change in changes.iter().rev() {
        match &change.before {
            Some(value) => drop(base.insert(change.field.clone(), value.clone())),
            None => drop(base.remove(&change.field)),
        }
    }
    base
}

fn begin(
    conn: &mut Conn,
    open: &Open,
    actor: &Actor,
    membership: &Membership,
    moment: Moment,
) -> Result<(), Error> {
    let case = &open.case;
    take(conn, case, case.report.version, &Taken::plain(Step::Save), actor, membership, moment).map(|_| ())
}

#[derive(Insertable)]
#[diesel(table_name = drafts)]
struct NewDraft {
    report_id: crate::db::ids::ReportId,
    version: i32,
    saved_by: MembershipId,
    saved_at: NaiveDateTime,
}

/// Takes the next version of the draft for this save, or says who was faster.
fn claim(
    conn: &mut Conn,
    open: &Open,
    content: &Content,
    membership: MembershipId,
    moment: Moment,
) -> Result<i32, Error> {
    let (id, version) = (open.case.report.id, open.draft.version);
    if version == 0 {
        let row = NewDraft { report_id: id, version: 1, saved_by: membership, saved_at: moment.at };
        match diesel::insert_into(drafts::table).values(&row).execute(conn) {
            Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                return Err(conflict(&open.draft));
            }
            other => other?,
        };
    } else {
        let guarded = drafts::table.filter(drafts::report_id.eq(id)).filter(drafts::version.eq(version));
        let updated = diesel::update(guarded)
            .set((
                drafts::version.eq(version + 1),
                drafts::saved_by.eq(membership),
                drafts::saved_at.eq(moment.at),
            ))
            .execute(conn)?;
        if updated == 0 {
            return Err(conflict(&open.draft));
        }
    }
    queries::set_draft_fields(conn, id, content, &open.outline)?;
    Ok(version + 1)
}
