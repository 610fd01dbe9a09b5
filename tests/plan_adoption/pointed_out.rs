//! What is pointed out before a plan is adopted: a document of another province, and bodies that are given tasks and report nothing.

use tonghop::plan_adoption::origin::of_another_province;
use tonghop::plans::form::PlanForm;

use super::*;

fn is_strange(issuer: &str, superior: &str, place: &str) -> bool {
    let facts = PlanForm {
        issuer: issuer.to_owned(),
        superior: superior.to_owned(),
        place: place.to_owned(),
        ..PlanForm::default()
    };
    of_another_province(&facts, "Tỉnh Bắc Giang").is_some()
}

#[test]
fn a_document_is_anothers_where_its_issuer_says_so() {
    for (issuer, superior, place) in [
        ("Ủy ban nhân dân tỉnh Quảng Ngãi", "", "Quảng Ngãi"),
        ("UBND TỈNH ĐẮK LẮK", "", ""),
        ("Ủy ban nhân dân thành phố Hà Nội", "", "Hà Nội"),
        ("Sở Y tế", "Ủy ban nhân dân tỉnh Hà Tĩnh", "Hà Tĩnh"),
        ("UBND tỉnh", "", "Quảng Ngãi"),
    ] {
        assert!(is_strange(issuer, superior, place), "{issuer}");
    }
    for (issuer, superior, place) in [
        ("Ủy ban nhân dân tỉnh Bắc Giang", "", "Bắc Giang"),
        ("UBND TỈNH BẮC GIANG", "", ""),
        ("Công an tỉnh", "Bộ Công an", "Bắc Giang"),
        ("Văn phòng Tỉnh ủy Bắc Giang", "", "Bắc Giang"),
        ("Ủy ban nhân dân thành phố Bắc Giang", "", "thành phố Bắc Giang"),
        ("Ủy ban nhân dân huyện Lục Nam", "", "Lục Nam"),
        ("Bộ Công an", "", "Hà Nội"),
        ("UBND tỉnh", "", ""),
        ("", "", ""),
    ] {
        assert!(!is_strange(issuer, superior, place), "{issuer}");
    }
    let own = |issuer: &str| {
        let facts = PlanForm { issuer: issuer.to_owned(), ..PlanForm::default() };
        of_another_province(&facts, "Tỉnh Hà Tĩnh").is_none()
    };
    assert!(own("Ủy ban nhân dân tỉnh Hà Tĩnh"));
}

#[test]
fn the_review_and_the_last_page_ask_about_a_document_of_another_province() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let asks = |review: &str| {
        [String::new(), "/adoption".to_owned()]
            .map(|path| client.get(&format!("{review}{path}")).ok().contains("Văn bản của tỉnh khác?"))
    };
    assert_eq!(asks(&paste(&client, PLAN)), [false, false]);
    let theirs = PLAN.replace("BẮC GIANG", "QUẢNG NGÃI").replace("Bắc Giang", "Quảng Ngãi");
    let review = paste(&client, &theirs);
    assert_eq!(asks(&review), [true, true]);
    let page = client.get(&review).ok();
    assert!(page.contains("không phải của tỉnh Bắc Giang"), "{page}");
}

#[test]
fn who_leads_tasks_and_reports_nothing_is_named() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    for path in ["", "/adoption"] {
        let page = client.get(&format!("{review}{path}")).ok();
        let named = page.split("id=\"unreported\"").nth(1).and_then(|rest| rest.split("</section>").next());
        let named = named.unwrap_or_else(|| panic!("{path}: {page}"));
        // The press is given a task and asked for no report; departments and districts are.
        assert!(named.contains("Báo Bắc Giang"), "{named}");
        assert!(!named.contains("Sở Tài chính") && !named.contains("huyện Lục Nam"), "{named}");
        assert!(!named.contains("Công an tỉnh Bắc Giang"), "who collects reports upwards: {named}");
    }
}

/// What the page says of bodies that report nothing.
fn unreported(page: &str) -> String {
    let named = page.split("id=\"unreported\"").nth(1).and_then(|rest| rest.split("</section>").next());
    named.unwrap_or_else(|| panic!("{page}")).to_owned()
}

#[test]
fn who_only_sends_a_plan_is_told_from_who_sends_nothing() {
    let text = super::missed::PASSED.replace("; báo cáo định kỳ 06 tháng, 01 năm về Công an tỉnh", "");
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    let named = unreported(&client.get(&format!("{review}/adoption")).ok());
    assert!(named.contains("Chưa nhận nghĩa vụ báo cáo kết quả nào"), "{named}");
    assert!(named.contains("đơn vị trong số đó chỉ phải gửi kế hoạch"), "{named}");
}

#[test]
fn a_report_asked_once_is_a_report() {
    let text = super::missed::PASSED
        .replace(
            "xây dựng kế hoạch thực hiện, gửi Công an tỉnh trước ngày 15/02/2025",
            "lập danh sách người đầu mối",
        )
        .replace(
            "báo cáo định kỳ 06 tháng, 01 năm về Công an tỉnh",
            "gửi báo cáo tổng kết về Công an tỉnh trước ngày 20/8/2025",
        );
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    let page = client.get(&format!("{review}/adoption")).ok();
    assert!(page.contains("20/8/2025"), "{page}");
    let named = unreported(&page);
    assert!(named.contains("mà không có trong nghĩa vụ báo cáo nào"), "{named}");
    assert!(named.contains("Sở Tài chính") && !named.contains("Lục Nam"), "{named}");
}

#[test]
fn what_lacks_something_is_listed_with_a_way_to_it_and_what_it_lacks() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    press(&client, &review, "all", &[]);
    let page = client.get(&review).ok();
    let list = page.split("id=\"lacking\"").nth(1).and_then(|rest| rest.split("</div>").next());
    let list = list.unwrap_or_else(|| panic!("{page}"));
    // What Công an tỉnh reports upwards names no cycle.
    assert!(list.contains("href=\"#duty-40\"") && list.contains("chọn chu kỳ"), "{list}");
    assert_eq!(
        page.matches("<span class=\"warning\">Chưa nhận. ").count(),
        list.matches("<li>").count(),
        "{page}"
    );
    let left = format!("{} chỗ chưa đủ thông tin, chưa nhận", list.matches("<li>").count());
    assert!(list.contains(&left), "{list}");
    let duty = page.split("id=\"duty-40\"").nth(1).and_then(|rest| rest.split("</li>").next()).expect("it");
    assert!(duty.contains("Chưa nhận. "), "{duty}");
}

#[test]
fn who_has_ended_is_named_where_nobody_is_left_to_report() {
    let text = super::missed::PASSED.replace(
        "2. UBND các huyện, thị xã, thành phố mở phiên tư vấn;",
        "2. Sở Thông tin và Truyền thông mở chuyên mục;",
    );
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    press(&client, &review, "all", &[]);
    let page = client.get(&review).ok();
    assert!(page.contains("Sở Thông tin và Truyền thông không còn vào ngày 10/6/2025"), "{page}");
}
