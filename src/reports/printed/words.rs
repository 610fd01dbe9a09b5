//! The sentences of a report's paper: its subject from regime and period, what it rests on, where it goes.

use chrono::NaiveDate;

use super::super::Case;
use crate::plans::{BasisStanding, LegalBasis, Plan};
use crate::vietnamese::{long_date, search_key};

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

/// "Kết quả công tác tái hòa nhập cộng đồng tỉnh Bắc Giang" over "6 tháng đầu năm 2025".
pub(super) fn subject(case: &Case, plans: &[Plan]) -> String {
    if kind(case) == Kind::Plan {
        return plans.first().map_or_else(
            || case.regime.name.clone(),
            |plan| format!("Triển khai thực hiện {}", plan_words(plan)),
        );
    }
    report_subject(&case.regime.name, &case.period.label)
}

/// The subject of a report of a regime, by its name, on a period, by its label.
pub(super) fn report_subject(regime: &str, label: &str) -> String {
    let name = lower_first(regime);
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    let base = if begins(&["kết quả"]) {
        capital(&name)
    } else if begins(&["tuyên truyền", "thực hiện", "triển khai", "công tác"]) {
        format!("Kết quả {name}")
    } else {
        format!("Kết quả công tác {name}")
    };
    match label.split_once(':') {
        Some((_, topic)) => format!("{base}: {}", lower_first(topic.trim())),
        None => format!("{base}\n{}", lower_first(label)),
    }
}

/// A subject inside a sentence.
pub(super) fn one_line(subject: &str) -> String {
    subject.replace('\n', " ")
}

/// Addressees as documents write them, several parted by semicolons; the collector sends nothing through itself.
pub(super) fn addressees(case: &Case) -> Vec<String> {
    let own = case.obligation.unit_id == case.obligation.collector_id;
    let full = |one: &str| {
        let one = one.split_once("(qua ").filter(|_| own).map_or(one, |(before, _)| before);
        let one = one.trim().trim_end_matches('.');
        one.strip_prefix("UBND ").map_or_else(|| one.to_owned(), |of| format!("Ủy ban nhân dân {of}"))
    };
    case.regime.addressee.split([';', '\n']).map(full).filter(|one| !one.is_empty()).collect()
}

/// "Như trên", the collector where it is another body and no addressee names it, and the archive.
pub(super) fn recipients(case: &Case, addressees: &[String]) -> Vec<String> {
    let named = |words: &str| addressees.iter().any(|one| search_key(one).contains(&search_key(words)));
    let mut recipients = Vec::new();
    if !addressees.is_empty() {
        recipients.push("Như trên".to_owned());
    }
    let own = case.obligation.unit_id == case.obligation.collector_id;
    if !own && !named(&case.collector.name) && !named(&case.collector.short_name) {
        recipients.push(format!("{} (để tổng hợp)", case.collector.name));
    }
    recipients.push("Lưu: VT".to_owned());
    recipients
}

/// How a leader of this title signs where the head of the body signs as `head`: a deputy in the head's place (NĐ
/// 30/2020: "KT."), the head as the head, anybody else by their own title.
pub(super) fn capacity(title: &str, head: &[String]) -> Vec<String> {
    let Some((last, above)) = head.split_last() else { return vec![title.to_uppercase()] };
    let (title, own) = (title.to_lowercase(), last.to_lowercase());
    if title.starts_with(&own) {
        return head.to_vec();
    }
    let mut lines = above.to_vec();
    if title.starts_with(&format!("phó {own}")) {
        lines.extend([format!("KT. {last}"), format!("PHÓ {last}")]);
    } else {
        lines.push(title.to_uppercase());
    }
    lines
}

/// The documents in force on `day`, each once, without marks at the end.
pub(super) fn bases(bases: &[LegalBasis], day: NaiveDate) -> Vec<String> {
    let mut seen = Vec::new();
    let mut words = Vec::new();
    for basis in bases {
        if basis.standing(day) == BasisStanding::InForce && !seen.contains(&basis.id) {
            seen.push(basis.id);
            words.push(format!("Căn cứ {}", basis_words(basis)));
        }
    }
    words
}

