//! A figure was mended and the text was not.

use std::collections::{BTreeSet, HashMap};

use tonghop::calendar::Cycle;
use tonghop::db::ids::IndicatorId;
use tonghop::reports::check::{Dates, check};
use tonghop::reports::finding::Finding;
use tonghop::reports::form::parse;
use tonghop::reports::{Content, Outline, Past};

use super::forms::{self, fields};

/// What is said of a correction whose first figure was `old`.
fn said(typed: &[(&str, &str)], old: i64) -> Vec<Finding> {
    said_after(typed, &[old])
}

/// What is said of a correction whose first figure was `sent` in the sendings before, the newest first.
fn said_after(typed: &[(&str, &str)], sent: &[i64]) -> Vec<Finding> {
    let outline = Outline { tasks: vec![], ..forms::outline() };
    let past = Past { sent: HashMap::from([(IndicatorId(1), sent.to_vec())]), ..Past::default() };
    let dates =
        Dates { cycle: Some(Cycle::FirstHalf), window: None, today: "2025-06-20".parse().expect("a day") };
    let content = parse(&fields(typed), &outline, Content::default());
    let found = check(&content, &outline, &past, dates, &BTreeSet::new());
    found.warnings.into_iter().filter(|warning| warning.key.starts_with("stale:")).collect()
}

/// A text, the figure before and now, and whether the text still has the one before.
#[test]
fn the_number_of_before_is_found_as_people_write_it() {
    for (text, old, new, stale) in [
        ("Đã có 194.583 lượt tiếp cận.", 194_583, "196020", true),
        ("Đã có 194 583 lượt tiếp cận", 194_583, "196020", true),
        ("Đã có 194\u{a0}583 lượt tiếp cận", 194_583, "196020", true),
        ("Tổng số 194583.", 194_583, "196020", true),
        ("Năm 2025 có 194583 lượt, tăng.", 194_583, "196020", true),
        ("Từ 194.583 lên 196.020 lượt.", 194_583, "196020", false),
        ("Từ 194.583 lên 196 020 lượt.", 194_583, "196020", false),
        ("Đã có 196.020 lượt tiếp cận.", 194_583, "196020", false),
        ("Đã có 194.583 lượt tiếp cận.", 194_583, "194583", false),
        ("Có 1.194.583 lượt và 194.583.000 đồng; 5 194 583 lượt.", 194_583, "196020", false),
        ("Có 119 buổi.", 119, "120", true),
        ("Kế hoạch 119/KH-UBND, 119.000 người, 119,5 triệu, 119 000 tờ, 4119.", 119, "120", false),
        ("Ngày 01/119 và 12 119 tờ.", 119, "120", false),
        ("Trong năm 2025 đã làm.", 2025, "2100", false),
        ("Đã đăng 2025 tin.", 2025, "2100", true),
        ("Có 12 buổi.", 12, "13", false),
    ] {
        let found = said(&[("section.II.1", text), ("figure.B04", new)], old);
        assert_eq!(found.len(), usize::from(stale), "{text}: {found:?}");
    }
}

#[test]
fn the_place_both_numbers_and_the_figure_are_named() {
    let typed =
        [("section.I", "Không có số."), ("section.II.1", "Có 194.583 lượt."), ("figure.B04", "196020")];
    let found = said(&typed, 194_583);
    assert_eq!(
        found[0].text(),
        "Mục II.1 còn ghi 194.583; số liệu “Chỉ tiêu B04” đã sửa thành 196.020. Sửa lời văn hoặc số liệu."
    );
    assert_eq!((found.len(), found[0].field.as_str(), found[0].explained), (1, "section.II.1", false));
    let noted: Vec<(&str, &str)> = typed.into_iter().chain([("note.B04", "đếm lại")]).collect();
    assert!(said(&noted, 194_583)[0].explained, "a note beside the figure says why");
    // Another figure of the report is that number now.
    let other: Vec<(&str, &str)> = typed.into_iter().chain([("figure.D03", "194583")]).collect();
    assert_eq!(said(&other, 194_583), vec![]);
    // What was taken out is no other number.
    assert_eq!(said(&typed[..2], 194_583), vec![]);
}

/// A number of one or two digits is meant where what the figure counts ("tin, bài") stands behind it, whatever stands before it.
#[test]
fn a_small_number_is_found_beside_what_it_counts() {
    for (text, old, new, stale) in [
        ("Đã đăng 41 tin, bài trên mạng xã hội.", 41, "43", true),
        ("Đăng ước 4 tin, bài.", 4, "6", true),
        ("Đăng gần 04\u{a0}tin, bài.", 4, "6", true),
        ("Đăng 41 (bốn mươi mốt) Tin, bài.", 41, "43", true),
        ("Tăng từ 41 tin, bài lên 43 tin, bài.", 41, "43", false),
        ("Đã đăng 41 tin, bài cho 43 người.", 41, "43", true),
        ("Tổ chức 41 buổi, đăng nhiều tin, bài.", 41, "43", false),
        ("Đăng 141 tin, bài, 4.041 tin, bài, ngày 01/41 tin, bài.", 41, "43", false),
        ("Đăng 41 tin, bàibản.", 41, "43", false),
    ] {
        let found = said(&[("section.II.1", text), ("figure.B04", new)], old);
        assert_eq!(found.len(), usize::from(stale), "{text}: {found:?}");
    }
    // Another figure that counts the same is that number now.
    let typed = [("section.II.1", "Đăng 41 tin, bài."), ("figure.B04", "43"), ("figure.D03", "41")];
    assert_eq!(said(&typed, 41), vec![]);
}

/// The figure was mended by the sending before this one, and the text by none of them.
#[test]
fn a_number_mended_by_an_earlier_correction_is_found_too() {
    let typed = [("section.II.1", "Ước 4 tin, bài."), ("figure.B04", "6")];
    let found = said_after(&typed, &[6, 4]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].text().starts_with("Mục II.1 còn ghi 4; số liệu “Chỉ tiêu B04” đã sửa thành 6."));
    assert_eq!(said_after(&typed, &[5, 4, 4]).len(), 1, "asked about once");
    assert_eq!(said_after(&[("section.II.1", "6 tin, bài."), ("figure.B04", "6")], &[6, 4]), vec![]);
}
