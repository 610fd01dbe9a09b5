//! Pages of a document that becomes a plan: where it is brought, the review beside its lines, its items one by one, the names it
//! uses, what adopting makes; and the same document again, beside the plan.

mod adoption;
mod compared;
mod duty;
mod duty_view;
mod items;
mod list;
mod names;
mod review;
mod task;
mod verbs;

pub use adoption::{adopt, adoption};
pub use duty::{duty, save_duty};
pub use items::{basis, clause, save_basis, save_clause};
pub use list::{create, list, paste};
pub use names::{names, save_names};
pub use review::{review, save_review};
pub use task::{save_task, task};
pub use verbs::{file, original, remove};

use super::UploadState;
use super::draft::Draft;
use super::ground::{self, Ground};
use super::outcome::{Outcome, weigh};
use super::queries::UploadRow;
use super::upload::open;
use crate::db::ids::PlanUploadId;
use crate::error::Error;
use crate::web::{SignedIn, State, redirect, redirect_with};

/// An upload with what would be made of it.
struct Desk {
    row: UploadRow,
    draft: Draft,
    ground: Ground,
    outcome: Outcome,
}

/// Opens an upload, weighed. About fifteen queries.
async fn desk(state: &State, me: &SignedIn, id: PlanUploadId) -> Result<Desk, Error> {
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let (row, draft, ground) = state
        .read(move |conn| {
            let (row, _) = open(conn, &actor, id)?;
            let draft = row.draft();
            let ground = ground::load(conn, &actor, (row.province_id, row.unit_id), &draft, moment)?;
            Ok((row, draft, ground))
        })
        .await?;
    // A long document takes its time: the database is not held meanwhile.
    state
        .block(move || {
            let outcome = weigh(&draft, &ground);
            Ok(Desk { row, draft, ground, outcome })
        })
        .await
}

/// The same desk after its proposal was changed.
async fn weighed(state: &State, mut desk: Desk) -> Result<Desk, Error> {
    state
        .block(move || {
            desk.outcome = weigh(&desk.draft, &desk.ground);
            Ok(desk)
        })
        .await
}

/// The same for a page on which something is decided: one that was adopted leads to its plan, one that is compared to its comparison.
async fn open_desk(
    state: &State,
    me: &SignedIn,
    id: PlanUploadId,
) -> Result<Result<Desk, actix_web::HttpResponse>, Error> {
    let desk = desk(state, me, id).await?;
    Ok(match desk.row.state() {
        UploadState::Open => Ok(desk),
        UploadState::Adopted => Err(adopted_already(&desk.row)),
        UploadState::Compared => Err(redirect(&format!("/plan-uploads/{id}"))),
    })
}

/// To the plan that was made of an upload.
fn adopted_already(row: &UploadRow) -> actix_web::HttpResponse {
    let plan = row.plan_id.map(|plan| plan.to_string()).unwrap_or_default();
    redirect_with(&format!("/plans/{plan}"), "Văn bản này đã được lập thành kế hoạch; đây là kế hoạch đó.")
}

/// Choices under one heading.
struct Choices {
    heading: String,
    options: Vec<(String, String)>,
}

/// Kinds, then bodies by kind, as of the plan's date.
fn choices(ground: &Ground) -> Vec<Choices> {
    let count = |code: &str| ground.bodies.units.iter().filter(|unit| unit.kind_code == code).count();
    let groups = ground.kinds.iter().map(|(code, name)| (count(code), code, name));
    let groups = groups
        .filter(|(count, ..)| *count > 1)
        .map(|(count, code, name)| (format!("group:{code}"), format!("Tất cả: {name} ({count})")))
        .collect();
    let mut all = vec![Choices { heading: "Nhóm đơn vị".into(), options: groups }];
    for unit in &ground.bodies.units {
        let option = (format!("unit:{}", unit.id), unit.name.clone());
        match all.last_mut() {
            Some(last) if last.heading == unit.kind_heading => last.options.push(option),
            _ => all.push(Choices { heading: unit.kind_heading.clone(), options: vec![option] }),
        }
    }
    all.retain(|choices| !choices.options.is_empty());
    all
}
