//! Which figure of the form a number of the text may answer: by the words of its name and of its measure against the sentence.
//! A word that many names share says little. Nothing is proposed twice.

use std::collections::{BTreeSet, HashMap};

use super::asked::{Form, FormFigure};
use super::figures::Spot;
use super::money;
use super::pieces::Parted;
use super::prose::{Figure, FigureDoubt};
use crate::plan_reader::Sure;
use crate::vietnamese::search_key;

/// Candidates shown first, at most.
const SHOWN: usize = 5;
/// Points a candidate needs to be shown first, and to be proposed.
const MAY: u32 = 30;
const IS: u32 = 50;
/// Points from which it is ticked beforehand.
const LIKELY: u32 = 75;
/// Points the best must lead by to be likely, and to be sure.
const LEADS: u32 = 10;

const EMPTY: &[&str] = &[
    "va", "cac", "cua", "tren", "ve", "trong", "ki", "cho", "duoc", "la", "tai", "hoac", "da", "co", "cuoi",
    "so", "voi", "theo", "den", "o",
];

struct Known<'f> {
    asked: &'f FormFigure,
    /// Its words with what each weighs.
    words: Vec<(String, u32)>,
    measure: Vec<String>,
}

/// Fills in candidates and proposals.
pub(super) fn propose(figures: &mut [Figure], spots: &[Spot], pieces: &[Parted], form: &Form) {
    let known = known(form);
    let mut best: Vec<(usize, u32, u32)> = Vec::new();
    // Sentence, and the bytes of it that each takes.
    let spans: Vec<(usize, usize, usize)> = figures
        .iter()
        .zip(spots)
        .map(|(figure, spot)| (spot.sentence, spot.begins + figure.from, spot.begins + figure.to))
        .collect();
    for (at, figure) in figures.iter_mut().enumerate() {
        if !figure.kind.is_value() {
            continue;
        }
        let near = nearby(figure, &spans, at);
        let heading = pieces.get(figure.piece).map_or("", |part| part.piece.heading.as_str());
        let use_of = money::of(figure, near.start);
        let near = near.text;
        let scored = scored(figure, near, heading, &known, use_of);
        figure.candidates = scored
            .iter()
            .filter(|(points, _)| *points >= MAY)
            .take(SHOWN)
            .map(|(_, k)| k.asked.code.clone())
            .collect();
        // How many places something stands on is no number of what stands there.
        if let Some((points, first)) = scored.first()
            && *points >= IS
            && figure.doubt != Some(FigureDoubt::Place)
        {
            let lead = points - scored.get(1).map_or(0, |(points, _)| *points);
            figure.proposed = Some(first.asked.code.clone());
            figure.sure = match *points {
                _ if figure.doubt.is_some() => Sure::Guess,
                85.. if lead >= LEADS => Sure::Certain,
                // The right figure may not be among those that are asked: half a name is a guess.
                LIKELY.. if lead >= LEADS => Sure::Likely,
                _ => Sure::Guess,
            };
            best.push((at, *points, lead));
        }
    }
    // Two sums for one figure: a person says which.
    let sums: Vec<usize> =
        best.iter().map(|(at, ..)| *at).filter(|at| figures[*at].typed.ends_with("đồng")).collect();
    let told: Vec<(usize, Option<String>)> =
        sums.iter().map(|at| (*at, figures[*at].proposed.clone())).collect();
    for (at, code) in &told {
        if told.iter().any(|(other, its)| other != at && its == code) {
            figures[*at].sure = Sure::Guess;
        }
    }
    // The better of two keeps the figure; of equals the first.
    best.sort_by_key(|(at, points, lead)| (std::cmp::Reverse((*points, *lead)), *at));
    let mut given: BTreeSet<String> = BTreeSet::new();
    for (at, ..) in best {
        let taken = figures[at].proposed.clone().is_some_and(|code| !given.insert(code));
        if taken {
            figures[at].sure = Sure::Guess;
            figures[at].proposed = None;
        }
    }
}

/// What offices write, and the catalogue's words for it: a page on a social network, a message however it is named.
const SAME: &[(&str, &str)] = &[
    ("fanpage", "mang xa hoi"),
    ("facebook", "mang xa hoi"),
    ("zalo", "mang xa hoi"),
    ("tiktok", "mang xa hoi"),
    ("tin nhan sms", MESSAGES),
    ("tin nhan", MESSAGES),
    ("tin sms", MESSAGES),
    ("sms", MESSAGES),
];

/// Messages as one word: they are no "tin" of a newspaper.
const MESSAGES: &str = "tinnhan";

fn words_of(text: &str) -> Vec<String> {
    let mut key = format!(" {} ", search_key(text));
    for (said, asked) in SAME {
        key = key.replace(&format!(" {said} "), &format!(" {asked} "));
    }
    key.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word)).map(str::to_owned).collect()
}

