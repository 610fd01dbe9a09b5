//! The pages: one's own notices and what is unread in the frame, the preview, what was sent, a regime's days, the letters.

use diesel::prelude::*;
use tonghop::db::ids::RegimeId;
use tonghop::db::schema::{audit_log, digests, mail_messages, obligations, people, regimes};
use tonghop::mail::Settings;

use super::{day, morning, read, run_day, write};
use crate::support::app::{TestApp, demo_day};
use crate::support::client::hidden;

const OFFICER: &str = "canbo.khcn.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";
const ADMINISTRATOR: &str = "quantri.bacgiang";

#[test]
fn the_frame_counts_what_is_unread_and_reading_is_ones_own() {
    let app = TestApp::demo();
    run_day(&app.db, &Settings::default(), day("2025-06-09"));
    run_day(&app.db, &Settings::default(), demo_day());
    let (officer, other) = (app.client(OFFICER), app.client("lanhdao.khcn.bacgiang"));
    let count = "<b class=\"count\">2</b>";
    assert!(officer.get("/my").ok().contains(count));
    let page = officer.get("/notices").ok();
    assert!(page.contains("Nhắc việc ngày 10/6/2025") && page.contains("Nhắc việc ngày 09/6/2025"));
    assert!(page.contains("còn 7 ngày, gửi chậm nhất thứ Ba, 17/6/2025"), "{page}");
    let newest = hidden(&page, "up_to").expect("the newest");
    // One at a time, then everything.
    officer.post("/notices/reading", &[("only", "1"), ("up_to", &newest)]).redirected();
    assert!(officer.get("/my").ok().contains("<b class=\"count\">1</b>"));
    // Another's are not mine to read.
    other.post("/notices/reading", &[("up_to", "999999")]).redirected();
    assert!(officer.get("/my").ok().contains("<b class=\"count\">1</b>"));
    officer.post("/notices/reading", &[("up_to", &newest)]).redirected();
    assert!(!officer.get("/my").ok().contains("class=\"count\""));
    assert_eq!(officer.post("/notices/reading", &[("up_to", "x")]).status, 404);
    let unread: i64 =
        read(&app.db, |conn| digests::table.filter(digests::read_at.is_null()).count().get_result(conn));
    assert!(unread > 10, "others' stay unread");
}

#[test]
fn an_address_is_given_by_its_owner_checked_and_logged() {
    let app = TestApp::demo();
    let officer = app.client(OFFICER);
    let seen = |html: &str| hidden(html, "seen").expect("what stands");
    let stands = seen(&officer.get("/notices").ok());
    let wrong = officer.post("/notices/address", &[("seen", &stands), ("email", "canbo@khcn")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("ten@donvi.gov.vn") && wrong.text().contains("value=\"canbo@khcn\""));
    assert_eq!(seen(&wrong.text()), stands, "the form that comes back still knows what stood");
    officer.post("/notices/address", &[("seen", &stands), ("email", "canbo@khcn.gov.vn")]).redirected();
    let kept: String = read(&app.db, |conn| {
        people::table.filter(people::username.eq(OFFICER)).select(people::email).first(conn)
    });
    assert_eq!(kept, "canbo@khcn.gov.vn");
    assert_eq!(officer.post("/notices/address", &[("seen", "other@x.vn"), ("email", "a@b.vn")]).status, 409);
    let logged: i64 = read(&app.db, |conn| {
        audit_log::table.filter(audit_log::action.eq("person.own_address")).count().get_result(conn)
    });
    assert_eq!(logged, 1);
}

#[test]
fn the_preview_tells_what_will_be_said_and_the_list_what_was() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let ahead = compiler.get("/notices/plan").ok();
    for words in ["thứ Ba, 10/6/2025 (hôm nay)", "thứ Sáu, 13/6/2025", "thứ Ba, 24/6/2025", "quá hạn 7 ngày"]
    {
        assert!(ahead.contains(words), "{words}");
    }
    assert!(!ahead.contains("thứ Bảy, 14/6/2025</h2>"), "a day off has nothing");
    assert!(!ahead.contains("Long An") && !ahead.contains("Vũng Tàu"), "another province's units");
    assert!(compiler.get("/notices/sent").ok().contains("Chưa có thông báo nào"));
    run_day(&app.db, &Settings::default(), demo_day());
    assert!(compiler.get("/notices/plan").ok().contains("đã gửi"));
    let sent = compiler.get("/notices/sent").ok();
    assert!(sent.contains("trên trang Thông báo") && sent.contains("còn 7 ngày"));
    assert!(!sent.contains("Long An"));
    for nobody in [OFFICER, ADMINISTRATOR, "lanhdao.ubnd.bacgiang"] {
        assert_eq!(app.client(nobody).get("/notices/plan").status, 403, "{nobody}");
        assert_eq!(app.client(nobody).get("/notices/sent").status, 403, "{nobody}");
    }
}

