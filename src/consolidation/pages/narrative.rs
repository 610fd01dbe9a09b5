//! The page of the consolidated text: left what the units wrote in a section, right the text made from it. Works with
//! plain forms: every button saves what is typed and takes its own step.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::narrative::{
    Act, Block, Desk, Material, Saving, Source, SourceStanding, Typed, desk, live, mark, merge, paragraphs,
    proposed, save, totals_changed,
};
use super::super::passages;
use super::super::queries::EditionRow;
use super::marks::{Mark, marks};
use super::narrative_form::{anchor, place, shown, typed};
use super::view::local;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::periods::{Period, Regime};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// Which section is shown: its place in the outline, from 1.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    section: Option<usize>,
    /// The body collected for, of several the reader works for.
    collector: Option<UnitId>,
}

#[derive(Template)]
#[template(path = "consolidation/narrative_edit.html")]
struct NarrativePage {
    page: Page,
    period: Period,
    regime: Regime,
    sections: Vec<SectionLink>,
    /// Place of the section shown, from 1; 0 where the forms have no section.
    here: usize,
    code: String,
    heading: String,
    units: Vec<UnitText>,
    blocks: Vec<BlockView>,
    removed: Vec<(u32, String)>,
    /// What the paper says while nobody has written the section, a paragraph each.
    proposed: Vec<String>,
    /// Totals that its proposed text quotes as they were, a line each.
    changed: Vec<String>,
    saved: String,
    problems: Problems,
    draft: Option<EditionRow>,
    /// Whose typing the browser keeps.
    owner: i64,
    /// Which saving of the section is shown.
    version: i32,
    /// Shown again with what was typed.
    again: bool,
    /// The leader gave the last draft back, with this reason.
    returned: Option<EditionRow>,
    /// The collecting body asked for.
    body: Option<UnitId>,
}

/// A section in the list of sections.
struct SectionLink {
    label: String,
    title: String,
    units: usize,
    blocks: usize,
    outdated: usize,
}

/// One unit's paragraphs.
struct UnitText {
    unit: String,
    number: i32,
    paragraphs: Vec<ParagraphView>,
    /// The button that takes all of them; blank for a single one.
    whole: String,
}

struct ParagraphView {
    text: String,
    act: String,
    /// It is in the consolidated text already.
    used: bool,
}

/// One block.
struct BlockView {
    key: u32,
    number: usize,
    text: String,
    was: String,
    rows: usize,
    sources: Vec<String>,
    news: Vec<NewsView>,
    left: Vec<String>,
    /// What somebody else saved of it meanwhile.
    theirs: Option<String>,
}

/// A unit's newer revision says otherwise.
struct NewsView {
    whose: String,
    was: String,
    number: i32,
    gone: bool,
    marks: Vec<Mark>,
    keep: String,
    renew: String,
}

impl NarrativePage {
    fn outdated(&self) -> usize {
        self.sections.iter().map(|section| section.outdated).sum()
    }

    /// Whether the section shown stands over parts: no unit's form has it.
    fn heads_parts(&self) -> bool {
        let own = self.sections.get(self.here.wrapping_sub(1)).map(|section| format!("{}.", section.label));
        own.is_some_and(|own| self.sections.iter().any(|section| section.label.starts_with(&own)))
    }

    fn at(&self) -> String {
        format!("/periods/{}/narrative", self.period.id)
    }

    /// Goes on with the body asked for.
    fn body_part(&self) -> String {
        body_part(self.body)
    }

    fn preview(&self) -> String {
        let body = self.body.map(|body| format!("?collector={body}")).unwrap_or_default();
        format!("/periods/{}/consolidation{body}", self.period.id)
    }
}

/// What was typed and refused.
#[derive(Default)]
struct Refused {
    typed: Vec<Typed>,
    problems: Problems,
    body: Option<UnitId>,
}

fn body_part(body: Option<UnitId>) -> String {
    body.map(|body| format!("&collector={body}")).unwrap_or_default()
}