fn known(form: &Form) -> Vec<Known<'_>> {
    let names: Vec<(&FormFigure, BTreeSet<String>)> = form
        .figures
        .iter()
        .filter(|asked| !asked.yes_no)
        .map(|asked| (asked, words_of(&asked.name).into_iter().collect()))
        .collect();
    let mut shared: HashMap<&str, u32> = HashMap::new();
    for (_, words) in &names {
        for word in words {
            *shared.entry(word.as_str()).or_insert(0) += 1;
        }
    }
    names
        .iter()
        .map(|(asked, words)| Known {
            asked,
            words: words
                .iter()
                .map(|word| (word.clone(), 1000 / shared.get(word.as_str()).copied().unwrap_or(1)))
                .collect(),
            measure: words_of(&asked.measure),
        })
        .collect()
}

/// The words between the figure before and the figure after, in the same sentence.
fn nearby<'t>(figure: &'t Figure, spans: &[(usize, usize, usize)], at: usize) -> Near<'t> {
    let (sentence, starts, ends) = spans[at];
    // Where the kept part begins in the sentence.
    let begins = starts - figure.from;
    let from = at
        .checked_sub(1)
        .map(|other| spans[other])
        .filter(|(same, _, to)| *same == sentence && *to <= starts)
        .map_or(0, |(_, _, to)| to.saturating_sub(begins));
    let to = spans
        .get(at + 1)
        .filter(|(same, from, _)| *same == sentence && *from >= ends)
        .map_or(figure.sentence.len(), |(_, from, _)| (from - begins).min(figure.sentence.len()));
    match figure.sentence.get(from..to) {
        Some(text) => Near { text, start: from },
        None => Near { text: &figure.sentence, start: 0 },
    }
}

/// What stands around a figure, and where it begins in the sentence.
struct Near<'t> {
    text: &'t str,
    start: usize,
}

/// "120 bài", "120 lượt bài" of a measure that names several things, "tin, bài".
fn one_of(measure: &str, counted: &[String]) -> bool {
    let first = match counted {
        [turns, next, ..] if turns == "luot" => next,
        [first, ..] => first,
        [] => return false,
    };
    measure.contains(',') && words_of(measure).contains(first)
}

fn scored<'k, 'f>(
    figure: &Figure,
    near: &str,
    heading: &str,
    known: &'k [Known<'f>],
    use_of: Option<money::Use>,
) -> Vec<(u32, &'k Known<'f>)> {
    let close: BTreeSet<String> = words_of(near).into_iter().collect();
    let wide: BTreeSet<String> = words_of(&format!("{} {heading}", figure.sentence)).into_iter().collect();
    let counted = words_of(&figure.measure);
    let money = figure.typed.ends_with("đồng");
    // Money that is given and money that is spent are asked apart.
    let apart = money
        && [money::Use::Given, money::Use::Spent].iter().all(|wanted| {
            known.iter().any(|known| known.asked.money && money::of_name(&known.asked.name) == Some(*wanted))
        });
    let fits = |known: &&Known<'_>| match (use_of, money::of_name(&known.asked.name)) {
        (Some(said), Some(asked)) if money => said == asked,
        _ => true,
    };
    let mut scored: Vec<(u32, &Known<'_>)> = known
        .iter()
        .filter(|known| known.asked.money == money)
        .filter(fits)
        .map(|known| {
            let all: u32 = known.words.iter().map(|(_, weight)| weight).sum();
            let of = |said: &BTreeSet<String>| -> u32 {
                known.words.iter().filter(|(word, _)| said.contains(word)).map(|(_, weight)| weight).sum()
            };
            let name = (of(&close) * 45 + of(&wide) * 35) / all.max(1);
            let measure = match known.measure.first() {
                // The verb says what the name says.
                _ if money && use_of.is_some() && money::of_name(&known.asked.name) == use_of => 40,
                _ if money => 20,
                // "lượt tin, bài" counts turns and articles.
                Some(first) if counted.first() == Some(first) => 25,
                Some(_) if known.measure.iter().all(|word| counted.contains(word)) => 20,
                Some(_) if one_of(&known.asked.measure, &counted) => 20,
                _ => 0,
            };
            // Nothing else of the form is counted in messages.
            let name = if known.measure == [MESSAGES] && measure == 25 { name.max(IS - 25) } else { name };
            // Another thing is counted: a number of meetings is no number of articles.
            let points = if measure == 0 { name / 2 } else { name + measure };
            // Which of the two it is, nothing says.
            let unsaid = apart && use_of.is_none() && money::of_name(&known.asked.name).is_some();
            (points.min(if unsaid { IS - 1 } else { 100 }), known)
        })
        .collect();
    scored.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    scored
}
