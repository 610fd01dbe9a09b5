//! The words of a message to one body, polite and short, ready to be pasted into Zalo. Pure.

use chrono::Datelike;

use super::{Promise, days_past, is_courteous};
use crate::calendar::{Holidays, Now};
use crate::periods::{Duty, Period, RegimeKind, report_title};
use crate::units::UnitOn;
use crate::vietnamese::{day_month, lower_first, short_date, weekday_date};

/// What a message is made from.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub duty: &'a Duty,
    pub unit: &'a UnitOn,
    pub period: &'a Period,
    pub rolling: bool,
    pub holidays: &'a Holidays,
    pub promise: Option<Promise>,
    /// Name of the body that collects.
    pub collector: &'a str,
    /// Who writes.
    pub sender: &'a str,
    pub now: Now,
}

/// The message. A body that is asked is never told that it is late.
pub fn message(of: &Occasion<'_>) -> String {
    let Occasion { duty, period, now, .. } = *of;
    let today = now.today;
    let title = match RegimeKind::from_code(&duty.obligation.kind) {
        Some(RegimeKind::Document) => period.label.clone(),
        _ => lower_first(&report_title(&period.label)),
    };
    let what = match duty.is_correcting() {
        true => format!("bản chỉnh lý, bổ sung {title}"),
        false => title,
    };
    let courteous = is_courteous(duty, &of.unit.kind_code);
    let day = duty.pressing_day(of.rolling, of.holidays);
    let until = match duty.is_correcting() {
        true => day.map(|day| format!("hết {}", weekday_date(day))),
        false => duty.dates(of.rolling, of.holidays).until_words(),
    };
    let until = until.unwrap_or_default();
    let past = days_past(duty, of.rolling, of.holidays, now).unwrap_or_default();
    let state = match (day, of.promise) {
        (_, Some(Promise::Broken(promised))) => format!(
            " Theo trao đổi, đơn vị hẹn gửi ngày {}; đến hôm nay ({}) {} chưa nhận được.",
            short_date(promised),
            day_month(today.day(), today.month()),
            of.collector
        ),
        (_, Some(Promise::Runs(promised))) => {
            format!(" Theo trao đổi, đơn vị hẹn gửi {}.", weekday_date(promised))
        }
        (Some(day), _) if past > 0 && courteous => {
            format!(" Ngày gửi là {}; đến nay {} chưa nhận được.", short_date(day), of.collector)
        }
        (Some(_), _) if past > 0 => {
            format!(" Thời hạn gửi là {until}, đến nay đã quá hạn {past} ngày.")
        }
        (Some(day), _) => {
            let before = of.holidays.last_working_day_on_or_before(day);
            let working = match before == day {
                true => String::new(),
                false => format!(" (ngày làm việc cuối cùng trước đó: {})", weekday_date(before)),
            };
            format!(" Thời hạn gửi là {until}{working}.")
        }
        (None, _) => String::new(),
    };
    let asks = match of.promise {
        Some(Promise::Runs(_)) => "gửi đúng ngày đã hẹn",
        promise if promise.is_some() || past > 0 => "sớm gửi",
        _ => "gửi đúng thời hạn",
    };
    format!(
        "Kính gửi {}.\n{} trân trọng đề nghị đơn vị {asks} {what}.{state}\nNếu có vướng mắc, xin báo lại để phối hợp. \
         Trường hợp đã gửi, xin bỏ qua tin nhắn này.\nTrân trọng cảm ơn.\n{}, {}",
        of.unit.name, of.collector, of.sender, of.collector
    )
}
