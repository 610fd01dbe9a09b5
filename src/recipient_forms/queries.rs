//! SQL of the recipients' own forms: what was uploaded, its bytes in blocks, the cells bound in it, the editions filled into it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::attachments::BLOCK;
use crate::db::Conn;
use crate::db::ids::{EditionId, IndicatorId, MembershipId, RecipientFormId, RegimeId, UnitId};
use crate::db::schema::{
    form_indicators, forms, recipient_form_bindings, recipient_form_blocks, recipient_form_uses,
    recipient_forms, regimes,
};
use crate::form_filler::{Binding, Cell};
use crate::on_each;

/// A form as uploaded, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = recipient_forms)]
pub struct FormRow {
    pub id: RecipientFormId,
    pub province_id: UnitId,
    /// None serves every regime of the province.
    pub regime_id: Option<RegimeId>,
    pub name: String,
    /// Who wants it, in words.
    pub recipient: String,
    pub file_name: String,
    /// In bytes.
    pub size: i64,
    pub sha256: String,
    /// The upload it took the place of.
    pub replaces_id: Option<RecipientFormId>,
    pub adder_name: String,
    pub adder_title: String,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
    /// Counts the changes of its bindings.
    pub version: i32,
    pub withdrawn_at: Option<NaiveDateTime>,
}

impl FormRow {
    /// Offered for editions that come.
    pub fn is_valid(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

#[derive(Insertable)]
#[diesel(table_name = recipient_forms)]
pub(super) struct NewForm<'a> {
    pub province_id: UnitId,
    pub regime_id: Option<RegimeId>,
    pub name: &'a str,
    pub recipient: &'a str,
    pub file_name: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub replaces_id: Option<RecipientFormId>,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub uploaded_at: NaiveDateTime,
}

/// The forms of some provinces, those that hold first, each with the name of its regime. One query.
///
/// # Errors
/// The query's own.
pub fn forms_of(conn: &mut Conn, provinces: &[UnitId]) -> QueryResult<Vec<(FormRow, Option<String>)>> {
    let mut found: Vec<(FormRow, Option<String>)> = recipient_forms::table
        .left_join(regimes::table)
        .filter(recipient_forms::province_id.eq_any(provinces))
        .order(recipient_forms::id.desc())
        .select((FormRow::as_select(), regimes::name.nullable()))
        .load(conn)?;
    found.sort_by_key(|(form, _)| !form.is_valid());
    Ok(found)
}

/// One form of some provinces with the name of its regime. One query.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn form(
    conn: &mut Conn,
    provinces: &[UnitId],
    id: RecipientFormId,
) -> QueryResult<(FormRow, Option<String>)> {
    recipient_forms::table
        .left_join(regimes::table)
        .filter(recipient_forms::id.eq(id))
        .filter(recipient_forms::province_id.eq_any(provinces))
        .select((FormRow::as_select(), regimes::name.nullable()))
        .first(conn)
}

/// The forms an edition can be filled into: those that hold for its regime, and those it was filled into before. Two queries.
///
/// # Errors
/// The queries' own.
pub fn offered(
    conn: &mut Conn,
    (province, regime): (UnitId, RegimeId),
    edition: EditionId,
) -> QueryResult<Vec<FormRow>> {
    let used: Vec<RecipientFormId> = recipient_form_uses::table
        .filter(recipient_form_uses::edition_id.eq(edition))
        .select(recipient_form_uses::form_id)
        .load(conn)?;
    recipient_forms::table
        .filter(recipient_forms::province_id.eq(province))
        .filter(recipient_forms::regime_id.is_null().or(recipient_forms::regime_id.eq(regime)))
        .filter(recipient_forms::withdrawn_at.is_null().or(recipient_forms::id.eq_any(used)))
        .order(recipient_forms::id)
        .select(FormRow::as_select())
        .load(conn)
}

