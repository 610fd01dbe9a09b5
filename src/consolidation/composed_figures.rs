//! Which figures belong to which section of the text, by the words of both, and how they are said in a sentence. Pure.
//! Forms name sections and the catalogue names groups of indicators; nobody keeps a list of which belongs to which.

use std::collections::HashSet;

use super::content::{EditionContent, IndicatorLine, QuotedFigure};
use super::qualified::{percent, spoken};
use crate::indicators::{UnitRule, ValueType};
use crate::vietnamese::{format_scaled, lower_first, search_key};

/// A sentence of figures, and the totals it quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Quoting {
    /// "" where there is nothing to quote.
    pub(super) words: String,
    pub(super) figures: Vec<QuotedFigure>,
}

/// For each section the sentence of its figures; blank where it has none. Groups that no section names are said at the head
/// of the results, a paragraph each. Every figure is said once.
pub(super) fn by_section(content: &EditionContent) -> Vec<Quoting> {
    let titles: Vec<HashSet<String>> = content
        .narrative
        .iter()
        .map(|section| if content.heads_parts(section) { HashSet::new() } else { pairs(&section.heading) })
        .collect();
    let mut of_section: Vec<Vec<&IndicatorLine>> = vec![Vec::new(); titles.len()];
    let mut places: Vec<Option<usize>> =
        content.groups.iter().map(|group| best(&pairs(&group.name), &titles)).collect();
    settle(&mut places);
    let head = head(content, &places);
    let mut unnamed: Vec<(&str, Vec<&IndicatorLine>)> = Vec::new();
    for (group, place) in content.groups.iter().zip(&places) {
        match place.and_then(|place| of_section.get_mut(place)) {
            Some(lines) => lines.extend(&group.indicators),
            None => unnamed.push((group.name.as_str(), group.indicators.iter().collect())),
        }
    }
    // "Mô hình, điển hình" has no group of its own: it takes the indicators that name its subject.
    let chapter = |at: usize| content.narrative[at].code.split_once('.').map(|(chapter, _)| chapter);
    let results: HashSet<&str> = places.iter().flatten().filter_map(|at| chapter(*at)).collect();
    for (at, title) in titles.iter().enumerate() {
        if !of_section[at].is_empty() || chapter(at).is_none_or(|chapter| !results.contains(chapter)) {
            continue;
        }
        let own = |line: &&IndicatorLine| pairs(&line.name).intersection(title).next().is_some();
        let mut taken = Vec::new();
        for lines in of_section.iter_mut().chain(unnamed.iter_mut().map(|(_, lines)| lines)) {
            taken.extend(lines.iter().copied().filter(|line| own(line)));
            lines.retain(|line| !own(line));
        }
        of_section[at] = taken;
    }
    let mut said: Vec<Quoting> = of_section.iter().map(|lines| sentence(content, lines)).collect();
    if let Some(at) = head {
        let mut whole = Quoting::default();
        let mut about = Vec::new();
        for (name, lines) in &unnamed {
            let said = sentence(content, lines);
            if !said.words.is_empty() {
                about.push(format!("Về {}: {}", lower_first(name), said.words));
                whole.figures.extend(said.figures);
            }
        }
        whole.words = about.join(".\n");
        said[at] = whole;
    }
    said
}

/// The section over the parts to which most groups belong; none in a form whose parts have no section over them.
fn head(content: &EditionContent, places: &[Option<usize>]) -> Option<usize> {
    let sections = &content.narrative;
    let heads = (0..sections.len()).filter(|at| content.heads_parts(&sections[*at]));
    let below = |head: usize| {
        let part = format!("{}.", sections[head].code);
        places.iter().flatten().filter(|at| sections[**at].code.starts_with(&part)).count()
    };
    heads.max_by_key(|head| (below(*head), std::cmp::Reverse(*head)))
}

/// Neighbouring syllables of a text, by which words of Vietnamese are told.
fn pairs(text: &str) -> HashSet<String> {
    let bare: String = search_key(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = bare.split_whitespace().collect();
    words.windows(2).map(|two| two.join(" ")).collect()
}

/// The section that shares most with a group; none where no section shares anything.
fn best(group: &HashSet<String>, titles: &[HashSet<String>]) -> Option<usize> {
    let shared = |at: &usize| titles[*at].intersection(group).count();
    let best = (0..titles.len()).max_by_key(|at| (shared(at), std::cmp::Reverse(*at)))?;
    (shared(&best) > 0).then_some(best)
}

/// A group that no section names goes where the groups around it go, when they go to one section: groups stand in the
/// catalogue beside those they belong to. One between two subjects belongs to neither.
fn settle(places: &mut [Option<usize>]) {
    let found = places.to_vec();
    for (at, place) in places.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
        let next = found[at..].iter().flatten().next();
        let before = found[..at].iter().flatten().next_back();
        *place = next.filter(|next| before == Some(next)).copied();
    }
}

