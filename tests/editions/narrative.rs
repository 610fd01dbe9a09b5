//! The consolidated text through the pages: paragraphs taken, edited, joined; two people; a unit that writes anew; and
//! what the edition freezes of it.

use tonghop::consolidation::content::{EditionContent, NarrativeParagraph};
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, editions};
use tonghop::error::Error;

use super::{make, page, period_id};
use crate::reports::{filled, names_of, pairs, report_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::counting;
use diesel::prelude::*;

const COMPILER: &str = "tonghop.catinh.bacgiang";

/// The fields of the page's form, and a step.
fn fields(html: &str, act: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = vec![
        ("section".to_owned(), values_of(html, "section")[0].clone()),
        ("form_key".to_owned(), values_of(html, "form_key")[0].clone()),
        ("act".to_owned(), act.to_owned()),
    ];
    for name in names_of(html, "text.") {
        let body = html.split(&format!("name=\"{name}\"")).nth(1).expect("the field");
        let text = body.split_once('>').and_then(|(_, rest)| rest.split("</textarea>").next()).expect("text");
        let given = changes.iter().find(|(field, _)| *field == name).map(|(_, text)| (*text).to_owned());
        fields.push((name, given.unwrap_or_else(|| page::text(text))));
    }
    for name in names_of(html, "was.") {
        fields.push((name.clone(), values_of(html, &name)[0].clone()));
    }
    fields
}

fn press(client: &Client, path: &str, html: &str, act: &str, changes: &[(&str, &str)]) -> Answer {
    client.post(path, &pairs(&fields(html, act, changes)))
}

/// The buttons of a unit's paragraphs.
fn takes(html: &str, unit: &str) -> Vec<String> {
    let said = html.split("<div class=\"said\">").find(|part| part.contains(&format!("<h3>{unit} ")));
    values_of(said.expect("the unit"), "act")
}

fn content(app: &TestApp, edition: &str) -> EditionContent {
    let id: i64 = edition.rsplit('/').next().unwrap().parse().unwrap();
    let text: String = app
        .db
        .read(|conn| {
            editions::table.find(id).select(editions::content_json).first(conn).map_err(DbError::from)
        })
        .unwrap();
    EditionContent::from_canonical(&text).unwrap()
}

/// A unit sends its report once more with another text in section I, and it is received.
fn correct(app: &TestApp, compiler: &Client, text: &str) {
    let report = format!("/reports/{}", report_of(app, "bg.tuphap", "2025-H1"));
    let officer = app.client("canbo.tuphap.bacgiang");
    let version = |client: &Client, page: &str| values_of(&client.get(page).ok(), "version")[0].clone();
    let seen = version(compiler, &format!("{report}/reopening"));
    compiler
        .post(&format!("{report}/reopening"), &[("version", &seen), ("reason", "Viết lại phần I.")])
        .redirected();
    let draft = officer.get(&format!("{report}/draft")).ok();
    officer.post(&format!("{report}/draft"), &pairs(&filled(&draft, &[("section.I", text)]))).redirected();
    let check = officer.get(&format!("{report}/check")).ok();
    // Each correction under a paper of its own.
    let paper =
        [("doc_number", seen.as_str()), ("doc_date", "10/6/2025"), ("signatory_name", "Vũ Tuấn Quân")];
    officer.post(&format!("{report}/submission"), &pairs(&ticked(&check, &paper))).redirected();
    let seen = version(compiler, &report);
    compiler.post(&format!("{report}/receipt"), &[("version", &seen)]).redirected();
}

#[test]
fn the_text_is_taken_edited_joined_and_frozen_with_its_sources() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let path = format!("/periods/{id}/narrative");
    let open = || compiler.get(&format!("{path}?section=1")).ok();
    let html = open();
    assert!(html.contains("Chưa có đoạn nào."));
    let unit = takes(&html, "Sở Tư pháp");
    let other = html.split("<h3>").skip(2).find(|part| !part.starts_with("Sở Tư pháp")).unwrap();
    let other_name = other.split(" <small").next().unwrap().to_owned();
    let other = takes(&html, &page::text(&other_name));
    press(&compiler, &path, &html, &unit[0], &[]).redirected();
    // The same form sent twice takes it once.
    let html = open();
    let fields_now = fields(&html, &other[0], &[("text.1", "Đoạn một, đã biên tập.")]);
    for _ in 0..2 {
        compiler.post(&path, &pairs(&fields_now)).redirected();
    }
    let html = open();
    assert_eq!(names_of(&html, "text.").len(), 2);
    assert!(html.contains("Đoạn một, đã biên tập.") && html.contains("Nguồn: Sở Tư pháp (lần gửi 1)"));
    press(&compiler, &path, &html, "own", &[]).redirected();
    let html = open();
    assert!(html.contains("câu của người tổng hợp, không có nguồn"));
    press(&compiler, &path, &html, "up:3", &[("text.3", "Nhận xét chung.")]).redirected();
    press(&compiler, &path, &open(), "join:2", &[]).redirected();
    let html = open();
    assert_eq!(names_of(&html, "text."), ["text.1", "text.3"]);
    assert!(html.contains("Đoạn đã bỏ hoặc đã gộp (1)"));

    let edition = make(&compiler, id);
    let frozen = content(&app, &edition);
    let section = &frozen.narrative[0];
    // Whose words stand there is told by the identifier of the unit's line, not by a name alone.
    let words = || frozen.narrative.iter().flat_map(|section| &section.paragraphs);
    let line = |said: &NarrativeParagraph| {
        let of =
            frozen.units.iter().find(|unit| (&unit.uid, unit.consolidated) == (&said.uid, said.consolidated));
        of.map(|unit| unit.name.clone())
    };
    assert!(words().count() > 5 && words().all(|said| line(said).as_ref() == Some(&said.unit)));
    let rows = || frozen.lists.iter().flat_map(|list| &list.units);
    let known = |uid: &String| frozen.units.iter().any(|unit| unit.uid == *uid);
    assert!(rows().count() > 0 && rows().all(|listed| known(&listed.uid)), "rows of lists too");
    assert_eq!(section.blocks.len(), 2);
    assert_eq!(section.blocks[0].text, "Đoạn một, đã biên tập.");
    assert_eq!(section.blocks[0].units(), ["Sở Tư pháp"]);
    assert!(section.blocks[1].text.starts_with("Nhận xét chung. ") && section.blocks[1].sources.len() == 1);
    for source in section.blocks.iter().flat_map(|block| &block.sources) {
        let said = section.paragraphs.iter().find(|said| said.unit == source.unit).unwrap();
        let words: String =
            said.text.chars().skip(source.from as usize).take((source.to - source.from) as usize).collect();
        assert_eq!((source.text.as_str(), source.newer), (words.as_str(), None));
    }
    let shown = compiler.get(&edition).ok();
    assert!(shown.contains("Đoạn một, đã biên tập.") && shown.contains("Nguồn: Sở Tư pháp (lần gửi 1)"));
    // Sections nobody wrote hold the units' words alone; the head of the results holds nothing.
    assert_eq!(frozen.narrative[1].code, "II");
    assert!(frozen.narrative[1].is_silent() && frozen.heads_parts(&frozen.narrative[1]));
    assert!(frozen.narrative[2].blocks.is_empty() && !frozen.narrative[2].paragraphs.is_empty());

    // What is typed later goes into the next edition, which says how the text changed.
    press(&compiler, &path, &open(), "save", &[("text.1", "Đoạn một, biên tập lại.")]).redirected();
    assert_eq!(content(&app, &edition), frozen);
    super::approve(&app, &app.client("lanhdao.catinh.bacgiang"), &edition);
    let second = make(&compiler, id);
    let list = content(&app, &second).changes.unwrap();
    assert_eq!(list.sections.len(), 1);
    let shown = compiler.get(&second).ok();
    assert!(shown.contains("<del>đã </del>biên tập<ins> lại</ins>"), "{shown}");
    let side = compiler.get(&format!("{second}/comparison")).ok();
    assert!(side.contains("section-changes") && side.contains("Lần 1, 6 tháng đầu năm 2025"));
}

