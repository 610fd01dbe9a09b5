//! Which day belongs to which cycle: "06 tháng (trước ngày 05/6), 01 năm (trước ngày 05/12)", one day for several cycles, a day for
//! each quarter. Stands between the due words of a sentence and the duties made of them.

use super::due::{DueAt, LAST_MONTHS};
use super::often::often;
use super::periods::{Period, mentions, recurrent};
use super::reading::{Due, DutyKind, Recurs, Rule, Sure};
use super::words::Words;

/// A cycle with its due words.
pub(super) struct Owed {
    /// None: the words name no cycle, or one that no regime holds (nine months).
    pub kind: Option<DutyKind>,
    pub due: Due,
    pub sure: Sure,
    nine: bool,
}

impl Owed {
    fn of(kind: Option<DutyKind>, due: Due, sure: Sure) -> Owed {
        Owed { kind, due, sure, nine: false }
    }

    fn in_cycle(cycle: &Period, due: Due, sure: Sure) -> Owed {
        // No regime holds nine months: said, and left to whoever reviews it.
        let sure = if cycle.kind.is_none() { Sure::Guess } else { sure };
        Owed { kind: cycle.kind, due, sure, nine: cycle.kind.is_none() }
    }
}

/// Every cycle of a sentence with its day.
pub(super) fn pair(words: &Words<'_>, periods: &[Period], due: &[DueAt]) -> Vec<Owed> {
    let month = |due: &DueAt| due.due.month_day.and_then(|(month, _)| month);
    let two_days = matches!(due, [first, second]
        if month(first).is_some() && month(second).is_some() && month(first) != month(second));
    let cycles: Vec<&Period> = periods
        .iter()
        .filter(|period| period.kind != Some(DutyKind::AdHoc) && !(period.weak && two_days))
        .collect();
    let ad_hoc = periods.iter().any(|period| period.kind == Some(DutyKind::AdHoc));
    let mut found = paired(words, &cycles, due, (two_days, ad_hoc));
    for owed in &mut found {
        settle(words, owed, !cycles.is_empty());
    }
    one_quarter(&mut found);
    // "Báo cáo tuần", "báo cáo hằng ngày": said, and no cycle of a regime.
    if let Some(recurs) = often(words) {
        let open = found.iter_mut().find(|owed| {
            owed.kind.is_none_or(|kind| kind == DutyKind::AdHoc)
                && owed.due.date.is_none()
                && owed.due.month_day.is_none()
        });
        match open {
            Some(open) => {
                *open = Owed::of(None, Due { recurs: Some(recurs), ..open.due.clone() }, Sure::Guess);
            }
            None => found.push(Owed::of(None, Due { recurs: Some(recurs), ..Due::UNDATED }, Sure::Guess)),
        }
    }
    if ad_hoc && !found.iter().any(|owed| owed.kind == Some(DutyKind::AdHoc)) {
        found.push(Owed::of(Some(DutyKind::AdHoc), Due::UNDATED, Sure::Certain));
    }
    found
}

fn paired(
    words: &Words<'_>,
    cycles: &[&Period],
    due: &[DueAt],
    (two_days, ad_hoc): (bool, bool),
) -> Vec<Owed> {
    let mut found: Vec<Owed> = Vec::new();
    match (cycles, due) {
        ([], []) => {
            if !ad_hoc {
                let kind = words
                    .has_any(&["vuong mac", "phat sinh", "kịp thời bao cao", "kip thoi bao cao", "dot xuat"])
                    .then_some(DutyKind::AdHoc);
                found.push(Owed::of(kind, Due::UNDATED, Sure::Likely));
            }
        }
        ([], due) => {
            for (index, each) in due.iter().enumerate() {
                let kind = match (two_days, index) {
                    (true, 0) if !ad_hoc => Some(DutyKind::HalfYear),
                    (true, _) if !ad_hoc => Some(DutyKind::Year),
                    // The last month of a cycle that is not named.
                    _ if closes(words, each) => None,
                    _ => Some(by_due(words, &each.due)),
                };
                found.push(Owed::of(kind, each.due.clone(), Sure::Likely));
            }
        }
        (cycles, []) => {
            found.extend(cycles.iter().map(|cycle| Owed::in_cycle(cycle, Due::UNDATED, Sure::Certain)));
        }
        (cycles, [only]) if shares(cycles, only) => {
            found.extend(cycles.iter().map(|cycle| Owed::in_cycle(cycle, only.due.clone(), Sure::Certain)));
        }
        (cycles, due) if cycles.len() == due.len() => {
            let pairs = cycles.iter().zip(due);
            found.extend(pairs.map(|(cycle, each)| Owed::in_cycle(cycle, each.due.clone(), Sure::Certain)));
        }
        (cycles, due) => {
            // The nearest cycle named before a day; the first one for a day before them all.
            let said: Vec<Period> = mentions(words, due)
                .into_iter()
                .filter(|said| cycles.iter().any(|cycle| cycle.kind == said.kind))
                .collect();
            for each in due {
                let own = each.due.recurs.filter(|recurs| matches!(recurs, Recurs::Month | Recurs::Quarter));
                let nearest =
                    said.iter().rev().find(|cycle| cycle.at < each.from).or(cycles.first().copied());
                match (own, nearest) {
                    (Some(own), Some(cycle)) if cycle.kind.and_then(recurs_of) != Some(own) => {
                        found.push(Owed::of(Some(by_due(words, &each.due)), each.due.clone(), Sure::Guess));
                    }
                    (_, Some(cycle)) => found.push(Owed::in_cycle(cycle, each.due.clone(), Sure::Guess)),
                    (_, None) => found.push(Owed::of(None, each.due.clone(), Sure::Guess)),
                }
            }
            for cycle in cycles {
                if !found.iter().any(|owed| owed.kind == cycle.kind) {
                    found.push(Owed::in_cycle(cycle, Due::UNDATED, Sure::Guess));
                }
            }
        }
    }
    found
}

