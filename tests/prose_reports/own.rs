//! The unit's officer brings the document to their own report.

use diesel::prelude::*;
use tonghop::db::schema::{
    audit_log, brought_documents, draft_figures, draft_files, draft_sections, drafts, indicators,
};

use super::*;

/// Code, value, estimate, qualifier.
type FigureRow = (String, Option<i64>, bool, String);

fn figures(scene: &Scene) -> Vec<FigureRow> {
    scene.read(|conn| {
        draft_figures::table
            .inner_join(indicators::table)
            .filter(draft_figures::report_id.eq(scene.id))
            .filter(draft_figures::value.is_not_null())
            .order(indicators::code)
            .select((
                indicators::code,
                draft_figures::value,
                draft_figures::estimate,
                draft_figures::qualifier,
            ))
            .load(conn)
    })
}

fn section(scene: &Scene, code: &str) -> String {
    scene.read(|conn| {
        draft_sections::table
            .filter(draft_sections::report_id.eq(scene.id))
            .filter(draft_sections::section_code.eq(code))
            .select(draft_sections::body)
            .first(conn)
            .optional()
            .map(Option::unwrap_or_default)
    })
}

fn version(scene: &Scene) -> i32 {
    scene.read(|conn| drafts::table.find(scene.id).select(drafts::version).first(conn))
}

#[test]
fn the_document_becomes_the_draft_at_once() {
    let scene = Scene::open();
    scene.blank();
    let before = version(&scene);
    let review = scene.paste(REPORT);
    let page = scene.officer.get(&review).ok();
    assert!(
        page.contains("78") && page.contains("BC-SKHCN") && page.contains("gần 1.100 lượt tin, bài"),
        "{page}"
    );
    assert!(
        page.contains("mức tăng, giảm") && page.contains("quý II"),
        "growth is none, the other period is pointed out"
    );
    assert_eq!(version(&scene), before, "nothing is written by reading");
    press(&scene.officer, &review, "apply", &[]).redirected();
    assert_eq!(version(&scene), before + 1, "one save");
    assert!(
        section(&scene, "I").starts_with("Sở đã ban hành Kế hoạch số 21/KH-SKHCN"),
        "{}",
        section(&scene, "I")
    );
    let written = figures(&scene);
    let of = |code: &str| written.iter().find(|row| row.0 == code).cloned();
    assert!(written.iter().all(|row| row.1 != Some(960)), "the earlier period's figure: {written:?}");
    assert_eq!(of("C05"), Some(("C05".into(), Some(1_100), false, "nearly".into())), "{written:?}");
    assert!(of("B04").is_none(), "half a name is not ticked beforehand: {written:?}");
    let page = scene.officer.get(&review).ok();
    assert!(
        page.contains("Văn bản này đã được ghi vào báo cáo") && !page.contains("Ghi vào báo cáo</button>")
    );
    let steps: Vec<String> = scene.read(|conn| {
        audit_log::table
            .filter(audit_log::action.like("prose.%"))
            .order(audit_log::id)
            .select(audit_log::action)
            .load(conn)
    });
    assert_eq!(steps, ["prose.take_in", "prose.apply"]);
    // The unit's own file is its own: it is attached by hand once it is signed.
    let files: i64 = scene
        .read(|conn| draft_files::table.filter(draft_files::report_id.eq(scene.id)).count().get_result(conn));
    assert_eq!(files, 0);
    assert_eq!(press_again(&scene, &review), 422, "written once");
}

fn press_again(scene: &Scene, review: &str) -> u16 {
    let page = scene.officer.get(review).ok();
    let version = hidden(&page, "version").expect("a version");
    scene.officer.post(review, &[("version", &version), ("draft", "1"), ("do", "apply")]).status
}

#[test]
fn a_text_that_stands_is_kept_until_somebody_says_otherwise() {
    let scene = Scene::open();
    scene.blank();
    let draft = format!("/reports/{}/draft", scene.id);
    let now = hidden(&scene.officer.get(&draft).ok(), "version").expect("a version");
    scene.officer.post(&draft, &[("version", &now), ("section.I", "Đã có từ trước.")]).redirected();
    for (how, expected) in [
        ("keep", "Đã có từ trước.".to_owned()),
        ("append", format!("Đã có từ trước.\n{}", "Sở đã ban hành")),
        ("replace", "Sở đã ban hành".to_owned()),
    ] {
        let text = REPORT.replace("78/BC", &format!("{}/BC", how.len()));
        let review = scene.paste(&text);
        assert!(scene.officer.get(&review).ok().contains("Đã có từ trước."), "the old text is shown");
        press(&scene.officer, &review, "apply", &[("how.I", how)]).redirected();
        assert!(section(&scene, "I").starts_with(&expected), "{how}: {}", section(&scene, "I"));
    }
}

