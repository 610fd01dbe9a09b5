//! Accounts: a membership of a body that ends has its last day on the eve and goes on at the successor from the day,
//! title and role kept, unless the administrator sends it elsewhere or ends it.

use super::super::effect::{Effect, Field, NewRow};
use super::super::facts::{Facts, MemberRow};
use super::super::{Body, Event};
use super::{Choices, MemberMove, Plan};
use crate::error::Problems;

pub(super) fn members(
    event: &Event,
    choices: &Choices,
    facts: &Facts,
    plan: &mut Plan,
    problems: &mut Problems,
) {
    let lasts = |member: &&MemberRow| member.valid_to.is_none_or(|to| event.effective_on <= to);
    for member in facts.members.iter().filter(|m| event.ends(m.unit_id)).filter(lasts) {
        let options = event.heirs(member.unit_id);
        let to = match choices.members.get(&member.id) {
            None => options.first().copied(),
            Some(None) => None,
            Some(Some(body)) => {
                if !options.contains(body) {
                    let words = format!("{}: chọn lại nơi chuyển đến.", member.full_name);
                    problems.add(format!("member_{}", member.id), words);
                }
                Some(*body)
            }
        };
        plan.effects.push(Effect::last_day(
            Field::MembershipLastDay,
            member.id.0,
            member.valid_to,
            event.eve(),
        ));
        let already = to.is_some_and(|body| holds(facts, member, body, event));
        if let Some(unit) = to.filter(|_| !already) {
            plan.effects.push(Effect::Add(NewRow::Membership {
                person: member.person_id,
                unit,
                role: member.role.clone(),
                title: member.title.clone(),
                valid_from: member
                    .valid_from
                    .filter(|d| *d > event.effective_on)
                    .unwrap_or(event.effective_on),
                valid_to: member.valid_to,
            }));
        }
        plan.members.push(MemberMove { member: member.clone(), options, to, already });
    }
}

/// Whether the person already has the role there, for good.
fn holds(facts: &Facts, member: &MemberRow, body: Body, event: &Event) -> bool {
    facts.members.iter().any(|other| {
        Some(other.unit_id) == body.known()
            && other.person_id == member.person_id
            && other.role == member.role
            && other.valid_from.is_none_or(|from| from <= event.effective_on)
            && other.valid_to.is_none_or(|to| member.valid_to.is_some_and(|m| m <= to))
    })
}
