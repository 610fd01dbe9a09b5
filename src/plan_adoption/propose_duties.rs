//! From a reading to a proposal: duties to report with their cycles and due words as the form of a regime takes them. Pure.

use super::draft::{Draft, DutyItem};
use super::named_periods;
use super::propose::one_line;
use crate::plan_reader::{Due, Duty, DutyKind, Reading, Rule, Sure};
use crate::plans::shortened;
use crate::regimes::cycles::Group;
use crate::vietnamese::limits::LINE;
use crate::vietnamese::{day_month, search_key, short_date};

/// Days of a year before which a report of half a year is that of its first half, as month and day.
const SECOND_HALF: ((u32, u32), (u32, u32)) = ((3, 1), (10, 1));

/// Adds the duties of a reading.
pub(super) fn propose(reading: &Reading, draft: &mut Draft) {
    let about = draft.facts.short_name.clone();
    let mut items = Vec::new();
    for duty in &reading.duties {
        let key = draft.new_key();
        let mut item = item(key, duty, reading, &about);
        named_periods::note(&mut item, reading);
        items.push(item);
    }
    named_periods::gather(&mut items);
    for item in items {
        let joined = draft.duties.iter().find(|other| goes_with(other, &item)).map(|other| other.key);
        let regime = joined.map_or_else(|| "new".to_owned(), |key| format!("with:{key}"));
        let name = own_name(draft, &item, joined.is_none());
        draft.duties.push(DutyItem { regime, name, ..item });
    }
}

/// What the regime begun by a duty is called: regimes of one document are told apart by who owes them, else by how often.
fn own_name(draft: &Draft, item: &DutyItem, begins: bool) -> String {
    let taken = |name: &str| draft.duties.iter().any(|other| other.regime == "new" && other.name == name);
    if !begins || !taken(&item.name) {
        return item.name.clone();
    }
    let often = Group::ALL.into_iter().find(|group| group.field() == item.cycle).map(Group::words);
    let often = often.map_or_else(|| "đột xuất".to_owned(), str::to_lowercase);
    let who = match item.units.as_slice() {
        [unit] => Some(unit.clone()),
        _ => None,
    };
    let told = |more: String| {
        let room = LINE.characters().saturating_sub(more.chars().count() + 4);
        format!("{} ({more})", shortened(&item.name, room))
    };
    let numbers = (2..1000).map(|number: u32| number.to_string());
    let mut names = who.into_iter().chain([often]).chain(numbers).map(told);
    names.find(|name| !taken(name)).unwrap_or_else(|| item.name.clone())
}

/// Whether a duty is one more cycle of the regime that another begins: reports of the same bodies.
fn goes_with(first: &DutyItem, next: &DutyItem) -> bool {
    let names = |item: &DutyItem| item.units.iter().map(|name| search_key(name)).collect::<Vec<_>>();
    first.regime == "new"
        && first.what == "report"
        && next.what == "report"
        && !first.cycle.is_empty()
        && !next.cycle.is_empty()
        && first.cycle != next.cycle
        && names(first) == names(next)
}

fn item(key: u32, duty: &Duty, reading: &Reading, about: &str) -> DutyItem {
    let due = &duty.due;
    let dated = due.date.is_some();
    let (what, cycle) = match duty.kind {
        Some(DutyKind::Plan) => ("document", "once"),
        // A day of one year is asked once, whatever it is called.
        Some(DutyKind::AdHoc) | None if dated => ("document", "once"),
        Some(DutyKind::HalfYear) => ("report", half(due, &duty.text)),
        Some(DutyKind::Year) => ("report", "year"),
        Some(DutyKind::Quarter) => ("report", "quarter"),
        Some(DutyKind::Month) => ("report", "month"),
        Some(DutyKind::AdHoc) => ("report", "adhoc"),
        None => ("report", ""),
    };
    let (rule, when) = due_words(due, cycle);
    let units = if duty.units.is_empty() { owners(reading, duty) } else { duty.units.clone() };
    let name = match what {
        "document" if duty.kind == Some(DutyKind::Plan) => format!("Gửi kế hoạch thực hiện {about}"),
        "document" => format!("Gửi báo cáo một lần: {about}"),
        _ => format!("Báo cáo thực hiện {about}"),
    };
    DutyItem {
        key,
        taken: duty.sure > Sure::Guess && !cycle.is_empty() && !(what == "document" && rule == "undated"),
        what: what.to_owned(),
        cycle: cycle.to_owned(),
        rule: rule.to_owned(),
        when,
        only_on: match due.date.filter(|_| what == "report" && (rule == "before" || rule == "by")) {
            Some(date) => short_date(date),
            None => String::new(),
        },
        year: None,
        since: None,
        counted: String::new(),
        hour: match due.clock.filter(|_| rule == "before" || rule == "by") {
            Some((hour, minute)) => format!("{hour:02}:{minute:02}"),
            None => String::new(),
        },
        units: units.iter().map(|name| one_line(name)).collect(),
        who: None,
        to: duty.to.as_deref().map(one_line).unwrap_or_default(),
        via: duty.via.as_deref().map(one_line).unwrap_or_default(),
        name,
        regime: "new".to_owned(),
        open: None,
        first_on: String::new(),
        plain: !about_release(reading),
        text: one_line(&duty.text),
        lines: duty.lines.clone(),
        sure: duty.sure,
    }
}

