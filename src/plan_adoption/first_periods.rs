//! The first period of a duty: the next one by the days it states, or by the last day somebody typed where the document names none. Pure.

use chrono::{Datelike, Days, NaiveDate};

use super::draft::DutyItem;
use super::ground::Ground;
use super::windows::{awaited_until, label_of_once, next_undated, years};
use crate::calendar::{Cycle, DueRule, label, parse_hour, period_code};
use crate::periods::{NewPeriod, Proposal};
use crate::regimes::CyclePlan;
use crate::vietnamese::parse_date;

/// Days behind its last day in time in which a period of half a year or more is still the first.
const JUST_PASSED: Days = Days::new(30);

/// The first period of a duty that has a day, and whether it is opened unless somebody says otherwise: its day has not passed, and
/// its window has begun. One whose day has passed comes first while its figures are still awaited further up, and half a year or more
/// for a month behind its day. What was over when the document was issued is none of its periods, unless the document names it: then no
/// other is.
pub(super) fn next_period(
    duty: &DutyItem,
    plans: &[CyclePlan],
    basis: &str,
    ground: &Ground,
) -> Option<(NewPeriod, bool)> {
    let today = ground.today;
    let over = |day: Option<NaiveDate>| day.zip(ground.issued).is_some_and(|(day, issued)| day < issued);
    let due_basis: String = basis.chars().take(500).collect();
    if duty.cycle == "once" {
        // A report needs a window, which no document names for one that is asked once.
        let by_hand = duty.rule == "undated";
        let day = parse_date(if by_hand { &duty.first_on } else { &duty.when }).ok();
        let day = day.filter(|_| duty.what == "document")?;
        let due = match by_hand {
            true => DueRule::By(day),
            false => DueRule::from_parts(&duty.rule, Some(day))?.at(parse_hour(&duty.hour)),
        };
        if over(due.last_day()) && !by_hand {
            return None;
        }
        let proposal = Proposal { window: None, due, lock_on: None, reference_on: due.last_day() };
        let mut period = period(Cycle::OneOff, day.year(), &proposal, due_basis)?;
        period.label = label_of_once(duty, day.year());
        return Some((period, by_hand || due.last_day() >= Some(today)));
    }
    if duty.rule == "undated" {
        return named_by_hand(duty, plans, due_basis, ground).map(|period| (period, true));
    }
    let only = parse_date(&duty.only_on).ok();
    let mut coming: Vec<Coming> = Vec::new();
    for plan in plans {
        for year in only.map_or_else(|| years(duty, ground), |day| day.year() - 1..=day.year() + 1) {
            let proposal = plan.row().propose(year);
            let Some(day) = proposal.due.last_day() else { continue };
            // What the document names is asked for, whatever day it is by now, and though its window was over when it was issued.
            let named = if only.is_some() { proposal.due.date() == only } else { duty.year == Some(year) };
            let closed = over(proposal.window.map(|window| window.to));
            let awaited = proposal.window.map(|window| awaited_until(window, &ground.holidays));
            let until = awaited.map_or(day, |last| last.max(day)).max(just_passed(plan.cycle, day));
            if named && !over(Some(day)) || until >= today && !closed {
                coming.push(Coming { day, cycle: plan.cycle, year, proposal, named });
            }
        }
    }
    let any_named = coming.iter().any(|one| one.named);
    let first = coming.into_iter().filter(|one| one.named || !any_named).min_by_key(|one| one.day)?;
    let begun = first.proposal.window.is_none_or(|window| window.from <= today);
    let period = period(first.cycle, first.year, &first.proposal, due_basis)?;
    Some((period, begun && first.day >= today))
}

/// A period that may be the first.
struct Coming {
    /// Its last day in time.
    day: NaiveDate,
    cycle: Cycle,
    year: i32,
    proposal: Proposal,
    /// By the document itself.
    named: bool,
}

/// The last day on which a period whose day has passed is still the first: whoever adopts in the middle of June a letter that asks for
/// the half-year by the 6th wants that half-year. Months and quarters come back soon.
fn just_passed(cycle: Cycle, day: NaiveDate) -> NaiveDate {
    match cycle {
        Cycle::FirstHalf | Cycle::SecondHalf | Cycle::NineMonths | Cycle::Year => {
            day.checked_add_days(JUST_PASSED).unwrap_or(day)
        }
        _ => day,
    }
}

/// The first period of a duty whose document names no day, by the last day somebody typed for it.
fn named_by_hand(duty: &DutyItem, plans: &[CyclePlan], basis: String, ground: &Ground) -> Option<NewPeriod> {
    let last = parse_date(&duty.first_on).ok()?;
    let (cycle, year, proposal) = next_undated(duty, plans, ground)?;
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
