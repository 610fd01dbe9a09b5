//! Ending a regime on a day, or taking the end back. Opened periods run on; none is opened for a day past the end.

use chrono::NaiveDate;
use serde_json::json;

use super::{keeping, queries};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods;
use crate::vietnamese::short_date;

/// Sets the last day of a regime over the one that was seen; none: it goes on without end.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it, [`Error::Invalid`] for a
/// day before its first, [`Error::Conflict`] when it ends on another day than was seen.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    (seen, last): (Option<NaiveDate>, Option<NaiveDate>),
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    periods::queries::claim_regime(conn, id)?;
    let regime = periods::queries::visible_regime(conn, &actor.scope(), id)?;
    let membership = keeping(actor, &regime)?;
    let mut problems = Problems::default();
    if let Some((first, last)) = regime.valid_from.zip(last)
        && last < first
    {
        problems.add("last", format!("Ngày cuối phải từ ngày {} (ngày bắt đầu) trở đi.", short_date(first)));
    }
    if reason.is_empty() {
        problems.add("reason", "Ghi văn bản hoặc lý do.");
    }
    problems.or(())?;
    if !queries::set_last_day(conn, id, seen, last)? {
        return Err(Error::Conflict(
            "Ngày kết thúc của chế độ báo cáo này vừa được người khác sửa. Tải lại trang, xem lại rồi sửa tiếp.".into(),
        ));
    }
    let step = Step {
        action: "regime.end",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &regime.name,
        unit_id: Some(regime.collector_id),
        before: Some(json!({ "valid_to": regime.valid_to })),
        after: Some(json!({ "valid_to": last, "reason": reason })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
