//! Deadlines to come of periods nobody has opened yet: what the regime's cycles will ask. Pure; it stands between the
//! cycles of regimes and the ninety days of the leader's screen.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::overview::{AHEAD, Event, due_words};
use crate::access::Scope;
use crate::calendar::{DueDates, Holidays, label};
use crate::db::ids::RegimeId;
use crate::periods::{Period, Regime, RegimeCycle};

/// The last days within ninety of `today` that the cycles name and no period stands for yet, of the regimes a reader
/// collects or oversees.
pub fn not_opened(
    scope: &Scope,
    regimes: &[Regime],
    cycles: &[RegimeCycle],
    opened: &[(Period, Regime)],
    holidays: &Holidays,
    today: NaiveDate,
) -> Vec<Event> {
    let end = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let there: BTreeSet<(RegimeId, &str, i32)> =
        opened.iter().map(|(p, _)| (p.regime_id, p.cycle.as_str(), p.year)).collect();
    let mut events = Vec::new();
    for regime in regimes.iter().filter(|r| {
        scope.collector_units.contains(&r.collector_id) || scope.overseen_provinces.contains(&r.province_id)
    }) {
        for cycle in cycles.iter().filter(|c| c.regime_id == regime.id) {
            let Some(kind) = cycle.cycle().filter(|kind| kind.recurs()) else { continue };
            for year in today.year() - 1..=today.year() + 1 {
                if there.contains(&(regime.id, cycle.cycle.as_str(), year)) {
                    continue;
                }
                let due = cycle.propose_by(year, holidays).due;
                let dates = DueDates::new(&due, regime.rolling, None, holidays);
                let Some(day) = dates.deadline() else { continue };
                if today <= day && day <= end && regime.holds_on(day) {
                    let words = format!("{}: {}, chưa mở kỳ", due_words(&dates), label(kind, year));
                    events.push(Event { day, words, href: format!("/regimes/{}", regime.id) });
                }
            }
        }
    }
    events
}
