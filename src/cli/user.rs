//! `tonghop user`: accounts before there is anyone to sign in. Passwords are read from standard input,
//! never from the arguments, which other users of the machine can see.

use std::io::BufRead;

use clap::{Args, Subcommand};

use super::{CliError, open};
use crate::access::Role;
use crate::calendar::Clock;
use crate::config::DatabaseArgs;
use crate::people::accounts::{self, NewAccount};
use crate::people::{Passwords, password};
use crate::{error, vietnamese};

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add an account; the password is read from standard input and must be changed at the first sign-in
    Add(AddArgs),
    /// Give an account a new password (read from standard input)
    Password(NameArgs),
    /// Disable an account; its history stays
    Disable(NameArgs),
}

#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Small letters, digits and . - _
    username: String,
    /// Family name first
    #[arg(long)]
    full_name: String,
    /// Code of the unit
    #[arg(long)]
    unit: String,
    /// officer, unit_leader, compiler, compiling_leader, leader, ministry_viewer or administrator
    #[arg(long)]
    role: String,
    /// Title shown beside what the person does
    #[arg(long, default_value = "")]
    title: String,
}

#[derive(Debug, Args)]
pub struct NameArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    username: String,
}

pub fn run(command: &UserCommand) -> Result<(), CliError> {
    let clock = Clock::system();
    match command {
        UserCommand::Add(args) => {
            let role = Role::from_code(&args.role).ok_or_else(|| {
                let known: Vec<_> = Role::ALL.iter().map(|r| r.code()).collect();
                CliError(format!("unknown role \"{}\": use one of {}", args.role, known.join(", ")))
            })?;
            let db = open(&args.database, false)?;
            let account = NewAccount {
                username: args.username.clone(),
                full_name: args.full_name.clone(),
                unit_code: args.unit.clone(),
                role,
                title: args.title.clone(),
                password_hash: read_and_hash(&args.username)?,
                valid_from: clock.today(),
            };
            db.write(|conn| accounts::add(conn, &account, clock.now_utc()))?;
            println!("Added {}.", args.username);
        }
        UserCommand::Password(args) => {
            let db = open(&args.database, false)?;
            let hash = read_and_hash(&args.username)?;
            db.write(|conn| accounts::set_password(conn, &args.username, &hash, clock.now_utc()))
                .map_err(|e| unknown(e, &args.username))?;
            println!(
                "Changed the password of {}; it must be changed again at the next sign-in.",
                args.username
            );
        }
        UserCommand::Disable(args) => {
            let db = open(&args.database, false)?;
            db.write(|conn| accounts::disable(conn, &args.username, clock.now_utc()))
                .map_err(|e| unknown(e, &args.username))?;
            println!("Disabled {}.", args.username);
        }
    }
    Ok(())
}

fn unknown(e: error::Error, username: &str) -> CliError {
    match e {
        error::Error::NotFound => CliError(format!("there is no account {username}")),
        other => other.into(),
    }
}

fn read_and_hash(username: &str) -> Result<String, CliError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let typed = vietnamese::clean(line.trim_end_matches(['\r', '\n']));
    if let Some(weak) = password::weakness(&typed, username) {
        return Err(CliError(weak));
    }
    Ok(Passwords::new(1).hash(&typed)?)
}
