//! One line of the form of a regime: a group of cycles as typed, and the rows it stands for, problems at their fields.

use super::cycles::{CyclePlan, Group, Source, last_month};
use crate::calendar::{DayOfYear, DueTemplate, OwnWindow, Preset, hour_code, parse_hour};
use crate::error::Problems;
use crate::vietnamese::day_month;

/// One group of cycles as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CycleInput {
    pub asked: bool,
    /// Days of a window of its own: "15/12", or the closing day of a month, "14".
    pub from: String,
    pub to: String,
    /// `before`, `by`, `days_after_window`, `working_days_after_window` or `undated`.
    pub rule: String,
    /// "15/11", a day of the last month, or a number of days.
    pub when: String,
    /// "16:00"; blank: until the end of the day.
    pub hour: String,
    pub lock_days: String,
}

impl CycleInput {
    /// As a new form shows it before anything is typed.
    pub fn blank() -> CycleInput {
        CycleInput {
            rule: "days_after_window".into(),
            when: "5".into(),
            lock_days: "10".into(),
            ..CycleInput::default()
        }
    }

    /// The stored rows of a group.
    pub(super) fn shown(group: Group, plans: &[CyclePlan]) -> CycleInput {
        let Some(plan) = plans.first() else { return CycleInput::blank() };
        let when = match (plan.due.month_and_day(), plan.due.days()) {
            (Some((_, day)), _) if group.is_many() => day.to_string(),
            (Some((month, day)), _) => day_month(day, month),
            (None, Some(days)) => days.to_string(),
            (None, None) => String::new(),
        };
        let own = match plan.source {
            Source::Own(own) => Some(own),
            Source::Preset(preset) => {
                crate::calendar::window(preset, plan.cycle, 2025).and_then(|window| OwnWindow::of(&window))
            }
            Source::AtOpening => None,
        };
        let (from, to) = match own {
            // The longest month tells the day that the others are cut to.
            Some(_) if group.is_many() => {
                let closing = plans.iter().filter_map(|plan| match plan.source {
                    Source::Own(own) => Some(own.to.day),
                    _ => own.map(|own| own.to.day),
                });
                (String::new(), closing.max().map(|day| day.to_string()).unwrap_or_default())
            }
            Some(own) => (own.from.text(), own.to.text()),
            None => (String::new(), String::new()),
        };
        CycleInput {
            asked: true,
            from,
            to,
            rule: plan.due.code().into(),
            when,
            hour: plan.hour.map(hour_code).unwrap_or_default(),
            lock_days: plan.lock_days.map(|days| days.to_string()).unwrap_or_default(),
        }
    }

    fn due(&self, group: Group, month: Option<u32>) -> Option<DueTemplate> {
        let day = || match month.filter(|_| group.is_many()) {
            Some(month) => Some((month, self.when.trim().parse().ok()?)),
            None => DayOfYear::parse(&self.when).map(|day| (day.month, day.day)),
        };
        match self.rule.as_str() {
            rule @ ("before" | "by") => day().and_then(|day| DueTemplate::from_parts(rule, Some(day), None)),
            rule @ ("days_after_window" | "working_days_after_window") => {
                let days = self.when.parse().ok().filter(|days| (1..=365).contains(days));
                days.and_then(|days| DueTemplate::from_parts(rule, None, Some(days)))
            }
            "undated" => Some(DueTemplate::Undated),
            _ => None,
        }
    }

    /// The window of one cycle of the group by its own days; `Err` when they do not read.
    fn own(&self, group: Group, month: Option<u32>) -> Result<Source, ()> {
        if self.from.is_empty() && self.to.is_empty() {
            return Ok(Source::AtOpening);
        }
        let own = match month.filter(|_| group.is_many()) {
            Some(month) => {
                self.to.parse().ok().and_then(|closing| OwnWindow::closing(closing, month, group.length()))
            }
            None => DayOfYear::parse(&self.from)
                .zip(DayOfYear::parse(&self.to))
                .map(|(from, to)| OwnWindow { from, to }),
        };
        own.map(Source::Own).ok_or(())
    }

    /// The rows of the group, what does not read noted at its fields.
    pub fn parse(&self, group: Group, preset: Option<Preset>, problems: &mut Problems) -> Vec<CyclePlan> {
        let field = group.field();
        let hour = parse_hour(&self.hour);
        if hour.is_none() && !self.hour.is_empty() {
            problems.add(
                format!("{field}_hour"),
                "Nhập giờ và phút, ví dụ 16:00; để trống nếu văn bản không ghi giờ.",
            );
        } else if hour.is_some() && self.rule == "undated" {
            problems.add(format!("{field}_hour"), "Chưa ấn định ngày thì không ghi giờ: xóa giờ này.");
        }
        let lock_days = self.lock_days.parse::<u16>().ok().filter(|days| *days <= 365);
        if lock_days.is_none() && !self.lock_days.is_empty() {
            problems.add(format!("{field}_lock"), "Nhập số ngày từ 0 đến 365, hoặc để trống.");
        }
        let mut plans = Vec::new();
        for cycle in group.cycles() {
            let month = last_month(cycle);
            // A report asked once has its dates typed when it is opened, whatever the others follow.
            let source = match preset.filter(|_| group != Group::Once) {
                Some(preset) => Ok(Source::Preset(preset)),
                None => self.own(group, month),
            };
            match source {
                Err(()) if group.is_many() => {
                    problems.add(format!("{field}_to"), "Nhập ngày chốt số liệu trong tháng, từ 1 đến 31.");
                    return plans;
                }
                Err(()) => {
                    problems
                        .add(format!("{field}_from"), "Nhập ngày/tháng đầu và cuối, ví dụ 15/12 và 14/6.");
                    return plans;
                }
                Ok(source) if !source.defines(cycle) => {
                    let words = group.words().to_lowercase();
                    let message = format!(
                        "Cách tính đã chọn không định thời gian của kỳ {words}: bỏ kỳ này hoặc chọn tự đặt thời gian."
                    );
                    problems.add(format!("{field}_from"), message);
                    return plans;
                }
                Ok(source) => {
                    let Some(due) = self.due(group, month) else {
                        problems.add(format!("{field}_when"), self.mend_due(group));
                        return plans;
                    };
                    plans.push(CyclePlan { cycle, source, due, hour, lock_days });
                }
            }
        }
        plans
    }

    fn mend_due(&self, group: Group) -> &'static str {
        match self.rule.as_str() {
            "before" | "by" if group.is_many() => "Nhập ngày trong tháng cuối của kỳ, từ 1 đến 28, ví dụ 18.",
            "before" | "by" => "Nhập ngày và tháng, ví dụ 15/11.",
            "days_after_window" => "Nhập số ngày sau ngày chốt số liệu, từ 1 đến 365.",
            "working_days_after_window" => "Nhập số ngày làm việc sau ngày chốt số liệu, từ 1 đến 365.",
            _ => "Chọn cách ghi thời hạn.",
        }
    }
}
