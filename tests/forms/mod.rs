//! Forms as they are written: a draft that asks nobody, published from a day, and what opened periods keep.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::ids::{FormId, IndicatorId};
use tonghop::db::schema::{
    audit_log, form_indicators, form_lists, form_sections, forms, indicators, obligations,
};
use tonghop::error::Error;
use tonghop::forms::{Asked, Content, Section};
use tonghop::lists::{Column, ColumnKind, ListTable};

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
fn new_rows_get_codes_that_nobody_has_and_a_table_of_the_same_title_stacks() {
    let section = |code: &str, label: &str| Section {
        code: code.into(),
        label: label.into(),
        title: "t".into(),
        ..Section::default()
    };
    let list = |code: &str, title: &str, columns: &[&str]| ListTable {
        code: code.into(),
        title: title.into(),
        columns: columns.iter().map(|title| Column { title: (*title).into(), ..Column::default() }).collect(),
    };
    let content = Content {
        sections: vec![
            section("II.1", "II.1"),
            section("", "II.1"),
            section("M", ""),
            section("", ""),
            section("", "Đề mục"),
            section("II.1", "IX"),
        ],
        lists: vec![
            list("", "Văn bản đã ban hành", &["Số, ký hiệu", "số ký hiệu", "", "Ngày"]),
            list("", "Mô hình mới", &[]),
            list("", "Mô hình mới", &[]),
            list("", "văn bản ĐÃ ban hành", &[]),
        ],
        ..Content::default()
    };
    let known = [("documents".to_owned(), "Văn bản đã ban hành".to_owned())];
    let content = content.coded(&known);
    let codes: Vec<&str> = content.sections.iter().map(|section| section.code.as_str()).collect();
    assert_eq!(codes, ["II.1", "II.1-2", "M", "M-2", "mc", "IX"]);
    let codes: Vec<&str> = content.lists.iter().map(|list| list.code.as_str()).collect();
    assert_eq!(codes, ["documents", "mo-hinh-moi", "mo-hinh-moi-2", "van-ban-da-ban-hanh"]);
    let columns: Vec<&str> = content.lists[0].columns.iter().map(|column| column.code.as_str()).collect();
    assert_eq!(columns, ["so-ki-hieu", "so-ki-hieu-2", "cot", "ngay"]);
    // What has its codes keeps them, whatever is known.
    assert_eq!(content.clone().coded(&[]), content);
}

#[test]
fn what_is_to_mend_is_said_at_its_field() {
    let column = |title: &str, kind: ColumnKind| Column { title: title.into(), kind, ..Column::default() };
    let table =
        |title: &str, columns: Vec<Column>| ListTable { code: "x".into(), title: title.into(), columns };
    let mut content = Content {
        name: "Trường học".into(),
        sections: vec![
            Section { label: "I".into(), title: "Một".into(), ..Section::default() },
            Section { label: "I".into(), ..Section::default() },
        ],
        lists: vec![
            table("Mô hình", vec![column("Tên", ColumnKind::Text), column("tên", ColumnKind::Choice)]),
            table("mô hình", vec![]),
        ],
        ..Content::default()
    };
    let problems = content.problems();
    for (field, words) in [
        ("s1_title", "Nhập tên đề mục I."),
        ("s1_label", "Có hai đề mục cùng số I."),
        ("l0c1_title", "Có hai cột cùng tên “tên”."),
        ("l0c1_choices", "Ghi ít nhất hai lựa chọn, cách nhau bằng dấu chấm phẩy."),
        ("l1_title", "Có hai bảng kê cùng tên “mô hình”."),
    ] {
        assert_eq!(problems.at(field), Some(words), "{field}");
    }
    assert!(content.faults().is_empty(), "a draft may wait");
    content.sections[0].hint = "x".repeat(2_001);
    content.lists[0].columns[0].decimals = 7;
    let faults = content.faults();
    assert!(faults.at("s0_hint").is_some_and(|words| words.contains("nhiều nhất 2.000 ký tự")));
    assert!(faults.at("l0c0_decimals").is_some());
    content.figures = vec![Asked { indicator: IndicatorId(1), counts: true, required: false }];
    let (content, replaced, left_out) = content.brought_up(&[]);
    assert_eq!((content.figures.len(), replaced.len(), left_out.len()), (1, 0, 0));
}

