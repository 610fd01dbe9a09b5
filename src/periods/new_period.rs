//! A period about to be opened: its three kinds of dates and the rules they must keep.
//! Pure; it stands between the form (or a file of the demo) and the verb that opens it.

use chrono::NaiveDate;

use super::{Period, Proposal, Regime, RegimeKind};
use crate::calendar::{Cycle, DueRule, Holidays, Window};
use crate::db::ids::UnitId;
use crate::error::Problems;
use crate::vietnamese::limits::{LINE, LONG_LINE};
use crate::vietnamese::short_date;

/// What a regime needs to know to open a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPeriod {
    /// Unique in the regime, e.g. `2025-H1`.
    pub code: String,
    pub label: String,
    pub cycle: Cycle,
    /// The year the period is named after.
    pub year: i32,
    /// Days whose figures count; none for a document.
    pub window: Option<Window>,
    pub due: DueRule,
    /// The document that sets the due day, in words; may be blank.
    pub due_basis: String,
    /// Last day on which the period takes changes.
    pub lock_on: Option<NaiveDate>,
    /// The day that decides which units exist and owe, and which form version holds.
    pub reference_on: NaiveDate,
    /// One form for everybody; none: each unit's own form by its audience.
    pub form_code: Option<String>,
    /// The units asked; none: every unit with a route on the reference day.
    pub units: Option<Vec<UnitId>>,
}

impl NewPeriod {
    /// What must be mended before the period can be opened, at the form's fields.
    pub fn problems(&self, regime: &Regime) -> Problems {
        let mut problems = Problems::default();
        let code_ok = !self.code.is_empty()
            && self.code.len() <= 40
            && self.code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !code_ok {
            problems.add("code", "Mã kỳ gồm chữ không dấu, số và dấu gạch nối, ví dụ 2025-H1.");
        }
        if self.label.trim().is_empty() {
            problems.add("label", "Nhập tên kỳ báo cáo, ví dụ 6 tháng đầu năm 2025.");
        }
        problems.add_fault("label", LINE.fault("Tên kỳ báo cáo", &self.label));
        problems.add_fault("due_basis", LONG_LINE.fault("Văn bản ấn định thời hạn", &self.due_basis));
        if self.window.is_none() && regime.kind() == RegimeKind::Report {
            problems.add("window_from", "Nhập thời gian chốt số liệu: từ ngày, đến ngày.");
        }
        if let (Some(lock), Some(due)) = (self.lock_on, self.due.last_day())
            && lock < due
        {
            let message = format!(
                "Ngày khóa số liệu phải từ ngày {} (ngày cuối của thời hạn gửi) trở đi.",
                short_date(due)
            );
            problems.add("lock_on", message);
        }
        if !regime.holds_on(self.reference_on) {
            problems.add("reference_on", "Chế độ báo cáo không có hiệu lực vào ngày này.");
        }
        if self.units.as_ref().is_some_and(Vec::is_empty) {
            problems.add("units", "Chọn ít nhất một đơn vị phải gửi báo cáo.");
        }
        problems
    }

    /// The first of the regime's other periods whose figures this one would count again: periods of one length
    /// share no day.
    pub fn counted_by<'a>(&self, others: &'a [Period]) -> Option<&'a Period> {
        let window = self.window?;
        others.iter().find(|other| {
            let beside = Cycle::from_code(&other.cycle).is_some_and(|cycle| cycle.is_beside(self.cycle));
            beside && other.window().is_some_and(|counted| counted.overlaps(&window))
        })
    }

    /// What a person must confirm first: a due day that leaves less than one working day after the cut-off
    /// (NĐ 09/2019 Điều 8.5.b; for one-off and ad hoc reports the asking body decides, Điều 8.5.c).
    pub fn warning(&self, rolling: bool, holidays: &Holidays) -> Option<String> {
        if !self.cycle.recurs() {
            return None;
        }
        let (window, due) = (self.window?, self.last_day_moved(rolling, holidays)?);
        let proposal = Proposal { window: self.window, due: self.due, lock_on: None, reference_on: None };
        proposal.too_early(rolling, holidays).map(|earliest| {
            format!(
                "Thời hạn gửi (ngày {}) chưa cách ngày chốt số liệu ({}) ít nhất 01 ngày làm việc như Điều 8 \
                 Nghị định 09/2019/NĐ-CP; phần số liệu chưa đến ngày chốt sẽ là số ước. Sớm nhất nên là ngày {}.",
                short_date(due),
                short_date(window.to),
                short_date(earliest)
            )
        })
    }
}
