//! Everything the plan of a day asks, as read at once. Pure; a few days on from the day it was read it still holds, if nobody
//! sends anything.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Steps;
use super::schedule::Press;
use super::{Aim, Level};
use crate::access::Role;
use crate::calendar::Holidays;
use crate::db::ids::{ObligationId, PeriodId, PersonId, RegimeId, UnitId};
use crate::periods::{Duty, Standing};
use crate::reports::ReportState;

/// A role somebody holds from a day to a day, both inclusive.
#[derive(Debug, Clone)]
pub struct Member {
    pub person: PersonId,
    pub unit: UnitId,
    pub role: Role,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Member {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// An open obligation with what of its period and regime a notice asks.
#[derive(Debug, Clone)]
pub struct Owed {
    pub duty: Duty,
    pub period: PeriodId,
    pub regime: RegimeId,
    pub rolling: bool,
    /// "Báo cáo năm 2025", or the label itself for a document.
    pub title: String,
    /// The day its period was opened: nothing was said before.
    pub opened_on: NaiveDate,
    /// The last day on which it may still be sent; none: it is not locked.
    pub open_until: Option<NaiveDate>,
}

impl Owed {
    /// Whether a notice of `today` would ask for what can no longer be sent.
    pub fn is_shut(&self, today: NaiveDate) -> bool {
        self.open_until.is_some_and(|last| last < today)
    }

    /// What presses the unit now; nothing for what is sent, received, exempt, ended, declared nil, or has no day.
    pub fn press(&self, promised_until: Option<NaiveDate>, holidays: &Holidays) -> Option<(Aim, Press)> {
        let duty = &self.duty;
        let settled = matches!(duty.state(), ReportState::Sent | ReportState::Received);
        if duty.standing() != Standing::Owed || settled {
            return None;
        }
        if duty.is_correcting() {
            let deadline = duty.report.amend_due_on?;
            return Some((Aim::Correction, Press { promised_until, ..Press::by(deadline) }));
        }
        let dates = duty.dates(self.rolling, holidays);
        let press = Press { deadline: dates.deadline()?, hour: dates.last_hour(), promised_until };
        Some((Aim::Report, press))
    }
}

/// See the head of the file.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub owed: Vec<Owed>,
    pub holidays: Holidays,
    /// Regimes with days of their own.
    pub steps: HashMap<RegimeId, Steps>,
    pub members: Vec<Member>,
    /// Bodies by the units that act for them: themselves, and whoever took them over.
    pub acting: HashMap<UnitId, Vec<UnitId>>,
    /// Units as they are called.
    pub names: HashMap<UnitId, String>,
    /// Their protocol order.
    pub order: HashMap<UnitId, (i32, i32, UnitId)>,
    /// Days until which somebody has promised to send.
    pub promised: HashMap<ObligationId, NaiveDate>,
}

impl Facts {
    /// Who holds one of these roles on `day` in a body that acts for `unit`, each once.
    pub fn holding(
        &self,
        by_unit: &ByUnit<'_>,
        unit: UnitId,
        roles: &[Role],
        day: NaiveDate,
    ) -> Vec<PersonId> {
        let own = [unit];
        let acting = self.acting.get(&unit).map_or(&own[..], Vec::as_slice);
        let mut found: Vec<PersonId> = acting
            .iter()
            .flat_map(|unit| by_unit.0.get(unit).into_iter().flatten())
            .filter(|member| roles.contains(&member.role) && member.holds_on(day))
            .map(|member| member.person)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Who is told at a level about a step of an obligation. A unit whose officer's post is vacant is told through its
    /// leader.
    pub fn told(
        &self,
        by_unit: &ByUnit<'_>,
        duty: &Duty,
        (level, step): (Level, i32),
        day: NaiveDate,
    ) -> Vec<PersonId> {
        let (unit, collector) = (duty.obligation.unit_id, duty.obligation.collector_id);
        let (officer, leader) = match duty.is_consolidated() {
            // Whoever collects for a body writes its consolidated report.
            true => (Role::Compiler, Role::CompilingLeader),
            false => (Role::Officer, Role::UnitLeader),
        };
        match level {
            Level::Own if step <= 0 => self.holding(by_unit, unit, &[officer, leader], day),
            Level::Own => {
                let officers = self.holding(by_unit, unit, &[officer], day);
                if officers.is_empty() { self.holding(by_unit, unit, &[leader], day) } else { officers }
            }
            Level::UnitLeader => self.holding(by_unit, unit, &[leader], day),
            Level::CompilingLeader => self.holding(by_unit, collector, &[Role::CompilingLeader], day),
        }
    }

    /// The members by their units, for [`Facts::told`].
    pub fn by_unit(&self) -> ByUnit<'_> {
        let mut by_unit: HashMap<UnitId, Vec<&Member>> = HashMap::new();
        for member in &self.members {
            by_unit.entry(member.unit).or_default().push(member);
        }
        ByUnit(by_unit)
    }
}

/// Members by the unit they are of.
pub struct ByUnit<'a>(HashMap<UnitId, Vec<&'a Member>>);
