//! Which report a workbook is of, and which state of its draft it was made from: keys and values of the hidden sheet, and
//! the same in the document's properties for programs that drop hidden sheets.

use serde::{Deserialize, Serialize};

/// The layout this house writes and reads.
const LAYOUT: &str = "1";
const KIND: &str = "bieu_mau_don_vi";

/// Who, what, when, from what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// Code of the unit, and its name for people.
    pub unit: String,
    pub unit_name: String,
    pub regime: String,
    pub period: String,
    pub period_label: String,
    pub form: String,
    pub form_version: i32,
    /// How often the report had been sent.
    pub sending: i32,
    /// Version of the draft; 0 before the first save.
    pub draft: i32,
    /// Of the draft its collector types in for the unit, not of the unit's own.
    pub behalf: bool,
}

impl Identity {
    /// As keys and values, in the order of the sheet.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![
            ("loai", KIND.to_owned()),
            ("phien_ban_mau", LAYOUT.to_owned()),
            ("ma_don_vi", self.unit.clone()),
            ("don_vi", self.unit_name.clone()),
            ("ma_che_do", self.regime.clone()),
            ("ma_ky", self.period.clone()),
            ("ky", self.period_label.clone()),
            ("bieu_mau", self.form.clone()),
            ("phien_ban_bieu_mau", self.form_version.to_string()),
            ("lan_gui", self.sending.to_string()),
            ("ban_nhap", self.draft.to_string()),
            ("nhap_thay", i32::from(self.behalf).to_string()),
        ]
    }

    /// Out of what a sheet or the properties hold; none where it is no such workbook, or of another layout.
    pub(super) fn of(get: &dyn Fn(&str) -> Option<String>) -> Option<Identity> {
        let number = |key: &str| get(key)?.trim().parse::<i32>().ok().filter(|number| *number >= 0);
        if get("loai")? != KIND || get("phien_ban_mau")?.trim() != LAYOUT {
            return None;
        }
        Some(Identity {
            unit: get("ma_don_vi")?,
            unit_name: get("don_vi").unwrap_or_default(),
            regime: get("ma_che_do")?,
            period: get("ma_ky")?,
            period_label: get("ky").unwrap_or_default(),
            form: get("bieu_mau")?,
            form_version: number("phien_ban_bieu_mau")?,
            sending: number("lan_gui")?,
            draft: number("ban_nhap")?,
            behalf: number("nhap_thay")? == 1,
        })
    }
}
