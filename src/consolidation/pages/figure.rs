//! `GET /editions/{id}/figures/{code}`: from a number in an edition up: what each unit contributed, the revision it stands
//! in, and of one unit its links, files and the work it noted in the period. As frozen, and guarded as the edition is:
//! of a classified group only who consolidates it sees single units.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::as_sent::{AsSent, Noted, as_sent};
use super::super::content::{EditionContent, IndicatorGroup, IndicatorLine};
use super::super::queries::{self, EditionRow, Proofs};
use super::super::{guarded, read_content, sees_everything};
use super::indicators::{Contribution, contributions, ended};
use super::view::{TotalView, local};
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::{EditionId, IndicatorId, PlanId, TaskId};
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::Period;
use crate::plans::queries::{self as plans, Entry, Place};
use crate::plans::sight::Sight;
use crate::web::{Nav, Page, SignedIn, State, render};

/// `?unit=<uid>&part=consolidated`: what the figure of one unit rests on.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    part: String,
}

impl Asked {
    fn is_consolidated(&self) -> bool {
        self.part == "consolidated"
    }
}

/// Work with the task it was noted for, and what became of it after the sending.
type Row = (Entry, Place, &'static str);

/// What one unit's figure rests on.
struct Behind {
    proofs: Proofs,
    /// Work of the window as it stood at the sending, counted toward this figure, newest first.
    counted: Vec<Row>,
    /// Work counted toward no figure.
    work: Vec<Row>,
    /// Noted after the sending, toward this figure or toward none.
    later: Vec<Row>,
    /// The figure itself, where it is a number that adds up.
    figure: Option<i64>,
}

impl Behind {
    /// What the notes add up to: "12", as the figure's unit counts.
    fn noted(&self) -> i64 {
        self.counted.iter().filter_map(|(entry, ..)| entry.quantity).fold(0, i64::saturating_add)
    }

    /// How the figure differs from what the notes add up to; "" where it does not, or nothing was noted toward it.
    fn difference(&self, line: &IndicatorLine) -> String {
        let scale = 10_i64.checked_pow(u32::from(line.shift()));
        let noted = scale.and_then(|scale| self.noted().checked_mul(scale));
        let (Some(figure), Some(noted)) = (self.figure, noted) else { return String::new() };
        if self.counted.is_empty() || figure == noted {
            return String::new();
        }
        let by = line.words(figure.abs_diff(noted).try_into().unwrap_or(i64::MAX));
        let more = if figure > noted { "nhiều hơn" } else { "ít hơn" };
        let (figure, unit) = (line.words(figure), &line.measure_unit);
        format!("Báo cáo ghi {figure} {unit}, {more} tổng các lần ghi {by} {unit}.")
    }
}

#[derive(Template)]
#[template(path = "consolidation/figure.html")]
struct FigurePage<'a> {
    page: Page,
    edition: &'a EditionRow,
    period: &'a Period,
    content: &'a EditionContent,
    group: &'a IndicatorGroup,
    total: TotalView<'a>,
    /// None where the reader may not see single units.
    contributions: Option<Vec<Contribution<'a>>>,
    /// Of last year's total, the figures of bodies that have ended since.
    ended: Option<String>,
    /// The reader opens the reports it is made of.
    opens: bool,
    /// The unit asked for, and what its figure rests on.
    chosen: Option<(String, Behind)>,
}

impl FigurePage<'_> {
    fn local(&self, at: &chrono::NaiveDateTime) -> String {
        local(at)
    }

    /// Where the sources of a unit's figure are shown.
    fn source(&self, row: &Contribution<'_>) -> String {
        let part = if row.unit.consolidated { "&part=consolidated" } else { "" };
        let (id, code) = (self.edition.id, &self.total.line.code);
        format!("/editions/{id}/figures/{code}?unit={}{part}#unit", row.unit.uid)
    }
}

