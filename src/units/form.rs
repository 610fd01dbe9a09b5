//! The forms for one unit, new or corrected: text as typed on the way to values, problems at their fields.

use super::correct::Correction;
use super::listing::{Line, NAME_LENGTH, SHORT_LENGTH};
use crate::error::{Error, Problems};
use crate::vietnamese::clean_line;
use crate::web::FormData;

/// Every field as typed.
#[derive(Debug, Clone, Default)]
pub struct UnitInput {
    pub name: String,
    pub short_name: String,
    pub official_code: String,
    pub order: String,
    /// One a line.
    pub aliases: String,
    /// Only of a new unit.
    pub kind: String,
    /// Name of the body above, only of a new unit; "" for the usual one.
    pub parent: String,
}

impl UnitInput {
    pub fn read(form: &FormData) -> UnitInput {
        UnitInput {
            name: form.line("name"),
            short_name: form.line("short_name"),
            official_code: form.line("official_code"),
            order: form.line("order"),
            aliases: form.get("aliases").to_owned(),
            kind: form.line("kind"),
            parent: form.line("parent"),
        }
    }

    fn aliases(&self) -> Vec<String> {
        self.aliases.lines().map(clean_line).filter(|alias| !alias.is_empty()).collect()
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        if self.name.is_empty() || self.name.chars().count() > NAME_LENGTH {
            problems.add("name", format!("Nhập tên đơn vị, không quá {NAME_LENGTH} ký tự."));
        }
        if self.short_name.is_empty() || self.short_name.chars().count() > SHORT_LENGTH {
            problems.add("short_name", format!("Nhập tên viết tắt, không quá {SHORT_LENGTH} ký tự."));
        }
        if self.official_code.chars().count() > 20 {
            problems.add("official_code", "Mã đơn vị hành chính không quá 20 ký tự.");
        }
        problems
    }

    /// The correction of an existing unit.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn correction(&self) -> Result<Correction, Error> {
        let mut problems = self.problems();
        let order = self.order.parse::<i32>().ok().filter(|order| (0..=100_000).contains(order));
        if order.is_none() {
            problems.add("order", "Nhập thứ tự bằng số, từ 0 đến 100000.");
        }
        problems.or(Correction {
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            official_code: Some(self.official_code.clone()).filter(|code| !code.is_empty()),
            protocol_order: order.unwrap_or_default(),
            aliases: self.aliases(),
        })
    }

    /// The new unit as a line of a list of one.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn line(&self) -> Result<Line, Error> {
        let mut problems = self.problems();
        if self.kind.is_empty() {
            problems.add("kind", "Chọn loại đơn vị.");
        }
        problems.or(Line {
            number: 1,
            name: self.name.clone(),
            kind_code: self.kind.clone(),
            short_name: self.short_name.clone(),
            official_code: self.official_code.clone(),
            parent: self.parent.clone(),
            aliases: self.aliases(),
        })
    }
}
