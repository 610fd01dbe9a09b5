//! The ledger as somebody may read it: of their own units over a span of days, or of the units they collect from for a period.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::Platform;
use super::ledger::{Claim, Line, Shown, each_once, lines, twice, words_of};
use super::queries::{self, Names};
use crate::access::{Action, Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{PeriodId, RegimeId, TaskEntryId, UnitId};
use crate::error::Error;
use crate::indicators::queries::classified;
use crate::periods::{self, Period, Regime};
use crate::plans::queries::Entry;
use crate::units;

/// The lines with what they are called by.
#[derive(Debug)]
pub struct Ledger {
    pub lines: Vec<Line>,
    pub names: Names,
    pub units: HashMap<UnitId, String>,
    /// The bodies whose ledger it is, by name.
    pub bodies: Vec<(UnitId, String)>,
}

/// The days a ledger shows unasked: the year of `today`.
pub fn this_year(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(today.year(), month, day).unwrap_or(today);
    (day(1, 1), day(12, 31))
}

/// The ledger of the actor's own units, drafts included: posts of these days, by the day they were noted or published, or by the
/// last day of the period they are claimed for. Ten queries at most.
///
/// # Errors
/// [`Error::Forbidden`] for who works for no unit.
pub fn own(
    conn: &mut Conn,
    actor: &Actor,
    (from, to): (NaiveDate, NaiveDate),
    moment: Moment,
) -> Result<Ledger, Error> {
    let mut bodies: HashMap<UnitId, UnitId> = HashMap::new();
    for membership in actor.memberships.iter().filter(|m| m.role.may(Action::LogWork)) {
        for unit in &membership.reach {
            bodies.entry(*unit).or_insert(membership.unit_id);
        }
    }
    if bodies.is_empty() {
        return Err(Error::Forbidden(
            "Trang này dành cho cán bộ đầu mối và lãnh đạo của đơn vị. Minh chứng của các đơn vị xem ở trang của từng kỳ báo cáo."
                .into(),
        ));
    }
    let units: Vec<UnitId> = bodies.keys().copied().collect();
    let mut shown = queries::noted_by(conn, &units, (from, to))?;
    let claimed = queries::claimed_by(conn, &units)?;
    shown.extend(claimed.into_iter().filter(|one| one.day.is_some_and(|day| from <= day && day <= to)));
    let regimes = queries::regimes_of(conn, &units)?;
    told(conn, shown, &bodies, (&regimes, &units), moment.today)
}

/// The ledger of the units the actor collects from for a period: entries of its window, links of reports that were sent, to leaders
/// of those that were received. Seventeen queries at most.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period.
pub fn of_period(conn: &mut Conn, actor: &Actor, id: PeriodId) -> Result<(Period, Regime, Ledger), Error> {
    let scope = actor.scope();
    let (period, regime) = periods::queries::period(conn, &scope, id)?;
    let duties = periods::queries::duties_of_periods(conn, &scope, &[id])?;
    let owing: Vec<UnitId> = duties.iter().map(|duty| duty.obligation.unit_id).collect();
    let collected: HashSet<UnitId> = duties
        .iter()
        .map(|duty| &duty.obligation)
        .filter(|of| [of.collector_id, regime.collector_id].iter().any(|c| scope.collector_units.contains(c)))
        .map(|of| of.unit_id)
        .collect();
    let mut bodies: HashMap<UnitId, UnitId> = owing.iter().map(|unit| (*unit, *unit)).collect();
    for (unit, reached) in units::reach::taken_over(conn, &owing, period.reference_on)? {
        for other in reached {
            bodies.entry(other).or_insert(unit);
        }
    }
    let units: Vec<UnitId> = bodies.keys().copied().collect();
    let mut shown = match period.window() {
        Some(window) => queries::noted_by(conn, &units, (window.from, window.to))?,
        None => vec![],
    };
    name_platforms(conn, &mut shown, &bodies)?;
    let claimed = queries::claimed_for(conn, id)?;
    let open = claimed.into_iter().filter(|(one, received)| *received || collected.contains(&one.body));
    shown.extend(open.map(|(one, _)| one).filter(|one| owing.contains(&one.body)));
    // A unit's own figure of a classified group is for the unit and who collects it.
    let hidden = classified(conn)?;
    let whose = |unit: UnitId| bodies.get(&unit).copied().unwrap_or(unit);
    let others = shown
        .iter_mut()
        .filter(|one| !scope.own_units.contains(&one.body) && !collected.contains(&whose(one.body)));
    for noted in others.filter_map(|one| one.noted.as_mut()) {
        if noted.indicator.is_some_and(|id| hidden.contains(&id)) {
            (noted.quantity, noted.indicator) = (None, None);
        }
    }
    let ledger = told(conn, shown, &bodies, (&[regime.id], &[]), period.reference_on)?;
    Ok((period, regime, ledger))
}

/// A post that the log shows stands for whoever collects where it stands for its unit: where neither its entry nor its address tells,
/// the unit's report does, also while it is written. Nothing else of a draft is told.
fn name_platforms(
    conn: &mut Conn,
    shown: &mut [Shown],
    bodies: &HashMap<UnitId, UnitId>,
) -> Result<(), Error> {
    let untold = |one: &Shown| {
        !one.key.is_empty() && one.platform.is_empty() && Platform::of_address(&one.key).is_none()
    };
    let keys: HashSet<String> = shown.iter().filter(|one| untold(one)).map(|one| one.key.clone()).collect();
    let units: Vec<UnitId> = bodies.keys().copied().collect();
    let body = |unit: UnitId| bodies.get(&unit).copied().unwrap_or(unit);
    let mut named: HashMap<(UnitId, String), Platform> = HashMap::new();
    for (unit, key, words) in queries::platforms_named(conn, &units, &keys)? {
        if let Some(platform) = Platform::from_words(&words) {
            named.entry((body(unit), key)).or_insert(platform);
        }
    }
    for one in shown.iter_mut().filter(|one| untold(one)) {
        if let Some(platform) = named.get(&(body(one.body), one.key.clone())) {
            platform.words().clone_into(&mut one.platform);
        }
    }
    Ok(())
}

/// Who else claims the post of an entry of one of a membership's units, in words, as the ledger says it. Four queries; none without
/// a link.
///
/// # Errors
/// The queries' own.
pub fn against_entry(
    conn: &mut Conn,
    membership: &Membership,
    entry: &Entry,
    day: NaiveDate,
) -> diesel::QueryResult<Vec<String>> {
    if entry.url_key.is_empty() {
        return Ok(vec![]);
    }
    let (body, own) = (membership.unit_id, &membership.reach);
    let regimes = queries::regimes_of(conn, own)?;
    let keys = HashSet::from([entry.url_key.as_str()]);
    let claims: Vec<Claim> = queries::claims_of(conn, &regimes, &keys, own)?
        .into_iter()
        .map(|claim| Claim { body: if own.contains(&claim.body) { body } else { claim.body }, ..claim })
        .collect();
    let against = twice(body, &each_once(&claims));
    let named: Vec<UnitId> = against.iter().map(|claim| claim.body).collect();
    let names = units::queries::names_on(conn, &named, day)?;
    Ok(words_of(&against, body, &names))
}

/// The same for many entries of any units, as the actor reads them: of their own units whole, of those they collect from as the ledger of
/// a period says it. Four queries for each body; none without a link.
///
/// # Errors
/// The queries' own.
pub fn against_entries(
    conn: &mut Conn,
    actor: &Actor,
    entries: &[Entry],
    day: NaiveDate,
) -> diesel::QueryResult<HashMap<TaskEntryId, Vec<String>>> {
    let mut linked: BTreeMap<UnitId, Vec<&Entry>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.url_key.is_empty()) {
        linked.entry(entry.unit_id).or_default().push(entry);
    }
    let mut found = HashMap::new();
    for (unit, entries) in linked {
        let membership = actor.for_unit(unit, Action::LogWork);
        let body = membership.map_or(unit, |m| m.unit_id);
        let reach = match membership {
            Some(membership) => membership.reach.clone(),
            None => vec![unit],
        };
        let drafting = if membership.is_some() { reach.as_slice() } else { &[] };
        let keys: HashSet<&str> = entries.iter().map(|entry| entry.url_key.as_str()).collect();
        let regimes = queries::regimes_of(conn, &reach)?;
        let claims: Vec<Claim> = queries::claims_of(conn, &regimes, &keys, drafting)?
            .into_iter()
            .map(|claim| Claim { body: if reach.contains(&claim.body) { body } else { claim.body }, ..claim })
            .collect();
        let named: Vec<UnitId> = claims.iter().map(|claim| claim.body).collect();
        let names = units::queries::names_on(conn, &named, day)?;
        for entry in entries {
            let same: Vec<Claim> =
                claims.iter().filter(|claim| claim.key == entry.url_key).cloned().collect();
            let words = words_of(&twice(body, &each_once(&same)), body, &names);
            if !words.is_empty() {
                found.insert(entry.id, words);
            }
        }
    }
    Ok(found)
}

