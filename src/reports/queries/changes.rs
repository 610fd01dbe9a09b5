//! SQL of what saves changed in a draft, and of the texts of two people that could not be merged.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;

use super::super::merge::Clash;
use super::{from_json, to_json};
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId, ReportId};
use crate::db::schema::{draft_changes, draft_clashes, memberships, people};
use crate::on_each;

/// Saves whose changes are kept. Who saves from a page older than that is asked about every difference.
pub const KEPT_SAVES: i32 = 500;
/// Stands for all fields: nothing before this version is known any more.
const EVERYTHING: &str = "*";

/// One field as a save found it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub field: String,
    pub before: Option<Value>,
    /// Who saved.
    pub name: String,
    /// UTC.
    pub at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = draft_changes, treat_none_as_default_value = false)]
struct ChangeRow<'a> {
    report_id: ReportId,
    version: i32,
    field: &'a str,
    before_json: Option<String>,
    changed_by: MembershipId,
    changed_at: NaiveDateTime,
}

/// Takes down what the save that made `version` changed; older saves than [`KEPT_SAVES`] are forgotten. Two statements.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn note_changes(
    conn: &mut Conn,
    id: ReportId,
    version: i32,
    changes: &[(String, Option<Value>)],
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let row = |(field, before): &'_ (String, Option<Value>)| -> QueryResult<(String, Option<String>)> {
        Ok((field.clone(), before.as_ref().map(to_json).transpose()?))
    };
    let fields = changes.iter().map(row).collect::<QueryResult<Vec<_>>>()?;
    let rows: Vec<ChangeRow<'_>> = fields
        .iter()
        .map(|(field, before_json)| ChangeRow {
            report_id: id,
            version,
            field,
            before_json: before_json.clone(),
            changed_by: by,
            changed_at: at,
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(draft_changes::table).values(&rows).execute(c))?;
    let old = draft_changes::table.filter(draft_changes::report_id.eq(id));
    diesel::delete(old.filter(draft_changes::version.lt(version - KEPT_SAVES))).execute(conn).map(|_| ())
}

/// Forgets every change of a draft: it was closed or handed on at `version`.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn forget_changes(
    conn: &mut Conn,
    id: ReportId,
    closed: Option<(i32, MembershipId, NaiveDateTime)>,
) -> QueryResult<()> {
    diesel::delete(draft_changes::table.filter(draft_changes::report_id.eq(id))).execute(conn)?;
    let Some((version, changed_by, changed_at)) = closed else { return Ok(()) };
    let row =
        ChangeRow { report_id: id, version, field: EVERYTHING, before_json: None, changed_by, changed_at };
    diesel::insert_into(draft_changes::table).values(&row).execute(conn).map(|_| ())
}

/// What was changed after version `seen`, oldest first; none when that is not known any more. One query.
///
/// # Errors
/// The query's own, or JSON that cannot be read.
pub fn changes_since(conn: &mut Conn, id: ReportId, seen: i32) -> QueryResult<Option<Vec<Change>>> {
    type Found = (String, Option<String>, String, NaiveDateTime);
    let rows: Vec<Found> = draft_changes::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(draft_changes::report_id.eq(id))
        .filter(draft_changes::version.gt(seen))
        .order((draft_changes::version, draft_changes::field))
        .select((
            draft_changes::field,
            draft_changes::before_json,
            people::full_name,
            draft_changes::changed_at,
        ))
        .load(conn)?;
    if rows.iter().any(|(field, ..)| field == EVERYTHING) {
        return Ok(None);
    }
    let change = |(field, before, name, at): Found| -> QueryResult<Change> {
        let before = before.as_deref().map(from_json).transpose()?;
        Ok(Change { field, before, name, at })
    };
    rows.into_iter().map(change).collect::<QueryResult<_>>().map(Some)
}

/// A clash as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptClash {
    pub id: i64,
    pub field: String,
    pub mine: Option<Value>,
    /// Who typed it.
    pub name: String,
    /// UTC.
    pub at: NaiveDateTime,
    /// Once settled: what stood there beside it, who had written that, which was chosen and when.
    pub settled: Option<Settled>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    pub theirs: Option<Value>,
    /// Name and time in words.
    pub by: String,
    pub choice: String,
    /// UTC.
    pub at: NaiveDateTime,
}

