//! What happened to each obligation, step by step with the verbs of the pages:
//! so the demo's past obeys every rule, and revisions, transitions and audit rows are the real ones.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;

use super::contents::{Contents, Key};
use super::files::{fault, table, text};
use super::known::Known;
use super::openings::Opened;
use crate::access::Actor;
use crate::attachments::receive::{self, Target, Whole};
use crate::attachments::{Limits, Purpose};
use crate::audit::sha256_hex;
use crate::brought::{FILE, Given, Kind, Seen, apply, take_in};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ObligationId, ReportId, UnitId};
use crate::db::schema::{obligations, reports};
use crate::error::Error;
use crate::periods::decide::{self, Decision};
use crate::reports::draft::{self, Open};
use crate::reports::paper_facts::{Recording, record_paper};
use crate::reports::request_amendment::{Request, request_amendment};
use crate::reports::submit::{self, Sending, Signed};
use crate::reports::{Paper, ReportState, TypedDay, leader, queries};
use crate::unit_plans::UnitPlan;
use crate::unit_plans::kept::Decided;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepRow {
    unit: String,
    revision: String,
    action: String,
    at: String,
    by: String,
    reason: String,
    due: Option<NaiveDate>,
    number: String,
    symbol: String,
    paper_date: Option<NaiveDate>,
    capacity: String,
    title: String,
    signer: String,
}

/// One step with the report it belongs to.
pub struct Event {
    file: String,
    regime: String,
    period: String,
    pub moment: Moment,
    obligation: ObligationId,
    report: ReportId,
    unit: UnitId,
    /// The revision the first draft became, or "draft" while it is none.
    first_content: &'static str,
    row: StepRow,
}

impl Event {
    /// Username of whoever took the step.
    pub fn by(&self) -> &str {
        &self.row.by
    }
}

/// The steps of one period's file, each with the obligation it is about; no file, no steps yet.
pub fn read(conn: &mut Conn, known: &Known, period: &Opened) -> Result<Vec<Event>, Error> {
    let file = format!("reports/steps/{}_{}.csv", period.regime, period.code);
    if text(&file).is_none() {
        return Ok(vec![]);
    }
    let owed: HashMap<UnitId, (ObligationId, ReportId)> = obligations::table
        .inner_join(reports::table.on(reports::obligation_id.eq(obligations::id)))
        .filter(obligations::period_id.eq(period.id))
        .select((obligations::unit_id, (obligations::id, reports::id)))
        .load::<(UnitId, (ObligationId, ReportId))>(conn)?
        .into_iter()
        .collect();
    let rows: Vec<StepRow> = table(&file)?;
    let sent: BTreeSet<String> = rows.iter().filter(|r| r.action == "send").map(|r| r.unit.clone()).collect();
    rows.into_iter()
        .map(|row| {
            let unit = known.unit(&file, &row.unit)?;
            let (obligation, report) = owed
                .get(&unit)
                .copied()
                .ok_or_else(|| fault(&file, format!("{} owes nothing for this period", row.unit)))?;
            let at = NaiveDateTime::parse_from_str(&row.at, "%Y-%m-%dT%H:%M").map_err(|e| fault(&file, e))?;
            Ok(Event {
                file: file.clone(),
                regime: period.regime.clone(),
                period: period.code.clone(),
                moment: Moment::local(at),
                obligation,
                report,
                unit,
                first_content: if sent.contains(&row.unit) { "1" } else { "draft" },
                row,
            })
        })
        .collect()
}

/// Takes one step.
///
/// # Errors
/// The file, the unit and the step, with the refusal of the verb.
pub fn take(
    conn: &mut Conn,
    known: &Known,
    contents: &Contents,
    event: &Event,
    actor: &Actor,
) -> Result<(), Error> {
    step(conn, known, contents, event, actor).map_err(|e| {
        let row = &event.row;
        fault(&event.file, format!("{} {} {}: {e}", row.unit, row.action, row.at))
    })
}

fn step(
    conn: &mut Conn,
    known: &Known,
    contents: &Contents,
    event: &Event,
    actor: &Actor,
) -> Result<(), Error> {
    let (row, id, moment) = (&event.row, event.report, event.moment);
    match row.action.as_str() {
        "begin" => write(conn, known, contents, event, actor, event.first_content),
        "to_leader" => {
            let open = draft::open(conn, actor, id)?;
            let confirmed = confirmed(conn, &open, moment)?;
            let passing =
                leader::Passing { version: open.case.report.version, draft: open.draft.version, confirmed };
            leader::pass_to_leader(conn, actor, id, &passing, moment)
        }
        "send" => {
            if row.revision != "1" {
                write(conn, known, contents, event, actor, &row.revision)?;
            }
            let open = draft::open(conn, actor, id)?;
            let sending = Sending {
                version: open.case.report.version,
                draft: open.draft.version,
                confirmed: confirmed(conn, &open, moment)?,
                paper: Signed::Known(paper(row)),
            };
            submit::submit(conn, actor, id, &sending, moment).map(|_| ())
        }
        "paper" => {
            let revision = row.revision.parse().map_err(|e| Error::Refused(format!("revision: {e}")))?;
            let recording = Recording { revision, seen: 0, paper: paper(row), reason: String::new() };
            record_paper(conn, actor, id, &recording, moment)
        }
        "attach" => attach(conn, event, actor),
        "unit_plan" => unit_plan(conn, event, actor),
        "receive" => {
            let version = queries::find(conn, &actor.scope(), id)?.report.version;
            crate::reports::receive::receive(conn, actor, id, version, moment)
        }
        "request_amendment" => {
            let sent = (event.regime.clone(), event.period.clone(), row.unit.clone(), row.revision.clone());
            contents.remarks.write(conn, &sent, actor, id, moment)?;
            let version = queries::find(conn, &actor.scope(), id)?.report.version;
            let request = Request { version, reason: row.reason.clone(), due: TypedDay::of(row.due) };
            request_amendment(conn, actor, id, &request, moment)
        }
        "nil" => decide(
            conn,
            event,
            actor,
            &Decision::Nil { consent: row.reason.clone(), drop: false, aware: true },
        ),
        "exempt" => decide(conn, event, actor, &Decision::Exempt { reason: row.reason.clone() }),
        "extension_granted" => {
            let until = row.due.ok_or_else(|| Error::Refused("an extension has a day".into()))?;
            decide(conn, event, actor, &Decision::Extend { until, reason: row.reason.clone() })
        }
        other => Err(Error::Refused(format!("unknown action {other}"))),
    }
}

