//! What the text says of each task the unit holds: paragraphs that cite its clause, or speak in its words. A heading that does
//! takes what stands under it. What is to come is no result.

use std::collections::{BTreeSet, HashMap};

use super::asked::{Form, FormTask};
use super::cited::{cited, path_of};
use super::pieces::Parted;
use super::prose::Told;
use crate::plan_reader::Sure;
use crate::vietnamese::search_key;

/// Of a hundred: from how much of a task's words a paragraph may speak of it, from how much it likely does, and how much speaks for a
/// clause that is cited.
const MAY: u32 = 60;
const LIKELY: u32 = 80;
const HALF: u32 = 40;
/// By how much the best must lead.
const LEADS: u32 = 15;
/// A task of fewer words is known by its clause only.
const WORDS: usize = 4;

const EMPTY: &[&str] = &[
    "va", "cac", "cua", "tren", "ve", "trong", "cho", "duoc", "la", "tai", "hoac", "da", "co", "voi", "theo",
    "den", "o", "tu", "do", "de", "khi", "nay", "phoi", "hop", "cong", "tac", "thuc", "hien", "to", "chuc",
];

/// Who speaks of what, by the words of the tasks.
struct Known<'f> {
    tasks: &'f [FormTask],
    /// By the path of their clause.
    by_path: HashMap<String, Vec<usize>>,
    /// The tasks that have a word, with what it weighs.
    by_word: HashMap<String, Vec<(usize, u32)>>,
    /// What all words of each weigh; 0 where there are too few.
    whole: Vec<u32>,
}

/// Whose result is being read, and whether all that follows belongs to it or only what is listed.
struct Run {
    task: usize,
    sure: Sure,
    only_items: bool,
}

/// The results of tasks, in the order in which the text speaks of them first.
pub(super) fn of(pieces: &[Parted], form: &Form) -> Vec<Told> {
    if form.tasks.is_empty() {
        return Vec::new();
    }
    let known = Known::of(&form.tasks);
    let mut found: Vec<Told> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    let mut add = |task: usize, of: &Spoken<'_>, sure: Sure| {
        let at = *place.entry(task).or_insert_with(|| {
            let task = form.tasks[task].code.clone();
            found.push(Told { task, text: String::new(), lines: Vec::new(), sure: Sure::Certain });
            found.len() - 1
        });
        let told = &mut found[at];
        if !told.text.is_empty() {
            told.text.push('\n');
        }
        told.text.push_str(of.text);
        told.lines.extend_from_slice(of.lines);
        told.sure = told.sure.min(sure);
    };
    let spoken = spoken(pieces);
    let mut run: Option<Run> = None;
    for (at, now) in spoken.iter().enumerate() {
        let told = known.told(now.text);
        if now.headline {
            run = told.map(|(task, sure)| Run { task, sure, only_items: false });
            continue;
        }
        let item = is_item(now.text);
        let same = told.is_some_and(|(task, _)| run.as_ref().is_some_and(|run| run.task == task));
        // Under a heading of one task a paragraph is of that task until another is surely spoken of.
        let open = |sure: Sure| run.as_ref().is_none_or(|run| run.only_items || sure > Sure::Guess);
        if let Some((task, sure)) = told.filter(|(_, sure)| !same && open(*sure)) {
            let heads = is_heading(now.text) && spoken.get(at + 1).is_some_and(|next| !next.headline);
            let leads = now.text.trim_end().ends_with(':');
            if !heads {
                add(task, now, sure);
            }
            run = (heads || leads).then_some(Run { task, sure, only_items: leads });
            continue;
        }
        run = run.filter(|run| same || item || !run.only_items && !is_heading(now.text));
        if let Some(run) = &run {
            add(run.task, now, run.sure);
        }
    }
    found
}

/// A heading or a paragraph of what was done.
struct Spoken<'p> {
    text: &'p str,
    lines: &'p [usize],
    /// The heading of a piece.
    headline: bool,
}

