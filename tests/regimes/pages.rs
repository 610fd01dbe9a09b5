//! Changing and ending a regime of the demo: what is mended where, who may, and what opened periods keep.

use diesel::prelude::*;
use tonghop::db::schema::{audit_log, periods, regimes, routes};
use tonghop::error::Error;

use crate::periods::{period, regime};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

const ADMINISTRATOR: &str = "quantri.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";

/// The fields of the edit form as the page shows them: inputs, what is ticked, chosen or selected.
fn fields(html: &str) -> Vec<(String, String)> {
    let form = html.split("data-leave>").nth(1).expect("the form");
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let rest = tag.split(&format!("{name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.replace("&#38;", "&").replace("&#34;", "\""))
    };
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        if tag.starts_with("input") {
            let box_ = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
            if !box_ || tag.contains(" checked") {
                let name = attribute(tag, "name").expect("a name");
                fields.push((name, attribute(tag, " value").unwrap_or_default()));
            }
        }
    }
    for select in form.split("<select").skip(1) {
        let name = attribute(select, "name").expect("a name");
        let chosen = select.split("<option").find(|option| option.contains(" selected")).expect("a choice");
        fields.push((name, attribute(chosen, "value").expect("a value")));
    }
    fields.retain(|(name, _)| name != "csrf");
    fields
}

fn put(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(other, _)| other != name);
    fields.push((name.into(), value.into()));
}

fn post(client: &Client, path: &str, fields: &[(String, String)]) -> crate::support::client::Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields)
}

#[test]
fn a_change_shows_its_periods_first_and_acts_on_later_ones() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let (path, client) = (format!("/regimes/{id}"), app.client(ADMINISTRATOR));
    let form = client.get(&format!("{path}/edit")).ok();
    assert!(form.contains("kỳ đã mở giữ nguyên thời gian, thời hạn, biểu mẫu và cách gửi"), "{form}");
    let mut typed = fields(&form);
    // As it stands: halves and year by the decree, undated.
    assert!(
        typed.contains(&("preset".into(), "nd09".into()))
            && typed.contains(&("half_rule".into(), "undated".into()))
    );
    for (name, value) in [
        ("half_rule", "before"),
        ("half_when", "18/6"),
        ("half_hour", "16h30"),
        ("paper_rule", "required"),
        ("signed_file", "yes"),
        ("legal_basis", "Kế hoạch số 15/KH-UBND"),
    ] {
        put(&mut typed, name, value);
    }
    let looked = post(&client, &path, &typed).ok();
    for words in [
        "6 tháng đầu năm 2025",
        "15/12/2024 – 14/6/2025",
        "trước 16 giờ 30 ngày 18/6/2025",
        "Kế hoạch số 15/KH-UBND",
    ] {
        assert!(looked.contains(words), "{words}: {looked}");
    }
    // Nothing is written by looking.
    assert!(client.get(&path).ok().contains("bổ sung sau khi gửi"));
    put(&mut typed, "confirmed", "1");
    assert_eq!(post(&client, &path, &typed).redirected(), path);
    let page = client.get(&path).ok();
    for words in
        ["phải có khi gửi, kèm bản PDF đã ký", "trước 16 giờ 30 ngày 18/6 hằng năm", "Kế hoạch số 15/KH-UBND"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The same page sent once more is a page of yesterday.
    assert_eq!(post(&client, &path, &typed).status, 409);
    // The opened half-year keeps its dates and its rule of paper; the officer is asked for none.
    let half = period(&app, "bac-giang", "2025-H1");
    let kept: (Option<String>, Option<bool>, Option<bool>) = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                periods::table
                    .find(half)
                    .select((periods::paper_rule, periods::leader_step, periods::signed_file))
                    .first(conn)?,
            )
        })
        .expect("the period");
    assert_eq!(kept, (Some("later".into()), Some(true), Some(false)));
    let duty = crate::periods::obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    let report: i64 = app
        .db
        .read(|conn| {
            use tonghop::db::schema::reports;
            Ok::<_, Error>(
                reports::table.filter(reports::obligation_id.eq(duty)).select(reports::id).first(conn)?,
            )
        })
        .expect("a report");
    let draft = app.client("canbo.khcn.bacgiang").get(&format!("/reports/{report}/draft")).ok();
    assert!(draft.contains("Bổ sung được sau khi gửi"), "{draft}");
    let logged: i64 = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                audit_log::table.filter(audit_log::action.eq("regime.amend")).count().get_result(conn)?,
            )
        })
        .expect("a count");
    assert_eq!(logged, 1);
}

