//! The 34 provinces of 01/7/2025 (Nghị quyết 202/2025/QH15), and how a province's own name stands in the names of its
//! bodies. Some became thành phố trực thuộc Trung ương later: the kind is a matter of the day.

use chrono::NaiveDate;
use serde::Deserialize;

use super::files::table;
use crate::error::Error;
use crate::vietnamese::{capital, search_key};

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerRow {
    code: String,
    name: String,
    kind: String,
    from: NaiveDate,
    to: NaiveDate,
}

/// Whose an official code is, and on which days: 24 was Bắc Giang's and is Bắc Ninh's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    pub code: String,
    pub naming: Naming,
    /// The first day, included.
    pub from: NaiveDate,
    /// The last day, included; none while it is in force.
    pub to: Option<NaiveDate>,
}

impl Coded {
    /// Whether a province's name as people write it, with or without its level, is this one.
    pub fn is_named(&self, name: &str) -> bool {
        search_key(&Naming::of_title(&capital(name.trim())).name) == search_key(&self.naming.name)
    }
}

/// The first day of the 34 (Nghị quyết 202/2025/QH15) and of their codes (Quyết định 19/2025/QĐ-TTg).
pub fn since() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 7, 1).unwrap_or_default()
}

/// Whose an official code is on `day`: of the 34 since 01/7/2025, of the 63 before (Quyết định 124/2004/QĐ-TTg). None for a code of
/// nobody, and before 08/7/2004.
///
/// # Errors
/// What could not be read of the files.
pub fn coded(code: &str, day: NaiveDate) -> Result<Option<Coded>, Error> {
    if day >= since() {
        let found = find(code)?;
        let now = |province: Province| {
            let naming = province.naming(province.is_city_on(day));
            Coded { code: province.code, naming, from: since(), to: None }
        };
        return Ok(found.map(now));
    }
    let former = table::<FormerRow>("units/former_provinces.csv")?;
    let found = former.into_iter().find(|row| row.code == code && row.from <= day && day <= row.to);
    Ok(found.map(|row| Coded {
        naming: Naming { name: row.name, level: if row.kind == "city" { "thành phố" } else { "tỉnh" } },
        code: row.code,
        from: row.from,
        to: Some(row.to),
    }))
}

/// The province of an official code.
///
/// # Errors
/// What could not be read of the file.
pub fn find(code: &str) -> Result<Option<Province>, Error> {
    Ok(all()?.into_iter().find(|province| province.code == code))
}
