//! `/plan-uploads/{id}/duties/{n}`: one duty of a proposal: its cycle, its due words, who owes it, the regime it becomes.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::items::to_mend;
use super::{Choices, choices, open_desk};
use crate::calendar::Preset;
use crate::db::ids::PlanUploadId;
use crate::error::{Error, Problems};
use crate::plan_adoption::draft::DutyItem;
use crate::plan_adoption::marks::place;
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::{amend, form, holders, regimes_made, settle};
use crate::plans::shortened;
use crate::regimes::cycles::Group;
use crate::vietnamese::capital;
use crate::vietnamese::limits::{LINE, SIGN};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// A body of a group: id, name, whether it owes the duty.
type Member = (String, String, bool);

#[derive(Template)]
#[template(path = "plan_adoption/duty.html")]
struct DutyPage {
    page: Page,
    row: UploadRow,
    item: DutyItem,
    cycles: Vec<(&'static str, &'static str)>,
    /// Kinds of which there are bodies: value, name, whether chosen.
    kinds: Vec<(String, String, bool)>,
    /// The kinds that are chosen, whether all their bodies are meant, and the bodies.
    members: Vec<(String, bool, Vec<Member>)>,
    /// Bodies chosen one by one.
    chosen: Vec<(String, String)>,
    bodies: Vec<Choices>,
    regimes: Vec<(String, String)>,
    place: String,
    problems: Problems,
}

/// What a duty can come back as.
fn cycles() -> Vec<(&'static str, &'static str)> {
    let groups = Group::ALL.into_iter().map(|group| (group.field(), group.words()));
    groups.chain([("adhoc", "Đột xuất, khi được yêu cầu")]).collect()
}

/// `GET /plan-uploads/{id}/duties/{n}`.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn duty(
    me: SignedIn,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    page(&me, &state, at.into_inner(), None, Problems::default()).await
}

async fn page(
    me: &SignedIn,
    state: &State,
    (id, key): (PlanUploadId, u32),
    typed: Option<DutyItem>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let desk = match open_desk(state, me, id).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let known = desk.draft.duties.iter().find(|item| item.key == key).cloned().ok_or(Error::NotFound)?;
    let item = typed.unwrap_or(known);
    let who: Vec<String> = match &item.who {
        Some(who) => who.clone(),
        None => item.units.iter().flat_map(|name| holders::whom(&desk.draft, &desk.ground, name)).collect(),
    };
    // Of what is over, those there were then.
    let day = regimes_made::over_since(&item, desk.ground.today).unwrap_or(desk.ground.today);
    let there = |code: &str| desk.ground.on(day).iter().filter(|unit| unit.kind_code == code).count();
    let kinds = desk.ground.kinds.iter().map(|(code, name)| (there(code), code, name));
    let kinds = kinds.filter(|(count, ..)| *count > 0).map(|(count, code, name)| {
        let value = format!("group:{code}");
        (value.clone(), format!("{name} ({count})"), who.contains(&value))
    });
    let kinds = kinds.collect();
    let on = desk.ground.on(day);
    let members = desk.ground.kinds.iter().filter(|(code, _)| who.contains(&format!("group:{code}")));
    let members = members.map(|(code, name)| {
        let of = on.iter().filter(|unit| unit.kind_code == *code && unit.id != desk.ground.collector);
        let meant = |unit: &crate::units::UnitOn| !who.contains(&format!("not:{}", unit.id));
        let of: Vec<Member> = of.map(|unit| (unit.id.to_string(), unit.name.clone(), meant(unit))).collect();
        (name.clone(), of.iter().all(|(.., meant)| *meant), of)
    });
    let members = members.collect();
    let units = who.iter().filter(|who| who.starts_with("unit:"));
    let chosen = units.map(|who| (who.clone(), holders::words(&desk.ground, who))).collect();
    let others = desk.draft.duties.iter().filter(|other| other.key != key && other.regime == "new");
    let with = others
        .map(|other| (format!("with:{}", other.key), format!("Cùng chế độ: {}", shortened(&other.text, 70))));
    let existing = desk
        .ground
        .regimes
        .iter()
        .map(|(id, name)| (format!("regime:{id}"), format!("Chế độ đã có: {name}")));
    let regimes =
        std::iter::once(("new".to_owned(), "Lập chế độ mới".to_owned())).chain(with).chain(existing);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = DutyPage {
        page: me.page("Sửa nghĩa vụ báo cáo", Nav::Plans),
        cycles: cycles(),
        kinds,
        members,
        chosen,
        bodies: choices(&desk.ground).into_iter().skip(1).collect(),
        regimes: regimes.collect(),
        place: place(&item.lines),
        row: desk.row,
        item,
        problems,
    };
    render_status(status, &page)
}

/// `POST /plan-uploads/{id}/duties/{n}`.
///
/// # Errors
/// As [`settle::change`]; what is to mend shows the form again.
pub async fn save_duty(
    posted: Posted,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let ((id, key), seen, actor) = (at.into_inner(), form::version(&form), me.actor.clone());
    let read = actor.clone();
    let known = state
        .read(move |conn| {
            let (row, _) = crate::plan_adoption::upload::open(conn, &read, id)?;
            row.draft().duties.into_iter().find(|item| item.key == key).ok_or(Error::NotFound)
        })
        .await?;
    let typed = form::duty(&form, &known);
    let (checked, kept) = (check(&typed), typed.clone());
    let done = state
        .write(move |conn| {
            settle::change(conn, &actor, (id, seen), |draft| {
                checked.or(())?;
                amend::correct_duty(draft, key, kept)
            })
        })
        .await;
    match done {
        Ok(()) => Ok(redirect_with(&format!("/plan-uploads/{id}#duty-{key}"), "Đã lưu nghĩa vụ.")),
        Err(error) => page(&me, &state, (id, key), Some(typed), to_mend(error, "cycle")?).await,
    }
}

/// What is to mend at the fields.
fn check(typed: &DutyItem) -> Problems {
    let mut problems = Problems::default();
    if !["report", "document"].contains(&typed.what.as_str()) {
        problems.add("what", "Chọn loại nội dung phải gửi.");
    }
    for (field, name, text, limit) in [
        ("name", "Tên chế độ báo cáo", &typed.name, LINE),
        ("to", "Gửi về", &typed.to, LINE),
        ("via", "Qua", &typed.via, LINE),
        ("when", "Ngày", &typed.when, SIGN),
        ("hour", "Giờ", &typed.hour, SIGN),
        ("cycle", "Chu kỳ", &typed.cycle, SIGN),
        ("rule", "Thời hạn gửi", &typed.rule, SIGN),
        ("regime", "Chế độ báo cáo", &typed.regime, SIGN),
    ] {
        problems.add_fault(field, limit.fault(name, text));
    }
    if typed.regime.starts_with("regime:") {
        return problems;
    }
    if typed.regime == "new" && typed.name.is_empty() {
        problems.add("name", "Nhập tên chế độ báo cáo.");
    }
    if typed.what == "document" && typed.cycle != "once" {
        problems.add("cycle", "Văn bản phải gửi thì gửi một lần. Chọn chu kỳ “Một lần”.");
    } else if let Err(words) = regimes_made::plans(typed, Preset::Nd09) {
        let field = if typed.cycle.is_empty() { "cycle" } else { "when" };
        problems.add(field, capital(&words));
    }
    problems
}
