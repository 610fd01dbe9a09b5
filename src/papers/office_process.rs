//! A program of strangers that starts programs of its own: in a group by itself, and ended as a group when its time is
//! over, so that none of them goes on alone.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// The command, to be started in a group of its own.
pub(super) fn alone(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    command
}

/// Waits for the program, and says whether it ended well in time; one that takes too long is ended with all it started.
pub(super) fn ended(mut child: Child, longest: Duration) -> bool {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < longest => std::thread::sleep(Duration::from_millis(50)),
            _ => {
                // The group is named by the number of its first, which is taken until it has been waited for.
                end_group(child.id());
                // Nothing more can be done about a process that will not end.
                drop(child.kill());
                drop(child.wait());
                return false;
            }
        }
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn end_group(first: u32) {
    let Ok(group) = libc::pid_t::try_from(first) else { return };
    // SAFETY: takes two numbers and no pointer.
    if unsafe { libc::killpg(group, libc::SIGKILL) } != 0 {
        log::warn!("the processes of a conversion could not be ended: {}", std::io::Error::last_os_error());
    }
}

/// Where the C library is no dependency of ours, by the program every system has.
#[cfg(all(unix, not(all(target_os = "linux", target_env = "gnu"))))]
fn end_group(first: u32) {
    drop(Command::new("kill").args(["-KILL", "--", &format!("-{first}")]).status());
}

#[cfg(not(unix))]
fn end_group(_: u32) {}
