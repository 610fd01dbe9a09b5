//! A declaration that nothing happened ("không phát sinh"), held against what else is known of the unit. Pure; it stands
//! between the form that declares and the collector who may ask for the report after all.

use chrono::NaiveDate;

use super::decide::Case;
use super::{Duty, Standing, report_title};
use crate::access::{Membership, Role};
use crate::calendar::to_local;
use crate::vietnamese::{lower_first, short_date};

/// Figures of an earlier period that are written out; of more only their number is told.
const WRITTEN: usize = 5;

/// Figures other than nothing that the unit reported for an earlier period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub label: String,
    /// "Số buổi tuyên truyền: 12 buổi", in the order of the catalogue.
    pub figures: Vec<String>,
}

impl Earlier {
    /// "Báo cáo Năm 2024 của đơn vị có 7 số liệu khác 0: Số buổi tuyên truyền: 12 buổi; …; và 2 số liệu khác."
    pub fn words(&self) -> String {
        let (title, count) = (report_title(&self.label), self.figures.len());
        let mut written = self.figures.iter().take(WRITTEN).cloned().collect::<Vec<_>>().join("; ");
        if count > WRITTEN {
            written.push_str(&format!("; và {} số liệu khác", count - WRITTEN));
        }
        format!("{title} của đơn vị có {count} số liệu khác 0: {written}.")
    }
}

/// Whether nobody has spoken with the unit since it declared: `spoken` is the last day the log has.
pub fn is_unasked(duty: &Duty, spoken: Option<NaiveDate>) -> bool {
    let since = duty.nil_at.map(|at| to_local(at).date());
    duty.standing() == Standing::Nil && spoken.is_none_or(|day| since.is_some_and(|since| day < since))
}

/// What speaks against a declaration: parts of the period first, then what came before, each report once.
pub fn against<'a>(parts: &'a [Earlier], earlier: &'a [Earlier]) -> impl Iterator<Item = &'a Earlier> {
    let before = earlier.iter().filter(|earlier| parts.iter().all(|part| part.label != earlier.label));
    parts.iter().chain(before)
}

impl Case {
    /// What speaks against a declaration that nothing happened, in sentences: the window is not over yet, or the last
    /// period, the same one of last year or other reports of the year hold figures. Read and ticked, it does not stand in the
    /// way.
    pub fn doubts(&self, today: NaiveDate) -> Vec<String> {
        let mut doubts = Vec::new();
        if let Some(window) = self.period.window().filter(|window| today < window.to) {
            let left = (window.to - today).num_days();
            doubts.push(format!(
                "Thời gian chốt số liệu đến hết ngày {}, còn {left} ngày: việc phát sinh sau hôm nay chưa thể biết.",
                short_date(window.to)
            ));
        }
        doubts.extend(self.earlier.iter().map(Earlier::words));
        let told = |report: &str| {
            self.earlier.iter().any(|other| report.starts_with(&format!("{} (", report_title(&other.label))))
        };
        let others = self.figured.iter().filter(|report| !told(report));
        doubts.extend(others.map(|report| format!("{report} của đơn vị đã gửi trong cùng năm.")));
        doubts
    }

    /// Why nothing can be declared for a period of whose part figures were sent.
    pub fn parts_words(&self) -> String {
        let labels: Vec<String> = self.parts.iter().map(|part| lower_first(&part.label)).collect();
        let whole = lower_first(&self.period.label);
        format!(
            "Đơn vị đã báo số liệu trong kỳ {}, nên không thể báo không phát sinh cho {whole}: kỳ này gồm cả kỳ đó. Lập báo cáo {whole}; \
             việc gì không phát sinh thêm thì ghi bằng số đã báo.",
            labels.join(", ")
        )
    }

    /// What the unit reported for parts of the period and before it, where it has declared that there is nothing now.
    pub fn nil_against(&self) -> Vec<&Earlier> {
        if self.duty.standing() == Standing::Nil {
            against(&self.parts, &self.earlier).collect()
        } else {
            vec![]
        }
    }

    /// Whether the leader's consent must be stated: where the regime has their step, something was typed already or
    /// something speaks against it, and it is not the leader who declares.
    pub fn wants_consent(&self, membership: &Membership, today: NaiveDate) -> bool {
        let plain = self.typed.is_blank() && self.doubts(today).is_empty();
        self.regime.leader_step && !plain && membership.role != Role::UnitLeader
    }
}
