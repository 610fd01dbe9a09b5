//! `/plans/{id}/clauses` and `/clauses/{id}`: the tree of a plan as the compiler edits it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::editor::{Again, editor, opened};
use super::outline_view::{ClauseNode, Handles, Whole};
use crate::db::ids::{ClauseId, PlanId};
use crate::error::Error;
use crate::once;
use crate::plans::form::ClauseForm;
use crate::plans::outline::{self, Direction};
use crate::plans::{Clause, Plan, edit, queries, reading_order};
use crate::web::{
    FormData, Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status,
};

#[derive(Template)]
#[template(path = "plans/outline.html")]
struct OutlinePage {
    page: Page,
    plan: Plan,
    tree: Vec<ClauseNode>,
}

#[derive(Template)]
#[template(path = "plans/clause_form.html")]
struct ClausePage {
    page: Page,
    plan: Plan,
    /// None for a new clause.
    clause: Option<Clause>,
    parents: Vec<(ClauseId, String)>,
    form: ClauseForm,
    again: Again,
}

#[derive(serde::Deserialize)]
pub struct Under {
    #[serde(default)]
    parent: String,
}

/// The tree with its handles.
///
/// # Errors
/// `NotFound` outside the person's provinces, `Forbidden` without the role.
pub async fn outline(state: State, me: SignedIn, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let plan = opened(&state, &me, id.into_inner()).await?;
    let today = state.clock.today();
    let whole = state.read(move |conn| Ok(Whole::load(conn, plan, today)?)).await?;
    let handles = Handles { csrf: me.csrf.clone(), version: whole.plan.version };
    let tree = whole.tree_to_edit(&handles);
    render(&OutlinePage { page: me.page("Mục và nhiệm vụ", Nav::Plans), plan: whole.plan, tree })
}

/// `GET /plans/{id}/clauses/new?parent=…`.
///
/// # Errors
/// As [`outline`].
pub async fn new_clause(
    state: State,
    me: SignedIn,
    id: web::Path<PlanId>,
    under: web::Query<Under>,
) -> Result<HttpResponse, Error> {
    let form = ClauseForm { parent: under.into_inner().parent, ..ClauseForm::default() };
    page(&state, &me, id.into_inner(), None, form, Again::default()).await
}

/// `POST /plans/{id}/clauses`.
///
/// # Errors
/// As [`outline`]; what is to mend shows the form again.
pub async fn add_clause(state: State, posted: Posted, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    opened(&state, &me, id).await?;
    let typed = read(&form);
    let outcome = match typed.parse() {
        Ok(facts) => {
            let (me, form) = (me.clone(), form.clone());
            state
                .write(move |conn| {
                    let (person, digest) = (me.actor.person_id, form.digest());
                    once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                        let clause = outline::add(conn, editor(&me, &form, moment), id, &facts)?;
                        Ok(format!("/plans/{id}/clauses#c-{clause}"))
                    })
                })
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã thêm mục.")),
        Err(error) => page(&state, &me, id, None, typed, Again::from(error)?).await,
    }
}

/// `GET /clauses/{id}`.
///
/// # Errors
/// As [`outline`].
pub async fn clause_form(state: State, me: SignedIn, id: web::Path<ClauseId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let clause = state.read(move |conn| Ok(queries::clause(conn, id)?)).await?;
    let form = ClauseForm {
        parent: clause.parent_id.map(|id| id.to_string()).unwrap_or_default(),
        label: clause.label.clone(),
        title: clause.title.clone(),
        body: clause.body.clone(),
    };
    page(&state, &me, clause.plan_id, Some(clause), form, Again::default()).await
}

/// `POST /clauses/{id}`.
///
/// # Errors
/// As [`outline`]; what is to mend shows the form again.
pub async fn save_clause(
    state: State,
    posted: Posted,
    id: web::Path<ClauseId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let clause = state.read(move |conn| Ok(queries::clause(conn, id)?)).await?;
    let plan = clause.plan_id;
    opened(&state, &me, plan).await?;
    let typed = read(&form);
    let outcome = match typed.parse() {
        Ok(facts) => {
            let (me, form) = (me.clone(), form.clone());
            state.write(move |conn| outline::save(conn, editor(&me, &form, moment), id, &facts)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(plan) => Ok(redirect_with(&format!("/plans/{plan}/clauses#c-{id}"), "Đã lưu mục.")),
        Err(error) => page(&state, &me, plan, Some(clause), typed, Again::from(error)?).await,
    }
}

/// `POST /clauses/{id}/position`: one place up or down.
///
/// # Errors
/// As [`outline`]; `Refused` for a direction that is none; `Conflict` when somebody else edited the plan meanwhile.
pub async fn move_clause(
    state: State,
    posted: Posted,
    id: web::Path<ClauseId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let plan = state
        .write(move |conn| {
            // The plan and the role first: what is foreign is not found, whatever was sent.
            let plan = queries::clause(conn, id)?.plan_id;
            edit::open(conn, &me.actor, plan)?;
            let direction = match form.get("direction") {
                "up" => Direction::Up,
                "down" => Direction::Down,
                _ => return Err(Error::Refused("Chọn chuyển mục lên hoặc xuống.".into())),
            };
            outline::step(conn, editor(&me, &form, moment), id, direction)
        })
        .await?;
    Ok(redirect(&format!("/plans/{plan}/clauses#c-{id}")))
}

/// `POST /clauses/{id}/removal`.
///
/// # Errors
/// As [`move_clause`]; `Refused` while the clause holds anything.
pub async fn remove_clause(
    state: State,
    posted: Posted,
    id: web::Path<ClauseId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let plan = state.write(move |conn| outline::remove(conn, editor(&me, &form, moment), id)).await?;
    Ok(redirect_with(&format!("/plans/{plan}/clauses"), "Đã bỏ mục."))
}

fn read(form: &FormData) -> ClauseForm {
    ClauseForm {
        parent: form.line("parent"),
        label: form.line("label"),
        title: form.line("title"),
        body: form.get("body").to_owned(),
    }
}

/// The clauses of a plan from top to bottom as choices.
pub fn choices(clauses: &[Clause]) -> Vec<(ClauseId, String)> {
    let nodes: Vec<_> = clauses.iter().map(|c| (c.id, c.parent_id)).collect();
    reading_order(&nodes)
        .into_iter()
        .filter_map(|(id, _)| clauses.iter().find(|c| c.id == id))
        .map(|clause| (clause.id, clause.name()))
        .collect()
}

async fn page(
    state: &State,
    me: &SignedIn,
    plan: PlanId,
    clause: Option<Clause>,
    form: ClauseForm,
    again: Again,
) -> Result<HttpResponse, Error> {
    let plan = opened(state, me, plan).await?;
    let id = plan.id;
    let clauses = state.read(move |conn| Ok(queries::clauses_of(conn, id)?)).await?;
    let own = clause.as_ref().map(|c| c.id);
    let parents = choices(&clauses).into_iter().filter(|(id, _)| Some(*id) != own).collect();
    let title = if clause.is_some() { "Sửa mục" } else { "Thêm mục" };
    let page = me.page(title, Nav::Plans);
    let status = again.status();
    render_status(status, &ClausePage { page, plan, clause, parents, form, again })
}
