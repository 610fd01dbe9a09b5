//! What a paper rests on: its bases in the order and in the words of NĐ 30/2020 (phụ lục I). Pure; stands between the
//! documents on record and the lines under the heading.

use chrono::{Datelike, NaiveDate};

use super::plans::is_of_past_years;
use crate::periods::Regime;
use crate::plans::{BasisStanding, LegalBasis, Plan};
use crate::vietnamese::{document_number, long_date, lower_first, parse_date, search_key};

/// Bases of one paper. What it carries out stands in its opening, and that document names the rest.
const MOST_BASES: usize = 5;

/// The documents in force on `day`, each once, in the order of their rank (law, decree, decision, then those of a
/// ministry), within a rank by day; last the document that sets the regime up. What the province itself has issued stands
/// in only where nothing of higher rank does: the plan that is carried out rests on it. A plan for years before that of `day` is
/// none. At most [`MOST_BASES`], without marks at the end.
pub(super) fn bases(regime: &Regime, bases: &[LegalBasis], plans: &[Plan], day: NaiveDate) -> Vec<String> {
    let mut found: Vec<&LegalBasis> =
        bases.iter().filter(|basis| basis.standing(day) == BasisStanding::InForce).collect();
    found.retain(|basis| basis.kind != "plan" || !is_of_past_years(&basis.subject, day.year()));
    found.sort_by_key(|basis| (rank(basis), basis.issued_on.is_none(), basis.issued_on, basis.id));
    found.dedup_by_key(|basis| basis.id);
    if found.iter().any(|basis| rank(basis) < LOCAL) {
        found.retain(|basis| rank(basis) < LOCAL);
    }
    // Typed with its zero or without.
    let of_plan = |plan: &Plan| plan.number_text().trim_start_matches('0').to_owned();
    let numbers = found.iter().map(|basis| basis.number.clone()).chain(plans.iter().map(of_plan));
    let numbers: Vec<String> = numbers.filter(|number| !number.is_empty()).collect();
    let mut own: Vec<String> = Vec::new();
    for typed in regime.legal_basis.split([';', '\n']).map(str::trim).filter(|own| !own.is_empty()) {
        // A document that is named already, as a basis or as what is carried out, is not named twice.
        if !numbers.iter().any(|number| typed.contains(number.as_str())) && !is_past_plan(typed, day.year()) {
            let typed = typed.trim_end_matches('.');
            own.push(format!("Căn cứ {}", long_dates(typed.strip_prefix("Căn cứ ").unwrap_or(typed))));
        }
    }
    found.truncate(MOST_BASES.saturating_sub(own.len()).max(1));
    found.iter().map(|basis| format!("Căn cứ {}", basis_words(basis))).chain(own).collect()
}

/// Whether a basis as typed is a plan for years before `year`, by what stands behind its issuer: a year before that is the one it
/// was issued in.
fn is_past_plan(typed: &str, year: i32) -> bool {
    let named = typed.strip_prefix("Căn cứ ").unwrap_or(typed);
    let subject = named.split_once(" của ").map_or("", |(_, subject)| subject);
    named.starts_with("Kế hoạch") && is_of_past_years(subject, year)
}

/// Days as a basis has them: "ngày 24 tháng 01 năm 2019".
fn long_dates(text: &str) -> String {
    let mut parts = text.split("ngày ");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let typed: String = part.chars().take_while(|c| c.is_ascii_digit() || *c == '/').collect();
        match parse_date(&typed) {
            Ok(day) => said.push_str(&format!("{}{}", long_date(day), &part[typed.len()..])),
            Err(_) => said.push_str(&format!("ngày {part}")),
        }
    }
    said
}

/// The rank of what a province issues.
const LOCAL: u8 = 4;

/// Laws first, then what the Government, the Prime Minister, a ministry, the province have issued.
fn rank(basis: &LegalBasis) -> u8 {
    let issuer = search_key(&basis.issuer);
    match basis.kind.as_str() {
        "law" => 0,
        _ if issuer.starts_with("chinh phu") => 1,
        _ if issuer.starts_with("thu tuong") => 2,
        _ if issuer.starts_with("bo ") => 3,
        _ => LOCAL,
    }
}

/// "Nghị định số 49/2020/NĐ-CP ngày 17 tháng 4 năm 2020 của Chính phủ quy định …"; a law by its name and day.
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
    if is_law {
        return law_words(basis, own_words);
    }
    let mut words = basis.kind_name().to_owned();
    if !basis.number.is_empty() {
        words = format!("{words} số {}", document_number(&basis.number));
    }
    if let Some(date) = basis.issued_on {
        words = format!("{words} {}", long_date(date));
    }
    if !basis.issuer.is_empty() {
        words = format!("{words} của {}", basis.issuer);
    }
    if own_words { format!("{words} {}", about(&basis.subject)) } else { words }
}

/// A law by its name and day: NĐ 30/2020 (phụ lục I) has neither number nor issuer of a law among the bases. One without
/// a day is told by the year of its number; one without a name keeps its number.
fn law_words(law: &LegalBasis, named: bool) -> String {
    if !named {
        return format!("{} số {}", law.kind_name(), law.number);
    }
    let name = &law.subject;
    match law.issued_on {
        Some(date) => format!("{name} {}", long_date(date)),
        None => match law.number.split('/').nth(1).filter(|year| year.len() == 4) {
            Some(year) => format!("{name} năm {year}"),
            None => name.clone(),
        },
    }
}

/// What follows a word at the beginning of a text, whatever the case of its letters.
fn split_prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let letters = word.chars().count();
    let at = text.char_indices().nth(letters).map(|(at, _)| at)?;
    let (first, rest) = text.split_at(at);
    (first.to_lowercase() == word.to_lowercase()).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

/// A subject after "của …": "quy định …", "về …".
pub(super) fn about(subject: &str) -> String {
    let subject = lower_first(subject);
    let subject = match subject.strip_prefix("v/v ") {
        Some(rest) => format!("về việc {rest}"),
        None => subject,
    };
    let verbs = ["về ", "quy định", "ban hành", "phê duyệt", "sửa đổi", "hướng dẫn"];
    if verbs.iter().any(|verb| subject.starts_with(verb)) { subject } else { format!("về {subject}") }
}
