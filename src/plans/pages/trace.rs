//! `GET /clauses/{id}/trace`: from a clause down: its tasks, the units that hold them, what each noted and reported, and
//! the editions in which that stands.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::outline_view::Whole;
use crate::consolidation::{self, Stand};
use crate::db::ids::{ClauseId, IndicatorId, RevisionId, TaskId, UnitId};
use crate::error::Error;
use crate::indicators::queries::classified;
use crate::plans::edit::editor_among;
use crate::plans::queries::{self, Entry, Said};
use crate::plans::sight::{Sight, withhold};
use crate::plans::state::{Counts, Held, Records, TaskState};
use crate::plans::{Clause, Part, Plan};
use crate::reports::TaskStatus;
use crate::web::{Nav, Page, SignedIn, State, render};
use crate::{units, vietnamese};

/// Entries shown at once; so many more unfold. The others stand on the page of the one unit.
const AT_ONCE: usize = 3;
const UNFOLDED: usize = 30;

/// Rows of one page.
const ROWS: usize = 60;

/// `?unit=12`: one unit's only; `?page=2`; with `csv` all rows, for the file.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    unit: String,
    page: Option<usize>,
    csv: Option<String>,
}

/// What one revision says of a task, and where that stands.
struct Word {
    said: Said,
    /// The body that said it, where it is another than the line's.
    by: String,
    stands: Vec<Stand>,
}

impl Word {
    fn status(&self) -> TaskStatus {
        TaskStatus::from_code(&self.said.status)
    }

    fn href(&self) -> String {
        format!("/reports/{}?revision={}#tasks", self.said.report_id, self.said.revision)
    }
}

/// A task with one unit.
struct Line {
    id: UnitId,
    unit: String,
    /// No entry is left to another page.
    whole: bool,
    /// None of who noted or reported and does not hold it.
    holds: Option<(Part, TaskState)>,
    /// What the state rests on, where nothing that is shown tells it, or the unit's plan decides.
    why: String,
    entries: Vec<Noted>,
    words: Vec<Word>,
}

/// One entry of the log.
struct Noted {
    entry: Entry,
    /// The body that noted it, where it is another than the line's.
    by: String,
    /// The indicator its quantity counts toward, by code; "" where none.
    indicator: String,
}

impl Line {
    /// The figures of an edition that this work counts toward: of the entries in the window of the report it is made of.
    fn counted<'a>(&'a self, word: &Word, stand: &Stand) -> Vec<&'a str> {
        let mut codes: Vec<&str> = Vec::new();
        for noted in self.entries.iter().filter(|noted| word.said.covers(noted.entry.done_on)) {
            let code = noted.indicator.as_str();
            if !codes.contains(&code) && stand.figures.iter().any(|figure| figure == code) {
                codes.push(code);
            }
        }
        codes
    }

    fn tells_beginning(&self) -> bool {
        let begun = |word: &Word| matches!(word.status(), TaskStatus::GoingOn | TaskStatus::Done);
        !self.entries.is_empty() || self.words.iter().any(begun)
    }

    fn first(&self) -> &[Noted] {
        self.entries.get(..AT_ONCE).unwrap_or(&self.entries)
    }

    fn more(&self) -> &[Noted] {
        self.entries.get(AT_ONCE..self.entries.len() - self.left_out()).unwrap_or_default()
    }

    /// How many entries stand on the unit's own page only.
    fn left_out(&self) -> usize {
        if self.whole { 0 } else { self.entries.len().saturating_sub(AT_ONCE + UNFOLDED) }
    }
}

/// One task of the clause, or of one below it.
struct TaskTrace {
    task: TaskId,
    path: String,
    text: String,
    target: String,
    due: String,
    lines: Vec<Line>,
}

impl TaskTrace {
    /// A row for each unit; of a task nobody holds the one that says so.
    fn rows(&self) -> usize {
        self.lines.len().max(1)
    }
}

/// The rows of some tasks that are on a page: tasks without one of them are left out.
fn on_page(tasks: Vec<TaskTrace>, rows: &Range<usize>) -> Vec<TaskTrace> {
    let mut end = 0;
    let mut shown = Vec::new();
    for mut task in tasks {
        let begin = end;
        end += task.rows();
        if end <= rows.start || rows.end <= begin {
            continue;
        }
        task.lines.truncate(rows.end - begin);
        task.lines.drain(..rows.start.saturating_sub(begin));
        shown.push(task);
    }
    shown
}

#[derive(Template)]
#[template(path = "plans/trace.html")]
struct TracePage {
    page: Page,
    plan: Plan,
    clause: Clause,
    tasks: Vec<TaskTrace>,
    /// Of the clause and of those below it, on whatever page.
    all_tasks: usize,
    /// The rows shown, from 0, and how many there are.
    rows: Range<usize>,
    all_rows: usize,
    /// The pages before and after.
    before: Option<String>,
    after: Option<String>,
    counts: Counts,
    /// Every unit's, or the reader's own.
    all: bool,
    /// The one unit asked for.
    only: Option<String>,
}

