//! Which clause of a unit's plan answers which of its tasks: by the pairs of neighbouring words they share, and by the clauses they cite.
//! Pure. A pair of words says more than its syllables, which without accents are a dozen words each; what every plan says, says
//! nothing. Nothing is proposed that shares no two pairs and cites no clause.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::items::Item;
use crate::plan_reader::Sure;
use crate::prose_reader::{Cited, cited, path_of};
use crate::vietnamese::{clean_line, search_key};

/// A task of the unit, as the provincial plan gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// "III.2".
    pub clause: String,
    /// "13/KH-UBND"; "" while its number is blank.
    pub number: String,
    pub text: String,
    /// It asks for the plan that is read, as a whole.
    pub own: bool,
}

/// An item that may answer a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// By their places.
    pub task: usize,
    pub item: usize,
    pub sure: Sure,
    /// The item names the task's clause.
    pub cited: bool,
    /// Pairs of words they share; 0 where these are too few to tell.
    pub shared: usize,
    /// What these are of the weight of the task, or of one of its works, of a hundred.
    pub percent: usize,
}

/// Tasks one item is proposed for, at most.
const MOST: usize = 3;
/// Shares of a task, of a hundred, from which an item is shown, is likely, and is sure.
const SHOWN: usize = 18;
const LIKELY: usize = 35;
const CERTAIN: usize = 60;
/// Pairs that are shared at least, and those that make sure.
const PAIRS: usize = 2;
const SURE_PAIRS: usize = 3;
/// What the next best task of an item may share beside a best of a hundred.
const SECOND: usize = 70;

/// Words that join and say nothing, with their accents: without them they are other words too.
const EMPTY: &[&str] = &[
    "và", "các", "của", "cho", "về", "tại", "với", "đến", "từ", "là", "ở", "thì", "mà", "khi", "để", "được",
    "bị", "những", "mọi", "một", "này", "đó", "trên", "trong", "theo", "bằng", "qua", "hoặc", "cùng", "như",
    "vào", "ra",
];

/// Pairs that stand in every plan.
const COMMON: &[&str] = &[
    "tai hoa",
    "hoa nhap",
    "nhap cong",
    "cong dong",
    "tuyen truyen",
    "ke hoach",
    "thuc hien",
    "to chuc",
    "don vi",
    "cong tac",
    "trien khai",
    "phoi hop",
    "uy ban",
    "ban nhan",
    "nhan dan",
    "dan tinh",
    "cong an",
    "an tinh",
    "can cu",
    "qui dinh",
    "chu tri",
    "co quan",
    "dia phuong",
    "khong gian",
    "gian mang",
    "noi dung",
    "nhiem vu",
    "an phat",
    "phat tu",
    "chap hanh",
    "hanh xong",
    "xong an",
    "man han",
    "han tu",
    "nguoi man",
    "nguoi chap",
    "nguoi dan",
    "viec thuc",
    "lien quan",
    "ban nganh",
    "xay dung",
    "giai phap",
];

/// The pairs of neighbouring words of a text, none over a mark or an empty word.
pub fn pairs(text: &str) -> BTreeSet<String> {
    let marks = |c: char| !(c.is_alphanumeric() || c.is_whitespace() || is_joined(c));
    let mut found = BTreeSet::new();
    for phrase in text.split(marks) {
        // None stands for an empty word: nothing is paired over it.
        let mut words: Vec<Option<String>> = Vec::new();
        for word in phrase.split_whitespace() {
            let said = clean_line(word).to_lowercase();
            match EMPTY.contains(&said.as_str()) {
                true => words.push(None),
                false => words.extend(search_key(word).split(' ').map(|word| Some(word.to_owned()))),
            }
        }
        for two in words.windows(2) {
            let [Some(first), Some(second)] = two else { continue };
            let pair = format!("{first} {second}");
            if !COMMON.contains(&pair.as_str()) {
                found.insert(pair);
            }
        }
    }
    found
}

/// Marks of accents typed apart from their letters.
fn is_joined(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A task by its pairs: the whole, and each of the works it names between semicolons, as one of them may be answered alone.
fn parts(task: &str) -> Vec<BTreeSet<String>> {
    let works = task.split([';', '.']).map(pairs).filter(|work| work.len() >= SURE_PAIRS);
    std::iter::once(pairs(task)).chain(works).collect()
}

/// What may answer what, by task and then by how good it is.
pub fn propose(tasks: &[Asked], items: &[Item]) -> Vec<Link> {
    let asked: Vec<Vec<BTreeSet<String>>> = tasks.iter().map(|task| parts(&task.text)).collect();
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in asked.iter().filter_map(|parts| parts.first()).flatten() {
        *holders.entry(pair.as_str()).or_insert(0) += 1;
    }
    let weight = |pair: &String| 1_000 / holders.get(pair.as_str()).copied().unwrap_or(1);
    let weigh = |part: &BTreeSet<String>, said: &BTreeSet<String>| {
        let all: usize = part.iter().map(weight).sum();
        let (shared, both) =
            part.intersection(said).fold((0, 0), |(n, sum), pair| (n + 1, sum + weight(pair)));
        (both * 100 / all.max(1), shared)
    };
    let mut links = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let said = pairs(&item.text);
        let cited = cited(&item.text);
        let mut own: Vec<Link> = (0..tasks.len())
            .map(|task| {
                let of = asked[task].iter().map(|part| weigh(part, &said)).filter(|of| of.1 >= PAIRS);
                let (percent, shared) = of.max().unwrap_or_default();
                let cited = names(&cited, &tasks[task]);
                Link { task, item: at, sure: Sure::Guess, cited, shared, percent }
            })
            .collect();
        let mut all: Vec<usize> = own.iter().map(|link| link.percent).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        let (best, second) =
            (all.first().copied().unwrap_or_default(), all.get(1).copied().unwrap_or_default());
        let alone = own.iter().filter(|link| link.cited).count() == 1;
        for link in &mut own {
            let leads = link.percent == best && second * 100 <= best * SECOND;
            let sure = sure(link, leads, alone);
            // What is read unsurely, and what a plan is for, answers nothing surely.
            link.sure = if item.aim || item.sure == Sure::Guess { Sure::Guess } else { sure };
        }
        own.retain(|link| link.cited || link.percent >= SHOWN);
        own.sort_by_key(|link| {
            (std::cmp::Reverse((link.sure, link.cited, link.percent, link.shared)), link.task)
        });
        own.truncate(MOST);
        links.extend(own);
    }
    links
        .sort_by_key(|link| (link.task, std::cmp::Reverse((link.sure, link.cited, link.percent)), link.item));
    links
}

fn sure(link: &Link, leads: bool, alone: bool) -> Sure {
    match (link.cited, link.percent) {
        (true, SHOWN..) => Sure::Certain,
        (true, _) if alone => Sure::Likely,
        (true, _) => Sure::Guess,
        (false, CERTAIN..) if leads && link.shared >= SURE_PAIRS => Sure::Certain,
        (false, CERTAIN..) => Sure::Likely,
        (false, LIKELY..) if leads => Sure::Likely,
        (false, _) => Sure::Guess,
    }
}

/// Whether one of the cited clauses is the task's, or one above it; of its plan where both have a number.
fn names(cited: &[Cited], task: &Asked) -> bool {
    let path = path_of(&task.clause);
    let mut cited = cited.iter().filter(|named| named.of_another);
    cited.any(|named| named.covers(&path) && named.agrees(&task.number) != Some(false))
}
