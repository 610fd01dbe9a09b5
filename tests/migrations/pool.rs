//! Every connection of the pool is set up the same: a power cut must not lose what was answered for, and a
//! foreign key must hold on whichever connection a request gets.

use std::sync::Barrier;

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use tonghop::db::{Conn, Db, DbError};

use crate::support::database::TestDatabase;

/// As many as a test database's pool holds.
const CONNECTIONS: usize = 8;

#[derive(QueryableByName)]
struct Settings {
    #[diesel(sql_type = Integer)]
    synchronous: i32,
    #[diesel(sql_type = Integer)]
    foreign_keys: i32,
    #[diesel(sql_type = Text)]
    journal_mode: String,
    #[diesel(sql_type = Integer)]
    busy_timeout: i32,
}

#[derive(QueryableByName)]
struct ServerSettings {
    #[diesel(sql_type = Text)]
    synchronous_commit: String,
    #[diesel(sql_type = Text)]
    time_zone: String,
}

/// Asks every connection at once, each held until all have been asked, so that none is asked twice.
fn of_every_connection<T: Send>(db: &Db, ask: impl Fn(&mut Conn) -> QueryResult<T> + Sync) -> Vec<T> {
    let barrier = Barrier::new(CONNECTIONS);
    let one = || {
        db.read(|conn| {
            let answer = ask(conn);
            barrier.wait();
            Ok::<_, DbError>(answer?)
        })
        .expect("an answer")
    };
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(one)).collect();
        asking.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    })
}

#[test]
fn every_connection_syncs_in_full_and_keeps_foreign_keys() {
    let database = TestDatabase::empty();
    let db = database.open();
    if database.backend() == "postgres" {
        let asked = "SELECT current_setting('synchronous_commit') AS synchronous_commit, \
                     current_setting('timezone') AS time_zone";
        for found in of_every_connection(&db, |conn| match conn {
            Conn::Postgres(c) => diesel::sql_query(asked).get_result::<ServerSettings>(c),
            Conn::Sqlite(_) => Err(diesel::result::Error::NotFound),
        }) {
            assert_ne!(found.synchronous_commit, "off");
            assert_eq!(found.time_zone, "UTC");
        }
        return;
    }
    let asked = "SELECT s.synchronous, f.foreign_keys, j.journal_mode, b.timeout AS busy_timeout FROM \
                 pragma_synchronous s, pragma_foreign_keys f, pragma_journal_mode j, pragma_busy_timeout b";
    let found = of_every_connection(&db, |conn| match conn {
        Conn::Sqlite(c) => diesel::sql_query(asked).get_result::<Settings>(c),
        Conn::Postgres(_) => Err(diesel::result::Error::NotFound),
    });
    assert_eq!(found.len(), CONNECTIONS);
    for settings in found {
        assert_eq!(settings.synchronous, 2, "synchronous = FULL");
        assert_eq!(settings.foreign_keys, 1);
        assert_eq!(settings.journal_mode, "wal");
        assert!(settings.busy_timeout >= 5000, "a writer waits for another: {}", settings.busy_timeout);
    }
}

#[test]
fn a_row_that_points_at_nothing_is_refused() {
    let database = TestDatabase::empty();
    let orphan = "INSERT INTO unit_aliases (unit_id, alias, search_key) VALUES (4711, 'x', 'x')";
    let refused = database.open().write(|conn| {
        tonghop::on_each!(conn, |c| diesel::sql_query(orphan).execute(c))?;
        Ok::<_, DbError>(())
    });
    assert!(refused.is_err());
}

#[test]
fn nothing_done_in_a_read_changes_the_database() {
    let database = TestDatabase::empty();
    let db = database.open();
    let insert = |conn: &mut Conn| {
        let row = "INSERT INTO units (uid, code) VALUES ('u1', 'x')";
        tonghop::on_each!(conn, |c| diesel::sql_query(row).execute(c))
    };
    let count = |db: &Db| {
        db.read(|conn| Ok::<i64, DbError>(tonghop::db::schema::units::table.count().get_result(conn)?))
            .expect("a count")
    };
    let before = count(&db);
    assert!(db.read(|conn| Ok::<_, DbError>(insert(conn)?)).is_err(), "a read that writes is refused");
    assert_eq!(count(&db), before);
    // Whichever connection comes next, reading leaves no mark on it.
    db.write(|conn| Ok::<_, DbError>(insert(conn)?)).expect("a write");
    assert_eq!(count(&db), before + 1);
    db.revert_all().expect("the schema can be taken back after a read");
}
