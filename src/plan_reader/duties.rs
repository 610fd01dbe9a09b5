//! Duties to plan and to report, with their due words, whom they go to and through whom. A sentence is read part by
//! part; what it says after "để" is somebody else's purpose, not the duty.

use super::addresses::{to, via};
use super::cycles::{Owed, pair};
use super::due::{DueAt, dues};
use super::often::often;
use super::periods::{Period, periods};
use super::purposes::{onward, purposes, starts};
use super::reading::{Due, Duty, DutyKind, Sure};
use super::unit_list::list_at;
use super::words::Words;

/// Days of one sentence at most.
const MOST_DAYS: usize = 12;

/// A sentence with what stands around it.
pub(super) struct Said<'t> {
    pub words: Words<'t>,
    /// Who owes it, by the sentence or by the clause.
    pub units: Vec<String>,
    /// The word the work begins with, where the units stand in the sentence.
    pub verb: usize,
    pub clause: Option<String>,
    pub lines: Vec<usize>,
    /// Whom the sentences around it send to, when it does not say so itself.
    pub to: Option<String>,
    pub via: Option<String>,
    /// Whether the part before it, behind a semicolon, was a duty.
    pub goes_on: bool,
}

/// The duties of a sentence, or of a part of one between semicolons.
pub(super) fn duties(said: &Said<'_>) -> Vec<Duty> {
    let words = &said.words;
    let mut due = dues(words);
    due.truncate(MOST_DAYS);
    let purpose = starts(words);
    // The receiver's own day is none of the unit's; where the sentence has no other, whose it is is not told.
    let later = onward(words, &purpose, &due);
    let unsure = !later.is_empty() && later.len() == due.len();
    if !unsure {
        let mut at = 0;
        due.retain(|_| {
            at += 1;
            !later.contains(&(at - 1))
        });
    }
    let purpose = purposes(words, &purpose, &due);
    let outside = |at: usize| !purpose.iter().any(|(from, to)| (*from..*to).contains(&at));
    let report = (0..words.len()).find(|at| outside(*at) && is_report(words, *at));
    let sends = (0..words.len()).find(|at| outside(*at) && words.any(*at, &["gửi", "gui", "nộp"]).is_some());
    let plan = planned(words, said, sends.filter(|_| report.is_none() || words.find(0, "ket qua").is_none()));
    let periods: Vec<Period> = periods(words, &due).into_iter().filter(|period| outside(period.at)).collect();
    let about = |kind: Option<DutyKind>, due: Due, sure: Sure| Duty {
        kind,
        due,
        via: via(words).or_else(|| said.via.clone()),
        to: to(words, &outside).or_else(|| said.to.clone()),
        units: said.units.clone(),
        clause: said.clause.clone(),
        text: words.text.trim_end_matches(['.', '/', ';', ' ']).to_owned(),
        lines: said.lines.clone(),
        sure,
    };
    if let Some(sure) = plan.filter(|_| periods.is_empty()) {
        let due = due.into_iter().next().map_or(Due::UNDATED, |found| found.due);
        return vec![about(Some(DutyKind::Plan), due, sure)];
    }
    let owed = match (report, sends) {
        (Some(at), _) => owes(words, at, &due, &periods, &outside),
        // "…; năm gửi chậm nhất ngày 14/12".
        (None, Some(_)) if said.goes_on && !due.is_empty() && !periods.is_empty() => true,
        (None, Some(_)) => !due.is_empty() && words.has_any(SENT),
        (None, None) => {
            !due.is_empty()
                && (words.has("dot xuat") || said.goes_on && periods.iter().any(|period| period.at == 0))
        }
    };
    if !owed {
        return Vec::new();
    }
    let owed = pair(words, &periods, &due).into_iter();
    owed.map(|Owed { kind, due, sure, .. }| about(kind, due, if unsure { Sure::Guess } else { sure }))
        .collect()
}

/// What is sent in by a day.
const SENT: &[&str] = &[
    "ket qua",
    "danh sach",
    "so lieu",
    "van ban",
    "ho so",
    "bao cao",
    "y kien",
    "thong tin",
    "phuong an",
    "chuong trinh",
    "de an",
    "du toan",
    "de xuat",
    "bien ban",
    "tai lieu",
    "du thao",
];

/// A plan to be made or sent in.
fn planned(words: &Words<'_>, said: &Said<'_>, sends: Option<usize>) -> Option<Sure> {
    const MAKES: &[&str] =
        &["xay dung", "chu dong xay dung", "khan truong xay dung", "ban hanh", "nghien cuu xay dung", "lap"];
    let named = |from: usize, reach: usize| {
        (from..words.len().min(from + reach))
            .find(|at| words.phrase(*at, "ke hoach").is_some() && words.phrase(*at + 2, "số").is_none())
    };
    let makes = words.any(said.verb, MAKES).is_some_and(|end| named(end, 5).is_some());
    let sent = sends.is_some_and(|at| {
        let before = (0..at)
            .rev()
            .take(40)
            .any(|at| words.phrase(at, "ke hoach").is_some() && words.phrase(at + 2, "số").is_none());
        before && words.has_any(&["xay dung", "ban hanh", "gửi ke hoach", "gui ke hoach"])
            || named(at, 4).is_some()
    });
    if sent {
        return Some(Sure::Certain);
    }
    (makes && !said.units.is_empty()).then_some(Sure::Likely)
}

/// Whether "báo cáo" is done here rather than named.
fn is_report(words: &Words<'_>, at: usize) -> bool {
    if words.phrase(at, "bao cao").is_none() || words.any(at, &["bao cao vien"]).is_some() {
        return false;
    }
    let noun = at > 0 && words.any(at - 1, &["theo", "mẫu", "dự"]).is_some()
        || at > 1
            && words
                .any(at - 2, &["che do", "he thong", "tren day la", "de cuong", "bieu mau"])
                .is_some_and(|end| end == at);
    !noun && words.any(at, &["bao cao như sau", "bao cao chung"]).is_none()
}

/// Whether the report is a duty: it says when, how often, to whom or of what.
fn owes(
    words: &Words<'_>,
    at: usize,
    due: &[DueAt],
    periods: &[Period],
    outside: &dyn Fn(usize) -> bool,
) -> bool {
    let says = often(words).is_some()
        || words.has_any(&[
            "theo quy dinh",
            "theo yeu cau",
            "dinh ky",
            "dot xuat",
            "ket qua",
            "tinh hinh",
            "vuong mac",
        ]);
    let directly = list_at(words, at + 2).is_some();
    let whole = words.len() > 3;
    // "tham mưu UBND tỉnh báo cáo …" and "đã báo cáo" are not asked of anybody here.
    let past = at > 0 && words.any(at - 1, &["đã", "đang"]).is_some();
    whole
        && !past
        && (!due.is_empty() || !periods.is_empty() || says || directly || to(words, outside).is_some())
}
