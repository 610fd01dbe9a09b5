//! From a clause down to reports and editions: everything on record and nothing else, and each reader their own part.

use std::collections::BTreeSet;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{ClauseId, EditionId, IndicatorId, PeriodId, PlanId, ReportId, RevisionId, TaskId};
use tonghop::db::schema::{
    assignments, clauses, edition_sources, editions, indicators, obligations, periods, plans, regimes,
    reports, revision_task_results, revisions, task_entries, tasks, unit_versions, units,
};
use tonghop::load::{Size, load};

use super::{COMPILER, FOREIGN, OFFICER, tasks_on};
use crate::support::app::TestApp;
use crate::support::client::Client;

/// The clause II.3 of Bắc Giang's plan of 2024: vocational training, jobs, loans.
fn jobs(app: &TestApp) -> (PlanId, ClauseId) {
    app.db
        .read(|conn| {
            let of = clauses::table
                .inner_join(plans::table.inner_join(units::table.on(units::id.eq(plans::province_id))));
            let jobs = of
                .filter(units::code.eq("bg"))
                .filter(plans::issued_year.eq(2024))
                .filter(clauses::path.eq("II.3"));
            Ok::<_, DbError>(jobs.select((plans::id, clauses::id)).first(conn)?)
        })
        .expect("the clause is in the demo")
}

/// The pages of a trace, from the first to the last there is.
fn pages(client: &Client, path: &str) -> Vec<String> {
    let one = |number: usize| client.get(&format!("{path}?page={number}"));
    let mut found = vec![one(1).ok()];
    loop {
        let next = one(found.len() + 1);
        if next.status == 404 {
            return found;
        }
        found.push(next.ok());
    }
}

/// What follows each `before` in a page, up to the next quote.
fn all_after(page: &str, before: &str) -> BTreeSet<String> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn every_revision_that_speaks_of_a_clause_and_every_edition_made_of_it_is_there() {
    let app = TestApp::demo();
    let (plan, _) = jobs(&app);
    // Walked one by one: every clause with those below it, every result, every edition.
    let expected = app.db.read(|conn| {
        let all: Vec<(ClauseId, Option<ClauseId>)> = clauses::table
            .filter(clauses::plan_id.eq(plan))
            .select((clauses::id, clauses::parent_id))
            .load(conn)?;
        let mut pages = Vec::new();
        for (id, _) in &all {
            let mut below = vec![*id];
            while let Some((more, _)) = all
                .iter()
                .find(|(c, parent)| !below.contains(c) && parent.is_some_and(|p| below.contains(&p)))
            {
                below.push(*more);
            }
            let of: Vec<TaskId> =
                tasks::table.filter(tasks::clause_id.eq_any(&below)).select(tasks::id).load(conn)?;
            let (mut lines, mut made) = (BTreeSet::new(), BTreeSet::new());
            let told: Vec<(RevisionId, String)> = revision_task_results::table
                .filter(revision_task_results::task_id.eq_any(&of))
                .select((revision_task_results::revision_id, revision_task_results::body))
                .load(conn)?;
            for (revision, body) in told {
                let (report, number, received): (ReportId, i32, Option<RevisionId>) = revisions::table
                    .inner_join(reports::table)
                    .filter(revisions::id.eq(revision))
                    .select((reports::id, revisions::number, reports::received_revision_id))
                    .first(conn)?;
                let used: Vec<EditionId> = edition_sources::table
                    .inner_join(editions::table)
                    .filter(edition_sources::revision_id.eq(revision))
                    .filter(editions::status.ne("discarded"))
                    .select(editions::id)
                    .load(conn)?;
                if !body.is_empty() && (received == Some(revision) || !used.is_empty()) {
                    lines.insert(format!("{report}?revision={number}#tasks"));
                    made.extend(used.iter().map(ToString::to_string));
                }
            }
            pages.push((*id, lines, made));
        }
        Ok::<_, DbError>(pages)
    });
    let compiler = app.client(COMPILER);
    let mut with_lines = 0;
    for (clause, lines, made) in expected.expect("the plan") {
        let page = pages(&compiler, &format!("/clauses/{clause}/trace")).concat();
        assert_eq!(all_after(&page, "href=\"/reports/"), lines, "clause {clause}");
        let of: BTreeSet<String> = all_after(&page, "Trong <a href=\"/editions/").into_iter().collect();
        assert_eq!(of, made, "clause {clause}");
        with_lines += usize::from(!lines.is_empty() && !made.is_empty());
    }
    assert!(with_lines > 3, "the demo's reports of 2024 speak of the plan");
}

