//! Headings that name bodies the program does not know: the name is kept as it stands, and so are the tasks below it.

use proptest::prelude::*;
use tonghop::plan_reader::{Mode, Reading, Sure, read};

/// A plan of these items in its section of assignments.
fn plan(items: &str) -> Reading {
    read(&format!(
        "KẾ HOẠCH\nThử tên đơn vị\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\nII. PHÂN CÔNG NHIỆM VỤ\n\n{items}\n"
    ))
}

fn units(heading: &str) -> Vec<String> {
    let reading = plan(&format!("1. {heading}\n\n- Vận động hội viên tham gia.\n\n- Mở sổ theo dõi."));
    reading
        .assignments
        .first()
        .filter(|given| given.tasks.len() == 2 && reading.assignments.len() == 1)
        .map(|given| given.units.clone())
        .unwrap_or_default()
}

#[test]
fn headings_of_names() {
    let table: [(&str, &[&str]); 27] = [
        ("Thanh tra tỉnh", &["Thanh tra tỉnh"]),
        ("Văn phòng Tỉnh ủy", &["Văn phòng Tỉnh ủy"]),
        ("Ban Tổ chức Thành ủy", &["Ban Tổ chức Thành ủy"]),
        ("Ban Tuyên giáo và Dân vận Huyện ủy:", &["Ban Tuyên giáo và Dân vận Huyện ủy"]),
        ("Ban An toàn giao thông tỉnh", &["Ban An toàn giao thông tỉnh"]),
        ("Thuế tỉnh, Thống kê tỉnh", &["Thuế tỉnh", "Thống kê tỉnh"]),
        (
            "Bảo hiểm xã hội khu vực XI; Kho bạc Nhà nước khu vực VII",
            &["Bảo hiểm xã hội khu vực XI", "Kho bạc Nhà nước khu vực VII"],
        ),
        (
            "Ngân hàng Chính sách xã hội Chi nhánh tỉnh An Phú",
            &["Ngân hàng Chính sách xã hội Chi nhánh tỉnh An Phú"],
        ),
        ("Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh", &["Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh"]),
        (
            "Ban Quản lý Khu kinh tế Cửa Nam và các Khu công nghiệp An Phú, Sở Công Thương",
            &["Ban Quản lý Khu kinh tế Cửa Nam và các Khu công nghiệp An Phú", "Sở Công Thương"],
        ),
        ("Ban Quản lý các khu công nghiệp tỉnh", &["Ban Quản lý các khu công nghiệp tỉnh"]),
        (
            "Sở Ngoại vụ, Thuế tỉnh và Liên hiệp các Hội Khoa học An Phú",
            &["Sở Ngoại vụ", "Thuế tỉnh", "Liên hiệp các Hội Khoa học An Phú"],
        ),
        ("Vườn Quốc gia Núi Lớn", &["Vườn Quốc gia Núi Lớn"]),
        ("Sở Nội vụ; Làng Trẻ em Hoa Mai; Sở Y tế", &["Sở Nội vụ", "Làng Trẻ em Hoa Mai", "Sở Y tế"]),
        ("Quỹ Hỗ trợ phát triển phụ nữ tỉnh", &["Quỹ Hỗ trợ phát triển phụ nữ tỉnh"]),
        (
            "Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh",
            &["Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh"],
        ),
        (
            "Trường Cao đẳng Nghề số 5, Trường Đại học An Phú",
            &["Trường Cao đẳng Nghề số 5", "Trường Đại học An Phú"],
        ),
        (
            "UBND các huyện, thị xã Tân Châu và thành phố An Phú",
            &["UBND các huyện", "UBND thị xã Tân Châu", "UBND thành phố An Phú"],
        ),
        (
            "Tòa Giám mục An Phú, Ban Trị sự Giáo hội Phật giáo tỉnh",
            &["Tòa Giám mục An Phú", "Ban Trị sự Giáo hội Phật giáo tỉnh"],
        ),
        ("Liên hiệp các tổ chức hữu nghị tỉnh", &["Liên hiệp các tổ chức hữu nghị tỉnh"]),
        (
            "Các doanh nghiệp viễn thông (Viettel An Phú, VNPT An Phú, MobiFone)",
            &["Các doanh nghiệp viễn thông"],
        ),
        (
            "Giám đốc Trung tâm Dịch vụ việc làm tỉnh; Hiệu trưởng các trường trung học phổ thông",
            &["Trung tâm Dịch vụ việc làm tỉnh", "các trường trung học phổ thông"],
        ),
        (
            "Sở Nội vụ và Hội Nạn nhân chất độc da cam/dioxin tỉnh",
            &["Sở Nội vụ", "Hội Nạn nhân chất độc da cam/dioxin tỉnh"],
        ),
        // Clauses, sentences and verbs are no bodies.
        ("Tổ chức hội nghị", &[]),
        ("Kinh phí thực hiện", &[]),
        ("Phòng ngừa tái phạm", &[]),
        ("Chịu trách nhiệm", &[]),
    ];
    for (heading, expected) in table {
        assert_eq!(units(heading), expected, "{heading}");
    }
}

/// A name of no form that is known, beside headings of bodies: unclear, and kept with its work.
#[test]
fn a_name_of_no_known_form_stands_beside_bodies() {
    let reading = plan(
        "1. Công an tỉnh\n\n- Lập danh sách.\n\n2. Cộng đồng Doanh nhân An Phú:\n\n- Nhận người vào làm.\n\n\
         3. Sở Y tế\n\n- Khám sức khỏe.\n\n4. Kinh phí thực hiện\n\n- Do ngân sách bảo đảm.",
    );
    let found: Vec<(&str, Sure)> =
        reading.assignments.iter().map(|given| (given.units[0].as_str(), given.sure)).collect();
    assert_eq!(
        found,
        [
            ("Công an tỉnh", Sure::Certain),
            ("Cộng đồng Doanh nhân An Phú", Sure::Guess),
            ("Sở Y tế", Sure::Certain)
        ]
    );
}