/// A list table with a column of every type, as far as the page on which a unit fills it; and the order of a refused
/// draft kept.
#[test]
fn a_list_table_is_written_column_by_column() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let (id, ..) = department(&app);
    let draft = client.post(&format!("/forms/{id}/draft"), &[]).redirected();
    let page = client.get(&draft).ok();
    let at = page.matches("_title\" name=\"l").filter(|m| !m.is_empty()).count();
    let tables = (0..).take_while(|i| page.contains(&format!("name=\"l{i}_title\""))).count();
    assert!(tables > 1 && at >= tables, "{tables} tables, the last blank");
    let new = tables - 1;
    let mut fields = typed(&page);
    put(&mut fields, &format!("l{new}_title"), "Hội nghị đã tổ chức");
    let columns = [
        ("Tên", "text"),
        ("Ngày", "date"),
        ("Lượt người", "number"),
        ("Bài đăng", "link"),
        ("Cấp", "choice"),
    ];
    for (j, (title, kind)) in columns.iter().enumerate() {
        put(&mut fields, &format!("l{new}c{j}_title"), title);
        put(&mut fields, &format!("l{new}c{j}_kind"), kind);
    }
    put(&mut fields, &format!("l{new}c0_required"), "1");
    put(&mut fields, &format!("l{new}c2_decimals"), "nhiều");
    put(&mut fields, &format!("l{new}c4_choices"), "tỉnh; xã;; ");
    let refused = post(&client, &draft, &fields);
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Số chữ số sau dấu phẩy") && refused.text().contains("Hội nghị đã tổ chức")
    );
    put(&mut fields, &format!("l{new}c2_decimals"), "1");
    post(&client, &draft, &fields).redirected();
    let preview = client.get(&format!("{draft}/preview")).ok();
    for words in [
        "Hội nghị đã tổ chức",
        "data-title=\"Lượt người\"",
        "<option>tỉnh</option><option>xã</option>",
        "<fieldset disabled>",
        "Dán từ Excel",
    ] {
        assert!(preview.contains(words), "{words}: {preview}");
    }
    let version = hidden(&client.get(&draft).ok(), "version").expect("a version");
    let path = format!("{draft}/publication");
    let form = client.post(&path, &[("version", &version), ("from", "01/7/2025")]).redirected();
    let form = FormId(form.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
    let json: String = app
        .db
        .read(|conn| {
            let of =
                form_lists::table.filter(form_lists::form_id.eq(form)).order(form_lists::position.desc());
            Ok::<_, Error>(of.select(form_lists::columns_json).first(conn)?)
        })
        .expect("the table");
    let columns: Vec<Column> = serde_json::from_str(&json).expect("columns");
    let told: Vec<(&str, ColumnKind, bool, u32, usize)> =
        columns.iter().map(|c| (c.code.as_str(), c.kind, c.required, c.decimals, c.choices.len())).collect();
    assert_eq!(
        told,
        [
            ("ten", ColumnKind::Text, true, 0, 0),
            ("ngay", ColumnKind::Date, false, 0, 0),
            ("luot-nguoi", ColumnKind::Number, false, 1, 0),
            ("bai-dang", ColumnKind::Link, false, 0, 0),
            ("cap", ColumnKind::Choice, false, 0, 2),
        ]
    );
    // What is published looks as its draft did.
    let published = client.get(&format!("/forms/{}/preview", form.0)).ok();
    let parts = |html: &str| html.split("<fieldset disabled>").nth(1).map(str::to_owned);
    assert_eq!(parts(&published), parts(&preview));
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
