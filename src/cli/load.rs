//! `tonghop load`: a synthetic province of any size, for benchmarks. The same seed gives the same province.

use std::time::Instant;

use clap::Args;

use super::{CliError, open_current};
use crate::config::DatabaseArgs;
use crate::load::{self, PASSWORD, Size};

#[derive(Debug, Args)]
pub struct LoadArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Units that owe reports, 1 to 5000
    #[arg(long, default_value_t = 170)]
    units: u32,
    /// Years of reports, two periods each, 1 to 50
    #[arg(long, default_value_t = 10)]
    years: u32,
    /// Indicators, 1 to 500
    #[arg(long, default_value_t = 40)]
    indicators: u32,
    /// The same seed gives the same province
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(args: &LoadArgs) -> Result<(), CliError> {
    let db = open_current(&args.database)?;
    let size = Size { units: args.units, years: args.years, indicators: args.indicators, seed: args.seed };
    let started = Instant::now();
    let made = load::load(&db, size)?;
    let seconds = started.elapsed().as_secs_f64();
    println!("  {:>10}  units", made.units);
    println!("  {:>10}  accounts", made.people);
    println!("  {:>10}  indicators", made.indicators);
    println!("  {:>10}  tasks", made.tasks);
    println!("  {:>10}  periods", made.periods);
    println!("  {:>10}  reports", made.reports);
    println!("  {:>10}  revisions", made.revisions);
    println!("  {:>10}  figures in revisions", made.figures);
    println!("Loaded in {seconds:.1} s.");
    println!(
        "Accounts: tonghop, lanhdao, lanhdao.tinh and canbo.<unit>, such as canbo.xa0001; password {PASSWORD}."
    );
    Ok(())
}
