//! List tables of a form, from the editor to the page on which a unit fills them.

use diesel::prelude::*;
use tonghop::db::ids::FormId;
use tonghop::db::schema::form_lists;
use tonghop::error::Error;
use tonghop::lists::{Column, ColumnKind};

use super::{ADMINISTRATOR, department, post, put, typed};
use crate::support::app::TestApp;
use crate::support::client::hidden;

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
