//! Due rules, their words and their yearly form; the table of "trước ngày 15/11" as facts.

use chrono::{Datelike, Days, Weekday};
use proptest::prelude::*;
use tonghop::calendar::{Cycle, DueDates, DueRule, DueTemplate, Holidays, Preset, Window, window};

use super::{any_day, day};

/// Copied by hand: year, last day of "trước ngày 15/11" with its weekday, and the same after rolling.
#[test]
fn before_15_november_of_seven_years() {
    let table = [
        (2024, day(2024, 11, 14), Weekday::Thu, day(2024, 11, 14), Weekday::Thu),
        (2025, day(2025, 11, 14), Weekday::Fri, day(2025, 11, 14), Weekday::Fri),
        (2026, day(2026, 11, 14), Weekday::Sat, day(2026, 11, 16), Weekday::Mon),
        (2027, day(2027, 11, 14), Weekday::Sun, day(2027, 11, 15), Weekday::Mon),
        (2028, day(2028, 11, 14), Weekday::Tue, day(2028, 11, 14), Weekday::Tue),
        (2029, day(2029, 11, 14), Weekday::Wed, day(2029, 11, 14), Weekday::Wed),
        (2030, day(2030, 11, 14), Weekday::Thu, day(2030, 11, 14), Weekday::Thu),
    ];
    let template = DueTemplate::Before { month: 11, day: 15 };
    for (year, last_day, last_weekday, rolled, rolled_weekday) in table {
        assert_eq!((last_day.weekday(), rolled.weekday()), (last_weekday, rolled_weekday));
        let rule = template.for_year(year).expect("15/11 exists");
        assert_eq!(rule, DueRule::Before(day(year, 11, 15)));
        let as_written = DueDates::new(&rule, false, None, &Holidays::default());
        assert_eq!((as_written.stated, as_written.effective), (Some(last_day), Some(last_day)));
        let rolling = DueDates::new(&rule, true, None, &Holidays::default());
        assert_eq!((rolling.stated, rolling.effective), (Some(last_day), Some(rolled)));
        assert_eq!(rolling.deadline(), Some(rolled));
    }
}

#[test]
fn an_extension_replaces_the_deadline_and_never_rolls() {
    let rule = DueRule::Before(day(2026, 11, 15));
    let sunday = day(2026, 11, 22);
    let dates = DueDates::new(&rule, true, Some(sunday), &Holidays::default());
    assert_eq!(dates.stated, Some(day(2026, 11, 14)));
    assert_eq!(dates.effective, Some(day(2026, 11, 16)));
    assert_eq!(dates.deadline(), Some(sunday));
}

#[test]
fn an_undated_duty_has_no_day() {
    let dates = DueDates::new(&DueRule::Undated, true, None, &Holidays::default());
    assert_eq!(dates, DueDates::default());
    assert_eq!(dates.deadline(), None);
}

#[test]
fn rules_in_words() {
    let table = [
        (DueRule::Before(day(2025, 11, 15)), "trước ngày 15/11/2025"),
        (DueRule::Before(day(2025, 2, 15)), "trước ngày 15/02/2025"),
        (DueRule::By(day(2025, 6, 17)), "chậm nhất ngày 17/6/2025"),
        (DueRule::By(day(2025, 6, 5)), "chậm nhất ngày 05/6/2025"),
        (DueRule::Undated, "theo quy định, chưa ấn định ngày"),
    ];
    for (rule, words) in table {
        assert_eq!(rule.text(), words);
        assert_eq!(DueRule::from_parts(rule.code(), rule.date()), Some(rule));
    }
    assert_eq!(DueRule::from_parts("before", None), None);
    assert_eq!(DueRule::from_parts("undated", Some(day(2025, 1, 1))), None);
    assert_eq!(DueRule::from_parts("soon", None), None);
}

