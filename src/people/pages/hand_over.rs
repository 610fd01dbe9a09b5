//! Handing over: the question, its preview, and the record both people read afterwards.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::super::administer::{self, Administered};
use super::super::hand_over::{self, Ask, Content};
use super::super::person::{Held, Person};
use super::super::queries::{open_work, register};
use crate::calendar::to_local;
use crate::db::Conn;
use crate::db::ids::{HandOverId, PersonId, UnitId};
use crate::error::{Error, Problems};
use crate::vietnamese::{clean_line, date_time, parse_date, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

/// What a preview is asked for, as typed: "unit.person", and a day.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Asked {
    #[serde(default)]
    to: String,
    #[serde(default)]
    on: String,
}

#[derive(Template)]
#[template(path = "people/hand_over.html")]
struct HandOverPage {
    page: Page,
    id: PersonId,
    name: String,
    asked: Asked,
    candidates: Vec<Candidate>,
    preview: Option<Preview>,
    problems: Problems,
}

struct Candidate {
    value: String,
    words: String,
    chosen: bool,
}

struct Preview {
    content: Content,
    mark: String,
    /// The successor has not set a password yet.
    waiting: bool,
    /// The successor's first day.
    day: String,
}

/// A hand-over in one line.
pub(super) struct RecordLine {
    /// Its page.
    pub path: String,
    pub words: String,
}

/// The hand-overs somebody gave or took, the latest first. One query.
///
/// # Errors
/// The query's own.
pub(super) fn records_of(conn: &mut Conn, id: PersonId) -> Result<Vec<RecordLine>, Error> {
    let mut lines = Vec::new();
    for one in open_work::kept(conn, id)? {
        let content: Content =
            serde_json::from_str(&one.content_json).map_err(|e| Error::Internal(e.to_string()))?;
        let day = short_date(one.effective_on);
        lines.push(RecordLine {
            path: format!("/people/{id}/hand-overs/{}", one.id),
            words: format!("{} bàn giao cho {}, từ ngày {day}", content.from, content.to),
        });
    }
    Ok(lines)
}

#[derive(Template)]
#[template(path = "people/hand_over_record.html")]
struct RecordPage {
    page: Page,
    content: Content,
    day: String,
    decided: String,
    by: String,
    by_title: String,
    /// The reader administers these people, and does not do their work.
    administers: bool,
    person: PersonId,
}

impl Asked {
    fn parse(&self, person: PersonId) -> Result<Ask, Problems> {
        let mut problems = Problems::default();
        let to = self.to.split_once('.').and_then(|(unit, to)| Some((unit.parse().ok()?, to.parse().ok()?)));
        if to.is_none() {
            problems.add("to", "Chọn người nhận bàn giao.");
        }
        let on = parse_date(&self.on);
        if let Err(error) = &on {
            problems.add("on", error.to_string());
        }
        match (to, on) {
            (Some((unit, successor)), Ok(on)) => Ok(Ask { person, unit, successor, on }),
            _ => Err(problems),
        }
    }
}

