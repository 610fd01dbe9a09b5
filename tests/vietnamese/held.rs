//! What no line parts, by hand.

use tonghop::vietnamese::held_together;

/// Words, and the same with the blanks that must not break shown as underscores.
const HELD: [(&str, &str); 10] = [
    ("trên địa bàn tỉnh Bắc Giang", "trên địa bàn tỉnh_Bắc_Giang"),
    ("UBND thị xã Việt Yên, tỉnh Bắc Giang", "UBND thị_xã_Việt_Yên, tỉnh_Bắc_Giang"),
    ("Công an thành phố Hồ Chí Minh", "Công an thành_phố_Hồ_Chí_Minh"),
    ("tỉnh Bà Rịa – Vũng Tàu về", "tỉnh_Bà_Rịa_–_Vũng_Tàu về"),
    ("6 tháng đầu năm 2025", "6_tháng đầu năm_2025"),
    ("quý III năm 2025", "quý_III năm_2025"),
    ("Ngân hàng Chính sách xã hội", "Ngân hàng Chính sách xã hội"),
    ("Báo cáo của Báo Bắc Giang", "Báo cáo của Báo_Bắc_Giang"),
    ("Báo cáo Kết quả", "Báo cáo Kết quả"),
    ("", ""),
];

#[test]
fn names_of_places_and_numbers_stay_on_one_line() {
    for (words, held) in HELD {
        assert_eq!(held_together(words).replace('\u{a0}', "_"), held);
    }
}
