//! Chasing: who is called first, the log and what it does to the queue, the reminder letter as another reader sees it.

mod committee;
mod letter;
mod letter_leaves;
mod log;
mod opening;
mod returned;
mod rules;

use chrono::NaiveDate;
use tonghop::access::Scope;
use tonghop::db::schema::units;
use tonghop::error::Error;
use tonghop::periods::Duty;
use tonghop::periods::summary::{Summaries, summaries};

use crate::support::app::TestApp;

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).expect("a day")
}

/// Three days after the last day of the half-year of Bắc Giang.
pub fn late_day() -> NaiveDate {
    day(6, 20)
}

/// The periods Công an tỉnh Bắc Giang collects, as they stand on a day.
pub fn periods_on(app: &TestApp, today: NaiveDate) -> Summaries {
    use diesel::prelude::*;
    app.db
        .read(|conn| {
            let agency = units::table.filter(units::code.eq("bg.ca")).select(units::id).first(conn)?;
            let scope = Scope { collector_units: vec![agency], ..Scope::default() };
            Ok::<_, Error>(summaries(conn, &scope, today, 12)?)
        })
        .expect("the periods")
}

/// The duty of a unit in the half-year.
pub fn duty_of(app: &TestApp, unit: &str) -> Duty {
    let id = crate::periods::obligation(app, "bac-giang", "2025-H1", unit);
    let all = periods_on(app, late_day());
    let mut duties = all.open.into_iter().chain(all.finished).flat_map(|summary| summary.duties);
    duties.find(|duty| duty.obligation.id == id).expect("the duty")
}
