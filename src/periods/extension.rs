//! An extension as a conversation: the unit asks for a day with its reason, the collector grants it, perhaps another
//! day, or refuses with a reason. It stands between the decisions on record and the pages of both sides.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::vietnamese::day_month;

/// The last word said about an extension of one obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionWord {
    /// `extension_asked`, `extension_granted` or `extension_refused`.
    pub kind: String,
    /// The day asked for or granted.
    pub until: Option<NaiveDate>,
    pub reason: String,
    /// UTC.
    pub at: NaiveDateTime,
    /// Name and title.
    pub by: String,
}

impl ExtensionWord {
    /// Whether the unit waits for an answer.
    pub fn waits(&self) -> bool {
        self.kind == "extension_asked"
    }

    /// "20/6", or nothing.
    pub fn day(&self) -> String {
        self.until.map(|day| day_month(day.day(), day.month())).unwrap_or_default()
    }

    /// What the unit is told: "Đã đề nghị gia hạn đến 20/6, chờ trả lời".
    pub fn words(&self) -> String {
        match self.kind.as_str() {
            "extension_asked" => format!("Đã đề nghị gia hạn đến {}, chờ trả lời", self.day()),
            "extension_granted" => format!("Được gia hạn đến {}", self.day()),
            _ => format!("Không được gia hạn: {}", self.reason),
        }
    }
}
