//! What the compiler does to single items of a proposal: take and leave out, correct, put together with the one above, split in two.
//! Pure.

use std::collections::BTreeSet;

use super::adopt::First;
use super::draft::{Answer, BasisItem, ClauseItem, Draft, DutyItem, TaskItem};
use super::holders;
use super::naming::key;
use crate::error::{Error, Problems};
use crate::plans::form::PlanForm;
use crate::plans::task_form::HolderRow;
use crate::vietnamese::limits::SIGN;

/// What the page of a proposal posts: the facts, and the keys that are ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The facts that the page shows; what it does not show stays.
    pub facts: PlanForm,
    pub bases: BTreeSet<u32>,
    pub clauses: BTreeSet<u32>,
    pub tasks: BTreeSet<u32>,
    pub duties: BTreeSet<u32>,
    /// It is another document than the one with its number that there is.
    pub another: bool,
}

/// Keeps what was typed and ticked.
pub fn choose(draft: &mut Draft, choices: Choices) {
    draft.facts = choices.facts;
    draft.bases.iter_mut().for_each(|item| item.taken = choices.bases.contains(&item.key));
    draft.clauses.iter_mut().for_each(|item| item.taken = choices.clauses.contains(&item.key));
    draft.tasks.iter_mut().for_each(|item| item.taken = choices.tasks.contains(&item.key));
    draft.duties.iter_mut().for_each(|item| item.taken = choices.duties.contains(&item.key));
    draft.another = choices.another;
    draft.drop_blanks();
}

/// Opens the first periods of the duties chosen, whether their day has passed or their window has not begun, and of those for which a
/// last day was typed.
pub fn open_first(draft: &mut Draft, first: &First) {
    for duty in draft.duties.iter_mut().filter(|duty| duty.taken) {
        if first.chosen.contains(&duty.key) {
            duty.open = Some(true);
        }
        if let Some((_, day)) = first.days.iter().find(|(key, _)| *key == duty.key) {
            duty.first_on = day.trim().to_owned();
        }
    }
}

/// A task as somebody corrected it. The holders are those chosen, unless they are the ones proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskTyped {
    pub clause: String,
    pub text: String,
    pub target: String,
    pub due_on: String,
    pub rows: Vec<HolderRow>,
}

/// Corrects a task.
///
/// # Errors
/// [`Error::NotFound`] for a task there is not.
pub fn correct_task(
    draft: &mut Draft,
    ground: &super::ground::Ground,
    key: u32,
    typed: &TaskTyped,
) -> Result<(), Error> {
    let proposed = holders::rows(draft, ground, task(draft, key)?);
    let clause = typed.clause.parse().ok().filter(|clause| draft.clause(*clause).is_some());
    let item = task_mut(draft, key)?;
    let rows: Vec<HolderRow> = typed.rows.iter().filter(|row| !row.is_blank()).cloned().collect();
    item.text = typed.text.trim().to_owned();
    item.target = typed.target.clone();
    item.due_on = typed.due_on.clone();
    item.clause = clause.unwrap_or(item.clause);
    item.taken = true;
    if item.rows.is_some() || rows != proposed {
        item.rows = Some(rows);
    }
    Ok(())
}

fn task(draft: &Draft, key: u32) -> Result<&TaskItem, Error> {
    draft.tasks.iter().find(|item| item.key == key).ok_or(Error::NotFound)
}

fn task_mut(draft: &mut Draft, key: u32) -> Result<&mut TaskItem, Error> {
    draft.tasks.iter_mut().find(|item| item.key == key).ok_or(Error::NotFound)
}

