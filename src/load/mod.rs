//! A synthetic province of any size, the same for the same seed: for benchmarks and for trying a big
//! installation. Stands between the command line and the tables; it opens its periods with the verb the pages use.

mod batch;
mod bodies;
mod documents;
mod duties;
pub mod fates;
pub mod figures;
mod papers;
mod random;
mod reports;
mod sheets;
mod steps;

use diesel::prelude::*;

use crate::audit::{self, By, Step};
use crate::db::Db;
use crate::db::schema::{audit_log, units};
use crate::error::Error;
use random::Random;

/// The password of every account it makes: as public as this source.
pub const PASSWORD: &str = "tonghop-demo";

/// The last year made; earlier ones go back from it.
pub const LAST_YEAR: i32 = 2025;

/// The audit action of the row by which a synthetic province is known ever after.
const LOADED: &str = "load.province";

/// How big a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Units that owe reports, the standing agency among them; at least 1, at most 5,000.
    pub units: u32,
    /// Years of reports, two periods each; 1 to 50.
    pub years: u32,
    /// Indicators, ratios among them; 1 to 500.
    pub indicators: u32,
    /// Another seed gives other names, figures and delays.
    pub seed: u64,
}

impl Size {
    /// What of it cannot be made, in words.
    fn fault(self) -> Option<&'static str> {
        match self {
            Size { units: 0 | 5001.., .. } => Some("the number of units must be from 1 to 5000"),
            Size { years: 0 | 51.., .. } => Some("the number of years must be from 1 to 50"),
            Size { indicators: 0 | 501.., .. } => Some("the number of indicators must be from 1 to 500"),
            _ => None,
        }
    }

    /// The years made, the earliest first.
    pub fn years(self) -> impl Iterator<Item = i32> {
        let years = i32::try_from(self.years).unwrap_or(i32::MAX);
        (LAST_YEAR - years + 1)..=LAST_YEAR
    }
}

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    pub units: usize,
    pub people: usize,
    pub indicators: usize,
    pub tasks: usize,
    pub periods: usize,
    pub reports: usize,
    pub revisions: usize,
    pub figures: usize,
}

/// Fills an empty, migrated database. The province and its catalogue are one transaction, each period another.
///
/// # Errors
/// [`Error::Refused`] when the database already holds units or the size is out of range; faults of the database.
pub fn load(db: &Db, size: Size) -> Result<Made, Error> {
    if let Some(fault) = size.fault() {
        return Err(Error::Refused(fault.into()));
    }
    let mut made = Made::default();
    let (bodies, papers) = db.write(|conn| {
        if units::table.count().get_result::<i64>(conn)? > 0 {
            return Err(Error::Refused(
                "the database already holds units: load needs an empty one, made by `tonghop migrate`".into(),
            ));
        }
        let step = Step {
            action: LOADED,
            subject_kind: "installation",
            subject_id: None,
            subject_label: "Dữ liệu thử",
            unit_id: None,
            before: None,
            after: None,
        };
        audit::record(conn, &By::command_line(), &step, bodies::founded())?;
        let bodies = bodies::load(conn, size, &mut made)?;
        let tasks = documents::load(conn, size, &bodies, &mut made)?;
        let papers = duties::load(conn, size, &bodies, tasks, &mut made)?;
        Ok((bodies, papers))
    })?;
    let periods = fates::periods(size);
    for (index, period) in periods.iter().enumerate() {
        db.write(|conn| reports::load(conn, size, &bodies, &papers, index, period, &mut made))?;
    }
    Ok(made)
}

/// Whether the database was filled by [`load`]: its passwords are public.
///
/// # Errors
/// The query's own.
pub fn is_synthetic(db: &Db) -> Result<bool, Error> {
    db.read(|conn| {
        let marks: i64 = audit_log::table.filter(audit_log::action.eq(LOADED)).count().get_result(conn)?;
        Ok(marks > 0)
    })
}

/// A stable identity, in the shape of a UUIDv7 of 01/01/2025: the same for the same seed, kind and number.
fn uid(seed: u64, kind: u64, number: u64) -> String {
    const MILLIS: u64 = 1_735_689_600_000;
    let mut random = Random::of(seed, &[kind, number]);
    let mut bytes = [0_u8; 10];
    let sixteen = [random.next().to_be_bytes(), random.next().to_be_bytes()].concat();
    bytes.copy_from_slice(&sixteen[..10]);
    uuid::Builder::from_unix_timestamp_millis(MILLIS, &bytes).into_uuid().to_string()
}
