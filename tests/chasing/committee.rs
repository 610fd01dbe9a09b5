//! The letter that is drafted for the people's committee, and the day it asks for.

use chrono::NaiveDate;
use tonghop::chasing::letter::{Letter, Owing, Sender};

use super::letter::{heads, sample};
use super::{duty_of, late_day};
use crate::support::app::TestApp;

/// The committee's letter in one line, its blanks plain.
fn committees(basis: &str, owing: &[Owing]) -> String {
    let (police, committee) = heads();
    let letter = Letter {
        sender: Sender::Committee,
        deputy: true,
        collector: &police,
        committee: Some(&committee),
        drafter: "PC10",
        report: "báo cáo năm 2026",
        basis,
        owing,
        reply_by: None,
        today: NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day"),
    };
    letter.document().opening.replace(['\u{a0}', '\n'], " ")
}

#[test]
fn a_committee_carries_out_no_letter_of_its_police() {
    let own = committees("Công văn số 2388/CAT-PC10 ngày 20/5/2026 của Công an tỉnh", &sample());
    assert!(own.starts_with("Theo báo cáo của Công an tỉnh"), "{own}");
    assert!(
        own.contains("kết quả thực hiện Công văn số 2388/CAT-PC10") && !own.contains("Thực hiện Công văn"),
        "{own}"
    );
    // The number of what the committee is told is the records clerk's.
    assert!(own.contains("tại Công văn số …… ngày …… về kết quả thực hiện"), "{own}");
    let plan = committees("Kế hoạch số 13/KH-UBND ngày 05/01/2026", &sample());
    assert!(plan.starts_with("Thực hiện Kế hoạch số 13/KH-UBND"), "{plan}");
    assert!(plan.contains("theo báo cáo của Công an tỉnh"), "{plan}");
    // The Front is named only where it is among those who owe.
    assert!(
        plan.contains("đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức, cơ quan tại mục I"),
        "{plan}"
    );
    let without = committees("Kế hoạch số 13/KH-UBND ngày 05/01/2026", &sample()[1..]);
    assert!(
        !without.contains("Mặt trận") && without.contains("đề nghị các tổ chức, cơ quan tại mục I"),
        "{without}"
    );
}

#[test]
fn a_body_does_not_carry_out_its_own_letter() {
    let (police, committee) = heads();
    let first = |basis: &str, owing: &[Owing]| {
        let letter = Letter {
            sender: Sender::Collector,
            deputy: true,
            collector: &police,
            committee: Some(&committee),
            drafter: "PC10",
            report: "báo cáo năm 2026",
            basis,
            owing,
            reply_by: None,
            today: NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day"),
        };
        let opening = letter.document().opening.replace('\u{a0}', " ");
        opening.lines().next().unwrap_or_default().to_owned()
    };
    let own = "Công văn số 8/CAT-PC10 ngày 20/5/2026 của Công an tỉnh về việc báo cáo năm 2026";
    let (unsent, all): (Vec<Owing>, Vec<Owing>) =
        (sample().into_iter().filter(|one| !one.correction).collect(), sample());
    assert_eq!(
        first(own, &unsent),
        "Ngày 20 tháng 5 năm 2026, Công an tỉnh Bắc Giang có Công văn số 08/CAT-PC10 về việc báo cáo năm 2026; thời hạn gửi báo \
         cáo chậm nhất ngày 14 tháng 11 năm 2026; đến ngày 16 tháng 11 năm 2026 còn 04 cơ quan, đơn vị chưa gửi báo cáo năm 2026 (có danh sách kèm theo)."
    );
    let both = first(own, &all);
    assert!(
        both.contains("chưa gửi báo cáo năm 2026 và 01 cơ quan, đơn vị đã gửi báo cáo chưa gửi bản chỉnh lý"),
        "{both}"
    );
    // Another's document is carried out.
    let plan = first("Kế hoạch số 13/KH-UBND ngày 05/01/2026", &unsent);
    assert!(
        plan.starts_with("Thực hiện Kế hoạch số 13/KH-UBND ngày 05 tháng 01 năm 2026, thời hạn gửi báo cáo"),
        "{plan}"
    );
}

/// A letter on a question out of turn names what is waited for as the papers themselves do.
#[test]
fn a_question_has_one_name_in_letters_and_papers() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 16).expect("a day"));
    let period = crate::periods::period(&app, "bac-giang", "2025-DX1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let page = compiler.get(&format!("/periods/{period}/reminder-letter")).ok().replace('\u{a0}', " ");
    assert!(page.contains("báo cáo về mô hình điển hình trong công tác tái hòa nhập cộng đồng"), "{page}");
}

#[test]
fn a_day_that_cannot_be_read_makes_no_letter() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = duty_of(&app, "bg.khcn").obligation.period_id;
    for by in ["abc", "01/01/2025"] {
        let page = compiler.get(&format!("/periods/{period}/reminder-letter?by={by}"));
        assert_eq!(page.status, 422, "{by}");
        assert!(page.text().contains("Công văn đôn đốc"));
        let file = compiler.get(&format!("/periods/{period}/reminder-letter/document?by={by}"));
        assert_eq!(file.status, 422, "{by}");
    }
}
