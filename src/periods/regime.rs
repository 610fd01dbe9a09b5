//! A regime (chế độ báo cáo, NĐ 09/2019 Điều 7): what is reported, by whom, to whom, how often.
//! It stands between the plans it serves and the periods it opens; its cycles propose each period's dates.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;

use crate::calendar::{
    Cycle, DueDates, DueRule, DueTemplate, Holidays, OwnWindow, Preset, Window, hour_words, parse_hour,
    window,
};
use crate::db::ids::{RegimeId, UnitId};
use crate::db::schema::{regime_cycles, regimes};

/// What a regime's units owe. Codes are stored in `regimes.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegimeKind {
    /// A report with sections and figures, over a data window.
    Report,
    /// A paper to be sent once, such as the unit's own plan; it has no data window.
    Document,
}

impl RegimeKind {
    pub fn code(self) -> &'static str {
        match self {
            RegimeKind::Report => "report",
            RegimeKind::Document => "document",
        }
    }

    /// The kind of a stored code.
    pub fn from_code(code: &str) -> Option<RegimeKind> {
        [RegimeKind::Report, RegimeKind::Document].into_iter().find(|k| k.code() == code)
    }

    /// "báo cáo" or "văn bản".
    pub fn noun(self) -> &'static str {
        match self {
            RegimeKind::Report => "báo cáo",
            RegimeKind::Document => "văn bản",
        }
    }
}

/// One regime as stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = regimes)]
pub struct Regime {
    pub id: RegimeId,
    pub code: String,
    pub name: String,
    pub province_id: UnitId,
    pub collector_id: UnitId,
    /// Bodies the units address their reports to, in words.
    pub addressee: String,
    pub kind: String,
    /// Whether a due day on a rest day rolls to the next working day. Off unless the document says so.
    pub rolling: bool,
    pub paper_rule: String,
    pub leader_step: bool,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// The document that sets it up, in words; may be blank.
    pub legal_basis: String,
    /// What its reports are about, for the subject of their papers; blank: taken from the name.
    pub subject: String,
    /// Whether the signed file itself is part of what `paper_rule` asks for.
    pub signed_file: bool,
}

impl Regime {
    /// The kind; a code the schema does not know reads as a report.
    pub fn kind(&self) -> RegimeKind {
        RegimeKind::from_code(&self.kind).unwrap_or(RegimeKind::Report)
    }

    /// What the regime wants of the signed paper.
    pub fn paper_words(&self) -> &'static str {
        match self.paper_rule.as_str() {
            "required" if self.signed_file => "phải có khi gửi, kèm bản PDF đã ký",
            "required" => "phải có khi gửi",
            "later" if self.signed_file => "bổ sung sau khi gửi, kèm bản PDF đã ký",
            "later" => "bổ sung sau khi gửi",
            _ => "không yêu cầu",
        }
    }

    /// Whether the regime is in force on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// How a regime's periods recur: the window by preset and the due words as a template.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = regime_cycles)]
pub struct RegimeCycle {
    pub regime_id: RegimeId,
    pub cycle: String,
    pub preset: String,
    pub due_rule: String,
    pub due_month: Option<i32>,
    pub due_day: Option<i32>,
    pub due_days: Option<i32>,
    /// "HH:MM" of the due day; none: until its end.
    pub stated_time: Option<String>,
    /// The lock falls this many calendar days after the last day in time; none: no lock is proposed.
    pub lock_days: Option<i32>,
    /// "15/12-14/06", where the window is the regime's own.
    pub own_window: Option<String>,
}

/// What a cycle proposes for one year; every part can be changed on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    pub window: Option<Window>,
    pub due: DueRule,
    pub lock_on: Option<NaiveDate>,
    /// The day that decides who owes: the window's last day, else the last day in time.
    pub reference_on: Option<NaiveDate>,
}

impl Proposal {
    /// The first due day that leaves a working day after the cut-off (NĐ 09/2019 Điều 8.5.b), where the proposed one
    /// is earlier; one that the regime moves to a working day counts as moved.
    pub fn too_early(&self, rolling: bool, holidays: &Holidays) -> Option<NaiveDate> {
        let (window, due) = (self.window?, DueDates::new(&self.due, rolling, None, holidays).effective?);
        let earliest = holidays.next_working_day_on_or_after(window.to.succ_opt()?);
        (due < earliest).then_some(earliest)
    }
}

