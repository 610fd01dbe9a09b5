//! The program as a person starts it: its commands, their refusals and exit codes, and the list of settings.

mod accounts;
mod guards;
mod read_plan;
mod refusals;
mod serving;
mod settings;

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the program with nothing of this machine's `TONGHOP_*` settings, and something on standard input.
pub fn tonghop(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TONGHOP_")) {
        command.env_remove(name);
    }
    let mut child = command
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
