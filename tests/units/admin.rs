//! An administrator's register: one unit, a list, a correction, and two people at the same unit.

use diesel::prelude::*;
use tonghop::db::schema::{unit_aliases, unit_reach, unit_versions, units};
use tonghop::error::Error;

use crate::support::app::TestApp;
use crate::support::client::hidden;

fn id_of(app: &TestApp, code: &str) -> i64 {
    let found = |conn: &mut tonghop::db::Conn| {
        Ok::<i64, Error>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?)
    };
    app.db.read(found).expect("a unit")
}

#[test]
fn one_unit_is_added_and_reached_by_its_province() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let fields = [
        ("name", "Sở Dân tộc và Tôn giáo"),
        ("short_name", "Sở DT&TG"),
        ("kind", "department"),
        ("aliases", "Sở DTTG\nBan Dân tộc"),
    ];
    let to = admin.post("/units", &fields).redirected();
    let page = admin.get(&to).ok();
    assert!(page.contains("Sở Dân tộc và Tôn giáo") && page.contains("Ban Dân tộc"), "{page}");
    let again = admin.post("/units", &fields);
    assert_eq!(again.status, 422);
    assert!(again.text().contains("đã có trong danh mục"));
    let id: i64 = to.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let province = id_of(&app, "bg");
    let reached: i64 = app
        .db
        .read(|conn| {
            let of = unit_reach::table.filter(unit_reach::unit_id.eq(province));
            Ok::<_, Error>(of.filter(unit_reach::reaches_id.eq(id)).count().get_result(conn)?)
        })
        .expect("a count");
    assert_eq!(reached, 1);
    assert!(
        admin.get("/units?q=so%20dttg").ok().contains("Sở Dân tộc và Tôn giáo"),
        "found by its other name"
    );
    assert!(app.client("quantri.longan").get(&to).status == 404);
}

#[test]
fn a_list_is_looked_at_and_then_added_whole_or_not_at_all() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let count = || -> i64 {
        app.db.read(|conn| Ok::<_, Error>(units::table.count().get_result(conn)?)).expect("a count")
    };
    let before = count();
    let form = admin.get("/units/import").ok();
    // The code 24 was Bắc Giang's once and is Bắc Ninh's now: its communes are not offered here.
    assert!(form.contains("value=\"departments\"") && !form.contains("value=\"communes\""), "{form}");
    let wrong = "Sở Công Thương\nSở Y tế";
    let answer = admin.post("/units/import", &[("text", wrong), ("do", "take")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Dòng 2: “Sở Y tế” đã có"), "{}", answer.text());
    assert_eq!(count(), before, "nothing half added");
    let seen = admin.post("/units/import", &[("text", "Sở Công Thương"), ("do", "look")]).ok();
    assert!(seen.contains("Sẽ thêm 1 đơn vị"));
    assert_eq!(count(), before);
    let csv = "Sở Công Thương\nSở Xây dựng\n";
    let fields = [("csrf", admin.csrf.as_str()), ("text", ""), ("do", "take")];
    let added = admin.post_file("/units/import", &fields, ("file", "so.csv", csv.as_bytes()));
    assert_eq!(added.redirected(), "/units");
    assert_eq!(count(), before + 2);
    // A ready list leaves out what is there already.
    let seen = admin.post("/units/import", &[("list", "departments"), ("text", ""), ("do", "look")]).ok();
    assert!(!seen.contains("Sở Công Thương |"), "{seen}");
    assert!(seen.contains("Sở Nông nghiệp và Môi trường"));
}

#[test]
fn a_correction_changes_the_version_in_place_and_names_stay_different() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let id = id_of(&app, "bg.khcn");
    let versions = || -> Vec<(String, String)> {
        app.db
            .read(|conn| {
                let of = unit_versions::table.filter(unit_versions::unit_id.eq(id)).order(unit_versions::id);
                Ok::<_, Error>(of.select((unit_versions::name, unit_versions::short_name)).load(conn)?)
            })
            .expect("versions")
    };
    let before = versions().len();
    let page = admin.get(&format!("/units/{id}/edit")).ok();
    let shown = hidden(&page, "shown").expect("a mark");
    let order = hidden(&page.replace("class=\"short\" ", ""), "order").expect("an order");
    let with = |name: &'static str, shown: &str| {
        let fields = [
            ("name", name),
            ("short_name", "Sở KHCN"),
            ("order", order.as_str()),
            ("aliases", "Sở KH-CN\nso kh-cn\nSở Khoa học"),
            ("shown", shown),
        ];
        admin.post(&format!("/units/{id}"), &fields)
    };
    assert_eq!(with("Sở Y tế", &shown).status, 422, "another unit bears that name");
    assert_eq!(with("Sở Khoa học, Công nghệ", &shown).redirected(), format!("/units/{id}"));
    assert_eq!(versions().len(), before, "no new version");
    assert_eq!(versions().last().map(|v| v.1.clone()), Some("Sở KHCN".into()));
    let aliases: i64 = app
        .db
        .read(|conn| {
            Ok::<_, Error>(unit_aliases::table.filter(unit_aliases::unit_id.eq(id)).count().get_result(conn)?)
        })
        .expect("a count");
    assert_eq!(aliases, 2, "two spellings with one key are one");
    assert_eq!(with("Sở Khoa học", &shown).status, 409, "saved over what somebody else saved");
}
