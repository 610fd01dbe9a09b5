//! The links a report claims: kept equal to those typed, without rewriting evidence that others stand on.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{Case, Content, Evidence, TypedDay, TypedReach};
use crate::db::Conn;
use crate::db::ids::{EvidenceId, ReportId};
use crate::db::schema::{evidence, evidence_claims};
use crate::evidence::Platform;
use crate::on_each;

/// Claim, evidence, and the link as stored.
pub(super) type Claimed = (i64, EvidenceId, Evidence);

pub(super) fn claimed(conn: &mut Conn, id: ReportId) -> QueryResult<Vec<Claimed>> {
    type Row = (i64, EvidenceId, String, String, String, Option<NaiveDate>, Option<i64>);
    let rows: Vec<Row> = evidence_claims::table
        .inner_join(evidence::table)
        .filter(evidence_claims::report_id.eq(id))
        .order(evidence_claims::id)
        .select((
            evidence_claims::id,
            evidence::id,
            evidence::title,
            evidence::url,
            evidence::platform,
            evidence::published_on,
            evidence::reach,
        ))
        .load(conn)?;
    let link = |(claim, id, title, url, platform, day, reach)| {
        let (published, reach) = (TypedDay::of(day), TypedReach::of(reach));
        // Drafts of before call some platforms by other words.
        let platform = Platform::spelt(platform);
        (claim, id, Evidence { title, url, platform, published, reach })
    };
    Ok(rows.into_iter().map(link).collect())
}

/// Makes the report's claims equal to the links typed. A link that is the same post keeps its evidence; one that
/// others use, or that came with an entry of the work log, is never rewritten under them: a new one is made.
pub(super) fn replace_links(conn: &mut Conn, case: &Case, content: &Content) -> QueryResult<()> {
    let mut wanted: Vec<&Evidence> = content.evidence.iter().filter(|link| link.is_sound()).collect();
    let mut spare = Vec::new();
    for old in claimed(conn, case.report.id)? {
        match wanted.iter().position(|link| **link == old.2) {
            Some(at) => drop(wanted.remove(at)),
            None => spare.push(old),
        }
    }
    let shared = shared_links(conn, &spare)?;
    for (claim, id, _) in &spare {
        if shared.contains(id) || wanted.is_empty() {
            diesel::delete(evidence_claims::table.filter(evidence_claims::id.eq(claim))).execute(conn)?;
            if !shared.contains(id) {
                diesel::delete(evidence::table.filter(evidence::id.eq(id))).execute(conn)?;
            }
            continue;
        }
        let link = wanted.remove(0);
        diesel::update(evidence::table.filter(evidence::id.eq(id)))
            .set((
                evidence::title.eq(&link.title),
                evidence::url.eq(&link.url),
                evidence::url_key.eq(link.url_key()),
                evidence::platform.eq(&link.platform),
                evidence::published_on.eq(link.published.date),
                evidence::reach.eq(link.reach.count),
            ))
            .execute(conn)?;
    }
    for link in wanted {
        let row = (
            evidence::unit_id.eq(case.obligation.unit_id),
            evidence::title.eq(&link.title),
            evidence::url.eq(&link.url),
            evidence::url_key.eq(link.url_key()),
            evidence::platform.eq(&link.platform),
            evidence::published_on.eq(link.published.date),
            evidence::reach.eq(link.reach.count),
        );
        let id: EvidenceId = on_each!(conn, |c| diesel::insert_into(evidence::table)
            .values(row)
            .returning(evidence::id)
            .get_result(c))?;
        diesel::insert_into(evidence_claims::table)
            .values((evidence_claims::evidence_id.eq(id), evidence_claims::report_id.eq(case.report.id)))
            .execute(conn)?;
    }
    Ok(())
}

/// Those of some links that an entry of the work log or another claim stands on.
fn shared_links(conn: &mut Conn, links: &[Claimed]) -> QueryResult<HashSet<EvidenceId>> {
    let ids: Vec<EvidenceId> = links.iter().map(|link| link.1).collect();
    let from_log: Vec<EvidenceId> = evidence::table
        .filter(evidence::id.eq_any(&ids))
        .filter(evidence::task_entry_id.is_not_null())
        .select(evidence::id)
        .load(conn)?;
    let claims: Vec<EvidenceId> = evidence_claims::table
        .filter(evidence_claims::evidence_id.eq_any(&ids))
        .select(evidence_claims::evidence_id)
        .load(conn)?;
    let mut uses: HashMap<EvidenceId, usize> = HashMap::new();
    for id in claims {
        *uses.entry(id).or_default() += 1;
    }
    let many = uses.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id);
    Ok(from_log.into_iter().chain(many).collect())
}
