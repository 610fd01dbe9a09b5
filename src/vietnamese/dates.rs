//! Dates in the form of Nghị định 30/2020/NĐ-CP, and the reading of dates that people type.
//! Days under 10 and months 1 and 2 take a leading zero, months 3 to 12 never do. Tables and inputs are
//! padded to dd/mm/yyyy instead, so that columns line up.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::search::folded_words;

/// "05/6", "17/6", "08/02": day and month without a year, zeros by the rule of NĐ 30/2020.
pub fn day_month(day: u32, month: u32) -> String {
    format!("{day:02}/{}", month_number(month))
}

/// "05/6/2025", "17/6/2025", "08/02/2025".
pub fn short_date(date: NaiveDate) -> String {
    format!("{}/{}", day_month(date.day(), date.month()), date.year())
}

/// "ngày 05 tháng 6 năm 2025", as in the head of a document.
pub fn long_date(date: NaiveDate) -> String {
    format!("ngày {:02} tháng {} năm {}", date.day(), month_number(date.month()), date.year())
}

/// "thứ Sáu, 14/11/2025": where a deadline is meant.
pub fn weekday_date(date: NaiveDate) -> String {
    format!("{}, {}", weekday(date), short_date(date))
}

/// "thứ Sáu, ngày 14 tháng 11 năm 2025": where a paper names a deadline.
pub fn weekday_long_date(date: NaiveDate) -> String {
    format!("{}, {}", weekday(date), long_date(date))
}

/// The days of a text as papers write them: "ngày 05/01/2026" becomes "ngày 05 tháng 01 năm 2026"; whatever is no such day
/// stays as it is.
pub fn with_long_dates(text: &str) -> String {
    const LEAD: &str = "ngày ";
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(LEAD) {
        let (before, from) = rest.split_at(at);
        let after = &from[LEAD.len()..];
        let end = after.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(after.len());
        let (day, next) = after.split_at(end);
        written.push_str(before);
        match parse_date(day).ok().filter(|_| day.matches('/').count() == 2) {
            Some(date) => written.push_str(&long_date(date)),
            None => {
                written.push_str(LEAD);
                written.push_str(day);
            }
        }
        rest = next;
    }
    written + rest
}

fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday().number_from_monday() {
        1 => "thứ Hai",
        2 => "thứ Ba",
        3 => "thứ Tư",
        4 => "thứ Năm",
        5 => "thứ Sáu",
        6 => "thứ Bảy",
        _ => "Chủ nhật",
    }
}

/// "08/6/2025 16:20"; the instant must already be local time.
pub fn date_time(local: NaiveDateTime) -> String {
    format!("{} {:02}:{:02}", short_date(local.date()), local.hour(), local.minute())
}

fn month_number(month: u32) -> String {
    if month < 3 { format!("{month:02}") } else { month.to_string() }
}

/// Why a typed date was refused; `Display` says in Vietnamese how to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was typed.
    Blank,
    /// Not three numbers in one of the accepted forms.
    Form,
    /// The year has not four digits, or lies outside 1900..=2199.
    Year,
    /// The month is not 1..=12.
    NoSuchMonth(u32),
    /// That month of that year has no such day.
    NoSuchDay { day: u32, month: u32, year: i32 },
    /// A day without a year that has not come yet, where only a past one is meant.
    Ahead(NaiveDate),
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::Blank => {
                f.write_str("Chưa nhập ngày. Nhập theo dạng ngày/tháng/năm, ví dụ 17/6/2025.")
            }
            DateError::Form => {
                f.write_str("Không đọc được ngày. Nhập theo dạng ngày/tháng/năm, ví dụ 17/6/2025.")
            }
            DateError::Year => f.write_str("Năm phải đủ bốn chữ số, từ 1900 đến 2199, ví dụ 17/6/2025."),
            DateError::NoSuchMonth(month) => {
                write!(f, "Không có tháng {month}. Nhập ngày trước, tháng sau, ví dụ 17/6/2025.")
            }
            DateError::NoSuchDay { day, month, year } => {
                write!(f, "Tháng {month} năm {year} không có ngày {day}. Kiểm tra lại ngày.")
            }
            DateError::Ahead(day) => {
                write!(f, "Ngày {} chưa đến. Nếu là ngày của năm trước, nhập cả năm.", short_date(*day))
            }
        }
    }
}

