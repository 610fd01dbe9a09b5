//! The pages of the recipients' forms: what is refused and how it is named, cells bound by picking equal to marks in the
//! file, the same bytes as the command line gives for each copy, and forms that stay as they were for whom they were used.

use std::io::Write;

use diesel::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};
use tonghop::db::DbError;
use tonghop::db::schema::{editions, periods, recipient_forms, regimes};

use crate::cli::{said, tonghop};
use crate::form_filler::by_openpyxl::look;
use crate::support::app::{TempDir, TestApp};
use crate::support::client::{Answer, Client, hidden};

pub(super) const ADMINISTRATOR: &str = "quantri.bacgiang";
pub(super) const COMPILER: &str = "tonghop.catinh.bacgiang";
const MINISTRY: &str = "c11.bocongan";

/// A form with words in some cells: (row, column, text); "" is an empty cell with its format, "=…" a formula.
pub(super) fn book(cells: &[(u32, u16, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Biểu 1").unwrap();
    let format = Format::new().set_bold().set_font_name("Times New Roman");
    sheet.merge_range(0, 0, 0, 3, "BIỂU TỔNG HỢP", &format).unwrap();
    for (row, column, text) in cells {
        match text.strip_prefix('=') {
            _ if text.is_empty() => sheet.write_blank(*row, *column, &format).map(|_| ()).unwrap(),
            Some(formula) => {
                sheet
                    .write_formula_with_format(*row, *column, Formula::new(formula), &format)
                    .map(|_| ())
                    .unwrap();
            }
            None => sheet.write_with_format(*row, *column, *text, &format).map(|_| ()).unwrap(),
        }
    }
    book.add_worksheet().set_name("Khác").unwrap().write(0, 0, "Giữ nguyên").unwrap();
    book.save_to_buffer().unwrap()
}

/// A form with a file, under the session's token.
fn send(client: &Client, path: &str, fields: &[(&str, &str)], bytes: &[u8]) -> Answer {
    let all = [&[("csrf", client.csrf.as_str())], fields].concat();
    client.post_file(path, &all, ("file", "Biểu 03.xlsx", bytes))
}

pub(super) fn upload(client: &Client, name: &str, bytes: &[u8]) -> Answer {
    let fields = [("name", name), ("recipient", "Bộ Công an"), ("regime", "")];
    send(client, "/recipient-forms", &fields, bytes)
}

fn bind(client: &Client, form: &str, cell: &str, what: &str, indicator: &str) -> Answer {
    let version = hidden(&client.get(form).ok(), "version").expect("a form that is open");
    let fields = [
        ("version", version.as_str()),
        ("sheet", "1"),
        ("cell", cell),
        ("what", what),
        ("indicator", indicator),
    ];
    client.post(&format!("{form}/bindings"), &fields)
}

fn kept(app: &TestApp) -> i64 {
    app.db.read(|conn| recipient_forms::table.count().get_result(conn).map_err(DbError::from)).unwrap()
}

/// The approved edition of the demo's year 2024.
pub(super) fn edition(app: &TestApp) -> String {
    let id: i64 = app
        .db
        .read(|conn| {
            editions::table
                .inner_join(periods::table.inner_join(regimes::table))
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2024-Y"))
                .filter(editions::status.ne("discarded"))
                .order(editions::number.desc())
                .select(editions::id)
                .first(conn)
                .map_err(DbError::from)
        })
        .unwrap();
    format!("/editions/{id}")
}

pub(super) fn fill(client: &Client, edition: &str, form: &str, copy: &str) -> Answer {
    let number = form.rsplit('/').next().unwrap();
    client.post(&format!("{edition}/recipient-forms/{number}"), &[("copy", copy)])
}

const MARKED: [(u32, u16, &str); 10] = [
    (1, 0, "{{period.label}}"),
    (3, 0, "{{units}}{{unit.order}}"),
    (3, 1, "{{unit.name}}"),
    (3, 2, "{{D02.value}}"),
    (3, 3, "{{E01.value}}"),
    (5, 0, "Cộng"),
    (5, 2, "=SUM(C4:C4)"),
    (6, 2, "{{D02.total}}"),
    (6, 3, "{{E01.total}}"),
    (7, 2, "{{D02.same_period}}"),
];

#[test]
fn what_cannot_be_filled_is_named_by_cell_and_nothing_is_kept() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let bad = [
        (2, 1, "{{A01.tong}}"),
        (3, 1, "{{D02.value}}"),
        (4, 1, "{{D02.total"),
        (5, 1, "=\"{{D02.total}}\""),
    ];
    let answer = upload(&client, "Biểu 03", &book(&bad));
    assert_eq!(answer.status, 422);
    let page = answer.text();
    for words in [
        "ô B3: không có dữ liệu nào tên “A01.tong”. Sửa theo bảng tên dùng được",
        "ô B4: “D02.value” là số của từng đơn vị nhưng dòng 4 chưa có dấu {{units}}. Ghi thêm {{units}}",
        "ô B5: “{{D02.total” không đúng cách viết",
        "ô B6: ô có công thức",
        "value=\"Biểu 03\"",
    ] {
        assert!(page.contains(words) || page.contains(&words.replace('"', "&#34;")), "{words}\n{page}");
    }

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("xl/vbaProject.bin", options).unwrap();
    zip.write_all(b"x").unwrap();
    let macros = zip.finish().unwrap().into_inner();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", options.compression_method(zip::CompressionMethod::Deflated)).unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..201 {
        zip.write_all(&zeros).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    for (bytes, words) in [
        (b"TT;\xc4\x90\xc6\xa1n v\xe1\xbb\x8b".to_vec(), "Không phải bảng tính .xlsx."),
        (vec![0xD0, 0xCF, 0x11, 0xE0, 0, 0], "Tệp .xls đời cũ hoặc có mật khẩu"),
        (macros, "Bảng tính có macro"),
        (bomb, "Tệp quá lớn sau khi giải nén"),
        (vec![b'P'; (10 << 20) + 1], "Tệp lớn quá 10 MB"),
    ] {
        let answer = upload(&client, "Biểu 03", &bytes);
        assert_eq!(answer.status, 422, "{words}");
        assert!(answer.text().contains(words), "{words}\n{}", answer.text());
    }
    let nothing = client.post("/recipient-forms", &[("name", "Biểu 03"), ("recipient", "Bộ")]);
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("Chọn tệp .xlsx"), "{}", nothing.text());
    assert_eq!(kept(&app), 0);
}