/// People of the units in which somebody still holds a role, themselves left out.
fn candidates(
    conn: &mut Conn,
    found: &Administered,
    asked: &Asked,
    today: NaiveDate,
) -> Result<Vec<Candidate>, Error> {
    let units: Vec<UnitId> =
        found.held.iter().filter(|held| !held.ended_by(today)).map(|held| held.unit_id).collect();
    let everybody = register::of_provinces(conn, &found.membership.province_reach, today)?;
    let fits = |person: &Person, held: &Held| {
        units.contains(&held.unit_id)
            && !held.ended_by(today)
            && person.id != found.person.id
            && person.disabled_at.is_none()
    };
    let mut all: Vec<Candidate> = Vec::new();
    for (person, held) in &everybody {
        for held in held.iter().filter(|held| fits(person, held)) {
            let value = format!("{}.{}", held.unit_id, person.id);
            if !all.iter().any(|one| one.value == value) {
                let words = format!("{}, {} ({})", person.full_name, held.title, held.unit);
                all.push(Candidate { chosen: value == asked.to, value, words });
            }
        }
    }
    Ok(all)
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: PersonId,
    asked: Asked,
    wanted: bool,
) -> Result<HttpResponse, Error> {
    let (actor, moment, typed) = (me.actor.clone(), state.clock.moment(), asked.clone());
    let (found, candidates, outcome) = state
        .read(move |conn| {
            let found = administer::find(conn, &actor, id, moment.today)?;
            let candidates = candidates(conn, &found, &typed, moment.today)?;
            let outcome = match (wanted, typed.parse(id)) {
                (false, _) => Ok(None),
                (true, Err(problems)) => Err(problems),
                (true, Ok(ask)) => match hand_over::plan(conn, &actor, &ask, moment) {
                    Ok(plan) => Ok(Some((ask, plan))),
                    Err(Error::Invalid(problems)) => Err(problems),
                    Err(other) => return Err(other),
                },
            };
            Ok((found, candidates, outcome))
        })
        .await?;
    let (preview, problems) = match outcome {
        Ok(preview) => (preview, Problems::default()),
        Err(problems) => (None, problems),
    };
    let preview = preview.map(|(ask, plan)| Preview {
        mark: plan.mark(),
        waiting: !plan.successor.person.has_password,
        day: short_date(ask.on),
        content: plan.content,
    });
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (page, name) = (me.page("Bàn giao", Nav::People), found.person.full_name);
    render_status(status, &HandOverPage { page, id, name, asked, candidates, preview, problems })
}

/// `GET /people/{id}/hand-over?to=&on=`: the question, and with both answers the preview.
///
/// # Errors
/// [`Error::NotFound`] for somebody of another province, [`Error::Forbidden`] for everybody but administrators.
pub async fn hand_over_form(
    me: SignedIn,
    state: State,
    id: web::Path<PersonId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let asked = Asked { to: clean_line(&asked.to), on: clean_line(&asked.on) };
    let wanted = !asked.to.is_empty() || !asked.on.is_empty();
    page(&state, &me, id.into_inner(), asked, wanted).await
}

/// `POST /people/{id}/hand-over`: carries out what the preview showed.
///
/// # Errors
/// As [`hand_over::hand_over`]; what is to mend shows the form again with 422.
pub async fn confirm_hand_over(
    state: State,
    posted: Posted,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let (asked, shown) = (Asked { to: form.line("to"), on: form.line("on") }, form.line("shown"));
    let typed = asked.clone();
    let outcome = state
        .write(move |conn| {
            administer::find(conn, &actor, id, moment.today)?;
            let ask = typed.parse(id).map_err(Error::Invalid)?;
            hand_over::hand_over(conn, &actor, &ask, &shown, moment)
        })
        .await;
    match outcome {
        Ok(record) => {
            Ok(redirect_with(&format!("/people/{id}/hand-overs/{record}"), "Đã ghi nhận bàn giao."))
        }
        Err(Error::Invalid(_)) => page(&state, &me, id, asked, true).await,
        Err(other) => Err(other),
    }
}

/// `GET /people/{id}/hand-overs/{n}`: for both people, and for their administrator.
///
/// # Errors
/// [`Error::NotFound`] for one of another province or of other people, [`Error::Forbidden`] for others of the province.
pub async fn hand_over_record(
    me: SignedIn,
    state: State,
    path: web::Path<(PersonId, HandOverId)>,
) -> Result<HttpResponse, Error> {
    let ((id, record), actor, today) = (path.into_inner(), me.actor.clone(), state.clock.today());
    let (kept, party) = state
        .read(move |conn| {
            let kept = open_work::kept(conn, id)?.into_iter().find(|kept| kept.id == record);
            let party = kept
                .as_ref()
                .is_some_and(|kept| [kept.person_id, kept.successor_id].contains(&actor.person_id));
            if !party {
                administer::find(conn, &actor, id, today)?;
            }
            Ok((kept.ok_or(Error::NotFound)?, party))
        })
        .await?;
    let content: Content =
        serde_json::from_str(&kept.content_json).map_err(|e| Error::Internal(e.to_string()))?;
    let nav = if party { Nav::None } else { Nav::People };
    render(&RecordPage {
        page: me.page("Bàn giao công việc", nav),
        content,
        day: short_date(kept.effective_on),
        decided: date_time(to_local(kept.decided_at)),
        by: kept.actor_name,
        by_title: kept.actor_title,
        administers: !party,
        person: kept.person_id,
    })
}
