//! What was typed beside a recipient's form, and the cell and name that were picked.

use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::form_filler::{Binding, Cell, REPEAT};
use crate::indicators::Indicator;
use crate::recipient_forms::names::{self, of};
use crate::vietnamese::limits::LINE;
use crate::web::FormData;

/// Name, recipient and regime of a form, as typed.
#[derive(Debug, Clone, Default)]
pub struct FormInput {
    pub name: String,
    pub recipient: String,
    /// "" for every regime.
    pub regime: String,
}

impl FormInput {
    pub fn read(form: &FormData) -> FormInput {
        FormInput { name: form.line("name"), recipient: form.line("recipient"), regime: form.line("regime") }
    }

    /// The regime it is for; none for all.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is to mend.
    pub fn parse(&self) -> Result<Option<RegimeId>, Error> {
        let mut problems = Problems::default();
        if self.name.is_empty() {
            problems.add("name", "Nhập tên biểu.");
        }
        if self.recipient.is_empty() {
            problems.add("recipient", "Nhập nơi nhận biểu này.");
        }
        problems.add_fault("name", LINE.fault("Tên biểu", &self.name));
        problems.add_fault("recipient", LINE.fault("Nơi nhận", &self.recipient));
        let regime = match self.regime.as_str() {
            "" => None,
            text => text.parse().map(Some).unwrap_or_else(|_| {
                problems.add("regime", "Chọn chế độ báo cáo trong danh sách.");
                None
            }),
        };
        problems.or(regime)
    }
}

/// A cell and what is to stand in it, as picked.
#[derive(Debug, Clone, Default)]
pub struct Picked {
    /// Of the form's sheets, counted from 1; it is no name, which cleaning might change.
    pub sheet: usize,
    pub cell: String,
    /// A whole name ("period.label", "units"), or what is wanted of an indicator ("total").
    pub what: String,
    /// Code or words of the indicator.
    pub indicator: String,
}

impl Picked {
    pub fn read(form: &FormData) -> Picked {
        Picked {
            sheet: form.line("sheet").parse().unwrap_or_default(),
            cell: form.line("cell").to_uppercase().replace('$', ""),
            what: form.line("what"),
            indicator: form.line("indicator"),
        }
    }

    /// The binding that was picked.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is to mend.
    pub fn parse(&self, sheets: &[&str], indicators: &[Indicator]) -> Result<Binding, Error> {
        let mut problems = Problems::default();
        let sheet = self.sheet.checked_sub(1).and_then(|at| sheets.get(at)).ok_or(Error::NotFound)?;
        let cell = Cell::parse(&self.cell);
        if cell.is_none() {
            problems.add("cell", "Chọn ô trong bảng hoặc ghi địa chỉ ô, ví dụ C5.");
        }
        let name = self.name(indicators).unwrap_or_else(|(field, words)| {
            problems.add(field, words);
            String::new()
        });
        let cell = cell.unwrap_or(Cell { row: 1, column: 1 });
        problems.or(Binding { sheet: (*sheet).to_owned(), cell, name })
    }

    fn name(&self, indicators: &[Indicator]) -> Result<String, (&'static str, String)> {
        let plain = names::EDITION.iter().chain(&names::UNIT).any(|(known, _)| *known == self.what);
        if plain || self.what == REPEAT {
            return Ok(self.what.clone());
        }
        if !names::OF_INDICATOR.iter().chain(&names::OF_UNIT).any(|(known, _)| *known == self.what) {
            return Err(("what", "Chọn nội dung cần điền vào ô.".into()));
        }
        if self.indicator.is_empty() {
            return Err(("indicator", "Nhập mã hoặc tên chỉ tiêu.".into()));
        }
        // A suggestion of the list is "D02 Số vụ…"; its code is enough.
        let code = self.indicator.split_whitespace().next().unwrap_or_default();
        if let Some(found) = indicators.iter().find(|one| one.code.eq_ignore_ascii_case(code)) {
            return Ok(of(&found.code, &self.what));
        }
        let found: Vec<&Indicator> =
            indicators.iter().filter(|one| one.is_found_by(&self.indicator)).collect();
        match found.as_slice() {
            [one] => Ok(of(&one.code, &self.what)),
            [] => Err((
                "indicator",
                format!("Không có chỉ tiêu nào khớp “{}” trong biểu mẫu của chế độ.", self.indicator),
            )),
            many => {
                let codes: Vec<&str> = many.iter().take(8).map(|one| one.code.as_str()).collect();
                let more = if many.len() > codes.len() { ", …" } else { "" };
                Err((
                    "indicator",
                    format!(
                        "Có {} chỉ tiêu khớp: {}{more}. Nhập mã của một chỉ tiêu.",
                        many.len(),
                        codes.join(", ")
                    ),
                ))
            }
        }
    }
}
