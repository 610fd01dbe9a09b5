//! Duties to plan and to report, with their due words, whom they go to and through whom. A sentence is read part by
//! part; what it says after "để" is somebody else's purpose, not the duty.

use super::due::{DueAt, LAST_MONTHS, dues};
use super::periods::{Period, periods, recurrent};
use super::reading::{Due, Duty, DutyKind, Recurs, Rule, Sure};
use super::unit_list::list_at;
use super::unit_words::OFFICES;
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
    let purpose = purposes(words, &due);
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
    pair(words, &periods, &due).into_iter().map(|(kind, due, sure)| about(kind, due, sure)).collect()
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

/// Parts of a sentence that say what for: from "để" to the next due words, comma at the start, or the end.
fn purposes(words: &Words<'_>, due: &[DueAt]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let sent_on = words.any(at, &["tong hop", "tap hop", "theo doi , tong hop"]).is_some()
            && at > 0
            && (0..at).rev().take(12).any(|before| {
                words.any(before, &["gửi", "về"]).is_some_and(|start| {
                    list_at(words, start).is_some_and(|list| {
                        list.end == at || list.end + 1 == at || words.is_mark(at - 1, &[')', ','])
                    })
                })
            });
        if words.phrase(at, "để").is_none() && !sent_on {
            continue;
        }
        let next_due = due.iter().map(|due| due.from).find(|from| *from > at);
        let comma = (at == 0).then(|| (at..words.len()).find(|at| words.is_mark(*at, &[',']))).flatten();
        let end = comma.or(next_due).unwrap_or(words.len());
        found.push((at, end));
    }
    found
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

