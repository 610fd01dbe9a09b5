//! What one unit writes in one period, before it meets a table, and the canonical bytes of a revision. The bytes
//! have the shape that `reports::revision` gives them: one JSON object, keys sorted, no white space.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use serde_json::json;

use super::bodies::Body;
use super::documents::Task;
use super::duties::counts;
use super::fates::{Course, Fate, Span, shifted};
use super::figures::{Drawn, Measure, figure};
use super::papers::{LIST, Papers, REGIME, SECTIONS, SENTENCES};
use super::random::Random;
use super::{Size, uid};
use crate::calendar::period_code;
use crate::db::ids::{FormId, IndicatorId, ReportId};
use crate::error::Error;

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

    /// The bytes that are hashed.
    ///
    /// # Errors
    /// When the content cannot be written as JSON.
    pub fn canonical(&self, span: &Span) -> Result<Vec<u8>, Error> {
        let sheet = self.sheet;
        let figures = self.figures().iter().map(|entry| Figure {
            as_typed: &entry.typed,
            counts: entry.counts,
            indicator: &entry.measure.code,
            note: "",
            qualifier: entry.drawn.qualifier.code(),
            value: entry.drawn.value,
        });
        let mut rows = Vec::new();
        for row in &sheet.rows {
            rows.push(serde_json::from_str::<serde_json::Value>(row).map_err(fault)?);
        }
        let sections: Vec<_> = SECTIONS
            .iter()
            .zip(&sheet.sections)
            .map(|((code, title), body)| json!({ "code": code, "label": code, "title": title, "body": body }))
            .collect();
        let tasks: Vec<_> = sheet
            .tasks
            .iter()
            .map(|(task, status, body)| json!({ "task": task.uid, "status": status, "body": body }))
            .collect();
        let whole = Canonical {
            actual_to: span.window.to,
            answers: [],
            confirmed: [],
            days_late: self.days_late,
            due_on: self.due_on,
            evidence: [],
            figures: figures.collect(),
            form: json!({ "code": sheet.body.kind, "version": 1 }),
            lists: json!([{ "list": LIST, "rows": rows }]),
            notes_on_blanks: json!({}),
            number: self.number,
            paper: json!({
                "number": sheet.doc_number,
                "symbol": "BC",
                "date": self.sent_on,
                "signatory_capacity": "",
                "signatory_title": "Lãnh đạo đơn vị",
                "signatory_name": sheet.body.officer.name,
            }),
            period: period_code(span.cycle, span.year),
            regime: REGIME,
            sections,
            sender: json!({ "name": sheet.body.officer.name, "title": sheet.body.officer.title }),
            sent_at: self.sent_at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
            tasks,
            uid: &self.uid,
            unit: &sheet.body.code,
        };
        serde_json::to_vec(&whole).map_err(fault)
    }
}

/// Fields in alphabetical order: the order of the keys is the order of declaration.
#[derive(Serialize)]
struct Canonical<'a> {
    actual_to: NaiveDate,
    answers: [(); 0],
    confirmed: [(); 0],
    days_late: i32,
    due_on: NaiveDate,
    evidence: [(); 0],
    figures: Vec<Figure<'a>>,
    form: serde_json::Value,
    lists: serde_json::Value,
    notes_on_blanks: serde_json::Value,
    number: i32,
    paper: serde_json::Value,
    period: String,
    regime: &'a str,
    sections: Vec<serde_json::Value>,
    sender: serde_json::Value,
    sent_at: String,
    tasks: Vec<serde_json::Value>,
    uid: &'a str,
    unit: &'a str,
}

#[derive(Serialize)]
struct Figure<'a> {
    as_typed: &'a str,
    counts: bool,
    indicator: &'a str,
    note: &'a str,
    qualifier: &'a str,
    value: Option<i64>,
}

fn fault(error: serde_json::Error) -> Error {
    Error::Internal(error.to_string())
}
