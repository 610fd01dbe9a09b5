//! `/reports/{id}/revisions/{n}/paper`: number, date and signatory of the signed paper, entered after sending; and
//! the panel that shows them beside every report.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{fields, version};
use crate::access::Actor;
use crate::attachments::{Attached, FileView, Purpose};
use crate::calendar::to_local;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::periods::Standing;
use crate::reports::draft::may_change;
use crate::reports::paper_duty::{MissingPaper, shows_it};
use crate::reports::paper_facts::{Recording, may_record, record_paper};
use crate::reports::queries::{self, PaperRow, Sent};
use crate::reports::recipients::may_name;
use crate::reports::{Case, Paper, form};
use crate::vietnamese::{date_time, long_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

/// One entry made after sending.
pub struct Entered {
    pub at: String,
    pub who: String,
    pub words: String,
    /// Why it changed; may be blank.
    pub reason: String,
}

/// What is known of the signed paper of what a page shows.
pub struct PaperPanel {
    /// Where the Word file is.
    pub document: String,
    /// Where the copy of a draft is that goes to be signed, while it has no number.
    pub to_sign: Option<String>,
    /// Whether the regime has a paper at all.
    pub expected: bool,
    /// What is still to come of what was sent last.
    pub missing: Option<String>,
    /// "45/BC-SKHCN"; blank when not known.
    pub reference: String,
    pub on: String,
    pub signer: String,
    /// What a records clerk would send back in the lines over the name.
    pub slip: Option<String>,
    /// Entries after sending, newest first.
    pub entered: Vec<Entered>,
    /// Where the actor enters or corrects it.
    pub record: Option<String>,
    /// The signed paper itself, sent with the report or added after, newest last.
    pub files: Vec<FileView>,
    /// The earlier sending that went with the same paper.
    pub same_as: Option<i32>,
    /// Where the actor adds it.
    pub attach: Option<String>,
    /// Where the actor enters the recipients its document names.
    pub recipients: Option<String>,
    /// Address of the report.
    pub report: String,
}

impl PaperPanel {
    /// For a revision, or for the draft (`sent` is none), with the paper as it counts.
    /// `files` are those of the content shown.
    pub fn new(
        case: &Case,
        actor: &Actor,
        sent: Option<&Sent>,
        paper: &Paper,
        files: &[Attached],
    ) -> PaperPanel {
        let id = case.report.id;
        let record = sent.filter(|_| may_record(actor, case).is_ok());
        let signed = files.iter().chain(sent.into_iter().flat_map(|sent| &sent.signed));
        let expected = case.regime.paper_rule != "none";
        let writes = expected && case.behalf.is_none() && may_change(actor, case).is_ok();
        PaperPanel {
            document: sent.map_or_else(
                || format!("/reports/{id}/document"),
                |sent| format!("/reports/{id}/revisions/{}/document", sent.row.number),
            ),
            to_sign: (sent.is_none() && writable(case, paper))
                .then(|| format!("/reports/{id}/document?for=signing")),
            files: signed.filter(|f| f.purpose == Purpose::Signed).map(FileView::of).collect(),
            attach: match (sent, record) {
                (Some(sent), Some(_)) => {
                    Some(format!("/reports/{id}/revisions/{}/signed-paper", sent.row.number))
                }
                (None, _) if writes => Some(format!("/reports/{id}/attachments?for=signed")),
                _ => None,
            },
            recipients: may_name(actor, case).is_ok().then(|| format!("/reports/{id}/recipients")),
            report: format!("/reports/{id}"),
            same_as: None,
            missing: sent
                .filter(|sent| sent.row.number == case.report.last_revision)
                .and_then(|sent| {
                    MissingPaper::of(&case.regime, paper, shows_it(files) || shows_it(&sent.signed))
                })
                .map(|missing| missing.words()),
            expected,
            reference: paper.reference(),
            on: paper.date.date.map_or_else(|| paper.date.typed.clone(), long_date),
            signer: signer(paper),
            // Said to who can mend it.
            slip: paper.slip().filter(|_| writes || record.is_some()),
            entered: sent.map_or_else(Vec::new, |sent| sent.papers.iter().rev().map(entered).collect()),
            record: record.map(|sent| format!("/reports/{id}/revisions/{}/paper", sent.row.number)),
        }
    }

    /// Whether number and day are still to come.
    pub fn is_blank(&self) -> bool {
        self.reference.is_empty() && self.on.is_empty()
    }
}

/// Whether a paper is to be signed of what is being written: it has no number yet, and is not typed in from one.
pub(super) fn writable(case: &Case, paper: &Paper) -> bool {
    case.regime.paper_rule != "none"
        && case.behalf.is_none()
        && paper.number.is_empty()
        && case.standing() == Standing::Owed
}

/// "KT. GIÁM ĐỐC, Phó Giám đốc Nguyễn Văn A"
pub(super) fn signer(paper: &Paper) -> String {
    let parts = [&paper.capacity, &paper.title].into_iter().filter(|part| !part.is_empty());
    let office = parts.map(String::as_str).collect::<Vec<_>>().join(", ");
    [office, paper.name.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

pub(super) fn entered(row: &PaperRow) -> Entered {
    let paper = row.paper();
    Entered {
        at: date_time(to_local(row.recorded_at)),
        who: format!("{}, {}", row.recorder_name, row.recorder_title),
        words: format!("số {}, {}, {}", paper.reference(), long_date(row.doc_date), signer(&paper)),
        reason: row.reason.clone(),
    }
}

#[derive(Template)]
#[template(path = "reports/record_paper.html")]
struct RecordPage {
    page: Page,
    id: String,
    title: String,
    unit: String,
    revision: i32,
    sent_at: String,
    seen: i32,
    paper: Paper,
    problems: Problems,
    /// Something is known already: the entry corrects it.
    correcting: bool,
    /// The report was received under what is known: a reason is owed.
    received: bool,
    reason: String,
    panel: PaperPanel,
}

/// `GET /reports/{id}/revisions/{n}/paper`
///
/// # Errors
/// 404 outside the unit and for a revision never sent; 403 for roles that do not send.
pub async fn paper_form(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, i32)>,
) -> Result<HttpResponse, Error> {
    render(&view(&me, &state, path.into_inner(), None).await?)
}

/// `POST /reports/{id}/revisions/{n}/paper`
///
/// # Errors
/// As [`record_paper`]; what is to be mended comes back on the page.
pub async fn record(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, i32)>,
) -> Result<HttpResponse, Error> {
    let (id, revision) = path.into_inner();
    let recording = Recording {
        revision,
        seen: version(&posted.form, "seen"),
        paper: form::paper(&fields(&posted.form), Paper::default()),
        reason: posted.form.get("reason").to_owned(),
    };
    let (actor, moment, made) = (posted.me.actor.clone(), state.clock.moment(), recording.clone());
    match state.write(move |conn| record_paper(conn, &actor, id, &made, moment)).await {
        Ok(()) => Ok(redirect_with(
            &format!("/reports/{id}?revision={revision}"),
            "Đã ghi số, ngày và người ký văn bản.",
        )),
        Err(Error::Invalid(problems)) => {
            let page = view(&posted.me, &state, (id, revision), Some((recording, problems))).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

async fn view(
    me: &SignedIn,
    state: &State,
    (id, revision): (ReportId, i32),
    typed: Option<(Recording, Problems)>,
) -> Result<RecordPage, Error> {
    let actor = me.actor.clone();
    let (case, sent, received) = state
        .read(move |conn| {
            let scope = actor.scope();
            let case = queries::find(conn, &scope, id)?;
            if !case.is_own(&scope) {
                return Err(Error::NotFound);
            }
            let of = queries::revision_id(conn, id, revision)?.ok_or(Error::NotFound)?;
            may_record(&actor, &case)?;
            let received = case.report.received_revision_id == Some(of);
            Ok((case, queries::sent(conn, of)?, received))
        })
        .await?;
    let known = sent.content.paper.clone();
    let panel = PaperPanel::new(&case, &me.actor, Some(&sent), &known, &sent.content.files);
    let last = sent.papers.last().map_or(0, |row| row.number);
    let (recording, problems) = typed.unwrap_or_else(|| {
        let paper = known.clone();
        (Recording { revision, seen: last, paper, reason: String::new() }, Problems::default())
    });
    Ok(RecordPage {
        page: me.page("Số, ngày văn bản", Nav::Reports),
        id: id.to_string(),
        title: case.title(),
        unit: case.unit.name.clone(),
        revision,
        sent_at: date_time(to_local(sent.row.sent_at)),
        seen: recording.seen,
        paper: recording.paper,
        problems,
        correcting: !known.is_to_come(),
        received,
        reason: recording.reason,
        panel,
    })
}
