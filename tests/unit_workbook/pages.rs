//! The pages: download, hand back, look, apply; who may; what two people do at once; what is refused and kept.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{audit_log, draft_figures, indicators, workbook_upload_blocks, workbook_uploads};

use super::sample::with_part;
use crate::reports::report_of;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

pub struct Scene {
    app: TestApp,
    id: ReportId,
    pub officer: Client,
}

impl Scene {
    pub fn open() -> Scene {
        let app = TestApp::demo();
        let id = report_of(&app, "bg.khcn", "2025-H1");
        let officer = app.client("canbo.khcn.bacgiang");
        Scene { app, id, officer }
    }

    pub fn at(&self, rest: &str) -> String {
        format!("/reports/{}{rest}", self.id)
    }

    pub fn book(&self) -> Vec<u8> {
        let answer = self.officer.get(&self.at("/workbook"));
        assert_eq!(answer.status, 200);
        answer.bytes
    }

    fn hand_in(&self, who: &Client, bytes: &[u8]) -> Answer {
        who.post_file(
            &self.at("/workbooks"),
            &[("csrf", who.csrf.as_str())],
            ("file", "bieu-mau.xlsx", bytes),
        )
    }

    /// Hands a workbook in, and the address of its preview.
    pub fn upload(&self, bytes: &[u8]) -> String {
        self.hand_in(&self.officer, bytes).redirected()
    }

    pub fn version(&self, preview: &str) -> String {
        hidden(&self.officer.get(preview).ok(), "version").expect("a version")
    }

    pub fn apply(&self, preview: &str, version: &str) -> Answer {
        self.officer.post(&format!("{preview}/application"), &[("version", version)])
    }

    /// What the draft holds of an indicator.
    fn figure(&self, code: &str) -> Option<i64> {
        let id = self.id;
        self.app
            .db
            .read(|conn| {
                draft_figures::table
                    .inner_join(indicators::table)
                    .filter(draft_figures::report_id.eq(id))
                    .filter(indicators::code.eq(code))
                    .select(draft_figures::value)
                    .first::<Option<i64>>(conn)
                    .optional()
                    .map_err(DbError::Query)
            })
            .expect("a query")
            .flatten()
    }

    fn count(&self, action: &str) -> i64 {
        let count = |conn: &mut tonghop::db::Conn| {
            audit_log::table
                .filter(audit_log::action.eq(action))
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        };
        self.app.db.read(count).expect("a count")
    }
}

/// The sheet of figures with another value in the input of a line.
pub fn with_figure(book: &[u8], code: &str, cell: &str) -> Vec<u8> {
    let strings = part(book, "xl/sharedStrings.xml");
    let at = strings
        .split("<si>")
        .skip(1)
        .position(|si| si.contains(&format!(">{code}<")))
        .expect("the code is there");
    with_part(book, "xl/worksheets/sheet2.xml", |xml| {
        let row =
            xml.split("<row ").find(|row| row.contains(&format!("t=\"s\"><v>{at}</v>"))).expect("its row");
        let number: u32 = row.split('"').nth(1).unwrap().parse().unwrap();
        let place = format!("<c r=\"F{number}\"");
        let from = xml.find(&place).expect("its input");
        let rest = &xml[from..];
        let end = from + rest.find("/>").unwrap().min(rest.find("</c>").map_or(usize::MAX, |at| at + 2)) + 2;
        format!("{}<c r=\"F{number}\"{cell}</c>{}", &xml[..from], &xml[end..])
    })
}

fn number(figure: i64) -> String {
    format!("><v>{figure}</v>")
}

pub fn words(text: &str) -> String {
    format!(" t=\"inlineStr\"><is><t>{text}</t></is>")
}

pub fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_filled_workbook_is_looked_at_and_applied() {
    let scene = Scene::open();
    let preview = scene.upload(&with_figure(&scene.book(), "B04", &number(4321)));
    let before = scene.figure("B04");
    let page = scene.officer.get(&preview).ok();
    assert!(page.contains("4.321") && page.contains("Áp dụng vào báo cáo"), "{page}");
    assert_eq!(scene.figure("B04"), before, "nothing is written yet");
    // It waits on the draft's page, wherever one has been meanwhile.
    assert!(scene.officer.get(&scene.at("/draft")).ok().contains("Tệp Excel đã tải lên, chưa áp dụng"));
    let version = scene.version(&preview);
    assert!(scene.apply(&preview, &version).redirected().ends_with("/draft"));
    assert_eq!(scene.figure("B04"), Some(4321));
    assert_eq!((scene.count("workbook.take_in"), scene.count("workbook.apply")), (1, 1));
    assert!(!scene.officer.get(&scene.at("/draft")).ok().contains("chưa áp dụng"));
    // Held against the draft of today it would say something else than when it was applied.
    let page = scene.officer.get(&preview).ok();
    assert!(page.contains("id=\"applied\"") && page.contains("Tệp Excel đã áp dụng"), "{page}");
    assert!(!page.contains("<h2>Thay đổi</h2>"), "{page}");
    // Once is enough.
    assert_eq!(scene.apply(&preview, &version).status, 409);
    assert_eq!(scene.count("workbook.apply"), 1);
}

