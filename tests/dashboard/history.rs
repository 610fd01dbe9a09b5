//! `/units/{id}/history` over the demo: what a unit owed, in both lenses, and for whom it opens.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{obligations, periods, regimes, reports, units};

use crate::support::app::TestApp;

fn unit(app: &TestApp, code: &str) -> i64 {
    app.db
        .read(|conn| {
            Ok::<_, DbError>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?)
        })
        .expect("a unit of the demo")
}

/// What the unit owes in all, counted from the rows.
fn owed(app: &TestApp, code: &str) -> i64 {
    let id = unit(app, code);
    app.db
        .read(|conn| {
            Ok::<_, DbError>(obligations::table.filter(obligations::unit_id.eq(id)).count().get_result(conn)?)
        })
        .expect("a count")
}

fn rows(html: &str) -> usize {
    let table = html.split("id=\"history\"").nth(1).and_then(|rest| rest.split("</table>").next());
    table.map_or(0, |table| table.matches("<th scope=\"row\"").count())
}

#[test]
fn a_unit_that_took_over_another_is_read_in_two_lenses() {
    let app = TestApp::demo();
    let leader = app.client("lanhdao.ubnd.bacgiang");
    let path = format!("/units/{}/history", unit(&app, "bg.khcn"));
    let then = leader.get(&path).ok();
    let now = leader.get(&format!("{path}?lens=today")).ok();
    let (own, before) = (owed(&app, "bg.khcn"), owed(&app, "bg.tttt"));
    assert!(before > 0, "the demo's Sở TT&TT reported");
    assert_eq!(rows(&then) as i64, own, "{then}");
    assert_eq!(rows(&now) as i64, own + before, "{now}");
    assert!(
        now.contains("Sở Thông tin và Truyền thông") && now.contains("aria-current=\"page\">Theo tổ chức")
    );
    // The body that ended leads on to the one that carries on.
    let ended = leader.get(&format!("/units/{}/history", unit(&app, "bg.tttt"))).ok();
    assert!(ended.contains("Đơn vị kế thừa") && ended.contains("Sở Khoa học và Công nghệ"), "{ended}");
}

#[test]
fn the_officer_reads_the_history_of_the_own_unit_and_of_no_other() {
    let app = TestApp::demo();
    let officer = app.client("canbo.khcn.bacgiang");
    let own = unit(&app, "bg.khcn");
    assert!(officer.get("/reports").ok().contains(&format!("href=\"/units/{own}/history\"")));
    let page = officer.get(&format!("/units/{own}/history?lens=today")).ok();
    assert!(page.contains("đề nghị chỉnh lý") || page.contains("Đề nghị chỉnh lý"), "{page}");
    assert_eq!(officer.get(&format!("/units/{}/history", unit(&app, "bg.vhttdl"))).status, 404);
    assert_eq!(app.client("quantri.bacgiang").get(&format!("/units/{own}/history")).status, 404);
}

#[test]
fn a_requested_body_is_counted_apart_and_never_overdue() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 7, 15).expect("a day"));
    let page =
        app.client("lanhdao.ubnd.bacgiang").get(&format!("/units/{}/history", unit(&app, "bg.nongdan"))).ok();
    assert!(page.contains("<h3>Được đề nghị</h3>") && page.contains("(đề nghị)"), "{page}");
    let table = page.split("id=\"history\"").nth(1).and_then(|rest| rest.split("</table>").next());
    let table = table.expect("the table");
    assert!(!table.contains("quá hạn"), "{table}");
}

/// Standing, mode, stated day, the day taken down at the first sending, the first sending.
type Row = (String, String, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDateTime>);

/// The rate on the page is the one counted from the rows by hand.
#[test]
fn the_rates_are_what_one_counts_from_the_rows() {
    let day = NaiveDate::from_ymd_opt(2025, 7, 15).expect("a day");
    let app = TestApp::demo_on(day);
    let id = unit(&app, "bg.hiephoa");
    let found: Vec<Row> = app
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                obligations::table
                    .inner_join(reports::table)
                    .inner_join(periods::table.inner_join(regimes::table))
                    .filter(obligations::unit_id.eq(id))
                    .select((
                        obligations::standing,
                        obligations::mode,
                        obligations::stated_on,
                        reports::first_due_on,
                        reports::first_sent_at,
                    ))
                    .load(conn)?,
            )
        })
        .expect("the rows");
    // All of its duties say "by" that day; what was sent is measured against the day taken down then.
    let closed = found.iter().filter(|(standing, mode, stated, taken, _)| {
        standing == "owed" && mode == "assign" && taken.or(*stated).is_some_and(|last| last < day)
    });
    let (mut whole, mut sent) = (0, 0);
    for (.., at) in closed {
        whole += 1;
        sent += u32::from(at.is_some());
    }
    let page = app.client("lanhdao.ubnd.bacgiang").get(&format!("/units/{id}/history")).ok();
    let rate = format!("<dt>Đã gửi</dt><dd>{sent}/{whole} (");
    assert!(whole > 0 && page.contains(&rate), "{rate}: {page}");
}
