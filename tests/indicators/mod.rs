//! The codes of rules and figures are stored in databases and frozen editions: a change here breaks what
//! was written years ago, so the whole list stands here by hand.

mod own;
mod pages;
mod reading;

use tonghop::indicators::{FigureState, LevelRule, PeriodRule, UnitRule, ValueType};

#[test]
fn codes_are_the_stored_ones_and_read_back() {
    let value_types: Vec<_> = ValueType::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(value_types, ["int", "decimal", "money", "bool", "ratio"]);
    let unit_rules: Vec<_> = UnitRule::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(unit_rules, ["sum", "owner", "max", "count_true", "ratio"]);
    let level_rules: Vec<_> = LevelRule::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(level_rules, ["sum", "max", "ratio"]);
    let period_rules: Vec<_> = PeriodRule::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(period_rules, ["flow", "stock", "year_to_date", "max", "ratio"]);

    for rule in UnitRule::ALL {
        assert_eq!(rule.as_str().parse(), Ok(*rule));
        let json = serde_json::to_string(rule).unwrap();
        assert_eq!(json, format!("{:?}", rule.as_str()));
        assert_eq!(serde_json::from_str::<UnitRule>(&json).unwrap(), *rule);
    }
    for rule in PeriodRule::ALL {
        assert_eq!(rule.to_string().parse(), Ok(*rule));
    }
    let error = "average".parse::<UnitRule>().unwrap_err();
    assert_eq!(error.to_string(), "unknown unit rule: \"average\"");
    assert!(serde_json::from_str::<PeriodRule>("\"average\"").is_err());
}

#[test]
fn owner_and_count_become_sums_between_levels() {
    let between_levels: Vec<_> = UnitRule::ALL.iter().map(|rule| rule.level_rule()).collect();
    assert_eq!(
        between_levels,
        [LevelRule::Sum, LevelRule::Sum, LevelRule::Max, LevelRule::Sum, LevelRule::Ratio]
    );
}

#[test]
fn a_stored_figure_must_agree_with_itself() {
    assert_eq!(FigureState::from_parts("value", Some(0)), Ok(FigureState::Value(0)));
    assert_eq!(FigureState::from_parts("not_applicable", None), Ok(FigureState::NotApplicable));
    assert!(FigureState::from_parts("value", None).is_err());
    assert!(FigureState::from_parts("not_applicable", Some(3)).is_err());
    assert!(FigureState::from_parts("blank", None).is_err());
}
