//! The steps of the reports of one period, through the same machine as the verbs'. Stands between what each unit
//! wrote and the tables that tell its history: transitions, the audit log, the state of the report.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::batch::insert_all;
use super::bodies::{Bodies, Body, Member};
use super::fates::{Fate, Span, shifted};
use super::reports::{Ids, by, correction_due, first_day, morning, revision_of};
use super::sheets::{Sending, Sheet};
use crate::audit;
use crate::calendar::label;
use crate::db::Conn;
use crate::db::ids::RevisionId;
use crate::db::schema::{report_transitions, reports};
use crate::error::Error;
use crate::reports::{ReportState, Step};

/// One step of one report.
struct Taken<'a> {
    sheet: &'a Sheet<'a>,
    step: Step,
    from: ReportState,
    to: ReportState,
    revision: Option<RevisionId>,
    reason: &'static str,
    due_on: Option<NaiveDate>,
    by: &'a Member,
    at: NaiveDateTime,
}

/// The steps of every report, through the same machine as the verbs', with transition and audit row of each; then
/// the report as the last step left it.
pub fn write(
    conn: &mut Conn,
    bodies: &Bodies,
    sheets: &[Sheet<'_>],
    sendings: &[Sending<'_>],
    ids: &Ids,
    span: &Span,
) -> Result<(), Error> {
    let mut rows = Vec::new();
    for sheet in sheets {
        let steps = taken(bodies, sheet, ids, span)?;
        let (mut version, mut last) = (1, ReportState::NotBegun);
        for taken in &steps {
            audit_step(conn, sheet.body, taken, version, span)?;
            version += 1;
            last = taken.to;
        }
        let first = sendings.iter().find(|sending| sending.sheet.report == sheet.report);
        let asked = steps.iter().find(|taken| taken.step == Step::AskAmendment);
        let received =
            steps.iter().find(|taken| taken.step == Step::Receive).and_then(|taken| taken.revision);
        diesel::update(reports::table.find(sheet.report))
            .set((
                reports::state.eq(last.code()),
                reports::received_revision_id.eq(received),
                reports::last_revision.eq(sheet.course.fate.revisions()),
                reports::first_sent_at.eq(first.map(|sending| sending.sent_at)),
                reports::first_due_on.eq(first.map(|sending| sending.due_on)),
                reports::amend_due_on.eq(asked.and_then(|taken| taken.due_on)),
                reports::version.eq(version),
            ))
            .execute(conn)?;
        rows.extend(steps.into_iter().map(|taken| {
            (
                report_transitions::report_id.eq(taken.sheet.report),
                report_transitions::revision_id.eq(taken.revision),
                report_transitions::step.eq(taken.step.code()),
                report_transitions::from_state.eq(taken.from.code()),
                report_transitions::to_state.eq(taken.to.code()),
                report_transitions::reason.eq(taken.reason),
                report_transitions::due_on.eq(taken.due_on),
                report_transitions::membership_id.eq(taken.by.id),
                report_transitions::actor_name.eq(&taken.by.name),
                report_transitions::actor_title.eq(&taken.by.title),
                report_transitions::at.eq(taken.at),
            )
        }));
    }
    insert_all!(conn, report_transitions::table, rows);
    Ok(())
}

fn taken<'a>(
    bodies: &'a Bodies,
    sheet: &'a Sheet<'a>,
    ids: &Ids,
    span: &Span,
) -> Result<Vec<Taken<'a>>, Error> {
    let first = first_day(sheet, span);
    let fate = sheet.course.fate;
    let mut all: Vec<Taken<'a>> = Vec::new();
    let mut take = |step: Step, revision: Option<i32>, days: i32, hour: i64| -> Result<(), Error> {
        let from = all.last().map_or(ReportState::NotBegun, |taken| taken.to);
        let to = from
            .after(step, revision == Some(2))
            .ok_or_else(|| Error::Internal(format!("{} from {}", step.code(), from.code())))?;
        let asks = step == Step::AskAmendment;
        let revision = revision.map(|number| revision_of(ids, sheet, number)).transpose()?;
        all.push(Taken {
            sheet,
            step,
            from,
            to,
            revision,
            reason: if asks {
                "Đề nghị rà soát lại số liệu và bổ sung phần đánh giá."
            } else {
                ""
            },
            due_on: match step {
                Step::AskAmendment => Some(correction_due(first)),
                Step::Send if days == 0 => Some(span.due_on),
                Step::Send => Some(correction_due(first)),
                _ => None,
            },
            by: if asks || step == Step::Receive { &bodies.compiler } else { &sheet.body.officer },
            at: morning(shifted(first, days), hour),
        });
        Ok(())
    };
    take(Step::Save, None, 0, 8)?;
    if fate.revisions() >= 1 {
        take(Step::Send, Some(1), 0, 9)?;
    }
    if fate == Fate::Corrected {
        take(Step::AskAmendment, Some(1), 2, 10)?;
        take(Step::Send, Some(2), 4, 9)?;
        take(Step::Receive, Some(2), 5, 10)?;
    } else if fate == Fate::Received {
        take(Step::Receive, Some(1), 2, 10)?;
    }
    Ok(all)
}

fn audit_step(conn: &mut Conn, body: &Body, taken: &Taken<'_>, seen: i32, span: &Span) -> Result<(), Error> {
    let action = format!("report.{}", taken.step.code());
    let subject = format!("Báo cáo {}, {}", label(span.cycle, span.year).to_lowercase(), body.name);
    let step = audit::Step {
        action: &action,
        subject_kind: "report",
        subject_id: Some(taken.sheet.report.0),
        subject_label: &subject,
        unit_id: Some(body.id),
        before: Some(json!({ "state": taken.from.code(), "version": seen })),
        after: Some(json!({
            "state": taken.to.code(),
            "version": seen + 1,
            "reason": taken.reason,
            "due_on": taken.due_on,
            "revision": taken.revision,
        })),
    };
    Ok(audit::record(conn, &by(taken.by), &step, taken.at)?)
}
