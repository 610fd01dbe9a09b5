//! One cell of a list table, read by the type of its column. Stands between what was typed or pasted and what a sent
//! row holds; what cannot be read says how to mend it.

use chrono::NaiveDate;

use super::{Column, ColumnKind};
use crate::vietnamese::limits::too_large;
use crate::vietnamese::{
    Qualifier, clean_line, format_scaled, parse_date, parse_scaled, search_key, short_date,
};

/// Characters of one cell at most.
pub const LONGEST: usize = 2_000;

/// What a cell holds. A blank cell is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Date(NaiveDate),
    /// `value` divided by 10 to the power of `decimals`.
    Number {
        value: i64,
        decimals: u32,
    },
    /// An address of the web.
    Link(String),
    /// One of the column's choices, spelled as the form does.
    Choice(String),
}

impl Cell {
    /// As a sent row holds it: "2025-06-05", "1200", "112,5". Reading it gives the cell back.
    pub fn stored(&self) -> String {
        match self {
            Cell::Date(day) => day.to_string(),
            Cell::Number { .. } => self.shown().replace('.', ""),
            Cell::Text(text) | Cell::Link(text) | Cell::Choice(text) => text.clone(),
        }
    }

    /// As people read it: "05/6/2025", "1.200", "112,5".
    pub fn shown(&self) -> String {
        match self {
            Cell::Date(day) => short_date(*day),
            Cell::Number { value, decimals: 0 } => format_scaled(*value, 0),
            Cell::Number { value, decimals } => {
                let text = format_scaled(*value, *decimals);
                text.trim_end_matches('0').trim_end_matches(',').to_owned()
            }
            Cell::Text(text) | Cell::Link(text) | Cell::Choice(text) => text.clone(),
        }
    }
}

impl Column {
    /// Reads one cell; `Ok(None)` is a blank.
    ///
    /// # Errors
    /// A sentence that says how to mend it.
    pub fn read(&self, typed: &str) -> Result<Option<Cell>, String> {
        let typed = clean_line(typed);
        let length = typed.chars().count();
        if length == 0 {
            return Ok(None);
        }
        if length > LONGEST {
            return Err(format!("Ô có {length} ký tự, nhiều nhất {LONGEST}. Rút gọn nội dung."));
        }
        match self.kind {
            ColumnKind::Text => Ok(Some(Cell::Text(typed))),
            ColumnKind::Date => {
                parse_date(&typed).map(|day| Some(Cell::Date(day))).map_err(|e| e.to_string())
            }
            ColumnKind::Number => self.number(&typed),
            ColumnKind::Link => {
                let url = completed(&typed);
                match link_problem(&url) {
                    None => Ok(Some(Cell::Link(url))),
                    Some(message) => Err(message.to_owned()),
                }
            }
            ColumnKind::Choice => self.choice(&typed).map(|choice| Some(Cell::Choice(choice))),
        }
    }

    /// A list keeps bare numbers, which are sorted and compared: a word beside one would be lost in silence.
    fn number(&self, typed: &str) -> Result<Option<Cell>, String> {
        let Some(parsed) = parse_scaled(typed, self.decimals).map_err(|e| e.to_string())? else {
            return Ok(None);
        };
        if let Some(fault) = too_large(parsed.value) {
            return Err(fault);
        }
        let cell = Cell::Number { value: parsed.value, decimals: self.decimals };
        if parsed.estimate || parsed.qualifier != Qualifier::Exact {
            return Err(format!(
                "Cột này chỉ nhận con số, không kèm “ước”, “gần”, “hơn”. Nhập {}.",
                cell.shown()
            ));
        }
        Ok(Some(cell))
    }

    /// The choice meant, whatever its accents and capitals; the exact spelling wins.
    fn choice(&self, typed: &str) -> Result<String, String> {
        let key = search_key(typed);
        let exact = self.choices.iter().find(|choice| *choice == typed);
        let alike = || self.choices.iter().find(|choice| search_key(choice) == key);
        exact
            .or_else(alike)
            .cloned()
            .ok_or_else(|| format!("Không có “{typed}” trong các lựa chọn: {}.", self.choices.join("; ")))
    }
}

/// An address as it opens: one without a scheme, as it is read aloud or copied from a paper, gets "https://" where it has a host with a dot
/// and a path, or begins with "www."; whatever looks like no address stays as it is.
pub fn completed(typed: &str) -> String {
    let typed = typed.trim();
    let (host, path) = typed.split_once('/').unwrap_or((typed, ""));
    let label = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
    };
    let ends = |last: &str| last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic());
    let is_host =
        host.contains('.') && host.split('.').all(label) && host.rsplit('.').next().is_some_and(ends);
    let at_www = host.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("www."));
    let whole = is_host && (at_www && host.matches('.').count() > 1 || !path.is_empty());
    match whole && !typed.contains(char::is_whitespace) {
        true => format!("https://{typed}"),
        false => typed.to_owned(),
    }
}

/// What is wrong with an address: only web pages can be opened by whoever reviews.
pub fn link_problem(url: &str) -> Option<&'static str> {
    let lower = url.to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    match rest {
        Some(host) if !host.starts_with('/') && host.contains('.') && !host.contains(' ') => None,
        _ => Some("Nhập địa chỉ bắt đầu bằng https:// hoặc http://, ví dụ https://bao.vn/bai-viet."),
    }
}
