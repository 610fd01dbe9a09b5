//! Forms as they are written: a draft that asks nobody, published from a day, and what opened periods keep.

mod content;
mod list_tables;

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::ids::{FormId, IndicatorId};
use tonghop::db::schema::{
    audit_log, form_indicators, form_lists, form_sections, forms, indicators, obligations,
};
use tonghop::error::Error;

use crate::periods::regime;
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

const ADMINISTRATOR: &str = "quantri.bacgiang";

/// The form of the departments that is in use, and its code.
fn department(app: &TestApp) -> (FormId, String, i32) {
    let id = regime(app, "bac-giang");
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                forms::table
                    .filter(forms::regime_id.eq(id))
                    .filter(forms::name.eq("Sở, ngành"))
                    .order(forms::version.desc())
                    .select((forms::id, forms::code, forms::version))
                    .first(conn)?,
            )
        })
        .expect("a form")
}

fn count(app: &TestApp, form: FormId) -> (i64, i64, i64) {
    app.db
        .read(|conn| {
            Ok::<_, Error>((
                form_sections::table.filter(form_sections::form_id.eq(form)).count().get_result(conn)?,
                form_indicators::table.filter(form_indicators::form_id.eq(form)).count().get_result(conn)?,
                form_lists::table.filter(form_lists::form_id.eq(form)).count().get_result(conn)?,
            ))
        })
        .expect("counts")
}

/// What the editor shows, as a browser would send it.
fn typed(html: &str) -> Vec<(String, String)> {
    let form =
        html.split("data-leave>").nth(1).and_then(|rest| rest.split("</form>").next()).expect("the form");
    let attribute = |tag: &str, name: &str| -> Option<String> {
        Some(tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.replace("&#38;", "&"))
    };
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1).filter(|tag| tag.starts_with("input")) {
        if !tag.contains("type=\"checkbox\"") || tag.contains(" checked") {
            let value = attribute(tag, "value").unwrap_or_default();
            fields.push((attribute(tag, "name").expect("a name"), value));
        }
    }
    for select in form.split("<select").skip(1) {
        let chosen = select.split("<option").find(|option| option.contains(" selected"));
        if let Some(chosen) = chosen {
            let name = attribute(select, "name").expect("a name");
            fields.push((name, attribute(chosen, "value").expect("a value")));
        }
    }
    fields.retain(|(name, _)| name != "csrf");
    fields
}

fn post(client: &Client, path: &str, fields: &[(String, String)]) -> crate::support::client::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post(path, &fields)
}

fn put(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(other, _)| other != name);
    fields.push((name.into(), value.into()));
}

#[test]
fn the_next_version_is_written_looked_at_and_published_from_a_day() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let (id, code, version) = department(&app);
    let (sections, figures, lists) = count(&app, id);
    let owed = |form: FormId| -> i64 {
        app.db
            .read(|conn| {
                Ok::<_, Error>(
                    obligations::table.filter(obligations::form_id.eq(form)).count().get_result(conn)?,
                )
            })
            .expect("a count")
    };
    let owing = owed(id);
    assert!(owing > 0, "the form is in use");
    let draft = client.post(&format!("/forms/{id}/draft"), &[]).redirected();
    assert_eq!(client.post(&format!("/forms/{id}/draft"), &[]).redirected(), draft, "one draft at a time");
    let mut fields = typed(&client.get(&draft).ok());
    // Nothing changed is nothing changed.
    let page = client.get(&format!("{draft}/publication")).ok();
    assert!(page.contains("Không có thay đổi nào."), "{page}");
    // The second section comes first, the first figure is for reference, a section is new.
    put(&mut fields, "s1_pos", "0");
    put(&mut fields, "f0_counts", "no");
    let blank = format!("s{sections}");
    put(&mut fields, &format!("{blank}_title"), "Kinh phí thực hiện");
    put(&mut fields, &format!("{blank}_label"), "VI");
    put(&mut fields, "f1_remove", "1");
    assert_eq!(post(&client, &draft, &fields).redirected(), draft);
    // The same page once more is a page of before.
    let answer = post(&client, &draft, &fields);
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("vừa được lưu ở nơi khác"));
    assert!(client.get(&format!("{draft}/preview")).ok().contains("Kinh phí thực hiện"));
    assert_eq!(count(&app, id), (sections, figures, lists), "what is in use did not change");
    let page = client.get(&format!("{draft}/publication")).ok();
    for words in
        ["Thêm đề mục VI Kinh phí thực hiện", "Đổi thứ tự đề mục", "tham khảo, không cộng", "Bỏ chỉ tiêu"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let mark = hidden(&page, "version").expect("the version seen");
    let path = format!("{draft}/publication");
    assert_eq!(
        client.post(&path, &[("version", &mark), ("from", "")]).status,
        422,
        "a second version has a day"
    );
    let new = client.post(&path, &[("version", &mark), ("from", "01/7/2025")]).redirected();
    let new = FormId(new.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
    assert_eq!(count(&app, new), (sections + 1, figures - 1, lists), "list tables come along");
    let days: Vec<(i32, Option<NaiveDate>, Option<NaiveDate>)> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                forms::table
                    .filter(forms::regime_id.eq(regime(&app, "bac-giang")))
                    .filter(forms::code.eq(&code))
                    .filter(forms::version.ge(version))
                    .order(forms::version)
                    .select((forms::version, forms::valid_from, forms::valid_to))
                    .load(conn)?,
            )
        })
        .expect("versions");
    let day = |d, m| NaiveDate::from_ymd_opt(2025, m, d);
    assert_eq!(days.len(), 2);
    assert_eq!((days[0].2, days[1].0, days[1].1, days[1].2), (day(30, 6), version + 1, day(1, 7), None));
    assert_eq!((owed(id), owed(new)), (owing, 0), "opened periods keep their form");
    assert_eq!(client.get(&draft).status, 404, "a published draft is gone");
    let steps: Vec<String> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                audit_log::table
                    .filter(audit_log::action.like("form.%"))
                    .order(audit_log::id)
                    .select(audit_log::action)
                    .load(conn)?,
            )
        })
        .expect("the log");
    assert_eq!(steps, ["form.draft", "form.save", "form.publish"]);
}

