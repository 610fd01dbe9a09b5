//! Who leads and who helps, said in one breath: "Công an tỉnh chủ trì; Sở Nội vụ, Sở Y tế phối hợp", "Sở Nội vụ (chủ trì), Sở Y tế
//! (phối hợp)", "Chủ trì: X; phối hợp: Y; hoàn thành: …". As a heading above work, behind it in brackets, or as its last sentence.

use super::unit_list::{lead, list_at, whole_list};
use super::words::{Words, plain};
use crate::vietnamese::capital;

/// The bodies of such a statement, and the word after it.
#[derive(Debug)]
pub(super) struct Shared {
    pub leads: Vec<String>,
    pub with: Vec<String>,
    /// "Hoàn thành: trước ngày 30/6/2026": what else it says.
    pub others: Vec<String>,
    pub end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Lead,
    With,
}

const LEADS: &[&str] = &[
    "chu tri thuc hien",
    "chu tri tham muu",
    "chu tri trien khai",
    "chu tri",
    "là co quan chu tri",
    "là don vi chu tri",
    "chiu trach nhiem chinh",
    "thuc hien chinh",
];
const HELPS: &[&str] = &[
    "phoi hop thuc hien",
    "cung phoi hop",
    "tham gia phoi hop",
    "phoi hop",
    "là co quan phoi hop",
    "là don vi phoi hop",
];
/// What stands between a body and its part in brackets: "(cơ quan chủ trì)".
const BODIES: &[&str] =
    &["co quan", "don vi", "don vi , ca nhan", "co quan , don vi", "bo phan", "là co quan", "là don vi"];
/// Labels of other things in such a statement.
const OTHERS: &[&str] =
    &["hoan thanh", "thoi gian", "thoi han", "tien do", "san pham", "kinh phi", "dia diem", "xong"];

/// Whether a text holds the words of such a statement at all.
pub(super) fn may_share(text: &str) -> bool {
    const LABELS: [&str; 4] = ["thực hiện:", "phụ trách:", "thực hiện chính", "nhiệm chính"];
    let mut last = "";
    // With their accents or without; few words begin with these letters.
    let mut parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let parted = parts.any(|word| {
        let before = std::mem::replace(&mut last, word);
        let pair = match word.as_bytes().first() {
            Some(b'h' | b'H') => before.starts_with(['p', 'P']).then_some(("phoi", "hop")),
            Some(b't' | b'T') => before.starts_with(['c', 'C']).then_some(("chu", "tri")),
            _ => None,
        };
        pair.is_some_and(|(first, second)| plain(word) == second && plain(before) == first)
    });
    parted || LABELS.iter().any(|label| text.contains(label))
}

/// The statement that begins at a word; none where no body leads.
pub(super) fn shared(words: &Words<'_>, at: usize) -> Option<Shared> {
    let mut found = Shared { leads: Vec::new(), with: Vec::new(), others: Vec::new(), end: at };
    let mut here = at;
    loop {
        let next = statement(words, here, &mut found)?;
        found.end = next;
        let comma = words.is_mark(next, &[',', ';', '.']);
        let behind = if comma { next + 1 } else { next };
        let behind = words.any(behind, &["và"]).unwrap_or(behind);
        let more = behind > next && behind < words.len() && begins(words, behind);
        if !more {
            break;
        }
        here = behind;
    }
    found.with.retain(|unit| !found.leads.contains(unit));
    (!found.leads.is_empty()).then_some(found)
}

fn begins(words: &Words<'_>, at: usize) -> bool {
    labelled(words, at).is_some()
        || other(words, at).is_some()
        || helped(words, at).is_some()
        || named(words, at).is_some()
}

/// One part of the statement, and the word after it.
fn statement(words: &Words<'_>, at: usize, found: &mut Shared) -> Option<usize> {
    if let Some(end) = other(words, at) {
        found.others.push(capital(words.between(at, end).trim_end_matches(['.', ';', ' '])));
        return Some(end);
    }
    let (part, units, end) =
        labelled(words, at).or_else(|| helped(words, at)).or_else(|| named(words, at))?;
    let into = if part == Part::Lead { &mut found.leads } else { &mut found.with };
    into.extend(units.into_iter().filter(|unit| !into.contains(unit)).collect::<Vec<_>>());
    Some(end)
}

type Said = (Part, Vec<String>, usize);

/// "Chủ trì: Công an tỉnh", "Cơ quan phối hợp: các sở".
fn labelled(words: &Words<'_>, at: usize) -> Option<Said> {
    let from = words.any(at, BODIES).unwrap_or(at);
    let (part, end) = match (words.any(from, LEADS), words.any(from, HELPS)) {
        (Some(end), _) => (Part::Lead, end),
        (None, Some(end)) => (Part::With, end),
        (None, None) if from > at => (Part::Lead, words.any(from, &["thuc hien", "phu trach"])?),
        (None, None) => return None,
    };
    if !words.is_mark(end, &[':']) {
        return None;
    }
    let list = list_at(words, end + 1)?;
    Some((part, list.units, list.end))
}

/// "Phối hợp với Sở Tài chính" behind a body that leads.
fn helped(words: &Words<'_>, at: usize) -> Option<Said> {
    let next = words.any(
        at,
        &["phoi hop chat che voi", "phoi hop voi", "phoi hop cung", "phoi hop cung voi", "phoi hop"],
    )?;
    let list = list_at(words, next)?;
    Some((Part::With, list.units, list.end))
}

