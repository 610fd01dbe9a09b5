//! Whose name is written in a list: the names of a province's bodies on a day, found by what people write instead of them.
//! Pure. Stands between a cell such as "UBND H. Lục Nam" and the unit that is meant; what fits two is never decided here.

mod spelling;

use std::collections::HashMap;

pub use spelling::spelled;
use spelling::{bare, core, of_its_department, without_notes};

use chrono::NaiveDate;

use super::history::UnitHistory;
use crate::db::ids::UnitId;

/// A body with everything it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: UnitId,
    /// Its name and its short name of the day.
    pub names: Vec<String>,
    /// What else it is known as.
    pub aliases: Vec<String>,
    /// What it was called before, or after.
    pub others: Vec<String>,
}

impl Named {
    /// A body by what it was called on a day.
    pub fn of(unit: &UnitHistory, day: NaiveDate) -> Named {
        let then = unit.on(day);
        let others = unit.versions().filter(|version| version.name != then.name);
        Named {
            id: unit.id,
            names: vec![then.name.clone(), then.short_name.clone()],
            aliases: unit.aliases.clone(),
            others: others.flat_map(|version| [version.name.clone(), version.short_name.clone()]).collect(),
        }
    }
}

/// Who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    One(UnitId),
    /// Bodies it is like: of several with one name, or of another level. A person says which.
    Like(Vec<UnitId>),
    Nobody,
}

/// By key: how good a name it is (0 of the day, 1 alias, 2 of another time), and whose.
type Keys = HashMap<String, Vec<(u8, UnitId)>>;

/// The names of a province on a day.
#[derive(Debug, Clone, Default)]
pub struct Names {
    spelled: Keys,
    core: Keys,
    bare: Keys,
    /// The province's own name, folded: "bac giang".
    province: String,
}

impl Names {
    /// `province` is its name without the level: "Bắc Giang".
    pub fn new(units: &[Named], province: &str) -> Names {
        let mut names = Names { province: spelled(province), ..Names::default() };
        for unit in units {
            let all = [&unit.names, &unit.aliases, &unit.others];
            for (rank, name) in (0_u8..).zip(all).flat_map(|(rank, list)| list.iter().map(move |n| (rank, n)))
            {
                names.add(unit.id, rank, name);
            }
        }
        names
    }

    fn add(&mut self, unit: UnitId, rank: u8, name: &str) {
        let whole = spelled(name);
        let kernel = core(&whole, &self.province);
        if let Some((_, bare)) = bare(&kernel) {
            insert(&mut self.bare, bare.to_owned(), rank, unit);
        }
        insert(&mut self.core, kernel, rank, unit);
        insert(&mut self.spelled, whole, rank, unit);
    }

    /// Who is meant by what is written.
    pub fn find(&self, written: &str) -> Found {
        let mut like = Vec::new();
        // A note in brackets may be part of the name.
        for written in [written.to_owned(), without_notes(written)] {
            let whole = spelled(&written);
            let kernel = core(&whole, &self.province);
            for (keys, key) in [(&self.spelled, &whole), (&self.core, &kernel)] {
                match best(keys, key).as_slice() {
                    [] => {}
                    [one] => return Found::One(*one),
                    several => return Found::Like(several.to_vec()),
                }
            }
            match bare(&kernel) {
                // "TX. Việt Yên" where there is a huyện of that name: perhaps.
                Some((_, name)) => {
                    like.extend(best(&self.bare, name).into_iter().chain(best(&self.core, name)))
                }
                None => match best(&self.bare, &kernel).as_slice() {
                    [] => {}
                    [one] => return Found::One(*one),
                    several => like.extend(several),
                },
            }
        }
        // A department's own plan speaks of its divisions so; a whole name, or none.
        if let Some(name) = of_its_department(written).filter(|_| like.is_empty()) {
            match best(&self.spelled, &spelled(&name)).as_slice() {
                [one] => return Found::One(*one),
                several => like.extend(several),
            }
        }
        like.sort_unstable();
        like.dedup();
        if like.is_empty() { Found::Nobody } else { Found::Like(like) }
    }
}

fn insert(keys: &mut Keys, key: String, rank: u8, unit: UnitId) {
    if !key.is_empty() {
        keys.entry(key).or_default().push((rank, unit));
    }
}

/// The bodies with the best name of a key, each once.
fn best(keys: &Keys, key: &str) -> Vec<UnitId> {
    let Some(found) = keys.get(key) else { return Vec::new() };
    let rank = found.iter().map(|(rank, _)| *rank).min().unwrap_or_default();
    let mut units: Vec<UnitId> = found.iter().filter(|(at, _)| *at == rank).map(|(_, unit)| *unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}
