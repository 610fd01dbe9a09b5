//! Words: what a line says, how a digest is headed, what a letter carries, and that who is asked is never told "quá hạn".

use chrono::NaiveTime;
use tonghop::calendar::{Holidays, LastHour};
use tonghop::db::ids::{ObligationId, PeriodId, ReportId, UnitId};
use tonghop::notices::schedule::Press;
use tonghop::notices::{Aim, Level, Line, digest, line};

use super::day;
use super::schedule::november_2026;

fn words(aim: Aim, level: Level, requested: bool, deadline: &str, on: &str) -> String {
    let press = Press::by(day(deadline));
    line("Báo cáo năm 2026", "Sở Nội vụ", (aim, level, requested), (&press, day(on)), &november_2026())
}

#[test]
fn each_line_says_how_things_stand_on_its_day() {
    let own = |deadline: &str, on: &str| words(Aim::Report, Level::Own, false, deadline, on);
    assert_eq!(
        own("2026-11-14", "2026-11-11"),
        "Báo cáo năm 2026 của Sở Nội vụ: còn 3 ngày, gửi chậm nhất thứ Bảy, 14/11/2026 (ngày làm việc cuối cùng trước đó: \
         thứ Sáu, 13/11/2026)."
    );
    assert_eq!(
        own("2026-11-25", "2026-11-25"),
        "Báo cáo năm 2026 của Sở Nội vụ: đến hạn hôm nay, thứ Tư, 25/11/2026."
    );
    assert_eq!(
        own("2026-11-14", "2026-11-17"),
        "Báo cáo năm 2026 của Sở Nội vụ: quá hạn 3 ngày (thời hạn 14/11/2026)."
    );
    assert_eq!(
        words(Aim::Correction, Level::Own, false, "2026-11-13", "2026-11-12"),
        "Bản chỉnh lý, bổ sung báo cáo năm 2026 của Sở Nội vụ: còn 1 ngày, gửi chậm nhất thứ Sáu, 13/11/2026."
    );
    assert!(
        words(Aim::Report, Level::UnitLeader, false, "2026-11-14", "2026-11-16").contains("lãnh đạo đơn vị")
    );
}

#[test]
fn an_hour_is_said_with_its_day() {
    let hour = NaiveTime::from_hms_opt(16, 0, 0).expect("an hour");
    let press = Press { hour: Some(LastHour::Before(hour)), ..Press::by(day("2025-06-18")) };
    let said = line(
        "Báo cáo",
        "Sở Y tế",
        (Aim::Report, Level::Own, false),
        (&press, day("2025-06-18")),
        &Holidays::default(),
    );
    assert_eq!(said, "Báo cáo của Sở Y tế: đến hạn hôm nay, trước 16 giờ 00 thứ Tư, 18/6/2025.");
    // "Before" says it; "chậm nhất trước" says it twice.
    for (requested, words) in
        [(false, "còn 2 ngày, gửi trước 16 giờ 00"), (true, "đề nghị gửi trước 16 giờ 00")]
    {
        let of = (Aim::Report, Level::Own, requested);
        let said = line("Báo cáo", "Sở Y tế", of, (&press, day("2025-06-16")), &Holidays::default());
        assert!(said.contains(words) && !said.contains("chậm nhất"), "{said}");
    }
}

#[test]
fn who_is_asked_is_asked() {
    for (aim, on) in [
        (Aim::Report, "2026-11-01"),
        (Aim::Report, "2026-11-14"),
        (Aim::Report, "2026-12-10"),
        (Aim::Correction, "2026-12-10"),
    ] {
        let said = words(aim, Level::Own, true, "2026-11-14", on);
        assert!(said.contains("đề nghị") && !said.to_lowercase().contains("quá hạn"), "{said}");
    }
}

fn some(requested: bool, due_on: &str, on: &str) -> Line {
    Line {
        obligation: ObligationId(1),
        report: ReportId(77),
        period: PeriodId(1),
        unit: UnitId(1),
        collector: UnitId(2),
        aim: Aim::Report,
        due_on: day(due_on),
        step: 0,
        level: Level::Own,
        requested,
        day: day(on),
        words: "Báo cáo năm 2026 của Sở Nội vụ: …".into(),
    }
}

#[test]
fn a_digest_is_headed_by_how_much_and_a_letter_links_to_each() {
    let (due, late, asked) = (
        some(false, "2026-11-20", "2026-11-17"),
        some(false, "2026-11-14", "2026-11-17"),
        some(true, "2026-11-14", "2026-11-17"),
    );
    let on = day("2026-11-17");
    assert_eq!(
        digest::subject(&[&due, &late], on),
        "Nhắc việc ngày 17/11/2026: 1 báo cáo cần gửi, 1 báo cáo quá hạn"
    );
    assert_eq!(digest::subject(&[&late], on), "Nhắc việc ngày 17/11/2026: 1 báo cáo quá hạn");
    assert_eq!(digest::subject(&[&asked], on), "Đề nghị gửi 1 báo cáo, ngày 17/11/2026");
    let letter = digest::letter("Nguyễn Văn A", &[&due, &late], on, "https://tonghop.vn");
    assert!(letter.starts_with("Kính gửi Nguyễn Văn A,"));
    assert_eq!(letter.matches("https://tonghop.vn/reports/77").count(), 2);
    assert_eq!(digest::useless_after(&[&due, &late]), Some(day("2026-11-20")));
    assert_eq!(digest::useless_after(&[&late, &asked]), None);
}
