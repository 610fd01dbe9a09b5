//! Rules the database keeps by itself beside append-only: one version at a time, what is in use stays as it was asked,
//! an approved edition stays approved, and the revision that counts exists.

use super::append_only::{ROWS, run, with_bytes};
use crate::support::database::TestDatabase;

/// Versions of one thing: table, the columns that must be filled, their values, and the same with another thing.
const DATED: [(&str, &str, &str, &str); 5] = [
    (
        "unit_versions",
        "unit_id, name, short_name, search_key, kind_code, protocol_order",
        "1, 'n', 'n', 'n', 'k', 1",
        "2, 'n', 'n', 'n', 'k', 1",
    ),
    ("function_holders", "function_id, province_id, unit_id", "1, 1, 1", "1, 2, 1"),
    (
        "routes",
        "regime_id, unit_id, collector_id, part, mode",
        "1, 1, 1, 'own', 'assign'",
        "1, 1, 1, 'consolidated', 'assign'",
    ),
    (
        "forms",
        "uid, regime_id, code, version, name",
        "'UID', 1, 'g', VERSION, 'n'",
        "'UID', 1, 'h', VERSION, 'n'",
    ),
    (
        "indicators",
        "uid, code, group_code, name, search_key, measure_unit, value_type, scale, display_exponent, unit_rule, \
         level_rule, period_rule, position",
        "'UID', 'B01', 'A', 'a', 'a', 'a', 'int', 0, 0, 'sum', 'sum', 'flow', 1",
        "'UID', 'B02', 'A', 'a', 'a', 'a', 'int', 0, 0, 'sum', 'sum', 'flow', 1",
    ),
];

const MORE: &str = "INSERT INTO units (id, uid, code) VALUES (2, 'u2', 'u2');
INSERT INTO functions (id, code, name) VALUES (1, 'f', 'f');";

fn insert(table: (&str, &str, &str), number: i64, from: Option<&str>, to: Option<&str>) -> String {
    let (table, columns, values) = table;
    let values = values.replace("UID", &format!("uid{number}")).replace("VERSION", &number.to_string());
    let day = |day: Option<&str>| day.map_or("NULL".to_owned(), |day| format!("'{day}'"));
    format!(
        "INSERT INTO {table} (id, {columns}, valid_from, valid_to) VALUES ({number}, {values}, {}, {})",
        day(from),
        day(to)
    )
}

/// One span, then another: refused exactly when they share a day, asked of a plain comparison of days.
#[test]
fn two_versions_of_one_thing_never_hold_on_one_day() {
    let database = TestDatabase::empty();
    let db = database.open();
    run(&db, ROWS).expect("rows");
    run(&db, MORE).expect("rows");
    let bounds = [None, Some("2025-01-01"), Some("2025-01-05"), Some("2025-01-10")];
    let spans: Vec<(Option<&str>, Option<&str>)> = bounds
        .iter()
        .flat_map(|from| bounds.iter().map(move |to| (*from, *to)))
        .filter(|(from, to)| from.is_none() || to.is_none() || from <= to)
        .collect();
    let early = |day: Option<&str>| day.unwrap_or("0000").to_owned();
    let late = |day: Option<&str>| day.unwrap_or("9999").to_owned();
    for (table, columns, same, other) in DATED {
        let clear = format!("DELETE FROM {table} WHERE id >= 100");
        for first in &spans {
            for second in &spans {
                let share = early(first.0) <= late(second.1) && early(second.0) <= late(first.1);
                run(&db, &insert((table, columns, same), 100, first.0, first.1)).expect("the first");
                let outcome = run(&db, &insert((table, columns, same), 101, second.0, second.1));
                assert_eq!(outcome.is_err(), share, "{table} {first:?} {second:?}: {outcome:?}");
                if let Err(refused) = outcome {
                    let words = refused.to_string();
                    assert!(words.contains("overlap in time") || words.contains("UNIQUE"), "{words}");
                }
                run(&db, &clear).expect("cleared");
            }
        }
        // Another thing may hold on the same days, and moving a span onto another is refused too.
        run(&db, &insert((table, columns, same), 100, None, Some("2025-01-05"))).expect("the first");
        run(&db, &insert((table, columns, other), 101, None, None)).expect("another thing");
        run(&db, &insert((table, columns, same), 102, Some("2025-01-06"), None)).expect("the next");
        run(&db, &format!("UPDATE {table} SET valid_from = '2025-01-07' WHERE id = 102")).expect("a gap");
        run(&db, &format!("UPDATE {table} SET valid_from = '2025-01-05' WHERE id = 102"))
            .expect_err("they share the fifth");
        run(&db, &clear).expect("cleared");
    }
}

