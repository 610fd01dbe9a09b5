//! A regime as it is about to be written down, with its rules: everything NĐ 09/2019 Điều 7 asks of one.
//! Pure; it stands between the form (or a template) and the verbs that write regime, cycles and routes.

use serde::Serialize;

use super::CyclePlan;
use crate::calendar::tiling::{self, Fault};
use crate::db::ids::UnitId;
use crate::error::Problems;
use crate::periods::RegimeKind;
use crate::vietnamese::limits::LINE;

/// What a regime wants of the signed paper; codes are stored in `regimes.paper_rule`.
pub const PAPER_RULES: [(&str, &str); 3] = [
    ("later", "Bổ sung số, ký hiệu văn bản sau khi gửi; chưa bổ sung thì ghi là còn thiếu"),
    ("required", "Phải có số, ký hiệu văn bản khi gửi"),
    ("none", "Không yêu cầu văn bản giấy"),
];

/// A regime without its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Charter {
    /// Small letters, digits and hyphens; unique in the installation.
    pub code: String,
    pub name: String,
    pub collector: UnitId,
    /// Bodies the units address their reports to, in words.
    pub addressee: String,
    /// The document that sets it up, in words; may be blank.
    pub legal_basis: String,
    /// What its reports are about, for the subject of their papers; blank: taken from the name.
    pub subject: String,
    #[serde(skip)]
    pub kind: RegimeKind,
    /// Whether a due day on a rest day rolls to the next working day.
    pub rolling: bool,
    pub paper_rule: &'static str,
    /// Whether the signed file itself is part of what `paper_rule` asks for.
    pub signed_file: bool,
    pub leader_step: bool,
    pub cycles: Vec<CyclePlan>,
    /// Kinds whose units report.
    pub kinds: Vec<String>,
}

impl Charter {
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
        problems.add_fault("subject", LINE.fault("Nội dung báo cáo", &self.subject));
        if self.legal_basis.chars().count() > 500 {
            problems.add("legal_basis", "Ghi căn cứ không quá 500 ký tự.");
        }
        if self.cycles.is_empty() {
            problems.add("cycles", "Chọn ít nhất một chu kỳ báo cáo.");
        }
        if self.kinds.is_empty() {
            problems.add("kinds", "Chọn ít nhất một loại đơn vị phải gửi báo cáo.");
        }
        problems
    }

    /// What is odd about the windows of `year` and the next; to be read, not to be refused.
    pub fn faults(&self, year: i32) -> Vec<Fault> {
        let asked: Vec<_> = self.cycles.iter().map(|plan| plan.cycle).collect();
        let window = |cycle, year| self.cycles.iter().find(|plan| plan.cycle == cycle)?.row().window(year);
        tiling::faults(&asked, window, year)
    }
}
