//! Texts beyond their limits: refused at the field, with the length typed and the limit, everything typed kept.

use tonghop::vietnamese::limits::{LINE, LONG_LINE, NOTE, PARAGRAPH, SECTION, SIGN, too_many_lines};

use super::{COMPILER, OFFICER, letters, plan, report, steps};
use crate::support::app::TestApp;
use crate::support::client::hidden;

#[test]
fn the_sentence_says_field_length_and_limit() {
    assert_eq!(LINE.fault("Tên", &letters(300)), None);
    assert_eq!(
        LINE.fault("Tên", &letters(1_301)).as_deref(),
        Some("Tên dài 1.301 ký tự, nhiều nhất 300 ký tự. Rút ngắn lại.")
    );
    assert!(SIGN < LINE && LINE < LONG_LINE && LONG_LINE < NOTE && NOTE < PARAGRAPH && PARAGRAPH < SECTION);
}

#[test]
fn a_document_has_so_many_lines_and_not_one_more() {
    let lines = |count: usize| vec!["a"; count].join("\n");
    assert_eq!(too_many_lines(&lines(20_000)), None);
    assert_eq!(
        too_many_lines(&lines(20_001)).as_deref(),
        Some("Văn bản có 20.001 dòng, nhiều nhất 20.000 dòng. Tách riêng phần cần đọc rồi tải lên.")
    );
}

#[test]
fn a_plan_with_a_subject_of_a_megabyte_is_refused() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let (long, short) = (letters(90_000), letters(501));
    for subject in [&long, &short] {
        let facts = [
            ("kind", "KH"),
            ("year", "2025"),
            ("issuer", "UBND"),
            ("subject", subject.as_str()),
            ("short_name", "Thử"),
        ];
        let answer = compiler.post("/plans", &facts);
        assert_eq!(answer.status, 422);
        let page = answer.text();
        assert!(page.contains("Trích yếu nội dung dài") && page.contains("nhiều nhất 500 ký tự"));
        assert!(page.contains("Thử"), "what was typed beside it is kept");
    }
    let megabyte = "a".repeat(1_048_576);
    let answer = compiler.post("/plans", &[("subject", megabyte.as_str())]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("nhiều nhất 100.000 ký tự"));
    assert_eq!(steps(&app, "plan.create"), 0);
}

#[test]
fn reasons_days_and_labels_have_their_limits() {
    let app = TestApp::demo();
    let (_, duty) = report(&app, "bg.khcn");
    let (officer, compiler) = (app.client(OFFICER), app.client(COMPILER));
    let page = compiler.get(&format!("/obligations/{duty}/extension")).ok();
    let version = hidden(&page, "version").expect("a version");
    let extend = |reason: &str, until: &str| {
        let fields = [("version", version.as_str()), ("reason", reason), ("until", until)];
        compiler.post(&format!("/obligations/{duty}/extension"), &fields)
    };
    let answer = extend(&letters(2_001), "30/6/2025");
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Lý do dài 2.001 ký tự, nhiều nhất 2.000 ký tự"));
    // Nobody means an extension of two centuries.
    let answer = extend("Chờ số liệu", "31/12/2199");
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("xa quá một năm"));
    let asked = officer.post(
        &format!("/obligations/{duty}/extension-request"),
        &[("version", &version), ("reason", "Chờ"), ("until", "31/12/2199")],
    );
    assert_eq!(asked.status, 422);
    extend("Chờ số liệu", "30/6/2025").redirected();
}

