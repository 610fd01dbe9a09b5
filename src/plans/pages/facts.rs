//! `/plans/new` and `/plans/{id}/edit`: the facts of a plan as a document.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::editor::{Again, editor, opened};
use crate::access::Action;
use crate::db::ids::{PlanId, UnitId};
use crate::error::Error;
use crate::once;
use crate::plans::form::PlanForm;
use crate::plans::{PLAN_KINDS, Plan, edit};
use crate::units;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "plans/facts.html")]
struct FactsPage {
    page: Page,
    /// None for a new plan.
    plan: Option<Plan>,
    province: UnitId,
    /// The provinces the person compiles for, where there are several to choose from.
    provinces: Vec<(UnitId, String)>,
    kinds: &'static [(&'static str, &'static str)],
    /// Names offered for the issuer.
    issuers: Vec<String>,
    form: PlanForm,
    again: Again,
}

impl FactsPage {
    /// A kind that was typed before kinds were offered is offered too.
    fn is_other_kind(&self) -> bool {
        !self.form.kind.is_empty() && self.kinds.iter().all(|(code, _)| *code != self.form.kind)
    }
}

/// An empty form.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn new_form(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    let form = PlanForm { kind: "KH".into(), symbol: "KH-UBND".into(), ..PlanForm::default() };
    new_page(&state, &me, None, form, Again::default()).await
}

/// `POST /plans`.
///
/// # Errors
/// `Forbidden` without the role; what is to mend shows the form again.
pub async fn create(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let moment = state.clock.moment();
    let chosen: Option<UnitId> = form.get("province").parse().ok();
    let province = province(&me, chosen)?;
    let typed = PlanForm::read(|name| form.line(name));
    let outcome = match typed.parse() {
        Ok(facts) => {
            let (actor, digest) = (me.actor.clone(), form.digest());
            state
                .write(move |conn| {
                    once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                        let id = edit::create(conn, &actor, province, facts, moment)?;
                        Ok(format!("/plans/{id}/clauses"))
                    })
                })
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(to) => {
            Ok(redirect_with(&to, "Đã thêm kế hoạch. Nhập tiếp các mục và nhiệm vụ, rồi căn cứ pháp lý."))
        }
        Err(error) => new_page(&state, &me, Some(province), typed, Again::from(error)?).await,
    }
}

/// `GET /plans/{id}/edit`.
///
/// # Errors
/// `NotFound` outside the person's provinces, `Forbidden` without the role.
pub async fn edit_form(state: State, me: SignedIn, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let plan = opened(&state, &me, id.into_inner()).await?;
    let form = PlanForm::of(&plan);
    page(&state, &me, Some(plan), form, Again::default(), vec![]).await
}

/// `POST /plans/{id}`.
///
/// # Errors
/// As [`edit_form`]; what is to mend shows the form again.
pub async fn save(state: State, posted: Posted, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let plan = opened(&state, &me, id).await?;
    let typed = PlanForm::read(|name| form.line(name));
    let outcome = match typed.parse() {
        Ok(facts) => {
            let (me, form) = (me.clone(), form.clone());
            state.write(move |conn| edit::save(conn, editor(&me, &form, moment), id, facts)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(redirect_with(&format!("/plans/{id}"), "Đã lưu thông tin kế hoạch.")),
        Err(error) => page(&state, &me, Some(plan), typed, Again::from(error)?, vec![]).await,
    }
}

/// The provinces the person compiles for.
fn compiled(me: &SignedIn) -> Vec<UnitId> {
    let memberships = me.actor.memberships.iter().filter(|m| m.role.may(Action::Compile));
    let mut provinces: Vec<UnitId> = memberships.filter_map(|m| m.province_id).collect();
    provinces.sort_unstable();
    provinces.dedup();
    provinces
}

fn province(me: &SignedIn, chosen: Option<UnitId>) -> Result<UnitId, Error> {
    let provinces = compiled(me);
    let first = provinces.first().copied().ok_or_else(|| {
        Error::Forbidden("Chỉ cán bộ tổng hợp của Công an tỉnh được nhập, sửa kế hoạch.".into())
    })?;
    match chosen {
        None => Ok(first),
        Some(chosen) if provinces.contains(&chosen) => Ok(chosen),
        Some(_) => Err(Error::NotFound),
    }
}

async fn new_page(
    state: &State,
    me: &SignedIn,
    chosen: Option<UnitId>,
    form: PlanForm,
    again: Again,
) -> Result<HttpResponse, Error> {
    let province = province(me, chosen)?;
    let mut order = compiled(me);
    order.sort_by_key(|id| *id != province);
    page(state, me, None, form, again, order).await
}

async fn page(
    state: &State,
    me: &SignedIn,
    plan: Option<Plan>,
    form: PlanForm,
    again: Again,
    provinces: Vec<UnitId>,
) -> Result<HttpResponse, Error> {
    let today = state.clock.today();
    let known = plan.as_ref().map(|plan| plan.province_id);
    let province = known.or_else(|| provinces.first().copied()).ok_or(Error::NotFound)?;
    let (issuers, provinces) = state
        .read(move |conn| {
            let units = units::queries::of_province(conn, province, today)?;
            let names = units::queries::names_on(conn, &provinces, today)?;
            let named = provinces.into_iter().map(|id| (id, names.get(&id).cloned().unwrap_or_default()));
            Ok((units.into_iter().map(|unit| unit.name).collect(), named.collect()))
        })
        .await?;
    let title = if plan.is_some() { "Sửa thông tin kế hoạch" } else { "Thêm kế hoạch" };
    let page = me.page(title, Nav::Plans);
    let status = again.status();
    let kinds = &PLAN_KINDS;
    render_status(status, &FactsPage { page, plan, province, provinces, kinds, issuers, form, again })
}
