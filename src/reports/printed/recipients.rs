//! To whom a paper goes: addressees at its head, Nơi nhận at its end. Pure; stands between what regime and unit name and
//! the rows of the paper.

use super::super::Case;
use super::super::recipients::PaperRecipients;
use super::frame::Frame;
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

/// "Như trên", then those the unit or its regime names, and the archive. Who drafts stands at the end of a symbol that has
/// more than the unit's own: "PC10" of "BC-CAT-PC10".
pub(super) fn recipients(frame: &Frame, symbol: &str) -> Vec<String> {
    let mut recipients: Vec<String> =
        frame.addressees.first().map(|_| "Như trên".to_owned()).into_iter().collect();
    recipients.extend(frame.recipients.iter().cloned());
    let drafter = symbol.strip_prefix(frame.own_symbol.as_str()).and_then(|rest| rest.strip_prefix('-'));
    let drafter = match frame.drafter.as_str() {
        "" => drafter.unwrap_or_default(),
        known => known,
    };
    let known =
        PaperRecipients { drafter: drafter.to_owned(), copies: frame.copies, ..PaperRecipients::default() };
    recipients.push(archive(Some(&known)));
    recipients
}

/// Those between "Như trên" and the archive: as the unit saved them; else as the regime has them for all, without the
/// unit itself; else the collector, where it is another body and no addressee is it.
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
    // A body that a paper goes through is no addressee: what goes to the people's committee is added up here.
    let named = |words: &str| {
        let bare = |one: &String| search_key(one.split_once('(').map_or(one.as_str(), |(before, _)| before));
        addressees.iter().any(|one| bare(one).contains(&search_key(words)))
    };
    let own = case.obligation.unit_id == case.obligation.collector_id;
    if own || named(&case.collector.name) || named(&case.collector.short_name) {
        return vec![];
    }
    vec![format!("{} (để tổng hợp)", case.collector.name)]
}