#[test]
fn a_draft_is_thrown_away_and_a_new_form_begins_empty() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let (id, ..) = department(&app);
    let draft = client.post(&format!("/forms/{id}/draft"), &[]).redirected();
    assert_eq!(client.post(&format!("{draft}/removal"), &[("version", "9")]).status, 409);
    assert_eq!(client.post(&format!("{draft}/removal"), &[("version", "1")]).redirected(), "/forms");
    assert_eq!(client.get(&draft).status, 404);
    let path = format!("/regimes/{}/forms", regime(&app, "bac-giang"));
    assert_eq!(client.post(&path, &[("name", "")]).status, 422);
    let draft = client.post(&path, &[("name", "Trường học"), ("kinds", "division")]).redirected();
    assert!(client.get("/forms").ok().contains("Trường học"));
    // Nothing is asked yet: it cannot be published.
    let saved = client.post(&draft, &[("version", "1"), ("name", "Trường học"), ("go", "publish")]);
    assert_eq!(saved.status, 422);
    assert!(saved.text().contains("ít nhất một đề mục hoặc một chỉ tiêu"));
    let indicator: IndicatorId = app
        .db
        .read(|conn| Ok::<_, Error>(indicators::table.select(indicators::id).first(conn)?))
        .expect("one");
    let to = client
        .post(
            &draft,
            &[("version", "2"), ("name", "Trường học"), ("add", &indicator.to_string()), ("go", "publish")],
        )
        .redirected();
    let new = client.post(&to, &[("version", "3"), ("from", "")]).redirected();
    assert!(client.get(&format!("{new}/preview")).ok().contains("Như đơn vị thấy"));
}

#[test]
fn drafts_are_their_keepers_own() {
    let app = TestApp::demo();
    let (id, ..) = department(&app);
    let draft = app.client(ADMINISTRATOR).post(&format!("/forms/{id}/draft"), &[]).redirected();
    for (user, status) in [
        ("tonghop.catinh.bacgiang", 200),
        ("canbo.khcn.bacgiang", 403),
        ("lanhdao.ubnd.bacgiang", 403),
        ("tonghop.catinh.longan", 404),
    ] {
        let client = app.client(user);
        for page in ["", "/preview", "/publication"] {
            assert_eq!(client.get(&format!("{draft}{page}")).status, status, "{user} {page}");
        }
    }
    assert_eq!(app.client("canbo.khcn.bacgiang").get("/forms").status, 200);
    assert_eq!(app.client("c11.bocongan").get("/forms").status, 403);
}

#[test]
fn what_is_not_the_regimes_own_never_reaches_its_forms() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let path = format!("/regimes/{}/forms", regime(&app, "bac-giang"));
    let key = hidden(&client.get(&format!("{path}/new")).ok(), "form_key").expect("a key");
    let facts = [
        ("form_key", key.as_str()),
        ("name", "Trường học"),
        ("kinds", "division"),
        ("kinds", "no-such-kind"),
    ];
    let draft = client.post(&path, &facts).redirected();
    assert_eq!(client.post(&path, &facts).redirected(), draft, "sent twice, begun once");
    let (far, indicator): (i64, i64) = app
        .db
        .read(|conn| {
            use tonghop::db::schema::units;
            let far = units::table.filter(units::code.eq("la.khcn")).select(units::id).first(conn)?;
            Ok::<_, Error>((far, indicators::table.select(indicators::id).first(conn)?))
        })
        .expect("the demo");
    let (far, indicator) = (far.to_string(), indicator.to_string());
    let fields = [
        ("version", "1"),
        ("name", "Trường học"),
        ("unit_add", far.as_str()),
        ("kinds", "division"),
        ("add", "999999"),
        ("add", indicator.as_str()),
        ("go", "publish"),
    ];
    let publication = client.post(&draft, &fields).redirected();
    let form = client.post(&publication, &[("version", "2"), ("from", "")]).redirected();
    let id = FormId(form.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
    assert_eq!(count(&app, id), (0, 1, 0));
    assert!(!client.get(&form).ok().contains("Sở Khoa học và Công nghệ"));
}
