//! `/units/{id}/history` over the demo: what a unit owed, in both lenses, and for whom it opens.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{obligations, periods, regimes, reports, units};

use crate::reports::on_behalf::{begin, type_and_send};
use crate::reports::report_of;
use crate::reports::withdrawn::withdraw;
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
    // What is being corrected says so in its own line, and was asked for once.
    let lines = page.split("<tbody>").nth(1).expect("the table");
    let amended = lines.split("<tr>").find(|line| line.contains("mô hình điển hình")).expect("the report");
    assert!(amended.contains("<span class=\"tag late\">Đề nghị chỉnh lý</span>"), "{amended}");
    assert!(amended.contains("data-label=\"Đề nghị chỉnh lý\">1</td>"), "{amended}");
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

#[test]
fn what_was_entered_by_mistake_and_taken_back_was_not_sent() {
    // The last day has passed: the rates are shown.
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let path = format!("/units/{}/history", unit(&app, "bg.hiephoa"));
    // How often everything was sent, and the line of this report: where it leads, how often it was sent.
    let told = || {
        let page = app.client("lanhdao.ubnd.bacgiang").get(&path).ok();
        let all = page.split(" lần gửi").next().and_then(|before| before.rsplit('>').next());
        let ways = [format!("href=\"/reports/{id}\""), format!("href=\"{}\"", obligation_of(&app, id))];
        let lines = page.split("<tr>").filter(|line| ways.iter().any(|way| line.contains(way)));
        let line = lines.last().expect("its line");
        let times = line.split("data-label=\"Lần gửi\">").nth(1).and_then(|rest| rest.split('<').next());
        (all.map(str::to_owned), line.contains(&ways[0]), times.expect("a number").to_owned())
    };
    let before = told();
    assert_eq!((before.1, &*before.2), (false, "0"));
    begin(&app, &compiler, id, "17/6/2025", &[]).redirected();
    type_and_send(&compiler, id);
    let sent = told();
    assert_eq!((sent.1, &*sent.2), (true, "1"));
    assert_ne!(sent.0, before.0);
    withdraw(&app, &compiler, id, "Nhập nhầm").redirected();
    assert_eq!(told(), before);
    // A second entering that stands is one sending, although its number is 2.
    begin(&app, &compiler, id, "17/6/2025", &[]).redirected();
    type_and_send(&compiler, id);
    assert_eq!(told(), sent);
}

fn obligation_of(app: &TestApp, id: ReportId) -> String {
    let of = reports::table.find(id).select(reports::obligation_id);
    let obligation: i64 = app.db.read(|conn| Ok::<_, DbError>(of.first(conn)?)).expect("its obligation");
    format!("/obligations/{obligation}")
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
