//! What adopting a proposal makes, item by item, and what is in the way. Pure; the page shows it, the use case makes it, and its digest
//! says whether the two are the same.

use std::collections::{HashMap, HashSet};

use super::draft::{Answer, BasisItem, ClauseItem, Draft, TaskItem};
use super::ground::Ground;
use super::holders::{self, Asked};
use super::naming::key;
use super::regimes_made::{RegimeMade, regimes_made};
use super::remainder::remainder;
use crate::audit::sha256_hex;
use crate::db::ids::{ClauseId, LegalBasisId, UnitId};
use crate::error::{Error, Problems};
use crate::plans::form::{BasisFacts, BasisForm, ClauseFacts, ClauseForm, PlanFacts};
use crate::plans::task_form::{TaskFacts, TaskForm};
use crate::plans::{PLAN_KINDS, Part, shortened};
use crate::vietnamese::limits::UNIT_NAME;

/// Something in the way, at the item it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Id of the item on the page.
    pub anchor: String,
    pub words: String,
}

/// A document the plan will rest on: one that is known, or a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BasisMade {
    Known(LegalBasisId),
    New(BasisFacts),
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub facts: Option<PlanFacts>,
    pub bases: Vec<BasisMade>,
    /// Key, key of the parent, and the clause, in the document's order; the parent of its facts is set when it is made.
    pub clauses: Vec<(u32, Option<u32>, ClauseFacts)>,
    /// Key of the clause, and the task.
    pub tasks: Vec<(u32, TaskFacts)>,
    pub regimes: Vec<RegimeMade>,
    /// Names that were answered.
    pub aliases: Vec<(UnitId, String)>,
    pub asked: Vec<Asked>,
    pub faults: Vec<Fault>,
    pub left_out: usize,
}

impl Outcome {
    /// Stands for everything that would be made.
    pub fn digest(&self) -> String {
        let made = (&self.facts, &self.bases, &self.clauses, &self.tasks, &self.regimes, &self.aliases);
        sha256_hex(format!("{made:?}").as_bytes())
    }

    /// The bodies that hold a task, each once, groups not spread.
    pub fn holders(&self) -> usize {
        let mut all: Vec<String> = self
            .tasks
            .iter()
            .flat_map(|(_, task)| &task.holders)
            .map(|row| format!("{:?}", row.who))
            .collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }

    pub fn periods(&self) -> usize {
        self.regimes.iter().map(|regime| regime.periods.len()).sum()
    }

    pub fn can_be_made(&self) -> bool {
        self.faults.is_empty() && self.facts.is_some()
    }
}

/// Weighs a proposal.
pub fn weigh(draft: &Draft, ground: &Ground) -> Outcome {
    let mut faults = Vec::new();
    let facts = taken(draft.facts.parse(), "facts", "", &mut faults);
    if let Some(plan) = ground.same_as(draft) {
        faults.push(Fault {
            anchor: "another".to_owned(),
            words: format!(
                "Đã có {}: “{}”. Mở kế hoạch đó để đối chiếu, hoặc đánh dấu đây là văn bản khác.",
                plan.document_label(),
                plan.short_name
            ),
        });
    }
    let asked = holders::asked(draft, ground);
    if asked.iter().any(|asked| asked.needed) {
        let names: Vec<String> =
            asked.iter().filter(|a| a.needed).map(|a| format!("“{}”", shortened(&a.name, 80))).collect();
        faults.push(Fault {
            anchor: "names".to_owned(),
            words: format!("Chưa rõ {} là đơn vị nào. Trả lời ở “Tên đơn vị”.", names.join(", ")),
        });
    }
    let bases = draft.bases.iter().filter(|item| item.taken);
    let bases: Vec<BasisMade> = bases.filter_map(|item| basis(item, ground, &mut faults)).collect();
    let kept = draft.kept();
    let kept: Vec<&ClauseItem> = draft.clauses.iter().filter(|item| kept.contains(&item.key)).collect();
    let mut first: HashMap<(Option<u32>, &str), u32> = HashMap::new();
    for item in &kept {
        let known = first.entry((item.parent, item.label.as_str())).or_insert(item.key);
        *known = item.key.min(*known);
    }
    let mut given: HashMap<u32, Vec<&str>> = HashMap::new();
    for item in draft.tasks.iter().filter(|item| item.taken) {
        given.entry(item.clause).or_default().push(item.text.as_str());
    }
    let mut clauses = Vec::new();
    for item in &kept {
        let form = ClauseForm {
            parent: String::new(),
            label: item.label.clone(),
            title: item.title.clone(),
            body: body(item, given.get(&item.key).map_or(&[], Vec::as_slice)),
        };
        let place = format!("Mục {}: ", draft.path(item.key));
        if first.get(&(item.parent, item.label.as_str())).is_some_and(|known| *known < item.key) {
            let words = format!("{place}đã có mục cùng số ở cùng cấp. Sửa số của mục.");
            faults.push(Fault { anchor: format!("clause-{}", item.key), words });
        }
        if let Some(facts) = taken(form.parse(), &format!("clause-{}", item.key), &place, &mut faults) {
            clauses.push((item.key, item.parent, facts));
        }
    }
    let mut tasks = Vec::new();
    let unknown: HashSet<&str> = asked.iter().map(|asked| asked.key.as_str()).collect();
    for item in draft.tasks.iter().filter(|item| item.taken) {
        tasks.extend(task(draft, ground, item, &unknown, &mut faults));
    }
    // A clause is never without those above it: whoever has something kept below is kept.
    let basis = document_label(draft);
    let regimes = regimes_made(draft, ground, &basis, &mut faults);
    if tasks.is_empty() && faults.is_empty() && clauses.is_empty() {
        faults
            .push(Fault {
                anchor: "tasks".to_owned(), words: "Chưa nhận mục hay nhiệm vụ nào.".to_owned()
            });
    }
    let aliases = aliases(draft, ground);
    Outcome { facts, bases, clauses, tasks, regimes, aliases, asked, faults, left_out: draft.left_out() }
}

