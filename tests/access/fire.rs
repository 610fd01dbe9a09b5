//! Fires the table: every row as every identity, each POST also without its token. Only compares; what is right is
//! in the table.

use std::collections::HashMap;

use tonghop::db::schema::audit_log;
use tonghop::error::Error;

use super::subjects::{add_side_compiler, filled, subjects};
use super::table::{Identity, Row, Table, route_of, routes};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};

/// Ends the session: fired after everything else.
const LAST: &str = "/session/end";
/// Open one: they have no session whose token they could carry, and ask for their own instead.
const BEFORE_ANY_SESSION: [&str; 2] = ["/session", "/invitation"];
/// Posted by a module, which reads JSON whatever the answer.
const FROM_A_SCRIPT: &str = "/autosave";

#[test]
fn every_route_has_rows_and_every_row_a_route() {
    let (table, routes) = (Table::read(), routes());
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    for row in &table.rows {
        match route_of(&routes, &row.method, &row.path) {
            Some(route) => seen.push(route),
            None => faults.push(format!("line {}: no route {} {}", row.line, row.method, row.path)),
        }
    }
    for route in routes.iter().filter(|route| !seen.contains(route)) {
        faults.push(format!("no row for {} {}", route.method, route.path));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_whole_table_holds_and_nothing_happens() {
    let (app, table) = (TestApp::demo(), Table::read());
    let subjects = subjects(&app);
    add_side_compiler(&app);
    let clients: Vec<Client> = table.identities.iter().map(|who| client(&app, who)).collect();
    let before = audit_rows(&app);
    let (last, rows): (Vec<&Row>, Vec<&Row>) = table.rows.iter().partition(|row| row.path == LAST);
    let mut faults: Vec<(usize, String)> = Vec::new();
    std::thread::scope(|scope| {
        let running: Vec<_> = (table.identities.iter().zip(&clients).enumerate())
            .map(|(at, (who, client))| {
                let all = rows.iter().chain(&last);
                let (subjects, all) = (&subjects, all.copied().collect::<Vec<&Row>>());
                scope.spawn(move || as_one(at, who, client, &all, subjects))
            })
            .collect();
        for thread in running {
            faults.extend(thread.join().expect("a thread that ends"));
        }
    });
    faults.sort();
    let words: Vec<String> =
        faults.into_iter().map(|(line, words)| format!("line {line}: {words}")).collect();
    assert!(words.is_empty(), "{}", words.join("\n"));
    assert_eq!(audit_rows(&app), before, "a row of the table changed something");
}

/// Every row as one identity, in order.
fn as_one(
    at: usize,
    who: &Identity,
    client: &Client,
    rows: &[&Row],
    subjects: &HashMap<&'static str, i64>,
) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    for row in rows {
        let path = filled(&row.path, subjects);
        let body = filled(&row.body, subjects);
        let fields = Row::fields(&body);
        let (wanted, post) = (row.cells[at].as_str(), row.method == "POST");
        let allowed = who.username.is_some() && !matches!(wanted, "403" | "404");
        if post && allowed && !BEFORE_ANY_SESSION.contains(&row.path.as_str()) {
            for token in [vec![], vec![("csrf", "")], vec![("csrf", "0000")]] {
                let forged: Vec<(&str, &str)> = token.into_iter().chain(fields.iter().copied()).collect();
                let status = client.post_raw(&path, &forged).status;
                if status != 403 {
                    let words =
                        format!("{} {path} as {} without its token: {status}", row.method, who.column);
                    faults.push((row.line, words));
                }
            }
        }
        let script = path.ends_with(FROM_A_SCRIPT);
        let answer = match (post, script) {
            (true, true) => client.post_json(&path, &fields),
            (true, false) => client.post(&path, &fields),
            (false, _) => client.get(&path),
        };
        if script && !answer.content_type.starts_with("application/json") {
            let words = format!("{path} as {} answers a script in {}", who.column, answer.content_type);
            faults.push((row.line, words));
        }
        if !matches(wanted, &answer) {
            let words = format!(
                "{} {path} as {}: {} {}, the table says {wanted}",
                row.method, who.column, answer.status, answer.location
            );
            faults.push((row.line, words));
        }
    }
    faults
}

fn matches(wanted: &str, answer: &Answer) -> bool {
    match (wanted, wanted.strip_prefix("303>")) {
        ("in", _) => answer.status == 303 && answer.location.split('?').next() == Some("/sign-in"),
        (_, Some(to)) => answer.status == 303 && answer.location == to,
        ("303", None) => answer.status == 303 && !answer.location.starts_with("/sign-in"),
        (code, None) => answer.status.to_string() == code,
    }
}

fn client(app: &TestApp, who: &Identity) -> Client {
    who.username.as_ref().map_or_else(|| app.anonymous(), |username| app.client(username))
}

fn audit_rows(app: &TestApp) -> i64 {
    use diesel::prelude::*;
    app.db.read(|conn| Ok::<i64, Error>(audit_log::table.count().get_result(conn)?)).expect("a count")
}

#[test]
fn the_comparison_fails_on_made_up_wrong_rows() {
    let (app, mut table) = (TestApp::demo(), Table::read());
    let who = table.identities.swap_remove(1);
    let client = client(&app, &who);
    let row = |method: &str, path: &str, cell: &str| Row {
        line: 1,
        method: method.to_owned(),
        path: path.to_owned(),
        cells: vec![cell.to_owned()],
        body: String::new(),
    };
    let wrong = [
        row("GET", "/my", "404"),
        row("GET", "/my", "303"),
        row("GET", "/", "303>/overview"),
        row("GET", "/overview", "200"),
        // Opening a session asks for no token of one, so each of the three forgeries is noted.
        row("POST", "/session?", "422"),
    ];
    let faults = as_one(0, &who, &client, &wrong.iter().collect::<Vec<_>>(), &HashMap::new());
    assert_eq!(faults.len(), 7, "{faults:?}");
    assert_eq!(route_of(&routes(), "GET", "/my/own"), None);
    assert_eq!(route_of(&routes(), "POST", "/my"), None);
}
