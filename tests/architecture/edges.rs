//! The table of forbidden edges, held against every file.

use super::rules::Rooms::{AllBut, Only};
use super::rules::{PAGES, RULES};
use super::{paths, read_all};

/// Whether `file` (below src) is of the pattern.
fn fits(pattern: &str, file: &str) -> bool {
    let (mut wanted, mut found) = (pattern.split('/'), file.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (Some("**"), Some(_)) => return true,
            (Some("*"), Some(_)) => {}
            (Some(want), Some(part)) if want == part => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// Whether `path` ("units::queries::on_day") lies at or below `room` ("units", "db::ids", "*::pages").
fn lies_in(room: &str, path: &str) -> bool {
    let mut parts = path.split("::");
    room.split("::").all(|want| parts.next().is_some_and(|part| want == "*" || want == part))
}

/// The forbidden edges of one file, in words.
fn forbidden(file: &str, text: &str) -> Vec<String> {
    let inside = file.trim_start_matches("src/");
    let own = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let mut faults = Vec::new();
    for rule in RULES {
        let of = |patterns: &[&str]| patterns.iter().any(|pattern| fits(pattern, inside));
        if !of(rule.files) || of(rule.except) {
            continue;
        }
        for path in paths::inner(file, text) {
            let fine = match rule.rooms {
                Only(rooms) => lies_in(own, &path) || rooms.iter().any(|room| lies_in(room, &path)),
                AllBut(rooms) => !rooms.iter().any(|room| {
                    // A page may name its own pages; `pub mod` in mod.rs is not an import.
                    let own_page =
                        *room == "*::pages" && PAGES.iter().any(|p| fits(p, inside)) && lies_in(own, &path);
                    lies_in(room, &path) && !own_page
                }),
            };
            if !fine && !rule.but.iter().any(|allowed| lies_in(allowed, &path)) {
                faults.push(format!("{file} names crate::{path}: {}", rule.because));
            }
        }
        for outside in rule.outside.iter().filter(|name| paths::names(text, name)) {
            faults.push(format!("{file} names {outside}: {}", rule.because));
        }
    }
    faults
}

#[test]
fn no_room_knows_what_it_must_not() {
    let faults: Vec<String> =
        read_all("src", "rs").iter().flat_map(|(file, text)| forbidden(file, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every rule is for something: the patterns name files that exist.
#[test]
fn every_rule_has_files() {
    let files = read_all("src", "rs");
    for rule in RULES {
        let inside = |file: &str| file.trim_start_matches("src/").to_owned();
        assert!(
            files.iter().any(|(file, _)| rule.files.iter().any(|pattern| fits(pattern, &inside(file)))),
            "no file for: {}",
            rule.because
        );
    }
}

#[test]
fn the_checker_fails_on_made_up_bad_lines() {
    let bad = [
        ("src/vietnamese/sort.rs", "use crate::calendar::Window;"),
        ("src/calendar/due.rs", "use crate::db::Conn;"),
        ("src/calendar/due.rs", "use diesel::prelude::*;"),
        ("src/access/mod.rs", "use crate::units::UnitOn;"),
        ("src/db/mod.rs", "use crate::reports;"),
        ("src/audit/mod.rs", "use crate::units::queries;"),
        ("src/error.rs", "use crate::web::Page;"),
        ("src/workbooks/data.rs", "use crate::db::ids::UnitId;"),
        ("src/workbooks/data.rs", "use crate::consolidation::{content, queries};"),
        ("src/workbooks/data.rs", "use crate::calendar::Clock;"),
        ("src/ooxml/xml.rs", "use crate::vietnamese::clean;"),
        ("src/plan_reader/tree.rs", "use crate::plans::Clause;"),
        ("src/plan_reader/tree.rs", "std::fs::read(path)"),
        ("src/prose_reader/figures.rs", "use crate::reports::Outline;"),
        ("src/prose_reports/outcome.rs", "use crate::db::Conn;"),
        ("src/papers/pdf.rs", "use crate::plan_reader::read;"),
        ("src/documents/body.rs", "use crate::reports::Content;"),
        ("src/documents/body.rs", "use crate::calendar::Clock;"),
        ("src/web/page.rs", "use crate::reports::pages;"),
        ("src/units/queries.rs", "use crate::audit;"),
        ("src/units/queries/register.rs", "use super::super::pages::list;"),
        ("src/units/queries.rs", "use actix_web::web;"),
        ("src/reports/submit.rs", "use crate::{error::Error, web::Posted};"),
        ("src/reports/submit.rs", "fn f() -> actix_web::HttpResponse {}"),
        ("src/reports/submit.rs", "use super::pages::show;"),
        ("src/reports/form.rs", "use crate::web::{FormData, Page};"),
        ("src/reports/pages.rs", "use crate::units::pages::list;"),
        ("src/reports/pages.rs", "use crate::demo::load;"),
        ("src/reports/submit.rs", "use crate::demo;"),
        ("src/people/pages.rs", "use crate::routes::routes;"),
        ("src/demo/mod.rs", "use crate::cli::serve;"),
    ];
    for (file, line) in bad {
        assert!(!forbidden(file, line).is_empty(), "{file}: {line} went through");
    }
    let good = [
        ("src/calendar/due.rs", "use crate::vietnamese::short_date;\nuse super::Window;"),
        ("src/units/queries/register.rs", "use super::super::UnitOn;\nuse crate::db::Conn;"),
        ("src/reports/submit.rs", "use crate::{audit, db::Conn, units::queries};"),
        ("src/reports/form.rs", "use crate::web::FormData;"),
        ("src/reports/pages/show.rs", "use super::list::Row;\nuse crate::web::Page;"),
        ("src/workbooks/data.rs", "use crate::consolidation::content::Identity;"),
        ("src/cli/serve.rs", "use crate::routes::routes;"),
        ("src/main.rs", "tonghop::cli::run()"),
    ];
    for (file, line) in good {
        assert_eq!(forbidden(file, line), Vec::<String>::new());
    }
}
