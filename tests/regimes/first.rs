//! From an empty database to the first opened period of thành phố Bắc Ninh in November 2026, by the ready regime and by
//! one written on the full form: 99 communes, no districts.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::schema::{audit_log, obligations, periods, unit_versions};
use tonghop::error::Error;

use crate::setup::walk::{LISTED, set_up};
use crate::support::app::TestApp;
use crate::support::client::hidden;
use crate::support::races::posted;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

fn communes_owing(app: &TestApp) -> i64 {
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table
                    .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(obligations::unit_id)))
                    .filter(unit_versions::kind_code.eq("commune"))
                    .count()
                    .get_result(conn)?,
            )
        })
        .expect("a count")
}

/// Opens what the page proposes, field by field as it stands there.
fn open_as_proposed(client: &crate::support::client::Client, path: &str) -> String {
    let page = client.get(path).ok();
    let value = |name: &str| {
        let at =
            page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} on {page}"));
        page[at..].split('"').nth(3).expect("a value").to_owned()
    };
    let mut fields = vec![("confirmed", "yes".to_owned())];
    for name in [
        "cycle",
        "year",
        "code",
        "label",
        "window_from",
        "window_to",
        "stated_on",
        "stated_time",
        "lock_on",
        "reference_on",
    ] {
        fields.push((name, value(name)));
    }
    let rule = page
        .split("name=\"due_rule\" value=\"")
        .skip(1)
        .find(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("checked")));
    fields.push(("due_rule", rule.and_then(|rest| rest.split('"').next()).expect("a rule").to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path.trim_end_matches("/new"), &fields).redirected()
}

#[test]
fn one_click_and_the_first_period_is_open() {
    let app = TestApp::empty_on(today());
    let client = set_up(&app);
    let start = client.get("/start").ok();
    assert!(start.contains("Lập ngay chế độ có sẵn"), "{start}");
    for link in ["/indicators", "/regimes/new", "/regimes"] {
        assert!(start.contains(&format!("href=\"{link}\"")), "{link}: {start}");
    }
    let to = client.post("/start/ready-regime", &[]).redirected();
    assert!(to.ends_with("/periods/new"), "{to}");
    // What is there already is not set up twice.
    assert_eq!(client.post("/start/ready-regime", &[]).status, 422);
    assert!(!client.get("/start").ok().contains("Lập ngay chế độ có sẵn"));
    let regime = client.get(to.trim_end_matches("/periods/new")).ok();
    for words in [
        "Báo cáo 6 tháng và năm về tái hòa nhập cộng đồng thành phố Bắc Ninh",
        "Nghị định số 09/2019/NĐ-CP",
        "Theo Nghị định 09/2019/NĐ-CP (15/12 – 14/12)",
        "Nguyễn Thị Thanh Bình",
    ] {
        assert!(regime.contains(words), "{words}: {regime}");
    }
    // The year of 2026 closes on 14/12/2026 and comes first; the catalogue's forms are there.
    let period = open_as_proposed(&client, &to);
    assert!(client.get(&period).ok().contains("Năm 2026"));
    let (window, owed): ((Option<NaiveDate>, Option<NaiveDate>), i64) = app
        .db
        .read(|conn| {
            let window = periods::table.select((periods::window_from, periods::window_to)).first(conn)?;
            Ok::<_, Error>((window, obligations::table.count().get_result(conn)?))
        })
        .expect("a period");
    assert_eq!(window, (NaiveDate::from_ymd_opt(2025, 12, 15), NaiveDate::from_ymd_opt(2026, 12, 14)));
    // Every listed unit and the police itself.
    assert_eq!(owed, LISTED + 1);
    assert_eq!(communes_owing(&app), 99);
}

#[test]
fn of_two_who_set_the_ready_regime_up_at_once_the_second_is_told_why() {
    let app = TestApp::empty_on(today());
    let client = set_up(&app);
    let set = || client.post("/start/ready-regime", &[]);
    let [made, told] = posted(&app, "SELECT id FROM units", [&set, &set]);
    assert_eq!((made.status, told.status), (303, 422), "{}", told.text());
    let why = ["Tỉnh đã có chế độ báo cáo", "Đã có chế độ báo cáo mang mã"];
    assert!(why.iter().any(|words| told.text().contains(words)), "{}", told.text());
}

