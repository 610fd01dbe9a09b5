//! What is on record about the bodies of an event: plain rows, loaded in a fixed number of queries, so that the plan
//! over them is pure.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Body;
use crate::db::ids::{
    FormId, FunctionId, IndicatorId, MembershipId, ObligationId, PeriodId, PersonId, RegimeId, ReportId,
    UnitId,
};
use crate::periods::{Audience, FormFor, Standing};
use crate::reports::ReportState;

/// First and last day of a unit, both inclusive; none is open.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Life {
    pub id: UnitId,
    pub code: String,
    pub existed_from: Option<NaiveDate>,
    pub existed_to: Option<NaiveDate>,
}

impl Life {
    pub fn existed_on(&self, day: NaiveDate) -> bool {
        self.existed_from.is_none_or(|from| from <= day) && self.existed_to.is_none_or(|to| day <= to)
    }
}

/// A version of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct VersionRow {
    pub id: i64,
    pub unit_id: UnitId,
    pub name: String,
    pub short_name: String,
    pub kind_code: String,
    pub parent_id: Option<UnitId>,
    pub protocol_order: i32,
    pub official_code: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Who holds a function of a province.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct HolderRow {
    pub id: i64,
    pub function_id: FunctionId,
    pub province_id: UnitId,
    pub unit_id: UnitId,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Who reports to whom.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct RouteRow {
    pub id: i64,
    pub regime_id: RegimeId,
    pub unit_id: UnitId,
    pub collector_id: UnitId,
    pub part: String,
    pub mode: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Who is what in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct MemberRow {
    pub id: MembershipId,
    pub person_id: PersonId,
    pub full_name: String,
    pub unit_id: UnitId,
    pub role: String,
    pub title: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// An obligation with its period and the state of its report.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DutyRow {
    pub id: ObligationId,
    pub period_id: PeriodId,
    pub unit_id: UnitId,
    pub part: String,
    pub collector_id: UnitId,
    pub form_id: FormId,
    pub standing: String,
    pub version: i32,
    pub regime_id: RegimeId,
    pub regime: String,
    pub period: String,
    pub reference_on: NaiveDate,
    pub report_id: ReportId,
    pub state: String,
    pub first_sent_at: Option<NaiveDateTime>,
    pub report_version: i32,
    pub draft: Option<ReportId>,
    /// The last step in the history of its report.
    pub last_step: Option<i64>,
    /// Who types it in from the unit's paper, while that lasts.
    pub typed_by: Option<MembershipId>,
}

impl DutyRow {
    pub fn standing(&self) -> Standing {
        Standing::from_code(&self.standing).unwrap_or(Standing::Owed)
    }

    /// Owed, and nothing sent yet.
    pub fn is_open(&self) -> bool {
        self.standing() == Standing::Owed
            && self.first_sent_at.is_none()
            && !matches!(self.state.as_str(), "sent" | "received" | "amend")
    }

    pub fn has_draft(&self) -> bool {
        self.draft.is_some()
    }

    /// Nobody has begun it, ever: what was typed in and given up leaves its history on the report.
    pub fn is_blank(&self) -> bool {
        self.is_open()
            && !self.has_draft()
            && self.state == ReportState::NotBegun.code()
            && self.last_step.is_none()
    }
}

/// A figure that a form asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub indicator: IndicatorId,
    /// "F02 Người được đào tạo nghề".
    pub name: String,
    pub counts: bool,
}

/// Due words of a lower level in one period: period, collector, rule, day, hour.
pub type LevelRow = (PeriodId, UnitId, String, Option<NaiveDate>, Option<String>);

/// Everything on record that an event may touch.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub units: HashMap<UnitId, Life>,
    /// Of the bodies named, and of those that stand or stood directly below one that gives.
    pub versions: Vec<VersionRow>,
    pub functions: HashMap<FunctionId, String>,
    /// Of the bodies that give, and of every function they hold.
    pub holders: Vec<HolderRow>,
    /// With a body named on either end.
    pub routes: Vec<RouteRow>,
    pub members: Vec<MemberRow>,
    /// Owed by a body named, or to one that gives.
    pub duties: Vec<DutyRow>,
    /// Regimes collected by a body that gives.
    pub regimes: Vec<(RegimeId, UnitId)>,
    /// What lower collectors named want before their own last day, and their due words in single periods.
    pub level_leads: Vec<(RegimeId, UnitId, i32)>,
    pub period_levels: Vec<LevelRow>,
    /// Forms of the regimes of the routes, valid on the day.
    pub forms: HashMap<RegimeId, Vec<FormFor>>,
    /// What each form of the periods touched asks, in its order.
    pub asked: HashMap<FormId, Vec<Line>>,
    /// Who is asked what in the periods touched.
    pub asked_of: Vec<(PeriodId, UnitId, FormId)>,
    /// Editions of a period by a collector: whether one of them is approved.
    pub editions: HashMap<(PeriodId, UnitId), bool>,
    /// Units in the denominator of each period touched.
    pub owing: HashMap<PeriodId, i64>,
    /// Tasks given by name to a body that gives, and by a function it holds.
    pub tasks_named: HashMap<UnitId, i64>,
    pub tasks_of_function: HashMap<FunctionId, i64>,
    /// Names of the kinds of bodies.
    pub kinds: HashMap<String, String>,
}