#[test]
fn a_clause_leads_to_the_work_the_report_the_edition_and_its_figures() {
    let app = TestApp::demo();
    let (_, clause) = jobs(&app);
    count(&app, "Phiên giao dịch việc làm lưu động tại Lục Nam", "F02");
    let page = app.client(COMPILER).get(&format!("/clauses/{clause}/trace")).ok();
    assert!(page.contains("Phiên giao dịch việc làm lưu động tại Lục Nam"), "the work");
    assert!(page.contains("Tư vấn, giới thiệu việc làm tại trung tâm và phiên lưu động."), "the report");
    assert!(page.contains("Bản tổng hợp lần 2, "), "the edition");
    // Of the unit's figures those alone toward which its work for the clause counts.
    let figures = all_after(&page, "/figures/");
    assert!(!figures.is_empty() && figures.iter().all(|code| code.starts_with("F02?")), "{figures:?}");
    // The department that had the task of 2024 is gone; its work is told under who holds the task today.
    let line =
        page.split("<tr").find(|row| row.contains("Phiên giao dịch việc làm lưu động")).expect("a row");
    assert!(line.contains("Sở Nội vụ") && line.contains("Sở Lao động"), "{line}");
    for figure in figures.iter().take(3) {
        let edition =
            page.split(&format!("/figures/{figure}")).next().and_then(|rest| rest.rsplit('/').next());
        let path =
            format!("/editions/{}/figures/{}", edition.expect("an edition"), figure.replace("&amp;", "&"));
        let there = app.client(COMPILER).get(path.split('#').next().unwrap_or(&path)).ok();
        assert!(there.contains("Nguồn số liệu của"), "{path}");
    }
}

#[test]
fn each_reader_has_their_own_part() {
    let app = TestApp::demo();
    let (_, clause) = jobs(&app);
    let path = format!("/clauses/{clause}/trace");
    count(&app, "Phiên giao dịch việc làm lưu động tại Lục Nam", "F02");
    // A leader reads every unit's, without single figures of the classified group.
    let leader = app.client("lanhdao.ubnd.bacgiang").get(&path).ok();
    assert!(leader.contains("Phiên giao dịch việc làm lưu động"));
    let codes = all_after(&leader, "/figures/");
    assert!(!codes.is_empty() && codes.iter().all(|code| !code.starts_with('E')), "{codes:?}");
    // The heir has the past of the body it took over, and no editions.
    let heir = app.client("canbo.noivu.bacgiang").get(&path).ok();
    assert!(heir.contains("Phiên giao dịch việc làm lưu động") && heir.contains("/reports/"));
    assert!(!heir.contains("/editions/"));
    // Another department nothing of it.
    let other = app.client("canbo.taichinh.bacgiang").get(&path).ok();
    assert!(!other.contains("Phiên giao dịch") && !other.contains("href=\"/reports/"));
    for (user, status) in [(FOREIGN, 404), ("quantri.bacgiang", 403), ("c11.bocongan", 404)] {
        assert_eq!(app.client(user).get(&path).status, status, "{user}");
    }
    assert_eq!(app.client(COMPILER).get(&format!("{path}?unit=x")).status, 404);
}

#[test]
fn what_a_draft_says_is_nobody_elses() {
    let app = TestApp::demo();
    let [_, digital] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let clause: ClauseId = app
        .db
        .read(|conn| Ok::<_, DbError>(tasks::table.find(digital).select(tasks::clause_id).first(conn)?))
        .expect("its clause");
    // Sở KH&CN is still writing its report of the half-year.
    let drafting: i64 = app
        .db
        .read(|conn| {
            let of = reports::table
                .inner_join(
                    obligations::table.inner_join(units::table.on(units::id.eq(obligations::unit_id))),
                )
                .filter(units::code.eq("bg.khcn"))
                .filter(reports::state.eq("draft"));
            Ok::<_, DbError>(of.select(reports::id).first::<ReportId>(conn)?.0)
        })
        .expect("a draft");
    for user in [COMPILER, OFFICER] {
        let page = app.client(user).get(&format!("/clauses/{clause}/trace")).ok();
        assert!(!page.contains(&format!("href=\"/reports/{drafting}?")), "{user}");
    }
}

