//! From the first run to the first opened period: what is done, what is next, and a first regime from a template.
//! Stands between an empty province and the slices that run it from then on.

pub mod compiler;
pub mod form;
pub mod pages;
pub mod queries;

use crate::db::ids::RegimeId;

/// How far a province has come, in counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// Units besides the province, its committee and its police.
    pub units: i64,
    /// Accounts of officers and unit leaders.
    pub reporters: i64,
    /// Compilers and compiling leaders.
    pub compilers: i64,
    pub plans: i64,
    pub regimes: i64,
    /// Forms that hold today.
    pub forms: i64,
    /// Indicators that a form may ask for today, those issued to every province and the province's own.
    pub indicators: i64,
    pub periods: i64,
    /// Days off and days made up on record for that year.
    pub days: i64,
    /// The year whose notice of days off matters now ([`queries::year_of_notice`]).
    pub year: i32,
    /// Of this year and that one those whose notice is not entered.
    pub unnoticed: Vec<i32>,
    /// The latest regime that the person who asks collects, to open its period.
    pub regime: Option<RegimeId>,
}

/// One line of the list of things to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub title: &'static str,
    /// What stands there now, in words.
    pub state: String,
    pub done: bool,
    /// A period can be opened without it.
    pub optional: bool,
    pub help: &'static str,
    /// Links: address and words.
    pub links: Vec<(String, &'static str)>,
}

impl Progress {
    /// Everything between the first run and the first opened period, in order.
    pub fn tasks(&self) -> Vec<Task> {
        let period = self.regime.map(|id| (format!("/regimes/{id}/periods/new"), "Mở kỳ báo cáo"));
        let link = |path: &str, words: &'static str| (path.to_owned(), words);
        vec![
            Task {
                title: "Đơn vị",
                state: format!("{} đơn vị", self.units),
                done: self.units > 0,
                optional: false,
                help: "Các sở, ngành, đoàn thể, xã, phường sẽ gửi báo cáo, không kể Ủy ban nhân dân và Công an cấp tỉnh.",
                links: vec![link("/units", "Xem danh mục"), link("/units/import", "Thêm theo danh sách")],
            },
            Task {
                title: "Cán bộ tổng hợp",
                state: format!("{} người", self.compilers),
                done: self.compilers > 0,
                optional: false,
                help: "Người của cơ quan thường trực lập chế độ báo cáo, mở kỳ, tiếp nhận và tổng hợp.",
                links: vec![link("/people/new", "Mời một người")],
            },
            Task {
                title: "Mời người dùng",
                state: format!("{} tài khoản", self.reporters),
                done: self.reporters > 0,
                optional: true,
                help: "Cán bộ đầu mối và lãnh đạo các đơn vị đang giữ vai trò, bằng phiếu in hoặc liên kết. Có thể mời trước hoặc sau khi mở kỳ.",
                links: vec![
                    link("/people/import", "Mời theo danh sách"),
                    link("/people", "Xem người dùng"),
                    link("/mail", "Thư nhắc việc"),
                ],
            },
            Task {
                title: "Kế hoạch",
                state: format!("{} kế hoạch", self.plans),
                done: self.plans > 0,
                optional: true,
                help: "Văn bản giao nhiệm vụ. Báo cáo vẫn gửi được khi chưa nhập kế hoạch.",
                links: vec![link("/plans", "Kế hoạch")],
            },
            Task {
                title: "Chỉ tiêu",
                state: format!("{} chỉ tiêu", self.indicators),
                done: self.indicators > 0,
                optional: true,
                help: "Danh mục đã nạp sẵn chỉ tiêu do Bộ Công an (C11) ban hành. Tỉnh theo dõi thêm số liệu nào thì thêm chỉ tiêu địa phương.",
                links: vec![
                    link("/indicators", "Xem chỉ tiêu"),
                    link("/indicators/new", "Thêm chỉ tiêu địa phương"),
                ],
            },
            Task {
                title: "Ngày nghỉ, ngày làm bù",
                state: match self.unnoticed.is_empty() {
                    true => format!("{} ngày năm {}", self.days, self.year),
                    false => {
                        let years: Vec<String> = self.unnoticed.iter().map(i32::to_string).collect();
                        format!("chưa nhập thông báo năm {}", years.join(", "))
                    }
                },
                done: self.unnoticed.is_empty(),
                optional: true,
                help: "Nghỉ lễ, tết, nghỉ bù, ngày làm việc hoán đổi. Ngày theo luật đề xuất sẵn; ngày do thông báo hằng năm ấn định thì nhập thêm.",
                links: vec![link("/days", "Xem ngày nghỉ")],
            },
            Task {
                title: "Chế độ báo cáo",
                state: format!("{} chế độ", self.regimes),
                done: self.regimes > 0,
                optional: false,
                help: "Ai báo cáo, nội dung gì, bao lâu một lần, trước ngày nào.",
                links: vec![
                    link("/start/regime", "Lập theo mẫu"),
                    link("/regimes/new", "Lập chế độ khác"),
                    link("/regimes", "Xem các chế độ"),
                ],
            },
            Task {
                title: "Biểu mẫu",
                state: format!("{} biểu mẫu", self.forms),
                done: self.forms > 0,
                optional: false,
                help: "Mỗi loại đơn vị báo cáo đề mục, chỉ tiêu, bảng kê nào. Chế độ lập theo mẫu có sẵn biểu mẫu; xem lại hoặc lập thêm trước khi mở kỳ.",
                links: vec![link("/forms", "Xem, sửa biểu mẫu")],
            },
            Task {
                title: "Kỳ báo cáo",
                state: format!("{} kỳ", self.periods),
                done: self.periods > 0,
                optional: false,
                help: "Mở kỳ là giao cho từng đơn vị một báo cáo phải gửi, có thời hạn.",
                links: period.into_iter().collect(),
            },
        ]
    }
}