#[test]
fn windows_that_do_not_join_are_told_and_may_be_kept() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let (path, client) = (format!("/regimes/{id}"), app.client(COMPILER));
    let mut typed = fields(&client.get(&format!("{path}/edit")).ok());
    for (name, value) in [
        ("preset", "own"),
        ("half2", "yes"),
        ("half2_rule", "undated"),
        ("half2_when", ""),
        ("half2_from", "20/6"),
        ("half2_to", "14/12"),
        ("half_from", "15/12"),
        ("half_to", "14/6"),
        ("year_from", "15/12"),
        ("year_to", "14/12"),
    ] {
        put(&mut typed, name, value);
    }
    let looked = post(&client, &path, &typed).ok();
    assert!(looked.contains("Các ngày từ 15/6/2025 đến 19/6/2025 không thuộc kỳ nào."), "{looked}");
    put(&mut typed, "confirmed", "1");
    post(&client, &path, &typed).redirected();
    assert!(client.get(&path).ok().contains("20/6 – 14/12"));
}

#[test]
fn what_cannot_be_read_stays_typed_with_its_message() {
    let app = TestApp::demo();
    let path = format!("/regimes/{}", regime(&app, "bac-giang"));
    let client = app.client(ADMINISTRATOR);
    let mut typed = fields(&client.get(&format!("{path}/edit")).ok());
    for (name, value) in [
        ("name", ""),
        ("half_rule", "by"),
        ("half_when", "31/6"),
        ("half_hour", "25:00"),
        ("quarter", "yes"),
        ("quarter_rule", "by"),
        ("quarter_when", "31"),
        ("year_lock", "nhiều"),
        ("from", "hôm nay"),
    ] {
        put(&mut typed, name, value);
    }
    let answer = post(&client, &path, &typed);
    assert_eq!(answer.status, 422);
    let html = answer.text();
    for words in [
        "Nhập tên chế độ báo cáo",
        "Nhập ngày và tháng, ví dụ 15/11.",
        "Nhập giờ và phút",
        "từ 1 đến 28, ví dụ 18.",
        "Nhập số ngày từ 0 đến 365",
        "value=\"31/6\"",
        "value=\"25:00\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    // A collector or a kind is not changed under opened periods.
    let mut typed = fields(&client.get(&format!("{path}/edit")).ok());
    let other = client.get(&format!("{path}/edit")).ok();
    let other = other
        .split("<option value=\"")
        .find(|o| o.contains(">Sở Tư pháp"))
        .and_then(|o| o.split('"').next())
        .expect("a unit");
    put(&mut typed, "collector", other);
    put(&mut typed, "kind", "document");
    let answer = post(&client, &path, &typed);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("kết thúc chế độ này theo ngày và lập chế độ mới"), "{}", answer.text());
}

#[test]
fn kinds_leave_and_join_from_a_day() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let (path, client) = (format!("/regimes/{id}"), app.client(ADMINISTRATOR));
    let holding = |day: &str| -> i64 {
        let day: chrono::NaiveDate = day.parse().expect("a day");
        app.db
            .read(|conn| {
                Ok::<_, Error>(
                    routes::table
                        .filter(routes::regime_id.eq(id))
                        .filter(routes::part.eq("own"))
                        .filter(routes::valid_from.is_null().or(routes::valid_from.le(day)))
                        .filter(routes::valid_to.is_null().or(routes::valid_to.ge(day)))
                        .count()
                        .get_result(conn)?,
                )
            })
            .expect("a count")
    };
    let before = holding("2025-06-30");
    let mut typed = fields(&client.get(&format!("{path}/edit")).ok());
    typed.retain(|(name, value)| name != "kinds" || value != "district");
    put(&mut typed, "from", "01/7/2025");
    put(&mut typed, "confirmed", "1");
    assert!(post(&client, &path, &typed).redirected().ends_with(&id.to_string()));
    assert_eq!(holding("2025-06-30"), before, "until the day before everything is as it was");
    // Ten districts of the province report in 2025.
    assert_eq!(holding("2025-07-01"), before - 10);
    // And back again: the page still ticks the kind, which reports until 30/6, and the routes begin anew.
    let mut typed = fields(&client.get(&format!("{path}/edit")).ok());
    assert!(typed.contains(&("kinds".into(), "district".into())));
    put(&mut typed, "from", "01/8/2025");
    assert!(post(&client, &path, &typed).ok().contains("Thêm 10 đơn vị phải gửi từ ngày 01/8/2025"));
    put(&mut typed, "confirmed", "1");
    post(&client, &path, &typed).redirected();
    assert_eq!((holding("2025-07-15"), holding("2025-08-01")), (before - 10, before));
}