/// What is typed is kept as it is typed: the answer tells how the text stands, another person's change is never overwritten,
/// and a run of typing is one step on the record.
#[test]
fn typing_is_kept_while_one_types() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let path = format!("/periods/{id}/narrative");
    let open = || compiler.get(&format!("{path}?section=1")).ok();
    press(&compiler, &path, &open(), "own", &[]).redirected();
    let html = open();
    assert!(html.contains("data-autosave=") && html.contains("data-save-state"), "{html}");
    let section = values_of(&html, "section")[0].clone();
    let steps = || {
        app.db
            .read(|conn| {
                let of = audit_log::table.filter(audit_log::action.eq("narrative.save"));
                Ok::<_, Error>(of.count().get_result::<i64>(conn)?)
            })
            .expect("the record")
    };
    let before = steps();
    let send = |text: &str, was: &str| {
        let fields = [("section", section.as_str()), ("text.1", text), ("was.1", was)];
        let answer = compiler.post(&format!("{path}/autosave"), &fields);
        let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap_or_default();
        (answer.status, json["fields"]["was.1"].as_str().unwrap_or_default().to_owned(), json)
    };
    let shown = values_of(&html, "was.1")[0].clone();
    let (status, once, json) = send("Tình hình", &shown);
    assert_eq!(status, 200, "{json}");
    assert!(json["version"].as_i64() > Some(1) && json["saved_at"].as_str().is_some(), "{json}");
    let (status, twice, _) = send("Tình hình ổn định.", &once);
    assert!(status == 200 && twice != once);
    assert_eq!(steps(), before, "typing right after a step goes on with it");
    assert!(open().contains("Tình hình ổn định.</textarea>"), "a new page has it");
    // From a page that shows the older text: nothing is written, both are left to the page.
    let (status, _, json) = send("Một câu khác.", &once);
    assert_eq!(status, 409, "{json}");
    assert!(json["message"].as_str().is_some_and(|words| words.contains("Bấm Lưu")), "{json}");
    assert!(open().contains("Tình hình ổn định.</textarea>"));
    let fields = [
        ("section", section.as_str()),
        ("act", "save"),
        ("text.1", "Một câu khác."),
        ("was.1", once.as_str()),
    ];
    let both = compiler.post(&path, &fields);
    assert_eq!(both.status, 409);
    assert!(
        both.text().contains("data-typed") && both.text().contains("Tình hình ổn định."),
        "both stand there"
    );
    // A block of one's own that is still blank is there after the text beside it was kept.
    press(&compiler, &path, &open(), "own", &[]).redirected();
    assert_eq!(send("Tình hình ổn định!", &twice).0, 200);
    assert_eq!(names_of(&open(), "text."), ["text.1", "text.2"]);
    // Somebody who signed out is told so, and the browser keeps the text.
    let gone = app.anonymous().post(&format!("{path}/autosave"), &[("section", &section)]);
    assert_eq!(gone.status, 401);
}