/// What was read of the tasks.
struct Found {
    whole: Whole,
    sight: Sight,
    records: Records,
    entries: Vec<Entry>,
    said: Vec<Said>,
    stands: HashMap<RevisionId, Vec<Stand>>,
    names: HashMap<UnitId, String>,
    codes: HashMap<IndicatorId, String>,
}

/// The trace. Some twenty-four queries, whatever the number of units and reports.
///
/// # Errors
/// `NotFound` outside the person's provinces and for a unit that cannot be read; `Forbidden` for who reads nobody's work.
pub async fn trace(
    state: State,
    me: SignedIn,
    id: web::Path<ClauseId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (id, actor, today) = (id.into_inner(), me.actor.clone(), state.clock.today());
    let only: Option<UnitId> = match asked.unit.as_str() {
        "" => None,
        typed => Some(typed.parse().map_err(|_| Error::NotFound)?),
    };
    let found = state
        .read(move |conn| {
            let scope = actor.scope();
            let clause = queries::clause(conn, id)?;
            let plan = queries::find(conn, &scope.provinces, clause.plan_id)?;
            let whole = Whole::load(conn, plan, today)?;
            let sight = Sight::of(&actor, &whole.plan, &whole.keepers).some()?;
            let within: HashSet<ClauseId> = whole.within(id).into_iter().map(|clause| clause.id).collect();
            let of = |clause: ClauseId| within.contains(&clause);
            let tasks: Vec<TaskId> =
                whole.tasks.iter().filter(|task| of(task.clause_id)).map(|task| task.id).collect();
            let mut held = whole.held();
            held.retain(|one| tasks.contains(&one.task));
            let records = queries::records(conn, &held, whole.day)?;
            let mut entries = queries::entries_of_tasks(conn, &tasks, sight.only())?;
            if editor_among(&actor, whole.plan.province_id, &whole.keepers).is_none() {
                withhold(&mut entries, &classified(conn)?, &scope.own_units);
            }
            let said = queries::said_of(conn, &scope, &tasks)?;
            let revisions: Vec<RevisionId> = said.iter().map(|word| word.revision_id).collect();
            let stands = consolidation::stands(conn, &actor, &revisions)?;
            let spoke = entries.iter().map(|e| e.unit_id).chain(said.iter().map(|word| word.unit_id));
            let names = units::queries::names_on(conn, &spoke.collect::<Vec<_>>(), today)?;
            let counted: Vec<IndicatorId> = entries.iter().filter_map(|entry| entry.indicator_id).collect();
            let codes = queries::codes_of(conn, &counted)?;
            Ok(Found { whole, sight, records, entries, said, stands, names, codes })
        })
        .await?;
    let clause = found.whole.clauses.iter().find(|clause| clause.id == id).cloned().ok_or(Error::NotFound)?;
    let whole = only.is_some() || asked.csv.is_some();
    let tasks = found.tasks(id, only, whole);
    let counts = tasks.iter().flat_map(|task| &task.lines).filter_map(|line| Some(line.holds?.1)).collect();
    let title = format!("Mục {}, {}", clause.path, found.whole.plan.short_name);
    let (all_tasks, all_rows) = (tasks.len(), tasks.iter().map(TaskTrace::rows).sum::<usize>());
    let number = asked.page.unwrap_or(1);
    let rows = match &asked.csv {
        Some(_) => 0..all_rows,
        None => {
            let start = number.checked_sub(1).and_then(|before| before.checked_mul(ROWS));
            let start = start.filter(|start| *start < all_rows.max(1)).ok_or(Error::NotFound)?;
            start..all_rows.min(start + ROWS)
        }
    };
    let unit = only.map(|unit| format!("&unit={unit}")).unwrap_or_default();
    let other = |number: usize| format!("/clauses/{id}/trace?page={number}{unit}");
    render(&TracePage {
        page: me.page(title, Nav::Plans),
        clause,
        tasks: on_page(tasks, &rows),
        all_tasks,
        all_rows,
        before: (rows.start > 0).then(|| other(number - 1)),
        after: (rows.end < all_rows).then(|| other(number + 1)),
        rows,
        counts,
        all: found.sight.is_all(),
        only: only.map(|unit| found.name(unit)),
        plan: found.whole.plan,
    })
}

impl Found {
    fn name(&self, unit: UnitId) -> String {
        let known = self.whole.landscape.units.get(&unit).map(|unit| unit.name.clone());
        known.or_else(|| self.names.get(&unit).cloned()).unwrap_or_default()
    }

