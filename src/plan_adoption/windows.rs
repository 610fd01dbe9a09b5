//! When the figures of a duty are counted: the preset whose windows close in time, and the next window of a duty that names no day.
//! Pure.

use chrono::{Datelike, NaiveDate};

use super::draft::DutyItem;
use super::ground::Ground;
use super::named_periods::window_of;
use super::regimes_made::plans;
use crate::calendar::{Cycle, Holidays, Preset, Window};
use crate::periods::Proposal;
use crate::plans::deliverable::{asks_for_plan, is_of_plans};
use crate::regimes::CyclePlan;
use crate::regimes::cycles::Group;

/// The day of a month by which a province reports upwards (NĐ 09/2019 Điều 13.1).
const UPWARDS: u32 = 25;

/// The presets of the duties of a regime: one for all of them where one closes in time for every day they state. Where none does,
/// months and quarters, which only NĐ 09 cuts, go by themselves and the rest by the first that suits the rest.
pub(super) struct Presets {
    often: Preset,
    rest: Preset,
}

impl Presets {
    pub(super) fn of(all: &[&DutyItem]) -> Presets {
        let suits = |fits: &dyn Fn(&DutyItem) -> bool| {
            Preset::ALL
                .into_iter()
                .find(|preset| all.iter().all(|duty| !fits(duty) || in_time(duty, *preset)))
        };
        // The days that the document itself counts say whose year it is.
        if let Some(stated) = all.iter().find_map(|duty| stated(duty)) {
            let often =
                if stated == Preset::Nd09 { stated } else { suits(&is_often).unwrap_or(Preset::Nd09) };
            return Presets { often, rest: stated };
        }
        match suits(&|_| true) {
            Some(together) => Presets { often: together, rest: together },
            None => Presets {
                often: suits(&is_often).unwrap_or(Preset::Nd09),
                rest: suits(&|duty| !is_often(duty)).unwrap_or(Preset::Nd09),
            },
        }
    }

    pub(super) fn of_duty(&self, duty: &DutyItem) -> Preset {
        if is_often(duty) { self.often } else { self.rest }
    }
}

/// The preset whose window of a duty's cycle is the one that the document counts.
fn stated(duty: &DutyItem) -> Option<Preset> {
    let window = window_of(duty)?;
    let group = Group::ALL.into_iter().find(|group| group.field() == duty.cycle)?;
    let cycle = group.cycles().first().copied()?;
    Preset::ALL
        .into_iter()
        .find(|preset| crate::calendar::window(*preset, cycle, window.to.year()) == Some(window))
}

fn is_often(duty: &DutyItem) -> bool {
    ["month", "quarter"].contains(&duty.cycle.as_str())
}

/// Whether the preset cuts the duty's cycle, and its windows close by the days it states. What is wrong for another reason is said
/// elsewhere.
fn in_time(duty: &DutyItem, preset: Preset) -> bool {
    if !duty.counted.is_empty() {
        return true;
    }
    let Ok(plans) = plans(duty, preset) else { return plans(duty, Preset::Nd09).is_err() };
    plans.iter().all(|plan| {
        let next = plan.row().propose(2025);
        match (next.window, next.due.last_day()) {
            (Some(window), Some(day)) => window.to <= day,
            _ => true,
        }
    })
}

/// The last day on which the figures of a window are still awaited by somebody, whatever day units are given: a province reports upwards
/// by the 25th of the month in which they close, at the earliest a working day behind it (NĐ 09/2019 Điều 8.5.b, 13.1).
pub(super) fn awaited_until(window: Window, holidays: &Holidays) -> NaiveDate {
    let earliest = window.to.succ_opt().map_or(window.to, |next| holidays.next_working_day_on_or_after(next));
    window.to.with_day(UPWARDS).map_or(earliest, |day| day.max(earliest))
}

/// The first window whose figures are still awaited, of cycles without a day: its cycle, year and what the cycle proposes. Nothing is asked of
/// time that was over when the document was issued, unless the document names that period.
pub(super) fn next_undated(
    duty: &DutyItem,
    plans: &[CyclePlan],
    ground: &Ground,
) -> Option<(Cycle, i32, Proposal)> {
    let awaited = |window: &Window| {
        duty.year.is_some()
            || ground.issued.is_none_or(|issued| window.to >= issued)
                && awaited_until(*window, &ground.holidays) >= ground.today
    };
    let mut open: Vec<(NaiveDate, Cycle, i32, Proposal)> = Vec::new();
    for plan in plans {
        for year in years(duty, ground) {
            let proposal = plan.row().propose(year);
            if let Some(window) = proposal.window.filter(awaited) {
                open.push((window.to, plan.cycle, year, proposal));
            }
        }
    }
    open.into_iter()
        .min_by_key(|(closes, ..)| *closes)
        .map(|(_, cycle, year, proposal)| (cycle, year, proposal))
}

/// The years of which a duty's first period may be: the one that its document names, else those around today from the first one on.
pub(super) fn years(duty: &DutyItem, ground: &Ground) -> std::ops::RangeInclusive<i32> {
    let (first, last) = (ground.today.year() - 1, ground.opens_from().year() + 1);
    match (duty.year, duty.since) {
        (Some(year), _) => year..=year,
        (None, Some(since)) => first.max(since)..=last.max(since),
        (None, None) => first..=last,
    }
}

/// A duty without a day, as its first period would be.
pub struct Undated {
    pub label: String,
    /// None of a document to be sent.
    pub window: Option<Window>,
    /// What NĐ 09/2019 says of its day: a working day behind the cut-off at least (Điều 8.5.b), and in time for the province, which reports
    /// by the 25th of the last month (Điều 13.1).
    pub earliest: Option<NaiveDate>,
    pub upwards: Option<NaiveDate>,
}

/// The first period of a duty without a day: of a document that is asked once, of a window whose figures are still awaited; none for what is
/// reported once or when something happens, which needs a window nobody has named.
pub fn first_of_undated(duty: &DutyItem, all: &[&DutyItem], ground: &Ground) -> Option<Undated> {
    if duty.rule != "undated" {
        return None;
    }
    if duty.cycle == "once" && duty.what == "document" {
        let label = label_of_once(duty, ground.opens_from().year());
        return Some(Undated { label, window: None, earliest: None, upwards: None });
    }
    if ["", "adhoc", "once"].contains(&duty.cycle.as_str()) {
        return None;
    }
    let plans = plans(duty, Presets::of(all).of_duty(duty)).ok()?;
    let (cycle, year, proposal) = next_undated(duty, &plans, ground)?;
    let window = proposal.window?;
    let earliest = ground.holidays.next_working_day_on_or_after(window.to.succ_opt()?);
    let upwards = window.to.with_day(UPWARDS).filter(|day| *day > earliest);
    let label = crate::calendar::label(cycle, year);
    Some(Undated { label, window: Some(window), earliest: Some(earliest), upwards })
}

/// What the period of something asked once is called.
pub(super) fn label_of_once(duty: &DutyItem, year: i32) -> String {
    match is_of_plans(&duty.name) || asks_for_plan(&duty.text) {
        true => format!("Kế hoạch triển khai năm {year}"),
        false => crate::calendar::label(Cycle::OneOff, year),
    }
}
