//! From an empty database to the first opened period, as an administrator of thành phố Bắc Ninh walks it in November
//! 2026: 99 communes, no districts. Counts are from the law and the ready lists' own lines, not from the program.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::schema::{
    audit_log, forms, function_holders, functions, indicators, memberships, obligations, people,
    setup_answers, setup_codes, unit_kinds, unit_versions,
};
use tonghop::error::Error;

use super::{ADMINISTRATOR, opened};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

const LISTS: [(&str, &str); 4] =
    [("list", "departments"), ("list", "press"), ("list", "organisations"), ("list", "communes")];
/// 12 departments, newspaper, portal and bank, the front and five organisations, communes.
pub const LISTED: i64 = 12 + 3 + 6 + 99;

/// Sets Bắc Ninh up and gives the administrator's client.
pub fn set_up(app: &TestApp) -> Client {
    let mut client = opened(app);
    client.post("/setup/administrator", &ADMINISTRATOR).redirected();
    client.post("/setup/province", &[("code", "24"), ("kind", "auto"), ("agency", "")]).redirected();
    let mut fields = LISTS.to_vec();
    fields.extend([("text", ""), ("do", "look")]);
    let seen = client.post("/setup/units", &fields).ok();
    assert!(seen.contains(&format!("Sẽ thêm {LISTED} đơn vị")), "{seen}");
    fields.push(("do", "take"));
    fields.retain(|field| *field != ("do", "look"));
    assert_eq!(client.post("/setup/units", &fields).redirected(), "/setup/review");
    let review = client.get("/setup/review").ok();
    for words in
        ["Thành phố Bắc Ninh", "Công an thành phố Bắc Ninh", "99 Ủy ban nhân dân xã, phường, đặc khu"]
    {
        assert!(review.contains(words), "{words}: {review}");
    }
    assert_eq!(client.post("/setup/completion", &[]).redirected(), "/start");
    client.csrf = hidden(&client.get("/start").ok(), "csrf").expect("a signed-in page");
    client
}

#[test]
fn a_province_of_2026_comes_to_its_first_period() {
    let app = TestApp::empty_on(today());
    let client = set_up(&app);
    assert_eq!(client.get("/setup").status, 404);
    assert_eq!(client.post_raw("/setup/code", &[("code", "x")]).status, 404);
    let start = client.get("/start").ok();
    assert!(start.contains(&format!("{LISTED} đơn vị")), "{start}");
    assert!(start.contains("href=\"/start/regime\""));

    // The list of the register, by its own page.
    let register = client.get("/units").ok();
    assert!(register.contains("UBND xã Đại Sơn") && register.contains("Xã, phường, đặc khu · 99 đơn vị"));

    // A regime from a template, everything as proposed.
    let form = client.get("/start/regime?template=police").ok();
    assert!(form.contains("UBND thành phố Bắc Ninh (qua Công an thành phố Bắc Ninh)"), "{form}");
    let kinds = ["police", "department", "press", "portal", "bank", "front", "mass_org", "commune"];
    let mut fields: Vec<(&str, &str)> = kinds.iter().map(|kind| ("kinds", *kind)).collect();
    fields.extend([
        ("code", "thncd"),
        ("name", "Tái hòa nhập cộng đồng thành phố Bắc Ninh"),
        ("addressee", "UBND thành phố Bắc Ninh (qua Công an thành phố Bắc Ninh)"),
        ("preset", "police"),
        ("half", "yes"),
        ("half_rule", "days_after_window"),
        ("half_when", "5"),
        ("year", "yes"),
        ("year_rule", "before"),
        ("year_when", "15/11"),
        ("lock_days", "10"),
        ("paper_rule", "later"),
        ("leader_step", "yes"),
    ]);
    let to = client.post("/start/regime", &fields).redirected();
    assert!(to.ends_with("/periods/new"), "{to}");
    assert_eq!(client.post("/start/regime", &fields).status, 422, "the code is taken");
    let upward = client.get(&to.replace("/periods/new", "/recipients")).ok();
    assert!(upward.contains("Bộ Công an (qua Cục C11)\nUBND thành phố Bắc Ninh</textarea>"), "{upward}");

    // The proposed year: 15/11/2025 to 14/11/2026, before 15/11/2026.
    let page = client.get(&format!("{to}?cycle=Y&year=2026")).ok();
    for words in ["value=\"15/11/2025\"", "value=\"14/11/2026\"", "value=\"15/11/2026\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let period = client
        .post(
            to.trim_end_matches("/new"),
            &[
                ("cycle", "Y"),
                ("year", "2026"),
                ("code", "2026-Y"),
                ("label", "Năm 2026"),
                ("window_from", "15/11/2025"),
                ("window_to", "14/11/2026"),
                ("due_rule", "before"),
                ("stated_on", "15/11/2026"),
                ("reference_on", "14/11/2026"),
                ("confirmed", "yes"),
            ],
        )
        .redirected();
    let page = client.get(&period).ok();
    // Every unit of the lists and the police itself.
    assert!(page.contains(&format!("{}", LISTED + 1)), "{page}");
    let owed: i64 =
        app.db.read(|conn| Ok::<_, Error>(obligations::table.count().get_result(conn)?)).expect("a count");
    assert_eq!(owed, LISTED + 1);
    assert!(client.get("/start").ok().contains("Đã mở kỳ báo cáo."));
    forms_follow_functions(&app);
    requests_are_the_fronts_own(&app);
}

/// Sở Khoa học và Công nghệ fills the form of digital information, Sở Xây dựng that of departments.
fn forms_follow_functions(app: &TestApp) {
    let form_of = |name: &str| -> String {
        app.db
            .read(|conn| {
                Ok::<_, Error>(
                    obligations::table
                        .inner_join(forms::table)
                        .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(obligations::unit_id)))
                        .filter(unit_versions::name.eq(name))
                        .select(forms::code)
                        .first(conn)?,
                )
            })
            .expect("a form")
    };
    assert_eq!(form_of("Sở Khoa học và Công nghệ"), "digital");
    assert_eq!(form_of("Sở Xây dựng"), "department");
    assert_eq!(form_of("UBND xã Đại Sơn"), "commune");
    assert_eq!(form_of("Công an thành phố Bắc Ninh"), "police");
}