/// What is typed is kept while the other writers wait: nothing that units filed is read for it, and of a step that takes words
/// from a report no figure.
#[test]
fn typing_reads_no_report() {
    counting::begin();
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let path = format!("/periods/{id}/narrative");
    let open = || compiler.get(&format!("{path}?section=1")).ok();
    press(&compiler, &path, &open(), "own", &[]).redirected();
    let html = open();
    let (section, shown) = (values_of(&html, "section")[0].clone(), values_of(&html, "was.1")[0].clone());
    let filed =
        ["revision_sections", "revision_figures", "revision_rows", "content_json", "behalf_revisions"];
    let read = |said: &[String]| -> Vec<&str> {
        filed.into_iter().filter(|table| said.iter().any(|query| query.contains(table))).collect()
    };
    let fields = [("section", section.as_str()), ("text.1", "Tình hình"), ("was.1", shown.as_str())];
    let (said, answer) = counting::statements(|| compiler.post(&format!("{path}/autosave"), &fields));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(said.iter().any(|query| query.contains("narrative_drafts")), "the queries are seen");
    assert!(read(&said).is_empty(), "{:?}", read(&said));
    let html = open();
    let take = takes(&html, "Sở Tư pháp")[0].clone();
    let (said, answer) = counting::statements(|| press(&compiler, &path, &html, &take, &[]));
    answer.redirected();
    assert_eq!(read(&said), ["revision_sections"]);
    assert_eq!(names_of(&open(), "text."), ["text.1", "text.2"], "what was typed, and what was taken");
}

