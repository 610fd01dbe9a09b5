//! The public holidays of a year as the law names them (Bộ luật Lao động 2019 Điều 111, 112; Nghị quyết 28/2026/QH16),
//! before the year's official notice. It stands between the law, which fixes some days and leaves others to be decided
//! each year, and the table of days, which an administrator mends once the notice is out.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{DayKind, Holidays, hung_kings, lunar_new_year};

const LABOUR_CODE: &str = "Bộ luật Lao động 2019 Điều 112";
const MADE_UP: &str = "Bộ luật Lao động 2019 Điều 111 khoản 3";
const CULTURE_DAY: &str = "Nghị quyết 28/2026/QH16";

/// A day off, proposed for the table of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProposedDay {
    pub day: NaiveDate,
    pub kind: DayKind,
    pub name: &'static str,
    /// The article it rests on.
    pub basis: &'static str,
    /// Whether the law alone fixes the day; the others wait for the year's notice.
    pub certain: bool,
}

/// The days off of a year in order: 11 holidays, 12 from 2026, and a working day off for each that falls on a rest day.
///
/// Which five days around Tết and which neighbour of 02/9 are off is decided each year (Điều 112 khoản 3): proposed are
/// the eve to the fourth of the first month, and the neighbour that leaves no single working day beside a weekend.
/// Swapped days are never proposed. Empty outside the years of the lunar calendar (1980 to 2099).
pub fn public_holidays(year: i32) -> Vec<ProposedDay> {
    let Some(mut days) = holidays(year) else { return Vec::new() };
    days.sort_by_key(|one| one.day);
    days.dedup_by_key(|one| one.day);
    let mut off: Holidays = days.iter().map(|one| (one.day, one.kind)).collect();
    let on_rest_days: Vec<ProposedDay> =
        days.iter().filter(|one| matches!(one.day.weekday(), Weekday::Sat | Weekday::Sun)).copied().collect();
    for holiday in on_rest_days {
        let day = off.next_working_day_on_or_after(holiday.day);
        // What was decided beside it moves the day made up.
        let certain =
            holiday.certain && days.iter().all(|one| one.certain || (one.day - day).num_days().abs() > 7);
        days.push(ProposedDay {
            day,
            kind: DayKind::Compensatory,
            name: made_up(holiday.name),
            basis: MADE_UP,
            certain,
        });
        off = days.iter().map(|one| (one.day, one.kind)).collect();
    }
    days.sort_by_key(|one| one.day);
    days
}

fn holidays(year: i32) -> Option<Vec<ProposedDay>> {
    let fixed = |month, day, name| {
        Some(ProposedDay {
            day: NaiveDate::from_ymd_opt(year, month, day)?,
            kind: DayKind::Holiday,
            name,
            basis: LABOUR_CODE,
            certain: true,
        })
    };
    let national = fixed(9, 2, NATIONAL_DAY)?;
    let beside = match national.day.weekday() {
        Weekday::Mon | Weekday::Thu | Weekday::Sun => national.day.succ_opt()?,
        _ => national.day.pred_opt()?,
    };
    let mut days = vec![
        fixed(1, 1, SOLAR_NEW_YEAR)?,
        fixed(4, 30, VICTORY_DAY)?,
        fixed(5, 1, LABOUR_DAY)?,
        ProposedDay { day: hung_kings(year)?, name: KINGS, ..national },
        ProposedDay { day: beside, certain: false, ..national },
        national,
    ];
    let tet = lunar_new_year(year)?;
    days.push(ProposedDay { day: tet, name: TET, ..national });
    days.push(ProposedDay { day: tet.pred_opt()?, name: TET, certain: false, ..national });
    for after in 1..=3 {
        days.push(ProposedDay {
            day: tet.checked_add_days(Days::new(after))?,
            name: TET,
            certain: false,
            ..national
        });
    }
    if year >= 2026 {
        days.push(ProposedDay { basis: CULTURE_DAY, ..fixed(11, 24, CULTURE)? });
    }
    Some(days)
}

const SOLAR_NEW_YEAR: &str = "Tết Dương lịch";
const TET: &str = "Tết Âm lịch";
const KINGS: &str = "Giỗ Tổ Hùng Vương";
const VICTORY_DAY: &str = "Ngày Chiến thắng";
const LABOUR_DAY: &str = "Ngày Quốc tế lao động";
const NATIONAL_DAY: &str = "Quốc khánh";
const CULTURE: &str = "Ngày Văn hóa Việt Nam";

fn made_up(name: &str) -> &'static str {
    match name {
        SOLAR_NEW_YEAR => "Nghỉ bù Tết Dương lịch",
        TET => "Nghỉ bù Tết Âm lịch",
        KINGS => "Nghỉ bù Giỗ Tổ Hùng Vương",
        VICTORY_DAY => "Nghỉ bù Ngày Chiến thắng",
        LABOUR_DAY => "Nghỉ bù Ngày Quốc tế lao động",
        CULTURE => "Nghỉ bù Ngày Văn hóa Việt Nam",
        _ => "Nghỉ bù Quốc khánh",
    }
}
