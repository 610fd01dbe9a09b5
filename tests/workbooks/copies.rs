//! The two copies: what the Ministry's leaves out, what only the collector's own has.

use calamine::Data;
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::{
    Change, ChangeList, EditionContent, Reading, Said, Sending, UnitEvidence, UnitTask,
};

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
    Read::open(tonghop::workbooks::write(edition(), copy).unwrap())
}

#[test]
fn the_ministry_copy_has_totals_and_no_unit_of_a_classified_group() {
    let (mut theirs, mut ours) = (read(EditionCopy::Ministry), read(EditionCopy::Internal));
    assert!(!theirs.sheets().contains(&"Theo đơn vị - B".to_owned()));
    assert!(ours.sheets().contains(&"Theo đơn vị - B".to_owned()));
    // Of another group the annex says the same in both.
    let row = theirs.row_of("Tổng hợp", 1, "A11");
    let cells = |read: &mut Read| (0..11).map(|at| read.cell("Tổng hợp", row, at)).collect::<Vec<_>>();
    assert_eq!(cells(&mut theirs), cells(&mut ours));
    // 57 and 640.000 are figures of single units in group B, and totals of nothing.
    for figure in [57.0, 640_000.0] {
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
    assert!(ours.formula("Tổng hợp", row, 6).contains("SUMIFS"));
    // A difference over some of the units is theirs; beside the totals it tells the others.
    assert_eq!(theirs.cell("Tổng hợp", row, 6), Data::String("–".to_owned()));
    let remark = |read: &mut Read| read.cell("Tổng hợp", row, 10).to_string();
    let (without, with) = (remark(&mut theirs), remark(&mut ours));
    assert!(!without.contains("so sánh trên") && with.contains("so sánh trên"), "{without} beside {with}");
}

/// The number of a total on *Dữ liệu* under a heading.
fn told(read: &mut Read, indicator: &str, heading: &str) -> Data {
    let sheet = read.values("Dữ liệu");
    let headings: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let row = sheet.rows().find(|row| {
        row[at("cap")] == Data::String("tong".to_owned())
            && row[at("ma_chi_tieu")] == Data::String(indicator.to_owned())
    });
    row.unwrap()[at(heading)].clone()
}

#[test]
fn a_classified_total_of_one_unit_is_nowhere_in_what_leaves_the_collector() {
    let mut edition = edition();
    // One unit alone has a figure of B04, now and last year.
    let mut kept = false;
    for figure in edition.units.iter_mut().flat_map(|unit| &mut unit.figures) {
        if figure.indicator == "B04" && figure.counts {
            let alone = !kept && figure.now.value.is_some();
            kept |= alone;
            figure.now.value = alone.then_some(7_391);
            figure.same_period.value = alone.then_some(6_283);
            let none = tonghop::consolidation::content::FigureStatus::Blank;
            figure.state = if alone { figure.state } else { none };
        }
    }
    edition.changes = None;
    sample::total_up(&mut edition);
    let mut theirs = Read::open(tonghop::workbooks::write(&edition, EditionCopy::Ministry).unwrap());
    let mut ours = Read::open(tonghop::workbooks::write(&edition, EditionCopy::Internal).unwrap());
    for figure in [7_391.0, 6_283.0, 1_108.0] {
        let holds = |read: &mut Read| {
            let sheets = read.sheets();
            sheets
                .iter()
                .any(|name| read.values(name).used_cells().any(|(.., cell)| *cell == Data::Float(figure)))
        };
        assert!(!holds(&mut theirs) && holds(&mut ours), "{figure}");
    }
    assert_eq!(told(&mut theirs, "B04", "trang_thai"), Data::String("khong_hien".to_owned()));
    assert_eq!(told(&mut theirs, "B04", "so_don_vi_co_so_lieu"), Data::Float(1.0));
    for heading in ["gia_tri", "cung_ky", "luy_ke", "so_sanh_ky_nay", "so_sanh_cung_ky", "so_sanh_so_don_vi"]
    {
        let cell = told(&mut theirs, "B04", heading);
        assert!(matches!(&cell, Data::Empty) || cell.to_string().is_empty(), "{heading}: {cell}");
    }
    // Nor in the paper that is signed.
    let paper = tonghop::reports::printed::consolidated(&tonghop::consolidation::guarded(&edition));
    let words = format!("{paper:?}");
    assert!(!words.contains("7.391") && !words.contains("6.283"), "{words}");
    assert!(words.contains("không hiện"));
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
        let sheet = read.values("Thay đổi so với lần trước");
        let rows = sheet.rows().filter(|row| row[2] == Data::String("Số liệu".to_owned()));
        rows.map(|row| [1, 3, 5, 6].map(|at| row[at].to_string()).join(" | ")).collect::<Vec<_>>()
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

#[test]
fn tasks_and_evidence_are_in_the_collectors_own_copy_only() {
    let mut edition = edition();
    edition.tasks = vec![UnitTask {
        unit: "Công an tỉnh".to_owned(),
        plan: "13/KH-UBND".to_owned(),
        clause: "III.2".to_owned(),
        text: "Xây dựng chuyên mục".to_owned(),
        status: "đã hoàn thành".to_owned(),
        result: "=1+1 chuyên mục".to_owned(),
    }];
    edition.evidence = vec![UnitEvidence {
        unit: "Công an tỉnh".to_owned(),
        kind: "Đường dẫn".to_owned(),
        title: "Bài viết".to_owned(),
        url: "https://vi-du.vn/bai".to_owned(),
        platform: "Cổng thông tin".to_owned(),
        published_on: None,
        reach: Some(12_450),
        unit_code: "bg.ca".to_owned(),
        report: "125/BC-CAT ngày 12/6/2025".to_owned(),
        revision: Some(2),
        task: "Kế hoạch 13, mục III.2: Xây dựng chuyên mục".to_owned(),
        indicator: "B04".to_owned(),
        ..UnitEvidence::default()
    }];
    let write = |copy| Read::open(tonghop::workbooks::write(&edition, copy).unwrap());
    let (theirs, mut ours) = (write(EditionCopy::Ministry), write(EditionCopy::Internal));
    for sheet in ["Nhiệm vụ", "Minh chứng"] {
        assert!(!theirs.sheets().contains(&sheet.to_owned()) && ours.sheets().contains(&sheet.to_owned()));
    }
    let text = |words: &str| Data::String(words.to_owned());
    let row = ours.row_of("Nhiệm vụ", 1, "Công an tỉnh");
    assert_eq!(ours.cell("Nhiệm vụ", row, 6), text("=1+1 chuyên mục"));
    let row = ours.row_of("Minh chứng", 1, "Công an tỉnh");
    let cells: Vec<Data> = (2..14).map(|column| ours.cell("Minh chứng", row, column)).collect();
    let told =
        ["bg.ca", "125/BC-CAT ngày 12/6/2025", "2", "Kế hoạch 13, mục III.2: Xây dựng chuyên mục", "B04"];
    let proof = ["Đường dẫn", "Bài viết", "https://vi-du.vn/bai", "Cổng thông tin", "", "12.450", ""];
    let expected = told.iter().chain(&proof).map(|words| match words.is_empty() {
        true => Data::Empty,
        false => text(words),
    });
    assert_eq!(cells, expected.collect::<Vec<_>>());
}

#[test]
fn only_a_later_edition_has_a_sheet_of_changes() {
    let sheet = "Thay đổi so với lần trước".to_owned();
    assert!(!Read::of(&sample::edition()).sheets().contains(&sheet));
    assert!(read(EditionCopy::Ministry).sheets().contains(&sheet));
}
