//! The 34 provinces of 01/7/2025 (Nghị quyết 202/2025/QH15), and how a province's own name stands in the names of its
//! bodies. Some became thành phố trực thuộc Trung ương later: the kind is a matter of the day.

use chrono::NaiveDate;
use serde::Deserialize;

use super::files::table;
use crate::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    name: String,
    kind: String,
    city_from: Option<NaiveDate>,
}

/// One of the 34.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Official code, two digits as text.
    pub code: String,
    /// Without "tỉnh" or "thành phố".
    pub name: String,
    city: bool,
    /// First day as a city, where that came after 2024.
    pub city_from: Option<NaiveDate>,
}

impl Province {
    /// Whether it is a thành phố trực thuộc Trung ương on `day`.
    pub fn is_city_on(&self, day: NaiveDate) -> bool {
        self.city && self.city_from.is_none_or(|from| from <= day)
    }

    /// Its names as a city or as a tỉnh.
    pub fn naming(&self, city: bool) -> Naming {
        Naming { name: self.name.clone(), level: if city { "thành phố" } else { "tỉnh" } }
    }
}

/// How a province's name is put into the names of its bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// "Bắc Ninh".
    pub name: String,
    /// "tỉnh" or "thành phố".
    pub level: &'static str,
}

impl Naming {
    /// "tỉnh Bắc Ninh".
    pub fn full(&self) -> String {
        format!("{} {}", self.level, self.name)
    }

    /// "Tỉnh Bắc Ninh", as the province itself is called.
    pub fn title(&self) -> String {
        let level = if self.level == "tỉnh" { "Tỉnh" } else { "Thành phố" };
        format!("{level} {}", self.name)
    }

    /// Fills `{name}`, `{level}`, `{province}` and `{Province}`.
    pub fn fill(&self, text: &str) -> String {
        text.replace("{Province}", &self.title())
            .replace("{province}", &self.full())
            .replace("{level}", self.level)
            .replace("{name}", &self.name)
    }

    /// The naming behind a province's stored name, "Thành phố Bắc Ninh".
    pub fn of_title(title: &str) -> Naming {
        match title.strip_prefix("Thành phố ") {
            Some(name) => Naming { name: name.to_owned(), level: "thành phố" },
            None => {
                Naming { name: title.strip_prefix("Tỉnh ").unwrap_or(title).to_owned(), level: "tỉnh" }
            }
        }
    }
}

/// Every province, by name in the order of the official codes.
///
/// # Errors
/// What could not be read of the file.
pub fn all() -> Result<Vec<Province>, Error> {
    Ok(table::<Row>("units/provinces.csv")?
        .into_iter()
        .map(|row| Province {
            code: row.code,
            name: row.name,
            city: row.kind == "city",
            city_from: row.city_from,
        })
        .collect())
}

/// The province of an official code.
///
/// # Errors
/// What could not be read of the file.
pub fn find(code: &str) -> Result<Option<Province>, Error> {
    Ok(all()?.into_iter().find(|province| province.code == code))
}
