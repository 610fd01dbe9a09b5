//! Open obligations of bodies that end: each passes whole to one successor, stays in the old name, or ends; what was
//! sent is left as it is. A report is never apportioned.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::super::effect::{Effect, Field, NewRow, Value};
use super::super::facts::{DutyRow, Facts};
use super::super::{Body, Event, Kind};
use super::routes::keeps_collecting;
use super::unasked::unasked;
use super::{Choices, Denominator, DutyMove, Fate, Note, Plan, Seen};
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Problems;
use crate::periods::Standing;

/// One place in a period: a body owes one report on each part.
type Place = (Body, PeriodId, String);

pub(super) fn duties(
    event: &Event,
    choices: &Choices,
    facts: &Facts,
    plan: &mut Plan,
    problems: &mut Problems,
) {
    let ended: Vec<UnitId> = event.ended();
    let (mut open, untouched): (Vec<&DutyRow>, Vec<&DutyRow>) = facts
        .duties
        .iter()
        .filter(|duty| ended.contains(&duty.unit_id))
        .partition(|duty| duty.is_open() && !facts.is_closed(duty));
    plan.untouched = untouched.into_iter().cloned().collect();
    // Of two that could go to one place, the one somebody has begun goes first; of two alike, the one that asks more.
    let asks = |duty: &DutyRow| facts.asked.get(&duty.form_id).map_or(0, Vec::len);
    open.sort_by_key(|duty| {
        (duty.reference_on, duty.period_id, !duty.has_draft(), Reverse(asks(duty)), duty.id)
    });
    let mut taken: HashSet<Place> = HashSet::new();
    for duty in open {
        let options = options(event, facts, duty);
        abandoned(event, facts, duty, problems);
        let free = |fate: &Fate| place(duty, *fate).is_none_or(|place| !taken.contains(&place));
        let fate = match choices.duties.get(&duty.id) {
            Some(chosen) => *chosen,
            None => options.iter().copied().find(|fate| free(fate)).unwrap_or(Fate::End),
        };
        if !options.contains(&fate) || !free(&fate) {
            let words = if options.contains(&fate) {
                "mỗi đơn vị chỉ có một báo cáo trong một kỳ; chọn báo cáo nào chuyển, báo cáo nào kết thúc"
            } else {
                "chọn lại đơn vị tiếp nhận nghĩa vụ báo cáo"
            };
            let name = facts.name(duty.unit_id, event.eve());
            problems.add(format!("duty_{}", duty.id), format!("{name}, {}: {words}.", duty.period));
        }
        if duty.typed_by.is_some() && fate != Fate::Stay {
            let name = facts.name(duty.unit_id, event.eve());
            let words =
                "đang được nhập thay từ văn bản giấy của chính đơn vị này; gửi hoặc thôi nhập thay trước.";
            problems.add(format!("duty_{}", duty.id), format!("{name}, {}: {words}", duty.period));
        }
        taken.extend(place(duty, fate));
        act(event, facts, duty, fate, plan);
        plan.duties.push(DutyMove { duty: duty.clone(), options, fate });
    }
    if event.kind == Kind::Split && event.others_owe {
        offshoots(event, facts, &mut taken, plan);
    }
    unasked(event, facts, plan);
    denominators(facts, plan);
}

/// Where the obligation would stand.
fn place(duty: &DutyRow, fate: Fate) -> Option<Place> {
    match fate {
        Fate::Pass(body) | Fate::Draft(body) => Some((body, duty.period_id, duty.part.clone())),
        Fate::Stay | Fate::End => None,
    }
}

/// What may become of it, the default first.
fn options(event: &Event, facts: &Facts, duty: &DutyRow) -> Vec<Fate> {
    let mut heirs = event.heirs(duty.unit_id);
    let mut options = Vec::new();
    // The body existed on the day that decides who owes: the period is its own.
    if duty.reference_on < event.effective_on && !heirs.is_empty() {
        options.push(Fate::Stay);
    }
    // What is put together from below goes where what is below goes, or its figures would reach nobody above.
    if duty.part == "consolidated" {
        if keeps_collecting(event, facts, duty, duty.unit_id) {
            return vec![if heirs.is_empty() { Fate::End } else { Fate::Stay }];
        }
        options.clear();
        heirs.truncate(1);
    }
    let has_heirs = !heirs.is_empty();
    for heir in heirs {
        match facts.duty_of(heir, duty.period_id, &duty.part) {
            None => options.push(Fate::Pass(heir)),
            Some(own) if duty.has_draft() && own.is_blank() => options.push(Fate::Draft(heir)),
            Some(_) => {}
        }
    }
    // The successor's own report is under way or gone: what was written is finished in the old name, not lost.
    if options.is_empty() && has_heirs && duty.has_draft() {
        options.push(Fate::Stay);
    }
    if duty.part == "consolidated" && matches!(options.first(), Some(Fate::Pass(_))) {
        return options;
    }
    options.push(Fate::End);
    options
}

