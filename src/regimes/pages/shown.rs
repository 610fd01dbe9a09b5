//! The form of a regime as a page, new or existing, and what it needs besides what was typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::super::audience::KindCount;
use super::super::charter::PAPER_RULES;
use super::super::cycle_input::CycleInput;
use super::super::form::{CharterInput, OWN};
use crate::calendar::Preset;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::periods::RegimeKind;
use crate::web::{Page, render_status};

#[derive(Template)]
#[template(path = "regimes/charter.html")]
pub(super) struct CharterPage {
    pub page: Page,
    /// None for a new regime.
    pub id: Option<RegimeId>,
    /// What the page showed of an existing one.
    pub mark: String,
    /// Periods an existing one has opened.
    pub opened: i64,
    pub collectors: Vec<(UnitId, String)>,
    pub kinds: Vec<KindCount>,
    /// Regimes whose forms a new one may copy.
    pub others: Vec<(RegimeId, String)>,
    pub input: CharterInput,
    pub problems: Problems,
}

/// One group of cycles with its field and whether something there is to be mended.
pub(super) struct CycleLine<'a> {
    pub field: &'static str,
    pub words: &'static str,
    pub many: bool,
    pub input: &'a CycleInput,
    pub bad: bool,
}

impl CharterPage {
    /// 200, or 422 with something to mend.
    pub fn answer(&self) -> Result<HttpResponse, Error> {
        let status = if self.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        render_status(status, self)
    }

    fn name(&self, field: &str, part: &str) -> String {
        format!("{field}_{part}")
    }

    fn lines(&self) -> Vec<CycleLine<'_>> {
        self.input
            .cycles
            .iter()
            .map(|(group, input)| CycleLine {
                field: group.field(),
                words: group.words(),
                many: group.is_many(),
                input,
                bad: self.problems.0.iter().any(|p| p.field.starts_with(&format!("{}_", group.field()))),
            })
            .collect()
    }

    fn presets(&self) -> Vec<(&'static str, &'static str, bool)> {
        let own = (OWN, "Tự đặt thời gian: nhập ở từng chu kỳ, hoặc để trống và nhập khi mở kỳ");
        let presets = Preset::ALL.map(|preset| (preset.code(), preset.label()));
        presets
            .into_iter()
            .chain([own])
            .map(|(code, words)| (code, words, self.input.preset == code))
            .collect()
    }

    fn rules(&self, due: &CycleInput) -> [(&'static str, &'static str, bool); 5] {
        [
            ("before", "Trước ngày (ngày cuối cùng là hôm trước)"),
            ("by", "Chậm nhất ngày (tính cả ngày đó)"),
            ("days_after_window", "Số ngày sau ngày chốt số liệu"),
            ("working_days_after_window", "Số ngày làm việc sau ngày chốt số liệu"),
            ("undated", "Theo quy định, chưa ấn định"),
        ]
        .map(|(code, words)| (code, words, due.rule == code))
    }

    fn papers(&self) -> [(&'static str, &'static str, bool); 3] {
        PAPER_RULES.map(|(code, words)| (code, words, self.input.paper_rule == code))
    }

    fn contents(&self) -> [(&'static str, &'static str, bool); 2] {
        [
            (RegimeKind::Report, "Báo cáo: đề mục, số liệu, có thời gian chốt số liệu"),
            (RegimeKind::Document, "Văn bản phải gửi, như kế hoạch của đơn vị; không có số liệu"),
        ]
        .map(|(kind, words)| (kind.code(), words, self.input.kind == kind.code()))
    }

    fn is_chosen(&self, id: &UnitId) -> bool {
        self.input.collector == id.to_string()
    }

    fn is_ticked(&self, kind: &KindCount) -> bool {
        self.input.kinds.contains(&kind.code)
    }

    fn is_filled(&self, kind: &KindCount) -> bool {
        self.input.fill.contains(&kind.code)
    }

    fn forms_are(&self, value: &str) -> bool {
        self.input.forms == value
    }

    fn copies(&self, id: &RegimeId) -> bool {
        self.input.copied_from() == Some(*id)
    }
}