/// Puts a task together with the one above it.
///
/// # Errors
/// [`Error::Refused`] for the first one.
pub fn merge_task(draft: &mut Draft, key: u32) -> Result<(), Error> {
    let at = draft.tasks.iter().position(|item| item.key == key).ok_or(Error::NotFound)?;
    if at == 0 {
        return Err(Error::Refused("Đây là nhiệm vụ đầu tiên, không có nhiệm vụ nào ở trên để gộp.".into()));
    }
    let below = draft.tasks.remove(at);
    let into = &mut draft.tasks[at - 1];
    into.text = joined(&into.text, &below.text, "\n");
    into.target = joined(&into.target, &below.target, "; ");
    into.taken |= below.taken;
    add_new(&mut into.lead, below.lead);
    add_new(&mut into.cooperating, below.cooperating);
    if into.due_on.is_empty() {
        into.due_on = below.due_on;
    }
    into.rows = match (into.rows.take(), below.rows) {
        (None, None) => None,
        (rows, more) => {
            let mut rows = rows.unwrap_or_default();
            let more = more.unwrap_or_default();
            let new: Vec<HolderRow> =
                more.into_iter().filter(|row| !rows.iter().any(|known| known.who == row.who)).collect();
            rows.extend(new);
            Some(rows)
        }
    };
    into.lines = united(&into.lines, &below.lines);
    into.sure = into.sure.min(below.sure);
    Ok(())
}

/// Splits a task where its text has its first blank line, else its first end of a line.
///
/// # Errors
/// [`Error::Refused`] for a text on one line.
pub fn split_task(draft: &mut Draft, key: u32) -> Result<u32, Error> {
    let (first, second) = halves(&task(draft, key)?.text)?;
    let new = draft.new_key();
    let at = draft.tasks.iter().position(|item| item.key == key).ok_or(Error::NotFound)?;
    let below = TaskItem { key: new, text: second, ..draft.tasks[at].clone() };
    draft.tasks[at].text = first;
    draft.tasks.insert(at + 1, below);
    Ok(new)
}

fn halves(text: &str) -> Result<(String, String), Error> {
    let at = text.find("\n\n").or_else(|| text.trim().find('\n'));
    let halves = at.map(|at| text.split_at(at)).map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    halves
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .ok_or_else(|| Error::Refused("Xuống dòng ở chỗ cần tách rồi bấm “Tách làm hai”.".to_owned()))
}

/// Corrects a clause; it is taken then.
///
/// # Errors
/// [`Error::NotFound`] for a clause there is not.
pub fn correct_clause(
    draft: &mut Draft,
    key: u32,
    label: &str,
    title: &str,
    body: &str,
) -> Result<(), Error> {
    let item = draft.clauses.iter_mut().find(|item| item.key == key).ok_or(Error::NotFound)?;
    item.label = label.to_owned();
    item.title = title.to_owned();
    item.body = body.trim().to_owned();
    item.taken = true;
    Ok(())
}

/// Puts a clause together with the one above it in the document: its words become paragraphs there, and what hangs on it hangs
/// on that one. Where that one hangs on it too, what it hangs by takes its place, so that nothing hangs on itself.
///
/// # Errors
/// [`Error::Refused`] for the first one.
pub fn merge_clause(draft: &mut Draft, key: u32) -> Result<u32, Error> {
    let at = draft.clauses.iter().position(|item| item.key == key).ok_or(Error::NotFound)?;
    if at == 0 {
        return Err(Error::Refused("Đây là mục đầu tiên, không có mục nào ở trên để gộp.".into()));
    }
    let below = draft.clauses.remove(at);
    let into = &mut draft.clauses[at - 1];
    into.body = joined(&into.body, &joined(&below.title, &below.body, "\n"), "\n");
    into.lines = united(&into.lines, &below.lines);
    into.sure = into.sure.min(below.sure);
    into.taken |= below.taken;
    let into = into.key;
    let all: &Draft = draft;
    let holds = |of: u32| of == into || all.clause(into).is_some_and(|clause| is_below(all, clause, of));
    let hung = all.clauses.iter().filter(|clause| clause.parent == Some(key));
    let holding: Vec<u32> = hung.map(|clause| clause.key).filter(|of| holds(*of)).collect();
    for clause in draft.clauses.iter_mut().filter(|clause| clause.parent == Some(key)) {
        clause.parent = if holding.contains(&clause.key) { below.parent } else { Some(into) };
    }
    draft.tasks.iter_mut().filter(|task| task.clause == key).for_each(|task| task.clause = into);
    Ok(into)
}

