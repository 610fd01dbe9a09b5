//! The order of the alphabet, against hand-sorted lists and an oracle of ranks written out by hand.

use proptest::prelude::*;
use tonghop::vietnamese::{clean_line, person_sort_key, sort_key};

fn assert_sorted(list: &[&str], key: impl Fn(&str) -> String) {
    for pair in list.windows(2) {
        assert!(key(pair[0]).as_bytes() < key(pair[1]).as_bytes(), "{} before {}", pair[0], pair[1]);
    }
}

#[test]
fn letters_in_the_order_of_the_alphabet() {
    let letters = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z";
    assert_sorted(&letters.split(' ').collect::<Vec<_>>(), sort_key);
    assert_sorted(&letters.to_uppercase().split(' ').collect::<Vec<_>>(), sort_key);
}

#[test]
fn words_in_dictionary_order() {
    let words = "ba bà bả bã bá bạ ban bàn bản bán bạn băn bắn bân bần be bê cam da dã đa đá đỗ";
    assert_sorted(&words.split(' ').collect::<Vec<_>>(), sort_key);
    // Per syllable: everything beginning with "ba" comes before anything beginning with "bà".
    assert_sorted(
        &["ba", "ba ba", "ba con", "bà", "bà con", "bá", "bá cáo", "ban", "bản", "bản sao", "bán"],
        sort_key,
    );
}

#[test]
fn place_names_in_order() {
    assert_sorted(
        &[
            "An Giang",
            "Bà Rịa",
            "Bắc Giang",
            "Bắc Ninh",
            "Châu Đức",
            "Côn Đảo",
            "Đà Nẵng",
            "Đất Đỏ",
            "Hà Nội",
            "Lạng Giang",
            "Long An",
            "Lục Nam",
            "Lục Ngạn",
            "Ông Trang",
            "Phú Mỹ",
            "Tân Yên",
            "Tây Ninh",
            "Ưng Hòa",
            "Vũng Tàu",
            "Xuyên Mộc",
            "Yên Dũng",
            "Yên Thế",
        ],
        sort_key,
    );
}

#[test]
fn case_punctuation_and_tone_placement_do_not_count() {
    for (one, other) in [
        ("Hòa", "hoà"),
        ("ĐỖ", "đỗ"),
        ("Lao động - Xã hội", "lao động, xã hội"),
        ("Vie\u{0323}\u{0302}t", "Việt"),
    ] {
        assert_eq!(sort_key(one), sort_key(other));
    }
    assert_eq!(sort_key(""), "");
    assert_eq!(sort_key("Đỗ Ân"), "d~o~ 3a~~n 0");
}

#[test]
fn people_by_given_name_then_family_name() {
    assert_sorted(
        &[
            "Nguyễn Văn An",
            "Trần An",
            "Bùi Thị Ánh",
            "Đỗ Ân",
            "Lê Bình",
            "Nguyễn Bình",
            "Vũ Đức",
            "Lê Thị Hà",
            "Lê Văn Hà",
            "Phạm Ông",
            "Trần Ưng",
        ],
        person_sort_key,
    );
    assert_eq!(person_sort_key("  An "), sort_key("An"));
}

/// Letters in order, and each vowel with its six tones in order, written out by hand.
const LETTERS: [&str; 29] = [
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "b",
    "c",
    "d",
    "đ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "g",
    "h",
    "iìỉĩíị",
    "k",
    "l",
    "m",
    "n",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "uùủũúụ",
    "ưừửữứự",
    "v",
    "x",
    "yỳỷỹýỵ",
];

/// A syllable as (ranks of its letters, tone), compared as tuples: the oracle.
type Syllable = (Vec<usize>, usize);

fn syllable() -> impl Strategy<Value = Syllable> {
    let vowels: Vec<usize> = (0..29).filter(|index| LETTERS[*index].chars().count() == 6).collect();
    (
        prop::collection::vec(0usize..29, 0..3),
        prop::sample::select(vowels),
        prop::collection::vec(0usize..29, 0..3),
        0usize..6,
    )
        .prop_map(|(before, vowel, after, tone)| {
            let mut letters = before;
            letters.push(vowel);
            letters.extend(after);
            (letters, tone)
        })
}

/// Writes a syllable with its tone on the last vowel.
fn written((letters, tone): &Syllable) -> String {
    let last_vowel = letters.iter().rposition(|letter| LETTERS[*letter].chars().count() == 6);
    letters
        .iter()
        .enumerate()
        .map(|(at, letter)| {
            let tone = if Some(at) == last_vowel { *tone } else { 0 };
            LETTERS[*letter].chars().nth(tone).expect("a letter of the table")
        })
        .collect()
}

proptest! {
    #[test]
    fn bytes_of_the_key_give_the_order(
        one in prop::collection::vec(syllable(), 0..4),
        other in prop::collection::vec(syllable(), 0..4),
    ) {
        let text = |syllables: &[Syllable]| syllables.iter().map(written).collect::<Vec<_>>().join(" ");
        let (key_one, key_other) = (sort_key(&text(&one)), sort_key(&text(&other)));
        prop_assert_eq!(key_one.as_bytes().cmp(key_other.as_bytes()), one.cmp(&other));
    }

    /// Near neighbours, where a wrong rule would show: the same letters with one letter or tone changed.
    #[test]
    fn a_small_change_is_ordered_too(syllable in syllable(), rank in 0usize..29, tone in 0usize..6, more: bool) {
        let (mut letters, _) = syllable.clone();
        if more { letters.push(rank) } else { letters[0] = rank }
        if !letters.iter().any(|letter| LETTERS[*letter].chars().count() == 6) {
            return Ok(());
        }
        let changed = (letters, tone);
        let order = sort_key(&written(&syllable)).as_bytes().cmp(sort_key(&written(&changed)).as_bytes());
        prop_assert_eq!(order, syllable.cmp(&changed));
    }

    /// Any text has a key of one line, and spelling that `clean_line` folds away does not change it.
    #[test]
    fn arbitrary_text_has_a_key(text in any::<String>()) {
        let key = sort_key(&text);
        prop_assert_eq!(&sort_key(&clean_line(&text)), &key);
        prop_assert!(!key.chars().any(char::is_control));
        prop_assert_eq!(person_sort_key(&text).len(), key.len());
    }
}
