//! The pages: who may drop, what is refused in which words, what is decided by hand, and what a double click does.

use tonghop::drops::{FOREIGN, FileState};

use super::{COMPILER, books, dropped, files, fill, period, post, press, run, states, zipped};
use crate::support::app::TestApp;
use crate::unit_workbook::pages::{part, with_figure, words};
use crate::unit_workbook::sample::with_part;

/// A workbook that lost what says whose it is.
fn nameless(book: &[u8]) -> Vec<u8> {
    let book = with_part(book, "docProps/custom.xml", |_| "<Properties/>".to_owned());
    with_part(&book, "xl/sharedStrings.xml", |xml| xml.replace("bieu_mau_don_vi", "mat"))
}

#[test]
fn a_foreign_unit_and_one_that_does_not_exist_are_refused_in_the_same_words() {
    let app = TestApp::demo();
    let far = books(&app, "long-an", &["2025-Y"]);
    let near = books(&app, "bac-giang", &["2025-Y"]);
    let unknown = with_part(&near[0].bytes, "docProps/custom.xml", |_| "<Properties/>".to_owned());
    let code = format!("<t>{}</t>", near[0].unit);
    let unknown = with_part(&unknown, "xl/sharedStrings.xml", |xml| xml.replace(&code, "<t>bg.khong-co</t>"));
    let drop = dropped(&app, "2025-Y", &[("a.xlsx", &far[0].bytes), ("b.xlsx", &unknown)]);
    let found = states(&app, drop);
    for (state, words) in &found {
        assert_eq!(*state, FileState::Refused);
        assert!(words.starts_with(FOREIGN) && words.ends_with("thì gửi tệp cho cơ quan đó."), "{words}");
        assert!(words.contains("Tệp ghi: "), "{words}");
    }
    // They differ in what the files themselves say, and in nothing else.
    let around = |words: &str| {
        words.split("Tệp ghi: ").map(|part| part.rsplit(". ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(around(&found[0].1), around(&found[1].1));
    assert!(found[0].1.contains("năm 2025") || found[0].1.contains("Năm 2025"), "{}", found[0].1);
    // The drop is nobody else's.
    let number = files(&app, drop)[0].id;
    for name in ["tonghop.catinh.longan", "canbo.khcn.bacgiang", "lanhdao.ubnd.bacgiang", "quantri.bacgiang"]
    {
        let other = app.client(name);
        for rest in ["", "/files/0", &format!("/files/{number}"), &format!("/files/{number}/file")] {
            assert_eq!(other.get(&format!("/drops/{drop}{rest}")).status, 404, "{name} {rest}");
        }
        for verb in ["application", "retry"] {
            assert_eq!(other.post(&format!("/drops/{drop}/{verb}"), &[]).status, 404, "{name} {verb}");
        }
    }
}

#[test]
fn the_form_says_what_is_missing_and_a_double_post_is_one_drop() {
    let app = TestApp::demo();
    let all = books(&app, "bac-giang", &["2025-Y"]);
    let compiler = app.client(COMPILER);
    let at = format!("/periods/{}/drops", period(&app, "2025-Y"));
    assert!(
        compiler.get(&format!("/periods/{}", period(&app, "2025-Y"))).ok().contains("Nhận nhiều tệp Excel")
    );
    assert!(compiler.get(&at).ok().contains("Chọn các tệp"));
    let fields = [("csrf", compiler.csrf.as_str()), ("received_number", ""), ("received_on", "11/6/2025")];
    let answer = compiler.post_file(&at, &fields, ("files", "a.xlsx", &all[0].bytes));
    let (status, page) = (answer.status, answer.text());
    assert_eq!(status, 422);
    assert!(page.contains("Nhập số đến") && page.contains("không thể sau hôm nay"), "{page}");
    let archive = zipped(&[("a.xlsx", &all[0].bytes)]);
    let first = post(&app, &compiler, "2025-Y", ("a.zip", &archive), "same").redirected();
    assert_eq!(post(&app, &compiler, "2025-Y", ("a.zip", &archive), "same").redirected(), first);
    assert_ne!(post(&app, &compiler, "2025-Y", ("a.zip", &archive), "other").redirected(), first);
    assert_eq!(post(&app, &compiler, "2025-Y", ("a.zip", b"PK\x03\x04 cut"), "third").status, 422);
}

#[test]
fn what_is_too_large_is_named_on_the_form_and_nothing_typed_is_lost() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let at = format!("/periods/{}/drops", period(&app, "2025-Y"));
    let fields = [("csrf", compiler.csrf.as_str()), ("received_number", "977"), ("received_on", "9/6/2025")];
    let answer = compiler.post_file(&at, &fields, ("files", "to-qua.zip", &vec![b'x'; (64 << 20) + 1]));
    let (status, page) = (answer.status, answer.text());
    assert_eq!(status, 422);
    assert!(page.contains("Tệp “to-qua.zip” quá lớn: mỗi tệp nhiều nhất 64 MB."), "{page}");
    assert!(page.contains("value=\"977\"") && page.contains("Chọn các tệp"), "{page}");
}

/// The unit is told on its own page what was sent for it, also where it was never reminded.
#[test]
fn a_unit_is_told_what_was_sent_for_it() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.retain(|book| book.unit == "bg.khcn");
    fill(&mut all);
    let officer = app.client("canbo.khcn.bacgiang");
    assert!(!officer.get("/notices").ok().contains("số đến 215"));
    let drop = dropped(&app, "2025-Y", &[("a.xlsx", &all[0].bytes)]);
    press(&app.client(COMPILER), drop).redirected();
    run(&app);
    assert_eq!(files(&app, drop)[0].state(), FileState::Applied);
    let page = officer.get("/notices").ok();
    for words in [
        "Báo cáo được gửi thay đơn vị",
        "từ tệp Excel của đơn vị, số đến 215, ngày đến ",
        "; gửi lúc ",
        "Đơn vị không phải gửi nữa",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains(&format!("href=\"/reports/{}\"", all[0].report)), "{page}");
    let other = app.client("canbo.vhttdl.bacgiang").get("/notices").ok();
    assert!(!other.contains("số đến 215"), "{other}");
}

#[test]
fn a_file_without_identity_is_assigned_by_hand_and_two_for_one_report_are_pointed_out() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(2);
    let before = nameless(&all[1].bytes);
    fill(&mut all);
    let drop = dropped(
        &app,
        "2025-Y",
        &[("a.xlsx", &all[0].bytes), ("khong ten.xlsx", &before), ("b.xlsx", &all[1].bytes)],
    );
    let compiler = app.client(COMPILER);
    let at = format!("/drops/{drop}");
    let nameless = &files(&app, drop)[1];
    assert_eq!(nameless.state(), FileState::ToAssign);
    let page = compiler.get(&at).ok();
    assert!(page.contains("Chọn đơn vị") && page.contains("chưa rõ đơn vị"), "{page}");
    let report = all[1].report.to_string();
    let assignment = format!("{at}/files/{}/assignment", nameless.id);
    // Its sheets name another unit than the one chosen by mistake: that is said, and another can be chosen.
    let wrong = all[0].report.to_string();
    let fields = [("version", &*nameless.version.to_string()), ("report", &*wrong)];
    compiler.post(&assignment, &fields).redirected();
    run(&app);
    let nameless = &files(&app, drop)[1];
    assert_eq!(nameless.state(), FileState::Refused);
    assert!(nameless.message.contains("Chọn lại đơn vị"), "{}", nameless.message);
    let fields = [("version", &*nameless.version.to_string()), ("report", &*report)];
    compiler.post(&assignment, &fields).redirected();
    assert_eq!(compiler.post(&assignment, &fields).status, 409, "it has moved");
    run(&app);
    let page = compiler.get(&at).ok();
    assert!(page.contains("1 báo cáo có hơn một tệp") && page.contains("trùng báo cáo"), "{page}");
    press(&compiler, drop).redirected();
    run(&app);
    let found: Vec<FileState> = states(&app, drop).into_iter().map(|(state, _)| state).collect();
    assert_eq!(found, [FileState::Applied, FileState::Faulty, FileState::Ready]);
    // One is left out, the other goes in.
    let out = &files(&app, drop)[1];
    let version = out.version.to_string();
    compiler.post(&format!("{at}/files/{}/omission", out.id), &[("version", &version)]).redirected();
    press(&compiler, drop).redirected();
    run(&app);
    let found: Vec<FileState> = states(&app, drop).into_iter().map(|(state, _)| state).collect();
    assert_eq!(found, [FileState::Applied, FileState::LeftOut, FileState::Applied]);
    let list = compiler.get(&format!("/periods/{}/drops", period(&app, "2025-Y"))).ok();
    assert!(list.contains("Các lần nhận trước") && list.contains("số đến 215, ngày 09/6/2025"), "{list}");
}

