//! The table of forbidden edges. A rule names files and what they may not know of our own rooms and of outside
//! crates; the first lines of a rule say why.

use super::{paths, read_all};

/// Which rooms of ours a file may name.
enum Rooms {
    /// These and nothing else; its own room always.
    Only(&'static [&'static str]),
    /// Anything but these.
    AllBut(&'static [&'static str]),
}

use Rooms::{AllBut, Only};

struct Rule {
    /// Why, for the message.
    because: &'static str,
    /// Which files: a pattern of path parts, where `*` is any one part and a last `**` any rest.
    files: &'static [&'static str],
    /// Files of the pattern that another rule stands for.
    except: &'static [&'static str],
    rooms: Rooms,
    /// Paths they may name all the same.
    but: &'static [&'static str],
    /// Outside crates they may not name.
    outside: &'static [&'static str],
}

const PAGES: &[&str] = &["*/pages.rs", "*/pages/**"];
const QUERIES: &[&str] = &["*/queries.rs", "*/queries/**"];
/// Rooms that are not slices of the trade.
const FRAME: &[&str] = &["web/**", "cli/**", "demo/**", "load/**", "routes.rs", "lib.rs", "main.rs"];
const TO_THE_BROWSER: &[&str] = &["actix_web", "askama"];
const MACHINERY: &[&str] = &["actix_web", "askama", "diesel", "rust_xlsxwriter"];

