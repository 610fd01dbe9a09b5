//! Words to leaders: prepared by the run, let go by the compiler's click, once, and only while they still hold.

use diesel::prelude::*;
use tonghop::db::ids::{EscalationId, ObligationId, PersonId, UnitId};
use tonghop::db::schema::{audit_log, memberships, notice_escalations, notices, people, reports, units};
use tonghop::mail::Settings;
use tonghop::notices::facts::Facts;
use tonghop::notices::plan::leaderless;
use tonghop::notices::queries::{self, Among};

use super::run::owed;
use super::{day, morning, read, run_day, told, write};
use crate::reports::values_of;
use crate::support::app::TestApp;

const COMPILER: &str = "tonghop.catinh.bacgiang";

fn prepared(app: &TestApp) -> Vec<(EscalationId, ObligationId, String)> {
    read(&app.db, |conn| {
        use notice_escalations as e;
        e::table.order(e::id).select((e::id, e::obligation_id, e::level)).load(conn)
    })
}

#[test]
fn what_is_prepared_is_sent_by_a_click_and_once() {
    let on = day("2025-06-18");
    let app = TestApp::demo_on(on);
    let half = owed(&app.db, "2025-H1", "bg.khcn");
    run_day(&app.db, &Settings::default(), on);
    let all = prepared(&app);
    assert!(all.iter().any(|(_, of, level)| *of == half && level == "unit_leader"));
    let leader = "lanhdao.khcn.bacgiang";
    assert!(told(&app.db, leader).is_empty(), "nobody has let it go");
    // Who is requested is not told on.
    let asked = owed(&app.db, "2025-H1", "bg.phunu");
    assert!(all.iter().all(|(_, of, _)| *of != asked));

    let compiler = app.client(COMPILER);
    let page = compiler.get("/notices/plan").ok();
    let chosen = values_of(&page, "chosen");
    let of_half = all.iter().find(|(_, of, level)| *of == half && level == "unit_leader").expect("prepared");
    let id = of_half.0.to_string();
    assert!(chosen.contains(&id), "{chosen:?}");
    let twice = [("chosen", id.as_str()), ("chosen", id.as_str())];
    let refused = compiler.post("/notices/releases", &[]);
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Chờ gửi lên lãnh đạo") && refused.text().contains("Chọn ít nhất một dòng")
    );
    assert_eq!(app.client("tonghop.catinh.longan").post("/notices/releases", &[("chosen", &id)]).status, 404);
    assert_eq!(app.client("canbo.khcn.bacgiang").post("/notices/releases", &[("chosen", &id)]).status, 403);
    compiler.post("/notices/releases", &twice).redirected();
    let words = told(&app.db, leader);
    assert_eq!(words.len(), 1);
    assert!(words[0].3.contains("quá hạn 1 ngày") && words[0].3.contains("kính báo"), "{}", words[0].3);
    assert_eq!(compiler.post("/notices/releases", &[("chosen", &id)]).status, 409, "it has gone");
    assert!(!values_of(&compiler.get("/notices/plan").ok(), "chosen").contains(&id));
    let logged: i64 = read(&app.db, |conn| {
        audit_log::table.filter(audit_log::action.eq("notice.release")).count().get_result(conn)
    });
    assert_eq!(logged, 1);
    assert!(compiler.get("/notices/sent").ok().contains("kính báo"));
}

#[test]
fn what_was_sent_meanwhile_needs_no_word() {
    let on = day("2025-06-18");
    let app = TestApp::demo_on(on);
    let half = owed(&app.db, "2025-H1", "bg.khcn");
    run_day(&app.db, &Settings::default(), on);
    let (id, ..) = prepared(&app).into_iter().find(|(_, of, _)| *of == half).expect("prepared");
    write(&app.db, |conn| {
        diesel::update(reports::table.filter(reports::obligation_id.eq(half)))
            .set((reports::state.eq("sent"), reports::first_sent_at.eq(Some(morning(on).at))))
            .execute(conn)
    });
    let compiler = app.client(COMPILER);
    assert!(!values_of(&compiler.get("/notices/plan").ok(), "chosen").contains(&id.to_string()));
    let answer = compiler.post("/notices/releases", &[("chosen", &id.to_string())]);
    assert!(answer.status == 422 && answer.text().contains("không còn phải nhắc"), "{}", answer.text());
    let said: i64 =
        read(&app.db, |conn| notices::table.filter(notices::level.ne("own")).count().get_result(conn));
    assert_eq!(said, 0);
}