/// Two people in one section: what one keeps while typing never comes back over what the other wrote beside it.
#[test]
fn typing_beside_another_leaves_their_block_alone() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client("lanhdao.catinh.bacgiang"));
    let path = format!("/periods/{id}/narrative");
    let open = || compiler.get(&format!("{path}?section=1")).ok();
    press(&compiler, &path, &open(), "own", &[]).redirected();
    press(&compiler, &path, &open(), "own", &[("text.1", "Câu một.")]).redirected();
    let html = open();
    let section = values_of(&html, "section")[0].clone();
    let (one, two) = (values_of(&html, "was.1")[0].clone(), values_of(&html, "was.2")[0].clone());
    let send = |who: &Client, texts: [&str; 2], marks: [&str; 2]| {
        let fields = [
            ("section", section.as_str()),
            ("text.1", texts[0]),
            ("was.1", marks[0]),
            ("text.2", texts[1]),
            ("was.2", marks[1]),
        ];
        let answer = who.post(&format!("{path}/autosave"), &fields);
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice::<serde_json::Value>(&answer.bytes).expect("JSON")
    };
    send(&leader, ["Câu một.", "Câu của lãnh đạo."], [&one, &two]);
    let answer = send(&compiler, ["Câu một, sửa.", ""], [&one, &two]);
    assert!(answer["fields"]["was.2"].is_null() && answer["by"].is_string(), "{answer}");
    let now = answer["fields"]["was.1"].as_str().expect("the mark of what stands").to_owned();
    send(&compiler, ["Câu một, sửa nữa.", ""], [&now, &two]);
    let html = open();
    assert!(html.contains("Câu một, sửa nữa.") && html.contains("Câu của lãnh đạo."), "{html}");
}

#[test]
fn what_a_unit_writes_anew_marks_the_sentences_taken_from_it() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let path = format!("/periods/{id}/narrative");
    let open = || compiler.get(&format!("{path}?section=1")).ok();
    correct(&app, &compiler, "Đã ban hành 02 văn bản.\nTổ chức 03 hội nghị.\nPhát 500 tờ rơi.");
    let html = open();
    let buttons = takes(&html, "Sở Tư pháp");
    assert_eq!(buttons.len(), 4, "three paragraphs and all of them");
    for button in &buttons[..3] {
        press(&compiler, &path, &open(), button, &[]).redirected();
    }
    press(&compiler, &path, &open(), "save", &[("text.2", "Trong kỳ: Tổ chức 03 hội nghị. Kết quả tốt.")])
        .redirected();
    assert!(!open().contains("cần xem"));

    correct(&app, &compiler, "Đã ban hành 02 văn bản.\nTổ chức 04 hội nghị.");
    let html = open();
    // The first paragraph says what it said; the second says otherwise; the third is gone.
    assert!(html.contains("2 đoạn cần xem"));
    assert!(html.contains("Nguồn: Sở Tư pháp (lần gửi 3)"), "an unchanged paragraph follows its unit");
    assert!(html.contains("<del>03</del>") && html.contains("<ins>04</ins>"), "old and new side by side");
    assert!(html.contains("Đơn vị đã bỏ đoạn này."));
    let asked = compiler.post(&format!("/periods/{id}/editions"), &[]);
    assert!(asked.status == 200 && asked.text().contains("Đoạn thuyết minh lấy từ nội dung cũ"));
    let made = make(&compiler, id);
    let frozen = content(&app, &made);
    let newer: Vec<Option<u32>> =
        frozen.narrative[0].blocks.iter().map(|block| block.sources[0].newer).collect();
    assert_eq!(newer, [None, Some(3), Some(3)]);
    let words = "Sở Tư pháp: lần gửi 3 viết khác đoạn đã lấy";
    for path in [made.clone(), format!("{made}/approval")] {
        let page = app.client("lanhdao.catinh.bacgiang").get(&path).ok();
        assert!(page.contains("id=\"outdated\"") && page.contains(words), "{path}: {page}");
    }

    let buttons: Vec<String> = values_of(&html, "act")
        .into_iter()
        .filter(|act| act.contains("keep") || act.contains("renew"))
        .collect();
    let find = |begin: &str| buttons.iter().find(|act| act.starts_with(begin)).unwrap().clone();
    press(&compiler, &path, &open(), &find("renew:2"), &[]).redirected();
    let html = open();
    assert!(
        html.contains("Trong kỳ: Tổ chức 04 hội nghị. Kết quả tốt."),
        "the new words stand in the edited text"
    );
    press(&compiler, &path, &html, &find("keep:3"), &[]).redirected();
    let html = open();
    assert!(!html.contains("cần xem") && html.contains("Phát 500 tờ rơi."));
    // The buttons of an older page no longer fit, and say so.
    assert_eq!(press(&compiler, &path, &html, &find("renew:2"), &[]).status, 409);
}

