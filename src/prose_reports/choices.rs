//! What was decided about each item of a reading, kept as JSON with the upload beside the reading itself: a later reader may
//! number its items otherwise. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::plan_reader::Sure;
use crate::prose_reader::{Form, FormColumn, FormFigure, FormList, FormSection, FormTask, Prose};
use crate::reports::{AskedTask, Content, ListTable, Outline};

/// What is done where a section has a text already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum How {
    /// The draft's text stays.
    #[default]
    Keep,
    /// The document's text follows it.
    Append,
    /// The document's text stands instead.
    Replace,
}

impl How {
    pub const ALL: [How; 3] = [How::Keep, How::Append, How::Replace];

    pub fn code(self) -> &'static str {
        match self {
            How::Keep => "keep",
            How::Append => "append",
            How::Replace => "replace",
        }
    }

    pub fn from_code(code: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.code() == code)
    }

    pub fn words(self) -> &'static str {
        match self {
            How::Keep => "Giữ nội dung đang có",
            How::Append => "Thêm nội dung văn bản vào sau",
            How::Replace => "Thay bằng nội dung văn bản",
        }
    }
}

/// What was decided of a figure, or of what is said of a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chosen {
    pub taken: bool,
    /// The code of the figure or the task it goes to; "" for none.
    pub code: String,
}

/// What was decided of a title.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TitleChoice {
    pub taken: bool,
    pub text: String,
    pub url: String,
}

/// Every decision about a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Its head names another body or period, and somebody said that it is this one's all the same.
    pub own: bool,
    /// The facts of the signed paper are taken.
    pub paper: bool,
    /// The section of each piece; "" where it is left out.
    pub pieces: BTreeMap<usize, String>,
    /// By section code.
    pub how: BTreeMap<String, How>,
    pub figures: BTreeMap<usize, Chosen>,
    pub titles: BTreeMap<usize, TitleChoice>,
    /// What is said of tasks.
    pub tasks: BTreeMap<usize, Chosen>,
    /// Whether the rows of a table go to its list.
    pub tables: BTreeMap<usize, bool>,
}

/// A reading with what was decided, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub prose: Prose,
    pub choices: Choices,
}

impl Kept {
    /// A fresh reading: what the reader is sure of is taken, the rest waits for a person; nothing that stands in the draft is
    /// replaced.
    pub fn new(prose: Prose, content: &Content, outline: &Outline) -> Kept {
        let free = |code: &str| {
            let asked = outline.typed().find(|asked| asked.code == code);
            asked.is_some_and(|asked| {
                content.entries.get(&asked.id).is_none_or(|entry| entry.typed.is_empty())
            })
        };
        let mut given: BTreeSet<&str> = BTreeSet::new();
        let figures = prose.figures.iter().enumerate().filter(|(_, figure)| figure.kind.is_value());
        let figures = figures.map(|(at, figure)| {
            let code = figure.proposed.as_deref().unwrap_or_default();
            let taken = figure.sure > Sure::Guess && free(code) && given.insert(code);
            (at, Chosen { taken, code: code.to_owned() })
        });
        let figures = figures.collect();
        let titles = prose.titles.iter().enumerate().map(|(at, title)| {
            // An address is what a report is checked by: without one it waits.
            let taken = !title.url.is_empty() && !title.text.is_empty();
            (at, TitleChoice { taken, text: title.text.clone(), url: title.url.clone() })
        });
        let tasks = prose.told.iter().enumerate().map(|(at, told)| {
            let asked = outline.tasks.iter().find(|asked| asked.id.to_string() == told.task);
            let free = |asked: &AskedTask| {
                content.tasks.get(&asked.id).is_none_or(|result| result.body.trim().is_empty())
            };
            let taken = told.sure > Sure::Guess && asked.is_some_and(free);
            (at, Chosen { taken, code: told.task.clone() })
        });
        let tasks = tasks.collect();
        let tables = prose.tables.iter().map(|table| table.sure > Sure::Guess).enumerate().collect();
        let choices = Choices {
            own: false,
            paper: content.paper.is_to_come() && !prose.head.number.is_empty(),
            pieces: prose
                .pieces
                .iter()
                .enumerate()
                .map(|(at, piece)| (at, piece.section.clone().unwrap_or_default()))
                .collect(),
            how: BTreeMap::new(),
            figures,
            titles: titles.collect(),
            tasks,
            tables,
        };
        Kept { prose, choices }
    }
}

/// What a report is read by.
pub fn form_of(outline: &Outline) -> Form {
    let section = |asked: &crate::reports::AskedSection| FormSection {
        code: asked.code.clone(),
        label: asked.label.clone(),
        title: asked.title.clone(),
        hint: asked.hint.clone(),
    };
    let figure = |asked: &crate::reports::AskedIndicator| FormFigure {
        code: asked.code.clone(),
        name: asked.name.clone(),
        measure: asked.measure_unit.clone(),
        money: asked.exponent > 0 || asked.measure_unit.contains("đồng"),
        yes_no: asked.is_bool(),
    };
    let list = |asked: &ListTable| FormList {
        code: asked.code.clone(),
        columns: asked
            .columns
            .iter()
            .map(|column| FormColumn {
                code: column.code.clone(),
                title: column.title.clone(),
                required: column.required,
            })
            .collect(),
    };
    let task = |asked: &AskedTask| FormTask {
        code: asked.id.to_string(),
        plan: asked.plan.clone(),
        clause: asked.clause.clone(),
        text: asked.text.clone(),
    };
    Form {
        sections: outline.sections.iter().map(section).collect(),
        figures: outline.typed().map(figure).collect(),
        lists: outline.lists.iter().map(list).collect(),
        tasks: outline.tasks.iter().map(task).collect(),
    }
}
