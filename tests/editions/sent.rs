//! Where an edition goes: recorded with day, hour, way and document, never before it is approved; a record that was a
//! mistake is struck out and stays. A draft given back. The paper that goes with it.

use super::{approve, make, page, period_id, version};
use crate::documents::read::paragraphs;
use crate::reports::values_of;
use crate::support::app::TestApp;
use crate::support::client::Client;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const LEADER: &str = "lanhdao.catinh.bacgiang";

/// A sending as typed, at a minute of the page's own proposal.
pub fn typed<'a>(time: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("recipient", "Bộ Công an (qua Cục C11)"),
        ("other", ""),
        ("way", "axis"),
        ("sent_on", "10/6/2025"),
        ("sent_time", time),
        ("doc_number", "125/BC-CAT"),
        ("doc_date", "10/6/2025"),
    ];
    for (name, value) in changes {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    fields
}

/// The hour the form offers.
pub fn now_of(form: &str) -> String {
    let field = form.split("name=\"sent_time\"").nth(1).expect("the hour");
    field.split("value=\"").nth(1).expect("its value")[..5].to_owned()
}

#[test]
fn a_sending_is_recorded_and_struck_out_and_never_removed() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    let edition = make(&compiler, id);
    let to = format!("{edition}/dispatches");
    let early = compiler.post(&to, &typed("10:00", &[]));
    assert!(early.status == 422 && early.text().contains("chưa được lãnh đạo chốt"));
    approve(&app, &leader, &edition);
    let form = compiler.get(&format!("{to}/new")).ok();
    assert!(form.contains("Bộ Công an (qua Cục C11)") && form.contains("UBND tỉnh Bắc Giang"));
    assert!(!form.contains("trên phần mềm này"), "nobody above collects here");
    let now = now_of(&form);
    for (changes, words) in [
        (&[("sent_on", "09/6/2025")][..], "không gửi được trước đó"),
        (&[("sent_on", "11/6/2025")][..], "chưa tới"),
        (&[("sent_on", "31/6/2025")][..], "href=\"#f-sent_on\""),
        (&[("sent_time", "25:00")][..], "Nhập giờ gửi"),
        (&[("recipient", "")][..], "Chọn nơi nhận"),
        (&[("doc_number", "")][..], "Nhập số, ký hiệu"),
        (&[("doc_date", "12/6/2025")][..], "mang ngày sau ngày gửi"),
        (&[("way", "pigeon")][..], "Chọn cách gửi"),
        (&[("way", "system")][..], "không nhận báo cáo trên phần mềm"),
    ] {
        let answer = compiler.post(&to, &typed(&now, changes));
        assert!(answer.status == 422 && answer.text().contains(words), "{words}: {}", answer.text());
        assert!(
            answer.text().contains("125/BC-CAT") || changes[0].0 == "doc_number",
            "what was typed is kept"
        );
    }
    assert!(compiler.get(&edition).ok().contains("Chưa gửi: Bộ Công an (qua Cục C11); UBND tỉnh Bắc Giang."));
    compiler.post(&to, &typed(&now, &[])).redirected();
    compiler
        .post(&to, &typed(&now, &[("recipient", ""), ("other", "Viện kiểm sát"), ("way", "clerk")]))
        .redirected();
    let shown = compiler.get(&edition).ok();
    let text = page::text(&shown);
    assert!(text.contains("Đã gửi") && text.contains("số 125/BC-CAT ngày 10/6/2025"));
    assert!(text.contains("trục liên thông văn bản") && text.contains("Chưa gửi: UBND tỉnh Bắc Giang."));
    assert!(compiler.get("/editions").ok().contains("Viện kiểm sát"));
    assert!(
        app.client("c11.bocongan").get(&edition).ok().contains("125/BC-CAT"),
        "the Ministry sees what came"
    );

    let strikes: Vec<String> = shown
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.ends_with("/strike"))
        .map(str::to_owned)
        .collect();
    assert_eq!(strikes.len(), 2);
    assert!(compiler.get(&strikes[0]).ok().contains("Gạch bỏ lần ghi gửi?"));
    assert_eq!(compiler.post(&strikes[0], &[("reason", " ")]).status, 422);
    assert_eq!(app.client("lanhdao.ubnd.bacgiang").post(&strikes[0], &[("reason", "x")]).status, 403);
    compiler.post(&strikes[0], &[("reason", "Gửi nhầm phụ lục")]).redirected();
    assert_eq!(compiler.post(&strikes[0], &[("reason", "Lại")]).status, 409);
    let shown = compiler.get(&edition).ok();
    assert!(shown.contains("đã gạch bỏ") && shown.contains("Gửi nhầm phụ lục"));
    assert!(shown.contains("<del>Bộ Công an (qua Cục C11)</del>"));
    compiler.post(&strikes[1], &[("reason", "Chưa gửi")]).redirected();
    let facts = compiler.get(&edition).ok();
    assert!(
        facts.contains("<span class=\"tag done\">Đã chốt</span>"),
        "nothing stands: it is approved, not sent"
    );
}

