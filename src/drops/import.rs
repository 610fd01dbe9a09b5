//! The same from a shell: files dropped, read and entered in one go, or only read. Stands between the command and the verbs of the
//! pages; the jobs are worked on here, or waited for where a server has them.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::archive::Unpacked;
use super::queries::{self, Outcome, Target};
use super::receive::{self, may_drop};
use super::{FileState, Press, Receipt, decide, read, rivals, works};
use crate::access::{Action, Actor};
use crate::audit::sha256_hex;
use crate::calendar::{Clock, Moment};
use crate::db::ids::{DropId, PeriodId, ReportId};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::{self, Runner, queries::JobRow};
use crate::unit_workbook;

/// How often a job that a server works on is looked at.
const LOOKS: Duration = Duration::from_millis(200);

/// What is imported, and how.
pub struct Asked {
    pub unpacked: Unpacked,
    /// The period the drop is listed under; none: that of the first file that names its report.
    pub period: Option<PeriodId>,
    pub receipt: Receipt,
    /// The warnings were read elsewhere.
    pub with_warnings: bool,
    /// The places of the files that were looked at each by itself.
    pub confirmed: HashSet<usize>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    /// As it was given.
    pub path: String,
    /// Unit and period; "" while it is nobody's.
    pub target: String,
    pub state: FileState,
    pub message: String,
    pub blockers: i32,
    pub warnings: i32,
    /// Why it has to be confirmed by itself, and was not; "" where it need not be.
    pub alone: String,
    /// It was looked at by itself.
    pub confirmed: bool,
}

impl Line {
    /// "đạt (2 cảnh báo)".
    pub fn words(&self) -> String {
        let counts = [(self.blockers, "lỗi"), (self.warnings, "cảnh báo")];
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let counts = if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
        format!("{}{counts}", self.state.words())
    }
}

/// Reads files and says what would become of them; nothing is kept.
///
/// # Errors
/// The queries' own.
pub fn rehearse(db: &Db, actor: &Actor, asked: Asked, moment: Moment) -> Result<Vec<Line>, Error> {
    let collectors = actor.units_for(Action::TypeOnBehalf);
    let mut lines: Vec<Line> = Vec::new();
    let mut met: HashMap<String, String> = HashMap::new();
    let mut wanted: HashMap<ReportId, usize> = HashMap::new();
    let mut reports = Vec::new();
    let mut period = asked.period;
    for (at, file) in asked.unpacked.files.into_iter().enumerate() {
        let outcome = match &file.bytes {
            Err(why) => Outcome::to(FileState::Refused, why.clone()),
            Ok(bytes) if met.contains_key(&sha256_hex(bytes)) => {
                let other = met.get(&sha256_hex(bytes)).map_or("", String::as_str);
                Outcome::to(FileState::LeftOut, receive::same_as(other))
            }
            Ok(bytes) => match unit_workbook::open(bytes) {
                Err(why) => Outcome::to(FileState::Faulty, why.to_string()),
                Ok(book) => db.read(|conn| {
                    // The drop would be listed under the period of the first that names its report.
                    if let (None, Some(identity)) = (period, &book.identity)
                        && let Some(report) = queries::report_of(conn, &collectors, identity)?
                    {
                        period = Some(queries::period_of(conn, report)?);
                    }
                    read::look(conn, actor, (&asked.receipt, None, period), (&book, &collectors), moment)
                })?,
            },
        };
        let report = outcome.report_id.flatten();
        if let Some(report) =
            report.filter(|_| FileState::from_code(outcome.state.unwrap_or_default()).wants())
        {
            *wanted.entry(report).or_default() += 1;
        }
        reports.push(report);
        if let Ok(bytes) = &file.bytes {
            met.entry(sha256_hex(bytes)).or_insert_with(|| file.name.clone());
        }
        let confirmed = asked.confirmed.contains(&at);
        let alone = outcome.alone.filter(|_| !confirmed);
        lines.push(Line {
            name: file.name,
            path: file.path,
            confirmed,
            alone: one_line(&alone.unwrap_or_default()),
            target: String::new(),
            state: FileState::from_code(outcome.state.unwrap_or_default()),
            message: outcome.message.unwrap_or_default(),
            blockers: outcome.blockers.unwrap_or_default(),
            warnings: outcome.warnings.unwrap_or_default(),
        });
    }
    let ids: Vec<ReportId> = reports.iter().flatten().copied().collect();
    let targets = db.read(|conn| Ok::<_, Error>(queries::targets(conn, &ids)?))?;
    for (line, report) in lines.iter_mut().zip(reports) {
        line.target = named(report, &targets);
        if line.state.wants()
            && report.is_some_and(|report| wanted.get(&report).is_some_and(|files| *files > 1))
        {
            TWICE.clone_into(&mut line.message);
        }
    }
    Ok(lines)
}

