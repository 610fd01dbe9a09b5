//! What the review of a unit's plan shows, ready to print. Stands between a desk and its template.

use std::collections::BTreeMap;

use askama::Template;

use crate::calendar::to_local;
use crate::db::ids::TaskId;
use crate::plan_adoption::marks::{Line, marked, place, sure_words};
use crate::plan_reader::Sure;
use crate::plans::shortened;
use crate::prose_reports::attach::is_taken;
use crate::reports::AskedTask;
use crate::unit_plans::apply::{Desk, purpose};
use crate::unit_plans::doubts::doubts;
use crate::unit_plans::items::Item;
use crate::unit_plans::kept::Proposed;
use crate::vietnamese::{capital, date_time};
use crate::web::Page;

/// Letters of a clause shown without unfolding it, and in a list to choose from.
const SHOWN: usize = 200;
const CHOICE: usize = 90;

/// A clause under a task it answers, or may answer.
struct LinkView {
    item: usize,
    taken: bool,
    place: String,
    short: String,
    /// All of it, where it was shortened.
    whole: String,
    /// "chắc chắn", "khá chắc", "chưa rõ"; "" for one a person added.
    sure: &'static str,
    guess: bool,
    /// "nêu đúng mục của nhiệm vụ", "3 cụm từ chung".
    why: String,
    lines: String,
    first: usize,
}

struct TaskView {
    task: AskedTask,
    open: bool,
    links: Vec<LinkView>,
}

/// A clause that answers nothing.
struct OtherView {
    place: String,
    short: String,
    lines: String,
    first: usize,
}

#[derive(Template)]
#[template(path = "unit_plans/review.html")]
pub(super) struct ReviewPage {
    page: Page,
    report: String,
    title: String,
    unit: String,
    behalf: Option<String>,
    /// The document becomes a file of the report.
    attaches: bool,
    upload: String,
    file_name: String,
    uploaded: String,
    document: String,
    version: i32,
    draft: i32,
    used: bool,
    lines: Vec<Line>,
    unread: usize,
    doubts: Vec<String>,
    answered: usize,
    of: usize,
    /// What nothing answers first.
    tasks: Vec<TaskView>,
    /// Every clause, to choose from.
    choices: Vec<(usize, String)>,
    others: Vec<OtherView>,
    /// What kept it from being used just now.
    pub stopped: Option<String>,
}

impl ReviewPage {
    fn open(&self) -> usize {
        self.of - self.answered
    }
}

pub(super) fn view(page: Page, desk: &Desk) -> ReviewPage {
    let (kept, case) = (&desk.kept, &desk.open.case);
    let items = &kept.document.items;
    let spoken = items.iter().map(|item| (item.lines.as_slice(), item.sure));
    let lines = marked(&desk.text, &kept.document.roles, spoken);
    let mut tasks: Vec<TaskView> =
        desk.open.outline.tasks.iter().map(|task| task_view(desk, task.clone())).collect();
    tasks.sort_by_key(|task| !task.open);
    let uploaded = date_time(to_local(desk.row.uploaded_at));
    let silent = items.iter().enumerate().filter(|(at, _)| !kept.chosen.iter().any(|(_, of)| of == at));
    ReviewPage {
        page,
        report: case.report.id.to_string(),
        title: case.title(),
        unit: case.unit.name.clone(),
        behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
        attaches: is_taken(purpose(&desk.open), &desk.row.kind),
        upload: desk.row.id.to_string(),
        file_name: desk.row.file_name.clone(),
        uploaded: format!("{}, {} tải lên lúc {uploaded}", desk.row.size_words(), desk.row.adder_name),
        document: kept.document.name(),
        version: desk.row.version,
        draft: desk.open.draft.version,
        used: desk.row.applied_at.is_some(),
        lines,
        unread: kept.document.unread(),
        doubts: doubts(&kept.document, case),
        answered: desk.outcome.answered,
        of: desk.outcome.of,
        tasks,
        choices: items
            .iter()
            .enumerate()
            .map(|(at, item)| (at, format!("{}: {}", capital(&item.place()), shortened(&item.text, CHOICE))))
            .collect(),
        others: silent.map(|(_, item)| other(item)).collect(),
        stopped: None,
    }
}

fn task_view(desk: &Desk, task: AskedTask) -> TaskView {
    let kept = &desk.kept;
    // Proposed ones in the order of the rule, then those a person added in the document's.
    let mut order: Vec<usize> = Vec::new();
    let mut proposed: BTreeMap<usize, &Proposed> = BTreeMap::new();
    for link in kept.proposed.iter().filter(|link| link.task == task.id) {
        order.push(link.item);
        proposed.insert(link.item, link);
    }
    order.extend(kept.answers(task.id).map(|(at, _)| at).filter(|at| !proposed.contains_key(at)));
    let links = order.into_iter().filter_map(|at| {
        let item = kept.document.items.get(at)?;
        Some(link_view(at, item, proposed.get(&at).copied(), (task.id, &kept.chosen)))
    });
    TaskView { open: kept.is_open(task.id), links: links.collect(), task }
}

fn link_view(
    at: usize,
    item: &Item,
    proposed: Option<&Proposed>,
    (task, chosen): (TaskId, &crate::unit_plans::kept::Chosen),
) -> LinkView {
    let short = shortened(&item.text, SHOWN);
    let why = match proposed {
        Some(link) if link.cited => "nêu đúng mục của nhiệm vụ".to_owned(),
        Some(link) => format!("{} cụm từ chung", link.shared),
        None => "bạn thêm".to_owned(),
    };
    LinkView {
        item: at,
        taken: chosen.contains(&(task, at)),
        place: capital(&item.place()),
        whole: if short == item.text { String::new() } else { item.text.clone() },
        short,
        sure: proposed.map_or("", |link| sure_words(link.sure)),
        guess: proposed.is_some_and(|link| link.sure == Sure::Guess),
        why,
        lines: place(&item.lines),
        first: item.lines.first().copied().unwrap_or_default(),
    }
}

fn other(item: &Item) -> OtherView {
    OtherView {
        place: capital(&item.place()),
        short: shortened(&item.text, SHOWN),
        lines: place(&item.lines),
        first: item.lines.first().copied().unwrap_or_default(),
    }
}
