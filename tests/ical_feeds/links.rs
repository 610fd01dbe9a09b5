//! Links through the pages, and what the feed says as dates are decided: the same name, a growing number, cancelled.

use std::collections::HashMap;

use diesel::prelude::*;
use tonghop::db::schema::calendar_links;
use tonghop::error::Error;

use crate::support::app::TestApp;
use crate::support::client::Client;

/// Makes a link and gives back its path.
pub fn made(client: &Client, unit: &str) -> String {
    let page = client.post("/calendar/links", &[("unit", unit)]).ok();
    let (_, rest) = page.split_once("/feeds/").expect("the link is shown");
    format!("/feeds/{}", rest.split('"').next().unwrap_or_default())
}

/// The events of a feed by UID: every property with its value, lines unfolded.
pub fn events(text: &str) -> HashMap<String, HashMap<String, String>> {
    let text = text.replace("\r\n ", "");
    let blocks = text.split("BEGIN:VEVENT\r\n").skip(1);
    blocks
        .map(|block| {
            let block = block.split("END:VEVENT").next().unwrap_or_default();
            let own = block.split("BEGIN:VALARM").next().unwrap_or_default();
            let lines = own.split("\r\n").filter_map(|line| line.split_once(':'));
            let found: HashMap<String, String> =
                lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            (found["UID"].clone(), found)
        })
        .collect()
}

#[test]
fn a_link_needs_no_session_is_revalidated_and_ends_when_it_is_ended() {
    let app = TestApp::demo();
    let officer = app.client("canbo.khcn.bacgiang");
    let path = made(&officer, "");
    let stranger = app.anonymous();
    let answer = stranger.get(&path);
    assert_eq!(answer.status, 200);
    assert!(answer.content_type.starts_with("text/calendar"));
    assert!(answer.header("set-cookie").is_empty());
    let tag = answer.header("etag");
    let text = answer.text();
    assert!(text.contains("Hạn gửi: Báo cáo 6 tháng đầu năm 2025"), "{text}");
    assert_eq!(stranger.get(&path).header("etag"), tag, "nothing changed");
    let again =
        ureq::get(&format!("{}{path}", app.base)).header("if-none-match", &tag).call().expect("an answer");
    assert_eq!(again.status(), 304);
    // The token is nowhere in the database.
    let token = path.trim_start_matches("/feeds/").trim_end_matches(".ics").to_owned();
    assert_eq!(token.len(), 32, "128 bits");
    let hashes: Vec<String> = app
        .db
        .read(|conn| Ok::<_, Error>(calendar_links::table.select(calendar_links::token_hash).load(conn)?))
        .expect("the links");
    assert!(!hashes.contains(&token));
    // The page lists it, without its secret; made anew, the old one is dead.
    let page = officer.get("/calendar").ok();
    assert!(!page.contains(&token) && page.contains("Thu hồi"));
    let newer = made(&officer, "");
    assert_eq!(stranger.get(&path).status, 404);
    assert_eq!(stranger.get(&newer).status, 200);
    let page = officer.get("/calendar").ok();
    let (_, rest) = page.split_once("/calendar/links/").expect("a button");
    let id = rest.split('/').next().unwrap_or_default();
    let revoke = format!("/calendar/links/{id}/revocation");
    assert_eq!(app.client("canbo.vhttdl.bacgiang").post(&revoke, &[]).status, 404, "not another's");
    officer.post(&revoke, &[]).redirected();
    assert_eq!(stranger.get(&newer).status, 404);
}

#[test]
fn a_units_link_is_its_peoples_and_dies_with_its_makers_account() {
    let app = TestApp::demo();
    let unit = crate::chasing::duty_of(&app, "bg.khcn").obligation.unit_id.to_string();
    let officer = app.client("canbo.khcn.bacgiang");
    let path = made(&officer, &unit);
    assert_eq!(app.client("canbo.vhttdl.bacgiang").post("/calendar/links", &[("unit", &unit)]).status, 404);
    let leader = app.client("lanhdao.khcn.bacgiang");
    assert!(leader.get("/calendar").ok().contains("Thu hồi"), "the unit's leader may end it");
    assert_eq!(app.anonymous().get(&path).status, 200);
    app.db
        .write(|conn| {
            use tonghop::db::schema::people;
            let of = people::table.filter(people::username.eq("canbo.khcn.bacgiang"));
            let at = chrono::NaiveDate::from_ymd_opt(2025, 6, 10).and_then(|d| d.and_hms_opt(1, 0, 0));
            Ok::<_, Error>(diesel::update(of).set(people::disabled_at.eq(at)).execute(conn)?)
        })
        .expect("the account is locked");
    assert_eq!(app.anonymous().get(&path).status, 404);
}

