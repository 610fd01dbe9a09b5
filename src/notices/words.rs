//! One notice in words. Whoever is requested (đề nghị) is asked politely and never told "quá hạn".

use chrono::NaiveDate;

use super::schedule::Press;
use super::{Aim, Level};
use crate::calendar::{Holidays, LastHour, hour_words};
use crate::db::ids::{ObligationId, PeriodId, ReportId, UnitId};
use crate::vietnamese::{short_date, weekday_date};

/// One thing to be said, the same to everybody who is told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub obligation: ObligationId,
    pub report: ReportId,
    pub period: PeriodId,
    pub unit: UnitId,
    pub collector: UnitId,
    pub aim: Aim,
    pub due_on: NaiveDate,
    pub step: i32,
    pub level: Level,
    pub requested: bool,
    /// The day it is said on.
    pub day: NaiveDate,
    /// "Báo cáo năm 2026 của Sở Nội vụ: còn 3 ngày, gửi chậm nhất thứ Bảy, 14/11/2026".
    pub words: String,
}

impl Line {
    /// Whether its last day has passed when it is said, and the body is assigned.
    pub fn is_overdue(&self) -> bool {
        !self.requested && self.day > self.due_on
    }
}

/// What a line says after its title.
pub fn line(
    title: &str,
    unit: &str,
    (aim, level, requested): (Aim, Level, bool),
    (press, day): (&Press, NaiveDate),
    holidays: &Holidays,
) -> String {
    let what = match aim {
        Aim::Report => format!("{title} của {unit}"),
        Aim::Correction => format!("Bản chỉnh lý, bổ sung {} của {unit}", lower(title)),
    };
    let left = (press.deadline - day).num_days();
    let said = match (requested, left) {
        (false, 1..) => format!("còn {left} ngày, gửi {}", by(press, holidays)),
        (false, 0) => format!("đến hạn hôm nay, {}", last_moment(press, holidays)),
        (false, _) => format!("quá hạn {} ngày (thời hạn {})", -left, short_date(press.deadline)),
        (true, 1..) => format!("đề nghị gửi {}", by(press, holidays)),
        (true, 0) => format!("đề nghị gửi trong hôm nay, {}", last_moment(press, holidays)),
        (true, _) => "đến nay chưa nhận được, đề nghị quan tâm gửi".to_owned(),
    };
    let asks = match level {
        Level::Own => "",
        Level::UnitLeader => "; kính báo để lãnh đạo đơn vị chỉ đạo gửi",
        Level::CompilingLeader => "; kính báo để lãnh đạo chỉ đạo đôn đốc",
    };
    format!("{what}: {said}{asks}.")
}

/// "chậm nhất thứ Bảy, 14/11/2026"; "trước 17 giờ 00 …" needs no other word.
fn by(press: &Press, holidays: &Holidays) -> String {
    let words = last_moment(press, holidays);
    match press.hour {
        Some(LastHour::Before(_)) => words,
        _ => format!("chậm nhất {words}"),
    }
}

/// "thứ Bảy, 14/11/2026", with its hour, and with the last working day before where it is a day off.
fn last_moment(press: &Press, holidays: &Holidays) -> String {
    let hour = press.hour.map(|hour| match hour {
        LastHour::Before(hour) => format!("trước {} ", hour_words(hour)),
        LastHour::By(hour) => format!("{} ", hour_words(hour)),
    });
    let day = format!("{}{}", hour.unwrap_or_default(), weekday_date(press.deadline));
    if holidays.is_working_day(press.deadline) {
        return day;
    }
    let before = holidays.last_working_day_before(press.deadline);
    format!("{day} (ngày làm việc cuối cùng trước đó: {})", weekday_date(before))
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}
