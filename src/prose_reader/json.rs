//! The reading as one JSON object, as `tonghop read-report --json` prints it. What is absent is null.

use serde::Serialize;

use super::prose::{FigureKind, Named, Prose};

#[derive(Serialize)]
struct Document<'p> {
    doc: Doc<'p>,
    bases: &'p [String],
    period: Option<Period<'p>>,
    sections: Vec<Section<'p>>,
    figures: Vec<FigureWords<'p>>,
    /// Numbers that name something.
    others: &'p [Named],
    evidence: Vec<Link<'p>>,
    signatory: Signatory<'p>,
    coverage: Coverage,
}

#[derive(Serialize)]
struct Doc<'p> {
    kind: Option<&'p str>,
    number: Option<&'p str>,
    symbol: Option<&'p str>,
    date: Option<&'p str>,
    issuer: Option<&'p str>,
    subject: Option<&'p str>,
}

#[derive(Serialize)]
struct Period<'p> {
    cycle: &'p str,
    year: Option<i32>,
    text: &'p str,
}

#[derive(Serialize)]
struct Section<'p> {
    heading: Option<&'p str>,
    section: Option<&'p str>,
    text: &'p str,
    lines: &'p [usize],
}

#[derive(Serialize)]
struct FigureWords<'p> {
    value: &'p str,
    kind: &'static str,
    level: &'static str,
    measure: &'p str,
    sentence: &'p str,
    lines: &'p [usize],
}

#[derive(Serialize)]
struct Link<'p> {
    title: &'p str,
    url: Option<&'p str>,
    lines: &'p [usize],
}

#[derive(Serialize)]
struct Signatory<'p> {
    capacity: Option<&'p str>,
    title: Option<&'p str>,
    name: Option<&'p str>,
}

#[derive(Serialize)]
struct Coverage {
    lines: usize,
    read: usize,
    unread: usize,
}

fn said(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn code(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Counted => "counted",
        FigureKind::Change => "change",
        FigureKind::Earlier => "earlier",
        FigureKind::Goal => "goal",
        FigureKind::Share => "share",
    }
}

impl Prose {
    /// The object, indented.
    ///
    /// # Errors
    /// The writer's own; nothing in a reading is beyond JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let head = &self.head;
        serde_json::to_string_pretty(&Document {
            doc: Doc {
                kind: said(&head.kind),
                number: said(&head.number),
                symbol: said(&head.symbol),
                date: said(&head.written_date),
                issuer: said(&head.issuer),
                subject: said(&head.subject),
            },
            bases: &self.bases,
            period: self.period.as_ref().map(|named| Period {
                cycle: &named.cycle,
                year: named.year,
                text: &named.words,
            }),
            sections: self
                .pieces
                .iter()
                .map(|piece| Section {
                    heading: said(&piece.heading),
                    section: piece.section.as_deref(),
                    text: &piece.body,
                    lines: &piece.lines,
                })
                .collect(),
            figures: self
                .figures
                .iter()
                .map(|figure| FigureWords {
                    value: &figure.typed,
                    kind: code(figure.kind),
                    level: figure.level().code(),
                    measure: &figure.measure,
                    sentence: &figure.sentence,
                    lines: &figure.lines,
                })
                .collect(),
            others: &self.named,
            evidence: self
                .titles
                .iter()
                .map(|title| Link { title: &title.text, url: said(&title.url), lines: &title.lines })
                .collect(),
            signatory: Signatory {
                capacity: said(&head.capacity),
                title: said(&head.title),
                name: said(&head.name),
            },
            coverage: Coverage {
                lines: self.lines(),
                read: self.lines() - self.unread(),
                unread: self.unread(),
            },
        })
    }
}
