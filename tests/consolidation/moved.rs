//! Where words of one revision stand in the next: by hand, and over made-up texts where the answer is known.

use proptest::prelude::*;
use tonghop::consolidation::narrative::{Moved, moved, paragraphs, slice};

/// The characters of the first place where `words` stand.
fn range(text: &str, words: &str) -> (u32, u32) {
    let byte = text.find(words).expect("the words");
    let from = text[..byte].chars().count() as u32;
    (from, from + words.chars().count() as u32)
}

fn followed(old: &str, words: &str, new: &str) -> (bool, String) {
    let (from, to) = range(old, words);
    match moved(old, from, to, new) {
        Moved::Same { from, to } => (true, slice(new, from, to).to_owned()),
        Moved::Changed { from, to } => (false, slice(new, from, to).to_owned()),
        Moved::Gone => (false, String::new()),
    }
}

const OLD: &str =
    "Đã ban hành 02 văn bản.\nTổ chức 03 hội nghị, 120 người dự.\nPhát 500 tờ rơi tại các xã, phường.";

#[test]
fn by_hand() {
    let first = "Đã ban hành 02 văn bản.";
    let second = "Tổ chức 03 hội nghị, 120 người dự.";
    let third = "Phát 500 tờ rơi tại các xã, phường.";
    let yes = |words: &str| (true, words.to_owned());
    let no = |words: &str| (false, words.to_owned());
    for (words, new, expected) in [
        // Nothing about it changed; something before it did.
        (second, OLD.to_owned(), yes(second)),
        (third, OLD.replace("02 văn bản", "05 văn bản, 01 kế hoạch"), yes(third)),
        (second, format!("Mở đầu.\n{OLD}"), yes(second)),
        // A figure in it changed; it grew at its end and at its beginning; its neighbour grew.
        (second, OLD.replace("120", "135"), no("Tổ chức 03 hội nghị, 135 người dự.")),
        (second, OLD.replace("dự.", "dự. Có 02 báo đưa tin."), no(&format!("{second} Có 02 báo đưa tin."))),
        (
            second,
            OLD.replace("Tổ chức", "Trong kỳ, đã tổ chức"),
            no("Trong kỳ, đã tổ chức 03 hội nghị, 120 người dự."),
        ),
        (second, OLD.replace("văn bản.", "văn bản. Thêm nữa."), yes(second)),
        // It is gone; it stands elsewhere; everything is gone.
        (second, format!("{first}\n{third}"), no("")),
        (first, format!("{second}\n{third}\n{first}"), yes(first)),
        (third, String::new(), no("")),
        // Words inside a paragraph: only they count.
        ("03 hội nghị", OLD.replace("120", "135"), yes("03 hội nghị")),
        ("03 hội nghị", OLD.replace("03 hội", "04 hội"), no("04 hội nghị")),
    ] {
        assert_eq!(followed(OLD, words, &new), expected, "{words} in {new:?}");
    }
}

#[test]
fn paragraphs_stand_where_they_are_said_to() {
    let text = "  Một hai.  \n\n\n   Ba\nBốn năm ";
    let found: Vec<(String, String)> = paragraphs(text)
        .iter()
        .map(|one| (one.text.to_owned(), slice(text, one.from, one.to).to_owned()))
        .collect();
    let both = |words: &str| (words.to_owned(), words.to_owned());
    assert_eq!(found, [both("Một hai."), both("Ba"), both("Bốn năm")]);
    assert!(paragraphs(" \n ").is_empty());
    assert_eq!((slice("đất", 1, 9), slice("đất", 2, 1), slice("đất", 9, 12)), ("ất", "", ""));
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zđơưấ]{1,6}", 1..7).prop_map(|words| words.join(" "))
}

proptest! {
    /// Whatever is put in, taken out or changed around a paragraph that stays, it is found and says the same.
    #[test]
    fn a_paragraph_that_stays_is_found(
        before in prop::collection::vec(line(), 0..5), stays in line(), after in prop::collection::vec(line(), 0..5),
        now_before in prop::collection::vec(line(), 0..5), now_after in prop::collection::vec(line(), 0..5),
    ) {
        let text = |a: &[String], b: &[String]| {
            a.iter().chain([&stays]).chain(b).cloned().collect::<Vec<_>>().join("\n")
        };
        let (old, new) = (text(&before, &after), text(&now_before, &now_after));
        let place = paragraphs(&old)[before.len()];
        match moved(&old, place.from, place.to, &new) {
            Moved::Same { from, to } => prop_assert_eq!(slice(&new, from, to), stays),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    /// Words that no line of the new text has are never said to stay the same.
    #[test]
    fn a_paragraph_that_is_gone_is_not_the_same(
        before in prop::collection::vec(line(), 0..4), after in prop::collection::vec(line(), 0..4),
    ) {
        let gone = "XIN CHÀO";
        let old = before.iter().map(String::as_str).chain([gone]).chain(after.iter().map(String::as_str));
        let old = old.collect::<Vec<_>>().join("\n");
        let new = before.iter().chain(&after).cloned().collect::<Vec<_>>().join("\n");
        let place = paragraphs(&old)[before.len()];
        let stays = matches!(moved(&old, place.from, place.to, &new), Moved::Same { .. });
        prop_assert!(!stays);
    }
}
