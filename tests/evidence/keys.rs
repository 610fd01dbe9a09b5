//! Keys stored by an older rule are made anew, once.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{computed_columns, evidence, task_entries};
use tonghop::evidence::keys::refresh;
use tonghop::reports::link_key::link_key;

use crate::support::app::TestApp;

#[test]
fn keys_of_before_are_recomputed_once() {
    let app = TestApp::demo();
    refresh(&app.db).expect("the keys");
    assert_eq!(refresh(&app.db).expect("again"), 0);
    let spoilt: usize = app
        .db
        .write(|conn| {
            diesel::delete(computed_columns::table).execute(conn)?;
            let links = diesel::update(evidence::table).set(evidence::url_key.eq("cũ")).execute(conn)?;
            let with_link = task_entries::table.filter(task_entries::link.ne(""));
            let entries = diesel::update(with_link).set(task_entries::url_key.eq("")).execute(conn)?;
            Ok::<_, DbError>(links + entries)
        })
        .expect("as an older version left them");
    assert!(spoilt > 40, "{spoilt}");
    assert_eq!(refresh(&app.db).expect("the keys"), spoilt);
    assert_eq!(refresh(&app.db).expect("again"), 0, "nothing is left to do");
    let stored: Vec<(String, String)> = app
        .db
        .read(|conn| {
            let mut all: Vec<(String, String)> =
                evidence::table.select((evidence::url, evidence::url_key)).load(conn)?;
            all.extend(task_entries::table.select((task_entries::link, task_entries::url_key)).load::<(
                String,
                String,
            )>(
                conn
            )?);
            Ok::<_, DbError>(all)
        })
        .expect("the keys");
    for (address, key) in stored {
        assert_eq!(key, if address.is_empty() { String::new() } else { link_key(&address) }, "{address}");
    }
}
