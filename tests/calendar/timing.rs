//! The time axis: its words, and its signs against a plain comparison of days.

use chrono::Days;
use proptest::prelude::*;
use tonghop::calendar::{DueDates, SOON_DAYS, Severity, Timing, timing};

use super::{any_day, day};

fn due(effective: Option<chrono::NaiveDate>, extended: Option<chrono::NaiveDate>) -> DueDates {
    DueDates { stated: effective, effective, extended, hour: None }
}

#[test]
fn the_words_of_each_timing() {
    let last = Some(day(2025, 6, 17));
    let extended = Some(day(2025, 6, 20));
    let table = [
        (due(last, None), None, day(2025, 6, 10), "còn 7 ngày", Severity::Soon),
        (due(last, None), None, day(2025, 6, 9), "còn 8 ngày", Severity::Neutral),
        (due(last, None), None, day(2025, 6, 17), "đến hạn hôm nay", Severity::Soon),
        (due(last, None), None, day(2025, 6, 20), "quá hạn 3 ngày", Severity::Late),
        (due(last, None), Some(day(2025, 6, 17)), day(2025, 8, 1), "gửi đúng hạn", Severity::Good),
        (due(last, None), Some(day(2025, 6, 19)), day(2025, 8, 1), "gửi muộn 2 ngày", Severity::Late),
        (due(last, extended), None, day(2025, 6, 18), "gia hạn đến 20/6", Severity::Soon),
        (due(last, extended), None, day(2025, 6, 1), "gia hạn đến 20/6", Severity::Neutral),
        (due(last, extended), None, day(2025, 6, 21), "quá hạn 1 ngày", Severity::Late),
        (due(last, extended), Some(day(2025, 6, 19)), day(2025, 8, 1), "gửi đúng hạn", Severity::Good),
        (due(last, Some(day(2025, 7, 5))), None, day(2025, 6, 1), "gia hạn đến 05/7", Severity::Neutral),
        (due(None, None), None, day(2025, 6, 18), "chưa ấn định", Severity::Neutral),
        (due(None, None), Some(day(2025, 6, 18)), day(2025, 6, 18), "chưa ấn định", Severity::Neutral),
    ];
    for (due, sent, today, words, severity) in table {
        let timing = timing(&due, false, sent, today);
        assert_eq!(timing.text(), words);
        assert_eq!(timing.severity(), severity, "{words}");
    }
}

#[test]
fn a_requested_body_is_never_overdue() {
    let due = due(Some(day(2025, 6, 17)), None);
    let past = timing(&due, true, None, day(2025, 6, 20));
    assert_eq!((past, past.text().as_str()), (Timing::NotSentYet, "chưa gửi"));
    assert_eq!(past.severity(), Severity::Neutral);
    assert_eq!(timing(&due, true, None, day(2025, 6, 16)), Timing::DaysLeft(1));
}

proptest! {
    /// Every count is at least 1 and lands back on the deadline; every variant only where it may be.
    #[test]
    fn counts_and_signs(
        deadline in any_day(),
        dated in any::<bool>(),
        extension in prop::option::of(0u64..60),
        sent in prop::option::of(0u64..120),
        now in 0u64..120,
        requested in any::<bool>(),
    ) {
        let origin = deadline - Days::new(60);
        let due = due(dated.then_some(deadline), extension.map(|days| deadline + Days::new(days)));
        let today = origin + Days::new(now);
        let sent = sent.map(|days| origin + Days::new(days));
        let answer = timing(&due, requested, sent, today);
        let Some(last) = due.extended.or(due.effective) else {
            prop_assert_eq!(answer, Timing::Undated);
            return Ok(());
        };
        match answer {
            Timing::Undated => prop_assert!(false, "a date was given"),
            Timing::DaysLeft(days) => {
                prop_assert!(sent.is_none() && days >= 1 && due.extended.is_none());
                prop_assert_eq!(today + Days::new(days.unsigned_abs()), last);
            }
            Timing::DueToday => prop_assert!(sent.is_none() && today == last),
            Timing::Overdue(days) => {
                prop_assert!(sent.is_none() && days >= 1 && !requested);
                prop_assert_eq!(last + Days::new(days.unsigned_abs()), today);
            }
            Timing::OnTime => prop_assert!(sent.is_some_and(|sent| sent <= last)),
            Timing::SentLate(days) => {
                prop_assert!(days >= 1);
                prop_assert_eq!(Some(last + Days::new(days.unsigned_abs())), sent);
            }
            Timing::Extended { until, days_left } => {
                prop_assert!(sent.is_none() && days_left >= 1);
                prop_assert_eq!(Some(until), due.extended);
                prop_assert_eq!(today + Days::new(days_left.unsigned_abs()), until);
            }
            Timing::NotSentYet => prop_assert!(sent.is_none() && requested && today > last),
        }
    }

    /// Once sent, the passing of days changes nothing.
    #[test]
    fn time_in_review_is_not_charged(deadline in any_day(), sent in 0u64..120, later in 0u64..500) {
        let due = due(Some(deadline), None);
        let sent = deadline - Days::new(60) + Days::new(sent);
        prop_assert_eq!(
            timing(&due, false, Some(sent), sent),
            timing(&due, false, Some(sent), sent + Days::new(later))
        );
    }
}

#[test]
fn a_week_is_soon() {
    assert_eq!(Timing::DaysLeft(SOON_DAYS).severity(), Severity::Soon);
    assert_eq!(Timing::DaysLeft(SOON_DAYS + 1).severity(), Severity::Neutral);
}
