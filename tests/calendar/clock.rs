//! The clock: a fixed day stands still, instants do not, and local time is seven hours ahead.

use chrono::{NaiveDateTime, SubsecRound, TimeDelta, Utc};
use tonghop::calendar::{Clock, to_local};

use super::day;

#[test]
fn a_fixed_day_does_not_move_the_instant() {
    let clock = Clock::fixed(day(2025, 6, 10));
    assert_eq!(clock.today(), day(2025, 6, 10));
    assert_eq!(clock.fixed_day(), Some(day(2025, 6, 10)));
    let before = Utc::now().naive_utc().trunc_subsecs(6);
    let now = clock.now_utc();
    assert!(before <= now && now <= Utc::now().naive_utc());
}

#[test]
fn the_system_day_is_the_local_one() {
    let clock = Clock::system();
    assert_eq!(clock.fixed_day(), None);
    let before = (Utc::now().naive_utc() + TimeDelta::hours(7)).date();
    let today = clock.today();
    let after = (Utc::now().naive_utc() + TimeDelta::hours(7)).date();
    assert!(before <= today && today <= after);
}

#[test]
fn evening_in_utc_is_the_next_morning_here() {
    let utc = |hour| day(2025, 11, 14).and_hms_opt(hour, 30, 0).expect("an hour");
    assert_eq!(to_local(utc(16)).date(), day(2025, 11, 14));
    assert_eq!(to_local(utc(17)), day(2025, 11, 15).and_hms_opt(0, 30, 0).expect("an hour"));
    assert_eq!(to_local(NaiveDateTime::MAX), NaiveDateTime::MAX);
}

#[test]
fn a_moment_has_the_day_of_its_own_instant_to_the_last_microsecond() {
    let midnight = day(2025, 6, 15).and_hms_opt(0, 0, 0).expect("midnight") - TimeDelta::hours(7);
    for (instant, today) in
        [(midnight - TimeDelta::microseconds(1), day(2025, 6, 14)), (midnight, day(2025, 6, 15))]
    {
        let moment = Clock::system().moment_at(instant);
        assert_eq!((moment.today, moment.at, moment.recorded), (today, instant, instant));
    }
}

#[test]
fn on_a_fixed_day_a_moment_keeps_the_systems_time_of_day() {
    let instant = day(2026, 1, 31).and_hms_opt(20, 15, 0).expect("an hour");
    let moment = Clock::fixed(day(2025, 6, 10)).moment_at(instant);
    // 20:15 in UTC is 03:15 here, on the assumed day: 20:15 in UTC of the day before it.
    assert_eq!(moment.today, day(2025, 6, 10));
    assert_eq!(moment.at, day(2025, 6, 9).and_hms_opt(20, 15, 0).expect("an hour"));
    assert_eq!(moment.recorded, instant);
}
