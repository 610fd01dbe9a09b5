//! The start page of an administrator and of a compiler, and the form of the first regime.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form::{CYCLES, FirstInput};
use super::{Progress, Task, compiler, queries};
use crate::access::{Action, Membership};
use crate::calendar::Preset;
use crate::db::Conn;
use crate::error::{Error, Problems};
use crate::once;
use crate::regimes::charter::PAPER_RULES;
use crate::regimes::cycle_input::CycleInput;
use crate::regimes::cycles::Group;
use crate::regimes::establish::{Forms, establish};
use crate::regimes::founding;
use crate::standard::forms::{self as standard, Template as Standard};
use crate::standard::provinces::Naming;
use crate::units::{self, UnitOn};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "start/show.html")]
struct StartPage {
    page: Page,
    tasks: Vec<Task>,
    /// Nobody collects yet and this person may take it on.
    may_compile: bool,
    compiles: bool,
    opened: bool,
    /// Nothing is set up yet, and this person may take the ready regime over.
    may_take_ready: bool,
}

/// A kind with units, and whether its box is ticked.
struct KindChoice {
    code: String,
    name: String,
    count: usize,
    form: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "start/regime.html")]
struct RegimePage {
    page: Page,
    templates: Vec<Standard>,
    chosen: String,
    kinds: Vec<KindChoice>,
    input: FirstInput,
    problems: Problems,
}

impl RegimePage {
    fn presets(&self) -> [(&'static str, &'static str, bool); 3] {
        Preset::ALL.map(|preset| (preset.code(), preset.label(), self.input.whole.preset == preset.code()))
    }

    fn papers(&self) -> [(&'static str, &'static str, bool); 3] {
        PAPER_RULES.map(|(code, words)| (code, words, self.input.whole.paper_rule == code))
    }

    fn cycles(&self) -> [(&'static str, &'static str, CycleInput); 2] {
        CYCLES.map(|group: Group| (group.field(), group.words(), self.input.due(&group)))
    }

    fn rules(&self, due: &CycleInput) -> [(&'static str, &'static str, bool); 5] {
        [
            ("before", "Trước ngày"),
            ("by", "Chậm nhất ngày"),
            ("days_after_window", "Số ngày sau ngày chốt số liệu"),
            ("working_days_after_window", "Số ngày làm việc sau ngày chốt số liệu"),
            ("undated", "Theo quy định, chưa ấn định"),
        ]
        .map(|(code, words)| (code, words, due.rule == code))
    }
}

/// Which template fills the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    template: String,
}

/// The membership under which a person sets up: administrators and compilers.
fn acting(me: &SignedIn) -> Result<Membership, Error> {
    let may = |m: &&Membership| {
        m.province_id.is_some() && (m.role.may(Action::Administer) || m.role.may(Action::Compile))
    };
    me.actor
        .memberships
        .iter()
        .find(may)
        .cloned()
        .ok_or_else(|| Error::Forbidden("Trang này dành cho người quản trị và cán bộ tổng hợp.".into()))
}

/// The membership under which a regime is created.
fn compiling(me: &SignedIn) -> Result<Membership, Error> {
    let may = |m: &&Membership| m.province_id.is_some() && m.role.may(Action::Compile);
    me.actor
        .memberships
        .iter()
        .find(may)
        .cloned()
        .ok_or_else(|| Error::Forbidden("Chế độ báo cáo do cán bộ tổng hợp lập.".into()))
}