/// What the due words leave to the cycle, and what no regime can hold.
fn settle(words: &Words<'_>, owed: &mut Owed, cycles: bool) {
    let Owed { kind, due, sure, nine } = owed;
    // The day stands behind the cycle: said, and not to be put into days.
    if matches!(due.rule, Rule::Before | Rule::By) && due.date.is_none() && due.month_day.is_none() {
        (due.rule, due.recurs, *sure) = (Rule::Undated, None, Sure::Guess);
    }
    // From the end of what is reported, whatever that is.
    if due.rule == Rule::Within && due.days.is_some() && *kind == Some(DutyKind::AdHoc) && from_end(words) {
        (*kind, *sure) = (None, Sure::Guess);
    }
    // "Ngày 15 của tháng cuối kỳ": half a year ends in June, a year in December.
    let last = if *nine { Some(9) } else { kind.and_then(last_month) };
    if let (Some(last), Some((None, day))) = (last, due.month_day)
        && due.recurs.is_none()
        && words.has_any(LAST_MONTHS)
    {
        due.month_day = Some((Some(last), day));
    }
    let Some((month, _)) = due.month_day else { return };
    if due.recurs.is_none() && (recurrent(words) || cycles) {
        due.recurs = match kind.and_then(recurs_of) {
            // A day of a month that is named comes back once a year.
            Some(_) if month.is_some() => Some(Recurs::Year),
            None if *nine => Some(Recurs::Year),
            recurs => recurs,
        };
    }
}

/// "Quý I trước 15/3, quý II trước 15/6, …": the same day of the last month of every quarter is one duty of each quarter.
fn one_quarter(found: &mut Vec<Owed>) {
    let mut quarters: Vec<usize> =
        (0..found.len()).filter(|at| found[*at].kind == Some(DutyKind::Quarter)).collect();
    // "Trước 15/3, 15/6, 15/9 và 15/12 hằng năm": four days a year, and no cycle but the year is named.
    let yearly = |owed: &Owed| matches!(owed.kind, Some(DutyKind::Year | DutyKind::AdHoc));
    if found.len() == 4 && found.iter().all(yearly) {
        quarters = (0..4).collect();
    }
    let days: Vec<(u32, u32)> = quarters
        .iter()
        .filter_map(|at| found[*at].due.month_day.and_then(|(month, day)| Some((month?, day))))
        .collect();
    let [(3, first), (6, second), (9, third), (12, fourth)] = days[..] else { return };
    if quarters.len() != 4 || [second, third, fourth].iter().any(|day| *day != first) {
        return;
    }
    for at in quarters[1..].iter().rev() {
        found.remove(*at);
    }
    let one = &mut found[quarters[0]];
    one.sure = if one.kind == Some(DutyKind::Quarter) { Sure::Certain } else { Sure::Likely };
    one.kind = Some(DutyKind::Quarter);
    (one.due.month_day, one.due.recurs) = (Some((None, first)), Some(Recurs::Quarter));
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
    let own = only
        .due
        .recurs
        .is_none_or(|recurs| cycles.iter().all(|cycle| cycle.kind.and_then(recurs_of) == Some(recurs)));
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
