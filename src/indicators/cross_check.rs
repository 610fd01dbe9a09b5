//! Figures that are possible and rarely right. Pairs of indicators of which one cannot well be larger than the other: what was
//! spent, and what was allotted. They are declared by their codes in fixtures/catalogue/cross_checks.csv. And a large fall. What
//! contradicts one is pointed out and never refused.

const DECLARED: &str = include_str!("../../fixtures/catalogue/cross_checks.csv");

/// The figure of `part` comes out of that of `whole`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossCheck {
    pub part: &'static str,
    pub whole: &'static str,
}

/// Every declared pair, in the order of the file.
pub fn cross_checks() -> impl Iterator<Item = CrossCheck> {
    let pair = |line: &'static str| line.split_once(',').map(|(part, whole)| CrossCheck { part, whole });
    DECLARED.lines().skip(1).map(str::trim).filter_map(pair)
}

/// Whether a figure is more than a quarter below the one of before.
pub fn falls_far(now: i64, before: i64) -> bool {
    before > 0 && i128::from(now) * 4 < i128::from(before) * 3
}
