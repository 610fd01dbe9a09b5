//! The review of a unit's plan: its tasks with the clauses that answer them, then what the form asks. Stands between a desk and its
//! template.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::tables::Tables;
use super::text::Text;
use super::top::Top;
use super::{Begin, Shown};
use crate::brought::{Desk, Ground};
use crate::db::ids::TaskId;
use crate::error::Error;
use crate::plan_adoption::marks::{place, sure_words};
use crate::plan_reader::Sure;
use crate::plans::shortened;
use crate::prose_reports::form::choices;
use crate::prose_reports::outcome::Fault;
use crate::reports::AskedTask;
use crate::unit_plans::UnitPlan;
use crate::unit_plans::doubts::doubts;
use crate::unit_plans::form::chosen;
use crate::unit_plans::items::Item;
use crate::unit_plans::kept::{Chosen, Decided, Kept, Proposed};
use crate::unit_plans::outcome::Outcome;
use crate::vietnamese::capital;
use crate::web::{FormData, Page, render_status};

impl Shown for UnitPlan {
    fn begin(ground: &Ground<UnitPlan>) -> Begin {
        let against = match ground.beside.len() {
            0 => String::new(),
            of => format!("Từng mục của kế hoạch được đối chiếu với {of} nhiệm vụ giao cho đơn vị. "),
        };
        Begin {
            heading: "Đưa kế hoạch của đơn vị lên",
            hint: format!("{against}Bạn xem lại rồi mới dùng; trước đó báo cáo không thay đổi."),
            attached: if ground.typed() {
                " Tệp Word, PDF được đính kèm vào báo cáo làm căn cứ."
            } else {
                " Tệp Word, PDF được đính kèm vào báo cáo."
            },
            pasted: "; nội dung dán vào không được đính kèm, nhưng được giữ lại và mở được từ báo cáo đã gửi",
            held: "Kế hoạch đã tải lên",
            full: "Tải thêm thì văn bản cũ nhất chưa dùng được bỏ.",
            waits: "chưa dùng",
        }
    }

    fn bring_title(ground: &Ground<UnitPlan>) -> String {
        format!("Kế hoạch của đơn vị: {}", ground.open.case.unit.name)
    }

    fn applied_words(when: &str, newest: bool) -> String {
        format!("{}, từ {when}", if newest { "đang dùng" } else { "đã dùng" })
    }

    fn review_title(desk: &Desk<UnitPlan>) -> String {
        format!("Đối chiếu kế hoạch của đơn vị: {}", desk.ground.open.case.unit.name)
    }

    fn choices(form: &FormData, kept: &Kept) -> Decided {
        Decided { chosen: chosen(form), filling: choices(form, &kept.filling.prose) }
    }

    fn done(outcome: &Outcome) -> String {
        let said = [outcome.words(), outcome.filled_words()];
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let colon = if said.is_empty() { "" } else { ": " };
        format!("Đã dùng làm kế hoạch của đơn vị{colon}{}. Xem lại rồi gửi.", said.join("; "))
    }

    fn review(
        page: Page,
        desk: &Desk<UnitPlan>,
        stopped: Option<String>,
        status: StatusCode,
    ) -> Result<HttpResponse, Error> {
        render_status(status, &view(page, desk, stopped))
    }
}

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
#[template(path = "brought/plan.html")]
struct ReviewPage {
    page: Page,
    top: Top,
    document: String,
    unread: usize,
    doubts: Vec<String>,
    faults: Vec<Fault>,
    answered: usize,
    of: usize,
    /// What nothing answers first.
    tasks: Vec<TaskView>,
    /// Every clause, to choose from.
    choices: Vec<(usize, String)>,
    others: Vec<OtherView>,
    text: Text,
    tables: Tables,
}

impl ReviewPage {
    fn open(&self) -> usize {
        self.of - self.answered
    }
}

fn view(page: Page, desk: &Desk<UnitPlan>, stopped: Option<String>) -> ReviewPage {
    let (kept, open) = (&desk.kept, &desk.ground.open);
    let items = &kept.document.items;
    let spoken = items.iter().map(|item| (item.lines.as_slice(), item.sure));
    let mut tasks: Vec<TaskView> =
        desk.ground.beside.iter().map(|(task, _)| task_view(kept, task.clone())).collect();
    tasks.sort_by_key(|task| !task.open);
    let silent = items.iter().enumerate().filter(|(_, item)| !item.is_whole());
    let silent = silent.filter(|(at, _)| !kept.chosen.iter().any(|(_, of)| of == at));
    ReviewPage {
        page,
        top: Top::of(desk, (&kept.document.roles, spoken), stopped),
        document: kept.document.name(),
        unread: kept.document.unread(),
        doubts: doubts(&kept.document, &open.case),
        faults: desk.outcome.filled.faults.clone(),
        answered: desk.outcome.answered,
        of: desk.outcome.of,
        tasks,
        choices: items
            .iter()
            .enumerate()
            .map(|(at, item)| (at, format!("{}: {}", capital(&item.place()), shortened(&item.text, CHOICE))))
            .collect(),
        others: silent.map(|(_, item)| other(item)).collect(),
        text: Text::of(&kept.filling, open),
        tables: Tables::of(&kept.filling, open, &desk.outcome.filled.faults),
    }
}

fn task_view(kept: &Kept, task: AskedTask) -> TaskView {
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
    (task, chosen): (TaskId, &Chosen),
) -> LinkView {
    let short = shortened(&item.text, SHOWN);
    let why = match proposed {
        Some(_) if item.is_whole() => "chính văn bản này là kế hoạch được yêu cầu".to_owned(),
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
