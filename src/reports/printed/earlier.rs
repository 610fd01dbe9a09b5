//! The figures a paper is compared with, as they are kept beside it: those of the same period of last year, and what divided bodies
//! had then. Stands between what is on record now and a paper that was sent.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::super::{Aside, Past, PastPeriod};
use crate::db::ids::{IndicatorId, PeriodId, UnitId};
use crate::vietnamese::Level;

/// What stands beside the figures of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Earlier {
    same: Option<Same>,
    asides: Vec<Divided>,
}

/// The same period of last year, as the unit would have reported it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Same {
    label: String,
    figures: BTreeMap<i64, Said>,
    /// The bodies before the unit whose figures are in it.
    bodies: Vec<String>,
    /// The unit's own are in it too.
    own: bool,
}

/// What a body said that passed into several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Divided {
    name: String,
    label: String,
    parts: usize,
    figures: BTreeMap<i64, Said>,
}

/// A figure with the code of the word beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    value: i64,
    level: String,
}

impl Said {
    fn of(value: i64, level: Level) -> Said {
        Said { value, level: level.code().to_owned() }
    }

    fn level(&self) -> Level {
        Level::from_code(&self.level).unwrap_or_default()
    }
}

impl Earlier {
    /// Of what is on record; `bodies` are the names of those before the unit that the same period's figures come from.
    pub fn of(past: &Past, unit: UnitId, bodies: Vec<String>) -> Earlier {
        let same = past.same.as_ref().map(|same| {
            let said = |(id, value): (&IndicatorId, &i64)| {
                (id.0, Said::of(*value, same.levels.get(id).copied().unwrap_or_default()))
            };
            Same {
                label: same.label.clone(),
                figures: same.figures.iter().map(said).collect(),
                own: same.units.contains(&unit),
                bodies,
            }
        });
        let divided = |aside: &Aside| Divided {
            name: aside.name.clone(),
            label: aside.label.clone(),
            parts: aside.parts,
            figures: aside
                .figures
                .iter()
                .map(|(id, (value, level))| (id.0, Said::of(*value, *level)))
                .collect(),
        };
        Earlier { same, asides: past.asides.iter().filter(|aside| aside.same).map(divided).collect() }
    }

    /// As the annex of figures reads it.
    pub(super) fn past(&self) -> Past {
        let same = self.same.as_ref().map(|same| {
            let said = same.figures.iter().filter(|(_, said)| said.level() != Level::default());
            PastPeriod {
                id: PeriodId(0),
                label: same.label.clone(),
                units: vec![],
                figures: same.figures.iter().map(|(id, said)| (IndicatorId(*id), said.value)).collect(),
                levels: said.map(|(id, said)| (IndicatorId(*id), said.level())).collect(),
                sections: HashMap::new(),
            }
        });
        let aside = |divided: &Divided| Aside {
            unit: UnitId(0),
            name: divided.name.clone(),
            label: divided.label.clone(),
            same: true,
            parts: divided.parts,
            figures: divided
                .figures
                .iter()
                .map(|(id, said)| (IndicatorId(*id), (said.value, said.level())))
                .collect(),
        };
        Past { same, asides: self.asides.iter().map(aside).collect(), ..Past::default() }
    }

    /// Whose figures stand in the column of last year beside the unit's own, or in their place; none where it is the unit's alone.
    pub(super) fn whose(&self, year: i32) -> Option<String> {
        let same = self.same.as_ref().filter(|same| !same.bodies.is_empty())?;
        let verb = if same.own { "bao gồm cả số liệu" } else { "là số liệu" };
        Some(format!("Số liệu cùng kỳ năm {} {verb} của {}.", year - 1, same.bodies.join(", ")))
    }
}
