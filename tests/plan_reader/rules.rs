//! Single rules, each with a table made by hand: due words, owners in headings, cooperating bodies, targets.

use serde_json::{Value, json};
use tonghop::plan_reader::read;

/// A plan with this clause in its organising section.
fn plan(clause: &str) -> Value {
    let text = format!(
        "KẾ HOẠCH\nThử một điều khoản\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\nII. TỔ CHỨC THỰC HIỆN\n\n{clause}\n"
    );
    serde_json::from_str(&read(&text).to_json().expect("JSON")).expect("an object")
}

#[test]
fn due_words() {
    let table = [
        (
            "báo cáo kết quả năm về UBND tỉnh trước ngày 15/11 hàng năm.",
            json!([["year", "before", null, "11-15", "year", null, null]]),
        ),
        (
            "báo cáo kết quả về UBND tỉnh chậm nhất ngày 20/12 hằng năm.",
            json!([["year", "by", null, "12-20", "year", null, null]]),
        ),
        (
            "báo cáo UBND tỉnh trước ngày 05/6/2025.",
            json!([["ad_hoc", "before", "2025-06-05", null, null, null, null]]),
        ),
        (
            "báo cáo UBND tỉnh trước ngày 05 tháng 6 năm 2025.",
            json!([["ad_hoc", "before", "2025-06-05", null, null, null, null]]),
        ),
        (
            "gửi kết quả về Sở Tư pháp trước 16h30 ngày 05/6/2025.",
            json!([["ad_hoc", "before", "2025-06-05", null, null, "16:30", null]]),
        ),
        (
            "báo cáo định kỳ 06 tháng, 01 năm về UBND tỉnh.",
            json!([
                ["half_year", "undated", null, null, null, null, null],
                ["year", "undated", null, null, null, null, null]
            ]),
        ),
        (
            "báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12 hằng năm.",
            json!([
                ["half_year", "before", null, "06-10", "year", null, null],
                ["year", "before", null, "12-10", "year", null, null]
            ]),
        ),
        (
            "định kỳ báo cáo kết quả trước ngày 15/6 và 15/12 hằng năm.",
            json!([
                ["half_year", "before", null, "06-15", "year", null, null],
                ["year", "before", null, "12-15", "year", null, null]
            ]),
        ),
        (
            "báo cáo quý chậm nhất ngày 15 của tháng cuối quý.",
            json!([["quarter", "by", null, "??-15", "quarter", null, null]]),
        ),
        (
            "báo cáo kết quả hằng tháng trước ngày 20 hằng tháng.",
            json!([["month", "before", null, "??-20", "month", null, null]]),
        ),
        (
            "báo cáo ngay UBND tỉnh trong thời hạn 24 giờ kể từ khi xảy ra.",
            json!([["ad_hoc", "within", null, null, null, 24, null]]),
        ),
        (
            "báo cáo UBND tỉnh trong vòng 05 ngày làm việc.",
            json!([["ad_hoc", "within", null, null, null, null, 5]]),
        ),
        (
            "báo cáo định kỳ, đột xuất theo yêu cầu của UBND tỉnh.",
            json!([["ad_hoc", "undated", null, null, null, null, null]]),
        ),
        (
            "tổng hợp, báo cáo UBND tỉnh theo quy định.",
            json!([[null, "undated", null, null, null, null, null]]),
        ),
        (
            "xây dựng kế hoạch, gửi Công an tỉnh trước ngày 15/02/2025 để tổng hợp, báo cáo.",
            json!([["plan", "before", "2025-02-15", null, null, null, null]]),
        ),
        ("thực hiện tốt các nội dung trên.", json!([])),
    ];
    for (words, expected) in table {
        let found = plan(&format!("1. Các sở, ban, ngành {words}"));
        let duties: Vec<Value> = found["duties"]
            .as_array()
            .expect("duties")
            .iter()
            .map(|duty| {
                let due = &duty["due"];
                json!([
                    duty["kind"],
                    due["rule"],
                    due["date"],
                    due["month_day"],
                    due["recurs"],
                    due["hours"],
                    due["days"]
                ])
            })
            .collect();
        assert_eq!(Value::Array(duties), expected, "{words}");
    }
}

