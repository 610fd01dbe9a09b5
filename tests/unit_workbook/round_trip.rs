//! Out and back: a workbook nobody touched says what the draft says; the traps of real workbooks are survived.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use tonghop::reports::form::{Fields, parse};
use tonghop::reports::parts::{parts, same};
use tonghop::reports::{Content, Evidence, Row, TaskResult, TaskStatus, TypedDay, TypedReach, read};
use tonghop::unit_workbook::{self, Reading, Refusal};
use tonghop::vietnamese::Level;

use super::sample::{book, content, filled, outline, with_part};

pub fn back(bytes: &[u8]) -> Reading {
    unit_workbook::read(bytes, &outline()).unwrap_or_else(|why| panic!("refused: {why}"))
}

/// The content a reading makes of a blank draft.
pub fn content_of(reading: &Reading) -> Content {
    let fields: HashMap<String, String> = reading.fields(false).into_iter().collect();
    parse(&Fields(fields), &outline(), Content::default())
}

/// The fields in which two contents differ, rows compared as they are sent.
fn differ(one: &Content, other: &Content) -> Vec<String> {
    let settled = |content: &Content| {
        let mut content = content.clone();
        for list in outline().lists {
            for row in content.lists.get_mut(&list.code).into_iter().flatten() {
                *row = list.settled(row);
            }
        }
        parts(&content).unwrap()
    };
    let (one, other) = (settled(one), settled(other));
    let all: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    all.into_iter().filter(|field| !same(one.get(*field), other.get(*field))).cloned().collect()
}

#[test]
fn an_untouched_workbook_says_what_the_draft_says() {
    let reading = back(&filled());
    assert_eq!(reading.identity, super::sample::identity());
    // Two of its texts begin like formulas: they are its texts, and pointed out.
    let told: Vec<(bool, &str)> = reading.findings.iter().map(|f| (f.blocks, f.field.as_str())).collect();
    assert_eq!(told, [(false, "note.B04"), (false, "section.I")]);
    assert_eq!(differ(&content_of(&reading), &content()), Vec::<String>::new());
    assert!(reading.converted.is_empty());
}

/// Column A is numbered and locked: whoever adds a table up writes it into the first input.
#[test]
fn a_total_below_a_list_or_the_links_is_no_row() {
    let mut summed = content();
    let total: Row =
        [("number", "Tổng cộng: 1 văn bản")].map(|(code, cell)| (code.to_owned(), cell.to_owned())).into();
    summed.lists.get_mut("documents").unwrap().push(total);
    summed.evidence.push(Evidence {
        title: "Tổng cộng".into(),
        url: String::new(),
        platform: String::new(),
        published: TypedDay::default(),
        reach: TypedReach::read("684"),
    });
    let reading = back(&book(&summed, &BTreeMap::new()));
    assert_eq!(differ(&content_of(&reading), &content()), Vec::<String>::new());
    let told: Vec<&str> = reading
        .findings
        .iter()
        .map(|one| one.words.as_str())
        .filter(|one| one.contains("dòng tổng"))
        .collect();
    assert_eq!(told.len(), 2, "{:?}", reading.findings);
    assert!(reading.findings.iter().all(|one| !one.blocks), "{:?}", reading.findings);
    // An entry that begins with such words has what an entry has.
    let mut entry = content();
    entry.evidence[0].title = "Tổng số tin trong quý".into();
    assert_eq!(differ(&content_of(&back(&book(&entry, &BTreeMap::new()))), &entry), Vec::<String>::new());
}

#[test]
fn the_same_draft_gives_the_same_bytes() {
    assert_eq!(filled(), filled());
}

#[test]
fn a_blank_draft_comes_back_blank() {
    let reading = back(&book(&Content::default(), &BTreeMap::new()));
    assert_eq!(reading.findings, vec![]);
    assert_eq!(differ(&content_of(&reading), &Content::default()), Vec::<String>::new());
}

/// The text of every part of the package.
fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn what_people_typed_is_text_and_only_inputs_are_unlocked() {
    let bytes = filled();
    let mut formulas = 0;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    for sheet in workbook.sheet_names() {
        formulas += workbook.worksheet_formula(&sheet).unwrap().used_cells().count();
    }
    assert_eq!(formulas, 0);
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(
        sheet.contains("<sheetProtection") && !sheet.contains("password"),
        "protected without a password"
    );
    assert!(sheet.contains("<dataValidations") && sheet.contains("fitToHeight=\"0\""));
    assert!(part(&bytes, "xl/workbook.xml").contains("Print_Titles"), "headings repeat on every page");
    assert!(part(&bytes, "xl/workbook.xml").contains("name=\"_định danh\" sheetId=\"7\" state=\"hidden\""));
    assert!(part(&bytes, "docProps/custom.xml").contains("ma_don_vi"));
}

