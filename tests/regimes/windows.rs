//! Windows of a regime's own and whether windows fill the year, against counting days one by one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::calendar::tiling::{Fault, faults};
use tonghop::calendar::{Cycle, DayOfYear, OwnWindow, Preset, Window, window};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn own(text: &str) -> OwnWindow {
    OwnWindow::from_code(text).expect("a window")
}

#[test]
fn an_own_window_ends_in_its_year() {
    let table = [
        ("15/12-14/06", 2026, day(2025, 12, 15), day(2026, 6, 14)),
        ("01/01-31/12", 2026, day(2026, 1, 1), day(2026, 12, 31)),
        ("01/03-29/02", 2026, day(2025, 3, 1), day(2026, 2, 28)),
        ("01/03-29/02", 2028, day(2027, 3, 1), day(2028, 2, 29)),
        ("29/02-28/03", 2026, day(2026, 3, 1), day(2026, 3, 28)),
        ("29/02-28/03", 2028, day(2028, 2, 29), day(2028, 3, 28)),
        ("05/05-05/05", 2026, day(2026, 5, 5), day(2026, 5, 5)),
    ];
    for (code, year, from, to) in table {
        assert_eq!(own(code).in_year(year), Some(Window { from, to }), "{code} {year}");
        assert_eq!(own(code).code(), code);
    }
    assert_eq!(own("15/12-14/06").text(), "15/12 – 14/6");
    for wrong in ["", "15/12", "31/04-01/05", "30/02-01/03", "1-2", "00/01-01/02", "15/13-01/01"] {
        assert_eq!(OwnWindow::from_code(wrong), None, "{wrong}");
    }
    assert_eq!(DayOfYear::parse(" 5/6 ").map(|d| d.text()), Some("05/6".to_owned()));
}

#[test]
fn a_gap_an_overlap_and_a_year_apart_are_told() {
    let told = |halves: [&str; 2], year: &str| {
        let of = |cycle, y| match cycle {
            Cycle::FirstHalf => own(halves[0]).in_year(y),
            Cycle::SecondHalf => own(halves[1]).in_year(y),
            _ => own(year).in_year(y),
        };
        faults(&[Cycle::FirstHalf, Cycle::SecondHalf, Cycle::Year], of, 2026)
    };
    assert_eq!(told(["15/12-14/06", "15/06-14/12"], "15/12-14/12"), vec![]);
    let gap = told(["15/12-13/06", "15/06-14/12"], "15/12-14/12");
    assert_eq!(gap.first(), Some(&Fault::Gap(Window { from: day(2026, 6, 14), to: day(2026, 6, 14) })));
    assert_eq!(gap[0].text(), "Ngày 14/6/2026 không thuộc kỳ nào.");
    let overlap = told(["15/12-16/06", "15/06-14/12"], "15/12-14/12");
    assert_eq!(
        overlap.first(),
        Some(&Fault::Overlap(Window { from: day(2026, 6, 15), to: day(2026, 6, 16) }))
    );
    let apart = told(["15/11-14/05", "15/05-14/11"], "15/12-14/12");
    assert!(matches!(
        apart.as_slice(),
        [Fault::Apart(Cycle::FirstHalf, ..), Fault::Apart(Cycle::SecondHalf, ..)]
    ));
    // The half alone is asked with the year: its beginning is compared, its end is nobody's business.
    let half = |cycle, y| {
        if cycle == Cycle::FirstHalf { own("15/12-14/06").in_year(y) } else { own("15/12-14/12").in_year(y) }
    };
    assert_eq!(faults(&[Cycle::FirstHalf, Cycle::Year], half, 2026), vec![]);
}

fn families() -> Vec<Vec<Cycle>> {
    vec![
        vec![Cycle::Year],
        vec![Cycle::FirstHalf, Cycle::SecondHalf],
        (1..=4).map(Cycle::Quarter).collect(),
        (1..=12).map(Cycle::Month).collect(),
    ]
}

