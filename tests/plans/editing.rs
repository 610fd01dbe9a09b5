//! Entering and editing a plan over HTTP: who may, who is second, and what was typed when it is refused.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{plans, units};
use tonghop::plans::form::BasisFacts;
use tonghop::plans::queries;

use super::{COMPILER, FOREIGN, OFFICER, plan, steps, unit, version};
use crate::support::app::TestApp;
use crate::support::client::hidden;

const FACTS: [(&str, &str); 8] = [
    ("kind", "KH"),
    ("number", ""),
    ("symbol", "KH-UBND"),
    ("month", "6"),
    ("year", "2025"),
    ("issuer", "Ủy ban nhân dân tỉnh Bắc Giang"),
    ("subject", "Kiểm tra việc thử"),
    ("short_name", "Kế hoạch thử"),
];

fn with<'a>(facts: &[(&'a str, &'a str)], change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = facts.iter().filter(|(name, _)| change.iter().all(|(other, _)| other != name));
    kept.chain(change).copied().collect()
}

#[test]
fn the_list_is_the_provinces_and_searched_without_accents() {
    let app = TestApp::demo();
    let officer = app.client(OFFICER);
    let page = officer.get("/plans").ok();
    assert!(page.contains("13/KH-UBND") && page.contains("…/KH-UBND"));
    assert!(!page.contains("/plans/new"), "an officer is offered nothing to edit");
    let found = officer.get("/plans?q=khong+gian+mang").ok();
    assert!(found.contains("…/KH-UBND") && !found.contains("13/KH-UBND"));
    assert!(!page.contains("Long An"));
}

#[test]
fn the_document_shows_who_holds_each_task_now_and_before() {
    let app = TestApp::demo();
    let page = app.client(OFFICER).get(&format!("/plans/{}", plan(&app.db))).ok();
    assert!(page.contains("trước đây: Sở Thông tin và Truyền thông, đến 28/02/2025"));
    assert!(page.contains("ngày … tháng 01 năm 2025"));
    assert!(!page.contains("/edit"));
    let units = app.client(OFFICER).get(&format!("/plans/{}/units", plan(&app.db))).ok();
    assert!(units.contains("Sở Khoa học và Công nghệ"));
    assert!(!units.contains("Sở Thông tin và Truyền thông ·"), "what has ended holds nothing");
}

#[test]
fn only_the_compiler_of_the_province_edits() {
    let app = TestApp::demo();
    let id = plan(&app.db);
    let paths = ["edit", "clauses", "clauses/new", "legal-bases"].map(|page| format!("/plans/{id}/{page}"));
    let (compiler, officer, foreign) = (app.client(COMPILER), app.client(OFFICER), app.client(FOREIGN));
    for path in &paths {
        assert_eq!(compiler.get(path).status, 200, "{path}");
        assert_eq!(officer.get(path).status, 403, "{path}");
        assert_eq!(foreign.get(path).status, 404, "{path}");
    }
    assert_eq!(foreign.get(&format!("/plans/{id}")).status, 404);
    for post in [format!("/plans/{id}"), format!("/plans/{id}/clauses"), format!("/plans/{id}/legal-bases")] {
        assert_eq!(officer.post(&post, &FACTS).status, 403, "{post}");
        assert_eq!(foreign.post(&post, &FACTS).status, 404, "{post}");
    }
    assert_eq!(officer.post("/plans", &FACTS).status, 403);
    assert_eq!(officer.get("/plans/new").status, 403);
}

#[test]
fn a_new_plan_belongs_to_the_compilers_province() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let to = compiler.post("/plans", &FACTS).redirected();
    let page = compiler.get(to.trim_end_matches("/clauses")).ok();
    assert!(page.contains("Kế hoạch thử") && page.contains("ngày … tháng 6 năm 2025"));
    assert_eq!(app.client(FOREIGN).get(to.trim_end_matches("/clauses")).status, 404);
    assert_eq!(steps(&app, "plan.create"), 1);
    let elsewhere = unit(&app.db, "la").to_string();
    assert_eq!(compiler.post("/plans", &with(&FACTS, &[("province", &elsewhere)])).status, 404);
}