#[test]
fn picked_cells_are_filled_as_marks_are() {
    let (app, folder) = (TestApp::demo(), TempDir::new());
    let (client, compiler) = (app.client(ADMINISTRATOR), app.client(COMPILER));
    let marked = upload(&client, "Biểu có dấu", &book(&MARKED)).redirected();
    let bare = MARKED.map(|(row, column, text)| (row, column, if text.contains("{{") { "" } else { text }));
    let picked = upload(&client, "Biểu không dấu", &book(&bare)).redirected();

    let early = bind(&client, &picked, "C4", "value", "D02");
    assert_eq!(early.status, 422);
    assert!(early.text().contains("lặp dòng này cho từng đơn vị"), "{}", early.text());
    for (cell, what, indicator) in [
        ("A2", "period.label", ""),
        ("A4", "units", ""),
        ("A4", "unit.order", ""),
        ("B4", "unit.name", ""),
        ("C4", "value", "D02"),
        ("D4", "total", "D02"),
        ("D4", "value", "e01"),
        ("C7", "total", "D02 Số vụ, theo danh sách gợi ý"),
        ("D7", "total", "E01"),
        ("C8", "same_period", "D02"),
    ] {
        bind(&client, &picked, cell, what, indicator).redirected();
    }
    let page = client.get(&picked).ok();
    assert!(page.contains("Các ô đã gắn (9)"), "another name on a cell takes the place of the first: {page}");
    assert!(page.contains("colspan=\"4\""), "merged cells are one cell");
    for (cell, what, indicator, words) in [
        ("C6", "total", "D02", "ô có công thức"),
        ("B1", "total", "D02", "nằm trong vùng trộn ô A1:D1"),
        ("B9", "unit.name", "", "lặp dòng này"),
        ("C9", "total", "khong co chi tieu nay", "Không có chỉ tiêu nào khớp"),
        ("C9", "total", "", "Nhập mã hoặc tên chỉ tiêu"),
        ("5C", "total", "D02", "ghi địa chỉ ô"),
        ("C9", "all", "D02", "Chọn nội dung"),
    ] {
        let answer = bind(&client, &picked, cell, what, indicator);
        assert_eq!(answer.status, 422, "{cell} {what}");
        assert!(answer.text().contains(words), "{cell} {what}: {}", answer.text());
    }

    let edition = edition(&app);
    for copy in ["ministry", "internal"] {
        let files = [&marked, &picked].map(|form| fill(&compiler, &edition, form, copy));
        let [by_marks, by_picking] = files.map(|file| {
            assert_eq!(file.status, 200, "{}", file.text());
            assert!(file.header("content-disposition").starts_with("attachment; filename=\"bieu-"));
            assert_eq!(file.header("cache-control"), "private, no-store");
            look(&file.bytes, &folder.0)
        });
        assert_eq!(by_marks, by_picking, "{copy}");
        assert!(
            by_marks["sheets"]["Biểu 1"]["cells"]["A5"][0].is_number(),
            "a row for each unit: {by_marks}"
        );
        assert_eq!(by_marks["sheets"]["Khác"]["cells"]["A1"][0], "Giữ nguyên");
    }
}

