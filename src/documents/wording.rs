//! The fixed words of the form: the line of the number, the line of the date, what an annex belongs to; and where a
//! long name breaks. Blanks are no-break spaces, so that there is room for the pen.

use super::measures::ITALIC_LETTERS;
use super::{Document, PaperDate};
use crate::vietnamese::{document_number, held_together, long_date, roman};

/// Room for a number or a day to be written in.
const ROOM: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// "45/BC-SKHCN", with room for the number.
fn reference(document: &Document) -> String {
    let number = match document.number.as_str() {
        "" => ROOM.to_owned(),
        number => document_number(number),
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

/// "(Kèm theo Báo cáo số 45/BC-SKHCN ngày 05 tháng 6 năm 2025 của Sở Tư pháp)"; where it is longer than a line, the
/// issuer stands on one of its own.
pub(super) fn annexed_line(document: &Document) -> String {
    let (kind, issuer) = (&document.kind, &document.issuer_name);
    let paper = format!("(Kèm theo {kind} số {} {}", reference(document), day(document.date));
    // Room for the pen is narrower than letters.
    let room = paper.matches('\u{a0}').count() / 2;
    let whole = paper.chars().count() - room + issuer.chars().count() + 6;
    let gap = if whole > ITALIC_LETTERS { '\n' } else { ' ' };
    format!("{paper}{gap}của {})", held_together(issuer))
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

/// A heading over as few lines as it needs, a line end for each: names of places and numbers whole, words of two
/// syllables too.
pub(super) fn broken(heading: &str, most: usize) -> String {
    balanced(&held_together(heading), most).join("\n")
}

fn balanced_line(line: &str, most: usize) -> Vec<String> {
    // No-break spaces are no places to break.
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let letters = words.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1);
    let mut wanted = letters.div_ceil(most).max(1);
    loop {
        let (cost, lines) = cheapest(&words, wanted, most, letters / wanted);
        if cost < TOO_LONG || wanted >= words.len() {
            return lines;
        }
        wanted += 1;
    }
}

/// Words of two syllables in the names of bodies and in subjects, in capitals: no line ends between them.
const PAIRS: [(&str, &str); 62] = [
    ("BÁO", "CÁO"),
    ("BẢO", "HIỂM"),
    ("BỔ", "SUNG"),
    ("CHI", "NHÁNH"),
    ("CHIẾN", "BINH"),
    ("CHÍ", "MINH"),
    ("CHÍNH", "SÁCH"),
    ("CHỈNH", "LÝ"),
    ("CÔNG", "AN"),
    ("CÔNG", "NGHỆ"),
    ("CÔNG", "THƯƠNG"),
    ("CÔNG", "TÁC"),
    ("CƠ", "QUAN"),
    ("CỘNG", "ĐỒNG"),
    ("CỰU", "CHIẾN"),
    ("DANH", "SÁCH"),
    ("DU", "LỊCH"),
    ("DÂN", "TỘC"),
    ("GIAO", "THÔNG"),
    ("GIÁO", "DỤC"),
    ("HÌNH", "SỰ"),
    ("HÒA", "NHẬP"),
    ("HỒ", "CHÍ"),
    ("KHOA", "HỌC"),
    ("KHÔNG", "GIAN"),
    ("KẾT", "QUẢ"),
    ("LAO", "ĐỘNG"),
    ("LIÊN", "HIỆP"),
    ("LIÊN", "ĐOÀN"),
    ("MÔ", "HÌNH"),
    ("MÔI", "TRƯỜNG"),
    ("MẶT", "TRẬN"),
    ("NGÂN", "HÀNG"),
    ("NHÂN", "DÂN"),
    ("NHẬP", "CỘNG"),
    ("NÔNG", "DÂN"),
    ("NÔNG", "NGHIỆP"),
    ("NỘI", "DUNG"),
    ("NỘI", "VỤ"),
    ("PHÁT", "THANH"),
    ("PHỤ", "NỮ"),
    ("SỐ", "LIỆU"),
    ("THANH", "NIÊN"),
    ("THANH", "TRA"),
    ("THI", "HÀNH"),
    ("THÔNG", "TIN"),
    ("THƯƠNG", "BINH"),
    ("THỂ", "THAO"),
    ("THỰC", "HIỆN"),
    ("TRUYỀN", "THÔNG"),
    ("TUYÊN", "TRUYỀN"),
    ("TÀI", "CHÍNH"),
    ("TÁI", "HÒA"),
    ("TỔ", "QUỐC"),
    ("VIỆT", "NAM"),
    ("VĂN", "HÓA"),
    ("XÃ", "HỘI"),
    ("ĐÀO", "TẠO"),
    ("ĐIỂN", "HÌNH"),
    ("ĐƠN", "VỊ"),
    ("ĐỊA", "BÀN"),
    ("ỦY", "BAN"),
];

/// What a line costs that is longer than it may be; more than any sound break.
const TOO_LONG: usize = 1_000_000;

/// The words over exactly so many lines (fewer when there are fewer words) at the least cost: each line costs the
/// square of what it is longer or shorter than `about`, and a line that ends with a joining word costs more.
fn cheapest(words: &[&str], lines: usize, most: usize, about: usize) -> (usize, Vec<String>) {
    let cost = |part: &[&str], next: Option<&str>, last: bool| {
        let length = part.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1);
        let joins = part.last().is_some_and(|word| {
            // A body's name is not begun at the end of a line, either.
            matches!(
                word.to_uppercase().as_str(),
                "VÀ" | "–"
                    | "-"
                    | "CỦA"
                    | "TRÊN"
                    | "VỀ"
                    | "CÁC"
                    | "HOẶC"
                    | "CHƯA"
                    | "SỞ"
                    | "BÁO"
                    | "ĐÀI"
                    | "HỘI"
                    | "PHÒNG"
            )
        });
        let hanging = if joins && !last { most * most } else { 0 };
        let over = if length > most { TOO_LONG } else { 0 };
        let bare = |word: &&str| word.trim_end_matches(',').to_uppercase();
        let (ends, begins) = (part.last().map(bare), next.as_ref().map(bare));
        let is_pair =
            |(one, two): &(&str, &str)| ends.as_deref() == Some(*one) && begins.as_deref() == Some(*two);
        let hyphen_first = begins.as_deref() == Some("-");
        let cut = if hyphen_first || PAIRS.iter().any(is_pair) { 4 * most * most } else { 0 };
        length.abs_diff(about).pow(2) + hanging + cut + over
    };
    // best[i]: the first i words over the lines so far, with the break before the last of them.
    let mut best: Vec<(usize, Vec<usize>)> = vec![(usize::MAX, Vec::new()); words.len() + 1];
    best[0] = (0, Vec::new());
    for line in 1..=lines.min(words.len().max(1)) {
        let last = line == lines;
        let mut next = vec![(usize::MAX, Vec::new()); words.len() + 1];
        for end in 1..=words.len() {
            for begin in 0..end {
                let (before, breaks) = &best[begin];
                let whole = before.saturating_add(cost(&words[begin..end], words.get(end).copied(), last));
                if *before < usize::MAX && whole < next[end].0 {
                    let breaks = breaks.iter().copied().chain([end]).collect();
                    next[end] = (whole, breaks);
                }
            }
        }
        best = next;
    }
    let (cost, breaks) = best.pop().unwrap_or_default();
    let mut begin = 0;
    let lines = breaks.into_iter().map(|end| words[std::mem::replace(&mut begin, end)..end].join(" "));
    (cost, lines.collect())
}
