//! Who reports to whom from the day on: routes of bodies that end pass to their successors, what was collected by a
//! body that ends is collected by its main successor, and a successor without a form gets its predecessor's.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::effect::{Effect, Field, NewRow};
use super::super::facts::{DutyRow, Facts, RouteRow};
use super::super::{Body, Event, Kind};
use super::Plan;
use crate::db::ids::{PeriodId, RegimeId, UnitId};

pub(super) fn routes(event: &Event, facts: &Facts, plan: &mut Plan) {
    let reached: Vec<&RouteRow> = facts.routes.iter().filter(|route| reaches(route, event)).collect();
    for route in reached.iter().copied().filter(|route| ends(event, route)) {
        plan.effects.push(match begins_later(event, route) {
            // It never begins; whoever takes over has the same from that day.
            Some(_) => Effect::DropRoute(route.clone()),
            None => Effect::last_day(Field::RouteLastDay, route.id, route.valid_to, event.eve()),
        });
        plan.routes += 1;
    }
    let mut taken = standing(event, facts);
    let mut formed: HashSet<(RegimeId, Body)> = HashSet::new();
    // Who lives on keeps its own way to report before it takes over another's.
    let (ending, living): (Vec<_>, Vec<_>) = reached.into_iter().partition(|route| event.ends(route.unit_id));
    for route in living.into_iter().chain(ending) {
        let unit_ends = event.ends(route.unit_id);
        let offshoots = divides(event, route.unit_id);
        let mut takers = vec![];
        if event.ends(route.collector_id) && !unit_ends {
            takers.push(Body::Known(route.unit_id));
        }
        if unit_ends || offshoots {
            takers.extend(event.heirs(route.unit_id));
        }
        for unit in takers {
            let Some(collector) = collector(event, route, unit) else { continue };
            let days = taken.entry((route.regime_id, unit, route.part.clone())).or_default();
            let whole = (begins_later(event, route).unwrap_or(event.effective_on), route.valid_to);
            // Where two predecessors reported, the first one's way holds, and the other's on the days it leaves.
            let free = without(whole, days);
            for &(valid_from, valid_to) in &free {
                plan.effects.push(Effect::Add(NewRow::Route {
                    regime: route.regime_id,
                    unit,
                    collector,
                    part: route.part.clone(),
                    mode: route.mode.clone(),
                    valid_from,
                    valid_to,
                }));
            }
            if !free.is_empty() && route.part == "own" && formed.insert((route.regime_id, unit)) {
                audience(event, facts, route, unit, plan);
            }
            days.extend(free);
        }
    }
}

/// First and last day, both included; no last day: for good.
type Stretch = (NaiveDate, Option<NaiveDate>);

/// The days of the regimes' parts on which a body has a route that this event leaves alone.
fn standing(event: &Event, facts: &Facts) -> HashMap<(RegimeId, Body, String), Vec<Stretch>> {
    let mut standing: HashMap<_, Vec<Stretch>> = HashMap::new();
    for route in facts.routes.iter().filter(|route| reaches(route, event) && !ends(event, route)) {
        let days = (route.valid_from.unwrap_or(NaiveDate::MIN), route.valid_to);
        let key = (route.regime_id, Body::Known(route.unit_id), route.part.clone());
        standing.entry(key).or_default().push(days);
    }
    standing
}

/// The stretches of `whole` that none of `taken` touches, in order.
fn without(whole: Stretch, taken: &[Stretch]) -> Vec<Stretch> {
    let mut free = vec![whole];
    for &(from, to) in taken {
        free = free
            .into_iter()
            .flat_map(|(first, last)| {
                let before = from.pred_opt().map(|eve| last.map_or(eve, |last| last.min(eve)));
                let after = to.and_then(|to| to.succ_opt()).map(|morrow| first.max(morrow));
                [before.map(|eve| (first, Some(eve))), after.map(|morrow| (morrow, last))]
            })
            .flatten()
            .filter(|(first, last)| last.is_none_or(|last| *first <= last))
            .collect();
    }
    free
}

fn ends(event: &Event, route: &RouteRow) -> bool {
    event.ends(route.unit_id) || event.ends(route.collector_id)
}

/// The route holds on the day or some day after it.
fn reaches(route: &RouteRow, event: &Event) -> bool {
    route.valid_to.is_none_or(|to| event.effective_on <= to)
}

