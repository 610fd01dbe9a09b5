//! When each notice falls: a table made by hand, and properties against the plainest reading of the rule.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::*;
use tonghop::calendar::{DayKind, Holidays, LastHour};
use tonghop::notices::Level;
use tonghop::notices::Steps;
use tonghop::notices::plan::levels;
use tonghop::notices::schedule::Press;

use super::day;

const SEVEN: NaiveTime = NaiveTime::from_hms_opt(7, 0, 0).expect("an hour");

/// 24/11 off, Monday 23/11 exchanged for Saturday 21/11.
pub fn november_2026() -> Holidays {
    [
        (day("2026-11-24"), DayKind::Holiday),
        (day("2026-11-23"), DayKind::SwappedOff),
        (day("2026-11-21"), DayKind::SwappedWork),
    ]
    .into_iter()
    .collect()
}

#[test]
fn each_falls_on_the_day_of_the_table_made_by_hand() {
    let holidays = november_2026();
    let table = include_str!("days_2026.csv");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<i32> =
        lines.next().expect("a head").split(',').skip(1).map(|step| step.parse().expect("a step")).collect();
    assert_eq!(head, Steps::default().all(), "the table has the usual steps");
    let mut seen = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let press = Press::by(day(cells[0]));
        for (step, cell) in head.iter().zip(&cells[1..]) {
            let expected = (*cell != "-").then(|| day(cell));
            assert_eq!(press.day_of(*step, SEVEN, &holidays), expected, "{} {step}", cells[0]);
            seen += 1;
        }
    }
    assert_eq!(seen, 40);
}

/// "Trước ngày 15/11/2026": everything that warns has come by Friday the 13th, and on Friday it says once.
#[test]
fn what_falls_together_is_said_once_and_the_later() {
    let (holidays, steps) = (november_2026(), Steps::default());
    let press = Press::by(day("2026-11-14"));
    let said: Vec<(NaiveDate, i32)> = day("2026-10-20")
        .iter_days()
        .take(60)
        .filter(|today| holidays.is_working_day(*today))
        .filter_map(|today| {
            let before = today.pred_opt().expect("a day");
            Some((today, press.step_on(&steps, (before, today), SEVEN, &holidays)?))
        })
        .collect();
    let expected = [
        ("2026-10-30", -15),
        ("2026-11-06", -7),
        ("2026-11-11", -3),
        ("2026-11-13", 0),
        ("2026-11-16", 1),
        ("2026-11-17", 3),
        ("2026-11-21", 7),
    ];
    assert_eq!(said, expected.map(|(text, step)| (day(text), step)));
}

#[test]
fn an_hour_before_the_first_of_the_day_moves_the_last_word_to_the_day_before() {
    let none = Holidays::default();
    let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).expect("an hour");
    let early = Press { hour: Some(LastHour::Before(hour(7))), ..Press::by(day("2025-06-18")) };
    assert_eq!(early.day_of(0, SEVEN, &none), Some(day("2025-06-17")));
    assert_eq!(early.day_of(-1, SEVEN, &none), Some(day("2025-06-17")));
    let late = Press { hour: Some(LastHour::By(hour(17))), ..early };
    assert_eq!(late.day_of(0, SEVEN, &none), Some(day("2025-06-18")));
}

#[test]
fn a_promise_is_waited_for_until_the_day_after_it() {
    let holidays = november_2026();
    let promised = |text: &str| Press { promised_until: Some(day(text)), ..Press::by(day("2026-11-14")) };
    // "Đã gọi 10/11, hẹn gửi ngày 13/11": the last word would come on Monday, when the time is over.
    let press = promised("2026-11-13");
    assert_eq!(press.day_of(-3, SEVEN, &holidays), None);
    assert_eq!(press.day_of(0, SEVEN, &holidays), None);
    assert_eq!(press.day_of(-7, SEVEN, &holidays), None);
    assert_eq!(press.day_of(1, SEVEN, &holidays), Some(day("2026-11-16")));
    // Promised for the 10th, the word of the 11th comes as ever.
    assert_eq!(promised("2026-11-10").day_of(-3, SEVEN, &holidays), Some(day("2026-11-11")));
    // Promised for after the last day: what is overdue waits too.
    assert_eq!(promised("2026-11-18").day_of(1, SEVEN, &holidays), Some(day("2026-11-19")));
    assert_eq!(promised("2026-11-18").day_of(3, SEVEN, &holidays), Some(day("2026-11-19")));
}

