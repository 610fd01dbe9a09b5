//! Numbers in words: there and back for every number, and a table written by hand.

use proptest::prelude::*;
use tonghop::prose_reader::{number_of_words, words_of_number};

#[test]
fn as_people_write_them() {
    for (words, number) in [
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("ba mươi tư", 34),
        ("chín mươi nhăm", 95),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("hai trăm", 200),
        ("ba nghìn hai trăm", 3_200),
        ("hai tỷ ba trăm năm mươi triệu", 2_350_000_000),
        ("bốn ngàn không trăm linh một", 4_001),
    ] {
        let list: Vec<&str> = words.split(' ').collect();
        assert_eq!(number_of_words(&list), Some((number, list.len())), "{words}");
    }
    assert_eq!(number_of_words(&["hai", "mươi", "năm"]), Some((20, 2)), "twenty years");
    // A year, a father, an article, nothing.
    for words in ["năm", "ba", "một", "một số đơn vị", "không", "triệu", ""] {
        let list: Vec<&str> = words.split(' ').collect();
        assert_eq!(number_of_words(&list), None, "{words}");
    }
}

proptest! {
    #[test]
    fn there_and_back(number in prop_oneof![10_i64..2_000, 10_i64..1_000_000, 10_i64..1_000_000_000_000]) {
        let words = words_of_number(number);
        let list: Vec<&str> = words.split(' ').collect();
        // What follows is no part of it.
        let longer: Vec<&str> = list.iter().copied().chain(["buổi", "hai"]).collect();
        prop_assert_eq!(number_of_words(&list), Some((number, list.len())), "{}", words);
        prop_assert_eq!(number_of_words(&longer), Some((number, list.len())), "{}", words);
    }
}
