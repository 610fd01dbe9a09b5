//! Two who meet at a row. On PostgreSQL a third connection holds rows until both wait behind them, so that both have read before
//! either has written, each time the test runs; on SQLite, which has one writer at a time, both are sent at once.

use std::thread::sleep;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::app::TestApp;
use super::client::Answer;

/// So often, a twentieth of a second apart, the holder looks whether both wait; one that waits for nothing is not waited for longer.
const LOOKS: usize = 400;

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// What came of two done at once, while the rows that `held` selects are held against both.
fn at_once<T: Send>(app: &TestApp, held: &str, both: [&(dyn Fn() -> T + Sync); 2]) -> [T; 2] {
    let mut holder = (app.db.backend() == "postgres").then(|| {
        let mut conn = PgConnection::establish(&app.database_url()).expect("a connection");
        conn.batch_execute(&format!("BEGIN; {held} FOR UPDATE")).expect("rows to hold");
        conn
    });
    std::thread::scope(|scope| {
        let threads = both.map(|one| scope.spawn(one));
        if let Some(holder) = &mut holder {
            let ask = "SELECT count(*) AS count FROM pg_stat_activity \
                WHERE datname = current_database() AND wait_event_type = 'Lock'";
            for _ in 0..LOOKS {
                let found: Waiting = diesel::sql_query(ask).get_result(holder).expect("a count");
                if found.count >= 2 || threads.iter().all(|thread| thread.is_finished()) {
                    break;
                }
                sleep(Duration::from_millis(50));
            }
            holder.batch_execute("COMMIT").expect("the rows are let go");
        }
        threads.map(|thread| thread.join().expect("an answer"))
    })
}

/// The same for two posts, the better answer first.
pub fn posted(app: &TestApp, held: &str, both: [&(dyn Fn() -> Answer + Sync); 2]) -> [Answer; 2] {
    let mut answers = at_once(app, held, both);
    answers.sort_by_key(|answer| answer.status);
    answers
}
