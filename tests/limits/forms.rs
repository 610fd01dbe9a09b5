//! Every text field of every form that the table of access shows, filled with far too much: no fault of ours, and
//! nothing over the limits in any table of the database.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use tonghop::db::DbError;
use tonghop::on_each;
use tonghop::vietnamese::limits::{SECTION, TEXT};

use crate::access::subjects::{add_side_compiler, filled, subjects};
use crate::access::table::Table;
use crate::support::app::TestApp;

/// Longer than any field may be, and longer than any but a section.
const LENGTHS: [usize; 2] = [200_000, 25_000];
/// Of the table's identities those whose pages have forms.
const WHO: [&str; 4] = ["officer", "uleader", "comp", "admin"];
/// What may hold a section, or all that a draft holds.
const LONG: [&str; 13] = [
    // A document, and what would be made of it.
    "plan_uploads.text",
    "plan_uploads.draft_json",
    "brought_documents.text",
    "brought_documents.kept_json",
    "draft_sections.body",
    "revision_sections.body",
    "drafts.rest_json",
    "draft_changes.before_json",
    "draft_clashes.mine_json",
    "draft_clashes.theirs_json",
    "kept_forms.fields_json",
    "audit_log.before_json",
    "audit_log.after_json",
];

/// A form of a page: where it goes, what it sends as it stands, and which of it is typed as text.
#[derive(Debug, Default)]
struct Form {
    action: String,
    fields: Vec<(String, String)>,
    typed: Vec<String>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mark = format!(" {name}=\"");
    let start = tag.find(&mark)? + mark.len();
    let value = &tag[start..start + tag[start..].find('"')?];
    Some(value.replace("&#38;", "&").replace("&#34;", "\"").replace("&#39;", "'"))
}

/// The forms of a page that are posted.
fn forms(page: &str) -> Vec<Form> {
    let mut found = Vec::new();
    for part in page.split("<form ").skip(1) {
        let inside = part.split("</form>").next().unwrap_or_default();
        let head = format!(" {}", inside.split('>').next().unwrap_or_default());
        if attribute(&head, "method").as_deref() != Some("post") {
            continue;
        }
        let mut form = Form { action: attribute(&head, "action").unwrap_or_default(), ..Form::default() };
        for piece in inside.split('<').skip(1) {
            let tag = format!(" {}", piece.split('>').next().unwrap_or_default());
            let kind = tag.trim_start().split([' ', '>']).next().unwrap_or_default().to_owned();
            let Some(name) = attribute(&tag, "name") else { continue };
            let value = attribute(&tag, "value").unwrap_or_default();
            match (kind.as_str(), attribute(&tag, "type").as_deref()) {
                ("input", None | Some("text" | "search" | "url" | "password")) | ("textarea", _) => {
                    form.typed.push(name.clone());
                    form.fields.push((name, value));
                }
                ("input", Some("hidden")) => form.fields.push((name, value)),
                ("input", Some("checkbox" | "radio")) if tag.contains(" checked") => {
                    form.fields.push((name, value));
                }
                ("select", _) => {
                    let options = piece_options(inside, &tag);
                    form.fields.push((name, options));
                }
                _ => {}
            }
        }
        found.push(form);
    }
    found
}

/// What a list sends as it stands: the option chosen, else the first that says anything.
fn piece_options(inside: &str, tag: &str) -> String {
    let list = inside.split(tag.trim_start()).nth(1).unwrap_or_default();
    let list = list.split("</select>").next().unwrap_or_default();
    let options: Vec<&str> = list.split("<option").skip(1).collect();
    let chosen =
        options.iter().find(|option| option.split('>').next().is_some_and(|t| t.contains(" selected")));
    let value = |option: &&str| attribute(option, "value").unwrap_or_default();
    chosen.map(value).or_else(|| options.iter().map(value).find(|v| !v.is_empty())).unwrap_or_default()
}

