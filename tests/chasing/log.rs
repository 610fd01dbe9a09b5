//! The log through the pages: what a promise does to the queue day by day, who sees what, corrections, telephone numbers.

use std::collections::HashMap;

use diesel::prelude::*;
use tonghop::chasing::queries::{last_contacts, promises};
use tonghop::db::ids::ObligationId;
use tonghop::db::schema::{audit_log, contacts, units};
use tonghop::error::Error;
use tonghop::periods::queue::{Matter, Waiting};

use super::{day, duty_of, late_day, periods_on};
use crate::periods::beside::Beside;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};

const NOTE: &str = "Chị Hoa nói chỉ huy đi công tác, tự gửi được.";

fn called(client: &Client, id: ObligationId, promised: &str, more: &[(&str, &str)]) -> Answer {
    let outcome = if promised.is_empty() { "reached" } else { "promised" };
    let mut fields = vec![
        ("channel", "phone"),
        ("on", "20/6/2025"),
        ("with", "bà Nguyễn Thị Hoa"),
        ("outcome", outcome),
        ("promised", promised),
        ("note", NOTE),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    client.post(&format!("/obligations/{id}/contacts"), &fields)
}

fn queue_on(app: &TestApp, month: u32, of: u32) -> Vec<Waiting> {
    let today = day(month, of);
    let all = periods_on(app, today);
    let ids: Vec<ObligationId> =
        all.open.iter().flat_map(|s| s.duties.iter().map(|duty| duty.obligation.id)).collect();
    let promised = app.db.read(|conn| Ok::<_, Error>(promises(conn, &ids)?)).expect("promises");
    Beside { promised, ..Beside::default() }.queue(&all, today)
}

/// How many assigned bodies of the half-year the queue has for chasing.
fn overdue(queue: &[Waiting]) -> u32 {
    let label = "6 tháng đầu năm 2025";
    let of = queue.iter().filter(|w| w.label == label);
    of.filter_map(|w| match w.matter {
        Matter::Overdue { units, .. } => Some(units),
        _ => None,
    })
    .sum()
}

#[test]
fn a_promise_takes_a_unit_out_of_the_queue_until_the_day_after_and_a_broken_one_comes_first() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = duty_of(&app, "bg.khcn").obligation.id;
    let before: HashMap<u32, u32> = (20..=24).map(|of| (of, overdue(&queue_on(&app, 6, of)))).collect();
    assert!(before[&20] > 1);
    assert!(called(&compiler, id, "22/6/2025", &[]).redirected().ends_with("/calls"));
    // By hand: 20, 21 and 22 June it is left in peace; from 23 on it stands first and by itself.
    for of in 20..=24 {
        let queue = queue_on(&app, 6, of);
        assert_eq!(overdue(&queue), before[&of] - 1, "on {of}/6");
        let first = matches!(&queue[0].matter, Matter::Broken { obligation, promised, .. }
            if *obligation == id && *promised == day(6, 22));
        assert_eq!(first, of > 22, "on {of}/6: {:?}", queue[0]);
    }
    // A new promise replaces the one before, kept or not.
    called(&compiler, id, "24/6/2025", &[]).redirected();
    assert!(!queue_on(&app, 6, 24).iter().any(|w| matches!(w.matter, Matter::Broken { .. })));
}

