//! Codes and lines of lists as people type them: whatever it is, what is read obeys the schema's own rules.

use proptest::prelude::*;
use tonghop::indicators::facts::{next_code, read_code};
use tonghop::indicators::form::Against;
use tonghop::indicators::listing::{MOST_LINES, read};
use tonghop::indicators::{Group, LevelRule, UnitRule, ValueType};

fn groups() -> Vec<Group> {
    ["A", "D"]
        .map(|code| Group {
            code: code.into(), name: format!("Nhóm {code}"), position: 1, classified: false
        })
        .to_vec()
}

#[test]
fn codes_are_read_as_people_write_them() {
    for (typed, code) in [("01", "DP.01"), ("dp.01", "DP.01"), ("DP.TN.2", "DP.TN.2"), ("x1", "DP.X1")] {
        assert_eq!(read_code(typed).as_deref(), Ok(code));
    }
    for typed in ["", "DP.", ".1", "1.", "a..b", "đường", "A B", "1234567890123"] {
        assert!(read_code(typed).is_err(), "{typed}");
    }
    assert_eq!(next_code([].into_iter()), "DP.01");
    assert_eq!(next_code(["DP.02", "B99", "DP.X", "DP.9", "DP.4.5"].into_iter()), "DP.10");
}

#[test]
fn a_list_that_is_too_long_says_so_in_its_last_line() {
    let text = "Việc | buổi | số nguyên | D\n".repeat(MOST_LINES + 7);
    let (groups, codes) = (groups(), vec![]);
    let against = Against { groups: &groups, catalogue: &[], codes: &codes, itself: None, keeps_code: false };
    let rows = read(&text, &against);
    assert_eq!(rows.len(), MOST_LINES + 1);
    assert!(rows.last().is_some_and(|row| row.outcome.as_ref().is_err_and(|m| m.contains("nhiều nhất"))));
}

proptest! {
    #[test]
    fn a_code_read_reads_back_as_itself_and_is_never_one_issued_to_all(typed in "\\PC{0,20}") {
        if let Ok(code) = read_code(&typed) {
            prop_assert!(code.starts_with("DP.") && code.len() > 3);
            let again = read_code(&code);
            prop_assert_eq!(again.as_deref(), Ok(code.as_str()));
        }
    }

    #[test]
    fn the_next_code_is_free(taken in prop::collection::vec("(DP\\.)?[0-9A-Z.]{1,6}", 0..20)) {
        let next = next_code(taken.iter().map(String::as_str));
        prop_assert!(!taken.contains(&next));
    }

    /// By hand, the rules of migration 0005 and what a type allows.
    #[test]
    fn whatever_a_line_says_its_facts_obey_the_schema(
        name in "[a-z]{1,8}",
        kind in prop::sample::select(vec!["", "số nguyên", "số thập phân 3", "tiền", "tỷ đồng", "có/không", "tỷ lệ", "?"]),
        units in prop::sample::select(vec!["", "cộng", "chủ trì", "lớn nhất", "trung bình"]),
        periods in prop::sample::select(vec!["", "cộng", "cuối kỳ", "lũy kế", "lớn nhất", "?"]),
    ) {
        let (groups, codes) = (groups(), vec!["DP.07".to_owned()]);
        let against = Against { groups: &groups, catalogue: &[], codes: &codes, itself: None, keeps_code: false };
        let rows = read(&format!("{name} | buổi | {kind} | D | {units} | {periods}"), &against);
        prop_assert_eq!(rows.len(), 1);
        if let Ok(facts) = &rows[0].outcome {
            prop_assert_eq!(&facts.code, "DP.08");
            prop_assert!(facts.scale <= 6 && facts.display_exponent <= 12 && !facts.measure_unit.is_empty());
            prop_assert_ne!(facts.value_type, ValueType::Ratio, "its parts are not there");
            let level = match facts.unit_rule {
                UnitRule::Max => LevelRule::Max,
                UnitRule::Ratio => LevelRule::Ratio,
                UnitRule::Sum | UnitRule::Owner | UnitRule::CountTrue => LevelRule::Sum,
            };
            prop_assert_eq!(facts.unit_rule.level_rule(), level);
            prop_assert_eq!(facts.value_type == ValueType::Bool, facts.unit_rule == UnitRule::CountTrue);
            prop_assert!(units != "trung bình" || facts.value_type == ValueType::Bool);
        }
    }
}
