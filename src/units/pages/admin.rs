//! An administrator's pages of the register: one new unit, a list of them, and corrections.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::correct::{self, correct};
use super::super::form::UnitInput;
use super::super::listing::{LineProblem, joined};
use super::super::preview::{Offered, Preview, offered, ready_lines};
use super::super::queries::editing::{self, Setting};
use super::super::queries::{self, register};
use super::super::resolve::resolve;
use super::super::{add, table_file};
use crate::access::{Action, Membership};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::{Error, Problems};
use crate::once;
use crate::standard::ready::ReadyList;
use crate::web::{
    Nav, Page, Posted, PostedUpload, SignedIn, State, Upload, redirect_with, render, render_status,
};

#[derive(Template)]
#[template(path = "units/form.html")]
struct FormPage {
    page: Page,
    /// None for a new unit.
    id: Option<UnitId>,
    /// What the page showed; see [`correct::mark`].
    shown: String,
    /// Code and name of each kind a unit may be added under.
    kinds: Vec<(String, String)>,
    /// Names of bodies to stand under.
    parents: Vec<String>,
    input: UnitInput,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "units/import.html")]
struct ImportPage {
    page: Page,
    lists: Vec<Offered>,
    text: String,
    preview: Preview,
    problems: Problems,
}

impl ImportPage {
    fn lines(&self) -> usize {
        self.text.lines().count().clamp(8, 24)
    }
}

/// The membership under which a person administers a province.
fn administering(me: &SignedIn) -> Result<(Membership, UnitId), Error> {
    let found = me.actor.in_own_province(Action::Administer);
    found
        .map(|(membership, province)| (membership.clone(), province))
        .ok_or_else(|| Error::Forbidden("Danh mục đơn vị do người quản trị sửa.".into()))
}

/// Code and name of the kinds that lists may bring and this database knows.
fn kinds(conn: &mut Conn) -> Result<Vec<(String, String)>, Error> {
    let of_lists = crate::standard::catalogue::kinds()?;
    let mut kinds = register::kinds(conn)?;
    kinds.retain(|(code, _)| of_lists.iter().any(|kind| kind.code == *code && !kind.word.is_empty()));
    Ok(kinds)
}

async fn new_page(
    state: &State,
    me: &SignedIn,
    province: UnitId,
    input: UnitInput,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let today = state.clock.today();
    let (kinds, units) =
        state.read(move |conn| Ok((kinds(conn)?, queries::of_province(conn, province, today)?))).await?;
    let parents = units.into_iter().map(|unit| unit.name).collect();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Thêm đơn vị", Nav::Units);
    render_status(status, &FormPage { page, id: None, shown: String::new(), kinds, parents, input, problems })
}

/// `GET /units/new`.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn new_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let (_, province) = administering(&me)?;
    new_page(&state, &me, province, UnitInput::default(), Problems::default()).await
}

/// `POST /units`: one unit.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn create(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (membership, province) = administering(&me)?;
    let input = UnitInput::read(&form);
    let (by, moment) = (me.by(&membership), state.clock.moment());
    let (person, digest) = (me.actor.person_id, form.digest());
    let outcome = match input.line() {
        Ok(line) => {
            let make = move |conn: &mut Conn| -> Result<String, Error> {
                let mut problems = Problems::default();
                if !kinds(conn)?.iter().any(|(code, _)| *code == line.kind_code) {
                    problems.add("kind", "Chọn loại đơn vị trong danh sách.");
                }
                let setting = editing::setting(conn, province, moment.today)?;
                let new = resolve(&[line], &setting.place).unwrap_or_else(|found: Vec<LineProblem>| {
                    for problem in found {
                        problems.add("name", problem.message);
                    }
                    vec![]
                });
                problems.or(())?;
                let ids = add::add(conn, province, &new, &by, moment)?;
                Ok(ids.first().map_or("/units".into(), |id| format!("/units/{id}")))
            };
            let once =
                move |conn: &mut Conn| once::only(conn, person, digest.as_deref(), moment.recorded, make);
            state.write(once).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã thêm đơn vị.")),
        Err(Error::Invalid(problems)) => new_page(&state, &me, province, input, problems).await,
        Err(other) => Err(other),
    }
}

/// `GET /units/import`.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn import_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let (_, province) = administering(&me)?;
    let setting = setting(&state, province).await?;
    let page = me.page("Thêm đơn vị theo danh sách", Nav::Units);
    let lists = offered(&setting.official_code, &setting.naming)?;
    let (preview, problems) = (Preview::default(), Problems::default());
    render(&ImportPage { page, lists, text: String::new(), preview, problems })
}

async fn setting(state: &State, province: UnitId) -> Result<Setting, Error> {
    let today = state.clock.today();
    state.read(move |conn| editing::setting(conn, province, today)).await
}