#[test]
fn templates_in_words_and_parts() {
    let table = [
        (DueTemplate::Before { month: 11, day: 15 }, "before", "trước ngày 15/11 hằng năm"),
        (DueTemplate::By { month: 6, day: 5 }, "by", "chậm nhất ngày 05/6 hằng năm"),
        (DueTemplate::DaysAfterWindow(10), "days_after_window", "trong 10 ngày kể từ ngày chốt số liệu"),
        (
            DueTemplate::WorkingDaysAfterWindow(5),
            "working_days_after_window",
            "trong 5 ngày làm việc kể từ ngày chốt số liệu",
        ),
        (DueTemplate::Undated, "undated", "theo quy định, chưa ấn định ngày"),
    ];
    for (template, code, words) in table {
        assert_eq!(template.code(), code);
        assert_eq!(DueTemplate::from_parts(code, template.month_and_day(), template.days()), Some(template));
        assert_eq!(template.text(), words);
    }
    let refused = [
        ("before", None, None),
        ("by", Some((2, 29)), None),
        ("by", Some((13, 1)), None),
        ("by", Some((6, 31)), None),
        ("by", Some((6, 5)), Some(3)),
        ("days_after_window", None, None),
        ("working_days_after_window", None, None),
        ("working_days_after_window", Some((6, 5)), Some(3)),
        ("undated", Some((1, 1)), None),
        ("soon", None, None),
    ];
    for (code, month_and_day, days) in refused {
        assert_eq!(DueTemplate::from_parts(code, month_and_day, days), None, "{code} {month_and_day:?}");
    }
}

#[test]
fn a_day_of_the_year_is_taken_near_the_end_of_the_window() {
    let year = window(Preset::Nd09, Cycle::Year, 2025).expect("year");
    let half = window(Preset::Nd09, Cycle::FirstHalf, 2025).expect("half");
    let second = window(Preset::Nd09, Cycle::SecondHalf, 2025).expect("half");
    let table = [
        (DueTemplate::Before { month: 11, day: 15 }, year, DueRule::Before(day(2025, 11, 15))),
        (DueTemplate::By { month: 12, day: 20 }, year, DueRule::By(day(2025, 12, 20))),
        (DueTemplate::By { month: 1, day: 5 }, year, DueRule::By(day(2026, 1, 5))),
        (DueTemplate::By { month: 1, day: 5 }, second, DueRule::By(day(2026, 1, 5))),
        (DueTemplate::By { month: 6, day: 5 }, half, DueRule::By(day(2025, 6, 5))),
        (DueTemplate::DaysAfterWindow(3), half, DueRule::By(day(2025, 6, 17))),
        (DueTemplate::DaysAfterWindow(0), half, DueRule::By(day(2025, 6, 14))),
        // 14/6/2025 is a Saturday: Monday, Tuesday, Wednesday.
        (DueTemplate::WorkingDaysAfterWindow(3), half, DueRule::By(day(2025, 6, 18))),
        (DueTemplate::Undated, half, DueRule::Undated),
    ];
    for (template, window, rule) in table {
        assert_eq!(template.for_window(&window, &Holidays::default()), Some(rule), "{template:?}");
    }
    assert_eq!(DueTemplate::By { month: 2, day: 30 }.for_window(&year, &Holidays::default()), None);
    assert_eq!(DueTemplate::By { month: 2, day: 29 }.for_year(2024), None);
    assert_eq!(DueTemplate::DaysAfterWindow(3).for_year(2025), None);
    assert_eq!(DueTemplate::WorkingDaysAfterWindow(3).for_year(2025), None);
}

proptest! {
    /// "Before X" leaves exactly the days earlier than X, "by X" those and X itself.
    #[test]
    fn before_and_by_differ_by_one_day(x in any_day(), offset in 0u64..20) {
        let asked = x - Days::new(10) + Days::new(offset);
        let in_time = |rule: DueRule| rule.last_day().is_some_and(|last| asked <= last);
        prop_assert_eq!(in_time(DueRule::Before(x)), asked < x);
        prop_assert_eq!(in_time(DueRule::By(x)), asked <= x);
        prop_assert!(!in_time(DueRule::Undated));
    }

    /// The chosen year is never further from the window's end than the year before or after.
    #[test]
    fn the_nearest_year_is_within_half_a_year(to in any_day(), month in 1u32..=12, date in 1u32..=28) {
        let window = Window { from: to - Days::new(30), to };
        let template = DueTemplate::By { month, day: date };
        let due = template.for_window(&window, &Holidays::default()).and_then(|rule| rule.date());
        let due = due.expect("a day that exists every year");
        prop_assert_eq!((due.month(), due.day()), (month, date));
        prop_assert!((due - to).num_days().abs() <= 183);
    }
}
