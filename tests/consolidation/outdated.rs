//! A proposed paragraph beside totals that changed since: what it quotes as it was is named, what was put right is not.

use tonghop::consolidation::composed::composed;
use tonghop::consolidation::content::{BlockSource, EditionContent, NarrativeBlock, NarrativeSection};
use tonghop::consolidation::outdated::{is_outdated, outdated};

use crate::workbooks::sample;

/// The sample with one section of this block; B15 is 812.345 in it.
fn with(block: NarrativeBlock) -> EditionContent {
    let section = NarrativeSection {
        code: "II.1".into(),
        heading: "Kết quả tuyên truyền trên không gian mạng".into(),
        blocks: vec![block],
        ..NarrativeSection::default()
    };
    EditionContent { narrative: vec![section], ..sample::edition() }
}

/// The sample's proposed paragraph, taken as it is.
fn taken() -> NarrativeBlock {
    let offered = composed(&with(NarrativeBlock::default())).remove(0).offered().remove(0);
    assert!(offered.text.contains("812.345"), "{}", offered.text);
    assert!(
        offered.quoted.iter().any(|one| one.indicator == "B15" && one.value == 812_345),
        "{:?}",
        offered.quoted
    );
    NarrativeBlock { text: offered.text, figures: offered.quoted, ..NarrativeBlock::default() }
}

/// One more unit reports, and the total grows.
fn later(block: NarrativeBlock) -> EditionContent {
    let mut content = with(block);
    let mut figures = content.units.iter_mut().flat_map(|unit| &mut unit.figures);
    let figure = figures.find(|figure| figure.indicator == "B15" && figure.now.value.is_some()).expect("B15");
    figure.now.value = figure.now.value.map(|value| value + 100);
    sample::total_up(&mut content);
    content
}

#[test]
fn a_total_that_changed_is_named_until_the_text_says_the_new_one() {
    assert!(outdated(&with(taken())).is_empty(), "nothing changed");
    let found = later(taken());
    let told = outdated(&found);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "II.1");
    assert!(
        told[0].2.iter().any(|words| words == "B15: đoạn soạn sẵn ghi 812.345, nay 812.445"),
        "{:?}",
        told[0].2
    );
    let mended = NarrativeBlock { text: taken().text.replace("812.345", "812.445"), ..taken() };
    let told = later(mended);
    assert!(outdated(&told).iter().all(|(.., words)| words.iter().all(|one| !one.starts_with("B15"))));
    let own = NarrativeBlock { figures: vec![], ..taken() };
    assert!(outdated(&later(own)).is_empty(), "nobody knows where a sentence of one's own is from");
}

#[test]
fn a_paragraph_whose_unit_wrote_anew_is_named_beside_it() {
    let source = BlockSource { unit: "Sở Tư pháp".into(), newer: Some(3), ..BlockSource::default() };
    let block =
        NarrativeBlock {
            text: "Tổ chức 3 hội nghị.".into(), sources: vec![source], ..Default::default()
        };
    let content = with(block.clone());
    assert!(is_outdated(&content, &block));
    assert_eq!(outdated(&content)[0].2, ["Sở Tư pháp: lần gửi 3 viết khác đoạn đã lấy"]);
}