/// Lets an entry of the demo count toward an indicator.
fn count(app: &TestApp, text: &str, code: &str) {
    app.db
        .write(|conn| {
            let id: IndicatorId =
                indicators::table.filter(indicators::code.eq(code)).select(indicators::id).first(conn)?;
            let entry = task_entries::table.filter(task_entries::text.eq(text));
            let changed = diesel::update(entry).set(task_entries::indicator_id.eq(id)).execute(conn)?;
            assert_eq!(changed, 1, "{text}");
            Ok::<_, DbError>(())
        })
        .expect("the entry counts");
}

#[test]
fn work_that_counts_toward_a_figure_leads_to_it() {
    let app = TestApp::demo();
    let (_, clause) = jobs(&app);
    let path = format!("/clauses/{clause}/trace");
    let before = app.client(COMPILER).get(&path).ok();
    // In the demo one entry of the clause counts toward a figure, another one.
    let figures = all_after(&before, "/figures/");
    assert!(!figures.is_empty() && figures.iter().all(|figure| figure.starts_with("F02?")), "{figures:?}");
    let code = "F03";
    count(&app, "Phiên giao dịch việc làm lưu động tại Lục Nam", code);
    let after = app.client(COMPILER).get(&path).ok();
    let line = after
        .split("Số liệu việc này cộng vào")
        .skip(1)
        .filter_map(|rest| rest.split("</div>").next())
        .find(|line| line.contains(&format!("/figures/{code}?unit=")));
    assert!(line.is_some(), "a way to the figure");
    assert!(after.contains(&format!("cộng vào {code}")));
    let there = all_after(&after, "href=\"/editions/")
        .into_iter()
        .find(|rest| rest.contains(&format!("/figures/{code}?")));
    let there = format!("/editions/{}", there.expect("a figure").replace("&amp;", "&"));
    let page = app.client(COMPILER).get(there.split('#').next().unwrap_or(&there)).ok();
    let counted = page.split("id=\"counted\"").nth(1).and_then(|rest| rest.split("</ul>").next());
    assert!(counted.is_some_and(|list| list.contains("Phiên giao dịch việc làm")), "{there}");
}

#[test]
fn a_quantity_that_counts_toward_a_classified_figure_stays_with_the_unit_and_its_collector() {
    let app = TestApp::demo();
    let (_, clause) = jobs(&app);
    count(&app, "Phiên giao dịch việc làm lưu động tại Lục Nam", "E01");
    let row = |user: &str| {
        let page = app.client(user).get(&format!("/clauses/{clause}/trace")).ok();
        let row =
            page.split("<li").find(|part| part.contains("Phiên giao dịch việc làm")).expect("the entry");
        row.to_owned()
    };
    for user in [COMPILER, "canbo.noivu.bacgiang"] {
        assert!(row(user).contains("<b>1</b> phiên") && row(user).contains("E01"), "{user}");
    }
    let leader = row("lanhdao.ubnd.bacgiang");
    assert!(!leader.contains("<b>1</b>") && !leader.contains("E01"), "{leader}");
    // The page of the task and the ledger of the period say no more.
    let noted = "Phiên giao dịch việc làm lưu động tại khu công nghiệp";
    count(&app, noted, "E01");
    let (task, period): (TaskId, PeriodId) = app
        .db
        .read(|conn| {
            let of = task_entries::table.filter(task_entries::text.eq(noted));
            let task = of.select(task_entries::task_id).first(conn)?;
            let half = periods::table.inner_join(regimes::table).filter(regimes::code.eq("bac-giang"));
            let half = half.filter(periods::code.eq("2025-H1")).select(periods::id).first(conn)?;
            Ok::<_, DbError>((task, half))
        })
        .expect("the task and the period");
    let (page, ledger) = (format!("/tasks/{task}"), format!("/periods/{period}/evidence"));
    for (path, between) in [(page, "<li"), (ledger, "<tr")] {
        let part = |user: &str| {
            let page = app.client(user).get(&path).ok();
            let told = |part: &&str| part.contains("Phiên giao dịch việc làm");
            page.split(between).find(told).expect("the entry").to_owned()
        };
        let compiler = part(COMPILER);
        assert!(compiler.contains("E01") && compiler.contains("phiên"), "{path}: {compiler}");
        let leader = part("lanhdao.ubnd.bacgiang");
        assert!(!leader.contains("E01") && !leader.contains("1 phiên"), "{path}: {leader}");
    }
}

