//! What a proposal stands on: the province's bodies as of the plan's date, those there are today, the legal bases and regimes it has.
//! Read by a fixed number of queries, whatever the size of the province or of the document.

use chrono::NaiveDate;

use super::draft::Draft;
use super::naming::Bodies;
use crate::access::{Action, Actor, Membership};
use crate::calendar::{Holidays, Moment};
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::Error;
use crate::plans::{self, LegalBasis, reading_day};
use crate::units::UnitOn;
use crate::units::names::{Named, Names};
use crate::units::queries::{naming, of_province, on_day, register};
use crate::{periods, regimes};

/// Everything a proposal is weighed against.
#[derive(Debug, Clone)]
pub struct Ground {
    pub province: UnitId,
    /// The body for which it is done; it collects what regimes made of the document ask for.
    pub collector: UnitId,
    pub collector_name: String,
    /// "tỉnh Bắc Giang", for whom reports are addressed to.
    pub province_name: String,
    /// The day on which names and groups are read.
    pub day: NaiveDate,
    pub today: NaiveDate,
    pub bodies: Bodies,
    /// Those there are today, in protocol order.
    pub now: Vec<UnitOn>,
    /// Codes and names of kinds, in protocol order.
    pub kinds: Vec<(String, String)>,
    pub bases: Vec<LegalBasis>,
    /// Regimes that the person keeps and that have not ended.
    pub regimes: Vec<(RegimeId, String)>,
    pub holidays: Holidays,
}

impl Ground {
    pub fn kind_name(&self, code: &str) -> String {
        self.kinds
            .iter()
            .find(|(known, _)| known == code)
            .map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    }

    /// The name of a body as of the plan's date, or of today.
    pub fn unit_name(&self, id: UnitId) -> String {
        let now = || self.now.iter().find(|unit| unit.id == id);
        self.bodies.unit(id).or_else(now).map(|unit| unit.name.clone()).unwrap_or_default()
    }
}

/// The membership under which somebody adopts plans for a body.
///
/// # Errors
/// [`Error::NotFound`] where it is another's.
pub fn of_unit(actor: &Actor, unit: UnitId) -> Result<&Membership, Error> {
    actor.for_unit(unit, Action::Compile).ok_or(Error::NotFound)
}

/// The day on which names are read: of the plan's date as far as it is known, else today.
pub fn day_of(draft: &Draft, today: NaiveDate) -> NaiveDate {
    let number = |text: &str| text.parse::<i32>().ok();
    let year = number(&draft.facts.year).filter(|year| plans::Plan::YEARS.contains(year));
    let from = crate::vietnamese::parse_date(&draft.facts.valid_from).ok();
    match year {
        Some(year) => reading_day((year, number(&draft.facts.month), number(&draft.facts.day)), from),
        None => today,
    }
}

/// Reads the ground of a proposal. At most twelve queries.
///
/// # Errors
/// The queries' own.
pub fn load(
    conn: &mut Conn,
    actor: &Actor,
    (province, collector): (UnitId, UnitId),
    draft: &Draft,
    moment: Moment,
) -> Result<Ground, Error> {
    let day = day_of(draft, moment.today);
    let (histories, units) = naming::bodies(conn, province, day)?;
    let named: Vec<Named> =
        histories.iter().filter(|unit| unit.existed_on(day)).map(|unit| Named::of(unit, day)).collect();
    let own = on_day(conn, &[province, collector], day)?;
    let short = own.get(&province).map_or("", |unit| unit.short_name.as_str());
    let mut kept = periods::queries::visible_regimes(conn, &actor.scope())?;
    kept.retain(|regime| {
        regime.province_id == province
            && regime.valid_to.is_none_or(|to| moment.today <= to)
            && regimes::keeper(actor, regime).is_some()
    });
    Ok(Ground {
        province,
        collector,
        collector_name: own.get(&collector).map(|unit| unit.name.clone()).unwrap_or_default(),
        province_name: own.get(&province).map(|unit| unit.name.clone()).unwrap_or_default(),
        day,
        today: moment.today,
        bodies: Bodies { names: Names::new(&named, short), units },
        now: of_province(conn, province, moment.today)?,
        kinds: register::kinds(conn)?,
        bases: plans::queries::bases_for(conn, province)?,
        regimes: kept.into_iter().map(|regime| (regime.id, regime.name)).collect(),
        holidays: periods::queries::holidays(conn)?,
    })
}
