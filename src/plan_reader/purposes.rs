//! What a sentence says after "để": somebody else's purpose, not the duty. Also the days by which whoever receives a report reports
//! it on: "để tổng hợp, báo cáo UBND tỉnh trước ngày 15/6" is the receiver's day where the report has a day of its own.

use super::due::DueAt;
use super::unit_list::list_at;
use super::words::Words;

/// Words between the body that is reported to and the day at most: "đúng thời hạn", "theo quy định".
const NEAR: usize = 8;

/// The words at which a purpose begins.
pub(super) fn starts(words: &Words<'_>) -> Vec<usize> {
    let sent_on = |at: usize| {
        words.any(at, &["tong hop", "tap hop", "theo doi , tong hop"]).is_some()
            && at > 0
            && (0..at).rev().take(12).any(|before| {
                words.any(before, &["gửi", "về"]).is_some_and(|start| {
                    list_at(words, start).is_some_and(|list| {
                        list.end == at || list.end + 1 == at || words.is_mark(at - 1, &[')', ','])
                    })
                })
            })
    };
    (0..words.len()).filter(|at| words.phrase(*at, "để").is_some() || sent_on(*at)).collect()
}

/// Parts of a sentence that say what for: from "để" to the next due words, comma at the start, or the end.
pub(super) fn purposes(words: &Words<'_>, starts: &[usize], due: &[DueAt]) -> Vec<(usize, usize)> {
    let part = |at: &usize| {
        let at = *at;
        let next_due = due.iter().map(|due| due.from).find(|from| *from > at);
        let next_due = next_due.map(|due| own_cycle(words, at, due).unwrap_or(due));
        let comma = (at == 0).then(|| (at..words.len()).find(|at| words.is_mark(*at, &[',']))).flatten();
        (at, comma.or(next_due).unwrap_or(words.len()))
    };
    starts.iter().map(part).collect()
}

/// Where "báo cáo năm" begins right before a day: one more report of the unit's own, and no purpose.
fn own_cycle(words: &Words<'_>, at: usize, due: usize) -> Option<usize> {
    const CYCLES: &[&str] = &["năm", "quý", "tháng", "6 tháng", "06 tháng", "9 tháng", "09 tháng"];
    (due.saturating_sub(6).max(at + 1)..due).find(|here| {
        let own = words.any(*here, &["bao cao", "và bao cao", "gửi bao cao"]);
        own.and_then(|end| words.any(end, CYCLES)).is_some_and(|end| end == due || words.is_mark(end, &['(']))
    })
}

/// The places among the due words of those by which it is reported on.
pub(super) fn onward(words: &Words<'_>, starts: &[usize], due: &[DueAt]) -> Vec<usize> {
    const REPORTS: &[&str] = &["bao cao", "trình", "gửi bao cao", "gửi"];
    let mut found: Vec<usize> = Vec::new();
    for start in starts.iter().filter(|start| **start > 0) {
        let Some(first) = due.iter().position(|due| due.from > *start) else { continue };
        let day = due[first].from;
        let body = (*start..day)
            .rev()
            .find_map(|at| words.any(at, REPORTS).and_then(|end| list_at(words, end)))
            .filter(|list| list.end <= day);
        let Some(body) = body else { continue };
        let own = (body.end..day).any(|at| {
            words.any(at, &["bao cao", "gửi", "gui", "nộp", "năm", "quý", "6 tháng", "06 tháng"]).is_some()
        });
        if own || day - body.end > NEAR {
            continue;
        }
        let mut last = first;
        found.push(first);
        while last + 1 < due.len() && due[last + 1].from <= due[last].to + 2 {
            last += 1;
            found.push(last);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
