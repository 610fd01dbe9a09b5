//! One period of a regime as stored: window, due and lock are three things and stay three things.
//! It stands between the rows and everything that asks "until when?".

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Regime;
use crate::calendar::{DueDates, DueRule, Holidays, Window, parse_hour};
use crate::db::ids::{PeriodId, RegimeId};
use crate::db::schema::periods;
use crate::vietnamese::lower_first;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = periods)]
pub struct Period {
    pub id: PeriodId,
    pub regime_id: RegimeId,
    pub code: String,
    pub label: String,
    pub cycle: String,
    pub year: i32,
    pub window_from: Option<NaiveDate>,
    pub window_to: Option<NaiveDate>,
    pub due_rule: String,
    pub stated_on: Option<NaiveDate>,
    /// "HH:MM" of the stated day; none: until its end.
    pub stated_time: Option<String>,
    pub due_basis: String,
    /// Last day on which the period takes changes; none: it is never locked.
    pub lock_on: Option<NaiveDate>,
    pub reference_on: NaiveDate,
    pub opened_at: NaiveDateTime,
    pub version: i32,
    /// What the regime said when the period was opened, where the regime has changed since; none: as it says now.
    pub paper_rule: Option<String>,
    pub leader_step: Option<bool>,
    pub rolling: Option<bool>,
    pub signed_file: Option<bool>,
}

impl Period {
    /// The regime as it holds for this period: what has changed since the opening stays as it was for it.
    pub fn under(self, mut regime: Regime) -> (Period, Regime) {
        if let Some(rule) = &self.paper_rule {
            regime.paper_rule.clone_from(rule);
        }
        regime.leader_step = self.leader_step.unwrap_or(regime.leader_step);
        regime.rolling = self.rolling.unwrap_or(regime.rolling);
        regime.signed_file = self.signed_file.unwrap_or(regime.signed_file);
        (self, regime)
    }

    /// The days whose figures count; none for a document.
    pub fn window(&self) -> Option<Window> {
        Window::new(self.window_from?, self.window_to?)
    }

    /// The due rule as worded. Parts the schema would refuse read as undated.
    pub fn due(&self) -> DueRule {
        DueRule::from_parts(&self.due_rule, self.stated_on)
            .unwrap_or(DueRule::Undated)
            .at(self.stated_time.as_deref().and_then(parse_hour))
    }

    /// The dates for a unit without an extension.
    pub fn due_dates(&self, rolling: bool, holidays: &Holidays) -> DueDates {
        DueDates::new(&self.due(), rolling, None, holidays)
    }

    /// Whether the period takes no more changes on `today`; the lock day itself still does.
    pub fn is_locked(&self, today: NaiveDate) -> bool {
        lock_day(self.lock_on, None, None).is_some_and(|day| day < today)
    }
}

/// "Báo cáo 6 tháng đầu năm 2025", of a period's label.
pub fn report_title(label: &str) -> String {
    format!("Báo cáo {}", lower_first(label))
}

/// The last day on which one unit may still change its report: the period's lock, moved for the unit by an
/// extension or an unlocking that reaches further. None: never locked.
pub fn lock_day(
    lock_on: Option<NaiveDate>,
    extended_to: Option<NaiveDate>,
    unlocked_until: Option<NaiveDate>,
) -> Option<NaiveDate> {
    lock_on.map(|day| [extended_to, unlocked_until].into_iter().flatten().fold(day, NaiveDate::max))
}