/// A paragraph proposed from totals is marked where it is edited, and before the edition is approved, when a report received since has
/// changed them.
#[test]
fn what_was_proposed_from_totals_is_marked_when_they_change() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let path = format!("/periods/{id}/narrative");
    let all = (1..40).map(|at| format!("{path}?section={at}"));
    let found: Vec<String> = all
        .take_while(|at| compiler.get(at).status == 200)
        .filter(|at| compiler.get(at).ok().contains("value=\"compose\""))
        .collect();
    for at in &found {
        press(&compiler, &path, &compiler.get(at).ok(), "compose", &[]).redirected();
        assert!(!compiler.get(at).ok().contains("id=\"changed-totals\""), "nothing changed yet");
    }
    let (late, state) = super::report(&app, id, "bg.noivu");
    compiler.post(&format!("/reports/{late}/receipt"), &[("version", &state.to_string())]).redirected();
    let marked = found.iter().filter(|at| compiler.get(at).ok().contains("id=\"changed-totals\"")).count();
    assert!(marked > 0, "{} sections were composed", found.len());
    let made = make(&compiler, id);
    let page = app.client("lanhdao.catinh.bacgiang").get(&format!("{made}/approval")).ok();
    assert!(page.contains("id=\"outdated\"") && page.contains("đoạn soạn sẵn ghi"), "{page}");
}

#[test]
fn two_compilers_lose_nothing() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client("lanhdao.catinh.bacgiang"));
    let path = format!("/periods/{id}/narrative");
    let open = |client: &Client| client.get(&format!("{path}?section=1")).ok();
    let all = takes(&open(&compiler), "Sở Tư pháp");
    press(&compiler, &path, &open(&compiler), &all[0], &[]).redirected();
    press(&compiler, &path, &open(&compiler), "own", &[]).redirected();
    let both = open(&compiler);
    press(&compiler, &path, &both, "save", &[("text.1", "Của người thứ nhất."), ("text.2", "Câu riêng.")])
        .redirected();
    // Another block: merged, and said.
    let late = open(&leader);
    press(&compiler, &path, &open(&compiler), "save", &[("text.2", "Câu riêng, sửa.")]).redirected();
    press(&leader, &path, &late, "save", &[("text.1", "Của người thứ hai.")]).redirected();
    let now = open(&leader);
    assert!(
        now.contains("Của người thứ hai.") && now.contains("Câu riêng, sửa.") && now.contains("đã được gộp")
    );
    // The same block: the second is told, sees both texts, and nothing is written.
    let answer = press(&leader, &path, &both, "save", &[("text.1", "Từ trang cũ.")]);
    assert_eq!(answer.status, 409);
    let told = answer.text();
    assert!(told.contains("Từ trang cũ.") && told.contains("Của người thứ hai."), "{told}");
    assert!(open(&compiler).contains("Của người thứ hai."));
    press(&leader, &path, &told, "save", &[]).redirected();
    assert!(open(&compiler).contains("Từ trang cũ."));
    let long = "a".repeat(20_001);
    let answer = press(&compiler, &path, &open(&compiler), "save", &[("text.1", &long)]);
    assert!(answer.status == 422 && answer.text().contains("nhiều nhất 20.000 ký tự"));
}