/// Keeps what somebody typed where it could not be merged; a later text of theirs for the same field takes its place.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn keep_clashes(
    conn: &mut Conn,
    id: ReportId,
    clashes: &[Clash],
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    for clash in clashes {
        let mine = clash.mine.as_ref().map(to_json).transpose()?;
        let open = draft_clashes::table
            .filter(draft_clashes::report_id.eq(id))
            .filter(draft_clashes::typed_by.eq(by))
            .filter(draft_clashes::field.eq(&clash.field))
            .filter(draft_clashes::settled_at.is_null());
        let again = diesel::update(open)
            .set((draft_clashes::mine_json.eq(&mine), draft_clashes::typed_at.eq(at)))
            .execute(conn)?;
        if again == 0 {
            diesel::insert_into(draft_clashes::table)
                .values((
                    draft_clashes::report_id.eq(id),
                    draft_clashes::typed_by.eq(by),
                    draft_clashes::field.eq(&clash.field),
                    draft_clashes::mine_json.eq(&mine),
                    draft_clashes::typed_at.eq(at),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Whose open clashes somebody decides on: their own, under whatever membership they typed, and those of people who
/// have left since, which nobody else would see.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    pub person: PersonId,
    pub today: NaiveDate,
}

/// The clashes of a report: the open ones of `whose`, and everybody's settled ones; newest first. One query.
///
/// # Errors
/// The query's own, or JSON that cannot be read.
pub fn clashes(conn: &mut Conn, id: ReportId, whose: Whose) -> QueryResult<Vec<KeptClash>> {
    type Found = (
        (i64, String, Option<String>, String, NaiveDateTime),
        (Option<String>, String, String, Option<NaiveDateTime>),
    );
    let rows: Vec<Found> = draft_clashes::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(draft_clashes::report_id.eq(id))
        .filter(
            memberships::person_id
                .eq(whose.person)
                .or(memberships::valid_to.lt(whose.today))
                .or(draft_clashes::settled_at.is_not_null()),
        )
        .order(draft_clashes::id.desc())
        .select((
            (
                draft_clashes::id,
                draft_clashes::field,
                draft_clashes::mine_json,
                people::full_name,
                draft_clashes::typed_at,
            ),
            (
                draft_clashes::theirs_json,
                draft_clashes::theirs_by,
                draft_clashes::choice,
                draft_clashes::settled_at,
            ),
        ))
        .load(conn)?;
    let value = |json: Option<String>| json.as_deref().map(from_json::<Value>).transpose();
    rows.into_iter()
        .map(|((id, field, mine, name, at), (theirs, by, choice, settled))| {
            let theirs = value(theirs)?;
            let settled = settled.map(|at| Settled { theirs, by, choice, at });
            Ok(KeptClash { id, field, mine: value(mine)?, name, at, settled })
        })
        .collect()
}

/// How many fields somebody still has to decide on. One query.
///
/// # Errors
/// The query's own.
pub fn open_clashes(conn: &mut Conn, id: ReportId, whose: Whose) -> QueryResult<i64> {
    draft_clashes::table
        .inner_join(memberships::table)
        .filter(draft_clashes::report_id.eq(id))
        .filter(memberships::person_id.eq(whose.person).or(memberships::valid_to.lt(whose.today)))
        .filter(draft_clashes::settled_at.is_null())
        .count()
        .get_result(conn)
}

/// Settles a clash and keeps both texts; false when it was settled already.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn settle_clash(conn: &mut Conn, id: i64, settled: &Settled) -> QueryResult<bool> {
    let open = draft_clashes::table.find(id).filter(draft_clashes::settled_at.is_null());
    let changed = diesel::update(open)
        .set((
            draft_clashes::theirs_json.eq(settled.theirs.as_ref().map(to_json).transpose()?),
            draft_clashes::theirs_by.eq(&settled.by),
            draft_clashes::choice.eq(&settled.choice),
            draft_clashes::settled_at.eq(settled.at),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Who wrote each field last, and when (UTC), as far as it is known. One query.
///
/// # Errors
/// The query's own.
pub fn last_writers(
    conn: &mut Conn,
    id: ReportId,
) -> QueryResult<std::collections::HashMap<String, (String, NaiveDateTime)>> {
    let rows: Vec<(String, String, NaiveDateTime)> = draft_changes::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(draft_changes::report_id.eq(id))
        .filter(draft_changes::field.ne(EVERYTHING))
        .order(draft_changes::version)
        .select((draft_changes::field, people::full_name, draft_changes::changed_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(field, name, at)| (field, (name, at))).collect())
}
