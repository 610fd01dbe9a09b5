//! Opening a period: the period, one obligation and one blank report per unit that owes it, in one write.
//! A fixed number of queries whatever the size of the province; used by the page, the demo and the loader alike.

use std::collections::HashMap;

use serde_json::json;

use super::levels::{Given, Level, chain, dated};
use super::opening_rows::{Debtor, insert_obligations, insert_period};
use super::{FormFor, NewPeriod, Period, Regime, form_for, queries};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{PeriodId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::units::{self, UnitOn};

/// Opens a period with the day each lower level is given by its lead. See [`open_with_levels`].
///
/// # Errors
/// As [`open_with_levels`].
pub fn open_period(
    conn: &mut Conn,
    regime_id: RegimeId,
    new: &NewPeriod,
    by: &By,
    moment: Moment,
) -> Result<PeriodId, Error> {
    open_with_levels(conn, regime_id, new, &HashMap::new(), by, moment)
}

/// Opens a period of a regime and takes down, for each unit with a route valid on the reference day and
/// existing then, its collector, form, mode and due words; and for each body that collects below the regime's
/// collector its consolidated report to the body above. `given` is what was typed for lower levels, by collector.
/// `moment.at` becomes the day of opening. Who may call it is for the caller to check.
///
/// # Errors
/// [`Error::Invalid`] with everything to mend at the fields of the form, a unit without a form named;
/// [`Error::NotFound`] for an unknown regime. Nothing is kept then.
pub fn open_with_levels(
    conn: &mut Conn,
    regime_id: RegimeId,
    new: &NewPeriod,
    given: &HashMap<UnitId, Given>,
    by: &By,
    moment: Moment,
) -> Result<PeriodId, Error> {
    // Two people at once: the second waits here, and then sees the period the first has opened.
    queries::claim_regime(conn, regime_id)?;
    let Examined { regime, debtors, levels, consolidated, .. } = examine(conn, regime_id, new, given)?;
    let levels: Vec<Level> = levels.into_iter().map(|(level, _)| level).collect();
    let period_id = insert_period(conn, regime_id, new, moment.at)?;
    let all: Vec<&Debtor> = debtors.iter().chain(&consolidated).collect();
    insert_obligations(conn, &regime, period_id, new, &all, &levels)?;
    queries::insert_levels(conn, period_id, &levels)?;
    let after = json!({
        "regime": regime.code,
        "code": new.code,
        "label": new.label,
        "window_from": new.window.map(|w| w.from),
        "window_to": new.window.map(|w| w.to),
        "due_rule": new.due.code(),
        "stated_on": new.due.date(),
        "stated_time": new.due.hour_code(),
        "due_basis": new.due_basis,
        "lock_on": new.lock_on,
        "reference_on": new.reference_on,
        "units": debtors.iter().map(|d| d.unit.code.as_str()).collect::<Vec<_>>(),
        "consolidated": consolidated.iter().map(|d| d.unit.code.as_str()).collect::<Vec<_>>(),
    });
    let step = Step {
        action: "period.open",
        subject_kind: "period",
        subject_id: Some(period_id.0),
        subject_label: &format!("{}: {}", regime.name, new.label),
        unit_id: Some(regime.collector_id),
        before: None,
        after: Some(after),
    };
    audit::record(conn, by, &step, moment.recorded)?;
    Ok(period_id)
}

/// What a period would be.
pub struct Preview {
    /// The units that owe, in protocol order.
    pub units: Vec<UnitOn>,
    /// The lower levels with the names of their collectors.
    pub levels: Vec<(Level, String)>,
    /// The regime's periods there are.
    pub opened: Vec<Period>,
}

/// What a period would be: the units that owe, in protocol order, and the lower levels, named. Reads only.
///
/// # Errors
/// As [`open_period`].
pub fn preview(
    conn: &mut Conn,
    regime_id: RegimeId,
    new: &NewPeriod,
    given: &HashMap<UnitId, Given>,
) -> Result<Preview, Error> {
    let examined = examine(conn, regime_id, new, given)?;
    let units = examined.debtors.into_iter().map(|debtor| debtor.unit).collect();
    Ok(Preview { units, levels: examined.levels, opened: examined.opened })
}

/// A period that can be opened.
struct Examined {
    regime: Regime,
    debtors: Vec<Debtor>,
    /// Lower levels with the names of their collectors.
    levels: Vec<(Level, String)>,
    /// What those owe upwards.
    consolidated: Vec<Debtor>,
    opened: Vec<Period>,
}

fn examine(
    conn: &mut Conn,
    regime_id: RegimeId,
    new: &NewPeriod,
    given: &HashMap<UnitId, Given>,
) -> Result<Examined, Error> {
    let regime = queries::regime(conn, regime_id)?;
    let mut problems = new.problems(&regime);
    let opened = queries::all_periods_of(conn, regime_id)?;
    if problems.at("code").is_none() && opened.iter().any(|period| period.code == new.code) {
        problems.add("code", format!("Chế độ này đã có kỳ mang mã {}.", new.code));
    } else if let Some(other) = new.counted_by(&opened) {
        let window = other.window().map(|window| window.to_string()).unwrap_or_default();
        problems.add(
            "window_from",
            format!(
                "Thời gian chốt số liệu trùng với kỳ {} ({window}): cùng một ngày không được tính vào hai kỳ.",
                other.label
            ),
        );
    }
    let debtors = debtors(conn, regime_id, new, &mut problems)?;
    let (levels, consolidated) = levels(conn, &regime, new, given, &debtors, &mut problems)?;
    problems.or(Examined { regime, debtors, levels, consolidated, opened })
}

/// The units that owe, in protocol order, each with its form; what is missing goes to `problems`.
fn debtors(
    conn: &mut Conn,
    regime_id: RegimeId,
    new: &NewPeriod,
    problems: &mut Problems,
) -> Result<Vec<Debtor>, Error> {
    let mut routes = queries::own_routes_on(conn, regime_id, new.reference_on)?;
    if let Some(chosen) = &new.units {
        routes.retain(|route| chosen.contains(&route.unit_id));
    }
    let ids: Vec<UnitId> =
        routes.iter().map(|r| r.unit_id).chain(new.units.iter().flatten().copied()).collect();
    let mut units = units::queries::on_day(conn, &ids, new.reference_on)?;
    let forms = queries::forms_on(conn, regime_id, new.reference_on)?;
    let forms = match &new.form_code {
        None => forms,
        Some(code) => {
            let forms: Vec<FormFor> = forms.into_iter().filter(|form| form.code == *code).collect();
            if forms.is_empty() {
                problems.add("form_code", "Biểu mẫu này không có hiệu lực vào ngày xác định đơn vị.");
            }
            forms
        }
    };
    let named = new.form_code.as_ref().and(forms.iter().max_by_key(|f| f.version).map(|f| f.id));
    let (mut debtors, mut formless) = (Vec::new(), Vec::new());
    for route in routes {
        if !units.get(&route.unit_id).is_some_and(|unit| unit.existed_on(new.reference_on)) {
            continue;
        }
        // A unit on two valid routes owes once: the first route takes it out of the map.
        let Some(unit) = units.remove(&route.unit_id) else { continue };
        match named.or_else(|| form_for(&forms, unit.id, &unit.kind_code)) {
            Some(form_id) => {
                debtors.push(Debtor {
                    unit,
                    collector_id: route.collector_id,
                    mode: route.mode,
                    form_id,
                    part: "own",
                });
            }
            None => formless.push(unit),
        }
    }
    if let Some(chosen) = &new.units {
        let foreign: Vec<&str> =
            chosen.iter().filter_map(|id| units.get(id)).map(|unit| unit.name.as_str()).collect();
        if !foreign.is_empty() {
            let names = foreign.join(", ");
            problems
                .add("units", format!("Không thuộc diện báo cáo theo chế độ này vào ngày đã chọn: {names}."));
        }
    }
    if !formless.is_empty() && problems.at("form_code").is_none() {
        formless.sort_by_key(UnitOn::protocol_key);
        let names: Vec<&str> = formless.iter().map(|unit| unit.name.as_str()).collect();
        problems.add(
            "form_code",
            format!(
                "Chưa có biểu mẫu cho: {}. Bổ sung biểu mẫu hoặc chọn một biểu mẫu chung.",
                names.join(", ")
            ),
        );
    } else if debtors.is_empty() && problems.is_empty() {
        problems.add("reference_on", "Không có đơn vị nào phải gửi báo cáo vào ngày này.");
    }
    debtors.sort_by_key(|d| d.unit.protocol_key());
    Ok(debtors)
}

/// Lower levels with the names of their collectors, and what those owe upwards.
type Lower = (Vec<(Level, String)>, Vec<Debtor>);

/// The lower levels with their names, and the consolidated report each of their collectors owes; what is wrong goes
/// to `problems`.
fn levels(
    conn: &mut Conn,
    regime: &Regime,
    new: &NewPeriod,
    given: &HashMap<UnitId, Given>,
    own: &[Debtor],
    problems: &mut Problems,
) -> Result<Lower, Error> {
    let day = new.reference_on;
    let pairs: Vec<(UnitId, UnitId)> = own.iter().map(|d| (d.unit.id, d.collector_id)).collect();
    if pairs.iter().all(|(_, collector)| *collector == regime.collector_id) {
        return Ok((vec![], vec![]));
    }
    let upward = queries::upward_on(conn, regime.id, day)?;
    let (chain, lost) = chain(regime.collector_id, &pairs, &upward);
    let ids: Vec<UnitId> = chain.iter().map(|(id, _)| *id).chain(lost.iter().copied()).collect();
    let mut units = units::queries::on_day(conn, &ids, day)?;
    if !lost.is_empty() {
        let names: Vec<&str> = lost.iter().filter_map(|id| units.get(id)).map(|u| u.name.as_str()).collect();
        problems.add(
            "reference_on",
            format!(
                "Chưa có tuyến gửi báo cáo tổng hợp lên cấp trên của: {}. Bổ sung ở trang tuyến báo cáo.",
                names.join(", ")
            ),
        );
    }
    let (holidays, leads) = (queries::holidays(conn)?, queries::leads(conn, regime.id)?);
    let forms = queries::forms_on(conn, regime.id, day)?;
    let (mut named, mut owing) = (Vec::new(), Vec::new());
    for level in dated(chain, new.due, given, &leads, &holidays) {
        let Some(unit) = units.remove(&level.collector) else { continue };
        if let Some(message) = level.problem(&unit.name) {
            problems.add(format!("level.{}", level.collector), message);
        }
        let named_form = new.form_code.as_ref().and_then(|code| {
            forms.iter().filter(|form| form.code == *code).max_by_key(|form| form.version).map(|form| form.id)
        });
        let name = unit.name.clone();
        match named_form.or_else(|| form_for(&forms, unit.id, &unit.kind_code)) {
            Some(form_id) => owing.push(Debtor {
                collector_id: level.upper,
                mode: level.mode.clone(),
                form_id,
                part: "consolidated",
                unit,
            }),
            None => problems.add("form_code", format!("Chưa có biểu mẫu cho báo cáo tổng hợp của {name}.")),
        }
        named.push((level, name));
    }
    Ok((named, owing))
}