/// Months by a closing day of their own, for the communes alone, written on the full form.
#[test]
fn a_regime_of_months_is_written_looked_at_and_opened() {
    let app = TestApp::empty_on(today());
    let client = set_up(&app);
    let form = client.get("/regimes/new").ok();
    let collector = form
        .split("<option value=\"")
        .find(|rest| rest.contains("selected>Công an thành phố Bắc Ninh"))
        .and_then(|rest| rest.split('"').next())
        .expect("the police is proposed")
        .to_owned();
    let mut fields = vec![
        ("code", "xa-thang"),
        ("name", "Báo cáo tháng của xã, phường"),
        ("collector", collector.as_str()),
        ("addressee", "Công an thành phố Bắc Ninh"),
        ("legal_basis", "Kế hoạch số 13/KH-UBND ngày 20/01/2026"),
        ("kind", "report"),
        ("preset", "own"),
        ("month", "yes"),
        ("month_to", "24"),
        ("month_rule", "by"),
        ("month_when", "26"),
        ("month_hour", "16:00"),
        ("month_lock", "5"),
        ("rolling", "yes"),
        ("kinds", "commune"),
        ("forms", "standard"),
        ("paper_rule", "none"),
    ];
    let looked = client.post("/regimes", &fields).ok();
    // 26/12/2026 is a Saturday and rolls to Monday the 28th; the window is closed by the 24th of the month.
    for words in [
        "Tháng 11 năm 2026",
        "25/10/2026 – 24/11/2026",
        "chậm nhất 16 giờ 00 ngày 26/11/2026",
        "Tháng 12 năm 2026",
        "25/11/2026 – 24/12/2026",
        "thứ Hai, 28/12/2026",
        "lùi từ thứ Bảy, 26/12/2026",
        "Tháng 01 năm 2027",
        "Tháng 02 năm 2027",
        "99 đơn vị",
        "Nguyễn Thị Thanh Bình",
    ] {
        assert!(looked.contains(words), "{words}: {looked}");
    }
    assert!(!looked.contains("Tháng 3 năm 2027") && !looked.contains("không liền nhau"), "{looked}");
    // Back to the form with everything typed, and then to the end.
    fields.push(("edit", "1"));
    assert!(client.post("/regimes", &fields).ok().contains("value=\"Báo cáo tháng của xã, phường\""));
    fields.pop();
    fields.push(("confirmed", "1"));
    let regime = client.post("/regimes", &fields).redirected();
    assert_eq!(client.post("/regimes", &fields).status, 422, "the code is taken");
    let page = client.get(&regime).ok();
    for words in ["25/10 – 24/11", "Kế hoạch số 13/KH-UBND", "không yêu cầu"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The regime reads back as it was written.
    let again = client.get(&format!("{regime}/edit")).ok();
    for words in [
        "name=\"month_to\" class=\"short\" value=\"24\"",
        "name=\"month_hour\" class=\"short\" value=\"16:00\"",
        "99/99 đơn vị đang gửi",
    ] {
        assert!(again.contains(words), "{words}: {again}");
    }
    assert!(hidden(&again, "shown").is_some());
    let period = open_as_proposed(&client, &format!("{regime}/periods/new"));
    assert!(client.get(&period).ok().contains("Tháng 11 năm 2026"));
    assert_eq!(communes_owing(&app), 99);
    let hour: Option<String> = app
        .db
        .read(|conn| Ok::<_, Error>(periods::table.select(periods::stated_time).first(conn)?))
        .expect("one");
    assert_eq!(hour.as_deref(), Some("16:00"));
    let steps: Vec<String> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(audit_log::table.order(audit_log::id).select(audit_log::action).load(conn)?)
        })
        .expect("the log");
    assert!(steps.ends_with(&["regime.create".to_owned(), "period.open".to_owned()]), "{steps:?}");
}

