//! The letter to a body that has reported and is to correct it, the day that was missed, the order of bodies, and where the
//! title of the list breaks.

use chrono::NaiveDate;
use tonghop::chasing::letter::{Owing, Returned, Sender};

use super::letter::{made, owing, sample, texts};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\n'], " ")
}

/// The text of a letter, a paragraph each.
fn body(sender: Sender, owing: &[Owing]) -> Vec<String> {
    texts(&paragraphs(&made(sender, true, owing)), "NoiDung").iter().map(|text| plain(text)).collect()
}

fn front() -> Owing {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
    Owing {
        returned: Returned {
            paper: "71/BC-MTTQ-BTT".into(),
            signed_on: day(6),
            asked_on: day(9),
            reason: "Chưa thấy số cuộc giám sát\ncủa các tổ chức thành viên.".into(),
        },
        ..owing("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang", true, true, 4)
    }
}

#[test]
fn who_has_reported_is_told_what_it_sent_and_what_was_asked() {
    let said = body(Sender::Collector, &[front()]);
    assert_eq!(
        said[0],
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang đã gửi Báo cáo số 71/BC-MTTQ-BTT ngày 06 tháng 11 năm 2026 (báo cáo năm \
         2026 về công tác tái hòa nhập cộng đồng); ngày 09 tháng 11 năm 2026, Công an tỉnh Bắc Giang đề nghị chỉnh lý, bổ sung, \
         gửi lại chậm nhất ngày 12 tháng 11 năm 2026, nội dung: “Chưa thấy số cuộc giám sát của các tổ chức thành viên”. Đến ngày \
         16 tháng 11 năm 2026, Công an tỉnh Bắc Giang chưa nhận được bản chỉnh lý, bổ sung."
    );
    // The committee goes by what the collector reports to it.
    let said = body(Sender::Committee, &[front()]);
    assert!(
        said[0].starts_with("Theo báo cáo của Công an tỉnh Bắc Giang tại Công văn số …… ngày ……, Ủy ban"),
        "{said:?}"
    );
    // Without a number the paper is not named; of what nobody knows nothing is said.
    let nameless = Owing { returned: Returned { paper: String::new(), ..front().returned }, ..front() };
    let said = body(Sender::Collector, &[nameless]);
    assert!(
        said[0].contains("đã gửi báo cáo năm 2026 về công tác tái hòa nhập cộng đồng; ngày 09"),
        "{said:?}"
    );
    let unknown = Owing { returned: Returned::default(), ..front() };
    let said = body(Sender::Collector, &[unknown]);
    assert!(said[0].contains("chưa nhận được bản chỉnh lý, bổ sung") && !said[0].contains("“"), "{said:?}");
}

#[test]
fn the_list_says_what_was_sent_and_asked() {
    let all = paragraphs(&made(Sender::Collector, true, &[sample(), vec![front()]].concat()));
    let cells: Vec<String> =
        all.iter().filter(|p| p.style.starts_with("Bang")).map(|p| plain(&p.text)).collect();
    let told = "Báo cáo số 71/BC-MTTQ-BTT ngày 06/11/2026; đề nghị chỉnh lý ngày 09/11/2026: Chưa thấy số cuộc giám sát của các tổ \
                chức thành viên";
    assert_eq!(cells.iter().filter(|cell| *cell == told).count(), 1, "{cells:?}");
    let heading = "Báo cáo đã gửi và nội dung cần chỉnh lý, bổ sung";
    assert_eq!(cells.iter().filter(|cell| *cell == heading).count(), 1, "where it is known: {cells:?}");
}

