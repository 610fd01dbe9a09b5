//! A made-up edition of any size: every rule, figures of a few digits, totals from the fold.

use chrono::NaiveDate;
use tonghop::consolidation::content::{
    EditionContent, FigureStatus, Identity, IndicatorGroup, IndicatorLine, RatioParts, Reading, Signatory,
    UnitFigure, UnitLine,
};
use tonghop::consolidation::{Pair, PartDecimals, UnitRow, compare, fold_units};
use tonghop::indicators::{UnitRule, ValueType};
use tonghop::vietnamese::Qualifier;

const GROUPS: [&str; 6] = ["A", "B", "C", "D", "F", "G"];

/// So many units and indicators (a multiple of six) of one province.
pub fn content(province: &str, units: usize, indicators: usize) -> EditionContent {
    let each = indicators / GROUPS.len();
    let groups = GROUPS.map(|code| IndicatorGroup {
        code: code.to_owned(),
        name: format!("Nhóm chỉ tiêu {code}"),
        classified: false,
        indicators: (1..=each).map(|number| line(code, number, each)).collect(),
    });
    let mut content = EditionContent {
        identity: identity(province),
        groups: groups.to_vec(),
        units: vec![],
        narrative: vec![],
        lists: vec![],
        missing: vec![],
        missing_below: vec![],
        outside: vec![],
        sendings: vec![],
        tasks: vec![],
        evidence: vec![],
        changes: None,
        same_period_note: String::new(),
        paper: None,
    };
    let lines: Vec<IndicatorLine> = content.lines().map(|(_, line)| line.clone()).collect();
    content.units = (0..units).map(|number| unit(province, number, &lines)).collect();
    for (at, line) in content.groups.iter_mut().flat_map(|group| &mut group.indicators).enumerate() {
        let figures = || content.units.iter().map(move |unit| &unit.figures[at]);
        let rows: Vec<UnitRow> = figures().map(UnitFigure::row).collect();
        line.total = fold_units(&line.code, line.rule, &rows).expect("a total");
        line.cumulative = Some(line.total);
        let before = |figure: &UnitFigure| {
            let past = UnitFigure { now: figure.same_period, ..figure.clone() };
            past.row()
        };
        let past: Vec<UnitRow> = figures().map(before).collect();
        line.same_period = Some(fold_units(&line.code, line.rule, &past).expect("a total"));
        let pairs: Vec<Pair> =
            rows.iter().zip(&past).map(|(now, before)| Pair { now: *now, before: *before }).collect();
        let both = compare(&line.code, line.rule, line.part_decimals(), &pairs);
        line.comparison = Some(both.expect("a comparison"));
    }
    content
}

fn line(group: &str, number: usize, each: usize) -> IndicatorLine {
    let ratio = number == each;
    let rule = match number % 5 {
        _ if ratio => UnitRule::Ratio,
        3 => UnitRule::Max,
        _ => UnitRule::Sum,
    };
    let part = |number: usize| format!("{group}{number:02}");
    IndicatorLine {
        code: part(number),
        name: format!("Chỉ tiêu thứ {number} của nhóm {group}, tên dài như thật"),
        measure_unit: if ratio { "%" } else { "tin, bài" }.to_owned(),
        value_type: if ratio { ValueType::Ratio } else { ValueType::Int },
        decimals: 0,
        display_exponent: 0,
        rule,
        ratio: ratio.then(|| RatioParts {
            numerator: part(1),
            denominator: part(2),
            decimals: PartDecimals::default(),
        }),
        total: Default::default(),
        same_period: None,
        cumulative: None,
        comparison: None,
        note: String::new(),
        same_period_word: String::new(),
        telling: Default::default(),
    }
}

fn unit(province: &str, number: usize, lines: &[IndicatorLine]) -> UnitLine {
    let figure = |(at, line): (usize, &IndicatorLine)| {
        let value = i64::try_from((number * 31 + at * 17) % 9_973).expect("small");
        // One figure in eleven is blank.
        let given = !(number + at).is_multiple_of(11);
        let reading = |value: i64| match line.rule {
            UnitRule::Ratio => {
                Reading { value: None, numerator: Some(value), denominator: Some(value + 100) }
            }
            _ => Reading { value: Some(value), ..Reading::default() },
        };
        let now = if given { reading(value) } else { Reading::default() };
        UnitFigure {
            indicator: line.code.as_str().into(),
            state: if given { FigureStatus::Given } else { FigureStatus::NotReported },
            counts: true,
            now,
            same_period: reading(value + 7),
            cumulative: now,
            estimate: false,
            qualifier: Qualifier::Exact,
            note: String::new(),
            total: None,
            compared: None,
        }
    };
    UnitLine {
        uid: format!("0197{province}-0000-7000-8000-{number:012}"),
        code: format!("u.{number}"),
        name: format!("Đơn vị thứ {number}"),
        kind: "department".to_owned(),
        kind_name: "Cơ quan cấp tỉnh".to_owned(),
        progress: "Đã tiếp nhận".to_owned(),
        figures: lines.iter().enumerate().map(figure).collect(),
        consolidated: false,
        took_in: vec![],
        revision: Some(1),
    }
}

fn identity(province: &str) -> Identity {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    let at = day(2026, 6, 16).and_hms_opt(8, 0, 0).expect("a time");
    Identity {
        province_code: province.to_owned(),
        province_code_from: Some(day(2025, 7, 1)),
        province_code_to: None,
        province: format!("tỉnh số {province}"),
        regime_code: "thncd".to_owned(),
        regime_name: "Kết quả công tác tái hòa nhập cộng đồng".to_owned(),
        period_code: "2026-H1".to_owned(),
        period_label: "6 tháng đầu năm 2026".to_owned(),
        window_from: day(2025, 12, 15),
        window_to: day(2026, 6, 14),
        edition_number: 1,
        catalogue_version: "60-0".to_owned(),
        created_at: at,
        approved_at: Some(at),
        sha256: String::new(),
        doc_number: None,
        doc_date: None,
        agency: "Công an tỉnh".to_owned(),
        superior: "Bộ Công an".to_owned(),
        place: "Nơi ban hành".to_owned(),
        signatory: Signatory { capacity: vec![], name: None },
        compiled_by: None,
    }
}