/// The half of the year that is reported by a day: in spring and summer the first, else the second. Without a day, the one that is named.
fn half(due: &Due, text: &str) -> &'static str {
    let (from, to) = SECOND_HALF;
    match due.month_day.and_then(|(month, day)| Some((month?, day))) {
        Some(day) if day < from || day >= to => "half2",
        None if due.date.is_none() && named_periods::is_second_half(text) => "half2",
        _ => "half",
    }
}

/// The rule and what it needs, as typed.
fn due_words(due: &Due, cycle: &str) -> (&'static str, String) {
    let undated = ("undated", String::new());
    let rule = match due.rule {
        Rule::Before => "before",
        Rule::By => "by",
        // Counted from the day of the document itself.
        Rule::Within if cycle == "once" && due.date.is_some() => "by",
        Rule::Within => {
            return match (due.days, cycle) {
                (None, "adhoc") if due.hours.is_some() => {
                    ("hours", due.hours.unwrap_or_default().to_string())
                }
                (Some(days), "adhoc") if due.working => ("working_days", days.to_string()),
                (Some(days), "adhoc") => ("days", days.to_string()),
                (_, "adhoc" | "once" | "") | (None, _) => undated,
                (Some(days), _) if due.working => ("working_days_after_window", days.to_string()),
                (Some(days), _) => ("days_after_window", days.to_string()),
            };
        }
        Rule::Undated => return undated,
    };
    match (cycle, due.date, due.month_day) {
        ("once", Some(date), _) => (rule, short_date(date)),
        ("month" | "quarter", _, Some((_, day))) => (rule, day.to_string()),
        ("half" | "half2" | "year", _, Some((Some(month), day))) => (rule, day_month(day, month)),
        ("half" | "half2" | "year", Some(date), _) => {
            use chrono::Datelike;
            (rule, day_month(date.day(), date.month()))
        }
        _ => undated,
    }
}

/// Whether the document is about people who come back from prison: only then the standard forms ask what it asks.
fn about_release(reading: &Reading) -> bool {
    const WORDS: [&str; 8] = [
        "tai hoa nhap",
        "chap hanh xong",
        "man han tu",
        "hoa nhap cong dong",
        "49 2020 nd cp",
        "dac xa",
        "an phat tu",
        "tro ve voi cong dong",
    ];
    let subject = reading.heading.subject.iter().map(|subject| subject.value.as_str());
    let texts = subject.chain(reading.bases.iter().map(|basis| basis.text.as_str()));
    texts.map(search_key).any(|text| WORDS.iter().any(|word| text.contains(word)))
}

/// Who is given the work of the clause a duty stands in.
fn owners(reading: &Reading, duty: &Duty) -> Vec<String> {
    let of = |given: &&crate::plan_reader::Given| {
        given.clause == duty.clause
            && given
                .lines
                .iter()
                .chain(given.tasks.iter().flat_map(|t| &t.lines))
                .any(|l| duty.lines.contains(l))
    };
    reading.assignments.iter().find(of).map(|given| given.units.clone()).unwrap_or_default()
}