const RULES: &[Rule] = &[
    Rule {
        because: "Vietnamese text is pure and knows nobody",
        files: &["vietnamese/**"],
        except: &[],
        rooms: Only(&[]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the calendar is pure: ids and the words of a date",
        files: &["calendar/**"],
        except: &[],
        rooms: Only(&["vietnamese", "db::ids"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "list tables are pure: columns, cells and blocks of text",
        files: &["lists/**"],
        except: &[],
        rooms: Only(&["vietnamese"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "who may do what is pure: ids only",
        files: &["access/**"],
        except: &[],
        rooms: Only(&["db::ids"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the database room stands below every slice",
        files: &["db/**"],
        except: &[],
        rooms: Only(&["calendar"]),
        but: &[],
        outside: TO_THE_BROWSER,
    },
    Rule {
        because: "audit stands below every slice",
        files: &["audit/**"],
        except: &[],
        rooms: Only(&["access", "db", "on_each"]),
        but: &[],
        outside: TO_THE_BROWSER,
    },
    Rule {
        because: "settings are passed, they know nobody",
        files: &["config.rs"],
        except: &[],
        rooms: Only(&[]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the error stands below every slice",
        files: &["error.rs"],
        except: &[],
        rooms: Only(&["db"]),
        but: &[],
        outside: TO_THE_BROWSER,
    },
    Rule {
        because: "writers take plain rows and give bytes: no database, no clock, no web",
        files: &["workbooks/**", "documents/**"],
        except: PAGES,
        rooms: AllBut(&[
            "db",
            "web",
            "audit",
            "cli",
            "routes",
            "people",
            "reports",
            "periods",
            "access",
            "calendar::Clock",
            "calendar::Moment",
            "consolidation::queries",
            "consolidation::pages",
            "indicators::queries",
            "indicators::pages",
        ]),
        but: &[],
        outside: &["actix_web", "askama", "diesel"],
    },
    Rule {
        because: "an Office package is parts and XML: it knows nobody",
        files: &["ooxml/**"],
        except: &[],
        rooms: Only(&[]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "tables as CSV are text in, bytes out: they know nobody",
        files: &["csv_tables/**"],
        except: PAGES,
        rooms: Only(&[]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "opening foreign workbooks knows nobody",
        files: &["sheets/**"],
        except: &[],
        rooms: Only(&[]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the unit's workbook is what a report asks and holds in, bytes out, and back: no database, no clock, no web",
        files: &["unit_workbook/**"],
        except: &[],
        rooms: Only(&["attachments", "indicators", "lists", "reports", "sheets", "vietnamese", "workbooks"]),
        but: &[],
        outside: &["actix_web", "askama", "diesel"],
    },
    Rule {
        because: "when a notice falls, and when a letter is tried again, is pure",
        files: &[
            "notices/schedule.rs",
            "notices/steps.rs",
            "notices/words.rs",
            "notices/digest.rs",
            "mail/backoff.rs",
        ],
        except: &[],
        rooms: Only(&["calendar", "vietnamese", "db::ids"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the room of letters knows nothing of what they tell",
        files: &["mail/**"],
        except: &[],
        rooms: AllBut(&["notices", "reports", "consolidation", "routes", "cli", "demo", "load"]),
        but: &[],
        outside: &["rust_xlsxwriter"],
    },
    Rule {
        because: "the plan reader is pure: text in, what it says out",
        files: &["plan_reader/**"],
        except: &[],
        rooms: Only(&["vietnamese"]),
        but: &[],
        outside: &[
            "actix_web",
            "askama",
            "diesel",
            "rust_xlsxwriter",
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "lopdf",
        ],
    },
    Rule {
        because: "the prose reader is pure: a report as text in, what it says out",
        files: &["prose_reader/**"],
        except: &[],
        rooms: Only(&["calendar", "plan_reader", "vietnamese"]),
        but: &[],
        outside: &[
            "actix_web",
            "askama",
            "diesel",
            "rust_xlsxwriter",
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "lopdf",
        ],
    },
    Rule {
        because: "what would be written of a report in prose, and what does not fit, is pure: no database, no web",
        files: &["prose_reports/choices.rs", "prose_reports/doubts.rs", "prose_reports/outcome.rs"],
        except: &[],
        rooms: Only(&["calendar", "lists", "plan_reader", "prose_reader", "reports", "vietnamese"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "which clause of a unit's plan answers which task, and what using it writes, is pure: no database, no web",
        files: &[
            "unit_plans/answers.rs",
            "unit_plans/cited.rs",
            "unit_plans/doubts.rs",
            "unit_plans/items.rs",
            "unit_plans/kept.rs",
            "unit_plans/linking.rs",
            "unit_plans/outcome.rs",
        ],
        except: &[],
        rooms: Only(&[
            "db::ids",
            "periods",
            "plan_adoption::marks",
            "plan_reader",
            "prose_reader",
            "prose_reports::doubts",
            "reports",
            "vietnamese",
        ]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "what is proposed of a document, and what differs, is pure: no database, no web",
        files: &[
            "plan_adoption/add.rs",
            "plan_adoption/amend.rs",
            "plan_adoption/compare.rs",
            "plan_adoption/draft.rs",
            "plan_adoption/marks.rs",
            "plan_adoption/naming.rs",
            "plan_adoption/propose.rs",
            "plan_adoption/propose_duties.rs",
            "plan_adoption/propose_tasks.rs",
        ],
        except: &[],
        rooms: Only(&[
            "calendar",
            "db::ids",
            "error",
            "plan_reader",
            "plans",
            "regimes",
            "units",
            "vietnamese",
        ]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "where posts stand, and the lines of the ledger, are pure: no database, no web",
        files: &["evidence/ledger.rs", "evidence/platform.rs"],
        except: &[],
        rooms: Only(&["calendar", "db::ids", "vietnamese"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the text of a received paper needs its package and nobody else",
        files: &["papers/**"],
        except: &[],
        rooms: Only(&["ooxml"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the form filler is pure: a workbook and values by name in, bytes out",
        files: &["form_filler/**"],
        except: &[],
        rooms: Only(&["ooxml", "vietnamese"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "Word documents are plain rows, their words and the package they are stored in",
        files: &["documents/**"],
        except: &[],
        rooms: Only(&["ooxml", "vietnamese"]),
        but: &[],
        outside: MACHINERY,
    },
    Rule {
        because: "the web edge knows sessions, and no slice's pages",
        files: &["web/**"],
        except: &[],
        rooms: Only(&["access", "audit", "calendar", "db", "error", "people", "vietnamese"]),
        but: &["attachments::Limits", "mail::Settings", "notices::queries::unread"],
        outside: &["rust_xlsxwriter"],
    },
    Rule {
        because: "a slice's queries are SQL and rows: no pages, no web, no audit",
        files: QUERIES,
        except: &[],
        rooms: AllBut(&["web", "routes", "cli", "audit", "demo", "load", "*::pages"]),
        but: &[],
        outside: TO_THE_BROWSER,
    },
    Rule {
        because: "rules and use cases know neither pages nor web",
        files: &["*/**"],
        except: &["web/**", "cli/**", "*/pages.rs", "*/pages/**", "*/form.rs"],
        rooms: AllBut(&["web", "routes", "cli", "*::pages"]),
        but: &[],
        outside: TO_THE_BROWSER,
    },
    Rule {
        because: "a form parses what was typed, and knows nothing else of the web",
        files: &["*/form.rs"],
        except: &["web/**"],
        rooms: AllBut(&["web", "routes", "cli", "audit", "*::pages"]),
        but: &["web::FormData"],
        outside: TO_THE_BROWSER,
    },
    Rule {
        because: "pages know their own slice and other slices' reads, not other slices' pages",
        files: PAGES,
        except: &[],
        rooms: AllBut(&["routes", "cli", "demo", "load", "*::pages"]),
        but: &[],
        outside: &["rust_xlsxwriter"],
    },
    Rule {
        because: "the demo and the synthetic province are for the command line and the tests",
        files: &["*/**"],
        except: FRAME,
        rooms: AllBut(&["demo", "load"]),
        but: &[],
        outside: &[],
    },
    Rule {
        because: "nobody imports the routes but the server that serves them",
        files: &["**"],
        except: &["cli/serve.rs", "lib.rs"],
        rooms: AllBut(&["routes"]),
        but: &[],
        outside: &[],
    },
    Rule {
        because: "nobody imports the command line but the program itself",
        files: &["**"],
        except: &["cli/**", "main.rs"],
        rooms: AllBut(&["cli"]),
        but: &[],
        outside: &[],
    },
];

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
