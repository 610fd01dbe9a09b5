//! What an edition (bản tổng hợp) says, as one document without references: the part that is frozen at
//! approval and that the writers of workbook and report read. Names and words are copied in as they stood
//! on that day, so that the same edition gives the same files years later (product rule 4).

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::compare::Comparison;
use super::fraction::PartDecimals;
use super::total::Total;
use crate::indicators::{UnitRule, ValueType};
use crate::vietnamese::Qualifier;

/// Everything one edition says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionContent {
    /// Which edition this is, and whose.
    pub identity: Identity,
    /// Indicators with their totals, by group, in catalogue order.
    pub groups: Vec<IndicatorGroup>,
    /// Units in protocol order with their figures.
    pub units: Vec<UnitLine>,
    /// The narrative, section by section.
    pub narrative: Vec<NarrativeSection>,
    /// Units whose report is not in the edition, in protocol order.
    pub missing: Vec<MissingUnit>,
}

/// What tells one edition from all others, and what its heading says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Code of the province in the state catalogue, such as `24`.
    pub province_code: String,
    /// The province as written in text: "tỉnh Bắc Giang".
    pub province: String,
    /// Code of the regime.
    pub regime_code: String,
    /// Name of the regime, the subject of the annex.
    pub regime_name: String,
    /// Code of the period, such as `2025-H1`.
    pub period_code: String,
    /// The period in words: "6 tháng đầu năm 2025".
    pub period_label: String,
    /// First day of the data window.
    pub window_from: NaiveDate,
    /// Last day of the data window, included.
    pub window_to: NaiveDate,
    /// 1 for the first edition of the period.
    pub edition_number: u32,
    /// Version of the catalogue of indicators.
    pub catalogue_version: String,
    /// When the edition was made, UTC. It is also the creation time written in the files.
    pub created_at: NaiveDateTime,
    /// When it was approved, UTC; none while it is a draft.
    pub approved_at: Option<NaiveDateTime>,
    /// Number and symbol of the report it is annexed to ("125/BC-CAT"); none until the records clerk gives it.
    pub doc_number: Option<String>,
    /// Date of that report.
    pub doc_date: Option<NaiveDate>,
    /// The collecting body: "Công an tỉnh Bắc Giang".
    pub agency: String,
    /// Its superior: "Bộ Công an".
    pub superior: String,
    /// Place of issue: "Bắc Giang".
    pub place: String,
    /// Who signs.
    pub signatory: Signatory,
    /// Who drew up the table; none leaves the line to be filled by hand.
    pub compiled_by: Option<String>,
}

/// The right half of the signature block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Lines in capitals, such as "KT. GIÁM ĐỐC" and "PHÓ GIÁM ĐỐC". Empty: "THỦ TRƯỞNG ĐƠN VỊ".
    pub capacity: Vec<String>,
    /// The name; none leaves it to be written when signing.
    pub name: Option<String>,
}

/// A group of indicators (A, B, …): one sheet by unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorGroup {
    /// Code of the group.
    pub code: String,
    /// Name of the group.
    pub name: String,
    /// Its indicators.
    pub indicators: Vec<IndicatorLine>,
}

/// One indicator with its totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorLine {
    /// Code, such as `B04`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit of measure as shown ("triệu đồng"); for a ratio "%".
    pub measure_unit: String,
    /// Kind of number.
    pub value_type: ValueType,
    /// Decimals the figures are scaled by; 0 for a ratio.
    pub decimals: u8,
    /// Power of ten between the stored and the shown unit: 6 for đồng shown in triệu đồng; for a ratio, that
    /// of its two parts.
    pub display_exponent: u8,
    /// How units fold into the total.
    pub rule: UnitRule,
    /// The two indicators a ratio is made of.
    pub ratio: Option<RatioParts>,
    /// Total of this period.
    pub total: Total,
    /// Total of the same period last year; none where there was no such period.
    pub same_period: Option<Total>,
    /// This period against that one, over units with both.
    pub comparison: Option<Comparison>,
    /// Remark printed beside the total; empty if none.
    pub note: String,
}

