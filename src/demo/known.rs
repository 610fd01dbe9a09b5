//! What has been loaded so far, by the codes the files use. Stands between the rooms of the demo: each adds what
//! it made, the later ones look it up, and a code nobody made is a fault of the file that uses it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::files::fault;
use crate::audit::By;
use crate::db::ids::{FunctionId, IndicatorId, MembershipId, PersonId, PlanId, RegimeId, TaskId, UnitId};
use crate::error::Error;
pub use crate::standard::uid;

/// A body as it was for a span of days, both inclusive.
#[derive(Debug, Clone)]
pub struct Version {
    pub unit: UnitId,
    pub code: String,
    pub kind: String,
    pub name: String,
    /// As a sentence names its area: "huyện Lục Nam".
    pub place: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Who someone was in a unit for a span of days.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: MembershipId,
    pub person: PersonId,
    pub username: String,
    pub full_name: String,
    pub unit: UnitId,
    pub role: String,
    pub title: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

#[derive(Debug, Default)]
pub struct Known {
    pub units: HashMap<String, UnitId>,
    pub versions: Vec<Version>,
    pub functions: HashMap<String, FunctionId>,
    pub members: Vec<Member>,
    pub plans: HashMap<String, PlanId>,
    /// How a report mentions each plan, and the day it came into force.
    pub citations: HashMap<PlanId, (Option<NaiveDate>, String)>,
    /// The plans each regime serves, by its code.
    pub served: HashMap<String, Vec<PlanId>>,
    pub tasks: HashMap<String, TaskId>,
    pub indicators: HashMap<String, IndicatorId>,
    pub regimes: HashMap<String, RegimeId>,
    /// The unit that collects for each regime.
    pub collectors: HashMap<RegimeId, UnitId>,
}

impl Known {
    pub fn unit(&self, file: &str, code: &str) -> Result<UnitId, Error> {
        find(&self.units, file, "unit", code)
    }

    pub fn function(&self, file: &str, code: &str) -> Result<FunctionId, Error> {
        find(&self.functions, file, "function", code)
    }

    pub fn task(&self, file: &str, code: &str) -> Result<TaskId, Error> {
        find(&self.tasks, file, "task", code)
    }

    pub fn indicator(&self, file: &str, code: &str) -> Result<IndicatorId, Error> {
        find(&self.indicators, file, "indicator", code)
    }

    pub fn regime(&self, file: &str, code: &str) -> Result<RegimeId, Error> {
        find(&self.regimes, file, "regime", code)
    }

    /// The version of a unit that was valid on `day`.
    pub fn version_on(&self, unit: UnitId, day: NaiveDate) -> Option<&Version> {
        self.versions.iter().find(|v| v.unit == unit && covers(v.valid_from, v.valid_to, day))
    }

    /// The units of a kind in a province on `day`, in the order of the files.
    pub fn of_kind_on(&self, province: &str, kind: &str, day: NaiveDate) -> Vec<UnitId> {
        let inside = format!("{province}.");
        self.versions
            .iter()
            .filter(|v| {
                v.code.starts_with(&inside) && v.kind == kind && covers(v.valid_from, v.valid_to, day)
            })
            .map(|v| v.unit)
            .collect()
    }

    /// The newest plan of a regime in force on `day`, as a report mentions it.
    pub fn citation(&self, regime: &str, day: NaiveDate) -> String {
        let plans = self.served.get(regime).into_iter().flatten();
        let in_force =
            plans.filter_map(|id| self.citations.get(id)).filter(|(from, _)| covers(*from, None, day));
        in_force.max_by_key(|(from, _)| *from).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// Who acts for `unit` in `role` on `day`, for the audit log: the first of the files.
    pub fn acting(&self, unit: UnitId, role: &str, day: NaiveDate) -> Option<By> {
        let member = self
            .members
            .iter()
            .find(|m| m.unit == unit && m.role == role && covers(m.valid_from, m.valid_to, day))?;
        let unit_name = self.version_on(unit, day).map_or("", |v| v.name.as_str());
        Some(By {
            person_id: Some(member.person),
            membership_id: Some(member.id),
            name: member.full_name.clone(),
            title: format!("{}, {unit_name}", member.title),
        })
    }
}

/// Whether a span with inclusive ends, open where there is none, holds `day`.
pub fn covers(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|d| d <= day) && to.is_none_or(|d| day <= d)
}

/// The province part of a unit's code: `bg` of `bg.khcn`.
pub fn province_of(code: &str) -> &str {
    code.split('.').next().unwrap_or(code)
}

pub fn find<T: Copy>(map: &HashMap<String, T>, file: &str, what: &str, code: &str) -> Result<T, Error> {
    map.get(code).copied().ok_or_else(|| fault(file, format!("there is no {what} {code}")))
}