/// `GET /start`: what is still to be done before the first period.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators and compilers.
pub async fn show(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let membership = acting(&me)?;
    let province = membership.province_id.ok_or(Error::NotFound)?;
    let today = state.clock.today();
    let own = me.actor.units_for(Action::Compile);
    let progress: Progress =
        state.read(move |conn| Ok(queries::progress(conn, province, &own, today)?)).await?;
    let title = if progress.periods > 0 {
        "Thiết lập"
    } else {
        "Việc cần làm để mở kỳ báo cáo đầu tiên"
    };
    let page = me.page(title, Nav::Start);
    let compiles = me.actor.may_somewhere(Action::Compile);
    let may_compile = progress.compilers == 0 && me.actor.may_somewhere(Action::Administer);
    let mut tasks = progress.tasks();
    for task in &mut tasks {
        // Shown as a button or a link only to whom it opens.
        task.links.retain(|(path, _)| match path.as_str() {
            "/units/import" | "/people" | "/people/new" | "/people/import" | "/indicators/new" | "/mail" => {
                me.actor.may_somewhere(Action::Administer)
            }
            "/start/regime" => compiles,
            path => compiles || !path.ends_with("/periods/new"),
        });
    }
    let (opened, may_take_ready) =
        (progress.periods > 0, progress.regimes == 0 && founding(&me.actor).is_ok());
    render(&StartPage { page, tasks, may_compile, compiles, opened, may_take_ready })
}

/// `POST /start/compiler`: the administrator collects as well.
///
/// # Errors
/// As [`compiler::become_compiler`].
pub async fn become_compiler(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let (actor, moment) = (posted.me.actor, state.clock.moment());
    state.write(move |conn| compiler::become_compiler(conn, &actor, moment)).await?;
    Ok(redirect_with("/start", "Đã giao thêm vai trò cán bộ tổng hợp."))
}

/// What the form needs besides what was typed.
struct Setting {
    units: Vec<UnitOn>,
    /// Kind and its name.
    kinds: Vec<(String, String)>,
    naming: Naming,
    agency: String,
}

/// For the collector of the membership.
async fn setting(state: &State, membership: &Membership) -> Result<Setting, Error> {
    let (province, unit, today) = (membership.province_id, membership.unit_id, state.clock.today());
    let province = province.ok_or(Error::NotFound)?;
    state
        .read(move |conn| {
            let names = units::queries::names_on(conn, &[province, unit], today)?;
            let name = |id| names.get(&id).cloned().unwrap_or_default();
            Ok(Setting {
                units: units::queries::of_province(conn, province, today)?,
                kinds: units::queries::register::kinds(conn)?,
                naming: Naming::of_title(&name(province)),
                agency: name(unit),
            })
        })
        .await
}

impl Setting {
    /// The kinds that have units and a standard form.
    fn choices(&self, ticked: impl Fn(&str) -> bool) -> Result<Vec<KindChoice>, Error> {
        let set = standard::forms()?;
        let mut choices = Vec::new();
        for (code, name) in &self.kinds {
            let count = self.units.iter().filter(|unit| unit.kind_code == *code).count();
            let Some(form) = set.of_kind(code).filter(|_| count > 0) else { continue };
            choices.push(KindChoice {
                code: code.clone(),
                name: name.clone(),
                count,
                form: form.name.clone(),
                ticked: ticked(code),
            });
        }
        Ok(choices)
    }
}

/// `GET /start/regime?template=`: the form, filled by a template.
///
/// # Errors
/// [`Error::Forbidden`] for those who do not compile.
pub async fn regime_form(
    me: SignedIn,
    state: State,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let membership = compiling(&me)?;
    let setting = setting(&state, &membership).await?;
    let templates = standard::templates()?;
    let template = templates.iter().find(|t| t.code == asked.template).or(templates.first());
    let template = template.ok_or_else(|| Error::Internal("there is no template".into()))?;
    let kinds = setting.choices(|_| true)?;
    let ticked = kinds.iter().map(|kind| kind.code.clone()).collect();
    let input = FirstInput::proposed(template, &setting.naming, &setting.agency, membership.unit_id, ticked);
    let (page, chosen) = (me.page("Lập chế độ báo cáo theo mẫu", Nav::Regimes), template.code.clone());
    render(&RegimePage { page, chosen, templates, kinds, input, problems: Problems::default() })
}

