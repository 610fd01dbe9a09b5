//! A report as its paper, at any time: the open draft for its own unit, any sent revision for who may read it. Stands
//! between the rows of a report and the writer of Word files, which knows neither.

use chrono::{NaiveDate, NaiveDateTime};

use super::printed::{Around, Earlier, Frame, Known, nil, printed};
use super::signed::Signers;
use super::{Case, Content, Outline, Past, ReportState, draft, queries, recipients};
use crate::access::Actor;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::documents::{self, Document};
use crate::error::Error;
use crate::indicators::queries::classified;
use crate::periods::{Standing, queries as periods};
use crate::units::{self, Letterhead};

/// A file to be handed out.
#[derive(Debug, Clone)]
pub struct Download {
    /// In Vietnamese, with its ending.
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// The .docx of a report: of revision `wanted`, or of the draft where the unit is writing one, else of the newest
/// revision this reader may see.
///
/// # Errors
/// 404 outside the scope, for a revision never sent or not to be seen, and before there is anything to read;
/// [`Error::Internal`] when the file cannot be written.
pub fn download(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    wanted: Option<i32>,
    moment: Moment,
) -> Result<Download, Error> {
    let (case, which, document) = document(conn, actor, id, wanted, moment)?;
    let bytes = documents::write(&document).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Download { file_name: file_name(&case, &which), bytes })
}

/// The rows of the paper, with what it is called: "dự thảo", "lần gửi 2", "không phát sinh". What was sent is printed with the words
/// kept when it was sent. At most forty queries, whatever the report.
///
/// # Errors
/// As [`download`].
pub fn document(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    wanted: Option<i32>,
    moment: Moment,
) -> Result<(Case, String, Document), Error> {
    let scope = actor.scope();
    let case = queries::find(conn, &scope, id)?;
    if wanted.is_none() && case.standing() == Standing::Nil {
        let made = nothing(conn, &case, moment.today)?;
        return Ok((case, "không phát sinh".to_owned(), made));
    }
    let (own, collects) = (case.is_own(&scope), case.is_collected(&scope));
    let writing = !matches!(case.state(), ReportState::Sent | ReportState::Received);
    let types = case.is_typist(actor) || (own && case.behalf.is_none());
    if types && writing && wanted.is_none() {
        let draft::Open { outline, draft, lower, .. } = draft::open(conn, actor, id)?;
        let past = queries::past(conn, &case)?;
        let signers = Signers::of(conn, &case, moment.today)?;
        let edition = lower.map(|lower| lower.number);
        let around = Surroundings { signers: &signers, past: &past, edition, at: None };
        let frame = frame(conn, &case, (&outline, &draft.content), around)?;
        let around = Around { frame: &frame, day: moment.today, draft: true };
        return Ok((case, "dự thảo".to_owned(), printed(&outline, &draft.content, &around)));
    }
    let mut revisions = queries::revisions(conn, id)?;
    if !own && !collects {
        revisions.retain(|row| Some(row.id) == case.report.received_revision_id);
    }
    let row = match wanted {
        Some(number) => revisions.iter().find(|row| row.number == number),
        None => revisions.last(),
    };
    let mut sent = queries::sent(conn, row.ok_or(Error::NotFound)?.id)?;
    if !own && !collects {
        sent.outline.withhold(&classified(conn)?);
    }
    let day = to_local(sent.row.sent_at).date();
    let frame = match queries::kept_frame(conn, sent.row.id)? {
        Some(kept) => kept,
        // Sent before they were kept, or entered from a table: as it reads now.
        None => {
            let past = queries::past(conn, &case)?;
            let signers = Signers::of(conn, &case, day)?;
            let consolidated = case.is_consolidated();
            let used = if consolidated { queries::edition_used(conn, id, sent.row.number)? } else { None };
            let edition = used.map(|(_, number)| number);
            let at = Some(sent.row.sent_at);
            let around = Surroundings { signers: &signers, past: &past, edition, at };
            frame(conn, &case, (&sent.outline, &sent.content), around)?
        }
    };
    let around = Around { frame: &frame, day, draft: false };
    let made = printed(&sent.outline, &sent.content, &around);
    Ok((case, format!("lần gửi {}", sent.row.number), made))
}