/// What a body does not collect is not read for it; and those nobody leads stand as the register orders them.
#[test]
fn facts_are_those_of_who_collects_and_the_leaderless_in_protocol_order() {
    let on = day("2025-06-24");
    let app = TestApp::demo_on(on);
    let agency: UnitId =
        read(&app.db, |conn| units::table.filter(units::code.eq("bg.ca")).select(units::id).first(conn));
    let all = read(&app.db, |conn| queries::facts(conn, &Among::All, (on, on)));
    let own = read(&app.db, |conn| queries::facts(conn, &Among::Collected(vec![agency]), (on, on)));
    let ids = |facts: &Facts, of: &dyn Fn(UnitId) -> bool| -> Vec<ObligationId> {
        let of = facts.owed.iter().filter(|owed| of(owed.duty.obligation.collector_id));
        of.map(|owed| owed.duty.obligation.id).collect()
    };
    assert_eq!(ids(&own, &|_| true), ids(&all, &|collector| collector == agency));
    assert!(!own.owed.is_empty() && own.owed.len() < all.owed.len(), "other provinces owe, too");
    let names = leaderless(&own, on);
    let owing: Vec<UnitId> = own.owed.iter().map(|owed| owed.duty.obligation.unit_id).collect();
    let units = read(&app.db, |conn| tonghop::units::queries::on_day(conn, &owing, on));
    let place = |line: &String| {
        let unit = units.values().find(|unit| line.starts_with(&format!("{} (", unit.name)));
        unit.expect("a unit that owes").protocol_key()
    };
    let order: Vec<_> = names.iter().map(place).collect();
    assert!(order.len() > 1 && order.is_sorted(), "{names:?}");
}

#[test]
fn everything_shown_goes_with_one_button() {
    let on = day("2025-06-18");
    let app = TestApp::demo_on(on);
    run_day(&app.db, &Settings::default(), on);
    let compiler = app.client(COMPILER);
    let page = compiler.get("/notices/plan").ok();
    let shown = values_of(&page, "shown");
    // A unit that nobody leads here is named, and not passed over in silence.
    let led: Vec<String> = read(&app.db, |conn| {
        let of = memberships::table.inner_join(units::table).filter(memberships::role.eq("unit_leader"));
        of.select(units::code).load(conn)
    });
    assert!(!led.contains(&"bg.hiephoa".to_owned()), "{led:?}");
    let alone = page.split("id=\"leaderless\"").nth(1).expect("who has no leader");
    assert!(alone.contains("UBND huyện Hiệp Hòa") && !alone.contains("Sở Khoa học và Công nghệ;"), "{alone}");
    assert!(shown.len() > 1 && shown == values_of(&page, "chosen"), "{shown:?}");
    let mut fields: Vec<(&str, &str)> = shown.iter().map(|id| ("shown", id.as_str())).collect();
    fields.push(("all", "1"));
    compiler.post("/notices/releases", &fields).redirected();
    assert!(values_of(&compiler.get("/notices/plan").ok(), "chosen").is_empty());
}

/// A week after, the leader of the collecting body gets one digest of everything that was chosen.
#[test]
fn the_collecting_leader_gets_one_digest_of_all_that_was_chosen() {
    let app = TestApp::demo_on(day("2025-06-24"));
    run_day(&app.db, &Settings::default(), day("2025-06-23"));
    run_day(&app.db, &Settings::default(), day("2025-06-24"));
    let leader: PersonId = read(&app.db, |conn| {
        people::table
            .inner_join(memberships::table)
            .filter(people::username.eq("lanhdao.catinh.bacgiang"))
            .filter(memberships::role.eq("compiling_leader"))
            .select(people::id)
            .first(conn)
    });
    let compiler = app.client(COMPILER);
    let all: Vec<EscalationId> = prepared(&app)
        .into_iter()
        .filter(|(.., level)| level == "compiling_leader")
        .map(|(id, ..)| id)
        .collect();
    let shown = values_of(&compiler.get("/notices/plan").ok(), "chosen");
    let ids: Vec<String> = all.iter().map(ToString::to_string).filter(|id| shown.contains(id)).collect();
    assert!(ids.len() >= 2, "{ids:?}");
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("chosen", id.as_str())).collect();
    compiler.post("/notices/releases", &fields).redirected();
    let rows: Vec<String> = read(&app.db, |conn| {
        notices::table
            .filter(notices::person_id.eq(leader))
            .filter(notices::level.eq("compiling_leader"))
            .select(notices::digest_uid)
            .load(conn)
    });
    let digests: std::collections::BTreeSet<&String> = rows.iter().collect();
    assert_eq!((rows.len(), digests.len()), (ids.len(), 1));
}
