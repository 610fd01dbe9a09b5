//! `GET /plans/{id}/board`: the tasks of a plan by the units that hold them, with how far each has come.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::editor::seen;
use super::outline_view::Whole;
use super::show::Heading;
use crate::db::ids::{ClauseId, PlanId, TaskId, UnitId};
use crate::error::Error;
use crate::plans::sight::Sight;
use crate::plans::state::{Counts, Held, Records, TaskState};
use crate::plans::{Part, queries, shortened};
use crate::units::UnitOn;
use crate::vietnamese;
use crate::web::{Nav, Page, SignedIn, State, render};

/// Characters of a task beside its row.
const ROW: usize = 90;

/// `?state=overdue`.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
}

impl Asked {
    /// # Errors
    /// `NotFound` for a code that is no state.
    fn state(&self) -> Result<Option<TaskState>, Error> {
        match self.state.as_str() {
            "" => Ok(None),
            code => TaskState::from_code(code).map(Some).ok_or(Error::NotFound),
        }
    }
}

/// A unit that holds a task.
struct Column {
    id: UnitId,
    short: String,
    name: String,
    counts: Counts,
}

struct Cell {
    state: TaskState,
    part: Part,
    unit: UnitId,
    /// What it rests on where the task asks for the unit's plan; else "".
    why: String,
}

struct Row {
    task: TaskId,
    text: String,
    due: String,
    cells: Vec<Option<Cell>>,
}

/// A clause with the rows of its tasks.
struct Group {
    clause: ClauseId,
    path: String,
    title: String,
    counts: Counts,
    rows: Vec<Row>,
}

/// The tasks of a plan by unit, as far as a reader may see them.
struct Board {
    columns: Vec<Column>,
    groups: Vec<Group>,
    counts: Counts,
}

impl Board {
    fn new(whole: &Whole, held: &[Held], records: &Records, sight: &Sight, only: Option<TaskState>) -> Board {
        let mut cells: HashMap<(TaskId, UnitId), Cell> = HashMap::new();
        let (mut counts, mut of_unit) = (Counts::default(), HashMap::<UnitId, Counts>::new());
        let mut units: BTreeMap<(i32, i32, UnitId), &UnitOn> = BTreeMap::new();
        for one in held.iter().filter(|one| sight.shows(one.unit)) {
            let Some(known) = whole.landscape.units.get(&one.unit) else { continue };
            let state = records.state(one, whole.day);
            counts.add(state);
            of_unit.entry(one.unit).or_default().add(state);
            if only.is_none_or(|only| only == state) {
                units.insert(known.protocol_key(), known);
                let cell = Cell { state, part: one.part, unit: one.unit, why: records.reason(one) };
                cells.insert((one.task, one.unit), cell);
            }
        }
        let columns: Vec<Column> = units
            .into_values()
            .map(|unit| Column {
                id: unit.id,
                short: if unit.short_name.is_empty() { unit.name.clone() } else { unit.short_name.clone() },
                name: unit.name.clone(),
                counts: of_unit.remove(&unit.id).unwrap_or_default(),
            })
            .collect();
        let with_cells: BTreeSet<TaskId> = cells.keys().map(|(task, _)| *task).collect();
        let mut groups: Vec<Group> = Vec::new();
        for (clause, task) in whole.live().into_iter().filter(|(_, task)| with_cells.contains(&task.id)) {
            let cells: Vec<Option<Cell>> =
                columns.iter().map(|column| cells.remove(&(task.id, column.id))).collect();
            let here: Counts = cells.iter().flatten().map(|cell| cell.state).collect();
            let row = Row {
                task: task.id,
                text: shortened(&task.text, ROW),
                due: task.due_on.map(vietnamese::short_date).unwrap_or_default(),
                cells,
            };
            match groups.last_mut() {
                Some(group) if group.clause == clause.id => {
                    group.counts += here;
                    group.rows.push(row);
                }
                _ => groups.push(Group {
                    clause: clause.id,
                    path: clause.path.clone(),
                    title: if clause.title.is_empty() {
                        shortened(&clause.body, ROW)
                    } else {
                        clause.title.clone()
                    },
                    counts: here,
                    rows: vec![row],
                }),
            }
        }
        Board { columns, groups, counts }
    }
}

#[derive(Template)]
#[template(path = "plans/board.html")]
struct BoardPage {
    page: Page,
    head: Heading,
    board: Board,
    /// Every unit's tasks, or the reader's own.
    all: bool,
    only: Option<TaskState>,
}

impl BoardPage {
    /// Whether tasks in a state are shown.
    fn shows(&self, state: &TaskState) -> bool {
        self.only.is_none_or(|only| only == *state)
    }

    /// The ways to one state each: address, words, whether it is the one shown.
    fn filters(&self) -> Vec<(String, String, bool)> {
        let base = format!("/plans/{}/board", self.head.plan.id);
        let all = (base.clone(), format!("Tất cả {}", self.board.counts.all()), self.only.is_none());
        let one = |state: TaskState| {
            let words = format!("{} {}", state.heading(), self.board.counts.of(state));
            (format!("{base}?state={}", state.code()), words, self.only == Some(state))
        };
        std::iter::once(all).chain(TaskState::ALL.into_iter().map(one)).collect()
    }
}

/// The board. Some sixteen queries, whatever the number of units and tasks.
///
/// # Errors
/// `NotFound` outside the person's provinces and for a state that is none; `Forbidden` for who reads nobody's work.
pub async fn board(
    state: State,
    me: SignedIn,
    id: web::Path<PlanId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let plan = seen(&state, &me, id.into_inner()).await?;
    let (today, actor, only) = (state.clock.today(), me.actor.clone(), asked.state()?);
    let (whole, sight, held, records) = state
        .read(move |conn| {
            let whole = Whole::load(conn, plan, today)?;
            let sight = Sight::of(&actor, &whole.plan, &whole.keepers).some()?;
            let held = whole.held();
            let records = queries::records(conn, &held, whole.day)?;
            Ok((whole, sight, held, records))
        })
        .await?;
    let board = Board::new(&whole, &held, &records, &sight, only);
    let head = Heading::of(&whole, &me, today);
    let page = me.page(format!("Bảng theo dõi, {}", head.plan.short_name), Nav::Plans);
    render(&BoardPage { page, head, board, all: sight.is_all(), only })
}
