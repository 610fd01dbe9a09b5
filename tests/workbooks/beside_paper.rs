//! What the workbook and the paper it is annexed to say alike, and what each copy says of where it goes. Hand-made.

use calamine::Data;
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::{
    ChangeList, EditionContent, ListChange, NarrativeBlock, NarrativeParagraph, PaperHead, Signatory,
};
use tonghop::reports::printed::consolidated;

use super::{Read, sample};

const SHEET: &str = "Tổng hợp";

fn written(content: &EditionContent, copy: EditionCopy) -> Vec<u8> {
    tonghop::workbooks::write(content, copy).expect("a workbook")
}

/// All words of a sheet.
fn words(content: &EditionContent, copy: EditionCopy, sheet: &str) -> Vec<String> {
    let cells = Read::open(written(content, copy)).values(sheet);
    cells.used_cells().map(|(.., cell)| cell.to_string()).collect()
}

/// An edition that waits for its number, under the head its paper has.
fn unnumbered() -> EditionContent {
    let mut edition = sample::edition();
    (edition.identity.doc_number, edition.identity.doc_date) = (None, None);
    edition.paper = Some(PaperHead {
        symbol: "BC-CAT-PC10".to_owned(),
        issuer_name: "Công an tỉnh Bắc Giang".to_owned(),
        capacity: vec!["GIÁM ĐỐC".to_owned()],
        ..PaperHead::default()
    });
    edition
}

#[test]
fn the_symbol_and_the_month_are_those_of_the_paper() {
    let said = words(&unnumbered(), EditionCopy::Ministry, SHEET);
    for line in [
        "(Kèm theo Báo cáo số …/BC-CAT-PC10 ngày … tháng 6 năm 2025 của Công an tỉnh Bắc Giang)",
        "Bắc Giang, ngày … tháng 6 năm 2025",
    ] {
        assert!(said.iter().any(|one| one == line), "{line}: {said:?}");
    }
    let paper = consolidated(&unnumbered());
    assert_eq!(paper.symbol, "BC-CAT-PC10");
    // A number with its symbol in it, and one without.
    for (number, told) in [("125/BC-CAT", "số 125/BC-CAT ngày …"), ("125", "số 125/BC-CAT-PC10 ngày …")]
    {
        let mut edition = unnumbered();
        edition.identity.doc_number = Some(number.to_owned());
        let said = words(&edition, EditionCopy::Ministry, SHEET);
        assert!(said.iter().any(|one| one.contains(told)), "{told}: {said:?}");
    }
}