#[test]
fn a_leader_gives_a_draft_back_with_a_reason() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    let edition = make(&compiler, id);
    let back = format!("{edition}/return");
    let seen = version(&app, &edition);
    assert_eq!(compiler.post(&back, &[("version", &seen), ("reason", "x")]).status, 403);
    assert_eq!(leader.post(&back, &[("version", &seen), ("reason", "")]).status, 422);
    leader.post(&back, &[("version", &seen), ("reason", "Phần II viết gọn lại.")]).redirected();
    assert_eq!(leader.post(&back, &[("version", &seen), ("reason", "Lại")]).status, 409);
    let shown = compiler.get(&edition).ok();
    assert!(shown.contains("Lãnh đạo đã trả lại bản dự thảo này") && shown.contains("Phần II viết gọn lại."));
    for list in ["/editions".to_owned(), format!("/periods/{id}/consolidation")] {
        let read = compiler.get(&list).ok();
        assert!(read.contains("Đã trả lại") && !read.contains("Đã hủy"), "{list}: {read}");
    }
    assert!(compiler.get(&format!("/periods/{id}/narrative")).ok().contains("Phần II viết gọn lại."));
    // It waits for whoever compiles until the next one is made.
    let waits = |client: &Client| client.get("/periods").ok().contains("lãnh đạo trả lại dự thảo");
    assert!(waits(&compiler) && !waits(&app.client("lanhdao.ubnd.bacgiang")));
    let next = make(&compiler, id);
    assert!(compiler.get(&next).ok().contains("Bản tổng hợp lần 2"));
    assert!(!waits(&compiler));
    assert!(!compiler.get(&format!("/periods/{id}/narrative")).ok().contains("Phần II viết gọn lại."));
}

#[test]
fn the_paper_has_the_head_the_narrative_and_the_totals() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let edition = make(&compiler, id);
    let lines = |path: &str| -> Vec<String> {
        let answer = compiler.get(path);
        assert_eq!(answer.status, 200, "{}", answer.text());
        paragraphs(&answer.bytes).into_iter().map(|one| one.text.replace('\u{a0}', " ")).collect()
    };
    let draft = lines(&format!("{edition}/document"));
    for words in ["BỘ CÔNG AN", "BÁO CÁO", "- Bộ Công an (qua Cục C11);", "- Ủy ban nhân dân tỉnh Bắc Giang."]
    {
        assert!(draft.iter().any(|line| line == words), "{words}: {draft:#?}");
    }
    assert!(draft.iter().any(|line| line == "Tổng hợp từ báo cáo của 9/26 đơn vị"), "{draft:#?}");
    let totals = page::totals(&compiler.get(&edition).ok());
    let total = &totals["B04"].now;
    assert!(draft.iter().any(|line| line.ends_with(total)), "the total of the page stands in the annex");
    approve(&app, &app.client(LEADER), &edition);
    let first = compiler.get(&format!("{edition}/document")).bytes;
    assert!(first == compiler.get(&format!("{edition}/document")).bytes);
    assert_eq!(app.client("c11.bocongan").get(&format!("{edition}/document")).bytes, first);
}

#[test]
fn recipients_are_kept_in_order_and_guarded() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let compiler = app.client(COMPILER);
    let list = compiler.get("/regimes").ok();
    let regime = list
        .split("href=\"/regimes/")
        .find(|rest| rest.contains("Tái hòa nhập cộng đồng tỉnh Bắc Giang"))
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let path = format!("/regimes/{regime}/recipients");
    let seen = values_of(&compiler.get(&path).ok(), "seen")[0].clone();
    let names = "UBND tỉnh Bắc Giang\n\n  Bộ Công an (qua Cục C11) \nBan Nội chính Tỉnh ủy";
    let twice = "UBND tỉnh Bắc Giang\nUBND tỉnh Bắc Giang";
    let refused = compiler.post(&path, &[("names", twice), ("seen", &seen)]);
    assert!(refused.status == 422 && refused.text().contains("có hai lần"));
    compiler.post(&path, &[("names", names), ("seen", &seen)]).redirected();
    assert_eq!(admin.post(&path, &[("names", "Một nơi"), ("seen", &seen)]).status, 409);
    let shown = admin.get(&path).ok();
    assert!(shown.contains("UBND tỉnh Bắc Giang\nBộ Công an (qua Cục C11)\nBan Nội chính Tỉnh ủy"));
    // Two at once, each with a list of their own.
    let seen = values_of(&shown, "seen")[0].clone();
    let mut statuses = std::thread::scope(|scope| {
        let posts = [(&admin, "Một nơi"), (&compiler, "Hai nơi")].map(|(client, names)| {
            let (path, seen) = (&path, &seen);
            scope.spawn(move || client.post(path, &[("names", names), ("seen", seen)]).status)
        });
        posts.map(|post| post.join().expect("an answer"))
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
}
