//! Lists of bodies: the owners named by a heading, those a sentence begins with, those somebody works with. Stands
//! between names and everything that gives work.

use super::by_field::{departments, named_by_field};
use super::comma_names::comma_list;
use super::exceptions::exception;
use super::misread::mended;
use super::named_places::{each_place, place_of_level};
use super::reading::Mode;
use super::title_case::named_case;
use super::unit::{begins, stops, unit_at};
use super::words::{Words, shortened};

/// Bodies named one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitList {
    pub units: Vec<String>,
    /// The word after the last name.
    pub end: usize,
}

/// Bodies of one list at most.
const MOST: usize = 80;

/// The bodies named from a word on: "Công an tỉnh, Sở Tư pháp và các sở, ngành có liên quan".
pub(super) fn list_at(words: &Words<'_>, at: usize) -> Option<UnitList> {
    let mut units: Vec<String> = Vec::new();
    let mut here = at;
    let mut end = at;
    while units.len() < MOST {
        if let Some((names, after)) = departments(words, here) {
            units.extend(names.into_iter().filter(|name| !units.contains(name)).collect::<Vec<_>>());
            end = after;
            let Some(next) = separator(words, end).filter(|next| begins(words, *next)) else { break };
            here = next;
            continue;
        }
        let Some((from, after)) = unit_at(words, here) else { break };
        // "Cục …, Bộ Công an": a ministry's own body, not two.
        let after = ministry_after(words, from, after).unwrap_or(after);
        if let Some((names, after)) =
            each_place(words, from, after).or_else(|| named_among(words, from, after))
        {
            units.extend(names.into_iter().filter(|name| !units.contains(name)).collect::<Vec<_>>());
            end = after;
            let Some(next) = separator(words, end).filter(|next| begins(words, *next)) else { break };
            here = next;
            continue;
        }
        let name = name_of(words, from, after);
        if !name.is_empty() && !units.contains(&name) {
            units.push(name);
        }
        end = after;
        // "Giám đốc các sở: Tư pháp, Tài chính": the kind once, the names after it.
        if let Some((names, after)) = named_by_field(words, from, end) {
            units.pop();
            units.extend(names);
            end = after;
        }
        // "UBND các huyện (trừ huyện Sơn Động)": not the whole group.
        if let Some((without, after)) = exception(words, end)
            && let Some(last) = units.last_mut()
        {
            *last = format!("{last} ({without})");
            end = after;
        }
        // "UBND huyện Lục Nam, huyện Sơn Động": the same office of the next place, named once.
        let mut office = same_office(words, from, after);
        let mut next = separator(words, end);
        while let Some((first, level)) = office
            && let Some(at) = next
            && let Some(after) = place_of_level(words, at)
            && units.len() < MOST
        {
            let name = format!("{} {}", name_of(words, first, level), words.between(at, after));
            if !units.contains(&name) {
                units.push(name);
            }
            (end, next, office) = (after, separator(words, after), Some((first, level)));
        }
        let Some(next) = next.filter(|next| begins(words, *next)) else { break };
        here = next;
    }
    (!units.is_empty()).then_some(UnitList { units, end })
}

/// The office of "UBND các huyện, thị xã Tân Phú và thành phố Tân Hòa": of the group, then of each place that is named.
fn named_among(words: &Words<'_>, from: usize, end: usize) -> Option<(Vec<String>, usize)> {
    let several = (from + 1..end).find(|at| words.any(*at, &["các"]).is_some())?;
    let office = name_of(words, from, several);
    let places: Vec<usize> = (several + 1..end)
        .filter(|at| {
            let told =
                words.is_mark(*at - 1, &[',', ';', '/']) || words.any(*at - 1, &["và", "cùng"]).is_some();
            told && place_of_level(words, *at).is_some()
        })
        .collect();
    let first = *places.first()?;
    let mut group_end = first;
    while group_end > several + 1
        && (words.is_mark(group_end - 1, &[',', ';', '/'])
            || words.any(group_end - 1, &["và", "cùng", "hoặc"]).is_some())
    {
        group_end -= 1;
    }
    if group_end <= several + 1 {
        return None;
    }
    let mut units = vec![name_of(words, from, group_end)];
    let (mut next, mut last) = (Some(first), end);
    while let Some(at) = next
        && let Some(after) = place_of_level(words, at)
        && units.len() < MOST
    {
        units.push(format!("{office} {}", words.between(at, after)));
        (last, next) = (after, separator(words, after));
    }
    (last >= end).then_some((units, last))
}

