//! A document as a sentence names it: "Công văn số 2216/CAT-PC10 ngày 12/5/2025 của Công an tỉnh về việc …", taken apart and
//! put together as NĐ 30/2020 writes it.

use chrono::NaiveDate;

use super::{long_date, parse_date};

/// How the name of a document with a number begins.
const KINDS: [&str; 11] = [
    "Công văn",
    "Kế hoạch",
    "Quyết định",
    "Chỉ thị",
    "Thông báo",
    "Văn bản",
    "Nghị định",
    "Thông tư",
    "Công điện",
    "Chương trình",
    "Hướng dẫn",
];

/// Words that lead to a document and are no part of its name.
const LEADS: [&str; 3] = ["Theo ", "Căn cứ ", "Thực hiện "];

/// The parts of a document's name; what is not said is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// "Công văn".
    pub kind: String,
    /// "2216/CAT-PC10", as it was typed.
    pub number: String,
    pub day: Option<NaiveDate>,
    /// "Công an tỉnh".
    pub issuer: String,
    /// "về việc báo cáo kết quả …".
    pub about: String,
}

impl Citation {
    /// Reads the name of one document. What stands in brackets or behind a semicolon is not of it. None for a text that names no
    /// document by its kind and number, or goes on with something else.
    pub fn read(text: &str) -> Option<Citation> {
        let text = text.split([';', '\n']).next()?.split(" (").next()?;
        let text = text.trim().trim_end_matches(['.', ',', ':']);
        let text = LEADS.iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(text);
        let kind = *KINDS.iter().find(|kind| text.starts_with(**kind))?;
        let rest = text[kind.len()..].trim_start().strip_prefix("số")?.trim_start_matches([':', ' ']);
        let end = rest.find([' ', ',']).unwrap_or(rest.len());
        let (number, rest) = rest.split_at(end);
        // "12", or "12a" where a number was given twice.
        let counted = number.split(['/', '-']).next().is_some_and(|counted| {
            let digits = counted.trim_end_matches(char::is_lowercase);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        if !counted {
            return None;
        }
        let (day, rest) = day(rest.trim_start_matches([',', ' ']))?;
        let rest = rest.trim_start_matches([',', ' ']);
        let (issuer, about) = match (rest.strip_prefix("của "), rest) {
            (Some(named), _) => match named.find(" về ") {
                Some(at) => (named[..at].trim(), named[at..].trim()),
                None => (named.trim(), ""),
            },
            (None, "") => ("", ""),
            (None, about) if about.starts_with("về ") => ("", about.trim()),
            (None, _) => return None,
        };
        Some(Citation {
            kind: kind.to_owned(),
            number: number.to_owned(),
            day,
            issuer: issuer.to_owned(),
            about: about.to_owned(),
        })
    }

    /// "Công văn số 08/CAT-PC10".
    pub fn document(&self) -> String {
        format!("{} số {}", self.kind, document_number(&self.number))
    }

    /// The whole: "Công văn số 2216/CAT-PC10 ngày 12 tháng 5 năm 2025 của Công an tỉnh về việc …".
    pub fn words(&self) -> String {
        let mut words = self.document();
        if let Some(day) = self.day {
            words.push_str(&format!(" {}", long_date(day)));
        }
        if !self.issuer.is_empty() {
            words.push_str(&format!(" của {}", self.issuer));
        }
        if !self.about.is_empty() {
            words.push_str(&format!(" {}", self.about));
        }
        words
    }
}

/// The day a text begins with and what follows it; no day where it begins with something else, none at all where a day is
/// begun and cannot be read.
fn day(text: &str) -> Option<(Option<NaiveDate>, &str)> {
    let Some(after) = text.strip_prefix("ngày ") else { return Some((None, text)) };
    let end = after.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(after.len());
    if let Ok(day) = parse_date(&after[..end]) {
        return Some((Some(day), &after[end..]));
    }
    // "12 tháng 5 năm 2025".
    let year = after.find("năm ")? + "năm ".len();
    let end = after[year..].find(|c: char| !c.is_ascii_digit()).map_or(after.len(), |at| year + at);
    let day = parse_date(&format!("ngày {}", &after[..end])).ok()?;
    Some((Some(day), &after[end..]))
}

/// The number of a document as NĐ 30/2020 writes it: one under ten takes a zero, "08/KH-UBND".
pub fn document_number(number: &str) -> String {
    let (counted, rest) = number.split_at(number.find('/').unwrap_or(number.len()));
    let one = counted.len() == 1 && counted.bytes().all(|byte| byte.is_ascii_digit());
    if one { format!("0{counted}{rest}") } else { number.to_owned() }
}