#[test]
fn what_was_chosen_survives_leaving_the_page() {
    let scene = Scene::open();
    scene.blank();
    let review = scene.paste(REPORT);
    let page = scene.officer.get(&review).ok();
    let at = figure(&page, "25 buổi");
    let (tick, code) = (format!("figure.{at}"), format!("figure.{at}.code"));
    press(&scene.officer, &review, "save", &[(&tick, "-"), (&code, "C05"), ("piece.0", "V")]).redirected();
    let fields = review_form(&scene.officer.get(&review).ok(), &[]);
    let value = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    assert_eq!((value(&tick), value(&code), value("piece.0")), (None, Some("C05".into()), Some("V".into())));
    // The same document again is the same upload, with what was decided of it.
    assert_eq!(scene.paste(REPORT), review);
    let list = scene.officer.get(&scene.at("")).ok();
    assert!(list.contains("chưa ghi vào báo cáo") && list.contains(&review));
}

#[test]
fn two_numbers_for_one_figure_stand_in_the_way() {
    let scene = Scene::open();
    scene.blank();
    let review = scene.paste(REPORT);
    let page = scene.officer.get(&review).ok();
    let (one, two) = (figure(&page, "25 buổi"), figure(&page, "02 cuộc"));
    let before = version(&scene);
    let answer = press(
        &scene.officer,
        &review,
        "apply",
        &[
            (&format!("figure.{one}"), "1"),
            (&format!("figure.{one}.code"), "C05"),
            (&format!("figure.{two}"), "1"),
            (&format!("figure.{two}.code"), "C05"),
        ],
    );
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("cùng ghi vào C05"), "{}", answer.text());
    assert_eq!(version(&scene), before, "nothing was written");
    // What was chosen is kept.
    let fields = review_form(&scene.officer.get(&review).ok(), &[]);
    assert!(fields.contains(&(format!("figure.{two}.code"), "C05".to_owned())));
}

#[test]
fn whoever_saved_meanwhile_is_named_and_nothing_is_written() {
    let scene = Scene::open();
    scene.blank();
    let review = scene.paste(REPORT);
    let mut fields = review_form(&scene.officer.get(&review).ok(), &[]);
    fields.push(("do".to_owned(), "apply".to_owned()));
    let draft = format!("/reports/{}/draft", scene.id);
    let now = hidden(&scene.officer.get(&draft).ok(), "version").expect("a version");
    scene.officer.post(&draft, &[("version", &now), ("section.V", "Viết trong lúc đó.")]).redirected();
    let answer = scene.officer.post(&review, &crate::reports::pairs(&fields));
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert_eq!(section(&scene, "I"), "");
    // Two who decide at once: the second is told.
    let stale = scene.officer.post(&review, &[("version", "1"), ("do", "save")]);
    assert_eq!(stale.status, 409);
}

#[test]
fn a_title_becomes_evidence_with_its_address() {
    let scene = Scene::open();
    scene.blank();
    let review = scene.paste(REPORT);
    let refused =
        press(&scene.officer, &review, "apply", &[("title.0", "1"), ("title.0.url", "không rõ ở đâu")]);
    assert!(refused.status == 422 && refused.text().contains("Nhập địa chỉ bắt đầu bằng https://"));
    press(
        &scene.officer,
        &review,
        "apply",
        &[("title.0", "1"), ("title.0.url", "https://www.youtube.com/watch?v=abc")],
    )
    .redirected();
    let draft = scene.officer.get(&format!("/reports/{}/draft", scene.id)).ok();
    assert!(draft.contains("Hai mươi năm làm lại một cuộc đời") && draft.contains("watch?v=abc"));
}