#[test]
fn what_is_refused_keeps_what_was_typed() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let typed = with(&FACTS, &[("number", "13/KH-UBND"), ("subject", "Một trích yếu <dài>")]);
    for path in ["/plans".to_owned(), format!("/plans/{}", plan(&app.db))] {
        let answer = compiler.post(&path, &typed);
        assert_eq!(answer.status, 422);
        let page = answer.text();
        assert!(page.contains("href=\"#f-number\"") && page.contains("id=\"f-number\""));
        assert!(page.contains("value=\"13/KH-UBND\"") && page.contains("Một trích yếu &#60;dài&#62;"));
    }
    assert_eq!(steps(&app, "plan.create") + steps(&app, "plan.edit"), 0);
}

#[test]
fn the_second_of_two_editors_is_told_and_loses_nothing() {
    let app = TestApp::demo();
    let id = plan(&app.db);
    let path = format!("/plans/{id}");
    let seen = version(&app.db, id);
    let (first, second) = (app.client(COMPILER), app.client("tonghop2.catinh.bacgiang"));
    let ours = with(&FACTS, &[("version", &seen), ("subject", "Trích yếu của người thứ nhất")]);
    first.post(&path, &ours).redirected();
    let theirs = with(&FACTS, &[("version", &seen), ("subject", "Trích yếu của người thứ hai")]);
    let answer = second.post(&path, &theirs);
    assert_eq!(answer.status, 409);
    let page = answer.text();
    assert!(page.contains("Trích yếu của người thứ hai"));
    assert!(first.get(&path).ok().contains("Trích yếu của người thứ nhất"));
    // Sent once more from the page that told them, it is saved knowingly.
    let fresh = hidden(&page, "version").expect("the page carries the new version");
    second.post(&path, &with(&theirs, &[("version", &fresh)])).redirected();
    assert!(first.get(&path).ok().contains("Trích yếu của người thứ hai"));
    assert_eq!(steps(&app, "plan.edit"), 2);
}

#[test]
fn legal_bases_are_picked_and_added() {
    let app = TestApp::demo();
    let id = plan(&app.db);
    let compiler = app.client(COMPILER);
    let path = format!("/plans/{id}/legal-bases");
    let seen = version(&app.db, id);
    let half = compiler
        .post(&path, &[("version", &seen), ("basis_kind", "decree"), ("basis_number", "1/2025/NĐ-CP")]);
    assert_eq!(half.status, 422);
    assert!(half.text().contains("value=\"1/2025/NĐ-CP\""));
    let new = [
        ("version", seen.as_str()),
        ("basis_kind", "decree"),
        ("basis_number", "1/2025/NĐ-CP"),
        ("basis_issuer", "Chính phủ"),
        ("basis_subject", "Một việc đã xong"),
        ("basis_valid_to", "01/6/2025"),
    ];
    compiler.post(&path, &new).redirected();
    let page = compiler.get(&format!("/plans/{id}")).ok();
    assert!(page.contains("Nghị định số 1/2025/NĐ-CP") && page.contains("căn cứ hết hiệu lực từ 02/6/2025"));
    assert!(!page.contains("49/2020/NĐ-CP"), "none was marked, so none is left");
    let again = compiler.post(&path, &with(&new, &[("version", &version(&app.db, id))]));
    assert_eq!(again.status, 422, "the list already has it");
}

#[test]
fn a_provinces_own_papers_are_offered_to_nobody_else() {
    let app = TestApp::demo();
    let path = |province: &str| {
        let id = app
            .db
            .read(|conn| {
                plans::table
                    .inner_join(units::table.on(units::id.eq(plans::province_id)))
                    .filter(units::code.eq(province))
                    .filter(plans::issued_year.eq(2025))
                    .select(plans::id)
                    .first::<i64>(conn)
                    .map_err(DbError::Query)
            })
            .expect("a plan");
        format!("/plans/{id}/legal-bases")
    };
    let (here, there) = (path("bg"), path("la"));
    let bac_giang = app.client(COMPILER).get(&here).ok();
    let long_an = app.client("tonghop.catinh.longan").get(&there).ok();
    for (paper, in_bac_giang, in_long_an) in [
        ("801/TTr-CAT-PC10", false, true),
        ("1509/CAT-CSTHAHS&#38;HTTP", true, false),
        ("49/2020/NĐ-CP", true, true),
        ("563/KH-BCA-C11", true, true),
    ] {
        assert_eq!(bac_giang.contains(paper), in_bac_giang, "{paper}");
        assert_eq!(long_an.contains(paper), in_long_an, "{paper}");
    }
}

/// The page's form for a new basis, all of it typed.
fn decision<'a>(version: &'a str, issuer: &'a str, day: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("version", version),
        ("basis_kind", "decision"),
        ("basis_number", "01/QĐ-UBND"),
        ("basis_issued_on", day),
        ("basis_issuer", issuer),
        ("basis_subject", "Một việc"),
    ]
}

