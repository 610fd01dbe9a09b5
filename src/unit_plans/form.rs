//! What is ticked and added on the review of a unit's plan, into pairs of a task and an item.

use super::kept::Chosen;
use crate::db::ids::TaskId;
use crate::web::FormData;

/// The pairs: `link.<task>.<item>` ticked, `add.<task>` chosen from the list. What cannot be read is none.
pub fn chosen(form: &FormData) -> Chosen {
    let pair = |task: &str, item: &str| Some((task.parse::<TaskId>().ok()?, item.parse().ok()?));
    let ticked = form.with_prefix("link.").filter_map(|(rest, _)| {
        let (task, item) = rest.split_once('.')?;
        pair(task, item)
    });
    let added = form.with_prefix("add.").filter_map(|(task, item)| pair(task, item));
    ticked.chain(added).collect()
}