/// Of "UBND huyện Lục Nam" where the name begins, and the word its level is.
fn same_office(words: &Words<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let level = (from + 1..to).find(|at| place_of_level(words, *at) == Some(to))?;
    Some((from, level))
}

/// The end of the ministry that a central body is named with.
fn ministry_after(words: &Words<'_>, from: usize, at: usize) -> Option<usize> {
    words.any(from, &["cục", "vụ", "tổng cục"])?;
    let next = if words.is_mark(at, &[',', '-']) { at + 1 } else { return None };
    let ministry = words.any(next, &["bộ"]).is_some()
        && words.any(next, &["bo chi huy", "bo tu lenh", "bo doi"]).is_none();
    ministry.then(|| unit_at(words, next).map(|(_, end)| end)).flatten()
}

/// The word after a separator.
pub(super) fn separator(words: &Words<'_>, at: usize) -> Option<usize> {
    let comma = words.is_mark(at, &[',', ';', '/', '-']);
    let next = if comma { at + 1 } else { at };
    match words.any(next, &["và", "cùng với", "cùng", "hoặc"]) {
        Some(after) => Some(after),
        None => comma.then_some(next),
    }
}

/// A name as it stands, without what was put in brackets after it.
pub(super) fn name_of(words: &Words<'_>, from: usize, to: usize) -> String {
    let mut name = String::new();
    let mut here = from;
    let mut start = from;
    while here < to {
        if words.is_mark(here, &['(']) {
            name.push_str(words.between(start, here));
            name.push(' ');
            here = words.closing(here).min(to) + 1;
            start = here;
        } else {
            here += 1;
        }
    }
    name.push_str(words.between(start, to));
    mended(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Words before the owners in a heading.
const BEFORE: &[&str] = &[
    "trach nhiem cua",
    "nhiem vu cua",
    "nhiem vu cu the cua",
    "đối với",
    "ve phia",
    "giao",
    "yeu cau",
    "phan cong",
    "giao cho",
    "giao nhiem vu cho",
    "de nghi",
    "co quan thuong truc :",
    "co quan chu tri :",
    "don vi chu tri :",
];

/// The owners a heading names when it names nothing else: "5. Đề nghị Ủy ban MTTQ tỉnh và các tổ chức …".
pub(super) fn whole_list(heading: &str) -> Option<(Mode, Vec<String>)> {
    if heading.len() > 700 {
        return None;
    }
    let heading = named_case(heading);
    let words = Words::of(&heading);
    let (mode, from) = lead(&words, 0);
    let list = comma_list(&words, from).or_else(|| list_at(&words, from))?;
    let rest = words.list.get(list.end..).unwrap_or_default();
    rest.iter().all(|word| matches!(word.mark, Some('.' | ':' | ';' | ','))).then_some((mode, list.units))
}

/// The owners of a heading that names them behind a colon, and what follows them: "Các sở, ngành: Nội vụ, Y tế: kiểm tra …",
/// "Các doanh nghiệp viễn thông: Công ty A, Công ty B". Of a group with names behind it these are meant, and not all of it.
pub(super) fn named_behind_colon(first: &str) -> Option<((Mode, Vec<String>), &str)> {
    let words = Words::of(shortened(first, 1000));
    let (mode, from) = lead(&words, 0);
    let list = list_at(&words, from)?;
    let past = (from..list.end).any(|at| words.is_mark(at, &[':']));
    if past {
        let ends = list.end >= words.len() || words.is_mark(list.end, &[':', '.', ';']);
        let rest = words.list.get(list.end).map_or("", |word| &first[word.to..]);
        return ends.then_some(((mode, list.units), rest));
    }
    let [group] = &list.units[..] else { return None };
    if !words.is_mark(list.end, &[':']) || !group.to_lowercase().split(' ').any(|word| word == "các") {
        return None;
    }
    let units = bare_names(&words, list.end + 1)?;
    Some(((mode, units), ""))
}

/// The names behind a group and a colon that a sentence goes on with: "Đề nghị các tổ chức chính trị - xã hội: Hội Nông dân, Hội Cựu
/// chiến binh vận động …". How the work is given, by whom, and the work. These are meant, and not all of the group.
pub(super) fn named_of_group(first: &str) -> Option<(Mode, Vec<String>, String)> {
    first.find(':').filter(|colon| *colon < 400)?;
    let words = Words::of(shortened(first, 2000));
    let (mode, from) = lead(&words, 0);
    let list = list_at(&words, from)?;
    let past = (from..list.end).any(|at| words.is_mark(at, &[':']));
    let (units, end) = if past {
        (list.units, list.end)
    } else {
        let group = list.units.len() == 1
            && list.units[0].to_lowercase().split(' ').any(|word| word == "các")
            && words.is_mark(list.end, &[':']);
        let named = group.then(|| list_at(&words, list.end + 1)).flatten()?;
        let whole = named.units.len() == 1 && named.units[0].to_lowercase().starts_with("các ");
        (!whole).then_some((named.units, named.end))?
    };
    let verb = match words.is_mark(end, &['(']) {
        true => words.closing(end) + 1,
        false => end,
    };
    let rest = words.list.get(verb).map_or("", |word| &first[word.from..]);
    goes_on(&words, verb).then(|| (mode, units, rest.trim_start_matches([',', ':', ' ']).to_owned()))
}

/// Names of any kind up to the end, two at least: words with a capital each, a known name, or letters.
fn bare_names(words: &Words<'_>, from: usize) -> Option<Vec<String>> {
    let end = if words.is_mark(words.len().checked_sub(1)?, &['.', ';', ':']) {
        words.len() - 1
    } else {
        words.len()
    };
    let (mut units, mut here): (Vec<String>, usize) = (Vec::new(), from);
    while here < end && units.len() < MOST {
        let named =
            unit_at(words, here).filter(|(_, after)| *after >= end || separator(words, *after).is_some());
        let (start, after) = match named {
            Some(found) => found,
            None => {
                let count = words.list[here..end]
                    .iter()
                    .take_while(|word| {
                        word.mark.is_none()
                            && (word.capital || word.plain.bytes().all(|b| b.is_ascii_digit()))
                    })
                    .count();
                (here, here + count)
            }
        };
        if after <= here || super::unit::verb_at(words, here) && !begins(words, here) {
            return None;
        }
        units.push(name_of(words, start, after));
        if after >= end {
            return (units.len() > 1).then_some(units);
        }
        here = separator(words, after)?;
    }
    None
}

/// Skips "Giao", "Đề nghị", "Trách nhiệm của": how the work is given, and where the names begin.
pub(super) fn lead(words: &Words<'_>, at: usize) -> (Mode, usize) {
    let request = words.any(at, &["de nghi", "kinh de nghi", "tran trong de nghi", "mong"]);
    match request.or_else(|| words.any(at, BEFORE)) {
        Some(after) => (if request.is_some() { Mode::Request } else { Mode::Assign }, after),
        None => (Mode::Assign, at),
    }
}

/// Whether the sentence goes on with a verb after the names.
pub(super) fn goes_on(words: &Words<'_>, at: usize) -> bool {
    let at = if words.is_mark(at, &[',', ':']) { at + 1 } else { at };
    at < words.len() && (super::unit::verb_at(words, at) || leads_on(words, at) && stops(words, at))
}

/// "theo chức năng, nhiệm vụ", "căn cứ …", "trong phạm vi …": before the verb.
fn leads_on(words: &Words<'_>, at: usize) -> bool {
    words
        .any(
            at,
            &["theo", "trong pham vi", "phải", "cần", "là co quan", "là don vi", "là dau moi", "sẽ", "trên"],
        )
        .is_some()
}
