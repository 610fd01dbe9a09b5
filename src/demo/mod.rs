//! The demo: three provinces on 10/06/2025, loaded from the files under fixtures/demo in one transaction.
//! Each room reads its files and adds what it made to `Known`; the later ones look it up there.

mod bodies;
mod contents;
mod documents;
mod duties;
mod editions;
mod entries;
pub mod files;
mod known;
mod legal_bases;
mod marks;
mod openings;
mod past;
mod persons;
mod recipients;
mod remarks;
mod steps;
mod texts;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::audit::{self, By, Step};
use crate::db::Db;
use crate::db::schema::units;
use crate::error::Error;
use crate::standard;
use known::Known;
pub use marks::{ACCOUNTS, is_demo, is_empty};

/// The password of every demo account.
pub const PASSWORD: &str = "tonghop-demo";

/// Loads the demo into a migrated database, in one transaction. A database that already holds units is left as
/// it is, so that a second start keeps what people typed.
///
/// # Errors
/// The first file, line and reason that could not be loaded; nothing is kept then.
pub fn load(db: &Db) -> Result<(), Error> {
    db.write(|conn| {
        if units::table.count().get_result::<i64>(conn)? > 0 {
            return Ok(());
        }
        // The demo's own past: what has no date of its own was recorded on New Year's Day 2022.
        let founded =
            NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
        let mut known = Known::default();
        let standard = standard::catalogue::load(conn)?;
        (known.indicators, known.functions) = (standard.indicators, standard.functions);
        bodies::load(conn, &mut known, founded)?;
        persons::load(conn, &mut known, founded)?;
        documents::load(conn, &mut known)?;
        duties::load(conn, &mut known)?;
        recipients::load(conn, &known, founded)?;
        let opened = openings::load(conn, &known)?;
        past::load(conn, &known, &opened)?;
        let step = Step {
            action: marks::LOADED,
            subject_kind: "installation",
            subject_id: None,
            subject_label: "Dữ liệu mẫu",
            unit_id: None,
            before: None,
            after: None,
        };
        Ok(audit::record(conn, &By::command_line(), &step, founded)?)
    })
}
