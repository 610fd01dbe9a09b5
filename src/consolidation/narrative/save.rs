//! Saving a section of the consolidated text, with the step of the button that was pressed. Two people's saves are
//! merged block by block; what both changed is told to the second, and nothing is written then.

use chrono::TimeDelta;
use serde_json::json;

use super::desk::own_desk;
use super::edit::News;
use super::{Act, Block, Desk, Heading, Source, SourceStanding, Typed, apply, desk, live, merge, proposed};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::consolidation::composed::Place;
use crate::consolidation::queries::{self, DraftRow};
use crate::db::Conn;
use crate::db::ids::PeriodId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::TEXT;

/// Blocks of a section, those taken out among them.
const MOST_BLOCKS: usize = 400;

/// Saves while one types are one step on the record for no longer than this.
const RUN: TimeDelta = TimeDelta::minutes(10);

/// What the page posts.
#[derive(Debug, Clone)]
pub struct Saving {
    /// Code of the section.
    pub section: String,
    pub typed: Vec<Typed>,
    pub act: Act,
}

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Somebody else's save was met and merged.
    pub met: bool,
    pub version: i32,
    /// The blocks as they stand now.
    pub blocks: Vec<Block>,
}

/// Saves a section. What is saved while one types is kept with who and when; on the record a run of it is one step.
///
/// # Errors
/// As [`desk`]; [`Error::NotFound`] for a section that is not there; [`Error::Invalid`] for a text that is too long, at
/// the block's field; [`Error::Conflict`] when a block was changed by two people or a step no longer fits: nothing is
/// written.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    period_id: PeriodId,
    saving: &Saving,
    moment: Moment,
) -> Result<Saved, Error> {
    // What is typed is kept while the other writers wait: the province's reports are read only for a step that takes from them.
    let (desk, membership) = match saving.act.reads_reports() {
        true => desk(conn, actor, period_id)?,
        false => own_desk(conn, actor, period_id)?,
    };
    let code = &saving.section;
    let heading = desk.material.headings().iter().find(|heading| heading.code == *code);
    let heading = heading.ok_or(Error::NotFound)?;
    too_long(&saving.typed).or(())?;
    let kept = desk.kept(code);
    let merged = merge(&kept.blocks, &saving.typed);
    if !merged.clashes.is_empty() {
        return Err(Error::Conflict(format!("{} vừa lưu phần này.", kept.by)));
    }
    let mut blocks = merged.blocks;
    let news = news(&desk, code, &blocks, saving.act);
    if !apply(&mut blocks, saving.act, &news) {
        return Err(Error::Conflict(
            "Đoạn này hoặc báo cáo của đơn vị vừa thay đổi. Xem lại rồi thực hiện lại.".to_owned(),
        ));
    }
    if saving.act == Act::Compose {
        compose(conn, &desk, heading, &mut blocks, moment)?;
    }
    if blocks.len() > MOST_BLOCKS {
        return Err(Error::Refused(format!(
            "Một phần có nhiều nhất {MOST_BLOCKS} đoạn, kể cả đoạn đã bỏ. Gộp bớt các đoạn."
        )));
    }
    // A sentence of one's own that was never written leaves nothing behind.
    blocks.retain(|block| {
        !(block.text.is_empty() && block.sources.is_empty() && (block.removed || saving.act == Act::Save))
    });
    let blocks_json =
        serde_json::to_string(&blocks).map_err(|e| Error::Internal(format!("blocks of {code}: {e}")))?;
    let sha256 = audit::sha256_hex(blocks_json.as_bytes());
    let label = format!("{}: {}, phần {}", desk.regime.name, desk.period.label, heading.label);
    let told = audit::latest(conn, "narrative.save", ("period", desk.period.id.0), &label)?;
    let same = blocks == kept.blocks;
    let saved = Saved {
        met: merged.unseen && kept.version > 0,
        version: if same { kept.version } else { kept.version + 1 },
        blocks,
    };
    if !same {
        let by = actor.full_name.clone();
        let row = DraftRow { code: code.clone(), version: saved.version, blocks_json, by, at: moment.at };
        let owner = (desk.period.id, desk.collector_id, membership.id);
        if !queries::keep_narrative(conn, owner, &row)? {
            return Err(Error::Conflict("Người khác vừa lưu phần này.".to_owned()));
        }
    }
    let silent = match saving.act {
        // A run of typing is one step on the record, measured from the step that is there.
        Act::Typing => {
            let mine = told.as_ref().filter(|told| told.membership_id == Some(membership.id));
            same || mine.is_some_and(|told| moment.recorded - told.at < RUN)
        }
        // What was typed since the last step is told when a button closes it.
        _ => {
            same && (kept.version == 0
                || told.and_then(|told| told.after("sha256")).as_ref() == Some(&sha256))
        }
    };
    if silent {
        return Ok(saved);
    }
    let step = Step {
        action: "narrative.save",
        subject_kind: "period",
        subject_id: Some(desk.period.id.0),
        subject_label: &label,
        unit_id: Some(desk.collector_id),
        before: Some(json!({ "version": kept.version, "blocks": live(&kept.blocks).count() })),
        after: Some(json!({
            "version": saved.version,
            "section": heading.label,
            "blocks": live(&saved.blocks).count(),
            "sha256": sha256,
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(saved)
}

/// Puts the proposed text of a section in as blocks of its own, each with its sources.
fn compose(
    conn: &mut Conn,
    desk: &Desk,
    heading: &Heading,
    blocks: &mut Vec<Block>,
    moment: Moment,
) -> Result<(), Error> {
    let Some(proposed) = proposed(conn, desk, &heading.label, moment)? else {
        return Err(Error::Conflict("Phần này chưa có nội dung để soạn sẵn.".to_owned()));
    };
    let said = desk.material.said(&heading.code);
    let next = blocks.iter().map(|block| block.key + 1).max().unwrap_or(1);
    for (line, key) in proposed.offered().into_iter().zip(next..) {
        let source = |place: &Place| {
            let revision = said.get(place.paragraph)?.revision;
            Some(Source { revision, from: place.from, to: place.to })
        };
        let sources = line.places.iter().filter_map(source).collect();
        blocks.push(Block { key, text: line.text, sources, figures: line.quoted, removed: false });
    }
    Ok(())
}

/// What is longer than a block may be, at its field.
pub(super) fn too_long(typed: &[Typed]) -> Problems {
    let mut problems = Problems::default();
    for block in typed {
        problems.add_fault(&format!("text.{}", block.key), TEXT.fault("Đoạn văn", &block.text));
    }
    problems
}

/// The words a step brings; none where it no longer fits.
fn news(desk: &Desk, code: &str, blocks: &[Block], act: Act) -> Vec<News> {
    let material = &desk.material;
    match act {
        Act::Take(source) => {
            let now = material.words(code, &source);
            if !material.is_current(source.revision) || now.trim().is_empty() {
                return vec![];
            }
            vec![News { old: source, new: source, was: String::new(), now: now.to_owned() }]
        }
        Act::Keep(key, revision) | Act::Renew(key, revision) => {
            let block = blocks.iter().find(|block| block.key == key);
            let sources = block.into_iter().flat_map(|block| &block.sources);
            sources
                .filter(|source| source.revision == revision)
                .filter_map(|source| match material.standing(code, source) {
                    SourceStanding::Superseded { new, now, .. } => {
                        let was = material.words(code, source).trim().to_owned();
                        Some(News { old: *source, new, was, now: now.trim().to_owned() })
                    }
                    _ => None,
                })
                .collect()
        }
        _ => vec![],
    }
}