#[test]
fn a_date_that_moves_keeps_its_name_and_counts_up_and_an_exemption_cancels() {
    let app = TestApp::demo();
    let officer = app.client("canbo.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let path = made(&officer, "");
    let id = crate::periods::obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    let read = || events(&app.anonymous().get(&path).ok());
    let summary = |event: &HashMap<String, String>| event["SUMMARY"].clone();
    let before = read();
    let (uid, first) = before
        .iter()
        .find(|(_, event)| summary(event) == "Hạn gửi: Báo cáo 6 tháng đầu năm 2025")
        .expect("the half-year");
    assert_eq!(first["DTSTART;VALUE=DATE"], "20250617");
    let decide = |path: &str, fields: &[(&str, &str)]| {
        let version = crate::periods::standing(&app, id).1.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        compiler.post(&format!("/obligations/{id}/{path}"), &all).redirected()
    };
    let number = |event: &HashMap<String, String>| event["SEQUENCE"].parse::<i32>().expect("a number");
    decide("extension", &[("until", "20/6/2025"), ("reason", "Chờ số liệu")]);
    let extended = read().remove(uid).expect("the same name");
    assert_eq!(extended["DTSTART;VALUE=DATE"], "20250620");
    assert!(number(&extended) > number(first));
    assert!(extended["DESCRIPTION"].contains("Được gia hạn đến 20/6/2025"));
    decide("exemption", &[("reason", "Không thuộc diện")]);
    let exempt = read().remove(uid).expect("the same name");
    assert_eq!(exempt["STATUS"], "CANCELLED");
    assert!(number(&exempt) > number(&extended));
    decide("exemption/withdrawal", &[("reason", "Nhầm")]);
    let back = read().remove(uid).expect("the same name");
    assert!(back["STATUS"] == "CONFIRMED" && number(&back) > number(&exempt));
}

#[test]
fn a_day_off_entered_later_moves_a_rolled_day_and_counts_up() {
    let app = TestApp::demo();
    let (officer, admin) = (app.client("canbo.khcn.bacgiang"), app.client("quantri.bacgiang"));
    let rolling = crate::periods::period(&app, "bac-giang", "2025-H1");
    app.db
        .write(|conn| {
            use tonghop::db::schema::periods;
            let of = periods::table.find(rolling);
            Ok::<_, Error>(diesel::update(of).set(periods::rolling.eq(Some(true))).execute(conn)?)
        })
        .expect("the period rolls");
    let path = made(&officer, "");
    let read = || {
        let all = events(&app.anonymous().get(&path).ok());
        let found =
            all.into_values().find(|event| event["SUMMARY"].ends_with("Báo cáo 6 tháng đầu năm 2025"));
        let found = found.expect("the half-year");
        (found["DTSTART;VALUE=DATE"].clone(), found["SEQUENCE"].parse::<i32>().expect("a number"))
    };
    let before = read();
    assert_eq!(before.0, "20250617");
    let day = [("day", "17/6/2025"), ("kind", "holiday"), ("name", "Nghỉ"), ("source", "Quyết định")];
    admin.post("/days/2025/days", &day).redirected();
    let moved = read();
    assert_eq!(moved.0, "20250618");
    assert!(moved.1 > before.1, "{before:?} {moved:?}");
    admin.post("/days/2025/removal", &[("day", "2025-06-17")]).redirected();
    let back = read();
    assert_eq!(back.0, "20250617");
    assert!(back.1 > moved.1, "{moved:?} {back:?}");
}

#[test]
fn a_period_taken_back_is_told_as_cancelled() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let opened: Vec<(&str, &str)> =
        crate::periods::opening::HALF.into_iter().chain([("confirmed", "1")]).collect();
    let regime = crate::periods::regime(&app, "bac-giang");
    compiler.post(&format!("/regimes/{regime}/periods"), &opened).redirected();
    let period = crate::periods::period(&app, "bac-giang", "2026-H1");
    let path = made(&officer, "");
    let read = || events(&app.anonymous().get(&path).ok());
    let there = read();
    let (uid, event) =
        there.iter().find(|(_, event)| event["SUMMARY"].contains("năm 2026")).expect("the new period");
    assert_eq!(event["STATUS"], "CONFIRMED");
    let version = "1";
    compiler
        .post(&format!("/periods/{period}/withdrawal"), &[("version", version), ("reason", "Mở nhầm")])
        .redirected();
    let gone = read().remove(uid).expect("the name stays");
    assert_eq!(gone["STATUS"], "CANCELLED");
    assert!(gone["SEQUENCE"].parse::<i32>().unwrap() > event["SEQUENCE"].parse::<i32>().unwrap());
}

#[test]
fn a_link_is_not_asked_without_end() {
    let app = TestApp::demo();
    let path = made(&app.client("canbo.khcn.bacgiang"), "");
    let stranger = app.anonymous();
    let most = 20;
    // Within two minutes more than twice as many cannot all be answered.
    let refused = (0..=2 * most).filter(|_| stranger.get(&path).status == 429).count();
    assert!(refused > 0);
}
