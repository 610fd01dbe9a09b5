//! The sentences of a report's paper: its subject from regime and period, its opening, its closing.

use super::super::Case;
use super::frame::Frame;
use super::plans::{is_past, plan_words};
use super::spelling::spelt_out;
use crate::calendar::Cycle;
use crate::documents::measures::SUBJECT_LETTERS;
use crate::periods::{Period, Regime};
use crate::plans::Plan;
use crate::units::Letterhead;
use crate::vietnamese::{Citation, capital, document_number, lower_first, roman};

/// What the paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Report,
    Plan,
}

impl Kind {
    /// As abbreviated in a symbol (NĐ 30/2020, phụ lục III).
    pub(super) fn code(self) -> &'static str {
        match self {
            Kind::Report => "BC",
            Kind::Plan => "KH",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Report => "Báo cáo",
            Kind::Plan => "Kế hoạch",
        }
    }
}

/// A regime that collects plans is named after them; everything else is a report.
pub(super) fn kind(case: &Case) -> Kind {
    let plan = case.is_document() && case.regime.name.starts_with("Kế hoạch");
    if plan { Kind::Plan } else { Kind::Report }
}

/// What a paper reports on: whose results, and in which words the unit itself says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// "Kết quả công tác tái hòa nhập cộng đồng của Sở Tư pháp" over "6 tháng đầu năm 2025".
    pub full: String,
    /// The same where the unit speaks of itself: "kết quả công tác tái hòa nhập cộng đồng 6 tháng đầu năm 2025".
    pub own: String,
}

/// The subject of a report's paper: of its regime, or out of the regime's name; a people's committee reports on its
/// area, another body on its own results, a consolidated report on the area of its collector.
pub(super) fn subject(case: &Case, head: &Letterhead, plans: &[Plan]) -> Subject {
    if kind(case) == Kind::Plan {
        // Nobody fills in a title: it has no room for a number to come.
        let carried_out = plans.iter().find(|plan| !is_past(plan, case.period.year));
        let words = carried_out.map_or_else(
            || case.regime.name.clone(),
            |plan| format!("Triển khai thực hiện {}", plan_words(plan, false)),
        );
        return Subject { own: lower_first(&one_line(&words)), full: words };
    }
    report_subject(&case.regime, &case.period, &whose(case, head))
}

/// The subject of a report of a regime on a period; `whose` says of whom or where, " trên địa bàn tỉnh Bắc Giang".
pub(super) fn report_subject(regime: &Regime, period: &Period, whose: &str) -> Subject {
    let about = spelt_out(&topic(regime));
    let begins = |words: &[&str]| words.iter().any(|word| about.starts_with(word));
    let base = if begins(&["kết quả"]) {
        capital(&about)
    } else if begins(&["tuyên truyền", "thực hiện", "triển khai", "công tác"]) {
        format!("Kết quả {about}")
    } else {
        format!("Kết quả công tác {about}")
    };
    // A subject that names a body already needs no other.
    let whose = if about.contains(" của ") { "" } else { whose };
    let area = if whose.starts_with(" trên địa bàn") { whose } else { "" };
    // Whose results these are begins a line of its own where one line does not hold both.
    let long = |base: &str| base.chars().count() + whose.chars().count() > SUBJECT_LETTERS;
    let with_whose = |base: &str| match !whose.is_empty() && long(base) {
        true => format!("{base}\n{}", whose.trim()),
        false => format!("{base}{whose}"),
    };
    match asked_about(period) {
        Some(one) => {
            // "Về mô hình điển hình trong công tác tái hòa nhập cộng đồng": one question, within what the regime is about.
            let within = if begins(&["kết quả ", "công tác "]) {
                about.strip_prefix("kết quả ").unwrap_or(&about).to_owned()
            } else if begins(&["thực hiện", "triển khai"]) {
                format!("việc {about}")
            } else {
                format!("công tác {about}")
            };
            let base = format!("Về {one} trong {within}");
            Subject { own: lower_first(&format!("{base}{area}")), full: with_whose(&base) }
        }
        None => {
            let period = lower_first(&period.label);
            let own = lower_first(&format!("{base}{area} {period}"));
            Subject { own, full: format!("{}\n{period}", with_whose(&base)) }
        }
    }
}

