//! Which indicator the quantity of an entry counts toward: offered from the forms asked of the unit today, proposed by what the task
//! counted toward before or by the unit of measure. Pure; stands between the forms of a unit and its log of work.

use super::entry_form::EntryFacts;
use crate::db::ids::IndicatorId;
use crate::error::Problems;
use crate::vietnamese::search_key;

/// What is said of a choice that is not on the list.
pub const NOT_OFFERED: &str = "Chọn chỉ tiêu trong danh sách, hoặc để trống.";

/// An indicator whose figures add up and which is asked of the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub id: IndicatorId,
    pub code: String,
    pub name: String,
    pub measure_unit: String,
}

impl Counted {
    /// Whether a quantity of this unit of measure is one of its figures.
    pub fn is_measured_in(&self, measure: &str) -> bool {
        search_key(measure) == search_key(&self.measure_unit)
    }
}

/// Those offered, apart: of this unit of measure, and the others. All are others where none is typed.
pub fn by_measure<'a>(offered: &'a [Counted], measure: &str) -> (Vec<&'a Counted>, Vec<&'a Counted>) {
    offered.iter().partition(|one| !measure.is_empty() && one.is_measured_in(measure))
}

/// What to choose beforehand, after the newest entry of the task: its indicator if it is still asked for, else the only one with its
/// unit of measure.
pub fn proposed(offered: &[Counted], last: Option<(Option<IndicatorId>, &str)>) -> Option<IndicatorId> {
    let (indicator, measure) = last?;
    if let Some(id) = indicator {
        return offered.iter().any(|one| one.id == id).then_some(id);
    }
    match by_measure(offered, measure).0.as_slice() {
        [only] => Some(only.id),
        _ => None,
    }
}

/// Holds the indicator of an entry against those offered: a unit of measure left blank is the indicator's, another one is a problem,
/// or says that the indicator the page had chosen is not meant.
/// Gives back the indicator's code; "" for none.
pub fn settle(facts: &mut EntryFacts, offered: &[Counted], problems: &mut Problems) -> String {
    let Some(id) = facts.indicator else { return String::new() };
    let Some(one) = offered.iter().find(|one| one.id == id) else {
        problems.add("indicator", NOT_OFFERED);
        return String::new();
    };
    if facts.measure_unit.is_empty() {
        facts.measure_unit.clone_from(&one.measure_unit);
    } else if !one.is_measured_in(&facts.measure_unit) {
        if facts.proposed {
            facts.indicator = None;
            return String::new();
        }
        problems.add(
            "indicator",
            format!(
                "Chỉ tiêu {} tính bằng “{}”, không phải “{}”. Sửa đơn vị tính hoặc chọn chỉ tiêu khác.",
                one.code, one.measure_unit, facts.measure_unit
            ),
        );
    }
    one.code.clone()
}