/// `GET /periods/{id}/narrative`.
///
/// # Errors
/// As [`desk`]; 404 for a section that is not there.
pub async fn narrative(
    me: SignedIn,
    state: State,
    id: web::Path<PeriodId>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (me.actor.collecting_for(wanted.collector), id.into_inner());
    let (here, moment) = (wanted.section.unwrap_or(1), state.clock.moment());
    let (desk, proposed, mut changed) = state
        .read(move |conn| {
            let desk = desk(conn, &actor, id)?.0;
            let label =
                shown(&desk, here).filter(|heading| live(&desk.kept(&heading.code).blocks).count() == 0);
            let proposed = match label.map(|heading| heading.label.clone()) {
                Some(label) => proposed(conn, &desk, &label, moment)?,
                None => None,
            };
            let changed = totals_changed(conn, &desk, moment)?;
            Ok((desk, proposed.map(|proposed| proposed.text()).unwrap_or_default(), changed))
        })
        .await?;
    let refused = Refused { body: wanted.collector, ..Refused::default() };
    let mut page = page(&me, desk, here, &refused)?;
    page.proposed = proposed.lines().map(str::to_owned).collect();
    for (section, at) in page.sections.iter_mut().zip(1..) {
        let found = changed.remove(&section.label).unwrap_or_default();
        section.outdated += found.len();
        if at == here {
            page.changed = found.concat();
        }
    }
    render_status(StatusCode::OK, &page)
}

/// `POST /periods/{id}/narrative`: what is typed in the section's blocks, and the step of the button pressed.
///
/// # Errors
/// As [`save`]; a text that is too long and a block two people changed show the page again with everything typed.
pub async fn edit_narrative(
    posted: Posted,
    state: State,
    id: web::Path<PeriodId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let body: Option<UnitId> = form.get("collector").parse().ok();
    let (actor, moment, id) = (me.actor.collecting_for(body), state.clock.moment(), id.into_inner());
    let act = Act::from_code(form.get("act"));
    let saving = Saving {
        section: form.get("section").to_owned(),
        typed: typed(&form),
        act: act.unwrap_or(Act::Save),
    };
    let (person, digest, mine) = (actor.person_id, form.digest(), saving.clone());
    let outcome = state
        .write(move |conn| {
            let mut met = false;
            once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                met = save(conn, &actor, id, &saving, moment)?.met;
                Ok(String::new())
            })?;
            Ok(met)
        })
        .await;
    let (actor, reading) = (me.actor.collecting_for(body), state.clone());
    let again = reading.read(move |conn| Ok(desk(conn, &actor, id)?.0));
    let (status, problems) = match outcome {
        Ok(met) => {
            let desk = again.await?;
            let here = place(&desk, &mine.section);
            let to =
                format!("/periods/{id}/narrative?section={here}{}{}", body_part(body), anchor(&desk, &mine));
            let words = match met {
                true => "Đã lưu. Người khác cũng vừa sửa phần này; nội dung hai người đã được gộp.",
                false => "Đã lưu.",
            };
            return Ok(redirect_with(&to, words));
        }
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Error::Conflict(message)) => {
            let mut problems = Problems::default();
            problems.add("main", message);
            (StatusCode::CONFLICT, problems)
        }
        Err(other) => return Err(other),
    };
    let desk = again.await?;
    let here = place(&desk, &mine.section);
    render_status(status, &page(&me, desk, here, &Refused { typed: mine.typed, problems, body })?)
}

