//! The form of an indicator of a province's own: a new one, one corrected, one that follows another. The three rules of
//! folding stand in it in words, with an example each.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::add::{self, Setting};
use super::super::edit as verbs;
use super::super::facts::next_code;
use super::super::form::{IndicatorInput, MONEY, may_be_part};
use super::super::keeping::{adding, kept};
use super::super::{Group, Indicator, LevelRule, PeriodRule, UnitRule, ValueType, queries};
use super::FormLine;
use crate::db::ids::IndicatorId;
use crate::error::{Error, Problems};
use crate::once;
use crate::vietnamese::short_date;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// What the form is for.
#[derive(Debug, Clone)]
enum Purpose {
    New,
    Correct { indicator: Box<Indicator>, used: bool },
    Follow { indicator: Box<Indicator> },
}

#[derive(Template)]
#[template(path = "indicators/form.html")]
struct FormPage {
    page: Page,
    purpose: Purpose,
    input: IndicatorInput,
    groups: Vec<Group>,
    /// What may be a part of a ratio.
    parts: Vec<Indicator>,
    /// The code proposed where none is typed.
    next: String,
    /// Forms that ask for the one that is followed.
    forms: Vec<FormLine>,
    version: i32,
    problems: Problems,
}

/// One answer of a question of the form.
struct Choice {
    code: &'static str,
    words: &'static str,
    example: &'static str,
    chosen: bool,
}

impl FormPage {
    fn title(&self) -> String {
        match &self.purpose {
            Purpose::New => "Thêm chỉ tiêu địa phương".into(),
            Purpose::Correct { indicator, .. } => format!("Sửa chỉ tiêu {}", indicator.code),
            Purpose::Follow { indicator } => format!("Thay {} bằng chỉ tiêu mới", indicator.code),
        }
    }

    fn action(&self) -> String {
        match &self.purpose {
            Purpose::New => "/indicators".into(),
            Purpose::Correct { indicator, .. } => format!("/indicators/{}", indicator.id),
            Purpose::Follow { indicator } => format!("/indicators/{}/successor", indicator.id),
        }
    }

    fn back(&self) -> String {
        match self.about() {
            Some(indicator) => format!("/indicators/{}", indicator.id),
            None => "/indicators".into(),
        }
    }

    fn about(&self) -> Option<&Indicator> {
        match &self.purpose {
            Purpose::New => None,
            Purpose::Correct { indicator, .. } | Purpose::Follow { indicator } => Some(indicator),
        }
    }

    /// Everything but name and guidance stays as it is.
    fn is_used(&self) -> bool {
        matches!(self.purpose, Purpose::Correct { used: true, .. })
    }

    fn keeps_code(&self) -> bool {
        matches!(self.purpose, Purpose::Correct { .. })
    }

    fn follows(&self) -> bool {
        matches!(self.purpose, Purpose::Follow { .. })
    }

    fn kinds(&self) -> [Choice; 5] {
        let choice = |kind: ValueType, words, example| Choice {
            code: kind.as_str(),
            words,
            example,
            chosen: self.input.kind == kind.as_str(),
        };
        [
            choice(ValueType::Int, "Số nguyên", "Số buổi, lượt người, tin bài."),
            choice(ValueType::Decimal, "Số thập phân", "Diện tích 12,5 ha."),
            choice(
                ValueType::Money,
                "Tiền",
                "Lưu chính xác đến đồng, nhập và hiện theo đơn vị chọn dưới đây.",
            ),
            choice(ValueType::Bool, "Có hoặc không", "Đã ban hành kế hoạch hay chưa."),
            choice(ValueType::Ratio, "Tỷ lệ (%)", "Không ai nhập: hệ thống lấy tử số chia mẫu số."),
        ]
    }

    fn unit_rules(&self) -> [Choice; 3] {
        [UnitRule::Sum, UnitRule::Owner, UnitRule::Max].map(|rule| Choice {
            code: rule.as_str(),
            words: rule.sentence(),
            example: rule.example(),
            chosen: self.input.unit_rule == rule.as_str(),
        })
    }

    fn period_rules(&self) -> [Choice; 4] {
        [PeriodRule::Flow, PeriodRule::Stock, PeriodRule::YearToDate, PeriodRule::Max].map(|rule| Choice {
            code: rule.as_str(),
            words: rule.sentence(),
            example: rule.example(),
            chosen: self.input.period_rule == rule.as_str(),
        })
    }