#[test]
fn the_note_is_the_collectors_and_the_promise_everybodys() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let duty = duty_of(&app, "bg.khcn");
    let (id, period) = (duty.obligation.id, duty.obligation.period_id);
    let list = called(&compiler, id, "23/6/2025", &[]).redirected();
    let calls = compiler.get(&list).ok();
    assert!(
        calls.contains("Theo trao đổi, đơn vị hẹn gửi thứ Hai, 23/6/2025."),
        "the message knows of the promise"
    );
    assert!(calls.contains("gửi đúng ngày đã hẹn"));
    assert!(calls.contains("hẹn gửi 23/6") && calls.contains("đã gọi 20/6/2025, gặp bà Nguyễn Thị Hoa"));
    let page = compiler.get(&format!("/obligations/{id}/contacts")).ok();
    assert!(page.contains(NOTE));
    let board = |user: &str| app.client(user).get(&format!("/periods/{period}")).ok();
    for user in ["tonghop.catinh.bacgiang", "lanhdao.ubnd.bacgiang"] {
        let board = board(user);
        assert!(board.contains("hẹn gửi 23/6"), "{user} sees the promise");
        assert!(!board.contains(NOTE), "{user}");
    }
    let officer = app.client("canbo.khcn.bacgiang");
    let mine = officer.get("/my").ok();
    assert!(mine.contains("đã hẹn với nơi nhận gửi ngày 23/6/2025") && !mine.contains(NOTE));
    assert!(!officer.get(&format!("/obligations/{id}")).ok().contains(NOTE));
    assert_eq!(officer.get(&format!("/obligations/{id}/contacts")).status, 403);
    for user in ["lanhdao.ubnd.bacgiang", "quantri.bacgiang"] {
        assert!(!app.client(user).get("/trail").ok().contains(NOTE), "the log of the province has no notes");
    }
    let steps: Vec<String> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                audit_log::table
                    .filter(audit_log::subject_id.eq(id.0))
                    .filter(audit_log::action.like("contact.%"))
                    .select(audit_log::action)
                    .load(conn)?,
            )
        })
        .expect("the log");
    assert_eq!(steps, ["contact.record"]);
}

#[test]
fn a_correction_is_a_new_entry_and_nothing_is_corrected_twice() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = duty_of(&app, "bg.khcn").obligation.id;
    called(&compiler, id, "23/6/2025", &[]).redirected();
    let entry: i64 = app
        .db
        .read(|conn| Ok::<_, Error>(contacts::table.select(contacts::id).first(conn)?))
        .expect("the entry");
    let entry = entry.to_string();
    let form = compiler.get(&format!("/obligations/{id}/contacts?corrects={entry}")).ok();
    assert!(form.contains("Thay cho: đã gọi 20/6/2025"));
    let why = ("note", "Nghe nhầm ngày.");
    assert_eq!(called(&compiler, id, "24/6/2025", &[("corrects", &entry), ("note", "")]).status, 422);
    called(&compiler, id, "24/6/2025", &[("corrects", &entry), why]).redirected();
    assert_eq!(called(&compiler, id, "26/6/2025", &[("corrects", &entry), why]).status, 409);
    assert_eq!(called(&compiler, id, "26/6/2025", &[("corrects", "999"), why]).status, 404);
    let (newest, last) = app
        .db
        .read(|conn| Ok::<_, Error>((promises(conn, &[id])?, last_contacts(conn, &[id])?)))
        .expect("the log");
    assert_eq!(newest.get(&id), Some(&day(6, 24)));
    assert_eq!(last[&id].outcome.promised(), Some(day(6, 24)));
    let page = compiler.get(&format!("/obligations/{id}/contacts")).ok();
    assert!(page.contains("<del>đã gọi 20/6/2025"), "the old entry stays, struck");
    // The database itself keeps every entry.
    let changed = app.db.write(|conn| {
        Ok::<_, Error>(diesel::update(contacts::table).set(contacts::note.eq("x")).execute(conn)?)
    });
    assert!(changed.is_err(), "no entry is changed");
}

#[test]
fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = duty_of(&app, "bg.khcn").obligation.id;
    for (promised, more, field) in [
        ("19/6/2025", &[][..], "f-promised"),
        ("ngày mai", &[][..], "f-promised"),
        ("23/6/2025", &[("on", "21/6/2025")][..], "f-on"),
        ("23/6/2025", &[("channel", "")][..], "f-channel"),
        ("", &[("outcome", "promised")][..], "f-promised"),
    ] {
        let refused = called(&compiler, id, promised, more);
        assert_eq!(refused.status, 422, "{promised} {more:?}");
        let text = refused.text();
        assert!(text.contains(&format!("href=\"#{field}\"")) && text.contains("bà Nguyễn Thị Hoa"), "{text}");
    }
    // The half-year is locked before July: nothing could come on a later day.
    let refused = called(&compiler, id, "10/7/2025", &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("số liệu khóa sau ngày"), "{}", refused.text());
    // Who has sent is not called any more.
    let sent = crate::periods::obligation(&app, "bac-giang", "2025-H1", "bg.vhttdl");
    let refused = called(&compiler, sent, "23/6/2025", &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("không cần liên hệ"));
}

