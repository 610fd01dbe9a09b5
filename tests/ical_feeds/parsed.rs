//! Another program reads the feeds: the Python package icalendar.

use std::process::Command;

use chrono::NaiveTime;
use tonghop::ical_feeds::{Status, write};

use super::links::{events, made};
use super::text::event;
use crate::support::app::{TempDir, TestApp};

fn understood(text: &str) -> Vec<Vec<String>> {
    let folder = TempDir::new();
    let file = folder.0.join("feed.ics");
    std::fs::create_dir_all(&folder.0).expect("a folder");
    std::fs::write(&file, text).expect("a file");
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ical_feeds/look.py");
    let output = Command::new("python3")
        .arg(program)
        .arg(&file)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("this test needs python3 with the package icalendar: {e}"));
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn icalendar_understands_what_was_meant() {
    let hour = NaiveTime::from_hms_opt(17, 0, 0);
    let mut timed = event("Hạn gửi; gấp, \\ hết", hour, Status::Due);
    timed.uid = "two@tonghop".into();
    let mut off = event("Được miễn", None, Status::Cancelled);
    off.uid = "three@tonghop".into();
    let long = format!("Hạn gửi: {}", "Ủy ban Mặt trận Tổ quốc Việt Nam ".repeat(9).trim());
    let found = understood(&write("Lịch", &[event(&long, None, Status::Due), timed, off]));
    let alarms = "7@08:00,3@08:00,1@08:00,0@08:00";
    assert_eq!(found[0], ["0192-abc@tonghop", "3", "CONFIRMED", "2026-11-14", "-", &long, alarms]);
    assert_eq!(
        found[1],
        ["two@tonghop", "3", "CONFIRMED", "2026-11-14 10:00:00+00:00", "7", "Hạn gửi; gấp, \\ hết", alarms]
    );
    assert_eq!(found[2][2..7], ["CANCELLED", "2026-11-14", "-", "Được miễn", ""]);
    assert!(understood(&write("Lịch", &[])).is_empty());
}

#[test]
fn icalendar_reads_the_feeds_of_everybody_in_the_demo() {
    let app = TestApp::demo();
    for user in [
        "canbo.khcn.bacgiang",
        "lanhdao.khcn.bacgiang",
        "canbo.noivu.bacgiang",
        "tonghop.catinh.bacgiang",
        "lanhdao.catinh.bacgiang",
        "lanhdao.ubnd.bacgiang",
    ] {
        let text = app.anonymous().get(&made(&app.client(user), "")).ok();
        let found = understood(&text);
        assert!(!found.is_empty(), "{user} has deadlines");
        assert_eq!(found.len(), events(&text).len());
    }
}
