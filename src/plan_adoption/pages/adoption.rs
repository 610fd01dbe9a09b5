//! `/plan-uploads/{id}/adoption`: what adopting makes, before it is made; and the making.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::duty_view::{said, who};
use super::{Desk, adopted_already, desk, open_desk};
use crate::db::ids::{PlanUploadId, RegimeId};
use crate::error::Error;
use crate::periods::{NewPeriod, RegimeKind};
use crate::plan_adoption::adopt::First;
use crate::plan_adoption::draft::DutyItem;
use crate::plan_adoption::origin::{ahead_of_today, of_another_province};
use crate::plan_adoption::outcome::{Outcome, document_label};
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::regimes_made::RegimeMade;
use crate::plan_adoption::unreported::{Unreported, unreported};
use crate::plan_adoption::windows::Undated;
use crate::plan_adoption::{UploadState, adopt as adopting, form, holders, windows};
use crate::plans::Part;
use crate::plans::task_form::Who;
use crate::vietnamese::{parse_date, short_date, weekday_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// Said at a last day that is none.
const UNREAD: &str = "Nhập ngày, tháng, năm, ví dụ 18/6/2025.";

/// A regime as it would be made.
struct RegimeView {
    name: String,
    /// The regime there is that the duties join.
    existing: Option<RegimeId>,
    who: String,
    count: usize,
    /// "Năm: trước ngày 15/11 hằng năm".
    cycles: Vec<String>,
    opened: Vec<String>,
    ahead: Vec<String>,
    day: String,
    form: &'static str,
}

/// A period with a day that would not be opened.
struct AheadView {
    key: u32,
    words: String,
    chosen: bool,
}

/// A duty whose document names no day: its first period, with the day to be filled in.
struct UndatedView {
    key: u32,
    label: String,
    /// The days counted, and what NĐ 09/2019 says of the day.
    hint: String,
    typed: String,
    problem: &'static str,
}

#[derive(Template)]
#[template(path = "plan_adoption/adoption.html")]
struct AdoptionPage {
    page: Page,
    row: UploadRow,
    label: String,
    short_name: String,
    /// Who leads and who cooperates, with how many tasks each.
    holders: Vec<(String, usize, usize)>,
    regimes: Vec<RegimeView>,
    /// Duties without a day.
    undated: Vec<UndatedView>,
    /// Periods with a day that would not be opened.
    ahead: Vec<AheadView>,
    /// Whether first periods are offered: something would not be opened.
    offers: bool,
    /// Names that stay in the words.
    in_words: Vec<String>,
    /// The document says it is another province's.
    stranger: Option<String>,
    /// Its day lies behind today.
    ahead_of_today: Option<String>,
    unreported: Unreported,
    outcome: Outcome,
    shown: String,
    refusal: String,
}

/// `GET /plan-uploads/{id}/adoption`.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn adoption(
    me: SignedIn,
    state: State,
    id: web::Path<PlanUploadId>,
) -> Result<HttpResponse, Error> {
    page(&me, &state, id.into_inner(), None).await
}

/// What was posted and not done: why, and what was typed, which stays on the page.
struct Refused {
    status: StatusCode,
    why: String,
    first: First,
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: PlanUploadId,
    refused: Option<Refused>,
) -> Result<HttpResponse, Error> {
    let desk = match open_desk(state, me, id).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let regimes = desk.outcome.regimes.iter().map(|regime| regime_view(&desk, regime)).collect();
    let in_words = desk.outcome.asked.iter().filter(|asked| !asked.needed).map(|asked| asked.name.clone());
    let first = refused.as_ref().map(|refused| &refused.first);
    let (undated, ahead) = (undated(&desk, first), ahead(&desk, first));
    let status = refused.as_ref().map_or(StatusCode::OK, |refused| refused.status);
    let page = AdoptionPage {
        page: me.page("Lập kế hoạch từ văn bản", Nav::Plans),
        label: document_label(&desk.draft),
        short_name: desk.draft.facts.short_name.clone(),
        holders: holders_of(&desk),
        stranger: of_another_province(&desk.draft.facts, &desk.ground.province_name),
        ahead_of_today: ahead_of_today(&desk.ground),
        unreported: unreported(&desk.outcome, &desk.ground),
        regimes,
        in_words: in_words.collect(),
        offers: !ahead.is_empty()
            || refused.is_some() && !undated.is_empty()
            || undated.iter().any(|view| parse_date(&view.typed).is_err()),
        undated,
        ahead,
        shown: desk.outcome.digest(),
        outcome: desk.outcome,
        row: desk.row,
        refusal: refused.map(|refused| refused.why).unwrap_or_default(),
    };
    render_status(status, &page)
}

