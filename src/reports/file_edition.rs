//! A lower collector's edition goes up: its consolidated report is sent with the edition's figures and words, as a first
//! sending or as a correction. Stands between the record of a sending and the report it files.

use super::submit::{self, Sending, Signed};
use super::{Case, Paper, ReportState, draft, level, queries};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{EditionId, ReportId, RevisionId};
use crate::error::Error;

/// Sends the consolidated report with this edition and gives back the revision. `moment` is when the edition was sent:
/// lateness is measured by it. What the leader approved needs no second explaining: the warnings of the report are
/// taken as confirmed.
///
/// # Errors
/// [`Error::Refused`] when the edition is not the newest approved one, went up already, or the report lies with a
/// leader; as [`submit::submit`] for what the report still lacks.
pub fn file(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    (edition, number): (EditionId, i32),
    paper: Paper,
    moment: Moment,
) -> Result<RevisionId, Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    refuse_old(conn, &case, edition, number)?;
    if matches!(case.state(), ReportState::Sent | ReportState::Received) {
        level::renew(conn, actor, id, case.report.version, moment)?;
    }
    let mut open = draft::open(conn, actor, id)?;
    if let Some(lower) = &open.lower {
        // What was edited for the edition wins; a section it leaves to the units' words keeps what was typed here.
        let sections: Vec<_> = open.outline.sections.iter().map(|section| section.code.clone()).collect();
        let (edited, said) = (lower.edited(&open.outline), lower.narrative(&open.outline));
        for code in sections {
            let blank = open.draft.content.section(&code).trim().is_empty();
            let words = edited.get(&code).or_else(|| said.sections.get(&code).filter(|_| blank));
            if let Some(words) = words {
                open.draft.content.sections.insert(code, words.clone());
            }
        }
    }
    // Saved as its page would be: what is sent stands in the draft, and a report nobody had begun is begun.
    let content = open.draft.content.clone();
    draft::save(conn, actor, &open, &content, open.draft.version, moment)?;
    let open = draft::open(conn, actor, id)?;
    let past = queries::past(conn, &open.case)?;
    let findings = submit::found(&open, &past, moment);
    let confirmed = findings.warnings.iter().map(|warning| warning.key.clone()).collect();
    let sending = Sending {
        version: open.case.report.version,
        draft: open.draft.version,
        confirmed,
        paper: Signed::Known(paper),
    };
    let sent = submit::send(conn, actor, (open, &past), &sending, moment)?;
    queries::revision_id(conn, id, sent)?.ok_or(Error::NotFound)
}

/// Refuses what is not the edition this report would take.
fn refuse_old(conn: &mut Conn, case: &Case, edition: EditionId, number: i32) -> Result<(), Error> {
    let newest = level::newest(conn, case)?;
    if let Some(newest) = newest.filter(|newest| newest.id != edition) {
        return Err(Error::Refused(format!(
            "Đã chốt bản tổng hợp lần {}. Gửi bản đó lên {}, không gửi lần {number}.",
            newest.number, case.collector.name
        )));
    }
    let used = queries::edition_used(conn, case.report.id, case.report.last_revision)?;
    if used.is_some_and(|(used, _)| used == edition) && !matches!(case.state(), ReportState::Amend) {
        return Err(Error::Refused(format!(
            "Bản tổng hợp lần {number} đã gửi lên {} trên phần mềm này.",
            case.collector.name
        )));
    }
    if case.state() == ReportState::WithLeader {
        return Err(Error::Refused(
            "Báo cáo tổng hợp đang ở lãnh đạo đơn vị. Chờ lãnh đạo duyệt, hoặc lấy lại trước khi gửi.".into(),
        ));
    }
    Ok(())
}
