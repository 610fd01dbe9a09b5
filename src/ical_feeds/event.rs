//! One deadline as a calendar shows it. Pure: from a duty or a period to an event whose UID never changes and whose
//! SEQUENCE grows with everything decided about it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::calendar::Holidays;
use crate::periods::summary::Summary;
use crate::periods::{Duty, Period, Regime, RegimeKind, Standing, report_title};
use crate::vietnamese::{short_date, weekday_date};

/// What has become of the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It still presses; calendars remind of it.
    Due,
    /// Answered: it stays where it was, without alarms.
    Done,
    /// Nothing is owed any more.
    Cancelled,
}

/// One event of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub uid: String,
    pub sequence: i32,
    /// UTC.
    pub changed_at: NaiveDateTime,
    pub day: NaiveDate,
    /// Local time; none: all day.
    pub hour: Option<NaiveTime>,
    pub summary: String,
    pub description: String,
    pub status: Status,
    /// How many days the last working day up to this one lies before it; 0 of a working day.
    pub rest_days: i64,
}

/// The name under which a row's event is known for good.
pub fn uid_of(row: &str) -> String {
    format!("{row}@tonghop")
}

/// What a report is called in a calendar.
pub fn title(kind: &str, label: &str) -> String {
    match RegimeKind::from_code(kind) {
        Some(RegimeKind::Document) => label.to_owned(),
        _ => report_title(label),
    }
}

/// The SEQUENCE of a duty: both versions only grow, with every decision about it and every step of its report.
pub fn sequence(obligation: i32, report: i32) -> i32 {
    (obligation - 1).max(0) + (report - 1).max(0)
}

/// How often the days off were changed, and when last (UTC): where a last day rolls, a day off entered later moves it. Both
/// only grow, as the log they are read from does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DaysOff {
    pub changes: i32,
    pub last: Option<NaiveDateTime>,
}

impl DaysOff {
    /// What they add to the SEQUENCE of an event, and the moment they give it.
    fn of(self, rolling: bool) -> DaysOff {
        if rolling { self } else { DaysOff::default() }
    }
}

/// A duty with what its event needs beside it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub duty: &'a Duty,
    pub uid: &'a str,
    pub period: &'a Period,
    pub regime: &'a Regime,
    /// The body's name, where a feed has several.
    pub unit: Option<&'a str>,
    pub holidays: &'a Holidays,
    pub days_off: DaysOff,
    pub changed_at: NaiveDateTime,
}

impl Event {
    /// The event of a duty; none for one without a day. While a correction is owed it stands on the correction's day.
    pub fn of_duty(source: &Source<'_>) -> Option<Event> {
        let Source { duty, period, regime, holidays, .. } = *source;
        let correcting = duty.is_correcting();
        let dates = duty.dates(regime.rolling, holidays);
        let day = duty.pressing_day(regime.rolling, holidays)?;
        let hour = dates.last_hour().filter(|_| !correcting).map(|hour| hour.time());
        let status = match duty.standing() {
            Standing::Exempt | Standing::Ended => Status::Cancelled,
            Standing::Nil => Status::Done,
            Standing::Owed if duty.answered_at().is_some() && !correcting => Status::Done,
            Standing::Owed => Status::Due,
        };
        let mut title = title(&duty.obligation.kind, &period.label);
        if duty.is_consolidated() {
            title = title.replacen("Báo cáo", "Báo cáo tổng hợp", 1);
        }
        let lead = match (duty.standing(), status) {
            (Standing::Exempt, _) => "Được miễn: ",
            (Standing::Ended, _) => "Không còn phải gửi: ",
            (Standing::Nil, _) => "Đã khai không phát sinh: ",
            (_, Status::Done) => "Đã gửi: ",
            _ if correcting => "Hạn chỉnh lý: ",
            _ => "Hạn gửi: ",
        };
        let days_off = source.days_off.of(regime.rolling);
        let unit = source.unit.map(|name| format!(" ({name})")).unwrap_or_default();
        let mut lines = vec![regime.name.clone(), format!("Gửi {}", regime.addressee)];
        if correcting {
            lines.push(format!("Bản chỉnh lý, bổ sung: chậm nhất {}", short_date(day)));
        } else {
            // A unit below another, or one opened late, goes by a day that no document names.
            if duty.rule() != period.due() {
                lines.push(format!("Thời hạn của đơn vị: {}", duty.rule().text()));
            }
            lines.push(format!("Thời hạn theo văn bản: {}", period.due().text()));
            lines.extend(dates.moved_words().map(|words| format!("Ngày cuối {}, {words}", short_date(day))));
            if let Some(until) = dates.extended {
                lines.push(format!("Được gia hạn đến {}", short_date(until)));
            }
        }
        let working = holidays.last_working_day_on_or_before(day);
        if working != day {
            lines.push(format!("Ngày làm việc cuối cùng trước đó: {}", weekday_date(working)));
        }
        if let Some(window) = period.window() {
            lines.push(format!("Số liệu {window}"));
        }
        Some(Event {
            uid: uid_of(source.uid),
            sequence: sequence(duty.obligation.version, duty.report.version).saturating_add(days_off.changes),
            changed_at: days_off.last.map_or(source.changed_at, |last| last.max(source.changed_at)),
            day,
            hour,
            summary: format!("{lead}{title}{unit}"),
            description: lines.join("\n"),
            status,
            rest_days: (day - working).num_days(),
        })
    }

    /// The last day of a whole period, for those who collect or oversee; none without a day.
    pub fn of_period(summary: &Summary, uid: &str, holidays: &Holidays, days_off: DaysOff) -> Option<Event> {
        let days_off = days_off.of(summary.regime.rolling);
        let (period, count) = (&summary.period, summary.count());
        let day = summary.deadline()?;
        let complete = count.owed > 0 && count.not_sent == 0;
        Some(Event {
            uid: uid_of(uid),
            sequence: ((period.version - 1).max(0) + i32::from(complete)).saturating_add(days_off.changes),
            changed_at: days_off.last.map_or(period.opened_at, |last| last.max(period.opened_at)),
            day,
            hour: summary.dates.last_hour().map(|hour| hour.time()),
            summary: format!("Các đơn vị hết hạn gửi: {}", period.label),
            description: format!("{}\nThời hạn theo văn bản: {}", summary.regime.name, summary.rule.text()),
            status: if complete { Status::Done } else { Status::Due },
            rest_days: (day - holidays.last_working_day_on_or_before(day)).num_days(),
        })
    }
}