#[test]
fn two_bodies_may_give_out_one_number_on_one_day() {
    let app = TestApp::demo();
    let id = plan(&app.db);
    let compiler = app.client(COMPILER);
    let path = format!("/plans/{id}/legal-bases");
    for issuer in ["UBND tỉnh Bắc Giang", "UBND thành phố Bắc Giang"] {
        for day in ["02/01/2025", ""] {
            let seen = version(&app.db, id);
            compiler.post(&path, &decision(&seen, issuer, day)).redirected();
            let seen = version(&app.db, id);
            let again = compiler.post(&path, &decision(&seen, issuer, day));
            assert_eq!(again.status, 422, "{issuer} {day}: the list has it");
            assert!(again.text().contains("href=\"#f-basis_number\""));
        }
    }
}

#[test]
fn a_basis_that_two_provinces_add_at_once_is_one_row() {
    let app = TestApp::demo();
    for day in [None, chrono::NaiveDate::from_ymd_opt(2025, 1, 2)] {
        let basis = |subject: &str| BasisFacts {
            kind: "decision".into(),
            number: "02/QĐ-TTg".into(),
            issued_on: day,
            issuer: "Thủ tướng Chính phủ".into(),
            subject: subject.into(),
            valid_from: None,
            valid_to: None,
        };
        let (added, ready) = std::sync::mpsc::channel();
        let (first, second) = std::thread::scope(|scope| {
            let first = scope.spawn(|| {
                app.db.write(|conn| {
                    let id = queries::add_basis(conn, &basis("Việc một"))?;
                    added.send(()).expect("the second waits");
                    // The other is under way before this one is kept; on SQLite it waits for its turn.
                    std::thread::sleep(std::time::Duration::from_millis(300));
                    Ok::<_, DbError>(id)
                })
            });
            ready.recv().expect("the first has added");
            let second = app.db.write(|conn| Ok::<_, DbError>(queries::add_basis(conn, &basis("Việc hai"))?));
            (first.join().expect("no panic").expect("kept"), second.expect("the same row"))
        });
        assert_eq!(first, second, "{day:?}");
    }
}

#[test]
fn a_picked_document_that_is_none_empties_nothing() {
    let app = TestApp::demo();
    let id = plan(&app.db);
    let compiler = app.client(COMPILER);
    let there = |app: &TestApp| {
        app.db.read(|conn| Ok::<_, DbError>(queries::bases_of(conn, id)?)).expect("the bases").len()
    };
    let before = there(&app);
    assert!(before > 0);
    for basis in ["-1", "abc", "999999", ""] {
        let fields = [("version", version(&app.db, id)), ("basis", basis.to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = compiler.post(&format!("/plans/{id}/legal-bases"), &fields);
        assert_eq!(answer.status, 422, "{basis}");
        assert!(answer.text().contains("không còn trong danh sách"));
    }
    assert_eq!(there(&app), before);
    for (field, value, words) in [
        ("basis_kind", "treaty", "Chọn loại văn bản trong danh sách"),
        ("basis_valid_to", "01/01/2020", "từ ngày bắt đầu có hiệu lực trở đi"),
        ("basis_number", &"9".repeat(61), "Số, ký hiệu dài 61 ký tự"),
    ] {
        let version = version(&app.db, id);
        let sound = [
            ("version", version.as_str()),
            ("basis_kind", "decree"),
            ("basis_number", "1/2099/NĐ-CP"),
            ("basis_issuer", "Chính phủ"),
            ("basis_subject", "Việc thử"),
            ("basis_valid_from", "01/01/2021"),
        ];
        let answer = compiler.post(&format!("/plans/{id}/legal-bases"), &with(&sound, &[(field, value)]));
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.text().contains(words), "{}", answer.text());
    }
}

#[test]
fn a_clause_moves_up_or_down_and_no_other_way() {
    let app = TestApp::demo();
    let id = plan(&app.db);
    let clause = app
        .db
        .read(|conn| Ok::<_, DbError>(queries::clauses_of(conn, id)?))
        .expect("the clauses")
        .first()
        .expect("a clause")
        .id;
    for direction in ["sideways", "", "UP"] {
        let fields = [("version", version(&app.db, id)), ("direction", direction.to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(app.client(COMPILER).post(&format!("/clauses/{clause}/position"), &fields).status, 422);
    }
    assert_eq!(steps(&app, "clause.move"), 0);
}
