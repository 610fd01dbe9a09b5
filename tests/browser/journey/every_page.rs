//! Every page each role can reach: no link is dead, and at both screens each page fits, axe finds nothing, the browser
//! complains of nothing, and a picture of it is kept under target/screenshots for eyes.

use super::{Desk, links};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

/// Each role, and somebody who has it.
const PEOPLE: [(&str, &str); 7] = [
    ("officer", "canbo.khcn.bacgiang"),
    ("unit-leader", "lanhdao.gddt.bacgiang"),
    ("compiler", "tonghop.catinh.bacgiang"),
    ("compiling-leader", "lanhdao.catinh.bacgiang"),
    ("leader", "lanhdao.ubnd.bacgiang"),
    ("ministry", "c11.bocongan"),
    ("administrator", "quantri.bacgiang"),
];

/// The screens at which a role's pages are looked at. On PostgreSQL the crawl still opens every page of every role;
/// what a browser makes of a page depends on its HTML, which is looked at on SQLite. One role is swept on both.
fn screens(role: &str, backend: &str) -> &'static [Screen] {
    match (backend, role) {
        ("sqlite", _) => &[Screen::Desktop, Screen::Phone],
        (_, "compiler") => &[Screen::Desktop],
        _ => &[],
    }
}

fn sweep(role: &str) {
    let username = PEOPLE.iter().find(|(name, _)| *name == role).map(|(_, username)| *username);
    let username = username.expect("a role of the table");
    let app = TestApp::demo();
    let (found, dead) = links::crawl(&app, username);
    assert_eq!(dead, Vec::<String>::new());
    let mut pages: Vec<String> = found.into_values().collect();
    // Pages a button leads to, not a link.
    let checks: Vec<String> = pages
        .iter()
        .filter_map(|page| page.strip_suffix("/draft"))
        .map(|report| format!("{report}/check"))
        .collect();
    pages.extend(checks);
    // A table by unit is as wide as its group has indicators: every group of a page that has one is opened.
    let by_unit = |page: &&String| {
        page.contains("/consolidation?group=") || page.contains("/editions/") && page.contains("?group=")
    };
    let groups: Vec<String> = pages
        .iter()
        .filter(by_unit)
        .filter_map(|page| page.split_once("?group=").map(|(path, _)| path))
        .flat_map(|path| ["A", "B", "C", "D"].map(|group| format!("{path}?group={group}")))
        .collect();
    pages.retain(|page| !groups.contains(page));
    pages.extend(groups);
    // The guide is the same for everybody, and looked at below.
    pages.retain(|page| !page.starts_with("/guide/"));
    let mut app = app;
    let mut faults = Vec::new();
    for screen in screens(role, app.db.backend()) {
        let desk = Desk { app, browser: Browser::start(*screen) };
        faults.extend(look_at(&desk, role, username, *screen, &pages));
        app = desk.app;
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// What is wrong with these pages on one screen.
fn look_at(desk: &Desk, role: &str, username: &str, screen: Screen, pages: &[String]) -> Vec<String> {
    desk.browser.keep_axe();
    desk.sign_in(username);
    let size = match screen {
        Screen::Desktop => "desktop",
        Screen::Phone => "phone",
    };
    let mut faults = Vec::new();
    for path in pages {
        desk.go(path);
        let kind = links::kind(path).replace('?', "-part");
        let name =
            kind.split('/').map(|part| if part == "n" { "one" } else { part }).collect::<Vec<_>>().join("-");
        desk.browser.screenshot(&format!("{role}{name}-{size}"));
        let sideways = desk.browser.overflow();
        if sideways > 0 {
            faults.push(format!("{path} sticks out by {sideways} px on the {size}"));
        }
        let heard = desk.complaints().into_iter().chain(desk.browser.axe());
        faults.extend(heard.map(|line| format!("{path} on the {size}: {line}")));
    }
    faults
}

macro_rules! sweeps {
    ($($name:ident: $role:literal;)*) => {$(
        #[test]
        fn $name() {
            sweep($role);
        }
    )*};
}

sweeps! {
    officer: "officer";
    unit_leader: "unit-leader";
    compiler: "compiler";
    compiling_leader: "compiling-leader";
    leader: "leader";
    ministry: "ministry";
    administrator: "administrator";
}

#[test]
fn pages_for_anybody() {
    for screen in [Screen::Desktop, Screen::Phone] {
        let desk = Desk::open(screen);
        desk.browser.keep_axe();
        desk.go("/sign-in");
        desk.browser.see("Đăng nhập");
        desk.sound();
        for part in &tonghop::guide::PARTS {
            desk.go(&format!("/guide/{}", part.name));
            desk.browser.see(&part.shown().jobs[0].words);
            desk.sound();
        }
        desk.go("/sign-in");
        desk.browser.fill("Tên đăng nhập", "khong.co.ai");
        desk.browser.fill("Mật khẩu", "sai-mat-khau");
        desk.browser.click_text("Đăng nhập");
        desk.browser.see("Chưa đăng nhập được");
        assert!(desk.browser.overflow() <= 0);
        assert_eq!(desk.browser.axe(), Vec::<String>::new());
    }
}
