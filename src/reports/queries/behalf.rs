//! SQL of typing in for a unit: what is being typed from which paper, drafts put aside, and for each revision
//! whether it was typed in, by whom, and whether the typist received it.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::super::Content;
use super::super::behalf::{Arrived, Typing};
use super::tables::{FromTable, from_tables};
use super::{from_json, to_json};
use crate::attachments;
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    behalf_revisions, behalf_typings, brought_documents, draft_remarks, drafts, kept_drafts, memberships,
    people, reports, revisions, self_receipts,
};

/// What is being typed in, by report. Two queries, the second only where something is.
///
/// # Errors
/// The queries' own.
pub fn typings(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, Typing>> {
    type Row = (ReportId, (String, NaiveDate, bool), NaiveDateTime, String, String, UnitId);
    let rows: Vec<Row> = behalf_typings::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(behalf_typings::report_id.eq_any(ids))
        .select((
            behalf_typings::report_id,
            (behalf_typings::arrived_number, behalf_typings::arrived_on, behalf_typings::from_file),
            behalf_typings::begun_at,
            people::full_name,
            memberships::title,
            memberships::unit_id,
        ))
        .load(conn)?;
    let mut found = HashMap::new();
    let units: Vec<UnitId> = rows.iter().map(|row| row.5).collect();
    let Some(last) = rows.iter().map(|row| row.2.date()).max() else { return Ok(found) };
    let names = crate::units::queries::names_on(conn, &units, last)?;
    for (report, (number, on, from_file), begun_at, name, title, unit) in rows {
        let unit = names.get(&unit).map(|unit| format!(", {unit}")).unwrap_or_default();
        let typist = format!("{name}, {title}{unit}");
        found.insert(report, Typing { paper: Arrived { number, on }, typist, begun_at, from_file });
    }
    Ok(found)
}

/// Notes the paper being typed in; a typing under way keeps who began it and when.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn set_typing(
    conn: &mut Conn,
    id: ReportId,
    (paper, from_file): (&Arrived, bool),
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let changed = diesel::update(behalf_typings::table.find(id))
        .set((behalf_typings::arrived_number.eq(&paper.number), behalf_typings::arrived_on.eq(paper.on)))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(behalf_typings::table)
            .values((
                behalf_typings::report_id.eq(id),
                behalf_typings::arrived_number.eq(&paper.number),
                behalf_typings::arrived_on.eq(paper.on),
                behalf_typings::begun_by.eq(by),
                behalf_typings::begun_at.eq(at),
                behalf_typings::from_file.eq(from_file),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Notes that a typing which came as a file was typed into.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn typed_by_hand(conn: &mut Conn, id: ReportId) -> QueryResult<()> {
    let typing = diesel::update(behalf_typings::table.find(id));
    typing.set(behalf_typings::from_file.eq(false)).execute(conn).map(|_| ())
}

/// Ends a typing; false when there was none any more.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn end_typing(conn: &mut Conn, id: ReportId) -> QueryResult<bool> {
    Ok(diesel::delete(behalf_typings::table.find(id)).execute(conn)? == 1)
}

/// A report as if it had not been sent; its revisions stay, and their numbers. What the unit itself had brought for the sending is
/// for the next one, and what the collector meant to remark goes. False when somebody took a step since `version`. Three
/// statements.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn forget_sending(conn: &mut Conn, id: ReportId, version: i32) -> QueryResult<bool> {
    let last: i32 = reports::table.find(id).select(reports::last_revision).first(conn)?;
    let brought = brought_documents::table
        .filter(brought_documents::report_id.eq(id))
        .filter(brought_documents::applied_revision.eq(last))
        .filter(brought_documents::on_behalf.eq(false));
    diesel::update(brought).set(brought_documents::applied_revision.eq(last + 1)).execute(conn)?;
    diesel::delete(draft_remarks::table.filter(draft_remarks::report_id.eq(id))).execute(conn)?;
    let row = reports::table.find(id).filter(reports::version.eq(version));
    let nothing = (
        reports::first_sent_at.eq(None::<NaiveDateTime>),
        reports::first_due_on.eq(None::<NaiveDate>),
        reports::first_due_time.eq(None::<String>),
    );
    Ok(diesel::update(row).set(nothing).execute(conn)? == 1)
}

/// A draft of the unit that was put aside.
pub struct Kept {
    pub(in crate::reports) id: i64,
    pub content: Content,
    pub(in crate::reports) saved_by: MembershipId,
    /// UTC.
    pub saved_at: NaiveDateTime,
}

/// Puts a draft aside with who saved it last and when.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn keep_draft(
    conn: &mut Conn,
    id: ReportId,
    content: &Content,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let (saved_by, saved_at): (MembershipId, NaiveDateTime) =
        drafts::table.find(id).select((drafts::saved_by, drafts::saved_at)).first(conn)?;
    diesel::insert_into(kept_drafts::table)
        .values((
            kept_drafts::report_id.eq(id),
            kept_drafts::kept_at.eq(at),
            kept_drafts::content_json.eq(to_json(content)?),
            kept_drafts::saved_by.eq(saved_by),
            kept_drafts::saved_at.eq(saved_at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// The draft put aside last, or the one put aside at a moment. One query.
///
/// # Errors
/// The query's own, or JSON that cannot be read.
pub fn kept_draft(conn: &mut Conn, id: ReportId, at: Option<NaiveDateTime>) -> QueryResult<Option<Kept>> {
    type Row = (i64, NaiveDateTime, String, MembershipId, NaiveDateTime);
    let rows: Vec<Row> = kept_drafts::table
        .filter(kept_drafts::report_id.eq(id))
        .order(kept_drafts::id.desc())
        .select((
            kept_drafts::id,
            kept_drafts::kept_at,
            kept_drafts::content_json,
            kept_drafts::saved_by,
            kept_drafts::saved_at,
        ))
        .load(conn)?;
    let Some((id, _, json, saved_by, saved_at)) =
        rows.into_iter().find(|row| at.is_none_or(|at| row.1 == at))
    else {
        return Ok(None);
    };
    Ok(Some(Kept { id, content: from_json(&json)?, saved_by, saved_at }))
}

/// Forgets a draft that was given back.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn forget_kept(conn: &mut Conn, id: i64) -> QueryResult<()> {
    diesel::delete(kept_drafts::table.find(id)).execute(conn).map(|_| ())
}

/// Hands the draft's row to another writer at its next version; false when it was saved meanwhile.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn take_over_draft(
    conn: &mut Conn,
    id: ReportId,
    seen: i32,
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let changed = diesel::update(drafts::table.find(id))
        .filter(drafts::version.eq(seen))
        .set((drafts::version.eq(seen + 1), drafts::saved_by.eq(by), drafts::saved_at.eq(at)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Removes the row of an emptied draft.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn drop_draft(conn: &mut Conn, id: ReportId) -> QueryResult<()> {
    diesel::delete(drafts::table.find(id)).execute(conn).map(|_| ())
}

/// Keeps for good from which paper a revision was typed in, and by whom.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn note_typed(
    conn: &mut Conn,
    revision: RevisionId,
    paper: &Arrived,
    by: MembershipId,
    (name, title): (&str, &str),
) -> QueryResult<()> {
    let report = revisions::table.find(revision).select(revisions::report_id);
    let report: ReportId = report.first(conn)?;
    let begun: Option<(MembershipId, bool)> = behalf_typings::table
        .find(report)
        .select((behalf_typings::begun_by, behalf_typings::from_file))
        .first(conn)
        .optional()?;
    let saved_by: Option<MembershipId> =
        drafts::table.find(report).select(drafts::saved_by).first(conn).optional()?;
    diesel::insert_into(behalf_revisions::table)
        .values((
            behalf_revisions::revision_id.eq(revision),
            behalf_revisions::arrived_number.eq(&paper.number),
            behalf_revisions::arrived_on.eq(paper.on),
            behalf_revisions::membership_id.eq(by),
            behalf_revisions::typist_name.eq(name),
            behalf_revisions::typist_title.eq(title),
            behalf_revisions::begun_by.eq(begun.map(|(by, _)| by)),
            behalf_revisions::saved_by.eq(saved_by),
            behalf_revisions::from_file.eq(begun.is_some_and(|(_, from_file)| from_file)),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Keeps for good that the typist received the revision.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn note_self_receipt(
    conn: &mut Conn,
    revision: RevisionId,
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::insert_into(self_receipts::table)
        .values((
            self_receipts::revision_id.eq(revision),
            self_receipts::membership_id.eq(by),
            self_receipts::received_at.eq(at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// A revision that was typed in from paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub paper: Arrived,
    /// Whoever had a hand in it: who began it, who saved it last, who sent it.
    pub people: HashSet<PersonId>,
    /// Name and title of the typist, as they were.
    pub typist: String,
    /// One of them received it.
    pub self_received: bool,
    /// The scan of the paper goes with it, or what came is kept itself.
    pub scanned: bool,
    /// The unit's workbook came, not a paper that was retyped.
    pub from_file: bool,
    /// It is of a table of before the system, and of no paper.
    pub from_table: Option<FromTable>,
}

impl Typed {
    /// "nhập thay theo số đến 215, ngày 12/6/2025; tự tiếp nhận".
    pub fn words(&self) -> String {
        if let Some(table) = &self.from_table {
            return format!("nhập từ bảng cũ “{}”", table.file);
        }
        let own = if self.self_received { "; người nhập tự tiếp nhận" } else { "" };
        let scan = if self.scanned { "" } else { "; không kèm bản chụp" };
        let what = if self.from_file { "nhập từ tệp Excel của đơn vị" } else { "nhập thay" };
        format!("{what} theo {}{own}{scan}", self.paper.words())
    }
}

/// Which of some revisions were not sent by their unit: typed in from paper, or of a file or a table. Five queries.
///
/// # Errors
/// The queries' own.
pub fn typed_in(conn: &mut Conn, ids: &[RevisionId]) -> QueryResult<HashMap<RevisionId, Typed>> {
    type Hands = (MembershipId, Option<MembershipId>, Option<MembershipId>);
    type Row = (RevisionId, (String, NaiveDate, bool), String, String, Hands);
    let rows: Vec<Row> = behalf_revisions::table
        .filter(behalf_revisions::revision_id.eq_any(ids))
        .select((
            behalf_revisions::revision_id,
            (behalf_revisions::arrived_number, behalf_revisions::arrived_on, behalf_revisions::from_file),
            behalf_revisions::typist_name,
            behalf_revisions::typist_title,
            (behalf_revisions::membership_id, behalf_revisions::begun_by, behalf_revisions::saved_by),
        ))
        .load(conn)?;
    let own: HashSet<RevisionId> = self_receipts::table
        .filter(self_receipts::revision_id.eq_any(ids))
        .select(self_receipts::revision_id)
        .load(conn)?
        .into_iter()
        .collect();
    let scanned = attachments::queries::scanned(conn, ids)?;
    let mut tables = from_tables(conn, ids)?;
    let hands = |(sent, begun, saved): Hands| [Some(sent), begun, saved].into_iter().flatten();
    let named: Vec<MembershipId> = rows.iter().flat_map(|row| hands(row.4)).collect();
    let people: HashMap<MembershipId, PersonId> = memberships::table
        .filter(memberships::id.eq_any(named))
        .select((memberships::id, memberships::person_id))
        .load::<(MembershipId, PersonId)>(conn)?
        .into_iter()
        .collect();
    Ok(rows
        .into_iter()
        .map(|(id, (number, on, from_file), name, title, by)| {
            let paper = Arrived { number, on };
            let typist = format!("{name}, {title}");
            (
                id,
                Typed {
                    paper,
                    people: hands(by).filter_map(|id| people.get(&id).copied()).collect(),
                    typist,
                    self_received: own.contains(&id),
                    scanned: scanned.contains(&id) || from_file,
                    from_file,
                    from_table: tables.remove(&id),
                },
            )
        })
        .collect())
}

/// The reports of some whose last revision was not sent by their unit, with the day its paper arrived; none for one of a table of
/// before the system. One query.
///
/// # Errors
/// The query's own.
pub fn last_typed_in(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, Option<NaiveDate>>> {
    use crate::db::schema::legacy_table_revisions;
    type Row = (ReportId, NaiveDate, Option<RevisionId>);
    let rows: Vec<Row> = behalf_revisions::table
        .inner_join(revisions::table)
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .filter(reports::id.eq_any(ids))
        .left_join(
            legacy_table_revisions::table
                .on(legacy_table_revisions::revision_id.eq(behalf_revisions::revision_id)),
        )
        .filter(revisions::number.eq(reports::last_revision))
        // What was taken back is not there.
        .filter(reports::first_sent_at.is_not_null())
        .select((reports::id, behalf_revisions::arrived_on, legacy_table_revisions::revision_id.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, on, table)| (id, Some(on).filter(|_| table.is_none()))).collect())
}
