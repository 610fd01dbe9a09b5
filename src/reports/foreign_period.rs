//! Words that name another kind of period than the report's own, as a text copied from last time has them.

use crate::calendar::Cycle;
use crate::vietnamese::search_key;

/// Whether a section speaks of the period to come, by its heading: "Phương hướng, nhiệm vụ kỳ tới".
pub fn looks_ahead(title: &str) -> bool {
    let key = search_key(title);
    ["phuong huong", "ky toi", "thoi gian toi"].iter().any(|words| key.contains(words))
}

/// The last quarter a period covers: what comes later in the year belongs to the periods ahead. 0 where the next
/// period begins another year, in which every quarter lies ahead.
fn last_quarter(cycle: Cycle) -> u8 {
    match cycle {
        Cycle::Quarter(number) if number < 4 => number,
        Cycle::FirstHalf => 2,
        Cycle::NineMonths => 3,
        _ => 0,
    }
}

/// A word that names another kind of period than the report's: "quý II" in a half-year report. Where the section
/// looks ahead, the words of the periods to come are right.
pub fn foreign_period(body: &str, cycle: Option<Cycle>, ahead: bool) -> Option<&'static str> {
    const QUARTERS: [(&str, &str, u8); 4] =
        [("qui i", "quý I", 1), ("qui ii", "quý II", 2), ("qui iii", "quý III", 3), ("qui iv", "quý IV", 4)];
    let own_quarter = match cycle? {
        Cycle::Quarter(number) => Some(number),
        Cycle::FirstHalf | Cycle::SecondHalf | Cycle::NineMonths => None,
        Cycle::Year | Cycle::Month(_) | Cycle::OneOff | Cycle::AdHoc => return None,
    };
    let key = format!(" {} ", search_key(body));
    let names = |words: &str| key.contains(&format!(" {words} "));
    if let Some((_, shown, _)) = QUARTERS.iter().find(|(words, _, number)| {
        let to_come = ahead && cycle.is_some_and(|cycle| *number > last_quarter(cycle));
        names(words) && Some(*number) != own_quarter && !to_come
    }) {
        return Some(shown);
    }
    let to_come = ahead && cycle.is_some_and(|cycle| last_quarter(cycle) < 3);
    (cycle != Some(Cycle::NineMonths) && names("9 thang") && !to_come).then_some("9 tháng")
}
