//! Who writes the recipients' forms: an administrator, those of their own province. What a form can be filled with is told
//! from the catalogue, and where it serves one regime from what its forms ask.

use serde_json::Value;

use super::names::known_of;
use super::queries::{self, FormRow};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{RecipientFormId, RegimeId, UnitId};
use crate::error::Error;
use crate::form_filler::Known;
use crate::indicators::{self, Indicator};
use crate::periods;

/// The membership and province for which a person uploads forms.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province.
pub fn adding(actor: &Actor) -> Result<(&Membership, UnitId), Error> {
    actor.in_own_province(Action::Administer).ok_or_else(refused)
}

/// A form with the name of its regime and the membership under which it is written.
///
/// # Errors
/// [`Error::NotFound`] for one of another province; [`Error::Forbidden`] for those who do not administer its province.
pub fn kept<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    id: RecipientFormId,
) -> Result<(FormRow, Option<String>, &'a Membership), Error> {
    let (form, regime) = queries::form(conn, &actor.scope().provinces, id)?;
    let membership = actor.in_province(form.province_id, Action::Administer).ok_or_else(refused)?;
    Ok((form, regime, membership))
}

fn refused() -> Error {
    Error::Forbidden("Biểu của nơi nhận do người quản trị của tỉnh tải lên, gắn số liệu.".into())
}

/// The province a new form is for: that of its regime, or the person's own.
///
/// # Errors
/// [`Error::NotFound`] for a regime of another province, [`Error::Forbidden`] for those who administer none.
pub(super) fn place<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    regime: Option<RegimeId>,
) -> Result<(&'a Membership, UnitId), Error> {
    let (membership, province) = adding(actor)?;
    let Some(regime) = regime else { return Ok((membership, province)) };
    let found = periods::queries::visible_regime(conn, &actor.scope(), regime)?;
    let membership = actor.in_province(found.province_id, Action::Administer).ok_or_else(refused)?;
    Ok((membership, found.province_id))
}

/// The indicators whose figures a form can be filled with, in the order of the catalogue. Two queries.
///
/// # Errors
/// The queries' own.
pub fn indicators_for(
    conn: &mut Conn,
    province: UnitId,
    regime: Option<RegimeId>,
) -> Result<Vec<Indicator>, Error> {
    let mut all = indicators::queries::catalogue_of(conn, &[province])?;
    if let Some(regime) = regime {
        let asked = queries::asked_in(conn, regime)?;
        all.retain(|one| {
            let parts = one.numerator_id.zip(one.denominator_id);
            asked.contains(&one.id)
                || parts.is_some_and(|(above, below)| asked.contains(&above) && asked.contains(&below))
        });
    }
    Ok(all)
}

/// The names a form can be filled with.
pub(super) fn names_of(indicators: &[Indicator]) -> Known {
    known_of(indicators.iter().map(|one| one.code.as_str()))
}

/// One step on one form, in the log.
pub(super) fn log(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    (action, id, label): (&str, RecipientFormId, &str),
    after: Value,
    moment: Moment,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "recipient_form",
        subject_id: Some(id.0),
        subject_label: label,
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