    /// The tasks of a clause and of those below it, in the document's order, each with whoever holds or held it.
    /// `whole`: with all their entries.
    fn tasks(&self, id: ClauseId, only: Option<UnitId>, whole: bool) -> Vec<TaskTrace> {
        let held = self.whole.held();
        let mut found = Vec::new();
        for clause in self.whole.within(id) {
            for task in self.whole.tasks.iter().filter(|task| task.clause_id == clause.id) {
                let mut told: HashSet<UnitId> = HashSet::new();
                let mut lines: Vec<Line> = Vec::new();
                let mut holding: Vec<_> = held
                    .iter()
                    .filter(|one| one.task == task.id && self.sight.shows(one.unit))
                    .filter(|one| only.is_none_or(|only| only == one.unit))
                    .collect();
                holding.sort_by_key(|one| {
                    self.whole.landscape.units.get(&one.unit).map(units::UnitOn::protocol_key)
                });
                for one in holding {
                    let sources: Vec<_> = self.records.sources(task.id, one.unit).collect();
                    told.extend(sources.iter().map(|source| source.unit));
                    let counts = |unit: UnitId, on: chrono::NaiveDate| {
                        let of = sources.iter().find(|source| source.unit == unit);
                        of.is_some_and(|source| source.until.is_none_or(|until| on <= until))
                    };
                    let state = self.records.state(one, self.whole.day);
                    let mut line = self.line(task.id, one.unit, counts);
                    line.holds = Some((one.part, state));
                    line.why = self.records.reason(one);
                    let has_begun = matches!(state, TaskState::GoingOn | TaskState::Done);
                    if line.why.is_empty() && has_begun && !line.tells_beginning() {
                        line.why = self.why(one);
                    }
                    lines.push(line);
                }
                // Who held it before and is nobody's predecessor, or noted it for another reason.
                let mut others: Vec<UnitId> = self
                    .entries
                    .iter()
                    .filter(|entry| entry.task_id == task.id)
                    .map(|entry| entry.unit_id)
                    .chain(self.said.iter().filter(|word| word.task_id == task.id).map(|word| word.unit_id))
                    .filter(|unit| self.sight.shows(*unit) && !told.contains(unit))
                    .filter(|unit| only.is_none_or(|only| only == *unit))
                    .collect();
                others.sort_unstable();
                others.dedup();
                let lone = others.into_iter().map(|unit| self.line(task.id, unit, |of, _| of == unit));
                lines.extend(lone.filter(|line| !line.entries.is_empty() || !line.words.is_empty()));
                if only.is_some() && lines.is_empty() {
                    continue;
                }
                for line in &mut lines {
                    line.whole = whole;
                }
                found.push(TaskTrace {
                    task: task.id,
                    path: clause.path.clone(),
                    text: task.text.clone(),
                    target: task.target.clone(),
                    due: task.due_on.map(vietnamese::short_date).unwrap_or_default(),
                    lines,
                });
            }
        }
        found
    }

    /// What a task that has begun rests on, where the reader is shown neither work nor report.
    fn why(&self, held: &Held) -> String {
        match self.records.word_of_beginning(held) {
            Some(word) if word.unit == held.unit && !word.received => {
                "theo báo cáo đã gửi, chờ tiếp nhận".to_owned()
            }
            Some(word) if word.unit == held.unit => "theo báo cáo đã tiếp nhận".to_owned(),
            Some(word) => match self.name(word.unit) {
                name if name.is_empty() => "theo báo cáo của đơn vị trước".to_owned(),
                name => format!("theo báo cáo của đơn vị trước ({name})"),
            },
            None => "theo công việc đơn vị trước đã ghi".to_owned(),
        }
    }

    /// What is on record of a task under one unit; `counts` says whose, and until when.
    fn line(&self, task: TaskId, unit: UnitId, counts: impl Fn(UnitId, chrono::NaiveDate) -> bool) -> Line {
        let by = |of: UnitId| if of == unit { String::new() } else { self.name(of) };
        let entries = self.entries.iter().filter(|e| e.task_id == task && counts(e.unit_id, e.done_on));
        let said = self.said.iter().filter(|word| word.task_id == task);
        let words = said
            .filter(|word| counts(word.unit_id, word.from()))
            .map(|word| Word {
                by: by(word.unit_id),
                stands: self.stands.get(&word.revision_id).cloned().unwrap_or_default(),
                said: word.clone(),
            })
            // A revision that another replaced stays for the editions made from it.
            .filter(|word| word.said.is_received() || !word.stands.is_empty());
        Line {
            id: unit,
            unit: self.name(unit),
            whole: false,
            holds: None,
            why: String::new(),
            entries: entries
                .map(|entry| Noted {
                    by: by(entry.unit_id),
                    indicator: entry
                        .indicator_id
                        .and_then(|id| self.codes.get(&id).cloned())
                        .unwrap_or_default(),
                    entry: entry.clone(),
                })
                .collect(),
            words: words.collect(),
        }
    }
}