#[test]
fn it_is_signed_as_the_paper_is() {
    let nobody = Signatory { capacity: vec![], name: None };
    let mut draft = unnumbered();
    draft.identity.signatory = nobody.clone();
    let mut bare = sample::edition();
    bare.identity.signatory = nobody;
    for (edition, lines) in [
        (unnumbered(), &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"][..]),
        (draft, &["GIÁM ĐỐC"][..]),
        (bare, &["THỦ TRƯỞNG ĐƠN VỊ"][..]),
    ] {
        let paper = consolidated(&edition).signatory;
        assert_eq!(paper.capacity, lines);
        for copy in EditionCopy::ALL {
            let right: Vec<String> = Read::open(written(&edition, copy))
                .values(SHEET)
                .rows()
                .map(|row| if let Data::String(text) = &row[4] { text.clone() } else { String::new() })
                .collect();
            let at = right.iter().position(|one| one == lines[0]).expect("the first line");
            assert_eq!(right[at..at + lines.len()], *lines);
            let name = edition.identity.signatory.name.clone().unwrap_or_default();
            assert_eq!(paper.name, name);
            assert!(right[at..].contains(&name), "{right:?}");
            assert_eq!(right[at + lines.len()] == "(Chữ ký, dấu)", name.is_empty(), "{right:?}");
        }
    }
}

/// The labels of the annexes of a paper as it is written, the last words of its text, and the label of the workbook.
fn labelled(content: &EditionContent) -> (Vec<String>, String, String) {
    let paper = consolidated(content);
    let figures = !content.groups.is_empty();
    let bytes = match figures {
        true => tonghop::documents::write_beside_file(&paper),
        false => tonghop::documents::write(&paper),
    };
    let labels = crate::documents::read::paragraphs(&bytes.expect("a document"));
    let labels = labels.into_iter().filter(|one| one.style == "PhuLuc").map(|one| one.text).collect();
    let workbook = Read::of(content).cell(SHEET, 3, 0).to_string();
    (labels, paper.closing, workbook)
}

/// Paper and workbook count their annexes together, by one rule; the text names the workbook.
#[test]
fn the_workbook_is_the_last_annex_of_the_paper() {
    let mut edition = unnumbered();
    let head = edition.paper.as_mut().expect("a head");
    head.closing = "Trên đây là báo cáo (số liệu chi tiết tại Phụ lục kèm theo)".to_owned();
    let (labels, closing, workbook) = labelled(&edition);
    assert_eq!((labels, workbook.as_str()), (vec!["Phụ lục I".into(), "Phụ lục II".into()], "Phụ lục III"));
    let named = "Biểu số liệu tổng hợp theo từng đơn vị tại tệp Excel kèm theo";
    assert_eq!(
        closing,
        format!(
            "Trên đây là báo cáo (số liệu, nội dung chi tiết tại các Phụ lục I, II kèm theo). {named} (Phụ lục III)"
        )
    );
    // What units wrote stands in the text whole: the totals alone are annexed to it.
    for section in &mut edition.narrative {
        section.paragraphs.clear();
    }
    let (labels, closing, workbook) = labelled(&edition);
    assert_eq!((labels, workbook.as_str()), (vec!["Phụ lục I".into()], "Phụ lục II"));
    assert!(
        closing.contains("tại Phụ lục I kèm theo") && closing.ends_with(&format!("{named} (Phụ lục II)"))
    );
    // Without figures there is nothing to count.
    edition.groups.clear();
    let (labels, closing, workbook) = labelled(&edition);
    assert_eq!((labels, workbook.as_str()), (Vec::<String>::new(), "Phụ lục"));
    assert!(!closing.contains(named), "{closing}");
}

#[test]
fn a_number_under_ten_has_its_zero_in_the_workbook_too() {
    let mut edition = unnumbered();
    edition.identity.doc_number = Some("9/BC-CAT-PC10".to_owned());
    let said = words(&edition, EditionCopy::Ministry, SHEET);
    assert!(said.iter().any(|one| one.contains("Báo cáo số 09/BC-CAT-PC10 ngày")), "{said:?}");
}

/// The worksheets of a workbook as they are written, in their order.
fn sheets(bytes: Vec<u8>) -> Vec<String> {
    use std::io::Read as _;
    let count = Read::open(bytes.clone()).sheets().len();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut one = |number: usize| {
        let mut text = String::new();
        let name = format!("xl/worksheets/sheet{number}.xml");
        archive.by_name(name.as_str()).expect("a sheet").read_to_string(&mut text).expect("text");
        text
    };
    (1..=count).map(&mut one).collect()
}

#[test]
fn every_printed_page_of_the_internal_copy_says_that_it_stays() {
    let edition = sample::edition();
    let mark = "LƯU HÀNH NỘI BỘ";
    let ours = sheets(written(&edition, EditionCopy::Internal));
    let headed: Vec<bool> = ours.iter().map(|sheet| sheet.contains(&format!("{mark}</oddHeader>"))).collect();
    // The last two are for machines and out of sight.
    let (printed, hidden) = headed.split_at(ours.len() - 2);
    assert!(printed.len() > 6 && printed.iter().all(|yes| *yes) && !hidden.contains(&true), "{headed:?}");
    assert!(ours[..printed.len()].iter().all(|sheet| sheet.contains("&amp;P")), "the number stays");
    assert_eq!(words(&edition, EditionCopy::Internal, SHEET).iter().filter(|one| *one == mark).count(), 1);
    assert!(!sheets(written(&edition, EditionCopy::Ministry)).iter().any(|sheet| sheet.contains(mark)));
    assert!(!words(&edition, EditionCopy::Ministry, SHEET).iter().any(|one| one.contains(mark)));
}

#[test]
fn groups_of_which_only_totals_leave_are_named() {
    let told = |edition: &EditionContent, copy| {
        let said = words(edition, copy, SHEET);
        said.into_iter().find(|one| one.ends_with("theo từng đơn vị không kèm theo bản này."))
    };
    let mut edition = sample::edition();
    assert_eq!(told(&edition, EditionCopy::Ministry), None);
    edition.groups[1].classified = true;
    let note = |what: &str| Some(format!("Số liệu {what} theo từng đơn vị không kèm theo bản này."));
    assert_eq!(told(&edition, EditionCopy::Ministry), note("nhóm B"));
    assert_eq!(told(&edition, EditionCopy::Internal), None);
    edition.groups[0].classified = true;
    assert_eq!(told(&edition, EditionCopy::Ministry), note("các nhóm A, B"));
    // A ratio of what is classified stays too, wherever it stands.
    let mut edition = sample::with_parts();
    let mut parts = edition.groups[2].clone();
    edition.groups[2].indicators.retain(|line| line.code == "D05");
    parts.indicators.retain(|line| line.code != "D05");
    (parts.code, parts.classified) = ("G".to_owned(), true);
    let share = edition.groups.remove(2).indicators.remove(0);
    edition.groups[1].indicators.push(share);
    edition.groups.push(parts);
    assert_eq!(told(&edition, EditionCopy::Ministry), note("nhóm G và chỉ tiêu D05"));
}

#[test]
fn the_sheet_of_words_points_to_no_annex() {
    let mut edition = sample::edition();
    let section = &mut edition.narrative[0];
    section.paragraphs = vec![NarrativeParagraph {
        unit: "Sở Y tế".into(),
        text: "Phối hợp tốt.".into(),
        ..NarrativeParagraph::default()
    }];
    let block = |text: &str| NarrativeBlock { text: text.into(), sources: vec![], ..Default::default() };
    section.blocks = vec![
        block("Các đơn vị phối hợp tốt.\nNội dung của các đơn vị khác được nêu tại Phụ lục II."),
        block("Nội dung của các đơn vị khác được nêu tại Phụ lục."),
        block("Các đề xuất, kiến nghị khác của các đơn vị được nêu tại Phụ lục II."),
        block("(Còn 5 đơn vị khác, xem Phụ lục II.)"),
        block("Các đề xuất, kiến nghị được nêu tại Phụ lục II của Kế hoạch."),
    ];
    let said = words(&edition, EditionCopy::Ministry, "Thuyết minh");
    let pointing: Vec<&String> = said.iter().filter(|one| one.contains("Phụ lục")).collect();
    assert_eq!(pointing, ["Các đề xuất, kiến nghị được nêu tại Phụ lục II của Kế hoạch."]);
    assert!(said.iter().any(|one| one == "Các đơn vị phối hợp tốt."));
    assert_eq!(said.iter().filter(|one| *one == "Bản tổng hợp").count(), 2, "no row is left of the others");
    let paper = format!("{:?}", consolidated(&edition).chapters);
    assert!(paper.contains("Nội dung của các đơn vị khác được nêu tại Phụ lục II."));
}

#[test]
fn rows_of_who_had_no_report_are_added_and_not_mended() {
    let mut edition = sample::edition();
    let change = |unit: &str| ListChange { unit: unit.into(), list: "Mô hình".into() };
    edition.changes = Some(ChangeList {
        since: 1,
        lists: vec![change("Sở A"), change("Sở B"), change("Sở C")],
        came: vec!["Sở A".into()],
        went: vec!["Sở C".into()],
        ..ChangeList::default()
    });
    let sheet = Read::of(&edition).values("Thay đổi so với lần trước");
    let rows = sheet.rows().filter(|row| row[2] == Data::String("Danh sách".into()));
    let rows: Vec<String> = rows.map(|row| format!("{}: {}", row[1], row[6])).collect();
    assert_eq!(rows, ["Sở A: thêm các dòng", "Sở B: sửa các dòng", "Sở C: không còn các dòng"]);
}