/// The text in its order, without what is to come and without the rows of lists.
fn spoken(pieces: &[Parted]) -> Vec<Spoken<'_>> {
    let told = pieces.iter().filter(|part| !part.piece.ahead && !part.table);
    told.flat_map(|part| {
        let heading = part.piece.heading.as_str();
        let headline = (!heading.is_empty()).then_some(Spoken { text: heading, lines: &[], headline: true });
        let paragraphs = part.paragraphs.iter();
        headline.into_iter().chain(paragraphs.map(|(text, lines)| Spoken { text, lines, headline: false }))
    })
    .collect()
}

fn is_item(text: &str) -> bool {
    text.starts_with(['-', '+', '•'])
}

/// Whether a paragraph is a heading: it ends without a mark.
fn is_heading(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', ')', ' ']);
    !end.ends_with(['.', ';', ':', '!', '?', '…']) && !is_item(text)
}

impl<'f> Known<'f> {
    fn of(tasks: &'f [FormTask]) -> Known<'f> {
        let words: Vec<BTreeSet<String>> = tasks.iter().map(|task| words_of(&task.text)).collect();
        let mut standing: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, of_task) in words.iter().enumerate().filter(|(_, of_task)| of_task.len() >= WORDS) {
            for word in of_task {
                standing.entry(word.clone()).or_default().push(at);
            }
        }
        let mut whole = vec![0; tasks.len()];
        let mut by_word = HashMap::new();
        for (word, of) in standing {
            // A word that many tasks have says little.
            let weight = 1000 / u32::try_from(of.len()).unwrap_or(u32::MAX).max(1);
            for task in &of {
                whole[*task] += weight;
            }
            by_word.insert(word, of.into_iter().map(|task| (task, weight)).collect());
        }
        let mut by_path: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, task) in tasks.iter().enumerate() {
            by_path.entry(path_of(&task.clause)).or_default().push(at);
        }
        Known { tasks, by_path, by_word, whole }
    }

    /// The task that a text speaks of.
    fn told(&self, text: &str) -> Option<(usize, Sure)> {
        let points = self.points(text);
        self.by_clause(text, &points).or_else(|| self.by_words(&points))
    }

    /// How much of the words of each task a text has, of a hundred.
    fn points(&self, text: &str) -> Vec<u32> {
        let mut said = vec![0_u32; self.tasks.len()];
        for word in &words_of(text) {
            for (task, weight) in self.by_word.get(word).into_iter().flatten() {
                said[*task] += weight;
            }
        }
        said.iter().zip(&self.whole).map(|(said, whole)| said * 100 / (*whole).max(1)).collect()
    }

    /// By a clause that is cited; of several tasks of one clause by their words. Without the plan's number it may be a clause of
    /// another document: then the words have to speak for it, too.
    fn by_clause(&self, text: &str, points: &[u32]) -> Option<(usize, Sure)> {
        let mut best: Option<(usize, Sure, u32)> = None;
        for clause in cited(text) {
            let of = self.by_path.get(&clause.path).map_or(&[][..], Vec::as_slice);
            let fits = |at: &usize| clause.agrees(&self.tasks[*at].plan) != Some(false);
            let fitting: Vec<usize> = of.iter().copied().filter(fits).collect();
            let likeliest = fitting.iter().copied().max_by_key(|at| (points[*at], std::cmp::Reverse(*at)));
            let Some(first) = likeliest else { continue };
            let named = clause.agrees(&self.tasks[first].plan) == Some(true);
            let sure = match fitting.len() {
                1 if named => Sure::Certain,
                1 if points[first] >= HALF => Sure::Likely,
                _ if named && points[first] >= HALF => Sure::Likely,
                _ => Sure::Guess,
            };
            if best.is_none_or(|(_, known, had)| (sure, points[first]) > (known, had)) {
                best = Some((first, sure, points[first]));
            }
        }
        best.map(|(task, sure, _)| (task, sure))
    }

    /// By its words.
    fn by_words(&self, points: &[u32]) -> Option<(usize, Sure)> {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(points[*at]));
        let first = *order.first()?;
        let lead = points[first] - order.get(1).map_or(0, |at| points[*at]);
        match points[first] {
            LIKELY.. if lead >= LEADS => Some((first, Sure::Likely)),
            MAY.. => Some((first, Sure::Guess)),
            _ => None,
        }
    }
}

fn words_of(text: &str) -> BTreeSet<String> {
    let key = search_key(text);
    let words = key.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word));
    words.map(str::to_owned).collect()
}