/// What has passed is chosen beforehand; what has not begun only where nothing at all would be opened or has passed. Of a regime there is nothing is, and
/// of a document whose day cannot be right.
fn ahead(desk: &Desk, typed: Option<&First>) -> Vec<AheadView> {
    let is_past = |period: &NewPeriod| period.due.last_day().is_some_and(|day| day < desk.ground.today);
    let made = desk.outcome.regimes.iter().filter(|regime| regime.existing.is_none());
    let any_past = made.flat_map(|regime| &regime.ahead).any(|(_, period)| is_past(period));
    let none = desk.outcome.periods() == 0 && !any_past;
    let dated = desk.ground.issued_ahead().is_none();
    let of = |regime: &'_ RegimeMade| regime.existing.is_some();
    let all =
        desk.outcome.regimes.iter().flat_map(|regime| regime.ahead.iter().map(move |a| (of(regime), a)));
    all.map(|(joins, (key, period))| {
        let past = is_past(period);
        let state = if past { "đã quá hạn" } else { "chưa đến kỳ" };
        let of = if joins { " (của chế độ đã có)" } else { "" };
        let words = format!("{}{of}: {}, {state}", period.label, period.due.text());
        let chosen = typed.map_or(dated && !joins && (past || none), |typed| typed.chosen.contains(key));
        AheadView { key: *key, words, chosen }
    })
    .collect()
}

fn undated(desk: &Desk, first: Option<&First>) -> Vec<UndatedView> {
    let taken: Vec<&DutyItem> = desk.draft.duties.iter().filter(|duty| duty.taken).collect();
    let of = |regime: &RegimeMade| -> Vec<&DutyItem> {
        taken.iter().copied().filter(|duty| regime.duties.contains(&duty.key)).collect()
    };
    let mut found = Vec::new();
    for regime in desk.outcome.regimes.iter().filter(|regime| regime.existing.is_none()) {
        let all = of(regime);
        for duty in &all {
            let Some(next) = windows::first_of_undated(duty, &all, &desk.ground) else { continue };
            let day = first.and_then(|first| first.days.iter().find(|(key, _)| *key == duty.key));
            let typed = day.map_or(duty.first_on.as_str(), |(_, day)| day.trim());
            found.push(UndatedView { key: duty.key, typed: typed.to_owned(), ..field(next) }.checked());
        }
    }
    found
}

/// The field of a first period, with what is to be known of its day.
fn field(next: Undated) -> UndatedView {
    let mut hint = String::new();
    if let Some((window, earliest)) = next.window.zip(next.earliest) {
        let day = short_date(earliest);
        hint = format!(
            "Số liệu {window}. Theo Nghị định 09/2019/NĐ-CP: hạn sớm nhất là ngày {day}, sau ngày chốt số liệu ít nhất 01 ngày làm việc"
        );
        if let Some(day) = next.upwards {
            hint.push_str(&format!("; tỉnh báo cáo lên trên chậm nhất ngày {}", short_date(day)));
        }
        hint.push_str(". ");
    }
    hint.push_str("Để trống nếu chưa mở kỳ.");
    UndatedView { key: 0, label: next.label, hint, typed: String::new(), problem: "" }
}

impl UndatedView {
    /// With what is wrong with what was typed.
    fn checked(self) -> UndatedView {
        let unread = !self.typed.is_empty() && parse_date(&self.typed).is_err();
        UndatedView { problem: if unread { UNREAD } else { "" }, ..self }
    }
}

