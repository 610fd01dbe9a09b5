//! One period beside another: the same one last year, the one before, or the year to date beside last year's. Only units
//! with figures in both enter a difference, with their number; bodies are taken as they reported then, or as they stand
//! today. Each side is the last approved edition of its period, else what was received.

use std::collections::HashMap;

use super::base::Base;
use super::catalogue::{Catalogue, Indicator};
use super::compare::{Pair, compare};
use super::content::{FigureStatus, IndicatorLine, RatioParts, Reading, UnitFigure, UnitLine};
use super::cumulative::YearSoFar;
use super::fold::{UnitRow, fold_units};
use super::fraction::PartDecimals;
use super::guard;
use super::past::Carried;
use super::queries;
use super::succession::Succession;
use super::total::{FoldError, Total};
use crate::calendar::{Cycle, preceding, same_period_last_year};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::Period;
use crate::units::lens::Lens;

/// What a period is put beside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// So với cùng kỳ năm trước.
    #[default]
    SamePeriod,
    /// So với kỳ trước.
    Previous,
    /// Lũy kế từ đầu năm so với lũy kế cùng kỳ.
    YearToDate,
}

impl Beside {
    pub const ALL: [Beside; 3] = [Beside::SamePeriod, Beside::Previous, Beside::YearToDate];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Beside::SamePeriod => "same",
            Beside::Previous => "previous",
            Beside::YearToDate => "year",
        }
    }

    /// The choice of a code.
    pub fn from_code(code: &str) -> Option<Beside> {
        Beside::ALL.into_iter().find(|beside| beside.code() == code)
    }

    /// As pages call it.
    pub fn words(self) -> &'static str {
        match self {
            Beside::SamePeriod => "Cùng kỳ năm trước",
            Beside::Previous => "Kỳ trước",
            Beside::YearToDate => "Lũy kế từ đầu năm",
        }
    }
}

/// One indicator in both periods: over all units, by kind of unit and unit by unit. The line's "same period" is whatever
/// the period is put beside.
#[derive(Clone, Debug)]
pub struct Compared {
    pub group: String,
    pub line: IndicatorLine,
    /// Heading of the kind, and its units.
    pub kinds: Vec<(String, IndicatorLine)>,
    pub units: Vec<(String, IndicatorLine)>,
}

/// Where the figures of one side are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The period in words.
    pub label: String,
    /// Number of its edition; none where it is what was received.
    pub edition: Option<i32>,
}

/// Both sides.
#[derive(Clone, Debug)]
pub struct SideBySide {
    pub now: Side,
    /// None where there is nothing to put it beside.
    pub then: Option<Side>,
    /// Code, name and whether single units are hidden, of every group that has an indicator.
    pub groups: Vec<(String, String, bool)>,
    pub indicators: Vec<Compared>,
}

impl SideBySide {
    /// The same for whoever is not the collector: of classified groups totals only, and none that gives a single unit's
    /// figure away ([`guard`]). A year so far is over units that gave every period: beside the totals of the periods it
    /// would tell the others.
    pub(super) fn guarded(mut self, beside: Beside) -> SideBySide {
        let closed: Vec<&str> =
            self.groups.iter().filter(|(.., hidden)| *hidden).map(|(code, ..)| code.as_str()).collect();
        let counts: guard::Counts =
            self.indicators.iter().map(|indicator| guard::counted(&indicator.line)).collect();
        for indicator in self.indicators.iter_mut().filter(|one| closed.contains(&one.group.as_str())) {
            (indicator.kinds, indicator.units) = (vec![], vec![]);
            match beside {
                Beside::YearToDate => guard::close(&mut indicator.line, guard::OVER_THE_YEAR),
                Beside::SamePeriod | Beside::Previous => guard::guard(&mut indicator.line, &counts),
            }
        }
        self
    }
}

/// Puts a period of a collector beside another. About fifty queries at most, whatever the number of units.
///
/// # Errors
/// As [`Base::load`]; [`Error::Refused`] for a total that does not fit.
pub(super) fn side_by_side(
    conn: &mut Conn,
    period: &Period,
    collector: UnitId,
    beside: Beside,
    lens: Lens,
) -> Result<SideBySide, Error> {
    let (groups, rows) = queries::catalogue(conn)?;
    let catalogue = Catalogue::read(groups, rows)?;
    let now = load(conn, &catalogue, period, collector, beside)?;
    let cycle = Cycle::from_code(&period.cycle);
    let before = cycle.and_then(|cycle| match beside {
        Beside::SamePeriod | Beside::YearToDate => same_period_last_year(cycle, period.year),
        Beside::Previous => preceding(cycle, period.year),
    });
    let past = match before {
        Some((cycle, year)) => queries::period_of(conn, period.regime_id, &cycle.code(), year)?,
        None => None,
    };
    let then = match &past {
        Some(past) => {
            let handovers = queries::handovers(conn, past.reference_on, period.reference_on)?;
            let succession = match lens {
                Lens::Today => Succession::over(handovers.iter().map(Vec::as_slice)),
                Lens::Reported => Succession::default(),
            };
            Some((load(conn, &catalogue, past, collector, beside)?, succession))
        }
        None => None,
    };
    let indicators = both(&catalogue, &now, then.as_ref(), beside)
        .map_err(|e| Error::Refused(format!("{e}. Kiểm tra lại số liệu của chỉ tiêu này.")))?;
    let has = |code: &str| indicators.iter().any(|indicator| indicator.group == code);
    let side = |period: &Period, base: &Base| Side { label: period.label.clone(), edition: base.edition };
    Ok(SideBySide {
        now: side(period, &now),
        then: past.as_ref().zip(then.as_ref()).map(|(past, (base, _))| side(past, base)),
        groups: catalogue
            .groups
            .iter()
            .filter(|group| has(&group.code))
            .map(|group| (group.code.clone(), group.name.clone(), group.classified))
            .collect(),
        indicators,
    })
}

