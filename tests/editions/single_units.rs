//! Classified figures of single units: for the unit and its collector, and for leaders only where they were turned on.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{periods, regimes};

use crate::support::app::TestApp;

const CLASSIFIED: &str = "Nhóm số liệu hạn chế";

fn ids(app: &TestApp) -> (i64, i64) {
    app.db
        .read(|conn| {
            let found = periods::table
                .inner_join(regimes::table)
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2025-H1"))
                .select((periods::id, regimes::id));
            Ok::<_, DbError>(found.first(conn)?)
        })
        .expect("the period")
}

#[test]
fn leaders_read_single_units_of_a_classified_group_only_where_turned_on() {
    let app = TestApp::demo();
    let (period, regime) = ids(&app);
    let page = format!("/periods/{period}/indicators/E01");
    let (leader, compiler) = (app.client("lanhdao.ubnd.bacgiang"), app.client("tonghop.catinh.bacgiang"));
    let approver = app.client("lanhdao.catinh.bacgiang");
    assert!(compiler.get(&page).ok().contains("id=\"contributions\""));
    let closed = leader.get(&page).ok();
    assert!(!closed.contains("id=\"contributions\"") && closed.contains(CLASSIFIED), "{closed}");
    // Other groups are open.
    assert!(leader.get(&format!("/periods/{period}/indicators/B04")).ok().contains("id=\"contributions\""));
    let setting = format!("/regimes/{regime}/unit-figures");
    let typed = approver.post(&setting, &[("group", "E"), ("open", "1"), ("reason", "")]);
    assert_eq!(typed.status, 422, "a decision has a reason");
    let fields = [("group", "E"), ("open", "1"), ("reason", "Ý kiến của Thường trực Tỉnh ủy")];
    approver.post(&setting, &fields).redirected();
    assert_eq!(approver.post(&setting, &fields).status, 409, "it is on already");
    let open = leader.get(&page).ok();
    assert!(open.contains("id=\"contributions\"") && open.contains("Số nhỏ không hiện"), "{open}");
    assert!(leader.get(&setting).ok().contains("Thường trực Tỉnh ủy"));
    approver.post(&setting, &[("group", "E"), ("open", "0"), ("reason", "Hết đợt kiểm tra")]).redirected();
    assert!(!leader.get(&page).ok().contains("id=\"contributions\""));
    // A group that is not classified is nothing to decide about.
    assert_eq!(approver.post(&setting, &[("group", "B"), ("open", "1"), ("reason", "x")]).status, 404);
}

#[test]
fn a_leader_reads_a_units_report_without_its_classified_figures() {
    let app = TestApp::demo();
    let (period, _) = ids(&app);
    let compiler = app.client("tonghop.catinh.bacgiang");
    let row = compiler.get(&format!("/periods/{period}/indicators/E01")).ok();
    let report = row
        .split("href=\"/reports/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .map(|rest| format!("/reports/{rest}"))
        .expect("the received revision behind the figure");
    let name = "Người chấp hành xong án phạt tù chưa xóa án tích";
    assert!(compiler.get(&report).ok().contains(name), "the collector reads it");
    let read = app.client("lanhdao.ubnd.bacgiang").get(&report).ok();
    assert!(!read.contains(name), "{read}");
}
