//! The sheet *Dữ liệu*: one row per indicator and total or unit, for the machine that merges the workbooks of
//! the provinces. Header in row 1, no merged cells, no formulas. Numbers in the unit of measure of the row;
//! numerator and denominator in that of their own indicators, money in đồng.

use rust_xlsxwriter::{Format, Worksheet};

use super::number::{Scale, precision};
use super::{WorkbookError, style};
use crate::consolidation::EditionCopy;
use crate::consolidation::content::{
    EditionContent, FigureStatus, IndicatorGroup, IndicatorLine, Reading, UnitFigure, UnitLine,
};
use crate::indicators::UnitRule;
use crate::vietnamese::Qualifier;

/// Name of the sheet.
pub(super) const NAME: &str = "Dữ liệu";

const HEADERS: [(&str, f64); 22] = [
    ("cap", 9.0),
    ("ma_tinh", 9.0),
    ("ma_ky", 10.0),
    ("ma_nhom", 9.0),
    ("ma_chi_tieu", 12.0),
    ("chi_tieu", 50.0),
    ("don_vi_tinh", 14.0),
    ("quy_tac", 13.0),
    ("uid_don_vi", 38.0),
    ("ma_don_vi", 16.0),
    ("don_vi", 40.0),
    ("loai_don_vi", 24.0),
    ("trang_thai", 22.0),
    ("cong_vao_tong", 15.0),
    ("gia_tri", 16.0),
    ("muc_do", 12.0),
    ("tu_so", 14.0),
    ("mau_so", 14.0),
    ("so_don_vi_co_so_lieu", 22.0),
    ("so_don_vi_phai_bao_cao", 24.0),
    ("cung_ky", 16.0),
    ("ghi_chu", 40.0),
];

/// Column of the current value.
pub(super) const VALUE: char = 'O';
/// Column of the value of the same period last year.
pub(super) const SAME_PERIOD: char = 'U';

/// Rows below the header.
pub(super) fn row_count(content: &EditionContent, copy: EditionCopy) -> u32 {
    let rows = |group: &IndicatorGroup| {
        let units = if copy.shows_units(group.classified) { content.units.len() } else { 0 };
        group.indicators.len() * (units + 1)
    };
    u32::try_from(content.groups.iter().map(rows).sum::<usize>()).unwrap_or(u32::MAX)
}

/// A formula that adds one column over the counting units of an indicator with figures in both periods.
pub(super) fn sum_over_units_with_both(column: char, code: &str, rows: u32) -> String {
    let last = rows + 1;
    let range = |column: char| format!("'{NAME}'!${column}$2:${column}${last}");
    format!(
        "SUMIFS({},{},{code},{},\"don_vi\",{},\"co\",{},\"<>\",{},\"<>\")",
        range(column),
        range('E'),
        range('A'),
        range('N'),
        range(VALUE),
        range(SAME_PERIOD),
    )
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &EditionContent,
    copy: EditionCopy,
) -> Result<(), WorkbookError> {
    sheet.set_name(NAME)?;
    super::page::set_up(sheet);
    // For machines only: out of sight, so that it is not printed when a clerk prints the whole file.
    sheet.set_hidden(true);
    for (column, (header, width)) in (0_u16..).zip(HEADERS) {
        sheet.write_string_with_format(0, column, header, &style::machine_header())?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let mut rows = Rows { sheet, row: 1, text: style::machine_text(), content };
    for group in &content.groups {
        for line in &group.indicators {
            rows.total(group, line)?;
            if copy.shows_units(group.classified) {
                for unit in &content.units {
                    rows.unit(group, line, unit)?;
                }
            }
        }
    }
    let last_column = u16::try_from(HEADERS.len() - 1).unwrap_or_default();
    sheet.autofilter(0, 0, row_count(content, copy), last_column)?;
    Ok(())
}

struct Rows<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    text: Format,
    content: &'a EditionContent,
}

/// What differs between the row of a total and that of a unit.
struct Cells<'a> {
    unit: [&'a str; 4],
    status: FigureStatus,
    counts: bool,
    now: Reading,
    precision: String,
    of_units: Option<(u32, u32)>,
    same_period: Reading,
    note: &'a str,
}