/// What the administrator of a new province does without any ready form: an indicator of its own, a regime without forms,
/// a small form for the communes, the first period. Every step by the link of the page before.
#[test]
fn a_small_form_of_ones_own_is_written_published_and_asked() {
    let app = TestApp::empty_on(today());
    let client = set_up(&app);
    let start = client.get("/start").ok();
    let order =
        ["<b>Đơn vị</b>", "<b>Chỉ tiêu</b>", "<b>Chế độ báo cáo</b>", "<b>Biểu mẫu</b>", "<b>Kỳ báo cáo</b>"];
    let places: Vec<usize> = order.iter().map(|words| start.find(words).expect("a line")).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(start.contains("href=\"/indicators/new\"") && start.contains("href=\"/forms\""), "{start}");
    let indicator = [
        ("name", "Câu lạc bộ giúp đỡ người tái hòa nhập"),
        ("group", "I"),
        ("kind", "int"),
        ("measure", "câu lạc bộ"),
        ("unit_rule", "sum"),
        ("period_rule", "stock"),
    ];
    let own = client.post("/indicators", &indicator).redirected();
    let own = own.rsplit('/').next().expect("an id").to_owned();
    let form = client.get("/regimes/new").ok();
    let collector = form
        .split("<option value=\"")
        .find(|rest| rest.contains("selected>Công an thành phố Bắc Ninh"))
        .and_then(|rest| rest.split('"').next())
        .expect("the police is proposed")
        .to_owned();
    let fields = [
        ("code", "xa-nam"),
        ("name", "Báo cáo năm của xã, phường"),
        ("collector", collector.as_str()),
        ("addressee", "Công an thành phố Bắc Ninh"),
        ("legal_basis", "Kế hoạch số 13/KH-UBND ngày 20/01/2026"),
        ("kind", "report"),
        ("preset", "nd09"),
        ("year", "yes"),
        ("year_rule", "before"),
        ("year_when", "20/12"),
        ("kinds", "commune"),
        ("forms", "later"),
        ("paper_rule", "none"),
        ("confirmed", "1"),
    ];
    let regime = client.post("/regimes", &fields).redirected();
    assert!(client.get("/start").ok().contains("0 biểu mẫu · cần làm"));
    let forms = client.get("/forms").ok();
    let begin = format!("{regime}/forms/new");
    assert!(forms.contains(&format!("href=\"{begin}\"")), "{forms}");
    assert!(client.get(&begin).ok().contains("Ủy ban nhân dân xã, phường, đặc khu"));
    let draft =
        client.post(&format!("{regime}/forms"), &[("name", "Xã, phường"), ("kinds", "commune")]).redirected();
    let editor = client.get(&draft).ok();
    assert!(editor.contains("DP.01") && editor.contains("Thêm bảng kê"), "{editor}");
    let typed = [
        ("version", "1"),
        ("name", "Xã, phường"),
        ("kinds", "commune"),
        ("s0_pos", "1"),
        ("s0_label", "I"),
        ("s0_title", "Kết quả trong năm"),
        ("s0_required", "1"),
        ("add", own.as_str()),
        ("l0_title", "Câu lạc bộ"),
        ("l0c0_title", "Tên câu lạc bộ"),
        ("l0c0_kind", "text"),
        ("l0c1_title", "Số thành viên"),
        ("l0c1_kind", "number"),
        ("go", "publish"),
    ];
    let publication = client.post(&draft, &typed).redirected();
    let preview = client.get(&format!("{draft}/preview")).ok();
    for words in ["I. Kết quả trong năm", "Câu lạc bộ giúp đỡ người tái hòa nhập", "Số thành viên"]
    {
        assert!(preview.contains(words), "{words}: {preview}");
    }
    let version = hidden(&client.get(&publication).ok(), "version").expect("a version");
    let published = client.post(&publication, &[("version", &version), ("from", "")]).redirected();
    assert!(client.get(&published).ok().contains("DP.01"));
    assert!(client.get("/start").ok().contains("1 biểu mẫu"));
    let period = open_as_proposed(&client, &format!("{regime}/periods/new"));
    assert!(client.get(&period).ok().contains("Năm 2026"));
    assert_eq!(communes_owing(&app), 99);
    let asked: Vec<i64> = app
        .db
        .read(|conn| Ok::<_, Error>(obligations::table.select(obligations::form_id).distinct().load(conn)?))
        .expect("one form");
    assert_eq!(asked, [published.rsplit('/').next().and_then(|id| id.parse::<i64>().ok()).expect("an id")]);
}
