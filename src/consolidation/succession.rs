//! Which unit of today a unit of the earlier period became. Stands between the reorganisations on record and
//! the column "cùng kỳ" of a unit: a figure is carried over only where a body passed whole into one body. A
//! split is never apportioned, and what was pieced together from parts is compared with nothing.

use std::collections::{HashMap, HashSet};

use crate::db::ids::UnitId;

/// One line of a reorganisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Who gave; none for a body founded anew.
    pub from: Option<UnitId>,
    /// Who took; none for a body abolished without successor.
    pub to: Option<UnitId>,
    /// The whole body, not one function of it.
    pub whole: bool,
}

/// A body and every body that passed whole into it, on any day, however many reorganisations lie between: `changes` in
/// the order of their dates. A body that was divided passed whole into nobody.
pub fn behind(unit: UnitId, changes: &[Vec<Handover>]) -> HashSet<UnitId> {
    let mut bodies = HashSet::from([unit]);
    for lines in changes.iter().rev() {
        let whole = || lines.iter().filter(|line| line.whole);
        for from in whole().filter_map(|line| line.from) {
            let takers: HashSet<UnitId> =
                whole().filter(|line| line.from == Some(from)).filter_map(|line| line.to).collect();
            if takers.len() == 1 && takers.is_subset(&bodies) {
                bodies.insert(from);
            }
        }
    }
    bodies
}

/// What became of the units over some reorganisations.
#[derive(Clone, Debug, Default)]
pub struct Succession {
    /// Units that changed hands: where they went, or nowhere.
    became: HashMap<UnitId, Option<UnitId>>,
    /// Units that took over part of a body that was divided.
    pieced: HashSet<UnitId>,
}

impl Succession {
    /// Follows the reorganisations in the order of their dates.
    ///
    /// A body that only handed over a function stays what it was; so does the one that took it.
    pub fn over<'a>(changes: impl IntoIterator<Item = &'a [Handover]>) -> Succession {
        let mut all = Succession::default();
        for lines in changes {
            all.apply(lines);
        }
        all
    }

    fn apply(&mut self, lines: &[Handover]) {
        let mut given: Vec<UnitId> =
            lines.iter().filter(|line| line.whole).filter_map(|line| line.from).collect();
        given.sort_unstable();
        given.dedup();
        let mut moves: HashMap<UnitId, Option<UnitId>> = HashMap::new();
        for from in given {
            let mut takers: Vec<UnitId> =
                lines.iter().filter(|line| line.from == Some(from)).filter_map(|line| line.to).collect();
            takers.sort_unstable();
            takers.dedup();
            if let [only] = takers[..] {
                moves.insert(from, Some(only));
            } else {
                moves.insert(from, None);
                let whole = lines.iter().filter(|line| line.whole && line.from == Some(from));
                self.pieced.extend(whole.filter_map(|line| line.to));
            }
        }
        for place in self.became.values_mut() {
            if let Some(moved) = place.and_then(|unit| moves.get(&unit)) {
                *place = *moved;
            }
        }
        for (&from, &to) in &moves {
            self.became.entry(from).or_insert(to);
            if let (true, Some(to)) = (self.pieced.contains(&from), to) {
                self.pieced.insert(to);
            }
        }
    }

    /// The unit whose figures of today stand beside those of `unit` then; none where nothing can.
    pub fn today(&self, unit: UnitId) -> Option<UnitId> {
        let today = match self.became.get(&unit) {
            Some(became) => (*became)?,
            None => unit,
        };
        (!self.pieced.contains(&today)).then_some(today)
    }
}
