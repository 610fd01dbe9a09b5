//! A recipient's form comes in, new or in place of another; what stands in the way of filling it is listed by sheet and
//! cell, with how to mend it, and nothing is kept then.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::audit::sha256_hex;
use crate::db::ids::RecipientFormId;
use crate::error::{Error, Problems};
use crate::form_filler::{Fault, FormError, LARGEST};
use crate::once;
use crate::periods::{self, Regime};
use crate::recipient_forms::form::FormInput;
use crate::recipient_forms::keeping::{adding, kept};
use crate::recipient_forms::names::{self, Named};
use crate::recipient_forms::queries::FormRow;
use crate::recipient_forms::upload::{self, Given, MOST_TOLD, NotTaken};
use crate::web::{
    FormData, IncomingFile, Nav, Page, PostedFile, SignedIn, State, redirect_with, render_status,
};

#[derive(Template)]
#[template(path = "recipient_forms/upload.html")]
struct UploadPage {
    page: Page,
    /// The form whose place the file takes.
    old: Option<FormRow>,
    seen: i32,
    input: FormInput,
    regimes: Vec<Regime>,
    problems: Problems,
    faults: Vec<Fault>,
}

impl UploadPage {
    fn told(&self) -> usize {
        MOST_TOLD
    }

    fn largest(&self) -> usize {
        LARGEST >> 20
    }

    /// Names by what they are of.
    fn names(&self) -> [(&'static str, &'static str, Vec<Named>); 4] {
        [
            ("Chung", "", names::EDITION.to_vec()),
            ("Chỉ tiêu, toàn tỉnh", "D02.", names::OF_INDICATOR.to_vec()),
            ("Dòng lặp theo đơn vị", "", [names::ROW].into_iter().chain(names::UNIT).collect()),
            ("Chỉ tiêu, từng đơn vị", "D02.", names::OF_UNIT.to_vec()),
        ]
    }
}

/// What stands in the way of a file, beside what was typed.
#[derive(Default)]
struct Refusal {
    problems: Problems,
    faults: Vec<Fault>,
}

async fn build(
    me: &SignedIn,
    state: &State,
    old: Option<(RecipientFormId, Option<i32>)>,
    input: FormInput,
    refusal: Refusal,
) -> Result<HttpResponse, Error> {
    let (actor, scope) = (me.actor.clone(), me.scope());
    let (found, regimes) = state
        .read(move |conn| match old {
            Some((id, _)) => Ok((Some(upload::against_old(conn, &actor, id)?.0), vec![])),
            None => {
                adding(&actor)?;
                Ok((None, periods::queries::visible_regimes(conn, &scope)?))
            }
        })
        .await?;
    let title = if found.is_some() { "Tải tệp thay" } else { "Tải biểu lên" };
    let Refusal { problems, faults } = refusal;
    let sound = problems.is_empty() && faults.is_empty();
    let status = if sound { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let seen = old.and_then(|(_, seen)| seen).or(found.as_ref().map(|form| form.version));
    let page = UploadPage {
        page: me.page(title, Nav::Forms),
        old: found,
        seen: seen.unwrap_or_default(),
        input,
        regimes,
        problems,
        faults,
    };
    render_status(status, &page)
}

/// `GET /recipient-forms/new`.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province.
pub async fn new_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    build(&me, &state, None, FormInput::default(), Refusal::default()).await
}

/// `GET /recipient-forms/{id}/replacement`.
///
/// # Errors
/// As [`upload::against_old`].
pub async fn replacement_form(
    me: SignedIn,
    state: State,
    id: web::Path<RecipientFormId>,
) -> Result<HttpResponse, Error> {
    build(&me, &state, Some((id.into_inner(), None)), FormInput::default(), Refusal::default()).await
}

/// `POST /recipient-forms`.
///
/// # Errors
/// As [`new_form`]; what is to mend shows the form again with 422.
pub async fn create(posted: PostedFile, state: State) -> Result<HttpResponse, Error> {
    let PostedFile { me, form, file, .. } = posted;
    if let Err(refused) = adding(&me.actor) {
        return Err(after(file, refused).await);
    }
    let input = FormInput::read(&form);
    match created(&me, &state, (&form, &input), file).await {
        Ok(to) => Ok(redirect_with(&to, "Đã nhận biểu. Chọn ô trong bảng để gắn thêm số liệu nếu cần.")),
        Err(Stop::ToMend(refusal)) => build(&me, &state, None, input, refusal).await,
        Err(Stop::Other(error)) => Err(error),
    }
}