#[test]
fn what_is_to_be_mended_is_said_at_its_cell_and_keeps_all_from_being_written() {
    let scene = Scene::open();
    let bad = with_figure(&with_figure(&scene.book(), "B04", &words("một ít")), "B05", &number(77));
    let preview = scene.upload(&bad);
    let page = scene.officer.get(&preview).ok();
    assert!(page.contains("phải sửa trước khi áp dụng") && page.contains("Số liệu, ô F"), "{page}");
    assert!(!page.contains("Áp dụng vào báo cáo"));
    assert_eq!(scene.apply(&preview, "0").status, 422);
    assert_ne!(scene.figure("B05"), Some(77));
    let marked = scene.officer.get(&format!("{preview}/annotated"));
    assert_eq!(marked.status, 200);
    assert!(part(&marked.bytes, "xl/comments1.xml").contains("B04"));
    assert!(scene.officer.get(&format!("{preview}/file")).bytes == bad);
}

#[test]
fn a_draft_that_moved_is_looked_at_again_and_what_both_changed_is_asked() {
    let scene = Scene::open();
    let book = scene.book();
    let preview = scene.upload(&with_figure(&book, "B04", &number(4321)));
    let seen = scene.version(&preview);
    let save = |fields: &[(&str, &str)]| {
        let draft = scene.officer.get(&scene.at("/draft")).ok();
        let version = hidden(&draft, "version").expect("a version");
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        assert_eq!(scene.officer.post_json(&scene.at("/draft/autosave"), &all).status, 200);
    };
    save(&[("figure.B04", "1111"), ("figure.B05", "2222")]);
    let answer = scene.apply(&preview, &seen);
    assert_eq!(answer.status, 409);
    let page = answer.text();
    assert!(page.contains("chỗ cả tệp và người khác cùng sửa"), "{page}");
    assert_eq!(scene.figure("B04"), Some(1111), "nothing was written");
    let newer = scene.version(&preview);
    let to = scene.apply(&preview, &newer).redirected();
    assert!(to.ends_with("/draft/clashes"), "{to}");
    assert_eq!((scene.figure("B04"), scene.figure("B05")), (Some(1111), Some(2222)));
    let clashes = scene.officer.get(&scene.at("/draft/clashes")).ok();
    assert!(clashes.contains("4321") || clashes.contains("4.321"), "both are kept");
}

#[test]
fn only_whoever_writes_the_report_sees_any_of_it() {
    let scene = Scene::open();
    let book = scene.book();
    let preview = scene.upload(&book);
    for name in
        ["canbo.vhttdl.bacgiang", "tonghop.catinh.bacgiang", "lanhdao.ubnd.bacgiang", "canbo.khcn.longan"]
    {
        let other = scene.app.client(name);
        for path in
            [scene.at("/workbook"), scene.at("/workbooks"), preview.clone(), format!("{preview}/file")]
        {
            assert_eq!(other.get(&path).status, 404, "{name} {path}");
        }
        assert_eq!(scene.hand_in(&other, &book).status, 404);
        assert_eq!(other.post(&format!("{preview}/application"), &[("version", "0")]).status, 404);
        assert_eq!(other.post(&format!("{preview}/removal"), &[]).status, 404);
    }
    // An upload of one report is not one of another's.
    let elsewhere = report_of(&scene.app, "bg.khcn", "2025-Y");
    let number = preview.rsplit('/').next().unwrap();
    assert_eq!(scene.officer.get(&format!("/reports/{elsewhere}/workbooks/{number}")).status, 404);
}