#[test]
fn a_file_with_something_to_mend_stays_out_and_the_good_one_goes_in_under_its_own_receipt() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(2);
    let bad = with_figure(&all[0].bytes, "B04", &words("một ít"));
    fill(&mut all);
    let drop =
        dropped(&app, "2025-Y", &[("sai.xlsx", &bad), ("tot.xlsx", &all[1].bytes), ("lai.xlsx", &bad)]);
    let rows = files(&app, drop);
    assert!(rows[0].state() == FileState::Faulty && rows[0].blockers > 0, "{}", rows[0].message);
    assert_eq!(rows[2].state(), FileState::LeftOut, "the same bytes twice");
    let compiler = app.client(COMPILER);
    let at = format!("/drops/{drop}");
    let page = compiler.get(&format!("{at}/files/{}", rows[0].id)).ok();
    assert!(page.contains("phải sửa trước khi nhận") && page.contains("ô F"), "{page}");
    // What the unit gets back: its own workbook with the fault said in the cell, which it can mend and send again.
    assert!(page.contains("Tải tệp có ghi chú lỗi"), "{page}");
    let marked = compiler.get(&format!("{at}/files/{}/annotated", rows[0].id)).bytes;
    assert!(part(&marked, "xl/comments1.xml").contains("B04"));
    assert_eq!(
        app.client("canbo.khcn.bacgiang").get(&format!("{at}/files/{}/annotated", rows[0].id)).status,
        404
    );
    let version = rows[1].version.to_string();
    let own = [("version", &*version), ("received_number", "300"), ("received_on", "05/6/2025")];
    compiler.post(&format!("{at}/files/{}/receipt", rows[1].id), &own).redirected();
    run(&app);
    assert!(compiler.get(&format!("{at}/files/{}", rows[1].id)).ok().contains("số đến 300"));
    assert!(compiler.get(&format!("{at}/files/{}/file", rows[1].id)).bytes == all[1].bytes);
    // Without the tick a file with warnings stays.
    let seen = files(&app, drop);
    assert!(seen[1].warnings > 0, "there is something to be looked at in it");
    let shown = format!("{}:{}", seen[1].id, seen[1].version);
    let refused = compiler.post(&format!("{at}/application"), &[("shown", &shown)]);
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("Chưa nhận tệp nào") && page.contains("tot.xlsx"), "the drop itself: {page}");
    press(&compiler, drop).redirected();
    run(&app);
    let rows = files(&app, drop);
    assert_eq!((rows[0].state(), rows[1].state()), (FileState::Faulty, FileState::Applied));
    let report = compiler.get(&format!("/reports/{}", all[1].report)).ok();
    assert!(report.contains("nhập từ tệp Excel của đơn vị theo số đến 300, ngày 05/6/2025"), "{report}");
    compiler.post(&format!("{at}/retry"), &[]).redirected();
    run(&app);
    assert_eq!(files(&app, drop)[0].state(), FileState::Faulty);
}

