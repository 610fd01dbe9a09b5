//! The same documents as they arrive: wrapped, torn by pages, in other code points, with slips, in another order, from
//! another province. What a person reads in them does not change.

use unicode_normalization::UnicodeNormalization;

use super::expected::{DOCUMENTS, Leave, faults};

const ALL: Leave = Leave { heading: false, accents: false, order: false };

fn check(leave: Leave, mangle: impl Fn(&str) -> String) {
    let all: Vec<String> = DOCUMENTS
        .iter()
        .flat_map(|(name, text, expected)| faults(name, &mangle(text), expected, leave))
        .collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Lines of at most so many characters, paragraphs kept apart.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut length = 0;
        for (index, word) in line.split(' ').enumerate() {
            let more = word.chars().count();
            if index > 0 && length + 1 + more > width {
                out.push('\n');
                length = 0;
            } else if index > 0 {
                out.push(' ');
                length += 1;
            }
            out.push_str(word);
            length += more;
        }
        out.push('\n');
    }
    out
}

#[test]
fn wrapped_at_any_usual_width() {
    for width in [72, 80, 96] {
        check(ALL, |text| wrapped(text, width));
    }
}

#[test]
fn a_blank_line_after_every_line() {
    check(ALL, |text| {
        wrapped(text, 80).lines().filter(|line| !line.is_empty()).map(|line| format!("{line} \n\n")).collect()
    });
}

#[test]
fn page_numbers_and_page_breaks_in_mid_sentence() {
    check(ALL, |text| {
        let mut out = String::new();
        for (index, line) in wrapped(text, 80).lines().enumerate() {
            out.push_str(line);
            out.push('\n');
            // Not inside the heading block, which is on the first page.
            if index > 20 && index % 7 == 0 {
                out.push_str(&format!("\n                    {}\n\n\u{000C}", index / 7));
            }
        }
        out
    });
}

#[test]
fn other_code_points_for_the_same_letters() {
    check(ALL, |text| text.nfd().collect());
    check(ALL, |text| text.replace('Đ', "\u{00D0}").replace('đ', "\u{00F0}"));
    check(ALL, |text| text.replace(' ', "\u{00A0}"));
    check(ALL, |text| text.replace('\n', "\r\n"));
    check(ALL, |text| text.replace(" - ", " – ").replace("\n- ", "\n– ").replace(" – ", " - "));
}

#[test]
fn emphasis_left_by_a_paste() {
    check(ALL, |text| {
        text.replace("TM. ỦY BAN NHÂN DÂN", "**TM. ỦY BAN NHÂN DÂN")
            .replace("PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH**")
            .replace("III. ", "**III. ")
    });
}

#[test]
fn a_heading_block_that_is_gone() {
    check(Leave { heading: true, ..ALL }, |text| {
        let from = text.find("Kính gửi").or_else(|| text.find("KẾ HOẠCH")).or_else(|| text.find("BÁO CÁO"));
        text[from.expect("a title")..].to_owned()
    });
}

#[test]
fn a_heading_of_two_columns_flattened() {
    check(ALL, |text| {
        text.replace("ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH BẮC GIANG            Độc lập - Tự do - Hạnh phúc")
            .replace("Số:       /KH-UBND\nBắc Giang", "Số:       /KH-UBND            Bắc Giang")
            .replace("Số: 2417/UBND-NCTCD\nV/v truyền thông về người mãn hạn tù\ntrên mạng xã hội\nLong An, ngày",
                "Số: 2417/UBND-NCTCD             Long An, ngày")
            .replace("tháng 3 năm 2025\n\nKính", "tháng 3 năm 2025\nV/v truyền thông về người mãn hạn tù\ntrên mạng xã hội\n\nKính")
            .replace("Số: 61/BC-STTTT\nBắc", "Số: 61/BC-STTTT Bắc")
            .replace("BỘ CÔNG AN\nCÔNG AN TỈNH BÀ RỊA - VŨNG TÀU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc",
                "BỘ CÔNG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCÔNG AN TỈNH BÀ RỊA - VŨNG TÀU Độc")
    });
}

#[test]
fn slips_of_a_scanner() {
    check(Leave { accents: true, ..ALL }, |text| {
        text.replace("15/11", "l5/11")
            .replace("20/02/2025", "2O/O2/2025")
            .replace("05/6", "O5/6")
            .replace("Phối hợp", "Phôi hợp")
            .replace("phối hợp", "phối họp")
            .replace("trước ngày", "truớc ngày")
            .replace("Hằng năm", "Hăng năm")
            .replace("Nơi nhận", "Nơi nhân")
            .replace("PHÂN CÔNG", "PHẤN CÔNG")
    });
}

/// The third section before the second.
#[test]
fn sections_in_another_order() {
    check(Leave { order: true, ..ALL }, |text| {
        let places = (text.find("\nII. "), text.find("\nIII. "), text.find("\nIV. "));
        match places {
            (Some(second), Some(third), Some(fourth)) => {
                format!(
                    "{}{}{}{}",
                    &text[..second],
                    &text[third..fourth],
                    &text[second..third],
                    &text[fourth..]
                )
            }
            _ => text.to_owned(),
        }
    });
}

#[test]
fn units_of_other_provinces() {
    let changes = [
        ("Bắc Giang", "Lào Cai"),
        ("BẮC GIANG", "LÀO CAI"),
        ("Long An", "Đắk Lắk"),
        ("LONG AN", "ĐẮK LẮK"),
        ("các huyện, thị xã, thành phố", "các xã, phường, đặc khu"),
        ("Sở Thông tin và Truyền thông", "Sở Dân tộc và Tôn giáo"),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "SỞ DÂN TỘC VÀ TÔN GIÁO"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Nông nghiệp và Môi trường"),
        ("Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Liên đoàn Lao động tỉnh", "Bảo hiểm xã hội tỉnh"),
        ("Công an tỉnh", "Công an thành phố"),
        ("CÔNG AN TỈNH", "CÔNG AN THÀNH PHỐ"),
        ("Cơ quan phối hợp: Liên đoàn…", "Cơ quan phối hợp: Bảo hiểm…"),
        ("Báo Lào Cai, Đài Phát thanh và Truyền hình tỉnh", "Báo và phát thanh, truyền hình Lào Cai"),
    ];
    let changed =
        |text: &str| changes.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    let mut all = Vec::new();
    for (name, text, expected) in DOCUMENTS {
        let expected = changed(expected).replace(
            "\"Báo Lào Cai\", \"Đài Phát thanh và Truyền hình tỉnh\"",
            "\"Báo và phát thanh, truyền hình Lào Cai\"",
        );
        let expected = expected.replace("Báo Lào Cai, Đài Phát thanh…", "Báo và phát thanh…");
        all.extend(faults(name, &changed(text), &expected, ALL));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
