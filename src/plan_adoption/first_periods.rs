//! The first period of a duty: the next one by the days it states, or by the last day somebody typed where the document names none. Pure.

use chrono::{Datelike, NaiveDate};

use super::draft::DutyItem;
use super::ground::Ground;
use super::windows::{awaited_until, next_undated};
use crate::calendar::{Cycle, DueRule, label, parse_hour, period_code};
use crate::periods::{NewPeriod, Proposal};
use crate::plans::deliverable::{asks_for_plan, is_of_plans};
use crate::regimes::CyclePlan;
use crate::vietnamese::parse_date;

/// The first period of a duty that has a day, and whether it is opened unless somebody says otherwise: its day has not passed, and
/// its window has begun. One whose day has passed comes first while its figures are still awaited further up. What was over when the
/// document was issued is none of its periods.
pub(super) fn next_period(
    duty: &DutyItem,
    plans: &[CyclePlan],
    basis: &str,
    ground: &Ground,
) -> Option<(NewPeriod, bool)> {
    let (today, last_year) = (ground.today, ground.opens_from().year() + 1);
    let over = |day: Option<NaiveDate>| day.zip(ground.issued).is_some_and(|(day, issued)| day < issued);
    let due_basis: String = basis.chars().take(500).collect();
    if duty.cycle == "once" {
        // A report needs a window, which no document names for one that is asked once.
        let day = parse_date(&duty.when).ok().filter(|_| duty.what == "document")?;
        let due = DueRule::from_parts(&duty.rule, Some(day))?.at(parse_hour(&duty.hour));
        if over(due.last_day()) {
            return None;
        }
        let proposal = Proposal { window: None, due, lock_on: None, reference_on: due.last_day() };
        let mut period = period(Cycle::OneOff, day.year(), &proposal, due_basis)?;
        if is_of_plans(&duty.name) || asks_for_plan(&duty.text) {
            period.label = format!("Kế hoạch triển khai năm {}", day.year());
        }
        return Some((period, due.last_day() >= Some(today)));
    }
    if duty.rule == "undated" {
        return named_by_hand(duty, plans, due_basis, ground).map(|period| (period, true));
    }
    let mut coming: Vec<(NaiveDate, Cycle, i32, Proposal)> = Vec::new();
    for plan in plans {
        for year in today.year() - 1..=last_year {
            let proposal = plan.row().propose(year);
            let closed = over(proposal.window.map(|window| window.to));
            let awaited = proposal.window.map(|window| awaited_until(window, &ground.holidays));
            let open = |day: &NaiveDate| awaited.map_or(*day, |last| last.max(*day)) >= today;
            if let Some(day) = proposal.due.last_day().filter(|day| open(day) && !closed) {
                coming.push((day, plan.cycle, year, proposal));
            }
        }
    }
    let (day, cycle, year, proposal) = coming.into_iter().min_by_key(|(day, ..)| *day)?;
    let begun = proposal.window.is_none_or(|window| window.from <= today);
    Some((period(cycle, year, &proposal, due_basis)?, begun && day >= today))
}

/// The first period of a duty whose document names no day, by the last day somebody typed for it.
fn named_by_hand(duty: &DutyItem, plans: &[CyclePlan], basis: String, ground: &Ground) -> Option<NewPeriod> {
    let last = parse_date(&duty.first_on).ok()?;
    let (cycle, year, proposal) = next_undated(plans, ground)?;
    period(cycle, year, &Proposal { due: DueRule::By(last), ..proposal }, basis)
}

fn period(cycle: Cycle, year: i32, proposal: &Proposal, due_basis: String) -> Option<NewPeriod> {
    Some(NewPeriod {
        code: period_code(cycle, year),
        label: label(cycle, year),
        cycle,
        year,
        window: proposal.window,
        due: proposal.due,
        due_basis,
        lock_on: proposal.lock_on,
        reference_on: proposal.reference_on?,
        form_code: None,
        units: None,
    })
}