#[test]
fn a_title_without_an_address_is_a_row_that_waits_for_it() {
    let scene = Scene::open();
    scene.blank();
    let review = scene.paste(REPORT);
    let page = scene.officer.get(&review).ok();
    let titles = page.matches("id=\"title-").count();
    let to = press(&scene.officer, &review, "apply", &[("title.0", "1")]).redirected();
    let draft = scene.officer.get(&to).ok();
    assert!(draft.contains("1 tin, bài đã ghi chưa có địa chỉ: bổ sung trước khi gửi."), "{draft}");
    let left = format!("{} tin, bài chưa có địa chỉ nên chưa ghi.", titles - 1);
    assert!(draft.contains(&left), "{left}: {draft}");
    assert!(draft.contains("value=\"Hai mươi năm làm lại một cuộc đời\""), "{draft}");
    let check = scene.officer.get(&format!("/reports/{}/check", scene.id)).ok();
    assert!(check.contains(": Nhập địa chỉ bắt đầu bằng https://"), "{check}");
}

#[test]
fn a_report_of_another_body_or_period_is_written_after_a_tick() {
    let scene = Scene::open();
    scene.blank();
    let review = scene.paste(&REPORT.replace("2025", "2023"));
    let page = scene.officer.get(&review).ok();
    assert!(page.contains("Đúng là của đơn vị này, kỳ này"), "{page}");
    let refused = press(&scene.officer, &review, "apply", &[("piece.0", "I")]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("href=\"#own\"") && text.contains("rồi ghi."), "{text}");
    assert_eq!(section(&scene, "I"), "");
    press(&scene.officer, &review, "apply", &[("own", "1")]).redirected();
    // The report's own needs none.
    let scene = Scene::open();
    let review = scene.paste(REPORT);
    assert!(!scene.officer.get(&review).ok().contains("name=\"own\""));
}

#[test]
fn the_original_comes_back_byte_by_byte_and_goes_when_dropped() {
    let scene = Scene::open();
    let bytes = word();
    let review = send(&scene.officer, scene.id, "Báo cáo 78.docx", &bytes).redirected();
    assert_eq!(scene.officer.get(&format!("{review}/file")).bytes, bytes);
    scene.officer.post(&format!("{review}/removal"), &[("version", "1")]).redirected();
    assert_eq!(scene.officer.get(&review).status, 404);
    let left: i64 = scene.read(|conn| {
        brought_documents::table.filter(brought_documents::what.eq("report")).count().get_result(conn)
    });
    assert_eq!(left, 0);
}

#[test]
fn a_document_is_dropped_as_it_was_seen() {
    let scene = Scene::open();
    let review = scene.paste(REPORT);
    let list = scene.officer.get(&scene.at("")).ok();
    assert_eq!(hidden(&list, "version").as_deref(), Some("1"));
    // Somebody chooses what to take of it before it is dropped.
    press(&scene.officer, &review, "save", &[]).redirected();
    let (removal, file) = (format!("{review}/removal"), format!("{review}/file"));
    let bytes = scene.officer.get(&file).bytes;
    let stale: [&[(&str, &str)]; 2] = [&[("version", "1")], &[]];
    for stale in stale {
        let answer = scene.officer.post(&removal, stale);
        assert_eq!(answer.status, 409, "{}", answer.text());
        assert!(answer.text().contains("Người khác vừa chọn nội dung, ghi hoặc bỏ văn bản"));
    }
    assert_eq!(scene.officer.get(&file).bytes, bytes, "nothing went");
    let list = scene.officer.get(&scene.at("")).ok();
    let version = hidden(&list, "version").expect("a version");
    assert_eq!(version, "2");
    scene.officer.post(&removal, &[("version", &version)]).redirected();
    assert_eq!(scene.officer.get(&review).status, 404);
    assert_eq!(scene.officer.post(&removal, &[("version", &version)]).status, 404, "once");
    assert_eq!(room::dropped(&scene.app).len(), 1, "what was refused leaves no row");
}

#[test]
fn a_last_sentence_of_another_period_is_pointed_out() {
    let scene = Scene::open();
    scene.blank();
    let closing = |words: &str| {
        let mut lines: Vec<&str> = REPORT.lines().collect();
        let at = lines.iter().position(|line| line.starts_with("Trên đây là"));
        match at {
            Some(at) => lines[at] = words,
            None => lines.push(words),
        }
        let review = scene.paste(&lines.join("\n"));
        scene.officer.get(&review).ok()
    };
    let page = closing("Trên đây là báo cáo kết quả 9 tháng đầu năm 2025 của Sở./.");
    assert!(
        page.contains("Câu kết ghi kỳ “9 tháng đầu năm 2025”; báo cáo này là 6 tháng đầu năm 2025."),
        "{page}"
    );
    let page = closing("Trên đây là báo cáo kết quả 6 tháng đầu năm 2025 của Sở./.");
    assert!(!page.contains("Câu kết ghi kỳ"), "{page}");
}
