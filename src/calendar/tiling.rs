//! Whether the windows of a regime fill the year: no day left out, none counted in two periods of one length.
//! Pure; it stands between the windows an administrator chooses and the warning before they are kept. What it finds is
//! a warning: a regime may have its reasons.

use chrono::{Days, NaiveDate};

use super::{Cycle, Window};
use crate::vietnamese::short_date;

/// What is odd about the windows of a regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Days between two periods of one length that neither counts.
    Gap(Window),
    /// Days that two periods of one length both count.
    Overlap(Window),
    /// The parts of a year do not begin or end with the year itself: the part and the year.
    Apart(Cycle, Window, Window),
}

impl Fault {
    /// The fault as a sentence.
    pub fn text(&self) -> String {
        match self {
            Fault::Gap(days) if days.from == days.to => {
                format!("Ngày {} không thuộc kỳ nào.", short_date(days.from))
            }
            Fault::Gap(days) => {
                format!(
                    "Các ngày từ {} đến {} không thuộc kỳ nào.",
                    short_date(days.from),
                    short_date(days.to)
                )
            }
            Fault::Overlap(days) => format!(
                "Các ngày từ {} đến {} được tính vào hai kỳ liền nhau.",
                short_date(days.from),
                short_date(days.to)
            ),
            Fault::Apart(_, part, whole) => format!(
                "Kỳ {} – {} không khớp với kỳ năm {} – {}: số cả năm sẽ không bằng tổng các kỳ.",
                short_date(part.from),
                short_date(part.to),
                short_date(whole.from),
                short_date(whole.to)
            ),
        }
    }
}

/// The families of periods that together make a year.
fn families() -> [Vec<Cycle>; 4] {
    [
        vec![Cycle::Year],
        vec![Cycle::FirstHalf, Cycle::SecondHalf],
        (1..=4).map(Cycle::Quarter).collect(),
        (1..=12).map(Cycle::Month).collect(),
    ]
}

/// The faults of the windows by which a regime counts, looked at over the year given and the next. `window` answers the
/// window of a cycle in a year; a family of which the regime asks only some (the first half and the year) is compared
/// with the year alone.
pub fn faults(cycles: &[Cycle], window: impl Fn(Cycle, i32) -> Option<Window>, year: i32) -> Vec<Fault> {
    let mut faults = Vec::new();
    let whole = cycles.contains(&Cycle::Year).then(|| window(Cycle::Year, year)).flatten();
    for family in families() {
        let asked: Vec<Cycle> = family.iter().copied().filter(|cycle| cycles.contains(cycle)).collect();
        let windows: Vec<Window> = (year..=year + 1)
            .flat_map(|year| asked.iter().filter_map(|c| window(*c, year)).collect::<Vec<_>>())
            .collect();
        let complete = asked.len() == family.len() && windows.len() == 2 * family.len();
        for pair in windows.windows(2) {
            if let Some(overlap) = shared(&pair[0], &pair[1]) {
                faults.push(Fault::Overlap(overlap));
            } else if let Some(gap) = between(&pair[0], &pair[1]).filter(|_| complete) {
                faults.push(Fault::Gap(gap));
            }
        }
        if let Some(whole) = whole.filter(|_| !family.contains(&Cycle::Year)) {
            apart(&family, &asked, &window, year, whole, &mut faults);
        }
    }
    if let Some((whole, nine)) =
        whole.zip(cycles.contains(&Cycle::NineMonths).then(|| window(Cycle::NineMonths, year)).flatten())
        && (nine.from != whole.from || nine.to > whole.to)
    {
        faults.push(Fault::Apart(Cycle::NineMonths, nine, whole));
    }
    faults
}

/// The first and last part of a family against the year.
fn apart(
    family: &[Cycle],
    asked: &[Cycle],
    window: &impl Fn(Cycle, i32) -> Option<Window>,
    year: i32,
    whole: Window,
    faults: &mut Vec<Fault>,
) {
    for cycle in asked {
        let Some(part) = window(*cycle, year) else { continue };
        let first = family.first() == Some(cycle) && part.from != whole.from;
        let last = family.last() == Some(cycle) && part.to != whole.to;
        if first || last || part.from < whole.from || part.to > whole.to {
            faults.push(Fault::Apart(*cycle, part, whole));
        }
    }
}

fn shared(a: &Window, b: &Window) -> Option<Window> {
    Window::new(a.from.max(b.from), a.to.min(b.to))
}

/// The days strictly between the end of one and the beginning of the next.
fn between(a: &Window, b: &Window) -> Option<Window> {
    let after: NaiveDate = a.to.checked_add_days(Days::new(1))?;
    let before: NaiveDate = b.from.checked_sub_days(Days::new(1))?;
    Window::new(after, before)
}
