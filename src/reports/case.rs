//! One report with everything that decides what may be done with it: its obligation, period and regime.
//! Stands between the rows of four tables and the rules of the verbs; derived values are methods.

use chrono::NaiveDate;

use super::ReportState;
use super::behalf::Typing;
use crate::access::{Action, Actor, Scope};
use crate::calendar::{Cycle, DueDates, Holidays, Now, Window};
use crate::db::ids::UnitId;
use crate::periods::{
    Due, Duty, Obligation, Period, Progress, Regime, RegimeKind, ReportHead, Standing, lock_day, report_title,
};
use crate::units::UnitOn;

/// One report and what surrounds it.
#[derive(Debug, Clone)]
pub struct Case {
    pub report: ReportHead,
    pub obligation: Obligation,
    pub period: Period,
    pub regime: Regime,
    /// The unit that owes it and the one that collects it, as they were on the period's reference day.
    pub unit: UnitOn,
    pub collector: UnitOn,
    /// Of which body it is that ended and passed it on ([`crate::periods::queries::passed_from`]).
    pub part_of: Option<String>,
    /// The bodies it passed from, which may have ended after the period's reference day
    /// ([`crate::periods::queries::before`]).
    pub before: Vec<UnitId>,
    /// Set while the collector types it in from paper.
    pub behalf: Option<Typing>,
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

    /// Whether something was sent before, so that what is being typed is a correction. What came of a table of before the
    /// system and was taken back was not.
    pub fn correcting(&self) -> bool {
        self.report.first_sent_at.is_some()
    }

    /// Whether the unit can type into it now.
    pub fn is_typed(&self) -> bool {
        self.state().is_open() && self.standing() == Standing::Owed
    }

    /// Whether it is the actor's own unit's: only then the draft is seen.
    pub fn is_own(&self, scope: &Scope) -> bool {
        let unit = self.obligation.unit_id;
        scope.own_units.contains(&unit) || (self.is_consolidated() && scope.collector_units.contains(&unit))
    }

    /// The report of a collecting unit on what it collected, not on its own work.
    pub fn is_consolidated(&self) -> bool {
        self.obligation.part == "consolidated"
    }

    /// Whether the actor is one of those who may go on typing it in for the unit now.
    pub fn is_typist(&self, actor: &Actor) -> bool {
        self.behalf.is_some() && actor.for_unit(self.obligation.collector_id, Action::TypeOnBehalf).is_some()
    }

    /// Whether the actor collects it, or collects from its collector.
    pub fn is_collected(&self, scope: &Scope) -> bool {
        [self.obligation.collector_id, self.regime.collector_id]
            .iter()
            .any(|collector| scope.collector_units.contains(collector))
    }

    /// A paper to be sent once, such as the unit's own plan: no figures are expected.
    pub fn is_document(&self) -> bool {
        RegimeKind::from_code(&self.obligation.kind) == Some(RegimeKind::Document)
    }

    pub fn cycle(&self) -> Option<Cycle> {
        Cycle::from_code(&self.period.cycle)
    }

    pub fn window(&self) -> Option<Window> {
        self.period.window()
    }

    /// The obligation with its report, as the tables of periods know it.
    pub fn duty(&self) -> Duty {
        Duty { obligation: self.obligation.clone(), report: self.report.clone(), nil_at: None }
    }

    /// While nothing is sent the dates as they stand; then those taken down at the first sending.
    pub fn dates(&self, holidays: &Holidays) -> DueDates {
        self.duty().dates(self.regime.rolling, holidays)
    }

    /// Where it stands in time, in words; none outside the denominator.
    pub fn due(&self, holidays: &Holidays, now: impl Into<Now>) -> Option<Due> {
        // A declaration of "không phát sinh" is the unit's answer: no days are left to count.
        if self.standing() == Standing::Nil {
            return None;
        }
        self.duty().due(self.regime.rolling, holidays, now)
    }

    /// "Báo cáo 6 tháng đầu năm 2025"; a document is named by its regime.
    pub fn title(&self) -> String {
        if self.is_document() {
            return self.regime.name.clone();
        }
        let title = report_title(&self.period.label);
        if self.is_consolidated() { title.replacen("Báo cáo", "Báo cáo tổng hợp", 1) } else { title }
    }

    /// "Báo cáo …, Sở …": how the audit log names it.
    pub fn label(&self) -> String {
        format!("{}, {}", self.title(), self.unit.name)
    }

    /// The day after which the figures were locked, when `today` is past it. An extension or an unlocking that reaches
    /// further moves it; a correction that was asked for is not held up.
    pub fn locked_since(&self, unlocked_until: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
        let last = lock_day(self.period.lock_on, self.obligation.extended_to, unlocked_until)?;
        (!self.correcting() && last < today).then_some(last)
    }
}
