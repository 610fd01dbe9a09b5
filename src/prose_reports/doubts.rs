//! What does not fit between a document and the report it was brought for: another kind, another body, another period, words of
//! another period in its text. Pointed out, never in the way: the person knows which report they hold. Pure.

use crate::calendar::Cycle;
use crate::prose_reader::{NamedPeriod, Prose};
use crate::reports::Case;
use crate::reports::foreign_period::foreign_period;
use crate::vietnamese::search_key;

/// A doubt with the line it is about; 0 for the whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub line: usize,
    pub words: String,
}

/// The doubts about a reading, the whole document's first.
pub fn doubts(prose: &Prose, case: &Case) -> Vec<Doubt> {
    let mut found = Vec::new();
    let kind = &prose.head.kind;
    if !kind.is_empty() && kind != "Báo cáo" {
        let words = format!("Văn bản là “{kind}”, không phải báo cáo. Kiểm tra đã chọn đúng tệp chưa.");
        found.push(Doubt { line: 0, words });
    }
    found.extend(of_another(prose, case));
    if let Some(named) = prose.closing.as_ref().filter(|named| Some(*named) != prose.period.as_ref())
        && is_another(named, case)
    {
        let line = named.lines.first().copied().unwrap_or_default();
        let words = format!("Câu kết ghi kỳ “{}”; báo cáo này là {}.", named.words, case.period.label);
        found.push(Doubt { line, words });
    }
    for piece in &prose.pieces {
        let text = format!("{}\n{}", piece.heading, piece.body);
        if let Some(word) = foreign_period(&text, case.cycle(), piece.ahead) {
            let line = piece.lines.first().copied().unwrap_or_default();
            let place = match piece.heading.as_str() {
                "" => "Văn bản".to_owned(),
                heading => format!("Phần “{heading}”"),
            };
            let words = format!("{place} nhắc “{word}”: kiểm tra có đúng kỳ báo cáo không.");
            found.push(Doubt { line, words });
        }
    }
    found
}

/// Where a document names another body or another period than the report's as its own. Such a one is written only once somebody has
/// said that it is the report's all the same.
pub fn of_another(prose: &Prose, case: &Case) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut say = |line: usize, words: String| found.push(Doubt { line, words });
    let head = &prose.head;
    if !head.issuer.is_empty() && !is_named(&head.issuer, &[&case.unit.name, &case.unit.short_name]) {
        say(
            0,
            format!("Văn bản ghi cơ quan ban hành “{}”; báo cáo này của {}.", head.issuer, case.unit.name),
        );
    }
    if let Some(named) = prose.period.as_ref().filter(|named| is_another(named, case)) {
        let line = named.lines.first().copied().unwrap_or_default();
        say(line, format!("Văn bản ghi kỳ “{}”; báo cáo này là {}.", named.words, case.period.label));
    }
    found
}

/// Whether a period a document names is of another cycle or year than the report.
fn is_another(named: &NamedPeriod, case: &Case) -> bool {
    let cycle = Cycle::from_code(&named.cycle);
    let other_cycle =
        !case.is_document() && cycle.is_some() && case.cycle().is_some_and(|own| Some(own) != cycle);
    other_cycle || named.year.is_some_and(|year| year != case.period.year)
}

/// Whether one of some names is the issuer's: a document may say "tỉnh Bắc Giang" after it, or less.
pub fn is_named(issuer: &str, names: &[&str]) -> bool {
    let issuer = search_key(issuer);
    names.iter().filter(|name| !name.is_empty()).any(|name| {
        let name = search_key(name);
        issuer.starts_with(&name) || name.starts_with(&issuer)
    })
}