#[test]
fn steps_are_kept_in_order_and_within_bounds() {
    let steps = Steps::new([3, -5, 0, 3, -10]).expect("steps");
    assert_eq!(
        (steps.code().as_str(), steps.words().as_str()),
        ("-10,-5,0,3", "trước 10, 5 ngày; trong ngày đến hạn; sau 3 ngày")
    );
    assert_eq!(Steps::from_code(&steps.code()), steps);
    assert_eq!(Steps::from_code("x"), Steps::default());
    assert!(Steps::new([61]).is_err() && Steps::new(1..30).is_err());
    assert_eq!(Steps::new([]).expect("none").words(), "không nhắc");
    assert_eq!(Steps::from_code("").all(), &[] as &[i32]);
}

#[test]
fn leaders_are_told_from_the_first_and_the_last_day_after_and_never_of_who_is_asked() {
    let usual = Steps::default();
    assert_eq!(levels(&usual, 0, false), []);
    assert_eq!(levels(&usual, 1, false), [Level::UnitLeader]);
    assert_eq!(levels(&usual, 7, false), [Level::UnitLeader, Level::CompilingLeader]);
    assert_eq!(levels(&usual, 7, true), []);
    let one = Steps::new([-3, 2]).expect("steps");
    assert_eq!(levels(&one, 2, false), [Level::UnitLeader]);
}

fn holidays() -> impl Strategy<Value = Holidays> {
    let kind = prop_oneof![
        Just(DayKind::Holiday),
        Just(DayKind::Compensatory),
        Just(DayKind::SwappedOff),
        Just(DayKind::SwappedWork)
    ];
    prop::collection::vec((0..120_i64, kind), 0..20).prop_map(|days| {
        let first = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day");
        days.into_iter().map(|(n, kind)| (first + TimeDelta::days(n), kind)).collect()
    })
}

proptest! {
    #[test]
    fn what_warns_never_comes_too_late_and_always_on_a_working_day(
        holidays in holidays(),
        shift in 20..100_i64,
        step in -30..=10_i32,
        promise in prop::option::of(0..110_i64),
        hour in prop::option::of(0..24_u32),
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day");
        let deadline = first + TimeDelta::days(shift);
        let promised_until = promise.map(|n| first + TimeDelta::days(n));
        let hour = hour.map(|h| LastHour::Before(NaiveTime::from_hms_opt(h, 0, 0).expect("an hour")));
        let press = Press { deadline, hour, promised_until };
        let found = press.day_of(step, SEVEN, &holidays);
        if let Some(found) = found {
            prop_assert!(holidays.is_working_day(found));
            if step <= 0 {
                prop_assert!(found <= deadline);
                prop_assert!(found < deadline || hour.is_none_or(|hour| hour.time() > SEVEN));
            } else {
                prop_assert!(found >= deadline + TimeDelta::days(i64::from(step)));
            }
            prop_assert!(promised_until.is_none_or(|promised| found > promised));
        } else {
            prop_assert!(step <= 0 && promised_until.is_some());
        }
    }

    /// However long the runs stood still, each stretch says at most one thing, and it is the latest that fell in it.
    #[test]
    fn a_stop_folds_what_was_missed_into_one(
        holidays in holidays(),
        shift in 30..90_i64,
        runs in prop::collection::btree_set(0..115_i64, 1..20),
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day");
        let (press, steps) = (Press::by(first + TimeDelta::days(shift)), Steps::default());
        let mut after = first - TimeDelta::days(1);
        let mut said: Vec<i32> = Vec::new();
        for run in runs.into_iter().map(|n| first + TimeDelta::days(n)).filter(|day| holidays.is_working_day(*day)) {
            let step = press.step_on(&steps, (after, run), SEVEN, &holidays);
            // The plainest reading: go through the days of the stretch one by one.
            let mut plain = None;
            let mut at = after.succ_opt().expect("a day");
            while at <= run {
                let fallen = steps.all().iter().copied().filter(|k| press.day_of(*k, SEVEN, &holidays) == Some(at));
                plain = fallen.max().into_iter().chain(plain).max();
                at = at.succ_opt().expect("a day");
            }
            let plain = plain.filter(|k| *k > 0 || run <= press.deadline);
            prop_assert_eq!(step, plain);
            said.extend(step);
            after = run;
        }
        prop_assert!(said.windows(2).all(|two| two[0] < two[1]), "said again or backwards: {:?}", said);
    }
}
