//! The three dates of one obligation: as stated, as effective, as extended.
//! They stand between the due rule and the timing, and a page shows all three: lateness must be
//! explainable to the unit that is late.

use chrono::NaiveDate;

use super::{DueRule, Holidays};

/// Last days on which a report is in time. All `None` for an undated duty that was never extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DueDates {
    /// Last day by the document's words alone ("trước ngày 15/11" → 14/11).
    pub stated: Option<NaiveDate>,
    /// The stated day, rolled to the next working day where the regime says so.
    pub effective: Option<NaiveDate>,
    /// The last day granted by an extension, taken as granted, never rolled.
    pub extended: Option<NaiveDate>,
}

impl DueDates {
    /// The dates of a rule. `rolling` is the regime's setting, off by default: a superior who wrote
    /// "trước ngày 15/11" does not accept the 16th because the 14th was a Saturday, and Bộ luật Dân sự
    /// 2015 Điều 148 khoản 5 is civil law, applied to administrative dates by analogy only.
    pub fn new(rule: &DueRule, rolling: bool, extended: Option<NaiveDate>, holidays: &Holidays) -> DueDates {
        let stated = rule.last_day();
        let effective =
            stated.map(|day| if rolling { holidays.next_working_day_on_or_after(day) } else { day });
        DueDates { stated, effective, extended }
    }

    /// The last day lateness is measured from: the extended day, else the effective one.
    pub fn deadline(&self) -> Option<NaiveDate> {
        self.extended.or(self.effective)
    }
}
