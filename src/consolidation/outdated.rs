//! Text that was right when it was written and is not any more: a proposed paragraph whose totals have changed since, a paragraph
//! whose unit wrote it anew. Pure; whoever edits and whoever approves is told, nothing is held up. What a compiler put right in the
//! text itself is not told.

use super::content::{EditionContent, NarrativeBlock};
use super::unfounded::{numbers, thousandths};

/// For each section with such text: its code, its heading, and what to look at in words, each once.
pub fn outdated(content: &EditionContent) -> Vec<(&str, &str, Vec<String>)> {
    let of_section = content.narrative.iter().map(|section| {
        let mut found: Vec<String> = Vec::new();
        for block in &section.blocks {
            for words in changed_totals(content, block).into_iter().chain(changed_words(block)) {
                if !found.contains(&words) {
                    found.push(words);
                }
            }
        }
        (section.code.as_str(), section.heading.as_str(), found)
    });
    of_section.filter(|(_, _, found)| !found.is_empty()).collect()
}

/// Whether a block is such text.
pub fn is_outdated(content: &EditionContent, block: &NarrativeBlock) -> bool {
    block.sources.iter().any(|source| source.newer.is_some()) || !changed_totals(content, block).is_empty()
}

/// The totals a proposed text still quotes as they were: the old number stands in it, and the new one does not.
pub fn changed_totals(content: &EditionContent, block: &NarrativeBlock) -> Vec<String> {
    let said = numbers(&block.text);
    let says = |values: [i128; 2]| said.iter().any(|number| values.iter().any(|value| number.means(*value)));
    let totals = block.figures.iter().filter_map(|quoted| {
        let (_, line) = content.line(&quoted.indicator)?;
        let now = line.shown(line.total.reading());
        let kept = now.is_some_and(|now| now == quoted.value || says(thousandths(line, now)));
        if kept || !says(thousandths(line, quoted.value)) {
            return None;
        }
        let now = now.map_or_else(|| "không có số".to_owned(), |now| line.words(now));
        Some(format!("{}: đoạn soạn sẵn ghi {}, nay {now}", line.code, line.words(quoted.value)))
    });
    totals.collect()
}

fn changed_words(block: &NarrativeBlock) -> Vec<String> {
    let units = block.sources.iter().filter_map(|source| {
        let newer = source.newer?;
        Some(format!("{}: lần gửi {newer} viết khác đoạn đã lấy", source.unit))
    });
    units.collect()
}
