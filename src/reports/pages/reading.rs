//! What the page of one report reads: the case, the content it shows and all that stands beside it, in one read.

use std::collections::HashMap;

use crate::access::Action;
use crate::calendar::Holidays;
use crate::db::Conn;
use crate::db::ids::{EditionId, ReportId, RevisionId};
use crate::error::Error;
use crate::indicators::queries::classified;
use crate::periods;
use crate::reports::draft::{self, Draft};
use crate::reports::queries::{self, RevisionRow, Sent, Transition, Typed};
use crate::reports::signed::{self, Signers};
use crate::reports::{Case, DraftRemark, Outline, Past, Remark, ReportState, Step, level};
use crate::unit_plans::linked::Linked;
use crate::web::{SignedIn, State};

pub(super) struct Read {
    pub case: Case,
    pub own: bool,
    pub collects: bool,
    pub draft: Option<(Outline, Draft)>,
    pub sent: Option<Sent>,
    pub before: Option<Sent>,
    /// Issued on the shown revision, and those the collector has not sent yet.
    pub remarks: (Vec<Remark>, Vec<DraftRemark>),
    pub revisions: Vec<RevisionRow>,
    pub history: Vec<Transition>,
    pub past: Past,
    pub holidays: Holidays,
    pub typed: HashMap<RevisionId, Typed>,
    pub types: bool,
    pub kept: bool,
    pub from_edition: Option<(EditionId, i32)>,
    pub newer: Option<level::Lower>,
    pub next: Option<(ReportId, String, usize)>,
    /// The unit's own plan that is shown with it.
    pub unit_plan: Option<Linked>,
    /// The earlier sending with the same paper and other content.
    pub same_as: Option<i32>,
}

/// Everything of report `id`, with revision `wanted` where one is named.
///
/// # Errors
/// 404 outside the scope, and for a revision the actor may not see.
pub(super) async fn load(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    wanted: Option<i32>,
) -> Result<Read, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    state
        .read(move |conn| {
            let scope = actor.scope();
            let case = queries::find(conn, &scope, id)?;
            let (own, collects) = (case.is_own(&scope), case.is_collected(&scope));
            let mut revisions = queries::revisions(conn, id)?;
            if !own && !collects {
                revisions.retain(|r| Some(r.id) == case.report.received_revision_id);
            }
            let typing = !matches!(case.state(), ReportState::Sent | ReportState::Received);
            let types = case.is_typist(&actor) || (own && case.behalf.is_none());
            let draft = if types && typing && wanted.is_none() {
                let mut open = draft::open(conn, &actor, id)?;
                let paper = std::mem::take(&mut open.draft.content.paper);
                open.draft.content.paper = Signers::of(conn, &case, today)?.shown(paper);
                Some((open.outline, open.draft))
            } else {
                None
            };
            // What was taken back was sent by nobody, and compares with nothing; it is read where it is asked for by its number.
            let taken_back = queries::taken_back(conn, id)?;
            let shown = match wanted {
                Some(number) => {
                    Some(revisions.iter().position(|r| r.number == number).ok_or(Error::NotFound)?)
                }
                None if draft.is_some() => None,
                None => revisions.iter().rposition(|row| !taken_back.contains(&row.id)),
            };
            let standing: Vec<RevisionRow> =
                revisions.iter().filter(|row| !taken_back.contains(&row.id)).cloned().collect();
            let (mut sent, mut before, mut remarks) = (None, None, (vec![], vec![]));
            if let Some(at) = shown {
                sent = Some(queries::sent(conn, revisions[at].id)?);
                if own || collects {
                    remarks.0 = queries::issued(conn, revisions[at].id)?;
                }
                let reviews = actor.for_unit(case.obligation.collector_id, Action::Review).is_some();
                if reviews && revisions[at].number == case.report.last_revision {
                    remarks.1 = queries::draft_remarks(conn, id)?;
                }
                let shown = revisions[at].id;
                let earlier = standing.iter().rev().find(|row| row.number < revisions[at].number);
                if let Some(row) = earlier.filter(|_| standing.iter().any(|row| row.id == shown)) {
                    before = Some(queries::sent(conn, row.id)?);
                }
            }
            if !own && !collects {
                let hidden = classified(conn)?;
                for shown in sent.iter_mut().chain(&mut before) {
                    shown.outline.withhold(&hidden);
                }
            }
            let from_edition = match &sent {
                Some(sent) if case.is_consolidated() => queries::edition_used(conn, id, sent.row.number)?,
                _ => None,
            };
            let newer = level::newer(conn, &case)?;
            let reviewed = actor.for_unit(case.obligation.collector_id, Action::Review).is_some()
                && matches!(case.state(), ReportState::Received | ReportState::Amend);
            let next = if reviewed { queries::next_waiting(conn, &case)? } else { None };
            let same_as = match (&sent, own || collects) {
                (Some(sent), true) => signed::same_as(conn, &standing, sent)?,
                _ => None,
            };
            let unit_plan = match (&draft, &sent) {
                (Some(_), _) => Linked::of(conn, &case, None)?,
                (None, Some(sent)) => Linked::of(conn, &case, Some(sent.row.number))?,
                (None, None) => None,
            };
            let ids: Vec<RevisionId> = revisions.iter().map(|r| r.id).collect();
            Ok(Read {
                typed: queries::typed_in(conn, &ids)?,
                kept: own && queries::kept_draft(conn, id, None)?.is_some(),
                types,
                from_edition,
                newer: newer.filter(|_| own),
                unit_plan,
                same_as,
                next,
                past: queries::past(conn, &case)?,
                holidays: periods::queries::holidays(conn)?,
                history: history(conn, id, own, collects)?,
                case,
                own,
                collects,
                draft,
                sent,
                before,
                remarks,
                revisions,
            })
        })
        .await
}

/// The history as this reader may see it: what went on inside the unit is the unit's own.
fn history(conn: &mut Conn, id: ReportId, own: bool, collects: bool) -> Result<Vec<Transition>, Error> {
    if !own && !collects {
        return Ok(Vec::new());
    }
    let mut all = queries::transitions(conn, id)?;
    if !own {
        all.retain(|t| Step::from_code(&t.step).is_some_and(Step::is_between_units));
    }
    Ok(all)
}
