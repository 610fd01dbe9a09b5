//! `/kept-form`: after signing in again, what was posted when the session had ended, to be sent once more or left.

use actix_web::HttpResponse;
use askama::Template;

use crate::calendar::to_local;
use crate::error::Error;
use crate::people::kept_form::{self, Pairs};
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, redirect, render};

/// Shorter values are choices and numbers; what somebody wrote is shown.
const WRITTEN: usize = 12;

#[derive(Template)]
#[template(path = "people/kept_form.html")]
struct KeptFormPage {
    page: Page,
    path: String,
    at: String,
    pairs: Pairs,
}

impl KeptFormPage {
    /// The texts of the form, as written.
    fn written(&self) -> Vec<&str> {
        let texts = self.pairs.iter().map(|(_, value)| value.as_str());
        texts.filter(|text| text.chars().count() >= WRITTEN || text.contains('\n')).collect()
    }
}

/// `GET /kept-form`: the form itself where it can take back its text, else what was typed and a button that sends it.
///
/// # Errors
/// The query's own.
pub async fn kept_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let (person, now) = (me.actor.person_id, state.clock.now_utc());
    let kept = state.read(move |conn| kept_form::newest(conn, person, &[], now)).await?;
    let Some(kept) = kept else { return Ok(redirect("/")) };
    let parts: Vec<&str> = kept.path.trim_matches('/').split('/').collect();
    if let ["reports", id, "draft"] | ["reports", id, "draft", "autosave"] = parts.as_slice() {
        return Ok(redirect(&format!("/reports/{id}/draft")));
    }
    let at = date_time(to_local(kept.at));
    render(&KeptFormPage {
        page: me.page("Nội dung gửi dở", Nav::None),
        path: kept.path,
        at,
        pairs: kept.pairs,
    })
}