/// "Nghị định số 49/2020/NĐ-CP ngày 17 tháng 4 năm 2020 của Chính phủ quy định …"; a law by its name.
fn basis_words(basis: &LegalBasis) -> String {
    let is_law = basis.kind == "law";
    let own_words =
        !basis.subject.is_empty() && (basis.number.is_empty() || !basis.subject.contains(&basis.number));
    // "Đề án “Nâng cao …” của UBND tỉnh": a paper without a number that is called by its name.
    let named = (own_words && basis.number.is_empty())
        .then(|| split_prefix(&basis.subject, basis.kind_name()))
        .flatten()
        .map(|name| format!("{} {name}", basis.kind_name()));
    if let Some(named) = named {
        return if basis.issuer.is_empty() { named } else { format!("{named} của {}", basis.issuer) };
    }
    let mut words = if is_law && own_words { basis.subject.clone() } else { basis.kind_name().to_owned() };
    if !basis.number.is_empty() {
        words = format!("{words} số {}", basis.number);
    }
    if let Some(date) = basis.issued_on {
        words = format!("{words} {}", long_date(date));
    }
    if is_law {
        return words;
    }
    if !basis.issuer.is_empty() {
        words = format!("{words} của {}", basis.issuer);
    }
    if own_words { format!("{words} {}", about(&basis.subject)) } else { words }
}

/// What follows a word at the beginning of a text, whatever the case of its letters.
fn split_prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let letters = word.chars().count();
    let at = text.char_indices().nth(letters).map(|(at, _)| at)?;
    let (first, rest) = text.split_at(at);
    (first.to_lowercase() == word.to_lowercase()).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

/// "Kế hoạch số 13/KH-UBND ngày 20 tháng 01 năm 2024 của UBND tỉnh Bắc Giang về …".
fn plan_words(plan: &Plan) -> String {
    let mut words = plan.kind_name().to_owned();
    let number = plan.number_text();
    if !number.is_empty() {
        words = format!("{words} số {number}");
    }
    let date = match (plan.issued_on(), plan.issued_month) {
        (Some(date), _) => long_date(date),
        (None, Some(month)) if month < 3 => format!("tháng {month:02} năm {}", plan.issued_year),
        (None, Some(month)) => format!("tháng {month} năm {}", plan.issued_year),
        (None, None) => format!("năm {}", plan.issued_year),
    };
    format!("{words} {date} của {} {}", plan.issuer_short(), about(&plan.subject))
}

/// A subject after "của …": "quy định …", "về …".
fn about(subject: &str) -> String {
    let subject = lower_first(subject);
    let verbs = ["về ", "quy định", "ban hành", "phê duyệt", "sửa đổi", "hướng dẫn"];
    if verbs.iter().any(|verb| subject.starts_with(verb)) { subject } else { format!("về {subject}") }
}

/// What is carried out, who reports, on what.
pub(super) fn opening(kind: Kind, name: &str, subject: &str, plans: &[Plan]) -> String {
    let subject = lower_first(&one_line(subject));
    if kind == Kind::Plan {
        return format!("{name} xây dựng kế hoạch {subject} như sau:");
    }
    let plans: Vec<String> = plans.iter().map(plan_words).collect();
    match plans.split_last() {
        None => format!("{name} báo cáo {subject} như sau:"),
        Some((only, [])) => format!("Thực hiện {only}, {name} báo cáo {subject} như sau:"),
        Some((last, before)) => {
            format!("Thực hiện {} và {last}, {name} báo cáo {subject} như sau:", before.join("; "))
        }
    }
}

/// The last sentence; the text must point to its annexes.
pub(super) fn closing(kind: Kind, name: &str, subject: &str, annexes: usize) -> String {
    let pointer = match annexes {
        0 => "",
        1 => " (số liệu, danh mục chi tiết tại Phụ lục kèm theo)",
        _ => " (số liệu, danh mục chi tiết tại các Phụ lục kèm theo)",
    };
    format!(
        "Trên đây là {} {} của {name}{pointer}",
        lower_first(kind.name()),
        lower_first(&one_line(subject))
    )
}

/// The first letter small, unless the word is an abbreviation: "THNCĐ" stays.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// The first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
