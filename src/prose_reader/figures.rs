//! Figures of a report, each with its sentence: how it was rounded, what it counts, whether it is this period's or another's.

use std::collections::HashMap;

use super::named::Names;
use super::numbers::{Number, name_of, numbers};
use super::period::is_bracketed;
use super::pieces::Parted;
use super::prose::{Figure, FigureDoubt, FigureKind, LINES, MOST_NUMBERS, Named, NamedPeriod, Title};
use super::qualifiers::{is_planned, is_times, qualifiers};
use crate::plan_reader::Sure;
use crate::plan_reader::sentences::sentences;
use crate::plan_reader::words::Words;

/// Words that belong to what is counted, where nothing ends them, and where something does.
const MEASURE: usize = 6;
const LONG_MEASURE: usize = 10;
/// Words at most between a number and "xuống", "lên" that lead to the next.
const UNTIL: usize = 5;
/// Bytes of a sentence kept with a figure, at most: a longer one is kept around its number.
const AROUND: usize = 1_000;

/// Where a figure stands: the number of its sentence in the report, and the byte at which the kept part of it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub sentence: usize,
    pub begins: usize,
}

/// The figures of all pieces in the order of the text, and the numbers that are none: they name something, stand in what something
/// is called, or in the row of a list.
pub(super) fn of(
    pieces: &[Parted],
    titles: &[Title],
    lines: &[&str],
    own: Option<&NamedPeriod>,
) -> (Vec<(Figure, Spot)>, Vec<Named>) {
    let (mut found, mut names) = (Vec::new(), Names::default());
    let mut order = 0;
    for (at, part) in pieces.iter().enumerate() {
        for (text, of) in &part.paragraphs {
            let mut places = Places { of, lines, by_word: None };
            for (from, to) in sentences(text) {
                let standing = Standing { piece: at, ahead: part.piece.ahead, table: part.table, order, own };
                sentence(&text[from..to], standing, titles, &mut places, (&mut found, &mut names));
                if found.len() >= MOST_NUMBERS {
                    return (found, names.list);
                }
                order += 1;
            }
        }
    }
    (found, names.list)
}

/// Where a sentence stands.
struct Standing<'p> {
    /// The period of the report.
    own: Option<&'p NamedPeriod>,
    piece: usize,
    ahead: bool,
    table: bool,
    order: usize,
}

fn sentence(
    text: &str,
    standing: Standing<'_>,
    titles: &[Title],
    places: &mut Places<'_>,
    (found, names): (&mut Vec<(Figure, Spot)>, &mut Names),
) {
    let words = Words::of(text);
    let mut left = numbers(&words).peekable();
    if left.peek().is_none() {
        return;
    }
    let (quoted, links) = (quoted(&words), links(text));
    let told: Vec<(usize, usize)> = titles
        .iter()
        .filter_map(|title| text.find(title.text.as_str()).map(|from| (from, from + title.text.len())))
        .collect();
    for number in left {
        if found.len() >= MOST_NUMBERS {
            break;
        }
        let (from, to) = (words.list[number.from].from, words.list[number.to - 1].to);
        // Digits of an address are nothing anybody counted or named.
        if links.iter().any(|(start, end)| *start <= from && from < *end) {
            continue;
        }
        // What an article is called, or a document, says nothing of the period.
        let inside = |span: &(usize, usize)| span.0 <= from && to <= span.1;
        // Spans of quotation marks follow one another.
        let last = quoted.partition_point(|span| span.0 <= from);
        let called = told.iter().any(inside) || quoted[..last].last().is_some_and(inside);
        if !number.counts || called || standing.table {
            names.add(name_of(&words, &number), || {
                let (start, end) = around(&words, from, to);
                (text[start..end].to_owned(), places.of(&words.list[number.from].plain))
            });
            continue;
        }
        let said = qualifiers(&words, &number);
        let begins = words.list.get(said.begins).map_or(from, |word| word.from);
        let (start, end) = around(&words, begins, to);
        let figure = Figure {
            kind: match kind(&words, &number, said.begins, standing.ahead) {
                FigureKind::Counted
                    if standing.own.is_some_and(|own| super::period::is_other(&words, said.begins, own)) =>
                {
                    FigureKind::Earlier
                }
                kind => kind,
            },
            measure: measure(&words, &number),
            lines: places.of(&words.list[number.from].plain),
            typed: number.typed,
            estimate: said.estimate,
            qualifier: said.qualifier,
            sentence: text[start..end].to_owned(),
            piece: standing.piece,
            from: begins - start,
            to: to - start,
            candidates: Vec::new(),
            proposed: None,
            sure: Sure::Guess,
            doubt: number.doubt.or(said.place.then_some(FigureDoubt::Place)),
        };
        found.push((figure, Spot { sentence: standing.order, begins: start }));
    }
}

