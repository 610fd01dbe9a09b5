//! A document of a unit with what the rule proposed and what a person decided, as it is kept with the upload. Pure. Tasks stand in it by
//! their ids, items by their places in the reading, which is kept with them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::items::{Document, Item};
use super::linking::{self, Asked, Link};
use crate::db::ids::TaskId;
use crate::plan_reader::Sure;

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
}

impl Kept {
    /// A fresh reading: what the rule is sure or fairly sure of is taken, the rest waits for a person.
    pub fn new(document: Document, tasks: &[(TaskId, Asked)]) -> Kept {
        let asked: Vec<Asked> = tasks.iter().map(|(_, asked)| asked.clone()).collect();
        let of = |link: Link| Proposed {
            task: tasks[link.task].0,
            item: link.item,
            sure: link.sure,
            cited: link.cited,
            shared: link.shared,
        };
        let proposed: Vec<Proposed> = linking::propose(&asked, &document.items).into_iter().map(of).collect();
        let sure = proposed.iter().filter(|link| link.sure > Sure::Guess);
        let chosen = sure.map(|link| (link.task, link.item)).collect();
        Kept { document, proposed, chosen }
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
