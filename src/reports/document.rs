//! A report as its paper, at any time: the open draft for its own unit, any sent revision for who may read it. Stands
//! between the rows of a report and the writer of Word files, which knows neither.

use chrono::{NaiveDate, NaiveDateTime};

use super::behalf::Typing;
use super::printed::{Around, Earlier, Frame, Known, Replaced, nil, printed};
use super::queries::{PaperRow, RevisionRow};
use super::signed::Signers;
use super::{Case, Content, Past, ReportState, draft, queries, recipients};
use crate::access::Actor;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::{ReportId, RevisionId, UnitId};
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

/// Which paper of a report is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The draft where the unit is writing one, else the newest revision this reader may see.
    Newest,
    /// The same, and of a draft the copy that goes to be signed: without the mark of a draft, its number and day left blank.
    ToSign,
    /// The revision of this number.
    Revision(i32),
}

/// The .docx of a report, as `wanted`.
///
/// # Errors
/// 404 outside the scope, for a revision never sent or not to be seen, and before there is anything to read;
/// [`Error::Internal`] when the file cannot be written.
pub fn download(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    wanted: Wanted,
    moment: Moment,
) -> Result<Download, Error> {
    let Made { case, which, document, mark } = document(conn, actor, id, wanted, moment)?;
    let bytes = documents::write_marked(&document, &mark).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Download { file_name: file_name(&case, &which), bytes })
}

/// The paper of a report.
#[derive(Debug)]
pub struct Made {
    pub case: Case,
    /// What it is called: "dự thảo", "bản trình ký", "lần gửi 2", "lần gửi 1, đã rút", "không phát sinh".
    pub which: String,
    pub document: Document,
    /// What stands under its number, a line each, where it is not the paper its body signed or was taken back; "" of any other.
    pub mark: String,
}

/// What stands on the paper of a sending that was taken back.
const TAKEN_BACK: &str = "ĐÃ RÚT";

/// The rows of the paper. What was sent is printed with the words kept when it was sent. At most forty-six queries, and one for each
/// paper that a correction takes the place of and each body that took the unit over.
///
/// # Errors
/// As [`download`].
pub fn document(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    wanted: Wanted,
    moment: Moment,
) -> Result<Made, Error> {
    let scope = actor.scope();
    let case = queries::find(conn, &scope, id)?;
    let any = !matches!(wanted, Wanted::Revision(_));
    if any && case.standing() == Standing::Nil {
        let made = nothing(conn, &case, moment.today)?;
        return Ok(Made { case, which: "không phát sinh".to_owned(), document: made, mark: String::new() });
    }
    let (own, collects) = (case.is_own(&scope), case.is_collected(&scope));
    let writing = !matches!(case.state(), ReportState::Sent | ReportState::Received);
    let types = case.is_typist(actor) || (own && case.behalf.is_none());
    if types && writing && any {
        let draft::Open { outline, mut draft, lower, .. } = draft::open(conn, actor, id)?;
        let past = queries::past(conn, &case)?;
        let signers = Signers::of(conn, &case, moment.today)?;
        signers.renew(&mut draft.content.paper);
        let edition = lower.map(|lower| lower.number);
        let replaces = replaced(conn, &case)?;
        let to_sign = wanted == Wanted::ToSign;
        let around = Surroundings { signers: &signers, past: &past, edition, replaces, at: None, to_sign };
        let frame = frame(conn, &case, &draft.content, around)?;
        let around = Around { frame: &frame, day: moment.today, draft: !to_sign };
        let document = printed(&outline, &draft.content, &around);
        let which = if to_sign { "bản trình ký" } else { "dự thảo" };
        return Ok(Made { case, which: which.to_owned(), document, mark: frame.typed_in });
    }
    let mut revisions = queries::revisions(conn, id)?;
    if !own && !collects {
        revisions.retain(|row| Some(row.id) == case.report.received_revision_id);
    }
    let row = match wanted {
        Wanted::Revision(number) => revisions.iter().find(|row| row.number == number),
        Wanted::Newest | Wanted::ToSign => revisions.last(),
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
            // What it took the place of was not on it.
            let around = Surroundings {
                signers: &signers,
                past: &past,
                edition,
                replaces: vec![],
                at,
                to_sign: false,
            };
            // Who types now has nothing to do with who sent it.
            let as_sent = Case { behalf: typing_of(conn, &sent.row)?, ..case.clone() };
            frame(conn, &as_sent, &sent.content, around)?
        }
    };
    let around = Around { frame: &frame, day, draft: false };
    let document = printed(&sent.outline, &sent.content, &around);
    let which = format!("lần gửi {}", sent.row.number);
    if queries::taken_back(conn, id)?.contains(&sent.row.id) {
        let mark = format!("{TAKEN_BACK}\n{}", frame.typed_in);
        return Ok(Made { case, which: format!("{which}, đã rút"), document, mark });
    }
    Ok(Made { case, which, document, mark: frame.typed_in })
}

