//! What was saved before each paper of a body had recipients of its own: it stands on both of them afterwards, one saving after
//! another.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use tonghop::db::DbError;
use tonghop::on_each;

use super::agreement::{sql, steps};
use super::append_only::{ROWS, run};
use crate::support::database::TestDatabase;

const STEP: &str = "0033_recipients_by_part";

const SAVED: &str = "
INSERT INTO units (id, uid, code) VALUES (2, 'u2', 'u2');
INSERT INTO obligations (id, uid, period_id, unit_id, part, collector_id, form_id, kind, mode, due_rule, standing)
  VALUES (2, 'o2', 1, 1, 'consolidated', 1, 1, 'report', 'assign', 'undated', 'owed');
INSERT INTO paper_recipients (regime_id, unit_id, names, drafter, membership_id, saved_at) VALUES
  (1, NULL, 'a', '', 1, '2025-01-01 00:00:00'),
  (1, 1, 'b', '', 1, '2025-01-02 00:00:00'),
  (1, 2, 'c', '', 1, '2025-01-03 00:00:00'),
  (1, 1, 'd', '', 1, '2025-01-04 00:00:00');
";

#[derive(Debug, PartialEq, QueryableByName)]
struct Saved {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    unit_id: Option<i64>,
    #[diesel(sql_type = Text)]
    part: String,
    #[diesel(sql_type = Text)]
    names: String,
    #[diesel(sql_type = BigInt)]
    follows: i64,
}

#[test]
fn what_was_saved_before_stands_on_both_papers() {
    let database = TestDatabase::bare();
    let (db, folder) = (database.open(), database.backend());
    for step in steps(folder).iter().filter(|step| step.as_str() < STEP) {
        run(&db, &sql(folder, step, "up.sql")).unwrap_or_else(|e| panic!("{step}: {e}"));
    }
    run(&db, ROWS).expect("rows");
    run(&db, SAVED).expect("what was saved");
    run(&db, &sql(folder, STEP, "up.sql")).expect("the step");
    let found: Vec<Saved> = db
        .read(|conn| {
            let rows = "SELECT id, unit_id, part, names, follows FROM paper_recipients ORDER BY id";
            Ok::<_, DbError>(on_each!(conn, |c| diesel::sql_query(rows).load(c))?)
        })
        .expect("the rows");
    let row = |id, unit_id, part: &str, names: &str, follows| Saved {
        id,
        unit_id,
        part: part.to_owned(),
        names: names.to_owned(),
        follows,
    };
    let expected = [
        row(1, None, "own", "a", 0),
        row(2, Some(1), "own", "b", 0),
        row(3, Some(2), "own", "c", 0),
        row(4, Some(1), "own", "d", 2),
        row(5, Some(1), "consolidated", "b", 0),
        row(6, Some(1), "consolidated", "d", 5),
    ];
    assert_eq!(found, expected, "the collector alone has a second paper");
    assert!(run(&db, "UPDATE paper_recipients SET names = 'z'").is_err(), "append-only as before");
}
