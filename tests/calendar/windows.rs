//! Windows of the presets: dates copied by hand from NĐ 09/2019 Điều 12, and the laws of tiling.

use proptest::prelude::*;
use tonghop::calendar::{Cycle, Preset, Window, preceding, window};

use super::{any_day, day};

fn at(preset: Preset, cycle: Cycle, year: i32) -> Window {
    window(preset, cycle, year).expect("the preset defines this cycle")
}

#[test]
fn nd09_windows_are_those_of_article_12() {
    let table = [
        (Cycle::FirstHalf, day(2024, 12, 15), day(2025, 6, 14)),
        (Cycle::SecondHalf, day(2025, 6, 15), day(2025, 12, 14)),
        (Cycle::Year, day(2024, 12, 15), day(2025, 12, 14)),
        (Cycle::NineMonths, day(2024, 12, 15), day(2025, 9, 14)),
        (Cycle::Quarter(1), day(2024, 12, 15), day(2025, 3, 14)),
        (Cycle::Quarter(2), day(2025, 3, 15), day(2025, 6, 14)),
        (Cycle::Quarter(3), day(2025, 6, 15), day(2025, 9, 14)),
        (Cycle::Quarter(4), day(2025, 9, 15), day(2025, 12, 14)),
        (Cycle::Month(1), day(2024, 12, 15), day(2025, 1, 14)),
        (Cycle::Month(2), day(2025, 1, 15), day(2025, 2, 14)),
        (Cycle::Month(12), day(2025, 11, 15), day(2025, 12, 14)),
    ];
    for (cycle, from, to) in table {
        assert_eq!(window(Preset::Nd09, cycle, 2025), Some(Window { from, to }), "{cycle:?}");
    }
}

#[test]
fn the_police_and_judgment_years_are_as_known() {
    let table = [
        (Preset::Police, Cycle::FirstHalf, day(2024, 11, 15), day(2025, 5, 14)),
        (Preset::Police, Cycle::SecondHalf, day(2025, 5, 15), day(2025, 11, 14)),
        (Preset::Police, Cycle::Year, day(2024, 11, 15), day(2025, 11, 14)),
        (Preset::Judgments, Cycle::FirstHalf, day(2024, 10, 1), day(2025, 3, 31)),
        (Preset::Judgments, Cycle::SecondHalf, day(2025, 4, 1), day(2025, 9, 30)),
        (Preset::Judgments, Cycle::Year, day(2024, 10, 1), day(2025, 9, 30)),
    ];
    for (preset, cycle, from, to) in table {
        assert_eq!(window(preset, cycle, 2025), Some(Window { from, to }), "{preset:?} {cycle:?}");
    }
}

#[test]
fn what_a_preset_does_not_define_has_no_window() {
    for preset in Preset::ALL {
        for cycle in [
            Cycle::OneOff,
            Cycle::AdHoc,
            Cycle::Quarter(0),
            Cycle::Quarter(5),
            Cycle::Month(0),
            Cycle::Month(13),
        ] {
            assert_eq!(window(preset, cycle, 2025), None, "{preset:?} {cycle:?}");
        }
        assert_eq!(window(preset, Cycle::Year, i32::MAX), None);
        assert_eq!(window(preset, Cycle::Year, i32::MIN), None);
    }
    assert_eq!(window(Preset::Police, Cycle::Quarter(1), 2025), None);
    assert_eq!(window(Preset::Judgments, Cycle::Month(1), 2025), None);
}

#[test]
fn a_window_says_its_ends_in_words() {
    let half = at(Preset::Nd09, Cycle::FirstHalf, 2025);
    assert_eq!(half.to_string(), "từ ngày 15/12/2024 đến ngày 14/6/2025");
    assert_eq!(Window::new(day(2025, 2, 1), day(2025, 1, 31)), None);
    assert_eq!(Window::new(day(2025, 2, 1), day(2025, 2, 1)).expect("one day").days(), 1);
}

#[test]
fn preset_codes_read_back() {
    for preset in Preset::ALL {
        assert_eq!(Preset::from_code(preset.code()), Some(preset));
    }
    assert_eq!(Preset::from_code("ND09"), None);
}

fn any_preset() -> impl Strategy<Value = Preset> {
    prop::sample::select(Preset::ALL.to_vec())
}

/// The parts of a year that a preset may define, each list meant to fill the year exactly.
fn tilings() -> Vec<Vec<Cycle>> {
    vec![
        vec![Cycle::Year],
        vec![Cycle::FirstHalf, Cycle::SecondHalf],
        (1..=4).map(Cycle::Quarter).collect(),
        (1..=12).map(Cycle::Month).collect(),
    ]
}

