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