#[test]
fn owners_in_a_heading() {
    let table: [(&str, &[&str], &str); 22] = [
        ("Công an tỉnh", &["Công an tỉnh"], "assign"),
        ("Công an Thành phố Hồ Chí Minh", &["Công an Thành phố Hồ Chí Minh"], "assign"),
        ("Các Sở: Tư pháp", &[], ""),
        ("Sở Văn hóa, Thể thao và Du lịch", &["Sở Văn hóa, Thể thao và Du lịch"], "assign"),
        ("Sở Tài chính, Kho bạc Nhà nước tỉnh", &["Sở Tài chính", "Kho bạc Nhà nước tỉnh"], "assign"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", &["Sở Nông nghiệp và Môi trường"], "assign"),
        ("Giao Sở Công Thương chủ trì", &[], ""),
        ("Trách nhiệm của Sở Xây dựng", &["Sở Xây dựng"], "assign"),
        (
            "Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội",
            &["Ủy ban MTTQ Việt Nam tỉnh", "các tổ chức chính trị - xã hội"],
            "request",
        ),
        (
            "Đề nghị Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh",
            &["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"],
            "request",
        ),
        ("UBND các huyện, thị xã, thành phố", &["UBND các huyện, thị xã, thành phố"], "assign"),
        ("UBND các xã, phường, đặc khu", &["UBND các xã, phường, đặc khu"], "assign"),
        ("Ủy ban nhân dân cấp xã", &["Ủy ban nhân dân cấp xã"], "assign"),
        (
            "Các sở, ban, ngành, đoàn thể tỉnh và UBND cấp xã",
            &["Các sở, ban, ngành, đoàn thể tỉnh", "UBND cấp xã"],
            "assign",
        ),
        (
            "Thủ trưởng các sở, ngành; Chủ tịch UBND các phường",
            &["các sở, ngành", "UBND các phường"],
            "assign",
        ),
        (
            "Tỉnh đoàn, Hội Liên hiệp Phụ nữ tỉnh, Hội Nông dân tỉnh",
            &["Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Nông dân tỉnh"],
            "assign",
        ),
        ("Bộ Chỉ huy Quân sự tỉnh", &["Bộ Chỉ huy Quân sự tỉnh"], "assign"),
        (
            "Chi nhánh Ngân hàng Chính sách xã hội tỉnh",
            &["Chi nhánh Ngân hàng Chính sách xã hội tỉnh"],
            "assign",
        ),
        ("Văn phòng UBND tỉnh", &["Văn phòng UBND tỉnh"], "assign"),
        ("Báo và phát thanh, truyền hình Tây Ninh", &["Báo và phát thanh, truyền hình Tây Ninh"], "assign"),
        ("Nội dung tuyên truyền", &[], ""),
        ("Tổ chức hội nghị tập huấn", &[], ""),
    ];
    for (heading, units, mode) in table {
        let found = plan(&format!("1. {heading}\n\nĐưa tin thường xuyên, đúng trọng tâm."));
        let first = &found["assignments"][0];
        let named: Vec<&str> = first["units"]
            .as_array()
            .map(|units| units.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        if units.is_empty() {
            assert!(
                named.is_empty()
                    || found["assignments"][0]["tasks"][0]["text"] != "Đưa tin thường xuyên, đúng trọng tâm.",
                "{heading}: {named:?}"
            );
        } else {
            assert_eq!((named.as_slice(), first["mode"].as_str()), (units, Some(mode)), "{heading}");
        }
    }
}

#[test]
fn owners_at_the_head_of_a_sentence() {
    let table: [(&str, &[&str], &str); 8] = [
        ("Giao Sở Nội vụ theo dõi, tổng hợp.", &["Sở Nội vụ"], "assign"),
        (
            "Đề nghị Hội Cựu chiến binh tỉnh vận động hội viên tham gia.",
            &["Hội Cựu chiến binh tỉnh"],
            "request",
        ),
        (
            "Căn cứ Kế hoạch này, các sở, ban, ngành, UBND cấp xã xây dựng kế hoạch thực hiện.",
            &["các sở, ban, ngành", "UBND cấp xã"],
            "assign",
        ),
        ("UBND tỉnh yêu cầu Giám đốc Sở Y tế chỉ đạo thực hiện.", &["Sở Y tế"], "assign"),
        (
            "Sở Giáo dục và Đào tạo chủ trì, phối hợp với Tỉnh đoàn tổ chức cuộc thi.",
            &["Sở Giáo dục và Đào tạo"],
            "assign",
        ),
        ("Hằng năm, Sở Tài chính cân đối ngân sách, bố trí kinh phí.", &["Sở Tài chính"], "assign"),
        ("Kinh phí do ngân sách bảo đảm theo phân cấp.", &[], ""),
        ("Tổ chức tuyên truyền phải bám sát yêu cầu.", &[], ""),
    ];
    for (sentence, units, mode) in table {
        let found = plan(&format!("1. {sentence}"));
        let first = &found["assignments"][0];
        let named: Vec<&str> = first["units"]
            .as_array()
            .map(|units| units.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        assert_eq!(named.as_slice(), units, "{sentence}");
        assert_eq!(first["mode"].as_str().unwrap_or_default(), mode, "{sentence}");
    }
}

#[test]
fn with_whom_and_how_much() {
    let table: [(&str, &[&str], Option<&str>); 9] = [
        (
            "Phối hợp với Công an tỉnh, Sở Tư pháp và các cơ quan liên quan tổ chức tọa đàm.",
            &["Công an tỉnh", "Sở Tư pháp", "các cơ quan liên quan"],
            None,
        ),
        ("Chủ trì, phối hợp chặt chẽ với Sở Xây dựng xây dựng cụm pano.", &["Sở Xây dựng"], None),
        ("Đưa tin đến 100% thôn, tổ dân phố.", &[], Some("đến 100%")),
        ("Phát sóng ít nhất 01 phóng sự/tháng trên truyền hình.", &[], Some("ít nhất 01 phóng sự/tháng")),
        (
            "Mỗi quý tối thiểu 02 buổi nói chuyện, lồng ghép sinh hoạt.",
            &[],
            Some("Mỗi quý tối thiểu 02 buổi nói chuyện"),
        ),
        ("Bảo đảm an ninh, trật tự trên địa bàn năm 2025.", &[], None),
        ("Đưa tin rộng rãi, đạt tỷ lệ 95% trở lên.", &[], Some("đạt tỷ lệ 95% trở lên")),
        ("Tập huấn cho từ 80% trở lên số cán bộ cơ sở.", &[], Some("từ 80% trở lên")),
        ("Vận động không dưới 60% trở lên số hộ.", &[], Some("không dưới 60% trở lên")),
    ];
    for (text, with, target) in table {
        let found = plan(&format!("1. Văn phòng UBND tỉnh\n\n- {text}"));
        let task = &found["assignments"][0]["tasks"][0];
        let named: Vec<&str> = task["cooperating"]
            .as_array()
            .map(|units| units.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        assert_eq!(named.as_slice(), with, "{text}");
        assert_eq!(task["target"].as_str(), target, "{text}");
    }
}
