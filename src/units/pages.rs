//! The register of units on a day, and one unit through time. Stands between the register's queries and two
//! templates; foreign provinces do not exist here.

mod admin;

use std::collections::{HashMap, HashSet};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::history::{UnitHistory, span};
use super::queries::register::{self, ChangeLine, FunctionHeld};
use crate::access::Action;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::vietnamese::{self, short_date};
use crate::web::{Nav, Page, SignedIn, State, render, render_status};

pub use admin::{create, edit_form, import, import_form, new_form, save};

/// What the register is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The day, as an input of type date sends it or as an official writes it.
    #[serde(default)]
    on: String,
    /// Words to search for.
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "units/list.html")]
struct ListPage {
    page: Page,
    asked: Asked,
    day: NaiveDate,
    problem: Option<String>,
    groups: Vec<Group>,
    /// Units that existed on the day, of all or of those searched for.
    count: usize,
    /// Whether the reader adds units.
    administers: bool,
    /// Whether the reader may open the reorganisations.
    reads_changes: bool,
}

struct Group {
    heading: String,
    rows: Vec<Row>,
}

struct Row {
    id: UnitId,
    name: String,
    /// Names it bore before, latest first; "" when there are none.
    former: String,
    /// Short name and aliases.
    other_names: String,
    parent: Option<(UnitId, String)>,
    time: String,
}

#[derive(Template)]
#[template(path = "units/show.html")]
struct ShowPage {
    page: Page,
    today: NaiveDate,
    unit: UnitHistory,
    parent: Option<Other>,
    took_over: Vec<Event>,
    passed_on: Vec<Event>,
    functions: Vec<FunctionHeld>,
    versions: Vec<VersionLine>,
    children: Vec<Row>,
    /// Whether the reader corrects it.
    administers: bool,
    /// Whether the reader may record a reorganisation of it.
    may_arrange: bool,
    /// Whether the history of its reports is open to the reader.
    reads_reports: bool,
}

struct VersionLine {
    time: String,
    name: String,
    short_name: String,
    kind: String,
    parent: Option<Other>,
}

/// Another unit as it was called then; linked where the reader may see it.
#[derive(Clone)]
struct Other {
    id: UnitId,
    name: String,
    linked: bool,
}

/// One line of a reorganisation: `before`, the other unit, and where it is written.
struct Event {
    day: String,
    before: String,
    other: Option<Other>,
    decision: String,
    note: String,
}

/// `GET /units?on=&q=`: the units of the reader's province on a day.
///
/// # Errors
/// [`Error::Forbidden`] for those who read no province.
pub async fn list(me: SignedIn, state: State, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let provinces = provinces(&me)?;
    let asked = Asked { on: vietnamese::clean_line(&asked.on), q: vietnamese::clean_line(&asked.q) };
    let today = state.clock.today();
    let (day, problem) = match asked.on.as_str() {
        "" => (today, None),
        text => match text.parse().or_else(|_| vietnamese::parse_date(text)) {
            Ok(day) => (day, None),
            Err(error) => (today, Some(error.to_string())),
        },
    };
    let all = state.read(move |conn| Ok(register::of_provinces(conn, &provinces)?)).await?;
    let names: HashMap<UnitId, String> =
        all.iter().map(|unit| (unit.id, unit.on(day).short_name.clone())).collect();
    let found: Vec<&UnitHistory> =
        all.iter().filter(|unit| vietnamese::matches(&asked.q, &unit.search_key)).collect();
    let living: Vec<&UnitHistory> = found.iter().copied().filter(|unit| unit.existed_on(day)).collect();
    let ended: Vec<&UnitHistory> = found.into_iter().filter(|unit| unit.had_ended_by(day)).collect();
    let count = living.len();
    let mut groups = Vec::new();
    for unit in in_protocol_order(living, day) {
        let heading = &unit.on(day).kind_heading;
        let row = row(unit, day, &names);
        match groups.last_mut() {
            Some(Group { heading: last, rows }) if last == heading => rows.push(row),
            _ => groups.push(Group { heading: heading.clone(), rows: vec![row] }),
        }
    }
    if !ended.is_empty() {
        let rows = in_protocol_order(ended, day).into_iter().map(|unit| row(unit, day, &names)).collect();
        groups.push(Group { heading: "Đã kết thúc hoạt động".into(), rows });
    }
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = me.page("Đơn vị", Nav::Units);
    let administers = me.actor.may_somewhere(Action::Administer);
    let reads_changes = administers || me.actor.may_somewhere(Action::ReadOverview);
    render_status(status, &ListPage { page, asked, day, problem, groups, count, administers, reads_changes })
}

/// `GET /units/{id}`: one unit through time.
///
/// # Errors
/// [`Error::NotFound`] for a unit of another province.
pub async fn show(me: SignedIn, state: State, id: web::Path<UnitId>) -> Result<HttpResponse, Error> {
    let (id, today, scope) = (id.into_inner(), state.clock.today(), me.scope());
    let oversees = me.actor.may_somewhere(Action::ReadOverview);
    let (view, reads_reports) = state
        .read(move |conn| {
            let provinces = &scope.provinces;
            if register::within(conn, provinces, &[id])?.is_empty() {
                return Err(Error::NotFound);
            }
            let reads_reports =
                scope.own_units.contains(&id) || oversees && register::is_reported(conn, (&scope, id))?;
            let unit = register::histories(conn, &[id])?.pop().ok_or(Error::NotFound)?;
            let (changes, functions) = (register::changes_of(conn, id)?, register::functions_of(conn, id)?);
            let children = register::children_of(conn, id)?;
            let mut others: Vec<UnitId> = children.clone();
            others.extend(unit.versions().filter_map(|version| version.parent_id));
            others.extend(changes.iter().flat_map(|line| [line.from_unit_id, line.to_unit_id]).flatten());
            let seen = register::within(conn, provinces, &others)?;
            let others = register::histories(conn, &others)?;
            Ok((View { unit, changes, functions, children, others, seen }, reads_reports))
        })
        .await?;
    let page = me.page(view.unit.on(today).name.clone(), Nav::Units);
    let administers = me.actor.may_somewhere(Action::Administer);
    render(&ShowPage { reads_reports, ..view.into_page(page, today, administers) })
}

