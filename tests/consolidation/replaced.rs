//! What the paper of a later edition says of the one before: which paper it takes the place of, and where the changes stand.

use chrono::NaiveDate;
use tonghop::consolidation::content::{
    ChangeList, EditionContent, PaperHead, ReplacedEdition, ReplacedPaper,
};
use tonghop::reports::printed::consolidated;

use crate::workbooks::sample;

fn day(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, 6, day)
}

/// The second edition, after one that went out under these numbers on 16/6/2025.
fn after(numbers: &[&str]) -> EditionContent {
    let mut edition = sample::edition();
    (edition.identity.doc_number, edition.identity.doc_date) = (None, None);
    let paper = |number: &&str| ReplacedPaper { number: (*number).to_owned(), date: day(16) };
    let papers = numbers.iter().map(paper).collect();
    edition.paper = Some(PaperHead {
        kind: "Báo cáo".to_owned(),
        symbol: "BC-CAT-PC10".to_owned(),
        issuer_name: "Công an tỉnh Bắc Giang".to_owned(),
        opening: "Công an tỉnh báo cáo như sau:".to_owned(),
        replaces: Some(ReplacedEdition { edition: 1, papers }),
        ..PaperHead::default()
    });
    edition
}

fn says(content: &EditionContent) -> Option<String> {
    let opening = consolidated(content).opening;
    opening.lines().find(|line| line.contains(" này thay thế ")).map(str::to_owned)
}

#[test]
fn the_paper_that_is_replaced_is_named_and_where_the_changes_stand() {
    let whole = |which: &str, end: &str| {
        Some(format!("Báo cáo này thay thế {which} của Công an tỉnh Bắc Giang{end}."))
    };
    let first = "Báo cáo số 09/BC-CAT-PC10 ngày 16 tháng 6 năm 2025";
    // However the number was typed.
    for number in ["9/BC-CAT-PC10", "09/BC-CAT-PC10", "9"] {
        assert_eq!(says(&after(&[number])), whole(first, ""), "{number}");
    }
    let mut edition = after(&["9/BC-CAT-PC10"]);
    let changes = |since| Some(ChangeList { since, ..ChangeList::default() });
    edition.changes = changes(1);
    let end =
        "; nội dung thay đổi nêu tại trang “Thay đổi so với lần trước” của tệp Excel kèm theo (Phụ lục III)";
    assert_eq!(says(&edition), whole(first, end));
    // Changes since another edition than the one that went out are not what its reader looks for.
    edition.changes = changes(2);
    assert_eq!(says(&edition), whole(first, ""));
    // Two documents that went out are both replaced.
    let both = format!("{first} và Báo cáo số 10/BC-CAT-PC10 ngày 16 tháng 6 năm 2025");
    assert_eq!(says(&after(&["9/BC-CAT-PC10", "10/BC-CAT-PC10"])), whole(&both, ""));
    // It stands at the head, as on a unit's own paper.
    assert!(consolidated(&edition).opening.ends_with(".\nCông an tỉnh báo cáo như sau:"));
}

#[test]
fn a_paper_does_not_replace_itself() {
    let mut edition = after(&["9/BC-CAT-PC10"]);
    (edition.identity.doc_number, edition.identity.doc_date) = (Some("09/BC-CAT-PC10".to_owned()), day(16));
    assert_eq!(says(&edition), None);
    edition.identity.doc_date = day(17);
    assert!(says(&edition).is_some(), "another day is another paper");
    let head = edition.paper.as_mut().expect("a head");
    head.replaces = None;
    assert_eq!(says(&edition), None);
}

/// Heads frozen before it was kept are the bytes they were.
#[test]
fn a_head_that_replaces_nothing_is_frozen_as_before() {
    let head = PaperHead { symbol: "BC-CAT".to_owned(), ..PaperHead::default() };
    let text = serde_json::to_string(&head).expect("JSON");
    assert!(!text.contains("replaces") && !text.contains("open_citations"), "{text}");
    assert_eq!(serde_json::from_str::<PaperHead>(&text).expect("a head"), head);
    let both = PaperHead {
        replaces: Some(ReplacedEdition { edition: 1, papers: vec![ReplacedPaper::default()] }),
        open_citations: vec!["Kế hoạch năm 2025 chưa có số".to_owned()],
        ..head
    };
    let text = serde_json::to_string(&both).expect("JSON");
    assert_eq!(serde_json::from_str::<PaperHead>(&text).expect("a head"), both);
}