impl std::error::Error for DateError {}

/// Reads d/m/yyyy, dd/mm/yyyy (also with dots or hyphens), ISO yyyy-mm-dd and "ngày 05 tháng 6 năm 2025" as documents
/// are dated, the place before it or not; spaces around are ignored.
///
/// # Errors
/// [`DateError`], each with what to type instead. A blank is [`DateError::Blank`]: whether a blank is
/// allowed is for the form to say.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Blank);
    }
    if let Some([day, month, year]) = in_words(text) {
        return checked(&day, &month, &year);
    }
    let separator = text.chars().find(|c| !c.is_ascii_digit() && *c != ' ').ok_or(DateError::Form)?;
    if !matches!(separator, '/' | '-' | '.') {
        return Err(DateError::Form);
    }
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [first, second, third] = parts[..] else { return Err(DateError::Form) };
    let (day, month, year) =
        if first.len() == 4 && separator == '-' { (third, second, first) } else { (first, second, third) };
    checked(day, month, year)
}

/// Days back in which a day without a year may lie in the year before: whoever types "28/12" in January means last month.
const RECENT: i64 = 92;

/// Reads the day of something that has happened: as [`parse_date`], "12/6/25" as a year of this century, and "16/6" without a year as the
/// nearest such day that is not after `today`, of this year or of the last months of the year before.
///
/// # Errors
/// As [`parse_date`]; [`DateError::Ahead`] for a day without a year that has not come this year: it is never taken for one a year ago.
pub fn parse_past_date(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    let (day, month) = match parts[..] {
        [day, month] => (day, month),
        [day, month, year] if year.len() == 2 && day.len() < 3 && number(year, 2).is_ok() => {
            return checked(day, month, &format!("20{year}"));
        }
        _ => return parse_date(text),
    };
    let (Ok(day), Ok(month)) = (number(day, 2), number(month, 2)) else { return parse_date(text) };
    if !(1..=12).contains(&month) {
        return Err(DateError::NoSuchMonth(month));
    }
    let year = today.year();
    let this = NaiveDate::from_ymd_opt(year, month, day);
    if let Some(past) = this.filter(|day| *day <= today) {
        return Ok(past);
    }
    let before = NaiveDate::from_ymd_opt(year - 1, month, day);
    match (before.filter(|day| (today - *day).num_days() <= RECENT), this) {
        (Some(recent), _) => Ok(recent),
        (None, Some(ahead)) => Err(DateError::Ahead(ahead)),
        (None, None) => Err(DateError::NoSuchDay { day, month, year }),
    }
}

/// Day, month and year of "Bắc Giang, ngày 05 tháng 6 năm 2025"; nothing may follow the year.
fn in_words(text: &str) -> Option<[String; 3]> {
    let words = folded_words(text);
    let [before @ .., day, of_month, month, of_year, year] = &words[..] else { return None };
    let said = of_month == "thang" && of_year == "nam" && before.last().is_none_or(|word| word == "ngay");
    said.then(|| [day.clone(), month.clone(), year.clone()])
}

fn checked(day: &str, month: &str, year: &str) -> Result<NaiveDate, DateError> {
    let day = number(day, 2)?;
    let month = number(month, 2)?;
    if year.len() != 4 && number(year, 9).is_ok() {
        return Err(DateError::Year);
    }
    let year = i32::try_from(number(year, 4)?).map_err(|_| DateError::Form)?;
    if !(1900..=2199).contains(&year) {
        return Err(DateError::Year);
    }
    if !(1..=12).contains(&month) {
        return Err(DateError::NoSuchMonth(month));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay { day, month, year })
}

/// Digits only, at most `longest` of them; `str::parse` alone would take "+5".
fn number(text: &str, longest: usize) -> Result<u32, DateError> {
    if text.is_empty() || text.len() > longest || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateError::Form);
    }
    text.parse().map_err(|_| DateError::Form)
}
