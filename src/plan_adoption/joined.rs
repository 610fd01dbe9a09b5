//! What a duty that joins a regime there is finds: its next period opened already, or to be opened. Pure.

use super::draft::DutyItem;
use super::first_periods::next_period;
use super::ground::Ground;
use super::regimes_made::plans;
use crate::calendar::Preset;
use crate::db::ids::RegimeId;
use crate::periods::{NewPeriod, Period};
use crate::regimes::CyclePlan;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// By the label of the period.
    Opened(String),
    /// By the days of the document, over the window of the regime.
    Next(NewPeriod),
    /// The regime has no such cycle, or no day, or is another body's: its own page opens periods.
    Elsewhere,
}

/// The next period of a duty in a regime there is.
pub fn joined(duty: &DutyItem, regime: RegimeId, basis: &str, ground: &Ground) -> Joined {
    let Ok(own) = plans(duty, Preset::Nd09) else { return Joined::Elsewhere };
    let dated = duty.rule != "undated";
    let of = |known: CyclePlan| {
        let asked = own.iter().find(|plan| plan.cycle == known.cycle)?;
        Some(if dated { CyclePlan { due: asked.due, hour: asked.hour, ..known } } else { known })
    };
    let rows = ground.cycles.iter().filter(|row| row.regime_id == regime);
    let known: Vec<CyclePlan> = rows.filter_map(CyclePlan::of).filter_map(of).collect();
    let Some(rule) = known.first().map(|plan| plan.due.code().to_owned()) else { return Joined::Elsewhere };
    let asked = DutyItem { rule, ..duty.clone() };
    let Some((period, _)) = next_period(&asked, &known, basis, ground) else { return Joined::Elsewhere };
    let opened: Vec<Period> =
        ground.opened.iter().filter(|opened| opened.regime_id == regime).cloned().collect();
    let same = opened.iter().find(|other| other.code == period.code).or_else(|| period.counted_by(&opened));
    match same {
        Some(opened) => Joined::Opened(opened.label.clone()),
        None => Joined::Next(period),
    }
}