/// A body that collects for a period is not given up without one that goes on collecting.
fn abandoned(event: &Event, facts: &Facts, duty: &DutyRow, problems: &mut Problems) {
    let below = facts.duties.iter().filter(|below| {
        below.collector_id == duty.unit_id
            && below.period_id == duty.period_id
            && below.unit_id != duty.unit_id
            && below.standing().counts()
    });
    let below = below.count();
    if duty.part == "consolidated" && below > 0 && event.heirs(duty.unit_id).is_empty() {
        let name = facts.name(duty.unit_id, event.eve());
        problems.add(
            "lines",
            format!(
                "{name} đang tổng hợp báo cáo của {below} đơn vị trong kỳ {}; chọn đơn vị tiếp nhận, hoặc đổi tuyến báo cáo của \
                 các đơn vị đó trước.",
                duty.period
            ),
        );
    }
}

fn act(event: &Event, facts: &Facts, duty: &DutyRow, fate: Fate, plan: &mut Plan) {
    let (name, decision) = (facts.name(duty.unit_id, event.eve()), &event.decision);
    let mut note = |kind, reason| plan.notes.push(Note { obligation: duty.id, kind, reason });
    match fate {
        Fate::Stay => return,
        Fate::Pass(body) => {
            note("passed", format!("Từ {name} sang {} theo {decision}", event.name(facts, body)));
            plan.effects.push(Effect::unit(Field::ObligationUnit, duty.id.0, duty.unit_id, body));
        }
        Fate::Draft(body) => {
            note(
                "ended",
                format!(
                    "Nội dung đang soạn chuyển vào báo cáo của {} theo {decision}",
                    event.name(facts, body)
                ),
            );
            plan.effects.push(end(duty));
            if let Some(own) = facts.duty_of(body, duty.period_id, &duty.part) {
                plan.effects.push(Effect::DropBlankReport {
                    report: own.report_id,
                    obligation: own.id,
                    version: own.report_version,
                });
                plan.effects.push(Effect::Set {
                    field: Field::ReportObligation,
                    row: duty.report_id.0,
                    before: Value::Obligation(duty.id),
                    after: Value::Obligation(own.id),
                });
                plan.effects.push(Effect::Add(NewRow::BlankReport { obligation: duty.id }));
            }
        }
        Fate::End => {
            note("ended", format!("{name} kết thúc hoạt động theo {decision}"));
            plan.effects.push(end(duty));
        }
    }
    plan.seen.push(Seen {
        obligation: duty.id,
        version: duty.version,
        report: duty.report_id,
        report_version: duty.report_version,
    });
}

fn end(duty: &DutyRow) -> Effect {
    Effect::Set {
        field: Field::ObligationStanding,
        row: duty.id.0,
        before: Value::Standing(duty.standing()),
        after: Value::Standing(Standing::Ended),
    }
}

/// The other successors of a split owe the periods that are decided on a day when they exist.
fn offshoots(event: &Event, facts: &Facts, taken: &mut HashSet<Place>, plan: &mut Plan) {
    for unit in event.froms() {
        let of = facts.duties.iter().filter(|duty| duty.unit_id == unit && duty.part == "own");
        let open = of.filter(|duty| {
            duty.reference_on >= event.effective_on && duty.is_open() && !facts.is_closed(duty)
        });
        for duty in open {
            for heir in event.heirs(unit) {
                let place = (heir, duty.period_id, duty.part.clone());
                if facts.duty_of(heir, duty.period_id, &duty.part).is_none() && taken.insert(place) {
                    plan.effects.push(Effect::Add(NewRow::Duty { like: duty.id, unit: heir }));
                    plan.founded_duties.push((duty.clone(), heir));
                }
            }
        }
    }
}

/// Who counts before and after, for every period something happens in.
fn denominators(facts: &Facts, plan: &mut Plan) {
    let mut periods: BTreeMap<PeriodId, (&DutyRow, i64)> = BTreeMap::new();
    for moved in &plan.duties {
        let entry = periods.entry(moved.duty.period_id).or_insert((&moved.duty, 0));
        if matches!(moved.fate, Fate::End | Fate::Draft(_)) {
            entry.1 -= 1;
        }
    }
    for (duty, _) in &plan.founded_duties {
        periods.entry(duty.period_id).or_insert((duty, 0)).1 += 1;
    }
    let all = periods.into_iter().map(|(period, (duty, change))| {
        let before = facts.owing.get(&period).copied().unwrap_or_default();
        Denominator {
            regime: duty.regime.clone(),
            period: duty.period.clone(),
            before,
            after: before + change,
        }
    });
    plan.denominators = all.collect();
}
