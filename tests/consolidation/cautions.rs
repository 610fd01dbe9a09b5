//! Figures that rarely are right: fallen in a unit that took in others, more spent than allotted.

use tonghop::consolidation::cautions::cautions;
use tonghop::consolidation::content::EditionContent;
use tonghop::indicators::falls_far;
use tonghop::indicators::{CrossCheck, cross_checks};

use crate::workbooks::sample;

fn told(content: &EditionContent) -> Vec<(String, String)> {
    cautions(content).into_iter().map(|one| (one.code, one.words)).collect()
}

/// Of the sample: Công an tỉnh has 1.240 against 1.000, and would have to fall under 750; Lục Nam has 0 against 12.
#[test]
fn a_large_fall_is_told_only_of_a_unit_that_took_in_others() {
    let mut content = sample::edition();
    assert_eq!(told(&content), []);
    let at = content.units.iter().position(|unit| unit.code == "CAT").expect("the police");
    content.units[at].took_in = vec!["UBND huyện Yên Dũng".to_owned()];
    assert_eq!(told(&content), [], "it rose");
    for (now, falls) in [(751, false), (750, false), (749, true), (0, true)] {
        assert_eq!(falls_far(now, 1_000), falls, "{now}");
    }
    let figure =
        content.units[at].figures.iter_mut().find(|figure| figure.indicator == "B04").expect("a figure");
    figure.now.value = Some(640);
    let expected = "Công an tỉnh: 640 tin, bài, cùng kỳ 1.000 tin, bài (giảm 36,00%). Số giảm có thể vì đơn vị đã sáp nhập \
                    UBND huyện Yên Dũng mà chưa tính đủ, kiểm tra lại.";
    assert_eq!(told(&content), [("B04".to_owned(), expected.to_owned())]);
    let figure =
        content.units[at].figures.iter_mut().find(|figure| figure.indicator == "B04").expect("a figure");
    figure.counts = false;
    assert_eq!(told(&content), [], "it is no part of the total");
    assert!(!falls_far(0, 0) && !falls_far(-5, -1) && falls_far(i64::MIN, i64::MAX));
}

#[test]
fn spent_above_allotted_is_told_with_both_figures() {
    let pairs: Vec<CrossCheck> = cross_checks().collect();
    assert_eq!(pairs, [CrossCheck { part: "A11", whole: "A10" }]);
    let mut content = sample::edition();
    let group = content.groups.iter_mut().find(|group| group.code == "A").expect("group A");
    let mut allotted = group.indicators.iter().find(|line| line.code == "A11").expect("A11").clone();
    (allotted.code, allotted.name) = ("A10".to_owned(), "Kinh phí được bố trí".to_owned());
    allotted.total.value = Some(1_300_000_000);
    group.indicators.insert(0, allotted);
    // 1.250,5 and 85 million, 12,345678 million, 0: together 1.347,845678 million.
    let unit = content.units.iter_mut().find(|unit| unit.code == "KHCN").expect("a department");
    let mut own = unit.figures.iter().find(|figure| figure.indicator == "A11").expect("A11").clone();
    own.indicator = "A10".into();
    own.now.value = Some(85_000_000);
    unit.figures.push(own);
    let whole = "Tổng số: 1.347,845678 triệu đồng, lớn hơn 1.300 triệu đồng của A10 Kinh phí được bố trí. Kiểm tra lại.";
    assert_eq!(
        told(&content),
        [("A11".to_owned(), whole.to_owned())],
        "as much as allotted is no more than it"
    );
    let unit = content.units.iter_mut().find(|unit| unit.code == "KHCN").expect("a department");
    unit.figures.last_mut().expect("A10").now.value = Some(84_500_000);
    let second = "Sở Khoa học và Công nghệ: 85 triệu đồng, lớn hơn 84,5 triệu đồng của A10 Kinh phí được bố trí. Kiểm tra lại.";
    assert_eq!(told(&content)[1].1, second);
}
