//! Working days against a plain list of days off, and rolling against a day-by-day walk.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use tonghop::calendar::{DayKind, DueDates, DueRule, Holidays};

use super::{any_day, day};

/// Around Quốc khánh and Tết of 2026, with one made-up day and one Saturday worked in exchange.
fn some_holidays() -> Holidays {
    [
        (day(2026, 8, 31), DayKind::SwappedOff),
        (day(2026, 9, 1), DayKind::Holiday),
        (day(2026, 9, 2), DayKind::Holiday),
        (day(2026, 8, 22), DayKind::SwappedWork),
        (day(2026, 4, 27), DayKind::Compensatory),
    ]
    .into_iter()
    .collect()
}

#[test]
fn known_days_of_2026() {
    let holidays = some_holidays();
    let worked = [day(2026, 8, 28), day(2026, 9, 3), day(2026, 8, 22), day(2026, 4, 28)];
    let off = [day(2026, 8, 29), day(2026, 8, 30), day(2026, 8, 31), day(2026, 9, 2), day(2026, 4, 27)];
    assert!(worked.into_iter().all(|day| holidays.is_working_day(day)));
    assert!(!off.into_iter().any(|day| holidays.is_working_day(day)));
    assert_eq!(holidays.next_working_day_on_or_after(day(2026, 8, 29)), day(2026, 9, 3));
    assert_eq!(holidays.last_working_day_on_or_before(day(2026, 9, 2)), day(2026, 8, 28));
    assert_eq!(holidays.next_working_day_on_or_after(day(2026, 8, 22)), day(2026, 8, 22));
}

#[test]
fn the_last_working_day_before_sunday_15_november_2026_is_friday() {
    let holidays = Holidays::default();
    assert_eq!(holidays.last_working_day_on_or_before(day(2026, 11, 15)), day(2026, 11, 13));
    assert_eq!(holidays.last_working_day_before(day(2026, 11, 13)), day(2026, 11, 12));
    assert_eq!(holidays.last_working_day_before(day(2026, 11, 16)), day(2026, 11, 13));
}

#[test]
fn the_plan_before_saturday_15_february_2025_is_due_on_friday() {
    let dates = DueDates::new(&DueRule::Before(day(2025, 2, 15)), true, None, &Holidays::default());
    assert_eq!(dates.effective, Some(day(2025, 2, 14)));
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    let all_off: Holidays =
        [NaiveDate::MIN, NaiveDate::MAX].map(|day| (day, DayKind::Holiday)).into_iter().collect();
    assert_eq!(all_off.next_working_day_on_or_after(NaiveDate::MAX), NaiveDate::MAX);
    assert_eq!(all_off.last_working_day_on_or_before(NaiveDate::MIN), NaiveDate::MIN);
}

#[test]
fn kinds_read_back_from_their_codes() {
    for kind in DayKind::ALL {
        assert_eq!(DayKind::from_code(kind.code()), Some(kind));
    }
    assert_eq!(DayKind::from_code("weekend"), None);
}

fn any_rows() -> impl Strategy<Value = Vec<(u64, DayKind)>> {
    prop::collection::vec((0u64..40, prop::sample::select(DayKind::ALL.to_vec())), 0..40)
}

proptest! {
    /// The oracle: a map of rows and the weekday number, walked one day at a time.
    #[test]
    fn rolling_is_a_walk(start in any_day(), rows in any_rows(), offset in 0u64..40) {
        let rows: Vec<(NaiveDate, DayKind)> =
            rows.into_iter().map(|(offset, kind)| (start + Days::new(offset), kind)).collect();
        let holidays: Holidays = rows.iter().copied().collect();
        let by_day: HashMap<NaiveDate, DayKind> = rows.into_iter().collect();
        let open = |day: NaiveDate| match by_day.get(&day) {
            Some(kind) => *kind == DayKind::SwappedWork,
            None => day.weekday().number_from_monday() <= 5,
        };
        let stated = start + Days::new(offset);
        let mut later = stated;
        while !open(later) {
            later = later + Days::new(1);
        }
        let mut earlier = stated;
        while !open(earlier) {
            earlier = earlier - Days::new(1);
        }
        prop_assert_eq!(holidays.is_working_day(stated), open(stated));
        prop_assert_eq!(holidays.next_working_day_on_or_after(stated), later);
        prop_assert_eq!(holidays.last_working_day_on_or_before(stated), earlier);
        prop_assert!(holidays.last_working_day_before(stated) < stated);
        let dates = DueDates::new(&DueRule::By(stated), true, None, &holidays);
        prop_assert_eq!(dates.effective, Some(later));
        let fixed = DueDates::new(&DueRule::By(stated), false, None, &holidays);
        prop_assert_eq!(fixed.effective, Some(stated));
    }
}
