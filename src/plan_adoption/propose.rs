//! From a reading to a proposal: the document's facts, the documents it rests on, its clauses as people enter them. Pure.

use chrono::Datelike;

use super::draft::{BasisItem, ClauseItem, Draft};
use super::{marks, propose_duties, propose_tasks};
use crate::plan_reader::{Basis, Clause, PartDate, Reading, Role, Sure};
use crate::plans::form::PlanForm;
use crate::plans::{BASIS_KINDS, DEEPEST, PLAN_KINDS, shortened};
use crate::vietnamese::limits::{LONG_LINE, SHORT_NAME};
use crate::vietnamese::{capital, search_key, short_date};

/// What would be made of a reading. Whatever the reader is not guessing is taken.
pub fn propose(reading: &Reading) -> Draft {
    let mut draft = Draft { roles: marks::letters(reading), ..Draft::default() };
    (draft.facts, draft.guessed) = facts(reading);
    for basis in &reading.bases {
        let key = draft.new_key();
        draft.bases.push(basis_item(key, basis));
    }
    let paths = clauses(reading, &mut draft);
    propose_tasks::propose(reading, &paths, &mut draft);
    propose_duties::propose(reading, &mut draft);
    draft
}

/// The facts as a form shows them, and the fields that were guessed.
fn facts(reading: &Reading) -> (PlanForm, Vec<String>) {
    let heading = &reading.heading;
    let mut guessed = Vec::new();
    let mut text = |name: &str, found: &Option<crate::plan_reader::Found<String>>| {
        let Some(found) = found else { return String::new() };
        if found.sure == Sure::Guess {
            guessed.push(name.to_owned());
        }
        found.value.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let kind = text("kind", &heading.kind);
    let code = PLAN_KINDS.iter().find(|(_, name)| search_key(name) == search_key(&kind));
    let kind = code.map_or_else(|| kind.clone(), |(code, _)| (*code).to_owned());
    let (number, symbol) = (text("number", &heading.number), text("symbol", &heading.symbol));
    let (place, issuer) = (text("place", &heading.place), text("issuer", &heading.issuer));
    let (superior, subject) = (text("superior", &heading.superior), text("subject", &heading.subject));
    let date = heading.date.as_ref().map(|date| date.value);
    let year = date.map(|date: PartDate| date.year).or_else(|| named_year(reading));
    let part = |part: Option<u32>| part.map(|part| part.to_string()).unwrap_or_default();
    let signatory = reading.signatory.as_ref().map(|found| found.value.clone()).unwrap_or_default();
    let mut form = PlanForm {
        kind,
        number,
        symbol,
        place,
        day: part(date.and_then(|date| date.day)),
        month: part(date.and_then(|date| date.month)),
        year: year.map(|year| year.to_string()).unwrap_or_default(),
        issuer: written_out(&issuer),
        superior,
        subject,
        signatory_capacity: signatory.capacity.unwrap_or_default(),
        signatory_title: signatory.title.unwrap_or_default(),
        signatory_name: signatory.name.unwrap_or_default(),
        ..PlanForm::default()
    };
    form.short_name = short_name(&form);
    if date.is_none() && year.is_some() {
        guessed.push("year".to_owned());
    }
    (form, guessed)
}

/// The year of a document without a date: of the first day by which it asks for something, else of the last document it rests on.
fn named_year(reading: &Reading) -> Option<i32> {
    let asked = reading.duties.iter().filter_map(|duty| Some(duty.due.date?.year())).min();
    asked.or_else(|| reading.bases.iter().filter_map(|basis| Some(basis.date?.year)).max())
}

/// "UBND tỉnh Bắc Giang" with its first word written out, as units are called.
fn written_out(issuer: &str) -> String {
    match issuer.strip_prefix("UBND ") {
        Some(rest) => format!("Ủy ban nhân dân {rest}"),
        None => issuer.to_owned(),
    }
}

/// What lists call it: its kind and year with the beginning of what it is about.
fn short_name(form: &PlanForm) -> String {
    let kind = PLAN_KINDS.iter().find(|(code, _)| *code == form.kind).map_or(form.kind.as_str(), |k| k.1);
    let head = [kind, form.year.as_str()].into_iter().filter(|part| !part.is_empty());
    let head = head.collect::<Vec<_>>().join(" ");
    let about = form.subject.strip_prefix("V/v ").unwrap_or(&form.subject);
    let name = match (head.is_empty(), about.is_empty()) {
        (_, true) => head,
        (true, false) => about.to_owned(),
        (false, false) => format!("{head}: {}", capital(about.trim())),
    };
    shortened(&name, SHORT_NAME.characters().saturating_sub(1))
}

fn basis_item(key: u32, basis: &Basis) -> BasisItem {
    let kind = BASIS_KINDS.iter().find(|(_, name)| search_key(name) == search_key(&basis.kind));
    let kind = kind.map_or("other", |(code, _)| code);
    let full = basis.date.and_then(|date| {
        chrono::NaiveDate::from_ymd_opt(date.year, date.month.unwrap_or(0), date.day.unwrap_or(0))
    });
    let number = basis.number.clone().unwrap_or_default();
    // Laws are cited without the body that makes them.
    let issuer = match (&basis.issuer, kind) {
        (Some(issuer), _) => issuer.clone(),
        (None, "law") => "Quốc hội".to_owned(),
        (None, _) => String::new(),
    };
    BasisItem {
        key,
        taken: basis.sure > Sure::Guess && !number.is_empty() && !issuer.is_empty(),
        kind: kind.to_owned(),
        number,
        issued_on: full.map(short_date).unwrap_or_default(),
        subject: about(&basis.text, &issuer),
        issuer,
        written: basis.text.clone(),
        lines: basis.lines.clone(),
        sure: basis.sure,
    }
}

/// What a cited document is about: what stands behind its issuer, or before its number ("Luật Thi hành án hình sự số …"); else all of it.
fn about(text: &str, issuer: &str) -> String {
    let behind = text.rfind(issuer).filter(|_| !issuer.is_empty()).map(|at| &text[at + issuer.len()..]);
    let behind = behind.map(|rest| rest.trim_matches([' ', ',', ';', '.', ':']));
    let about = match behind.filter(|rest| !rest.is_empty()) {
        Some(rest) => ["về việc ", "về "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest),
        None => text.split(" số ").next().filter(|head| head.contains(' ')).unwrap_or(text),
    };
    shortened(&capital(about.trim()), LONG_LINE.characters().saturating_sub(1))
}

/// Where the clauses of the reading went: path and key of the clause that holds them.
pub(super) type Paths = Vec<(String, u32)>;

/// The clauses with numbers; dashes and pluses become paragraphs of the clause above.
fn clauses(reading: &Reading, draft: &mut Draft) -> Paths {
    let mut paths: Paths = Vec::new();
    for clause in reading.clauses.iter().filter(|clause| !only_ends(reading, clause)) {
        let above = above(&clause.path, &paths);
        let label = match &above {
            Some((path, _)) => clause.path[path.len() + 1..].to_owned(),
            None => clause.path.clone(),
        };
        let parent = above.map(|(_, key)| key);
        let dash = label.starts_with(['-', '+']);
        match parent.filter(|key| dash || level(draft, *key) >= DEEPEST) {
            Some(key) => {
                let sign = label.chars().next().filter(|_| dash).map_or(label.clone(), |c| c.to_string());
                fold(draft, key, &sign, clause);
                paths.push((clause.path.clone(), key));
            }
            None => {
                let key = draft.new_key();
                let label = own_label(draft, parent, &label);
                draft.clauses.push(clause_item((key, parent, label), clause));
                paths.push((clause.path.clone(), key));
            }
        }
    }
    paths
}

/// Whether a paragraph only says that the document ends ("Trên đây là Kế hoạch …"): nobody is given work or owes anything in it.
fn only_ends(reading: &Reading, clause: &Clause) -> bool {
    clause.path.starts_with("đoạn ")
        && (search_key(&clause.text).starts_with("tren day la ") || is_formula(reading, clause))
        && !reading.assignments.iter().any(|given| given.clause.as_ref() == Some(&clause.path))
        && !reading.duties.iter().any(|duty| duty.clause.as_ref() == Some(&clause.path))
}

/// Whether the reader took all its lines for a closing formula.
fn is_formula(reading: &Reading, clause: &Clause) -> bool {
    let role = |line: &usize| line.checked_sub(1).and_then(|at| reading.roles.get(at));
    clause.lines.iter().all(|line| role(line) == Some(&Role::Boilerplate))
}

/// The nearest clause above a path: "III.1" of "III.1.-2".
fn above(path: &str, paths: &Paths) -> Option<(String, u32)> {
    let holds = |known: &&(String, u32)| {
        path.len() > known.0.len() && path.starts_with(&known.0) && path.as_bytes()[known.0.len()] == b'.'
    };
    paths.iter().filter(holds).max_by_key(|known| known.0.len()).cloned()
}

fn level(draft: &Draft, key: u32) -> usize {
    let mut level = 1;
    let mut at = draft.clause(key).and_then(|clause| clause.parent);
    while let Some(parent) = at.filter(|_| level <= draft.clauses.len()) {
        level += 1;
        at = draft.clause(parent).and_then(|clause| clause.parent);
    }
    level
}

fn fold(draft: &mut Draft, key: u32, sign: &str, clause: &Clause) {
    let Some(into) = draft.clauses.iter_mut().find(|known| known.key == key) else { return };
    if !into.body.is_empty() {
        into.body.push('\n');
    }
    into.body.push_str(&format!("{sign} {}", one_line(&clause.text)));
    into.lines.extend(&clause.lines);
    into.lines.sort_unstable();
    into.lines.dedup();
    into.sure = into.sure.min(clause.sure);
}

/// A label no sibling has, of twenty letters at most.
fn own_label(draft: &Draft, parent: Option<u32>, label: &str) -> String {
    let label = match label.strip_prefix(['-', '+']) {
        Some(number) => format!("gạch {number}"),
        None => label.to_owned(),
    };
    let label: String = label.chars().take(15).collect();
    let taken = |label: &str| draft.clauses.iter().any(|c| c.parent == parent && c.label == label);
    let again = (2..1000).map(|n| format!("{label} ({n})"));
    std::iter::once(label.clone()).chain(again).find(|label| !taken(label)).unwrap_or(label)
}

fn clause_item((key, parent, label): (u32, Option<u32>, String), clause: &Clause) -> ClauseItem {
    let title = clause.title.as_deref().map(one_line).unwrap_or_default();
    let paragraphs: Vec<String> =
        clause.text.split('\n').map(one_line).filter(|paragraph| !paragraph.is_empty()).collect();
    let whole = paragraphs.join("\n");
    // A title too long for its field is the beginning of the text.
    let (title, body) = match whole.strip_prefix(&title).filter(|_| LONG_LINE.holds(&title)) {
        Some(rest) => (title, rest.trim().to_owned()),
        None => (String::new(), whole),
    };
    ClauseItem {
        key,
        // A clause is part of the document whoever is to do what it says; what stands before the first of them may be none.
        taken: clause.sure > Sure::Guess || !clause.path.starts_with("mở đầu"),
        parent,
        label,
        title,
        body,
        lines: clause.lines.clone(),
        sure: clause.sure,
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
