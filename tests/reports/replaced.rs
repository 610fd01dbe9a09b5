//! A corrected report says which paper it takes the place of, for good.

use super::{filled, pairs, report_of, ticked, values_of};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::Client;

fn texts(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    paragraphs(&answer.bytes).into_iter().map(|p| p.text.replace('\u{a0}', " ")).collect()
}

fn says(all: &[String]) -> Option<&String> {
    all.iter().find(|text| text.contains(" này thay thế "))
}

fn paper(
    number: &'static str,
    seen: &'static str,
    reason: &'static str,
) -> [(&'static str, &'static str); 8] {
    [
        ("seen", seen),
        ("doc_number", number),
        ("doc_symbol", "BC-SVHTTDL"),
        ("doc_date", "9/6/2025"),
        ("signatory_capacity", "KT. GIÁM ĐỐC"),
        ("signatory_title", "PHÓ GIÁM ĐỐC"),
        ("signatory_name", "Trần Thế Khánh"),
        ("reason", reason),
    ]
}

#[test]
fn the_paper_before_is_named_and_stays_named() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let report = format!("/reports/{id}");
    let at = |rest: &str| format!("{report}{rest}");
    let (officer, compiler) = (app.client("canbo.vhttdl.bacgiang"), app.client("tonghop.catinh.bacgiang"));
    officer.post(&at("/revisions/1/paper"), &paper("88", "0", "")).redirected();
    assert_eq!(says(&texts(&officer, &at("/revisions/1/document"))), None, "nothing was before it");

    let version = values_of(&compiler.get(&at("/amendment-request")).ok(), "version")[0].clone();
    let asked = [("version", version.as_str()), ("reason", "Sửa số."), ("due_on", "12/6/2025")];
    compiler.post(&at("/amendment-request"), &asked).redirected();
    let page = officer.get(&at("/draft")).ok();
    officer.post(&at("/draft"), &pairs(&filled(&page, &[("figure.B04", "77")]))).redirected();
    let check = officer.get(&at("/check")).ok();
    let new = [
        ("doc_number", "95"),
        ("doc_date", "10/6/2025"),
        ("signatory_title", "PHÓ GIÁM ĐỐC"),
        ("signatory_name", "Trần Thế Khánh"),
    ];
    officer.post(&at("/submission"), &pairs(&ticked(&check, &new))).redirected();

    let second = at("/revisions/2/document");
    let all = texts(&officer, &second);
    let sentence = "Báo cáo này thay thế Báo cáo số 88/BC-SVHTTDL ngày 09 tháng 6 năm 2025 của Sở Văn hóa, Thể thao và Du lịch.";
    assert_eq!(says(&all).map(String::as_str), Some(sentence), "{all:#?}");
    let place = all.iter().position(|text| text == sentence).expect("the sentence");
    assert!(
        all[place - 1].starts_with("Căn cứ ") && all[place + 1].ends_with("như sau:"),
        "at the head: {all:#?}"
    );
    let last =
        all.iter().position(|text| text.starts_with("Trên đây là báo cáo")).expect("the last sentence");
    assert!(place < last && !all[last - 1].contains("thay thế"), "no proposal");

    // The number of the first is entered anew: the second was signed with the one it had.
    let before = officer.get(&second).bytes;
    officer.post(&at("/revisions/1/paper"), &paper("89", "1", "Nhập nhầm số.")).redirected();
    assert_eq!(officer.get(&second).bytes, before, "the very bytes");
    assert_eq!(says(&texts(&officer, &at("/revisions/1/document"))), None);
    // Under its own number nothing is replaced.
    officer.post(&at("/revisions/2/paper"), &paper("88", "0", "")).redirected();
    assert_eq!(says(&texts(&officer, &second)), None, "the same paper");
}

/// A paper cannot take the place of one that comes after it, whether it goes with the sending or is entered later.
#[test]
fn a_correction_is_not_signed_before_what_it_takes_the_place_of() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let (officer, compiler) = (app.client("canbo.vhttdl.bacgiang"), app.client("tonghop.catinh.bacgiang"));
    let version = values_of(&compiler.get(&at("/amendment-request")).ok(), "version")[0].clone();
    let asked = [("version", version.as_str()), ("reason", "Sửa số."), ("due_on", "12/6/2025")];
    compiler.post(&at("/amendment-request"), &asked).redirected();
    let page = officer.get(&at("/draft")).ok();
    officer.post(&at("/draft"), &pairs(&filled(&page, &[("figure.B04", "77")]))).redirected();
    let check = officer.get(&at("/check")).ok();
    let signed = |number, day| {
        let paper = [
            ("doc_number", number),
            ("doc_symbol", "BC-SVHTTDL"),
            ("doc_date", day),
            ("signatory_title", "PHÓ GIÁM ĐỐC"),
            ("signatory_name", "Trần Thế Khánh"),
        ];
        officer.post(&at("/submission"), &pairs(&ticked(&check, &paper)))
    };
    // The first went out under 147/BC-SVHTTDL of 09/6/2025.
    for (number, day, field, says) in [
        (
            "148",
            "8/6/2025",
            "doc_date",
            "trước ngày của văn bản được thay thế (147/BC-SVHTTDL, ngày 09/6/2025)",
        ),
        ("95", "9/6/2025", "doc_number", "Số 95/BC-SVHTTDL nhỏ hơn số của văn bản được thay thế cùng ngày"),
    ] {
        let refused = signed(number, day);
        assert_eq!(refused.status, 422, "{number} {day}");
        let page = refused.text();
        assert!(page.contains(says) && page.contains(&format!("href=\"#f-{field}\"")), "{page}");
    }
    signed("148", "9/6/2025").redirected();
    // Nor is such a day entered afterwards.
    let later = |day| {
        let mut entry = paper("149", "0", "Nhập lại ngày.");
        entry[3].1 = day;
        officer.post(&at("/revisions/2/paper"), &entry)
    };
    let refused = later("8/6/2025");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("trước ngày của văn bản được thay thế"), "{}", refused.text());
    later("10/6/2025").redirected();
    // Pages write the number as papers do.
    let mut short = paper("9", "1", "Nhập lại số.");
    short[3].1 = "10/6/2025";
    officer.post(&at("/revisions/2/paper"), &short).redirected();
    let changes = compiler.get(&at("/changes?from=1&to=2")).ok();
    assert!(changes.contains("<del>147</del> → <ins>09</ins>"), "{changes}");
}
