//! The table of a period: one line per unit, grouped by kind, in protocol order, two columns for the two axes.
//! It stands between duties with their units and the template; pure.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::queries::Filled;
use super::{Due, Duty, ExtensionWord, Progress};
use crate::calendar::{Holidays, Now, Severity, to_local};
use crate::chasing::{Promise, promise};
use crate::db::ids::{ObligationId, ReportId, UnitId};
use crate::units::UnitOn;
use crate::vietnamese::{day_month, matches, search_key};

/// One unit in a period.
#[derive(Debug, Clone)]
pub struct Line {
    pub unit: String,
    /// "phần của Sở …", where it passed from a body that ended; "" else.
    pub part: String,
    pub requested: bool,
    pub obligation: ObligationId,
    pub report: ReportId,
    pub progress: Progress,
    /// Code of the progress for the filter.
    pub status: &'static str,
    /// "09/6 10:05": the last sending, or the declaration of nil.
    pub sent_at: Option<String>,
    pub due: Option<Due>,
    pub revision: i32,
    pub filled: i64,
    pub asked: i64,
    /// "đề nghị gia hạn đến 20/6", "nhập thay": what the unit waits for, or how its report came.
    pub remark: String,
    /// "hẹn gửi 13/11": what the unit promised when it was called.
    pub promise: String,
}

impl Line {
    /// Where the line leads: the report once it was sent, else the obligation.
    pub fn href(&self) -> String {
        match self.revision {
            0 => format!("/obligations/{}", self.obligation),
            _ => format!("/reports/{}", self.report),
        }
    }

    /// Whether figures are asked and the unit still owes them.
    pub fn asks_figures(&self) -> bool {
        self.asked > 0 && !matches!(self.progress, Progress::Nil | Progress::Exempt | Progress::Ended)
    }

    /// What the collector may want to decide about the unit, or nothing.
    pub fn decision_words(&self, locked: &bool) -> &'static str {
        match self.progress {
            _ if self.remark.starts_with("đề nghị gia hạn") => "Trả lời gia hạn",
            Progress::NotBegun | Progress::Draft | Progress::WithLeader if self.revision == 0 && *locked => {
                "Gia hạn, mở khóa"
            }
            Progress::NotBegun | Progress::Draft | Progress::WithLeader if self.revision == 0 => {
                "Gia hạn, miễn"
            }
            Progress::Exempt | Progress::Nil => "Xem quyết định",
            _ if *locked => "Mở khóa",
            _ => "",
        }
    }

    /// Whether the words of the time axis carry a colour: only lateness does, or every line would.
    pub fn is_late(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.severity == Severity::Late)
    }
}

/// The lines of one kind of unit under its heading.
#[derive(Debug, Clone)]
pub struct Group {
    pub heading: String,
    pub lines: Vec<Line>,
}

/// What the lines of one period are made from.
pub struct Source<'a> {
    pub units: &'a HashMap<UnitId, UnitOn>,
    pub last_sent: &'a HashMap<ReportId, NaiveDateTime>,
    pub filled: &'a Filled,
    /// Requests for an extension that wait, in words.
    pub asking: &'a HashMap<ObligationId, ExtensionWord>,
    /// Reports whose last revision was typed in from paper, with the day it arrived; none for one of a table of before the system.
    pub typed: &'a HashMap<ReportId, Option<NaiveDate>>,
    /// The newest promised day of each unit ([`crate::chasing::queries::promises`]).
    pub promised: &'a HashMap<ObligationId, NaiveDate>,
    /// Of which body before a reorganisation some are ([`super::queries::passed_from`]).
    pub passed: &'a HashMap<ObligationId, String>,
    /// The collector who reads; units that send to another say so.
    pub reader: UnitId,
    pub rolling: bool,
    pub holidays: &'a Holidays,
    pub now: Now,
}

/// Narrows the table without a script: words of the name, accents ignored, and one progress.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub words: String,
    pub status: String,
}