#[test]
fn an_ended_regime_opens_no_period_past_its_end() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let (path, client) = (format!("/regimes/{id}/ending"), app.client(ADMINISTRATOR));
    assert!(client.get(&path).ok().contains("vẫn nhận báo cáo"));
    let answer = client.post(&path, &[("last", "31/02/2025"), ("reason", "")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("value=\"31/02/2025\""));
    client.post(&path, &[("last", "30/6/2025"), ("reason", "Quyết định số 12/QĐ-UBND")]).redirected();
    assert!(client.get(&format!("/regimes/{id}")).ok().contains("30/6/2025"));
    let opening = app.client(COMPILER).post(
        &format!("/regimes/{id}/periods"),
        &[
            ("cycle", "ADHOC"),
            ("year", "2025"),
            ("code", "2025-DX9"),
            ("label", "Đột xuất"),
            ("window_from", "01/7/2025"),
            ("window_to", "31/7/2025"),
            ("due_rule", "undated"),
            ("reference_on", "31/7/2025"),
            ("confirmed", "1"),
        ],
    );
    assert_eq!(opening.status, 422);
    assert!(opening.text().contains("Chế độ báo cáo không có hiệu lực vào ngày này."));
    // Taken back, by whoever saw the day it ends on.
    assert_eq!(client.post(&path, &[("last", ""), ("reason", "Ghi nhầm")]).status, 409);
    let seen = hidden(&client.get(&path).ok(), "seen").expect("the day that stands");
    client.post(&path, &[("seen", &seen), ("last", ""), ("reason", "Ghi nhầm")]).redirected();
    let last: Option<chrono::NaiveDate> = app
        .db
        .read(|conn| Ok::<_, Error>(regimes::table.find(id).select(regimes::valid_to).first(conn)?))
        .expect("one");
    assert_eq!(last, None);
}

#[test]
fn a_regime_is_its_keepers_own() {
    let app = TestApp::demo();
    let (own, far) = (regime(&app, "bac-giang"), regime(&app, "long-an"));
    for (user, of_own, of_far) in [
        (ADMINISTRATOR, 200, 404),
        (COMPILER, 200, 404),
        ("lanhdao.catinh.bacgiang", 200, 404),
        ("canbo.khcn.bacgiang", 403, 404),
        ("lanhdao.ubnd.bacgiang", 403, 404),
        ("tonghop.catinh.longan", 404, 200),
    ] {
        let client = app.client(user);
        for page in ["edit", "ending"] {
            assert_eq!(client.get(&format!("/regimes/{own}/{page}")).status, of_own, "{user} {page}");
            assert_eq!(client.get(&format!("/regimes/{far}/{page}")).status, of_far, "{user} {page}");
        }
        let shown = client.get("/regimes").text().contains("/regimes/new");
        assert_eq!(shown, ![403, 404].contains(&of_own) || of_far == 200, "{user}");
    }
}

#[test]
fn a_cycle_is_due_some_working_days_after_its_figures_are_counted() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let (path, client) = (format!("/regimes/{id}"), app.client(COMPILER));
    let mut typed = fields(&client.get(&format!("{path}/edit")).ok());
    put(&mut typed, "half_rule", "working_days_after_window");
    put(&mut typed, "half_when", "không");
    let refused = post(&client, &path, &typed);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Nhập số ngày làm việc sau ngày chốt số liệu"), "{}", refused.text());
    // The half of 2025 is counted until Saturday 14/6: Monday, Tuesday, Wednesday.
    put(&mut typed, "half_when", "3");
    let looked = post(&client, &path, &typed).ok();
    assert!(looked.contains("chậm nhất ngày 18/6/2025"), "{looked}");
    put(&mut typed, "confirmed", "1");
    post(&client, &path, &typed).redirected();
    let page = client.get(&path).ok();
    assert!(page.contains("trong 3 ngày làm việc kể từ ngày chốt số liệu"), "{page}");
    // The form shows it as it stands, and the next half is proposed by it: 14/6/2026 is a Sunday.
    let again = fields(&client.get(&format!("{path}/edit")).ok());
    for (name, value) in [("half_rule", "working_days_after_window"), ("half_when", "3")] {
        assert!(again.contains(&(name.into(), value.into())), "{name}: {again:?}");
    }
    let open = client.get(&format!("{path}/periods/new?cycle=H1&year=2026")).ok();
    assert!(open.contains("name=\"stated_on\" value=\"17/6/2026\""), "{open}");
}