/// `POST /recipient-forms/{id}/replacement`.
///
/// # Errors
/// As [`replacement_form`]; what is to mend shows the form again with 422.
pub async fn replace(
    posted: PostedFile,
    state: State,
    id: web::Path<RecipientFormId>,
) -> Result<HttpResponse, Error> {
    let PostedFile { me, form, file, .. } = posted;
    let id = id.into_inner();
    let actor = me.actor.clone();
    if let Err(refused) = state.read(move |conn| kept(conn, &actor, id).map(|_| ())).await {
        return Err(after(file, refused).await);
    }
    let seen = form.line("version").parse().unwrap_or_default();
    match replaced(&me, &state, (id, seen), &form, file).await {
        Ok((to, words)) => Ok(redirect_with(&to, words)),
        Err(Stop::ToMend(refusal)) => {
            build(&me, &state, Some((id, Some(seen))), FormInput::default(), refusal).await
        }
        Err(Stop::Other(error)) => Err(error),
    }
}

/// The refusal, once the file was read to its end.
async fn after(file: Option<IncomingFile>, refused: Error) -> Error {
    if let Some(file) = file {
        file.drain().await;
    }
    refused
}

/// Why nothing was kept.
enum Stop {
    ToMend(Refusal),
    Other(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        match error {
            Error::Invalid(problems) => Stop::ToMend(Refusal { problems, faults: vec![] }),
            other => Stop::Other(other),
        }
    }
}

impl From<NotTaken> for Stop {
    fn from(why: NotTaken) -> Stop {
        match why {
            NotTaken::Unreadable(words) => problem(words),
            NotTaken::Faults(faults) => Stop::ToMend(Refusal { problems: Problems::default(), faults }),
        }
    }
}

fn problem(words: String) -> Stop {
    let mut problems = Problems::default();
    problems.add("file", words);
    Stop::ToMend(Refusal { problems, faults: vec![] })
}

async fn given(file: Option<IncomingFile>) -> Result<Given, Stop> {
    let Some(file) = file else {
        return Err(problem("Chọn tệp .xlsx trên máy rồi bấm nút tải lên.".into()));
    };
    let name = file.name().to_owned();
    match file.whole(LARGEST).await? {
        Some(bytes) => Ok(Given { name, bytes }),
        None => Err(problem(FormError::TooLong.to_string())),
    }
}

/// Stands for the form with everything typed in it and the file beside it; none without the form's key.
fn digest(form: &FormData, given: &Given) -> Option<String> {
    let typed = form.digest()?;
    Some(sha256_hex(format!("{typed} {}", sha256_hex(&given.bytes)).as_bytes()))
}

async fn created(
    me: &SignedIn,
    state: &State,
    (form, input): (&FormData, &FormInput),
    file: Option<IncomingFile>,
) -> Result<String, Stop> {
    let given = given(file).await?;
    let (regime, digest) = (input.parse()?, digest(form, &given));
    let (actor, moment, input) = (me.actor.clone(), state.clock.moment(), input.clone());
    let asking = actor.clone();
    let against = state.read(move |conn| upload::against_new(conn, &asking, regime)).await?;
    let checked = state.block(move || Ok(upload::check(given, against))).await??;
    let kept = state.write(move |conn| {
        once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            let id = upload::add(conn, &actor, &input, &checked, moment)?;
            Ok(format!("/recipient-forms/{id}"))
        })
    });
    Ok(kept.await?)
}

async fn replaced(
    me: &SignedIn,
    state: &State,
    old: (RecipientFormId, i32),
    form: &FormData,
    file: Option<IncomingFile>,
) -> Result<(String, String), Stop> {
    let given = given(file).await?;
    let digest = digest(form, &given);
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let (asking, key) = (actor.clone(), digest.clone());
    let found = state
        .read(move |conn| {
            // A second click finds the form in its own way: it is led where the first was.
            if let Some(to) = once::led_to(conn, asking.person_id, key.as_deref())? {
                return Ok(Err(to));
            }
            Ok(Ok(upload::against_old(conn, &asking, old.0)?.1))
        })
        .await?;
    let against = match found {
        Ok(against) => against,
        Err(to) => return Ok((to, "Đã thay tệp của biểu.".to_owned())),
    };
    let checked = state.block(move || Ok(upload::check(given, against))).await??;
    let places: Vec<String> =
        checked.dropped.iter().map(|one| format!("{}!{}", one.sheet, one.cell)).collect();
    let kept = state.write(move |conn| {
        once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            let id = upload::replace(conn, &actor, old, &checked, moment)?;
            Ok(format!("/recipient-forms/{id}"))
        })
    });
    let to = kept.await?;
    let words = match places.as_slice() {
        [] => "Đã thay tệp, giữ nguyên các ô đã gắn. Xem lại từng ô trên biểu mới.".to_owned(),
        gone => format!("Đã thay tệp. Các ô sau không còn hợp nên đã bỏ: {}.", gone.join(", ")),
    };
    Ok((to, words))
}
