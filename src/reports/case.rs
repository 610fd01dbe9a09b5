//! One report with everything that decides what may be done with it: its obligation, period and regime.
//! Stands between the rows of four tables and the rules of the verbs; derived values are methods.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::ReportState;
use crate::access::Scope;
use crate::calendar::{Cycle, DueDates, DueRule, Holidays, Timing, Window, timing, to_local};
use crate::db::ids::{FormId, ObligationId, PeriodId, RegimeId, ReportId, RevisionId, UnitId};
use crate::db::schema::{obligations, periods, reports};
use crate::periods::{Progress, Regime, RegimeKind, Standing};
use crate::units::UnitOn;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reports)]
pub struct ReportRow {
    pub id: ReportId,
    pub obligation_id: ObligationId,
    pub state: String,
    pub received_revision_id: Option<RevisionId>,
    /// Number of the last revision sent; 0 before the first.
    pub last_revision: i32,
    pub first_sent_at: Option<NaiveDateTime>,
    /// The last day in time as it stood at the first sending.
    pub first_due_on: Option<NaiveDate>,
    /// The last day for the correction that was asked for.
    pub amend_due_on: Option<NaiveDate>,
    pub version: i32,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = obligations)]
pub struct ObligationRow {
    pub unit_id: UnitId,
    pub collector_id: UnitId,
    pub form_id: FormId,
    pub kind: String,
    pub mode: String,
    pub due_rule: String,
    pub stated_on: Option<NaiveDate>,
    pub standing: String,
    pub extended_to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = periods)]
pub struct PeriodRow {
    pub id: PeriodId,
    pub regime_id: RegimeId,
    pub code: String,
    pub label: String,
    pub cycle: String,
    pub year: i32,
    pub window_from: Option<NaiveDate>,
    pub window_to: Option<NaiveDate>,
    pub due_basis: String,
    pub lock_on: Option<NaiveDate>,
    pub reference_on: NaiveDate,
}

/// One report and what surrounds it.
#[derive(Debug, Clone)]
pub struct Case {
    pub report: ReportRow,
    pub obligation: ObligationRow,
    pub period: PeriodRow,
    pub regime: Regime,
    /// The unit that owes it and the one that collects it, as they were on the period's reference day.
    pub unit: UnitOn,
    pub collector: UnitOn,
}

impl Case {
    /// Where the report stands; the schema allows no other codes.
    pub fn state(&self) -> ReportState {
        ReportState::from_code(&self.report.state).unwrap_or(ReportState::NotBegun)
    }

    pub fn standing(&self) -> Standing {
        Standing::from_code(&self.obligation.standing).unwrap_or(Standing::Owed)
    }

    pub fn progress(&self) -> Progress {
        Progress::of(self.standing(), self.state())
    }

    /// Whether something was sent before, so that what is being typed is a correction.
    pub fn correcting(&self) -> bool {
        self.report.last_revision > 0
    }

    /// Whether it is the actor's own unit's: only then the draft is seen.
    pub fn is_own(&self, scope: &Scope) -> bool {
        scope.own_units.contains(&self.obligation.unit_id)
    }

    /// Whether the actor collects it.
    pub fn is_collected(&self, scope: &Scope) -> bool {
        scope.collector_units.contains(&self.obligation.collector_id)
    }

    /// A paper to be sent once, such as the unit's own plan: no figures are expected.
    pub fn is_document(&self) -> bool {
        RegimeKind::from_code(&self.obligation.kind) == Some(RegimeKind::Document)
    }

    pub fn cycle(&self) -> Option<Cycle> {
        Cycle::from_code(&self.period.cycle)
    }

    pub fn window(&self) -> Option<Window> {
        self.period.window_from.zip(self.period.window_to).and_then(|(from, to)| Window::new(from, to))
    }

    /// The due words as taken down when the obligation was made.
    pub fn due_rule(&self) -> DueRule {
        DueRule::from_parts(&self.obligation.due_rule, self.obligation.stated_on)
            .unwrap_or(DueRule::Undated)
    }

    /// The dates as they stand while nothing was sent.
    pub fn due(&self, holidays: &Holidays) -> DueDates {
        DueDates::new(&self.due_rule(), self.regime.rolling, self.obligation.extended_to, holidays)
    }

    /// Where it stands in time. A sent report is measured by the date taken down at its first sending.
    pub fn timing(&self, holidays: &Holidays, today: NaiveDate) -> Timing {
        let requested = self.obligation.mode == "request";
        match self.report.first_sent_at {
            Some(at) => {
                let due = DueDates { stated: None, effective: self.report.first_due_on, extended: None };
                timing(&due, requested, Some(to_local(at).date()), today)
            }
            None => timing(&self.due(holidays), requested, None, today),
        }
    }

    /// "Báo cáo 6 tháng đầu năm 2025"; a document is named by its regime.
    pub fn title(&self) -> String {
        if self.is_document() {
            return self.regime.name.clone();
        }
        let mut letters = self.period.label.chars();
        let first = letters.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
        format!("Báo cáo {first}{}", letters.as_str())
    }

    /// "Báo cáo …, Sở …": how the audit log names it.
    pub fn label(&self) -> String {
        format!("{}, {}", self.title(), self.unit.name)
    }

    /// Whether the period's figures are locked on `today`; a correction that was asked for is not held up.
    pub fn is_locked(&self, today: NaiveDate) -> bool {
        !self.correcting() && self.period.lock_on.is_some_and(|last| last < today)
    }
}
