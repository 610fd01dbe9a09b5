//! A recipient's form comes in: new, or in place of one that is there. It is read and checked before anything is kept; what
//! cannot be filled is named by sheet and cell, and nothing is stored then.

use serde_json::json;

use super::form::FormInput;
use super::keeping::{indicators_for, kept, log, names_of, place};
use super::queries::{self, FormRow, NewForm};
use crate::access::{Actor, Membership};
use crate::attachments::name;
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{RecipientFormId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::form_filler::{Binding, Fault, Form, Known};

/// Forms of a province that hold at the same time, at most.
pub const MOST_FORMS: usize = 60;
/// Faults told of one file at most.
pub const MOST_TOLD: usize = 100;

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a file is checked against: the names there are, and the bindings of the form it takes the place of.
#[derive(Debug, Clone)]
pub struct Against {
    known: Known,
    bindings: Vec<Binding>,
}

/// A file that was checked and can be filled.
#[derive(Debug)]
pub struct Checked {
    given: Given,
    /// Bindings that still fit.
    kept: Vec<Binding>,
    /// Those that do not.
    pub dropped: Vec<Binding>,
}

/// Why a file was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// It cannot be a form at all.
    Unreadable(String),
    /// What stands in the way of filling it.
    Faults(Vec<Fault>),
}

/// What a new file for a regime is checked against.
///
/// # Errors
/// As [`place`].
pub fn against_new(conn: &mut Conn, actor: &Actor, regime: Option<RegimeId>) -> Result<Against, Error> {
    let (_, province) = place(conn, actor, regime)?;
    Ok(Against { known: names_of(&indicators_for(conn, province, regime)?), bindings: vec![] })
}

/// What a file is checked against that takes the place of a form.
///
/// # Errors
/// As [`kept`]; [`Error::Conflict`] where it does not hold any more.
pub fn against_old(conn: &mut Conn, actor: &Actor, id: RecipientFormId) -> Result<(FormRow, Against), Error> {
    let (form, ..) = kept(conn, actor, id)?;
    if !form.is_valid() {
        return Err(gone());
    }
    let known = names_of(&indicators_for(conn, form.province_id, form.regime_id)?);
    Ok((form, Against { known, bindings: queries::bindings(conn, id)? }))
}

/// Reads and checks a file; no transaction waits for it.
///
/// # Errors
/// [`NotTaken`], in words for whoever has the file.
pub fn check(given: Given, against: Against) -> Result<Checked, NotTaken> {
    let form = Form::read(given.bytes.clone()).map_err(|e| NotTaken::Unreadable(e.to_string()))?;
    let (mut kept, mut dropped) = (against.bindings, Vec::new());
    loop {
        let faults = form.faults(&kept, &against.known);
        let (out, rest): (Vec<Binding>, Vec<Binding>) =
            kept.into_iter().partition(|binding| faults.iter().any(|fault| is_of(fault, binding)));
        kept = rest;
        if out.is_empty() {
            return match faults.is_empty() {
                true => Ok(Checked { given, kept, dropped }),
                false => Err(NotTaken::Faults(faults)),
            };
        }
        dropped.extend(out);
    }
}

/// Whether a fault is a binding's.
fn is_of(fault: &Fault, binding: &Binding) -> bool {
    match (fault, fault.place()) {
        (Fault::NoSheet { sheet }, _) => *sheet == binding.sheet,
        (_, Some((sheet, cell))) => sheet == binding.sheet && cell == binding.cell,
        (_, None) => false,
    }
}

/// Keeps a new form.
///
/// # Errors
/// As [`against_new`]; [`Error::Invalid`] for what is to mend beside the file.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    input: &FormInput,
    checked: &Checked,
    moment: Moment,
) -> Result<RecipientFormId, Error> {
    let regime = input.parse()?;
    let (membership, province) = place(conn, actor, regime)?;
    let there = queries::forms_of(conn, &[province])?;
    let holding: Vec<&FormRow> = there.iter().map(|(form, _)| form).filter(|form| form.is_valid()).collect();
    let mut problems = Problems::default();
    if holding.len() >= MOST_FORMS {
        problems.add("file", format!("Tỉnh đang có {MOST_FORMS} biểu. Thu hồi biểu không dùng nữa trước."));
    }
    if holding.iter().any(|form| form.name.to_lowercase() == input.name.to_lowercase()) {
        problems.add("name", "Đã có biểu mang tên này. Đặt tên khác, hoặc mở biểu đó và tải tệp thay.");
    }
    problems.or(())?;
    let of = Of { province, regime, name: &input.name, recipient: &input.recipient, replaces: None };
    keep(conn, (actor, membership), of, checked, moment)
}

/// Puts a form in the place of another, which is withdrawn; editions that used the old one keep it.
///
/// # Errors
/// As [`against_old`]; [`Error::Conflict`] when somebody changed it since it was `seen`.
pub fn replace(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (RecipientFormId, i32),
    checked: &Checked,
    moment: Moment,
) -> Result<RecipientFormId, Error> {
    let (old, _, membership) = kept(conn, actor, id)?;
    if !queries::claim(conn, id, seen)? || !queries::withdraw(conn, id, membership.id, moment.at)? {
        return Err(gone());
    }
    let of = Of {
        province: old.province_id,
        regime: old.regime_id,
        name: &old.name,
        recipient: &old.recipient,
        replaces: Some(id),
    };
    keep(conn, (actor, membership), of, checked, moment)
}

/// What a form is, beside its file.
struct Of<'a> {
    province: UnitId,
    regime: Option<RegimeId>,
    name: &'a str,
    recipient: &'a str,
    replaces: Option<RecipientFormId>,
}

fn keep(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    of: Of<'_>,
    checked: &Checked,
    moment: Moment,
) -> Result<RecipientFormId, Error> {
    let bytes = &checked.given.bytes;
    let sha256 = sha256_hex(bytes);
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let new = NewForm {
        province_id: of.province,
        regime_id: of.regime,
        name: of.name,
        recipient: of.recipient,
        file_name: &name::kept(&checked.given.name),
        size: i64::try_from(bytes.len()).map_err(|error| Error::Internal(error.to_string()))?,
        sha256: &sha256,
        replaces_id: of.replaces,
        membership_id: membership.id,
        adder_name: &actor.full_name,
        adder_title: &title,
        uploaded_at: moment.at,
    };
    let id = queries::keep(conn, &new, bytes)?;
    for binding in &checked.kept {
        queries::bind(conn, id, binding)?;
    }
    let action = if of.replaces.is_some() { "recipient_form.replace" } else { "recipient_form.add" };
    let after = json!({
        "name": of.name, "recipient": of.recipient, "file": new.file_name, "size": new.size, "sha256": sha256,
    });
    log(conn, (actor, membership), (action, id, of.name), after, moment)?;
    Ok(id)
}

fn gone() -> Error {
    Error::Conflict(
        "Biểu này vừa được thay, gắn lại ô hoặc thu hồi. Mở lại danh sách biểu để xem.".to_owned(),
    )
}
