//! What would happen, before it happens: the plan in words, the choices it leaves, and the confirmation.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::super::facts::{DutyRow, Facts};
use super::super::form::Input;
use super::super::plan::{BodyChange, Choices, Fate, Plan};
use super::super::{Body, Event, apply};
use super::may_record;
use super::new::{Setting, form};
use crate::access::Actor;
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::error::{Error, Problems};
use crate::once;
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "unit_changes/preview.html")]
struct PreviewPage {
    page: Page,
    input: Input,
    shown: Shown,
    /// It is confirmed from its first day on.
    too_early: bool,
    problems: Problems,
    /// Why the confirmation did not go through.
    refused: Option<String>,
}

/// A plan with what names it.
struct Shown {
    event: Event,
    facts: Facts,
    plan: Plan,
    /// Tells whether anything changed between the preview and the confirmation.
    seen: String,
}

impl Shown {
    fn load(conn: &mut Conn, actor: &Actor, event: Event, choices: &Choices) -> Result<Shown, Error> {
        let (facts, plan) = apply::preview(conn, actor, &event, choices)?;
        let seen = fingerprint(conn, actor, &event)?;
        Ok(Shown { event, facts, plan, seen })
    }

    fn name(&self, body: &Body) -> String {
        self.event.name(&self.facts, *body)
    }

    fn names(&self, bodies: &[Body]) -> String {
        bodies.iter().map(|body| self.name(body)).collect::<Vec<_>>().join("; ")
    }

    fn body(&self, change: &BodyChange) -> String {
        let eve = short_date(self.event.eve());
        match change {
            BodyChange::Ends { name, heirs } if heirs.is_empty() => {
                format!("{name} kết thúc hoạt động, ngày cuối {eve}; không có đơn vị kế thừa.")
            }
            BodyChange::Ends { name, heirs } => {
                format!("{name} kết thúc hoạt động, ngày cuối {eve}; kế thừa: {}.", self.names(heirs))
            }
            BodyChange::Founded { body } => format!("{} được thành lập.", self.name(body)),
            BodyChange::Renamed { before, after } if before == after => {
                format!("{after} đổi loại hoặc nơi trực thuộc.")
            }
            BodyChange::Renamed { before, after } => format!("{before} đổi thành {after}."),
            BodyChange::Moved { name, parent } => match parent {
                Some(parent) => format!("{name} chuyển về trực thuộc {}.", self.name(parent)),
                None => format!("{name} không còn đơn vị cấp trên."),
            },
        }
    }

    fn owner(&self, duty: &DutyRow) -> String {
        self.facts.name(duty.unit_id, self.event.eve()).to_owned()
    }

    fn function(&self, id: &crate::db::ids::FunctionId) -> String {
        self.facts.function(*id).to_owned()
    }

    /// A fate in words.
    fn fate(&self, fate: &Fate) -> String {
        match fate {
            Fate::Stay => "giữ tên đơn vị cũ; người của đơn vị kế thừa làm tiếp".to_owned(),
            Fate::Pass(body) => format!("chuyển sang {}", self.name(body)),
            Fate::Draft(body) => {
                format!(
                    "{} đã có báo cáo kỳ này: chuyển nội dung đang soạn vào đó, nghĩa vụ cũ kết thúc",
                    self.name(body)
                )
            }
            Fate::End => "kết thúc; nội dung đang soạn vẫn đọc được".to_owned(),
        }
    }

