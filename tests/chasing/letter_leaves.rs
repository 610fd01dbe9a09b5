//! The reminder letter as it leaves: who drafts and who signs it, the day it proposes, whom it names on the day; LibreOffice
//! prints it.

use chrono::NaiveDate;
use tonghop::calendar::{DayKind, Holidays};
use tonghop::chasing::letter::{Letter, Sender, drafter_in, proposed_before, proposed_reply};
use tonghop::documents::write;

use super::letter::{heads, made, sample, texts};
use super::{duty_of, late_day, periods_on};
use crate::documents::office::pages;
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;

#[test]
fn who_drafts_is_read_out_of_the_bodys_own_numbers() {
    for (text, drafter) in [
        ("Công văn số 2216/CAT-PC10 ngày 12/5/2025 của Công an tỉnh", Some("PC10")),
        ("318/BC-CAT-PC10", Some("PC10")),
        ("Công văn số 1509/CAT-CSTHAHS&HTTP, ngày 08/5/2024", Some("CSTHAHS&HTTP")),
        ("Kế hoạch số 13/KH-UBND ngày 05/01/2026", None),
        ("Công văn số 12/CAT ngày 05/01/2026", None),
        ("Công văn số 12/SCAT-PC10", None),
        ("", None),
    ] {
        assert_eq!(drafter_in(text, "CAT"), drafter, "{text}");
    }
    assert_eq!(drafter_in("2216/CAT-PC10", ""), None);
}

#[test]
fn a_letter_without_a_drafter_leaves_room_for_one() {
    let (police, _) = heads();
    let letter = Letter {
        sender: Sender::Collector,
        deputy: true,
        collector: &police,
        committee: None,
        drafter: "",
        report: "báo cáo năm 2026",
        basis: "",
        owing: &sample(),
        reply_by: None,
        today: NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day"),
    };
    let all = paragraphs(&write(&letter.document()).expect("a document"));
    let room = "\u{a0}".repeat(6);
    assert_eq!(texts(&all, "SoKyHieu"), [format!("Số: {room}/CAT-{room}")]);
    assert_eq!(texts(&all, "NoiNhanDong"), ["- Như trên;", "- Lưu: VT."]);
}

#[test]
fn the_day_proposed_leaves_three_working_days() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
    let holidays: Holidays = [(day(11, 24), DayKind::Holiday)].into_iter().collect();
    // Monday 16/11: Thursday; Thursday 19/11: over the week-end and 24/11; on a Sunday: from Monday on.
    assert_eq!(proposed_reply(day(11, 16), &holidays), day(11, 19));
    assert_eq!(proposed_reply(day(11, 19), &holidays), day(11, 25));
    assert_eq!(proposed_reply(day(11, 15), &holidays), day(11, 18));
}

#[test]
fn no_day_is_proposed_where_none_is_left_before_the_lock() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
    let holidays: Holidays = [(day(11, 24), DayKind::Holiday)].into_iter().collect();
    for (today, lock, proposed) in [
        // Monday 16/11: locked that evening, the next, in a week, never.
        (day(11, 16), Some(day(11, 16)), None),
        (day(11, 16), Some(day(11, 17)), Some(day(11, 17))),
        (day(11, 16), Some(day(11, 23)), Some(day(11, 19))),
        (day(11, 16), None, Some(day(11, 19))),
        // Friday 20/11: on Sunday nobody works; nor on the 24th, the day after Monday.
        (day(11, 20), Some(day(11, 22)), None),
        (day(11, 23), Some(day(11, 24)), None),
        (day(11, 23), Some(day(11, 25)), Some(day(11, 25))),
    ] {
        assert_eq!(proposed_before(today, lock, &holidays), proposed, "{today} {lock:?}");
    }
}

/// On the day of the lock the page says what is to be done first, proposes no day, and takes one that is typed.
#[test]
fn on_the_day_of_the_lock_no_day_is_proposed() {
    let lock = super::day(6, 24);
    let app = TestApp::demo_on(lock);
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = duty_of(&app, "bg.khcn").obligation.period_id;
    let at = format!("/periods/{period}/reminder-letter");
    let page = compiler.get(&at).ok().replace('\u{a0}', " ");
    assert!(page.contains("name=\"by\" class=\"short\" value=\"\""), "{page}");
    assert!(page.contains("Đã đến ngày khóa số liệu: mở khóa trước rồi nhập ngày."));
    assert!(page.contains("trong thời gian sớm nhất"));
    let typed = compiler.get(&format!("{at}?by=27/6/2025")).ok().replace('\u{a0}', " ");
    assert!(typed.contains("chậm nhất thứ Sáu, ngày 27 tháng 6 năm 2025"), "{typed}");
    // The day before there is one left, and none after the lock.
    let app = TestApp::demo_on(super::day(6, 23));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let page = compiler.get(&at).ok();
    assert!(page.contains("value=\"24/6/2025\"") && !page.contains("Đã đến ngày khóa"), "{page}");
    assert_eq!(compiler.get(&format!("{at}?by=27/6/2025")).status, 422);
}