#[test]
fn what_is_asked_of_unknown_names_is_asked_of_all() {
    let reading = plan(
        "1. Đề nghị Ban Tuyên giáo và Dân vận Tỉnh ủy, Hội Nông dân tỉnh, Hội Người mù tỉnh phối hợp vận động hội viên.\n\n\
         2. Đề nghị Cộng đồng Doanh nhân An Phú tiếp nhận lao động.\n\n\
         3. Trại giam Đồng Lớn (Bộ Công an): đề nghị phối hợp báo trước 02 tháng.\n\n\
         4. Giám đốc Công an tỉnh chịu trách nhiệm:\n\na) Nắm tình hình.\n\nb) Lập danh sách.",
    );
    let found: Vec<(Vec<&str>, Mode, usize)> = reading
        .assignments
        .iter()
        .map(|given| (given.units.iter().map(String::as_str).collect(), given.mode, given.tasks.len()))
        .collect();
    assert_eq!(
        found,
        [
            (
                vec!["Ban Tuyên giáo và Dân vận Tỉnh ủy", "Hội Nông dân tỉnh", "Hội Người mù tỉnh"],
                Mode::Request,
                1
            ),
            (vec!["Cộng đồng Doanh nhân An Phú"], Mode::Request, 1),
            (vec!["Trại giam Đồng Lớn"], Mode::Request, 1),
            (vec!["Công an tỉnh"], Mode::Assign, 2),
        ]
    );
}

const BODIES: [&str; 18] = [
    "Công an tỉnh",
    "Sở Tư pháp",
    "Só Tài chính",
    "Sơ Nội vụ",
    "Uy ban nhân dân các xã, phường",
    "Cóng an các xã",
    "Hội Lien hiệp Phụ nữ tỉnh",
    "Thanh tra tỉnh",
    "Văn phòng Tỉnh ủy",
    "Ngân hàng Chính sách xã hội Chi nhánh tỉnh An Phú",
    "Kho bạc Nhà nước khu vực XIII",
    "Ban Quản lý Khu kinh tế Cửa Nam và các Khu công nghiệp An Phú",
    "Vườn Quốc gia Núi Lớn",
    "Quỹ Hỗ trợ phát triển phụ nữ tỉnh",
    "Liên minh Hợp tác xã tỉnh",
    "Trung tâm Điều dưỡng An Phú",
    "Đoàn Luật sư tỉnh",
    "Hiệp hội Doanh nghiệp An Phú",
];
const TASKS: [&str; 8] = [
    "Lập danh sách người trở về",
    "Mở chuyên mục trên cổng thông tin",
    "Bố trí kinh phí cho công tác này",
    "Vận động doanh nghiệp nhận người vào làm",
    "Chỉ đạo cơ sở khám sức khỏe ban đầu",
    "Hướng dẫn thủ tục vay vốn",
    "Tuyên truyền ở thôn, tổ dân phố",
    "Phổ biến pháp luật cho người thân",
];

fn item() -> impl Strategy<Value = (Vec<&'static str>, bool, Vec<&'static str>)> {
    let bodies = proptest::sample::subsequence(BODIES.to_vec(), 1..4).prop_shuffle();
    (bodies, any::<bool>(), proptest::collection::vec(proptest::sample::select(TASKS.to_vec()), 1..5))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Every task of a section stands in one assignment and no other, under the clause of its heading; no body of a heading is lost.
    #[test]
    fn no_task_of_a_section_is_lost(
        items in proptest::collection::vec(item(), 1..6),
        colon in any::<bool>(),
        semicolons in any::<bool>(),
        misread in any::<bool>(),
    ) {
        let mut text = String::new();
        let mut all: Vec<(String, String)> = Vec::new();
        for (index, (bodies, asked, tasks)) in items.iter().enumerate() {
            let number = match (index, misread) { (0, true) => "l".to_owned(), (at, _) => (at + 1).to_string() };
            let names = bodies.join(if semicolons { "; " } else { ", " });
            let lead = if *asked { "Đề nghị " } else { "" };
            text.push_str(&format!("{number}. {lead}{names}{}\n\n", if colon { ":" } else { "" }));
            for (place, task) in tasks.iter().enumerate() {
                let task = format!("{task} việc {index} lần {place}");
                text.push_str(&format!("- {task};\n\n"));
                all.push((format!("II.{}", index + 1), format!("{task};")));
            }
        }
        let reading = plan(&text);
        for (clause, task) in &all {
            let holding: Vec<_> = reading
                .assignments
                .iter()
                .filter(|given| given.tasks.iter().any(|found| found.text.contains(task.as_str())))
                .collect();
            prop_assert_eq!(holding.len(), 1, "{} in {}", task, text);
            prop_assert!(holding[0].clause.as_ref() == Some(clause), "{:?} {}", holding[0].clause, text);
        }
        let count: usize = reading.assignments.iter().map(|given| given.tasks.len()).sum();
        prop_assert_eq!(count, all.len());
        for (given, (bodies, asked, _)) in reading.assignments.iter().zip(&items) {
            prop_assert_eq!(given.units.len(), bodies.len(), "{:?} of {:?}", given.units, bodies);
            prop_assert_eq!(given.mode == Mode::Request, *asked);
        }
    }
}
