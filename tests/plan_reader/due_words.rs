//! Due words in the wordings offices use, whom a duty goes to, and days that are no due words.

use serde_json::{Value, json};
use tonghop::plan_reader::{Sure, read};

fn owed(items: &str) -> Vec<Value> {
    let reading = read(&format!(
        "Số: 12/KH-UBND\nAn Phú, ngày 02 tháng 6 năm 2025\nKẾ HOẠCH\nThử chế độ báo cáo\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\n\
         II. PHÂN CÔNG NHIỆM VỤ\n\n{items}\n"
    ));
    let object: Value = serde_json::from_str(&reading.to_json().expect("JSON")).expect("an object");
    let all = object["duties"].as_array().expect("duties").iter().zip(&reading.duties);
    all.map(|(duty, read)| {
        let due = &duty["due"];
        let day = if due["date"].is_null() { &due["month_day"] } else { &due["date"] };
        json!([duty["kind"], due["rule"], day, due["recurs"], read.sure == Sure::Guess])
    })
    .collect()
}

fn one(words: &str) -> Vec<Value> {
    owed(&format!("1. Sở Y tế\n- {words}"))
}

#[test]
fn days_that_come_back() {
    for (words, expected) in [
        (
            "Báo cáo kết quả hằng tháng trước ngày 25 về UBND tỉnh.",
            json!([["month", "before", "??-25", "month", false]]),
        ),
        (
            "Báo cáo hằng tháng, trước ngày 25 gửi Công an tỉnh.",
            json!([["month", "before", "??-25", "month", false]]),
        ),
        (
            "Báo cáo tháng ngày 20 hằng tháng gửi về Công an tỉnh.",
            json!([["month", "by", "??-20", "month", false]]),
        ),
        (
            "Định kỳ hằng quý (ngày 15 tháng thứ ba của quý) báo cáo về Công an tỉnh.",
            json!([["quarter", "by", "??-15", "quarter", false]]),
        ),
        (
            "Thời hạn gửi báo cáo: 15/7 và 15/12 hằng năm.",
            json!([["half_year", "by", "07-15", "year", false], ["year", "by", "12-15", "year", false]]),
        ),
        (
            "Gửi kết quả trong tháng 11 hằng năm về Công an tỉnh để tổng hợp báo cáo.",
            json!([["year", "by", "11-30", "year", false]]),
        ),
    ] {
        assert_eq!(Value::Array(one(words)), expected, "{words}");
    }
}

/// The days between which figures are counted are no second report.
#[test]
fn what_is_counted_is_not_due() {
    for words in [
        "Báo cáo năm trước ngày 15/12 hằng năm, số liệu tính từ ngày 15/12 năm trước đến ngày 14/12 của năm báo cáo.",
        "Báo cáo năm trước ngày 15/12 hằng năm (thời gian chốt số liệu từ ngày 15/12 năm trước đến ngày 14/12 của năm báo cáo).",
        "Báo cáo năm trước ngày 15/12 hằng năm; thời gian chốt số liệu đến ngày 14/12.",
        "Báo cáo năm, tính từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12 của năm báo cáo, gửi trước ngày 15/12 hằng năm.",
    ] {
        assert_eq!(one(words), [json!(["year", "before", "12-15", "year", false])], "{words}");
    }
}

#[test]
fn days_ahead_of_a_day() {
    assert_eq!(
        one("Tổng hợp, báo cáo UBND tỉnh chậm nhất 10 ngày trước ngày 30/6/2026."),
        [json!(["ad_hoc", "by", "2026-06-20", null, false])]
    );
    // Two days of a month: no cycle holds them.
    assert_eq!(
        one("Báo cáo tiến độ vào ngày 15 và ngày 30 hằng tháng."),
        [json!(["month", "undated", null, null, false])]
    );
    assert_eq!(
        one("Báo cáo UBND tỉnh chậm nhất 10 ngày trước ngày khai mạc."),
        [json!(["ad_hoc", "undated", null, null, true])]
    );
}

#[test]
fn hours_and_working_days() {
    let reading = read(
        "KẾ HOẠCH\nThử giờ\n\nI. PHÂN CÔNG\n1. Sở Y tế\n- Báo cáo vụ việc trong vòng 24h về UBND tỉnh.\n- Báo cáo đột xuất trong thời hạn 03 ngày làm việc.",
    );
    assert_eq!(reading.duties.iter().map(|duty| duty.due.hours).collect::<Vec<_>>(), [Some(24), None]);
    let object: Value = serde_json::from_str(&reading.to_json().expect("JSON")).expect("an object");
    let working = |at: usize| object["duties"][at]["due"]["working"].clone();
    assert_eq!((working(0), working(1)), (Value::Null, json!(true)));
}

#[test]
fn what_is_sent_by_a_day_is_owed() {
    assert_eq!(
        one("Xây dựng phương án gửi về Công an tỉnh trước ngày 15/10/2025."),
        [json!(["ad_hoc", "before", "2025-10-15", null, false])]
    );
}

/// More often than a regime holds: shown as such, unclear, and never a report of one day.
#[test]
fn weeks_and_days() {
    for (words, recurs) in [
        ("Gửi báo cáo tuần trước 15 giờ thứ Năm hằng tuần.", "week"),
        ("Báo cáo tuần vào chiều thứ Năm.", "week"),
        (
            "Tổng hợp, báo cáo hằng ngày trong dịp Tết (từ ngày 14/02/2026 đến ngày 22/02/2026) trước 15 giờ.",
            "day",
        ),
    ] {
        assert_eq!(one(words), [json!([null, "undated", null, recurs, true])], "{words}");
    }
}

/// Whom each duty goes to.
fn to(items: &str) -> Vec<Option<String>> {
    let reading = read(&format!("KẾ HOẠCH\nThử nơi nhận\n\nI. PHÂN CÔNG NHIỆM VỤ\n\n{items}\n"));
    reading.duties.into_iter().map(|duty| duty.to).collect()
}

#[test]
fn a_receiver_is_never_that_of_another_body_or_other_work() {
    assert_eq!(
        to(
            "1. Sở Nội vụ\n- Báo cáo hằng tháng, trước ngày 25 gửi Công an tỉnh.\n2. Sở Tư pháp: Báo cáo năm trước ngày 15/12 hằng năm."
        ),
        [Some("Công an tỉnh".to_owned()), None]
    );
    assert_eq!(
        to(
            "1. Sở Nội vụ\n- Gửi báo cáo về Sở Y tế trước ngày 01/12/2025.\n- Xây dựng kế hoạch thực hiện, hoàn thành trong tháng 10/2025."
        ),
        [Some("Sở Y tế".to_owned()), None]
    );
    // A list of reports leans on the address of the clause above.
    assert_eq!(
        to(
            "1. Các sở, ngành báo cáo kết quả về Công an tỉnh như sau:\na) Báo cáo tháng: trước ngày 20 hằng tháng;\nb) Báo cáo năm: trước ngày 10/12."
        ),
        [Some("Công an tỉnh".to_owned()), Some("Công an tỉnh".to_owned())]
    );
    assert_eq!(
        to("1. Phòng Tham mưu\n- Xây dựng báo cáo tháng (trước ngày 18 hằng tháng) gửi C11 theo dõi."),
        [Some("C11".to_owned())]
    );
}