#[test]
fn a_workbook_of_something_else_is_refused_and_leaves_nothing() {
    let scene = Scene::open();
    let year = report_of(&scene.app, "bg.khcn", "2025-Y");
    let of_year = scene.officer.get(&format!("/reports/{year}/workbook")).bytes;
    let other = scene.app.client("canbo.vhttdl.bacgiang");
    let theirs = report_of(&scene.app, "bg.vhttdl", "2025-Y");
    let of_other = other.get(&format!("/reports/{theirs}/workbook")).bytes;
    let edit = |key: &str, from: &str, to: &str| {
        let book = with_part(&scene.book(), "docProps/custom.xml", |_| "<Properties/>".to_owned());
        let strings = part(&book, "xl/sharedStrings.xml");
        assert!(strings.contains(key));
        with_part(&book, "xl/sharedStrings.xml", |xml| xml.replacen(from, to, 1))
    };
    for (bytes, said) in [
        (of_year, "không phải kỳ đang mở"),
        (of_other, "không phải của đơn vị đang mở"),
        (edit("bieu_mau", "<t>digital</t>", "<t>cu</t>"), "theo một biểu mẫu khác"),
        (b"xin chao".to_vec(), "không phải tệp Excel"),
        (vec![], "Tệp này rỗng"),
    ] {
        let answer = scene.hand_in(&scene.officer, &bytes);
        let (status, page) = (answer.status, answer.text());
        assert!(status == 422 && page.contains(said), "{status}: {said}");
    }
    let rows = |conn: &mut tonghop::db::Conn| {
        let uploads: i64 = workbook_uploads::table.count().get_result(conn)?;
        let blocks: i64 = workbook_upload_blocks::table.count().get_result(conn)?;
        Ok::<_, DbError>(uploads + blocks)
    };
    assert_eq!(scene.app.db.read(rows).unwrap(), 0);
}