#[test]
fn who_collects_the_whole_reads_what_a_lower_collectors_units_were_told() {
    let app = TestApp::demo();
    // The year's reports that MTTQ collects have no day in the demo: they are given one three days ahead.
    let year = crate::periods::period(&app, "bac-giang", "2025-Y");
    let top: tonghop::db::ids::UnitId = read(&app.db, |conn| {
        regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::collector_id).first(conn)
    });
    write(&app.db, |conn| {
        let lower = obligations::table
            .filter(obligations::period_id.eq(year))
            .filter(obligations::collector_id.ne(top));
        diesel::update(lower)
            .set((obligations::due_rule.eq("by"), obligations::stated_on.eq(Some(day("2025-06-13")))))
            .execute(conn)
    });
    run_day(&app.db, &Settings::default(), demo_day());
    let whole = app.client(COMPILER).get("/notices/sent").ok();
    assert!(whole.contains("đơn vị do ") && whole.contains("chậm nhất thứ Sáu, 13/6/2025"), "{whole}");
    // The lower collector reads its own, and is not told that it collects them.
    let part = app.client("canbo.mttq.bacgiang").get("/notices/sent").ok();
    assert!(part.contains("chậm nhất thứ Sáu, 13/6/2025") && !part.contains("đơn vị do "), "{part}");
    assert!(!part.contains("17/6/2025"), "what others collect is not its own: {part}");
    // Another province's collector reads none of it.
    assert!(!app.client("tonghop.catinh.longan").get("/notices/sent").ok().contains("đơn vị do "));
}

#[test]
fn a_regimes_days_are_set_by_whoever_keeps_it() {
    let app = TestApp::demo();
    let regime: RegimeId = read(&app.db, |conn| {
        regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn)
    });
    let path = format!("/regimes/{regime}/notices");
    let admin = app.client(ADMINISTRATOR);
    let page = admin.get(&path).ok();
    assert!(page.contains("value=\"15, 7, 3, 1\"") && hidden(&page, "seen").as_deref() == Some("0"));
    let wrong = admin.post(&path, &[("seen", "0"), ("before", "mười"), ("after", "90")]);
    assert!(wrong.status == 422 && wrong.text().contains("value=\"mười\""));
    admin.post(&path, &[("seen", "0"), ("before", "10, 5"), ("after", "")]).redirected();
    assert_eq!(admin.post(&path, &[("seen", "0"), ("before", "4"), ("after", "")]).status, 409);
    let ahead = app.client(COMPILER).get("/notices/plan").ok();
    // Due on the 17th: five days before is the 12th; nothing after it any more.
    assert!(ahead.contains("thứ Năm, 12/6/2025") && !ahead.contains("quá hạn 7 ngày"), "{ahead}");
    assert_eq!(app.client(OFFICER).get(&path).status, 403);
    assert_eq!(app.client("quantri.longan").get(&path).status, 404);
}

#[test]
fn a_letter_that_was_given_up_is_seen_by_the_administrator_and_tried_again() {
    let app = TestApp::demo();
    write(&app.db, |conn| {
        let person: tonghop::db::ids::PersonId =
            people::table.filter(people::username.eq(OFFICER)).select(people::id).first(conn)?;
        let at = morning(demo_day()).at;
        diesel::insert_into(mail_messages::table)
            .values((
                mail_messages::uid.eq("u1"),
                mail_messages::person_id.eq(person),
                mail_messages::name.eq("Nguyễn Văn A"),
                mail_messages::address.eq("gone@khcn.gov.vn"),
                mail_messages::subject.eq("Nhắc việc"),
                mail_messages::body.eq("…"),
                mail_messages::written_at.eq(at),
                mail_messages::state.eq("failed"),
                mail_messages::attempts.eq(1),
                mail_messages::run_at.eq(at),
                mail_messages::error.eq("550 no such user"),
                mail_messages::settled_at.eq(Some(at)),
            ))
            .execute(conn)
    });
    let admin = app.client(ADMINISTRATOR);
    let page = admin.get("/mail").ok();
    assert!(page.contains("gone@khcn.gov.vn") && page.contains("550 no such user"));
    assert!(page.contains("Chưa cài đặt gửi thư"));
    assert!(!app.client("quantri.longan").get("/mail").ok().contains("gone@khcn.gov.vn"));
    assert_eq!(app.client("quantri.longan").post("/mail/1/retry", &[]).status, 404);
    admin.post("/mail/1/retry", &[]).redirected();
    let state: String = read(&app.db, |conn| mail_messages::table.select(mail_messages::state).first(conn));
    assert_eq!(state, "waiting");
    assert_eq!(admin.post("/mail/1/retry", &[]).status, 409);
    assert_eq!(app.client(COMPILER).get("/mail").status, 403);
}