/// What such a report is about, as other papers name it: "về mô hình điển hình trong công tác tái hòa nhập cộng đồng"; none of a
/// usual period.
pub fn one_question(regime: &Regime, period: &Period) -> Option<String> {
    asked_about(period).map(|_| report_subject(regime, period, "").own)
}

/// What a report outside the usual periods is asked about, by the words of its period: "mô hình điển hình" of "Đột xuất: mô hình
/// điển hình"; none of a usual period.
fn asked_about(period: &Period) -> Option<String> {
    let (_, one) = period.label.split_once(':')?;
    let one = lower_first(one.trim());
    Some(one.strip_prefix("về ").map_or(one.clone(), str::to_owned)).filter(|one| !one.is_empty())
}

/// "công tác tái hòa nhập cộng đồng": as the regime has it, else its name without the kind of paper before it and the
/// place behind it, which are not what the report is about.
fn topic(regime: &Regime) -> String {
    if !regime.subject.is_empty() {
        return lower_first(&regime.subject);
    }
    let name = lower_first(&regime.name);
    let name = match name.split_once(" về ") {
        Some((before, about)) if before.starts_with("báo cáo") => about.to_owned(),
        _ => name.strip_prefix("báo cáo ").map_or(name.clone(), str::to_owned),
    };
    let place = [" tỉnh ", " thành phố ", ", tỉnh ", ", thành phố "];
    let ends = |at: usize| name[at..].trim_start_matches(',').trim_start().split(' ').skip(1).all(is_capital);
    let at = place.iter().filter_map(|of| name.find(of)).filter(|at| ends(*at)).min();
    at.map_or(name.clone(), |at| name[..at].to_owned())
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_none_or(|first| first.is_uppercase() || !first.is_alphabetic()) || word == "phố"
}

/// " trên địa bàn xã Tân Yên", " của Sở Tư pháp".
fn whose(case: &Case, head: &Letterhead) -> String {
    let area = head.name.strip_prefix("Ủy ban nhân dân ").map(lower_first);
    match area {
        Some(area) => format!(" trên địa bàn {area}"),
        None if case.is_consolidated() => {
            collected_from(head, case.obligation.unit_id == case.regime.collector_id)
        }
        None => format!(" của {}", head.name),
    }
}

/// Of whom or where the results are: a people's committee reports on its area, who collects for the whole regime on that of the
/// province, another body on itself and those who report through it.
pub(super) fn collected_from(letterhead: &Letterhead, top: bool) -> String {
    let name = letterhead.name.as_str();
    if let Some(area) = name.strip_prefix("Ủy ban nhân dân ") {
        return format!(" trên địa bàn {area}");
    }
    if top {
        return match letterhead.area.is_empty() {
            true => String::new(),
            false => format!(" trên địa bàn {}", letterhead.area),
        };
    }
    // Of which province it is of, heading and place say already.
    let bare = name.strip_suffix(letterhead.place.as_str()).map(str::trim_end);
    let bare = bare.filter(|bare| bare.ends_with(" tỉnh")).unwrap_or(name);
    let others = match name.contains("Mặt trận Tổ quốc") {
        true => "các tổ chức thành viên",
        false => "các đơn vị trực thuộc",
    };
    format!(" của {bare} và {others}")
}

/// What comes after a period, where its cycle says it: "6 tháng cuối năm 2025", "quý III năm 2025".
fn next_period(cycle: Cycle, year: i32) -> Option<String> {
    let of = |words: &str| Some(format!("{words} năm {year}"));
    match cycle {
        Cycle::FirstHalf => of("6 tháng cuối"),
        Cycle::NineMonths => of("3 tháng cuối"),
        Cycle::Quarter(number) if number < 4 => of(&format!("quý {}", roman(usize::from(number) + 1))),
        Cycle::Quarter(_) => Some(format!("quý I năm {}", year + 1)),
        Cycle::Month(month) if month < 12 => of(&format!("tháng {}", month + 1)),
        Cycle::Month(_) => Some(format!("tháng 01 năm {}", year + 1)),
        Cycle::SecondHalf | Cycle::Year => Some(format!("năm {}", year + 1)),
        Cycle::OneOff | Cycle::AdHoc => None,
    }
}

