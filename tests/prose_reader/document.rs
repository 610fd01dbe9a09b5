//! The half-year report as a person reads it.

use tonghop::prose_reader::{FigureKind, read};

use super::{REPORT, form};

#[test]
fn its_head_and_signature() {
    let prose = read(REPORT, &form());
    let head = &prose.head;
    let said =
        [&head.kind, &head.number, &head.symbol, &head.issuer, &head.capacity, &head.title, &head.name];
    let expected = [
        "Báo cáo",
        "78",
        "BC-SKHCN",
        "Sở Khoa học và Công nghệ",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Văn Hậu",
    ];
    assert_eq!(said.map(String::as_str), expected);
    assert_eq!(head.date, chrono::NaiveDate::from_ymd_opt(2025, 6, 9));
    assert_eq!(prose.bases.len(), 1, "{:?}", prose.bases);
    let named = prose.period.expect("a period");
    assert_eq!((named.cycle.as_str(), named.year), ("H1", Some(2025)));
}

#[test]
fn every_paragraph_in_its_section() {
    let prose = read(REPORT, &form());
    let of = |begin: &str| {
        let piece = prose.pieces.iter().find(|piece| piece.body.lines().any(|line| line.starts_with(begin)));
        piece.unwrap_or_else(|| panic!("no {begin}: {:#?}", prose.pieces)).section.clone().unwrap_or_default()
    };
    for (begin, section) in [
        ("Sở đã ban hành", "I"),
        ("Báo in và báo điện tử", "II.2"),
        ("Hệ thống truyền thanh", "II.2"),
        ("Tuyên truyền trực tiếp", "II.3"),
        ("Cộng tác viên", "III.2"),
        ("Phấn đấu", "IV"),
    ] {
        assert_eq!(of(begin), section, "{begin}");
    }
    assert!(
        prose.pieces.iter().all(|piece| !piece.body.contains("Trên đây là")),
        "the formula is no content"
    );
    assert_eq!(prose.unread(), 0);
}

#[test]
fn every_number_with_what_it_is() {
    let prose = read(REPORT, &form());
    let found: Vec<(String, FigureKind, Option<&str>)> =
        prose.figures.iter().map(|f| (f.words(), f.kind, f.proposed.as_deref())).collect();
    let counted = FigureKind::Counted;
    let expected = [
        ("03 phòng", counted, None),
        ("02 cuộc kiểm tra", counted, Some("A04")),
        ("05 chuyên trang", counted, Some("C02")),
        ("hơn 240 tin, bài, ảnh", counted, Some("C01")),
        ("12,5%", FigureKind::Change, None),
        ("gần 1.100 lượt tin, bài", counted, Some("C05")),
        ("960 lượt", FigureKind::Earlier, None),
        ("25 buổi", counted, Some("D01")),
        ("ước 3.200 lượt người", counted, Some("D02")),
        ("2 tỷ 350 triệu đồng", counted, Some("A11")),
        ("45%", FigureKind::Share, None),
        ("10 buổi", FigureKind::Goal, None),
        ("300 lượt tin, bài", FigureKind::Goal, None),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((words, kind, proposed), (begin, of, code)) in found.iter().zip(expected) {
        assert!(words.starts_with(begin), "{words}: {begin}");
        assert_eq!((*kind, *proposed), (of, code), "{words}");
    }
}

#[test]
fn each_number_points_at_its_line() {
    let prose = read(REPORT, &form());
    for figure in &prose.figures {
        let [line] = figure.lines[..] else { panic!("{figure:?}") };
        let text = REPORT.lines().nth(line - 1).expect("a line");
        assert!(text.contains(&figure.sentence), "{figure:?}: {text}");
    }
}

#[test]
fn titles_of_articles_and_no_figures_out_of_them() {
    let prose = read(REPORT, &form());
    let titles: Vec<&str> = prose.titles.iter().map(|title| title.text.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Hai mươi năm làm lại một cuộc đời",
            "Xưởng mộc nhận hơn 12 người trở về",
            "Bắc Giang: Thêm việc làm cho người lầm lỡ",
        ]
    );
}

#[test]
fn as_json() {
    let json: serde_json::Value =
        serde_json::from_str(&read(REPORT, &form()).to_json().expect("JSON")).expect("an object");
    assert_eq!(json["doc"]["date"], "2025-06-09");
    assert_eq!(json["period"]["cycle"], "H1");
    assert_eq!(json["figures"][3]["level"], "over");
    assert_eq!(json["figures"][4]["kind"], "change");
    assert_eq!(json["coverage"]["unread"], 0);
    assert!(json["evidence"][0]["url"].is_null());
}
