//! `POST /reports/{id}/attachments`: a file streamed into its blocks, a quarter of a megabyte in memory at a time.
//! Stands between the body of a request and `receive`; whatever ends it early leaves nothing behind.

use actix_web::{HttpResponse, web};
use sha2::{Digest, Sha256};

use super::list;
use crate::attachments::receive::{self, Target, Whole};
use crate::attachments::{BLOCK, Purpose};
use crate::db::Db;
use crate::db::ids::{FileId, ReportId};
use crate::error::{Error, Problems};
use crate::web::{IncomingFile, PostedFile, SignedIn, State, redirect_with};

/// `POST /reports/{id}/attachments`
///
/// # Errors
/// As [`receive::begin`] and [`receive::finish`]; what is not taken comes back on the page.
pub async fn add_to_draft(
    posted: PostedFile,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let purpose = Purpose::from_code(posted.form.get("purpose")).unwrap_or(Purpose::Evidence);
    let report = path.into_inner();
    let to = format!("/reports/{report}/attachments");
    add(posted, &state, Target::Draft { report, purpose }, &to).await
}

/// `POST /reports/{id}/revisions/{n}/signed-paper`
///
/// # Errors
/// As [`add_to_draft`].
pub async fn add_signed_paper(
    posted: PostedFile,
    state: State,
    path: web::Path<(ReportId, i32)>,
) -> Result<HttpResponse, Error> {
    let (report, number) = path.into_inner();
    let to = format!("/reports/{report}?revision={number}");
    add(posted, &state, Target::Sent { report, number }, &to).await
}

async fn add(posted: PostedFile, state: &State, target: Target, to: &str) -> Result<HttpResponse, Error> {
    let PostedFile { me, file, by_script, .. } = posted;
    let outcome = match file {
        Some(file) => take_in(&me, state, target, file).await,
        None => nothing_chosen(&me, state, target).await,
    };
    let words = match outcome {
        Ok(name) => format!("Đã đính kèm tệp “{name}”."),
        Err(Error::Invalid(problems)) if by_script => return Ok(told(&problems)),
        Err(Error::Invalid(problems)) => return list::again(&me, state, target, problems).await,
        Err(other) => return Err(other),
    };
    let answer = redirect_with(to, words);
    if !by_script {
        return Ok(answer);
    }
    // The module goes there itself; the message travels in the same cookie.
    let mut json = HttpResponse::Ok();
    for cookie in answer.cookies() {
        json.cookie(cookie.into_owned());
    }
    Ok(json.json(serde_json::json!({ "to": to })))
}

fn told(problems: &Problems) -> HttpResponse {
    let words: Vec<&str> = problems.0.iter().map(|p| p.message.as_str()).collect();
    HttpResponse::UnprocessableEntity().json(serde_json::json!({ "message": words.join(" ") }))
}

/// Who may not add a file is told so before being told that they chose none.
async fn nothing_chosen(me: &SignedIn, state: &State, target: Target) -> Result<String, Error> {
    let actor = me.actor.clone();
    state.read(move |conn| receive::may_add(conn, &actor, target)).await?;
    Err(receive::problem("Chọn một tệp trên máy rồi bấm “Tải lên”."))
}

/// Takes the file in; a refused one is read to its end first, so that the refusal is seen.
async fn take_in(
    me: &SignedIn,
    state: &State,
    target: Target,
    mut file: IncomingFile,
) -> Result<String, Error> {
    let outcome = store(me, state, target, &mut file).await;
    if outcome.is_err() {
        file.drain().await;
    }
    outcome
}

async fn store(
    me: &SignedIn,
    state: &State,
    target: Target,
    file: &mut IncomingFile,
) -> Result<String, Error> {
    let limits = state.attachments;
    let (actor, moment, name) = (me.actor.clone(), state.clock.moment(), file.name().to_owned());
    let id = state.write(move |conn| receive::begin(conn, &actor, target, &name, limits, moment)).await?;
    let mut unfinished = Unfinished { db: state.db.clone(), id: Some(id) };
    let outcome = fill(me, state, target, file, id).await;
    if outcome.is_ok() {
        unfinished.id = None;
    } else if let Some(id) = unfinished.id.take() {
        state.write(move |conn| receive::give_up(conn, id)).await?;
    }
    outcome
}

async fn fill(
    me: &SignedIn,
    state: &State,
    target: Target,
    file: &mut IncomingFile,
    id: FileId,
) -> Result<String, Error> {
    let limits = state.attachments;
    let (mut hash, mut size, mut number) = (Sha256::new(), 0i64, 0i32);
    let mut block = Vec::with_capacity(BLOCK);
    while let Some(chunk) = file.chunk().await? {
        size += i64::try_from(chunk.len()).map_err(|e| Error::Internal(e.to_string()))?;
        if size > limits.largest {
            return Err(receive::too_large(limits));
        }
        hash.update(&chunk);
        let mut rest = &chunk[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(BLOCK - block.len()));
            block.extend_from_slice(now);
            rest = later;
            if block.len() == BLOCK {
                let full = std::mem::replace(&mut block, Vec::with_capacity(BLOCK));
                state.write(move |conn| receive::append(conn, id, number, &full)).await?;
                number += 1;
            }
        }
    }
    let sha256 = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    let whole = Whole { id, number, last: block, size, sha256 };
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    state.write(move |conn| receive::finish(conn, &actor, target, &whole, limits, moment)).await
}

/// A file on its way in. Dropped with the request when its sender is gone, it removes what came of it; a server that
/// is killed leaves that to the sweep.
struct Unfinished {
    db: Db,
    id: Option<FileId>,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let Some(id) = self.id.take() else { return };
        let db = self.db.clone();
        std::thread::spawn(move || {
            if let Err(error) = db.write(|conn| receive::give_up(conn, id)) {
                log::warn!("file {id} that never came in whole is left to the sweep: {error}");
            }
        });
    }
}
