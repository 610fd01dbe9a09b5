//! Search keys: pairs that must meet, pairs that must not.

use proptest::prelude::*;
use tonghop::vietnamese::{matches, search_key, search_words};

#[test]
fn spellings_of_one_word_share_a_key() {
    let table = [
        ("tái hòa nhập", "tái hoà nhập", "tai hoa nhap"),
        ("Thủy", "Thuỷ", "thuy"),
        ("Ủy ban", "Uỷ ban", "uy ban"),
        ("kỹ thuật", "kĩ thuật", "ki thuat"),
        ("tỷ lệ", "tỉ lệ", "ti le"),
        ("quý I", "quí I", "qui i"),
        ("Mỹ Lý", "Mĩ Lí", "mi li"),
        ("Đặng Ðức", "dang duc", "dang duc"),
        ("NGUYỄN  VĂN\u{00A0}Ỷ", "nguyễn văn ỷ", "nguyen van i"),
        ("Lao động - Thương binh, Xã hội", "lao động thương binh xã hội", "lao dong thuong binh xa hoi"),
    ];
    for (one, other, key) in table {
        assert_eq!(search_key(one), key);
        assert_eq!(search_key(other), key);
    }
}

#[test]
fn different_words_keep_different_keys() {
    for (one, other) in [("tay", "tai"), ("thuy", "thui"), ("hay", "hai"), ("Bảy", "Bải"), ("tuy", "tui")]
    {
        assert_ne!(search_key(one), search_key(other));
    }
}

#[test]
fn abbreviations_meet_their_full_names() {
    let table = [
        ("ubnd luc ngan", "Ủy ban nhân dân huyện Lục Ngạn"),
        ("uy ban nhan dan luc ngan", "UBND huyện Lục Ngạn"),
        ("Ủy ban nhân dân", "UBND"),
        ("hđnd", "Hội đồng nhân dân tỉnh"),
        ("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("mặt trận tổ quốc", "UBMTTQ tỉnh"),
        ("nhcsxh", "Ngân hàng Chính sách xã hội tỉnh Bắc Giang"),
        ("sở tt&tt", "Sở Thông tin và Truyền thông"),
        ("so tttt", "Sở Thông tin và Truyền thông"),
        ("thông tin và truyền thông", "Sở TT&TT"),
        ("thông tin, truyền thông", "Sở TT&TT"),
        ("LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("LĐTBXH", "Sở Lao động – Thương binh và Xã hội"),
        ("KH&CN", "Sở Khoa học và Công nghệ"),
        ("khoa học công nghệ", "Sở KH&CN"),
        ("GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("sở vhtt", "Sở Văn hóa và Thể thao"),
        ("phòng vhtt", "Phòng Văn hóa và Thông tin"),
        ("ptth", "Báo và phát thanh, truyền hình Bắc Giang"),
        ("phát thanh và truyền hình", "Đài PT-TH tỉnh"),
        ("cổng ttđt", "Cổng thông tin điện tử tỉnh"),
        ("thncđ", "tái hòa nhập cộng đồng"),
        ("pbgdpl", "phổ biến, giáo dục pháp luật"),
        ("tp vũng tàu", "Thành phố Vũng Tàu"),
    ];
    for (needle, haystack) in table {
        assert!(matches(needle, &search_key(haystack)), "{needle} in {haystack}");
    }
}

#[test]
fn every_word_of_the_needle_must_begin_a_word() {
    let key = search_key("Ủy ban nhân dân huyện Lục Ngạn");
    for needle in ["", "  ", "luc ng", "ngạn lục", "LỤC", "huy"] {
        assert!(matches(needle, &key), "{needle}");
    }
    for needle in ["luc nam", "gan", "ục", "lucngan", "huyen luc ngan 2"] {
        assert!(!matches(needle, &key), "{needle}");
    }
    assert!(!matches("x", ""));
}

#[test]
fn document_symbols_are_words() {
    assert_eq!(search_key("Kế hoạch số 563/KH-BCA-C11"), "ke hoach so 563 kh bca c11");
    assert_eq!(search_words("13/KH-UBND"), ["13", "kh", "uy", "ban", "nhan", "dan"]);
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(text in "\\PC{0,30}|([A-ZĐđ&]{1,5}[ -]?){0,6}|[a-zđăâêôơư&. -]{0,30}") {
        let key = search_key(&text);
        prop_assert_eq!(&search_key(&key), &key);
        prop_assert!(key.chars().all(|c| c == ' ' || c.is_alphanumeric()));
        prop_assert!(!key.starts_with(' ') && !key.ends_with(' ') && !key.contains("  "));
    }

    /// Accents change no key, so text without them has the key of the same text with them.
    #[test]
    fn a_text_without_accents_has_the_same_key(text in "[a-zA-Z0-9 .&/-]{0,30}") {
        let accented = text.replace('a', "ạ").replace('e', "ế").replace('d', "đ").replace('U', "Ữ");
        prop_assert_eq!(search_key(&text), search_key(&accented));
    }

    /// What is found by its own text is found whatever the case and the order of its words.
    #[test]
    fn a_text_finds_itself(words in prop::collection::vec("[a-zđA-ZĐáàảãạêôơư]{1,7}", 1..6)) {
        let text = words.join(" ");
        let key = search_key(&text);
        prop_assert!(matches(&text, &key));
        prop_assert!(matches(&text.to_uppercase(), &key));
        prop_assert!(matches(&key, &key));
    }

    #[test]
    fn arbitrary_text_is_answered(needle in any::<String>(), haystack in any::<String>()) {
        let key = search_key(&haystack);
        let naive = search_words(&needle).iter().all(|word| format!(" {key}").contains(&format!(" {word}")));
        prop_assert_eq!(matches(&needle, &key), naive);
    }
}