/// The first day of a route that begins on the day or after it.
fn begins_later(event: &Event, route: &RouteRow) -> Option<NaiveDate> {
    route.valid_from.filter(|from| *from >= event.effective_on)
}

/// A body that lives on and gives birth to others.
fn divides(event: &Event, unit: UnitId) -> bool {
    event.kind == Kind::Split && !event.ends(unit) && event.lines.iter().any(|line| line.from == unit)
}

/// To whom the new route leads: who collected for itself is followed by who collects for itself.
fn collector(event: &Event, route: &RouteRow, unit: Body) -> Option<Body> {
    if route.collector_id == route.unit_id && event.ends(route.unit_id) {
        return Some(unit);
    }
    event.stands_for(route.collector_id)
}

/// A successor for whose kind the regime has no form reports on its predecessor's.
fn audience(event: &Event, facts: &Facts, route: &RouteRow, unit: Body, plan: &mut Plan) {
    let kind = event.kind_of(facts, unit);
    if facts.form(route.regime_id, unit.known(), kind).is_some() {
        return;
    }
    let old = facts.version(route.unit_id, event.eve()).map_or("", |v| &v.kind_code);
    if let Some(form) = facts.form(route.regime_id, Some(route.unit_id), old) {
        plan.effects.push(Effect::Add(NewRow::Audience { form, unit }));
    }
}

/// Open periods of a collector that ends, and the regimes it collects, pass to its main successor. A period that was
/// decided by a day before the change, or that has an edition, stays with the collector it had: the people of the
/// successor finish it in that name.
pub(super) fn collectors(event: &Event, facts: &Facts, plan: &mut Plan) {
    for &(regime, collector) in &facts.regimes {
        if let Some(heir) = event.stands_for(collector).filter(|_| event.ends(collector)) {
            plan.effects.push(Effect::unit(Field::RegimeCollector, regime.0, collector, heir));
        }
    }
    levels(event, facts, plan);
    let mut counted: Vec<(PeriodId, String, usize)> = Vec::new();
    for duty in facts.duties.iter().filter(|duty| event.ends(duty.collector_id)) {
        let Some(heir) = event.stands_for(duty.collector_id) else { continue };
        if keeps_collecting(event, facts, duty, duty.collector_id) {
            continue;
        }
        plan.effects.push(Effect::unit(Field::ObligationCollector, duty.id.0, duty.collector_id, heir));
        match counted.iter_mut().find(|(period, ..)| *period == duty.period_id) {
            Some((.., n)) => *n += 1,
            None => counted.push((duty.period_id, format!("{}, {}", duty.regime, duty.period), 1)),
        }
    }
    plan.collected = counted;
}

/// Whether a collector that ends finishes in its own name what it collects in the period of this obligation: decided by a
/// day on which it existed, or begun with an edition.
pub(super) fn keeps_collecting(event: &Event, facts: &Facts, duty: &DutyRow, collector: UnitId) -> bool {
    duty.reference_on < event.effective_on || facts.editions.contains_key(&(duty.period_id, collector))
}

/// The due words of a level below, where the new collector has none of its own.
fn levels(event: &Event, facts: &Facts, plan: &mut Plan) {
    for (regime, unit, working_days) in &facts.level_leads {
        let Some(collector) = event.stands_for(*unit).filter(|_| event.ends(*unit)) else { continue };
        let own = facts.level_leads.iter().any(|(r, u, _)| r == regime && Some(*u) == collector.known());
        if !own {
            let row = NewRow::LevelLead { regime: *regime, collector, working_days: *working_days };
            plan.effects.push(Effect::Add(row));
        }
    }
    for (period, unit, due_rule, stated_on, stated_time) in &facts.period_levels {
        let Some(collector) = event.stands_for(*unit).filter(|_| event.ends(*unit)) else { continue };
        let own = facts.period_levels.iter().any(|(p, u, ..)| p == period && Some(*u) == collector.known());
        let row = NewRow::PeriodLevel {
            period: *period,
            collector,
            due_rule: due_rule.clone(),
            stated_on: *stated_on,
            stated_time: stated_time.clone(),
        };
        if !own && !plan.effects.contains(&Effect::Add(row.clone())) {
            plan.effects.push(Effect::Add(row));
        }
    }
}
