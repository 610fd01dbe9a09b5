//! What is typed about a task and those who hold it, and what it means. One row of the form names a body, a
//! group or a function; rows left blank are ignored.

use chrono::NaiveDate;

use super::form::{date_or_blank, typed};
use super::{Assignment, Mode, Part, Task};
use crate::db::ids::{ClauseId, FunctionId, UnitId};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::{LONG_LINE, TEXT};

/// Whom a row names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    Unit(UnitId),
    /// All units of a kind, as they stood on the plan's day.
    Group(String),
}

/// One row of holders, as typed. `who` is "unit:7", "group:district" or "".
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HolderRow {
    pub who: String,
    pub function: String,
    pub part: String,
    pub mode: String,
}

impl HolderRow {
    /// As most rows are filled in: lead, assigned.
    fn blank() -> HolderRow {
        HolderRow { part: Part::Lead.code().into(), mode: Mode::Assign.code().into(), ..HolderRow::default() }
    }

    pub fn is_blank(&self) -> bool {
        self.who.is_empty() && self.function.is_empty()
    }
}

/// A task as typed.
#[derive(Debug, Clone, Default)]
pub struct TaskForm {
    pub clause: String,
    pub text: String,
    pub target: String,
    pub due_on: String,
    pub rows: Vec<HolderRow>,
}

/// One holder as understood: a body, a group, or a function with or without the body that held it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderFacts {
    pub row: usize,
    pub who: Option<Who>,
    pub function: Option<FunctionId>,
    pub part: Part,
    pub mode: Mode,
}

/// A task as understood. Whether units and clause belong to the plan is for the verb to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFacts {
    pub clause: ClauseId,
    pub text: String,
    pub target: String,
    pub due_on: Option<NaiveDate>,
    pub holders: Vec<HolderFacts>,
}

/// Rows a form offers beyond those filled in.
const SPARE_ROWS: usize = 2;
/// Rows added when a person asks for more.
const MORE_ROWS: usize = 4;
/// Rows a form may send: more than the bodies of any province a document names one by one.
const MOST_ROWS: usize = 200;

impl TaskForm {
    /// A new task on a clause.
    pub fn on(clause: ClauseId) -> TaskForm {
        TaskForm { clause: clause.to_string(), ..TaskForm::default() }.with_spare_rows()
    }

    /// A stored task, for editing; the members of a group are one row.
    pub fn of(task: &Task, assignments: &[Assignment]) -> TaskForm {
        let mut rows: Vec<HolderRow> = Vec::new();
        for a in assignments {
            let who = match (&a.group_kind, a.unit_id) {
                (Some(kind), _) => format!("group:{kind}"),
                (None, Some(unit)) => format!("unit:{unit}"),
                (None, None) => String::new(),
            };
            let row = HolderRow {
                who,
                function: a.function_id.map(|f| f.to_string()).unwrap_or_default(),
                part: a.part.code().into(),
                mode: a.mode.code().into(),
            };
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        TaskForm {
            clause: task.clause_id.to_string(),
            text: task.text.clone(),
            target: task.target.clone(),
            due_on: typed(task.due_on),
            rows,
        }
        .with_spare_rows()
    }

    /// From the fields of a form; `get` gives a field as typed.
    pub fn read(get: impl Fn(&str) -> String) -> TaskForm {
        let count = get("rows").parse::<usize>().unwrap_or(0).min(MOST_ROWS);
        let rows = (0..count)
            .map(|i| HolderRow {
                who: get(&format!("who_{i}")),
                function: get(&format!("function_{i}")),
                part: get(&format!("part_{i}")),
                mode: get(&format!("mode_{i}")),
            })
            .collect();
        TaskForm {
            clause: get("clause"),
            text: get("text"),
            target: get("target"),
            due_on: get("due_on"),
            rows,
        }
    }

    /// With blank rows at the end, for more holders.
    pub fn with_spare_rows(mut self) -> TaskForm {
        let blank = self.rows.iter().rev().take_while(|row| row.is_blank()).count();
        for _ in blank..SPARE_ROWS {
            self.rows.push(HolderRow::blank());
        }
        self
    }

    /// With as many more rows as a person asks for at once.
    pub fn with_more_rows(mut self) -> TaskForm {
        for _ in 0..MORE_ROWS {
            self.rows.push(HolderRow::blank());
        }
        self
    }

    /// # Errors
    /// [`Error::Invalid`] with a message at each field to mend; a row's messages stand at `who_<row>`.
    pub fn parse(&self) -> Result<TaskFacts, Error> {
        let mut problems = Problems::default();
        let text = self.text.trim();
        if text.is_empty() {
            problems.add("text", "Nhập nội dung nhiệm vụ.");
        }
        problems.add_fault("text", TEXT.fault("Nội dung nhiệm vụ", text));
        problems.add_fault("target", LONG_LINE.fault("Chỉ tiêu", &self.target));
        let clause = self.clause.parse().unwrap_or(ClauseId(0));
        if clause == ClauseId(0) {
            problems.add("clause", "Chọn mục của kế hoạch.");
        }
        let due_on = date_or_blank(&mut problems, "due_on", &self.due_on);
        let mut holders: Vec<HolderFacts> = Vec::new();
        for (row, typed) in self.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            match typed.parse(row) {
                Ok(facts) => {
                    let again = holders.iter().any(|h| h.who == facts.who && h.function == facts.function);
                    if again {
                        problems.add(
                            format!("who_{row}"),
                            format!("Dòng {}: đã có ở một dòng trên. Bỏ bớt một dòng.", row + 1),
                        );
                    }
                    holders.push(facts);
                }
                Err(message) => problems.add(format!("who_{row}"), format!("Dòng {}: {message}", row + 1)),
            }
        }
        if holders.is_empty() && problems.0.iter().all(|p| !p.field.starts_with("who_")) {
            problems.add("who_0", "Nhập ít nhất một đơn vị, một nhóm đơn vị hoặc một chức năng.");
        } else if !holders.is_empty() && holders.iter().all(|h| h.part != Part::Lead) {
            problems.add("who_0", "Nhiệm vụ phải có ít nhất một đơn vị chủ trì.");
        }
        problems.or(TaskFacts {
            clause,
            text: text.to_owned(),
            target: self.target.trim().to_owned(),
            due_on,
            holders,
        })
    }
}

impl HolderRow {
    fn parse(&self, row: usize) -> Result<HolderFacts, &'static str> {
        let who = match self.who.split_once(':') {
            None if self.who.is_empty() => None,
            Some(("unit", id)) => Some(Who::Unit(id.parse().map_err(|_| "chọn đơn vị trong danh sách.")?)),
            Some(("group", kind)) => Some(Who::Group(kind.to_owned())),
            _ => return Err("chọn đơn vị trong danh sách."),
        };
        let function = match self.function.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| "chọn chức năng trong danh sách.")?),
        };
        if matches!(who, Some(Who::Group(_))) && function.is_some() {
            return Err("một nhóm đơn vị không đi cùng chức năng; để trống ô Theo chức năng.");
        }
        let part = Part::from_code(&self.part).ok_or("chọn chủ trì hoặc phối hợp.")?;
        let mode = Mode::from_code(&self.mode).ok_or("chọn giao hoặc đề nghị.")?;
        Ok(HolderFacts { row, who, function, part, mode })
    }
}
