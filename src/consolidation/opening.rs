//! "Cho xem số của từng đơn vị": whether leaders may read single units' figures of a classified group. Off until the
//! leader of the collecting body turns it on, with a reason; every decision stays on record.

use serde_json::json;

use super::queries::{self, NewOpening};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::{self, Regime};
use crate::vietnamese::limits::PARAGRAPH;

/// A regime for whoever collects or oversees it.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub fn regime(conn: &mut Conn, actor: &Actor, id: RegimeId) -> Result<Regime, Error> {
    let scope = actor.scope();
    let regime = periods::queries::visible_regime(conn, &scope, id)?;
    let collects = scope.collector_units.contains(&regime.collector_id);
    if collects || scope.overseen_provinces.contains(&regime.province_id) {
        return Ok(regime);
    }
    Err(Error::NotFound)
}

/// The membership under which the actor decides.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_open<'a>(actor: &'a Actor, regime: &Regime) -> Result<&'a Membership, Error> {
    actor.for_unit(regime.collector_id, Action::ApproveEdition).ok_or_else(|| {
        Error::Forbidden("Chỉ lãnh đạo đơn vị nhận báo cáo được quyết định việc này.".to_owned())
    })
}

/// Turns single units' figures of a group on or off for leaders.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime and for a group that is not classified; [`Error::Forbidden`] as
/// [`may_open`]; [`Error::Invalid`] without a reason; [`Error::Conflict`] when it stands so already.
pub fn set_opening(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    group: &str,
    opened: bool,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let regime = regime(conn, actor, id)?;
    let membership = may_open(actor, &regime)?;
    let reason = reason.trim();
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", "Nhập lý do hoặc văn bản cho phép; lý do được lưu lại.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    // One decision after the other.
    periods::queries::claim_regime(conn, id)?;
    let groups = queries::openings(conn, id)?;
    let now = groups.iter().find(|found| found.code == group).ok_or(Error::NotFound)?;
    if now.is_open() == opened {
        return Err(Error::Conflict("Việc này vừa được quyết định. Mở lại trang để xem.".to_owned()));
    }
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let new = NewOpening {
        regime_id: id,
        group_code: group,
        opened,
        reason,
        membership_id: membership.id,
        actor_name: &actor.full_name,
        actor_title: &title,
        decided_at: moment.at,
    };
    queries::insert_opening(conn, &new)?;
    let step = Step {
        action: if opened { "regime.open_group" } else { "regime.close_group" },
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &regime.name,
        unit_id: Some(regime.collector_id),
        before: None,
        after: Some(json!({ "group": format!("{}. {}", now.code, now.name), "reason": reason })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}
