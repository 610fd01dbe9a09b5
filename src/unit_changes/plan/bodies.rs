//! Bodies and functions: versions that end and begin, what stood below a body that ends, holders of functions.

use std::collections::HashSet;

use super::super::effect::{Effect, Field, NewRow};
use super::super::facts::{Facts, VersionRow, covers};
use super::super::{Body, Event, Kind, Named};
use super::{BodyChange, FunctionMove, Plan};
use crate::db::ids::UnitId;
use crate::error::Problems;
use crate::vietnamese::short_date;

pub(super) fn bodies(event: &Event, facts: &Facts, plan: &mut Plan, problems: &mut Problems) {
    for (at, new) in event.new_units.iter().enumerate() {
        plan.effects.push(Effect::Add(NewRow::Unit(at)));
        plan.effects.push(Effect::Add(NewRow::Version {
            unit: Body::New(at),
            named: new.named.clone(),
            parent: new.named.parent.and_then(|parent| event.stands_for(parent)),
            valid_to: None,
        }));
        plan.bodies.push(BodyChange::Founded { body: Body::New(at) });
        let same = facts.versions.iter().find(|v| {
            v.name == new.named.name
                && covers(v.valid_from, v.valid_to, event.effective_on)
                && v.parent_id == new.named.parent
                && !event.ends(v.unit_id)
        });
        if same.is_some() {
            plan.warnings.push(format!("Đã có một đơn vị tên {} đang hoạt động.", new.named.name));
        }
    }
    for unit in event.ended() {
        if let Some(life) = facts.units.get(&unit) {
            plan.effects.push(Effect::last_day(Field::UnitLastDay, unit.0, life.existed_to, event.eve()));
        }
        if let Some(version) = open(facts, unit, event) {
            plan.effects.push(ends(version, event));
            plan.bodies.push(BodyChange::Ends { name: version.name.clone(), heirs: event.heirs(unit) });
        }
    }
    if event.kind == Kind::Rename {
        for (line, named) in event.lines.iter().zip(&event.renamed) {
            let Some(version) = open(facts, line.from, event) else { continue };
            plan.effects.push(ends(version, event));
            plan.effects.push(Effect::Add(NewRow::Version {
                unit: Body::Known(line.from),
                named: named.clone(),
                parent: named.parent.map(Body::Known),
                valid_to: version.valid_to,
            }));
            if version.name != named.name
                && !named.short_name.is_empty()
                && version.short_name == named.short_name
            {
                plan.warnings.push(format!(
                    "Tên viết tắt vẫn là “{}” như trước khi đổi tên, nên ký hiệu văn bản của đơn vị không đổi. Ký hiệu đổi thì sửa tên viết \
                     tắt.",
                    named.short_name
                ));
            }
            plan.bodies.push(BodyChange::Renamed { before: version.name.clone(), after: named.name.clone() });
        }
    }
    children(event, facts, plan, problems);
}

/// Living bodies below one that ends go to its main successor; without one they must be arranged first.
fn children(event: &Event, facts: &Facts, plan: &mut Plan, problems: &mut Problems) {
    let ended: HashSet<UnitId> = event.ended().into_iter().collect();
    let below = facts.versions.iter().filter(|version| {
        version.parent_id.is_some_and(|parent| ended.contains(&parent))
            && version.valid_to.is_none_or(|to| event.effective_on <= to)
            && !ended.contains(&version.unit_id)
    });
    for version in below {
        let Some(parent) = version.parent_id else { continue };
        if version.valid_from.is_some_and(|from| from >= event.effective_on) {
            let day = version.valid_from.map(short_date).unwrap_or_default();
            let name = &version.name;
            problems
                .add("effective_on", format!("{name} đã có thay đổi từ ngày {day}; chọn ngày sau ngày đó."));
            continue;
        }
        let Some(heir) = event.heirs(parent).first().copied() else {
            let (name, parent) = (&version.name, facts.name(parent, event.eve()));
            let words =
                "chưa có nơi trực thuộc mới; sắp xếp đơn vị này trước hoặc chọn đơn vị nhận phần còn lại";
            problems.add("lines", format!("{name} trực thuộc {parent} {words}."));
            continue;
        };
        // A body taken over by its own part leaves that part where it stood itself.
        let heir = if heir == Body::Known(version.unit_id) {
            open(facts, parent, event)
                .and_then(|above| above.parent_id)
                .and_then(|unit| event.stands_for(unit))
        } else {
            Some(heir)
        };
        plan.effects.push(ends(version, event));
        plan.effects.push(Effect::Add(NewRow::Version {
            unit: Body::Known(version.unit_id),
            named: named(version),
            parent: heir,
            valid_to: version.valid_to,
        }));
        plan.bodies.push(BodyChange::Moved { name: version.name.clone(), parent: heir });
    }
}

pub(super) fn functions(event: &Event, facts: &Facts, plan: &mut Plan) {
    for unit in event.froms() {
        for row in facts.held(unit, event.effective_on) {
            // A transfer or a split moves what it names; a body that ends leaves everything.
            let named = event.lines.iter().any(|l| l.from == unit && l.function == Some(row.function_id));
            if !named && !event.ends(unit) {
                continue;
            }
            let to = event.heir_of(unit, row.function_id);
            plan.effects.push(Effect::last_day(Field::HolderLastDay, row.id, row.valid_to, event.eve()));
            if let Some(body) = to.filter(|body| !holds(facts, *body, row, event)) {
                plan.effects.push(Effect::Add(NewRow::Holder {
                    function: row.function_id,
                    province: row.province_id,
                    unit: body,
                    valid_to: row.valid_to,
                }));
            }
            if to.is_none() {
                let name = facts.function(row.function_id);
                plan.warnings.push(format!("Chức năng “{name}” không còn đơn vị nào giữ."));
            }
            plan.functions.push(FunctionMove {
                function: row.function_id,
                from: facts.name(unit, event.eve()).to_owned(),
                to,
                tasks: facts.tasks_of_function.get(&row.function_id).copied().unwrap_or_default(),
            });
        }
    }
}

/// Whether a body already holds the function for the same province on the day.
fn holds(facts: &Facts, body: Body, row: &super::super::facts::HolderRow, event: &Event) -> bool {
    body.known().is_some_and(|unit| {
        facts
            .held(unit, event.effective_on)
            .any(|held| held.function_id == row.function_id && held.province_id == row.province_id)
    })
}

/// The version that reaches into the new order.
fn open<'a>(facts: &'a Facts, unit: UnitId, event: &Event) -> Option<&'a VersionRow> {
    facts.version(unit, event.eve()).filter(|v| v.valid_to.is_none_or(|to| event.effective_on <= to))
}

fn ends(version: &VersionRow, event: &Event) -> Effect {
    Effect::last_day(Field::VersionLastDay, version.id, version.valid_to, event.eve())
}

/// A version's own words.
fn named(version: &VersionRow) -> Named {
    Named {
        name: version.name.clone(),
        short_name: version.short_name.clone(),
        kind_code: version.kind_code.clone(),
        parent: version.parent_id,
        protocol_order: version.protocol_order,
        official_code: version.official_code.clone(),
    }
}
