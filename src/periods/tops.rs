//! Which of the bodies that collect a period collect for nobody above them in it. Pure: the one rule that the pages of a
//! period, comparisons and `tonghop export` ask, each about the obligations it has loaded.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::db::ids::UnitId;

/// The collectors of some obligations, each given as (who owes, to whom), that owe none of the others anything: one as a rule,
/// several where each collects a part of its own. Whom most obligations go to comes first.
pub fn tops(owed: &[(UnitId, UnitId)]) -> Vec<UnitId> {
    let mut sent: BTreeMap<UnitId, usize> = BTreeMap::new();
    for (_, collector) in owed {
        *sent.entry(*collector).or_default() += 1;
    }
    let below = |body: &UnitId| owed.iter().any(|(unit, collector)| unit == body && collector != body);
    let mut found: Vec<(UnitId, usize)> = sent.into_iter().filter(|(body, _)| !below(body)).collect();
    found.sort_by_key(|(body, sent)| (Reverse(*sent), *body));
    found.into_iter().map(|(body, _)| body).collect()
}