/// One side; of the year to date, every figure is that of the year so far, where the unit gave all that its rule adds up.
fn load(
    conn: &mut Conn,
    catalogue: &Catalogue,
    period: &Period,
    collector: UnitId,
    beside: Beside,
) -> Result<Base, Error> {
    let mut base = Base::load(conn, catalogue, period, collector)?;
    if beside == Beside::YearToDate {
        let year = YearSoFar::load(conn, catalogue, period, collector)?;
        for (unit, line) in &mut base.units {
            so_far(catalogue, year.as_ref(), *unit, line)
                .map_err(|e| Error::Refused(format!("{e}. Kiểm tra lại số liệu của chỉ tiêu này.")))?;
        }
        base.forget_totals();
    }
    Ok(base)
}

fn so_far(
    catalogue: &Catalogue,
    year: Option<&YearSoFar>,
    unit: UnitId,
    line: &mut UnitLine,
) -> Result<(), FoldError> {
    let mut parts: HashMap<String, Option<i64>> = HashMap::new();
    for figure in &mut line.figures {
        let indicator = catalogue.indicators.iter().find(|one| one.code == figure.indicator);
        let Some(indicator) = indicator.filter(|one| one.rule != UnitRule::Ratio) else { continue };
        let now = figure.row().value;
        // What a lower collector brought is a total: its units are compared in its own edition.
        figure.now.value = match year.filter(|_| !line.consolidated) {
            Some(year) => {
                let so_far = year.of_unit(indicator, unit, now)?;
                so_far.amount.filter(|_| so_far.whole).map(|amount| amount.value)
            }
            None => None,
        };
        figure.total = None;
        parts.insert(figure.indicator.clone(), figure.now.value);
    }
    for ratio in catalogue.indicators.iter().filter(|one| one.rule == UnitRule::Ratio) {
        let part = |id| catalogue.get(id).and_then(|part| *parts.get(&part.code)?);
        let now = ratio.parts.and_then(|(above, below)| part(above).zip(part(below)));
        if let Some(figure) = line.figures.iter_mut().find(|figure| figure.indicator == ratio.code) {
            figure.now = now.map_or_else(Reading::default, |(above, below)| Reading {
                value: None,
                numerator: Some(above),
                denominator: Some(below),
            });
        }
    }
    Ok(())
}

/// One unit's two sides of an indicator.
struct Row {
    name: String,
    kind: String,
    now: Option<UnitRow>,
    then: Option<UnitRow>,
    /// Of a lower collector: both totals over its units with both.
    below: Option<(Total, Total)>,
}

fn both(
    catalogue: &Catalogue,
    now: &Base,
    then: Option<&(Base, Succession)>,
    beside: Beside,
) -> Result<Vec<Compared>, FoldError> {
    let carried = then.map(|(base, succession)| Carried::over(base, succession));
    let mut compared = Vec::new();
    for indicator in &catalogue.indicators {
        let same = then.is_none_or(|(base, _)| base.same_measure(indicator));
        let rows = rows(indicator, now, then, carried.as_ref().filter(|_| same), beside)?;
        if rows.iter().all(|row| row.now.is_none() && row.below.is_none()) {
            continue;
        }
        let line = |rows: &[&Row]| line(catalogue, indicator, rows, then.is_some());
        let all: Vec<&Row> = rows.iter().collect();
        let mut whole = line(&all)?;
        if beside != Beside::YearToDate {
            whole.total = now.total(&indicator.code, indicator.rule)?;
            if let Some((base, _)) = then.filter(|_| same) {
                whole.same_period = Some(base.total(&indicator.code, indicator.rule)?);
            }
        }
        let mut kinds: Vec<(String, Vec<&Row>)> = Vec::new();
        for row in &rows {
            match kinds.iter_mut().find(|(kind, _)| *kind == row.kind) {
                Some((_, others)) => others.push(row),
                None => kinds.push((row.kind.clone(), vec![row])),
            }
        }
        let kinds = kinds.into_iter().map(|(kind, rows)| Ok((kind, line(&rows)?)));
        let kinds = kinds.collect::<Result<_, FoldError>>()?;
        let units = rows.iter().map(|row| Ok((row.name.clone(), line(&[row])?)));
        let units = units.collect::<Result<_, FoldError>>()?;
        compared.push(Compared { group: indicator.group.clone(), line: whole, kinds, units });
    }
    Ok(compared)
}

