//! The form that opens a period: text as typed on the way to a [`NewPeriod`], problems at their fields.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::levels::Given;
use super::{NewPeriod, Proposal, Regime, due_input};
use crate::calendar::{Cycle, DueRule, Holidays, Window, label, parse_hour, period_code};
use crate::db::ids::UnitId;
use crate::error::{Error, Problems};
use crate::vietnamese::{clean_line, parse_date, short_date};

const UNREAD_HOUR: &str = "Nhập giờ và phút, ví dụ 16:00; để trống nếu văn bản không ghi giờ.";

/// Years a period can be named after, and what is said of others.
pub const YEARS: RangeInclusive<i32> = 1990..=2100;
pub const ASK_YEAR: &str = "Nhập năm đủ bốn chữ số, từ 1990 đến 2100.";

/// Every field as typed; shown again as it is when something is to be mended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodInput {
    pub cycle: String,
    pub year: String,
    pub code: String,
    pub label: String,
    pub window_from: String,
    pub window_to: String,
    pub due_rule: String,
    pub stated_on: String,
    /// The hour of that day, "16:00"; blank: until its end.
    pub stated_time: String,
    /// A time told in days, and the day from which they are counted.
    pub within: String,
    pub event_on: String,
    pub due_basis: String,
    pub lock_on: String,
    pub reference_on: String,
    pub form_code: String,
    /// Ids of the chosen units; used only by ad hoc periods.
    pub units: Vec<String>,
    /// Last day for the units below each lower collector, and its hour: id of the collector, as typed.
    pub levels: Vec<(String, String)>,
    pub level_times: Vec<(String, String)>,
    /// The person has read the warning and goes on.
    pub confirmed: bool,
}

