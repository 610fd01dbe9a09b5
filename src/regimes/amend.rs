//! Changing a regime. What follows acts on periods opened later: what opened ones took down is theirs, and the rules they
//! still read of the regime are taken down for them before they change.

use chrono::NaiveDate;
use serde_json::json;

use super::audience::{self, Standing};
use super::charter::PAPER_RULES;
use super::{Charter, CyclePlan, keeping, queries};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::{Cycle, Moment};
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::{self, Regime};

/// A regime as it stands on a day, and the mark of what stands: a save over anything else is a conflict.
pub struct Shown {
    pub regime: Regime,
    pub charter: Charter,
    pub standing: Standing,
    pub mark: String,
    pub opened: i64,
}

/// What the form of an existing regime shows. Eight queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it.
pub fn shown(conn: &mut Conn, actor: &Actor, id: RegimeId, day: NaiveDate) -> Result<Shown, Error> {
    let regime = periods::queries::visible_regime(conn, &actor.scope(), id)?;
    keeping(actor, &regime)?;
    let cycles: Vec<CyclePlan> = periods::queries::cycles(conn, id)?
        .iter()
        .filter_map(CyclePlan::of)
        .filter(|plan| plan.cycle != Cycle::AdHoc)
        .collect();
    let standing = audience::standing(conn, regime.province_id, Some(id), day)?;
    let charter = Charter {
        code: regime.code.clone(),
        name: regime.name.clone(),
        collector: regime.collector_id,
        addressee: regime.addressee.clone(),
        legal_basis: regime.legal_basis.clone(),
        subject: regime.subject.clone(),
        kind: regime.kind(),
        rolling: regime.rolling,
        paper_rule: PAPER_RULES
            .iter()
            .find(|(code, _)| *code == regime.paper_rule)
            .map_or("none", |(code, _)| *code),
        signed_file: regime.signed_file,
        leader_step: regime.leader_step,
        cycles,
        kinds: standing.reporting(),
    };
    // The log says what kind it is elsewhere; the mark is of everything that stands.
    let mark = audit::sha256_hex(json!([charter, charter.kind.code()]).to_string().as_bytes());
    let opened = queries::periods_opened(conn, id)?;
    Ok(Shown { regime, charter, standing, mark, opened })
}

/// What is to be written instead.
pub struct Amendment {
    pub charter: Charter,
    /// Kinds of which units without a route are added.
    pub fill: Vec<String>,
    /// First day of the change of audience.
    pub from: NaiveDate,
    /// The mark of what the person saw.
    pub seen: String,
}

/// What is to be mended before the change, at the form's fields.
pub fn problems(shown: &Shown, new: &Charter) -> Problems {
    let mut problems = new.problems();
    let way_out = "kết thúc chế độ này theo ngày và lập chế độ mới.";
    if shown.opened > 0 && new.collector != shown.charter.collector {
        problems.add("collector", format!("Đã mở kỳ nên không đổi được cơ quan nhận báo cáo: {way_out}"));
    } else if !shown.standing.units.iter().any(|unit| unit.id == new.collector) {
        problems.add("collector", "Chọn một đơn vị của tỉnh làm cơ quan nhận, tổng hợp báo cáo.");
    }
    if shown.opened > 0 && new.kind != shown.charter.kind {
        problems.add("kind", format!("Đã mở kỳ nên không đổi được loại nội dung phải gửi: {way_out}"));
    }
    problems
}

/// Changes a regime.
///
/// # Errors
/// [`Error::Conflict`] when it is no longer as the person saw it; as [`shown`] and [`problems`].
pub fn amend(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    amendment: &Amendment,
    moment: Moment,
) -> Result<(), Error> {
    periods::queries::claim_regime(conn, id)?;
    let before = shown(conn, actor, id, moment.today)?;
    if before.mark != amendment.seen {
        return Err(Error::Conflict(
            "Chế độ báo cáo này vừa được người khác sửa. Tải lại trang, xem lại rồi sửa tiếp.".into(),
        ));
    }
    let mut new = amendment.charter.clone();
    new.code.clone_from(&before.charter.code);
    problems(&before, &new).or(())?;
    let standing = audience::standing(conn, before.regime.province_id, Some(id), amendment.from)?;
    let change = standing.change(&new.kinds, &amendment.fill)?;
    queries::keep_for_opened(conn, &before.regime)?;
    queries::update(conn, id, &new)?;
    if new.collector != before.charter.collector {
        queries::redirect_routes(conn, id, before.charter.collector, new.collector)?;
    }
    queries::replace_cycles(conn, id, &new)?;
    audience::carry_out(conn, id, new.collector, &change, amendment.from)?;
    let step = Step {
        action: "regime.amend",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &new.name,
        unit_id: Some(new.collector),
        before: Some(json!(before.charter)),
        after: Some(json!({
            "charter": new, "from": amendment.from,
            "units_added": change.added.len(), "units_left": change.units_left,
        })),
    };
    let membership = keeping(actor, &before.regime)?;
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
