//! A plan as a document, and the documents it rests on: their numbers, dates and names as văn thư writes them.
//! What the document leaves blank stays blank: a number or a day is never invented.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use crate::db::ids::{LegalBasisId, PlanId, UnitId};
use crate::vietnamese;

/// Kinds of documents that give work, as abbreviated in symbols (phụ lục III, NĐ 30/2020/NĐ-CP), with their names.
pub const PLAN_KINDS: [(&str, &str); 9] = [
    ("KH", "Kế hoạch"),
    ("CV", "Công văn"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("CTr", "Chương trình"),
    ("ĐA", "Đề án"),
    ("HD", "Hướng dẫn"),
    ("NQ", "Nghị quyết"),
    ("TB", "Thông báo"),
];

/// Kinds of legal bases: the code stored, and the name.
pub const BASIS_KINDS: [(&str, &str); 11] = [
    ("law", "Luật"),
    ("resolution", "Nghị quyết"),
    ("decree", "Nghị định"),
    ("decision", "Quyết định"),
    ("directive", "Chỉ thị"),
    ("circular", "Thông tư"),
    ("plan", "Kế hoạch"),
    ("scheme", "Đề án"),
    ("letter", "Công văn"),
    ("submission", "Tờ trình"),
    ("other", "Văn bản"),
];

/// An issued document that gives work. Number and day may be blank: they are stamped after signing, and texts
/// are often made public before.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::db::schema::plans)]
pub struct Plan {
    pub id: PlanId,
    pub province_id: UnitId,
    pub issuer_unit_id: Option<UnitId>,
    pub issuer: String,
    /// The body above the issuer, as in the head of the document; "" when there is none.
    pub superior: String,
    /// A code of [`PLAN_KINDS`], or a name as typed.
    pub kind: String,
    pub number: String,
    pub symbol: String,
    pub place: String,
    pub issued_year: i32,
    pub issued_month: Option<i32>,
    pub issued_day: Option<i32>,
    pub subject: String,
    pub short_name: String,
    pub search_key: String,
    pub signatory_capacity: String,
    pub signatory_title: String,
    pub signatory_name: String,
    /// First and last day the plan is in force, both inclusive; none is open.
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub version: i32,
}

impl Plan {
    /// "Kế hoạch"; a kind without a code is its own name.
    pub fn kind_name(&self) -> &str {
        name_of(&PLAN_KINDS, &self.kind)
    }

    /// "08/KH-UBND"; "…/KH-UBND" while the number is blank; "" when there is neither number nor symbol.
    pub fn number_text(&self) -> String {
        let number =
            if self.number.is_empty() { "…".to_owned() } else { vietnamese::document_number(&self.number) };
        match (self.number.is_empty(), self.symbol.is_empty()) {
            (true, true) => String::new(),
            (_, true) => number,
            (_, false) => format!("{number}/{}", self.symbol),
        }
    }

    /// The line under the issuer: "Số: 13/KH-UBND", or with room for the stamp, "Số:      /KH-UBND".
    pub fn number_line(&self) -> String {
        // No-break spaces: HTML would fold plain ones.
        let blank = "\u{a0}".repeat(6);
        let number = match self.number.is_empty() {
            true => blank,
            false => format!(" {}", vietnamese::document_number(&self.number)),
        };
        if self.symbol.is_empty() {
            format!("Số:{number}")
        } else {
            format!("Số:{number}/{}", self.symbol)
        }
    }

    /// The full date, when the document has one.
    pub fn issued_on(&self) -> Option<NaiveDate> {
        let (month, day) = (self.issued_month?, self.issued_day?);
        NaiveDate::from_ymd_opt(self.issued_year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }

    /// The line under the motto: "Bắc Giang, ngày 20 tháng 01 năm 2024", with "…" for what is blank.
    pub fn date_line(&self) -> String {
        let day = self.issued_day.map_or("…".to_owned(), |day| format!("{day:02}"));
        let month = self.issued_month.map_or("…".to_owned(), month_text);
        let date = format!("ngày {day} tháng {month} năm {}", self.issued_year);
        if self.place.is_empty() { date } else { format!("{}, {date}", self.place) }
    }

    /// As much of the date as is known: "ngày 20/01/2024", "tháng 01/2025", "năm 2025".
    pub fn date_known(&self) -> String {
        match (self.issued_on(), self.issued_month) {
            (Some(date), _) => format!("ngày {}", vietnamese::short_date(date)),
            (None, Some(month)) => format!("tháng {}/{}", month_text(month), self.issued_year),
            (None, None) => format!("năm {}", self.issued_year),
        }
    }

    /// For sorting: a blank day comes after the days of its month, a blank month after the months of its year.
    pub fn date_key(&self) -> (i32, i32, i32) {
        (self.issued_year, self.issued_month.unwrap_or(13), self.issued_day.unwrap_or(32))
    }

    /// The issuer with "Ủy ban nhân dân" abbreviated, as documents do when they name each other.
    pub fn issuer_short(&self) -> String {
        self.issuer.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")
    }

    /// "Kế hoạch số …/KH-UBND tháng 01/2025 của UBND tỉnh Bắc Giang".
    pub fn document_label(&self) -> String {
        let mut label = self.kind_name().to_owned();
        let number = self.number_text();
        if !number.is_empty() {
            label = format!("{label} số {number}");
        }
        format!("{label} {} của {}", self.date_known(), self.issuer_short())
    }

    /// The day on which the groups the document names ("các huyện, thị xã, thành phố") are read: its date, else
    /// its first day in force, else the last day of its month, else the first of its year.
    pub fn reading_day(&self) -> NaiveDate {
        reading_day((self.issued_year, self.issued_month, self.issued_day), self.valid_from)
    }

    /// Whether the plan is in force on `day`.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The day as of which its holders are shown: `today`, or its last day when it is over.
    pub fn day_shown(&self, today: NaiveDate) -> NaiveDate {
        self.valid_to.map_or(today, |to| to.min(today))
    }
}

/// A document a plan rests on, with the days it is in force (both inclusive; none is open).
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::db::schema::legal_bases)]
pub struct LegalBasis {
    pub id: LegalBasisId,
    /// A code of [`BASIS_KINDS`].
    pub kind: String,
    pub number: String,
    pub issued_on: Option<NaiveDate>,
    pub issuer: String,
    pub subject: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Whether a legal basis is in force on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BasisStanding {
    InForce,
    /// Takes effect on this day.
    NotYet(NaiveDate),
    /// Out of force from this day on.
    EndedSince(NaiveDate),
}

/// How the names of bodies begin whose papers hold in the whole country.
const CENTRAL: [&str; 13] = [
    "quoc hoi",
    "uy ban thuong vu quoc hoi",
    "chu tich nuoc",
    "chinh phu",
    "thu tuong",
    "pho thu tuong",
    "bo ",
    "van phong chinh phu",
    "ban chap hanh trung uong",
    "ban bi thu",
    "toa an nhan dan toi cao",
    "vien kiem sat nhan dan toi cao",
    "uy ban trung uong",
];

impl LegalBasis {
    /// Whether a body of the centre issued it, so that any province may rest on it.
    pub fn is_central(&self) -> bool {
        let issuer = vietnamese::search_key(&self.issuer);
        CENTRAL.iter().any(|body| issuer.starts_with(body))
    }

