//! What one edition says otherwise than another, as rows of words. Stands between a list of changes and the two pages
//! that show one: the edition itself, and any two of them side by side.

use super::super::content::{ChangeList, EditionContent, IndicatorLine, ListChange, Passage};
use super::super::total::Total;
use super::marks::{Mark, marks};

/// The changes that a reader may see.
pub(super) struct ChangesView<'a> {
    /// What the earlier and the later column are called: "Lần 1", "Lần 2".
    pub(super) was: String,
    pub(super) is: String,
    pub(super) figures: Vec<FigureChange<'a>>,
    pub(super) totals: Vec<TotalRow<'a>>,
    pub(super) came: &'a [String],
    pub(super) went: &'a [String],
    pub(super) sections: Vec<TextChange<'a>>,
    pub(super) narrative: Vec<TextChange<'a>>,
    pub(super) lists: &'a [ListChange],
}

/// One figure of one unit.
pub(super) struct FigureChange<'a> {
    pub(super) unit: &'a str,
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    pub(super) before: String,
    pub(super) now: String,
}

/// One total.
pub(super) struct TotalRow<'a> {
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    pub(super) measure_unit: &'a str,
    pub(super) before: String,
    pub(super) now: String,
}

/// A text: a section of the consolidated one, or what a unit wrote in a section.
pub(super) struct TextChange<'a> {
    pub(super) section: &'a str,
    /// Heading of the section, or name of the unit.
    pub(super) title: &'a str,
    pub(super) marks: Vec<Mark>,
}

impl<'a> ChangesView<'a> {
    /// `before` is the earlier edition where it is at hand: an indicator that is not asked any more has its name there.
    pub(super) fn new(
        list: &'a ChangeList,
        before: Option<&'a EditionContent>,
        now: &'a EditionContent,
        everything: bool,
    ) -> ChangesView<'a> {
        let find = |code: &str| now.line(code).or_else(|| before.and_then(|before| before.line(code)));
        let mut closed = now.classified();
        closed.extend(before.map(EditionContent::classified).unwrap_or_default());
        let may_read = |code: &str| everything || !closed.contains(code);
        let figures = list.changes.iter().filter_map(|change| {
            let (_, line) = find(&change.indicator)?;
            may_read(&change.indicator).then(|| FigureChange {
                unit: &change.unit,
                code: &change.indicator,
                name: &line.name,
                before: line.said_words(&change.before),
                now: line.said_words(&change.now),
            })
        });
        let totals = list.totals.iter().filter_map(|change| {
            let (_, line) = find(&change.indicator)?;
            // Between two editions one unit may have come: what a total grew by is its figure.
            if !may_read(&change.indicator) {
                return None;
            }
            let row = TotalRow {
                code: &change.indicator,
                name: &line.name,
                measure_unit: &line.measure_unit,
                before: total_words(line, change.before.as_ref()),
                now: total_words(line, change.now.as_ref()),
            };
            (row.before != row.now).then_some(row)
        });
        let text = |section: &'a str, title: &'a str, passages: &[Passage]| TextChange {
            section,
            title,
            marks: marks(passages, true),
        };
        ChangesView {
            was: format!("Lần {}", list.since),
            is: format!("Lần {}", now.identity.edition_number),
            figures: figures.collect(),
            totals: totals.collect(),
            came: &list.came,
            went: &list.went,
            sections: list.sections.iter().map(|one| text(&one.code, &one.heading, &one.passages)).collect(),
            narrative: list
                .narrative
                .iter()
                .map(|one| text(&one.section, &one.unit, &one.passages))
                .collect(),
            lists: &list.lists,
        }
    }

    /// Whether nothing differs.
    pub(super) fn is_empty(&self) -> bool {
        self.figures.is_empty()
            && self.totals.is_empty()
            && self.came.is_empty()
            && self.went.is_empty()
            && self.sections.is_empty()
            && self.narrative.is_empty()
            && self.lists.is_empty()
    }
}

/// "1.234 (20/24 đơn vị)"; a dash where the edition has none.
fn total_words(line: &IndicatorLine, total: Option<&Total>) -> String {
    let Some(total) = total else { return "–".to_owned() };
    let words = line.reading_words(total.reading()).unwrap_or_else(|| "–".to_owned());
    format!("{words} ({}/{} đơn vị)", total.n, total.of)
}