/// The bytes kept of a sentence for the figure that takes some of them: whole words, all of them where it is short.
fn around(words: &Words<'_>, from: usize, to: usize) -> (usize, usize) {
    if words.text.len() <= AROUND {
        return (0, words.text.len());
    }
    let spare = AROUND.saturating_sub(to - from) / 2;
    let first = words.list.partition_point(|word| word.from + spare < from);
    let after = words.list.partition_point(|word| word.to <= to + spare);
    let begins = words.list.get(first).map_or(from, |word| word.from);
    let ends = after.checked_sub(1).and_then(|last| words.list.get(last)).map_or(to, |word| word.to);
    (begins.min(from), ends.max(to))
}

/// Bytes of addresses on the net.
fn links(text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for begin in ["https://", "http://", "www."] {
        for (at, _) in text.match_indices(begin) {
            let end = text[at..].find(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '>'));
            spans.push((at, end.map_or(text.len(), |end| at + end)));
        }
    }
    spans
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

/// The words after a number that say what it counts.
fn measure(words: &Words<'_>, number: &Number) -> String {
    const STOPS: &[&str] = &[
        "về", "của", "cho", "với", "tại", "trên", "trong", "ở", "là", "đã", "được", "từ", "đến", "để", "do",
        "tuyên", "và", "theo", "so", "tăng", "giảm", "thu", "nhằm", "qua", "có", "bằng", "cùng", "tham",
        "dự", "phản", "đăng", "xuống",
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
        if stop {
            break;
        }
        // A phrase that ends by itself is not cut in its middle.
        if end >= number.to + LONG_MEASURE {
            end = number.to + MEASURE;
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
    if grew || is_times(words, number, begins) {
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
    let earlier = (begins.saturating_sub(5)..begins).any(|at| {
        let said = words.any(at, &["cung ky", "ky truoc", "nam truoc", "so voi", "nam ngoai"]);
        said.is_some_and(|end| end <= begins) && !is_bracketed(words, at, begins)
    });
    // "Giảm từ 15 xuống còn 9": what it was before.
    let is_number = |at: usize| {
        words.list.get(at).is_some_and(|word| word.plain.starts_with(|c: char| c.is_ascii_digit()))
    };
    let went = lower(1) == Some("từ")
        && (number.to..(number.to + UNTIL).min(words.len())).any(|at| {
            ["xuống", "lên"].contains(&words.list[at].lower.as_str())
                && (is_number(at + 1) || is_number(at + 2))
        });
    if earlier || went {
        return FigureKind::Earlier;
    }
    // What is planned in one part of a sentence says nothing of the next.
    let before = begins.saturating_sub(6);
    let before = (before..begins).rev().find(|at| words.is_mark(*at, &[';'])).unwrap_or(before);
    let goal = ahead
        || is_planned(words, begins)
        || near(
            before,
            begins,
            &["phan dau", "chi tieu", "muc tieu", "du kien", "it nhat", "toi thieu", "ke hoach giao"],
        )
        // "sẽ", and not the "sẻ" of "chia sẻ".
        || (before..begins)
            .any(|at| words.list.get(at).is_some_and(|word| word.lower == "sẽ"));
    if goal {
        return FigureKind::Goal;
    }
    if number.percent { FigureKind::Share } else { FigureKind::Counted }
}

/// The lines of a paragraph by the words in them, read once and only where a number asks for them.
struct Places<'t> {
    of: &'t [usize],
    lines: &'t [&'t str],
    by_word: Option<HashMap<String, Vec<usize>>>,
}

impl Places<'_> {
    /// The lines in which a word stands; all of them where that cannot be told.
    fn of(&mut self, word: &str) -> Vec<usize> {
        let (of, lines) = (self.of, self.lines);
        let by_word = self.by_word.get_or_insert_with(|| by_word(of, lines));
        let found = by_word.get(word).map_or(of, |lines| lines.as_slice());
        found.iter().copied().take(LINES).collect()
    }
}

fn by_word(of: &[usize], lines: &[&str]) -> HashMap<String, Vec<usize>> {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for line in of {
        let text = line.checked_sub(1).and_then(|at| lines.get(at)).copied().unwrap_or_default();
        for word in Words::of(text).list {
            let standing = found.entry(word.plain).or_default();
            if standing.last() != Some(line) {
                standing.push(*line);
            }
        }
    }
    found
}