#[test]
fn many_units_stand_on_several_pages_and_in_one_file() {
    let app = TestApp::empty_on(chrono::NaiveDate::from_ymd_opt(2025, 12, 20).expect("a day"));
    load(&app.db, Size { units: 90, years: 2, indicators: 12, seed: 5 }).expect("the province loads");
    // Walked one by one: everybody who holds a task of the clause, in its every task.
    let (clause, holders): (ClauseId, Vec<String>) = app
        .db
        .read(|conn| {
            let clause: ClauseId = clauses::table.order(clauses::position).select(clauses::id).first(conn)?;
            let held = assignments::table
                .inner_join(tasks::table)
                .inner_join(
                    unit_versions::table.on(assignments::unit_id.eq(unit_versions::unit_id.nullable())),
                )
                .filter(tasks::clause_id.eq(clause));
            Ok::<_, DbError>((clause, held.select(unit_versions::name).load(conn)?))
        })
        .expect("a clause with holders");
    let compiler = app.client("tonghop");
    let path = format!("/clauses/{clause}/trace");
    let found = pages(&compiler, &path);
    let rows = |page: &str| page.matches("<tr><th scope=\"row\" class=\"wide\">").count();
    let each: Vec<usize> = found.iter().map(|page| rows(page)).collect();
    assert!(holders.len() > 60 && found.len() > 1, "{} units on {} pages", holders.len(), found.len());
    assert!(each.iter().all(|rows| (1..=60).contains(rows)), "{each:?}");
    assert_eq!(each.iter().sum::<usize>(), holders.len(), "every row is on one page: {each:?}");
    let whole = found.concat();
    let file = compiler.get(&format!("{path}?csv=comma&table=trace")).ok();
    for name in &holders {
        assert!(whole.contains(name.as_str()) && file.contains(name.as_str()), "{name}");
    }
    let leads = |page: &str, words: &str| page.contains(&format!("\">{words}</a></li>"));
    assert!(leads(&found[0], "Trang sau") && !leads(&found[0], "Trang trước"));
    let last = found.last().expect("a page");
    assert!(leads(last, "Trang trước") && !leads(last, "Trang sau"));
    let count = format!("trong {} dòng", holders.len());
    assert!(found.iter().all(|page| page.contains(&count) && page.contains("4 nhiệm vụ")), "{count}");
    assert_eq!(compiler.get(&format!("{path}?page=0")).status, 404);
}

#[test]
fn entries_beyond_those_that_unfold_stand_on_the_units_own_page() {
    let app = TestApp::demo();
    let [press, _] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let clause: ClauseId = app
        .db
        .read(|conn| Ok::<_, DbError>(tasks::table.find(press).select(tasks::clause_id).first(conn)?))
        .expect("its clause");
    let officer = app.client("canbo.vhttdl.bacgiang");
    for number in 1..=40 {
        let text = format!("Phát thanh lần {number}.");
        let fields = [("done_on", "09/6/2025"), ("text", text.as_str())];
        officer.post(&format!("/tasks/{press}/entries"), &fields).redirected();
    }
    let compiler = app.client(COMPILER);
    let path = format!("/clauses/{clause}/trace");
    let told = |page: &str| page.matches("Phát thanh lần ").count();
    let page = compiler.get(&path).ok();
    assert_eq!(told(&page), 33, "three at once, thirty unfold");
    let link = page.split("\">Xem đủ ").next().and_then(|before| before.rsplit("href=\"").next());
    let link = link.filter(|link| link.starts_with(&format!("{path}?unit="))).expect("a way to the others");
    assert_eq!(told(&compiler.get(link).ok()), 40);
    assert_eq!(told(&compiler.get(&format!("{path}?csv=comma&table=trace")).ok()), 40);
}
