//! The part of the workbook that machines read: names of its two sheets, their columns and keys, as docs/workbook.md
//! tells them to whoever receives a file. Whoever writes them and whoever merges them go by this file.

use crate::indicators::UnitRule;

/// Version of the layout, raised when a column or key changes its meaning.
pub const LAYOUT: &str = "3";
/// Versions that are merged: in 2 what a unit left blank that declared "Không phát sinh" was said as not reported.
pub const READABLE: [&str; 2] = ["2", LAYOUT];

/// Name of the sheet of keys and values.
pub const IDENTITY: &str = "Định danh";
/// Name of the sheet of rows.
pub const DATA: &str = "Dữ liệu";

/// State of a total that is not told: of a classified group, and so made that it gives a single unit's figure away.
pub const WITHHELD: &str = "khong_hien";

/// The columns of [`DATA`] in order. Those up to `ghi_chu` are filled in every row where they say something; the rest,
/// which describe the indicator and carry what a total is recomputed from, in the rows of totals only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    Level,
    Province,
    Indicator,
    UnitUid,
    UnitCode,
    Unit,
    UnitKind,
    Progress,
    Revision,
    State,
    Counts,
    Value,
    Measure,
    Precision,
    Numerator,
    Denominator,
    WithFigure,
    Asked,
    SamePeriod,
    Cumulative,
    Note,
    GroupCode,
    Group,
    Classified,
    IndicatorName,
    ValueType,
    Rule,
    Decimals,
    NumeratorDecimals,
    DenominatorDecimals,
    SamePeriodNumerator,
    SamePeriodDenominator,
    SamePeriodUnits,
    CumulativeNumerator,
    CumulativeDenominator,
    CumulativeUnits,
    ComparedUnits,
    ComparedNow,
    ComparedBefore,
    ComparedNowNumerator,
    ComparedNowDenominator,
    ComparedBeforeNumerator,
    ComparedBeforeDenominator,
}

impl Column {
    /// Every column, its heading in row 1 and its width in characters.
    pub const ALL: [(Column, &'static str, f64); 43] = [
        (Column::Level, "cap", 9.0),
        (Column::Province, "ma_tinh", 9.0),
        (Column::Indicator, "ma_chi_tieu", 12.0),
        (Column::UnitUid, "uid_don_vi", 38.0),
        (Column::UnitCode, "ma_don_vi", 16.0),
        (Column::Unit, "don_vi", 40.0),
        (Column::UnitKind, "loai_don_vi", 24.0),
        (Column::Progress, "tien_do", 20.0),
        (Column::Revision, "lan_gui", 9.0),
        (Column::State, "trang_thai", 22.0),
        (Column::Counts, "cong_vao_tong", 15.0),
        (Column::Value, "gia_tri", 16.0),
        (Column::Measure, "don_vi_tinh", 14.0),
        (Column::Precision, "muc_do", 12.0),
        (Column::Numerator, "tu_so", 14.0),
        (Column::Denominator, "mau_so", 14.0),
        (Column::WithFigure, "so_don_vi_co_so_lieu", 22.0),
        (Column::Asked, "so_don_vi_phai_bao_cao", 24.0),
        (Column::SamePeriod, "cung_ky", 16.0),
        (Column::Cumulative, "luy_ke", 16.0),
        (Column::Note, "ghi_chu", 40.0),
        (Column::GroupCode, "ma_nhom", 9.0),
        (Column::Group, "nhom", 30.0),
        (Column::Classified, "nhom_chi_gui_tong", 18.0),
        (Column::IndicatorName, "chi_tieu", 50.0),
        (Column::ValueType, "kieu_so", 10.0),
        (Column::Rule, "quy_tac", 13.0),
        (Column::Decimals, "thap_phan", 10.0),
        (Column::NumeratorDecimals, "thap_phan_tu_so", 16.0),
        (Column::DenominatorDecimals, "thap_phan_mau_so", 16.0),
        (Column::SamePeriodNumerator, "cung_ky_tu_so", 16.0),
        (Column::SamePeriodDenominator, "cung_ky_mau_so", 16.0),
        (Column::SamePeriodUnits, "cung_ky_so_don_vi", 18.0),
        (Column::CumulativeNumerator, "luy_ke_tu_so", 16.0),
        (Column::CumulativeDenominator, "luy_ke_mau_so", 16.0),
        (Column::CumulativeUnits, "luy_ke_so_don_vi", 18.0),
        (Column::ComparedUnits, "so_sanh_so_don_vi", 18.0),
        (Column::ComparedNow, "so_sanh_ky_nay", 16.0),
        (Column::ComparedBefore, "so_sanh_cung_ky", 16.0),
        (Column::ComparedNowNumerator, "so_sanh_ky_nay_tu_so", 20.0),
        (Column::ComparedNowDenominator, "so_sanh_ky_nay_mau_so", 20.0),
        (Column::ComparedBeforeNumerator, "so_sanh_cung_ky_tu_so", 20.0),
        (Column::ComparedBeforeDenominator, "so_sanh_cung_ky_mau_so", 20.0),
    ];

    /// Its place, from 0.
    pub fn at(self) -> u16 {
        self as u16
    }

    /// Its heading.
    pub fn heading(self) -> &'static str {
        Column::ALL[usize::from(self.at())].1
    }
}

/// The rule among units, as the column `quy_tac` has it.
pub fn rule_code(rule: UnitRule) -> &'static str {
    match rule {
        UnitRule::Sum => "cong",
        UnitRule::Owner => "mot_don_vi",
        UnitRule::Max => "lon_nhat",
        UnitRule::CountTrue => "dem_co",
        UnitRule::Ratio => "ty_le",
    }
}

/// The rule of a code of [`rule_code`].
pub fn rule_of(code: &str) -> Option<UnitRule> {
    [UnitRule::Sum, UnitRule::Owner, UnitRule::Max, UnitRule::CountTrue, UnitRule::Ratio]
        .into_iter()
        .find(|rule| rule_code(*rule) == code)
}

/// The letters of a column: 0 is A, 26 is AA.
pub fn letters(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = String::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.insert(0, char::from(b'A' + u8::try_from(digit).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters
}
