//! What a cycle proposes for a year, and which form a unit gets: small tables made by hand.

use chrono::NaiveDate;
use tonghop::calendar::{DayKind, DueRule, Holidays};
use tonghop::db::ids::{FormId, RegimeId, UnitId};
use tonghop::periods::{Audience, FormFor, RegimeCycle, form_for, lock_day};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn cycle(
    cycle: &str,
    preset: &str,
    due: (&str, Option<i32>, Option<i32>, Option<i32>),
    lock: Option<i32>,
) -> RegimeCycle {
    RegimeCycle {
        regime_id: RegimeId(1),
        cycle: cycle.into(),
        preset: preset.into(),
        due_rule: due.0.into(),
        due_month: due.1,
        due_day: due.2,
        due_days: due.3,
        stated_time: None,
        lock_days: lock,
        own_window: None,
    }
}

#[test]
fn the_year_of_the_police_is_due_before_15_november() {
    let p = cycle("Y", "police", ("before", Some(11), Some(15), None), Some(10)).propose(2025);
    let window = p.window.expect("a window");
    assert_eq!((window.from, window.to), (date("2024-11-15"), date("2025-11-14")));
    assert_eq!(p.due, DueRule::Before(date("2025-11-15")));
    // Ten days after the last day in time, which is 14/11.
    assert_eq!(p.lock_on, Some(date("2025-11-24")));
    assert_eq!(p.reference_on, Some(date("2025-11-14")));
}

#[test]
fn the_half_year_of_the_decree_without_a_date_has_no_lock() {
    let p = cycle("H1", "nd09", ("undated", None, None, None), Some(7)).propose(2026);
    let window = p.window.expect("a window");
    assert_eq!((window.from, window.to), (date("2025-12-15"), date("2026-06-14")));
    assert_eq!((p.due, p.lock_on), (DueRule::Undated, None));
    assert_eq!(p.reference_on, Some(date("2026-06-14")));
}

#[test]
fn a_document_without_a_window_is_due_in_its_year() {
    let p = cycle("ONE", "none", ("before", Some(2), Some(15), None), None).propose(2025);
    assert_eq!((p.window, p.due), (None, DueRule::Before(date("2025-02-15"))));
    assert_eq!(p.reference_on, Some(date("2025-02-14")));
}

#[test]
fn some_days_after_the_window_closes() {
    let p = cycle("Y", "nd09", ("days_after_window", None, None, Some(5)), None).propose(2025);
    assert_eq!(p.due, DueRule::By(date("2025-12-19")));
}

#[test]
fn some_working_days_after_the_window_closes() {
    let row = cycle("Y", "nd09", ("working_days_after_window", None, None, Some(5)), Some(3));
    // 14/12/2025 is a Sunday; the five days of the week after it are worked, unless one of them is off.
    assert_eq!(row.propose(2025).due, DueRule::By(date("2025-12-19")));
    let off: Holidays = [(date("2025-12-17"), DayKind::Holiday)].into_iter().collect();
    let p = row.propose_by(2025, &off);
    assert_eq!((p.due, p.lock_on), (DueRule::By(date("2025-12-22")), Some(date("2025-12-25"))));
    assert_eq!(row.due_words(), "trong 5 ngày làm việc kể từ ngày chốt số liệu");
    let at_four = RegimeCycle { stated_time: Some("16:00".into()), ..row };
    assert_eq!(at_four.due_words(), "trong 5 ngày làm việc kể từ ngày chốt số liệu, đến 16 giờ 00 ngày cuối");
}

fn form(id: i64, version: i32, audiences: Vec<Audience>) -> FormFor {
    FormFor { id: FormId(id), code: format!("f{id}"), version, audiences }
}

#[test]
fn a_units_own_form_wins_over_its_kind_and_a_later_version_over_an_earlier() {
    let kind = || vec![Audience::Kind("department".into())];
    let forms = vec![
        form(1, 1, kind()),
        form(2, 2, kind()),
        form(3, 1, vec![Audience::Unit(UnitId(7))]),
        form(4, 9, vec![Audience::Kind("district".into())]),
        form(5, 9, vec![]),
    ];
    assert_eq!(form_for(&forms, UnitId(7), "department"), Some(FormId(3)));
    assert_eq!(form_for(&forms, UnitId(8), "department"), Some(FormId(2)));
    assert_eq!(form_for(&forms, UnitId(8), "district"), Some(FormId(4)));
    assert_eq!(form_for(&forms, UnitId(8), "press"), None);
}

#[test]
fn a_lock_moves_for_one_unit_only_forward() {
    let (lock, before, after) = (date("2025-06-24"), date("2025-06-20"), date("2025-06-30"));
    assert_eq!(lock_day(Some(lock), None, None), Some(lock));
    assert_eq!(lock_day(Some(lock), Some(before), None), Some(lock));
    assert_eq!(lock_day(Some(lock), Some(before), Some(after)), Some(after));
    assert_eq!(lock_day(Some(lock), Some(after), Some(before)), Some(after));
    assert_eq!(lock_day(None, Some(after), Some(after)), None);
}

#[test]
fn an_hour_of_the_cycle_stands_in_the_proposal() {
    let mut year = cycle("Y", "police", ("before", Some(11), Some(15), None), Some(10));
    year.stated_time = Some("16:00".into());
    assert_eq!(year.due_words(), "trước 16 giờ 00 ngày 15/11 hằng năm");
    let p = year.propose(2025);
    assert_eq!(p.due.text(), "trước 16 giờ 00 ngày 15/11/2025");
    // With an hour the day itself is the last one.
    assert_eq!(p.lock_on, Some(date("2025-11-25")));
}
