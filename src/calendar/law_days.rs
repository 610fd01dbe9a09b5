//! The days off that count while a year's official notice is not entered. Stands between the table of days, which may be
//! blank for years to come, and everything that counts working days: what the law alone fixes needs no notice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::{DayKind, Holidays, public_holidays};

/// Years whose days the law fixes here: those that reports of today can speak of.
const YEARS: std::ops::RangeInclusive<i32> = 2025..=2050;

/// The days of all those years that the law alone fixes, by year.
static FIXED: LazyLock<BTreeMap<i32, Vec<(NaiveDate, DayKind)>>> = LazyLock::new(|| {
    let certain = |year| {
        let days = public_holidays(year).into_iter().filter(|one| one.certain);
        (year, days.map(|one| (one.day, one.kind)).collect())
    };
    YEARS.map(certain).collect()
});

/// The days that count, of the table's rows (day, kind, confirmed by the year's notice): a year whose days are confirmed is
/// as the table says; of any other the days that the law alone fixes are off, too, whether entered or not. A row always
/// stands before the law.
pub fn in_force(rows: impl IntoIterator<Item = (NaiveDate, DayKind, bool)>) -> Holidays {
    let rows: Vec<(NaiveDate, DayKind, bool)> = rows.into_iter().collect();
    let open: BTreeSet<i32> =
        rows.iter().filter(|(.., confirmed)| !confirmed).map(|(day, ..)| day.year()).collect();
    let settled: BTreeSet<i32> =
        rows.iter().map(|(day, ..)| day.year()).filter(|year| !open.contains(year)).collect();
    let law =
        FIXED.iter().filter(|(year, _)| !settled.contains(year)).flat_map(|(_, days)| days.iter().copied());
    law.chain(rows.iter().map(|(day, kind, _)| (*day, *kind))).collect()
}
