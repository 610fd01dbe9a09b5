//! The sweep: every page with an id, over every row of the demo, as five people. What is foreign by a rule counted
//! here from the codes of units is 404 everywhere, and the draft of a unit is nobody else's.

use diesel::prelude::*;
use tonghop::db::Conn;
use tonghop::db::schema::{
    clauses, drafts, drops, editions, form_drafts, forms, legacy_tables, memberships, obligations, periods,
    plan_uploads, plans, recipient_forms, regimes, reports, task_entries, tasks, unit_change_lines, units,
};
use tonghop::error::Error;

use super::subjects::recipient_form;
use super::table::{Route, routes};
use crate::support::app::TestApp;

/// One row of the demo that has pages, and the codes that say whose it is.
struct Thing {
    /// The first part of its address.
    room: &'static str,
    id: i64,
    /// "bg", "la", "vt", or "bo" for the Ministry.
    province: String,
    /// The unit it belongs to: who owes it; "" where it is the whole province's.
    unit: String,
    /// Code of the collecting unit; "" where nobody collects it.
    collector: String,
    /// An edition that went out.
    approved: bool,
}

/// Somebody, and what exists for them.
type Person = (&'static str, fn(&Thing) -> bool);

/// Rooms that the whole province reads.
const OPEN_ROOMS: [&str; 11] = [
    "units",
    "unit-changes",
    "plans",
    "tasks",
    "clauses",
    "regimes",
    "forms",
    "form-drafts",
    "people",
    "memberships",
    "recipient-forms",
];
/// Rooms whose rows are owed by one unit.
const OWED_ROOMS: [&str; 2] = ["reports", "obligations"];
/// The room whose rows have a page for the unit that noted them and nobody else.
const NOTED: &str = "task-entries";
/// The room whose rows are those of who collects, and of nobody else.
const DROPPED: &str = "drops";
const TABLES: &str = "legacy-tables";
const UPLOADS: &str = "plan-uploads";

const PEOPLE: [Person; 5] = [
    ("canbo.khcn.bacgiang", |thing| {
        (OPEN_ROOMS.contains(&thing.room) && thing.province == "bg")
            || ((OWED_ROOMS.contains(&thing.room) || thing.room == NOTED)
                && ["bg.khcn", "bg.tttt"].contains(&thing.unit.as_str()))
    }),
    ("tonghop.catinh.bacgiang", |thing| {
        (OPEN_ROOMS.contains(&thing.room) && thing.province == "bg") || thing.collector == "bg.ca"
    }),
    ("lanhdao.ubnd.longan", |thing| {
        thing.province == "la" && ![NOTED, DROPPED, TABLES, UPLOADS].contains(&thing.room)
    }),
    ("c11.bocongan", |thing| thing.room == "editions" && thing.approved && thing.collector.ends_with(".ca")),
    ("canbo.tttt.bacgiang", |_| false),
];

#[test]
fn nothing_foreign_exists() {
    let app = TestApp::demo();
    begin_form_drafts(&app);
    for administrator in ["quantri.bacgiang", "quantri.longan"] {
        recipient_form(&app, administrator);
    }
    begin_drops(&app);
    // Tables of past periods, which the demo has none of.
    crate::legacy_tables::left_open(&app, "tonghop.catinh.bacgiang", ("bac-giang", "2023-H1"));
    crate::legacy_tables::left_open(&app, "tonghop.catinh.longan", ("long-an", "2024-Y"));
    for compiler in ["tonghop.catinh.bacgiang", "tonghop.catinh.longan"] {
        crate::plan_adoption::left_open(&app, compiler);
    }
    let things = app.db.read(|conn| Ok::<_, Error>(things(conn)?)).expect("the demo");
    let pages: Vec<Route> = routes()
        .into_iter()
        .filter(|route| route.method == "GET" && route.path.contains("/{id}"))
        // The catalogue is one for all provinces.
        .filter(|route| !route.path.starts_with("/indicators/"))
        .collect();
    for page in &pages {
        let walked = things.iter().any(|thing| thing.room == room(page));
        assert!(walked, "{} is in no room the sweep knows", page.path);
    }
    let mut faults = Vec::new();
    std::thread::scope(|scope| {
        let running: Vec<_> = PEOPLE
            .iter()
            .map(|person| {
                let (app, things, pages) = (&app, &things, &pages);
                scope.spawn(move || sweep(app, *person, things, pages))
            })
            .collect();
        for thread in running {
            faults.extend(thread.join().expect("a thread that ends"));
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The draft of a form's next version in two provinces, which the demo does not have.
fn begin_form_drafts(app: &TestApp) {
    for (compiler, code) in [("tonghop.catinh.bacgiang", "bac-giang"), ("tonghop.catinh.longan", "long-an")] {
        let form: i64 = app
            .db
            .read(|conn| {
                let of = forms::table.inner_join(regimes::table).filter(regimes::code.eq(code));
                Ok::<_, Error>(of.order(forms::id).select(forms::id).first(conn)?)
            })
            .expect("a form");
        app.client(compiler).post(&format!("/forms/{form}/draft"), &[]).redirected();
    }
}

/// Each compiler drops a file, which the demo has nothing of.
fn begin_drops(app: &TestApp) {
    for (compiler, code) in [("tonghop.catinh.bacgiang", "bac-giang"), ("tonghop.catinh.longan", "long-an")] {
        let period: i64 = app
            .db
            .read(|conn| {
                let of = periods::table.inner_join(regimes::table).filter(regimes::code.eq(code));
                Ok::<_, Error>(of.filter(periods::code.eq("2025-Y")).select(periods::id).first(conn)?)
            })
            .expect("a period");
        let client = app.client(compiler);
        let fields = [("csrf", client.csrf.as_str()), ("received_number", "1"), ("received_on", "9/6/2025")];
        let path = format!("/periods/{period}/drops");
        client.post_file(&path, &fields, ("files", "a.xlsx", b"xin chao")).redirected();
    }
}

fn sweep(app: &TestApp, person: Person, things: &[Thing], pages: &[Route]) -> Vec<String> {
    let (username, exists) = person;
    let client = app.client(username);
    let mut faults = Vec::new();
    for thing in things {
        if exists(thing) {
            let path = format!("/{}/{}", thing.room, thing.id);
            let status = client.get(&path).status;
            if !matches!(status, 200 | 403) {
                faults.push(format!("{path} exists for {username} and answered {status}"));
            }
            continue;
        }
        for page in pages.iter().filter(|page| room(page) == thing.room) {
            let copies = if page.path.contains("{copy}") { vec!["ministry", "internal"] } else { vec![""] };
            for copy in copies {
                let path = page.path.replace("{id}", &thing.id.to_string());
                let path = path.replace("{n}", "1").replace("{copy}", copy);
                let status = client.get(&path).status;
                if status != 404 {
                    faults.push(format!("{path} is foreign to {username} and answered {status}"));
                }
            }
        }
    }
    faults
}

#[test]
fn a_draft_never_leaves_its_unit() {
    let app = TestApp::demo();
    let with_draft: Vec<(i64, i64, String)> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                reports::table
                    .inner_join(drafts::table)
                    .inner_join(
                        obligations::table.inner_join(units::table.on(units::id.eq(obligations::unit_id))),
                    )
                    .filter(units::code.like("bg.%"))
                    .select((reports::id, obligations::period_id, units::code))
                    .load(conn)?,
            )
        })
        .expect("drafts");
    assert!(with_draft.len() > 3, "the demo has {} drafts", with_draft.len());
    // A word of the draft that stands nowhere else in the database: what the unit's own officer now types.
    let officer = app.client("canbo.khcn.bacgiang");
    let (report, period, _) =
        with_draft.iter().find(|(.., code)| code == "bg.khcn").expect("one of Sở KH&CN");
    let page = officer.get(&format!("/reports/{report}/draft")).ok();
    let version = crate::support::client::hidden(&page, "version").expect("the draft's version");
    let field =
        page.split("name=\"section.").nth(1).and_then(|rest| rest.split('"').next()).expect("a section");
    let word = "Chuachodonvingoaiduocdoc";
    let saved = officer.post(
        &format!("/reports/{report}/draft"),
        &[("version", version.as_str()), (&format!("section.{field}"), word)],
    );
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(officer.get(&format!("/reports/{report}")).ok().contains(word));
    for username in ["tonghop.catinh.bacgiang", "lanhdao.catinh.bacgiang", "lanhdao.ubnd.bacgiang"] {
        let client = app.client(username);
        for path in [
            format!("/reports/{report}"),
            format!("/periods/{period}"),
            format!("/periods/{period}/consolidation"),
            "/overview".to_owned(),
            "/periods".to_owned(),
        ] {
            let answer = client.get(&path);
            assert!(!answer.text().contains(word), "{path} shows {username} the draft of another unit");
        }
    }
}

/// "plans" of "/plans/{id}/edit".
fn room(route: &Route) -> &str {
    route.path.split('/').nth(1).unwrap_or_default()
}

/// Everything of the demo that has a page of its own.
fn things(conn: &mut Conn) -> QueryResult<Vec<Thing>> {
    let codes: std::collections::HashMap<i64, String> =
        units::table.select((units::id, units::code)).load::<(i64, String)>(conn)?.into_iter().collect();
    let code = |id: i64| codes[&id].clone();
    let province = |id: i64| codes[&id].split('.').next().unwrap_or_default().to_owned();
    let of_province = |room, id, of: i64| Thing {
        room,
        id,
        province: province(of),
        unit: String::new(),
        collector: String::new(),
        approved: false,
    };
    let mut all: Vec<Thing> = codes.keys().map(|id| of_province("units", *id, *id)).collect();
    for (id, from) in unit_change_lines::table
        .select((unit_change_lines::change_id, unit_change_lines::from_unit_id.assume_not_null()))
        .load::<(i64, i64)>(conn)?
    {
        all.push(of_province("unit-changes", id, from));
    }
    for (id, person, of) in memberships::table
        .select((memberships::id, memberships::person_id, memberships::unit_id))
        .load::<(i64, i64, i64)>(conn)?
    {
        all.push(of_province("memberships", id, of));
        all.push(of_province("people", person, of));
    }
    for (id, of) in plans::table.select((plans::id, plans::province_id)).load::<(i64, i64)>(conn)? {
        all.push(of_province("plans", id, of));
    }
    let of_plan = tasks::table.inner_join(plans::table).select((tasks::id, plans::province_id));
    all.extend(of_plan.load::<(i64, i64)>(conn)?.into_iter().map(|(id, of)| of_province("tasks", id, of)));
    let of_plan = clauses::table.inner_join(plans::table).select((clauses::id, plans::province_id));
    all.extend(of_plan.load::<(i64, i64)>(conn)?.into_iter().map(|(id, of)| of_province("clauses", id, of)));
    for (id, of) in regimes::table.select((regimes::id, regimes::province_id)).load::<(i64, i64)>(conn)? {
        all.push(of_province("regimes", id, of));
    }
    let of_regime = forms::table.inner_join(regimes::table).select((forms::id, regimes::province_id));
    all.extend(of_regime.load::<(i64, i64)>(conn)?.into_iter().map(|(id, of)| of_province("forms", id, of)));
    let of_regime =
        form_drafts::table.inner_join(regimes::table).select((form_drafts::id, regimes::province_id));
    all.extend(
        of_regime.load::<(i64, i64)>(conn)?.into_iter().map(|(id, of)| of_province("form-drafts", id, of)),
    );
    for (id, of) in recipient_forms::table
        .select((recipient_forms::id, recipient_forms::province_id))
        .load::<(i64, i64)>(conn)?
    {
        all.push(of_province("recipient-forms", id, of));
    }
    for (id, of, collector) in periods::table
        .inner_join(regimes::table)
        .select((periods::id, regimes::province_id, regimes::collector_id))
        .load::<(i64, i64, i64)>(conn)?
    {
        all.push(Thing { collector: code(collector), ..of_province("periods", id, of) });
    }
    for (report, duty, of, unit, collector) in reports::table
        .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
        .select((
            reports::id,
            obligations::id,
            regimes::province_id,
            obligations::unit_id,
            // Who collects for the whole regime sees every level of it.
            regimes::collector_id,
        ))
        .load::<(i64, i64, i64, i64, i64)>(conn)?
    {
        for (room, id) in [("reports", report), ("obligations", duty)] {
            all.push(Thing { unit: code(unit), collector: code(collector), ..of_province(room, id, of) });
        }
    }
    for (id, unit, of) in task_entries::table
        .inner_join(tasks::table.inner_join(plans::table))
        .select((task_entries::id, task_entries::unit_id, plans::province_id))
        .load::<(i64, i64, i64)>(conn)?
    {
        all.push(Thing { unit: code(unit), ..of_province("task-entries", id, of) });
    }
    for (id, collector) in drops::table.select((drops::id, drops::unit_id)).load::<(i64, i64)>(conn)? {
        all.push(Thing { collector: code(collector), ..of_province(DROPPED, id, collector) });
    }
    for (id, collector) in
        legacy_tables::table.select((legacy_tables::id, legacy_tables::unit_id)).load::<(i64, i64)>(conn)?
    {
        all.push(Thing { collector: code(collector), ..of_province(TABLES, id, collector) });
    }
    for (id, collector) in
        plan_uploads::table.select((plan_uploads::id, plan_uploads::unit_id)).load::<(i64, i64)>(conn)?
    {
        all.push(Thing { collector: code(collector), ..of_province(UPLOADS, id, collector) });
    }
    for (id, collector, status) in editions::table
        .select((editions::id, editions::collector_id, editions::status))
        .load::<(i64, i64, String)>(conn)?
    {
        let collected = of_province("editions", id, collector);
        all.push(Thing { collector: code(collector), approved: status != "draft", ..collected });
    }
    Ok(all)
}
