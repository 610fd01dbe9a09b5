//! Whose units report: kinds of unit, and the routes they stand for. A kind is taken in or left out whole from a day;
//! single units are the business of the routes' own page.

use chrono::{Days, NaiveDate};

use super::queries::{self, OwnRoute};
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::standard::forms as standard;
use crate::units::{self, UnitOn};

/// A kind of the province with how many of its units report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    pub code: String,
    pub name: String,
    /// Units that exist on the day.
    pub units: usize,
    /// Those with a route then or later.
    pub routed: usize,
    /// Its standard form, if there is one.
    pub form: Option<String>,
}

impl KindCount {
    /// Units of the kind that do not report although others of it do.
    pub fn missing(&self) -> usize {
        if self.routed == 0 { 0 } else { self.units - self.routed }
    }
}

/// What `audience` needs to know of the province on one day.
pub struct Standing {
    pub units: Vec<UnitOn>,
    pub kinds: Vec<KindCount>,
    routes: Vec<OwnRoute>,
}

/// The kinds of a province that have units on `day`, and who of them reports by the regime. Four queries.
///
/// # Errors
/// The queries' own.
pub fn standing(
    conn: &mut Conn,
    province: UnitId,
    regime: Option<RegimeId>,
    day: NaiveDate,
) -> Result<Standing, Error> {
    let units = units::queries::of_province(conn, province, day)?;
    let routes = match regime {
        Some(id) => queries::own_routes_from(conn, id, day)?,
        None => vec![],
    };
    let set = standard::forms()?;
    let mut kinds = Vec::new();
    for (code, name) in units::queries::register::kinds(conn)? {
        let of: Vec<&UnitOn> = units.iter().filter(|unit| unit.kind_code == code).collect();
        if of.is_empty() {
            continue;
        }
        kinds.push(KindCount {
            units: of.len(),
            routed: of.iter().filter(|unit| routes.iter().any(|r| r.unit_id == unit.id)).count(),
            form: set.of_kind(&code).map(|form| form.name.clone()),
            code,
            name,
        });
    }
    Ok(Standing { units, kinds, routes })
}

/// What a change of the kinds would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Units that begin to report, with the mode of their kind: giao or đề nghị.
    pub added: Vec<(UnitId, &'static str)>,
    /// Routes that end, and how many units that is.
    pub closed: Vec<i64>,
    pub units_left: usize,
}

impl Standing {
    /// The name of a kind.
    pub fn kind_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.kinds.iter().find(|kind| kind.code == code).map_or(code, |kind| kind.name.as_str())
    }

    /// The kinds of which some unit reports.
    pub fn reporting(&self) -> Vec<String> {
        self.kinds.iter().filter(|kind| kind.routed > 0).map(|kind| kind.code.clone()).collect()
    }

    /// From the kinds as they stand to those wanted; `fill` names kinds whose missing units are added too.
    ///
    /// # Errors
    /// [`Error::Invalid`] when nobody would report.
    pub fn change(&self, wanted: &[String], fill: &[String]) -> Result<Change, Error> {
        let mut change = Change::default();
        for kind in &self.kinds {
            let routed = |unit: &UnitOn| self.routes.iter().any(|route| route.unit_id == unit.id);
            let of = self.units.iter().filter(|unit| unit.kind_code == kind.code);
            if !wanted.contains(&kind.code) {
                let leaving: Vec<UnitId> = of.filter(|unit| routed(unit)).map(|unit| unit.id).collect();
                change.units_left += leaving.len();
                change
                    .closed
                    .extend(self.routes.iter().filter(|r| leaving.contains(&r.unit_id)).map(|r| r.id));
            } else if kind.routed == 0 || fill.contains(&kind.code) {
                let mode = standard::forms()?.mode_of(&kind.code);
                change.added.extend(of.filter(|unit| !routed(unit)).map(|unit| (unit.id, mode)));
            }
        }
        let staying = self.kinds.iter().any(|kind| wanted.contains(&kind.code));
        if !staying {
            let mut problems = Problems::default();
            problems.add("kinds", "Không có đơn vị nào thuộc các loại đã chọn.");
            return Err(Error::Invalid(problems));
        }
        Ok(change)
    }
}

/// Carries a change out from its first day.
///
/// # Errors
/// The queries' own.
pub fn carry_out(
    conn: &mut Conn,
    regime: RegimeId,
    collector: UnitId,
    change: &Change,
    from: NaiveDate,
) -> Result<(), Error> {
    if let Some(last) = from.checked_sub_days(Days::new(1)).filter(|_| !change.closed.is_empty()) {
        queries::close_routes(conn, &change.closed, last)?;
    }
    Ok(queries::add_routes(conn, regime, collector, &change.added, Some(from))?)
}
