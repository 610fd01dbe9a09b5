//! Headings, scales and lines that are no body's, against tables made by hand.

use tonghop::legacy_tables::headings::{Known, has_code, propose};
use tonghop::legacy_tables::scale::{of_line, said};
use tonghop::legacy_tables::settle::position;
use tonghop::legacy_tables::total_lines::{Other, of_name};

fn known() -> Vec<Known> {
    [
        ("D01", "Buổi tuyên truyền trực tiếp"),
        ("D02", "Lượt người dự tuyên truyền trực tiếp"),
        ("B04", "Tin, bài đăng trên cổng/trang thông tin điện tử"),
        ("B05", "Tin, bài đăng hoặc chia sẻ trên mạng xã hội"),
        ("C08", "Tờ rơi, tờ gấp, sổ tay phát hành"),
        ("E01", "Người chấp hành xong án phạt tù chưa xóa án tích đang cư trú (cuối kỳ)"),
    ]
    .into_iter()
    .map(|(code, name)| Known { code: code.into(), name: name.into() })
    .collect()
}

#[test]
fn headings_are_the_indicators_the_table_says() {
    for (heading, code) in [
        ("Số buổi tuyên truyền trực tiếp", "D01"),
        ("BUỔI TUYÊN TRUYỀN TRỰC TIẾP (buổi)", "D01"),
        ("Lượt người dự (mã D02)", "D02"),
        ("D02", "D02"),
        ("Tin, bài trên mạng xã hội", "B05"),
        ("Tin bài trên Cổng thông tin điện tử", "B04"),
        ("Tờ rơi, tờ gấp (ĐVT: nghìn tờ)", "C08"),
        ("Người chấp hành xong án phạt tù đang cư trú", "E01"),
        ("Tin, bài", ""),
        ("Ghi chú", ""),
        ("STT", ""),
        ("Đơn vị", ""),
    ] {
        let found = propose(&[(3, heading.into())], &known());
        assert_eq!(found.get(&3).map_or("", String::as_str), code, "{heading}");
    }
}

#[test]
fn an_indicator_is_proposed_once_for_the_heading_that_is_surest() {
    let headings = [(1, "Buổi tuyên truyền".to_owned()), (2, "Chỉ tiêu D01".to_owned())];
    let found = propose(&headings, &known());
    assert_eq!(found.get(&2).map(String::as_str), Some("D01"));
    assert_eq!(found.get(&1), None);
}

#[test]
fn a_code_stands_by_itself() {
    for (heading, has) in [
        ("D02", true),
        ("(D02)", true),
        ("d02.", true),
        ("D021", false),
        ("AD02", false),
        ("D02.1", false),
        ("DP.D02", false),
    ] {
        assert_eq!(has_code(heading, "D02"), has, "{heading}");
    }
}

#[test]
fn scales_are_told_from_headings() {
    for (heading, words) in [
        ("Lượt xem (nghìn lượt)", "nghìn"),
        ("Lượt xem (ĐVT: ngàn lượt)", "nghìn"),
        ("Kinh phí (triệu đồng)", "triệu đồng"),
        ("Kinh phí (tỷ đồng)", "tỷ đồng"),
        ("Kinh phí (đồng)", "đồng"),
        ("Đơn vị tính: triệu", "triệu"),
        ("Tin, bài (tin)", ""),
        ("Tỷ lệ", ""),
    ] {
        assert_eq!(said(heading).map_or_else(String::new, |scale| scale.words()), words, "{heading}");
    }
    assert_eq!(of_line("ĐVT: Nghìn lượt").map(|scale| scale.exponent), Some(3));
    assert_eq!(of_line("Kinh phí một nghìn lẻ một đêm"), None);
}

#[test]
fn totals_are_told_from_bodies() {
    use Other::{Numbering, Subtotal, Total};
    for (name, kind) in [
        ("Tổng cộng", Some(Total)),
        ("TỔNG CỘNG:", Some(Total)),
        ("Cộng", Some(Total)),
        ("Toàn tỉnh", Some(Total)),
        ("Tổng số", Some(Total)),
        ("tong cong", Some(Total)),
        ("Cộng (I+II)", Some(Total)),
        ("Cộng các huyện", Some(Subtotal)),
        ("Tổng khối sở, ngành", Some(Subtotal)),
        ("(1)", Some(Numbering)),
        ("A", Some(Numbering)),
        ("(3=4+5)", Some(Numbering)),
        ("Cổng TTĐT tỉnh", None),
        ("Công an tỉnh", None),
        ("Tổng công ty Điện lực", None),
        ("Sở Công Thương", None),
        ("UBND huyện Lục Nam", None),
    ] {
        assert_eq!(of_name(name), kind, "{name}");
    }
}

#[test]
fn places_are_rows_and_letters() {
    for (typed, at) in [
        ("1", Some(0)),
        ("12", Some(11)),
        ("A", Some(0)),
        ("c", Some(2)),
        ("AA", Some(26)),
        ("0", None),
        ("", None),
        ("Đ", None),
        ("99999", None),
    ] {
        assert_eq!(position(typed), at, "{typed}");
    }
}
