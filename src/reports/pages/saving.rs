//! `POST /reports/{id}/draft` and its autosave: what was typed is merged field by field with what others saved. What
//! two people both changed leads to the page on which one chooses; nothing typed is lost on the way.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::json;

use super::clashes::clash_page;
use super::draft::{rests_left, to_mend};
use super::figures::input;
use super::standing::standing;
use super::{fields, paste, version};
use crate::attachments::Purpose;
use crate::calendar::{Cycle, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::people::kept_form;
use crate::plans::queries::Entry;
use crate::reports::draft::{self, Ahead, Open};
use crate::reports::ledger::Ledger;
use crate::reports::parts::has_rows;
use crate::reports::presence::{Presence, Present};
use crate::reports::save::{self, Saved};
use crate::reports::{Case, Content, Outline, form, queries, work_log, year};
use crate::web::{FormData, PostedLong, SignedIn, State, redirect, redirect_with};

/// Tries to save when others save at the same instant.
const TRIES: usize = 3;

/// The addresses the draft's form is posted to: by its buttons, by its module.
pub(super) fn posted_to(id: ReportId) -> [String; 2] {
    [format!("/reports/{id}/draft"), format!("/reports/{id}/draft/autosave")]
}

/// "Phan Tuấn Trung cũng đang mở báo cáo này, từ 10:30 (thao tác gần nhất 10:42)." for everybody else who has it open; "" when nobody has.
pub(super) fn presence_words(others: &[Present]) -> String {
    let words = |one: &Present| {
        let (since, seen) = (to_local(one.since).format("%H:%M"), to_local(one.seen).format("%H:%M"));
        format!("{} cũng đang mở báo cáo này, từ {since} (thao tác gần nhất {seen}).", one.name)
    };
    others.iter().map(words).collect::<Vec<_>>().join(" ")
}

/// `POST /reports/{id}/draft`: saves, and goes on by the button pressed.
///
/// # Errors
/// 404 outside the unit; a refusal when the report cannot be typed into now. Fields to choose are a page, 409.
pub async fn save(
    posted: PostedLong,
    state: State,
    here: web::Data<Presence>,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let go = posted.form.get("go").to_owned();
    let written = match write(&posted.me, &state, id, &posted.form).await {
        Err(Error::Refused(words)) if keep(&posted.me, &state, id, &posted.form).await? => {
            let words = format!("{words} Nội dung bạn vừa nhập được giữ lại ở trang này.");
            return Ok(redirect_with(&format!("/reports/{id}/draft/clashes"), words));
        }
        // Too long to be kept: the page again with everything typed.
        Err(Error::Invalid(_)) => return to_mend(&posted.me, &posted.form, &state, id).await,
        other => other?,
    };
    let Written { saved, unread, left, .. } = written;
    if !saved.clashes.is_empty() {
        return clash_page(&posted.me, &state, id, StatusCode::CONFLICT).await;
    }
    if matches!(go.as_str(), "check" | "close") {
        here.leave(id, posted.me.actor.person_id);
    }
    if paste::is_waiting(&posted.form) {
        return paste::preview(&posted.me, &state, id, &posted.form, None).await;
    }
    if !left.is_empty() {
        return rests_left(&posted.me, &posted.form, &state, id, left).await;
    }
    let merged = match saved.others.as_slice() {
        [] => String::new(),
        names => format!(" Nội dung {} vừa lưu đã được gộp cùng.", names.join(", ")),
    };
    Ok(match go.split_once('.') {
        Some(("add", part)) => redirect(&format!("/reports/{id}/draft#list-{part}")),
        Some(("log", task)) if task.bytes().all(|b| b.is_ascii_digit()) => {
            redirect(&format!("/reports/{id}/draft#f-task.{task}.body"))
        }
        Some(("files", purpose)) if Purpose::from_code(purpose).is_some() => {
            redirect(&format!("/reports/{id}/attachments?for={purpose}"))
        }
        Some(("ledger" | "proof", code))
            if code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) =>
        {
            redirect(&format!("/reports/{id}/draft#f-figure.{code}"))
        }
        _ if go == "sum" => redirect(&format!("/reports/{id}/draft#figures")),
        _ if go == "check" => redirect(&format!("/reports/{id}/check")),
        _ if go == "close" && unread > 0 => {
            redirect_with(&format!("/reports/{id}"), format!("Đã lưu. Còn {unread} chỗ cần sửa.{merged}"))
        }
        _ if go == "close" => redirect_with(&format!("/reports/{id}"), format!("Đã lưu báo cáo.{merged}")),
        _ => redirect_with(&format!("/reports/{id}/draft"), format!("Đã lưu báo cáo.{merged}")),
    })
}

