//! The form of a first regime: proposed by a template, read back into a [`FirstRegime`], problems at their fields.

use super::first_regime::{FirstRegime, NewCycle, PAPER_RULES};
use crate::calendar::{DueTemplate, Preset};
use crate::error::{Error, Problems};
use crate::standard::forms::{Due, Template};
use crate::standard::provinces::Naming;
use crate::vietnamese::day_month;
use crate::web::FormData;

/// One cycle's due words as typed.
#[derive(Debug, Clone, Default)]
pub struct DueInput {
    pub asked: bool,
    /// `before`, `by`, `days_after_window` or `undated`.
    pub rule: String,
    /// "15/11", or a number of days.
    pub when: String,
}

/// Every field as typed.
#[derive(Debug, Clone, Default)]
pub struct RegimeInput {
    pub code: String,
    pub name: String,
    pub addressee: String,
    pub preset: String,
    pub half: DueInput,
    pub year: DueInput,
    pub lock_days: String,
    pub paper_rule: String,
    pub leader_step: bool,
    pub kinds: Vec<String>,
}

/// The cycles a first regime may have: field, stored code, words.
pub const CYCLES: [(&str, &str, &str); 2] = [("half", "H1", "6 tháng đầu năm"), ("year", "Y", "Năm")];

impl DueInput {
    fn proposed(due: Option<Due>) -> DueInput {
        let Some(due) = due else {
            return DueInput { asked: false, rule: "days_after_window".into(), when: "5".into() };
        };
        let template = due.template();
        let when = match (template.month_and_day(), template.days()) {
            (Some((month, day)), _) => day_month(day, month),
            (None, Some(days)) => days.to_string(),
            (None, None) => String::new(),
        };
        DueInput { asked: true, rule: template.code().into(), when }
    }

    fn read(form: &FormData, field: &str) -> DueInput {
        DueInput {
            asked: form.has(field),
            rule: form.line(&format!("{field}_rule")),
            when: form.line(&format!("{field}_when")),
        }
    }

    fn parse(&self, field: &str, problems: &mut Problems) -> Option<DueTemplate> {
        let day = || {
            let (day, month) = self.when.split_once('/')?;
            Some((month.trim().parse().ok()?, day.trim().parse().ok()?))
        };
        let parsed = match self.rule.as_str() {
            rule @ ("before" | "by") => {
                DueTemplate::from_parts(rule, day(), None).filter(|_| day().is_some())
            }
            rule @ "days_after_window" => {
                let days = self.when.parse().ok().filter(|days| (1..=365).contains(days));
                days.and_then(|days| DueTemplate::from_parts(rule, None, Some(days)))
            }
            rule => DueTemplate::from_parts(rule, None, None),
        };
        if parsed.is_none() {
            let message = match self.rule.as_str() {
                "before" | "by" => "Nhập ngày và tháng, ví dụ 15/11.",
                "days_after_window" => "Nhập số ngày sau ngày chốt số liệu, từ 1 đến 365.",
                _ => "Chọn cách ghi thời hạn.",
            };
            problems.add(format!("{field}_when"), message);
        }
        parsed
    }
}

impl RegimeInput {
    /// As a template proposes it for a province.
    pub fn proposed(template: &Template, naming: &Naming, agency: &str, kinds: Vec<String>) -> RegimeInput {
        RegimeInput {
            code: "thncd".into(),
            name: format!("Tái hòa nhập cộng đồng {}", naming.full()),
            addressee: format!("UBND {} (qua {agency})", naming.full()),
            preset: template.preset.clone(),
            half: DueInput::proposed(template.half),
            year: DueInput::proposed(template.year),
            lock_days: "10".into(),
            paper_rule: "later".into(),
            leader_step: true,
            kinds,
        }
    }

    pub fn read(form: &FormData) -> RegimeInput {
        RegimeInput {
            code: form.line("code"),
            name: form.line("name"),
            addressee: form.line("addressee"),
            preset: form.line("preset"),
            half: DueInput::read(form, "half"),
            year: DueInput::read(form, "year"),
            lock_days: form.line("lock_days"),
            paper_rule: form.line("paper_rule"),
            leader_step: form.has("leader_step"),
            kinds: form.all("kinds").to_vec(),
        }
    }

    /// The due words of a cycle by its field.
    pub fn due(&self, field: &str) -> &DueInput {
        if field == "half" { &self.half } else { &self.year }
    }

    /// The regime, once every field reads and its own rules hold.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self) -> Result<FirstRegime, Error> {
        let mut problems = Problems::default();
        let mut cycles = Vec::new();
        for (field, cycle, _) in CYCLES {
            let due = self.due(field);
            if due.asked {
                cycles.extend(due.parse(field, &mut problems).map(|due| NewCycle { cycle, due }));
            }
        }
        let preset = Preset::from_code(&self.preset);
        if preset.is_none() {
            problems.add("preset", "Chọn cách tính thời gian chốt số liệu.");
        }
        let lock_days = self.lock_days.parse::<u16>().ok().filter(|days| *days <= 365);
        if lock_days.is_none() && !self.lock_days.is_empty() {
            problems.add("lock_days", "Nhập số ngày từ 0 đến 365, hoặc để trống.");
        }
        let paper_rule = PAPER_RULES.iter().find(|(code, _)| *code == self.paper_rule).map(|(code, _)| *code);
        if paper_rule.is_none() {
            problems.add("paper_rule", "Chọn yêu cầu về văn bản giấy.");
        }
        let regime = FirstRegime {
            code: self.code.clone(),
            name: self.name.clone(),
            addressee: self.addressee.clone(),
            preset: preset.unwrap_or(Preset::Nd09),
            cycles,
            lock_days,
            paper_rule: paper_rule.unwrap_or("later"),
            leader_step: self.leader_step,
            kinds: self.kinds.clone(),
        };
        let more = regime.problems();
        // A cycle whose due words do not read is not a missing cycle.
        let asked = self.half.asked || self.year.asked;
        problems.0.extend(more.0.into_iter().filter(|problem| problem.field != "cycles" || !asked));
        problems.or(regime)
    }
}