impl Rows<'_> {
    fn total(&mut self, group: &IndicatorGroup, line: &IndicatorLine) -> Result<(), WorkbookError> {
        let total = &line.total;
        let marks = [(total.estimated, "ước"), (total.approximate, "gần đúng")];
        let marks: Vec<_> = marks.iter().filter(|(there, _)| *there).map(|(_, word)| *word).collect();
        let status = if total.n == 0 { FigureStatus::NotReported } else { FigureStatus::Given };
        let cells = Cells {
            unit: [""; 4],
            status,
            counts: true,
            now: total.reading(),
            precision: marks.join(", "),
            of_units: Some((total.n, total.of)),
            same_period: line.same_period.map(|total| total.reading()).unwrap_or_default(),
            note: &line.note,
        };
        self.write("tong", group, line, cells)
    }

    fn unit(
        &mut self,
        group: &IndicatorGroup,
        line: &IndicatorLine,
        unit: &UnitLine,
    ) -> Result<(), WorkbookError> {
        let figure = unit.figures.iter().find(|figure| figure.indicator == line.code);
        let cells = Cells {
            unit: [&unit.uid, &unit.code, &unit.name, &unit.kind_name],
            status: figure.map_or(FigureStatus::NotAsked, |figure| figure.state),
            counts: figure.is_some_and(|figure| figure.counts),
            now: figure.map(|figure| figure.now).unwrap_or_default(),
            precision: figure.map(precision_word).unwrap_or_default(),
            of_units: figure.and_then(|figure| figure.total).map(|total| (total.n, total.of)),
            same_period: figure.map(|figure| figure.same_period).unwrap_or_default(),
            note: figure.map_or("", |figure| &figure.note),
        };
        self.write(if unit.consolidated { "cap_duoi" } else { "don_vi" }, group, line, cells)
    }

    fn write(
        &mut self,
        level: &str,
        group: &IndicatorGroup,
        line: &IndicatorLine,
        cells: Cells<'_>,
    ) -> Result<(), WorkbookError> {
        let identity = &self.content.identity;
        let counts = if cells.counts { "co" } else { "khong" };
        let texts = [
            (0, level),
            (1, &identity.province_code),
            (2, &identity.period_code),
            (3, &group.code),
            (4, &line.code),
            (5, &line.name),
            (6, &line.measure_unit),
            (7, rule_code(line.rule)),
            (8, cells.unit[0]),
            (9, cells.unit[1]),
            (10, cells.unit[2]),
            (11, cells.unit[3]),
            (12, cells.status.as_str()),
            (13, counts),
            (15, &cells.precision),
            (21, cells.note),
        ];
        for (column, text) in texts {
            if !text.is_empty() {
                self.sheet.write_string_with_format(self.row, column, text, &self.text)?;
            }
        }
        let scale = Scale::of(line);
        let decimals = line.part_decimals();
        let (numerator, denominator) = (part(line, decimals.numerator), part(line, decimals.denominator));
        let numbers = [
            (14, line.shown(cells.now).map(|value| scale.number(value)).transpose()?),
            (16, cells.now.numerator.map(|value| numerator.number(value)).transpose()?),
            (17, cells.now.denominator.map(|value| denominator.number(value)).transpose()?),
            (18, cells.of_units.map(|(n, _)| f64::from(n))),
            (19, cells.of_units.map(|(_, of)| f64::from(of))),
            (20, line.shown(cells.same_period).map(|value| scale.number(value)).transpose()?),
        ];
        for (column, number) in numbers {
            if let Some(number) = number {
                self.sheet.write_number(self.row, column, number)?;
            }
        }
        self.row += 1;
        Ok(())
    }
}

fn part(line: &IndicatorLine, decimals: u8) -> Scale<'_> {
    Scale::with(&line.code, decimals)
}

fn precision_word(figure: &UnitFigure) -> String {
    let there = matches!(figure.state, FigureStatus::Given | FigureStatus::Nil);
    let words = precision(figure);
    if there && words.is_empty() { Qualifier::Exact.label().to_owned() } else { words }
}

/// The rule among units, as the receiving side reads it.
fn rule_code(rule: UnitRule) -> &'static str {
    match rule {
        UnitRule::Sum => "cong",
        UnitRule::Owner => "mot_don_vi",
        UnitRule::Max => "lon_nhat",
        UnitRule::CountTrue => "dem_co",
        UnitRule::Ratio => "ty_le",
    }
}
