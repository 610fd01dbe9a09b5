//! Due words: "trước ngày 15/11 hàng năm", "chậm nhất ngày 15 của tháng cuối quý", "trước 16 giờ 00 ngày 20/3/2025",
//! "trong thời hạn 24 giờ". Read as written; what is not said stays blank.

use super::dates::{date_at, day_month_at, whole};
use super::reading::{Due, Recurs, Rule};
use super::words::{Words, number};

/// Due words with the words they take, end exclusive.
#[derive(Debug, Clone)]
pub(super) struct DueAt {
    pub from: usize,
    pub to: usize,
    pub due: Due,
}

const BY: &[&str] = &[
    "cham nhat la truoc",
    "cham nhat la den",
    "cham nhat la",
    "cham nhat den het",
    "cham nhat den",
    "cham nhat vao",
    "cham nhat",
    "muon nhat la",
    "muon nhat",
    "khong muon hon",
    "khong qua",
    "den het",
    "han cuoi la",
    "han cuoi",
    "hạn chót",
    "xong trong",
    "han nop",
    "thoi han gui bao cao la",
    "thoi han gui la",
    "thoi han la",
    "thoi gian gui",
    "thoi han gui bao cao :",
    "thoi han gui bao cao",
    "thoi han nop bao cao :",
    "thoi han bao cao :",
    "thoi gian gui bao cao :",
    "thoi gian bao cao :",
    "thoi diem bao cao :",
];
const WITHIN: &[&str] = &[
    "trong thoi han",
    "trong vong",
    "trong thoi gian",
    "khong qua",
    "cham nhat sau",
    "cham nhat trong",
    "cham nhat la",
    "cham nhat",
];

/// The last month of whatever is reported.
pub(super) const LAST_MONTHS: &[&str] = &[
    "thang cuoi ky bao cao",
    "thang cuoi của ky bao cao",
    "thang cuoi của ky",
    "thang cuoi mỗi ky",
    "thang cuoi cung của ky",
    "thang cuoi ky",
];

/// All due words, in order.
pub(super) fn dues(words: &Words<'_>) -> Vec<DueAt> {
    let mut found: Vec<DueAt> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(end) = super::spans::counted(words, at) {
            at = end;
            continue;
        }
        let next = within(words, at)
            .or_else(|| super::deadlines::in_month(words, at))
            .map(|due| vec![due])
            .or_else(|| dated(words, at))
            .or_else(|| super::due_turns::cyclic(words, at));
        match next {
            Some(dues) => {
                at = dues.last().map_or(at + 1, |due| due.to);
                found.extend(dues);
            }
            None => at += 1,
        }
    }
    found
}

/// "Trong thời hạn 24 giờ", "trong vòng 05 ngày làm việc".
fn within(words: &Words<'_>, at: usize) -> Option<DueAt> {
    // "trong 24 giờ" as well: the unit decides.
    let mut end = words.any(at, WITHIN).or_else(|| words.phrase(at, "trong"))?;
    end = words.any(end, &["là", "tối đa"]).unwrap_or(end);
    // "Trong vòng 24h".
    if let Some(hours) = words.list.get(end)?.plain.strip_suffix('h').and_then(number)
        && !clock_follows(words, end + 1)
        && words.any(at, &["trong", "khong qua", "cham nhat sau"]).is_some()
    {
        let due = Due { rule: Rule::Within, hours: Some(hours), ..Due::UNDATED };
        return Some(DueAt { from: at, to: end + 1, due });
    }
    let number = words.number(end)?;
    if words.is_mark(end + 1, &['/']) {
        return None;
    }
    let unit = words.list.get(end + 1)?;
    let (hours, days) = match unit.plain.as_str() {
        "gio" | "tieng" if !clock_follows(words, end + 2) => (Some(number), None),
        "h" if !clock_follows(words, end + 2) => (Some(number), None),
        "ngay" => (None, Some(number)),
        "tuan" => (None, number.checked_mul(7)),
        _ => return None,
    };
    // "05 ngày làm việc".
    let to = words.phrase(end + 2, "lam viec").unwrap_or(end + 2);
    let working = to > end + 2 && unit.plain == "ngay";
    if let Some(found) = super::due_turns::ahead_of(words, at, (to, days, working)) {
        return Some(found);
    }
    Some(DueAt { from: at, to, due: Due { rule: Rule::Within, hours, days, working, ..Due::UNDATED } })
}