/// What the database says of one unit.
struct View {
    unit: UnitHistory,
    changes: Vec<ChangeLine>,
    functions: Vec<FunctionHeld>,
    children: Vec<UnitId>,
    /// Parents, children, and the other ends of changes, by id.
    others: Vec<UnitHistory>,
    /// Those of them the reader may open.
    seen: HashSet<UnitId>,
}

impl View {
    fn into_page(self, page: Page, today: NaiveDate, administers: bool) -> ShowPage {
        let id = self.unit.id;
        let parent = self.unit.on(today).parent_id.and_then(|parent| self.other(parent, today));
        let (mut took_over, mut passed_on) = (vec![], vec![]);
        for line in &self.changes {
            if line.to_unit_id == Some(id) {
                took_over.push(self.event(line));
            } else {
                passed_on.push(self.event(line));
            }
        }
        let versions = self.unit.versions().rev().map(|version| VersionLine {
            time: span(version.valid_from, version.valid_to),
            name: version.name.clone(),
            short_name: version.short_name.clone(),
            kind: version.kind_name.clone(),
            parent: version.parent_id.and_then(|parent| {
                self.other(parent, version.valid_from.or(version.valid_to).unwrap_or(today))
            }),
        });
        let versions = versions.collect();
        let children: Vec<&UnitHistory> = self
            .others
            .iter()
            .filter(|unit| self.children.contains(&unit.id) && unit.existed_on(today))
            .filter(|unit| unit.on(today).parent_id == Some(id))
            .collect();
        let no_names = HashMap::new();
        let children =
            in_protocol_order(children, today).into_iter().map(|unit| row(unit, today, &no_names)).collect();
        ShowPage {
            page,
            today,
            parent,
            took_over,
            passed_on,
            versions,
            children,
            administers,
            functions: self.functions,
            may_arrange: administers && !self.unit.had_ended_by(today),
            reads_reports: false,
            unit: self.unit,
        }
    }

    fn other(&self, id: UnitId, day: NaiveDate) -> Option<Other> {
        let at = self.others.binary_search_by_key(&id, |unit| unit.id).ok()?;
        let name = self.others.get(at)?.on(day).name.clone();
        Some(Other { id, name, linked: self.seen.contains(&id) })
    }

    /// The line in words, seen from this unit.
    fn event(&self, line: &ChangeLine) -> Event {
        let id = self.unit.id;
        let what =
            line.function.as_ref().map_or("toàn bộ".to_owned(), |name| format!("chức năng “{name}”"));
        let eve = line.effective_on.pred_opt().unwrap_or(line.effective_on);
        let (before, other) = match (line.from_unit_id, line.to_unit_id) {
            (Some(from), Some(to)) if from == to => {
                let what = if line.kind == "split" { "Chia, tách" } else { "Đổi tên, chuyển đổi" };
                (format!("{what}; đơn vị tiếp tục hoạt động"), None)
            }
            (Some(from), Some(to)) if to == id => {
                (format!("{}: tiếp nhận {what} từ", kind_words(&line.kind)), self.other(from, eve))
            }
            (Some(_), Some(to)) => {
                (format!("{}: chuyển {what} sang", kind_words(&line.kind)), self.other(to, line.effective_on))
            }
            (None, _) => (kind_words(&line.kind).to_owned(), None),
            (Some(_), None) => (format!("{}, không có đơn vị kế thừa", kind_words(&line.kind)), None),
        };
        Event {
            day: short_date(line.effective_on),
            before,
            other,
            decision: line.decision.clone(),
            note: line.note.clone(),
        }
    }
}

/// Words of `unit_changes.kind`.
fn kind_words(kind: &str) -> &'static str {
    match kind {
        "rename" => "Đổi tên, chuyển đổi",
        "merge" => "Hợp nhất, sáp nhập",
        "split" => "Chia, tách",
        "abolish" => "Kết thúc hoạt động",
        "create" => "Thành lập",
        _ => "Chuyển giao nhiệm vụ",
    }
}

/// The provinces whose register this person reads.
fn provinces(me: &SignedIn) -> Result<Vec<UnitId>, Error> {
    if me.actor.may_somewhere(Action::ReadProvince) {
        Ok(me.scope().provinces)
    } else {
        Err(Error::Forbidden("Danh mục đơn vị dành cho người làm việc trong tỉnh.".into()))
    }
}

fn in_protocol_order(mut units: Vec<&UnitHistory>, day: NaiveDate) -> Vec<&UnitHistory> {
    units.sort_by_key(|unit| {
        let version = unit.on(day);
        (version.kind_position, version.protocol_order, unit.id)
    });
    units
}

fn row(unit: &UnitHistory, day: NaiveDate, names: &HashMap<UnitId, String>) -> Row {
    let version = unit.on(day);
    let mut other_names = vec![version.short_name.as_str()];
    other_names.extend(unit.aliases.iter().map(String::as_str).filter(|alias| *alias != version.short_name));
    other_names.retain(|name| *name != version.name);
    let parent = version.parent_id.and_then(|id| Some((id, names.get(&id)?.clone())));
    Row {
        id: unit.id,
        name: version.name.clone(),
        former: unit.former_names(day).join("; "),
        other_names: other_names.join("; "),
        parent,
        time: unit.life(),
    }
}
