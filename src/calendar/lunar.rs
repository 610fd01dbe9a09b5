//! Vietnam's lunar calendar: months that begin on the day of the new moon at UTC+7, the month of the winter solstice
//! being the eleventh. It stands between two holidays that move, Tết and Giỗ Tổ, and the working days of a year.
//!
//! Counted from the sky and not from China's calendar, which reckons at UTC+8: on 02/02/2030 the new moon comes at
//! 23:07 in Hà Nội, so that Tết is a day earlier than there. The series are those of Meeus, *Astronomical Algorithms*,
//! chapters 25 and 49; over the years below they err by under a minute.

use chrono::{Datelike, Days, NaiveDate};

/// Years for which the difference between uniform time and the turning Earth is known well enough.
pub const YEARS: std::ops::RangeInclusive<i32> = 1980..=2099;

/// The 12th month's last day is followed by this one: Tết Nguyên đán, the first day of the lunar year that begins in
/// this calendar year. `None` outside [`YEARS`].
pub fn lunar_new_year(year: i32) -> Option<NaiveDate> {
    day_of(year, 1, 1)
}

/// Giỗ Tổ Hùng Vương, the tenth day of the third month. `None` outside [`YEARS`].
pub fn hung_kings(year: i32) -> Option<NaiveDate> {
    day_of(year, 3, 10)
}

/// The day of an ordinary (never a leap) lunar month of the lunar year that begins in the calendar year given.
/// `month` is 1..=10 and `day` 1..=30; `None` for others, and for a thirtieth in a month that has none.
pub fn day_of(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) || !(1..=10).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let (first, after) = month_beginnings(year).into_iter().nth(month as usize + 1)?;
    let found = first.checked_add_days(Days::new(u64::from(day - 1)))?;
    (found < after).then_some(found)
}

/// First day of each ordinary month, and of the month after it, from the eleventh of the year before: 11, 12, 1, 2, … 10.
fn month_beginnings(year: i32) -> Vec<(NaiveDate, NaiveDate)> {
    let (Some(from), Some(to)) = (eleventh_month(year - 1), eleventh_month(year)) else { return Vec::new() };
    let begins: Vec<NaiveDate> = (from..=to).filter_map(new_moon).collect();
    let mut months: Vec<(NaiveDate, NaiveDate)> = begins.windows(2).map(|two| (two[0], two[1])).collect();
    // Thirteen months from solstice to solstice: the first without a principal term is the leap month.
    if months.len() == 13
        && let Some(leap) = (1..13).find(|at| sign(months[*at].0) == sign(months[*at].1))
    {
        months.remove(leap);
    }
    months
}

/// Number of the new moon that opens the month holding the winter solstice of a year.
fn eleventh_month(year: i32) -> Option<i64> {
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    let mut moon = moon_near(last) + 1;
    while new_moon(moon)? > last {
        moon -= 1;
    }
    // The sun is past 270° when that month begins: the solstice fell into the one before.
    Some(if sign(new_moon(moon)?) >= 9 { moon - 1 } else { moon })
}

/// Number of the new moon nearest to a day; 0 is the one of 06/01/2000.
fn moon_near(day: NaiveDate) -> i64 {
    ((julian(day) - 2_451_550.1) / 29.530_588_861).round() as i64
}

/// The day, in Việt Nam, of a new moon.
fn new_moon(number: i64) -> Option<NaiveDate> {
    let k = number as f64;
    let t = k / 1236.85;
    let year = 2000.0 + k / 12.3685;
    let universal = phase(k, t) - clock_difference(year) / 86_400.0;
    // Julian days begin at noon: seven hours of the zone and half a day, then whole days.
    date((universal + 7.0 / 24.0 + 0.5).floor() as i64)
}

