//! `POST /periods/{id}/narrative/autosave`: what is typed in a section of the consolidated text, kept while one types. Answers
//! JSON to the module that saves; what two people changed is left to the page, which shows both.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::super::narrative::{Act, Block, Saving, live, mark, save};
use super::narrative_form::typed;
use crate::calendar::to_local;
use crate::db::ids::PeriodId;
use crate::error::Error;
use crate::web::{Posted, State};

/// Saves, and tells how the blocks stand, so that the next save is measured against this one.
///
/// # Errors
/// None but faults of ours; refusals are answers.
pub async fn autosave_narrative(
    posted: Result<Posted, Error>,
    state: State,
    id: web::Path<PeriodId>,
) -> Result<HttpResponse, Error> {
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let outcome = match posted {
        Ok(Posted { me, form }) => {
            let section = form.get("section").to_owned();
            let typed = typed(&form);
            let saving = Saving { section, typed: typed.clone(), act: Act::Typing };
            let actor = me.actor.collecting_for(form.get("collector").parse().ok());
            let saved = state.write(move |conn| save(conn, &actor, id, &saving, moment)).await;
            saved.map(|saved| (saved, typed))
        }
        Err(error) => Err(error),
    };
    let told = |words: String| json!({ "message": words });
    Ok(match outcome {
        Ok((saved, typed)) => {
            // Of a block that somebody else changed the page still shows the older text: it keeps the older mark, or the
            // next save would take the older text for its writer's.
            let shown = |block: &&Block| {
                let mut typed = typed.iter().filter(|typed| typed.key == block.key);
                typed.any(|typed| mark(&typed.text) == mark(&block.text))
            };
            let marks: BTreeMap<String, String> = live(&saved.blocks)
                .filter(shown)
                .map(|block| (format!("was.{}", block.key), mark(&block.text)))
                .collect();
            let at = to_local(moment.at).format("%H:%M").to_string();
            let mut answer = json!({ "version": saved.version, "saved_at": at, "fields": marks });
            if saved.met {
                answer["by"] = json!("người khác");
            }
            HttpResponse::Ok().json(answer)
        }
        Err(Error::SignedOut) => HttpResponse::Unauthorized().json(json!({})),
        Err(Error::NotFound) => HttpResponse::NotFound().json(json!({})),
        Err(Error::Forbidden(who)) => HttpResponse::Forbidden().json(told(who)),
        Err(Error::Conflict(words)) => {
            HttpResponse::Conflict().json(told(format!("{words} Bấm Lưu để xem và chọn.")))
        }
        Err(fault @ (Error::Db(_) | Error::Internal(_))) => return Err(fault),
        Err(refusal) => HttpResponse::UnprocessableEntity().json(told(refusal.to_string())),
    })
}