impl PeriodInput {
    /// Every field but the units, to be carried from one page to the next.
    pub fn fields(&self) -> [(&'static str, &str); 15] {
        [
            ("cycle", self.cycle.as_str()),
            ("year", self.year.as_str()),
            ("code", self.code.as_str()),
            ("label", self.label.as_str()),
            ("window_from", self.window_from.as_str()),
            ("window_to", self.window_to.as_str()),
            ("due_rule", self.due_rule.as_str()),
            ("stated_on", self.stated_on.as_str()),
            ("stated_time", self.stated_time.as_str()),
            ("within", self.within.as_str()),
            ("event_on", self.event_on.as_str()),
            ("due_basis", self.due_basis.as_str()),
            ("lock_on", self.lock_on.as_str()),
            ("reference_on", self.reference_on.as_str()),
            ("form_code", self.form_code.as_str()),
        ]
    }

    /// The form as a cycle and a year propose it.
    pub fn proposed(cycle: Cycle, year: i32, proposal: &Proposal) -> PeriodInput {
        let date = |day: Option<NaiveDate>| day.map(short_date).unwrap_or_default();
        PeriodInput {
            cycle: cycle.code(),
            year: year.to_string(),
            code: period_code(cycle, year),
            label: label(cycle, year),
            window_from: date(proposal.window.map(|w| w.from)),
            window_to: date(proposal.window.map(|w| w.to)),
            due_rule: proposal.due.code().to_owned(),
            stated_on: date(proposal.due.date()),
            stated_time: proposal.due.hour_code().unwrap_or_default(),
            lock_on: date(proposal.lock_on),
            reference_on: date(proposal.reference_on),
            ..PeriodInput::default()
        }
    }

    /// Whether units are chosen one by one.
    pub fn chooses_units(&self) -> bool {
        Cycle::from_code(&self.cycle) == Some(Cycle::AdHoc)
    }

    /// The days and hours typed for lower levels; a blank leaves the day to the level's lead.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields that cannot be read.
    pub fn level_dues(&self) -> Result<HashMap<UnitId, Given>, Error> {
        let mut problems = Problems::default();
        let mut given: HashMap<UnitId, Given> = HashMap::new();
        for (id, typed) in self.levels.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
            match (id.parse::<UnitId>(), parse_date(typed)) {
                (Ok(id), Ok(day)) => given.entry(id).or_default().day = Some(day),
                (_, Err(error)) => problems.add(format!("level.{id}"), error.to_string()),
                (Err(_), _) => {}
            }
        }
        for (id, typed) in self.level_times.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
            match (id.parse::<UnitId>(), parse_hour(typed)) {
                (Ok(id), Some(hour)) => given.entry(id).or_default().hour = Some(hour),
                (_, None) => problems.add(format!("level_time.{id}"), UNREAD_HOUR),
                (Err(_), _) => {}
            }
        }
        problems.or(given)
    }

    /// The day typed for one lower level.
    pub fn level(&self, id: &UnitId) -> &str {
        typed_for(&self.levels, id)
    }

    /// The hour typed for one lower level.
    pub fn level_time(&self, id: &UnitId) -> &str {
        typed_for(&self.level_times, id)
    }

    /// The period, once every field can be read and the period's own rules hold.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self, regime: &Regime, holidays: &Holidays) -> Result<NewPeriod, Error> {
        let mut problems = Problems::default();
        let within = due_input::within(&self.due_rule, &self.within, &self.event_on, &mut problems);
        let counted = due_input::is_within(&self.due_rule);
        let mut date = |field: &str, text: &str| match text.trim() {
            "" => None,
            text => match parse_date(text) {
                Ok(day) => Some(day),
                Err(error) => {
                    problems.add(field, error.to_string());
                    None
                }
            },
        };
        let from = date("window_from", &self.window_from);
        let to = date("window_to", &self.window_to);
        // A day the cycle proposed gives way to the one that is counted.
        let stated = date("stated_on", if counted { "" } else { &self.stated_on });
        let lock_on = date("lock_on", &self.lock_on);
        let reference = date("reference_on", &self.reference_on);
        let cycle = Cycle::from_code(&self.cycle);
        if cycle.is_none() {
            problems.add("cycle", "Chọn chu kỳ báo cáo trong danh sách.");
        }
        let year = self.year.trim().parse::<i32>().ok().filter(|year| YEARS.contains(year));
        if year.is_none() {
            problems.add("year", ASK_YEAR);
        }
        let window = match (from, to) {
            (Some(from), Some(to)) => {
                let window = Window::new(from, to);
                if window.is_none() {
                    problems
                        .add("window_to", "Ngày cuối của thời gian chốt số liệu phải từ ngày đầu trở đi.");
                }
                window
            }
            (Some(_), None) if self.window_to.trim().is_empty() => {
                problems.add(
                    "window_to",
                    "Nhập ngày cuối của thời gian chốt số liệu, hoặc để trống cả hai ngày.",
                );
                None
            }
            (None, Some(_)) if self.window_from.trim().is_empty() => {
                problems.add(
                    "window_from",
                    "Nhập ngày đầu của thời gian chốt số liệu, hoặc để trống cả hai ngày.",
                );
                None
            }
            _ => None,
        };
        let due = match (self.due_rule.as_str(), stated) {
            ("undated", _) if !self.stated_on.trim().is_empty() => {
                problems.add(
                    "stated_on",
                    "Đã chọn “theo quy định, chưa ấn định”: xóa ngày này, hoặc chọn cách ghi thời hạn khác.",
                );
                None
            }
            ("undated", _) => Some(DueRule::Undated),
            _ if counted => within.and_then(|within| within.last_day(holidays)).map(DueRule::By),
            ("before" | "by", None) if self.stated_on.trim().is_empty() => {
                problems.add("stated_on", "Nhập ngày ghi trong văn bản.");
                None
            }
            (code @ ("before" | "by"), Some(day)) => DueRule::from_parts(code, Some(day)),
            ("before" | "by", None) => None,
            _ => {
                problems.add("due_rule", "Chọn cách văn bản ghi thời hạn gửi.");
                None
            }
        };
        let hour = parse_hour(&self.stated_time);
        if hour.is_none() && !self.stated_time.trim().is_empty() {
            problems.add("stated_time", UNREAD_HOUR);
        } else if hour.is_some() && self.due_rule == "undated" {
            problems.add("stated_time", "Chưa ấn định ngày thì không ghi giờ: xóa giờ này.");
        }
        let due = due.map(|due| due.at(hour));
        // Left blank, the day that decides who owes is the window's last day, else the last day in time.
        let derived = window.map(|w| w.to).or(due.and_then(|due| due.last_day()));
        let reference = reference.or(if self.reference_on.trim().is_empty() { derived } else { None });
        if reference.is_none() && problems.is_empty() {
            problems.add("reference_on", "Nhập ngày xác định đơn vị phải gửi báo cáo.");
        }
        let chosen: Vec<UnitId> = self.units.iter().filter_map(|id| id.parse().ok()).collect();
        let (Some(cycle), Some(year)) = (cycle, year) else { return Err(Error::Invalid(problems)) };
        // Placeholders only stand in where a problem is already noted, so that the other rules are checked too.
        let new = NewPeriod {
            code: clean_line(&self.code),
            label: clean_line(&self.label),
            cycle,
            year,
            window,
            due: due.unwrap_or(DueRule::Undated),
            due_basis: match within {
                Some(within) => within.beside(&clean_line(&self.due_basis)),
                None => clean_line(&self.due_basis),
            },
            lock_on,
            reference_on: reference.or(regime.valid_from).unwrap_or_default(),
            form_code: Some(clean_line(&self.form_code)).filter(|code| !code.is_empty()),
            units: self.chooses_units().then_some(chosen),
        };
        for problem in new.problems(regime).0 {
            let typed_wrong = problem.field.starts_with("window")
                && problems.0.iter().any(|p| p.field.starts_with("window"));
            let no_day = problem.field == "reference_on" && reference.is_none();
            if !typed_wrong && !no_day {
                problems.0.push(problem);
            }
        }
        problems.or(new)
    }
}

fn typed_for<'a>(typed: &'a [(String, String)], id: &UnitId) -> &'a str {
    let id = id.to_string();
    typed.iter().find(|(other, _)| *other == id).map_or("", |(_, typed)| typed)
}
