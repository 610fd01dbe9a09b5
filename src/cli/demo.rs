//! `tonghop demo`: a province to look around in, from nothing, in one command. Stands between a newcomer and
//! the program; the database it makes is thrown away with `--reset`.

use std::path::Path;

use clap::Args;

use super::tls::Transport;
use super::{CliError, open, serve};
use crate::calendar::Clock;
use crate::config::{DatabaseArgs, DemoArgs, ServerArgs};
use crate::db::{Db, Target};
use crate::{demo, vietnamese};

#[derive(Debug, Args)]
pub struct DemoCommand {
    #[command(flatten)]
    demo: DemoArgs,
    #[command(flatten)]
    server: ServerArgs,
}

pub fn run(command: &DemoCommand) -> Result<(), CliError> {
    let listen = command.server.listen;
    if !listen.ip().is_loopback() {
        return Err(CliError(format!(
            "the demo's password is in the README, and {listen} can be reached by other machines: \
             use an address such as 127.0.0.1:8080"
        )));
    }
    // Taken before the database is touched: a second demo on the same port changes nothing.
    let listener = serve::bind(listen)?;
    let url = command
        .demo
        .database_url
        .clone()
        .unwrap_or_else(|| format!("sqlite://{}", command.demo.data.join("tonghop-demo.db").display()));
    let db = prepare(&url, command.demo.reset)?;
    let today = command.demo.today;
    println!("Tổng Hợp, the demo of three provinces on {}", vietnamese::weekday_date(today));
    println!();
    println!("  {:<32} what this person does", "account");
    for (username, does) in demo::ACCOUNTS {
        println!("  {username:<32} {does}");
    }
    println!();
    println!("  Password of every account: {}", demo::PASSWORD);
    println!("  Data: {url} (kept; start with --reset to begin again)");
    println!();
    println!("  Open http://{}", listener.local_addr()?);
    serve::serve(db, Clock::fixed(today), &command.server, Transport::Plain, listener)
}

/// A database with the demo in it: an existing one is kept, one that is not a demo is left alone.
fn prepare(url: &str, reset: bool) -> Result<Db, CliError> {
    let target = Target::parse(url).map_err(CliError)?;
    let args = DatabaseArgs { database_url: url.to_owned(), database_connections: 16 };
    if reset {
        throw_away(&target, &args)?;
    }
    let db = open(&args, true)?;
    db.migrate()?;
    demo::load(&db)?;
    if !demo::is_demo(&db)? {
        return Err(CliError(format!(
            "{url} holds data that are not the demo's: choose another with --data"
        )));
    }
    Ok(db)
}

fn throw_away(target: &Target, args: &DatabaseArgs) -> Result<(), CliError> {
    if let Target::Sqlite { path, .. } = target
        && !Path::new(path).exists()
    {
        return Ok(());
    }
    let db = open(args, true)?;
    db.migrate()?;
    if !demo::is_demo(&db)? && !demo::is_empty(&db)? {
        return Err(CliError(format!(
            "{} holds data that are not the demo's: --reset throws away nothing but a demo",
            args.database_url
        )));
    }
    Ok(db.revert_all()?)
}