/// After "16 giờ": minutes or a day make it an hour of the day.
fn clock_follows(words: &Words<'_>, at: usize) -> bool {
    words.number(at).is_some() || words.any(at, &["ngay", ", ngay", "phut"]).is_some()
}

fn dated(words: &Words<'_>, at: usize) -> Option<Vec<DueAt>> {
    let (rule, mut here) = match words.any(at, BY) {
        Some(end) => (if words.phrase(end - 1, "truoc").is_some() { Rule::Before } else { Rule::By }, end),
        None => match words.any(at, &["xong truoc", "trước", "truoc ngay"]) {
            Some(end) => (Rule::Before, if words.phrase(end - 1, "ngay").is_some() { end - 1 } else { end }),
            None => (Rule::By, words.any(at, &["vào ngay", "đến ngay", "hết ngay"])? - 1),
        },
    };
    // "Thời gian gửi báo cáo: 6 tháng gửi …": a cycle, and no day of a month.
    let headed = words.is_mark(here - 1, &[':']) || words.phrase(here - 1, "cao").is_some();
    let figures = words.list.get(here).is_some_and(|word| word.plain.contains('/'));
    if headed && !figures && words.any(here, &["ngay", "trước", "là"]).is_none() {
        return None;
    }
    if let Some(end) = words.any(here, &["trước", "là", "vào"]) {
        here = end;
    }
    let clock = clock(words, here);
    if let Some((_, end)) = clock {
        here = end;
    }
    here = words.any(here, &[", ngay", "của ngay", "ngay", ","]).unwrap_or(here);
    let mut all = Vec::new();
    let (first, mut end) = day(words, here)?;
    all.push((at, end, first));
    // "trước ngày 15/6 và 15/12", "trước ngày 15/6, ngày 15/12".
    while let Some(next) = words.any(end, &[", và", "và", ",", "hoặc"]) {
        let next = words.any(next, &["truoc ngay", "ngay"]).unwrap_or(next);
        let Some((more, after)) = day(words, next).filter(|(due, _)| {
            // "ngày 25 hằng tháng, 25 của tháng cuối quý": a day of another cycle.
            // "6 tháng trước ngày 15/6" is a cycle.
            let own = due.recurs.is_some() && words.phrase(next + 1, "thang").is_none();
            due.month_day.is_none_or(|(month, _)| month.is_some()) || own
        }) else {
            break;
        };
        all.push((next, after, more));
        end = after;
    }
    let dated_last = all.last().is_some_and(|(_, _, due)| due.date.is_some());
    let later = super::due_turns::later_years(words, end).filter(|_| dated_last);
    let (recurs, end) = match later {
        Some(end) => (Some(Recurs::Year), end),
        None => recurrence(words, end),
    };
    let year = all.last().and_then(|(_, _, due)| due.date);
    super::due_turns::without_year(&mut all, later.is_some());
    let last = all.len() - 1;
    let dues = all.into_iter().enumerate().map(|(index, (from, to, mut due))| {
        due.rule = rule;
        due.clock = clock.map(|(clock, _)| clock);
        if due.date.is_none() {
            due.recurs = due.recurs.or(recurs);
            // "15/6 và 15/12/2025": the year stands once.
            if let (Some(year), Some((Some(month), day))) = (year, due.month_day)
                && index < last
                && let Some(date) = chrono::NaiveDate::from_ymd_opt(chrono::Datelike::year(&year), month, day)
            {
                (due.date, due.month_day) = (Some(date), None);
            }
        }
        DueAt { from, to: if index == last { end } else { to }, due }
    });
    Some(dues.collect())
}

