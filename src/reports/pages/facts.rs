//! The head of every report page: data window, time limit, addressee, progress and timing.

use chrono::NaiveDate;

use crate::calendar::{Holidays, Now};
use crate::reports::{Case, Paper, ReportState};
use crate::vietnamese::{short_date, weekday_date};

/// What the head shows; all text is ready to print.
pub struct Facts {
    pub id: String,
    pub title: String,
    pub regime: String,
    today: NaiveDate,
    /// Of the period and the obligation, for links.
    pub obligation_id: String,
    pub unit: String,
    /// Of which body before a reorganisation it is.
    pub part_of: Option<String>,
    /// "15/12/2024 – 14/6/2025"; none for a document.
    pub window: Option<String>,
    /// "thứ Ba, 17/6/2025".
    pub due: String,
    /// The due words of the document, e.g. "chậm nhất ngày 17/6/2025", where they differ from `due`.
    pub due_words: String,
    /// The document that sets the day.
    pub due_basis: String,
    pub extended: Option<String>,
    /// The last working day, where the last day is none.
    pub working_day: Option<String>,
    /// Where it stands in time, with the class of its tag; none outside the denominator.
    pub timing: Option<(String, &'static str)>,
    pub progress: &'static str,
    pub progress_tag: &'static str,
    pub addressee: String,
    /// The last day for a correction that was asked for.
    pub amend_due: Option<String>,
    /// Set when the figures are locked and nothing was sent.
    pub locked: Option<String>,
    /// Set while the unit is let in again after the lock.
    pub unlocked: Option<String>,
    /// The paper it is being typed in from by its collector: "số đến 215, ngày 12/6/2025".
    pub behalf: Option<String>,
}

impl Facts {
    pub fn new(case: &Case, holidays: &Holidays, now: impl Into<Now>) -> Facts {
        let now = now.into();
        let due = case.dates(holidays);
        let last_day = due.effective;
        let off = last_day.filter(|day| !holidays.is_working_day(*day));
        let amending = case.state() == ReportState::Amend
            || (case.state() == ReportState::WithLeader && case.correcting());
        Facts {
            id: case.report.id.to_string(),
            title: case.title(),
            regime: case.regime.name.clone(),
            today: now.today,
            obligation_id: case.obligation.id.to_string(),
            unit: case.unit.name.clone(),
            part_of: case.part_of.clone(),
            window: case.window().map(|w| format!("{} – {}", short_date(w.from), short_date(w.to))),
            due: last_day.map_or("chưa ấn định".to_owned(), weekday_date),
            due_words: if due.stated == due.effective
                && case.obligation.due_rule == "by"
                && due.hour.is_none()
            {
                String::new()
            } else {
                case.duty().rule().text()
            },
            due_basis: case.period.due_basis.clone(),
            extended: due.extended.map(weekday_date),
            working_day: off.map(|day| weekday_date(holidays.last_working_day_on_or_before(day))),
            timing: case.due(holidays, now).map(|due| (due.text.clone(), due.tag())),
            progress: case.progress().words(),
            progress_tag: case.progress().tag(),
            addressee: case.regime.addressee.clone(),
            amend_due: case.report.amend_due_on.filter(|_| amending).map(weekday_date),
            locked: None,
            unlocked: None,
            behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
        }
    }

    /// What is wrong with a paper that is said to be signed on a day to come.
    pub fn untimely(&self, paper: &Paper) -> Option<String> {
        paper.untimely_words(self.today)
    }

    /// With what a locked period means for this report.
    pub fn with_lock(mut self, case: &Case, unlocked: Option<NaiveDate>, today: NaiveDate) -> Facts {
        let shut = case.period.is_locked(today);
        self.unlocked = unlocked.filter(|until| shut && today <= *until).map(|until| {
            format!(
                "{} đã mở khóa số liệu cho đơn vị đến hết ngày {}.",
                case.collector.name,
                short_date(until)
            )
        });
        self.locked = case.locked_since(unlocked, today).map(|last| {
            format!(
                "Số liệu của kỳ này đã khóa sau ngày {}. Đề nghị {} mở khóa trước khi gửi.",
                short_date(last),
                case.collector.name
            )
        });
        self
    }
}