/// A field without its row, so that of a hundred equal rows one is tried.
fn of_any_row(name: &str) -> String {
    name.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[derive(QueryableByName)]
struct Longest {
    #[diesel(sql_type = BigInt)]
    longest: i64,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    column: String,
}

/// Every column of text with the length of its longest value.
fn longest(app: &TestApp) -> Vec<(String, i64)> {
    let columns = match app.db.backend() {
        "sqlite" => {
            "SELECT m.name || '.' || c.name AS column FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.type = 'TEXT'"
        }
        _ => {
            "SELECT (table_name || '.' || column_name)::text AS column FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type = 'text'"
        }
    };
    app.db
        .read(|conn| {
            let columns: Vec<Column> = on_each!(conn, |c| diesel::sql_query(columns).load(c))?;
            let mut found = Vec::new();
            for Column { column } in columns {
                let (table, name) = column.split_once('.').expect("two names");
                let sql = format!(
                    "SELECT CAST(coalesce(max(length(\"{name}\")), 0) AS BIGINT) AS longest FROM \"{table}\""
                );
                let row: Longest = on_each!(conn, |c| diesel::sql_query(&sql).get_result(c))?;
                found.push((column, row.longest));
            }
            Ok::<_, DbError>(found)
        })
        .expect("the lengths")
}

#[test]
fn no_field_of_any_form_takes_more_than_its_limit() {
    let (app, table) = (TestApp::demo(), Table::read());
    let subjects = subjects(&app);
    add_side_compiler(&app);
    let mut tried: BTreeSet<(String, String)> = BTreeSet::new();
    let mut faults = Vec::new();
    for column in WHO {
        let at = table.identities.iter().position(|who| who.column == column).expect("a column");
        let client = app.client(table.identities[at].username.as_deref().expect("a name"));
        for row in table.rows.iter().filter(|row| row.method == "GET" && row.cells[at] == "200") {
            let path = filled(&row.path, &subjects);
            for form in forms(&client.get(&path).ok()) {
                // A block to be pasted is kept by nobody: its rows are looked at on a page of their own.
                for field in form.typed.iter().filter(|field| !field.starts_with("paste.")) {
                    if !tried.insert((of_any_row(&form.action), of_any_row(field))) {
                        continue;
                    }
                    for length in LENGTHS {
                        // The page anew: what an earlier field changed has another version now.
                        let page = forms(&client.get(&path).text());
                        let Some(fresh) = page.into_iter().find(|f| f.action == form.action) else {
                            continue;
                        };
                        let long = "x".repeat(length);
                        let fields: Vec<(&str, &str)> = fresh
                            .fields
                            .iter()
                            .map(|(name, value)| {
                                (name.as_str(), if name == field { &long } else { value.as_str() })
                            })
                            .collect();
                        let answer = client.post_raw(&form.action, &fields);
                        if answer.status >= 500 || (length > 100_000 && answer.status == 303) {
                            faults.push(format!(
                                "{column} {} {field} {length}: {}",
                                form.action, answer.status
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(tried.len() > 60, "only {} fields were found", tried.len());
    // What the program writes itself from many units is as long as it is.
    for (column, length) in longest(&app).into_iter().filter(|(column, _)| column != "editions.content_json")
    {
        let limit = if LONG.contains(&column.as_str()) { SECTION } else { TEXT };
        if usize::try_from(length).expect("a length") > limit.characters() {
            faults.push(format!("{column} holds {length} characters"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn forms_are_read_as_a_browser_reads_them() {
    let page = "<form method=\"get\" action=\"/q\"><input name=\"q\"></form><form id=\"f\" method=\"post\" action=\"/p\">\
        <input type=\"hidden\" name=\"csrf\" value=\"t\"><input name=\"a\" value=\"1\"><textarea name=\"b\">x</textarea>\
        <input type=\"checkbox\" name=\"c\" value=\"2\"><input type=\"radio\" name=\"d\" value=\"3\" checked>\
        <select id=\"e\" name=\"e\"><option value=\"\">–</option><option value=\"5\">v</option></select></form>";
    let found = forms(page);
    assert_eq!(found.len(), 1);
    let names: Vec<(&str, &str)> = found[0].fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(names, [("csrf", "t"), ("a", "1"), ("b", ""), ("d", "3"), ("e", "5")]);
    assert_eq!(found[0].typed, ["a", "b"]);
}
