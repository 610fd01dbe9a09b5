//! "Lập bản tổng hợp": the collector freezes what has been received into the next numbered edition, a draft until
//! its leader approves it. What is frozen never changes; a later report makes a later edition.

use diesel::result::{DatabaseErrorKind, Error as QueryError};
use serde_json::json;

use super::approve;
use super::content::EditionContent;
use super::copies::EditionCopy;
use super::gather::{Gathered, Heading, gather};
use super::queries::{self, NewEdition, NewSource};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step, sha256_hex};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{EditionId, PeriodId, UnitId};
use crate::error::Error;
use crate::periods::{self, Period, Regime};
use crate::{units, workbooks};

/// The content as it would be frozen now, with what the page around it needs.
pub struct Preview {
    pub period: Period,
    pub regime: Regime,
    pub collector_id: UnitId,
    pub content: EditionContent,
    /// The editions already made, the latest first.
    pub editions: Vec<queries::EditionRow>,
}

/// What the collector's next edition of a period would say. Reads only.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who sees the period and does not collect;
/// [`Error::Refused`] for a total that does not fit.
pub fn preview(
    conn: &mut Conn,
    actor: &Actor,
    period_id: PeriodId,
    moment: Moment,
) -> Result<Preview, Error> {
    let (period, regime) = periods::queries::period(conn, &actor.scope(), period_id)?;
    let (collector_id, _) = collects(conn, actor, &period, &regime)?;
    let editions = queries::editions_of(conn, period.id, collector_id)?;
    let Gathered { content, .. } =
        gather(conn, &period, &regime, collector_id, &heading(&editions, actor, moment))?;
    Ok(Preview { period, regime, collector_id, content, editions })
}

/// What the received reports of a period add up to now at one collector, for whoever oversees it: the caller has found
/// the period within their scope and for which collector they read it ([`periods::summary::reads_for`]). About thirty
/// queries, whatever the number of units.
///
/// # Errors
/// As [`preview`]; [`Error::NotFound`] when nobody owes that collector anything.
pub fn as_received(
    conn: &mut Conn,
    period: &Period,
    regime: &Regime,
    collector: UnitId,
    moment: Moment,
) -> Result<EditionContent, Error> {
    let heading = Heading { number: 0, created_at: moment.at, compiled_by: String::new() };
    Ok(gather(conn, period, regime, collector, &heading)?.content)
}

/// Writes both workbooks of an edition to be and throws them away: what cannot be written is told before it is frozen,
/// not to the leader who approves it. No database here.
///
/// # Errors
/// [`Error::Refused`] with the indicator and the unit to look at.
pub fn try_workbooks(content: EditionContent) -> Result<(), Error> {
    approve::write(&content, EditionCopy::Internal)?;
    approve::write(content, EditionCopy::Ministry)?;
    Ok(())
}

/// Makes the next edition of a period. Run it in [`crate::db::Db::freeze`]: everything in it was true at one moment.
///
/// # Errors
/// As [`preview`]; [`Error::Refused`] while the last edition is still a draft, and for a figure no workbook holds;
/// [`Error::Conflict`] when another
/// person made an edition at the same moment.
pub fn make_edition(
    conn: &mut Conn,
    actor: &Actor,
    period_id: PeriodId,
    moment: Moment,
) -> Result<EditionId, Error> {
    let (period, regime) = periods::queries::period(conn, &actor.scope(), period_id)?;
    let (collector_id, membership) = collects(conn, actor, &period, &regime)?;
    let editions = queries::editions_of(conn, period.id, collector_id)?;
    if let Some(draft) = editions.first().filter(|edition| edition.is_draft()) {
        return Err(Error::Refused(format!(
            "Bản tổng hợp lần {} còn là dự thảo. Chốt bản đó trước khi lập bản tổng hợp lần {}.",
            draft.number,
            draft.number + 1
        )));
    }
    let heading = heading(&editions, actor, moment);
    let Gathered { content, sources } = gather(conn, &period, &regime, collector_id, &heading)?;
    workbooks::check(&content).map_err(|e| {
        Error::Refused(format!("Chưa lập được bản tổng hợp. {e}. Kiểm tra lại số liệu của chỉ tiêu này."))
    })?;
    let text = content.canonical().map_err(|e| Error::Internal(format!("edition: {e}")))?;
    let sha256 = sha256_hex(text.as_bytes());
    let new = NewEdition {
        uid: uuid::Uuid::now_v7().to_string(),
        period_id: period.id,
        collector_id,
        number: heading.number,
        status: "draft",
        content_json: &text,
        sha256: &sha256,
        created_at: moment.at,
        created_by: membership.id,
        created_by_name: &actor.full_name,
        created_by_title: &membership.title,
    };
    let id = queries::insert(conn, &new).map_err(faster)?;
    let used = sources.iter().filter(|(_, revision)| revision.is_some()).count();
    let sources: Vec<NewSource> = sources
        .into_iter()
        .map(|(obligation_id, revision_id)| NewSource { edition_id: id, obligation_id, revision_id })
        .collect();
    queries::insert_sources(conn, &sources)?;
    let after = json!({
        "period": period.code,
        "number": heading.number,
        "status": "draft",
        "sha256": sha256,
        "revisions": used,
        "missing": content.missing.len(),
    });
    let step = Step {
        action: "edition.make",
        subject_kind: "edition",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}, bản tổng hợp lần {}", regime.name, period.label, heading.number),
        unit_id: Some(collector_id),
        before: None,
        after: Some(after),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(id)
}

/// The bodies of a period for which somebody consolidates, with their names. Two queries.
///
/// # Errors
/// The queries' own.
pub fn bodies(conn: &mut Conn, actor: &Actor, period: &Period) -> Result<Vec<(UnitId, String)>, Error> {
    let own = |id: &UnitId| actor.for_unit(*id, Action::Consolidate).is_some();
    let bodies: Vec<UnitId> = queries::collectors(conn, period.id)?.into_iter().filter(own).collect();
    let mut names = units::queries::names_on(conn, &bodies, period.reference_on)?;
    Ok(bodies.into_iter().filter_map(|id| Some((id, names.remove(&id)?))).collect())
}

fn heading(editions: &[queries::EditionRow], actor: &Actor, moment: Moment) -> Heading {
    Heading {
        number: editions.first().map_or(1, |last| last.number + 1),
        created_at: moment.at,
        compiled_by: actor.full_name.clone(),
    }
}

/// The collector for whom the actor consolidates: the regime's own where that is one of them. One query.
///
/// # Errors
/// [`Error::Forbidden`] for who consolidates for none; the query's own.
pub(super) fn collects<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    period: &Period,
    regime: &Regime,
) -> Result<(UnitId, &'a Membership), Error> {
    let mut collectors = queries::collectors(conn, period.id)?;
    collectors.sort_by_key(|id| (*id != regime.collector_id, *id));
    collectors
        .into_iter()
        .find_map(|id| Some((id, actor.for_unit(id, Action::Consolidate)?)))
        .ok_or_else(|| Error::Forbidden("Chỉ đơn vị tổng hợp của kỳ này được tổng hợp số liệu.".to_owned()))
}

/// Two people at once: the second is told.
fn faster(e: QueryError) -> Error {
    match e {
        QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Error::Conflict(
            "Người khác vừa lập bản tổng hợp của kỳ này. Mở lại danh sách bản tổng hợp để xem.".to_owned(),
        ),
        other => other.into(),
    }
}
