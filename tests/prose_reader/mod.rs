//! A unit's report read by a form: what a person reads in it stands here in tables written by hand.

mod document;
mod figures;
mod headings;
mod long;
mod mangled;
mod money;
mod named;
mod obvious;
mod plans;
mod tables;
mod titles;
mod told;
mod whatever;
mod words;

use tonghop::prose_reader::{Form, FormFigure, FormSection};

pub const REPORT: &str = include_str!("../../fixtures/prose/half-year.txt");

/// A form like those of the catalogue.
pub fn form() -> Form {
    let section = |(code, title, hint): (&str, &str, &str)| FormSection {
        code: code.to_owned(),
        label: code.to_owned(),
        title: title.to_owned(),
        hint: hint.to_owned(),
    };
    let figure = |(code, name, measure): (&str, &str, &str)| FormFigure {
        code: code.to_owned(),
        name: name.to_owned(),
        measure: measure.to_owned(),
        money: measure.contains("đồng"),
        yes_no: measure == "có/không",
    };
    Form {
        sections: [
            ("I", "Công tác chỉ đạo, triển khai", "Văn bản đã ban hành, hội nghị, phân công."),
            (
                "II.1",
                "Kết quả tuyên truyền trên không gian mạng",
                "Kênh, tin bài, lượt xem; nêu nội dung chính.",
            ),
            (
                "II.2",
                "Kết quả trên báo chí, thông tin cơ sở",
                "Chuyên trang, chuyên mục, truyền thanh, cổ động trực quan.",
            ),
            ("II.3", "Kết quả tuyên truyền trực tiếp", "Buổi, lượt người, hình thức."),
            ("III.1", "Đánh giá: ưu điểm", ""),
            ("III.2", "Đánh giá: tồn tại, hạn chế", ""),
            ("III.3", "Đánh giá: nguyên nhân", ""),
            ("IV", "Phương hướng, nhiệm vụ kỳ tới", "Việc cụ thể và thời gian làm."),
            ("V", "Đề xuất, kiến nghị", "Không có thì ghi rõ."),
        ]
        .map(section)
        .to_vec(),
        figures: [
            ("A02", "Đã ban hành kế hoạch triển khai (kèm số, ngày)", "có/không"),
            ("A04", "Cuộc kiểm tra, đôn đốc việc thực hiện", "cuộc"),
            ("A10", "Kinh phí được bố trí cho tuyên truyền THNCĐ", "triệu đồng"),
            ("A11", "Kinh phí đã sử dụng", "triệu đồng"),
            ("B04", "Tin, bài đăng trên cổng/trang thông tin điện tử", "tin, bài"),
            ("B05", "Tin, bài đăng hoặc chia sẻ trên mạng xã hội", "tin, bài"),
            ("B08", "Lượt xem, lượt truy cập", "lượt"),
            ("C01", "Tin, bài, ảnh trên báo in, báo điện tử", "tin, bài"),
            ("C02", "Chuyên trang, chuyên mục duy trì", "chuyên mục"),
            ("C05", "Lượt tin, bài phát trên hệ thống truyền thanh cơ sở", "lượt"),
            ("D01", "Buổi tuyên truyền trực tiếp", "buổi"),
            ("D02", "Lượt người dự tuyên truyền trực tiếp", "lượt người"),
        ]
        .map(figure)
        .to_vec(),
        ..Form::default()
    }
}
