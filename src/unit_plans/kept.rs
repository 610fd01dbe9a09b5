//! A document of a unit with what the rule proposed and what a person decided, as it is kept with the upload. Pure. Tasks stand in it by
//! their ids, items by their places in the reading, which is kept with them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::items::{Document, Item};
use super::linking::{self, Asked, Link};
use crate::db::ids::TaskId;
use crate::plan_reader::Sure;
use crate::prose_reader::Prose;
use crate::prose_reports::choices;
use crate::reports::{AskedTask, Content, Outline};
use crate::vietnamese::search_key;

/// A proposed link of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub task: TaskId,
    pub item: usize,
    pub sure: Sure,
    pub cited: bool,
    pub shared: usize,
}

/// Tasks with the items that answer them.
pub type Chosen = BTreeSet<(TaskId, usize)>;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub document: Document,
    pub proposed: Vec<Proposed>,
    pub chosen: Chosen,
    /// Its text by the sections of the form, and its row among the documents issued.
    pub filling: choices::Kept,
}

/// What is decided on the page.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    pub chosen: Chosen,
    pub filling: choices::Choices,
}

impl Kept {
    /// A fresh reading: what the rule is sure or fairly sure of is taken, the rest waits for a person. A task that asks for this very
    /// plan is answered by the whole of it.
    pub fn new(mut document: Document, tasks: &[(AskedTask, Asked)]) -> Kept {
        let asked: Vec<Asked> = tasks.iter().map(|(_, asked)| asked.clone()).collect();
        let of = |link: Link| Proposed {
            task: tasks[link.task].0.id,
            item: link.item,
            sure: link.sure,
            cited: link.cited,
            shared: link.shared,
        };
        let mut proposed: Vec<Proposed> =
            linking::propose(&asked, &document.items).into_iter().map(of).collect();
        if asked.iter().any(|asked| asked.own) {
            let item = document.add_whole();
            let own = tasks.iter().filter(|(_, asked)| asked.own).map(|(task, _)| task.id);
            let by_whole = |task| Proposed { task, item, sure: Sure::Certain, cited: false, shared: 0 };
            proposed.extend(own.map(by_whole));
        }
        let sure = proposed.iter().filter(|link| link.sure > Sure::Guess);
        let chosen = sure.map(|link| (link.task, link.item)).collect();
        Kept { document, proposed, chosen, ..Kept::default() }
    }

    /// With what its text and its head say to the form. A number that stands in the list already is not ticked once more.
    #[must_use]
    pub fn filling(mut self, prose: Prose, content: &Content, outline: &Outline) -> Kept {
        let number = prose.head.full_number();
        let mut filling = choices::Kept::new(prose, content, outline);
        // The facts of the paper are always taken, where the draft has none.
        filling.choices.paper = false;
        // A form with one section asks for the plan, not for the part that is called as it or counted as it.
        if let [only] = outline.sections.as_slice() {
            for section in filling.choices.pieces.values_mut() {
                section.clone_from(&only.code);
            }
        }
        let same = |cell: &String| search_key(cell) == search_key(&number);
        for (at, table) in filling.prose.tables.iter().enumerate() {
            let columns = table.rows.iter().flatten().filter(|(_, cell)| same(cell)).map(|(code, _)| code);
            let columns: Vec<&String> = columns.collect();
            let mut held = content.lists.get(&table.list).into_iter().flatten();
            if held.any(|row| columns.iter().any(|code| row.get(*code).is_some_and(same))) {
                filling.choices.tables.insert(at, false);
            }
        }
        self.filling = filling;
        self
    }

    /// The items that answer a task, in the document's order.
    pub fn answers(&self, task: TaskId) -> impl Iterator<Item = (usize, &Item)> {
        let chosen = self.chosen.iter().filter(move |(of, _)| *of == task);
        chosen.filter_map(|(_, at)| Some((*at, self.document.items.get(*at)?)))
    }

    /// Whether nothing answers it.
    pub fn is_open(&self, task: TaskId) -> bool {
        self.answers(task).next().is_none()
    }
}
