//! The canonical bytes of a revision, from the same content that becomes its rows: which figures and which tasks are in
//! it, and everything that is hashed.

use super::queries::TaskFacts;
use super::revision::New;
use super::{AskedIndicator, Entry, TaskResult, TaskStatus, canonical, queries};
use crate::error::Error;

/// The indicators that were answered, with what was typed.
pub(super) fn answered<'a>(
    new: &'a New<'_>,
) -> impl Iterator<Item = (&'a AskedIndicator, &'a Entry)> + use<'a> {
    new.outline.typed().filter_map(|asked| {
        let entry = new.content.entries.get(&asked.id)?;
        entry.reading.is_answer().then_some((asked, entry))
    })
}

/// What is hashed, from the same parts that become rows.
pub(super) fn proof(
    new: &New<'_>,
    uid: &str,
    sender_title: &str,
    tasks: &[TaskFacts],
) -> Result<Vec<u8>, Error> {
    let content = new.content;
    let figures = answered(new).map(|(asked, entry)| canonical::Figure {
        as_typed: &entry.typed,
        counts: asked.counts,
        estimate: entry.estimate,
        exponent: asked.exponent,
        indicator: &asked.code,
        measure_unit: &asked.measure_unit,
        name: &asked.name,
        note: &entry.note,
        qualifier: entry.qualifier.code(),
        scale: asked.scale,
        value: entry.reading.value(),
    });
    let sections = new.outline.sections.iter().map(|section| canonical::Section {
        body: content.section(&section.code),
        code: &section.code,
        label: &section.label,
        title: &section.title,
    });
    let lists = new.outline.lists.iter().map(|list| {
        let rows = content.lists.get(&list.code).into_iter().flatten();
        let columns = list.columns.iter();
        canonical::List {
            columns: columns.map(|c| canonical::ListColumn { code: &c.code, title: &c.title }).collect(),
            list: &list.code,
            rows: rows.map(|row| list.settled(row)).collect(),
            title: &list.title,
        }
    });
    let tasks = told(new, tasks).map(|(task, result)| canonical::Task {
        body: &result.body,
        clause: &task.clause,
        plan: &task.plan,
        status: result.status.code(),
        task: &task.uid,
        text: &task.text,
    });
    let evidence = content.evidence.iter().map(|link| canonical::Link {
        platform: &link.platform,
        published_on: link.published.date,
        reach: link.reach.count,
        title: &link.title,
        url: &link.url,
    });
    let answers = new.outline.remarks.iter().map(|remark| {
        let answer = content.answers.get(&remark.id);
        canonical::Answer {
            answer: answer.map_or("", |answer| &answer.text),
            done: answer.is_some_and(|answer| answer.done),
            remark: &remark.uid,
        }
    });
    let files = content.files.iter().map(|file| canonical::File {
        name: &file.name,
        purpose: file.purpose.code(),
        sha256: &file.sha256,
        size: file.size,
    });
    let paper = &content.paper;
    canonical::Canonical {
        actual_to: content.actual_to.date,
        answers: answers.collect(),
        confirmed: &content.confirmed,
        days_late: new.days_late,
        due_on: new.due_on,
        due_time: new.due_time,
        edition: new
            .lower
            .map(|lower| canonical::LowerEdition { number: lower.number, sha256: &lower.sha256 }),
        evidence: evidence.collect(),
        figures: figures.collect(),
        files: files.collect(),
        form: canonical::FormVersion { code: &new.outline.form_code, version: new.outline.form_version },
        lists: lists.collect(),
        notes_on_blanks: queries::notes_on_blanks(content, new.outline),
        number: new.number,
        paper: canonical::SignedPaper {
            date: paper.date.date,
            number: &paper.number,
            signatory_capacity: &paper.capacity,
            signatory_name: &paper.name,
            signatory_title: &paper.title,
            symbol: &paper.symbol,
        },
        period: &new.case.period.code,
        regime: &new.case.regime.code,
        sections: sections.collect(),
        sender: canonical::Sender { name: new.sender_name, title: sender_title },
        sent_at: canonical::instant(new.sent_at),
        tasks: tasks.collect(),
        typed_in_from: new
            .arrived
            .map(|paper| canonical::ArrivedPaper { arrived_on: paper.on, number: &paper.number }),
        uid,
        unit: &new.case.unit.code,
    }
    .bytes()
}

/// What a task left blank says.
static NOTHING: TaskResult = TaskResult { status: TaskStatus::Unsaid, body: String::new() };

/// Every task of the outline, those left blank included, so that who reads the revision sees that they were asked, in the
/// order of their plans. What stands nowhere on the page of who sends is not in it.
pub(super) fn told<'a>(
    new: &'a New<'_>,
    tasks: &'a [TaskFacts],
) -> impl Iterator<Item = (&'a TaskFacts, &'a TaskResult)> + use<'a> {
    tasks.iter().filter(|task| new.outline.tasks.iter().any(|asked| asked.id == task.id)).map(|task| {
        let written = new.content.tasks.get(&task.id).filter(|result| !result.is_blank());
        (task, written.unwrap_or(&NOTHING))
    })
}
