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