/// A day: whole, of every year, or of every quarter or month.
pub(super) fn day(words: &Words<'_>, at: usize) -> Option<(Due, usize)> {
    if let Some((date, end)) = date_at(words, at)
        && let Some(date) = whole(date)
    {
        return Some((Due { date: Some(date), ..Due::UNDATED }, end));
    }
    if let Some((day, month, mut end)) = day_month_at(words, at) {
        // "15/11 năm 2025".
        if words.phrase(end, "nam").is_some()
            && let Some(year) = words.number(end + 1).filter(|year| *year > 1900)
            && let Some(date) =
                i32::try_from(year).ok().and_then(|y| chrono::NaiveDate::from_ymd_opt(y, month, day))
        {
            return Some((Due { date: Some(date), ..Due::UNDATED }, end + 2));
        }
        if words.is_mark(end, &['/']) && words.any(end + 1, &["hang nam", "hằng năm"]).is_some() {
            end += 1;
        }
        return Some((Due { month_day: Some((Some(month), day)), ..Due::UNDATED }, end));
    }
    if let Some(found) = super::due_turns::last_day(words, at) {
        return Some(found);
    }
    let at = words.any(at, &["mồng", "mùng"]).unwrap_or(at);
    let day = words.number(at).filter(|day| (1..=31).contains(day))?;
    let next = at + 1;
    if let Some(month_at) = words.phrase(next, "thang")
        && let Some(month) = words.number(month_at).filter(|month| (1..=12).contains(month))
    {
        return Some((Due { month_day: Some((Some(month), day)), ..Due::UNDATED }, month_at + 1));
    }
    // "(trước ngày 20)" behind the name of a cycle.
    let bare = at > 0
        && words.phrase(at - 1, "ngay").is_some()
        && (next >= words.len()
            || words.is_mark(next, &[')'])
            || ends_bare(words, next) && words.has_any(MONTHLY));
    if bare {
        return Some((Due { month_day: Some((None, day)), ..Due::UNDATED }, next));
    }
    let of = words.any(next, &["của", "các"]).unwrap_or(next);
    // Which month that is the cycle tells, and how often it comes.
    if let Some(end) = words.any(of, LAST_MONTHS) {
        return Some((Due { month_day: Some((None, day)), ..Due::UNDATED }, end));
    }
    // A month after the cycle: which day that is, the due words of a cycle cannot say.
    if let Some((end, recurs)) = after_cycle(words, of) {
        return Some((Due { recurs: Some(recurs), ..Due::UNDATED }, end));
    }
    let quarter = words.any(
        of,
        &[
            "thang cuoi quý",
            "thang cuoi của quý",
            "thang cuoi cua quy",
            "thang cuoi hang quy",
            "thang cuoi mỗi quý",
            "thang cuoi cung của quý",
            "thang cuoi quy",
            "thang thu ba của quý",
            "thang thu ba quý",
            "thang thu 3 của quý",
            "thang thu 3 quý",
        ],
    );
    if let Some(end) = quarter {
        return Some((
            Due { month_day: Some((None, day)), recurs: Some(Recurs::Quarter), ..Due::UNDATED },
            end,
        ));
    }
    let month = words.any(
        of,
        &["hang thang", "hằng tháng", "mỗi tháng", "của tháng", "trong tháng", "tháng bao cao", "tháng"],
    );
    month.map(|end| (Due { month_day: Some((None, day)), recurs: Some(Recurs::Month), ..Due::UNDATED }, end))
}

/// Words of a report of every month.
const MONTHLY: &[&str] = &["hang thang", "hằng tháng", "mỗi tháng", "bao cao tháng"];

/// Whether no month follows the number of a day: the sentence ends, or goes on with where it is sent.
fn ends_bare(words: &Words<'_>, at: usize) -> bool {
    words.is_mark(at, &[',', ';', '.', '('])
        || words.any(at, &["gửi", "về", "để", "bao cao", "cho", "qua", "nộp", "và gửi"]).is_some()
}

