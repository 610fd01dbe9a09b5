//! The program as a process: started over a database, killed without warning, or run under strace.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running server.
pub struct Process {
    child: Child,
    pub base: String,
}

impl Process {
    /// `tonghop demo` over this database, on a free port of this machine.
    pub fn start(url: &str) -> Process {
        Self::start_with(url, &[])
    }

    /// The same with more flags.
    pub fn start_with(url: &str, flags: &[&str]) -> Process {
        Self::spawn(Command::new(env!("CARGO_BIN_EXE_tonghop")), url, flags)
    }

    /// The same under strace, which writes the calls that matter here into `record`.
    pub fn start_watched(url: &str, record: &Path) -> Process {
        let mut command = Command::new("strace");
        command
            .args(["-f", "-qq", "-s", "32", "-e", "signal=none"])
            .args(["-e", "trace=fsync,fdatasync,write,writev,sendto,sendmsg"])
            .arg("-o")
            .arg(record)
            .arg(env!("CARGO_BIN_EXE_tonghop"));
        Self::spawn(command, url, &[])
    }

    fn spawn(mut command: Command, url: &str, flags: &[&str]) -> Process {
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TONGHOP_")) {
            command.env_remove(name);
        }
        let mut child = command
            .args(["demo", "--database-url", url, "--listen", "127.0.0.1:0"])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let base = lines
            .by_ref()
            .map(|line| line.expect("text"))
            .find_map(|line| line.trim().strip_prefix("Open ").map(str::to_owned))
            .expect("it says where it serves");
        // Whatever else it prints has somewhere to go.
        std::thread::spawn(move || lines.for_each(drop));
        Process { child, base }
    }

    /// Killed as by a power cut: no signal handler runs.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }

    /// Asked to stop, and waited for. Under strace the program is the child of what was started.
    pub fn stop(mut self) {
        let pid = self.child.id();
        let children = format!("/proc/{pid}/task/{pid}/children");
        let below = std::fs::read_to_string(children).expect("the process is there");
        let target = below.split_whitespace().next().map_or_else(|| pid.to_string(), str::to_owned);
        let asked =
            Command::new("sh").args(["-c", &format!("kill -TERM {target}")]).status().expect("sh runs");
        assert!(asked.success());
        self.child.wait().expect("it ends");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
