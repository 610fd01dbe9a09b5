//! The reading as one JSON object, as `tonghop read-plan --json` prints it. What is absent is null; days are
//! `YYYY-MM-DD` with `??` for a part that is blank.

use serde::Serialize;

use super::reading::{Due, DutyKind, Found, Mode, Reading, Recurs, Rule};

#[derive(Serialize)]
struct Document<'r> {
    doc: Doc<'r>,
    bases: Vec<Basis<'r>>,
    clauses: Vec<Clause<'r>>,
    assignments: Vec<Assignment<'r>>,
    duties: Vec<Duty<'r>>,
    recipients: Vec<&'r str>,
    signatory: Option<Signatory<'r>>,
    coverage: Coverage,
}

#[derive(Serialize)]
struct Doc<'r> {
    kind: Option<&'r str>,
    number: Option<&'r str>,
    symbol: Option<&'r str>,
    date: Option<String>,
    issuer: Option<&'r str>,
    superior: Option<&'r str>,
    subject: Option<&'r str>,
}

#[derive(Serialize)]
struct Basis<'r> {
    kind: &'r str,
    number: Option<&'r str>,
    date: Option<String>,
    issuer: Option<&'r str>,
    text: &'r str,
}

#[derive(Serialize)]
struct Clause<'r> {
    path: &'r str,
    text: &'r str,
    lines: &'r [usize],
}

#[derive(Serialize)]
struct Assignment<'r> {
    clause: Option<&'r str>,
    units: &'r [String],
    mode: &'static str,
    tasks: Vec<Task<'r>>,
}

#[derive(Serialize)]
struct Task<'r> {
    text: &'r str,
    cooperating: &'r [String],
    target: Option<&'r str>,
}

#[derive(Serialize)]
struct Duty<'r> {
    kind: Option<&'static str>,
    due: DueWords,
    via: Option<&'r str>,
    to: Option<&'r str>,
    text: &'r str,
}

#[derive(Serialize)]
struct DueWords {
    rule: &'static str,
    date: Option<String>,
    month_day: Option<String>,
    recurs: Option<&'static str>,
    hours: Option<Hours>,
    days: Option<u32>,
    /// Whether these are working days; only then it is printed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    working: bool,
}

/// A number of hours, or the hour of the day named beside a date.
#[derive(Serialize)]
#[serde(untagged)]
enum Hours {
    Number(u32),
    Clock(String),
}

#[derive(Serialize)]
struct Signatory<'r> {
    capacity: Option<&'r str>,
    title: Option<&'r str>,
    name: Option<&'r str>,
}

#[derive(Serialize)]
struct Coverage {
    lines: usize,
    read: usize,
    unread: usize,
}

impl Reading {
    /// The object, indented.
    ///
    /// # Errors
    /// The writer's own; nothing in a reading is beyond JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(&document(self))
    }
}

fn document(reading: &Reading) -> Document<'_> {
    let heading = &reading.heading;
    Document {
        doc: Doc {
            kind: value(&heading.kind),
            number: value(&heading.number),
            symbol: value(&heading.symbol),
            date: heading.date.as_ref().map(|date| date.value.to_string()),
            issuer: value(&heading.issuer),
            superior: value(&heading.superior),
            subject: value(&heading.subject),
        },
        bases: reading.bases.iter().map(basis).collect(),
        clauses: reading
            .clauses
            .iter()
            .map(|clause| Clause { path: &clause.path, text: &clause.text, lines: &clause.lines })
            .collect(),
        assignments: reading.assignments.iter().map(assignment).collect(),
        duties: reading.duties.iter().map(duty).collect(),
        recipients: reading.recipients.iter().map(|found| found.value.as_str()).collect(),
        signatory: reading.signatory.as_ref().map(|found| Signatory {
            capacity: found.value.capacity.as_deref(),
            title: found.value.title.as_deref(),
            name: found.value.name.as_deref(),
        }),
        coverage: Coverage {
            lines: reading.lines(),
            read: reading.lines() - reading.unread(),
            unread: reading.unread(),
        },
    }
}

fn value(found: &Option<Found<String>>) -> Option<&str> {
    found.as_ref().map(|found| found.value.as_str())
}

fn basis(basis: &super::Basis) -> Basis<'_> {
    Basis {
        kind: &basis.kind,
        number: basis.number.as_deref(),
        date: basis.date.map(|date| date.to_string()),
        issuer: basis.issuer.as_deref(),
        text: &basis.text,
    }
}

fn task(task: &super::PlannedTask) -> Task<'_> {
    Task { text: &task.text, cooperating: &task.cooperating, target: task.target.as_deref() }
}

fn assignment(given: &super::Given) -> Assignment<'_> {
    Assignment {
        clause: given.clause.as_deref(),
        units: &given.units,
        mode: match given.mode {
            Mode::Assign => "assign",
            Mode::Request => "request",
        },
        tasks: given.tasks.iter().map(task).collect(),
    }
}

fn duty(duty: &super::Duty) -> Duty<'_> {
    Duty {
        kind: duty.kind.map(kind_code),
        due: due_words(&duty.due),
        via: duty.via.as_deref(),
        to: duty.to.as_deref(),
        text: &duty.text,
    }
}

fn kind_code(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::Plan => "plan",
        DutyKind::HalfYear => "half_year",
        DutyKind::Year => "year",
        DutyKind::Quarter => "quarter",
        DutyKind::Month => "month",
        DutyKind::AdHoc => "ad_hoc",
    }
}

fn due_words(due: &Due) -> DueWords {
    let clock = due.clock.map(|(hour, minute)| Hours::Clock(format!("{hour:02}:{minute:02}")));
    DueWords {
        rule: match due.rule {
            Rule::Before => "before",
            Rule::By => "by",
            Rule::Within => "within",
            Rule::Undated => "undated",
        },
        date: due.date.map(|date| date.to_string()),
        month_day: due.month_day_text(),
        recurs: due.recurs.map(|recurs| match recurs {
            Recurs::Year => "year",
            Recurs::Quarter => "quarter",
            Recurs::Month => "month",
            Recurs::Week => "week",
            Recurs::Day => "day",
        }),
        hours: due.hours.map(Hours::Number).or(clock),
        days: due.days,
        working: due.working,
    }
}
