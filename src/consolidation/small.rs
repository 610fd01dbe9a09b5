//! Small counts of a classified group: what a leader, to whom single units are open, still does not see, because it may
//! point at a person (product rule 11). Pure; it stands between the contributions of units and a leader's page.

/// A count below this one, and above zero, is small.
pub const SMALL: i64 = 5;

/// Which of some counts are withheld, each scaled by `decimals`: the small ones; and where that is only one, the next
/// smallest that is not zero too, for else the total tells it. A zero points at nobody.
pub fn withheld(counts: &[Option<i64>], decimals: u8) -> Vec<bool> {
    let limit = SMALL.saturating_mul(10_i64.saturating_pow(u32::from(decimals)));
    let size = |count: &Option<i64>| count.map(i64::unsigned_abs).filter(|size| *size > 0);
    let is_small = |count: &Option<i64>| size(count).is_some_and(|size| size < limit.unsigned_abs());
    let mut hidden: Vec<bool> = counts.iter().map(is_small).collect();
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let open = counts.iter().enumerate().filter(|(at, _)| !hidden.get(*at).copied().unwrap_or_default());
        let next = open.filter_map(|(at, count)| Some((size(count)?, at))).min();
        if let Some(flag) = next.and_then(|(_, at)| hidden.get_mut(at)) {
            *flag = true;
        }
    }
    hidden
}