    /// Whether its issuer's name names one of some places: "Công an tỉnh Long An" is of Long An.
    pub fn is_issued_in(&self, places: &[String]) -> bool {
        let issuer = vietnamese::search_key(&self.issuer);
        let names = |place: &String| !place.is_empty() && issuer.ends_with(&vietnamese::search_key(place));
        places.iter().any(names)
    }

    pub fn kind_name(&self) -> &str {
        name_of(&BASIS_KINDS, &self.kind)
    }

    /// "Nghị định số 49/2020/NĐ-CP ngày 17/4/2020 của Chính phủ".
    pub fn label(&self) -> String {
        let mut label = self.kind_name().to_owned();
        if !self.number.is_empty() {
            label = format!("{label} số {}", self.number);
        }
        if let Some(date) = self.issued_on {
            label = format!("{label} ngày {}", vietnamese::short_date(date));
        }
        format!("{label} của {}", self.issuer)
    }

    pub fn standing(&self, day: NaiveDate) -> BasisStanding {
        match (self.valid_from, self.valid_to) {
            (Some(from), _) if day < from => BasisStanding::NotYet(from),
            (_, Some(to)) if to < day => BasisStanding::EndedSince(to.succ_opt().unwrap_or(to)),
            _ => BasisStanding::InForce,
        }
    }

    /// "căn cứ hết hiệu lực từ 01/7/2026", or why it is not yet one; none while it is in force.
    pub fn warning(&self, day: NaiveDate) -> Option<String> {
        match self.standing(day) {
            BasisStanding::InForce => None,
            BasisStanding::NotYet(from) => {
                Some(format!("căn cứ có hiệu lực từ {}", vietnamese::short_date(from)))
            }
            BasisStanding::EndedSince(since) => {
                Some(format!("căn cứ hết hiệu lực từ {}", vietnamese::short_date(since)))
            }
        }
    }
}

/// The day on which groups are read, of a date that may be blank and a first day in force; see [`Plan::reading_day`].
pub fn reading_day(
    (year, month, day): (i32, Option<i32>, Option<i32>),
    valid_from: Option<NaiveDate>,
) -> NaiveDate {
    let month = month.and_then(|month| u32::try_from(month).ok());
    let day = day.and_then(|day| u32::try_from(day).ok());
    let issued = month.zip(day).and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    let last_of_month = || {
        let first = NaiveDate::from_ymd_opt(year, month?, 1)?;
        first.checked_add_months(chrono::Months::new(1))?.pred_opt()
    };
    issued
        .or(valid_from)
        .or_else(last_of_month)
        .or_else(|| NaiveDate::from_ymd_opt(year, 1, 1))
        .unwrap_or_default()
}

fn name_of<'a>(kinds: &[(&str, &'a str)], code: &'a str) -> &'a str {
    kinds.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// NĐ 30/2020: months 1 and 2 take a leading zero.
fn month_text(month: i32) -> String {
    if month < 3 { format!("{month:02}") } else { month.to_string() }
}

impl Plan {
    /// Years a plan's date may have; the same as the dates people type elsewhere.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

    /// The first day of the year of issue: work noted for the plan cannot be older.
    pub fn year_begins(&self) -> NaiveDate {
        let from_issue = NaiveDate::from_ymd_opt(self.issued_year, 1, 1);
        from_issue.or_else(|| self.valid_from.map(|d| d.with_ordinal(1).unwrap_or(d))).unwrap_or_default()
    }
}
