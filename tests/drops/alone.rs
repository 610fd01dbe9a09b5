//! What one press never takes: a file that says nothing, one of another period, one without what a unit must answer.

use tonghop::drops::FileState;

use super::{COMPILER, books, confirm_each, dropped, files, fill, press, run};
use crate::support::app::TestApp;
use crate::support::client::hidden;
use crate::unit_workbook::pages::with_figure;

#[test]
fn a_file_nobody_filled_is_refused_as_an_empty_report_is() {
    let app = TestApp::demo();
    let all = books(&app, "bac-giang", &["2025-Y"]);
    let drop = dropped(&app, "2025-Y", &[("trong.xlsx", &all[0].bytes)]);
    let row = files(&app, drop).remove(0);
    assert_eq!(row.state(), FileState::Faulty);
    let said =
        row.message.contains("Tệp chưa điền: 0/") || row.message.contains("không khác biểu mẫu lúc tải về");
    assert!(said, "{}", row.message);
    let compiler = app.client(COMPILER);
    assert!(compiler.get(&format!("/drops/{drop}")).ok().contains(&row.message));
    assert_eq!(press(&compiler, drop).status, 422);
    // Nor by itself.
    let fields = [
        ("warnings", "1"),
        ("shown", &*format!("{}:{}", row.id, row.version)),
        ("looked", &*row.id.to_string()),
    ];
    assert_eq!(compiler.post(&format!("/drops/{drop}/application"), &fields).status, 422);
    assert_ne!(crate::reports::state_of(&app, all[0].report), "sent");
}

#[test]
fn a_file_of_another_period_is_confirmed_by_itself() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(1);
    fill(&mut all);
    let drop = dropped(&app, "2025-H1", &[("nam.xlsx", &all[0].bytes)]);
    let row = files(&app, drop).remove(0);
    assert_eq!(row.state(), FileState::Ready);
    let reasons: Vec<&str> = row.reasons().collect();
    assert!(reasons[0].starts_with("tệp của kỳ khác: "), "{reasons:?}");
    assert!(reasons[1].contains("chưa hết thời gian chốt số liệu"), "{reasons:?}");
    let compiler = app.client(COMPILER);
    let page = compiler.get(&format!("/drops/{drop}")).ok();
    assert!(page.contains("tệp của kỳ khác: ") && page.contains("xác nhận riêng"), "{page}");
    assert!(!page.contains("Nhận tất cả tệp đạt</button>"), "{page}");
    assert_eq!(press(&compiler, drop).status, 422, "the press for all does not take it");
    confirm_each(&app, &compiler, drop);
    assert_eq!(files(&app, drop)[0].state(), FileState::Applied);
}

/// What the unit is writing here would be put aside: that is decided with the file open, not by one tick for all.
#[test]
fn a_file_of_a_unit_that_is_writing_here_is_confirmed_by_itself() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.retain(|book| book.unit == "bg.khcn");
    assert_eq!(all.len(), 1);
    fill(&mut all);
    let officer = app.client("canbo.khcn.bacgiang");
    let at = format!("/reports/{}/draft", all[0].report);
    let version = hidden(&officer.get(&at).ok(), "version").expect("a version");
    let fields = [("version", version.as_str()), ("evidence.0.title", "Tin đang soạn")];
    assert_eq!(officer.post_json(&format!("{at}/autosave"), &fields).status, 200);
    let drop = dropped(&app, "2025-Y", &[("khcn.xlsx", &all[0].bytes)]);
    let row = files(&app, drop).remove(0);
    assert_eq!(row.state(), FileState::Ready, "{row:?}");
    assert!(row.reasons().any(|reason| reason.starts_with("đơn vị đang soạn")), "{row:?}");
    let compiler = app.client(COMPILER);
    assert_eq!(press(&compiler, drop).status, 422, "the press for all does not take it");
    confirm_each(&app, &compiler, drop);
    assert_eq!(files(&app, drop)[0].state(), FileState::Applied);
}

#[test]
fn a_file_without_what_a_unit_must_answer_is_confirmed_by_itself() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(2);
    let bare = with_figure(&all[0].bytes, "B04", "><v>7</v>");
    fill(&mut all);
    let drop = dropped(&app, "2025-Y", &[("thieu.xlsx", &bare), ("du.xlsx", &all[1].bytes)]);
    let rows = files(&app, drop);
    assert!(rows.iter().all(|row| row.state() == FileState::Ready), "{rows:?}");
    assert!(rows[0].alone.starts_with("thiếu ") && rows[0].alone.ends_with("bắt buộc"), "{}", rows[0].alone);
    assert_eq!(rows[1].alone, "");
    let compiler = app.client(COMPILER);
    press(&compiler, drop).redirected();
    run(&app);
    let states: Vec<FileState> = files(&app, drop).iter().map(|row| row.state()).collect();
    assert_eq!(states, [FileState::Ready, FileState::Applied]);
    confirm_each(&app, &compiler, drop);
    assert_eq!(files(&app, drop)[0].state(), FileState::Applied);
    // The receiver reads what is missing as the one who took it did.
    let report = compiler.get(&format!("/reports/{}", all[0].report)).ok();
    assert!(
        report.contains("Tệp Excel của đơn vị không nêu phần") && report.contains("Số liệu: "),
        "{report}"
    );
}

/// A workbook has no place to answer remarks: what is advised is what works.
#[test]
fn a_correction_that_comes_as_a_file_is_led_to_where_remarks_are_answered() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.retain(|book| book.unit == "bg.khcn");
    fill(&mut all);
    let drop = dropped(&app, "2025-Y", &[("a.xlsx", &all[0].bytes)]);
    let compiler = app.client(COMPILER);
    press(&compiler, drop).redirected();
    run(&app);
    let at = format!("/reports/{}", all[0].report);
    compiler
        .post(&format!("{at}/remarks"), &[("place", "figure.B04.value"), ("body", "Xem lại.")])
        .redirected();
    let request = compiler.get(&format!("{at}/amendment-request")).ok();
    let version = crate::reports::values_of(&request, "version").remove(0);
    let asked = [("version", &*version), ("reason", "Một chỗ cần xem lại."), ("due_on", "12/6/2025")];
    compiler.post(&format!("{at}/amendment-request"), &asked).redirected();
    let book = app.client("canbo.khcn.bacgiang").get(&format!("{at}/workbook")).bytes;
    let again = dropped(&app, "2025-Y", &[("b.xlsx", &with_figure(&book, "B04", "><v>77</v>"))]);
    let row = files(&app, again).remove(0);
    assert_eq!(row.state(), FileState::Faulty, "{}", row.message);
    let page = compiler.get(&format!("/drops/{again}/files/{}", row.id)).ok();
    assert!(page.contains("Tệp Excel không có chỗ trả lời góp ý"), "{page}");
    assert!(page.contains(&format!("href=\"{at}/on-behalf\"")), "{page}");
    assert!(!page.contains("Gửi lại đơn vị tệp có ghi chú lỗi"), "{page}");
}