/// A heading as a signed paper has it: "Phương hướng, nhiệm vụ kỳ tới" is "Phương hướng, nhiệm vụ trọng tâm 6 tháng cuối
/// năm 2025"; of what has no next period, "… trong thời gian tới".
pub(super) fn headed(frame: &Frame, title: &str) -> String {
    ahead(frame.cycle(), frame.year, title)
}

/// The same of a period known by its code only: "2024-H1".
pub(super) fn headed_by_code(code: &str, title: &str) -> String {
    let parts = code.split_once('-').and_then(|(year, cycle)| Some((year.parse().ok()?, cycle)));
    let (year, cycle) = parts.unwrap_or_default();
    ahead(Cycle::from_code(cycle), year, title)
}

fn ahead(cycle: Option<Cycle>, year: i32, title: &str) -> String {
    let next = cycle.and_then(|cycle| next_period(cycle, year));
    let next = next.unwrap_or_else(|| "trong thời gian tới".to_owned());
    let title = title.replace("nhiệm vụ kỳ tới", "nhiệm vụ trọng tâm kỳ tới");
    spelt_out(&title.replace("trong kỳ tới", &next).replace("kỳ tới", &next))
}

/// A subject inside a sentence.
pub(super) fn one_line(subject: &str) -> String {
    subject.replace('\n', " ")
}

/// What is carried out, which letter is answered, who reports, on what. A plan of earlier years is not named, here as in the
/// report of the whole province. With `room`, dots for what is not on record yet.
pub(super) fn opening(case: &Case, name: &str, subject: &Subject, plans: &[Plan], room: bool) -> String {
    let own = &subject.own;
    if kind(case) == Kind::Plan {
        return format!("{name} xây dựng kế hoạch {own} như sau:");
    }
    let plans = carried_out(plans, case.period.year);
    sentence(name, own, &plans, letter(case, &plans), room)
}

/// The letter that asks for the reports of the period, as the opening cites it; none where the period names no document, names a
/// plan that is cited already, or where the body that reports has written it itself.
fn letter(case: &Case, plans: &[&Plan]) -> Option<String> {
    if case.obligation.unit_id == case.obligation.collector_id {
        return None;
    }
    let letter = Citation::read(&case.period.due_basis)?;
    let known = plans
        .iter()
        .any(|plan| !plan.number.is_empty() && plan.number_text() == document_number(&letter.number));
    (!known).then(|| spelt_out(&letter.words()))
}

/// The opening of a report on `subject`, as its body itself says it, of a year.
pub(super) fn report_opening(name: &str, subject: &str, plans: &[Plan], year: i32) -> String {
    sentence(name, subject, &carried_out(plans, year), None, false)
}

/// The plans that a report of a year carries out.
fn carried_out(plans: &[Plan], year: i32) -> Vec<&Plan> {
    plans.iter().filter(|plan| !is_past(plan, year)).collect()
}

/// "Thực hiện Kế hoạch … và Kế hoạch …; Công văn …, Sở … báo cáo … như sau:".
fn sentence(name: &str, subject: &str, plans: &[&Plan], letter: Option<String>, room: bool) -> String {
    let plans: Vec<String> = plans.iter().map(|plan| spelt_out(&plan_words(plan, room))).collect();
    let plans = match plans.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} và {last}", before.join("; ")),
    };
    let documents: Vec<String> =
        [Some(plans), letter].into_iter().flatten().filter(|one| !one.is_empty()).collect();
    match documents.is_empty() {
        true => format!("{name} báo cáo {subject} như sau:"),
        false => format!("Thực hiện {}, {name} báo cáo {subject} như sau:", documents.join("; ")),
    }
}

/// What stands in the annexes of a paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Annexed {
    pub figures: bool,
    pub lists: bool,
}

impl Annexed {
    pub const FIGURES: Annexed = Annexed { figures: true, lists: false };
}

/// The last sentence; the text must point to its annexes.
pub(super) fn closing(kind: Kind, name: &str, subject: &Subject, annexed: Annexed) -> String {
    let pointer = match (annexed.figures, annexed.lists) {
        (false, false) => "",
        (true, false) => " (số liệu chi tiết tại Phụ lục kèm theo)",
        (false, true) => " (danh mục chi tiết tại Phụ lục kèm theo)",
        (true, true) => " (số liệu, danh mục chi tiết tại các Phụ lục kèm theo)",
    };
    format!("Trên đây là {} {} của {name}{pointer}", lower_first(kind.name()), subject.own)
}
