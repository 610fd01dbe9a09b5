//! The cycle of a report (tần suất): half-year, year, quarter, month, once, when asked.
//! A cycle and a year name a period; this file gives the period its code, its name in Vietnamese, and
//! its neighbours: the same period of the year before and the period just before.

use std::fmt;

/// How often a report is owed, and for which part of the year.
///
/// `Quarter` holds 1..=4 and `Month` 1..=12; other numbers name no period: `Cycle::from_code` never makes
/// them and [`super::window`] answers `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cycle {
    /// 6 tháng đầu năm.
    FirstHalf,
    /// 6 tháng cuối năm.
    SecondHalf,
    /// 9 tháng: not in NĐ 09/2019 Điều 12, added by provinces; counted from the start of the year.
    NineMonths,
    /// Năm.
    Year,
    /// Quý, 1..=4.
    Quarter(u8),
    /// Tháng, 1..=12.
    Month(u8),
    /// Once, such as "xây dựng kế hoạch, gửi trước ngày 15/02/2025".
    OneOff,
    /// Đột xuất, chuyên đề: whenever the collecting body asks (NĐ 09/2019 Điều 8.5.c).
    AdHoc,
}

impl Cycle {
    /// Reads the stable text code (`H1`, `H2`, `9M`, `Y`, `Q1`…`Q4`, `M01`…`M12`, `ONE`, `ADHOC`).
    pub fn from_code(code: &str) -> Option<Cycle> {
        let cycle = match code {
            "H1" => Cycle::FirstHalf,
            "H2" => Cycle::SecondHalf,
            "9M" => Cycle::NineMonths,
            "Y" => Cycle::Year,
            "ONE" => Cycle::OneOff,
            "ADHOC" => Cycle::AdHoc,
            _ => match code.split_at_checked(1)? {
                ("Q", number) => Cycle::Quarter(number.parse().ok()?),
                ("M", number) => Cycle::Month(number.parse().ok()?),
                _ => return None,
            },
        };
        // Refuses "Q7" and spellings that are not the one code ("M3", "Q+1").
        (cycle.is_possible() && cycle.to_string() == code).then_some(cycle)
    }

    /// The stable text code, for storage; the opposite of [`Cycle::from_code`].
    pub fn code(self) -> String {
        self.to_string()
    }

    /// Whether the number of a quarter or month is one the year has.
    pub fn is_possible(self) -> bool {
        match self {
            Cycle::Quarter(number) => (1..=4).contains(&number),
            Cycle::Month(number) => (1..=12).contains(&number),
            _ => true,
        }
    }

    /// Whether periods of the two cycles follow one another through the year, as two quarters do: no day then
    /// belongs to both. A half and the year hold the same days by nature; what is asked once or when needed may.
    pub fn is_beside(self, other: Cycle) -> bool {
        use Cycle::{FirstHalf, Month, NineMonths, Quarter, SecondHalf, Year};
        matches!(
            (self, other),
            (FirstHalf | SecondHalf, FirstHalf | SecondHalf)
                | (NineMonths, NineMonths)
                | (Year, Year)
                | (Quarter(_), Quarter(_))
                | (Month(_), Month(_))
        )
    }

    /// Whether the cycle comes back every year by itself; one-off and ad hoc reports do not.
    pub fn recurs(self) -> bool {
        !matches!(self, Cycle::OneOff | Cycle::AdHoc)
    }
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cycle::FirstHalf => f.write_str("H1"),
            Cycle::SecondHalf => f.write_str("H2"),
            Cycle::NineMonths => f.write_str("9M"),
            Cycle::Year => f.write_str("Y"),
            Cycle::Quarter(number) => write!(f, "Q{number}"),
            Cycle::Month(number) => write!(f, "M{number:02}"),
            Cycle::OneOff => f.write_str("ONE"),
            Cycle::AdHoc => f.write_str("ADHOC"),
        }
    }
}

/// Code of a period inside its regime: `2025-H1`, `2025-Y`, `2025-Q1`, `2025-M03`, `2025-9M`.
///
/// One-off and ad hoc periods get `2025-ONE` and `2025-ADHOC`; a regime that has several in a year
/// tells them apart with a suffix of its own.
pub fn period_code(cycle: Cycle, year: i32) -> String {
    format!("{year}-{cycle}")
}

/// Name of a period as an official writes it: "6 tháng đầu năm 2025", "Năm 2025", "Quý I năm 2025".
pub fn label(cycle: Cycle, year: i32) -> String {
    match cycle {
        Cycle::FirstHalf => format!("6 tháng đầu năm {year}"),
        Cycle::SecondHalf => format!("6 tháng cuối năm {year}"),
        Cycle::NineMonths => format!("9 tháng đầu năm {year}"),
        Cycle::Year => format!("Năm {year}"),
        Cycle::Quarter(number) => {
            let roman = match number {
                1 => "I".to_owned(),
                2 => "II".to_owned(),
                3 => "III".to_owned(),
                4 => "IV".to_owned(),
                other => other.to_string(),
            };
            format!("Quý {roman} năm {year}")
        }
        // Months 1 and 2 take a zero, the others never do (NĐ 30/2020, Phụ lục I).
        Cycle::Month(number @ 1..=2) => format!("Tháng 0{number} năm {year}"),
        Cycle::Month(number) => format!("Tháng {number} năm {year}"),
        Cycle::OneOff => format!("Một lần, năm {year}"),
        Cycle::AdHoc => format!("Đột xuất, năm {year}"),
    }
}

/// The period this one is compared with (so với cùng kỳ): same cycle, one year earlier.
/// One-off and ad hoc reports have none.
pub fn same_period_last_year(cycle: Cycle, year: i32) -> Option<(Cycle, i32)> {
    cycle.recurs().then_some((cycle, year - 1))
}

/// The period of the same length that ends on the day before this one begins: the first half of 2025
/// follows the second half of 2024. Nine months, one-off and ad hoc reports follow nothing.
pub fn preceding(cycle: Cycle, year: i32) -> Option<(Cycle, i32)> {
    match cycle {
        Cycle::FirstHalf => Some((Cycle::SecondHalf, year - 1)),
        Cycle::SecondHalf => Some((Cycle::FirstHalf, year)),
        Cycle::Year => Some((Cycle::Year, year - 1)),
        Cycle::Quarter(1) => Some((Cycle::Quarter(4), year - 1)),
        Cycle::Quarter(number @ 2..=4) => Some((Cycle::Quarter(number - 1), year)),
        Cycle::Month(1) => Some((Cycle::Month(12), year - 1)),
        Cycle::Month(number @ 2..=12) => Some((Cycle::Month(number - 1), year)),
        Cycle::Quarter(_) | Cycle::Month(_) | Cycle::NineMonths | Cycle::OneOff | Cycle::AdHoc => None,
    }
}
