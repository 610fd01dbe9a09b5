//! The first two steps: who administers, and for which province.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::super::answers::{Administrator, ProvinceAnswer};
use super::super::form::{AdministratorInput, ProvinceInput};
use super::super::{SetupStep, queries};
use super::guard::{Guarded, GuardedForm};
use super::{Frame, page_of};
use crate::error::{Error, Problems};
use crate::standard::provinces::{self, Province};
use crate::vietnamese::short_date;
use crate::web::{Page, State, redirect, render, render_status};

#[derive(Template)]
#[template(path = "setup/administrator.html")]
struct AdministratorPage {
    page: Page,
    frame: Frame,
    input: AdministratorInput,
    problems: Problems,
}

impl AdministratorPage {
    /// Name, label, hint, value and kind of each line to fill.
    fn fields(&self) -> [(&'static str, &'static str, &'static str, &str, &'static str); 3] {
        let input = &self.input;
        [
            ("full_name", "Họ và tên", "", &input.full_name, "name"),
            (
                "title",
                "Chức vụ",
                "Ghi cạnh tên trong nhật ký và xác nhận",
                &input.title,
                "organization-title",
            ),
            (
                "username",
                "Tên đăng nhập",
                "Chữ thường không dấu, số và các dấu . - _, ví dụ quantri.bacninh",
                &input.username,
                "username",
            ),
        ]
    }
}

#[derive(Template)]
#[template(path = "setup/province.html")]
struct ProvincePage {
    page: Page,
    frame: Frame,
    provinces: Vec<Province>,
    input: ProvinceInput,
    problems: Problems,
}

impl ProvincePage {
    /// How the kind may be chosen: code, words, chosen.
    fn kinds(&self) -> [(&'static str, &'static str, bool); 3] {
        [
            ("auto", "Theo danh mục 34 tỉnh, thành phố, tính đến hôm nay"),
            ("province", "Tỉnh"),
            ("city", "Thành phố trực thuộc Trung ương"),
        ]
        .map(|(code, words)| (code, words, self.input.kind == code))
    }

    /// "Bắc Ninh (thành phố từ 20/9/2026)".
    fn words(province: &Province) -> String {
        match province.city_from {
            Some(day) => format!("{} (thành phố từ {})", province.name, short_date(day)),
            None => province.name.clone(),
        }
    }
}

/// `GET /setup/administrator`.
///
/// # Errors
/// The queries' own.
pub async fn administrator(setup: Guarded, state: State) -> Result<HttpResponse, Error> {
    let answers = state.read(queries::answers).await?;
    let frame = Frame::new(&setup.0.csrf, &answers, Some(SetupStep::Administrator));
    let input = AdministratorInput::kept(answers.administrator.as_ref());
    render(&AdministratorPage {
        page: page_of(&state, Some(SetupStep::Administrator)),
        frame,
        input,
        problems: Problems::default(),
    })
}

/// `POST /setup/administrator`.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn save_administrator(state: State, posted: GuardedForm) -> Result<HttpResponse, Error> {
    let GuardedForm { setup, form } = posted;
    let answers = state.read(queries::answers).await?;
    let kept = answers.administrator.clone();
    let input = AdministratorInput::read(&form, kept.is_some());
    let password = match input.check(form.get("new"), form.get("again")) {
        Ok(password) => password,
        Err(Error::Invalid(problems)) => {
            let frame = Frame::new(&setup.csrf, &answers, Some(SetupStep::Administrator));
            let page = AdministratorPage {
                page: page_of(&state, Some(SetupStep::Administrator)),
                frame,
                input,
                problems,
            };
            return render_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(other) => return Err(other),
    };
    let passwords = state.passwords.clone();
    let password_hash = match (password, kept) {
        (Some(new), _) => {
            let hash = move || passwords.hash(&new).map_err(|e| Error::Internal(e.to_string()));
            state.block(hash).await?
        }
        (None, Some(kept)) => kept.password_hash,
        (None, None) => return Err(Error::Internal("no password was typed".into())),
    };
    let answer = Administrator {
        full_name: input.full_name,
        title: input.title,
        username: input.username,
        password_hash,
        compiles: input.compiles,
    };
    let now = state.clock.now_utc();
    state.write(move |conn| queries::keep(conn, SetupStep::Administrator, &answer, now)).await?;
    Ok(redirect(&SetupStep::Province.path()))
}

/// `GET /setup/province`.
///
/// # Errors
/// The queries' own.
pub async fn province(setup: Guarded, state: State) -> Result<HttpResponse, Error> {
    let answers = state.read(queries::answers).await?;
    let frame = Frame::new(&setup.0.csrf, &answers, Some(SetupStep::Province));
    let input = ProvinceInput::kept(answers.province.as_ref());
    render(&ProvincePage {
        page: page_of(&state, Some(SetupStep::Province)),
        frame,
        provinces: provinces::all()?,
        input,
        problems: Problems::default(),
    })
}

/// `POST /setup/province`. Another province than before asks for its units again.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn save_province(state: State, posted: GuardedForm) -> Result<HttpResponse, Error> {
    let GuardedForm { setup, form } = posted;
    let answers = state.read(queries::answers).await?;
    let input = ProvinceInput::read(&form);
    let answer: ProvinceAnswer = match input.parse(state.clock.today()) {
        Ok(answer) => answer,
        Err(Error::Invalid(problems)) => {
            let frame = Frame::new(&setup.csrf, &answers, Some(SetupStep::Province));
            let page = ProvincePage {
                page: page_of(&state, Some(SetupStep::Province)),
                frame,
                provinces: provinces::all()?,
                input,
                problems,
            };
            return render_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(other) => return Err(other),
    };
    let now = state.clock.now_utc();
    let moved = answers
        .province
        .is_some_and(|before| (before.code, before.city) != (answer.code.clone(), answer.city));
    let units = answers.units.filter(|units| moved && units.taken);
    state
        .write(move |conn| {
            if let Some(mut units) = units {
                units.taken = false;
                queries::keep(conn, SetupStep::Units, &units, now)?;
            }
            queries::keep(conn, SetupStep::Province, &answer, now)
        })
        .await?;
    Ok(redirect(&SetupStep::Units.path()))
}