#[test]
fn each_reader_gets_the_copy_the_command_line_gives() {
    let (app, folder) = (TestApp::demo(), TempDir::new());
    let bytes = book(&MARKED);
    let form = upload(&app.client(ADMINISTRATOR), "Biểu 03", &bytes).redirected();
    let (edition, url) = (edition(&app), app.database_url());
    let (source, out) = (folder.0.join("form.xlsx"), folder.0.join("out.xlsx"));
    std::fs::write(&source, &bytes).unwrap();
    let by_hand = |copy: &str| {
        let fixed = ["export", "--regime", "bac-giang", "--period", "2024-Y", "--database-url", &url];
        let more = ["--copy", copy, "--form", source.to_str().unwrap(), "--out", out.to_str().unwrap()];
        let output = tonghop(&[&fixed[..], &more].concat(), "");
        assert!(output.status.success(), "{}", said(&output));
        std::fs::read(&out).unwrap()
    };
    let (ministry, internal) = (by_hand("ministry"), by_hand("internal"));
    assert_ne!(ministry, internal, "single units' figures of a classified group are in one alone");
    for (who, theirs) in [(COMPILER, true), (MINISTRY, false), ("lanhdao.ubnd.bacgiang", false)] {
        let client = app.client(who);
        assert!(client.get(&edition).ok().contains("Tải theo biểu của nơi nhận"), "{who}");
        assert_eq!(fill(&client, &edition, &form, "ministry").bytes, ministry, "{who}");
        let own = fill(&client, &edition, &form, "internal");
        assert_eq!(own.status, if theirs { 200 } else { 404 }, "{who}");
        assert_eq!(own.bytes == internal, theirs, "{who}");
    }
    assert_eq!(fill(&app.client("tonghop.catinh.longan"), &edition, &form, "ministry").status, 404);
    assert_eq!(fill(&app.client(COMPILER), &edition, &form, "other").status, 404);
}

