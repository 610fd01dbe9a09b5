//! The program as a process of its own over a database that is there: how long from its start to its first answer, and
//! what it holds of the memory at rest, when two hundred people have signed in.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tonghop::load::{PASSWORD, Size};

use super::pairs::median;
use super::province::Province;

const STARTS: usize = 15;
const SIGN_INS: usize = 200;
/// How long the server is left alone before its memory is looked at.
const REST: Duration = Duration::from_secs(100);
/// People who sign in at the same moment.
const AT_ONCE: usize = 4;

struct Running(Child, String);

impl Running {
    fn start(url: &str) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tonghop"))
            .args(["serve", "--database-url", url, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("its address");
        let base = line.rsplit(' ').next().unwrap_or_default().trim().to_owned();
        Running(child, base)
    }

    /// Resident memory in KiB.
    fn resident(&self) -> u64 {
        let path = format!("/proc/{}/status", self.0.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).max_redirects_will_error(false).build().new_agent()
}

/// Signs in as a browser does: the page, its token, the form; and opens the first page.
fn sign_in(base: &str) {
    let agent = agent();
    let page = agent.get(format!("{base}/sign-in")).call().expect("the page").body_mut().read_to_string();
    let page = page.expect("the page");
    let token = page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [("token", token.expect("a token")), ("username", "tonghop"), ("password", PASSWORD)];
    let answer = agent.post(format!("{base}/session")).send_form(fields).expect("the answer");
    assert_eq!(answer.status().as_u16(), 303, "signed in");
    let first = agent.get(format!("{base}/periods")).call().expect("the first page");
    assert_eq!(first.status().as_u16(), 200, "the first page opens");
}

pub fn measure() {
    let province = Province::load(Size { units: 120, years: 10, indicators: 40, seed: 1 });
    let started = || {
        let before = Instant::now();
        let running = Running::start(&province.url);
        agent().get(format!("{}/sign-in", running.1)).call().expect("an answer");
        before.elapsed()
    };
    let times: Vec<Duration> = (0..STARTS).map(|_| started()).collect();
    println!(
        "start to the first answer on a database of 120 units and 10 years: {:?} (bar: under 150 ms)",
        median(times)
    );
    let running = Running::start(&province.url);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| (0..SIGN_INS / AT_ONCE).for_each(|_| sign_in(&running.1)));
        }
    });
    let busy = running.resident();
    // Connections close after half a minute, and what is freed goes back within another.
    std::thread::sleep(REST);
    println!(
        "memory at rest after {SIGN_INS} sign-ins, {AT_ONCE} at once, each with a first page: {:.1} MiB, {:.1} right after (bar: under 40 MB)",
        running.resident() as f64 / 1024.0,
        busy as f64 / 1024.0
    );
}