/// "Báo cáo tuần", "hằng tuần", "báo cáo hằng ngày": more often than any cycle a regime holds.
fn often(words: &Words<'_>) -> Option<Recurs> {
    if words.has_any(&["bao cao tuần", "hang tuan", "hằng tuần", "mỗi tuần", "định kỳ tuần"])
    {
        return Some(Recurs::Week);
    }
    let daily = words.has_any(&["bao cao hang ngay", "bao cao hằng ngày", "bao cao mỗi ngày"])
        || words.any(0, &["hang ngay", "hằng ngày", "mỗi ngày"]).is_some() && words.has("bao cao");
    daily.then_some(Recurs::Day)
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

/// "về UBND tỉnh", "gửi Công an tỉnh", "báo cáo UBND tỉnh".
pub(super) fn to(words: &Words<'_>, outside: &dyn Fn(usize) -> bool) -> Option<String> {
    const TOWARDS: &[&str] =
        &["gửi về", "gui ve", "gửi đến", "gửi cho", "về", "gửi", "gui", "cho", "trình", "bao cao"];
    for at in 0..words.len() {
        let Some(start) = words.any(at, TOWARDS).filter(|_| outside(at)) else { continue };
        if words.phrase(at, "cho").is_some() && at > 0 && words.any(at - 1, &["gửi", "bao cao"]).is_none() {
            continue;
        }
        // "báo cáo Giám đốc Sở": the head of the writer's own body.
        if list_at(words, start).is_none()
            && let Some(end) = words.known(start, &OFFICES)
        {
            let end = if words.any(end, &["sở", "ban", "bộ"]).is_some() { end + 1 } else { end };
            return Some(words.between(start, end).to_owned());
        }
        // "Gửi C11 theo dõi": a division by its letters and number.
        if is_division(words, start) {
            return Some(words.between(start, start + 1).to_owned());
        }
        if let Some(list) = list_at(words, start) {
            let end = list.end;
            let text = words.between(start, end);
            let text = text.split(" (qua").next().unwrap_or(text);
            return Some(text.trim().to_owned());
        }
    }
    None
}

/// "C11", "PC10", "PV01": capitals and a number, as the police name their divisions.
fn is_division(words: &Words<'_>, at: usize) -> bool {
    words.list.get(at).is_some_and(|word| {
        let written = &words.text[word.from..word.to];
        let letters = written.chars().take_while(char::is_ascii_uppercase).count();
        let digits = &written[letters..];
        (1..=3).contains(&letters)
            && (1..=2).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// "(qua Công an tỉnh)", "thông qua Sở Nội vụ", "(qua PC10)".
pub(super) fn via(words: &Words<'_>) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let start = words.any(at, &["qua", "thong qua"])?;
        if let Some(list) = list_at(words, start) {
            return Some(words.between(start, list.end).to_owned());
        }
        // A division by its letters, in brackets.
        let close = words.closing(at.checked_sub(1).filter(|open| words.is_mark(*open, &['(']))?);
        (words.is_capital(start) && close - start <= 6).then(|| words.between(start, close).to_owned())
    })
}

/// Which day belongs to which cycle.
fn pair(words: &Words<'_>, periods: &[Period], due: &[DueAt]) -> Vec<(Option<DutyKind>, Due, Sure)> {
    let two_days = due.len() == 2 && due.iter().all(|due| due.due.month_day.is_some());
    let cycles: Vec<&Period> = periods
        .iter()
        .filter(|period| period.kind != DutyKind::AdHoc && !(period.weak && two_days))
        .collect();
    let ad_hoc = periods.iter().find(|period| period.kind == DutyKind::AdHoc);
    let mut found: Vec<(Option<DutyKind>, Due, Sure)> = Vec::new();
    match (cycles.as_slice(), due) {
        ([], []) => {
            if ad_hoc.is_none() {
                let kind = words
                    .has_any(&["vuong mac", "phat sinh", "kịp thời bao cao", "kip thoi bao cao", "dot xuat"])
                    .then_some(DutyKind::AdHoc);
                found.push((kind, Due::UNDATED, Sure::Likely));
            }
        }
        ([], due) => {
            for (index, each) in due.iter().enumerate() {
                let kind = match (two_days, index) {
                    (true, 0) if ad_hoc.is_none() => Some(DutyKind::HalfYear),
                    (true, _) if ad_hoc.is_none() => Some(DutyKind::Year),
                    // The last month of a cycle that is not named.
                    _ if closes(words, each) => None,
                    _ => Some(by_due(words, &each.due)),
                };
                found.push((kind, each.due.clone(), Sure::Likely));
            }
        }
        (cycles, []) => {
            found.extend(cycles.iter().map(|cycle| (Some(cycle.kind), Due::UNDATED, Sure::Certain)))
        }
        (cycles, [only]) if shares(cycles, only) => {
            found.extend(cycles.iter().map(|cycle| (Some(cycle.kind), only.due.clone(), Sure::Certain)));
        }
        (cycles, due) if cycles.len() == due.len() => {
            let pairs = cycles.iter().zip(due);
            found.extend(pairs.map(|(cycle, each)| (Some(cycle.kind), each.due.clone(), Sure::Certain)));
        }
        (cycles, due) => {
            // The nearest cycle named before a day; the first one for a day before them all.
            for each in due {
                let cycle = cycles.iter().rev().find(|cycle| cycle.at < each.from).or(cycles.first());
                found.push((cycle.map(|cycle| cycle.kind), each.due.clone(), Sure::Guess));
            }
            for cycle in cycles {
                if !found.iter().any(|(kind, _, _)| *kind == Some(cycle.kind)) {
                    found.push((Some(cycle.kind), Due::UNDATED, Sure::Guess));
                }
            }
        }
    }
    for (kind, due, sure) in &mut found {
        // The day stands behind the cycle: said, and not to be put into days.
        if matches!(due.rule, Rule::Before | Rule::By) && due.date.is_none() && due.month_day.is_none() {
            (due.rule, due.recurs, *sure) = (Rule::Undated, None, Sure::Guess);
        }
        // From the end of what is reported, whatever that is.
        if due.rule == Rule::Within && due.days.is_some() && *kind == Some(DutyKind::AdHoc) && from_end(words)
        {
            (*kind, *sure) = (None, Sure::Guess);
        }
        // "Ngày 15 của tháng cuối kỳ": half a year ends in June, a year in December.
        if let (Some(last), Some((None, day))) = (kind.and_then(last_month), due.month_day)
            && due.recurs.is_none()
            && words.has_any(LAST_MONTHS)
        {
            due.month_day = Some((Some(last), day));
        }
        if due.month_day.is_some() && due.recurs.is_none() && (recurrent(words) || !cycles.is_empty()) {
            due.recurs = kind.and_then(recurs_of);
        }
    }
    // "Báo cáo tuần", "báo cáo hằng ngày": said, and no cycle of a regime.
    if let Some(recurs) = often(words) {
        let repeated = Due { recurs: Some(recurs), ..Due::UNDATED };
        let open = found.iter_mut().find(|(kind, due, _)| {
            kind.is_none_or(|kind| kind == DutyKind::AdHoc) && due.date.is_none() && due.month_day.is_none()
        });
        match open {
            Some(open) => *open = (None, Due { recurs: Some(recurs), ..open.1.clone() }, Sure::Guess),
            None => found.push((None, repeated, Sure::Guess)),
        }
    }
    if ad_hoc.is_some() && !found.iter().any(|(kind, _, _)| *kind == Some(DutyKind::AdHoc)) {
        found.push((Some(DutyKind::AdHoc), Due::UNDATED, Sure::Certain));
    }
    found
}

/// "Kể từ ngày kết thúc kỳ báo cáo", "sau khi kết thúc quý".
fn from_end(words: &Words<'_>) -> bool {
    (0..words.len()).any(|at| {
        words
            .phrase(at, "ket thuc")
            .is_some_and(|end| words.any(end, &["ky", "quý", "tháng", "năm"]).is_some())
    })
}

fn last_month(kind: DutyKind) -> Option<u32> {
    match kind {
        DutyKind::HalfYear => Some(6),
        DutyKind::Year => Some(12),
        _ => None,
    }
}

/// Whether the due words are a day of the last month of the cycle.
fn closes(words: &Words<'_>, due: &DueAt) -> bool {
    (due.from..due.to).any(|at| words.any(at, LAST_MONTHS).is_some())
}

/// Whether one day is meant for all the cycles: it stands before or behind them all, and is no day of a quarter or month
/// beside other cycles.
fn shares(cycles: &[&Period], only: &DueAt) -> bool {
    let before = cycles.iter().all(|cycle| cycle.at < only.from);
    let behind = cycles.iter().all(|cycle| cycle.at >= only.from);
    let own =
        only.due.recurs.is_none_or(|recurs| cycles.iter().all(|cycle| recurs_of(cycle.kind) == Some(recurs)));
    cycles.len() == 1 || (before || behind) && own
}

/// The cycle when only due words tell it.
fn by_due(words: &Words<'_>, due: &Due) -> DutyKind {
    match due.recurs {
        Some(Recurs::Year) => DutyKind::Year,
        Some(Recurs::Quarter) => DutyKind::Quarter,
        Some(Recurs::Month) => DutyKind::Month,
        Some(Recurs::Week | Recurs::Day) => DutyKind::AdHoc,
        None if due.month_day.is_some() && due.rule != Rule::Within && recurrent(words) => DutyKind::Year,
        None => DutyKind::AdHoc,
    }
}

fn recurs_of(kind: DutyKind) -> Option<Recurs> {
    match kind {
        DutyKind::Year | DutyKind::HalfYear => Some(Recurs::Year),
        DutyKind::Quarter => Some(Recurs::Quarter),
        DutyKind::Month => Some(Recurs::Month),
        DutyKind::Plan | DutyKind::AdHoc => None,
    }
}