/// Reasons one after the other.
fn one_line(reasons: &str) -> String {
    reasons.lines().collect::<Vec<_>>().join("; ")
}

const TWICE: &str = "Hơn một tệp cho báo cáo này; bỏ bớt tệp rồi nhận lại.";

fn named(report: Option<ReportId>, targets: &HashMap<ReportId, Target>) -> String {
    let target = report.and_then(|report| targets.get(&report));
    target.map_or_else(String::new, |target| format!("{}, {}", target.unit_name, target.period))
}

/// Drops files, reads them and enters those that can be.
///
/// # Errors
/// As [`receive::take_in`]; [`Error::Refused`] where no file says which period it is of and none was named.
pub fn import(db: &Db, clock: Clock, actor: &Actor, asked: Asked) -> Result<(DropId, Vec<Line>), Error> {
    let books = asked.unpacked.files.iter().filter_map(|file| file.bytes.as_ref().ok());
    let period = match asked.period {
        Some(period) => period,
        None => {
            // The first that names its report says it; the others are opened when it is their turn.
            let identities = books.filter_map(|bytes| unit_workbook::open(bytes).ok()?.identity);
            db.read(|conn| first_period(conn, actor, identities))?
        }
    };
    let moment = clock.moment();
    let drop = db.write(|conn| {
        may_drop(conn, actor, period)?;
        receive::take_in(conn, actor, period, (&asked.unpacked, &asked.receipt), moment)
    })?;
    let runner = Runner::new(db.clone(), clock, works());
    finish(db, &runner, drop)?;
    let chosen = db.write(|conn| {
        let files = queries::files(conn, drop)?;
        // They are kept in the order they came.
        let named = files.iter().enumerate().filter(|(at, _)| asked.confirmed.contains(at));
        let looked_at = named.map(|(_, file)| file.id).collect();
        let press = Press { with_warnings: asked.with_warnings, looked_at };
        decide::choose(conn, actor, drop, (&decide::Shown::of(&files), &press), clock.moment())
    });
    match chosen {
        Ok(_) => finish(db, &runner, drop)?,
        // Nothing can be entered: the lines say why.
        Err(Error::Refused(_)) => {}
        Err(other) => return Err(other),
    }
    let (files, targets) =
        db.read(|conn| Ok::<_, Error>((queries::files(conn, drop)?, queries::targets_of(conn, drop)?)))?;
    let twice = rivals(&files);
    let came = asked.unpacked.files.iter().enumerate();
    let lines = files.iter().zip(came).map(|(file, (at, given))| Line {
        name: file.file_name.clone(),
        path: given.path.clone(),
        confirmed: asked.confirmed.contains(&at),
        target: named(file.report_id, &targets),
        state: file.state(),
        message: match file.report_id {
            Some(report) if twice.contains(&report) => TWICE.to_owned(),
            _ => file.message.clone(),
        },
        blockers: file.blockers,
        warnings: file.warnings,
        alone: match asked.confirmed.contains(&at) {
            true => String::new(),
            false => one_line(&file.alone),
        },
    });
    Ok((drop, lines.collect()))
}

fn first_period(
    conn: &mut Conn,
    actor: &Actor,
    identities: impl Iterator<Item = unit_workbook::Identity>,
) -> Result<PeriodId, Error> {
    let collectors = actor.units_for(Action::TypeOnBehalf);
    for identity in identities {
        if let Some(report) = queries::report_of(conn, &collectors, &identity)? {
            return Ok(queries::period_of(conn, report)?);
        }
    }
    Err(Error::Refused(super::FOREIGN.to_owned()))
}

/// Works on the jobs of a drop, or waits while a server does.
fn finish(db: &Db, runner: &Runner, drop: DropId) -> Result<(), Error> {
    loop {
        let worked = runner.turn()?;
        let job = db.read(|conn| Ok::<_, Error>(jobs::queries::latest(conn, &read::KINDS, drop.0)?))?;
        if !job.as_ref().is_some_and(JobRow::is_open) {
            return Ok(());
        }
        if !worked {
            std::thread::sleep(LOOKS);
        }
    }
}
