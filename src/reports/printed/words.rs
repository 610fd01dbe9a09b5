//! The sentences of a report's paper: its subject from regime and period, its opening, its closing.

use super::super::Case;
use super::bases::about;
use super::spelling::{spelt_out, with_number_word};
use crate::calendar::Cycle;
use crate::documents::measures::SUBJECT_LETTERS;
use crate::periods::{Period, Regime};
use crate::plans::Plan;
use crate::units::Letterhead;
use crate::vietnamese::{capital, long_date, lower_first, roman, short_date};

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
        let words = plans.first().map_or_else(
            || case.regime.name.clone(),
            |plan| format!("Triển khai thực hiện {}", plan_title(plan)),
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
    match period.label.split_once(':') {
        Some((_, one)) => {
            let one = lower_first(one.trim());
            Subject { full: format!("{base}{whose}: {one}"), own: lower_first(&format!("{base}: {one}")) }
        }
        None => {
            let period = lower_first(&period.label);
            let area = if whose.starts_with(" trên địa bàn") { whose } else { "" };
            // Whose results these are begins a line of its own where one line does not hold both.
            let whole = base.chars().count() + whose.chars().count();
            let full = match whole > SUBJECT_LETTERS {
                true => format!("{base}\n{}\n{period}", whose.trim()),
                false => format!("{base}{whose}\n{period}"),
            };
            Subject { own: lower_first(&format!("{base}{area} {period}")), full }
        }
    }
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
        None if case.is_consolidated() && !head.area.is_empty() => format!(" trên địa bàn {}", head.area),
        None => format!(" của {}", head.name),
    }
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
pub(super) fn headed(period: &Period, title: &str) -> String {
    ahead(Cycle::from_code(&period.cycle), period.year, title)
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

/// "Kế hoạch số 13/KH-UBND ngày 20 tháng 01 năm 2024 của UBND tỉnh Bắc Giang về …".
fn plan_words(plan: &Plan) -> String {
    // What is not on record yet is left open, where a clerk sees it and fills it in.
    let number = plan.number_text();
    let words = format!("{} số {}", plan.kind_name(), if number.is_empty() { "…" } else { &number });
    let date = match (plan.issued_on(), plan.issued_month) {
        (Some(date), _) => long_date(date),
        (None, Some(month)) if month < 3 => format!("ngày … tháng {month:02} năm {}", plan.issued_year),
        (None, Some(month)) => format!("ngày … tháng {month} năm {}", plan.issued_year),
        (None, None) => format!("ngày … tháng … năm {}", plan.issued_year),
    };
    format!("{words} {date} của {} {}", plan.issuer_short(), about(&plan.subject))
}

/// The same in a title, where what is not on record is left out: nobody fills in a title.
fn plan_title(plan: &Plan) -> String {
    if !plan.number.is_empty() && plan.issued_on().is_some() {
        return plan_words(plan);
    }
    let number = if plan.number.is_empty() { String::new() } else { format!(" số {}", plan.number_text()) };
    let day = match (plan.issued_on(), plan.issued_month) {
        (Some(date), _) => format!(" {}", long_date(date)),
        (None, Some(month)) if month < 3 => format!(" tháng {month:02} năm {}", plan.issued_year),
        (None, Some(month)) => format!(" tháng {month} năm {}", plan.issued_year),
        (None, None) => format!(" năm {}", plan.issued_year),
    };
    format!("{}{number}{day} của {} {}", plan.kind_name(), plan.issuer_short(), about(&plan.subject))
}

/// A plan as a task names it: "Kế hoạch số 13/KH-UBND ngày 20/01/2024"; without a number by issuer and year. One that is
/// not among those served has its short name, written out.
pub(super) fn cited(plans: &[Plan], short_name: &str) -> String {
    let Some(plan) = plans.iter().find(|plan| plan.short_name == short_name) else {
        return with_number_word(&spelt_out(short_name));
    };
    if plan.number.is_empty() {
        format!("{} năm {} của {}", plan.kind_name(), plan.issued_year, plan.issuer_short())
    } else {
        let day = plan.issued_on().map(|day| format!(" ngày {}", short_date(day)));
        format!("{} số {}{}", plan.kind_name(), plan.number_text(), day.unwrap_or_default())
    }
}

/// Whether a plan is for years before `year` by its own subject ("… năm 2024"): it is not what this report carries out.
fn is_past(plan: &Plan, year: i32) -> bool {
    let years = plan.subject.match_indices("năm ").filter_map(|(at, word)| {
        let rest = &plan.subject[at + word.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (digits.len() == 4).then(|| digits.parse::<i32>().ok()).flatten()
    });
    years.max().is_some_and(|last| last < year)
}

/// What is carried out, who reports, on what.
pub(super) fn opening(case: &Case, name: &str, subject: &Subject, plans: &[Plan]) -> String {
    let subject = &subject.own;
    if kind(case) == Kind::Plan {
        return format!("{name} xây dựng kế hoạch {subject} như sau:");
    }
    report_opening(name, subject, plans, case.period.year)
}

/// The same of a report on `subject`, as its body itself says it, of a year.
pub(super) fn report_opening(name: &str, subject: &str, plans: &[Plan], year: i32) -> String {
    let plans: Vec<String> =
        plans.iter().filter(|plan| !is_past(plan, year)).map(|plan| spelt_out(&plan_words(plan))).collect();
    match plans.split_last() {
        None => format!("{name} báo cáo {subject} như sau:"),
        Some((only, [])) => format!("Thực hiện {only}, {name} báo cáo {subject} như sau:"),
        Some((last, before)) => {
            format!("Thực hiện {} và {last}, {name} báo cáo {subject} như sau:", before.join("; "))
        }
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
