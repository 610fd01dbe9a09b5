//! What one unit writes in one period, before it meets a table, and the canonical bytes of a revision, which
//! `reports::canonical` spells.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use super::bodies::Body;
use super::documents::Task;
use super::duties::counts;
use super::fates::{Course, Fate, Span, shifted};
use super::figures::{Drawn, Measure, figure};
use super::papers::{COLUMNS, LIST, LIST_TITLE, PLAN, Papers, REGIME, SECTIONS, SENTENCES};
use super::random::Random;
use super::{Size, uid};
use crate::calendar::period_code;
use crate::db::ids::{FormId, IndicatorId, ReportId};
use crate::error::Error;
use crate::reports::Row;
use crate::reports::canonical::{self, Canonical};

/// One figure of one unit.
pub struct Entry<'a> {
    pub indicator: IndicatorId,
    pub measure: &'a Measure,
    pub drawn: Drawn,
    pub typed: String,
    pub counts: bool,
}

/// Everything one unit writes in one period.
pub struct Sheet<'a> {
    pub body: &'a Body,
    pub report: ReportId,
    pub form: FormId,
    pub course: Course,
    /// The figures of each revision; of the draft alone where nothing was sent.
    pub figures: Vec<Vec<Entry<'a>>>,
    /// Bodies of the sections, in order.
    pub sections: Vec<String>,
    /// Rows of the list of documents, as stored.
    pub rows: Vec<String>,
    pub tasks: Vec<(&'a Task, &'static str, &'static str)>,
    pub doc_number: String,
}

impl<'a> Sheet<'a> {
    /// What the unit writes; none where nothing was begun.
    pub fn draw(
        size: Size,
        body: &'a Body,
        (report, form): (ReportId, FormId),
        papers: &'a Papers,
        (index, span): (usize, &Span),
    ) -> Option<Sheet<'a>> {
        let course = super::fates::course(size, body.index, index, span);
        if course.fate == Fate::Missing {
            return None;
        }
        let mut random = Random::of(size.seed, &[4, body.index.into(), index as u64]);
        let entries = |correction: bool| -> Vec<Entry<'a>> {
            let asked = papers.measures.iter();
            asked
                .filter_map(|(indicator, measure)| {
                    let drawn = figure(size.seed, body.index, index, measure, correction)?;
                    Some(Entry {
                        indicator: *indicator,
                        measure,
                        drawn,
                        typed: drawn.typed(measure),
                        counts: counts(measure, body.kind),
                    })
                })
                .collect()
        };
        let mut figures = vec![entries(false)];
        match course.fate {
            Fate::Corrected => figures.push(entries(true)),
            // A draft is half done.
            Fate::Draft => figures[0].truncate(papers.measures.len() / 2),
            _ => {}
        }
        let sections = SECTIONS.iter().map(|_| {
            let count = 2 + random.below(5);
            (0..count).map(|_| random.pick(&SENTENCES)).collect::<Vec<_>>().join(" ")
        });
        let sections = sections.collect();
        let rows = (0..random.below(3)).map(|n| {
            let on = shifted(span.window.to, -i32::try_from(10 + n * 20).unwrap_or(0));
            json!({ "date": on.to_string(), "number": format!("{}/CV", 100 + n) }).to_string()
        });
        let rows = rows.collect();
        let held = papers.tasks.iter().filter(|task| task.units.contains(&body.index));
        let tasks = held.map(|task| match random.below(3) {
            0 => (task, "going_on", "Đang triển khai theo kế hoạch."),
            _ => (task, "done", "Đã thực hiện trong kỳ, có văn bản kèm theo."),
        });
        let tasks = tasks.collect();
        let doc_number = (10 + random.below(900)).to_string();
        Some(Sheet { body, report, form, course, figures, sections, rows, tasks, doc_number })
    }

    /// The figures of the last revision, which are also the draft's.
    pub fn last_figures(&self) -> &[Entry<'a>] {
        self.figures.last().map_or(&[], Vec::as_slice)
    }
}

