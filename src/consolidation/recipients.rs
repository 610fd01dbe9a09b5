//! To whom the editions of a regime go, in order: kept with the regime by whoever keeps it.

use serde_json::json;

use super::narrative::mark;
use super::queries;
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::{self, Regime};
use crate::regimes::keeping;
use crate::vietnamese::clean_line;
use crate::vietnamese::limits::LINE;

/// Recipients of one regime.
const MOST: usize = 20;

/// The list as the page shows it.
pub struct Recipients {
    pub regime: Regime,
    pub names: Vec<String>,
    /// Stands for the list, so that a save can tell whether somebody changed it meanwhile.
    pub seen: String,
}

/// The recipients of a regime, for whoever keeps it. Two queries.
///
/// # Errors
/// 404 for a foreign regime; [`Error::Forbidden`] for who does not keep it.
pub fn recipients(conn: &mut Conn, actor: &Actor, id: RegimeId) -> Result<Recipients, Error> {
    let regime = periods::queries::visible_regime(conn, &actor.scope(), id)?;
    keeping(actor, &regime)?;
    let names = queries::recipients(conn, id)?;
    let seen = mark(&names.join("\n"));
    Ok(Recipients { regime, names, seen })
}

/// Puts the list of recipients: a line each, in order.
///
/// # Errors
/// As [`recipients`]; [`Error::Invalid`] for a line that is too long or stands twice; [`Error::Conflict`] when somebody
/// changed the list since it was seen.
pub fn put_recipients(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    (typed, seen): (&str, &str),
    moment: Moment,
) -> Result<(), Error> {
    queries::hold_recipients(conn, id)?;
    let stands = recipients(conn, actor, id)?;
    let membership = keeping(actor, &stands.regime)?;
    let names: Vec<String> = typed.lines().map(clean_line).filter(|name| !name.is_empty()).collect();
    let mut problems = Problems::default();
    for (at, name) in names.iter().enumerate() {
        problems.add_fault("names", LINE.fault("Nơi nhận", name));
        if names[..at].contains(name) {
            problems.add("names", format!("“{name}” có hai lần. Bỏ bớt một dòng."));
        }
    }
    if names.len() > MOST {
        problems.add("names", format!("Có {} nơi nhận, nhiều nhất {MOST}.", names.len()));
    }
    problems.or(())?;
    if stands.seen != seen {
        return Err(Error::Conflict(
            "Người khác vừa sửa danh sách nơi nhận. Mở lại trang để xem rồi sửa tiếp.".to_owned(),
        ));
    }
    queries::put_recipients(conn, id, &names)?;
    let step = Step {
        action: "regime.recipients",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &stands.regime.name,
        unit_id: Some(stands.regime.collector_id),
        before: Some(json!({ "recipients": stands.names })),
        after: Some(json!({ "recipients": names })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}