#[test]
fn it_is_signed_in_the_capacity_of_who_signs() {
    let capacity = |sender, deputy| {
        let all = paragraphs(&made(sender, deputy, &sample()));
        (texts(&all, "QuyenHan"), texts(&all, "HoTen"))
    };
    assert_eq!(capacity(Sender::Collector, true).0, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]);
    assert_eq!(capacity(Sender::Collector, false).0, ["GIÁM ĐỐC"]);
    assert_eq!(capacity(Sender::Committee, true).0, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
    let (lines, name) = capacity(Sender::Committee, false);
    assert_eq!(lines, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]);
    assert_eq!(name, [""], "who signs writes their name");
    let all = paragraphs(&made(Sender::Committee, true, &sample()));
    assert!(texts(&all, "SoKyHieu")[0].ends_with("/UBND-NC"));
    assert_eq!(
        texts(&all, "CoQuanChuQuan"),
        ["DỰ THẢO"],
        "nobody is above a committee; it is a draft until issued"
    );
    assert_eq!(
        texts(&all, "NoiNhanDong"),
        [
            "- Như trên;",
            "- Chủ tịch, các Phó Chủ tịch UBND tỉnh (để b/c);",
            "- Công an tỉnh Bắc Giang (để t/h);",
            "- Lưu: VT, NC."
        ]
    );
}

#[test]
fn only_who_owes_on_the_day_is_in_it() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = duty_of(&app, "bg.khcn").obligation.period_id;
    let page = compiler.get(&format!("/periods/{period}/reminder-letter")).ok();
    assert!(page.contains("Công văn đôn đốc") && page.contains("./."));
    let file = compiler
        .get(&format!("/periods/{period}/reminder-letter/document?from=committee&signs=head&by=24/6/2025"));
    assert_eq!(file.status, 200);
    let all = paragraphs(&file.bytes);
    let named: Vec<String> = all.iter().map(|p| p.text.replace('\u{a0}', " ")).collect();
    // Counted anew from the duties: assigned or asked, not sent, past their own last day.
    let summaries = periods_on(&app, late_day());
    let summary = summaries.open.iter().find(|s| s.period.id == period).expect("the half-year");
    let holidays = Holidays::default();
    let late: Vec<_> = summary
        .duties
        .iter()
        .filter(|d| {
            let unsent = matches!(d.report.state.as_str(), "not_begun" | "draft" | "with_leader" | "amend");
            let last = if d.report.state == "amend" {
                d.report.amend_due_on
            } else {
                d.dates(false, &holidays).deadline()
            };
            d.obligation.standing == "owed" && unsent && last.is_some_and(|last| last < late_day())
        })
        .collect();
    let counted = named.iter().find(|text| text.contains("chưa nhận được")).expect("the first sentence");
    let bodies = |correcting: bool| {
        let of = late.iter().filter(|d| (d.report.state == "amend") == correcting);
        of.map(|d| d.obligation.unit_id).collect::<std::collections::BTreeSet<_>>().len()
    };
    let (unsent, correcting) = (bodies(false), bodies(true));
    assert!(counted.contains(&format!("của {unsent:02} cơ quan, đơn vị")), "{counted}");
    assert_eq!(counted.contains("chỉnh lý"), correcting > 0, "{counted}");
    assert!(
        !named.iter().any(|text| text.ends_with("Sở Văn hóa, Thể thao và Du lịch;")),
        "who has sent is not in it"
    );
    assert!(named.iter().any(|text| text.contains("chậm nhất thứ Ba, ngày 24 tháng 6 năm 2025")));
    // Its symbol carries who drafts, as the collector's own letters do; a day is proposed and can be changed.
    assert!(named.iter().any(|text| text == "- Lưu: VT, NC."));
    let own = paragraphs(&compiler.get(&format!("/periods/{period}/reminder-letter/document")).bytes);
    assert!(texts(&own, "SoKyHieu")[0].ends_with("/CAT-PC10"), "{:?}", texts(&own, "SoKyHieu"));
    assert!(page.contains("/CAT-PC10") && !page.contains("giả định của dữ liệu mẫu"));
    assert!(page.contains("name=\"by\" class=\"short\" value=\"24/6/2025\""), "{page}");
    let open = compiler.get(&format!("/periods/{period}/reminder-letter?by=")).ok();
    assert!(open.contains("trong thời gian sớm nhất"));
    // On the day of the demo nobody is late: there is no letter.
    let early = TestApp::demo();
    let page =
        early.client("tonghop.catinh.bacgiang").get(&format!("/periods/{period}/reminder-letter")).ok();
    assert!(page.contains("Không có đơn vị nào cần công văn"));
}

#[test]
fn libreoffice_prints_the_letter() {
    let pages = pages("letter", &made(Sender::Committee, true, &sample()));
    assert_eq!(pages.len(), 2, "the letter on one page, its list on the next");
    for words in ["V/v đề nghị", "Kính gửi:", "./.", "KT. CHỦ TỊCH", "Nơi nhận:"] {
        assert!(pages[0].contains(words), "{words}:\n{}", pages[0]);
    }
    assert!(pages[1].contains("Phụ lục") && pages[1].contains("Số ngày"), "{}", pages[1]);
}
