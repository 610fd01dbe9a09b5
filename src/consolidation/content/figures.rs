//! The figures of an edition: groups of indicators with their totals, and units with what each reported.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::super::compare::Comparison;
use super::super::fold::UnitRow;
use super::super::fraction::PartDecimals;
use super::super::total::{Amount, Total};
use crate::indicators::{UnitRule, ValueType};
use crate::vietnamese::Qualifier;

/// A group of indicators (A, B, …): one sheet by unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorGroup {
    /// Code of the group.
    pub code: String,
    /// Name of the group.
    pub name: String,
    /// Figures of single units may be classified or point at a person when small: they stay with the
    /// collector, and only totals go further (product rule 11).
    pub classified: bool,
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
    /// Total from the beginning of the reporting year to the end of this period: periods folded within each unit,
    /// then units. None where an earlier period of the year is not on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cumulative: Option<Total>,
    /// This period against that one, over units with both.
    pub comparison: Option<Comparison>,
    /// Remark printed beside the total; empty if none.
    pub note: String,
    /// The word before the total of the same period, as it was said then: "gần"; blank before an exact one, and in editions
    /// made before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub same_period_word: String,
    /// Totals that tell a single unit's figure to who has read an earlier edition.
    #[serde(default, skip_serializing_if = "Telling::is_nothing")]
    pub telling: Telling,
}

/// Which totals of a line of a classified group are one unit's figure away from those of an earlier approved edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// That of this period.
    #[serde(default, skip_serializing_if = "is_false")]
    pub now: bool,
    /// That of the same period last year.
    #[serde(default, skip_serializing_if = "is_false")]
    pub same_period: bool,
}

impl Telling {
    /// Whether neither does.
    pub fn is_nothing(&self) -> bool {
        *self == Telling::default()
    }
}

impl IndicatorLine {
    /// This period against the same one of last year, where a difference says something: how many said yes is compared with
    /// nothing.
    pub fn compared(&self) -> Option<&Comparison> {
        self.comparison.as_ref().filter(|_| self.value_type != ValueType::Bool)
    }

    /// Whether the comparison is that of the two totals: the same units stand behind them in both periods.
    pub fn compares_whole(&self) -> bool {
        let Some((both, same)) = self.comparison.as_ref().zip(self.same_period.as_ref()) else { return true };
        both.now.n == self.total.n && both.before.n == same.n
    }

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
    /// The consolidated report of a lower collector: its figures are totals.
    #[serde(default)]
    pub consolidated: bool,
    /// The bodies that passed whole into it since the same period of last year, as they were called then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub took_in: Vec<String>,
    /// Number of the revision its figures are from; none where no report is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}

/// The word of progress of a unit that declared that nothing happened, as editions freeze it.
const NIL: &str = "Không phát sinh";

impl UnitLine {
    /// Whether it declared "Không phát sinh": its report is that declaration.
    pub fn declared_nil(&self) -> bool {
        self.progress == NIL
    }
}

/// What one unit says of one indicator. What says nothing is left out of the frozen text: a province has hundreds of
/// thousands of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFigure {
    /// Code of the indicator: kept in place, a province has hundreds of thousands of them.
    pub indicator: SmolStr,
    /// Why there is a number, or none.
    pub state: FigureStatus,
    /// False: reference only, never in a total.
    pub counts: bool,
    /// This period.
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub now: Reading,
    /// The same period last year; empty where the figure did not count then.
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub same_period: Reading,
    /// From the beginning of the reporting year, the periods folded by the indicator's rule.
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub cumulative: Reading,
    /// An estimate (*ước*).
    #[serde(default, skip_serializing_if = "is_false")]
    pub estimate: bool,
    /// The word before the number.
    #[serde(default, with = "qualifier_code", skip_serializing_if = "is_exact")]
    pub qualifier: Qualifier,
    /// The unit's remark; empty if none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// For a lower collector: the total of its units, with n and N, as its edition froze it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Box<Total>>,
    /// For a lower collector: this period and the same one last year, over its units with figures in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Box<(Total, Total)>>,
}

pub(super) fn is_false(said: &bool) -> bool {
    !said
}

fn is_exact(qualifier: &Qualifier) -> bool {
    *qualifier == Qualifier::Exact
}

impl UnitFigure {
    /// "ước" or "khoảng" was said, alone or before another word. Not of zero, which nobody estimates: it makes no sum an
    /// estimate.
    pub fn is_estimate(&self) -> bool {
        self.estimate && self.now.value != Some(0)
    }

    /// "gần" or "hơn" was said, and not of zero.
    pub fn is_approximate(&self) -> bool {
        matches!(self.qualifier, Qualifier::Nearly | Qualifier::Over) && self.now.value != Some(0)
    }

    /// The figure as one row of the fold over units. One that answered "does not apply" was asked all the same.
    pub fn row(&self) -> UnitRow {
        self.row_of(self.now)
    }

    /// The row with another reading in place of its own.
    pub(in super::super) fn row_of(&self, reading: Reading) -> UnitRow {
        if let Some(total) = &self.total {
            let row = UnitRow::of_total(total);
            return UnitRow { asked: self.state != FigureStatus::Exempt, counts: self.counts, ..row };
        }
        let amount =
            |value| Amount { value, estimated: self.is_estimate(), approximate: self.is_approximate() };
        UnitRow {
            asked: self.state != FigureStatus::Exempt,
            counts: self.counts,
            value: reading.value.or(reading.numerator).map(amount),
            denominator: reading.denominator.map(amount),
            leaves: None,
        }
    }
}

/// All that a unit said of an indicator, as far as two editions can differ in it. What was left blank, was not
/// reported, is exempt or was not asked says nothing, and one silence is like another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The number.
    pub reading: Reading,
    /// The unit answered that the question does not apply.
    pub not_applicable: bool,
    /// With a number that is reference only.
    pub aside: bool,
    /// "Ước".
    pub estimate: bool,
    /// The word before the number.
    #[serde(with = "qualifier_code")]
    pub qualifier: Qualifier,
    /// The unit's remark; empty if none.
    pub note: String,
}

impl Said {
    /// What the figure says.
    pub fn of(figure: &UnitFigure) -> Said {
        if figure.now == Reading::default() {
            let not_applicable = figure.state == FigureStatus::NotAsked;
            return Said { not_applicable, note: figure.note.clone(), ..Said::default() };
        }
        Said {
            reading: figure.now,
            not_applicable: false,
            aside: !figure.counts,
            estimate: figure.is_estimate(),
            qualifier: figure.qualifier,
            note: figure.note.clone(),
        }
    }
}

/// A number or the two parts of a ratio; all empty where nothing was reported. Scaled like the totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
    /// Ratios: above the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<i64>,
    /// Ratios: below the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
}

impl Reading {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Reading::default()
    }
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
