//! Through which eyes the past of reorganised bodies is read: as each body reported, or as the bodies stand today. Pure but
//! for one query; it stands between the lines of reorganisations and every table that has a row for a unit.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_change_lines, unit_changes, units};

/// Two ways to read the past of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lens {
    /// Every body under the name it reported with.
    Reported,
    /// What a body did before it passed whole into another is that other's. A body that was divided is shown whole, as
    /// one group with those that took it over, never apportioned.
    Today,
}

impl Lens {
    /// Both, as the switch shows them.
    pub const ALL: [Lens; 2] = [Lens::Reported, Lens::Today];

    /// The code in addresses, under `lens` on every page.
    pub fn code(self) -> &'static str {
        match self {
            Lens::Reported => "reported",
            Lens::Today => "today",
        }
    }

    /// The lens of a code.
    pub fn from_code(code: &str) -> Option<Lens> {
        Lens::ALL.into_iter().find(|lens| lens.code() == code)
    }

    /// As every page calls it.
    pub fn words(self) -> &'static str {
        match self {
            Lens::Reported => "Như khi báo cáo",
            Lens::Today => "Theo tổ chức hiện nay",
        }
    }
}

/// Where the past of a body stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// With itself: it lives on, or nobody took it over.
    Itself,
    /// With the one body into which it passed whole.
    In(UnitId),
    /// With several together: it was divided.
    Among(BTreeSet<UnitId>),
}

/// What is read through the lens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Obligations: they pass with the whole body, whoever took one function of it.
    Duties,
    /// Figures: what was done under a function that went elsewhere is in them and cannot be told apart.
    Figures,
}

/// Who took over whom, from the first to the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure(HashMap<UnitId, BTreeSet<UnitId>>);

impl Structure {
    /// From the passages of bodies that have ended, or that were divided and live on: those pass to themselves too.
    pub fn of(passages: &[(UnitId, UnitId)]) -> Structure {
        let mut takers: HashMap<UnitId, BTreeSet<UnitId>> = HashMap::new();
        for (from, to) in passages {
            takers.entry(*from).or_default().insert(*to);
        }
        Structure(takers)
    }

    /// The structure on a day: what was reorganised by then. One query.
    ///
    /// # Errors
    /// The query's own.
    pub fn load(conn: &mut Conn, day: NaiveDate, of: Of) -> QueryResult<Structure> {
        type Line = (Option<UnitId>, Option<UnitId>, Option<i64>, Option<NaiveDate>);
        let rows: Vec<Line> = unit_change_lines::table
            .inner_join(unit_changes::table)
            .inner_join(units::table.on(units::id.nullable().eq(unit_change_lines::from_unit_id)))
            .filter(unit_changes::kind.eq_any(["rename", "merge", "split", "abolish"]))
            .filter(unit_changes::effective_on.le(day))
            .order(unit_change_lines::id)
            .select((
                unit_change_lines::from_unit_id,
                unit_change_lines::to_unit_id,
                unit_change_lines::function_id,
                units::existed_to,
            ))
            .load(conn)?;
        // Who was renamed and ended later passed on like any other.
        let lives = |last: &Option<NaiveDate>| last.is_none_or(|last| day <= last);
        let stays: BTreeSet<UnitId> = rows
            .iter()
            .filter(|(from, to, _, last)| from == to && lives(last))
            .filter_map(|(from, ..)| *from)
            .collect();
        let passed = |(from, to, function, last): &Line| {
            let gone = last.is_some_and(|last| last < day) || from.is_some_and(|from| stays.contains(&from));
            let to_itself = from == to && !from.is_some_and(|from| stays.contains(&from));
            gone && !to_itself && (function.is_none() || of == Of::Figures)
        };
        let passages: Vec<(UnitId, UnitId)> =
            rows.into_iter().filter(passed).filter_map(|(from, to, ..)| Some((from?, to?))).collect();
        Ok(Structure::of(&passages))
    }

    /// Where a body's past stands. Cycles in the facts are walked once.
    pub fn stands(&self, unit: UnitId) -> Stands {
        let stays = |at: UnitId| self.0.get(&at).is_none_or(|takers| takers.contains(&at));
        let (mut seen, mut waiting) = (BTreeSet::from([unit]), vec![unit]);
        let mut last = BTreeSet::new();
        while let Some(at) = waiting.pop() {
            if stays(at) {
                last.insert(at);
            }
            let takers = self.0.get(&at).into_iter().flatten().copied();
            waiting.extend(takers.filter(|taker| seen.insert(*taker)));
        }
        last.remove(&unit);
        match (last.first(), last.len()) {
            (None, _) => Stands::Itself,
            (Some(only), 1) if !stays(unit) => Stands::In(*only),
            _ => Stands::Among(last),
        }
    }

    /// The bodies on whose rows the past of some units stands, and those that took over a divided one.
    pub fn heirs(&self, of: impl IntoIterator<Item = UnitId>) -> BTreeSet<UnitId> {
        let mut all = BTreeSet::new();
        for unit in of {
            all.insert(unit);
            match self.stands(unit) {
                Stands::Itself => {}
                Stands::In(heir) => {
                    all.insert(heir);
                }
                Stands::Among(heirs) => all.extend(heirs),
            }
        }
        all
    }
}
