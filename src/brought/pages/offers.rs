//! What the review of a report in prose offers for tasks, ready to print. Stands between a desk and its template.

use super::text::{Mark, cut};
use crate::brought::Desk;
use crate::plans::shortened;
use crate::prose_reports::ProseReport;
use crate::reports::AskedTask;

/// Letters of a task in a list of choices.
const NAME: usize = 110;

/// What the text says of a task.
pub(super) struct ToldView {
    pub at: usize,
    pub taken: bool,
    pub short: String,
    /// All of it, where it was shortened.
    pub whole: String,
    /// The task it goes to.
    pub code: String,
    /// What its result says already.
    pub now: String,
    pub mark: Mark,
}

/// The unit's tasks by their codes.
pub(super) fn tasks(desk: &Desk<ProseReport>) -> Vec<(String, String)> {
    let name = |asked: &AskedTask| {
        (
            asked.id.to_string(),
            shortened(&format!("{}, mục {}. {}", asked.plan, asked.clause, asked.text), NAME),
        )
    };
    desk.ground.open.outline.tasks.iter().map(name).collect()
}

pub(super) fn told(desk: &Desk<ProseReport>) -> Vec<ToldView> {
    let (prose, choices, open) = (&desk.kept.prose, &desk.kept.choices, &desk.ground.open);
    let view = |(at, told): (usize, &crate::prose_reader::Told)| {
        let choice = choices.tasks.get(&at).cloned().unwrap_or_default();
        let (short, whole) = cut(&told.text);
        let asked = open.outline.tasks.iter().find(|asked| asked.id.to_string() == choice.code);
        let now = asked.and_then(|asked| open.draft.content.tasks.get(&asked.id));
        ToldView {
            at,
            taken: choice.taken,
            short,
            whole,
            code: choice.code,
            now: now.map_or("", |result| result.body.trim()).to_owned(),
            mark: Mark::of(told.sure, &told.lines),
        }
    };
    prose.told.iter().enumerate().map(view).collect()
}
