//! What a paper does not say: a report typed in from one keeps blank what the paper leaves out, marked and confirmed by
//! whoever types. Stands between the findings of a report and the pages of those who type and receive it.

use std::collections::BTreeSet;

use super::finding::{Finding, Findings};

/// Begins the key of a blocker about a blank, and of what takes its place where the report is typed in from paper.
const BLANK: &str = "blank:";
const SILENT: &str = "silent:";
pub(super) const ZERO_IF_NONE: &str = " Không phát sinh thì nhập 0.";
pub(super) const YES_OR_NO: &str = " Chọn có hoặc không.";

impl Finding {
    /// Whether it says that a paper or a file leaves out what a unit itself would have to answer.
    pub fn is_silent(&self) -> bool {
        self.key.starts_with(SILENT)
    }
}

impl Findings {
    /// Of a report typed in from a paper or entered from a file, the `source`: what must be answered and is blank was not said
    /// there. It stays blank, and whoever types confirms that it says nothing.
    pub fn typed_from(&mut self, source: &str, confirmed: &BTreeSet<String>) {
        let (silent, blockers) = std::mem::take(&mut self.blockers)
            .into_iter()
            .partition(|finding| finding.key.starts_with(BLANK));
        self.blockers = blockers;
        let said = |finding: Finding| {
            // Zero is no question of a text, nor of what is answered by yes or no.
            let worded = finding.field.starts_with("section.") || finding.message.ends_with(YES_OR_NO);
            let zero = if worded { "" } else { ", không tính là 0" };
            let key = finding.key.replacen(BLANK, SILENT, 1);
            let asked = finding.message.trim_start_matches("Chưa nhập ");
            let asked =
                asked.trim_end_matches(ZERO_IF_NONE).trim_end_matches(YES_OR_NO).trim_end_matches('.');
            let explained = confirmed.contains(&key);
            let message = format!("{source} không nêu {asked}; để trống{zero}.");
            Finding { message, explained, key, ..finding }
        };
        let silent: Vec<Finding> = silent;
        self.warnings.extend(silent.into_iter().map(said));
    }

    /// The fields of the draft on which the paper typed in from says nothing, as confirmed.
    pub fn silent(&self) -> impl Iterator<Item = &str> {
        self.warnings.iter().filter(|w| w.explained && w.key.starts_with(SILENT)).map(|w| w.field.as_str())
    }

    /// Adds a blocker for what must be answered and is not.
    pub(super) fn block_blank(&mut self, field: String, message: String) {
        let key = format!("{BLANK}{field}");
        self.block(field, message);
        if let Some(last) = self.blockers.last_mut() {
            last.key = key;
        }
    }
}
