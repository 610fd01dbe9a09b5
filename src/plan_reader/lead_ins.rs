//! Sentences that end with a colon and only lead to the work below them: "chịu trách nhiệm:", "chủ trì, phối hợp với Sở Y tế thực
//! hiện các nhiệm vụ sau:". Whoever helps there helps with all of it.

use super::unit_list::list_at;
use super::words::Words;

const ROLES: &[&str] = &[
    "là co quan dau moi",
    "là don vi dau moi",
    "là dau moi",
    "là co quan thuong truc",
    "là co quan chu tri",
    "là don vi chu tri",
];
const LEADS: &[&str] = &[
    "chiu trach nhiem",
    "co trach nhiem",
    "co nhiem vu",
    "thuc hien",
    "trien khai",
    "to chuc thuc hien",
    "chu tri",
    "chu dong",
];

/// Words that name no work of their own, folded.
const PLAIN: &[&str] = &[
    ":", ",", "thuc", "hien", "cac", "mot", "so", "nhiem", "vu", "noi", "dung", "sau", "nhu", "cu", "the",
    "viec", "cong", "tot", "day", "tap", "trung", "chinh", "trien", "khai", "giai", "phap", "to", "chuc",
    "trong", "tam",
];

/// Whether a text only leads to a list of work, and who helps with it.
pub(super) fn lead_in(text: &str) -> Option<Vec<String>> {
    if !text.trim_end().ends_with(':') {
        return None;
    }
    let words = Words::of(text);
    let mut with: Vec<String> = Vec::new();
    // "Là cơ quan đầu mối, có trách nhiệm:".
    let mut at = words.any(0, ROLES).unwrap_or(0);
    let mut led = false;
    loop {
        if words.is_mark(at, &[',']) || words.phrase(at, "và").is_some() {
            at += 1;
        } else if let Some(end) = words.any(at, LEADS) {
            (at, led) = (end, true);
        } else if let Some(end) = words.any(
            at,
            &["phoi hop chat che voi", "phoi hop voi", "phoi hop cung", "phoi hop cung voi", "phoi hop"],
        ) {
            let list = list_at(&words, end);
            at = list.as_ref().map_or(end, |list| list.end);
            led |= list.is_some();
            with.extend(list.map(|list| list.units).unwrap_or_default());
        } else {
            break;
        }
    }
    let rest = words.list.get(at..).unwrap_or_default();
    (led && rest.iter().all(|word| PLAIN.contains(&word.plain.as_str()))).then_some(with)
}