/// The value, or its problems as faults of an item.
fn taken<T>(parsed: Result<T, Error>, anchor: &str, place: &str, faults: &mut Vec<Fault>) -> Option<T> {
    match parsed {
        Ok(value) => Some(value),
        Err(Error::Invalid(Problems(problems))) => {
            for problem in problems {
                let anchor = match anchor {
                    "facts" => format!("f-{}", problem.field),
                    anchor => anchor.to_owned(),
                };
                faults.push(Fault { anchor, words: format!("{place}{}", problem.message) });
            }
            None
        }
        Err(other) => {
            faults.push(Fault { anchor: anchor.to_owned(), words: other.to_string() });
            None
        }
    }
}

fn basis(item: &BasisItem, ground: &Ground, faults: &mut Vec<Fault>) -> Option<BasisMade> {
    let known = ground.bases.iter().find(|basis| !item.number.is_empty() && basis.number == item.number);
    if let Some(known) = known {
        return Some(BasisMade::Known(known.id));
    }
    let form = BasisForm {
        kind: item.kind.clone(),
        number: item.number.clone(),
        issued_on: item.issued_on.clone(),
        issuer: item.issuer.clone(),
        subject: item.subject.clone(),
        ..BasisForm::default()
    };
    let place = format!("Căn cứ “{}”: ", shortened(&item.written, 60));
    let parsed = taken(form.parse(&ground.bases), &format!("basis-{}", item.key), &place, faults)?;
    if parsed.is_none() {
        let words = format!("{place}nhập số, ký hiệu và cơ quan ban hành, hoặc bỏ căn cứ này.");
        faults.push(Fault { anchor: format!("basis-{}", item.key), words });
    }
    parsed.map(BasisMade::New)
}

/// The text of a clause without its tasks: those stand below it.
fn body(item: &ClauseItem, tasks: &[&str]) -> String {
    let left = remainder(&item.body, tasks);
    match left.is_empty() && item.title.trim().is_empty() {
        true => item.body.clone(),
        false => left.join("\n"),
    }
}

fn task(
    draft: &Draft,
    ground: &Ground,
    item: &TaskItem,
    asked: &HashSet<&str>,
    faults: &mut Vec<Fault>,
) -> Option<(u32, TaskFacts)> {
    let form = TaskForm {
        // Any clause: its own has no id yet.
        clause: ClauseId(1).to_string(),
        text: item.text.clone(),
        target: item.target.clone(),
        due_on: item.due_on.clone(),
        rows: holders::rows(draft, ground, item),
    };
    let anchor = format!("task-{}", item.key);
    let place = format!("Nhiệm vụ “{}”: ", shortened(&item.text, 60));
    let leads = form.rows.iter().any(|row| row.part == Part::Lead.code());
    // Who is asked about already is not asked about twice.
    let is_asked = item.rows.is_none() && item.lead.iter().any(|name| asked.contains(key(name).as_str()));
    if !leads {
        if !is_asked {
            let words = format!("{place}chưa rõ đơn vị chủ trì. Chọn đơn vị, hoặc bỏ nhiệm vụ này.");
            faults.push(Fault { anchor, words });
        }
        return None;
    }
    taken(form.parse(), &anchor, &place, faults).map(|facts| (item.clause, facts))
}

/// "Kế hoạch số 13/KH-UBND năm 2025 của UBND tỉnh …", as far as it is known.
pub fn document_label(draft: &Draft) -> String {
    let facts = &draft.facts;
    let kind = PLAN_KINDS.iter().find(|(code, _)| *code == facts.kind).map_or(facts.kind.as_str(), |k| k.1);
    let number = match (facts.number.as_str(), facts.symbol.as_str()) {
        ("", "") => String::new(),
        ("", symbol) => format!(" số …/{symbol}"),
        (number, "") => format!(" số {number}"),
        (number, symbol) => format!(" số {number}/{symbol}"),
    };
    // As NĐ 30/2020 writes days: those under ten and the first two months with a zero.
    let padded = |text: &str, below: u32| match text.parse::<u32>() {
        Ok(number) if number < below => format!("{number:02}"),
        _ => text.to_owned(),
    };
    let (day, month) = (padded(&facts.day, 10), padded(&facts.month, 3));
    let date = match (day.as_str(), month.as_str(), facts.year.as_str()) {
        (_, _, "") => String::new(),
        ("", "", year) => format!(" năm {year}"),
        ("", month, year) => format!(" tháng {month}/{year}"),
        (day, month, year) => format!(" ngày {day}/{month}/{year}"),
    };
    let issuer = if facts.issuer.is_empty() { String::new() } else { format!(" của {}", facts.issuer) };
    format!("{kind}{number}{date}{issuer}")
}

/// Names somebody answered with a body, for the next document.
fn aliases(draft: &Draft, ground: &Ground) -> Vec<(UnitId, String)> {
    let mut found: Vec<(UnitId, String)> = Vec::new();
    let tasks = draft.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.cooperating));
    for name in tasks.chain(draft.duties.iter().flat_map(|duty| &duty.units)) {
        let Some(Answer::Unit(id)) = draft.answers.get(&key(name)) else { continue };
        let alias = (UnitId(*id), name.clone());
        if UNIT_NAME.holds(name) && ground.bodies.unit(alias.0).is_some() && !found.contains(&alias) {
            found.push(alias);
        }
    }
    found
}
