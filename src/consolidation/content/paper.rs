//! The head and the sentences of the consolidated report's own paper, copied in when the edition is made: the same
//! edition gives the same paper after the body was renamed.

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
}