#[test]
fn what_somebody_was_asked_stays_as_it_was_asked() {
    let database = TestDatabase::empty();
    let db = database.open();
    let before_use: String = ROWS.lines().take_while(|l| !l.starts_with("INSERT INTO obligations")).collect();
    run(&db, &before_use).expect("rows");
    let parts = "INSERT INTO form_sections (id, form_id, code, label, title, position, required)
          VALUES (1, 1, 'I', 'I', 't', 1, FALSE);
        INSERT INTO form_lists (id, form_id, code, title, position, columns_json) VALUES (1, 1, 'l', 't', 1, '[]');
        INSERT INTO form_indicators (form_id, indicator_id, position, counts, required) VALUES (1, 1, 1, TRUE, FALSE);
        INSERT INTO indicators (id, uid, code, group_code, name, search_key, measure_unit, value_type, scale,
          display_exponent, unit_rule, level_rule, period_rule, position)
          VALUES (2, 'i2', 'A02', 'A', 'a', 'a', 'a', 'int', 0, 0, 'sum', 'sum', 'flow', 2);";
    run(&db, parts).expect("parts");
    let changes = [
        "UPDATE forms SET name = 'khác'",
        "UPDATE form_sections SET title = 'khác'",
        "UPDATE form_lists SET columns_json = '[1]'",
        "UPDATE form_indicators SET counts = FALSE",
        "UPDATE indicators SET scale = 2 WHERE id = 1",
        "UPDATE indicators SET unit_rule = 'max', level_rule = 'max' WHERE id = 1",
        "UPDATE indicators SET measure_unit = 'khác' WHERE id = 1",
    ];
    for change in changes {
        run(&db, change).expect("nobody owes on it yet");
    }
    let used: String =
        ROWS.lines().skip_while(|l| !l.starts_with("INSERT INTO obligations")).take(2).collect();
    run(&db, &used).expect("an obligation");
    let again = [
        "UPDATE forms SET name = 'nữa'",
        "UPDATE form_sections SET title = 'nữa'",
        "UPDATE form_lists SET columns_json = '[2]'",
        "UPDATE form_indicators SET counts = TRUE",
        "UPDATE indicators SET scale = 3 WHERE id = 1",
        "UPDATE indicators SET unit_rule = 'owner' WHERE id = 1",
        "UPDATE indicators SET measure_unit = 'nữa' WHERE id = 1",
        "UPDATE indicators SET code = 'A09' WHERE id = 1",
        "INSERT INTO form_indicators (form_id, indicator_id, position, counts, required) VALUES (1, 2, 2, TRUE, FALSE)",
        "DELETE FROM form_sections",
        "DELETE FROM form_lists",
        "DELETE FROM form_indicators",
    ];
    for change in again {
        let refused = run(&db, change).expect_err(change);
        assert!(refused.to_string().contains("in use do not change"), "{change}: {refused}");
    }
    for allowed in [
        "UPDATE forms SET valid_to = '2025-12-31'",
        "UPDATE indicators SET valid_to = '2025-12-31', name = 'rõ hơn', scale = scale WHERE id = 1",
        "UPDATE indicators SET scale = 4 WHERE id = 2",
    ] {
        run(&db, allowed).expect(allowed);
    }
}

#[test]
fn an_approved_edition_stays_approved() {
    let database = TestDatabase::empty();
    let db = database.open();
    run(&db, ROWS).expect("rows");
    run(&db, "UPDATE editions SET status = 'sent', approved_at = '2025-02-01 00:00:00'")
        .expect_err("what nobody approved is not sent");
    run(
        &db,
        "UPDATE editions SET status = 'approved', approved_at = '2025-02-01 00:00:00', approved_by = 1,
         approved_by_name = 'n', approved_by_title = 't'",
    )
    .expect("a draft is approved");
    for change in [
        "UPDATE editions SET status = 'draft', approved_at = NULL",
        "UPDATE editions SET approved_at = '2025-03-01 00:00:00'",
        "UPDATE editions SET approved_by = NULL",
        "UPDATE editions SET approved_by_name = 'khác'",
        "UPDATE editions SET created_by_title = 'khác'",
    ] {
        let refused = run(&db, change).expect_err(change);
        assert!(refused.to_string().contains("editions is append-only"), "{change}: {refused}");
    }
    run(&db, "UPDATE editions SET status = 'sent', version = version + 1").expect("then it is sent");
}

#[test]
fn the_revision_that_counts_exists() {
    let database = TestDatabase::empty();
    let db = database.open();
    run(&db, ROWS).expect("rows");
    run(&db, &with_bytes(database.backend())).expect("a revision");
    run(&db, "UPDATE reports SET received_revision_id = 77").expect_err("no such revision");
    run(&db, "UPDATE reports SET received_revision_id = 1").expect("its own revision");
}