/// Words for what comes next.
const NEXT: &[&str] = &[
    "sau lien ke",
    "sau",
    "tiep theo",
    "ke tiep",
    "lien ke",
    "lien sau",
    "tới",
    "sau khi ket thuc quý",
    "sau khi ket thuc ky",
];

/// "Tháng đầu quý sau", "tháng liền sau quý báo cáo", "tháng kế tiếp", "tháng sau": a month behind what is reported.
fn after_cycle(words: &Words<'_>, at: usize) -> Option<(usize, Recurs)> {
    let month = words.phrase(at, "tháng").or_else(|| words.phrase(at, "thang"))?;
    let skip = |at: usize| words.any(at, &["của ky bao cao", "của", "ky bao cao"]).unwrap_or(at);
    if let Some(first) = words.any(month, &["dau tien", "dau", "thu nhat", "đầu"]) {
        let of = skip(first);
        let end = words.any(of, &["quý", "ky", "quy"])?;
        // "Tháng đầu quý": of the next, since a quarter is reported when it is over.
        let end = words.any(end, NEXT).unwrap_or(end);
        return Some((words.any(end, NEXT).unwrap_or(end), Recurs::Quarter));
    }
    let end = words.any(month, NEXT)?;
    let end = words.any(end, NEXT).unwrap_or(end);
    let of = words.any(end, &["của", "ngay sau", "khi ket thuc"]).unwrap_or(end);
    match words.any(of, &["quý bao cao", "quý", "ky bao cao"]) {
        Some(end) => Some((end, Recurs::Quarter)),
        None => Some((end, Recurs::Month)),
    }
}

/// "của năm sau", "năm kế tiếp" behind a day and its month.
fn next_year(words: &Words<'_>, at: usize) -> Option<usize> {
    let of = words.any(at, &["của"]).unwrap_or(at);
    let of = if words.is_mark(of, &['/']) { of + 1 } else { of };
    let year = words.any(of, &["năm", "nam"])?;
    let end = words.any(year, NEXT)?;
    Some(words.any(end, &["năm bao cao", "của năm bao cao"]).unwrap_or(end))
}

/// "hằng năm", "hàng quý" after a day.
pub(super) fn recurrence(words: &Words<'_>, at: usize) -> (Option<Recurs>, usize) {
    // The day of the year nearest to the end of the cycle: "trước ngày 15/01 năm sau".
    if let Some(end) = next_year(words, at) {
        return (Some(Recurs::Year), end);
    }
    let here = words.any(at, &["của", ")"]).unwrap_or(at);
    for (phrases, recurs) in [
        (&["hang nam", "hằng năm", "mỗi năm", "các năm", "cac nam"][..], Recurs::Year),
        (&["hang quy", "hằng quý", "mỗi quý"][..], Recurs::Quarter),
        (&["hang thang", "hằng tháng", "mỗi tháng"][..], Recurs::Month),
    ] {
        if let Some(end) = words.any(here, phrases) {
            return (Some(recurs), end);
        }
    }
    (None, at)
}

/// "16 giờ 00", "17h00", "16 giờ".
fn clock(words: &Words<'_>, at: usize) -> Option<((u32, u32), usize)> {
    let word = words.list.get(at)?;
    if let Some((hour, minute)) = word.plain.split_once(['h', 'g']) {
        let hour: u32 = hour.parse().ok()?;
        let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
        return (hour <= 24 && minute < 60).then_some(((hour, minute), at + 1));
    }
    let hour = words.number(at).filter(|hour| *hour <= 24)?;
    let after = words.phrase(at + 1, "gio")?;
    match words.number(after).filter(|minute| *minute < 60) {
        Some(minute) => Some(((hour, minute), words.phrase(after + 1, "phut").unwrap_or(after + 1))),
        None => Some(((hour, 0), after)),
    }
}
