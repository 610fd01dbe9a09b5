//! Due words that name a day behind the cycle, a day from the document itself, or a day for each of several cycles.

use serde_json::{Value, json};
use tonghop::plan_reader::{Sure, read};

fn document(items: &str) -> tonghop::plan_reader::Reading {
    read(&format!(
        "Số: 12/KH-UBND\nAn Phú, ngày 02 tháng 6 năm 2025\nKẾ HOẠCH\nThử chế độ báo cáo\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\n\
         II. TỔ CHỨC THỰC HIỆN\n\n{items}\n"
    ))
}

/// Kind, rule, day, how often, and whether it is unclear.
fn owed(items: &str) -> Vec<Value> {
    let reading = document(items);
    let object: Value = serde_json::from_str(&reading.to_json().expect("JSON")).expect("an object");
    let all = object["duties"].as_array().expect("duties").iter().zip(&reading.duties);
    all.map(|(duty, read)| {
        let due = &duty["due"];
        let day = if due["date"].is_null() { &due["month_day"] } else { &due["date"] };
        json!([duty["kind"], due["rule"], day, due["recurs"], read.sure == Sure::Guess])
    })
    .collect()
}

#[test]
fn a_day_behind_the_cycle_is_never_a_day_inside_it() {
    for words in [
        "báo cáo quý về Công an tỉnh trước ngày 05 của tháng đầu quý sau.",
        "báo cáo quý về Công an tỉnh trước ngày 05 tháng đầu tiên của quý tiếp theo.",
        "báo cáo quý về Công an tỉnh chậm nhất ngày 05 của tháng liền sau quý báo cáo.",
        "định kỳ hằng quý báo cáo Công an tỉnh trước ngày 10 của tháng kế tiếp.",
    ] {
        assert_eq!(
            owed(&format!("1. Các sở, ngành {words}")),
            [json!(["quarter", "undated", null, null, true])],
            "{words}"
        );
    }
    for words in [
        "báo cáo tháng về Công an tỉnh trước ngày 05 tháng sau.",
        "báo cáo hằng tháng về Công an tỉnh trước ngày 05 của tháng liền kề.",
        "báo cáo hằng tháng về Công an tỉnh trước ngày 05 tháng tiếp theo.",
    ] {
        assert_eq!(
            owed(&format!("1. Các sở, ngành {words}")),
            [json!(["month", "undated", null, null, true])],
            "{words}"
        );
    }
    // The nearest such day to the end of a year is that of the next.
    assert_eq!(
        owed("1. Các sở, ngành báo cáo năm về Công an tỉnh trước ngày 15/01 của năm sau."),
        [json!(["year", "before", "01-15", "year", false])]
    );
    assert_eq!(
        owed("1. Các sở, ngành báo cáo quý về Công an tỉnh trước ngày 05 của tháng cuối quý."),
        [json!(["quarter", "before", "??-05", "quarter", false])]
    );
    assert_eq!(
        owed("1. Các sở, ngành báo cáo tháng về Công an tỉnh trước ngày mồng 5 hằng tháng."),
        [json!(["month", "before", "??-05", "month", false])]
    );
}

#[test]
fn each_cycle_has_its_own_day() {
    let both = [
        json!(["half_year", "before", "06-05", "year", false]),
        json!(["year", "before", "12-05", "year", false]),
    ];
    assert_eq!(
        owed(
            "1. Các sở, ngành định kỳ 6 tháng (trước ngày 05/6), một năm (trước ngày 05/12) báo cáo Công an tỉnh."
        ),
        both
    );
    let by =
        [json!(["half_year", "by", "06-14", "year", false]), json!(["year", "by", "12-14", "year", false])];
    assert_eq!(
        owed("1. Các sở, ngành báo cáo Công an tỉnh. Thời gian gửi báo cáo: 6 tháng gửi chậm nhất ngày 14/6; năm gửi chậm nhất ngày 14/12.").split_off(1),
        by
    );
}

#[test]
fn days_that_the_text_counts() {
    // From the day of the document: seven days, and five without a weekend.
    assert_eq!(
        owed("1. Các sở, ngành gửi danh sách về Công an tỉnh trong 07 ngày kể từ ngày ban hành Kế hoạch."),
        [json!(["ad_hoc", "within", "2025-06-09", null, false])]
    );
    assert_eq!(
        owed(
            "1. Các sở, ngành gửi danh sách về Công an tỉnh trong 05 ngày làm việc kể từ ngày ban hành Kế hoạch."
        ),
        [json!(["ad_hoc", "within", "2025-06-09", null, true])]
    );
    assert_eq!(
        owed(
            "1. Công an tỉnh tổng hợp, báo cáo UBND tỉnh trong thời hạn 05 ngày làm việc kể từ ngày kết thúc kỳ báo cáo."
        ),
        [json!([null, "within", null, null, true])]
    );
    assert_eq!(
        owed("1. Các sở, ngành gửi kế hoạch triển khai về Công an tỉnh trong tháng 6/2025."),
        [json!(["plan", "by", "2025-06-30", null, false])]
    );
    assert_eq!(
        owed("1. Các sở, ngành báo cáo tổng kết về UBND tỉnh trong quý IV/2025."),
        [json!(["ad_hoc", "by", "2025-12-31", null, false])]
    );
}

/// Lines below "báo cáo … như sau:" are owed, and are no work besides.
#[test]
fn reporting_lines_are_no_tasks() {
    let reading = document(
        "1. Sở Y tế\n\n- Khám sức khỏe.\n\n2. Các sở, ngành báo cáo kết quả về Công an tỉnh như sau:\n\na) Báo cáo tháng: trước ngày 20 hằng tháng;\n\nb) Báo cáo quý: chậm nhất ngày 15 của tháng cuối quý;\n\nc) Báo cáo năm: trước ngày 10/12.",
    );
    let given: Vec<&str> = reading.assignments.iter().map(|given| given.units[0].as_str()).collect();
    assert_eq!(given, ["Sở Y tế"]);
    assert_eq!(reading.duties.len(), 3);
    assert!(
        reading
            .duties
            .iter()
            .all(|duty| duty.units == ["Các sở, ngành"] && duty.to.as_deref() == Some("Công an tỉnh"))
    );
}