/// How a yes or no is named that says what a unit has done: "đã ban hành kế hoạch", and not "kế hoạch".
const DONE: [&str; 9] =
    ["đã ", "có ", "ban hành ", "thành lập ", "tổ chức ", "xây dựng ", "bố trí ", "phân công ", "thực hiện "];

fn sentence(content: &EditionContent, lines: &[&IndicatorLine]) -> Quoting {
    let mut since = " so với cùng kỳ năm trước";
    let (mut words, mut figures) = (Vec::new(), Vec::new());
    for line in lines {
        let Some(said) = said(content, line, &mut since) else { continue };
        words.push(said);
        let value = line.shown(line.total.reading());
        figures.extend(value.map(|value| QuotedFigure { indicator: line.code.clone(), value }));
    }
    Quoting { words: words.join("; "), figures }
}

/// "ước 251 buổi tuyên truyền trực tiếp (tăng 12 buổi, tương đương 5,02%)"; "tin, bài đăng trên mạng xã hội: ước 1.399 tin, bài" where
/// the name does not begin with what is counted; of how many said yes "có 22 đơn vị đã ban hành kế hoạch". What the difference is from, `since`, is said once in a sentence. A rise
/// or a fall is that of nearly all units, or is not said: the annex has the two numbers it is between.
fn said(content: &EditionContent, line: &IndicatorLine, since: &mut &'static str) -> Option<String> {
    let (figure, rounded) = content.total_spoken(line)?;
    let is_count = line.value_type == ValueType::Bool;
    let name = line.total_name();
    let name = lower_first(name.split_once(" (kèm").map_or(name.as_str(), |(name, _)| name));
    let name = name.replace("THNCĐ", "tái hòa nhập cộng đồng");
    let unit = match line.total_unit() {
        "%" => "%".to_owned(),
        unit => format!(" {unit}"),
    };
    let counted = unit.trim_start();
    let begins = |name: &str| name.strip_prefix(counted).is_some_and(|rest| rest.starts_with([' ', ',']));
    let bare = name.strip_prefix("số ").unwrap_or(&name);
    // What the name counts in turns is turns in the difference too: "60 lượt khách hàng (tăng 7 lượt khách hàng)".
    let turns = format!(" lượt {counted}");
    let (phrase, measure) = match bare.strip_prefix("lượt ") {
        // Nobody "has done" nothing: a zero stays behind the name.
        _ if is_count && figure != "0" && DONE.iter().any(|done| name.starts_with(done)) => {
            (format!("có {figure}{unit} {name}"), &unit)
        }
        _ if unit == "%" || is_count => (format!("{name}: {figure}{unit}"), &unit),
        _ if begins(bare) => (format!("{figure} {bare}"), &unit),
        Some(of) if begins(of) || of == counted => (format!("{figure} {bare}"), &turns),
        _ => (format!("{name}: {figure}{unit}"), &unit),
    };
    let both = line.compared().filter(|_| line.compares_nearly_all());
    let compared = both.and_then(|both| Some((both.difference?, both.change)));
    let Some((difference, change)) = compared else { return Some(phrase) };
    let size = i64::try_from(difference.unsigned_abs()).unwrap_or(i64::MAX);
    // No more exact than the total it is of.
    let about = if rounded { spoken(size, "khoảng") } else { None };
    let (size, more) = (about.unwrap_or(size), if rounded { "khoảng " } else { "" });
    let size = match line.rule {
        UnitRule::Ratio => format!("{} điểm phần trăm", format_scaled(size, 2)),
        _ => format!("{}{measure}", line.words(size)),
    };
    let rate = change.map(|rate| format!(", tương đương {more}{}%", percent(rate.saturating_abs(), rounded)));
    let rate = rate.unwrap_or_default();
    let since = std::mem::take(since);
    let words = match difference {
        0 if since.is_empty() => "bằng cùng kỳ".to_owned(),
        0 => "bằng cùng kỳ năm trước".to_owned(),
        1.. => format!("tăng {more}{size}{since}{rate}"),
        _ => format!("giảm {more}{size}{since}{rate}"),
    };
    let units = match line.compares_whole() {
        true => String::new(),
        false => format!("; so sánh trên {} đơn vị", both.map_or(0, |both| both.now.n)),
    };
    // One parenthesis behind another is one: "(cuối kỳ; tăng 195 người)".
    Some(match phrase.strip_suffix(')').filter(|open| open.contains('(')) {
        Some(open) => format!("{open}; {words}{units})"),
        None => format!("{phrase} ({words}{units})"),
    })
}