/// `POST /start/regime`.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn create_regime(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let membership = compiling(&me)?;
    let input = FirstInput::read(&form, membership.unit_id);
    let (by, moment) = (me.by(&membership), state.clock.moment());
    let outcome = match input.parse() {
        Ok(new) => {
            let province = membership.province_id.ok_or(Error::NotFound)?;
            let (person, digest) = (me.actor.person_id, form.digest());
            let make = move |conn: &mut Conn| {
                once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                    let id = establish(conn, province, &new, Forms::Standard, &by, moment)?;
                    Ok(format!("/regimes/{id}/periods/new"))
                })
            };
            state.write(make).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã lập chế độ báo cáo. Mở kỳ báo cáo đầu tiên tại đây.")),
        Err(Error::Invalid(problems)) => {
            let setting = setting(&state, &membership).await?;
            let kinds = setting.choices(|code| input.whole.kinds.iter().any(|kind| kind == code))?;
            let page = me.page("Lập chế độ báo cáo theo mẫu", Nav::Regimes);
            let templates = standard::templates()?;
            let page = RegimePage { page, templates, chosen: String::new(), kinds, input, problems };
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// `POST /start/ready-regime`: the report of the half-year and the year by NĐ 09/2019 with the starting catalogue and
/// forms, everything as the template proposes it.
///
/// # Errors
/// [`Error::Forbidden`] for those who neither administer nor compile; [`Error::Refused`] when the province has
/// a regime already, the code is taken or nobody would report.
pub async fn create_ready_regime(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let me = posted.me;
    let (membership, province) = founding(&me.actor)?;
    let by = me.by(membership);
    // An administrator who does not collect sets it up for the standing agency, which is where they sit.
    let own =
        me.actor.memberships.iter().find(|m| m.role.may(Action::Compile) && m.province_id == Some(province));
    let membership = own.unwrap_or(membership).clone();
    let setting = setting(&state, &membership).await?;
    let templates = standard::templates()?;
    let template = templates.first().ok_or_else(|| Error::Internal("there is no template".into()))?;
    let kinds = setting.choices(|_| true)?.into_iter().map(|kind| kind.code).collect();
    let (naming, agency) = (&setting.naming, &setting.agency);
    let mut input = FirstInput::proposed(template, naming, agency, membership.unit_id, kinds);
    input.whole.name = format!("Báo cáo 6 tháng và năm về tái hòa nhập cộng đồng {}", naming.full());
    input.whole.legal_basis = "Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo cáo của cơ quan hành chính nhà nước".into();
    let moment = state.clock.moment();
    let outcome = match input.parse() {
        Ok(new) => {
            state
                .write(move |conn| {
                    if queries::has_regime(conn, province)? {
                        return Err(Error::Refused(
                            "Tỉnh đã có chế độ báo cáo. Lập thêm ở trang Chế độ báo cáo.".into(),
                        ));
                    }
                    establish(conn, province, &new, Forms::Standard, &by, moment)
                })
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => {
            // Whoever does not collect cannot open the period; the regime's page says what there is.
            let collects = me.actor.for_unit(membership.unit_id, Action::Compile).is_some();
            let (to, words) = match collects {
                true => (
                    format!("/regimes/{id}/periods/new"),
                    "Đã lập chế độ báo cáo. Mở kỳ báo cáo đầu tiên tại đây.",
                ),
                false => (format!("/regimes/{id}"), "Đã lập chế độ báo cáo. Cán bộ tổng hợp mở kỳ đầu tiên."),
            };
            Ok(redirect_with(&to, words))
        }
        Err(Error::Invalid(problems)) => {
            let words: Vec<&str> = problems.0.iter().map(|problem| problem.message.as_str()).collect();
            Err(Error::Refused(format!(
                "Chưa lập được chế độ có sẵn: {} Lập theo mẫu hoặc lập mới.",
                words.join(" ")
            )))
        }
        Err(other) => Err(other),
    }
}
