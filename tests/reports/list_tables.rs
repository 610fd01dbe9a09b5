//! List tables over HTTP: a block pasted without scripts, its preview, errors at row and column, sending, the diff, the
//! annex of the document and the stack of the province.

use super::{filled, pairs, report_of, ticked, values_of};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;

const BLOCK: &str = "Số, ký hiệu\tNgày\tTrích yếu\n\
    901/KH-SKHCN\t15/4/2025\t\"Triển khai \"\"tháng cao điểm\"\"\nquý II\"\n\
    902/SKHCN\t31/4/2025\tĐôn đốc báo cáo\n\
    903/SKHCN\tngày 08 tháng 5 năm 2025\tHướng dẫn đưa tin\n";

#[test]
fn a_pasted_block_is_previewed_added_mended_sent_and_stacked() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let officer = app.client("canbo.khcn.bacgiang");
    let leader = app.client("lanhdao.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");

    // A block left in its box is not dropped by another button: what it becomes is shown first.
    let page = officer.get(&at("/draft")).ok();
    let left = filled(&page, &[("go", "close"), ("paste.documents", BLOCK)]);
    let preview = officer.post(&at("/draft"), &pairs(&left)).ok();
    assert!(preview.contains("3 dòng sẽ được thêm"), "{preview}");

    // The button below the box saves what was typed beside it, and shows what each cell becomes.
    let page = officer.get(&at("/draft")).ok();
    assert!(page.contains("Thêm dòng") && page.contains("formaction=\"/reports/"));
    let typed = filled(&page, &[("list", "documents"), ("paste.documents", BLOCK)]);
    let preview = officer.post(&at("/paste"), &pairs(&typed)).ok();
    assert!(preview.contains("3 dòng sẽ được thêm") && preview.contains("1 ô cần sửa"), "{preview}");
    assert!(preview.contains("Dòng đầu là tiêu đề cột"));
    assert!(preview.contains("15/4/2025") && preview.contains("08/5/2025"));
    assert!(preview.contains("Tháng 4 năm 2025 không có ngày 31"));
    assert!(preview.contains("tháng cao điểm"));
    assert!(officer.get(&at("/draft")).ok().contains("Nội dung của section.I, viết để thử."), "it is saved");

    // Somebody saved meanwhile: the block stays.
    let version = values_of(&preview, "version")[0].clone();
    let box_of = |version: &str| {
        [("version", version.to_owned()), ("list", "documents".into()), ("paste.documents", BLOCK.into())]
            .map(|(name, value)| (name.to_owned(), value))
    };
    let stale = officer.post(&at("/rows"), &pairs(&box_of("1")));
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("Khối dán vẫn còn ở dưới") && stale.text().contains("903/SKHCN"));
    assert_eq!(officer.post(&at("/paste"), &[("version", &version), ("list", "models")]).status, 404);

    // The rows are in, the fault is at its row and column, and it keeps the report from leaving.
    let added = officer.post(&at("/rows"), &pairs(&box_of(&version_of(&app, id)))).redirected();
    assert_eq!(added, at("/draft#list-documents"));
    let page = officer.get(&at("/draft")).ok();
    let row =
        page.split("902/SKHCN").next().unwrap_or_default().matches("name=\"list.documents.").count() / 4;
    let field = format!("list.documents.{row}.date");
    let message = format!("<a href=\"#f-{field}\">Văn bản đã ban hành, dòng {}: Tháng 4", row + 1);
    assert!(page.contains(&message), "named in the summary: {message}");
    assert!(page.contains(&format!("id=\"e-{field}\"")), "and at its cell");
    let check = leader.get(&at("/check")).ok();
    assert!(check.contains("Tháng 4 năm 2025 không có ngày 31"));
    let refused = leader.post(&at("/submission"), &pairs(&ticked(&check, &[])));
    assert_eq!(refused.status, 422);

    // The same block again adds nothing.
    let again = officer.post(&at("/paste"), &pairs(&box_of(&version_of(&app, id)))).ok();
    assert!(again.contains("Không có dòng mới") && again.contains("Bỏ qua 3 dòng giống hệt dòng đã có"));

    // Mended, sent.
    let mut mended = rows_of(&officer.get(&at("/draft")).ok());
    mended.retain(|(name, _)| *name != field);
    mended.push((field, "30/4/2025".into()));
    mended.push(("version".into(), version_of(&app, id)));
    officer.post(&at("/draft"), &pairs(&mended)).redirected();
    let check = leader.get(&at("/check")).ok();
    assert!(check.contains("30/4/2025") && !check.contains("không có ngày 31"));
    let sent = leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();
    assert_eq!(sent, at("/confirmation/1"));

    // The annex of the paper has the rows, days as documents write them, under a heading that is repeated.
    let document = paragraphs(&officer.get(&at("/document")).bytes);
    let text: String = document.iter().map(|paragraph| format!("{}\n", paragraph.text)).collect();
    assert!(text.contains("901/KH-SKHCN") && text.contains("08/5/2025"), "{text}");

    // The collector reads them, receives, and sees them stacked under the unit's name.
    let review = compiler.get(&at("")).ok();
    assert!(review.contains("Triển khai &#34;tháng cao điểm&#34; quý II"));
    let version = values_of(&review, "version")[0].clone();
    compiler.post(&at("/receipt"), &[("version", &version)]).redirected();
    let period = period_of(&review);
    let stacked = compiler.get(&format!("/periods/{period}/consolidation?list=documents")).ok();
    let (before, after) = stacked.split_once("902/SKHCN").expect("the row is stacked");
    assert!(before.rsplit("<tr>").next().is_some_and(|row| row.contains("Sở Khoa học và Công nghệ")));
    assert!(after.contains("30/4/2025"));
    let other = compiler.get(&format!("/periods/{period}/consolidation?list=nothing"));
    assert_eq!(other.status, 404);
}

#[test]
fn a_list_takes_five_hundred_rows_and_no_more() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let block: String = (0..501).map(|n| format!("{n}/CV\t5/6/2025\tVăn bản thứ {n}\n")).collect();
    let version = version_of(&app, id);
    let fields = [("version", version.as_str()), ("list", "documents"), ("paste.documents", block.as_str())];
    let preview = officer.post(&format!("/reports/{id}/paste"), &fields).ok();
    assert!(preview.contains("Danh sách có nhiều nhất 500 dòng, thừa"));
    assert!(!preview.contains("Thêm 501 dòng</button>"));
    let version = version_of(&app, id);
    let fields = [("version", version.as_str()), ("list", "documents"), ("paste.documents", block.as_str())];
    let refused = officer.post(&format!("/reports/{id}/rows"), &fields);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("nhiều nhất 500 dòng"));
}

/// The fields of the rows as the page would post them; all cells of documents are inputs.
fn rows_of(html: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for name in super::names_of(html, "list.documents.") {
        if let Some(value) = values_of(html, &name).first().filter(|_| !name.ends_with(".remove")) {
            fields.push((name, value.clone()));
        }
    }
    fields
}

fn version_of(app: &TestApp, id: tonghop::db::ids::ReportId) -> String {
    use diesel::prelude::*;
    use tonghop::db::DbError;
    use tonghop::db::schema::drafts;
    let version: i32 = app
        .db
        .read(|conn| drafts::table.find(id).select(drafts::version).first(conn).map_err(DbError::Query))
        .expect("a draft");
    version.to_string()
}

/// The period a review page leads back to.
fn period_of(html: &str) -> String {
    let (_, rest) = html.split_once("href=\"/periods/").expect("a way back");
    rest.chars().take_while(char::is_ascii_digit).collect()
}