/// The bytes of a form. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: RecipientFormId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = recipient_form_blocks::table
        .filter(recipient_form_blocks::form_id.eq(id))
        .order(recipient_form_blocks::number)
        .select(recipient_form_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// The cells bound in a form, by sheet and place. One query.
///
/// # Errors
/// The query's own; a cell that cannot be read.
pub fn bindings(conn: &mut Conn, id: RecipientFormId) -> QueryResult<Vec<Binding>> {
    let rows: Vec<(String, String, String)> = recipient_form_bindings::table
        .filter(recipient_form_bindings::form_id.eq(id))
        .select((
            recipient_form_bindings::sheet,
            recipient_form_bindings::cell,
            recipient_form_bindings::name,
        ))
        .load(conn)?;
    let unreadable = || diesel::result::Error::DeserializationError("a cell that is no cell".into());
    let mut found = rows
        .into_iter()
        .map(|(sheet, cell, name)| {
            Ok(Binding { sheet, cell: Cell::parse(&cell).ok_or_else(unreadable)?, name })
        })
        .collect::<QueryResult<Vec<Binding>>>()?;
    found.sort_by(|a, b| (&a.sheet, a.cell, &a.name).cmp(&(&b.sheet, b.cell, &b.name)));
    Ok(found)
}

/// How many approved editions were filled into a form. One query.
///
/// # Errors
/// The query's own.
pub fn uses(conn: &mut Conn, id: RecipientFormId) -> QueryResult<i64> {
    recipient_form_uses::table.filter(recipient_form_uses::form_id.eq(id)).count().get_result(conn)
}

/// Notes that an edition was filled into a form; false when it was noted before. One query.
///
/// # Errors
/// The query's own.
pub(super) fn note_use(
    conn: &mut Conn,
    (form, edition): (RecipientFormId, EditionId),
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let row = (
        recipient_form_uses::form_id.eq(form),
        recipient_form_uses::edition_id.eq(edition),
        recipient_form_uses::membership_id.eq(by),
        recipient_form_uses::used_at.eq(at),
    );
    let new = on_each!(conn, |c| diesel::insert_into(recipient_form_uses::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(new == 1)
}

/// Keeps a form with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own; a unique violation when another took the same one's place.
pub(super) fn keep(conn: &mut Conn, new: &NewForm<'_>, bytes: &[u8]) -> QueryResult<RecipientFormId> {
    let id: RecipientFormId = on_each!(conn, |c| diesel::insert_into(recipient_forms::table)
        .values(new)
        .returning(recipient_forms::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            recipient_form_blocks::form_id.eq(id),
            recipient_form_blocks::number.eq(number),
            recipient_form_blocks::bytes.eq(block),
        );
        diesel::insert_into(recipient_form_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// Lets one writer of a form in at a time and counts its change; false where it was withdrawn, or changed since `seen`. One
/// query.
///
/// # Errors
/// The query's own.
pub(super) fn claim(conn: &mut Conn, id: RecipientFormId, seen: i32) -> QueryResult<bool> {
    let open = recipient_forms::table
        .find(id)
        .filter(recipient_forms::withdrawn_at.is_null())
        .filter(recipient_forms::version.eq(seen));
    Ok(diesel::update(open).set(recipient_forms::version.eq(seen.saturating_add(1))).execute(conn)? == 1)
}

/// Waits for whoever writes a form, and says its version then. Two queries.
///
/// # Errors
/// The queries' own.
pub(super) fn hold(conn: &mut Conn, id: RecipientFormId) -> QueryResult<i32> {
    let row = recipient_forms::table.find(id);
    diesel::update(row).set(recipient_forms::version.eq(recipient_forms::version)).execute(conn)?;
    recipient_forms::table.find(id).select(recipient_forms::version).first(conn)
}

/// Binds a cell. One query.
///
/// # Errors
/// The query's own.
pub(super) fn bind(conn: &mut Conn, id: RecipientFormId, binding: &Binding) -> QueryResult<()> {
    let row = (
        recipient_form_bindings::form_id.eq(id),
        recipient_form_bindings::sheet.eq(&binding.sheet),
        recipient_form_bindings::cell.eq(binding.cell.to_string()),
        recipient_form_bindings::name.eq(&binding.name),
    );
    diesel::insert_into(recipient_form_bindings::table).values(row).execute(conn).map(|_| ())
}

/// Takes a binding out; false when it is gone. One query.
///
/// # Errors
/// The query's own.
pub(super) fn unbind(conn: &mut Conn, id: RecipientFormId, binding: &Binding) -> QueryResult<bool> {
    let key = (id, &binding.sheet, binding.cell.to_string(), &binding.name);
    Ok(diesel::delete(recipient_form_bindings::table.find(key)).execute(conn)? == 1)
}

/// Withdraws a form; false when it is already. One query.
///
/// # Errors
/// The query's own.
pub(super) fn withdraw(
    conn: &mut Conn,
    id: RecipientFormId,
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let open = recipient_forms::table.find(id).filter(recipient_forms::withdrawn_at.is_null());
    let gone = (recipient_forms::withdrawn_at.eq(Some(at)), recipient_forms::withdrawn_by.eq(Some(by)));
    Ok(diesel::update(open).set(gone).execute(conn)? == 1)
}

/// The indicators that the forms of a regime ask for, of any version. One query.
///
/// # Errors
/// The query's own.
pub(super) fn asked_in(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<IndicatorId>> {
    form_indicators::table
        .inner_join(forms::table.on(forms::id.eq(form_indicators::form_id)))
        .filter(forms::regime_id.eq(regime))
        .select(form_indicators::indicator_id)
        .distinct()
        .load(conn)
}
