//! What a sum of money was: given or spent, by the verb beside it. "Bố trí 150 triệu đồng, đã sử dụng 85.500.000 đồng" is two
//! figures of a form; the nearest verb before a sum decides, else one right behind it.

use super::prose::Figure;
use crate::plan_reader::words::Words;

/// What was done with money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Given,
    Spent,
}

const GIVEN: &[&str] = &[
    "bố trí",
    "bo tri",
    "duoc cap",
    "đã cấp",
    "cấp",
    "dự toán",
    "du toan",
    "phan bo",
    "duoc giao",
    "phe duyet",
    "can doi",
];
const SPENT: &[&str] = &[
    "su dung",
    "đã chi",
    "thuc chi",
    "đã thực chi",
    "chi het",
    "chi cho",
    "giai ngan",
    "quyet toan",
    "thanh toan",
    "tổng chi",
    "da chi",
    "chi",
];

/// Words behind a sum that are looked at.
const BEHIND: usize = 4;

/// Of a sum in its sentence, where what belongs to it begins at this byte.
pub(super) fn of(figure: &Figure, from: usize) -> Option<Use> {
    let before = figure.sentence.get(from..figure.from)?;
    let words = Words::of(before);
    let nearest = (0..words.len()).rev().find_map(|at| verb(&words, at));
    nearest.or_else(|| {
        let words = Words::of(figure.sentence.get(figure.to..)?);
        let near = words.list.iter().take(BEHIND).position(|word| word.mark.is_some()).unwrap_or(BEHIND);
        (0..near.min(words.len())).find_map(|at| verb(&words, at))
    })
}

/// Of a figure of the form, by its name.
pub(super) fn of_name(name: &str) -> Option<Use> {
    let words = Words::of(name);
    (0..words.len()).find_map(|at| verb(&words, at))
}

fn verb(words: &Words<'_>, at: usize) -> Option<Use> {
    // "Chi nhánh", "chi hội", "cấp huyện", "chi tiết": other words.
    let other = words
        .any(
            at,
            &[
                "chi nhanh",
                "chi hoi",
                "chi doan",
                "chi bo",
                "chi tiet",
                "chi cuc",
                "chi dao",
                "chi tieu",
                "cấp huyện",
                "cấp xã",
                "cấp tỉnh",
                "chí",
                "chỉ",
            ],
        )
        .is_some();
    if other || words.is_capital(at) && words.any(at, &["chi", "cấp"]).is_some() && at > 0 {
        return None;
    }
    if words.any(at, GIVEN).is_some() {
        return Some(Use::Given);
    }
    // One word without an accent is compared with its own letters.
    let spent = words.any(at, SPENT).is_some_and(|end| end > at + 1 || words.list[at].lower == "chi");
    spent.then_some(Use::Spent)
}
