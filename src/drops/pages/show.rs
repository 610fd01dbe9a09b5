//! `/drops/{id}`: how far a drop is, what each file came to, what is to be decided. It shows itself anew while a job is at work; leaving
//! it stops nothing.

use std::collections::{HashMap, HashSet};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::attachments::size_words;
use crate::calendar::to_local;
use crate::db::ids::{DropId, ReportId};
use crate::drops::queries::{self, DropRow, FileRow, Target};
use crate::drops::{FileState, Press, chosen, decide, of_unit, read, rivals};
use crate::error::Error;
use crate::jobs::{self, queries::JobRow};
use crate::periods::{self, Period};
use crate::vietnamese::{date_time, short_date};
use crate::web::{Nav, Page, SignedIn, State, render, render_status};

/// A file as the table shows it.
struct Line {
    id: String,
    version: i32,
    name: String,
    size: String,
    state: FileState,
    unit: String,
    period: String,
    /// Where its report is read; "" while it is nobody's.
    report: String,
    message: String,
    blockers: i32,
    warnings: i32,
    receipt: String,
    own_receipt: bool,
    number: String,
    on: String,
    /// Another file wants the same report.
    rival: bool,
    /// Its bytes were kept.
    kept: bool,
    /// A person says whose it is.
    by_hand: bool,
    /// Why it is opened and confirmed by itself; "" where it may be taken with others.
    alone: String,
}

impl Line {
    fn can_decide(&self) -> bool {
        !matches!(self.state, FileState::Applying | FileState::Applied)
    }

    fn wants_unit(&self) -> bool {
        self.by_hand
    }

    fn can_take(&self) -> bool {
        self.state == FileState::Ready && !self.rival
    }

    fn is_out(&self) -> bool {
        self.state == FileState::LeftOut
    }

    fn is_looked_into(&self) -> bool {
        self.blockers + self.warnings > 0 || matches!(self.state, FileState::Ready | FileState::Applied)
    }
}

#[derive(Template)]
#[template(path = "drops/show.html")]
struct DropPage {
    page: Page,
    drop: DropRow,
    period: Period,
    lines: Vec<Line>,
    choices: Vec<Target>,
    /// Done, of how many, what is being done, while a job is at work.
    progress: Option<(i32, i32, &'static str)>,
    /// What a job that was given up said last.
    stopped: String,
    /// How many one press takes without and with warnings read.
    clean: usize,
    warned: usize,
    /// How many are opened and confirmed one by one.
    alone: usize,
    twice: usize,
    failed: usize,
    /// Chosen at an earlier press whose job was given up.
    stuck: usize,
    /// The files in their versions, as they stand on this page.
    shown: String,
    /// Why a press entered nothing.
    refusal: String,
}

impl DropPage {
    fn at(&self) -> String {
        date_time(to_local(self.drop.created_at))
    }

    /// "38 đã nhận, 1 phải sửa".
    fn counts(&self) -> String {
        let count = |state: FileState| self.lines.iter().filter(|line| line.state == state).count();
        let words = FileState::ALL.into_iter().map(|state| (count(state), state.words()));
        let words: Vec<String> =
            words.filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
        words.join(", ")
    }

    fn can_take(&self) -> usize {
        self.clean + self.warned
    }
}

/// `GET /drops/{id}`. Nine queries whatever the number of files.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body.
pub async fn show(me: SignedIn, state: State, path: web::Path<DropId>) -> Result<HttpResponse, Error> {
    render(&page(&me, &state, path.into_inner(), String::new()).await?)
}

/// The same after a press that entered nothing, with why at its button.
///
/// # Errors
/// As [`show`].
pub(super) async fn refused(
    me: &SignedIn,
    state: &State,
    id: DropId,
    why: String,
) -> Result<HttpResponse, Error> {
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page(me, state, id, why).await?)
}