/// The paper a revision was entered from, as while it was typed in; none of what its unit sent, and of what came of a table of
/// before the system. Five queries.
fn typing_of(conn: &mut Conn, row: &RevisionRow) -> Result<Option<Typing>, Error> {
    let typed = queries::typed_in(conn, &[row.id])?.remove(&row.id);
    Ok(typed.filter(|typed| typed.from_table.is_none()).map(|typed| Typing {
        paper: typed.paper,
        typist: typed.typist,
        begun_at: row.sent_at,
        from_file: typed.from_file,
    }))
}

/// What a frame is made from beside the report itself.
pub(super) struct Surroundings<'a> {
    pub signers: &'a Signers,
    pub past: &'a Past,
    /// Number of the edition a consolidated report takes its figures from.
    pub edition: Option<i32>,
    /// The papers of the sendings before it, the newest first.
    pub replaces: Vec<Replaced>,
    /// When it was sent (UTC); none of a draft.
    pub at: Option<NaiveDateTime>,
    /// It is the copy that goes to be signed, and not to be marked as a draft.
    pub to_sign: bool,
}

/// The words around the paper of a report that says this, as they are on record now. Four queries at most.
///
/// # Errors
/// The queries' own.
pub(super) fn frame(
    conn: &mut Conn,
    case: &Case,
    content: &Content,
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
        replaces: around.replaces,
        draft: around.at.is_none() && !around.to_sign && content.paper.number.is_empty(),
    };
    Ok(Frame::of(known))
}

/// The papers of a report's sendings so far, as they are on record now, the newest first: what the next one takes the place of. Three
/// queries, and one for each.
///
/// # Errors
/// The queries' own.
pub(super) fn replaced(conn: &mut Conn, case: &Case) -> Result<Vec<Replaced>, Error> {
    replaced_by(conn, case, case.report.last_revision + 1)
}

/// The same of the sendings before the one with a number.
///
/// # Errors
/// The queries' own.
pub(super) fn replaced_by(conn: &mut Conn, case: &Case, number: i32) -> Result<Vec<Replaced>, Error> {
    if !case.correcting() {
        return Ok(vec![]);
    }
    let mut revisions = queries::revisions(conn, case.report.id)?;
    let taken_back = queries::taken_back(conn, case.report.id)?;
    revisions.retain(|row| row.number < number && !taken_back.contains(&row.id));
    let ids: Vec<RevisionId> = revisions.iter().map(|row| row.id).collect();
    let entered = queries::entered_papers(conn, &ids)?;
    let mut papers = Vec::new();
    for row in revisions.iter().rev() {
        let paper = entered.get(&row.id).map_or_else(|| row.paper(), PaperRow::paper);
        let issuer = queries::kept_frame(conn, row.id)?.map(|kept| kept.issuer_name);
        // Where that is not kept, a body that has ended sent under its own name while it was there.
        let ended = case.unit.existed_to.filter(|last| to_local(row.sent_at).date() <= *last);
        let issuer = issuer.or_else(|| ended.map(|_| case.unit.name.clone()));
        papers.push((paper, issuer.unwrap_or_default()));
    }
    Ok(Replaced::of(papers.into_iter()))
}

/// The paper of a declaration that nothing happened, of the day it was declared. Six queries at most.
fn nothing(conn: &mut Conn, case: &Case, today: NaiveDate) -> Result<Document, Error> {
    let declared = periods::nil_moments(conn, std::iter::once(&case.obligation))?;
    let at = declared.get(&case.obligation.id).copied();
    let day = at.map_or(today, |at| to_local(at).date());
    let signers = Signers::of(conn, case, day)?;
    let past = &Past::default();
    let around =
        Surroundings { signers: &signers, past, edition: None, replaces: vec![], at, to_sign: false };
    let frame = frame(conn, case, &Content::default(), around)?;
    // It has no number: until a clerk gives it one it is not issued, where the regime asks for a signed paper at all.
    Ok(nil(&Around { frame: &frame, day, draft: case.regime.paper_rule != "none" }))
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

/// How the body that took a unit over heads what it sends in that unit's place. One query, a second for the body above it.
///
/// # Errors
/// The queries' own.
pub fn successors_letterhead(
    conn: &mut Conn,
    case: &Case,
    heir: UnitId,
    day: NaiveDate,
) -> Result<Letterhead, Error> {
    let whole = case.regime.province_id;
    let mut bodies = units::queries::on_day(conn, &[whole, heir], day)?;
    let unit = bodies.get(&heir).ok_or(Error::NotFound)?.clone();
    if let Some(parent) = unit.parent_id.filter(|parent| !bodies.contains_key(parent)) {
        bodies.extend(units::queries::on_day(conn, &[parent], day)?);
    }
    let province = bodies.get(&whole).ok_or(Error::NotFound)?;
    let parent = unit.parent_id.and_then(|id| bodies.get(&id));
    let succeeds = Letterhead::new(&case.unit, None, province).name;
    Ok(Letterhead { succeeds, ..Letterhead::new(&unit, parent, province) })
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
