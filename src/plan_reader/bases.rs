//! The documents a text rests on, from the paragraphs before its first clause, and the body that the last of these
//! paragraphs names as the one that speaks ("UBND tỉnh xây dựng Kế hoạch như sau").

use super::blocks::Block;
use super::citations::{Citation, citations};
use super::reading::{Basis, Sure};
use super::sentences::{parts, sentences};
use super::unit::{unit_at, verb_at};
use super::unit_list::list_at;
use super::words::{Words, shortened};

/// What the paragraphs before the first clause say.
#[derive(Default)]
pub(super) struct Preamble {
    pub bases: Vec<Basis>,
    /// The body that speaks, with its lines.
    pub speaker: Option<(String, Vec<usize>)>,
    /// "Kế hoạch", "Báo cáo": what it says it is doing.
    pub does: Option<&'static str>,
}

pub(super) fn read(blocks: &[&Block]) -> Preamble {
    let mut preamble = Preamble::default();
    for block in blocks {
        for (from, to) in parts(&block.text) {
            part(block, from, to, &mut preamble);
        }
    }
    preamble
}

/// The bases of a text without any mark, in its first paragraphs as far as they begin as bases do.
pub(super) fn leading(blocks: &[Block]) -> Vec<Basis> {
    const MOST: usize = 12;
    let begins = |block: &&Block| {
        let words = Words::of(shortened(&block.text, 300));
        lead_end(&words, 0) > 0 || words.any(0, &["theo", "xét", "tren co so", "phuc vu"]).is_some()
    };
    let first: Vec<&Block> = blocks.iter().take(MOST).take_while(begins).collect();
    read(&first).bases
}

fn part(block: &Block, from: usize, to: usize, preamble: &mut Preamble) {
    let words = Words::of(&block.text[from..to]);
    let speaks = speaker(&words);
    let end = speaks.map_or(words.len(), |(at, _, _)| at);
    if let Some((at, name, verb)) = speaks {
        let start = from + words.list[at].from;
        let name_end = from + words.list[name.1 - 1].to;
        preamble.speaker = Some((words.between(name.0, name.1).to_owned(), block.lines(start, name_end)));
        preamble.does = doing(&words, verb).or(preamble.does);
    }
    let found = citations(&words, end);
    for (index, citation) in found.iter().enumerate() {
        let begins = if index == 0 { begins_at(&words, citation.from) } else { citation.from };
        let ends =
            found.get(index + 1).map_or(end, |next| next.from).min(sentence_end(&words, citation.from));
        let text = words.between(begins, ends).trim_end_matches(['.', ';', ',', ':', ' ']);
        let text = text.strip_suffix(" và").unwrap_or(text);
        let start = from + words.list[begins].from;
        preamble.bases.push(basis(citation, text, block.lines(start, start + text.len())));
    }
}

fn basis(citation: &Citation, text: &str, lines: Vec<usize>) -> Basis {
    Basis {
        kind: citation.kind.to_owned(),
        number: citation.number.clone(),
        date: citation.date,
        issuer: citation.issuer.clone(),
        text: text.to_owned(),
        lines,
        sure: if citation.number.is_some() { Sure::Certain } else { Sure::Likely },
    }
}

/// The word that begins the sentence after the one a word stands in: what is told behind a citation is no part of it.
fn sentence_end(words: &Words<'_>, at: usize) -> usize {
    let from = words.list.get(at).map_or(0, |word| word.from);
    let end = sentences(words.text).into_iter().find(|(start, end)| (*start..*end).contains(&from));
    let end = end.map_or(words.text.len(), |(_, end)| end);
    words.list.iter().position(|word| word.from >= end).unwrap_or(words.len())
}

/// Where the first citation begins: behind "Căn cứ" or "Thực hiện" of its own sentence. What is told before it is no part of it.
fn begins_at(words: &Words<'_>, cited: usize) -> usize {
    let starts = sentences(words.text).into_iter().map(|(from, _)| from);
    let at = words.list.get(cited).map_or(0, |word| word.from);
    let sentence = starts.filter(|from| *from <= at).max().unwrap_or(0);
    let first = words.list.iter().position(|word| word.from >= sentence).unwrap_or(0);
    lead_end(words, first).min(cited)
}

/// The first word after "Căn cứ", "Thực hiện".
fn lead_end(words: &Words<'_>, first: usize) -> usize {
    // "UBND tỉnh nhận được Công văn số …".
    let received = list_at(words, first).map_or(first, |list| list.end);
    if let Some(end) = words.any(received, &["nhan duoc", "da nhan duoc", "tiep nhan"]) {
        return end;
    }
    words
        .any(
            first,
            &[
                "can cu vao",
                "can cu",
                "thuc hien",
                "trien khai thuc hien",
                "trien khai",
                "tiep theo",
                "thuc hien theo",
                "thuc hien noi dung",
                "chap hanh",
                "de thuc hien",
                "de trien khai thuc hien",
                "nham thuc hien",
                "tiep tuc thuc hien",
            ],
        )
        .unwrap_or(first)
}

/// The body that speaks: at the beginning of the part or after a comma, with a verb of issuing after it.
/// Where it begins, its name, and the verb.
fn speaker(words: &Words<'_>) -> Option<(usize, (usize, usize), usize)> {
    const ISSUES: &[&str] = &[
        "xay dung",
        "ban hanh",
        "bao cao",
        "yeu cau",
        "de nghi",
        "trien khai",
        "huong dan",
        "thong bao",
        "giao",
        "to chuc trien khai",
        "phat dong",
        "co y kien",
        "kinh trinh",
        "trinh",
        "chi dao",
        "kinh de nghi",
        "quyet dinh",
        "lap",
        "phan cong",
        "giao nhiem vu",
        "de ra",
        "thong nhat",
        "chi thi",
    ];
    let follows = (0..words.len())
        .rev()
        .find(|at| words.phrase(*at, "như sau").is_some() || words.phrase(*at, "sau :").is_some());
    (0..words.len()).find_map(|at| {
        if at > 0 && !words.is_mark(at - 1, &[',', ';', '.']) {
            return None;
        }
        let name = unit_at(words, at)?;
        let verb = if words.is_mark(name.1, &[',']) { name.1 + 1 } else { name.1 };
        let last = follows.is_some_and(|follows| follows >= verb) || at == 0 || words.text.ends_with(':');
        (last && words.any(verb, ISSUES).is_some() && verb_or_give(words, verb)).then_some((at, name, verb))
    })
}

fn verb_or_give(words: &Words<'_>, at: usize) -> bool {
    verb_at(words, at) || words.any(at, &["giao", "co y kien", "de ra", "thong nhat", "chi thi"]).is_some()
}

fn doing(words: &Words<'_>, verb: usize) -> Option<&'static str> {
    let near = |phrase: &str| words.find(verb, phrase).is_some_and(|at| at < verb + 5);
    if near("ke hoach") {
        Some("Kế hoạch")
    } else if words.any(verb, &["bao cao"]).is_some() {
        Some("Báo cáo")
    } else if near("huong dan") {
        Some("Hướng dẫn")
    } else {
        None
    }
}