/// Adds the file that the step names: to the draft, or as the signed paper of the revision it names.
fn attach(conn: &mut Conn, event: &Event, actor: &Actor) -> Result<(), Error> {
    let (row, report, moment) = (&event.row, event.report, event.moment);
    let target = match row.revision.parse() {
        Ok(number) => Target::Sent { report, number },
        Err(_) => Target::Draft { report, purpose: Purpose::Evidence },
    };
    let bytes = text(&format!("reports/files/{}", row.reason))
        .ok_or_else(|| Error::Refused(format!("no file {}", row.reason)))?
        .as_bytes()
        .to_vec();
    let limits = Limits::of_mib(1, 1);
    let id = receive::begin(conn, actor, target, &row.reason, limits, moment)?;
    let (sha256, size) = (sha256_hex(&bytes), i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    let whole = Whole { id, number: 0, last: bytes, size, sha256 };
    receive::finish(conn, actor, target, &whole, limits, moment).map(|_| ())
}

/// Reads the document that the step names and uses it as the unit's plan, linked as the rule proposes.
fn unit_plan(conn: &mut Conn, event: &Event, actor: &Actor) -> Result<(), Error> {
    let (row, id, moment, limits) = (&event.row, event.report, event.moment, Limits::of_mib(1, 1));
    let document = text(&format!("reports/files/{}", row.reason))
        .ok_or_else(|| Error::Refused(format!("no file {}", row.reason)))?;
    let given = Given::file(&row.reason, document.as_bytes().to_vec(), UnitPlan::ABOUT)?;
    let ground = take_in::asked::<UnitPlan>(conn, actor, id)?;
    let kept = UnitPlan::read(&ground, &given, FILE)?;
    let brought = take_in::take_in::<UnitPlan>(conn, actor, id, (&given, &kept, FILE), limits, moment)?;
    let seen = Seen { document: 1, draft: ground.open.draft.version };
    let decided = Decided { chosen: kept.chosen, filling: kept.filling.choices };
    apply::apply::<UnitPlan>(conn, actor, (id, brought), (seen, decided), limits, moment).map(|_| ())
}

fn decide(conn: &mut Conn, event: &Event, actor: &Actor, decision: &Decision) -> Result<(), Error> {
    let seen = decide::Case::load(conn, actor, event.obligation)?.duty.obligation.version;
    decide::decide(conn, actor, event.obligation, seen, decision, event.moment).map(|_| ())
}

/// Saves the content of a revision, or of the open draft, as the unit's officer typed it.
fn write(
    conn: &mut Conn,
    known: &Known,
    contents: &Contents,
    event: &Event,
    actor: &Actor,
    revision: &str,
) -> Result<(), Error> {
    let open = draft::open(conn, actor, event.report)?;
    let key: Key = (event.regime.clone(), event.period.clone(), event.row.unit.clone(), revision.to_owned());
    let words = words(known, event, &open);
    let content = contents.build(&key, &open.outline, words, open.draft.content.paper.clone())?;
    draft::save(conn, actor, &open, &content, open.draft.version, event.moment).map(|_| ())
}

/// The keys of every warning, and the leader's own: in the demo each was looked at and confirmed before sending.
fn confirmed(conn: &mut Conn, open: &Open, moment: Moment) -> Result<BTreeSet<String>, Error> {
    let findings = submit::findings(conn, open, moment)?;
    let agreed = (open.case.state() == ReportState::WithLeader).then(|| submit::AGREED.to_owned());
    Ok(findings.warnings.into_iter().map(|warning| warning.key).chain(agreed).collect())
}

fn paper(row: &StepRow) -> Paper {
    Paper {
        number: row.number.clone(),
        symbol: row.symbol.clone(),
        date: TypedDay::of(row.paper_date),
        capacity: row.capacity.clone(),
        title: row.title.clone(),
        name: row.signer.clone(),
    }
}

/// The words a text may name, but for the report's own figures and documents.
fn words(known: &Known, event: &Event, open: &Open) -> HashMap<String, String> {
    let period = &open.case.period;
    let place =
        known.version_on(event.unit, period.reference_on).map(|v| v.place.clone()).unwrap_or_default();
    let label = open.case.title().trim_start_matches("Báo cáo ").to_owned();
    let next = if period.cycle == "Y" {
        format!("năm {}", period.year + 1)
    } else {
        format!("6 tháng cuối năm {}", period.year)
    };
    [
        ("unit", open.case.unit.name.clone()),
        ("place", place),
        ("period", label),
        ("next", next),
        ("year", period.year.to_string()),
        ("plan", known.citation(&event.regime, period.reference_on)),
    ]
    .into_iter()
    .map(|(name, word)| (name.to_owned(), word))
    .collect()
}
