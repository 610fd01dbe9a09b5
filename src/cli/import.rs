//! `tonghop import`: many units' workbooks entered on their behalf, by the verbs and in the words of the page of a period. Exit codes:
//! 0 every file is in (of a rehearsal: could be), 1 one is not, 2 wrong usage.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::{CliError, actor_of, day, open_current};
use crate::calendar::Clock;
use crate::config::DatabaseArgs;
use crate::consolidation::queries::period_by_code;
use crate::drops::archive::Unpacked;
use crate::drops::confirmed::{confirmed, shared};
use crate::drops::import::{Asked, Line, import, rehearse};
use crate::drops::receive::{open, receipt};
use crate::drops::{FileState, LARGEST_DROP, MOST_FILES};
use crate::error::Error;
use crate::reports::TypedDay;

#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Workbooks (.xlsx) and archives of them (.zip)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The account in whose name the reports are entered; it compiles for the body they go to
    #[arg(long = "as", value_name = "USER")]
    username: String,
    /// Number in the book of incoming documents
    #[arg(long)]
    received_number: String,
    /// Day of receipt, such as 12/6/2025, which decides lateness; today where it is left out
    #[arg(long, value_parser = day)]
    received_on: Option<NaiveDate>,
    /// Code of the regime of the period
    #[arg(long, requires = "period")]
    regime: Option<String>,
    /// Code of the period the drop is listed under, such as 2025-H1; that of the first file where it is left out
    #[arg(long, requires = "regime")]
    period: Option<String>,
    /// Enter files with warnings too: they were read
    #[arg(long)]
    with_warnings: bool,
    /// A file that has to be confirmed by itself and was looked at: one of another period than the drop, or without figures or
    /// sections a unit must answer. Its name, or where several files have that its path as given; of a file in an archive the path
    /// of the archive, a slash and the path inside. Once for each
    #[arg(long, value_name = "NAME|PATH")]
    confirm: Vec<String>,
    /// Read the files and say what would become of them; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// The day it is, for a demo
    #[arg(long, value_parser = day)]
    today: Option<NaiveDate>,
}

pub fn run(args: &ImportArgs) -> Result<(), CliError> {
    let clock = args.today.map_or_else(Clock::system, Clock::fixed);
    let today = clock.today();
    let on = TypedDay::of(Some(args.received_on.unwrap_or(today)));
    let receipt = receipt(&args.received_number, &on, today).map_err(Error::Invalid)?;
    let db = open_current(&args.database)?;
    let actor = actor_of(&db, &args.username, today)?;
    let period = match (&args.regime, &args.period) {
        (Some(regime), Some(period)) => {
            let found = db.read(|conn| Ok::<_, Error>(period_by_code(conn, regime, period)?.0.id));
            Some(found.map_err(|error| match error {
                Error::NotFound => {
                    CliError(format!("there is no period {period} of a regime {regime}: check the two codes"))
                }
                other => other.into(),
            })?)
        }
        _ => None,
    };
    let (mut files, mut left, mut held, mut alone, mut all) = (Vec::new(), 0, 0, 0, 0);
    let mut unread = Vec::new();
    for path in &args.files {
        match given(path) {
            Ok(file) => files.push(file),
            // One that cannot be read does not keep the others out.
            Err(why) => {
                (left, all) = (left + 1, all + 1);
                println!("{}: {}: {why}", path.display(), FileState::Refused.words());
                unread.push(path.to_string_lossy().into_owned());
            }
        }
    }
    // All are opened, and what is confirmed is found among them, before anything is entered.
    let drops: Vec<Unpacked> = drops(files).into_iter().map(open).collect::<Result<_, Error>>()?;
    let meant = confirmed(&drops, &unread, &args.confirm)?;
    let shared = shared(&drops);
    for (unpacked, confirmed) in drops.into_iter().zip(meant) {
        let (receipt, with_warnings) = (receipt.clone(), args.with_warnings);
        let asked = Asked { unpacked, period, receipt, with_warnings, confirmed };
        let lines = match args.dry_run {
            true => rehearse(&db, &actor, asked, clock.moment())?,
            false => {
                let (drop, lines) = import(&db, clock, &actor, asked)?;
                println!("/drops/{drop}");
                lines
            }
        };
        all += lines.len();
        for line in &lines {
            let waits = waits_for_a_look(line, args);
            held += usize::from(waits && line.alone.is_empty());
            alone += usize::from(waits && !line.alone.is_empty());
            left += usize::from(!is_in(line, args) && !waits);
            let target = if line.target.is_empty() { String::new() } else { format!(" [{}]", line.target) };
            let why = match (waits, line.message.as_str()) {
                (true, _) if !line.alone.is_empty() => format!(": {}; {ALONE}", line.alone),
                (true, _) => format!(": {HELD}"),
                (false, "") => String::new(),
                (false, message) => format!(": {message}"),
            };
            // One of several of a name is told by where it is.
            let name = if shared.contains(&line.name) { &line.path } else { &line.name };
            println!("{name}{target}: {}{why}", line.words());
        }
    }
    let told = match args.dry_run {
        true => "không nhận được",
        false => "chưa nhận",
    };
    let mut words = Vec::new();
    if left > 0 {
        words.push(format!("{left} / {all} tệp {told}"));
    }
    if held > 0 {
        words.push(format!("{held} / {all} tệp đạt, {HELD}"));
    }
    if alone > 0 {
        words.push(format!("{alone} / {all} tệp đạt, {ALONE}"));
    }
    if words.is_empty() { Ok(()) } else { Err(CliError(words.join("; "))) }
}