/// The rows of now in protocol order, then bodies that reported only then.
fn rows(
    indicator: &Indicator,
    now: &Base,
    then: Option<&(Base, Succession)>,
    carried: Option<&Carried>,
    beside: Beside,
) -> Result<Vec<Row>, FoldError> {
    let (code, rule) = (indicator.code.as_str(), indicator.rule);
    let of = |line: &'_ UnitLine| -> Option<UnitFigure> {
        let figure = line.figures.iter().find(|figure| figure.indicator == code)?;
        let asked = !matches!(figure.state, FigureStatus::NotAsked | FigureStatus::Exempt);
        (asked && figure.counts).then(|| figure.clone())
    };
    let mut rows = Vec::new();
    for (unit, line) in &now.units {
        let Some(figure) = of(line) else { continue };
        let then = match carried.filter(|_| !line.consolidated) {
            Some(carried) => carried.beside(code, rule, *unit)?,
            None => None,
        };
        let below = figure.compared.as_deref().copied();
        rows.push(Row {
            name: line.name.clone(),
            kind: line.kind_name.clone(),
            now: Some(figure.row()),
            then,
            below: below.filter(|_| line.consolidated && beside == Beside::SamePeriod),
        });
    }
    let Some(((base, succession), carried)) = then.zip(carried) else { return Ok(rows) };
    for (unit, line) in base.units.iter().filter(|(_, line)| !line.consolidated) {
        let here = succession.today(*unit).is_some_and(|today| {
            now.units.iter().any(|(other, line)| *other == today && !line.consolidated && of(line).is_some())
        });
        if here || of(line).is_none() {
            continue;
        }
        let then = match succession.today(*unit).filter(|today| today == unit) {
            Some(_) => carried.beside(code, rule, *unit)?,
            None => of(line).map(|figure| figure.row()),
        };
        rows.push(Row {
            name: line.name.clone(),
            kind: line.kind_name.clone(),
            now: None,
            then: then.filter(|row| row.has_figure(rule)),
            below: None,
        });
    }
    rows.retain(|row| row.now.is_some() || row.then.is_some());
    Ok(rows)
}

fn line(
    catalogue: &Catalogue,
    indicator: &Indicator,
    rows: &[&Row],
    has_past: bool,
) -> Result<IndicatorLine, FoldError> {
    let (code, rule) = (indicator.code.as_str(), indicator.rule);
    let parts = indicator.parts.and_then(|(above, below)| catalogue.get(above).zip(catalogue.get(below)));
    let ratio = parts.map(|(above, below)| RatioParts {
        numerator: above.code.clone(),
        denominator: below.code.clone(),
        decimals: PartDecimals { numerator: above.decimals, denominator: below.decimals },
    });
    let decimals = ratio.as_ref().map(|ratio| ratio.decimals).unwrap_or_default();
    let nothing = UnitRow { asked: false, counts: false, ..UnitRow::plain(None) };
    // Over a year the one who owns a figure may have changed: what each said adds up.
    let whole = |row: UnitRow| match (rule, row.leaves) {
        (UnitRule::Owner, None) => UnitRow { leaves: Some((1, 1)), ..row },
        _ => row,
    };
    let side = |side: fn(&Row) -> Option<UnitRow>| -> Result<Total, FoldError> {
        let rows: Vec<UnitRow> = rows.iter().filter_map(|row| side(row)).map(whole).collect();
        fold_units(code, rule, &rows)
    };
    let pair = |row: &&Row| match row.below {
        Some((now, then)) => Pair { now: UnitRow::of_total(&now), before: UnitRow::of_total(&then) },
        None => Pair {
            now: row.now.filter(|now| now.leaves.is_none()).map_or(nothing, whole),
            before: row.then.map_or(nothing, whole),
        },
    };
    let pairs: Vec<Pair> = rows.iter().map(pair).collect();
    Ok(IndicatorLine {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        measure_unit: indicator.measure_unit.clone(),
        value_type: indicator.value_type,
        decimals: if rule == UnitRule::Ratio { 0 } else { indicator.decimals },
        display_exponent: parts.map_or(indicator.display_exponent, |(above, _)| above.display_exponent),
        rule,
        ratio,
        total: side(|row| row.now)?,
        same_period: if has_past { Some(side(|row| row.then)?) } else { None },
        cumulative: None,
        comparison: if has_past { Some(compare(code, rule, decimals, &pairs)?) } else { None },
        note: String::new(),
    })
}
