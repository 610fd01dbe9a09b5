//! The body that collects for a province is merged into another: what it collected before stays the base of every
//! comparison, and its periods stay readable to whoever goes on.

use diesel::prelude::*;
use tonghop::consolidation::{collected, collected_beside};
use tonghop::db::ids::{PeriodId, UnitId};
use tonghop::db::schema::{obligations, periods, regimes};
use tonghop::error::Error;
use tonghop::unit_changes::Kind;
use tonghop::unit_changes::plan::Choices;

use super::scene::{carry_out, day, event, unit, whole};
use crate::support::app::{TempDir, TestApp};

/// The police, which collect for the province, pass into the department of science on 01/8/2025.
fn merged(app: &TestApp) -> (UnitId, UnitId) {
    app.db
        .write(|conn| {
            let (police, heir) = (unit(conn, "bg.ca"), unit(conn, "bg.khcn"));
            let event = event(Kind::Merge, "2025-08-01", vec![whole(police, heir)]);
            carry_out(conn, &event, &Choices::default())?;
            Ok::<_, Error>((police, heir))
        })
        .expect("the merger")
}

fn period(app: &TestApp, code: &str) -> PeriodId {
    let of = periods::table.inner_join(regimes::table).filter(regimes::code.eq("bac-giang"));
    let of = of.filter(periods::code.eq(code)).select(periods::id);
    app.db.read(|conn| Ok::<_, Error>(of.first(conn)?)).expect("a period")
}

#[test]
fn the_province_is_compared_with_what_its_collector_of_then_collected() {
    let app = TestApp::demo_on(day("2025-08-20"));
    let (year, before, half) = (period(&app, "2025-Y"), period(&app, "2024-Y"), period(&app, "2025-H1"));
    // The cells of the column of last year, row by row.
    let compared = || -> Vec<String> {
        let client = app.client("tonghop.catinh.bacgiang");
        let html = client.get(&format!("/periods/{year}/consolidation")).ok();
        let cells = html.split("data-label=\"Cùng kỳ\"").skip(1);
        cells.filter_map(|rest| rest.split("</td>").next()).map(str::to_owned).collect()
    };
    let filled = |cells: &[String]| cells.iter().filter(|c| c.chars().any(|c| c.is_ascii_digit())).count();
    let first = compared();
    assert!(filled(&first) > 5, "{first:?}");
    app.db
        .write(|conn| {
            let (police, heir) = (unit(conn, "bg.ca"), unit(conn, "bg.khcn"));
            carry_out(
                conn,
                &event(Kind::Merge, "2025-08-01", vec![whole(police, heir)]),
                &Choices::default(),
            )?;
            // Both the year before and the half-year decided in the old order were collected by the police.
            assert_eq!(collected(conn, before, heir)?, [police]);
            assert_eq!(collected(conn, half, heir)?, [police]);
            // Whoever collects a part of the province is not behind it.
            let other = unit(conn, "bg.yte");
            assert_eq!(collected(conn, before, other)?, [other]);
            Ok::<_, Error>(())
        })
        .expect("the merger");
    let after = filled(&compared());
    assert!(after > 5, "{after} lines are still beside last year");
}

/// Cells of a page that hold a digit, under one heading.
fn filled(html: &str, label: &str) -> usize {
    let heading = format!("data-label=\"{label}\"");
    let cells = html.split(&heading).skip(1);
    let texts = cells.filter_map(|rest| rest.split("</td>").next());
    texts.filter(|cell| cell.chars().any(|c| c.is_ascii_digit())).count()
}

#[test]
fn a_leader_compares_a_period_that_stayed_with_the_old_collector() {
    let app = TestApp::demo_on(day("2025-08-20"));
    let half = period(&app, "2025-H1");
    let page = format!("/periods/{half}/comparison");
    let leader = || app.client("lanhdao.ubnd.bacgiang");
    let before = filled(&leader().get(&page).ok(), "Kỳ này");
    assert!(before > 10);
    merged(&app);
    for base in ["same", "previous", "year"] {
        let now = filled(&leader().get(&format!("{page}?base={base}")).ok(), "Kỳ này");
        assert!(now > 5, "{base}: {now}");
    }
    assert_eq!(filled(&leader().get(&page).ok(), "Kỳ này"), before, "every line has its number as before");
    // The people who go on compare it too, unit by unit.
    let compiler = app.client("tonghop.catinh.bacgiang");
    assert_eq!(filled(&compiler.get(&page).ok(), "Kỳ này"), before);
    assert_eq!(compiler.get(&format!("{page}?indicator=B04")).status, 200);
}

/// Of two bodies that each collect a part of a period under nobody, every reader is told: a comparison joins them where they
/// are one now, and a page of totals, which reads one, names the other.
#[test]
fn a_part_is_called_a_part() {
    let app = TestApp::demo_on(day("2025-06-10"));
    let half = period(&app, "2025-H1");
    let (police, health) = app
        .db
        .write(|conn| {
            let (police, health) = (unit(conn, "bg.ca"), unit(conn, "bg.yte"));
            assert!(collected_beside(conn, half, police)?.is_empty());
            let moved: Vec<UnitId> =
                ["bg.hiephoa", "bg.yenthe", "bg.yte"].iter().map(|code| unit(conn, code)).collect();
            let of = obligations::table.filter(obligations::period_id.eq(half));
            diesel::update(of.filter(obligations::unit_id.eq_any(moved)))
                .set(obligations::collector_id.eq(health))
                .execute(conn)?;
            Ok::<_, Error>((police, health))
        })
        .expect("another collector");
    app.db
        .read(|conn| {
            assert_eq!(collected_beside(conn, half, police)?, [health]);
            assert_eq!(collected(conn, half, police)?, [police], "it is behind nobody");
            Ok::<_, Error>(())
        })
        .expect("who collected");
    let leader = app.client("lanhdao.ubnd.bacgiang");
    for page in [format!("/periods/{half}/indicators"), format!("/periods/{half}/indicators/B04")] {
        assert!(leader.get(&page).ok().contains("Chưa gồm phần do Sở Y tế tổng hợp"), "{page}");
    }
    assert!(leader.get("/overview").ok().contains("chưa gồm phần do Sở Y tế tổng hợp"));
}

#[test]
fn the_command_line_exports_what_the_old_collector_approved() {
    let app = TestApp::demo_on(day("2025-08-20"));
    let folder = TempDir::new();
    let export = |out: &std::path::Path| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tonghop"));
        command.args(["export", "--database-url", &app.database_url(), "--regime", "bac-giang"]);
        let run = command.args(["--period", "2024-H1", "--out"]).arg(out).output().expect("it runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        std::fs::read(out).expect("a workbook")
    };
    let before = export(&folder.0.join("before.xlsx"));
    let (police, heir) = merged(&app);
    let half = period(&app, "2024-H1");
    let (collector, kept): (UnitId, Vec<UnitId>) = app
        .db
        .read(|conn| {
            let of = regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::collector_id);
            Ok::<_, Error>((of.first(conn)?, collected(conn, half, heir)?))
        })
        .expect("the regime");
    assert_eq!((collector, kept), (heir, vec![police]), "collected under an old name");
    assert!(export(&folder.0.join("after.xlsx")) == before, "the very bytes that were approved");
}