impl IndicatorLine {
    /// Decimals of the parts of a ratio; zeros for everything else.
    pub fn part_decimals(&self) -> PartDecimals {
        self.ratio.as_ref().map(|ratio| ratio.decimals).unwrap_or_default()
    }
}

/// What a ratio divides by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatioParts {
    /// Code of the indicator above the line.
    pub numerator: String,
    /// Code of the indicator below the line.
    pub denominator: String,
    /// Decimals of both.
    pub decimals: PartDecimals,
}

/// One unit, its progress and its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    /// Identifier that stays the same in every installation.
    pub uid: String,
    /// Code of the unit.
    pub code: String,
    /// Name on the day of the edition.
    pub name: String,
    /// Code of the kind of unit.
    pub kind: String,
    /// Name of the kind, the heading over its units ("Sở, ban, ngành").
    pub kind_name: String,
    /// Progress in words: "Đã tiếp nhận", "Chưa gửi", "Được miễn".
    pub progress: String,
    /// Its figures, at most one per indicator. An indicator left out is one the unit is not asked for.
    pub figures: Vec<UnitFigure>,
}

/// What one unit says of one indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFigure {
    /// Code of the indicator.
    pub indicator: String,
    /// Why there is a number, or none.
    pub state: FigureStatus,
    /// False: reference only, never in a total.
    pub counts: bool,
    /// This period.
    pub now: Reading,
    /// The same period last year; empty where the figure did not count then.
    pub same_period: Reading,
    /// An estimate (*ước*).
    pub estimate: bool,
    /// The word before the number.
    #[serde(with = "qualifier_code")]
    pub qualifier: Qualifier,
    /// The unit's remark; empty if none.
    pub note: String,
}

/// A number or the two parts of a ratio; all empty where nothing was reported. Scaled like the totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The number.
    pub value: Option<i64>,
    /// Ratios: above the line.
    pub numerator: Option<i64>,
    /// Ratios: below the line.
    pub denominator: Option<i64>,
}

/// Why a unit has a number for an indicator, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureStatus {
    /// A number.
    Given,
    /// An explicit 0: nothing happened.
    Nil,
    /// The report is here and this figure was left blank.
    Blank,
    /// The report is not here.
    NotReported,
    /// Exempt this time.
    Exempt,
    /// Its form does not ask, or the unit answered that it does not apply.
    NotAsked,
}

crate::indicators::text_codes!(
    FigureStatus,
    "figure status",
    Given = "co_so_lieu",
    Nil = "khong_phat_sinh",
    Blank = "chua_nhap",
    NotReported = "chua_bao_cao",
    Exempt = "duoc_mien",
    NotAsked = "khong_thuoc_doi_tuong",
);

/// One section of the narrative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeSection {
    /// Number in the outline, such as "II.1".
    pub code: String,
    /// Heading.
    pub heading: String,
    /// What each unit wrote, in protocol order.
    pub paragraphs: Vec<NarrativeParagraph>,
}

/// What one unit wrote under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeParagraph {
    /// Name of the unit.
    pub unit: String,
    /// Its text; line breaks are paragraphs.
    pub text: String,
}

/// A unit whose report is not in the edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingUnit {
    /// Name of the unit.
    pub name: String,
    /// Its progress in words.
    pub progress: String,
    /// It is asked (đề nghị), not assigned: named apart, and never as overdue.
    pub requested: bool,
}

/// Qualifiers are frozen by their stored codes.
mod qualifier_code {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Qualifier;

    pub(super) fn serialize<S: Serializer>(qualifier: &Qualifier, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(qualifier.code())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Qualifier, D::Error> {
        let code = String::deserialize(deserializer)?;
        Qualifier::from_code(&code).ok_or_else(|| D::Error::custom(format!("unknown qualifier: {code:?}")))
    }
}
