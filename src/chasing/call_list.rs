//! Who is called first. Pure: the duties of a period, the promises and the day in, lines in order out. Stands between the
//! log and the page of the call list; the compiler's queue asks the same rules.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Promise, days_past, owes, promise};
use crate::calendar::{Holidays, Now, SOON_DAYS};
use crate::db::ids::ObligationId;
use crate::periods::Duty;

/// Why a body stands where it stands in the list; in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It promised a day and the day has passed.
    Broken,
    /// Past its last day, without a promise that runs.
    Past,
    /// Its last day is near.
    Near,
    /// It has promised a day that has not passed: nobody calls before.
    Promised,
    /// Nothing presses: the day is far or none was given.
    Later,
}

impl Urgency {
    /// Whether somebody is to be called now.
    pub fn is_to_call(self) -> bool {
        self < Urgency::Promised
    }
}

/// One body of the list.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    pub duty: &'a Duty,
    pub urgency: Urgency,
    pub promise: Option<Promise>,
    /// Days past its last day; 0 before it and without one.
    pub days: i64,
    /// Assigned bodies before those that are asked, where the days are the same.
    courteous: bool,
    day: Option<NaiveDate>,
}

/// Everybody who still owes, the most urgent first. `courteous` says of a duty whether its body is asked and never late.
pub fn lines<'a>(
    duties: &'a [Duty],
    promises: &HashMap<ObligationId, NaiveDate>,
    rolling: bool,
    holidays: &Holidays,
    now: impl Into<Now>,
    courteous: impl Fn(&Duty) -> bool,
) -> Vec<Line<'a>> {
    let now = now.into();
    let today = now.today;
    let mut lines: Vec<Line<'a>> = duties
        .iter()
        .filter(|duty| owes(duty))
        .map(|duty| {
            let promised = promise(duty, promises.get(&duty.obligation.id).copied(), today);
            let day = duty.pressing_day(rolling, holidays);
            let days = days_past(duty, rolling, holidays, now).unwrap_or_default();
            let near = day.is_some_and(|day| (day - today).num_days() <= SOON_DAYS);
            let urgency = match promised {
                Some(Promise::Broken(_)) => Urgency::Broken,
                Some(Promise::Runs(_)) => Urgency::Promised,
                None if days > 0 => Urgency::Past,
                None if near => Urgency::Near,
                None => Urgency::Later,
            };
            Line { duty, urgency, promise: promised, days, courteous: courteous(duty), day }
        })
        .collect();
    lines.sort_by_key(|line| {
        let promised = match line.promise {
            Some(Promise::Broken(day) | Promise::Runs(day)) => Some(day),
            None => None,
        };
        (
            line.urgency,
            promised,
            Reverse(line.days),
            line.day.is_none(),
            line.day,
            line.courteous,
            line.duty.obligation.id,
        )
    });
    lines
}
