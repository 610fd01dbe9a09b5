//! The periods a table can be of: those of the regime whose data window is over, and those its cycles had before the first. Pure;
//! stands between the regime's calendar and the choice on the page.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Cycle, Window, label, period_code};
use crate::db::ids::PeriodId;
use crate::periods::{Period, RegimeCycle};

/// Years back in which periods of before the system are offered.
pub const YEARS: i32 = 10;

/// A period a table can be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The period; none while it would have to be made.
    pub id: Option<PeriodId>,
    pub code: String,
    pub label: String,
    pub cycle: Cycle,
    pub year: i32,
    pub window: Window,
}

impl Choice {
    fn of(period: &Period) -> Option<Choice> {
        Some(Choice {
            id: Some(period.id),
            code: period.code.clone(),
            label: period.label.clone(),
            cycle: Cycle::from_code(&period.cycle)?,
            year: period.year,
            window: period.window()?,
        })
    }
}

/// What can be chosen on a day, the latest first. Periods to be made share no day with one of their kind that there is.
pub fn choices(existing: &[Period], cycles: &[RegimeCycle], may_make: bool, today: NaiveDate) -> Vec<Choice> {
    let known: Vec<Choice> = existing.iter().filter_map(Choice::of).collect();
    let mut all: Vec<Choice> = known.iter().filter(|choice| choice.window.to < today).cloned().collect();
    let recurring =
        cycles.iter().filter_map(|cycle| Some((cycle, cycle.cycle().filter(|kind| kind.recurs())?)));
    for (cycle, kind) in recurring.filter(|_| may_make) {
        for year in (today.year() - YEARS)..=today.year() {
            let Some(window) = cycle.window(year).filter(|window| window.to < today) else { continue };
            let code = period_code(kind, year);
            let taken = known.iter().any(|other| {
                other.code == code
                    || (other.cycle, other.year) == (kind, year)
                    || other.cycle.is_beside(kind) && other.window.overlaps(&window)
            });
            if !taken {
                all.push(Choice { id: None, code, label: label(kind, year), cycle: kind, year, window });
            }
        }
    }
    all.sort_by(|one, other| (other.window.to, &one.code).cmp(&(one.window.to, &other.code)));
    all
}
