//! Marks that documents use beside those of the form: "a." under a heading without a point, clauses that begin with a number; and
//! what stands in a task or a basis beside the plain case.

use serde_json::{Value, json};
use tonghop::plan_reader::read;

/// Restated from the form of a department's plan, nothing in it is any office's own words.
const PLAN: &str = "KẾ HOẠCH\nThử các dấu của mục\n\n\
    Căn cứ Luật Phòng, chống bạo lực gia đình số 13/2022/QH15 ngày 14/11/2022; Luật Đặc xá, Nghị định số 52/2019/NĐ-CP ngày 14/6/2019 của Chính phủ;\n\
    I. MỤC TIÊU\n1. 100% xã có người đầu mối.\n2. 04 lớp tập huấn trong năm.\n\
    II. PHÂN CÔNG THỰC HIỆN\n\
    1. Trung tâm Trợ giúp pháp lý nhà nước tỉnh\n\
    a. Mở 02 đợt tư vấn lưu động, hoàn thành trước ngày 30/9/2025.\n\
    b. Phối hợp với UBND huyện Bình Minh, huyện Tân Lập, thị xã Hòa An và Hội Luật gia tỉnh soạn tài liệu.\n\
    2. Phòng Hành chính tư pháp\n\
    a. Tham mưu văn bản hướng dẫn, xong trong quý III/2025.\n\
    đ. 100% hồ sơ được số hóa.\n\
    3. Đề nghị UBND các huyện, thị xã, thành phố: Lập danh sách; báo cáo định kỳ 6 tháng, 01 năm về Sở Tư pháp trước ngày 15 của tháng cuối kỳ.\n";

fn object(text: &str) -> Value {
    serde_json::from_str(&read(text).to_json().expect("JSON")).expect("an object")
}

/// Owners with the beginnings of their tasks.
fn given(found: &Value) -> Vec<(Vec<&str>, Vec<String>)> {
    let names = |value: &'_ Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let all = found["assignments"].as_array().expect("assignments").iter();
    all.map(|given| {
        let units = given["units"].as_array().expect("units").iter().filter_map(Value::as_str).collect();
        let tasks = given["tasks"].as_array().expect("tasks").iter();
        let tasks = tasks.map(|task| {
            let text: String = task["text"].as_str().unwrap_or_default().chars().take(12).collect();
            format!("{text} | {}", names(&task["cooperating"]).join(" + "))
        });
        (units, tasks.collect())
    })
    .collect()
}

#[test]
fn a_letter_with_a_point_begins_a_task_of_the_heading_above() {
    let found = object(PLAN);
    assert_eq!(
        given(&found),
        [
            (
                vec!["Trung tâm Trợ giúp pháp lý nhà nước tỉnh"],
                vec![
                    "Mở 02 đợt tư | ".to_owned(),
                    "Phối hợp với | UBND huyện Bình Minh + UBND huyện Tân Lập + UBND thị xã Hòa An + Hội Luật gia tỉnh"
                        .to_owned()
                ]
            ),
            (
                vec!["Phòng Hành chính tư pháp"],
                vec!["Tham mưu văn | ".to_owned(), "100% hồ sơ đ | ".to_owned()]
            ),
            (vec!["UBND các huyện, thị xã, thành phố"], vec!["Lập danh sác | ".to_owned()]),
        ]
    );
    let paths: Vec<&str> =
        found["clauses"].as_array().expect("clauses").iter().filter_map(|c| c["path"].as_str()).collect();
    assert_eq!(
        paths,
        ["I", "I.1", "I.2", "II", "II.1", "II.1.a", "II.1.b", "II.2", "II.2.a", "II.2.đ", "II.3"]
    );
    assert_eq!(found["coverage"]["unread"], 0);
}

#[test]
fn the_same_with_brackets_or_slashes_is_read_alike() {
    let as_written = given(&object(PLAN)).len();
    for sign in [")", "/"] {
        let mut text = PLAN.to_owned();
        for letter in ["a", "b", "đ"] {
            text = text.replace(&format!("\n{letter}. "), &format!("\n{letter}{sign} "));
        }
        assert_ne!(text, PLAN);
        let found = object(&text);
        assert_eq!(given(&found), given(&object(PLAN)), "{sign}");
        assert_eq!(given(&found).len(), as_written);
    }
}

