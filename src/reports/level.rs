//! A consolidated report: its figures are those of the collecting unit's own approved edition and are never typed,
//! its texts begin from the edition's narrative. Stands between `consolidation` and the draft.

use std::collections::HashMap;

use super::history::{Changes, Taken, take};
use super::request_amendment::default_due;
use super::{
    AskedIndicator, AskedSection, Case, Content, Entry, Outline, Reading, Step, cell, leader, queries,
};
use crate::access::Actor;
use crate::calendar::{Moment, to_local};
use crate::consolidation::content::{EditionContent, IndicatorLine, NarrativeSection};
use crate::consolidation::queries::{self as editions, EditionRow};
use crate::db::Conn;
use crate::db::ids::{EditionId, ReportId};
use crate::error::Error;
use crate::vietnamese::{Qualifier, date_time};

/// What stands in the way of sending before there is an edition.
pub const NO_EDITION: &str =
    "Chưa có bản tổng hợp đã chốt. Lập và chốt bản tổng hợp của đơn vị trước; báo cáo lấy số liệu từ bản đó.";

/// The edition a consolidated report takes its figures from.
#[derive(Debug, Clone)]
pub struct Lower {
    pub id: EditionId,
    pub number: i32,
    /// SHA-256 of its frozen content.
    pub sha256: String,
    /// "chốt lúc 12/6/2025 16:05".
    pub when: String,
    /// Units in it and units that owe, through all levels.
    pub reported: u32,
    pub of: u32,
    content: EditionContent,
}

/// The newest edition of the collecting unit that is not a draft; none before the first. Three queries.
///
/// # Errors
/// The queries' own; [`Error::Internal`] when the frozen text is not what it was.
pub(super) fn newest(conn: &mut Conn, case: &Case) -> Result<Option<Lower>, Error> {
    newest_known(conn, case, None)
}

/// The same, where it may have been read already: its content is the whole of what the unit collects, never changes, and
/// is not read again. One query then.
///
/// # Errors
/// As [`newest`].
pub(super) fn newest_known(
    conn: &mut Conn,
    case: &Case,
    known: Option<Lower>,
) -> Result<Option<Lower>, Error> {
    let rows = editions::editions_of(conn, case.period.id, case.obligation.unit_id)?;
    let Some(row) = rows.into_iter().find(EditionRow::is_approved) else { return Ok(None) };
    if let Some(known) = known.filter(|known| known.id == row.id && known.sha256 == row.sha256) {
        return Ok(Some(known));
    }
    let content = crate::consolidation::read_content(conn, &row)?;
    let count = content.reporting();
    Ok(Some(Lower {
        id: row.id,
        number: row.number,
        when: row.approved_at.map(|at| format!("chốt lúc {}", date_time(to_local(at)))).unwrap_or_default(),
        sha256: row.sha256,
        reported: count.reported,
        of: count.of,
        content,
    }))
}

impl Lower {
    /// Puts the edition's figures into outline and content, whatever stood there. Ratios stay with the edition: they
    /// are recomputed over units with both parts and follow from no two sums.
    pub(super) fn fill(&self, outline: &mut Outline, content: &mut Content, asked: Vec<AskedIndicator>) {
        let lines: HashMap<&str, &IndicatorLine> =
            self.content.lines().map(|(_, line)| (line.code.as_str(), line)).collect();
        outline.lists.clear();
        outline.tasks.clear();
        outline.indicators = asked
            .into_iter()
            .filter(|asked| {
                !asked.is_ratio() && lines.get(asked.code.as_str()).is_some_and(|l| l.total.of > 0)
            })
            .map(AskedIndicator::as_total)
            .collect();
        content.entries = outline
            .indicators
            .iter()
            .filter_map(|asked| Some((asked.id, entry(asked, lines.get(asked.code.as_str())?))))
            .collect();
    }

    /// The texts a draft begins from: under each heading the consolidated text, else the units' words with their names.
    pub(super) fn narrative(&self, outline: &Outline) -> Content {
        let mut content = Content::default();
        for section in &outline.sections {
            let found = self.section(section);
            let words = found.map(NarrativeSection::words).unwrap_or_default();
            if !words.is_empty() {
                content.sections.insert(section.code.clone(), words);
            }
        }
        content
    }

    /// The sections whose text was edited for the edition, by their codes in the form.
    pub(super) fn edited(&self, outline: &Outline) -> HashMap<String, String> {
        let text =
            |section: &AskedSection| Some((section.code.clone(), self.section(section)?.consolidated()?));
        outline.sections.iter().filter_map(text).collect()
    }

    fn section(&self, asked: &AskedSection) -> Option<&NarrativeSection> {
        let sections = self.content.narrative.iter();
        sections.into_iter().find(|other| other.code == asked.label && other.heading == asked.title)
    }

    pub(super) fn codes(&self) -> Vec<String> {
        self.content.lines().map(|(_, line)| line.code.clone()).collect()
    }
}

fn entry(asked: &AskedIndicator, line: &IndicatorLine) -> Entry {
    let total = &line.total;
    let mut note = format!("{}/{} đơn vị", total.n, total.of);
    if total.approximate {
        note.push_str("; có số gần đúng");
    }
    Entry {
        typed: total.value.map(|value| cell::shown(value, asked)).unwrap_or_default(),
        reading: total.value.map_or(Reading::Blank, Reading::Value),
        estimate: total.estimated,
        qualifier: Qualifier::Exact,
        note,
        ambiguous: false,
    }
}

/// The edition the last revision was made from, when a newer one has been approved since. Four queries.
///
/// # Errors
/// The queries' own.
pub fn newer(conn: &mut Conn, case: &Case) -> Result<Option<Lower>, Error> {
    if !case.is_consolidated() || !case.correcting() {
        return Ok(None);
    }
    let used = queries::edition_used(conn, case.report.id, case.report.last_revision)?;
    Ok(newest(conn, case)?.filter(|newest| used.is_some_and(|(id, _)| id != newest.id)))
}

/// Takes a newer edition into a correction: the unit works on the next revision, and what was received counts on.
///
/// # Errors
/// [`Error::Refused`] without a newer edition, or while a correction is open; [`Error::Conflict`] when the report
/// changed since it was seen; [`Error::Forbidden`] for roles that do not type; 404 outside the scope.
pub fn renew(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    version: i32,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = leader::may_edit(actor, &case)?;
    let Some(newer) = newer(conn, &case)? else {
        return Err(Error::Refused("Chưa có bản tổng hợp nào mới hơn bản đã gửi.".into()));
    };
    let reason = format!("Có bản tổng hợp lần {}, {}.", newer.number, newer.when);
    let due_on = default_due(&case, moment.today);
    let taken = Taken {
        step: Step::Renew,
        reason: &reason,
        due_on,
        revision_id: None,
        changes: Changes { amend_due_on: due_on, ..Changes::default() },
    };
    take(conn, &case, version, &taken, actor, membership, moment)?;
    Ok(())
}