/// "Sở Nội vụ, Sở Y tế phối hợp".
fn named(words: &Words<'_>, at: usize) -> Option<Said> {
    let from = words.any(at, &["giao", "do"]).unwrap_or(at);
    let list = list_at(words, from)?;
    let (part, end) = match (words.any(list.end, LEADS), words.any(list.end, HELPS)) {
        (Some(end), _) => (Part::Lead, end),
        (None, Some(end)) => (Part::With, end),
        (None, None) => return None,
    };
    Some((part, list.units, end))
}

/// "Hoàn thành: trước ngày 30/6", up to the next part.
fn other(words: &Words<'_>, at: usize) -> Option<usize> {
    let end = words.any(at, OTHERS)?;
    let colon = (end..words.len().min(end + 3)).any(|at| words.is_mark(at, &[':']));
    let told = colon || words.any(end, &["truoc", "trong", "chậm"]).is_some();
    told.then(|| (end..words.len()).find(|at| words.is_mark(*at, &[';', ')'])).unwrap_or(words.len()))
}

/// The same text with the brackets around "(chủ trì)" and "(phối hợp)" as spaces: as long as before.
fn opened(text: &str) -> String {
    let words = Words::of(text);
    let mut bytes = text.as_bytes().to_vec();
    for open in (0..words.len()).filter(|at| words.is_mark(*at, &['('])) {
        let from = words.any(open + 1, BODIES).unwrap_or(open + 1);
        let part = words.any(from, LEADS).or_else(|| words.any(from, HELPS));
        if let Some(close) = part.filter(|end| words.is_mark(*end, &[')'])) {
            let body = words.list[open].from..words.list[from].from;
            bytes[body].fill(b' ');
            bytes[words.list[close].from] = b' ';
        }
    }
    // "Sở Nội vụ - chủ trì, Sở Y tế - phối hợp".
    for dash in (0..words.len()).filter(|at| words.is_mark(*at, &['-'])) {
        if words.any(dash + 1, LEADS).or_else(|| words.any(dash + 1, HELPS)).is_some() {
            bytes[words.list[dash].from..words.list[dash].to].fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A heading that is such a statement: how the work is given, by whom, and what follows a colon.
pub(super) fn heading(first: &str) -> Option<(super::reading::Mode, Shared, String)> {
    const LONGEST: usize = 900;
    let text = super::words::shortened(first, LONGEST);
    if !may_share(text) {
        return None;
    }
    let text = opened(text);
    let words = Words::of(&text);
    let (mode, from) = lead(&words, 0);
    let found = shared(&words, from)?;
    let colon = words.is_mark(found.end, &[':']);
    let ends = found.end >= words.len()
        || colon
        || found.end + 1 == words.len() && words.is_mark(found.end, &['.', ';', ',']);
    // "Giao Sở Công Thương chủ trì" alone shares nothing.
    let shares = !found.with.is_empty() || text != super::words::shortened(first, LONGEST);
    if !ends || !shares || first.len() > LONGEST && !colon {
        return None;
    }
    let rest = words
        .list
        .get(found.end)
        .filter(|_| colon)
        .map_or("", |word| first.get(word.to..).unwrap_or_default());
    Some((mode, found, rest.trim().to_owned()))
}

/// "(Chủ trì: X; phối hợp: Y)" somewhere in a paragraph, or "- Đơn vị chủ trì: X" at its end.
pub(super) fn in_brackets(words: &Words<'_>) -> Option<Shared> {
    let ends = |at: usize| words.list.get(at..).unwrap_or_default().iter().all(|word| word.mark.is_some());
    (0..words.len()).find_map(|open| {
        let bracket = words.is_mark(open, &['(']);
        let dash = words.is_mark(open, &['-']) && labelled(words, open + 1).is_some();
        let found = (bracket || dash).then(|| shared(words, open + 1)).flatten()?;
        (bracket && words.is_mark(found.end, &[')', '.']) || ends(found.end)).then_some(found)
    })
}

/// A sentence that is nothing else.
pub(super) fn whole_sentence(text: &str) -> Option<Shared> {
    let words = Words::of(text);
    let bare = words.is_mark(0, &['(']);
    let found = shared(&words, usize::from(bare))?;
    words.list[found.end.min(words.len())..].iter().all(|word| word.mark.is_some()).then_some(found)
}

/// "Trách nhiệm: Sở Nội vụ", "Đầu mối: Sở Nội vụ": a label of few words and nothing but names behind it.
pub(super) fn in_charge(text: &str) -> Option<Vec<String>> {
    const LABELS: &[&str] = &[
        "trach nhiem",
        "trach nhiem thuc hien",
        "trach nhiem chinh",
        "phan cong",
        "phan cong thuc hien",
        "phan cong phu trach",
        "phu trach",
        "dau moi",
        "dau moi thuc hien",
        "co quan dau moi",
        "don vi dau moi",
        "giao",
        "thuc hien",
    ];
    let (before, rest) = text.split_once(':')?;
    let words = Words::of(before);
    words.any(0, LABELS).filter(|end| *end == words.len())?;
    whole_list(rest.trim()).map(|(_, units)| units)
}
