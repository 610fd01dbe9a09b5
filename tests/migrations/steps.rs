//! Up, down and up again on the loaded demo, on whichever database the tests run.

use super::catalogue::{others, tables};
use crate::support::database::TestDatabase;

#[test]
fn the_demos_schema_goes_down_to_nothing_and_comes_up_the_same() {
    let database = TestDatabase::demo();
    let db = database.open();
    let before = (tables(&db), others(&db));
    assert!(before.0.len() > 50, "the demo has all its tables");
    db.revert_all().expect("every step can be taken back, with data in the tables");
    assert_eq!((tables(&db), others(&db)), Default::default(), "nothing stays behind");
    assert!(db.needs_migration().expect("an answer"));
    let taken = db.migrate().expect("every step can be taken again");
    assert!(!taken.is_empty());
    assert_eq!((tables(&db), others(&db)), before);
    assert!(!db.needs_migration().expect("an answer"));
    assert_eq!(db.migrate().expect("nothing to do"), Vec::<String>::new());
}

/// A reverted database is as good as a new one: the demo loads into it.
#[test]
fn what_came_up_again_can_be_filled_again() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.revert_all().expect("down");
    db.migrate().expect("up");
    tonghop::demo::load(&db).expect("the demo loads again");
}
