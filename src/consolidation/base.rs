//! A period as it is counted when another is put beside it: its last approved edition as it was frozen, or, where there
//! is none, what was received. Stands between the database and every comparison.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::approve::read_content;
use super::catalogue::{Catalogue, Indicator};
use super::collected::collected;
use super::content::UnitLine;
use super::filings::{Depth, Filings};
use super::fold::{UnitRow, fold_units};
use super::qualified::word_of;
use super::queries;
use super::total::{FoldError, Total};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::{UnitRule, ValueType};
use crate::periods::Period;

/// Type, decimals and rule: figures that differ in one of them are not beside each other.
pub(super) type Counted = (ValueType, u8, UnitRule);

/// One period of one collector, or of the bodies that are one collector now.
pub(super) struct Base {
    /// Units of then with their figures, in protocol order; of several bodies that are one now, one body's after another's.
    pub(super) units: Vec<(UnitId, UnitLine)>,
    /// Number of the edition it is from; none where it is what was received.
    pub(super) edition: Option<i32>,
    /// Totals by code of indicator, where an edition froze them.
    frozen: Option<HashMap<String, Total>>,
    /// How each code was counted; none where two bodies that are one now counted it in two ways.
    counted: HashMap<String, Option<Counted>>,
    /// Units whose figures are of a table of before the system.
    pub(super) from_tables: usize,
    /// Codes whose frozen total is one unit's figure away from that of an earlier edition.
    telling: HashSet<String>,
    /// What the units say, by code, once it was asked for.
    rows: OnceCell<HashMap<SmolStr, Vec<UnitRow>>>,
}

impl Base {
    /// Loads a period of whoever collected it then ([`collected()`]): of several bodies that are one now, all
    /// their units, with totals folded anew. Two queries at most, and those of [`Base::of`] for each body.
    ///
    /// # Errors
    /// As [`Base::of`].
    pub(super) fn load(
        conn: &mut Conn,
        catalogue: &Catalogue,
        period: &Period,
        collector: UnitId,
    ) -> Result<Base, Error> {
        let mut whole: Option<Base> = None;
        for body in collected(conn, period.id, collector)? {
            let base = Base::of(conn, catalogue, period, body)?;
            whole = Some(match whole {
                Some(others) => others.joined(base),
                None => base,
            });
        }
        whole.map_or_else(|| Base::of(conn, catalogue, period, collector), Ok)
    }

    fn joined(mut self, other: Base) -> Base {
        self.units.extend(other.units);
        for (code, counted) in other.counted {
            self.counted
                .entry(code)
                .and_modify(|own| *own = own.filter(|own| Some(*own) == counted))
                .or_insert(counted);
        }
        self.telling.extend(other.telling);
        self.from_tables += other.from_tables;
        Base { edition: None, frozen: None, rows: OnceCell::new(), ..self }
    }

    /// Loads a period of this very collector. Three queries for an edition, about fifteen for what was received.
    ///
    /// # Errors
    /// The queries' own; [`Error::Internal`] for a frozen edition that cannot be read.
    pub(super) fn of(
        conn: &mut Conn,
        catalogue: &Catalogue,
        period: &Period,
        collector: UnitId,
    ) -> Result<Base, Error> {
        let editions = queries::editions_of(conn, period.id, collector)?;
        match editions.iter().find(|edition| edition.is_approved()) {
            Some(edition) => frozen(conn, edition),
            None => {
                let filings = Filings::to_depth(conn, period, collector, Depth::Figures)?;
                let asked = catalogue.asked(&filings.asked_indicators());
                let counted = asked.indicators.iter().map(|i| (i.code.clone(), Some(counted(i)))).collect();
                let units = filings.unit_lines(catalogue)?;
                let from_tables = filings.typed.values().filter(|typed| typed.from_table.is_some()).count();
                let (telling, rows) = (HashSet::new(), OnceCell::new());
                Ok(Base { units, edition: None, frozen: None, counted, from_tables, telling, rows })
            }
        }
    }

    /// Leaves out the totals of an edition: its units say something else now.
    pub(super) fn forget_totals(&mut self) {
        self.frozen = None;
        self.rows.take();
    }

    /// Whether the code meant the same then: its successor under the same code may be counted in another way.
    pub(super) fn same_measure(&self, indicator: &Indicator) -> bool {
        self.counted.get(&indicator.code).is_none_or(|then| *then == Some(counted(indicator)))
    }

    /// Whether the total of a code tells a single unit's figure to who has read an earlier edition.
    pub(super) fn tells_one(&self, code: &str) -> bool {
        self.telling.contains(code)
    }

    /// The total of then: as frozen, else folded from what was received.
    ///
    /// # Errors
    /// As [`fold_units`].
    pub(super) fn total(&self, code: &str, rule: UnitRule) -> Result<Total, FoldError> {
        if let Some(frozen) = &self.frozen {
            return Ok(frozen.get(code).copied().unwrap_or_default());
        }
        fold_units(code, rule, self.rows().get(code).into_iter().flatten())
    }

    /// Looked for once for all codes: a province has tens of thousands of figures.
    fn rows(&self) -> &HashMap<SmolStr, Vec<UnitRow>> {
        self.rows.get_or_init(|| {
            let mut rows: HashMap<SmolStr, Vec<UnitRow>> = HashMap::new();
            for figure in self.units.iter().flat_map(|(_, line)| &line.figures) {
                match rows.get_mut(&figure.indicator) {
                    Some(of_code) => of_code.push(figure.row()),
                    None => drop(rows.insert(figure.indicator.clone(), vec![figure.row()])),
                }
            }
            rows
        })
    }
}

impl Base {
    /// The word that stood before that total: "gần".
    pub(super) fn word(&self, indicator: &Indicator, total: &Total) -> &'static str {
        let figures = self.units.iter().flat_map(|(_, line)| &line.figures);
        word_of(indicator.value_type, &indicator.code, total, figures)
    }
}

fn counted(indicator: &Indicator) -> Counted {
    let decimals = if indicator.rule == UnitRule::Ratio { 0 } else { indicator.decimals };
    (indicator.value_type, decimals, indicator.rule)
}

fn frozen(conn: &mut Conn, edition: &queries::EditionRow) -> Result<Base, Error> {
    let content = read_content(conn, edition)?;
    let uids: Vec<&str> = content.units.iter().map(|unit| unit.uid.as_str()).collect();
    let ids = queries::by_uid(conn, &uids)?;
    let totals = content.lines().map(|(_, line)| (line.code.clone(), line.total)).collect();
    let counted =
        content.lines().map(|(_, l)| (l.code.clone(), Some((l.value_type, l.decimals, l.rule)))).collect();
    let telling = content.lines().filter(|(_, l)| l.telling.now).map(|(_, l)| l.code.clone()).collect();
    let behalf = content.sendings.iter().filter_map(|sending| sending.on_behalf.as_ref());
    let from_tables = behalf.filter(|typed| !typed.from_table.is_empty()).count();
    let units = content.units.into_iter().filter_map(|unit| Some((*ids.get(&unit.uid)?, unit))).collect();
    let edition = Some(edition.number);
    Ok(Base { units, edition, frozen: Some(totals), counted, from_tables, telling, rows: OnceCell::new() })
}
