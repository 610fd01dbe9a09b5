//! A made-up edition of a province with every rule, state and mark in it. Totals come from the fold; the
//! tests hold their own numbers, computed by hand.

use chrono::NaiveDate;
use tonghop::consolidation::content::{
    EditionContent, FigureStatus, Identity, IndicatorGroup, IndicatorLine, MissingUnit, NarrativeParagraph,
    NarrativeSection, RatioParts, Reading, Signatory, UnitFigure, UnitLine,
};
use tonghop::consolidation::{Amount, Pair, PartDecimals, UnitRow, compare, fold_units};
use tonghop::indicators::{UnitRule, ValueType};
use tonghop::vietnamese::Qualifier;

/// The edition most tests read.
pub fn edition() -> EditionContent {
    let mut edition = EditionContent {
        same_period_note: String::new(),
        identity: identity(),
        groups: groups(),
        units: units(),
        narrative: narrative(),
        lists: vec![],
        missing: vec![
            missing("UBND huyện Hiệp Hòa", "Chưa gửi", false),
            missing("UBND huyện Yên Thế", "Đang soạn", false),
            missing("Ủy ban MTTQ Việt Nam tỉnh", "Chưa gửi", true),
        ],
        outside: vec![],
        missing_below: vec![],
        sendings: vec![],
        tasks: vec![],
        evidence: vec![],
        changes: None,
        paper: None,
    };
    total_up(&mut edition);
    edition
}

fn missing(name: &str, progress: &str, requested: bool) -> MissingUnit {
    MissingUnit {
        name: name.to_owned(),
        progress: progress.to_owned(),
        requested,
        uid: String::new(),
        consolidated: false,
    }
}

fn identity() -> Identity {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    Identity {
        province_code: "24".to_owned(),
        province_code_from: Some(day(2004, 7, 8)),
        province_code_to: None,
        province: "tỉnh Bắc Giang".to_owned(),
        regime_code: "bac-giang".to_owned(),
        regime_name: "Kết quả tuyên truyền, hỗ trợ tái hòa nhập cộng đồng trên không gian mạng".to_owned(),
        period_code: "2025-H1".to_owned(),
        period_label: "6 tháng đầu năm 2025".to_owned(),
        window_from: day(2024, 12, 15),
        window_to: day(2025, 6, 14),
        edition_number: 2,
        catalogue_version: "2025.1".to_owned(),
        created_at: day(2025, 6, 16).and_hms_opt(18, 5, 9).unwrap(),
        approved_at: day(2025, 6, 16).and_hms_opt(19, 0, 0),
        sha256: "5e".repeat(32),
        doc_number: Some("125/BC-CAT".to_owned()),
        doc_date: Some(day(2025, 6, 17)),
        agency: "Công an tỉnh Bắc Giang".to_owned(),
        superior: "Bộ Công an".to_owned(),
        place: "Bắc Giang".to_owned(),
        signatory: Signatory {
            capacity: vec!["KT. GIÁM ĐỐC".to_owned(), "PHÓ GIÁM ĐỐC".to_owned()],
            name: Some("Đại tá Nguyễn Văn Mẫu".to_owned()),
        },
        compiled_by: Some("Trần Thị Ví Dụ".to_owned()),
    }
}

/// An indicator without totals yet.
pub fn line(code: &str, name: &str, unit: &str, value_type: ValueType, rule: UnitRule) -> IndicatorLine {
    let money = value_type == ValueType::Money;
    IndicatorLine {
        code: code.to_owned(),
        name: name.to_owned(),
        measure_unit: unit.to_owned(),
        value_type,
        decimals: u8::from(value_type == ValueType::Decimal),
        display_exponent: if money { 6 } else { 0 },
        rule,
        ratio: None,
        total: Default::default(),
        same_period: None,
        cumulative: None,
        comparison: None,
        note: String::new(),
        same_period_word: String::new(),
        telling: Default::default(),
    }
}

fn groups() -> Vec<IndicatorGroup> {
    use UnitRule::{CountTrue, Max, Owner, Ratio, Sum};
    use ValueType::{Bool, Decimal, Int, Money};
    let group = |code: &str, name: &str, indicators| IndicatorGroup {
        code: code.to_owned(),
        name: name.to_owned(),
        classified: false,
        indicators,
    };
    let mut share =
        line("D05", "Tỷ lệ cán bộ, công chức, viên chức được phổ biến", "%", ValueType::Ratio, Ratio);
    let decimals = PartDecimals::default();
    share.ratio = Some(RatioParts { numerator: "D03".to_owned(), denominator: "D04".to_owned(), decimals });
    let mut sms = line("B14", "Tin nhắn cảnh báo thủ đoạn đã gửi", "tin nhắn", Int, Owner);
    sms.note = "số của doanh nghiệp viễn thông".to_owned();
    vec![
        group(
            "A",
            "Chỉ đạo, triển khai và kinh phí",
            vec![
                line("A02", "Đã ban hành kế hoạch triển khai", "có/không", Bool, CountTrue),
                line("A11", "Kinh phí đã sử dụng", "triệu đồng", Money, Sum),
            ],
        ),
        group(
            "B",
            "Tuyên truyền trên không gian mạng",
            vec![
                line("B04", "Tin, bài đăng trên cổng/trang thông tin điện tử", "tin, bài", Int, Sum),
                sms,
                line("B15", "Thuê bao nhận được tin nhắn", "thuê bao", Int, Max),
                line("B99", "Thời lượng phát trực tuyến", "giờ", Decimal, Sum),
            ],
        ),
        group("D", "Tuyên truyền trực tiếp", vec![share]),
    ]
}

