//! A duty is the unit's own day and receiver: what the receiver reports on is his. And days in turns that were misread.

use serde_json::{Value, json};
use tonghop::plan_reader::read;

fn object(clause: &str) -> Value {
    let text = format!("KẾ HOẠCH\nThử\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. {clause}\n");
    serde_json::from_str(&read(&text).to_json().expect("JSON")).expect("an object")
}

/// Kind, rule, day, how often, to.
fn owed(clause: &str) -> Vec<Value> {
    let object = object(clause);
    let all = object["duties"].as_array().expect("duties").iter();
    all.map(|duty| {
        let due = &duty["due"];
        let day = if due["date"].is_null() { &due["month_day"] } else { &due["date"] };
        json!([duty["kind"], due["rule"], day, due["recurs"], duty["to"]])
    })
    .collect()
}

#[test]
fn the_receivers_day_is_the_receivers() {
    let both = [
        json!(["half_year", "before", "06-05", "year", "Công an tỉnh"]),
        json!(["year", "before", "12-05", "year", "Công an tỉnh"]),
    ];
    for tail in [
        "để tổng hợp, báo cáo Chủ tịch UBND tỉnh trước ngày 15/6 và 15/12",
        "để tập hợp, trình UBND tỉnh trước ngày 15/6, 15/12 hằng năm",
        "để theo dõi, tổng hợp báo cáo Bộ Công an đúng hạn, trước ngày 20/12",
    ] {
        let clause = format!(
            "Sở Y tế định kỳ 06 tháng (trước ngày 05/6), 01 năm (trước ngày 05/12) báo cáo kết quả về Công an tỉnh {tail}."
        );
        assert_eq!(owed(&clause), both, "{tail}");
    }
    assert_eq!(
        owed(
            "Sở Y tế gửi báo cáo về Công an tỉnh trước ngày 15/11 hằng năm để tổng hợp, báo cáo UBND tỉnh trước ngày 20/11."
        ),
        [json!(["year", "before", "11-15", "year", "Công an tỉnh"])]
    );
    // Another report behind the purpose is the unit's own.
    assert_eq!(
        owed(
            "Sở Y tế báo cáo 6 tháng trước ngày 05/6 về Công an tỉnh để tổng hợp, báo cáo UBND tỉnh, báo cáo năm trước ngày 05/12."
        ),
        both
    );
}

#[test]
fn days_that_come_back() {
    let police = "Công an tỉnh";
    let table = [
        (
            "báo cáo Công an tỉnh trước ngày 15 tháng 11 năm 2025 và các năm tiếp theo",
            vec![json!(["year", "before", "11-15", "year", police])],
        ),
        (
            "báo cáo Công an tỉnh trước ngày 15/11/2025, những năm sau",
            vec![json!(["year", "before", "11-15", "year", police])],
        ),
        (
            "báo cáo Công an tỉnh trước ngày 15/11/2025 và trước ngày 15/11 các năm tiếp theo",
            vec![json!(["year", "before", "11-15", "year", police])],
        ),
        (
            "định kỳ vào ngày 25 hàng tháng, 25 của tháng cuối quý báo cáo Công an tỉnh",
            vec![
                json!(["month", "by", "??-25", "month", police]),
                json!(["quarter", "by", "??-25", "quarter", police]),
            ],
        ),
        (
            "báo cáo Công an tỉnh quý I trước 15/3, quý II trước 15/6, quý III trước 15/9, quý IV trước 15/12",
            vec![json!(["quarter", "before", "??-15", "quarter", police])],
        ),
        (
            "báo cáo Công an tỉnh trước 15/3, 15/6, 15/9 và 15/12 hằng năm",
            vec![json!(["quarter", "before", "??-15", "quarter", police])],
        ),
        (
            "báo cáo Công an tỉnh quý I trước ngày 10/4, quý II trước ngày 10/7",
            vec![
                json!(["quarter", "before", "04-10", "year", police]),
                json!(["quarter", "before", "07-10", "year", police]),
            ],
        ),
        (
            "báo cáo Công an tỉnh vào ngày cuối cùng của tháng",
            vec![json!(["month", "by", "??-31", "month", police])],
        ),
        (
            "gửi kết quả về Công an tỉnh vào ngày cuối tháng",
            vec![json!(["month", "by", "??-31", "month", police])],
        ),
        (
            "báo cáo Công an tỉnh chậm nhất ngày cuối quý",
            vec![json!(["quarter", "by", "??-31", "quarter", police])],
        ),
        (
            "báo cáo Công an tỉnh chậm nhất ngày cuối tháng 6 và ngày cuối tháng 12 hằng năm",
            vec![
                json!(["half_year", "by", "06-30", "year", police]),
                json!(["year", "by", "12-31", "year", police]),
            ],
        ),
        // Nine months are no cycle of a regime, and are not lost.
        (
            "báo cáo Công an tỉnh 6 tháng, 9 tháng và năm trước ngày 15 của tháng cuối kỳ",
            vec![
                json!(["half_year", "before", "06-15", "year", police]),
                json!([null, "before", "09-15", "year", police]),
                json!(["year", "before", "12-15", "year", police]),
            ],
        ),
        (
            "báo cáo Công an tỉnh quý I trước ngày 15/3, 6 tháng trước ngày 15/6, 9 tháng trước ngày 15/9, năm trước ngày 15/12",
            vec![
                json!(["quarter", "before", "03-15", "year", police]),
                json!(["half_year", "before", "06-15", "year", police]),
                json!([null, "before", "09-15", "year", police]),
                json!(["year", "before", "12-15", "year", police]),
            ],
        ),
        ("báo cáo Sở vào ngày cuối cùng của tháng", vec![json!(["month", "by", "??-31", "month", "Sở"])]),
    ];
    for (words, expected) in table {
        assert_eq!(owed(&format!("Sở Y tế {words}.")), expected, "{words}");
    }
    // The last working day is said, and is no day of a regime.
    assert_eq!(owed("Sở Y tế báo cáo vào ngày làm việc cuối cùng của quý.")[0][1], "undated");
}

#[test]
fn a_name_in_brackets_is_whole() {
    for (words, via) in [
        ("(qua Công an tỉnh - Phòng Cảnh sát QLHC về TTXH)", "Công an tỉnh - Phòng Cảnh sát QLHC về TTXH"),
        (
            "(qua Phòng Tổng hợp về công tác nội chính, địa chỉ: số 1 Lê Lợi)",
            "Phòng Tổng hợp về công tác nội chính",
        ),
        ("(qua Công an tỉnh để tổng hợp)", "Công an tỉnh"),
    ] {
        let found = object(&format!("Sở Y tế báo cáo UBND tỉnh {words} trước ngày 05/12 hằng năm."));
        assert_eq!(found["duties"][0]["via"], via, "{words}");
    }
}

/// Each part of a sentence that names a body of its own is that body's.
#[test]
fn two_bodies_of_one_sentence_owe_apart() {
    let text = "KẾ HOẠCH\nThử\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế báo cáo UBND tỉnh trước ngày 05/6/2026; Sở Nội vụ báo cáo UBND tỉnh trước ngày 10/6/2026.\n";
    let owners: Vec<String> = read(text).duties.iter().map(|duty| duty.units.join(", ")).collect();
    assert_eq!(owners, ["Sở Y tế", "Sở Nội vụ"]);
}
