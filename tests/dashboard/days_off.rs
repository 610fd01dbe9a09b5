//! The days off of the ninety days to come, against the notices of Tết as they were issued.

use chrono::NaiveDate;
use tonghop::calendar::DayKind;
use tonghop::dashboard::days_off::days_off;
use tonghop::days::KeptDay;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn kept(day_of: &str, kind: DayKind, name: &str) -> KeptDay {
    KeptDay { day: day(day_of), kind, name: name.to_owned(), source: String::new(), confirmed: true }
}

/// First day and words of every line.
fn lines(kept: &[KeptDay], noticed: &[i64], today: &str) -> Vec<(String, String)> {
    let events = days_off(kept, noticed, day(today));
    events.into_iter().map(|event| (event.day.to_string(), event.words)).collect()
}

fn line(on: &str, words: &str) -> (String, String) {
    (on.to_owned(), words.to_owned())
}

#[test]
fn tet_is_one_line_by_its_name() {
    let first = [kept("2026-02-17", DayKind::Holiday, "Mùng 1 Tết Bính Ngọ")];
    assert_eq!(
        lines(&first, &[], "2026-01-20"),
        [line("2026-02-16", "Tết Âm lịch, 16/02–20/02 (dự kiến)")],
        "only its first day is on record, and the notice is not entered"
    );
    assert_eq!(lines(&first, &[2026], "2026-01-20"), [line("2026-02-17", "Tết Âm lịch")]);
    // As the notice of 2026 has it, with a Saturday worked for a Monday off.
    let mut all: Vec<KeptDay> =
        (16..=20).map(|of| kept(&format!("2026-02-{of}"), DayKind::Holiday, "Tết Âm lịch")).collect();
    all.push(kept("2026-02-23", DayKind::SwappedOff, "Nghỉ hoán đổi"));
    all.push(kept("2026-02-28", DayKind::SwappedWork, ""));
    assert_eq!(
        lines(&all, &[2026], "2026-01-20"),
        [
            line("2026-02-16", "Tết Âm lịch, 16/02–20/02"),
            line("2026-02-23", "Nghỉ hoán đổi"),
            line("2026-02-28", "làm bù"),
        ]
    );
}

#[test]
fn two_holidays_side_by_side_are_both_named_and_what_is_past_or_far_is_not_told() {
    let all = [
        kept("2026-04-27", DayKind::Compensatory, "Nghỉ bù Giỗ Tổ Hùng Vương"),
        kept("2026-04-30", DayKind::Holiday, "Ngày Chiến thắng"),
        kept("2026-05-01", DayKind::Holiday, "Ngày Quốc tế lao động"),
        kept("2026-09-02", DayKind::Holiday, "Quốc khánh"),
    ];
    let told = lines(&all, &[2026], "2026-04-28");
    assert_eq!(told, [line("2026-04-30", "Ngày Chiến thắng, Ngày Quốc tế lao động, 30/4–01/5")]);
}