fn page(me: &SignedIn, desk: Desk, here: usize, refused: &Refused) -> Result<NarrativePage, Error> {
    let material = &desk.material;
    let sections = material
        .headings()
        .iter()
        .map(|heading| {
            let blocks = desk.kept(&heading.code).blocks;
            SectionLink {
                label: heading.label.clone(),
                title: heading.title.clone(),
                units: material.said(&heading.code).len(),
                blocks: live(&blocks).count(),
                outdated: material.outdated(&heading.code, &blocks),
            }
        })
        .collect::<Vec<_>>();
    let shown = shown(&desk, here).cloned();
    if shown.is_none() && !sections.is_empty() {
        return Err(Error::NotFound);
    }
    let code = shown.as_ref().map(|heading| heading.code.clone()).unwrap_or_default();
    let kept = desk.kept(&code);
    let merged = merge(&kept.blocks, &refused.typed);
    let typed: HashMap<u32, &Typed> = merged.clashes.iter().map(|typed| (typed.key, typed)).collect();
    let blocks: Vec<BlockView> = live(&merged.blocks)
        .zip(1..)
        .map(|(block, number)| view(material, &code, block, number, typed.get(&block.key).copied()))
        .collect();
    let mut problems = Problems::default();
    for problem in &refused.problems.0 {
        problems.add(problem.field.clone(), problem.message.clone());
    }
    for key in typed.keys() {
        problems.add(
            format!("text.{key}"),
            "Hai người cùng sửa đoạn này. Xem nội dung người kia đã lưu, sửa lại đoạn rồi bấm Lưu.",
        );
    }
    let draft = desk.editions.first().filter(|edition| edition.is_draft()).cloned();
    let returned = desk.editions.first().filter(|edition| edition.is_discarded()).cloned();
    Ok(NarrativePage {
        page: me.page(format!("Thuyết minh tổng hợp, {}", desk.period.label), Nav::Periods),
        units: units(material, &code, &merged.blocks),
        proposed: vec![],
        changed: vec![],
        removed: kept
            .blocks
            .iter()
            .filter(|block| block.removed && !block.text.is_empty())
            .map(|block| (block.key, block.text.clone()))
            .collect(),
        saved: match kept.version {
            0 => String::new(),
            _ => format!("{} lưu lúc {}", kept.by, local(&kept.at)),
        },
        heading: shown.map(|heading| format!("{}. {}", heading.label, heading.title)).unwrap_or_default(),
        owner: me.actor.person_id.0,
        version: kept.version,
        again: !refused.problems.0.is_empty(),
        sections,
        here,
        code,
        blocks,
        problems,
        draft,
        returned,
        body: refused.body,
        period: desk.period,
        regime: desk.regime,
    })
}

fn units(material: &Material, code: &str, blocks: &[Block]) -> Vec<UnitText> {
    let fresh: Vec<Source> = live(blocks)
        .flat_map(|block| &block.sources)
        .filter_map(|source| match material.standing(code, source) {
            SourceStanding::Fresh(fresh) => Some(fresh),
            _ => None,
        })
        .collect();
    let take = |revision, from: u32, to: u32| format!("take:{revision}:{from}:{to}");
    material
        .said(code)
        .into_iter()
        .map(|said| {
            let found = paragraphs(&said.text);
            let whole = match (found.first(), found.last()) {
                (Some(first), Some(last)) if found.len() > 1 => take(said.revision, first.from, last.to),
                _ => String::new(),
            };
            let paragraphs = found.iter().map(|one| ParagraphView {
                text: one.text.to_owned(),
                act: take(said.revision, one.from, one.to),
                used: fresh.iter().any(|source| {
                    source.revision == said.revision && source.from < one.to && one.from < source.to
                }),
            });
            UnitText { unit: said.unit.clone(), number: said.number, paragraphs: paragraphs.collect(), whole }
        })
        .collect()
}

/// A block; where two people changed it, what this one typed stands in the field.
fn view(material: &Material, code: &str, block: &Block, number: usize, clash: Option<&Typed>) -> BlockView {
    let (mut sources, mut news, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for source in &block.sources {
        let (unit, revision) = material.whose(source);
        let whose = format!("{unit} (lần gửi {revision})");
        match material.standing(code, source) {
            SourceStanding::Fresh(fresh) => {
                let (unit, revision) = material.whose(&fresh);
                sources.push(format!("{unit} (lần gửi {revision})"));
            }
            SourceStanding::Superseded { number, now, .. } => {
                let was = material.words(code, source).to_owned();
                news.push(NewsView {
                    marks: marks(&passages(&was, &now), false),
                    was,
                    number,
                    gone: now.is_empty(),
                    keep: format!("keep:{}:{}", block.key, source.revision),
                    renew: format!("renew:{}:{}", block.key, source.revision),
                    whose: whose.clone(),
                });
                sources.push(whose);
            }
            SourceStanding::Left => {
                left.push(whose.clone());
                sources.push(whose);
            }
        }
    }
    sources.dedup();
    let text = clash.map_or(&block.text, |typed| &typed.text).clone();
    let lines = text.lines().map(|line| line.chars().count() / 60 + 1).sum::<usize>();
    BlockView {
        key: block.key,
        number,
        was: mark(&block.text),
        rows: lines.clamp(2, 14) + 1,
        theirs: clash.map(|_| block.text.clone()),
        text,
        sources,
        news,
        left,
    }
}
