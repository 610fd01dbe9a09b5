//! What the reports are written on: the regime, the catalogue, the headings and the words. Every kind of unit has
//! one form, whose code is the kind's.

use super::documents::Task;
use super::figures::Measure;
use crate::db::ids::{IndicatorId, RegimeId};

/// Everything a period needs beside the units.
pub struct Papers {
    pub regime: RegimeId,
    /// The catalogue with the stored ids, in order.
    pub measures: Vec<(IndicatorId, Measure)>,
    pub tasks: Vec<Task>,
}

/// Code of the regime.
pub const REGIME: &str = "thu-nghiem";
/// Short name of the plan.
pub const PLAN: &str = "Kế hoạch thử";
/// Code of the only list table.
pub const LIST: &str = "documents";
/// Its title.
pub const LIST_TITLE: &str = "Văn bản đã ban hành";
/// Its columns: code, title and type.
pub const COLUMNS: [(&str, &str, &str); 2] = [("number", "Số, ký hiệu", "text"), ("date", "Ngày", "date")];

/// Sections of every form: code, which is also the label, and title.
pub const SECTIONS: [(&str, &str); 8] = [
    ("I", "Công tác chỉ đạo, triển khai"),
    ("II.1", "Công tác tuyên truyền"),
    ("II.2", "Công tác phòng ngừa"),
    ("II.3", "Công tác phối hợp"),
    ("II.4", "Công tác kiểm tra, hướng dẫn"),
    ("III", "Đánh giá"),
    ("IV", "Phương hướng, nhiệm vụ kỳ tới"),
    ("V", "Đề xuất, kiến nghị"),
];

/// Sentences the sections are made of.
pub const SENTENCES: [&str; 8] = [
    "Đơn vị đã ban hành văn bản triển khai và phân công người làm đầu mối.",
    "Công tác tuyên truyền được thực hiện thường xuyên trên cổng thông tin và hệ thống truyền thanh.",
    "Các đoàn thể phối hợp vận động, giúp đỡ tại cơ sở.",
    "Việc theo dõi, nắm tình hình được duy trì hằng tháng.",
    "Kinh phí được sử dụng đúng mục đích trong dự toán được giao.",
    "Một số nơi còn chậm cập nhật số liệu.",
    "Thời gian tới tiếp tục nhân rộng mô hình có hiệu quả.",
    "Đề nghị tổ chức tập huấn cho cán bộ làm đầu mối.",
];
