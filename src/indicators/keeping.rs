//! Who writes the catalogue: an administrator, the indicators of their own province. What is issued to every province is
//! written by nobody here.

use super::facts::Facts;
use super::{Indicator, queries};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{IndicatorId, UnitId};
use crate::error::Error;
use serde_json::{Value, json};

/// The membership and province for which a person adds indicators.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province.
pub fn adding(actor: &Actor) -> Result<(&Membership, UnitId), Error> {
    actor.in_own_province(Action::Administer).ok_or_else(refused)
}

/// An indicator this person sees, and the membership under which it is written.
///
/// # Errors
/// [`Error::NotFound`] for one of another province; [`Error::Forbidden`] for those who do not administer its province, and
/// for everybody where it is issued to all.
pub fn kept<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    id: IndicatorId,
) -> Result<(Indicator, &'a Membership), Error> {
    let catalogue = queries::catalogue_of(conn, &actor.scope().provinces)?;
    let indicator = catalogue.into_iter().find(|indicator| indicator.id == id).ok_or(Error::NotFound)?;
    let membership = keeper(actor, &indicator).ok_or_else(|| match indicator.local {
        Some(_) => refused(),
        None => Error::Forbidden(
            "Chỉ tiêu do Bộ Công an (C11) ban hành: chỉ đổi khi nạp danh mục mới của Bộ. Số liệu riêng của tỉnh thì thêm chỉ tiêu địa phương."
                .into(),
        ),
    })?;
    Ok((indicator, membership))
}

/// The membership under which an indicator is written, if it may be.
pub fn keeper<'a>(actor: &'a Actor, indicator: &Indicator) -> Option<&'a Membership> {
    actor.in_province(indicator.local?.province_id, Action::Administer)
}

fn refused() -> Error {
    Error::Forbidden("Chỉ tiêu địa phương do người quản trị của tỉnh thêm, sửa.".into())
}

/// One step on one indicator, in the log.
pub(super) fn log(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    (action, id, label): (&str, IndicatorId, &str),
    (before, after): (Option<Value>, Value),
    moment: Moment,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "indicator",
        subject_id: Some(id.0),
        subject_label: label,
        unit_id: Some(membership.unit_id),
        before,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

/// Facts as the log keeps them.
pub(super) fn told(facts: &Facts) -> Value {
    json!({
        "code": facts.code,
        "name": facts.name,
        "measure_unit": facts.measure_unit,
        "type": facts.value_type.words(facts.scale, facts.display_exponent),
        "rules": [facts.unit_rule.short_words(), facts.period_rule.short_words()],
        "guidance": facts.guidance,
        "valid_from": facts.valid_from,
    })
}
