//! The two copies: what the Ministry's leaves out, what only the collector's own has.

use calamine::Data;
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::{Change, ChangeList, EditionContent, Reading, Said, Sending};

use super::{Read, sample};

/// The sample with group B classified, an account of sending, and changes in a classified group and another.
fn edition() -> EditionContent {
    let mut edition = sample::edition();
    edition.groups[1].classified = true;
    let at = edition.identity.created_at;
    let sending = |unit: &str, sent, revision| Sending {
        unit: unit.to_owned(),
        requested: false,
        progress: if sent { "Đã tiếp nhận" } else { "Đang soạn" }.to_owned(),
        sent_at: sent.then_some(at),
        days_late: sent.then_some(3),
        revision,
        revision_sent_at: revision.map(|_| at),
        sha256: String::new(),
        on_behalf: None,
        below: None,
    };
    edition.sendings =
        vec![sending("Công an tỉnh", true, Some(2)), sending("UBND huyện Yên Thế", false, None)];
    let change = |indicator: &str, before, now| Change {
        unit: "Công an tỉnh".to_owned(),
        indicator: indicator.to_owned(),
        before: Said { reading: Reading { value: before, ..Reading::default() }, ..Said::default() },
        now: Said { reading: Reading { value: now, ..Reading::default() }, ..Said::default() },
    };
    let changes = vec![change("B04", None, Some(1_240)), change("A11", Some(1_000_000), Some(1_250_500_000))];
    edition.changes = Some(ChangeList { since: 1, changes, ..ChangeList::default() });
    edition
}

fn read(copy: EditionCopy) -> Read {
    Read::open(tonghop::workbooks::write(&edition(), copy).unwrap())
}

#[test]
fn the_ministry_copy_has_totals_and_no_unit_of_a_classified_group() {
    let (mut theirs, mut ours) = (read(EditionCopy::Ministry), read(EditionCopy::Internal));
    assert!(!theirs.sheets().contains(&"Theo đơn vị - B".to_owned()));
    assert!(ours.sheets().contains(&"Theo đơn vị - B".to_owned()));
    let annex = theirs.values("Tổng hợp");
    assert_eq!(annex, ours.values("Tổng hợp"), "the annex says the same in both");
    // 1.240 and 640.000 are figures of single units in group B, and totals of nothing.
    for figure in [1240.0, 640_000.0] {
        let holds = |read: &mut Read| {
            let sheets = read.sheets();
            sheets
                .iter()
                .any(|name| read.values(name).used_cells().any(|(.., cell)| *cell == Data::Float(figure)))
        };
        assert!(!holds(&mut theirs), "{figure}");
        assert!(holds(&mut ours), "{figure}");
    }
    let row = theirs.row_of("Tổng hợp", 1, "B04");
    let (formula, all) = (theirs.formula("Tổng hợp", row, 6), ours.formula("Tổng hợp", row, 6));
    assert!(!formula.contains("SUMIFS") && all.contains("SUMIFS"), "{formula} beside {all}");
}

#[test]
fn who_sent_when_is_in_the_collectors_own_copy_only() {
    assert!(!read(EditionCopy::Ministry).sheets().contains(&"Tình hình gửi".to_owned()));
    let mut ours = read(EditionCopy::Internal);
    let text = |words: &str| Data::String(words.to_owned());
    let row = ours.row_of("Tình hình gửi", 1, "Công an tỉnh");
    let cells: Vec<Data> = (2..8).map(|column| ours.cell("Tình hình gửi", row, column)).collect();
    let at = text("17/6/2025 01:05");
    assert_eq!(
        cells,
        [text("giao"), text("Đã tiếp nhận"), at.clone(), Data::Float(3.0), Data::Float(2.0), at]
    );
    let row = ours.row_of("Tình hình gửi", 1, "UBND huyện Yên Thế");
    let empty = |data: Data| data == Data::Empty || data == text("");
    assert!(
        (4..8).all(|column| empty(ours.cell("Tình hình gửi", row, column))),
        "nothing sent is nothing written"
    );
}

#[test]
fn changes_since_the_edition_before_are_listed() {
    let listed = |read: &mut Read| {
        let sheet = read.values("Định danh");
        let rows = sheet.rows().filter(|row| row[0] == Data::String("thay_doi".to_owned()));
        rows.map(|row| row[1].to_string()).collect::<Vec<_>>()
    };
    let (b, a) = ("Công an tỉnh | B04 | chưa có số liệu | 1.240", "Công an tỉnh | A11 | 1 | 1.250,5");
    assert_eq!(listed(&mut read(EditionCopy::Internal)), [b, a]);
    assert_eq!(listed(&mut read(EditionCopy::Ministry)), [a]);
}

#[test]
fn a_total_of_nothing_is_nothing_and_not_zero() {
    let mut edition = sample::edition();
    for unit in &mut edition.units {
        unit.figures.retain(|figure| figure.indicator != "B99");
    }
    sample::total_up(&mut edition);
    let mut read = Read::of(&edition);
    let row = read.row_of("Theo đơn vị - B", 1, "Tổng cộng");
    assert_eq!(
        read.cell("Theo đơn vị - B", row, 6),
        Data::String(String::new()),
        "also before it is computed again"
    );
    assert!(read.formula("Theo đơn vị - B", row, 6).contains("COUNT("));
}
