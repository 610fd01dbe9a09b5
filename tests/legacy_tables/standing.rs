//! What a table leaves among the periods, and what of it is said before it is confirmed.

use super::*;

/// The rows of one list of the page of periods.
fn listed(page: &str, list: &str) -> String {
    let from = page.find(&format!("id=\"{list}\"")).map_or("", |at| &page[at..]);
    from.split("</table>").next().unwrap_or_default().to_owned()
}

#[test]
fn a_period_made_by_a_table_is_over_and_goes_with_it() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let before = client.get("/periods").ok();
    let columns = bring(&app, &client, "2023-H1", ("một.xlsx", &made("")));
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    answer_names(&app, &client, &table);
    confirm(&client, &table).redirected();
    let page = client.get("/periods").ok();
    assert_eq!(
        listed(&page, "open").matches("<tr>").count(),
        listed(&before, "open").matches("<tr>").count()
    );
    assert!(!listed(&page, "open").contains("6 tháng đầu năm 2023"), "{page}");
    assert!(listed(&page, "locked").contains("6 tháng đầu năm 2023"), "{page}");
    let overview = app.client("lanhdao.ubnd.bacgiang").get("/overview").ok();
    assert!(!listed(&overview, "open").contains("6 tháng đầu năm 2023"), "{overview}");
    // It was consolidated elsewhere, years ago: nobody is told to do it again.
    assert!(!overview.contains("6 tháng đầu năm 2023</a><span class=\"tag due\">khóa số liệu"), "{overview}");
    let told = |page: &str| page.matches("chưa lập bản tổng hợp").count();
    assert_eq!(told(&page), told(&before));
    let period = crate::drops::period(&app, "2023-H1");
    assert!(!client.get(&format!("/periods/{period}")).ok().contains("không khóa"));
    // Taken back it leaves nothing that people are shown as a period.
    let page = client.get(&format!("{table}/withdrawal")).ok();
    let version = values_of(&page, "version").remove(0);
    let fields = [("version", version.as_str()), ("reason", "Nhập nhầm tệp.")];
    client.post(&format!("{table}/withdrawal"), &fields).redirected();
    let regime = regime(&app, "bac-giang");
    for at in ["/periods".to_owned(), format!("/regimes/{regime}"), format!("/regimes/{regime}/matrix")] {
        let answer = client.get(&at);
        if answer.status == 200 {
            assert!(!answer.text().contains("6 tháng đầu năm 2023"), "{at}: {}", answer.text());
        }
    }
}

#[test]
fn what_is_left_out_and_who_was_never_asked_are_pointed_out() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let columns = bring(&app, &client, "2023-H1", ("một.xlsx", &made("")));
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    let page = client.get(&table).ok();
    let from = page.find("id=\"warnings\"").map_or("", |at| &page[at..]);
    let warnings = from.split("</div>").next().unwrap_or_default();
    for words in [
        "Chế độ báo cáo không có biểu mẫu cho 1 đơn vị: Cổng TTĐT tỉnh.",
        "C08: biểu mẫu của 1 đơn vị không hỏi chỉ tiêu này, số không được nhập: H.Yên Dũng (500, ô E17).",
    ] {
        assert!(warnings.contains(words), "{words}: {warnings}");
    }
    assert!(page.contains("chế độ không có biểu mẫu cho đơn vị này; theo biểu mẫu"), "{page}");
}