impl RegimeCycle {
    pub fn cycle(&self) -> Option<Cycle> {
        Cycle::from_code(&self.cycle)
    }

    /// "6 tháng đầu năm", "năm", "đột xuất": the cycle without a year.
    pub fn name(&self) -> String {
        self.cycle().map_or_else(|| self.cycle.clone(), cycle_name)
    }

    /// The data window of the period named after `year`: by the preset or the regime's own days; none where it is typed
    /// when the period is opened.
    pub fn window(&self, year: i32) -> Option<Window> {
        match self.preset() {
            Some(preset) => window(preset, self.cycle()?, year),
            None => self.own_window()?.in_year(year),
        }
    }

    /// The window's own days, where the regime has set them.
    pub fn own_window(&self) -> Option<OwnWindow> {
        self.own_window.as_deref().and_then(OwnWindow::from_code)
    }

    /// Where the window comes from: "Theo Công an (15/11 – 14/11)", "15/12 – 14/6", "nhập khi mở kỳ".
    pub fn window_words(&self) -> String {
        match (self.preset(), self.own_window()) {
            (Some(preset), _) => preset.label().to_owned(),
            (None, Some(own)) => own.text(),
            (None, None) => "nhập khi mở kỳ".to_owned(),
        }
    }

    /// The preset; none for windows typed by hand.
    pub fn preset(&self) -> Option<Preset> {
        Preset::from_code(&self.preset)
    }

    /// The due words; an impossible day reads as undated.
    pub fn template(&self) -> DueTemplate {
        let number = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok());
        let day = number(self.due_month).zip(number(self.due_day));
        let days = self.due_days.and_then(|n| u16::try_from(n).ok());
        DueTemplate::from_parts(&self.due_rule, day, days).unwrap_or(DueTemplate::Undated)
    }

    /// The hour of the due day, where the document names one.
    pub fn hour(&self) -> Option<NaiveTime> {
        self.stated_time.as_deref().and_then(parse_hour)
    }

    /// The due words with their hour: "trước ngày 15/11 hằng năm", "trước 16 giờ 00 ngày 15/11 hằng năm".
    pub fn due_words(&self) -> String {
        let template = self.template();
        let words = template.text();
        match self.hour() {
            Some(hour) if template.days().is_some() => {
                format!("{words}, đến {} ngày cuối", hour_words(hour))
            }
            Some(hour) if words.contains("ngày") => {
                words.replacen("ngày", &format!("{} ngày", hour_words(hour)), 1)
            }
            _ => words,
        }
    }

    /// What the cycle proposes in a year whose weeks are all ordinary. Where working days may be counted,
    /// [`RegimeCycle::propose_by`] is asked.
    pub fn propose(&self, year: i32) -> Proposal {
        self.propose_by(year, &Holidays::default())
    }

    /// Window by the preset (NĐ 09/2019 Điều 12 and its like), due by the template, lock after it.
    pub fn propose_by(&self, year: i32, holidays: &Holidays) -> Proposal {
        let window = self.window(year);
        let template = self.template();
        let due = match &window {
            Some(window) => template.for_window(window, holidays),
            None => template.for_year(year),
        }
        .unwrap_or(DueRule::Undated)
        .at(self.hour());
        let lock_on = due.last_day().zip(self.lock_days).and_then(|(day, days)| {
            day.checked_add_days(chrono::Days::new(u64::try_from(days).unwrap_or_default()))
        });
        let reference_on = window.map(|w| w.to).or(due.last_day());
        Proposal { window, due, lock_on, reference_on }
    }
}

/// A cycle without its year, for lists of choices: "6 tháng đầu năm", "Quý II", "Đột xuất, chuyên đề".
pub fn cycle_name(cycle: Cycle) -> String {
    match cycle {
        Cycle::FirstHalf => "6 tháng đầu năm".to_owned(),
        Cycle::SecondHalf => "6 tháng cuối năm".to_owned(),
        Cycle::NineMonths => "9 tháng đầu năm".to_owned(),
        Cycle::Year => "Năm".to_owned(),
        Cycle::Quarter(number) => {
            format!("Quý {}", ["I", "II", "III", "IV"][usize::from(number.clamp(1, 4)) - 1])
        }
        Cycle::Month(number) => format!("Tháng {number}"),
        Cycle::OneOff => "Một lần".to_owned(),
        Cycle::AdHoc => "Đột xuất, chuyên đề".to_owned(),
    }
}
