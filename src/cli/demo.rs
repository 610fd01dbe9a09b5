//! `tonghop demo`: a province to look around in, from nothing, in one command. Stands between a newcomer and
//! the program; the database it makes is thrown away with `--reset`.

use clap::Args;

use super::tls::Transport;
use super::{CliError, lock, make_folder, open, serve};
use crate::calendar::Clock;
use crate::config::{DatabaseArgs, DemoArgs, NoticeArgs, ServerArgs};
use crate::db::Db;
use crate::{demo, mail, vietnamese};

#[derive(Debug, Args)]
pub struct DemoCommand {
    #[command(flatten)]
    demo: DemoArgs,
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    notices: NoticeArgs,
}

pub fn run(command: &DemoCommand) -> Result<(), CliError> {
    let listen = command.server.listen;
    if !listen.ip().is_loopback() {
        return Err(CliError(format!(
            "the demo's password is in the README, and {listen} can be reached by other machines: \
             use an address such as 127.0.0.1:8080"
        )));
    }
    let mut settings = mail::Settings::read(&command.notices).map_err(CliError)?;
    // Its day is assumed, whatever the hour: whoever looks around in the evening is told too, unless hours are given.
    if command.notices.notice_hours.is_none() {
        settings.hours = mail::Hours { from: 0, to: 24 };
    }
    // Taken before the database is touched: a second demo on the same port changes nothing.
    let listener = serve::bind(listen)?;
    let url = command
        .demo
        .database_url
        .clone()
        .unwrap_or_else(|| format!("sqlite://{}", command.demo.data.join("tonghop-demo.db").display()));
    make_folder(&url)?;
    let hold = lock::hold(&url)?;
    let db = prepare(&url, command.demo.database_url.is_none(), command.demo.reset)?;
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
    serve::serve(db, Clock::fixed(today), (&command.server, settings), Transport::Plain, listener)?;
    drop(hold);
    Ok(())
}

/// A database with the demo in it: an existing one is kept, one that is not a demo is left alone, and asked before
/// anything is done to it. `own`: it lies in the demo's own folder, where an empty schema is a demo that was cut short.
fn prepare(url: &str, own: bool, reset: bool) -> Result<Db, CliError> {
    let args = DatabaseArgs { database_url: url.to_owned(), database_connections: 16 };
    let db = open(&args, true)?;
    if !db.steps_taken()?.is_empty() {
        let ours = demo::is_demo(&db)?;
        if !ours && !demo::is_empty(&db)? {
            let more = if reset {
                ": --reset throws away nothing but a demo"
            } else {
                ": choose another with --data"
            };
            return Err(CliError(format!("{url} holds data that are not the demo's{more}")));
        }
        if !ours && !own {
            return Err(CliError(format!(
                "{url} is an installation that is not set up yet, not the demo's: give the demo a database of its own"
            )));
        }
        if reset {
            db.revert_all()?;
        }
    }
    db.migrate()?;
    demo::load(&db)?;
    Ok(db)
}
