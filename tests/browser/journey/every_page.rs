//! Every page each role can reach, at both screens: it fits, axe finds nothing, the browser complains of nothing,
//! and a picture of it is kept under target/screenshots for eyes.

use super::{Desk, links};
use crate::support::browser::Screen;

/// Each role, and somebody who has it.
pub const PEOPLE: [(&str, &str); 7] = [
    ("officer", "canbo.khcn.bacgiang"),
    ("unit-leader", "lanhdao.gddt.bacgiang"),
    ("compiler", "tonghop.catinh.bacgiang"),
    ("compiling-leader", "lanhdao.catinh.bacgiang"),
    ("leader", "lanhdao.ubnd.bacgiang"),
    ("ministry", "c11.bocongan"),
    ("administrator", "quantri.bacgiang"),
];

fn sweep(role: &str, screen: Screen) {
    let desk = Desk::open(screen);
    let username = PEOPLE.iter().find(|(name, _)| *name == role).map(|(_, username)| *username);
    let username = username.expect("a role of the table");
    let mut pages: Vec<String> = links::crawl(&desk.app, username).0.into_values().collect();
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
    desk.sign_in(username);
    let size = match screen {
        Screen::Desktop => "desktop",
        Screen::Phone => "phone",
    };
    let mut faults = Vec::new();
    for path in pages {
        desk.go(&path);
        let kind = links::kind(&path).replace('?', "-part");
        let name =
            kind.split('/').map(|part| if part == "n" { "one" } else { part }).collect::<Vec<_>>().join("-");
        desk.browser.screenshot(&format!("{role}{name}-{size}"));
        let sideways = desk.browser.overflow();
        if sideways > 0 {
            faults.push(format!("{path} sticks out by {sideways} px"));
        }
        faults.extend(desk.complaints().into_iter().map(|line| format!("{path}: {line}")));
        faults.extend(desk.browser.axe().into_iter().map(|line| format!("{path}: {line}")));
    }
    assert_eq!(faults, Vec::<String>::new());
}

macro_rules! sweeps {
    ($($name:ident: $role:literal;)*) => {$(
        mod $name {
            use crate::support::browser::Screen;

            #[test]
            fn on_an_office_screen() {
                super::sweep($role, Screen::Desktop);
            }

            #[test]
            fn on_a_phone() {
                super::sweep($role, Screen::Phone);
            }
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
