//! Which edition it is: the heading of the annex, and what a machine that merges provinces goes by.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// What tells one edition from all others, and what its heading says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Code of the province in the state catalogue, such as `24`.
    pub province_code: String,
    /// First day on which that code is the province's; none where nobody entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province_code_from: Option<NaiveDate>,
    /// Last day of it; none while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province_code_to: Option<NaiveDate>,
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
    /// SHA-256 of the frozen text, by which the edition's page and its files know each other. Not part of that text;
    /// blank while nothing is frozen.
    #[serde(skip)]
    pub sha256: String,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Lines in capitals, such as "KT. GIÁM ĐỐC" and "PHÓ GIÁM ĐỐC". Empty: the head of the body ([`super::EditionContent::signing`]).
    pub capacity: Vec<String>,
    /// The name; none leaves it to be written when signing.
    pub name: Option<String>,
}