proptest! {
    /// Whatever a preset defines covers every day of three years running exactly once.
    #[test]
    fn windows_tile_the_years(preset in any_preset(), year in 1990i32..2100) {
        for cycles in tilings() {
            let parts: Vec<Window> = (year - 1..=year + 1)
                .flat_map(|year| cycles.iter().filter_map(move |cycle| window(preset, *cycle, year)))
                .collect();
            if parts.is_empty() {
                continue;
            }
            prop_assert_eq!(parts.len(), cycles.len() * 3, "a preset defines all quarters or none");
            let mut next = at(preset, Cycle::Year, year - 1).from;
            for part in &parts {
                let mut walked = part.from;
                prop_assert_eq!(part.from, next);
                let mut days = 1;
                while walked != part.to {
                    walked = walked.succ_opt().expect("a next day");
                    days += 1;
                }
                prop_assert_eq!(part.days(), days);
                next = part.to.succ_opt().expect("a next day");
            }
            prop_assert_eq!(next, at(preset, Cycle::Year, year + 1).to.succ_opt().expect("a next day"));
        }
    }

    /// Sums over parts equal sums over the whole only if the windows join end to end.
    #[test]
    fn halves_make_the_year_and_quarters_the_half(preset in any_preset(), year in 1990i32..2100) {
        let (h1, h2) = (at(preset, Cycle::FirstHalf, year), at(preset, Cycle::SecondHalf, year));
        let whole = at(preset, Cycle::Year, year);
        prop_assert_eq!((h1.from, h2.to), (whole.from, whole.to));
        prop_assert_eq!(h1.to.succ_opt(), Some(h2.from));
        prop_assert_eq!(h1.days() + h2.days(), whole.days());
        let (q1, q2) = (at(Preset::Nd09, Cycle::Quarter(1), year), at(Preset::Nd09, Cycle::Quarter(2), year));
        let half = at(Preset::Nd09, Cycle::FirstHalf, year);
        prop_assert_eq!((q1.from, q2.to), (half.from, half.to));
        prop_assert_eq!(q1.to.succ_opt(), Some(q2.from));
        let nine = at(Preset::Nd09, Cycle::NineMonths, year);
        prop_assert_eq!((nine.from, nine.to), (half.from, at(Preset::Nd09, Cycle::Quarter(3), year).to));
    }

    /// The preceding period ends the day before this one begins.
    #[test]
    fn the_preceding_period_touches_this_one(preset in any_preset(), year in 1990i32..2100) {
        for cycle in tilings().into_iter().flatten() {
            let Some(this) = window(preset, cycle, year) else { continue };
            let (cycle, year) = preceding(cycle, year).expect("a recurring part of a year follows another");
            prop_assert_eq!(at(preset, cycle, year).to.succ_opt(), Some(this.from));
        }
    }

    /// `overlaps` against asking every day of one window whether the other contains it.
    #[test]
    fn overlap_means_a_shared_day(a in any_day(), b in any_day(), long in 0u64..40, near in 0u64..60) {
        let first = Window { from: a, to: a + chrono::Days::new(long) };
        for start in [b, a + chrono::Days::new(near)] {
            let second = Window { from: start, to: start + chrono::Days::new(20) };
            let shared = first.from.iter_days().take_while(|day| *day <= first.to).any(|day| second.contains(day));
            prop_assert_eq!(first.overlaps(&second), shared);
            prop_assert_eq!(second.overlaps(&first), shared);
        }
    }
}

proptest! {
    /// Day by day.
    #[test]
    fn one_window_encloses_another_when_it_has_all_its_days(a in 0i64..12, b in 0i64..12, c in 0i64..12, d in 0i64..12) {
        let at = |offset: i64| day(2024, 12, 15) + chrono::Duration::days(offset);
        let span = |x: i64, y: i64| Window::new(at(x.min(y)), at(x.max(y))).unwrap();
        let (outer, inner) = (span(a, b), span(c, d));
        let mut all = (0..12).map(at).filter(|day| inner.from <= *day && *day <= inner.to);
        let naive = all.all(|day| outer.from <= day && day <= outer.to);
        prop_assert_eq!(outer.encloses(inner), naive);
    }

    #[test]
    fn the_halves_lie_in_their_year(year in 2000i32..2100) {
        for preset in Preset::ALL {
            let of = |cycle, year| window(preset, cycle, year).unwrap();
            for half in [Cycle::FirstHalf, Cycle::SecondHalf] {
                prop_assert!(of(Cycle::Year, year).encloses(of(half, year)));
                prop_assert!(!of(Cycle::Year, year).encloses(of(half, year + 1)));
            }
        }
    }
}