    /// What follows by itself: between levels, of a yes or no, of a ratio.
    fn of_itself(&self) -> [(&'static str, &'static str, &'static str); 3] {
        [
            ("Có hoặc không", UnitRule::CountTrue.sentence(), UnitRule::CountTrue.example()),
            ("Tỷ lệ", UnitRule::Ratio.sentence(), UnitRule::Ratio.example()),
            (
                "Giữa các cấp",
                "Theo cách tổng hợp giữa các đơn vị: số cộng, số chủ trì, số đếm thì cộng tiếp; số lớn nhất thì lấy lớn nhất; tỷ lệ thì tính lại.",
                LevelRule::Sum.example(),
            ),
        ]
    }

    fn money(&self) -> [(String, &'static str, bool); 4] {
        MONEY.map(|(exponent, words)| {
            let code = exponent.to_string();
            let chosen = code == self.input.exponent;
            (code, words, chosen)
        })
    }
}

/// Which form, about which indicator.
#[derive(Clone, Copy)]
enum Asked {
    New,
    Correct(IndicatorId),
    Follow(IndicatorId),
}

async fn build(
    state: &State,
    me: &SignedIn,
    asked: Asked,
    typed: Option<(IndicatorInput, i32)>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = me.page("Chỉ tiêu", Nav::Indicators);
    let mut page = state
        .read(move |conn| {
            let (purpose, proposed) = match asked {
                Asked::New => {
                    adding(&actor)?;
                    (Purpose::New, IndicatorInput::blank())
                }
                Asked::Correct(id) => {
                    let (indicator, _) = kept(conn, &actor, id)?;
                    let used = queries::is_in_use(conn, &indicator)?;
                    let input = IndicatorInput::of(&indicator);
                    (Purpose::Correct { indicator: Box::new(indicator), used }, input)
                }
                Asked::Follow(id) => {
                    let (indicator, _) = kept(conn, &actor, id)?;
                    let mut input = IndicatorInput::of(&indicator);
                    input.code = String::new();
                    input.valid_from = short_date(today);
                    (Purpose::Follow { indicator: Box::new(indicator) }, input)
                }
            };
            let setting = Setting::load(conn, &actor)?;
            let forms = match &purpose {
                Purpose::Follow { indicator } => {
                    super::forms_asking(conn, indicator.id, &actor.scope().provinces, today)?
                }
                _ => vec![],
            };
            let stands = match &purpose {
                Purpose::Correct { indicator, .. } | Purpose::Follow { indicator } => indicator.local,
                Purpose::New => None,
            };
            let stands = stands.map_or(0, |local| local.version);
            let (input, version) = typed.unwrap_or((proposed, stands));
            let input = match &purpose {
                Purpose::Correct { indicator, used: true } => verbs::as_in_use(&input, indicator),
                _ => input,
            };
            Ok(FormPage {
                page: frame,
                purpose,
                input,
                next: next_code(setting.codes.iter().map(String::as_str)),
                parts: setting.catalogue.into_iter().filter(may_be_part).collect(),
                groups: setting.groups,
                forms,
                version,
                problems,
            })
        })
        .await?;
    page.page.title = page.title();
    render_status(status, &page)
}

fn version(form: &FormData) -> i32 {
    form.line("version").parse().unwrap_or_default()
}

/// `GET /indicators/new`.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province.
pub async fn new_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    build(&state, &me, Asked::New, None, Problems::default()).await
}

/// `POST /indicators`.
///
/// # Errors
/// As [`new_form`]; what is to mend shows the form again with 422.
pub async fn create(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, digest) = (me.actor.clone(), state.clock.moment(), form.digest());
    let input = IndicatorInput::read(&form);
    let typed = input.clone();
    let added = state.write(move |conn| {
        once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            Ok(format!("/indicators/{}", add::add(conn, &actor, &typed, moment)?))
        })
    });
    match added.await {
        Ok(to) => {
            Ok(redirect_with(&to, "Đã thêm chỉ tiêu. Chọn chỉ tiêu này trong biểu mẫu để đơn vị báo cáo."))
        }
        Err(Error::Invalid(problems)) => build(&state, &me, Asked::New, Some((input, 0)), problems).await,
        Err(other) => Err(other),
    }
}

/// `GET /indicators/{id}/edit`.
///
/// # Errors
/// [`Error::NotFound`] for one of another province, [`Error::Forbidden`] for those who do not administer its province and
/// for what is issued to all.
pub async fn edit_form(
    me: SignedIn,
    state: State,
    id: web::Path<IndicatorId>,
) -> Result<HttpResponse, Error> {
    build(&state, &me, Asked::Correct(id.into_inner()), None, Problems::default()).await
}

/// `POST /indicators/{id}`.
///
/// # Errors
/// As [`edit_form`]; [`Error::Conflict`] when it was saved meanwhile; what is to mend shows the form again with 422.
pub async fn edit(state: State, posted: Posted, id: web::Path<IndicatorId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id, version) =
        (me.actor.clone(), state.clock.moment(), id.into_inner(), version(&form));
    let input = IndicatorInput::read(&form);
    let typed = input.clone();
    match state.write(move |conn| verbs::edit(conn, &actor, id, &typed, version, moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/indicators/{id}"), "Đã lưu chỉ tiêu.")),
        Err(Error::Invalid(problems)) => {
            build(&state, &me, Asked::Correct(id), Some((input, version)), problems).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /indicators/{id}/successor`.
///
/// # Errors
/// As [`edit_form`].
pub async fn successor_form(
    me: SignedIn,
    state: State,
    id: web::Path<IndicatorId>,
) -> Result<HttpResponse, Error> {
    build(&state, &me, Asked::Follow(id.into_inner()), None, Problems::default()).await
}

/// `POST /indicators/{id}/successor`.
///
/// # Errors
/// As [`edit`]; [`Error::Refused`] for one that was followed already.
pub async fn successor(
    state: State,
    posted: Posted,
    id: web::Path<IndicatorId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id, version) =
        (me.actor.clone(), state.clock.moment(), id.into_inner(), version(&form));
    let (input, digest) = (IndicatorInput::read(&form), form.digest());
    let typed = input.clone();
    let replaced = state.write(move |conn| {
        once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            Ok(format!("/indicators/{}", verbs::replace(conn, &actor, id, &typed, version, moment)?))
        })
    });
    match replaced.await {
        Ok(to) => {
            Ok(redirect_with(&to, "Đã thay chỉ tiêu. Lập phiên bản mới của các biểu mẫu hỏi chỉ tiêu cũ."))
        }
        Err(Error::Invalid(problems)) => {
            build(&state, &me, Asked::Follow(id), Some((input, version)), problems).await
        }
        Err(other) => Err(other),
    }
}
