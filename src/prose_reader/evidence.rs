//! Titles of articles, clips and programmes: between quotation marks after the word for one, in a list after "như:", in a line
//! with a link. They are proposed as evidence; an address is taken where the text gives one.

use super::pieces::Parted;
use super::prose::{LINES, Title};
use crate::plan_reader::Sure;
use crate::plan_reader::words::Words;
use crate::vietnamese::{clean_line, search_key};

/// Titles of a report, at most.
const MOST: usize = 200;
/// A title of fewer words is a name.
const WORDS: usize = 4;

/// The words for something published, folded.
const PUBLISHED: &[&str] = &[
    "tin",
    "bai",
    "bai viet",
    "phong su",
    "clip",
    "video",
    "chuyen de",
    "tac pham",
    "tieu pham",
    "phim",
    "tin bai",
    "anh",
    "chuong trinh",
    "cau chuyen",
    "toa dam",
    "chuyen muc",
    "ban tin",
    "chum bai",
    "loat bai",
];

/// Words behind a title that tell where and when it was published, folded.
const WHERE: &[&str] = &["dang", "duoc dang", "phat", "duoc phat", "tren", "ngay", "cua"];

pub(super) fn of(pieces: &[Parted]) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    for part in pieces {
        // "Một số tin, bài tiêu biểu:" and a title a line after it.
        let mut list = false;
        for (text, lines) in &part.paragraphs {
            if titles.len() >= MOST {
                return titles;
            }
            let item = text.strip_prefix("- ").or_else(|| text.strip_prefix("+ "));
            let whole = item.unwrap_or(text);
            let named = in_quotes(whole);
            if linked(whole).is_some() && !named.is_empty() {
                for (title, url) in named {
                    add(&mut titles, title, url, lines, Sure::Certain);
                }
                list = list && item.is_some();
                continue;
            }
            if let Some((title, url)) = linked(whole) {
                add(&mut titles, &title, url, lines, Sure::Certain);
                list = list && item.is_some();
                continue;
            }
            if let (true, Some(item)) = (list, item) {
                add(&mut titles, item, String::new(), lines, Sure::Likely);
                continue;
            }
            list = text.trim_end().ends_with(':') && publishes(text);
            for title in quoted(text) {
                add(&mut titles, title, String::new(), lines, Sure::Likely);
            }
            for title in listed(text) {
                add(&mut titles, title, String::new(), lines, Sure::Guess);
            }
        }
    }
    titles
}

fn add(titles: &mut Vec<Title>, text: &str, url: String, lines: &[usize], sure: Sure) {
    if titles.len() >= MOST {
        return;
    }
    let marks: &[char] = &[' ', '.', ';', ',', ':', '"', '“', '”', '…', '*', '-', '–', '('];
    let text = text.trim_matches(marks).trim();
    let known = titles.iter().any(|title| title.text == text && title.url == url);
    if !known && (!text.is_empty() || !url.is_empty()) {
        let lines = lines.iter().copied().take(LINES).collect();
        titles.push(Title { text: text.to_owned(), url, lines, sure });
    }
}

fn publishes(text: &str) -> bool {
    let key = format!(" {} ", search_key(text));
    PUBLISHED.iter().any(|word| key.contains(&format!(" {word} ")))
}

/// A line with an address: what stands beside it without the words that lead to it, and the address.
fn linked(text: &str) -> Option<(String, String)> {
    let at = ["https://", "http://", "www."].iter().filter_map(|begin| text.find(begin)).min()?;
    let rest = &text[at..];
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ')', ']', '>', '"', '”']);
    let title = clean_line(&format!("{} {}", without_lead(&text[..at]), &rest[end..]));
    let url = if url.starts_with("www.") { format!("https://{url}") } else { url.to_owned() };
    Some((title, url))
}

/// "Một số tin, bài tiêu biểu: Người trở về mở xưởng mộc": the title behind the colon.
fn without_lead(text: &str) -> &str {
    match text.split_once(':') {
        Some((lead, title))
            if publishes(lead)
                && title.split_whitespace().count() >= WORDS
                && lead.split_whitespace().count() <= 12 =>
        {
            title
        }
        _ => text,
    }
}

