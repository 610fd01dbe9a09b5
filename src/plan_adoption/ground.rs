//! What a proposal stands on: the province's bodies as of the plan's date, those there are today, the legal bases and regimes it has.
//! Read by a fixed number of queries, whatever the size of the province or of the document.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::draft::Draft;
use super::naming::Bodies;
use super::regimes_made;
use crate::access::{Action, Actor, Membership};
use crate::calendar::{Holidays, Moment};
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::Error;
use crate::periods::{Period, RegimeCycle};
use crate::plans::form::PlanForm;
use crate::plans::{self, LegalBasis, Plan, reading_day};
use crate::units::UnitOn;
use crate::units::names::{Named, Names};
use crate::units::queries::{naming, of_province, on_day, on_days, register};
use crate::vietnamese::search_key;
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
    /// The first day on which the document may have been issued, as far as its day is known.
    pub issued: Option<NaiveDate>,
    pub bodies: Bodies,
    /// Those there are today, in protocol order.
    pub now: Vec<UnitOn>,
    /// Those there were on days that have passed and on which something was due.
    then: BTreeMap<NaiveDate, Vec<UnitOn>>,
    /// Codes and names of kinds, in protocol order.
    pub kinds: Vec<(String, String)>,
    pub bases: Vec<LegalBasis>,
    /// Regimes that the person keeps and that have not ended.
    pub regimes: Vec<(RegimeId, String)>,
    /// Cycles of those that the body itself collects.
    pub cycles: Vec<RegimeCycle>,
    /// The periods of those that the body itself collects.
    pub opened: Vec<Period>,
    /// Plans of the province, to tell a document that was adopted already.
    pub plans: Vec<Plan>,
    pub holidays: Holidays,
}

impl Ground {
    pub fn kind_name(&self, code: &str) -> String {
        self.kinds
            .iter()
            .find(|(known, _)| known == code)
            .map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    }

    /// The bodies there are on a day that a duty is read by, in protocol order.
    pub fn on(&self, day: NaiveDate) -> &[UnitOn] {
        self.then.get(&day).unwrap_or(&self.now)
    }

    /// The plan that the document was made already, unless somebody said that it is another.
    pub fn same_as(&self, draft: &Draft) -> Option<&Plan> {
        self.plans.iter().find(|plan| is_same(plan, &draft.facts)).filter(|_| !draft.another)
    }

    /// The day behind which first periods are looked for: nothing is asked of time that was over when the document was issued.
    pub fn opens_from(&self) -> NaiveDate {
        self.issued.map_or(self.today, |issued| issued.max(self.today))
    }

    /// The day of a document that lies behind today, which it cannot: somebody misread or mistyped it.
    pub fn issued_ahead(&self) -> Option<NaiveDate> {
        self.issued.filter(|issued| *issued > self.today)
    }

    /// The name of a body as of the plan's date, or of today.
    pub fn unit_name(&self, id: UnitId) -> String {
        let now = || self.now.iter().chain(self.then.values().flatten()).find(|unit| unit.id == id);
        self.bodies.unit(id).or_else(now).map(|unit| unit.name.clone()).unwrap_or_default()
    }
}

/// Whether a plan has the number, symbol and day of a document; where both leave the number blank, its year and subject, and no other
/// symbol or month.
fn is_same(plan: &Plan, facts: &PlanForm) -> bool {
    let typed = |text: &str| text.parse::<i32>().ok();
    let number = |text: &str| text.trim().trim_start_matches('0').to_owned();
    let alike = |left: &str, right: &str| search_key(left) == search_key(right);
    let (month, day) = (typed(&facts.month), typed(&facts.day));
    let symbols = alike(&plan.symbol, &facts.symbol);
    let year = Some(plan.issued_year) == typed(&facts.year);
    match (number(&plan.number), number(&facts.number)) {
        (known, other) if known.is_empty() && other.is_empty() => {
            year && (symbols || plan.symbol.is_empty() || facts.symbol.trim().is_empty())
                && !plan.subject.is_empty()
                && alike(&plan.subject, &facts.subject)
                && plan.issued_month.zip(month).is_none_or(|(known, other)| known == other)
        }
        (known, other) => {
            year && symbols && known == other && (plan.issued_month, plan.issued_day) == (month, day)
        }
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

/// The first day on which a document may have been issued: its day, else the first of its month or year.
pub fn issued(draft: &Draft) -> Option<NaiveDate> {
    let number = |text: &str| text.parse::<u32>().ok();
    let year = draft.facts.year.parse::<i32>().ok().filter(|year| plans::Plan::YEARS.contains(year))?;
    let month = number(&draft.facts.month);
    let day = month.and(number(&draft.facts.day));
    NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))
}

/// Days that have passed and on which something asked once was due.
fn passed(draft: &Draft, today: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> =
        draft.duties.iter().filter_map(|duty| regimes_made::over_since(duty, today)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Reads the ground of a proposal. At most sixteen queries.
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
    let ids: Vec<UnitId> = histories.iter().map(|unit| unit.id).collect();
    let then = on_days(conn, &ids, &passed(draft, moment.today))?;
    let then = then.into_iter().map(|(day, units)| {
        let mut there: Vec<UnitOn> = units.into_values().filter(|unit| unit.existed_on(day)).collect();
        there.sort_by_key(UnitOn::protocol_key);
        (day, there)
    });
    let own = on_day(conn, &[province, collector], day)?;
    let short = own.get(&province).map_or("", |unit| unit.short_name.as_str());
    let mut kept = periods::queries::visible_regimes(conn, &actor.scope())?;
    kept.retain(|regime| {
        regime.province_id == province
            && regime.valid_to.is_none_or(|to| moment.today <= to)
            && regimes::keeper(actor, regime).is_some()
    });
    let collected: Vec<RegimeId> =
        kept.iter().filter(|regime| regime.collector_id == collector).map(|regime| regime.id).collect();
    Ok(Ground {
        then: then.collect(),
        cycles: periods::queries::cycles_of(conn, &collected)?,
        opened: periods::queries::opened_of(conn, &collected)?,
        plans: plans::queries::of_provinces(conn, &[province])?,
        province,
        collector,
        collector_name: own.get(&collector).map(|unit| unit.name.clone()).unwrap_or_default(),
        province_name: own.get(&province).map(|unit| unit.name.clone()).unwrap_or_default(),
        day,
        today: moment.today,
        issued: issued(draft),
        bodies: Bodies { names: Names::new(&named, short), units },
        now: of_province(conn, province, moment.today)?,
        kinds: register::kinds(conn)?,
        bases: plans::queries::bases_for(conn, province)?,
        regimes: kept.into_iter().map(|regime| (regime.id, regime.name)).collect(),
        holidays: periods::queries::holidays(conn)?,
    })
}
