//! A first regime (chế độ báo cáo, NĐ 09/2019 Điều 7) as it is about to be created: its rules, without a database.
//! Stands between the form, which a template fills, and the verb that writes regime, routes and forms.

use crate::calendar::{DueTemplate, Preset};
use crate::error::Problems;
use crate::vietnamese::limits::LINE;

/// What a regime wants of the signed paper; codes are stored in `regimes.paper_rule`.
pub const PAPER_RULES: [(&str, &str); 3] = [
    ("later", "Có thể bổ sung số, ký hiệu văn bản sau khi gửi"),
    ("required", "Phải có số, ký hiệu văn bản khi gửi"),
    ("none", "Không yêu cầu văn bản giấy"),
];

/// A cycle that recurs, with its due words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewCycle {
    /// `H1` or `Y`.
    pub cycle: &'static str,
    pub due: DueTemplate,
}

/// A regime whose routes lead from every unit of some kinds to one collector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRegime {
    pub code: String,
    pub name: String,
    pub addressee: String,
    pub preset: Preset,
    pub cycles: Vec<NewCycle>,
    /// Days after the last day in time; none: no lock is proposed.
    pub lock_days: Option<u16>,
    pub paper_rule: &'static str,
    pub leader_step: bool,
    /// Kinds whose units report.
    pub kinds: Vec<String>,
}

impl FirstRegime {
    /// What is to be mended, at the form's fields.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.code.is_empty() || self.code.len() > 40 || !self.code.chars().all(fine) {
            problems.add("code", "Mã chế độ gồm chữ thường không dấu, số và dấu gạch nối, ví dụ thncd.");
        }
        if self.name.is_empty() {
            problems.add("name", "Nhập tên chế độ báo cáo.");
        }
        problems.add_fault("name", LINE.fault("Tên chế độ báo cáo", &self.name));
        problems.add_fault("addressee", LINE.fault("Nơi nhận báo cáo", &self.addressee));
        if self.addressee.is_empty() {
            problems.add("addressee", "Nhập nơi nhận báo cáo.");
        }
        if self.cycles.is_empty() {
            problems.add("cycles", "Chọn ít nhất một chu kỳ báo cáo.");
        }
        if self.kinds.is_empty() {
            problems.add("kinds", "Chọn ít nhất một loại đơn vị phải gửi báo cáo.");
        }
        problems
    }
}