/// What was entered was looked at: a file that became ready, or was read anew, after the page was made stays.
#[test]
fn a_press_enters_what_its_page_showed() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(2);
    fill(&mut all);
    let drop = dropped(&app, "2025-Y", &[("a.xlsx", &all[0].bytes), ("b.xlsx", &all[1].bytes)]);
    let compiler = app.client(COMPILER);
    let at = format!("/drops/{drop}");
    let shown = crate::reports::values_of(&compiler.get(&at).ok(), "shown").remove(0);
    let first = files(&app, drop)[0].id;
    let version = files(&app, drop)[0].version.to_string();
    let own = [("version", &*version), ("received_number", "301"), ("received_on", "05/6/2025")];
    compiler.post(&format!("{at}/files/{first}/receipt"), &own).redirected();
    let pressed = [("warnings", "1"), ("shown", &*shown)];
    assert_eq!(compiler.post(&format!("{at}/application"), &pressed).status, 422, "one is being read");
    run(&app);
    compiler.post(&format!("{at}/application"), &pressed).redirected();
    run(&app);
    let found: Vec<FileState> = states(&app, drop).into_iter().map(|(state, _)| state).collect();
    assert_eq!(found, [FileState::Ready, FileState::Applied], "the first was read anew since");
    press(&compiler, drop).redirected();
    run(&app);
    assert!(states(&app, drop).iter().all(|(state, _)| *state == FileState::Applied));
}

/// Files chosen at a press whose job was given up are gone on with from the page.
#[test]
fn what_was_chosen_and_given_up_can_be_gone_on_with() {
    use diesel::prelude::*;
    use tonghop::db::schema::{drop_files, jobs};
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(1);
    fill(&mut all);
    let drop = dropped(&app, "2025-Y", &[("a.xlsx", &all[0].bytes)]);
    let compiler = app.client(COMPILER);
    press(&compiler, drop).redirected();
    app.db
        .write(|conn| {
            diesel::update(jobs::table).set(jobs::state.eq("failed")).execute(conn)?;
            let applying: i64 =
                drop_files::table.filter(drop_files::state.eq("applying")).count().get_result(conn)?;
            assert_eq!(applying, 1);
            Ok::<_, tonghop::error::Error>(())
        })
        .expect("a job that was given up");
    let page = compiler.get(&format!("/drops/{drop}")).ok();
    assert!(page.contains("Nhận tiếp") && page.contains("1 tệp đã chọn nhận mà chưa nhận xong"), "{page}");
    press(&compiler, drop).redirected();
    run(&app);
    assert_eq!(files(&app, drop)[0].state(), FileState::Applied);
}
