//! Cells of a recipient's form bound and unbound by a person, and the form withdrawn. A form that an approved edition was
//! filled into stays as it is: another upload takes its place.

use serde_json::json;

use super::form::Picked;
use super::keeping::{indicators_for, kept, log, names_of};
use super::queries::{self, FormRow};
use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::RecipientFormId;
use crate::error::{Error, Problems};
use crate::form_filler::{Binding, Form, FormError, Known, REPEAT};

/// Cells bound in one form at most.
pub const MOST_BOUND: usize = 1_000;

/// Binds a picked cell; what was bound there before gives way, the repeating of its row stays. Answers the binding.
///
/// # Errors
/// As [`kept`]; [`Error::Invalid`] with what stands in the way, [`Error::Conflict`] when the form was changed since it was
/// `seen`, [`Error::Refused`] once an edition used it.
pub fn bind(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (RecipientFormId, i32),
    picked: &Picked,
    moment: Moment,
) -> Result<Binding, Error> {
    let (form, membership) = open(conn, actor, id, seen)?;
    let indicators = indicators_for(conn, form.province_id, form.regime_id)?;
    let file = read(conn, id)?;
    let new = picked.parse(&file.sheet_names(), &indicators)?;
    let before = queries::bindings(conn, id)?;
    let gives_way = |old: &&Binding| {
        old.sheet == new.sheet && old.cell == new.cell && ((old.name == REPEAT) == (new.name == REPEAT))
    };
    let out: Vec<&Binding> = before.iter().filter(gives_way).collect();
    let mut after: Vec<Binding> = before.iter().filter(|old| !gives_way(old)).cloned().collect();
    if after.len() >= MOST_BOUND {
        return Err(problem("cell", format!("Biểu đã gắn {MOST_BOUND} ô, nhiều nhất được gắn.")));
    }
    after.push(new.clone());
    fits(&file, (&before, &after), &names_of(&indicators), "cell")?;
    for old in out {
        queries::unbind(conn, id, old)?;
    }
    queries::bind(conn, id, &new)?;
    record(conn, (actor, membership), ("recipient_form.bind", &form), &new, moment)?;
    Ok(new)
}

/// Takes out the binding at a place among those that were seen. Answers it.
///
/// # Errors
/// As [`bind`]; [`Error::NotFound`] for a place that is not there.
pub fn unbind(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (RecipientFormId, i32),
    place: usize,
    moment: Moment,
) -> Result<Binding, Error> {
    let (form, membership) = open(conn, actor, id, seen)?;
    let before = queries::bindings(conn, id)?;
    let mut after = before.clone();
    if place >= after.len() {
        return Err(Error::NotFound);
    }
    let out = after.remove(place);
    let known = names_of(&indicators_for(conn, form.province_id, form.regime_id)?);
    fits(&read(conn, id)?, (&before, &after), &known, "bound")?;
    queries::unbind(conn, id, &out)?;
    record(conn, (actor, membership), ("recipient_form.unbind", &form), &out, moment)?;
    Ok(out)
}

/// Withdraws a form: editions that come are not filled into it.
///
/// # Errors
/// As [`kept`]; [`Error::Conflict`] when it was changed since it was `seen`.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (RecipientFormId, i32),
    moment: Moment,
) -> Result<(), Error> {
    let (form, _, membership) = kept(conn, actor, id)?;
    if !queries::claim(conn, id, seen)? || !queries::withdraw(conn, id, membership.id, moment.at)? {
        return Err(changed());
    }
    let after = json!({ "name": form.name, "recipient": form.recipient, "sha256": form.sha256 });
    log(conn, (actor, membership), ("recipient_form.withdraw", id, &form.name), after, moment)
}

/// A form about to be changed, with its turn taken.
fn open<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    id: RecipientFormId,
    seen: i32,
) -> Result<(FormRow, &'a Membership), Error> {
    let (form, _, membership) = kept(conn, actor, id)?;
    if !queries::claim(conn, id, seen)? {
        return Err(changed());
    }
    if queries::uses(conn, id)? > 0 {
        return Err(Error::Refused(
            "Biểu này đã dùng cho một bản tổng hợp đã chốt nên giữ nguyên. Muốn gắn lại ô thì bấm “Tải tệp thay”."
                .into(),
        ));
    }
    Ok((form, membership))
}

/// The kept file, which was read when it came.
pub(super) fn read(conn: &mut Conn, id: RecipientFormId) -> Result<Form, Error> {
    let unreadable = |e: FormError| Error::Internal(format!("recipient form {id}: {e}"));
    Form::read(queries::bytes(conn, id)?).map_err(unreadable)
}

/// Refuses bindings with faults that were not there before.
fn fits(
    form: &Form,
    (before, after): (&[Binding], &[Binding]),
    known: &Known,
    field: &str,
) -> Result<(), Error> {
    let old = form.faults(before, known);
    let mut problems = Problems::default();
    for fault in form.faults(after, known).into_iter().filter(|fault| !old.contains(fault)).take(8) {
        problems.add(field, format!("{fault} {}", on_page(fault.mending())));
    }
    problems.or(())
}

/// What to do on the page, where a mark in the file would be asked for otherwise.
fn on_page(mending: &str) -> String {
    if mending.contains("{{units}}") {
        "Gắn “lặp dòng này cho từng đơn vị” vào một ô của dòng đó trước.".to_owned()
    } else {
        mending.to_owned()
    }
}

fn record(
    conn: &mut Conn,
    who: (&Actor, &Membership),
    (action, form): (&str, &FormRow),
    binding: &Binding,
    moment: Moment,
) -> Result<(), Error> {
    let after = json!({
        "place": format!("{}!{}", binding.sheet, binding.cell), "text": super::names::words(&binding.name),
    });
    log(conn, who, (action, form.id, &form.name), after, moment)
}

fn changed() -> Error {
    Error::Conflict("Biểu này vừa được người khác gắn ô, thay hoặc thu hồi. Mở lại trang để xem.".to_owned())
}

fn problem(field: &str, words: String) -> Error {
    let mut problems = Problems::default();
    problems.add(field, words);
    Error::Invalid(problems)
}
