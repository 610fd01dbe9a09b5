//! The hour of a due day, against a comparison of instants: an hour late is late, and never a day early.

use chrono::{Days, NaiveTime, TimeDelta};
use proptest::prelude::*;
use tonghop::calendar::{
    DueDates, DueRule, Holidays, Moment, Now, Timing, hour_code, hour_words, parse_hour, timing,
};

use super::{any_day, day};

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("an hour of the day")
}

#[test]
fn hours_as_people_write_them() {
    for (typed, hour) in [
        ("16:00", Some((16, 0))),
        ("8:05", Some((8, 5))),
        ("16h", Some((16, 0))),
        ("16h30", Some((16, 30))),
        ("16g30", Some((16, 30))),
        ("16 giờ", Some((16, 0))),
        ("16 Giờ 30", Some((16, 30))),
        ("", None),
        ("16", None),
        ("24:00", None),
        ("16:60", None),
        ("chiều", None),
        ("16:00:00", None),
    ] {
        assert_eq!(parse_hour(typed), hour.map(|(h, m)| clock(h, m)), "{typed}");
    }
    assert_eq!((hour_words(clock(8, 5)), hour_code(clock(8, 5))), ("8 giờ 05".into(), "08:05".into()));
}

#[test]
fn the_words_of_a_rule_with_an_hour() {
    let (x, four) = (day(2025, 6, 17), clock(16, 0));
    for (rule, words, last) in [
        (DueRule::Before(x), "trước ngày 17/6/2025", day(2025, 6, 16)),
        (DueRule::By(x), "chậm nhất ngày 17/6/2025", x),
        (DueRule::BeforeHour(x, four), "trước 16 giờ 00 ngày 17/6/2025", x),
        (DueRule::ByHour(x, four), "chậm nhất 16 giờ 00 ngày 17/6/2025", x),
    ] {
        assert_eq!((rule.text().as_str(), rule.last_day()), (words, Some(last)));
        let again = DueRule::from_parts(rule.code(), rule.date()).map(|bare| bare.at(rule.hour()));
        assert_eq!(again, Some(rule));
    }
    assert_eq!(DueRule::Undated.at(Some(four)), DueRule::Undated);
}

#[test]
fn until_when_a_report_is_in_time_names_the_hour() {
    let (x, four) = (day(2025, 12, 20), clock(16, 33));
    let until =
        |rule: DueRule, extended| DueDates::new(&rule, false, extended, &Holidays::default()).until_words();
    assert_eq!(until(DueRule::By(x), None).as_deref(), Some("hết thứ Bảy, 20/12/2025"));
    let hour = DueRule::BeforeHour(x, four);
    assert_eq!(until(hour, None).as_deref(), Some("trước 16 giờ 33, thứ Bảy, 20/12/2025"));
    assert_eq!(until(DueRule::ByHour(x, four), None).as_deref(), Some("đến 16 giờ 33, thứ Bảy, 20/12/2025"));
    assert_eq!(until(hour, Some(day(2025, 12, 22))).as_deref(), Some("hết thứ Hai, 22/12/2025"));
    assert_eq!(until(DueRule::Undated, None), None);
}

#[test]
fn an_extension_is_granted_to_the_end_of_its_day() {
    let rule = DueRule::BeforeHour(day(2025, 6, 17), clock(16, 0));
    let dates = DueDates::new(&rule, false, Some(day(2025, 6, 20)), &Holidays::default());
    let evening = day(2025, 6, 20).and_time(clock(23, 59));
    assert_eq!((dates.last_hour(), dates.counted_day(evening)), (None, day(2025, 6, 20)));
}

proptest! {
    /// In time exactly when the instant has not passed the hour of the last day; late counts at least one day, and
    /// without an hour the arithmetic is that of days alone.
    #[test]
    fn an_instant_is_in_time_or_late(
        last in any_day(),
        minute in 0u32..1440,
        inclusive in any::<bool>(),
        hourly in any::<bool>(),
        seconds in -200_000i64..200_000,
    ) {
        let hour = clock(minute / 60, minute % 60);
        let bare = if inclusive || !hourly { DueRule::By(last) } else { DueRule::Before(last) };
        let rule = bare.at(hourly.then_some(hour));
        let dates = DueDates::new(&rule, false, None, &Holidays::default());
        let limit = if hourly { last.and_time(hour) } else { (last + Days::new(1)).and_time(NaiveTime::MIN) };
        let sent = limit + TimeDelta::seconds(seconds);
        let in_time = if hourly && inclusive { sent <= limit } else { sent < limit };
        let counted = dates.counted_day(sent);
        let late = timing(&dates, false, Some(counted), counted);
        if in_time {
            prop_assert_eq!(late, Timing::OnTime);
        } else {
            let days = (sent.date() - last).num_days().max(1);
            prop_assert_eq!(late, Timing::SentLate(days));
        }
    }

    /// What is not sent at an instant is overdue by as many days as a sending of that instant would be late.
    #[test]
    fn not_sent_is_as_late_as_a_sending_would_be(
        last in any_day(),
        minute in 0u32..1440,
        inclusive in any::<bool>(),
        hourly in any::<bool>(),
        seconds in -200_000i64..200_000,
    ) {
        let bare = if inclusive { DueRule::By(last) } else { DueRule::Before(last) };
        let rule = bare.at(hourly.then(|| clock(minute / 60, minute % 60)));
        let dates = DueDates::new(&rule, false, None, &Holidays::default());
        let at = last.and_time(clock(minute / 60, minute % 60)) + TimeDelta::seconds(seconds);
        let sent = timing(&dates, false, Some(dates.counted_day(at)), at.date());
        let unsent = timing(&dates, false, None, Now::from(Moment::local(at)));
        match sent {
            Timing::SentLate(days) => prop_assert_eq!(unsent, Timing::Overdue(days)),
            _ => prop_assert!(matches!(unsent, Timing::DueToday | Timing::DaysLeft(_)), "{:?}", unsent),
        }
    }

    /// What is stored reads back.
    #[test]
    fn hours_come_back(minute in 0u32..1440) {
        let hour = clock(minute / 60, minute % 60);
        prop_assert_eq!(parse_hour(&hour_code(hour)), Some(hour));
        prop_assert_eq!(parse_hour(&hour_words(hour)), Some(hour));
    }
}