async fn page(me: &SignedIn, state: &State, id: DropId, refusal: String) -> Result<DropPage, Error> {
    let actor = me.actor.clone();
    let (drop, period, files, targets, choices, job) = state
        .read(move |conn| {
            let drop = decide::find(conn, &actor, id)?;
            let (period, _) = periods::queries::period(conn, &actor.scope(), drop.period_id)?;
            let files = queries::files(conn, id)?;
            let targets = queries::targets_of(conn, id)?;
            let unknown = files.iter().any(FileRow::can_be_assigned);
            let choices = match unknown {
                true => queries::open_targets(conn, &of_unit(&actor, drop.unit_id)?.reach, drop.period_id)?,
                false => Vec::new(),
            };
            let job = jobs::queries::latest(conn, &read::KINDS, id.0)?;
            Ok((drop, period, files, targets, choices, job))
        })
        .await?;
    let twice = rivals(&files);
    let clean = chosen(&files, &Press::default()).len();
    let warned = chosen(&files, &Press { with_warnings: true, ..Press::default() }).len() - clean;
    let by_itself = |file: &&FileRow| {
        file.state() == FileState::Ready && !file.alone.is_empty() && !is_rival(file, &twice)
    };
    let stays = |file: &&FileRow| file.state() != FileState::LeftOut;
    let taken: HashSet<ReportId> = files.iter().filter(stays).filter_map(|file| file.report_id).collect();
    Ok(DropPage {
        page: me.page(format!("Lần nhận tệp, {}", period.label), Nav::Periods),
        lines: files.iter().map(|file| line(file, &drop, &targets, &twice)).collect(),
        choices: choices.into_iter().filter(|target| !taken.contains(&target.report)).collect(),
        progress: job.as_ref().and_then(|job| progress(job, &files)),
        stopped: job.filter(JobRow::has_failed).map_or_else(String::new, |job| job.message),
        clean,
        warned,
        alone: files.iter().filter(by_itself).count(),
        twice: twice.len(),
        failed: files.iter().filter(|file| file.can_be_retried()).count(),
        stuck: files.iter().filter(|file| file.state() == FileState::Applying).count(),
        shown: decide::Shown::of(&files).to_string(),
        drop,
        period,
        refusal,
    })
}

fn is_rival(file: &FileRow, twice: &HashSet<ReportId>) -> bool {
    file.state() != FileState::LeftOut && file.report_id.is_some_and(|report| twice.contains(&report))
}

/// Counted from the files themselves: a job that was begun anew counts from them too.
fn progress(job: &JobRow, files: &[FileRow]) -> Option<(i32, i32, &'static str)> {
    let (state, words) = match job.kind.as_str() {
        crate::drops::READ => (FileState::Waiting, "Đang đọc các tệp"),
        _ => (FileState::Applying, "Đang nhận các tệp"),
    };
    let left = files.iter().filter(|file| file.state() == state).count();
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    job.is_open().then(|| (count(files.len() - left), count(files.len()), words))
}

fn line(
    file: &FileRow,
    drop: &DropRow,
    targets: &HashMap<ReportId, Target>,
    twice: &HashSet<ReportId>,
) -> Line {
    let target = file.report_id.and_then(|report| targets.get(&report));
    let receipt = file.receipt(drop);
    Line {
        id: file.id.to_string(),
        version: file.version,
        name: file.file_name.clone(),
        size: size_words(file.size),
        state: file.state(),
        unit: target.map_or_else(String::new, |target| target.unit_name.clone()),
        period: target.map_or_else(String::new, |target| target.period.clone()),
        report: target.map_or_else(String::new, |target| format!("/reports/{}", target.report)),
        message: file.message.clone(),
        blockers: file.blockers,
        warnings: file.warnings,
        receipt: receipt.words(),
        own_receipt: file.received_on.is_some(),
        number: receipt.number,
        on: short_date(receipt.on),
        rival: is_rival(file, twice),
        alone: file.reasons().collect::<Vec<_>>().join("; "),
        kept: file.size > 0,
        by_hand: file.can_be_assigned(),
    }
}
