//! Taking back a period that was opened by mistake: only while nobody has written, sent or decided anything in it. The
//! rows go, the log keeps what was opened and why it was taken back. Stands between the page and the tables.

use diesel::result::{DatabaseErrorKind, Error as Sql};
use serde_json::json;

use super::queries::{self, Begun};
use super::{Period, Regime};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::PeriodId;
use crate::error::{Error, Problems};
use crate::ical_feeds::withdrawn;
use crate::units;
use crate::vietnamese::limits::PARAGRAPH;

/// Units named in a refusal.
const NAMED: usize = 5;

/// What a period that may be taken back looks like before it is.
#[derive(Debug, Clone)]
pub struct Withdrawal {
    pub period: Period,
    pub regime: Regime,
    /// Names of the units that owe it, in protocol order.
    pub units: Vec<String>,
}

/// The membership under which a period is taken back: whoever may open it.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_withdraw<'a>(actor: &'a Actor, regime: &Regime) -> Result<&'a Membership, Error> {
    actor.for_unit(regime.collector_id, Action::Compile).ok_or_else(|| {
        Error::Forbidden("Chỉ cán bộ tổng hợp của đơn vị nhận báo cáo được hủy kỳ mở nhầm.".into())
    })
}

/// The period as it stands, if it may still be taken back. At most twelve queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period; [`Error::Forbidden`] as [`may_withdraw`]; [`Error::Refused`] once anything
/// was typed, sent or decided in it.
pub fn examine(conn: &mut Conn, actor: &Actor, id: PeriodId) -> Result<Withdrawal, Error> {
    let (period, regime) = queries::period(conn, &actor.scope(), id)?;
    may_withdraw(actor, &regime)?;
    let owing = queries::units_of(conn, id)?;
    let mut found: Vec<_> =
        units::queries::on_day(conn, &owing, period.reference_on)?.into_values().collect();
    found.sort_by_key(|unit| unit.protocol_key());
    match queries::begun(conn, id)? {
        Begun::Nothing => {}
        Begun::Written(by) => {
            let by: Vec<&str> =
                found.iter().filter(|unit| by.contains(&unit.id)).map(|unit| unit.name.as_str()).collect();
            let more = match by.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" và {more} đơn vị khác"),
            };
            let names = by[..by.len().min(NAMED)].join("; ");
            return Err(Error::Refused(format!(
                "Kỳ này không hủy được nữa: đã có nội dung hoặc quyết định của {names}{more}."
            )));
        }
        Begun::Consolidated => {
            return Err(Error::Refused(
                "Kỳ này không hủy được nữa: đã biên tập thuyết minh hoặc chốt bản tổng hợp.".into(),
            ));
        }
    }
    Ok(Withdrawal { period, regime, units: found.into_iter().map(|unit| unit.name).collect() })
}

/// Takes the period back. `seen_version` is the version the person had before them.
///
/// # Errors
/// As [`examine`]; [`Error::Invalid`] without a reason; [`Error::Conflict`] when somebody changed the period, or began to
/// write, meanwhile. Nothing is lost then.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    id: PeriodId,
    (seen_version, reason): (i32, &str),
    moment: Moment,
) -> Result<Period, Error> {
    let faster = || {
        Error::Conflict(
            "Kỳ báo cáo này vừa có thay đổi. Mở lại trang của kỳ để xem rồi thực hiện.".to_owned(),
        )
    };
    let Withdrawal { period, regime, units } = examine(conn, actor, id)?;
    let membership = may_withdraw(actor, &regime)?;
    let mut problems = Problems::default();
    if reason.trim().is_empty() {
        problems.add("reason", "Nhập lý do; lý do được lưu trong nhật ký.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    withdrawn::keep(conn, id, moment.at)?;
    // Whoever writes at the same moment refers to a row that goes: one of the two fails, and neither half is kept.
    match queries::delete_period(conn, id, seen_version) {
        Ok(true) => {}
        Ok(false) | Err(Sql::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            return Err(faster());
        }
        Err(other) => return Err(other.into()),
    }
    let step = Step {
        action: "period.withdraw",
        subject_kind: "period",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}", regime.name, period.label),
        unit_id: Some(regime.collector_id),
        before: Some(json!({
            "regime": regime.code,
            "code": period.code,
            "label": period.label,
            "window_from": period.window_from,
            "window_to": period.window_to,
            "due_rule": period.due_rule,
            "stated_on": period.stated_on,
            "due_basis": period.due_basis,
            "lock_on": period.lock_on,
            "reference_on": period.reference_on,
            "opened_at": period.opened_at,
            "units": units,
        })),
        after: Some(json!({ "reason": reason })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(period)
}
