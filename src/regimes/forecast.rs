//! What a regime will ask next: the next periods with their windows and dates, before anything is saved.
//! Pure; it stands between a charter and the page that asks "so?".

use chrono::{Datelike, NaiveDate};

use super::CyclePlan;
use crate::calendar::{Cycle, DueDates, Holidays, Window, label};
use crate::periods::Proposal;

/// One period to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    pub label: String,
    pub window: Option<Window>,
    pub proposal: Proposal,
    pub dates: DueDates,
    /// The earliest due day that leaves a working day after the cut-off, where the proposed one is earlier.
    pub too_early: Option<NaiveDate>,
}

/// The next `count` periods, and of every length the next one, whose time has not run out on `today`, by their last day in time, or where none is set by
/// the end of their window. What has neither (one-off, undated) comes back in no year and is left out.
pub fn coming(
    cycles: &[CyclePlan],
    rolling: bool,
    today: NaiveDate,
    holidays: &Holidays,
    count: usize,
) -> Vec<Coming> {
    let year = today.year();
    let mut ahead: Vec<(NaiveDate, usize, Coming)> = Vec::new();
    for year in year - 1..=year + 2 {
        for (place, plan) in cycles.iter().enumerate() {
            let proposal = plan.row().propose_by(year, holidays);
            let dates = DueDates::new(&proposal.due, rolling, None, holidays);
            let Some(end) = dates.effective.or(proposal.reference_on).filter(|end| *end >= today) else {
                continue;
            };
            let coming = Coming {
                label: label(plan.cycle, year),
                window: proposal.window,
                proposal,
                dates,
                too_early: plan.cycle.recurs().then(|| proposal.too_early(rolling, holidays)).flatten(),
            };
            ahead.push((end, place, coming));
        }
    }
    ahead.sort_by_key(|(end, place, _)| (*end, *place));
    let mut seen: Vec<Cycle> = Vec::new();
    let shown = ahead.into_iter().enumerate().filter(|(at, (_, place, _))| {
        let cycle = cycles[*place].cycle;
        let first = !seen.iter().any(|other| *other == cycle || other.is_beside(cycle));
        seen.push(cycle);
        first || *at < count
    });
    shown.map(|(_, (_, _, coming))| coming).collect()
}
