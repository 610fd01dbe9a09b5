//! To whom a paper goes: addressees at its head, Nơi nhận at its end. Pure; stands between what regime and unit name and
//! the rows of the paper.

use super::super::Case;
use super::super::recipients::PaperRecipients;
use crate::vietnamese::search_key;

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

/// The last of the recipients (NĐ 30/2020 phụ lục I): "Lưu: VT, PC10 (02 bản)"; what is not known is left out.
pub(super) fn archive(known: Option<&PaperRecipients>) -> String {
    let mut words = "Lưu: VT".to_owned();
    let Some(known) = known else { return words };
    if !known.drafter.is_empty() {
        words.push_str(&format!(", {}", known.drafter));
    }
    if let Some(copies) = known.copies {
        words.push_str(&format!(" ({copies:02} bản)"));
    }
    words
}

/// "Như trên", then those the unit or its regime names, and the archive.
pub(super) fn recipients(case: &Case, addressees: &[String], known: Option<&PaperRecipients>) -> Vec<String> {
    let mut recipients: Vec<String> = addressees.first().map(|_| "Như trên".to_owned()).into_iter().collect();
    recipients.extend(proposed_recipients(case, known));
    recipients.push(archive(known));
    recipients
}

/// Those between "Như trên" and the archive: as the unit saved them; else as the regime has them for all, without the
/// unit itself; else the collector, where it is another body and no addressee names it.
pub fn proposed_recipients(case: &Case, known: Option<&PaperRecipients>) -> Vec<String> {
    // "Công an tỉnh Bắc Giang (để tổng hợp)" is Công an tỉnh Bắc Giang.
    let itself = |name: &str| {
        let bare = search_key(name.split_once('(').map_or(name, |(before, _)| before).trim());
        [&case.unit.name, &case.unit.short_name].iter().any(|own| search_key(own) == bare)
    };
    match known {
        Some(known) if known.own => known.names.clone(),
        Some(known) if !known.names.is_empty() => {
            known.names.iter().filter(|name| !itself(name)).cloned().collect()
        }
        _ => collector(case, &addressees(case)),
    }
}

fn collector(case: &Case, addressees: &[String]) -> Vec<String> {
    let named = |words: &str| addressees.iter().any(|one| search_key(one).contains(&search_key(words)));
    let own = case.obligation.unit_id == case.obligation.collector_id;
    if own || named(&case.collector.name) || named(&case.collector.short_name) {
        return vec![];
    }
    vec![format!("{} (để tổng hợp)", case.collector.name)]
}
