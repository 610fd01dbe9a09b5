//! The clock: a fixed day stands still, instants do not, and local time is seven hours ahead.

use chrono::{NaiveDateTime, TimeDelta, Utc};
use tonghop::calendar::{Clock, to_local};

use super::day;

#[test]
fn a_fixed_day_does_not_move_the_instant() {
    let clock = Clock::fixed(day(2025, 6, 10));
    assert_eq!(clock.today(), day(2025, 6, 10));
    assert_eq!(clock.fixed_day(), Some(day(2025, 6, 10)));
    let before = Utc::now().naive_utc();
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
