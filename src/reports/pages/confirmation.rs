//! `/reports/{id}/confirmation/{n}`: the sender's proof, made for printing.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::facts::Facts;
use super::paper::PaperPanel;
use crate::attachments::FileView;
use crate::calendar::{hour_words, parse_hour, to_local};
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::periods;
use crate::reports::document;
use crate::reports::queries::{self, RevisionRow, Sent};
use crate::reports::revision::confirmation_number;
use crate::units::Letterhead;
use crate::units::queries::names_on;
use crate::units::queries::succession::heir_on;
use crate::vietnamese::{date_time, long_date, short_date};
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "reports/confirmation.html")]
struct ConfirmationPage {
    page: Page,
    facts: Facts,
    number: String,
    revision: i32,
    sent_at: String,
    sent_on: String,
    row: RevisionRow,
    /// How the collector, whose system confirms, heads its documents, for print.
    letterhead: Letterhead,
    place: String,
    panel: PaperPanel,
    due: Option<String>,
    sections: (usize, usize),
    figures: (usize, usize),
    /// Answered, and asked about.
    tasks: (usize, usize),
    rows: usize,
    links: usize,
    files: Vec<FileView>,
    collector: String,
    /// From which paper it was typed in, and by whom.
    typed: Option<(String, String)>,
    /// It was the unit's workbook that came.
    from_file: bool,
    /// Who sent in the place of the unit, which had ended by then.
    successor: Option<String>,
    /// It was taken back: its number confirms nothing any more.
    withdrawn: bool,
}

/// `GET /reports/{id}/confirmation/{n}`
///
/// # Errors
/// 404 for anybody but the unit and its collector, and for a number never sent.
pub async fn confirmation(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, i32)>,
) -> Result<HttpResponse, Error> {
    let (id, number) = path.into_inner();
    let scope = me.scope();
    let (case, sent, holidays, typed, letterhead, withdrawn, successor) = state
        .read(move |conn| {
            let case = queries::find(conn, &scope, id)?;
            if !case.is_own(&scope) && !case.is_collected(&scope) {
                return Err(Error::NotFound);
            }
            let revision = queries::revision_id(conn, id, number)?.ok_or(Error::NotFound)?;
            let typed = queries::typed_in(conn, &[revision])?.remove(&revision);
            let letterhead = document::collectors_letterhead(conn, &case)?;
            let withdrawn = queries::taken_back(conn, id)?.contains(&revision);
            let (sent, holidays) = (queries::sent(conn, revision)?, periods::queries::holidays(conn)?);
            let day = to_local(sent.row.sent_at).date();
            let heir = match typed {
                Some(_) => None,
                None => heir_on(conn, &case.unit, day)?,
            };
            let successor = match heir {
                Some(heir) => names_on(conn, &[heir], day)?.remove(&heir),
                None => None,
            };
            Ok((case, sent, holidays, typed, letterhead, withdrawn, successor))
        })
        .await?;
    let panel = PaperPanel::new(&case, &me.actor, Some(&sent), &sent.content.paper, &sent.content.files);
    let Sent { row, outline, content, .. } = sent;
    let local = to_local(row.sent_at);
    render(&ConfirmationPage {
        page: me.page("Xác nhận đã gửi", Nav::Reports),
        facts: Facts::new(&case, &holidays, state.clock.moment()),
        number: confirmation_number(row.id, local.date()),
        revision: row.number,
        sent_at: date_time(local),
        sent_on: long_date(local.date()),
        place: letterhead.place.clone(),
        letterhead,
        panel,
        due: row.due_on.map(|day| match row.due_time.as_deref().and_then(parse_hour) {
            Some(hour) => format!("{} ngày {}", hour_words(hour), short_date(day)),
            None => short_date(day),
        }),
        sections: content.sections_filled(&outline),
        figures: content.figures_filled(&outline),
        tasks: content.tasks_filled(&outline),
        rows: content.rows(),
        links: content.evidence.len(),
        files: FileView::all(&content.files),
        from_file: typed.as_ref().is_some_and(|typed| typed.from_file),
        typed: typed.map(|typed| (typed.paper.words(), typed.typist)),
        withdrawn,
        successor,
        collector: case.collector.name.clone(),
        row,
    })
}