#[test]
fn sheets_may_be_renamed_and_the_identity_may_be_in_the_properties_only() {
    let renamed = with_part(&filled(), "xl/workbook.xml", |xml| {
        xml.replace("name=\"Số liệu\"", "name=\"Sheet1 (2)\"").replace("name=\"Thuyết minh\"", "name=\"abc\"")
    });
    assert_eq!(differ(&content_of(&back(&renamed)), &content()), Vec::<String>::new());
    let without = with_part(&filled(), "xl/worksheets/sheet7.xml", |xml| {
        let (from, to) = (xml.find("<sheetData>").unwrap(), xml.find("</sheetData>").unwrap());
        format!("{}<sheetData>{}", &xml[..from], &xml[to..])
    });
    assert_eq!(back(&without).identity, super::sample::identity());
    let neither = with_part(&without, "docProps/custom.xml", |_| "<Properties/>".to_owned());
    assert_eq!(unit_workbook::read(&neither, &outline()), Err(Refusal::NoIdentity));
}

#[test]
fn without_the_hidden_row_headings_are_enough() {
    let bytes =
        with_part(&filled(), "xl/sharedStrings.xml", |xml| xml.replace("#bang:", "x").replace("#cot:", "y"));
    let reading = back(&bytes);
    assert_eq!(reading.findings.iter().filter(|f| f.blocks).count(), 0, "{:?}", reading.findings);
    assert_eq!(differ(&content_of(&reading), &content()), Vec::<String>::new());
}

/// Workbooks of before had other words in some headings.
#[test]
fn headings_of_before_are_enough() {
    let bytes = with_part(&filled(), "xl/sharedStrings.xml", |xml| {
        let older = [
            ("#bang:", "x"),
            ("#cot:", "y"),
            (">Tình hình<", ">Tình trạng<"),
            (">Tiêu đề<", ">Tên tin, bài, tài liệu<"),
            (">Địa chỉ<", ">Đường dẫn<"),
            (">Nền tảng<", ">Nơi đăng<"),
        ];
        older.iter().fold(xml, |xml, (now, before)| xml.replace(now, before))
    });
    let reading = back(&bytes);
    assert_eq!(reading.findings.iter().filter(|f| f.blocks).count(), 0, "{:?}", reading.findings);
    assert_eq!(differ(&content_of(&reading), &content()), Vec::<String>::new());
}

/// The same serial number counted from 1904: four years and a day later.
#[test]
fn days_are_counted_from_the_workbooks_own_epoch() {
    let old = with_part(&filled(), "xl/workbook.xml", |xml| {
        xml.replacen("<workbookPr ", "<workbookPr date1904=\"1\" ", 1)
    });
    assert_eq!(back(&filled()).fields["actual_to"], "31/05/2025");
    assert_eq!(back(&old).fields["actual_to"], "01/06/2029");
}

#[test]
fn errors_are_said_in_the_cells_of_the_users_own_values() {
    let marks: BTreeMap<String, Vec<String>> =
        [("figure.B04".to_owned(), vec!["Không đọc được.".to_owned()])].into();
    let bytes = book(&content(), &marks);
    assert!(part(&bytes, "xl/comments1.xml").contains("Không đọc được."));
    assert_eq!(differ(&content_of(&back(&bytes)), &content()), Vec::<String>::new());
}

#[test]
fn every_field_has_its_cell() {
    let bytes = filled();
    let reading = back(&bytes);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    let place = &reading.places["figure.B04"];
    let range = workbook.worksheet_range(&place.sheet).unwrap();
    let row: u32 = place.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap();
    assert_eq!(range.get_value((row - 1, 0)), Some(&Data::String("B04".into())));
    assert_eq!(range.get_value((row - 1, 5)), Some(&Data::Float(1245.0)));
    assert_eq!(reading.places["list.documents.1.number"].sheet, "Danh sách - Văn bản đã ban hành");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever a draft holds comes back as it was.
    #[test]
    fn any_draft_comes_back(
        figures in proptest::collection::vec(proptest::option::of(0_i64..=999_999_999_999), 5),
        level in 0_usize..6,
        lines in proptest::collection::vec("[^\\p{C}\\u{B5}-\\u{FF}]{0,60}", 0..6),
        cells in proptest::collection::vec("[a-zA-Z0-9=+@'\"<&ăâđêôơư ]{0,20}", 0..6),
    ) {
        let outline = outline();
        let mut draft = Content::default();
        for (asked, figure) in outline.indicators.iter().zip(figures) {
            let Some(figure) = figure else { continue };
            let typed = if asked.is_bool() { "có".to_owned() } else { figure.to_string() };
            let said = if asked.is_bool() { Level::default() } else { Level::ALL[level] };
            draft.entries.insert(asked.id, read(&typed, said, "", asked));
        }
        let text = tonghop::vietnamese::clean(&lines.join("\n"));
        draft.sections.insert("II.1".into(), text.trim_matches('\n').trim_end().to_owned());
        for cell in cells {
            let cell = tonghop::vietnamese::clean_line(&cell);
            let key = tonghop::vietnamese::search_key(&cell);
            if !cell.is_empty() && !matches!(key.as_str(), "tong" | "cong" | "tong cong" | "tong so") {
                draft.lists.entry("documents".into()).or_default().push([("subject".to_owned(), cell)].into());
            }
        }
        let body = TaskResult { status: TaskStatus::Done, body: "x".into() };
        draft.tasks.insert(outline.tasks[1].id, body);
        let bytes = book(&draft, &BTreeMap::new());
        let reading = unit_workbook::read(&bytes, &outline).unwrap();
        prop_assert_eq!(differ(&content_of(&reading), &draft), Vec::<String>::new());
    }
}
