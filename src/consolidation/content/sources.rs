//! Where an edition comes from: whose report is in it and whose is not, and what changed since the edition before.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::super::total::Total;
use super::figures::is_false;
use super::{ListChange, NarrativeChange, Said, SectionChange};

/// A unit whose report is not in the edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingUnit {
    /// Name of the unit.
    pub name: String,
    /// Its progress in words.
    pub progress: String,
    /// It is asked (đề nghị), not assigned: named apart, and never as overdue.
    pub requested: bool,
    /// Identifier of the unit as in its line; "" in editions frozen before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// The consolidated report of a lower collector is meant.
    #[serde(default, skip_serializing_if = "is_false")]
    pub consolidated: bool,
}

/// A unit outside the denominator: exempt, or ended before the period's reference day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideUnit {
    /// Name of the unit.
    pub name: String,
    /// "Được miễn" or "Đã kết thúc hoạt động".
    pub progress: String,
    /// The reason on record; empty if none.
    pub reason: String,
    /// Identifier of the unit as in its line; "" in editions frozen before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// The consolidated report of a lower collector is meant.
    #[serde(default, skip_serializing_if = "is_false")]
    pub consolidated: bool,
}

/// How one unit sent its report: for the collector's own copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// Name of the unit.
    pub unit: String,
    /// It is asked (đề nghị), not assigned.
    pub requested: bool,
    /// Its progress in words when the edition was made.
    pub progress: String,
    /// First sending, or the declaration of "không phát sinh"; UTC.
    pub sent_at: Option<NaiveDateTime>,
    /// Days from the last day in time to the first sending; 0 is on time, none where either is unknown.
    pub days_late: Option<u32>,
    /// Number of the revision the edition was made from; none where no report is in it.
    pub revision: Option<u32>,
    /// When that revision was sent, UTC.
    pub revision_sent_at: Option<NaiveDateTime>,
    /// SHA-256 of that revision; empty without one.
    pub sha256: String,
    /// The paper that revision was typed in from, for a unit that sent none itself.
    #[serde(default)]
    pub on_behalf: Option<OnBehalf>,
    /// For the consolidated report of a lower collector: how many of the units below it are in it.
    #[serde(default)]
    pub below: Option<Below>,
}

/// A report that was typed in from paper by the collector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnBehalf {
    /// "Số đến" in the collector's book of incoming documents.
    pub arrived_number: String,
    /// The day it arrived, which decides lateness.
    pub arrived_on: NaiveDate,
    /// Name and title of who typed it in.
    pub typist: String,
    /// The same person received it (product rule 8).
    pub self_received: bool,
    /// The scan of the paper goes with the report.
    #[serde(default)]
    pub scanned: bool,
    /// The file of the table of before the system it is of, which then no paper is; "" else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from_table: String,
}

impl OnBehalf {
    /// "nhập thay", "nhập thay, tự tiếp nhận", and whether the paper itself is there to be read.
    pub fn words(&self) -> String {
        let words = match (self.self_received, self.scanned) {
            _ if !self.from_table.is_empty() => return format!("nhập từ bảng cũ “{}”", self.from_table),
            (false, true) => "nhập thay",
            (true, true) => "nhập thay, tự tiếp nhận",
            (false, false) => "nhập thay, không kèm bản chụp văn bản giấy",
            (true, false) => "nhập thay, tự tiếp nhận, không kèm bản chụp văn bản giấy",
        };
        words.to_owned()
    }

    /// Where its figures were typed in from, as whoever receives them is told.
    pub fn source(&self) -> &'static str {
        if self.from_table.is_empty() { "nhập từ văn bản giấy" } else { "nhập từ bảng cũ" }
    }

    /// Its number in the collector's book, as sheets name it; that of a table of before the system is in no book.
    pub fn arrived(&self) -> String {
        if self.from_table.is_empty() {
            format!("số đến {}", self.arrived_number)
        } else {
            "bảng cũ".to_owned()
        }
    }
}

/// What a consolidated report stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Below {
    /// Number of the lower collector's edition; none where its report is not here.
    pub edition: Option<u32>,
    /// Units below with a report in it.
    pub reported: u32,
    /// Units below that owe.
    pub of: u32,
}

/// The differences from the edition before: figure by figure, and whose words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeList {
    /// Number of the edition before.
    pub since: u32,
    /// In the order of units, then of indicators.
    pub changes: Vec<Change>,
    /// What units wrote and now write otherwise, in the order of the outline.
    pub narrative: Vec<NarrativeChange>,
    /// Units whose rows in a list are not what they were; absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<ListChange>,
    /// Sections whose consolidated text changed, in the order of the outline; absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionChange>,
    /// Units whose report is in this edition and was not in the one before, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub came: Vec<String>,
    /// Units whose report was in the one before and is not in this one, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went: Vec<String>,
    /// Totals that differ, ratios among them, in the order of the catalogue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<TotalChange>,
}

/// A total that is not what it was: its number, or how many units it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalChange {
    /// Code of the indicator.
    pub indicator: String,
    /// None where the edition before does not have the indicator.
    pub before: Option<Total>,
    /// None where this one does not.
    pub now: Option<Total>,
}

/// One figure that is not what it was: its number, the words beside it or why there is none. Ratios change with their parts and are not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Name of the unit.
    pub unit: String,
    /// Code of the indicator.
    pub indicator: String,
    /// What it was.
    pub before: Said,
    /// What it is.
    pub now: Said,
}