#[test]
fn a_number_in_a_sentence_begins_no_clause() {
    for text in [
        "II. NHIỆM VỤ\n1. Tổ chức kiểm tra theo Kế hoạch số\n15. 100 đơn vị tham gia.\n2. Tổng kết.\n",
        "II. NHIỆM VỤ\n1. Kinh phí là\n1.100 triệu đồng.\n2. Tổng kết.\n",
        "II. NHIỆM VỤ\n1. Làm việc vào ngày\n1. 15/11/2025 tại tỉnh.\n2. Tổng kết.\n",
    ] {
        let found = object(&format!("KẾ HOẠCH\nThử\n\n{text}"));
        let paths: Vec<&str> =
            found["clauses"].as_array().expect("clauses").iter().filter_map(|c| c["path"].as_str()).collect();
        assert_eq!(paths, ["II", "II.1", "II.2"], "{text}");
    }
}

#[test]
fn the_last_month_is_that_of_the_cycle() {
    let table = [
        (
            "báo cáo định kỳ 6 tháng, 01 năm về Sở Tư pháp trước ngày 15 của tháng cuối kỳ.",
            json!([["half_year", "before", "06-15", "year"], ["year", "before", "12-15", "year"]]),
        ),
        (
            "báo cáo quý, năm về Sở Tư pháp chậm nhất ngày 20 tháng cuối của kỳ báo cáo.",
            json!([["quarter", "by", "??-20", "quarter"], ["year", "by", "12-20", "year"]]),
        ),
        (
            "báo cáo hằng tháng về Sở Tư pháp trước ngày 25 của tháng.",
            json!([["month", "before", "??-25", "month"]]),
        ),
    ];
    for (words, expected) in table {
        let found =
            object(&format!("KẾ HOẠCH\nThử\n\nII. TỔ CHỨC THỰC HIỆN\n1. Các sở, ban, ngành {words}\n"));
        let duties: Vec<Value> = found["duties"]
            .as_array()
            .expect("duties")
            .iter()
            .map(|duty| {
                let due = &duty["due"];
                json!([duty["kind"], due["rule"], due["month_day"], due["recurs"]])
            })
            .collect();
        assert_eq!(Value::Array(duties), expected, "{words}");
    }
}

#[test]
fn a_law_with_a_comma_in_its_name_keeps_its_number() {
    let bases: Vec<Value> = object(PLAN)["bases"]
        .as_array()
        .expect("bases")
        .iter()
        .map(|basis| json!([basis["kind"], basis["number"], basis["date"]]))
        .collect();
    assert_eq!(
        bases,
        [
            json!(["Luật", "13/2022/QH15", "2022-11-14"]),
            // Another document's number is not taken for the law's.
            json!(["Luật", null, null]),
            json!(["Nghị định", "52/2019/NĐ-CP", "2019-06-14"]),
        ]
    );
}

#[test]
fn by_when_a_task_is_done() {
    let day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a day");
    let by: Vec<Option<chrono::NaiveDate>> =
        read(PLAN).assignments.iter().flat_map(|given| &given.tasks).map(|task| task.complete_by).collect();
    assert_eq!(by, [Some(day("2025-09-29")), None, Some(day("2025-09-30")), None, None]);
    let table = [
        ("Hoàn thành việc sửa chữa chậm nhất ngày 30/6/2025.", Some("2025-06-30")),
        ("Kết thúc đợt rà soát trong tháng 02/2024.", Some("2024-02-29")),
        ("Hoàn thành trong năm 2025.", Some("2025-12-31")),
        ("Xong trong quý IV năm 2025.", Some("2025-12-31")),
        (
            "Hoàn thành trước 30/6/2025 phần một, hoàn thành trước ngày 01/10/2025 phần hai.",
            Some("2025-09-30"),
        ),
        ("Hoàn thành tốt nhiệm vụ được giao.", None),
        ("Gửi kết quả trước ngày 30/6/2025.", None),
    ];
    for (text, expected) in table {
        let found = read(&format!("KẾ HOẠCH\nThử\n\nII. PHÂN CÔNG\n1. Văn phòng UBND tỉnh\n- {text}\n"));
        let by = found.assignments[0].tasks[0].complete_by;
        assert_eq!(by, expected.map(day), "{text}");
    }
}

#[test]
fn a_letter_under_a_title_that_ends_in_a_small_word() {
    let text = "KẾ HOẠCH\nThử mục\n\nI. NỘI DUNG\n1. Phổ biến pháp luật cho người mới trở về\n\
        a) Mở 06 hội nghị tại các huyện.\nb) Đăng 12 bài hỏi đáp.\n";
    let found = object(text);
    let paths: Vec<&str> =
        found["clauses"].as_array().expect("clauses").iter().filter_map(|c| c["path"].as_str()).collect();
    assert_eq!(paths, ["I", "I.1", "I.1.a", "I.1.b"]);
}
