//! The head and the sentences of the consolidated report's own paper, copied in when the edition is made: the same
//! edition gives the same paper after the body was renamed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the Word file says beside figures and narrative (NĐ 30/2020, phụ lục I).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperHead {
    /// "Bộ Công an".
    pub superior: String,
    /// As headed; a line end where the name must break.
    pub issuer: String,
    /// The issuer in a sentence.
    pub issuer_name: String,
    /// "BC-CAT".
    pub symbol: String,
    pub place: String,
    /// "Báo cáo".
    pub kind: String,
    /// Trích yếu.
    pub subject: String,
    pub addressees: Vec<String>,
    pub bases: Vec<String>,
    /// The sentence before the first chapter.
    pub opening: String,
    /// The last sentence, which points to the annex.
    pub closing: String,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Who signs when nobody else is known, a line each.
    pub capacity: Vec<String>,
    /// The papers of an earlier edition of the period that it takes the place of; none of the first that goes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ReplacedEdition>,
    /// Plans it names without number or day, which were not on record: "Kế hoạch năm 2025 của UBND tỉnh Bắc Giang chưa có số".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_citations: Vec<String>,
}

/// An earlier edition that went out, with the papers it went under.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacedEdition {
    /// Its number among the editions of the period.
    pub edition: u32,
    /// Each once, in the order of the sendings.
    pub papers: Vec<ReplacedPaper>,
}

/// The paper of a sending that stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacedPaper {
    /// As recorded: "09/BC-CAT-PC10".
    pub number: String,
    pub date: Option<NaiveDate>,
}