/// The titles between quotation marks of a line with addresses, each with the address that follows it before the next: one
/// behind several is the last one's. Nothing where the quoted words are no title.
fn in_quotes(text: &str) -> Vec<(&str, String)> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match (c, open) {
            ('“' | '"' | '«', None) => open = Some(end),
            ('”' | '"' | '»' | '“', Some(from)) => {
                spans.push((from, at, end));
                open = None;
            }
            _ => {}
        }
    }
    let words = |from: usize, to: usize| text[from..to].split_whitespace().take(WORDS).count();
    // A quoted word inside a title that stands without quotes: "Mô hình “3 cùng” ở xã …: https://…".
    let before = spans.first().map_or("", |(from, ..)| &text[..*from]);
    let address =
        |from: usize| ["https://", "http://", "www."].iter().filter_map(|b| text[from..].find(b)).min();
    let behind = spans.last().map_or("", |(.., end)| {
        let rest = &text[*end..];
        &rest[..address(*end).unwrap_or(rest.len())]
    });
    let lead = publishes(before) || before.split_whitespace().count() <= 1;
    let told = search_key(behind.split(['.', ';']).next().unwrap_or_default());
    let alone = behind.split_whitespace().count() <= 3
        || publishes(before) && WHERE.iter().any(|word| format!("{told} ").starts_with(&format!("{word} ")));
    if !(lead && alone) {
        return Vec::new();
    }
    spans.retain(|(from, to, _)| words(*from, *to) >= 2);
    let next = |at: usize| spans.get(at + 1).map_or(text.len(), |(from, ..)| *from);
    let url = |at: usize, end: usize| linked(&text[end..next(at)]).map(|(_, url)| url).unwrap_or_default();
    spans.iter().enumerate().map(|(at, (from, to, end))| (&text[*from..*to], url(at, *end))).collect()
}

/// Titles between quotation marks, after the word for something published.
fn quoted(text: &str) -> Vec<&str> {
    let words = Words::of(text);
    let marks: Vec<usize> = (0..words.len()).filter(|at| words.is_mark(*at, &['"'])).collect();
    let mut found = Vec::new();
    let mut after_title: Option<usize> = None;
    for pair in marks.chunks(2) {
        let [open, close] = pair else { break };
        let lead = (open.saturating_sub(6)..*open)
            .any(|at| words.any(at, PUBLISHED).is_some_and(|end| end <= *open));
        // "Đề án “…”", "Kế hoạch “…”": another thing right before the mark.
        let other = open.checked_sub(2).is_some_and(|at| {
            (at..*open).any(|at| {
                words
                    .any(
                        at,
                        &[
                            "de an",
                            "ke hoach",
                            "mo hinh",
                            "phong trao",
                            "cuoc thi",
                            "hoi thi",
                            "du an",
                            "chu de",
                        ],
                    )
                    .is_some_and(|end| end == *open)
            })
        });
        // One after another: “…”, “…” và “…”.
        let goes_on = after_title.is_some_and(|last| open - last <= 2);
        let long = close - open > WORDS;
        if (lead && !other || goes_on) && long {
            found.push(&text[words.list[*open].to..words.list[*close].from]);
            after_title = Some(*close);
        }
    }
    found
}

/// Titles after "tin, bài nổi bật như:", between semicolons, or commas before a capital.
fn listed(text: &str) -> Vec<&str> {
    let lead = ["như:", "gồm:", "là:", "như sau:", "biểu:", "bật:"].iter().filter_map(|end| {
        let at = text.find(end)?;
        publishes(&text[..at]).then_some(at + end.len())
    });
    let Some(begin) = lead.min() else { return Vec::new() };
    let list = &text[begin..];
    let mut found: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, mark) in list.match_indices([';', ',']) {
        let capital = list[at + 1..].trim_start().chars().next().is_some_and(char::is_uppercase);
        // No more words are counted than it takes: a list may have no end.
        let long = list[from..at].split_whitespace().take(WORDS).count() >= WORDS;
        if mark == ";" || capital && long {
            found.push(&list[from..at]);
            from = at + 1;
        }
    }
    found.push(&list[from..]);
    found.retain(|title| title.split_whitespace().count() >= WORDS && !title.contains(['“', '"']));
    found
}