/// What is said of a file that nothing keeps out but warnings nobody has said they read.
const HELD: &str = "có cảnh báo: xem rồi thêm --with-warnings để nhận";

/// What is said of a file that has to be confirmed by itself.
const ALONE: &str = "xem tệp rồi thêm --confirm TÊN-TỆP, hoặc mở trang của lần nhận, để nhận riêng tệp này";

/// Whether a file could be entered, had somebody said that its warnings were read, or that it was looked at by itself.
fn waits_for_a_look(line: &Line, args: &ImportArgs) -> bool {
    let unread = line.warnings > 0 && !args.with_warnings && !line.confirmed;
    line.state == FileState::Ready && line.message.is_empty() && (unread || !line.alone.is_empty())
}

/// As many drops as the files need: each within what one drop takes.
fn drops(files: Vec<(String, Vec<u8>)>) -> Vec<Vec<(String, Vec<u8>)>> {
    let mut drops: Vec<Vec<(String, Vec<u8>)>> = Vec::new();
    let mut size = 0;
    for file in files {
        let next =
            drops.last().is_none_or(|drop| drop.len() == MOST_FILES) || size + file.1.len() > LARGEST_DROP;
        if next {
            drops.push(Vec::new());
            size = 0;
        }
        size += file.1.len();
        if let Some(drop) = drops.last_mut() {
            drop.push(file);
        }
    }
    drops
}

/// Whether nothing is left to do about a file.
fn is_in(line: &Line, args: &ImportArgs) -> bool {
    match line.state {
        FileState::Applied | FileState::LeftOut => true,
        FileState::Ready => args.dry_run && line.message.is_empty() && !waits_for_a_look(line, args),
        _ => false,
    }
}

/// A file whole under its path as it was given, or why not.
fn given(path: &Path) -> Result<(String, Vec<u8>), String> {
    let refused = |e: std::io::Error| format!("không đọc được tệp ({e})");
    if std::fs::metadata(path).map_err(refused)?.len() > LARGEST_DROP as u64 {
        return Err(format!("tệp lớn quá {} MB", LARGEST_DROP >> 20));
    }
    Ok((path.to_string_lossy().into_owned(), std::fs::read(path).map_err(refused)?))
}
