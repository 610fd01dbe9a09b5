//! The synthetic province: the same for the same seed, of the size asked, and adding up to what its generator says.

mod content;
mod folding;
mod pages;

use tonghop::db::Db;
use tonghop::load::{Made, Size, load};

use crate::support::database::TestDatabase;

/// Small, with a ratio and every other rule among the indicators.
const SMALL: Size = Size { units: 30, years: 2, indicators: 12, seed: 7 };

fn loaded(size: Size) -> (TestDatabase, Db, Made) {
    let database = TestDatabase::empty();
    let db = database.open();
    let made = load(&db, size).expect("the province loads");
    (database, db, made)
}
