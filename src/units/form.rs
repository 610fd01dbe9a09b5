//! The forms for one unit, new or corrected: text as typed on the way to values, problems at their fields.

use super::correct::Correction;
use super::listing::Line;
use super::telephone;
use crate::error::{Error, Problems};
use crate::vietnamese::clean_line;
use crate::vietnamese::limits::{UNIT_CODE, UNIT_NAME, UNIT_SHORT};
use crate::web::FormData;

/// Other names one unit may be found by.
const MOST_ALIASES: usize = 50;

/// Every field as typed.
#[derive(Debug, Clone, Default)]
pub struct UnitInput {
    pub name: String,
    pub short_name: String,
    pub official_code: String,
    pub order: String,
    /// One a line.
    pub aliases: String,
    /// Only of a unit that is there.
    pub phone: String,
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
            phone: form.line("phone"),
            kind: form.line("kind"),
            parent: form.line("parent"),
        }
    }

    fn aliases(&self) -> Vec<String> {
        self.aliases.lines().map(clean_line).filter(|alias| !alias.is_empty()).collect()
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        if self.name.is_empty() {
            problems.add("name", "Nhập tên đơn vị.");
        }
        if self.short_name.is_empty() {
            problems.add("short_name", "Nhập tên viết tắt.");
        }
        problems.add_fault("name", UNIT_NAME.fault("Tên đơn vị", &self.name));
        problems.add_fault("short_name", UNIT_SHORT.fault("Tên viết tắt", &self.short_name));
        problems.add_fault("official_code", UNIT_CODE.fault("Mã đơn vị hành chính", &self.official_code));
        problems.add_fault("parent", UNIT_NAME.fault("Tên đơn vị cấp trên", &self.parent));
        let aliases = self.aliases();
        if aliases.len() > MOST_ALIASES {
            let message = format!("Có {} tên gọi khác, nhiều nhất {MOST_ALIASES}.", aliases.len());
            problems.add("aliases", message);
        }
        let long = aliases.iter().find_map(|alias| UNIT_NAME.fault("Một tên gọi khác", alias));
        problems.add_fault("aliases", long);
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
        problems.add_fault("phone", telephone::fault(&self.phone));
        problems.or(Correction {
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            official_code: Some(self.official_code.clone()).filter(|code| !code.is_empty()),
            protocol_order: order.unwrap_or_default(),
            aliases: self.aliases(),
            phone: self.phone.clone(),
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
