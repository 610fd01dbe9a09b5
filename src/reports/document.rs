//! A report as its paper, at any time: the open draft for its own unit, any sent revision for who may read it. Stands
//! between the rows of a report and the writer of Word files, which knows neither.

use chrono::{NaiveDate, NaiveDateTime};

use super::printed::{Around, printed};
use super::signed::Signers;
use super::{Case, Content, Outline, ReportState, draft, queries, recipients};
use crate::access::Actor;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::documents::{self, Document};
use crate::error::Error;
use crate::indicators::queries::classified;
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

/// The rows of the paper, with what it is called: "dự thảo", "lần gửi 2". At most forty queries, whatever the report.
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
    let (own, collects) = (case.is_own(&scope), case.is_collected(&scope));
    let writing = !matches!(case.state(), ReportState::Sent | ReportState::Received);
    let types = case.is_typist(actor) || (own && case.behalf.is_none());
    if types && writing && wanted.is_none() {
        let draft::Open { outline, draft, lower, .. } = draft::open(conn, actor, id)?;
        let edition = lower.map(|lower| lower.number);
        let made =
            make(conn, &case, &outline, &draft.content, Made { day: moment.today, sent_at: None, edition })?;
        return Ok((case, "dự thảo".to_owned(), made));
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
    let used = if case.is_consolidated() { queries::edition_used(conn, id, sent.row.number)? } else { None };
    let made_as = Made { day, sent_at: Some(sent.row.sent_at), edition: used.map(|(_, number)| number) };
    let made = make(conn, &case, &sent.outline, &sent.content, made_as)?;
    Ok((case, format!("lần gửi {}", sent.row.number), made))
}

/// Of what a paper is made: the day its date line falls back on, whether it is a draft, the edition below.
struct Made {
    day: NaiveDate,
    /// None of a draft.
    sent_at: Option<NaiveDateTime>,
    edition: Option<i32>,
}

fn make(
    conn: &mut Conn,
    case: &Case,
    outline: &Outline,
    content: &Content,
    made: Made,
) -> Result<Document, Error> {
    let past = queries::past(conn, case)?;
    let on = case.period.reference_on;
    let (plans, bases) = queries::served(conn, case.regime.id, on)?;
    let signers = Signers::of(conn, case)?;
    let letterhead = &signers.letterhead;
    let office = signers.office(&content.paper.name);
    let Made { day, sent_at, edition } = made;
    let draft = sent_at.is_none();
    let whose = (case.obligation.unit_id, case.is_consolidated());
    let known = recipients::known(conn, case.regime.id, whose, sent_at)?;
    let recipients = known.as_ref();
    let around = Around {
        case,
        letterhead,
        plans: &plans,
        bases: &bases,
        past: &past,
        day,
        draft,
        edition,
        office,
        recipients,
    };
    Ok(printed(outline, content, &around))
}

/// How the unit headed its documents on the period's reference day. One query.
///
/// # Errors
/// The query's own.
pub fn letterhead(conn: &mut Conn, case: &Case) -> Result<Letterhead, Error> {
    let ids: Vec<_> = [Some(case.regime.province_id), case.unit.parent_id].into_iter().flatten().collect();
    let bodies = units::queries::on_day(conn, &ids, case.period.reference_on)?;
    let province = bodies.get(&case.regime.province_id).ok_or(Error::NotFound)?;
    let parent = case.unit.parent_id.and_then(|id| bodies.get(&id));
    Ok(Letterhead::new(&case.unit, parent, province))
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
