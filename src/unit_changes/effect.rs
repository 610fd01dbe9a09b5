//! One row changed by a reorganisation. Stands between the plan, which is a list of these, and the two verbs that
//! carry them out and take them back; the journal keeps each as text.

use chrono::NaiveDate;

use super::facts::RouteRow;
use super::{Body, Named};
use crate::db::ids::{FormId, FunctionId, ObligationId, PeriodId, PersonId, RegimeId, ReportId, UnitId};
use crate::periods::Standing;

/// A column a reorganisation sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    UnitLastDay,
    VersionLastDay,
    HolderLastDay,
    RouteLastDay,
    MembershipLastDay,
    ObligationUnit,
    ObligationCollector,
    ObligationStanding,
    RegimeCollector,
    ReportObligation,
}

impl Field {
    pub const ALL: [Field; 10] = [
        Field::UnitLastDay,
        Field::VersionLastDay,
        Field::HolderLastDay,
        Field::RouteLastDay,
        Field::MembershipLastDay,
        Field::ObligationUnit,
        Field::ObligationCollector,
        Field::ObligationStanding,
        Field::RegimeCollector,
        Field::ReportObligation,
    ];

    /// The code after "set:" in the journal.
    pub fn code(self) -> &'static str {
        match self {
            Field::UnitLastDay => "unit_last_day",
            Field::VersionLastDay => "version_last_day",
            Field::HolderLastDay => "holder_last_day",
            Field::RouteLastDay => "route_last_day",
            Field::MembershipLastDay => "membership_last_day",
            Field::ObligationUnit => "obligation_unit",
            Field::ObligationCollector => "obligation_collector",
            Field::ObligationStanding => "obligation_standing",
            Field::RegimeCollector => "regime_collector",
            Field::ReportObligation => "report_obligation",
        }
    }

    pub fn from_code(code: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// What a column held, or holds from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Day(Option<NaiveDate>),
    Unit(Body),
    Obligation(ObligationId),
    Standing(Standing),
}

/// A row that did not exist before. Every one is valid from the first day of the new order unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewRow {
    /// The n-th unit the event founds.
    Unit(usize),
    Version {
        unit: Body,
        named: Named,
        parent: Option<Body>,
        valid_to: Option<NaiveDate>,
    },
    Holder {
        function: FunctionId,
        province: UnitId,
        unit: Body,
        valid_to: Option<NaiveDate>,
    },
    Route {
        regime: RegimeId,
        unit: Body,
        collector: Body,
        part: String,
        mode: String,
        valid_from: NaiveDate,
        valid_to: Option<NaiveDate>,
    },
    Membership {
        person: PersonId,
        unit: Body,
        role: String,
        title: String,
        valid_from: NaiveDate,
        valid_to: Option<NaiveDate>,
    },
    /// An obligation on the terms of another, with its blank report.
    Duty {
        like: ObligationId,
        unit: Body,
    },
    /// A blank report for an obligation whose own went elsewhere.
    BlankReport {
        obligation: ObligationId,
    },
    Audience {
        form: FormId,
        unit: Body,
    },
    /// How long before its own last day a lower collector wants its reports.
    LevelLead {
        regime: RegimeId,
        collector: Body,
        working_days: i32,
    },
    /// The due words of a lower level in one period.
    PeriodLevel {
        period: PeriodId,
        collector: Body,
        due_rule: String,
        stated_on: Option<NaiveDate>,
        stated_time: Option<String>,
    },
}

/// One step of a reorganisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    Set {
        field: Field,
        row: i64,
        before: Value,
        after: Value,
    },
    Add(NewRow),
    /// A report nobody has begun makes room for one that has a draft.
    DropBlankReport {
        report: ReportId,
        obligation: ObligationId,
        version: i32,
    },
    /// A route that would begin when one of its ends is gone.
    DropRoute(RouteRow),
}

impl Effect {
    /// The last day of a dated row.
    pub fn last_day(field: Field, row: i64, before: Option<NaiveDate>, after: NaiveDate) -> Effect {
        Effect::Set { field, row, before: Value::Day(before), after: Value::Day(Some(after)) }
    }

    /// The unit a row names.
    pub fn unit(field: Field, row: i64, before: UnitId, after: Body) -> Effect {
        Effect::Set { field, row, before: Value::Unit(Body::Known(before)), after: Value::Unit(after) }
    }
}