/// `POST /units/import`: adds ticked lists and the file to the text; `do=take` adds the units.
///
/// # Errors
/// [`Error::Conflict`] when the register changed meanwhile; what is to mend shows the form again with 422.
pub async fn import(state: State, posted: PostedUpload) -> Result<HttpResponse, Error> {
    let PostedUpload { me, upload } = posted;
    let (membership, province) = administering(&me)?;
    let setting = setting(&state, province).await?;
    let take = upload.form.get("do") == "take";
    let lists = offered(&setting.official_code, &setting.naming)?;
    let (text, preview, mut problems) = state.block(move || looked_at(&upload, &setting)).await?;
    if take && preview.units.is_empty() && preview.problems.is_empty() {
        problems.add("text", "Chưa có đơn vị nào: chọn danh sách có sẵn, tải tệp lên hoặc nhập vào ô.");
    }
    let whole = problems.is_empty() && preview.problems.is_empty();
    if take && whole {
        let (by, moment) = (me.by(&membership), state.clock.moment());
        let units = preview.units;
        let added = state.write(move |conn| add::add(conn, province, &units, &by, moment)).await?;
        return Ok(redirect_with("/units", format!("Đã thêm {} đơn vị.", added.len())));
    }
    let status = if whole { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Thêm đơn vị theo danh sách", Nav::Units);
    render_status(status, &ImportPage { page, lists, text, preview, problems })
}

/// The list as it was sent, with ticked lists and the file, and what its lines become. Takes a while.
fn looked_at(upload: &Upload, setting: &Setting) -> Result<(String, Preview, Problems), Error> {
    let form = &upload.form;
    let lists: Vec<ReadyList> =
        form.all("list").iter().filter_map(|code| ReadyList::from_code(code)).collect();
    let ready = ready_lines(&lists, &setting.official_code, &setting.naming)?;
    let there = |line: &&String| {
        let name = line.split('|').next().unwrap_or_default().trim().to_lowercase();
        setting.place.there.iter().any(|unit| unit.name.to_lowercase() == name)
    };
    // A ready list is offered whole again: what is there already is left out, and no mistake.
    let ready: Vec<String> = ready.iter().filter(|line| !there(line)).cloned().collect();
    let (text, problems) = table_file::with_file(joined(form.get("text"), &ready), upload.file.as_deref())?;
    let preview = Preview::read(&text, &setting.place)?;
    Ok((text, preview, problems))
}

/// `GET /units/{id}/edit`.
///
/// # Errors
/// [`Error::NotFound`] for a unit of another province; [`Error::Forbidden`] for everybody but administrators.
pub async fn edit_form(me: SignedIn, state: State, id: web::Path<UnitId>) -> Result<HttpResponse, Error> {
    let (id, actor, moment) = (id.into_inner(), me.actor.clone(), state.clock.moment());
    let (shown, mark) = state
        .read(move |conn| {
            let province = queries::province_in(conn, &actor.scope().provinces, id)?;
            actor
                .in_province(province, Action::Administer)
                .ok_or_else(|| Error::Forbidden("Danh mục đơn vị do người quản trị sửa.".into()))?;
            correct::mark(conn, id, moment)
        })
        .await?;
    let input = UnitInput {
        name: shown.name,
        short_name: shown.short_name,
        official_code: shown.official_code.unwrap_or_default(),
        order: shown.protocol_order.to_string(),
        aliases: shown.aliases.join("\n"),
        phone: shown.phone,
        ..UnitInput::default()
    };
    render(&edit_page(&me, id, mark, input, Problems::default()))
}

fn edit_page(me: &SignedIn, id: UnitId, shown: String, input: UnitInput, problems: Problems) -> FormPage {
    let page = me.page("Sửa thông tin đơn vị", Nav::Units);
    FormPage { page, id: Some(id), shown, kinds: vec![], parents: vec![], input, problems }
}

/// `POST /units/{id}`.
///
/// # Errors
/// As [`correct`]; what is to mend shows the form again with 422.
pub async fn save(state: State, posted: Posted, id: web::Path<UnitId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let (input, shown) = (UnitInput::read(&form), form.line("shown"));
    let (actor, asked) = (me.actor.clone(), input.clone());
    let mark = shown.clone();
    let outcome = state
        .write(move |conn| {
            // Who may not see or change the unit is told so before what was typed is looked at.
            let province = queries::province_in(conn, &actor.scope().provinces, id)?;
            if actor.in_province(province, Action::Administer).is_none() {
                return Err(Error::Forbidden("Danh mục đơn vị do người quản trị sửa.".into()));
            }
            correct(conn, &actor, id, &asked.correction()?, &mark, moment)
        })
        .await;
    match outcome {
        Ok(()) => Ok(redirect_with(&format!("/units/{id}"), "Đã sửa thông tin đơn vị.")),
        Err(Error::Invalid(problems)) => {
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &edit_page(&me, id, shown, input, problems))
        }
        Err(other) => Err(other),
    }
}