/// What a unit's figure rests on: seven queries beside those of its proofs. Work of plans whose units the actor does not read
/// is left out.
fn behind(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    content: &EditionContent,
    (asked, code, figure): (&Asked, &str, Option<i64>),
) -> Result<Behind, Error> {
    let part = if asked.is_consolidated() { "consolidated" } else { "own" };
    let proofs = queries::proofs(conn, id, (&asked.unit, part))?.ok_or(Error::NotFound)?;
    let units = queries::with_predecessors(conn, proofs.unit_id)?;
    let window = (content.identity.window_from, content.identity.window_to);
    let AsSent { stood, later } = match asked.is_consolidated() {
        true => AsSent::default(),
        false => {
            let entries = plans::entries_in_window(conn, &units, window.0, window.1)?;
            let carried: Vec<IndicatorId> = entries.iter().filter_map(|entry| entry.indicator_id).collect();
            let codes = plans::codes_of(conn, &carried)?;
            let steps = queries::entry_steps_since(conn, (proofs.report_id, proofs.revision_id), &units)?;
            as_sent(entries, &codes, &steps, (proofs.sent_at, window))
        }
    };
    let tasks: Vec<TaskId> = stood.iter().chain(&later).map(|noted| noted.entry.task_id).collect();
    let places = plans::places_of(conn, &tasks)?;
    let of: Vec<PlanId> = places.values().map(|place| place.plan_id).collect();
    let keepers = plans::keepers_of(conn, &of)?;
    let seen: HashMap<PlanId, Sight> = plans::of_provinces(conn, &actor.scope().provinces)?
        .into_iter()
        .map(|plan| {
            let keepers = keepers.get(&plan.id).map(Vec::as_slice).unwrap_or_default();
            (plan.id, Sight::of(actor, &plan, keepers))
        })
        .collect();
    let placed = |noted: Noted| {
        let place = places.get(&noted.entry.task_id)?;
        let shown = seen.get(&place.plan_id).is_some_and(|sight| sight.shows(noted.entry.unit_id));
        shown.then(|| (noted.entry, place.clone(), noted.since))
    };
    // What counts toward another figure stands behind that one.
    let (others, counted): (Vec<Noted>, Vec<Noted>) =
        stood.into_iter().partition(|noted| noted.code.is_empty());
    let of_code = |noted: &Noted| noted.code == code;
    Ok(Behind {
        proofs,
        counted: counted.into_iter().filter(of_code).filter_map(placed).collect(),
        work: others.into_iter().filter_map(placed).collect(),
        later: later
            .into_iter()
            .filter(|noted| noted.code.is_empty() || of_code(noted))
            .filter_map(placed)
            .collect(),
        figure,
    })
}

/// Some fourteen queries, whatever the number of units.
///
/// # Errors
/// `NotFound` outside the actor's scope, for an indicator that is not in the edition, and for a unit whose figure of it is
/// not there or not shown.
pub async fn figure(
    me: SignedIn,
    state: State,
    path: web::Path<(EditionId, String)>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let ((id, code), asked, actor) = (path.into_inner(), asked.into_inner(), me.actor.clone());
    let of = code.clone();
    let (edition, period, content, origins, shown, opens, chosen) = state
        .read(move |conn| {
            let (edition, period, regime) = queries::edition(conn, &actor.scope(), id)?;
            let content = read_content(conn, &edition)?;
            let origins = queries::edition_origins(conn, id)?;
            let everything = sees_everything(&actor, &edition);
            let shown = everything || !content.classified().contains(&of);
            let opens = everything || actor.scope().overseen_provinces.contains(&regime.province_id);
            let content = if everything { content } else { guarded(content) };
            let unit = content
                .units
                .iter()
                .find(|unit| unit.uid == asked.unit && unit.consolidated == asked.is_consolidated())
                .and_then(|unit| Some((unit, unit.figures.iter().find(|figure| figure.indicator == of)?)));
            let chosen = match (asked.unit.is_empty(), unit) {
                (true, _) => None,
                (false, Some((unit, figure))) if shown && opens => {
                    let adds_up = content
                        .line(&of)
                        .is_some_and(|(_, line)| matches!(line.rule, UnitRule::Sum | UnitRule::Owner));
                    let figure = figure.now.value.filter(|_| adds_up);
                    Some((unit.name.clone(), behind(conn, &actor, id, &content, (&asked, &of, figure))?))
                }
                (false, _) => return Err(Error::NotFound),
            };
            Ok((edition, period, content, origins, shown, opens, chosen))
        })
        .await?;
    let (group, line) = content.line(&code).ok_or(Error::NotFound)?;
    let title = format!("{} {}, bản tổng hợp lần {}", line.code, line.name, edition.number);
    let mut rows = shown.then(|| contributions(&content, &origins, &code));
    if !opens {
        rows.iter_mut().flatten().for_each(|row| row.revision = None);
    }
    render(&FigurePage {
        page: me.page(title, Nav::Editions),
        group,
        total: TotalView::of(line),
        contributions: rows,
        ended: ended(&content, line),
        opens,
        chosen,
        edition: &edition,
        period: &period,
        content: &content,
    })
}
