//! Doubts that must not get lost between a workbook, the one with notes and the next upload: texts that begin like formulas,
//! words that a formula made, numbers that can be read in two ways.

use std::collections::BTreeMap;

use tonghop::unit_workbook::Reading;

use super::pages::{Scene, first_paragraph, part, with_cell, with_figure, words};
use super::round_trip::{back, content_of};
use super::sample::{book, filled};

/// What is said at a field, where, and whether it blocks.
fn said(reading: &Reading, field: &str) -> Vec<(bool, String, String)> {
    let of = reading.findings.iter().filter(|found| found.field == field);
    let place = |found: &tonghop::unit_workbook::Finding| {
        found.place.as_ref().map_or_else(String::new, |place| format!("{} {}", place.sheet, place.cell))
    };
    of.map(|found| (found.blocks, place(found), found.words.clone())).collect()
}

#[test]
fn a_text_that_begins_like_a_formula_is_pointed_out_on_every_sheet() {
    let changed = with_cell(&filled(), "sheet4", "F7", &words("=SUM(1,2)"));
    let changed = with_cell(&changed, "sheet6", "B7", &words(" =1+1"));
    let changed = with_cell(&changed, "sheet5", "D7", &words("= Kế hoạch"));
    let reading = back(&changed);
    for (field, place, text) in [
        ("task.7.body", "Nhiệm vụ F7", "=SUM(1,2)"),
        ("evidence.0.title", "Minh chứng B7", "=1+1"),
        ("list.documents.0.subject", "Danh sách - Văn bản đã ban hành D7", "= Kế hoạch"),
    ] {
        let found = said(&reading, field);
        assert_eq!(found.len(), 1, "{field}: {found:?}");
        let (blocks, at, words) = &found[0];
        assert!(!blocks && at == place && words.contains(&format!("nguyên chữ “{text}”")), "{found:?}");
        assert_eq!(reading.fields[field].trim(), text);
    }
}

#[test]
fn words_that_a_formula_made_are_its_result_and_pointed_out() {
    let formula = " t=\"str\"><f>C7&amp;\" xong\"</f><v>Đã xong</v>";
    let reading = back(&with_cell(&filled(), "sheet4", "F7", formula));
    let found = said(&reading, "task.7.body");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(!found[0].0 && found[0].1 == "Nhiệm vụ F7", "{found:?}");
    assert!(found[0].2.contains("lấy kết quả “Đã xong”"), "{found:?}");
    assert_eq!(reading.fields["task.7.body"], "Đã xong");
    // A figure may be computed: nobody is asked.
    let number = with_figure(&filled(), "B04", "><f>1200+45</f><v>1245</v>");
    let reading = back(&number);
    assert_eq!((said(&reading, "figure.B04"), reading.fields["figure.B04"].as_str()), (vec![], "1245"));
}

#[test]
fn a_number_of_a_list_that_can_be_read_in_two_ways_is_asked_about_again_and_again() {
    let changed = with_cell(&filled(), "sheet5", "E7", &words("1,245"));
    let changed = with_cell(&changed, "sheet6", "F7", &words("2,500"));
    let asked = [
        ("list.documents.0.copies", "“1,245” được đọc là 1.245. Đúng không?"),
        ("evidence.0.reach", "“2,500” được đọc là 2.500. Đúng không?"),
    ];
    let first = back(&changed);
    let marks: BTreeMap<String, Vec<String>> =
        asked.iter().map(|(field, words)| ((*field).to_owned(), vec![(*words).to_owned()])).collect();
    let second = back(&book(&content_of(&first), &marks));
    for reading in [&first, &second] {
        for (field, expected) in asked {
            let found = said(reading, field);
            assert!(found.len() == 1 && !found[0].0 && found[0].2 == expected, "{field}: {found:?}");
        }
    }
    // Taken as it was read, the number is a number: there is nothing left to ask.
    let settled = back(&book(&content_of(&first), &BTreeMap::new()));
    assert!(asked.iter().all(|(field, _)| said(&settled, field).is_empty()));
}

#[test]
fn a_formula_among_words_is_told_again_when_the_marked_workbook_comes_back() {
    let scene = Scene::open();
    let empty = scene.book();
    let second = format!("B{}", first_paragraph(&empty) + 1);
    let preview = scene.upload(&with_cell(&empty, "sheet3", &second, "><f>1+1</f>"));
    let page = scene.officer.get(&preview).ok();
    assert!(
        page.contains("Công thức trong ô chưa được tính") && !page.contains("Áp dụng vào báo cáo"),
        "{page}"
    );
    let mut marked = scene.officer.get(&format!("{preview}/annotated")).bytes;
    for _ in 0..2 {
        assert!(part(&marked, "xl/sharedStrings.xml").contains(">=1+1<"));
        let preview = scene.upload(&marked);
        let page = scene.officer.get(&preview).ok();
        assert!(page.contains(&format!("Thuyết minh, ô {second}:")), "{page}");
        assert!(page.contains("được lấy nguyên chữ “=1+1”, không tính"), "{page}");
        marked = scene.officer.get(&format!("{preview}/annotated")).bytes;
    }
    // Seen, and wanted: it is a text.
    let preview = scene.upload(&marked);
    let version = scene.version(&preview);
    scene.apply(&preview, &version).redirected();
    assert!(scene.officer.get(&scene.at("/draft")).ok().contains("=1+1"));
}

#[test]
fn a_figure_that_can_be_read_in_two_ways_stands_in_the_marked_workbook_as_it_was_typed() {
    let scene = Scene::open();
    let mut bytes = with_figure(&scene.book(), "B04", &words("1,245"));
    for _ in 0..3 {
        let preview = scene.upload(&bytes);
        let page = scene.officer.get(&preview).ok();
        assert!(page.contains("“1,245” được đọc là 1.245. Đúng không?"), "{page}");
        bytes = scene.officer.get(&format!("{preview}/annotated")).bytes;
        assert!(part(&bytes, "xl/sharedStrings.xml").contains(">1,245<"));
    }
}