/// Splits a clause as [`split_task`]; the new one stands beside it.
///
/// # Errors
/// As [`split_task`].
pub fn split_clause(draft: &mut Draft, key: u32) -> Result<u32, Error> {
    let at = draft.clauses.iter().position(|item| item.key == key).ok_or(Error::NotFound)?;
    let (first, second) = halves(&draft.clauses[at].body)?;
    let new = draft.new_key();
    let old: &mut ClauseItem = &mut draft.clauses[at];
    old.body = first;
    let below = ClauseItem {
        key: new,
        label: format!("{} (tách)", old.label).chars().take(20).collect(),
        title: String::new(),
        body: second,
        ..old.clone()
    };
    // Behind everything below the first half.
    let to = behind(draft, key);
    draft.clauses.insert(to, below);
    Ok(new)
}

/// The place behind a clause and everything below it.
pub(super) fn behind(draft: &Draft, key: u32) -> usize {
    let at = draft.clauses.iter().position(|item| item.key == key).unwrap_or(draft.clauses.len());
    let mut to = (at + 1).min(draft.clauses.len());
    while draft.clauses.get(to).is_some_and(|next| is_below(draft, next, key)) {
        to += 1;
    }
    to
}

fn is_below(draft: &Draft, item: &ClauseItem, key: u32) -> bool {
    let mut at = item.parent;
    for _ in 0..=draft.clauses.len() {
        match at {
            Some(parent) if parent == key => return true,
            Some(parent) => at = draft.clause(parent).and_then(|clause| clause.parent),
            None => return false,
        }
    }
    false
}

/// Corrects a duty; it is taken then.
///
/// # Errors
/// [`Error::NotFound`] for a duty there is not; [`Error::Invalid`] for one that would follow itself.
pub fn correct_duty(draft: &mut Draft, key: u32, typed: DutyItem) -> Result<(), Error> {
    let mut problems = Problems::default();
    if let Some(first) = typed.regime.strip_prefix("with:") {
        let first = first.parse().ok().and_then(|first: u32| draft.duties.iter().find(|d| d.key == first));
        if first.is_none_or(|first| first.key == key || first.regime != "new") {
            problems.add("regime", "Chọn nghĩa vụ đã có chế độ riêng.");
        }
    }
    problems.or(())?;
    // Those that followed it follow nobody once it follows another.
    if typed.regime != "new" {
        let of_it = format!("with:{key}");
        draft.duties.iter_mut().filter(|duty| duty.regime == of_it).for_each(|d| d.regime = "new".to_owned());
    }
    let item = draft.duties.iter_mut().find(|item| item.key == key).ok_or(Error::NotFound)?;
    *item = DutyItem { taken: true, ..typed };
    if item.text.is_empty() {
        item.text = item.name.clone();
    }
    Ok(())
}

/// Corrects a basis; it is taken then.
///
/// # Errors
/// [`Error::NotFound`] for a basis there is not.
pub fn correct_basis(draft: &mut Draft, key: u32, typed: BasisItem) -> Result<(), Error> {
    let item = draft.bases.iter_mut().find(|item| item.key == key).ok_or(Error::NotFound)?;
    *item = BasisItem { taken: true, ..typed };
    Ok(())
}

/// Keeps answers about names of the document; none takes an answer back.
pub fn answer(draft: &mut Draft, answers: Vec<(String, Option<Answer>)>) {
    let names = draft.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.cooperating));
    let names = names.chain(draft.duties.iter().flat_map(|duty| &duty.units));
    let known: BTreeSet<String> = names.map(|name| key(name)).collect();
    let fits = |answer: &Option<Answer>| match answer {
        Some(Answer::Kind(kind)) => SIGN.holds(kind),
        _ => true,
    };
    for (key, answer) in answers.into_iter().filter(|(key, answer)| known.contains(key) && fits(answer)) {
        match answer {
            Some(answer) => drop(draft.answers.insert(key, answer)),
            None => drop(draft.answers.remove(&key)),
        }
    }
}

fn joined(above: &str, below: &str, between: &str) -> String {
    match (above.trim().is_empty(), below.trim().is_empty()) {
        (true, _) => below.to_owned(),
        (_, true) => above.to_owned(),
        _ => format!("{above}{between}{below}"),
    }
}

fn add_new(into: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !into.contains(&name) {
            into.push(name);
        }
    }
}

fn united(above: &[usize], below: &[usize]) -> Vec<usize> {
    above.iter().chain(below).copied().collect::<BTreeSet<usize>>().into_iter().collect()
}
