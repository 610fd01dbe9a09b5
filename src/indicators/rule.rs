//! The three rules every indicator carries: how its figures fold over periods within one unit, over units
//! within one collector, and over levels. Product rule 3: a figure reaches a total by one road only, and a
//! ratio is never added or averaged.

use super::text_code::text_codes;

/// What kind of number an indicator asks for. All are stored as `i64` scaled by the indicator's decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueType {
    /// A count: decimals 0.
    Int,
    /// A measured quantity, with 1 to 6 decimals.
    Decimal,
    /// Money in đồng (decimals 0), usually shown in triệu đồng (display exponent 6).
    Money,
    /// Yes (1) or no (0).
    Bool,
    /// The quotient of two other indicators; nobody types it.
    Ratio,
}

text_codes!(
    ValueType,
    "value type",
    Int = "int",
    Decimal = "decimal",
    Money = "money",
    Bool = "bool",
    Ratio = "ratio",
);

/// How the figures of the units of one collector become its total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitRule {
    /// Add them.
    Sum,
    /// Exactly one unit owns the figure; its figure is the total.
    Owner,
    /// Take the largest.
    Max,
    /// Count the units that said yes.
    CountTrue,
    /// Sum of the numerators over sum of the denominators, over units that have both.
    Ratio,
}

text_codes!(
    UnitRule,
    "unit rule",
    Sum = "sum",
    Owner = "owner",
    Max = "max",
    CountTrue = "count_true",
    Ratio = "ratio",
);

impl UnitRule {
    /// The rule between levels that follows from the rule among units: the owners' figures and the counts
    /// of several collectors add up.
    pub fn level_rule(self) -> LevelRule {
        match self {
            UnitRule::Sum | UnitRule::Owner | UnitRule::CountTrue => LevelRule::Sum,
            UnitRule::Max => LevelRule::Max,
            UnitRule::Ratio => LevelRule::Ratio,
        }
    }
}

/// How the totals of several collectors become the total of the level above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LevelRule {
    /// Add them.
    Sum,
    /// Take the largest.
    Max,
    /// Add the numerators and the denominators apart, then divide.
    Ratio,
}

text_codes!(LevelRule, "level rule", Sum = "sum", Max = "max", Ratio = "ratio");

/// How the figures of one unit over several periods become one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodRule {
    /// What happened in each period adds up.
    Flow,
    /// A state at the end of the period: the last period's, and nothing where that one was not reported.
    Stock,
    /// Counted from the start of the year: the last figure of each year, added across years.
    YearToDate,
    /// The largest.
    Max,
    /// Recomputed from its parts, each folded by its own rule.
    Ratio,
}

text_codes!(
    PeriodRule,
    "period rule",
    Flow = "flow",
    Stock = "stock",
    YearToDate = "year_to_date",
    Max = "max",
    Ratio = "ratio",
);
