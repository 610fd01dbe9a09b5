//! A list of units as it would be added, shown before anything is written; and the ready lists a province is offered.

use super::listing::{self, LineProblem, written};
use super::resolve::{NewUnit, Place, resolve};
use crate::error::Error;
use crate::standard::catalogue::{Kind, kinds};
use crate::standard::provinces::Naming;
use crate::standard::ready::{self, ReadyBody, ReadyList};

/// Units of one kind.
#[derive(Debug, Clone)]
pub struct KindCount {
    pub name: String,
    pub count: usize,
}

/// The whole list, read.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    pub units: Vec<NewUnit>,
    pub kinds: Vec<Kind>,
    pub problems: Vec<LineProblem>,
}

impl Preview {
    /// Reads a list for a place; units only where nothing is to be mended.
    ///
    /// # Errors
    /// What could not be read of the list of kinds.
    pub fn read(text: &str, place: &Place) -> Result<Preview, Error> {
        let kinds = kinds()?;
        let listing = listing::read(text, &kinds);
        let mut problems = listing.problems;
        let units = resolve(&listing.lines, place).unwrap_or_else(|more| {
            problems.extend(more);
            vec![]
        });
        problems.sort_by_key(|problem| problem.number);
        Ok(Preview { units, kinds, problems })
    }

    /// How many units of each kind, in protocol order.
    pub fn counts(&self) -> Vec<KindCount> {
        let count =
            |(kind, units): (&Kind, Vec<&NewUnit>)| KindCount { name: kind.name.clone(), count: units.len() };
        self.groups().into_iter().map(count).collect()
    }

    /// The units of each kind that has some, in protocol order.
    pub fn groups(&self) -> Vec<(&Kind, Vec<&NewUnit>)> {
        let of = |kind: &Kind| self.units.iter().filter(|unit| unit.kind_code == kind.code).collect();
        let groups = self.kinds.iter().map(|kind| (kind, of(kind)));
        groups.filter(|(_, units): &(&Kind, Vec<&NewUnit>)| !units.is_empty()).collect()
    }
}

/// Every body of the ready lists of a province, for names to be compared with.
///
/// # Errors
/// What could not be read of the files.
pub fn every_ready(province: &str, naming: &Naming) -> Result<Vec<ReadyBody>, Error> {
    let mut all = Vec::new();
    for list in ReadyList::ALL {
        all.extend(ready::list(list, province, naming)?);
    }
    Ok(all)
}

/// A list that can be ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub list: ReadyList,
    /// Bodies it brings to this province.
    pub count: usize,
    /// What has changed since the day of the list.
    pub since: Option<String>,
}

/// The lists that bring something to this province.
///
/// # Errors
/// What could not be read of the files.
pub fn offered(province: &str, naming: &Naming) -> Result<Vec<Offered>, Error> {
    let mut lists = Vec::new();
    for list in ReadyList::ALL {
        let since = match list {
            ReadyList::Communes => ready::changed_since(province)?,
            _ => None,
        };
        lists.push(Offered { list, count: ready::list(list, province, naming)?.len(), since });
    }
    lists.retain(|offered| offered.count > 0);
    Ok(lists)
}

/// The lines of ready lists, as the text box shows them.
///
/// # Errors
/// What could not be read of the files.
pub fn ready_lines(lists: &[ReadyList], province: &str, naming: &Naming) -> Result<Vec<String>, Error> {
    let kinds = kinds()?;
    let word = |code: &str| kinds.iter().find(|kind| kind.code == code).map_or("", |kind| kind.word.as_str());
    let mut lines = Vec::new();
    for list in lists {
        for body in ready::list(*list, province, naming)? {
            let aliases = body.aliases.join(", ");
            let cells =
                [&body.name, word(&body.kind), &body.short, &body.official_code, "", aliases.as_str()];
            lines.push(written(&cells));
        }
    }
    Ok(lines)
}