/// What a frame is made from beside the report itself.
pub(super) struct Surroundings<'a> {
    pub signers: &'a Signers,
    pub past: &'a Past,
    /// Number of the edition a consolidated report takes its figures from.
    pub edition: Option<i32>,
    /// When it was sent (UTC); none of a draft.
    pub at: Option<NaiveDateTime>,
}

/// The words around the paper of a report that says this, as they are on record now. Four queries at most.
///
/// # Errors
/// The queries' own.
pub(super) fn frame(
    conn: &mut Conn,
    case: &Case,
    (outline, content): (&Outline, &Content),
    around: Surroundings<'_>,
) -> Result<Frame, Error> {
    let (plans, bases) = queries::served(conn, case.regime.id, case.period.reference_on)?;
    let whose = (case.obligation.unit_id, case.is_consolidated());
    let recipients = recipients::known(conn, case.regime.id, whose, around.at)?;
    let compared = Past { same: around.past.same.clone(), ..Past::default() };
    let bodies = queries::other_units(conn, case, &compared)?;
    let known = Known {
        case,
        letterhead: &around.signers.letterhead,
        plans: &plans,
        bases: &bases,
        earlier: Earlier::of(around.past, case.obligation.unit_id, bodies),
        edition: around.edition,
        office: around.signers.office(&content.paper.name),
        recipients: recipients.as_ref(),
    };
    Ok(Frame::of(known, outline, content))
}

/// The paper of a declaration that nothing happened, of the day it was declared. Seven queries at most.
fn nothing(conn: &mut Conn, case: &Case, today: NaiveDate) -> Result<Document, Error> {
    let declared = periods::nil_moments(conn, std::iter::once(&case.obligation))?;
    let at = declared.get(&case.obligation.id).copied();
    let day = at.map_or(today, |at| to_local(at).date());
    let signers = Signers::of(conn, case, day)?;
    let outline = queries::outline_of_form(conn, case.obligation.form_id)?;
    let around = Surroundings { signers: &signers, past: &Past::default(), edition: None, at };
    let frame = frame(conn, case, (&outline, &Content::default()), around)?;
    Ok(nil(&Around { frame: &frame, day, draft: false }))
}

/// How the unit headed its documents on a day: on that of a paper's sending, and not on the period's reference day. One query, a
/// second where it has come under another body since.
///
/// # Errors
/// The queries' own.
pub fn letterhead(conn: &mut Conn, case: &Case, day: NaiveDate) -> Result<Letterhead, Error> {
    let whole = case.regime.province_id;
    let ids: Vec<_> = [Some(whole), Some(case.unit.id), case.unit.parent_id].into_iter().flatten().collect();
    let mut bodies = units::queries::on_day(conn, &ids, day)?;
    let unit = bodies.get(&case.unit.id).unwrap_or(&case.unit).clone();
    if let Some(parent) = unit.parent_id.filter(|parent| !bodies.contains_key(parent)) {
        bodies.extend(units::queries::on_day(conn, &[parent], day)?);
    }
    let province = bodies.get(&whole).ok_or(Error::NotFound)?;
    let parent = unit.parent_id.and_then(|id| bodies.get(&id));
    Ok(Letterhead::new(&unit, parent, province))
}

/// How the body that collects heads its documents: it is the one that confirms. One query.
///
/// # Errors
/// The query's own.
pub fn collectors_letterhead(conn: &mut Conn, case: &Case) -> Result<Letterhead, Error> {
    let collector = &case.collector;
    let ids: Vec<_> = [Some(case.regime.province_id), collector.parent_id].into_iter().flatten().collect();
    let bodies = units::queries::on_day(conn, &ids, case.period.reference_on)?;
    let province = bodies.get(&case.regime.province_id).ok_or(Error::NotFound)?;
    let parent = collector.parent_id.and_then(|id| bodies.get(&id));
    Ok(Letterhead::new(collector, parent, province))
}

/// "Báo cáo 6 tháng đầu năm 2025 - Sở Khoa học và Công nghệ (lần gửi 2).docx"
fn file_name(case: &Case, which: &str) -> String {
    let name = format!("{} - {} ({which})", case.title(), case.unit.name);
    // What no file system takes.
    let sound =
        |c: char| if matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '-' } else { c };
    format!("{}.docx", name.chars().map(sound).collect::<String>())
}
