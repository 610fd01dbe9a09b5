//! The decisions that have a page of their own: what each asks, says and does, in the words of the page.
//! It stands between the addresses and the rule in `decide`.

use chrono::NaiveDate;

use super::super::decide::Decision;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Nil,
    NilReturn,
    Exemption,
    Extension,
    ExtensionRequest,
    ExtensionRefusal,
    Unlock,
}

impl Kind {
    /// The last part of the address, and the name of the act.
    pub(super) fn path(self) -> &'static str {
        match self {
            Kind::Nil => "nil",
            Kind::NilReturn => "nil-return",
            Kind::Exemption => "exemption",
            Kind::Extension => "extension",
            Kind::ExtensionRequest => "extension-request",
            Kind::ExtensionRefusal => "extension-refusal",
            Kind::Unlock => "unlock",
        }
    }

    /// A decision of this kind without its fields, to ask whether it could be taken at all.
    pub(super) fn probe(self, withdraw: bool) -> Decision {
        let reason = String::new();
        let until = NaiveDate::MAX;
        match (self, withdraw) {
            (Kind::Nil, false) => Decision::Nil { consent: reason, drop: true, aware: true },
            (Kind::Nil, true) => Decision::NilWithdrawn,
            (Kind::NilReturn, _) => Decision::NilReturned { until, reason },
            (Kind::Exemption, false) => Decision::Exempt { reason },
            (Kind::Exemption, true) => Decision::ExemptWithdrawn { reason },
            (Kind::Extension, _) => Decision::Extend { until, reason },
            (Kind::ExtensionRequest, _) => Decision::AskExtension { until, reason },
            (Kind::ExtensionRefusal, _) => Decision::RefuseExtension { reason },
            (Kind::Unlock, _) => Decision::Unlock { until, reason },
        }
    }

    pub(super) fn question(self, withdraw: bool) -> &'static str {
        match (self, withdraw) {
            (Kind::Nil, false) => "Khai không phát sinh kỳ này?",
            (Kind::Nil, true) => "Rút khai không phát sinh?",
            (Kind::NilReturn, _) => "Đề nghị đơn vị báo cáo lại?",
            (Kind::Exemption, false) => "Miễn báo cáo kỳ này cho đơn vị?",
            (Kind::Exemption, true) => "Thôi miễn báo cáo cho đơn vị?",
            (Kind::Extension, _) => "Gia hạn gửi báo cáo cho đơn vị",
            (Kind::ExtensionRequest, _) => "Đề nghị gia hạn gửi báo cáo",
            (Kind::ExtensionRefusal, _) => "Không gia hạn cho đơn vị?",
            (Kind::Unlock, _) => "Mở khóa số liệu cho đơn vị",
        }
    }

    pub(super) fn consequence(self, withdraw: bool) -> &'static str {
        match (self, withdraw) {
            (Kind::Nil, false) => {
                "Đơn vị được tính là đã thực hiện kỳ này với nội dung không phát sinh. Có thể rút lại khi kỳ chưa khóa số liệu."
            }
            (Kind::Nil, true) => "Đơn vị lại phải gửi báo cáo kỳ này; bản đang soạn, nếu có, vẫn còn.",
            (Kind::NilReturn, _) => {
                "Đơn vị thôi được tính là không phát sinh và lại phải gửi báo cáo kỳ này đến hết ngày trên. Lý do được lưu và đơn vị đọc được."
            }
            (Kind::Exemption, false) => {
                "Đơn vị ra khỏi mẫu số của kỳ này và không bị tính quá hạn. Lý do được lưu và đơn vị đọc được."
            }
            (Kind::Exemption, true) => {
                "Đơn vị trở lại mẫu số và phải gửi báo cáo kỳ này theo thời hạn đã ghi."
            }
            (Kind::Extension, _) => {
                "Đơn vị được tính đúng hạn nếu gửi chậm nhất vào ngày này; thời hạn ghi trong văn bản vẫn được giữ và hiển thị. Nếu ngày này sau ngày khóa số liệu thì đơn vị được sửa đến hết ngày này."
            }
            (Kind::ExtensionRequest, _) => {
                "Nơi nhận báo cáo đọc lý do rồi gia hạn, có thể đến một ngày khác, hoặc không gia hạn kèm lý do. Thời hạn chưa đổi cho đến khi có trả lời."
            }
            (Kind::ExtensionRefusal, _) => "Thời hạn giữ nguyên. Lý do được lưu và đơn vị đọc được.",
            (Kind::Unlock, _) => {
                "Đơn vị được sửa và gửi báo cáo đến hết ngày này dù kỳ đã khóa; thời hạn gửi không đổi."
            }
        }
    }

    pub(super) fn button(self, withdraw: bool) -> &'static str {
        match (self, withdraw) {
            (Kind::Nil, false) => "Khai không phát sinh",
            (Kind::Nil, true) => "Rút khai không phát sinh",
            (Kind::NilReturn, _) => "Đề nghị báo cáo lại",
            (Kind::Exemption, false) => "Miễn báo cáo",
            (Kind::Exemption, true) => "Thôi miễn báo cáo",
            (Kind::Extension, _) => "Gia hạn",
            (Kind::ExtensionRequest, _) => "Gửi đề nghị gia hạn",
            (Kind::ExtensionRefusal, _) => "Không gia hạn",
            (Kind::Unlock, _) => "Mở khóa",
        }
    }

    /// What is said once it is done.
    pub(super) fn done(self, withdraw: bool) -> &'static str {
        match (self, withdraw) {
            (Kind::Nil, false) => "Đã khai không phát sinh.",
            (Kind::Nil, true) => "Đã rút khai không phát sinh.",
            (Kind::NilReturn, _) => "Đã đề nghị đơn vị báo cáo lại.",
            (Kind::Exemption, false) => "Đã miễn báo cáo kỳ này cho đơn vị.",
            (Kind::Exemption, true) => "Đã thôi miễn báo cáo cho đơn vị.",
            (Kind::Extension, _) => "Đã gia hạn cho đơn vị.",
            (Kind::ExtensionRequest, _) => "Đã gửi đề nghị gia hạn.",
            (Kind::ExtensionRefusal, _) => "Đã trả lời không gia hạn.",
            (Kind::Unlock, _) => "Đã mở khóa số liệu cho đơn vị.",
        }
    }

    /// The label of the day it asks; none when it asks none.
    pub(super) fn day_label(self) -> Option<&'static str> {
        match self {
            Kind::NilReturn => Some("Báo cáo lại đến hết ngày"),
            Kind::Extension => Some("Gia hạn đến hết ngày"),
            Kind::ExtensionRequest => Some("Đề nghị gia hạn đến hết ngày"),
            Kind::Unlock => Some("Mở khóa đến hết ngày"),
            _ => None,
        }
    }

    pub(super) fn asks_reason(self) -> bool {
        self != Kind::Nil
    }
}