/// What one unit says of one indicator: now, and a year ago.
fn figure(indicator: &str, now: Option<i64>, before: Option<i64>) -> UnitFigure {
    let state = match now {
        Some(0) => FigureStatus::Nil,
        Some(_) => FigureStatus::Given,
        None => FigureStatus::Blank,
    };
    UnitFigure {
        indicator: indicator.into(),
        state,
        counts: true,
        now: Reading { value: now, ..Reading::default() },
        same_period: Reading { value: before, ..Reading::default() },
        cumulative: Reading::default(),
        estimate: false,
        qualifier: Qualifier::Exact,
        note: String::new(),
        total: None,
        compared: None,
    }
}

fn parts(now: (Option<i64>, Option<i64>), before: (Option<i64>, Option<i64>)) -> UnitFigure {
    let reading = |(numerator, denominator)| Reading { value: None, numerator, denominator };
    UnitFigure {
        now: reading(now),
        same_period: reading(before),
        state: FigureStatus::Given,
        ..figure("D05", None, None)
    }
}

fn units() -> Vec<UnitLine> {
    let unit = |code: &str, name: &str, kind: (&str, &str), progress: &str, figures| UnitLine {
        uid: format!("0197-{code}"),
        code: code.to_owned(),
        name: name.to_owned(),
        kind: kind.0.to_owned(),
        kind_name: kind.1.to_owned(),
        progress: progress.to_owned(),
        figures,
        consolidated: false,
        took_in: vec![],
        revision: None,
    };
    let province = ("department", "Cơ quan cấp tỉnh");
    let district = ("district", "Huyện, thị xã, thành phố");
    let not_here = |indicators: &[&str]| {
        let blank = |code: &&str| UnitFigure { state: FigureStatus::NotReported, ..figure(code, None, None) };
        indicators.iter().map(blank).collect::<Vec<_>>()
    };
    let reference = UnitFigure { counts: false, ..figure("B14", Some(15_000), None) };
    let nearly = UnitFigure { qualifier: Qualifier::Nearly, ..figure("B04", Some(100), Some(80)) };
    let estimate = UnitFigure { estimate: true, ..figure("A11", Some(1_250_500_000), Some(900_000_000)) };
    vec![
        unit(
            "CAT",
            "Công an tỉnh",
            province,
            "Đã tiếp nhận",
            vec![
                figure("A02", Some(1), Some(1)),
                estimate,
                figure("B04", Some(1_240), Some(1_000)),
                reference,
                figure("B99", Some(125), Some(100)),
                parts((Some(480), Some(500)), (Some(450), Some(500))),
            ],
        ),
        unit(
            "KHCN",
            "Sở Khoa học và Công nghệ",
            province,
            "Đã tiếp nhận",
            vec![
                figure("A02", Some(0), Some(0)),
                figure("A11", Some(85_000_000), None),
                nearly,
                UnitFigure { note: "=1+1".to_owned(), ..figure("B14", Some(1_250_000), Some(1_100_000)) },
                figure("B15", Some(812_345), Some(790_000)),
                parts((Some(40), None), (None, None)),
            ],
        ),
        unit(
            "MTTQ",
            "Ủy ban MTTQ Việt Nam tỉnh",
            province,
            "Chưa gửi",
            not_here(&["A02", "A11", "B04", "D05"]),
        ),
        unit(
            "BG",
            "UBND thành phố Bắc Giang",
            district,
            "Đã tiếp nhận",
            vec![
                figure("A02", Some(1), None),
                figure("A11", Some(12_345_678), Some(10_000_000)),
                figure("B04", Some(57), None),
                figure("B15", Some(640_000), Some(655_000)),
                figure("B99", Some(40), None),
                parts((Some(700), Some(750)), (Some(600), Some(800))),
            ],
        ),
        unit(
            "HH",
            "UBND huyện Hiệp Hòa",
            district,
            "Chưa gửi",
            not_here(&["A02", "A11", "B04", "B15", "D05"]),
        ),
        unit(
            "YT",
            "UBND huyện Yên Thế",
            district,
            "Đang soạn",
            not_here(&["A02", "A11", "B04", "B15", "D05"]),
        ),
        unit(
            "LN",
            "UBND huyện Lục Nam",
            district,
            "Không phát sinh",
            vec![
                figure("A02", Some(1), Some(1)),
                figure("A11", Some(0), Some(0)),
                figure("B04", Some(0), Some(12)),
                figure("B15", None, Some(101_000)),
                parts((Some(180), Some(200)), (Some(190), Some(200))),
            ],
        ),
        unit(
            "SD",
            "UBND huyện Sơn Động",
            district,
            "Được miễn",
            vec![UnitFigure { state: FigureStatus::Exempt, counts: false, ..figure("B04", None, Some(3)) }],
        ),
    ]
}

