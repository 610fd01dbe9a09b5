//! Lines, escapes, alarms and zones of the text, whatever stands in it.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;
use tonghop::ical_feeds::{Event, Status, folded, write};

pub fn event(summary: &str, hour: Option<NaiveTime>, status: Status) -> Event {
    let day = NaiveDate::from_ymd_opt(2026, 11, 14).expect("a day");
    Event {
        uid: "0192-abc@tonghop".into(),
        sequence: 3,
        changed_at: NaiveDate::from_ymd_opt(2026, 10, 1)
            .expect("a day")
            .and_hms_opt(1, 2, 3)
            .expect("an hour"),
        day,
        hour,
        summary: summary.into(),
        description: "Kế hoạch 13; gửi Công an tỉnh, trước 15/11\nhai dòng \\ hết".into(),
        status,
        // A Saturday: offices are open on the day before.
        rest_days: 1,
    }
}

proptest! {
    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_torn(text in "\\PC{0,300}") {
        let out = folded(&text);
        for line in out.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets", line.len());
        }
        prop_assert_eq!(out.replace("\r\n ", ""), text, "unfolded, it is what it was");
    }

    #[test]
    fn whatever_is_said_the_text_has_its_lines(summary in "\\PC{0,200}", extra in "[;,\\\\\n\r\t]{0,6}") {
        let said = format!("{summary}{extra}");
        let text = write("Lịch", &[event(&said, None, Status::Due)]);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "every line ends with CR LF");
        let count = |what: &str| text.split("\r\n").filter(|line| *line == what).count();
        prop_assert_eq!((count("BEGIN:VEVENT"), count("END:VEVENT")), (1, 1));
        prop_assert_eq!((count("BEGIN:VALARM"), count("END:VALARM")), (4, 4));
    }
}

#[test]
fn vietnamese_folds_between_letters() {
    let line = format!("SUMMARY:{}", "Ủy ban Mặt trận Tổ quốc Việt Nam ".repeat(6));
    let lines: Vec<String> = folded(&line).split("\r\n").map(str::to_owned).collect();
    assert!(lines.len() > 3);
    assert!(lines.iter().all(|line| line.len() <= 75));
    assert!(lines[..lines.len() - 1].iter().all(|line| line.len() >= 72), "no shorter than it must be");
}

#[test]
fn a_day_without_an_hour_is_a_whole_day_and_reminds_at_eight() {
    let text = write("Lịch", &[event("Hạn gửi", None, Status::Due)]);
    let unfolded = text.replace("\r\n ", "");
    for line in [
        "DTSTART;VALUE=DATE:20261114",
        "DTEND;VALUE=DATE:20261115",
        "SEQUENCE:3",
        "DTSTAMP:20261001T010203Z",
        "STATUS:CONFIRMED",
        "TRIGGER:-P6DT16H",
        "TRIGGER:-P2DT16H",
        "TRIGGER:-PT16H",
        "TRIGGER:PT8H",
        "DESCRIPTION:Ngày làm việc cuối cùng\\, còn 1 ngày: Hạn gửi",
        "DESCRIPTION:Hôm nay là ngày cuối: Hạn gửi",
        "DESCRIPTION:Kế hoạch 13\\; gửi Công an tỉnh\\, trước 15/11\\nhai dòng \\\\ hết",
        "TZID:Asia/Ho_Chi_Minh",
    ] {
        assert!(unfolded.split("\r\n").any(|found| found == line), "{line}:\n{text}");
    }
    assert_eq!(text, write("Lịch", &[event("Hạn gửi", None, Status::Due)]), "the same is the same");
}

#[test]
fn an_hour_is_in_the_zone_of_vietnam_and_reminds_at_eight_too() {
    let hour = NaiveTime::from_hms_opt(17, 0, 0);
    let text = write("Lịch", &[event("Hạn gửi", hour, Status::Due)]);
    for line in [
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20261114T170000",
        "TRIGGER:-P7DT9H",
        "TRIGGER:-P3DT9H",
        "TRIGGER:-P1DT9H",
        "TRIGGER:-PT9H",
    ] {
        assert!(text.split("\r\n").any(|found| found == line), "{line}:\n{text}");
    }
    assert!(!text.contains("DTEND"));
}

#[test]
fn what_is_done_or_cancelled_reminds_of_nothing() {
    for (status, word) in [(Status::Done, "STATUS:CONFIRMED"), (Status::Cancelled, "STATUS:CANCELLED")] {
        let text = write("Lịch", &[event("Đã gửi", None, status)]);
        assert!(text.contains(word) && !text.contains("VALARM"), "{text}");
    }
}

#[test]
fn a_calendar_of_nothing_still_has_a_component() {
    let text = write("Lịch", &[]);
    assert!(text.contains("BEGIN:VTIMEZONE") && !text.contains("VEVENT"));
}