/// Instant of a new moon in uniform time, as a Julian day (Meeus, chapter 49).
fn phase(k: f64, t: f64) -> f64 {
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t - 0.000_000_15 * t * t * t;
    let e = 1.0 - 0.002_516 * t - 0.000_007_4 * t * t;
    let sun = (2.5534 + 29.105_356_70 * k - 0.000_001_4 * t * t).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t + 0.000_012_38 * t * t * t).to_radians();
    let node_arc = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
    let node = (124.7746 - 1.563_755_88 * k + 0.002_067_2 * t * t).to_radians();
    // Coefficient in days, power of e, multiples of: the Sun's anomaly, the Moon's, the Moon's argument of latitude.
    const TERMS: [(f64, i32, f64, f64, f64); 24] = [
        (-0.407_20, 0, 0.0, 1.0, 0.0),
        (0.172_41, 1, 1.0, 0.0, 0.0),
        (0.016_08, 0, 0.0, 2.0, 0.0),
        (0.010_39, 0, 0.0, 0.0, 2.0),
        (0.007_39, 1, -1.0, 1.0, 0.0),
        (-0.005_14, 1, 1.0, 1.0, 0.0),
        (0.002_08, 2, 2.0, 0.0, 0.0),
        (-0.001_11, 0, 0.0, 1.0, -2.0),
        (-0.000_57, 0, 0.0, 1.0, 2.0),
        (0.000_56, 1, 1.0, 2.0, 0.0),
        (-0.000_42, 0, 0.0, 3.0, 0.0),
        (0.000_42, 1, 1.0, 0.0, 2.0),
        (0.000_38, 1, 1.0, 0.0, -2.0),
        (-0.000_24, 1, -1.0, 2.0, 0.0),
        (-0.000_07, 0, 2.0, 1.0, 0.0),
        (0.000_04, 0, 0.0, 2.0, -2.0),
        (0.000_04, 0, 3.0, 0.0, 0.0),
        (0.000_03, 0, 1.0, 1.0, -2.0),
        (0.000_03, 0, 0.0, 2.0, 2.0),
        (-0.000_03, 0, 1.0, 1.0, 2.0),
        (0.000_03, 0, -1.0, 1.0, 2.0),
        (-0.000_02, 0, -1.0, 1.0, -2.0),
        (-0.000_02, 0, 1.0, 3.0, 0.0),
        (0.000_02, 0, 0.0, 4.0, 0.0),
    ];
    let periodic: f64 = TERMS
        .iter()
        .map(|(days, power, s, m, f)| days * e.powi(*power) * (s * sun + m * moon + f * node_arc).sin())
        .sum();
    let planets = 0.000_325 * (299.77 + 0.107_408 * k - 0.009_173 * t * t).to_radians().sin()
        + 0.000_165 * (251.88 + 0.016_321 * k).to_radians().sin()
        + 0.000_164 * (251.83 + 26.651_886 * k).to_radians().sin()
        + 0.000_126 * (349.42 + 36.412_478 * k).to_radians().sin()
        + 0.000_110 * (84.66 + 18.206_239 * k).to_radians().sin();
    mean + periodic - 0.000_17 * node.sin() + planets
}

/// Which twelfth of its yearly way the sun has reached as a day begins in Việt Nam: 0 from the spring equinox, 9 from the
/// winter solstice (Meeus, chapter 25).
fn sign(day: NaiveDate) -> i64 {
    let universal = julian(day) - 7.0 / 24.0;
    let year = 2000.0 + (universal - 2_451_545.0) / 365.25;
    let t = (universal + clock_difference(year) / 86_400.0 - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let anomaly = (357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let seen = mean + centre - 0.005_69 - 0.004_78 * (125.04 - 1934.136 * t).to_radians().sin();
    (seen.rem_euclid(360.0) / 30.0).floor() as i64
}

/// Uniform time less the time of the turning Earth, in seconds (Espenak and Meeus, 2006): within some seconds of what was
/// measured so far.
fn clock_difference(year: f64) -> f64 {
    let t = year - 2000.0;
    match year {
        ..2005.0 => 63.86 + 0.334_5 * t - 0.060_374 * t * t + 0.001_727_5 * t * t * t,
        ..2050.0 => 62.92 + 0.322_17 * t + 0.005_589 * t * t,
        _ => -20.0 + 32.0 * ((year - 1820.0) / 100.0).powi(2) - 0.562_8 * (2150.0 - year),
    }
}

/// Julian day of midnight, universal time, at which a date begins.
fn julian(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce()) + 1_721_424.5
}

/// The date of a whole Julian day (the one whose noon it names).
fn date(julian_day: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(julian_day - 1_721_425).ok()?)
}