#[test]
fn a_file_over_the_limit_is_refused_in_words() {
    let scene = Scene::open();
    let answer = scene.hand_in(&scene.officer, &vec![b'x'; (10 << 20) + 1]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Tệp lớn hơn 10 MB"));
}

#[test]
fn old_fonts_are_asked_about_before_anything_is_written() {
    let scene = Scene::open();
    let book = scene.book();
    let old = with_part(&book, "xl/worksheets/sheet3.xml", |xml| {
        // The first input below the first section.
        let from = xml.match_indices("<c r=\"B").map(|(at, _)| at).nth(5).expect("an input");
        let place: String = xml[from + 6..].chars().take_while(|c| *c != '"').collect();
        let rest = &xml[from..];
        let end = from + rest.find("/>").unwrap().min(rest.find("</c>").map_or(usize::MAX, |at| at + 2)) + 2;
        let text = words("Tuyªn truyÒn vÒ t¸i hßa nhËp céng ®ång");
        format!("{}<c r=\"{place}\"{text}</c>{}", &xml[..from], &xml[end..])
    });
    let preview = scene.upload(&old);
    let page = scene.officer.get(&preview).ok();
    assert!(
        page.contains("Chữ gõ bằng phông TCVN3") && page.contains("Tuyên truyền về tái hòa nhập cộng đồng"),
        "{page}"
    );
    let version = scene.version(&preview);
    assert_eq!(scene.apply(&preview, &version).status, 422, "the choice is owed");
    let fields = [("version", version.as_str()), ("fonts", "convert")];
    scene.officer.post(&format!("{preview}/application"), &fields).redirected();
    assert!(scene.officer.get(&scene.at("/draft")).ok().contains("Tuyên truyền về tái hòa nhập cộng đồng"));
}

#[test]
fn the_same_file_twice_is_one_upload_and_it_can_be_dropped() {
    let scene = Scene::open();
    let book = scene.book();
    let first = scene.upload(&book);
    assert_eq!(scene.upload(&book), first);
    assert!(scene.officer.get(&first).ok().contains("Tệp không khác nội dung đang có"));
    scene.officer.post(&format!("{first}/removal"), &[]).redirected();
    assert_eq!(scene.officer.get(&first).status, 404);
    assert_eq!(scene.count("workbook.remove"), 1);
}

/// A cell of a sheet with something else in it; the sheet is named by its part.
pub fn with_cell(book: &[u8], sheet: &str, place: &str, cell: &str) -> Vec<u8> {
    with_part(book, &format!("xl/worksheets/{sheet}.xml"), |xml| {
        let place = format!("<c r=\"{place}\"");
        let from = xml.find(&place).unwrap_or_else(|| panic!("no cell {place}"));
        let rest = &xml[from..];
        let end = from + rest.find("/>").unwrap().min(rest.find("</c>").map_or(usize::MAX, |at| at + 2)) + 2;
        format!("{}{place}{cell}</c>{}", &xml[..from], &xml[end..])
    })
}

/// Everything said in the cells of a workbook.
fn comments(book: &[u8]) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .filter(|name| name.starts_with("xl/comments"))
        .collect();
    let mut all = String::new();
    for name in names {
        zip.by_name(&name).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

/// The row of the first paragraph of the first section.
pub fn first_paragraph(book: &[u8]) -> u32 {
    let xml = part(book, "xl/worksheets/sheet3.xml");
    let from = xml.match_indices("<c r=\"B").map(|(at, _)| at).nth(5).expect("an input");
    xml[from + 7..].chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a row")
}

#[test]
fn a_fault_in_a_text_is_at_the_cell_it_stands_in() {
    let scene = Scene::open();
    let book = scene.book();
    let second = format!("B{}", first_paragraph(&book) + 1);
    let bad = with_cell(&book, "sheet3", &second, "><f>B4&amp;\"x\"</f>");
    let preview = scene.upload(&bad);
    let page = scene.officer.get(&preview).ok();
    assert!(page.contains(&format!("Thuyết minh, ô {second}:")), "{page}");
    let marked = scene.officer.get(&format!("{preview}/annotated")).bytes;
    assert!(comments(&marked).contains(&format!("ref=\"{second}\"")), "{}", comments(&marked));
    assert!(part(&marked, "xl/sharedStrings.xml").contains("=B4&amp;"), "what stood there stands there");
    // Text of an old font is said where it stands, too.
    let old = with_cell(&book, "sheet3", &second, &words("Tuyªn truyÒn vÒ t¸i hßa nhËp céng ®ång"));
    let page = scene.officer.get(&scene.upload(&old)).ok();
    assert!(page.contains(&format!("Thuyết minh, ô {second}</th>")), "{page}");
}

#[test]
fn what_was_refused_stands_in_the_marked_workbook_and_is_refused_again() {
    let scene = Scene::open();
    let bad = with_cell(&scene.book(), "sheet4", "E7", &words("xong rồi"));
    let bad = with_figure(&bad, "B04", "><f>1+1</f>");
    let preview = scene.upload(&bad);
    let told = |page: &str| {
        assert!(page.contains("“xong rồi” không có trong danh sách Tình hình"), "{page}");
        assert!(page.contains("Số liệu, ô F"), "{page}");
    };
    told(&scene.officer.get(&preview).ok());
    let marked = scene.officer.get(&format!("{preview}/annotated")).bytes;
    let strings = part(&marked, "xl/sharedStrings.xml");
    assert!(strings.contains(">xong rồi<") && strings.contains("=1+1"), "{strings}");
    told(&scene.officer.get(&scene.upload(&marked)).ok());
}

/// A note says why a figure leaps; it does not say how its digits were meant.
#[test]
fn a_note_does_not_silence_a_figure_that_can_be_read_in_two_ways() {
    let scene = Scene::open();
    let book = with_figure(&scene.book(), "B04", &words("1,245"));
    let strings = part(&book, "xl/sharedStrings.xml");
    let at = strings.split("<si>").skip(1).position(|si| si.contains(">B04<")).expect("the code is there");
    let xml = part(&book, "xl/worksheets/sheet2.xml");
    let row = xml.split("<row ").find(|row| row.contains(&format!("t=\"s\"><v>{at}</v>"))).expect("its row");
    let row = row.split('"').nth(1).unwrap();
    let noted = with_cell(&book, "sheet2", &format!("H{row}"), &words("Theo số của cổng thông tin"));
    let page = scene.officer.get(&scene.upload(&noted)).ok();
    assert!(page.contains("“1,245” được đọc là 1.245. Đúng không?"), "{page}");
}

#[test]
fn an_applied_workbook_goes_only_when_somebody_is_sure() {
    let scene = Scene::open();
    let preview = scene.upload(&with_figure(&scene.book(), "B04", &number(4321)));
    let version = scene.version(&preview);
    scene.apply(&preview, &version).redirected();
    let answer = scene.officer.post(&format!("{preview}/removal"), &[]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("đã áp dụng vào báo cáo nên chưa bỏ"));
    assert_eq!(scene.officer.get(&preview).status, 200);
    assert!(scene.officer.get(&scene.at("/workbooks")).ok().contains("Bỏ tệp đã áp dụng"));
    scene.officer.post(&format!("{preview}/removal"), &[("sure", "1")]).redirected();
    assert_eq!(scene.officer.get(&preview).status, 404);
    assert_eq!(scene.figure("B04"), Some(4321), "what it brought stays");
}
