//! `tonghop import-table`: a table of a past period, from before the system, by the rules and in the words of its wizard. Exit codes:
//! 0 it is in (of a rehearsal: could be), 1 it is not, 2 wrong usage.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{CliError, actor_of, day, open_current};
use crate::calendar::Clock;
use crate::config::DatabaseArgs;
use crate::error::Error;
use crate::legacy_tables::import::{Said, import};
use crate::legacy_tables::upload::{Given, Input};
use crate::periods;
use crate::unit_workbook::LARGEST;

#[derive(Debug, Args)]
pub struct ImportTableArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The workbook (.xlsx) with the table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The account in whose name it is imported; it compiles for the body that collects
    #[arg(long = "as", value_name = "USER")]
    username: String,
    /// Code of the regime
    #[arg(long)]
    regime: String,
    /// Code of the period, such as 2023-H1: one that is there, or one of before the first, which is made
    #[arg(long)]
    period: String,
    /// The document the table was part of
    #[arg(long, default_value = "")]
    source: String,
    /// Name of the sheet; what is recognised best where it is left out
    #[arg(long)]
    sheet: Option<String>,
    /// Indicators stand in rows, units in columns
    #[arg(long)]
    turned: bool,
    /// Row of the headings, such as 5 (of a turned table: its column, such as B)
    #[arg(long, value_name = "ROW")]
    header_row: Option<String>,
    /// Column with the names of units, such as B (of a turned table: its row)
    #[arg(long, value_name = "COLUMN")]
    unit_column: Option<String>,
    /// What a column is, such as C=D02; "C=" for a column that is not taken
    #[arg(long, value_name = "COLUMN=CODE", value_parser = pair)]
    bind: Vec<(String, String)>,
    /// Multiply a column by the scale its heading says, such as nghìn
    #[arg(long, value_name = "COLUMN")]
    scale: Vec<String>,
    /// Whose a name is, such as "H. Lục Nam=bg.lucnam"; "NAME=-" for a line that is left out
    #[arg(long = "unit", value_name = "NAME=CODE", value_parser = pair)]
    units: Vec<(String, String)>,
    /// Figures of tables imported before give way where they differ
    #[arg(long)]
    replace: bool,
    /// Leave out cells that cannot be read
    #[arg(long)]
    skip_unreadable: bool,
    /// The warnings were read
    #[arg(long)]
    with_warnings: bool,
    /// Read the table and say what would become of it; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// The day it is, for a demo
    #[arg(long, value_parser = day)]
    today: Option<NaiveDate>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, code) = text.rsplit_once('=').ok_or("write NAME=CODE")?;
    Ok((name.trim().to_owned(), code.trim().to_owned()))
}

pub fn run(args: &ImportTableArgs) -> Result<(), CliError> {
    let clock = args.today.map_or_else(Clock::system, Clock::fixed);
    let refused = |e: std::io::Error| CliError(format!("không đọc được {}: {e}", args.file.display()));
    if std::fs::metadata(&args.file).map_err(refused)?.len() > LARGEST as u64 {
        return Err(CliError(format!("{} lớn quá {} MB", args.file.display(), LARGEST >> 20)));
    }
    let name = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let given = Given { name, bytes: std::fs::read(&args.file).map_err(refused)? };
    let db = open_current(&args.database)?;
    let actor = actor_of(&db, &args.username, clock.today())?;
    let regimes = db.read(|conn| Ok::<_, Error>(periods::queries::visible_regimes(conn, &actor.scope())?))?;
    let regime = regimes.iter().find(|regime| regime.code == args.regime).ok_or_else(|| {
        CliError(format!("there is no regime {} that {} sees: check the code", args.regime, args.username))
    })?;
    let said = Said {
        sheet: args.sheet.clone(),
        turned: args.turned.then_some(true),
        head: args.header_row.clone(),
        units: args.unit_column.clone(),
        bind: args.bind.clone(),
        scale: args.scale.clone(),
        names: args.units.clone(),
        replaces: args.replace,
        skip: args.skip_unreadable,
        aware: args.with_warnings,
    };
    let input = Input { period: args.period.clone(), source: args.source.clone() };
    let of = (regime.id, &input);
    let outcome = import(&db, &actor, of, &given, (&said, args.dry_run), clock.moment())?;
    for line in outcome.lines.iter().chain(&outcome.findings) {
        println!("{line}");
    }
    match (outcome.applied, outcome.refusal) {
        (_, Some(why)) => Err(CliError(why)),
        (Some((id, done)), None) => {
            println!("/legacy-tables/{id}");
            println!("Đã nhập {} số của {} đơn vị.", done.figures, done.units);
            Ok(())
        }
        (None, None) => {
            println!("Chạy thử: chưa ghi gì.");
            Ok(())
        }
    }
}