/// The groups in protocol order; a duty whose unit is unknown is left out, which the schema does not allow.
pub fn groups(duties: &[Duty], source: &Source<'_>, narrow: &Narrow) -> Vec<Group> {
    let mut known: Vec<(&UnitOn, &Duty)> =
        duties.iter().filter_map(|d| Some((source.units.get(&d.obligation.unit_id)?, d))).collect();
    known.sort_by_key(|(unit, _)| unit.protocol_key());
    let mut groups: Vec<Group> = Vec::new();
    for (unit, duty) in known {
        let line = line(unit, duty, source);
        let said = matches(&narrow.words, &search_key(&unit.name));
        if !said || !(narrow.status.is_empty() || narrow.status == line.status) {
            continue;
        }
        match groups.last_mut() {
            Some(group) if group.heading == unit.kind_heading => group.lines.push(line),
            _ => groups.push(Group { heading: unit.kind_heading.clone(), lines: vec![line] }),
        }
    }
    groups
}

fn line(unit: &UnitOn, duty: &Duty, source: &Source<'_>) -> Line {
    let (filled, asked) = source.filled.of(duty);
    let sent_at = source.last_sent.get(&duty.report.id).copied().or(duty.answered_at());
    let progress = duty.progress();
    let through = source.units.get(&duty.obligation.collector_id).map(|unit| unit.name.as_str());
    let remark = match (source.asking.get(&duty.obligation.id), source.typed.get(&duty.report.id)) {
        (Some(word), _) => format!("đề nghị gia hạn đến {}", word.day()),
        (None, Some(Some(day))) => format!("nhập thay, văn bản đến {}", day_month(day.day(), day.month())),
        (None, Some(None)) => "nhập từ bảng cũ".to_owned(),
        (None, None) if duty.obligation.collector_id == source.reader => String::new(),
        (None, None) => through.map(|name| format!("gửi {name}")).unwrap_or_default(),
    };
    let promised = promise(duty, source.promised.get(&duty.obligation.id).copied(), source.now.today);
    Line {
        remark,
        promise: promised.map(promise_words).unwrap_or_default(),
        unit: unit.name.clone(),
        part: source
            .passed
            .get(&duty.obligation.id)
            .map(|before| format!("phần của {before}"))
            .unwrap_or_default(),
        requested: duty.is_request(),
        obligation: duty.obligation.id,
        report: duty.report.id,
        progress,
        status: status(progress),
        sent_at: sent_at.map(short_moment),
        due: duty.due(source.rolling, source.holidays, source.now),
        revision: duty.report.last_revision,
        filled,
        asked,
    }
}

/// "hẹn gửi 13/11", or what has become of it.
fn promise_words(promise: Promise) -> String {
    match promise {
        Promise::Runs(day) => format!("hẹn gửi {}", day_month(day.day(), day.month())),
        Promise::Broken(day) => format!("đã hẹn {}, chưa gửi", day_month(day.day(), day.month())),
    }
}

/// "09/6 10:05", local time; the page says the year.
pub fn short_moment(at: NaiveDateTime) -> String {
    let local = to_local(at);
    format!("{} {:02}:{:02}", day_month(local.day(), local.month()), local.hour(), local.minute())
}

/// Every progress with its code, for the filter.
pub const STATUSES: [(&str, Progress); 9] = [
    ("not_begun", Progress::NotBegun),
    ("draft", Progress::Draft),
    ("with_leader", Progress::WithLeader),
    ("sent", Progress::Sent),
    ("amend", Progress::Amend),
    ("received", Progress::Received),
    ("nil", Progress::Nil),
    ("exempt", Progress::Exempt),
    ("ended", Progress::Ended),
];

fn status(progress: Progress) -> &'static str {
    STATUSES.iter().find(|(_, p)| *p == progress).map_or("", |(code, _)| code)
}
