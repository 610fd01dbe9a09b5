//! Two departments become one while the report of the first is received and that of the second is still to come: each part is
//! told for itself, and no figure that was received goes out of sight.

use diesel::prelude::*;
use tonghop::db::Conn;
use tonghop::db::ids::{ObligationId, PeriodId};
use tonghop::db::schema::{obligations, periods, regimes, reports, unit_versions, units};
use tonghop::error::Error;
use tonghop::unit_changes::plan::{Choices, Fate};
use tonghop::unit_changes::{Body, Kind, Line};

use super::scene::{carry_out, event, founded, unit};
use crate::reports::report_of;
use crate::support::app::TestApp;
use crate::support::client::Client;

const TOGETHER: &str = "Sở Nội vụ, Khoa học và Công nghệ";

/// A department of Bắc Giang whose report of the first half of 2025 stands so: code and name.
fn department(conn: &mut Conn, state: &[&str]) -> (String, String) {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .inner_join(reports::table)
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(units::id)))
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq("2025-H1"))
        .filter(reports::state.eq_any(state))
        .filter(obligations::standing.eq("owed"))
        .filter(unit_versions::kind_code.eq("department"))
        .filter(unit_versions::valid_to.is_null())
        .filter(units::code.ne("bg.ca"))
        .order(units::id)
        .select((units::code, unit_versions::name))
        .first(conn)
        .expect("a department")
}

struct Scene {
    app: TestApp,
    period: PeriodId,
    received: String,
    open: String,
    /// Code of the body whose report is open, without its province.
    officer: String,
    report: String,
}

/// The two bodies become one on 20/6/2025; the open report passes to it.
fn scene() -> Scene {
    let app = TestApp::demo_on("2025-06-20".parse().expect("a day"));
    let (received, open, period) = app
        .db
        .write(|conn| {
            let received = department(conn, &["received"]);
            let open = department(conn, &["not_begun", "draft"]);
            let (one, other) = (unit(conn, &received.0), unit(conn, &open.0));
            let (duty, period): (ObligationId, PeriodId) = obligations::table
                .inner_join(periods::table.inner_join(regimes::table))
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2025-H1"))
                .filter(obligations::unit_id.eq(other))
                .filter(obligations::part.eq("own"))
                .select((obligations::id, periods::id))
                .first(conn)?;
            let mut event = event(Kind::Merge, "2025-06-20", vec![]);
            event.new_units = vec![founded(TOGETHER, "department", unit(conn, "bg.ubnd"))];
            event.lines =
                [one, other].map(|from| Line { from, to: Some(Body::New(0)), function: None }).to_vec();
            let mut choices = Choices::default();
            choices.duties.insert(duty, Fate::Pass(Body::New(0)));
            carry_out(conn, &event, &choices)?;
            Ok::<_, Error>((received, open, period))
        })
        .expect("they become one");
    let code = app.db.read(|conn| {
        let of = units::table.inner_join(unit_versions::table.on(unit_versions::unit_id.eq(units::id)));
        let of = of.filter(unit_versions::name.eq(TOGETHER));
        Ok::<_, Error>(of.select(units::code).first::<String>(conn)?)
    });
    let report = report_of(&app, &code.expect("its code"), "2025-H1").to_string();
    let officer = open.0.rsplit('.').next().unwrap_or_default().to_owned();
    Scene { app, period, received: received.1, open: open.1, officer, report }
}

/// The cells of the row of a unit, the first its head.
fn row(html: &str, name: &str) -> Vec<String> {
    let row = html
        .split("<tr>")
        .find(|row| row.starts_with(&format!("<th scope=\"row\">{name}<")))
        .unwrap_or_else(|| panic!("no row of {name}: {html}"));
    let row = row.split("</tr>").next().unwrap_or_default();
    row.split("<t").skip(1).map(|cell| plain(&format!("<t{cell}"))).collect()
}

/// What is seen of it: no tags, nothing for screen readers only.
fn plain(html: &str) -> String {
    let html = html.split("<span class=\"vh\">").enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once("</span>").map_or("", |(_, rest)| rest),
    });
    let html: String = html.collect();
    let text: String = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn by_unit(client: &Client, period: PeriodId, group: &str, lens: &str) -> String {
    client.get(&format!("/periods/{period}/consolidation?group={group}&lens={lens}")).ok()
}

#[test]
fn what_one_part_reported_is_in_the_row_of_both() {
    let Scene { app, period, received, open, .. } = scene();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let mut told = 0;
    for group in ["A", "B", "C"] {
        let before = row(&by_unit(&compiler, period, group, "reported"), &received);
        let now = row(&by_unit(&compiler, period, group, "today"), TOGETHER);
        assert!(now[0].contains("1/2 đơn vị đã báo cáo"), "{now:?}");
        assert!(now[0].contains(&format!("{received} (đã tiếp nhận)")), "{now:?}");
        assert!(now[0].contains(&format!("phần của {open}")), "{now:?}");
        for (then, now) in before.iter().zip(&now).skip(1).filter(|(then, _)| !then.is_empty()) {
            assert!(now == then || *now == format!("{then} (1/2 đơn vị)"), "{then}: {now}");
            told += usize::from(now.ends_with("(1/2 đơn vị)"));
        }
    }
    assert!(told > 0, "both are asked some of it");
}

#[test]
fn a_report_that_passed_says_whose_it_was() {
    let Scene { app, period, open, officer, report, .. } = scene();
    let officer = app.client(&format!("canbo.{officer}.bacgiang"));
    let words = format!("(phần của {open})");
    assert!(officer.get("/my").ok().contains(&words));
    assert!(officer.get("/reports").ok().contains(&words));
    assert!(officer.get(&format!("/reports/{report}/draft")).ok().contains(&words));
    let page = app.client("tonghop.catinh.bacgiang").get(&format!("/periods/{period}")).ok();
    assert!(page.contains(&words), "{page}");
    assert_eq!(page.matches("phần của ").count(), 1, "only the one that passed");
}

#[test]
fn two_reports_that_became_one_are_nobodys_part() {
    let app = TestApp::demo_on("2025-07-01".parse().expect("a day"));
    app.db
        .write(|conn| {
            let mut event = event(Kind::Merge, "2025-07-01", vec![]);
            event.new_units = vec![founded(TOGETHER, "department", unit(conn, "bg.ubnd"))];
            event.new_units[0].named.short_name = "Sở NV&TP".to_owned();
            let froms = [unit(conn, "bg.khcn"), unit(conn, "bg.gddt")];
            event.lines = froms.map(|from| Line { from, to: Some(Body::New(0)), function: None }).to_vec();
            carry_out(conn, &event, &Choices::default())?;
            // The code is the short name's own letters.
            unit(conn, "bg.sonvtp");
            Ok::<_, Error>(())
        })
        .expect("they become one");
    let mine = app.client("canbo.khcn.bacgiang").get("/my").ok();
    assert!(mine.contains("Báo cáo năm 2025") && !mine.contains("phần của"), "{mine}");
}