/// One sending of a sheet.
pub struct Sending<'a> {
    pub sheet: &'a Sheet<'a>,
    /// 1 for the first.
    pub number: i32,
    pub sent_at: NaiveDateTime,
    pub sent_on: NaiveDate,
    pub due_on: NaiveDate,
    pub days_late: i32,
    pub uid: String,
}

impl<'a> Sending<'a> {
    pub fn new(
        size: Size,
        sheet: &'a Sheet<'a>,
        number: i32,
        sent_on: NaiveDate,
        sent_at: NaiveDateTime,
        due_on: NaiveDate,
    ) -> Sending<'a> {
        let late = (sent_on - due_on).num_days().max(0);
        let place = i64::from(number) + sheet.report.0 * 4;
        Sending {
            sheet,
            number,
            sent_at,
            sent_on,
            due_on,
            days_late: i32::try_from(late).unwrap_or(i32::MAX),
            uid: uid(size.seed, 40, place.unsigned_abs()),
        }
    }

    pub fn figures(&self) -> &'a [Entry<'a>] {
        let at = usize::try_from(self.number - 1).unwrap_or(0);
        self.sheet.figures.get(at).map_or(&[], Vec::as_slice)
    }

    /// The bytes that are hashed, made where the reports' own are.
    ///
    /// # Errors
    /// When the content cannot be written as JSON.
    pub fn canonical(&self, span: &Span) -> Result<Vec<u8>, Error> {
        let sheet = self.sheet;
        let figures = self.figures().iter().map(|entry| canonical::Figure {
            as_typed: &entry.typed,
            counts: entry.counts,
            estimate: entry.drawn.level.estimate,
            exponent: entry.measure.display_exponent,
            indicator: &entry.measure.code,
            measure_unit: entry.measure.measure_unit,
            name: &entry.measure.name,
            note: "",
            qualifier: entry.drawn.level.qualifier.code(),
            scale: entry.measure.scale,
            value: entry.drawn.value,
        });
        let mut rows: Vec<Row> = Vec::new();
        for row in &sheet.rows {
            rows.push(serde_json::from_str(row).map_err(|e| Error::Internal(e.to_string()))?);
        }
        let sections = SECTIONS.iter().zip(&sheet.sections);
        let tasks = sheet.tasks.iter().map(|(task, status, body)| canonical::Task {
            body,
            clause: task.clause,
            plan: PLAN,
            status,
            task: &task.uid,
            text: &task.text,
        });
        let officer = &sheet.body.officer;
        Canonical {
            actual_to: Some(span.window.to),
            answers: Vec::new(),
            confirmed: &BTreeSet::new(),
            days_late: self.days_late,
            due_on: Some(self.due_on),
            due_time: None,
            evidence: Vec::new(),
            figures: figures.collect(),
            files: Vec::new(),
            form: canonical::FormVersion { code: sheet.body.kind, version: 1 },
            lists: vec![canonical::List {
                columns: COLUMNS
                    .iter()
                    .map(|(code, title, _)| canonical::ListColumn { code, title })
                    .collect(),
                list: LIST,
                rows,
                title: LIST_TITLE,
            }],
            notes_on_blanks: BTreeMap::new(),
            number: self.number,
            paper: canonical::SignedPaper {
                date: Some(self.sent_on),
                number: &sheet.doc_number,
                signatory_capacity: "",
                signatory_name: &officer.name,
                signatory_title: "Lãnh đạo đơn vị",
                symbol: "BC",
            },
            period: &period_code(span.cycle, span.year),
            regime: REGIME,
            sections: sections
                .map(|((code, title), body)| canonical::Section { body, code, label: code, title })
                .collect(),
            sender: canonical::Sender { name: &officer.name, title: &officer.title },
            sent_at: canonical::instant(self.sent_at),
            tasks: tasks.collect(),
            edition: None,
            typed_in_from: None,
            uid: &self.uid,
            unit: &sheet.body.code,
        }
        .bytes()
    }
}
