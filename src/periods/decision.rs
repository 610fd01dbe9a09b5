//! What can be decided about one obligation, as values and in the words of its history.
//! It stands between the forms of decisions and the verb that takes them.

use chrono::{Datelike, NaiveDate};

use crate::calendar::DueRule;
use crate::vietnamese::day_month;

/// What can be decided about an obligation. Codes are those of `obligation_decisions.kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// "Không phát sinh", by the unit.
    Nil {
        /// The paper or word by which the unit's leader agreed; may be blank where nothing was typed.
        consent: String,
        /// What was typed into the draft is not sent: asked for where there is something.
        drop: bool,
        /// What speaks against it was read: the window is open, other reports of the year have figures.
        aware: bool,
    },
    NilWithdrawn,
    /// The collector asks for the report after all, by a day.
    NilReturned {
        until: NaiveDate,
        reason: String,
    },
    /// Outside the denominator, with a reason.
    Exempt {
        reason: String,
    },
    ExemptWithdrawn {
        reason: String,
    },
    /// A later last day for this unit.
    Extend {
        until: NaiveDate,
        reason: String,
    },
    /// The unit asks for a later last day.
    AskExtension {
        until: NaiveDate,
        reason: String,
    },
    /// The collector answers that the date stays.
    RefuseExtension {
        reason: String,
    },
    /// Changes taken again after the lock, until a day.
    Unlock {
        until: NaiveDate,
        reason: String,
    },
}

impl Decision {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Decision::Nil { .. } => "nil",
            // Told from the unit's own withdrawal by its day.
            Decision::NilWithdrawn | Decision::NilReturned { .. } => "nil_withdrawn",
            Decision::Exempt { .. } => "exempt",
            Decision::ExemptWithdrawn { .. } => "exempt_withdrawn",
            Decision::Extend { .. } => "extension_granted",
            Decision::AskExtension { .. } => "extension_asked",
            Decision::RefuseExtension { .. } => "extension_refused",
            Decision::Unlock { .. } => "unlock",
        }
    }

    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Decision::Nil { .. } | Decision::NilWithdrawn => None,
            Decision::NilReturned { reason, .. }
            | Decision::Exempt { reason }
            | Decision::ExemptWithdrawn { reason }
            | Decision::Extend { reason, .. }
            | Decision::AskExtension { reason, .. }
            | Decision::RefuseExtension { reason }
            | Decision::Unlock { reason, .. } => Some(reason),
        }
    }

    /// What is kept with the decision: its reason, or the leader's consent to a declaration.
    pub(super) fn said(&self) -> &str {
        match self {
            Decision::Nil { consent, .. } => consent.trim(),
            other => other.reason().unwrap_or_default(),
        }
    }

    pub(super) fn until(&self) -> Option<NaiveDate> {
        match self {
            Decision::NilReturned { until, .. }
            | Decision::Extend { until, .. }
            | Decision::AskExtension { until, .. }
            | Decision::Unlock { until, .. } => Some(*until),
            _ => None,
        }
    }
}

/// A decision of the history in words: "Gia hạn đến 20/6".
pub fn words(kind: &str, until: Option<NaiveDate>) -> String {
    let until = until.map(|day| day_month(day.day(), day.month())).unwrap_or_default();
    match kind {
        "nil" => "Khai không phát sinh".to_owned(),
        "nil_withdrawn" if !until.is_empty() => format!("Đề nghị báo cáo lại, chậm nhất {until}"),
        "nil_withdrawn" => "Rút khai không phát sinh".to_owned(),
        "exempt" => "Miễn báo cáo".to_owned(),
        "exempt_withdrawn" => "Thôi miễn báo cáo".to_owned(),
        "extension_asked" => format!("Đề nghị gia hạn đến {until}"),
        "extension_granted" => format!("Gia hạn đến {until}"),
        "extension_refused" => "Không gia hạn".to_owned(),
        "unlock" => format!("Mở khóa số liệu đến {until}"),
        "passed" => "Chuyển sang đơn vị kế thừa".to_owned(),
        "ended" => "Kết thúc nghĩa vụ báo cáo cùng đơn vị".to_owned(),
        "change_undone" => "Hoàn tác sắp xếp tổ chức".to_owned(),
        "due_set" => format!("Ấn định thời hạn gửi đến hết ngày {until}"),
        _ => "Mở kỳ cho đơn vị sau khi kỳ đã mở".to_owned(),
    }
}

/// A last day that was set, in words; it carries its hour while the rule it set holds.
pub fn due_words(rule: DueRule, until: Option<NaiveDate>) -> String {
    match rule.hour().is_some() && rule.last_day() == until {
        true => format!("Ấn định thời hạn gửi: {}", rule.text()),
        false => words("due_set", until),
    }
}
