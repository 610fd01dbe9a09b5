//! Every form that makes something has a one-use key: on its page, and asked for by the server. Those that `twice` does not
//! post are posted twice here.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{form_keys, memberships, people, periods, regimes, routes, units};

use super::COMPILER;
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

/// Where forms are posted that make something, as the templates write it, each with its template.
const MAKING: [(&str, &str); 20] = [
    ("consolidation/dispatch.html", "/editions/{{ edition.id }}/dispatches"),
    ("consolidation/make.html", "/periods/{{ period.id }}/editions"),
    ("consolidation/preview.html", "/periods/{{ period.id }}/editions"),
    ("forms/new.html", "/regimes/{{ regime.id }}/forms"),
    ("indicators/form.html", "{{ self.action() }}"),
    ("indicators/import.html", "/indicators/import"),
    ("people/import.html", "/people/import"),
    ("people/new.html", "/people"),
    ("people/show.html", "/people/{{ person.id }}/memberships"),
    ("periods/confirm.html", "/regimes/{{ regime.id }}/periods"),
    ("periods/decision.html", "{{ action }}"),
    ("plans/clause_form.html", "/plans/{{ plan.id }}/clauses"),
    ("plans/facts.html", "{% else %}/plans"),
    ("plans/task_form.html", "{{ action }}"),
    ("regimes/confirm.html", "/regimes"),
    ("regimes/routes.html", "/regimes/{{ regime.id }}/routes\""),
    ("start/regime.html", "/start/regime"),
    ("tasks/show.html", "/tasks/{{ task.id }}/entries"),
    ("unit_changes/preview.html", "/unit-changes\""),
    ("units/form.html", "/units"),
];

#[test]
fn every_form_that_makes_something_carries_a_key() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for (file, action) in MAKING {
        let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let posts = text.split("<form ").skip(1).filter(|form| {
            let head = form.split("<input").next().unwrap_or_default();
            head.contains("method=\"post\"") && head.contains(action)
        });
        let forms: Vec<&str> = posts.filter_map(|form| form.split("</form>").next()).collect();
        assert!(!forms.is_empty(), "{file} posts nothing to {action}");
        for form in forms {
            assert!(form.contains("name=\"form_key\""), "{file}: {action} has no key");
        }
    }
}

macro_rules! rows {
    ($app:expr, $table:ident) => {
        $app.db.read(|conn| Ok::<i64, DbError>($table::table.count().get_result(conn)?)).expect("a count")
    };
}

/// Posts a form without its key, then twice with one; gives back how many rows each left behind.
fn twice(
    client: &Client,
    path: &str,
    key: &str,
    fields: &[(&str, &str)],
    count: impl Fn() -> i64,
) -> [i64; 3] {
    let before = count();
    let mut without = vec![("csrf", client.csrf.as_str())];
    without.extend_from_slice(fields);
    let refused = client.post_raw(path, &without);
    assert_eq!(refused.status, 422, "{path}: {}", refused.text());
    assert!(refused.text().contains("Mở lại trang rồi nhập lại"), "{path}: {}", refused.text());
    let none = count() - before;
    let mut with = vec![("form_key", key)];
    with.extend_from_slice(fields);
    let first = client.post(path, &with).redirected();
    let one = count() - before;
    assert_eq!(client.post(path, &with).redirected(), first, "{path}");
    [none, one, count() - before]
}

#[test]
fn units_roles_periods_routes_and_regimes_are_made_once() {
    let app = TestApp::demo();
    let (administrator, compiler) = (app.client("quantri.bacgiang"), app.client(COMPILER));
    let key = |client: &Client, path: &str| hidden(&client.get(path).ok(), "form_key").expect("a key");
    let find = |code: &'static str| -> i64 {
        let of = units::table.filter(units::code.eq(code)).select(units::id);
        app.db.read(|conn| Ok::<_, DbError>(of.first(conn)?)).expect("a unit")
    };
    let once = [0, 1, 1];

    let typed = key(&administrator, "/units/new");
    let fields = [("name", "Sở Dân tộc và Tôn giáo"), ("short_name", "Sở DT&TG"), ("kind", "department")];
    assert_eq!(twice(&administrator, "/units", &typed, &fields, || rows!(app, units)), once);

    let person: i64 = app
        .db
        .read(|conn| {
            let of = people::table.filter(people::username.eq("canbo.yte.bacgiang"));
            Ok::<_, DbError>(of.select(people::id).first(conn)?)
        })
        .expect("a person");
    let typed = key(&administrator, &format!("/people/{person}"));
    let paper = find("bg.bao").to_string();
    let fields =
        [("unit", paper.as_str()), ("role", "officer"), ("title", "x"), ("from", "01/7/2025"), ("to", "")];
    let path = format!("/people/{person}/memberships");
    assert_eq!(twice(&administrator, &path, &typed, &fields, || rows!(app, memberships)), once);

    let regime: i64 = app
        .db
        .read(|conn| {
            let of = regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id);
            Ok::<_, DbError>(of.first(conn)?)
        })
        .expect("the regime");
    let path = format!("/regimes/{regime}/periods");
    let seen = compiler.post(&path, &crate::periods::opening::HALF).ok();
    let typed = hidden(&seen, "form_key").expect("the page that is read once more has a key");
    let fields: Vec<(&str, &str)> =
        crate::periods::opening::HALF.into_iter().chain([("confirmed", "1")]).collect();
    assert_eq!(twice(&compiler, &path, &typed, &fields, || rows!(app, periods)), once);

    let path = format!("/regimes/{regime}/routes");
    let typed = key(&administrator, &path);
    let (unit, to) = (find("bg.ccb").to_string(), find("bg.mttq").to_string());
    let fields = [
        ("unit", unit.as_str()),
        ("part", "own"),
        ("collector", &to),
        ("mode", "request"),
        ("from", "01/7/2025"),
    ];
    assert_eq!(twice(&administrator, &path, &typed, &fields, || rows!(app, routes)), once);
    assert!(rows!(app, form_keys) >= 4);
}
