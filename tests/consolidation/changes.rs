//! What a second edition lists: every way in which a unit can say something else, and nothing besides.

use tonghop::consolidation::changes_between;
use tonghop::consolidation::content::{EditionContent, FigureStatus, UnitFigure};
use tonghop::vietnamese::Qualifier;

use crate::workbooks::sample;

/// The first figure of the sample that is a plain number.
fn given(edition: &mut EditionContent) -> &mut UnitFigure {
    let figures = edition.units.iter_mut().flat_map(|unit| &mut unit.figures);
    let plain = |f: &UnitFigure| {
        let words = f.estimate || f.qualifier != Qualifier::Exact || !f.note.is_empty();
        f.state == FigureStatus::Given && f.counts && !words && f.now.value.is_some()
    };
    figures.into_iter().find(|f| plain(f)).expect("a figure")
}

/// The sample and the sample changed, as the lines of their comparison: code, before, now.
fn listed(change: impl Fn(&mut EditionContent)) -> Vec<(String, String, String)> {
    let before = sample::edition();
    let mut now = sample::edition();
    change(&mut now);
    let list = changes_between(&before, &now);
    let words = |change: &tonghop::consolidation::content::Change| {
        let (_, line) = now.line(&change.indicator).expect("a line");
        (change.indicator.clone(), line.said_words(&change.before), line.said_words(&change.now))
    };
    list.changes.iter().map(words).collect()
}

#[test]
fn the_same_edition_lists_nothing() {
    let list = changes_between(&sample::edition(), &sample::edition());
    assert_eq!((list.changes, list.narrative), (vec![], vec![]));
}

#[test]
fn a_word_a_remark_and_an_answer_are_changes() {
    let mut edition = sample::edition();
    let figure = given(&mut edition).clone();
    let (_, line) = edition.line(&figure.indicator).expect("a line");
    let was = line.unit_words(figure.now).expect("a number");
    let one = |change: &dyn Fn(&mut UnitFigure)| {
        let mut rows = listed(|edition| change(given(edition)));
        assert_eq!(rows.len(), 1, "{rows:?}");
        let (code, before, now) = rows.remove(0);
        assert_eq!((code, &before), (figure.indicator.to_string(), &was));
        now
    };
    assert_eq!(one(&|f| f.estimate = true), format!("ước {was}"));
    assert_eq!(one(&|f| f.qualifier = Qualifier::Nearly), format!("gần {was}"));
    let both = one(&|f| (f.estimate, f.qualifier) = (true, Qualifier::Over));
    assert_eq!(both, format!("ước hơn {was}"));
    assert_eq!(one(&|f| f.note = "đã rà soát".into()), format!("{was} (ghi chú: đã rà soát)"));
    assert_eq!(one(&|f| f.counts = false), format!("{was} (tham khảo, không cộng)"));
    let not_asked = |f: &mut UnitFigure| (f.now.value, f.state) = (None, FigureStatus::NotAsked);
    assert_eq!(one(&not_asked), "không áp dụng");
    let blank = |f: &mut UnitFigure| (f.now.value, f.state) = (None, FigureStatus::Blank);
    assert_eq!(one(&blank), "chưa có số liệu");
}

#[test]
fn words_of_the_narrative_are_listed_by_unit_and_section() {
    let before = sample::edition();
    let mut now = sample::edition();
    let first = &mut now.narrative[0];
    let (section, unit) = (first.code.clone(), first.paragraphs[0].unit.clone());
    first.paragraphs[0].text.push_str(" Thêm một câu.");
    let gone = first.paragraphs.remove(1);
    let list = changes_between(&before, &now);
    let named: Vec<_> = list.narrative.iter().map(|c| (c.unit.clone(), c.section.clone())).collect();
    assert_eq!(named, [(unit, section.clone()), (gone.unit, section)]);
    assert!(list.changes.is_empty());
}