/// Whether a span with inclusive ends holds `day`.
pub(super) fn covers(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|d| d <= day) && to.is_none_or(|d| day <= d)
}

impl Facts {
    /// The version of a unit on a day; the last before it where the unit had ended, the first where it had not begun.
    pub fn version(&self, unit: UnitId, day: NaiveDate) -> Option<&VersionRow> {
        let of = || self.versions.iter().filter(|version| version.unit_id == unit);
        let begun = of().filter(|v| v.valid_from.is_none_or(|from| from <= day)).max_by_key(|v| v.valid_from);
        begun.or_else(|| of().min_by_key(|v| v.valid_from))
    }

    /// What a body is called on a day; "" where nothing is recorded.
    pub fn name(&self, unit: UnitId, day: NaiveDate) -> &str {
        self.version(unit, day).map_or("", |version| &version.name)
    }

    pub fn function(&self, id: FunctionId) -> &str {
        self.functions.get(&id).map_or("", String::as_str)
    }

    /// Who holds a function of the body on a day.
    pub(super) fn held(&self, unit: UnitId, day: NaiveDate) -> impl Iterator<Item = &HolderRow> {
        let held = move |row: &&HolderRow| row.unit_id == unit && covers(row.valid_from, row.valid_to, day);
        self.holders.iter().filter(held)
    }

    /// The obligation of a body for a period, on either part.
    pub(super) fn duty_of(&self, unit: Body, period: PeriodId, part: &str) -> Option<&DutyRow> {
        let unit = unit.known()?;
        self.duties.iter().find(|d| d.unit_id == unit && d.period_id == period && d.part == part)
    }

    /// Whether an edition of the period by the obligation's collector is approved.
    pub(super) fn is_closed(&self, duty: &DutyRow) -> bool {
        self.editions.get(&(duty.period_id, duty.collector_id)).copied().unwrap_or_default()
    }

    /// The form of a regime made for a kind of unit or one unit.
    pub(super) fn form(&self, regime: RegimeId, unit: Option<UnitId>, kind: &str) -> Option<FormId> {
        let forms = self.forms.get(&regime)?;
        match unit {
            Some(unit) => crate::periods::form_for(forms, unit, kind),
            None => forms
                .iter()
                .filter(|form| form.audiences.iter().any(|a| matches!(a, Audience::Kind(k) if k == kind)))
                .max_by_key(|form| (form.version, form.id))
                .map(|form| form.id),
        }
    }
}