#[test]
fn the_day_that_was_missed_is_named_or_where_the_days_stand() {
    let two = |days| [owing("Sở Y tế", false, false, 2), owing("Sở Tư pháp", false, false, days)];
    let said = body(Sender::Collector, &two(2));
    assert!(
        said[0].contains("thời hạn gửi báo cáo chậm nhất ngày 14 tháng 11 năm 2026; đến ngày 16"),
        "{said:?}"
    );
    let said = body(Sender::Collector, &two(3));
    assert!(
        said[0].contains("thời hạn gửi báo cáo của từng cơ quan, đơn vị tại Phụ lục; đến ngày 16"),
        "{said:?}"
    );
    let corrections = [owing("Sở Y tế", false, true, 5), owing("Sở Tư pháp", false, true, 5)];
    let said = body(Sender::Collector, &corrections);
    assert!(
        said[0].contains("thời hạn gửi bản chỉnh lý, bổ sung chậm nhất ngày 11 tháng 11 năm 2026"),
        "{said:?}"
    );
    // The report is "về công tác …": it is sent "đến" somebody.
    assert!(
        said[1].contains("về công tác tái hòa nhập cộng đồng đến Công an tỉnh Bắc Giang chậm nhất"),
        "{said:?}"
    );
}

/// "điển hình", "chỉnh lý" are words of two syllables, and "chưa" belongs to what follows.
#[test]
fn the_title_of_the_list_breaks_between_words() {
    let all = paragraphs(&made(Sender::Collector, true, &sample()));
    let title = texts(&all, "PhuLucTen")[0].replace('\u{a0}', " ");
    let lines: Vec<&str> = title.lines().collect();
    assert!(lines.len() > 1, "{title}");
    for pair in lines.windows(2) {
        let (end, begin) = (pair[0].rsplit(' ').next(), pair[1].split(' ').next());
        assert!(!matches!(end, Some("CHƯA" | "HOẶC")), "{title}");
        for (one, two) in [
            ("CHỈNH", "LÝ"),
            ("BỔ", "SUNG"),
            ("ĐIỂN", "HÌNH"),
            ("MÔ", "HÌNH"),
            ("CƠ", "QUAN"),
            ("BÁO", "CÁO"),
        ] {
            assert!((end, begin) != (Some(one), Some(two)), "{title}");
        }
    }
}

/// Protocol order, as every other list of the house has it: departments, the front and organisations, districts.
#[test]
fn the_front_and_organisations_come_first_and_the_others_in_protocol_order() {
    let app = TestApp::demo_on(super::late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = super::duty_of(&app, "bg.khcn").obligation.period_id;
    let file = compiler.get(&format!("/periods/{period}/reminder-letter/document"));
    assert_eq!(file.status, 200);
    let all = paragraphs(&file.bytes);
    let named: Vec<String> =
        all.iter().filter(|p| p.style.starts_with("KinhGui")).map(|p| plain(&p.text)).collect();
    let rank = |name: &String| match name {
        _ if name.contains("Mặt trận") || name.contains("- Hội ") || name.contains("- Đoàn ") => {
            Some(0)
        }
        _ if name.contains("- Sở ") => Some(1),
        _ if name.contains("- Ủy ban nhân dân ") => Some(2),
        _ => None,
    };
    let ranks: Vec<i32> = named.iter().filter_map(rank).collect();
    assert!(ranks.contains(&0) && ranks.contains(&1), "{named:?}");
    assert!(ranks.is_sorted(), "{named:?}");
}

/// MTTQ of the demo reported on 06/6 and was asked on 09/6 to correct it by 12/6.
#[test]
fn the_demos_front_is_written_to_as_one_that_has_reported() {
    let app = TestApp::demo_on(super::day(6, 16));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = super::duty_of(&app, "bg.mttq").obligation.period_id;
    let page = plain(&compiler.get(&format!("/periods/{period}/reminder-letter")).ok());
    assert!(page.contains("đã gửi Báo cáo số 71/BC-MTTQ-BTT ngày 06 tháng 6 năm 2025"), "{page}");
    assert!(
        page.contains("ngày 09 tháng 6 năm 2025, Công an tỉnh Bắc Giang đề nghị chỉnh lý, bổ sung"),
        "{page}"
    );
    assert!(
        page.contains("chậm nhất ngày 12 tháng 6 năm 2025, nội dung: “Chưa thấy số cuộc giám sát"),
        "{page}"
    );
}
