//! Quyền hạn over chức vụ: what a records clerk sends back, and where it is said.

use tonghop::reports::capacity::slip;

use super::report_of;
use crate::support::app::TestApp;

/// Capacity, title, and the mend asked for.
const LINES: [(&str, &str, Option<&str>); 9] = [
    ("", "Phó Giám đốc", Some("KT. GIÁM ĐỐC")),
    ("KT GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", Some("KT. GIÁM ĐỐC")),
    ("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", Some("KT. CHỦ TỊCH")),
    ("PHÓ GIÁM ĐỐC", "", Some("KT. GIÁM ĐỐC")),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", None),
    ("TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", None),
    ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", None),
    ("TUQ. GIÁM ĐỐC", "PHÓ TRƯỞNG PHÒNG", None),
    ("", "GIÁM ĐỐC", None),
];

#[test]
fn a_deputy_without_kt_is_pointed_out() {
    for (capacity, title, mend) in LINES {
        let said = slip(capacity, title);
        assert_eq!(said.is_some(), mend.is_some(), "{capacity} | {title}: {said:?}");
        assert!(mend.is_none_or(|mend| said.is_some_and(|said| said.contains(mend))), "{capacity} | {title}");
    }
}

#[test]
fn the_page_of_the_report_says_it_and_nothing_is_held_up() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let officer = app.client("canbo.vhttdl.bacgiang");
    let form = format!("/reports/{id}/revisions/1/paper");
    let warned = |path: &str| officer.get(path).ok().contains("chưa ghi ký thay: ghi “KT. GIÁM ĐỐC”");
    assert!(!warned(&format!("/reports/{id}")) && !warned(&form));
    let typed = [
        ("seen", "0"),
        ("doc_number", "88"),
        ("doc_symbol", "BC-SVHTTDL"),
        ("doc_date", "9/6/2025"),
        ("signatory_capacity", "PHÓ GIÁM ĐỐC"),
        ("signatory_title", ""),
        ("signatory_name", "Trần Thế Khánh"),
    ];
    officer.post(&form, &typed).redirected();
    assert!(warned(&format!("/reports/{id}")) && warned(&form));
}
