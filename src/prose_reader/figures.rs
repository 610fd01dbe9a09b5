//! Figures of a report, each with its sentence: how it was rounded, what it counts, whether it is this period's or another's.

use super::numbers::{Number, numbers};
use super::pieces::Parted;
use super::prose::{Figure, FigureKind, Title};
use crate::plan_reader::Sure;
use crate::plan_reader::sentences::sentences;
use crate::plan_reader::words::{Words, plain};
use crate::vietnamese::Qualifier;

/// Words that belong to what is counted, at most.
const MEASURE: usize = 6;
/// Figures of a report, at most: a page with more helps nobody.
const MOST: usize = 400;

/// The figures of all pieces, in the order of the text.
pub(super) fn of(pieces: &[Parted], titles: &[Title], lines: &[&str]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (at, part) in pieces.iter().enumerate() {
        for (text, of) in &part.paragraphs {
            for (from, to) in sentences(text) {
                sentence(&text[from..to], (at, part.piece.ahead), (of, lines), titles, &mut figures);
            }
        }
    }
    figures.truncate(MOST);
    figures
}

fn sentence(
    text: &str,
    (piece, ahead): (usize, bool),
    (of, lines): (&[usize], &[&str]),
    titles: &[Title],
    figures: &mut Vec<Figure>,
) {
    let words = Words::of(text);
    let quoted = quoted(&words);
    let told: Vec<(usize, usize)> = titles
        .iter()
        .filter_map(|title| text.find(title.text.as_str()).map(|from| (from, from + title.text.len())))
        .collect();
    for number in numbers(&words) {
        let (from, to) = (words.list[number.from].from, words.list[number.to - 1].to);
        // What an article is called, or a document, says nothing of the period.
        let inside = |spans: &[(usize, usize)]| spans.iter().any(|(begin, end)| *begin <= from && to <= *end);
        if inside(&told) || inside(&quoted) {
            continue;
        }
        let said = qualifiers(&words, number.from);
        let begins = words.list.get(said.begins).map_or(from, |word| word.from);
        let measure = measure(&words, &number);
        figures.push(Figure {
            kind: kind(&words, &number, said.begins, ahead),
            typed: number.typed.clone(),
            estimate: said.estimate,
            qualifier: said.qualifier,
            measure,
            sentence: text.to_owned(),
            piece,
            lines: place(&words, &number, of, lines),
            from: begins,
            to,
            candidates: Vec::new(),
            proposed: None,
            sure: Sure::Guess,
        });
    }
}

/// Spans between quotation marks.
fn quoted(words: &Words<'_>) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    for word in words.list.iter().filter(|word| word.mark == Some('"')) {
        match open.take() {
            Some(from) => spans.push((from, word.to)),
            None => open = Some(word.from),
        }
    }
    spans
}

struct Said {
    estimate: bool,
    qualifier: Qualifier,
    /// The first word that belongs to the figure.
    begins: usize,
}

/// "Ước", "gần", "hơn", "khoảng", "trên", "ước đạt hơn" before a number.
fn qualifiers(words: &Words<'_>, number: usize) -> Said {
    let mut said = Said { estimate: false, qualifier: Qualifier::Exact, begins: number };
    let mut at = number;
    while let Some(before) = at.checked_sub(1) {
        match words.list[before].plain.as_str() {
            "gan" if words.list[before].lower != "gắn" => said.qualifier = Qualifier::Nearly,
            "hon" | "tren" => said.qualifier = Qualifier::Over,
            "khoang" | "uoc" | "chung" => said.estimate = true,
            "xi" | "xy" if before > 0 && words.list[before - 1].plain == "xap" => {
                said.estimate = true;
                (at, said.begins) = (before - 1, before - 1);
                continue;
            }
            // "Ước đạt 500": the word between says nothing.
            "dat" | "tinh" | "co" | "duoc" | "la" if before > 0 && words.list[before - 1].plain == "uoc" => {}
            _ => break,
        }
        (at, said.begins) = (before, before);
    }
    said
}

/// The words after a number that say what it counts.
fn measure(words: &Words<'_>, number: &Number) -> String {
    const STOPS: &[&str] = &[
        "về", "của", "cho", "với", "tại", "trên", "trong", "ở", "là", "đã", "được", "từ", "đến", "để", "do",
        "tuyên", "và", "theo", "so", "tăng", "giảm", "thu", "nhằm", "qua", "có", "bằng", "cùng", "tham",
        "dự", "phản", "đăng",
    ];
    if number.percent {
        return "%".to_owned();
    }
    if number.money {
        return String::new();
    }
    let mut end = number.to;
    while let Some(word) = words.list.get(end) {
        let comma = word.mark == Some(',')
            && words.list.get(end + 1).is_some_and(|next| {
                // "tin, bài", "tin, bài, ảnh".
                ["bài", "ảnh", "phóng", "video", "clip"].contains(&next.lower.as_str())
            });
        let stop = word.mark.is_some() && !comma && word.mark != Some('/')
            || STOPS.contains(&word.lower.as_str())
            || word.plain.starts_with(|c: char| c.is_ascii_digit());
        if stop || end >= number.to + MEASURE {
            break;
        }
        end += 1;
    }
    words.between(number.to, end).to_owned()
}

fn kind(words: &Words<'_>, number: &Number, begins: usize, ahead: bool) -> FigureKind {
    let back = |steps: usize| {
        begins.checked_sub(steps).and_then(|at| words.list.get(at)).map(|word| word.plain.as_str())
    };
    let lower = |steps: usize| {
        begins.checked_sub(steps).and_then(|at| words.list.get(at)).map(|word| word.lower.as_str())
    };
    let is_change = |word: Option<&str>| matches!(word, Some("tang" | "giam"));
    let grew = is_change(back(1)) && lower(1) != Some("giám")
        || matches!(back(1), Some("them" | "di" | "duoc")) && is_change(back(2))
        || words.is_mark(begins.wrapping_sub(1), &['+']);
    if grew {
        return FigureKind::Change;
    }
    let near = |from: usize, to: usize, phrases: &[&str]| {
        (from..to.min(words.len())).any(|at| words.any(at, phrases).is_some_and(|end| end <= to))
    };
    let compared = near(number.to, number.to + 9, &["so voi"]) && number.percent;
    if compared {
        return FigureKind::Change;
    }
    // "cùng kỳ năm trước 85 vụ", "so với 85 vụ", "(kỳ trước: 85)".
    let earlier =
        near(begins.saturating_sub(5), begins, &["cung ky", "ky truoc", "nam truoc", "so voi", "nam ngoai"]);
    if earlier {
        return FigureKind::Earlier;
    }
    let goal = ahead
        || near(
            begins.saturating_sub(6),
            begins,
            &["phan dau", "chi tieu", "muc tieu", "du kien", "it nhat", "toi thieu", "ke hoach giao", "se"],
        );
    if goal {
        return FigureKind::Goal;
    }
    if number.percent { FigureKind::Share } else { FigureKind::Counted }
}

/// The lines of its paragraph in which the number stands; all of them where that cannot be told.
fn place(words: &Words<'_>, number: &Number, of: &[usize], lines: &[&str]) -> Vec<usize> {
    let written = plain(words.between(number.from, number.from + 1));
    let stands = |line: &&usize| {
        let text = line.checked_sub(1).and_then(|at| lines.get(at)).copied().unwrap_or_default();
        let found = Words::of(text);
        found.list.iter().any(|word| word.plain == written)
    };
    let found: Vec<usize> = of.iter().filter(stands).copied().collect();
    if found.is_empty() { of.to_vec() } else { found }
}
