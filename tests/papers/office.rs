//! Conversions by a program of strangers: a few at a time, in a folder nobody else opens, ended with all they started.
#![cfg(target_os = "linux")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use tonghop::papers::{Office, Refusal, clear_leftovers};

use crate::support::app::TempDir;

/// The folder of the conversion and its paper, as the program is given them.
const FOLDER: &str = "$7";
const PAPER: &str = "$8";

/// An office whose program is this script; `$kept` is the folder of the test.
fn office(folder: &TempDir, script: &str, longest: Duration) -> Office {
    let program = folder.0.join("soffice");
    let text = format!("#!/bin/sh\nkept='{}'\n{script}\n", folder.0.display());
    std::fs::write(&program, text).expect("a script");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let within = folder.0.join("within");
    std::fs::create_dir(&within).expect("a folder");
    Office { program, folder: within, longest, patience: Duration::from_secs(60) }
}

fn left(office: &Office) -> usize {
    std::fs::read_dir(&office.folder).expect("a folder").count()
}

/// Waits until something is so, and fails when it never is.
fn until(what: &str, so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_folder_is_private_and_goes_with_the_conversion() {
    let folder = TempDir::new();
    let script =
        format!("ls -ld \"{FOLDER}\" | cut -c1-10 > \"$kept/mode\"; cp \"{PAPER}\" \"{FOLDER}/paper.docx\"");
    let office = office(&folder, &script, Duration::from_secs(60));
    assert_eq!(office.to_docx(b"a paper", "rtf").expect("a document"), b"a paper");
    assert_eq!(std::fs::read_to_string(folder.0.join("mode")).expect("the mode").trim(), "drwx------");
    assert_eq!(left(&office), 0);
}

#[test]
fn what_hangs_is_ended_with_all_it_started() {
    let folder = TempDir::new();
    let script = "sleep 600 & echo $! > \"$kept/child\"; wait";
    let office = office(&folder, script, Duration::from_secs(5));
    assert!(matches!(office.to_docx(b"a paper", "doc"), Err(Refusal::OfficeFailed)));
    let child = std::fs::read_to_string(folder.0.join("child")).expect("the child began");
    let stat = format!("/proc/{}/stat", child.trim());
    until("the child has ended", || match std::fs::read_to_string(&stat) {
        // Ended, and not waited for by whoever inherits it.
        Ok(stat) => stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z')),
        Err(_) => true,
    });
    assert_eq!(left(&office), 0);
}

#[test]
fn the_third_waits_and_is_told_when_its_patience_ends() {
    let folder = TempDir::new();
    let script = format!(
        "touch \"$kept/begun.$$\"; while [ ! -e \"$kept/go\" ]; do sleep 0.05; done; cp \"{PAPER}\" \"{FOLDER}/paper.docx\""
    );
    let office = office(&folder, &script, Duration::from_secs(60));
    let begun = || {
        let entries = std::fs::read_dir(&folder.0).expect("a folder").flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("begun.")).count()
    };
    let convert = || office.to_docx(b"a paper", "rtf").is_ok();
    std::thread::scope(|scope| {
        let both = [scope.spawn(convert), scope.spawn(convert)];
        until("two are converted", || begun() == 2);
        let hasty = Office { patience: Duration::ZERO, ..office.clone() };
        let refusal = hasty.to_docx(b"a paper", "rtf").expect_err("two are converted");
        assert!(matches!(refusal, Refusal::OfficeBusy), "{refusal:?}");
        assert!(refusal.to_string().contains("Chờ vài phút"), "{refusal}");
        let patient = scope.spawn(convert);
        std::fs::write(folder.0.join("go"), "").expect("the sign");
        assert!(both.into_iter().all(|one| one.join().expect("an end")));
        assert!(patient.join().expect("an end"), "the one that waited had its turn");
    });
    assert_eq!((begun(), left(&office)), (3, 0));
}

#[test]
fn what_a_server_that_died_has_left_is_cleared() {
    let folder = TempDir::new();
    let own = format!("tonghop-office-{}-a", std::process::id());
    // Number 1 runs as long as the machine does; the other is higher than any.
    let names =
        ["tonghop-office-4294967294-a", &own, "tonghop-office-1-a", "tonghop-office-x-a", "tonghop-test"];
    for name in names {
        std::fs::create_dir(folder.0.join(name)).expect("a folder");
        std::fs::write(folder.0.join(name).join("paper.doc"), "a paper").expect("a paper");
    }
    std::fs::write(folder.0.join("tonghop-office-4294967294-b"), "no folder").expect("a file");
    clear_leftovers(&folder.0);
    let stands = |name: &str| Path::new(&folder.0.join(name)).exists();
    assert_eq!(names.map(stands), [false, false, true, true, true]);
    assert!(stands("tonghop-office-4294967294-b"));
}
