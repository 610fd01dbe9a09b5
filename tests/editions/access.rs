//! Who sees, makes, approves and takes along an edition. What is foreign does not exist (404); a role that sees and
//! may not act is told who may (403).

use super::{approve, make, open, period_id, version, workbook};
use crate::support::app::TestApp;
use calamine::Reader;

#[test]
fn only_the_collector_consolidates_and_only_its_leader_approves() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let preview = format!("/periods/{id}/consolidation");
    let editions = format!("/periods/{id}/editions");
    for (who, status) in [
        ("lanhdao.ubnd.bacgiang", 403),
        ("canbo.khcn.bacgiang", 404),
        ("tonghop.catinh.longan", 404),
        ("c11.bocongan", 404),
        ("quantri.bacgiang", 404),
    ] {
        let client = app.client(who);
        assert_eq!(client.get(&preview).status, status, "{who}");
        assert_eq!(client.post(&editions, &[]).status, status, "{who}");
    }
    let compiler = app.client("tonghop.catinh.bacgiang");
    let edition = make(&compiler, id);
    let approval = format!("{edition}/approval");
    let seen = version(&app, &edition);
    for (who, page, act) in [
        ("tonghop.catinh.bacgiang", 200, 403),
        ("lanhdao.ubnd.bacgiang", 200, 403),
        ("canbo.khcn.bacgiang", 404, 404),
        ("tonghop.catinh.longan", 404, 404),
        ("lanhdao.catinh.longan", 404, 404),
        ("c11.bocongan", 404, 404),
    ] {
        let client = app.client(who);
        assert_eq!(client.get(&edition).status, page, "{who}");
        assert_eq!(client.get(&approval).status, act, "{who}");
        assert_eq!(client.post(&approval, &[("version", &seen)]).status, act, "{who}");
    }
    assert_eq!(app.anonymous().get(&edition).location, format!("/sign-in?next={edition}"));

    // One draft at a time, one approval, and only of what was seen.
    let again = compiler.post(&editions, &[]);
    assert_eq!(again.status, 422);
    assert!(again.text().contains("còn là dự thảo"), "{}", again.text());
    let leader = app.client("lanhdao.catinh.bacgiang");
    assert_eq!(leader.post(&approval, &[("version", "99")]).status, 409);
    assert_eq!(leader.post(&approval, &[]).status, 409);
    approve(&app, &leader, &edition);
    assert_eq!(leader.post(&approval, &[("version", &seen)]).status, 409);
    assert_eq!(leader.get(&approval).location, edition);
}

/// A paper about nothing is signed by nobody.
#[test]
fn a_draft_that_no_report_is_in_is_not_approved() {
    let app = TestApp::demo();
    let edition = make(&app.client("tonghop.catinh.bacgiang"), period_id(&app, "bac-giang", "2025-Y"));
    let approval = format!("{edition}/approval");
    let leader = app.client("lanhdao.catinh.bacgiang");
    let page = leader.get(&approval).ok();
    assert!(page.contains("Chưa chốt được") && !page.contains("<button class=\"btn main\">Chốt"), "{page}");
    let answer = leader.post(&approval, &[("version", &version(&app, &edition))]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Chưa có báo cáo của đơn vị nào"), "{}", answer.text());
    assert!(leader.get(&edition).ok().contains("Dự thảo"));
}

#[test]
fn the_ministry_reads_what_is_approved_and_no_figure_of_one_unit_in_a_classified_group() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, ministry) = (app.client("tonghop.catinh.bacgiang"), app.client("c11.bocongan"));
    let edition = make(&compiler, id);
    assert!(!ministry.get("/editions").ok().contains(&format!("href=\"{edition}\"")));
    assert_eq!(ministry.get(&format!("{edition}/workbook/ministry")).status, 404, "a draft does not exist");
    approve(&app, &app.client("lanhdao.catinh.bacgiang"), &edition);
    assert!(ministry.get("/editions").ok().contains(&format!("href=\"{edition}\"")));

    let page = ministry.get(&edition).ok();
    assert!(page.contains("data-code=\"E01\""), "totals of the classified group are there");
    assert!(!page.contains("?group=E") && page.contains("?group=B"));
    let leader = app.client("lanhdao.ubnd.bacgiang");
    for reader in [&ministry, &leader] {
        assert_eq!(reader.get(&format!("{edition}?group=E")).status, 404);
        assert_eq!(reader.get(&format!("{edition}?group=B")).status, 200);
        assert_eq!(reader.get(&format!("{edition}/workbook/internal")).status, 404);
        assert_eq!(reader.get(&format!("{edition}/workbook/other")).status, 404);
    }
    assert_eq!(compiler.get(&format!("{edition}?group=E")).status, 200);
    assert_eq!(compiler.get(&format!("{edition}?group=Z")).status, 404);

    let sheets = |bytes: Vec<u8>| open(bytes).sheet_names();
    let theirs = sheets(workbook(&ministry, &edition, "ministry"));
    let ours = sheets(workbook(&compiler, &edition, "internal"));
    for sheet in ["Theo đơn vị - E", "Tình hình gửi"] {
        assert!(!theirs.iter().any(|name| name == sheet), "{sheet} stays with the collector");
        assert!(ours.iter().any(|name| name == sheet), "{sheet} is in the collector's own copy");
    }
    let data = open(workbook(&ministry, &edition, "ministry")).worksheet_range("Dữ liệu").unwrap();
    let of_units = |group: &str| {
        let text = |row: &[calamine::Data], column: usize| row[column].to_string();
        data.rows().filter(|row| text(row, 0) == "don_vi" && text(row, 2).starts_with(group)).count()
    };
    assert_eq!(of_units("E"), 0);
    assert!(of_units("B") > 20);
}

#[test]
fn a_file_has_a_name_for_every_browser() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let edition = make(&compiler, id);
    let name = compiler.get(&format!("{edition}/workbook/ministry")).header("content-disposition");
    assert_eq!(
        name,
        "attachment; filename=\"du-thao-tong-hop-bac-giang-2025-h1-lan-1-ban-gui-bo.xlsx\"; \
         filename*=UTF-8''D%E1%BB%B1%20th%E1%BA%A3o%20T%E1%BB%95ng%20h%E1%BB%A3p%20B%E1%BA%AFc%20Giang%202025-H1%20\
         l%E1%BA%A7n%201%20%28b%E1%BA%A3n%20g%E1%BB%ADi%20B%E1%BB%99%29.xlsx"
    );
}