/// `POST /reports/{id}/draft/autosave`: the same, for the module that saves while one types. Answers JSON.
///
/// # Errors
/// None but faults of ours; refusals are answers.
pub async fn autosave(
    posted: Result<PostedLong, Error>,
    state: State,
    here: web::Data<Presence>,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let url = format!("/reports/{id}/draft/clashes");
    let outcome = match &posted {
        Ok(posted) => match write(&posted.me, &state, id, &posted.form).await {
            Err(Error::Refused(words)) if keep(&posted.me, &state, id, &posted.form).await? => {
                let message = format!("{words} Nội dung bạn vừa nhập được giữ lại.");
                return Ok(HttpResponse::Conflict().json(json!({ "message": message, "url": url })));
            }
            other => other.map(|written| (posted, written)),
        },
        Err(Error::SignedOut) => return Ok(HttpResponse::Unauthorized().json(json!({}))),
        Err(Error::Forbidden(who)) => {
            return Ok(HttpResponse::Forbidden().json(json!({ "message": who })));
        }
        Err(error) => {
            return Ok(HttpResponse::UnprocessableEntity().json(json!({ "message": error.to_string() })));
        }
    };
    Ok(match outcome {
        Ok((_, written)) if !written.saved.clashes.is_empty() => {
            let others = &written.saved.others;
            let message = format!(
                "{} vừa lưu chỗ bạn đang sửa. Cả hai nội dung đều được giữ.",
                if others.is_empty() { "Người khác".to_owned() } else { others.join(", ") }
            );
            let version = written.saved.version;
            HttpResponse::Conflict().json(json!({ "message": message, "url": url, "version": version }))
        }
        Ok((posted, written)) => {
            let actor = &posted.me.actor;
            let others = here.enter(id, actor.person_id, &actor.full_name, written.saved.at);
            let (shown, stale) = unseen(&written.saved, &written.open.outline);
            // It is saved: what the page shows beside it waits for the next time where it cannot be read now.
            let Written { saved, open, left, .. } = written;
            let (unadded, content) = (left.0.len(), saved.content.clone());
            let standing = standing(&state, open, content, left).await.unwrap_or_else(|error| {
                log::error!("report {id}, after a save: {error}");
                json!({})
            });
            HttpResponse::Ok().json(json!({
                "standing": standing,
                "version": saved.version,
                "saved_at": to_local(saved.at).format("%H:%M").to_string(),
                "here": presence_words(&others),
                "by": saved.others.join(", "),
                "fields": shown,
                "stale": stale,
                "unadded": unadded,
            }))
        }
        Err(Error::NotFound) => HttpResponse::NotFound().json(json!({})),
        Err(Error::Forbidden(who)) => HttpResponse::Forbidden().json(json!({ "message": who })),
        Err(fault @ (Error::Db(_) | Error::Internal(_))) => return Err(fault),
        Err(refusal) => HttpResponse::UnprocessableEntity().json(json!({ "message": refusal.to_string() })),
    })
}

/// What came of a save.
pub(super) struct Written {
    saved: Saved,
    open: Open,
    /// Places that could not be read.
    unread: usize,
    /// What was typed for the rest of a year and could not be added.
    left: Problems,
}

/// Saves what was posted; whoever saves at the very same instant is merged too.
pub(super) async fn write(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    posted: &FormData,
) -> Result<Written, Error> {
    let mut tries = 1..TRIES;
    loop {
        match write_once(me, state, id, posted.clone()).await {
            Err(Error::Conflict(_)) if tries.next().is_some() => {}
            other => return other,
        }
    }
}

async fn write_once(me: &SignedIn, state: &State, id: ReportId, posted: FormData) -> Result<Written, Error> {
    if let Some(written) = attempt(me, state, id, posted.clone(), None).await? {
        return Ok(written);
    }
    let actor = me.actor.clone();
    let ahead = state.read(move |conn| draft::ahead(conn, &actor, id)).await?;
    let written = attempt(me, state, id, posted, Some(ahead)).await?;
    written.ok_or_else(|| Error::Internal(format!("report {id} was saved without what it rests on")))
}

/// None where something has to be read [`draft::ahead`] of the write: nothing was written then.
async fn attempt(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    posted: FormData,
    ahead: Option<Ahead>,
) -> Result<Option<Written>, Error> {
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    state
        .write(move |conn| {
            let Some(open) = draft::open_in_write(conn, &actor, id, ahead)? else { return Ok(None) };
            let mut content = form::parse(&fields(&posted), &open.outline, open.draft.content.clone());
            if let Some(task) = posted.get("go").strip_prefix("log.") {
                let chosen = posted.all("entry");
                let log = queries::work_done(conn, &open.case)?;
                let is_chosen =
                    |e: &&Entry| e.task_id.to_string() == task && chosen.contains(&e.id.to_string());
                work_log::tell(&mut content, log.iter().filter(is_chosen));
            }
            if let Some(code) = posted.get("go").strip_prefix("ledger.") {
                let log = queries::work_done(conn, &open.case)?;
                Ledger::of(&log).take(&mut content, &open.outline, code);
                prove(&mut content, &open.outline, &log, code, &posted);
            }
            if let Some(code) = posted.get("go").strip_prefix("proof.") {
                let log = queries::work_done(conn, &open.case)?;
                prove(&mut content, &open.outline, &log, code, &posted);
            }
            let left = add_halves(conn, &open.case, &open.outline, &mut content, &posted)?;
            let saved = draft::save(conn, &actor, &open, &content, version(&posted, "version"), moment)?;
            let [page, script] = posted_to(id);
            kept_form::forget(conn, actor.person_id, &[&page, &script])?;
            let unread = form::problems(&saved.content, &open.outline).0.len();
            Ok(Some(Written { saved, unread, open, left }))
        })
        .await
}