    fn state(&self, duty: &DutyRow) -> &'static str {
        let state = crate::reports::ReportState::from_code(&duty.state)
            .unwrap_or(crate::reports::ReportState::NotBegun);
        crate::periods::Progress::of(duty.standing(), state).words()
    }

    /// That no report changes hands, and whose the open ones stay.
    fn no_report_moves(&self) -> String {
        let mut words = "Không báo cáo nào đổi đơn vị".to_owned();
        for unit in self.event.froms() {
            let own = self.facts.duties.iter().filter(|duty| duty.unit_id == unit && duty.is_open()).count();
            if own > 0 {
                let name = self.facts.name(unit, self.event.eve());
                words.push_str(&format!("; {own} báo cáo chưa gửi vẫn của {name}"));
            }
        }
        words + "."
    }

    /// Of what is left as it is, the reports never sent, each with its unit.
    fn never_sent(&self) -> Vec<String> {
        let open = self.plan.untouched.iter().filter(|duty| duty.is_open());
        open.map(|duty| format!("{}, {}", self.owner(duty), duty.period)).collect()
    }

    /// "đã tiếp nhận 12; được miễn 1": what is left as it is.
    fn untouched(&self) -> String {
        let mut counted: Vec<(&'static str, usize)> = Vec::new();
        for duty in &self.plan.untouched {
            let words = self.state(duty);
            match counted.iter_mut().find(|(other, _)| *other == words) {
                Some((_, n)) => *n += 1,
                None => counted.push((words, 1)),
            }
        }
        let words: Vec<String> =
            counted.iter().map(|(words, n)| format!("{n} {}", words.to_lowercase())).collect();
        words.join("; ")
    }

    fn role(&self, code: &str) -> &'static str {
        crate::access::Role::from_code(code).map_or("", crate::access::Role::name)
    }

    fn first_day(&self) -> String {
        short_date(self.event.effective_on)
    }

    fn eve(&self) -> String {
        short_date(self.event.eve())
    }
}

/// The default plan in one number: it changes when anything it rests on does.
fn fingerprint(conn: &mut Conn, actor: &Actor, event: &Event) -> Result<String, Error> {
    let (_, plan) = apply::preview(conn, actor, event, &Choices::default())?;
    Ok(sha256_hex(format!("{:?}{:?}", plan.effects, plan.seen).as_bytes()))
}

/// What a posted form leads to.
enum Outcome {
    /// The form again: something to mend, more rows, or a wish to edit.
    Form(Setting, Input, Problems),
    Preview(Input, Box<Shown>, Problems, Option<String>),
    /// Where it led, and what is said of it.
    Done(String, String),
}

/// Reads the form and shows the plan under the choices; what stands against the choices is told beside the default.
fn look(
    conn: &mut Conn,
    actor: &Actor,
    setting: Setting,
    input: Input,
    event: Event,
) -> Result<Outcome, Error> {
    match Shown::load(conn, actor, event.clone(), &input.choices()) {
        Ok(shown) => Ok(Outcome::Preview(input, Box::new(shown), Problems::default(), None)),
        Err(Error::Invalid(problems)) => match Shown::load(conn, actor, event, &Choices::default()) {
            Ok(shown) => Ok(Outcome::Preview(input, Box::new(shown), problems, None)),
            Err(Error::Invalid(problems)) => Ok(Outcome::Form(setting, input, problems)),
            Err(other) => Err(other),
        },
        Err(other) => Err(other),
    }
}

fn answer(page: Page, outcome: Outcome, today: chrono::NaiveDate) -> Result<HttpResponse, Error> {
    match outcome {
        Outcome::Form(setting, input, problems) => form(page, setting, input, problems),
        Outcome::Done(to, text) => Ok(redirect_with(&to, text)),
        Outcome::Preview(input, shown, problems, refused) => {
            let status = if problems.is_empty() && refused.is_none() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let too_early = today < shown.event.effective_on;
            render_status(status, &PreviewPage { page, input, shown: *shown, too_early, problems, refused })
        }
    }
}

/// The form as an event, or the form again.
fn understood(
    conn: &mut Conn,
    actor: &Actor,
    input: Input,
    moment: Moment,
) -> Result<Result<(Setting, Input, Event), Outcome>, Error> {
    let setting = Setting::load(conn, actor, moment.today)?;
    match input.event(&setting.units, &setting.kinds) {
        Ok(event) => Ok(Ok((setting, input, event))),
        Err(Error::Invalid(problems)) => Ok(Err(Outcome::Form(setting, input, problems))),
        Err(other) => Err(other),
    }
}