/// MTTQ and its five organisations are requested (đề nghị), everybody else is assigned (giao).
fn requests_are_the_fronts_own(app: &TestApp) {
    let requested: i64 = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table.filter(obligations::mode.eq("request")).count().get_result(conn)?,
            )
        })
        .expect("a count");
    assert_eq!(requested, 6);
}

#[test]
fn the_last_step_writes_everything_and_leaves_no_code() {
    let app = TestApp::empty_on(today());
    set_up(&app);
    let (left, kinds, catalogue, holders, functions, roles) = app
        .db
        .read(|conn| {
            let codes: i64 = setup_codes::table.count().get_result(conn)?;
            let answers: i64 = setup_answers::table.count().get_result(conn)?;
            let kinds: i64 = unit_kinds::table.count().get_result(conn)?;
            let catalogue: i64 = indicators::table.count().get_result(conn)?;
            let holders: i64 = function_holders::table.count().get_result(conn)?;
            let functions: i64 = functions::table.count().get_result(conn)?;
            let roles: Vec<String> =
                memberships::table.order(memberships::id).select(memberships::role).load(conn)?;
            Ok::<_, Error>((codes + answers, kinds, catalogue, holders, functions, roles))
        })
        .expect("counts");
    assert_eq!(left, 0, "the code is dead and no answer is kept");
    assert!(kinds > 10 && catalogue == 41, "{kinds} kinds, {catalogue} indicators");
    assert_eq!(holders, functions, "every function has its holder");
    assert_eq!(roles, ["administrator", "compiler"]);
    let (hash, steps): (String, i64) = app
        .db
        .read(|conn| {
            let hash = people::table.select(people::password_hash).first(conn)?;
            let of = audit_log::table.filter(audit_log::action.eq("installation.set_up"));
            Ok::<_, Error>((hash, of.count().get_result(conn)?))
        })
        .expect("a person");
    assert!(hash.starts_with("$argon2id$"));
    assert_eq!(steps, 1);
    // The password that was typed signs in, and need not be changed.
    let again = Client::sign_in(&app.base, "quantri.bacninh", "mot-mat-khau-dai");
    assert_eq!(again.get("/").redirected(), "/periods");
}

/// Two browsers cannot both finish: the second finds its code gone.
#[test]
fn an_installation_is_set_up_once() {
    let app = TestApp::empty_on(today());
    let client = opened(&app);
    client.post("/setup/administrator", &ADMINISTRATOR).redirected();
    client.post("/setup/province", &[("code", "80"), ("kind", "province"), ("agency", "")]).redirected();
    client.post("/setup/units", &[("text", "Sở Nội vụ"), ("do", "take")]).redirected();
    let answers: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| client.post("/setup/completion", &[]).location)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    assert_eq!(answers.iter().filter(|to| *to == "/start").count(), 1, "{answers:?}");
    let somebody: i64 =
        app.db.read(|conn| Ok::<_, Error>(people::table.count().get_result(conn)?)).expect("a count");
    assert_eq!(somebody, 1);
}

#[test]
fn an_administrator_alone_takes_on_the_compilers_work() {
    let app = TestApp::empty_on(today());
    let mut client = opened(&app);
    let without: Vec<_> = ADMINISTRATOR.into_iter().filter(|(field, _)| *field != "compiles").collect();
    client.post("/setup/administrator", &without).redirected();
    client
        .post("/setup/province", &[("code", "24"), ("kind", "city"), ("agency", "Công an Bắc Ninh")])
        .redirected();
    client.post("/setup/units", &[("text", "Sở Nội vụ"), ("do", "take")]).redirected();
    client.post("/setup/completion", &[]).redirected();
    let start = client.get("/start").ok();
    client.csrf = hidden(&start, "csrf").expect("a token");
    assert!(
        start.contains("Tôi kiêm cán bộ tổng hợp") && !start.contains("href=\"/start/regime\""),
        "{start}"
    );
    assert_eq!(client.get("/").redirected(), "/start");
    assert_eq!(client.get("/start/regime").status, 403);
    assert_eq!(client.post("/start/compiler", &[]).redirected(), "/start");
    assert!(client.get("/start/regime").ok().contains("Công an Bắc Ninh"));
    assert_eq!(client.post("/start/compiler", &[]).status, 422, "once");
}