/// Days counted by no window or by several, strictly inside what the windows of two years span.
fn oracle(windows: &[Window]) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    let mut counted: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let (first, last) = (
        windows.iter().map(|w| w.from).min().expect("one"),
        windows.iter().map(|w| w.to).max().expect("one"),
    );
    for day in first.iter_days().take_while(|day| *day <= last) {
        counted.insert(day, windows.iter().filter(|w| w.contains(day)).count());
    }
    let of = |wanted: fn(usize) -> bool| {
        counted.iter().filter(|(_, n)| wanted(**n)).map(|(day, _)| *day).collect::<Vec<_>>()
    };
    (of(|n| n == 0), of(|n| n > 1))
}

fn days(faults: &[Fault], wanted: fn(&Fault) -> Option<Window>) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = faults
        .iter()
        .filter_map(wanted)
        .flat_map(|w| w.from.iter_days().take_while(move |day| *day <= w.to).collect::<Vec<_>>())
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

proptest! {
    /// Every preset, whole families of what it defines with the year: nothing to tell.
    #[test]
    fn presets_have_no_fault(preset in prop::sample::select(Preset::ALL.to_vec()), year in 1990i32..2100) {
        for family in families() {
            if family.iter().all(|cycle| window(preset, *cycle, year).is_some()) {
                let mut cycles = family.clone();
                cycles.push(Cycle::Year);
                prop_assert_eq!(faults(&cycles, |cycle, year| window(preset, cycle, year), year), vec![]);
            }
        }
    }

    /// Months and quarters that close on one day of the month fill the years, February included.
    #[test]
    fn parts_closed_on_a_day_of_the_month_fill_the_years(closing in 1u32..=31, year in 1990i32..2100) {
        let month = |cycle, year| match cycle {
            Cycle::Month(number) => OwnWindow::closing(closing, u32::from(number), 1)?.in_year(year),
            Cycle::Quarter(number) => OwnWindow::closing(closing, u32::from(number) * 3, 3)?.in_year(year),
            _ => None,
        };
        for family in &families()[2..] {
            prop_assert_eq!(faults(family, month, year), vec![]);
            let windows: Vec<Window> =
                (year..=year + 1).flat_map(|y| family.iter().filter_map(move |c| month(*c, y))).collect();
            prop_assert_eq!(windows.len(), family.len() * 2);
            prop_assert_eq!(oracle(&windows), (vec![], vec![]));
        }
    }

    /// Halves of any days: the days told as left out or counted twice are those a count of days finds.
    #[test]
    fn what_is_told_is_what_counting_finds(
        turn in (1u32..=28, 1u32..=12), middle in (1u32..=28, 1u32..=12), year in 1990i32..2100, slack in -3i64..=3,
    ) {
        let at = |(day, month): (u32, u32)| DayOfYear::new(day, month).expect("a day");
        let shifted = |of: (u32, u32), by: i64| {
            let date = day(2025, of.1, of.0) + chrono::Duration::days(by);
            use chrono::Datelike;
            DayOfYear::new(date.day(), date.month()).expect("a day")
        };
        let first = OwnWindow { from: at(turn), to: shifted(middle, -1) };
        let second = OwnWindow { from: shifted(middle, slack), to: shifted(turn, -1) };
        let of = |cycle, year| if cycle == Cycle::FirstHalf { first.in_year(year) } else { second.in_year(year) };
        let windows: Vec<Window> = (year..=year + 1)
            .flat_map(|y| [of(Cycle::FirstHalf, y), of(Cycle::SecondHalf, y)])
            .flatten()
            .collect();
        // Only halves that follow one another in the order of the year are what the rule is about.
        prop_assume!(windows.windows(2).all(|pair| pair[0].from < pair[1].from && pair[0].to < pair[1].to));
        let found = faults(&[Cycle::FirstHalf, Cycle::SecondHalf], of, year);
        let (gaps, twice) = oracle(&windows);
        prop_assert_eq!(days(&found, |f| match f { Fault::Gap(w) => Some(*w), _ => None }), gaps);
        prop_assert_eq!(days(&found, |f| match f { Fault::Overlap(w) => Some(*w), _ => None }), twice);
    }
}