#[test]
fn numbers_are_entered_where_one_calls_and_by_the_administrator() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let duty = duty_of(&app, "bg.khcn");
    let at = format!("/obligations/{}/telephone", duty.obligation.id);
    let put = |seen: &str, phone: &str| compiler.post(&at, &[("seen", seen), ("phone", phone)]);
    assert_eq!(put("", "gọi cô Hoa").status, 422);
    put("", "0204 3854 123; 0204 3854 124").redirected();
    assert_eq!(put("", "0204 1").status, 409, "somebody entered one meanwhile");
    let calls = compiler.get(&format!("/periods/{}/calls", duty.obligation.period_id)).ok();
    assert!(["0204 3854 123", "0204 3854 124"].iter().all(|shown| {
        let dialled: String = shown.chars().filter(char::is_ascii_digit).collect();
        calls.contains(&format!("href=\"tel:{dialled}\"><b>{shown}</b>"))
    }));
    // People's own numbers stand beside it.
    app.db
        .write(|conn| {
            use tonghop::db::schema::people;
            let of = people::table.filter(people::username.eq("canbo.khcn.bacgiang"));
            Ok::<_, Error>(diesel::update(of).set(people::phone.eq("0912 345 678")).execute(conn)?)
        })
        .expect("a number");
    assert!(
        compiler.get(&format!("/obligations/{}/contacts", duty.obligation.id)).ok().contains("0912 345 678")
    );
    let administrator = app.client("quantri.bacgiang");
    let unit = duty.obligation.unit_id;
    let form = administrator.get(&format!("/units/{unit}/edit")).ok();
    assert!(form.contains("0204 3854 123; 0204 3854 124"));
    let field = |name: &str| {
        let (_, rest) = form.split_once(&format!("name=\"{name}\"")).expect("the field");
        let (_, rest) = rest.split_once("value=\"").expect("its value");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let (shown, name, short, order) = (field("shown"), field("name"), field("short_name"), field("order"));
    let fields = [
        ("shown", shown.as_str()),
        ("name", &name),
        ("short_name", &short),
        ("order", &order),
        ("aliases", ""),
        ("phone", "0204 999 888"),
    ];
    administrator.post(&format!("/units/{unit}"), &fields).redirected();
    let stored: String = app
        .db
        .read(|conn| Ok::<_, Error>(units::table.find(unit).select(units::phone).first(conn)?))
        .expect("the number");
    assert_eq!(stored, "0204 999 888");
}

#[test]
fn the_message_is_there_without_a_script_and_polite_to_who_is_asked() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = duty_of(&app, "bg.khcn").obligation.period_id;
    let page = compiler.get(&format!("/periods/{period}/calls")).ok();
    let messages: Vec<&str> = page
        .split("<textarea")
        .skip(1)
        .filter_map(|rest| rest.split_once('>')?.1.split_once("</textarea>").map(|(text, _)| text))
        .collect();
    assert!(messages.len() > 3, "one for each who owes");
    assert!(
        messages.iter().all(|text| text.contains("trân trọng đề nghị") && text.contains("Trân trọng cảm ơn"))
    );
    let late = messages.iter().filter(|text| text.contains("quá hạn 3 ngày")).count();
    assert!(late > 0, "who was assigned is told by how much");
    for text in
        messages.iter().filter(|text| text.contains("Mặt trận Tổ quốc") || text.contains("Đoàn Thanh niên"))
    {
        assert!(!text.contains("quá hạn"), "{text}");
    }
}