/// Takes the posts ticked beside a figure as evidence: of entries that count toward it.
fn prove(content: &mut Content, outline: &Outline, log: &[Entry], code: &str, posted: &FormData) {
    let Some(asked) = outline.typed().find(|asked| asked.code == code) else { return };
    let chosen = posted.all("proof");
    let behind = log.iter().filter(|entry| entry.indicator_id == Some(asked.id));
    work_log::prove(content, behind.filter(|entry| chosen.contains(&format!("{code} {}", entry.id))));
}

/// Adds the rest of a year, as typed beside its first half, to that half; by the button also the second half. What
/// could not be added is given back.
fn add_halves(
    conn: &mut Conn,
    case: &Case,
    outline: &Outline,
    content: &mut Content,
    posted: &FormData,
) -> Result<Problems, Error> {
    let rests = rests(posted);
    let both = posted.get("go") == "sum";
    if case.cycle() == Some(Cycle::Year) && (both || !rests.is_empty()) {
        let past = queries::past(conn, case)?;
        return Ok(year::fill(content, outline, &past.halves, &rests, both).left);
    }
    Ok(Problems::default())
}

/// What was typed for the rest of the year, by indicator.
fn rests(posted: &FormData) -> BTreeMap<String, String> {
    let typed = posted.with_prefix("rest.").filter(|(_, typed)| !typed.trim().is_empty());
    typed.map(|(code, typed)| (code.to_owned(), typed.to_owned())).collect()
}

/// Keeps what was typed for a report that takes nothing any more; whether there was anything to keep.
async fn keep(me: &SignedIn, state: &State, id: ReportId, posted: &FormData) -> Result<bool, Error> {
    let (actor, moment, posted) = (me.actor.clone(), state.clock.moment(), posted.clone());
    let kept = state
        .write(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let content = form::parse(&fields(&posted), &open.outline, open.draft.content.clone());
            save::keep(conn, &actor, &open, &content, moment)
        })
        .await;
    match kept {
        Ok(count) => Ok(count > 0),
        Err(fault @ (Error::Db(_) | Error::Internal(_))) => Err(fault),
        Err(_) => Ok(false),
    }
}

/// What the writer's page must take over: the inputs of what others changed, by name, and the beginnings of names whose
/// rows it cannot take over.
fn unseen(saved: &Saved, outline: &Outline) -> (BTreeMap<String, String>, Vec<String>) {
    let (mut shown, mut stale) = (BTreeMap::new(), Vec::new());
    for field in &saved.unseen {
        if has_rows(field) {
            stale.push(format!("{field}."));
        } else {
            shown.extend(inputs(field, &saved.content, outline));
        }
    }
    (shown, stale)
}

/// The inputs of one field as the page would show them now.
fn inputs(field: &str, content: &Content, outline: &Outline) -> Vec<(String, String)> {
    let (kind, code) = field.split_once('.').unwrap_or((field, ""));
    match kind {
        "section" => vec![(field.to_owned(), content.section(code).to_owned())],
        "figure" => {
            let asked = outline.indicators.iter().find(|asked| asked.id.to_string() == code);
            asked.map_or_else(Vec::new, |asked| {
                let entry = content.entries.get(&asked.id).cloned().unwrap_or_default();
                let level = entry.level().code().to_owned();
                vec![
                    (format!("figure.{}", asked.code), input(asked, &entry)),
                    (format!("level.{}", asked.code), level),
                    (format!("note.{}", asked.code), entry.note),
                ]
            })
        }
        "task" => {
            let asked = outline.tasks.iter().find(|task| task.id.to_string() == code);
            let result = asked.and_then(|task| content.tasks.get(&task.id)).cloned().unwrap_or_default();
            let status = result.status.code().to_owned();
            vec![(format!("{field}.status"), status), (format!("{field}.body"), result.body)]
        }
        "answer" => {
            let asked = outline.remarks.iter().find(|remark| remark.id.to_string() == code);
            let answer =
                asked.and_then(|remark| content.answers.get(&remark.id)).cloned().unwrap_or_default();
            let done = if answer.done { "1" } else { "" };
            vec![
                (format!("remark.{code}.answer"), answer.text),
                (format!("remark.{code}.done"), done.to_owned()),
            ]
        }
        "actual_to" => vec![(field.to_owned(), content.actual_to.typed.clone())],
        _ => {
            let paper = content.paper.clone();
            [
                ("doc_number", paper.number),
                ("doc_symbol", paper.symbol),
                ("doc_date", paper.date.typed),
                ("signatory_capacity", paper.capacity),
                ("signatory_title", paper.title),
                ("signatory_name", paper.name),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .into()
        }
    }
}
