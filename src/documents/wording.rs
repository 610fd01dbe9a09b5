//! The fixed words of the form: the line of the number, the line of the date, what an annex belongs to; and where a
//! long name breaks. Blanks are no-break spaces, so that there is room for the pen.

use super::{Document, PaperDate};
use crate::vietnamese::{long_date, roman};

/// Room for a number or a day to be written in.
const ROOM: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// "45/BC-SKHCN", with room for the number.
fn reference(document: &Document) -> String {
    // NĐ 30/2020: numbers under 10 take a zero.
    let number = match document.number.as_str() {
        "" => ROOM.to_owned(),
        one if one.len() == 1 && one.bytes().all(|byte| byte.is_ascii_digit()) => format!("0{one}"),
        number => number.to_owned(),
    };
    if document.symbol.is_empty() { number } else { format!("{number}/{}", document.symbol) }
}

/// "Số: 45/BC-SKHCN".
pub(super) fn number_line(document: &Document) -> String {
    format!("Số: {}", reference(document))
}

/// "ngày 05 tháng 6 năm 2025", with room for the day.
fn day(date: PaperDate) -> String {
    match date {
        PaperDate::Known(date) => long_date(date),
        PaperDate::Blank { month, year } => {
            let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
            format!("ngày {ROOM} tháng {month} năm {year}")
        }
    }
}

/// "Bắc Giang, ngày 05 tháng 6 năm 2025".
pub(super) fn date_line(document: &Document) -> String {
    if document.place.is_empty() {
        return day(document.date);
    }
    format!("{}, {}", document.place, day(document.date))
}

/// "(Kèm theo Báo cáo số 45/BC-SKHCN ngày 05 tháng 6 năm 2025 của Sở Khoa học và Công nghệ)".
pub(super) fn annexed_line(document: &Document) -> String {
    let (kind, issuer) = (&document.kind, &document.issuer_name);
    format!("(Kèm theo {kind} số {} {} của {issuer})", reference(document), day(document.date))
}

/// "Phụ lục", or "Phụ lục II" where there are several.
pub(super) fn annex_label(index: Option<usize>) -> String {
    index.map_or("Phụ lục".to_owned(), |index| format!("Phụ lục {}", roman(index + 1)))
}

/// A name over as few lines of at most `most` letters as it needs, of about the same length: "SỞ KHOA HỌC" over
/// "VÀ CÔNG NGHỆ" rather than one word left over. Line ends already in it stay.
pub(super) fn balanced(name: &str, most: usize) -> Vec<String> {
    name.lines().flat_map(|line| balanced_line(line, most.max(1))).collect()
}

fn balanced_line(line: &str, most: usize) -> Vec<String> {
    let letters = line.chars().count();
    let wanted = letters.div_ceil(most).max(1);
    let about = letters.div_ceil(wanted);
    let (mut lines, mut current) = (Vec::new(), String::new());
    for word in line.split_whitespace() {
        let (have, more) = (current.chars().count(), word.chars().count());
        let nearer = (have + 1 + more).abs_diff(about) > about.abs_diff(have);
        let last = lines.len() + 1 >= wanted;
        if !current.is_empty() && (have + 1 + more > most || (nearer && !last)) {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}