/// `regimes` under which a post is claimed twice, and the units whose drafts the reader reads.
fn told(
    conn: &mut Conn,
    mut shown: Vec<Shown>,
    bodies: &HashMap<UnitId, UnitId>,
    (regimes, drafting): (&[RegimeId], &[UnitId]),
    day: NaiveDate,
) -> Result<Ledger, Error> {
    let body = |unit: UnitId| bodies.get(&unit).copied().unwrap_or(unit);
    for one in &mut shown {
        one.body = body(one.body);
    }
    let keys: HashSet<&str> =
        shown.iter().map(|one| one.key.as_str()).filter(|key| !key.is_empty()).collect();
    let claims: Vec<Claim> = queries::claims_of(conn, regimes, &keys, drafting)?
        .into_iter()
        .map(|claim| Claim { body: body(claim.body), ..claim })
        .collect();
    let noted = || shown.iter().filter_map(|one| one.noted.as_ref());
    let mut tasks: Vec<_> = noted().map(|entry| entry.task).collect();
    let mut counted: Vec<_> = noted().filter_map(|entry| entry.indicator).collect();
    tasks.sort_unstable();
    tasks.dedup();
    counted.sort_unstable();
    counted.dedup();
    let names = queries::names(conn, &tasks, &counted)?;
    let mut all: Vec<UnitId> =
        bodies.values().copied().chain(claims.iter().map(|claim| claim.body)).collect();
    all.sort_unstable();
    all.dedup();
    let units = units::queries::names_on(conn, &all, day)?;
    let mut own: Vec<UnitId> = bodies.values().copied().collect();
    own.sort_unstable();
    own.dedup();
    let bodies = own.into_iter().filter_map(|id| Some((id, units.get(&id)?.clone()))).collect();
    Ok(Ledger { lines: lines(shown, &claims), names, units, bodies })
}