#[test]
fn a_used_form_stays_and_another_takes_its_place() {
    let app = TestApp::demo();
    let (client, compiler) = (app.client(ADMINISTRATOR), app.client(COMPILER));
    let old = upload(&client, "Biểu 03", &book(&[(1, 0, "{{province.name}}"), (2, 0, "")])).redirected();
    bind(&client, &old, "A3", "period.label", "").redirected();
    bind(&client, &old, "C3", "total", "D02").redirected();
    let edition = edition(&app);
    let first = fill(&compiler, &edition, &old, "ministry");
    assert_eq!(first.status, 200);
    let page = client.get(&old).ok();
    assert!(page.contains("Đã có 1 bản tổng hợp đã chốt") && !page.contains("Gắn ô với số liệu"), "{page}");
    let version = |page: &str| hidden(page, "version").expect("a version");
    let seen = version(&client.get(&format!("{old}/replacement")).ok());
    let again = [("version", seen.as_str()), ("sheet", "1"), ("cell", "A4"), ("what", "period.label")];
    let refused = client.post(&format!("{old}/bindings"), &again);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Tải tệp thay"), "{}", refused.text());

    // The cell C3 holds a formula now: its binding goes, that of A3 stays.
    let new = book(&[(1, 0, "{{province.name}}"), (2, 2, "=1+1")]);
    let fields = [("version", seen.as_str()), ("form_key", "k1")];
    let post = || send(&client, &format!("{old}/replacement"), &fields, &new);
    let newer = post().redirected();
    assert_ne!(newer, old);
    assert_eq!(post().redirected(), newer, "a second click is led where the first was");
    let page = client.get(&newer).ok();
    assert!(page.contains("Các ô đã gắn (1)") && page.contains("Gắn ô với số liệu"), "{page}");
    let late = send(&client, &format!("{old}/replacement"), &[("version", &seen)], &new);
    assert_eq!(late.status, 409);

    // The edition keeps the form it used, byte for byte, beside the new one; others have the new one alone.
    assert_eq!(fill(&compiler, &edition, &old, "ministry").bytes, first.bytes);
    let shown = compiler.get(&edition).ok();
    let offers = |page: &str, form: &str| {
        page.contains(&format!("{edition}/recipient-forms/{}\"", form.rsplit('/').next().unwrap()))
    };
    assert!(offers(&shown, &old) && offers(&shown, &newer));
    let version = version(&client.get(&format!("{newer}/withdrawal")).ok());
    client.post(&format!("{newer}/withdrawal"), &[("version", &version)]).redirected();
    let shown = compiler.get(&edition).ok();
    assert!(offers(&shown, &old) && !offers(&shown, &newer), "what was never used is offered no more");
    assert_eq!(fill(&compiler, &edition, &newer, "ministry").status, 404);
    assert_eq!(client.get(&format!("{newer}/withdrawal")).redirected(), newer);
}

#[test]
fn a_form_of_another_province_does_not_exist_and_a_form_key_works_once() {
    let app = TestApp::demo();
    let (client, far) = (app.client(ADMINISTRATOR), app.client("quantri.longan"));
    let bytes = book(&[(1, 0, "{{period.label}}")]);
    let fields = [("name", "Biểu 03"), ("recipient", "Bộ Công an"), ("form_key", "k1")];
    let post = |fields: &[(&str, &str)]| send(&client, "/recipient-forms", fields, &bytes);
    let form = post(&fields).redirected();
    assert_eq!(post(&fields).redirected(), form);
    assert_eq!(kept(&app), 1);
    let double = post(&[("name", "BIỂU 03"), ("recipient", "Bộ Công an")]);
    assert_eq!(double.status, 422);
    assert!(double.text().contains("Đã có biểu mang tên này"), "{}", double.text());
    let keyless = post(&[("name", "Biểu 04"), ("recipient", "Bộ Công an"), ("form_key", "")]);
    assert_eq!(keyless.status, 422, "{}", keyless.text());

    for path in ["", "/file", "/replacement", "/withdrawal"] {
        assert_eq!(far.get(&format!("{form}{path}")).status, 404, "{path}");
    }
    assert!(!far.get("/recipient-forms").ok().contains("Biểu 03"));
    let regime: i64 = app
        .db
        .read(|conn| {
            let of = regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id);
            of.first(conn).map_err(DbError::from)
        })
        .unwrap();
    let theirs = [("name", "Biểu 05"), ("recipient", "Bộ"), ("regime", &*regime.to_string())];
    assert_eq!(send(&far, "/recipient-forms", &theirs, &bytes).status, 404);
    assert_eq!(post(&theirs).status, 303, "the same regime is there for its own administrator");

    // Addresses of steps lead to their page; others say how they are not asked.
    assert_eq!(client.get(&format!("{form}/bindings")).location, form);
    let wrong = client.post(&form, &[]);
    assert_eq!(wrong.status, 405);
    assert!(wrong.text().contains("Không thực hiện được"));
    assert_eq!(client.get(&format!("{form}?sheet=9")).status, 404);
    let away = client.get(&format!("{form}?sheet=1&row=4000000000&cell=zz"));
    assert_eq!(away.status, 200, "rows past the end are an empty window");
}