fn narrative() -> Vec<NarrativeSection> {
    let paragraph = |unit: &str, text: &str| NarrativeParagraph {
        unit: unit.to_owned(),
        text: text.to_owned(),
        ..NarrativeParagraph::default()
    };
    vec![
        NarrativeSection {
            code: "I".to_owned(),
            heading: "Công tác chỉ đạo, triển khai".to_owned(),
            paragraphs: vec![
                paragraph(
                    "Công an tỉnh",
                    "Đã tham mưu ban hành 02 văn bản; tổ chức 01 hội nghị triển khai.\n- Phân công 10 đầu mối ở cơ sở.\n- Kiểm tra 03 địa phương.",
                ),
                paragraph(
                    "Sở Khoa học và Công nghệ",
                    "=HYPERLINK(\"x\") là chữ do người dùng gõ, không phải công thức.",
                ),
            ],
            ..Default::default()
        },
        NarrativeSection {
            code: "II".to_owned(),
            heading: "Kết quả thực hiện".to_owned(),
            paragraphs: vec![paragraph(
                "UBND thành phố Bắc Giang",
                "Hệ thống truyền thanh cơ sở phát tin đều mỗi tuần; các xã, phường lồng ghép nội dung vào sinh hoạt khu dân cư, vận động cơ sở sản xuất nhận người lao động và giới thiệu gương làm kinh tế giỏi trên trang thông tin điện tử của thành phố.",
            )],
            ..Default::default()
        },
        NarrativeSection {
            code: "V".to_owned(),
            heading: "Đề xuất, kiến nghị".to_owned(),
            paragraphs: vec![],
            ..Default::default()
        },
    ]
}

/// The edition with two indicators of one group counted in one unit of measure, which share a chart.
pub fn with_a_chart() -> EditionContent {
    let mut edition = edition();
    edition.groups[1].indicators[1].measure_unit = "tin, bài".to_owned();
    edition
}

/// The edition with the two parts of D05 as indicators of its group; one unit's D03 is only for reference.
pub fn with_parts() -> EditionContent {
    let mut edition = edition();
    let line = |code: &str, name: &str| line(code, name, "người", ValueType::Int, UnitRule::Sum);
    let group = edition.groups.last_mut().unwrap();
    group.indicators.insert(0, line("D04", "Tổng số"));
    group.indicators.insert(0, line("D03", "Được phổ biến"));
    for unit in &mut edition.units {
        let Some(ratio) = unit.figures.iter().find(|f| f.indicator == "D05").cloned() else { continue };
        let part = |code: &str, now, before| UnitFigure { state: ratio.state, ..figure(code, now, before) };
        let reference = unit.code == "LN";
        let above = part("D03", ratio.now.numerator, ratio.same_period.numerator);
        unit.figures.push(UnitFigure { counts: !reference, ..above });
        unit.figures.push(part("D04", ratio.now.denominator, ratio.same_period.denominator));
        for figure in unit.figures.iter_mut().filter(|figure| reference && figure.indicator == "D05") {
            figure.counts = false;
        }
    }
    total_up(&mut edition);
    edition
}

/// Folds the figures of the units into totals and comparisons.
pub fn total_up(edition: &mut EditionContent) {
    for line in edition.groups.iter_mut().flat_map(|group| &mut group.indicators) {
        let row = |figure: &UnitFigure, reading: Reading| UnitRow {
            asked: !matches!(figure.state, FigureStatus::NotAsked | FigureStatus::Exempt),
            counts: figure.counts,
            value: reading.value.or(reading.numerator).map(|value| Amount {
                value,
                estimated: figure.estimate,
                approximate: figure.qualifier == Qualifier::Nearly,
            }),
            denominator: reading.denominator.map(Amount::exact),
            leaves: None,
        };
        let figures =
            edition.units.iter().flat_map(|unit| &unit.figures).filter(|f| f.indicator == line.code);
        let pairs: Vec<_> =
            figures.map(|f| Pair { now: row(f, f.now), before: row(f, f.same_period) }).collect();
        let fold = |rows: Vec<UnitRow>| fold_units(&line.code, line.rule, &rows).unwrap();
        line.total = fold(pairs.iter().map(|pair| pair.now).collect());
        line.same_period = Some(fold(pairs.iter().map(|pair| pair.before).collect()));
        line.comparison = Some(compare(&line.code, line.rule, line.part_decimals(), &pairs).unwrap());
    }
}
