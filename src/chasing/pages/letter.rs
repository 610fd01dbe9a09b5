//! `/periods/{id}/reminder-letter`: the letter as a page to print, and as a Word file.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::letter::{Loaded, Sender, load};
use crate::calendar::Now;
use crate::db::ids::PeriodId;
use crate::documents::{self, Document, Row};
use crate::error::{Error, Problems};
use crate::periods::Period;
use crate::vietnamese::{parse_date, short_date};
use crate::web::{Nav, Page, SignedIn, State, download, render_status};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// How the letter is wanted, from the address.
#[derive(serde::Deserialize)]
pub struct Wanted {
    #[serde(default)]
    from: String,
    #[serde(default)]
    signs: String,
    /// Absent where nobody has been asked yet; blank where no day is wanted.
    by: Option<String>,
}

/// The same, read.
struct Choice {
    sender: Sender,
    deputy: bool,
    reply_by: Option<NaiveDate>,
    problems: Problems,
}

impl Wanted {
    fn read(&self, today: NaiveDate, loaded: &Loaded) -> Choice {
        let mut problems = Problems::default();
        let (proposed, lock) = (loaded.proposed, loaded.lock());
        let reply_by = match self.by.as_deref().map(str::trim) {
            None => proposed.filter(|day| lock.is_none_or(|lock| *day <= lock)),
            Some("") => None,
            Some(typed) => match parse_date(typed) {
                Ok(day) if day < today => {
                    problems.add("by", "Ngày đề nghị gửi đã qua. Nhập từ hôm nay trở đi, hoặc để trống.");
                    None
                }
                Ok(day) => Some(day),
                Err(error) => {
                    problems.add("by", error.to_string());
                    None
                }
            },
        };
        // A unit that has not sent can do nothing with a day after the lock. Once that has passed, or no working day is left until
        // then, whoever writes decides on a day and lets the units in again, as the page says.
        if let (Some(day), Some(lock)) = (reply_by, lock.filter(|lock| today <= *lock))
            && lock < day
            && proposed.is_some()
        {
            let message = format!(
                "Số liệu khóa sau ngày {}: đơn vị chưa gửi không gửi được vào ngày {}. Nhập ngày sớm hơn, để trống, hoặc đổi \
                 ngày khóa, mở khóa cho đơn vị trước.",
                short_date(lock),
                short_date(day)
            );
            problems.add("by", message);
        }
        Choice {
            sender: Sender::from_code(&self.from).unwrap_or(Sender::Collector),
            deputy: self.signs != "head",
            reply_by,
            problems,
        }
    }
}

#[derive(Template)]
#[template(path = "chasing/letter.html")]
struct LetterPage {
    page: Page,
    period: Period,
    paper: Document,
    /// Whom it may be from: code, name, chosen.
    senders: Vec<(&'static str, String, bool)>,
    deputy: bool,
    by: String,
    /// What stands behind the question mark, for the file.
    query: String,
    nobody: bool,
    /// The day after which the figures are locked, once it has passed.
    shut: Option<String>,
    /// They are about to be: no working day is left until then.
    closing: bool,
    problems: Problems,
}

impl LetterPage {
    /// Cells of a row of the list.
    fn cells<'a>(&self, row: &'a Row) -> &'a [String] {
        match row {
            Row::Cells(cells) => cells,
            Row::Group { .. } => &[],
        }
    }

    fn opening(&self) -> Vec<&str> {
        self.paper.opening.lines().collect()
    }

    /// "Số:        /CAT".
    fn number(&self) -> String {
        self.paper.number_line()
    }

    fn date(&self) -> String {
        self.paper.date_line()
    }
}

async fn loaded(state: &State, me: &SignedIn, id: PeriodId) -> Result<Loaded, Error> {
    let (actor, now) = (me.actor.clone(), Now::from(state.clock.moment()));
    state.read(move |conn| load(conn, &actor, id, now)).await
}

/// `GET /periods/{id}/reminder-letter`.
///
/// # Errors
/// As [`load`].
pub async fn letter(
    state: State,
    me: SignedIn,
    id: web::Path<PeriodId>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Error> {
    let loaded = loaded(&state, &me, id.into_inner()).await?;
    let choice = wanted.read(state.clock.today(), &loaded);
    let letter = loaded.letter(choice.sender, choice.deputy, choice.reply_by);
    let mut senders = vec![(Sender::Collector, loaded.collector.name.clone())];
    let draft = loaded.committee.as_ref().map(|head| format!("{} (dự thảo)", head.name));
    senders.extend(draft.map(|name| (Sender::Committee, name)));
    let senders =
        senders.into_iter().map(|(sender, name)| (sender.code(), name, sender == choice.sender)).collect();
    let signs = if choice.deputy { "deputy" } else { "head" };
    let typed = wanted.by.as_deref().map(|typed| typed.trim().to_owned());
    let by = typed.unwrap_or_else(|| choice.reply_by.map(short_date).unwrap_or_default());
    let good = if choice.reply_by.is_some() { by.as_str() } else { "" };
    let query = format!("from={}&signs={signs}&by={good}", choice.sender.code());
    let status = if choice.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = LetterPage {
        page: me.page("Công văn đôn đốc", Nav::Periods),
        paper: letter.document(),
        senders,
        deputy: choice.deputy,
        by,
        query,
        nobody: loaded.owing.is_empty(),
        closing: loaded.proposed.is_none(),
        shut: loaded.lock().filter(|day| *day < state.clock.today()).map(short_date),
        problems: choice.problems,
        period: loaded.period.clone(),
    };
    render_status(status, &page)
}

/// `GET /periods/{id}/reminder-letter/document`: the Word file.
///
/// # Errors
/// As [`load`]; [`Error::Refused`] where nobody is past their last day.
pub async fn document(
    state: State,
    me: SignedIn,
    id: web::Path<PeriodId>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Error> {
    let loaded = loaded(&state, &me, id.into_inner()).await?;
    if loaded.owing.is_empty() {
        return Err(Error::Refused("Hôm nay không có đơn vị nào đã qua thời hạn mà chưa gửi.".into()));
    }
    let choice = wanted.read(state.clock.today(), &loaded);
    choice.problems.or(())?;
    let paper = loaded.letter(choice.sender, choice.deputy, choice.reply_by).document();
    let bytes = documents::write(&paper).map_err(|error| Error::Internal(error.to_string()))?;
    let name = format!("Công văn đôn đốc - {} ({}).docx", loaded.period.label, paper.issuer_name);
    Ok(download(DOCX, &name.replace(['/', '\\'], "-"), bytes))
}
