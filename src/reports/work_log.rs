//! From the log of work into the report: entries of the period told under their task, their links as evidence.
//! Pure; it stands between what a unit noted through the year and what it writes at the end of it.

use super::{Content, Evidence, TypedDay, TypedReach};
use crate::evidence::Platform;
use crate::plans::queries::Entry;
use crate::vietnamese::{group_thousands, short_date};

/// Longest title of a link made from the text of an entry, in characters.
const TITLE: usize = 120;

/// One entry as it is told: "- 05/6/2025: Đăng loạt bài về gương điển hình (12 tin, bài)."
pub fn line(entry: &Entry) -> String {
    let text = entry.text.trim().trim_end_matches('.');
    let quantity = entry.quantity.map_or_else(String::new, |quantity| {
        format!(" ({} {})", group_thousands(quantity), entry.measure_unit)
    });
    format!("- {}: {text}{quantity}.", short_date(entry.done_on))
}

/// Whether the report tells the entry already.
pub fn is_told(content: &Content, entry: &Entry) -> bool {
    content.tasks.get(&entry.task_id).is_some_and(|result| result.body.contains(&line(entry)))
}

/// Adds entries to what is written of their tasks, each once, oldest first; a link becomes evidence once.
pub fn tell<'a>(content: &mut Content, entries: impl IntoIterator<Item = &'a Entry>) {
    for entry in entries {
        if !is_told(content, entry) {
            let body = &mut content.tasks.entry(entry.task_id).or_default().body;
            body.truncate(body.trim_end().len());
            if !body.is_empty() {
                body.push('\n');
            }
            body.push_str(&line(entry));
        }
        prove(content, [entry]);
    }
}

/// Takes the links of entries as evidence, each post once.
pub fn prove<'a>(content: &mut Content, entries: impl IntoIterator<Item = &'a Entry>) {
    for entry in entries.into_iter().filter(|entry| !entry.link.is_empty()) {
        let link = evidence(entry);
        if link.is_sound() && !is_proved(content, &link) {
            content.evidence.push(link);
        }
    }
}

/// The entries behind a figure whose posts are no evidence of the report yet, each post once.
pub fn unproved<'a>(content: &Content, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'a Entry> {
    let mut found: Vec<(String, &Entry)> = Vec::new();
    for entry in entries.into_iter().filter(|entry| !entry.link.is_empty()) {
        let (link, key) = (evidence(entry), evidence(entry).url_key());
        let met = found.iter().any(|(other, _)| *other == key);
        if link.is_sound() && !is_proved(content, &link) && !met {
            found.push((key, entry));
        }
    }
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn is_proved(content: &Content, link: &Evidence) -> bool {
    content.evidence.iter().any(|other| other.url_key() == link.url_key())
}

/// The link of an entry as evidence of a report.
fn evidence(entry: &Entry) -> Evidence {
    Evidence {
        title: entry.post_title().chars().take(TITLE).collect(),
        url: entry.link.clone(),
        platform: entry.platform().map_or("", Platform::words).to_owned(),
        published: TypedDay::of(Some(entry.done_on)),
        reach: TypedReach::of(entry.reach),
    }
}
