//! `tonghop migrate`: create the database or bring its schema up to date.

use super::{CliError, open};
use crate::config::DatabaseArgs;

pub fn run(args: &DatabaseArgs) -> Result<(), CliError> {
    let steps = open(args, true)?.migrate()?;
    if steps.is_empty() {
        println!("The schema is up to date.");
    }
    for step in steps {
        println!("Applied {step}");
    }
    Ok(())
}
