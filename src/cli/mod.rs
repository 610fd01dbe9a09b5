//! The command line: thin over the slices. Parses, opens the database, calls, prints, and says by its exit
//! code how it went: 0 done, 1 refused or failed, 2 wrong usage.

mod demo;
mod export;
mod import;
mod import_table;
mod load;
mod lock;
mod memory;
mod merge;
mod migrate;
mod read_plan;
mod read_report;
mod remind;
pub mod serve;
mod setup_code;
pub mod tls;
mod user;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};

use crate::access::Actor;
use crate::config::DatabaseArgs;
use crate::db::{Db, Target};
use crate::error::Error;
use crate::people;
use crate::vietnamese::parse_date;

/// Plans, periodic reports and consolidation for a Vietnamese province.
#[derive(Debug, Parser)]
#[command(name = "tonghop", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Three provinces to look around in; creates its own database
    Demo(demo::DemoCommand),
    /// Serve a database; an empty one opens the first-run page
    Serve(Box<serve::ServeArgs>),
    /// Print a new code for the first run of an empty installation
    SetupCode(DatabaseArgs),
    /// Create the database or bring its schema up to date
    Migrate(DatabaseArgs),
    /// Write the workbook of an edition to a file
    Export(export::ExportArgs),
    /// Enter many units' workbooks on their behalf, as the page of a period does; exit code 1 when one was not taken
    Import(import::ImportArgs),
    /// Import a table of a past period, units by indicators, as received history; exit code 1 when it was not taken
    ImportTable(Box<import_table::ImportTableArgs>),
    /// Merge the Ministry's workbooks of many provinces into one national table
    Merge(merge::MergeArgs),
    /// Read an issued document and print what it assigns and asks for; no database is touched
    ReadPlan(read_plan::ReadPlanArgs),
    /// Read a unit's report and print its parts, figures and titles; no database is touched
    ReadReport(read_report::ReadReportArgs),
    /// Say today's notices once, or print them: servers do it by themselves
    Remind(Box<remind::RemindArgs>),
    /// Fill an empty database with a synthetic province, for benchmarks
    Load(load::LoadArgs),
    /// Accounts
    #[command(subcommand)]
    User(user::UserCommand),
}

/// What a command prints when it cannot do its work.
#[derive(Debug)]
pub struct CliError(pub String);

impl<E: std::error::Error> From<E> for CliError {
    fn from(e: E) -> Self {
        CliError(e.to_string())
    }
}

/// Runs the command of the program's arguments and returns the exit code.
pub fn run() -> std::process::ExitCode {
    memory::few_arenas();
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn,lopdf=error")).init();
    let outcome = match Cli::parse().command {
        Command::Demo(command) => demo::run(&command),
        Command::Serve(args) => serve::run(&args),
        Command::SetupCode(args) => setup_code::run(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::ImportTable(args) => import_table::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::ReadPlan(args) => read_plan::run(&args),
        Command::ReadReport(args) => read_report::run(&args),
        Command::Remind(args) => remind::run(&args),
        Command::Load(args) => load::run(&args),
        Command::User(command) => user::run(&command),
    };
    match outcome {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(CliError(message)) => {
            eprintln!("tonghop: {message}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// Makes the folder of a SQLite file that is to be created.
fn make_folder(url: &str) -> Result<(), CliError> {
    if let Target::Sqlite { path, .. } = Target::parse(url).map_err(CliError)?
        && let Some(folder) = std::path::Path::new(path.as_str()).parent()
    {
        std::fs::create_dir_all(folder)
            .map_err(|e| CliError(format!("cannot create {}: {e}", folder.display())))?;
    }
    Ok(())
}

/// Opens a database that must exist, and that no newer program has changed; with `create`, a missing SQLite file is
/// made.
fn open(args: &DatabaseArgs, create: bool) -> Result<Db, CliError> {
    let mut target = Target::parse(&args.database_url).map_err(CliError)?;
    if let Target::Sqlite { create: may, .. } = &mut target {
        *may = create;
    }
    if create {
        make_folder(&args.database_url)?;
    }
    let db = Db::open(target, args.database_connections)?;
    if let Some(step) = db.newer_steps()?.first() {
        return Err(CliError(format!(
            "this database was brought up to date by a newer program (step {step}): use that program or a newer one"
        )));
    }
    Ok(db)
}

/// Opens a database that must exist, its schema up to date.
fn open_current(args: &DatabaseArgs) -> Result<Db, CliError> {
    let db = open(args, false)?;
    is_current(&db)?;
    Ok(db)
}

fn is_current(db: &Db) -> Result<(), CliError> {
    match db.needs_migration()? {
        true => Err(CliError("the database schema is not up to date: run `tonghop migrate` first".into())),
        false => Ok(()),
    }
}

/// Whoever a command acts for.
fn actor_of(db: &Db, username: &str, today: NaiveDate) -> Result<Actor, CliError> {
    let found = db.read(|conn| {
        let person = people::queries::person_by_username(conn, username)?.ok_or(Error::NotFound)?;
        Ok::<_, Error>(people::queries::actor(conn, person.id, today)?)
    });
    found.map_err(|error| match error {
        Error::NotFound => CliError(format!("there is no account {username} that may sign in")),
        other => other.into(),
    })
}

/// A day of an argument, as people write it: 12/6/2025.
fn day(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).map_err(|e| e.to_string())
}
