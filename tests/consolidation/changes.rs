//! What a second edition lists: every way in which a unit can say something else, and nothing besides.

use tonghop::consolidation::changes_between;
use tonghop::consolidation::content::{
    EditionContent, FigureStatus, ListedUnit, NarrativeParagraph, PassageKind, StackedList, UnitFigure,
};
use tonghop::lists::Row;
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

/// The sample with one section and one list: what each unit wrote and its one row, each unit by identifier and name.
fn said(units: &[(&str, &str, &str)]) -> EditionContent {
    let mut edition = sample::edition();
    edition.narrative.truncate(1);
    let paragraph = |(uid, name, text): &(&str, &str, &str)| NarrativeParagraph {
        unit: (*name).to_owned(),
        text: (*text).to_owned(),
        uid: (*uid).to_owned(),
        consolidated: false,
    };
    edition.narrative[0].paragraphs = units.iter().map(paragraph).collect();
    let listed = |(uid, name, text): &(&str, &str, &str)| ListedUnit {
        unit: (*name).to_owned(),
        rows: vec![Row::from([("c".to_owned(), (*text).to_owned())])],
        uid: (*uid).to_owned(),
        consolidated: false,
    };
    edition.lists = vec![StackedList {
        code: "models".to_owned(),
        title: "Mô hình".to_owned(),
        columns: vec![],
        units: units.iter().map(listed).collect(),
    }];
    edition
}

/// What two editions say otherwise, as name, words gone and words come; and the names of those whose rows differ.
fn told(before: &EditionContent, now: &EditionContent) -> (Vec<(String, String, String)>, Vec<String>) {
    let list = changes_between(before, now);
    let words = |change: &tonghop::consolidation::content::NarrativeChange, kind: PassageKind| {
        let of = change.passages.iter().filter(|passage| passage.kind == kind);
        of.map(|passage| passage.text.trim().to_owned()).collect::<String>()
    };
    let narrative = list.narrative.iter().map(|change| {
        (change.unit.clone(), words(change, PassageKind::Removed), words(change, PassageKind::Added))
    });
    (narrative.collect(), list.lists.into_iter().map(|change| change.unit).collect())
}

#[test]
fn two_units_of_one_name_are_two() {
    let first = ("u1", "UBND xã Tân An", "một");
    let before = said(&[first, ("u2", "UBND xã Tân An", "hai")]);
    let now = said(&[first, ("u2", "UBND xã Tân An", "ba")]);
    let name = || "UBND xã Tân An".to_owned();
    let changed = (vec![(name(), "hai".to_owned(), "ba".to_owned())], vec![name()]);
    assert_eq!(told(&before, &now), changed);
    // Whichever of them stands first.
    let turned = said(&[("u2", "UBND xã Tân An", "hai"), first]);
    assert_eq!(told(&before, &turned), (vec![], vec![]));
    let gone = said(&[("u2", "UBND xã Tân An", "hai")]);
    let went = (vec![(name(), "một".to_owned(), String::new())], vec![name()]);
    assert_eq!(told(&before, &gone), went);
}

#[test]
fn a_unit_that_is_called_otherwise_is_the_same_unit() {
    let before = said(&[("u1", "Sở Thông tin", "một"), ("u2", "Sở Y tế", "hai")]);
    let now = said(&[("u1", "Sở Khoa học", "một"), ("u2", "Sở Y tế", "hai")]);
    assert_eq!(told(&before, &now), (vec![], vec![]));
    let now = said(&[("u1", "Sở Khoa học", "bốn"), ("u2", "Sở Y tế", "hai")]);
    let name = "Sở Khoa học".to_owned();
    let changed = (vec![(name.clone(), "một".to_owned(), "bốn".to_owned())], vec![name]);
    assert_eq!(told(&before, &now), changed);
    // Its consolidated report is another one than its own.
    let mut both = before.clone();
    (both.narrative[0].paragraphs[0].consolidated, both.lists[0].units[0].consolidated) = (true, true);
    let (narrative, lists) = told(&before, &both);
    assert_eq!((narrative.len(), lists.len()), (2, 2));
}

/// What was frozen before the identifier was kept is read, and told apart by names.
#[test]
fn editions_frozen_before_the_identifier_are_compared_by_name() {
    let now = said(&[("u1", "Sở Thông tin", "một"), ("u2", "Sở Y tế", "hai")]);
    let text = now.canonical().expect("a text");
    let mut frozen: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for place in ["/narrative/0/paragraphs", "/lists/0/units"] {
        for unit in frozen.pointer_mut(place).and_then(|units| units.as_array_mut()).expect("units") {
            let kept = unit.as_object_mut().expect("a unit").remove("uid");
            assert!(kept.is_some(), "{place}: the identifier is in what is frozen");
        }
    }
    let old = EditionContent::from_canonical(&frozen.to_string()).expect("it reads");
    assert_eq!(old.narrative[0].paragraphs[1].uid, "");
    assert_eq!((told(&old, &now), told(&old, &old)), ((vec![], vec![]), (vec![], vec![])));
    let later = said(&[("u1", "Sở Thông tin", "một"), ("u2", "Sở Y tế", "ba")]);
    let name = "Sở Y tế".to_owned();
    let changed = (vec![(name.clone(), "hai".to_owned(), "ba".to_owned())], vec![name]);
    assert_eq!(told(&old, &later), changed);
    let renamed = said(&[("u1", "Sở Khoa học", "một"), ("u2", "Sở Y tế", "hai")]);
    assert_eq!(told(&old, &renamed).1, ["Sở Khoa học", "Sở Thông tin"], "by name it is another unit");
}