/// `POST /unit-changes/preview`: what would happen; nothing is written. Also the way back to the form (`edit`), and to
/// more rows of it (`more`).
///
/// # Errors
/// [`Error::Forbidden`] for others than administrators; [`Error::NotFound`] for foreign units and unknown kinds.
pub async fn preview(posted: Posted, state: State) -> Result<HttpResponse, Error> {
    may_record(&posted.me.actor)?;
    let input = Input::read(&posted.form).ok_or(Error::NotFound)?;
    let (edit, more) = (posted.form.has("edit"), posted.form.has("more"));
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let outcome = state
        .read(move |conn| {
            if edit || more {
                let input = if more { input.with_more_rows() } else { input };
                let setting = Setting::load(conn, &actor, moment.today)?;
                return Ok(Outcome::Form(setting, input, Problems::default()));
            }
            match understood(conn, &actor, input, moment)? {
                Ok((setting, input, event)) => look(conn, &actor, setting, input, event),
                Err(outcome) => Ok(outcome),
            }
        })
        .await?;
    answer(posted.me.page("Xem trước sắp xếp tổ chức", Nav::Units), outcome, moment.today)
}

/// `POST /unit-changes`: carries it out, if everything is as it was seen.
///
/// # Errors
/// As [`preview`].
pub async fn confirm(posted: Posted, state: State) -> Result<HttpResponse, Error> {
    may_record(&posted.me.actor)?;
    let input = Input::read(&posted.form).ok_or(Error::NotFound)?;
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let (seen, digest) = (posted.form.get("seen").to_owned(), posted.form.digest());
    let kept = input.clone();
    let done = state
        .write({
            let actor = actor.clone();
            move |conn| {
                // Sent twice, it was carried out by the first, and what it was seen over is no more.
                if let Some(to) = once::led_to(conn, actor.person_id, digest.as_deref())? {
                    return Ok(Outcome::Done(to, "Đã ghi nhận sắp xếp tổ chức.".to_owned()));
                }
                let (setting, input, event) = match understood(conn, &actor, input, moment)? {
                    Ok(understood) => understood,
                    Err(outcome) => return Ok(outcome),
                };
                let now = match fingerprint(conn, &actor, &event) {
                    Err(Error::Invalid(problems)) => return Ok(Outcome::Form(setting, input, problems)),
                    other => other?,
                };
                if now != seen {
                    return Err(Error::Conflict(
                        "Dữ liệu đã thay đổi sau khi xem trước. Xem lại dưới đây rồi xác nhận.".to_owned(),
                    ));
                }
                let to = once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                    let id = apply::apply(conn, &actor, &event, &input.choices(), moment)?;
                    Ok(format!("/unit-changes/{id}"))
                })?;
                let text = format!(
                    "Đã ghi nhận: {}, từ ngày {}.",
                    event.kind.words(),
                    short_date(event.effective_on)
                );
                Ok(Outcome::Done(to, text))
            }
        })
        .await;
    let page = posted.me.page("Xem trước sắp xếp tổ chức", Nav::Units);
    let words = match done {
        Ok(outcome) => return answer(page, outcome, moment.today),
        Err(Error::Refused(words) | Error::Conflict(words)) => Some(words),
        Err(Error::Invalid(_)) => None,
        Err(other) => return Err(other),
    };
    // Nothing was written: the preview again, with the reason.
    let outcome = state
        .read(move |conn| match understood(conn, &actor, kept, moment)? {
            Ok((setting, input, event)) => look(conn, &actor, setting, input, event),
            Err(outcome) => Ok(outcome),
        })
        .await?;
    let outcome = match outcome {
        Outcome::Preview(input, shown, problems, _) => Outcome::Preview(input, shown, problems, words),
        other => other,
    };
    answer(page, outcome, moment.today)
}