/// Each body or group with its tasks, in the order in which they come.
fn holders_of(desk: &Desk) -> Vec<(String, usize, usize)> {
    let mut found: Vec<(String, usize, usize)> = Vec::new();
    for row in desk.outcome.tasks.iter().flat_map(|(_, task)| &task.holders) {
        let name = match &row.who {
            Some(Who::Unit(id)) => desk.ground.unit_name(*id),
            Some(Who::Group(kind)) => holders::words(&desk.ground, &format!("group:{kind}")),
            None => continue,
        };
        let at = found.iter().position(|(known, ..)| *known == name).unwrap_or_else(|| {
            found.push((name, 0, 0));
            found.len() - 1
        });
        match row.part {
            Part::Lead => found[at].1 += 1,
            Part::Cooperating => found[at].2 += 1,
        }
    }
    found
}

fn regime_view(desk: &Desk, regime: &RegimeMade) -> RegimeView {
    let known = regime.existing.and_then(|id| desk.ground.regimes.iter().find(|(known, _)| *known == id));
    let words = |period: &NewPeriod| match period.due.last_day() {
        Some(day) => format!("{}: {}, hạn cuối {}", period.label, period.due.text(), weekday_date(day)),
        None => period.label.clone(),
    };
    let window = |period: &NewPeriod| {
        let window = period
            .window
            .map(|w| format!("; số liệu từ {} đến hết {}", short_date(w.from), short_date(w.to)));
        format!("{}{}", words(period), window.unwrap_or_default())
    };
    RegimeView {
        name: known.map_or_else(|| regime.charter.name.clone(), |(_, name)| name.clone()),
        existing: regime.existing,
        who: if regime.existing.is_some() { String::new() } else { who(desk, Some(regime)) },
        count: regime.units.len(),
        cycles: cycles(desk, regime),
        opened: regime.periods.iter().map(window).collect(),
        ahead: regime.ahead.iter().map(|(_, period)| words(period)).collect(),
        day: short_date(regime.day),
        form: match (regime.charter.kind, regime.plain) {
            (RegimeKind::Document, _) => "gửi văn bản, không có chỉ tiêu",
            (RegimeKind::Report, true) => "báo cáo bằng lời, không có chỉ tiêu",
            (RegimeKind::Report, false) => "biểu mẫu tái hòa nhập cộng đồng theo loại đơn vị, có chỉ tiêu",
        },
    }
}

/// The cycles in words, as the review says them.
fn cycles(desk: &Desk, regime: &RegimeMade) -> Vec<String> {
    let duties = desk.draft.duties.iter().filter(|duty| regime.duties.contains(&duty.key));
    duties
        .map(|duty| match said(duty) {
            (cycle, due) if due.is_empty() => cycle,
            (cycle, due) => format!("{cycle}: {due}"),
        })
        .collect()
}

/// `POST /plan-uploads/{id}/adoption`.
///
/// # Errors
/// As [`adopting::adopt`]; what is in the way is said on the page, 422, or 409 where it is not as it was shown, with what was typed still
/// on it; one that was adopted already leads to its plan.
pub async fn adopt(posted: Posted, state: State, id: web::Path<PlanUploadId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, confirmed) = (id.into_inner(), state.clock.moment(), form::confirmed(&form));
    let (actor, first) = (me.actor.clone(), confirmed.first.clone());
    match state.write(move |conn| adopting::adopt(conn, &actor, id, &confirmed, moment)).await {
        Ok(made) => {
            let words = format!(
                "Đã lập kế hoạch: {} mục, {} nhiệm vụ, {} chế độ báo cáo, mở {} kỳ.",
                made.clauses, made.tasks, made.regimes, made.periods
            );
            Ok(redirect_with(&format!("/plans/{}", made.plan), words))
        }
        Err(error @ (Error::Refused(_) | Error::Conflict(_) | Error::Invalid(_))) => {
            let row = desk(&state, &me, id).await?.row;
            if row.state() == UploadState::Adopted {
                return Ok(adopted_already(&row));
            }
            let (status, why) = match error {
                Error::Refused(why) => (StatusCode::UNPROCESSABLE_ENTITY, why),
                Error::Conflict(why) => (StatusCode::CONFLICT, why),
                other => (StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
            };
            page(&me, &state, id, Some(Refused { status, why, first })).await
        }
        Err(other) => Err(other),
    }
}