#[test]
fn a_note_too_long_for_a_cell_is_refused_at_its_line_and_nothing_typed_is_lost() {
    let app = TestApp::demo();
    let (id, _) = report(&app, "bg.khcn");
    let officer = app.client(OFFICER);
    let path = format!("/reports/{id}/draft");
    let version = hidden(&officer.get(&path).ok(), "version").expect("a version");
    let note = letters(33_000);
    let typed = [
        ("version", version.as_str()),
        ("section.I", "Câu vừa gõ"),
        ("figure.B04", "77"),
        ("note.B04", note.as_str()),
    ];
    let answer = officer.post(&path, &typed);
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("B04: ghi chú dài 33.000 ký tự, nhiều nhất 1.000 ký tự"), "{page}");
    assert!(page.contains(">Câu vừa gõ</textarea>") && page.contains(&note));
    let json = officer.post_json(&format!("{path}/autosave"), &typed);
    assert_eq!(json.status, 422);
    assert!(json.text().contains("nhiều nhất 1.000 ký tự"));
    assert!(!officer.get(&path).ok().contains("Câu vừa gõ"), "nothing was saved");
}

#[test]
fn a_section_of_a_whole_book_is_refused_and_kept_on_the_page() {
    let app = TestApp::demo();
    let (id, _) = report(&app, "bg.khcn");
    let officer = app.client(OFFICER);
    let path = format!("/reports/{id}/draft");
    let version = hidden(&officer.get(&path).ok(), "version").expect("a version");
    let book = letters(100_001);
    let answer = officer.post(&path, &[("version", &version), ("section.I", &book)]);
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("Phần I dài 100.001 ký tự, nhiều nhất 100.000 ký tự") && page.contains(&book));
    let fits = letters(100_000);
    officer.post(&path, &[("version", &version), ("section.I", &fits)]).redirected();
}

#[test]
fn a_message_never_makes_a_cookie_that_browsers_drop() {
    let long = tonghop::web::redirect_with("/x", letters(200_000));
    let cookie = long.cookies().next().expect("a cookie").to_string();
    assert!(cookie.len() < 4_096, "{} bytes", cookie.len());
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let label = letters(301);
    let page = compiler.get("/regimes").ok();
    let mut links = page.split("/regimes/").skip(1);
    let id: String = links
        .find(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .expect("a regime")
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let answer = compiler
        .post(&format!("/regimes/{id}/periods"), &[("cycle", "H2"), ("year", "2025"), ("label", &label)]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Tên kỳ báo cáo dài 301 ký tự"), "{}", answer.text());
}

#[test]
fn a_task_and_a_clause_have_their_limits() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let (id, version) = plan(&app);
    let body = letters(20_001);
    let answer = compiler.post(
        &format!("/plans/{id}/clauses"),
        &[("version", &version), ("label", "IX"), ("title", "Thử"), ("body", &body)],
    );
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Nội dung dài 20.001 ký tự, nhiều nhất 20.000 ký tự"));
    let (title, label) = (letters(501), letters(21));
    let answer = compiler.post(
        &format!("/plans/{id}/clauses"),
        &[("version", &version), ("label", &label), ("title", &title)],
    );
    assert_eq!(answer.status, 422);
    assert_eq!(steps(&app, "clause.add"), 0);
}

#[test]
fn sections_at_their_limit_are_taken_whole_and_no_other_form_is_as_large() {
    let app = TestApp::demo();
    let (id, _) = report(&app, "bg.khcn");
    let officer = app.client(OFFICER);
    let path = format!("/reports/{id}/draft");
    let page = officer.get(&path).ok();
    let version = hidden(&page, "version").expect("a version");
    let names: Vec<&str> =
        page.split("name=\"section.").skip(1).map(|rest| rest.split('"').next().expect("a name")).collect();
    assert!(names.len() > 3, "{names:?}");
    // Nine bytes a letter on the way.
    let section = "ệ".repeat(100_000);
    let fields: Vec<(String, &str)> =
        names.iter().map(|name| (format!("section.{name}"), section.as_str())).collect();
    let mut typed: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    typed.push(("version", &version));
    officer.post(&path, &typed).redirected();
    let kept = officer.get(&path).ok();
    assert_eq!(kept.matches(&section).count(), names.len(), "every letter of every section");

    // The same body where no long text belongs, and without being signed in, is not read to its end.
    let refused = officer.post(&format!("/reports/{id}/check"), &typed);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("quá lớn"), "{}", refused.text());
    assert_eq!(app.anonymous().post(&path, &typed).status, 303, "to sign in");
}
