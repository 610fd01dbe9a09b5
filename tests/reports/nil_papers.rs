//! Papers of another shape than the usual report: of a unit that has nothing to report, and of one that answers a question.

use super::report_of;
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::Answer;

fn texts(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    paragraphs(&answer.bytes).into_iter().map(|p| p.text.replace(['\u{a0}', '\n'], " ")).collect()
}

fn starting<'a>(all: &'a [String], words: &str) -> &'a String {
    all.iter().find(|text| text.starts_with(words)).unwrap_or_else(|| panic!("{words}: {all:#?}"))
}

#[test]
fn nothing_to_report_is_a_short_paper() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.yte", "2025-H1");
    let path = format!("/reports/{id}/document");
    let officer = app.client("canbo.yte.bacgiang");
    assert!(officer.get(&format!("/reports/{id}")).ok().contains(&format!("href=\"{path}\"")));
    let answer = officer.get(&path);
    let name = answer.header("content-disposition");
    assert!(name.contains("so-y-te-khong-phat-sinh.docx"), "{name}");
    let all = texts(&answer);
    for expected in [
        "BÁO CÁO",
        "Kết quả công tác tái hòa nhập cộng đồng của Sở Y tế 6 tháng đầu năm 2025",
        "Trong kỳ báo cáo (từ ngày 15/12/2024 đến ngày 14/6/2025), Sở Y tế không phát sinh nội dung, số liệu phải báo cáo.",
        "Trên đây là báo cáo kết quả công tác tái hòa nhập cộng đồng 6 tháng đầu năm 2025 của Sở Y tế./.",
        "Nơi nhận:",
        "GIÁM ĐỐC",
    ] {
        assert!(all.iter().any(|text| text == expected), "{expected:?} in {all:#?}");
    }
    starting(&all, "Thực hiện Kế hoạch");
    assert!(!all.iter().any(|text| text.contains("……") || text.starts_with("Phụ lục")));
    // Nobody has given it a number.
    let mark = all.iter().position(|text| text == "DỰ THẢO").expect("the mark");
    assert!(all[mark - 1].starts_with("Số: "), "under the number: {all:#?}");
    // Its collector reads it too, nobody outside does.
    assert_eq!(texts(&app.client("tonghop.catinh.bacgiang").get(&path)), all);
    assert_eq!(app.client("canbo.khcn.bacgiang").get(&path).status, 404);
}

#[test]
fn a_question_out_of_turn_is_answered_in_its_own_words() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-DX1");
    let all = texts(&app.client("canbo.vhttdl.bacgiang").get(&format!("/reports/{id}/document")));
    let name = "Sở Văn hóa, Thể thao và Du lịch";
    let about = "về mô hình điển hình trong công tác tái hòa nhập cộng đồng";
    let subject = format!("Về mô hình điển hình trong công tác tái hòa nhập cộng đồng của {name}");
    assert!(all.contains(&subject), "{all:#?}");
    let opening = starting(&all, "Thực hiện Kế hoạch");
    let letter = "; Công văn số 2388/CAT-PC10 ngày 22 tháng 5 năm 2025 của Công an tỉnh về việc báo cáo mô hình điển hình \
                  trong công tác tái hòa nhập cộng đồng, ";
    assert!(opening.contains(letter), "{opening}");
    assert!(opening.ends_with(&format!("{name} báo cáo {about} như sau:")), "{opening}");
    assert_eq!(opening.matches(':').count(), 1, "{opening}");
    let closing = starting(&all, "Trên đây là");
    assert!(closing.starts_with(&format!("Trên đây là báo cáo {about} của {name}")), "{closing}");
    assert!(!closing.contains(':'), "{closing}");
    // The form asks for no figures and nothing of the plan's tasks: those are answered in the half-year's report.
    assert!(!all.iter().any(|text| text.contains("nhiệm vụ theo kế hoạch")), "{all:#?}");
}

/// A plan for the year before is not what is carried out; beside its tasks it is named, as every plan is.
#[test]
fn a_plan_of_the_year_before_is_named_beside_its_tasks_only() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.phunu", "2025-H1");
    let all = texts(&app.client("canbo.phunu.bacgiang").get(&format!("/reports/{id}/document")));
    let opening = starting(&all, "Thực hiện ");
    assert!(opening.contains("năm 2025 của UBND tỉnh Bắc Giang về"), "{opening}");
    assert!(!opening.contains(" và Kế hoạch"), "{opening}");
    assert!(!opening.contains("13/KH-UBND"), "{opening}");
    let at = all.iter().position(|text| text.ends_with("Kết quả thực hiện nhiệm vụ theo kế hoạch"));
    let tasks: Vec<&String> =
        all[at.expect("the tasks") + 1..].iter().take_while(|text| !text.starts_with("III. ")).collect();
    let given: Vec<&&String> = tasks.iter().filter(|text| text.starts_with("- ")).collect();
    assert!(
        given.iter().any(|text| text.contains(", Kế hoạch số 13/KH-UBND ngày 20/01/2024):")),
        "{given:#?}"
    );
    assert!(given.iter().all(|text| text.contains(" (mục ")), "{given:#?}");
    assert!(all.iter().any(|text| text.ends_with("Kết quả thực hiện nhiệm vụ theo kế hoạch")), "{all:#?}");
    // What goes out under the standing board's symbol is the board's.
    let at = all.iter().position(|text| text == "BAN THƯỜNG VỤ").expect("the board");
    assert_eq!(all[at - 1], "TỈNH BẮC GIANG", "the body above it");
}

/// What the paper leaves open is said before it leaves, to the unit and to who collects.
#[test]
fn a_plan_without_a_number_is_told_before_sending() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let words = "Kế hoạch năm 2025 của UBND tỉnh Bắc Giang chưa có số, ngày ban hành trong hệ thống; báo cáo gửi đi nêu văn bản này không kèm số, ngày.";
    let check = app.client("canbo.khcn.bacgiang").get(&format!("/reports/{id}/check")).ok();
    assert!(check.contains(words) && check.contains("Hỏi số, ngày ở Công an tỉnh Bắc Giang."), "{check}");
    let period = super::period_of(&app, id);
    let page = app.client("tonghop.catinh.bacgiang").get(&format!("/periods/{period}")).ok();
    assert!(page.contains(words) && page.contains("/edit\">Nhập số, ngày"), "{page}");
    // The Front collects for its bodies, and compiles in the period of the year alone.
    let year = crate::periods::period(&app, "bac-giang", "2025-Y");
    for (other, period) in [("lanhdao.ubnd.bacgiang", period), ("canbo.mttq.bacgiang", year.0)] {
        let page = app.client(other).get(&format!("/periods/{period}")).ok();
        assert!(!page.contains(words), "who cannot enter it is not asked to: {other}");
    }
}
