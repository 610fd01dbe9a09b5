//! What is left of a clause's text once the paragraphs that are its tasks are taken out, word for word. Pure. The words of each
//! paragraph are folded once and looked up: a plan may give hundreds of tasks in one clause.

use std::collections::{BTreeSet, HashMap};

use crate::vietnamese::search_key;

/// Neighbouring tasks, at most, that one paragraph was split into.
const MOST_PARTS: usize = 8;

/// Paragraphs by the key of their words.
type Places = HashMap<String, BTreeSet<usize>>;

#[derive(Default)]
struct Paragraphs<'t> {
    /// None of one that is a task.
    left: Vec<Option<&'t str>>,
    keys: Vec<String>,
    /// By the whole of a paragraph; those that say nothing are not there.
    whole: Places,
    /// By what stands behind its first colon.
    behind: Places,
}

/// The paragraphs that are no task, in their order. A task may be several paragraphs that say it together; of "Sở Nội vụ: lập dự toán" the
/// owner stays. Neighbouring tasks that are found nowhere by themselves are looked for together: somebody split a paragraph in them.
pub fn remainder<'t>(text: &'t str, tasks: &[&str]) -> Vec<&'t str> {
    let mut paragraphs = Paragraphs::of(text);
    let wanted: Vec<String> =
        tasks.iter().map(|task| search_key(task)).filter(|wanted| !wanted.is_empty()).collect();
    let found: Vec<bool> = wanted.iter().map(|wanted| paragraphs.take_out(wanted)).collect();
    let mut at = 0;
    while at < wanted.len() {
        let open = found[at..].iter().take(MOST_PARTS).take_while(|found| !**found).count();
        let parts = (2..=open).find(|parts| paragraphs.take_out(&wanted[at..at + parts].join(" ")));
        at += parts.unwrap_or(1);
    }
    paragraphs.left.into_iter().flatten().collect()
}

impl<'t> Paragraphs<'t> {
    fn of(text: &'t str) -> Paragraphs<'t> {
        let mut paragraphs = Paragraphs::default();
        for (at, paragraph) in text.lines().enumerate() {
            if let Some((_, rest)) = paragraph.split_once(':') {
                paragraphs.behind.entry(search_key(rest)).or_default().insert(at);
            }
            paragraphs.left.push(None);
            paragraphs.keys.push(String::new());
            paragraphs.put(at, paragraph);
        }
        paragraphs
    }

    fn put(&mut self, at: usize, paragraph: &'t str) {
        let key = search_key(paragraph);
        if !key.is_empty() {
            self.whole.entry(key.clone()).or_default().insert(at);
        }
        self.left[at] = Some(paragraph);
        self.keys[at] = key;
    }

    fn forget(&mut self, at: usize) {
        self.left[at] = None;
        if let Some(places) = self.whole.get_mut(&self.keys[at]) {
            places.remove(&at);
        }
    }

    /// Takes out what says just these words; whether anything did.
    fn take_out(&mut self, wanted: &str) -> bool {
        match self.run(wanted) {
            Some((from, to)) => {
                (from..=to).for_each(|at| self.forget(at));
                true
            }
            None => self.keep_owners(wanted),
        }
    }

    /// The first paragraphs, first and last, that say together just these words.
    fn run(&self, wanted: &str) -> Option<(usize, usize)> {
        let heads = wanted.match_indices(' ').map(|(at, _)| &wanted[..at]).chain(std::iter::once(wanted));
        let (from, to) = heads.filter_map(|head| self.beginning_with(head, wanted)).min()?;
        // Signs right before it that say nothing go along.
        let signs =
            (0..from).rev().take_while(|at| self.left[*at].is_some() && self.keys[*at].is_empty()).count();
        Some((from - signs, to))
    }

    /// The same for those whose first paragraph says `head`.
    fn beginning_with(&self, head: &str, wanted: &str) -> Option<(usize, usize)> {
        let places = self.whole.get(head)?;
        places.iter().find_map(|from| Some((*from, self.last_of(*from, &wanted[head.len()..])?)))
    }

    /// The paragraph that ends `rest`, which is what a run still has to say behind its first paragraph.
    fn last_of(&self, from: usize, mut rest: &str) -> Option<usize> {
        let mut last = from;
        while !rest.is_empty() {
            last += 1;
            (*self.left.get(last)?)?;
            let key = self.keys[last].as_str();
            if !key.is_empty() {
                rest = rest.strip_prefix(' ')?.strip_prefix(key)?;
            }
        }
        Some(last)
    }

    /// Of paragraphs that say it behind a colon, what stands before.
    fn keep_owners(&mut self, wanted: &str) -> bool {
        let mut kept = false;
        for at in self.behind.remove(wanted).unwrap_or_default() {
            let Some((owner, _)) = self.left[at].and_then(|paragraph| paragraph.split_once(':')) else {
                continue;
            };
            self.forget(at);
            self.put(at, owner.trim_end());
            kept = true;
        }
        kept
    }
}
