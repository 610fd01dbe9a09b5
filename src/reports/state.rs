//! The life of a report as a pure machine: which step leads where. Guarded updates in the verbs repeat the
//! `from` state in SQL, so that two people at once cannot take the same step twice.

/// Where the open draft of a report stands. Codes are stored in `reports.state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportState {
    NotBegun,
    Draft,
    /// With the unit's leader for approval.
    WithLeader,
    /// Sent; waits for the collector.
    Sent,
    /// The collector asked to amend; the unit works on the next revision.
    Amend,
    /// The last revision was received and counts.
    Received,
}

/// What can be done with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The unit saves its draft.
    Save,
    /// The officer passes the draft to the leader ("trình lãnh đạo").
    PassToLeader,
    /// The leader hands it back to the officer.
    HandBack,
    /// The officer takes it back from the leader.
    TakeBack,
    /// The leader approves, or the officer sends what the leader signed on paper.
    Send,
    /// The collector receives ("tiếp nhận").
    Receive,
    /// The collector asks to amend ("đề nghị chỉnh lý, bổ sung"), with a reason.
    AskAmendment,
    /// The collector reopens what it had received ("mở lại báo cáo"), with a reason; what was received still counts.
    Reopen,
    /// The collector begins to type in what the unit sent on paper ("nhập thay").
    TypeForUnit,
    /// The collector stops typing; the unit had no draft of its own.
    StopTyping,
    /// The collector stops typing and gives the unit its own draft back.
    GiveBack,
    /// A lower collector takes the figures of its newer edition into a correction.
    Renew,
    /// Figures of a table of before the system become the report's received revision.
    EnterTable,
    /// Such a table is taken back; nothing was there before it.
    TakeTableBack,
    /// Such a table is taken back; the one before it counts again.
    FallBack,
    /// The collector takes back what it entered for the unit by mistake; the unit had no draft of its own.
    Withdraw,
    /// The same, and the unit has its own draft again.
    WithdrawGivingBack,
}

impl Step {
    pub const ALL: [Step; 17] = [
        Step::Save,
        Step::PassToLeader,
        Step::HandBack,
        Step::TakeBack,
        Step::Send,
        Step::Receive,
        Step::AskAmendment,
        Step::Reopen,
        Step::TypeForUnit,
        Step::StopTyping,
        Step::GiveBack,
        Step::Renew,
        Step::EnterTable,
        Step::TakeTableBack,
        Step::FallBack,
        Step::Withdraw,
        Step::WithdrawGivingBack,
    ];

    /// The code stored in `report_transitions.step`; only a report's first save is such a step.
    pub fn code(self) -> &'static str {
        match self {
            Step::Save => "begin",
            Step::PassToLeader => "pass_to_leader",
            Step::HandBack => "hand_back",
            Step::TakeBack => "take_back",
            Step::Send => "send",
            Step::Receive => "receive",
            Step::AskAmendment => "ask_amendment",
            Step::Reopen => "reopen",
            Step::TypeForUnit => "type_for_unit",
            Step::StopTyping => "stop_typing",
            Step::GiveBack => "give_back",
            Step::Renew => "renew",
            Step::EnterTable => "enter_table",
            Step::TakeTableBack => "take_table_back",
            Step::FallBack => "fall_back",
            Step::Withdraw => "withdraw",
            Step::WithdrawGivingBack => "withdraw_giving_back",
        }
    }

    /// The step of a stored code.
    pub fn from_code(code: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|s| s.code() == code)
    }

    /// What was done, for the report's history.
    pub fn words(self) -> &'static str {
        match self {
            Step::Save => "Bắt đầu soạn",
            Step::PassToLeader => "Trình lãnh đạo",
            Step::HandBack => "Lãnh đạo chuyển lại cán bộ",
            Step::TakeBack => "Lấy lại để sửa",
            Step::Send => "Gửi báo cáo",
            Step::Receive => "Tiếp nhận",
            Step::AskAmendment => "Đề nghị chỉnh lý, bổ sung",
            Step::Reopen => "Mở lại báo cáo",
            Step::TypeForUnit => "Nhập thay",
            Step::StopTyping => "Thôi nhập thay",
            Step::GiveBack => "Thôi nhập thay, trả lại bản đơn vị đang soạn",
            Step::Renew => "Chỉnh lý theo bản tổng hợp mới",
            Step::EnterTable => "Nhập từ bảng cũ",
            Step::TakeTableBack => "Rút số liệu nhập từ bảng cũ",
            Step::FallBack => "Rút bảng cũ nhập sau, trở lại số liệu của bảng nhập trước",
            Step::Withdraw => "Rút lần nhập thay",
            Step::WithdrawGivingBack => "Rút lần nhập thay, trả lại bản đơn vị đang soạn",
        }
    }

    /// Whether the collector sees it: what goes on inside the unit before sending is the unit's own.
    pub fn is_between_units(self) -> bool {
        !matches!(self, Step::Save | Step::PassToLeader | Step::HandBack | Step::TakeBack)
    }

    /// The steps that take the last sending back.
    pub const TAKING_BACK: [Step; 2] = [Step::Withdraw, Step::WithdrawGivingBack];

    /// Whether the last sending counts as none from here on.
    pub fn takes_sending_back(self) -> bool {
        Step::TAKING_BACK.contains(&self)
    }

    /// Whether the unit is to send again: the reason of such a step stays in sight until it has.
    pub fn asks_correction(self) -> bool {
        matches!(self, Step::AskAmendment | Step::Reopen | Step::Renew)
    }
}

impl ReportState {
    pub const ALL: [ReportState; 6] = [
        ReportState::NotBegun,
        ReportState::Draft,
        ReportState::WithLeader,
        ReportState::Sent,
        ReportState::Amend,
        ReportState::Received,
    ];

    pub fn code(self) -> &'static str {
        match self {
            ReportState::NotBegun => "not_begun",
            ReportState::Draft => "draft",
            ReportState::WithLeader => "with_leader",
            ReportState::Sent => "sent",
            ReportState::Amend => "amend",
            ReportState::Received => "received",
        }
    }

    /// The state of a stored code.
    pub fn from_code(code: &str) -> Option<ReportState> {
        ReportState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Where `step` leads from here; none when it cannot be taken.
    /// A correction keeps the state `Amend` while it is being typed, so that its reason stays in sight.
    pub fn after(self, step: Step, correcting: bool) -> Option<ReportState> {
        use ReportState as S;
        let open = if correcting { S::Amend } else { S::Draft };
        match (self, step) {
            (S::NotBegun | S::Draft, Step::Save) => Some(S::Draft),
            (S::Amend, Step::Save) => Some(S::Amend),
            (S::Draft | S::Amend, Step::PassToLeader) => Some(S::WithLeader),
            (S::WithLeader, Step::HandBack | Step::TakeBack) => Some(open),
            (S::Draft | S::Amend | S::WithLeader, Step::Send) => Some(S::Sent),
            (S::Sent, Step::Receive) => Some(S::Received),
            (S::Sent, Step::AskAmendment) | (S::Received, Step::Reopen) => Some(S::Amend),
            (S::Sent | S::Received, Step::Renew) => Some(S::Amend),
            (S::NotBegun | S::Draft, Step::TypeForUnit) | (S::Draft, Step::GiveBack) => Some(S::Draft),
            (S::Draft, Step::StopTyping) => Some(S::NotBegun),
            (S::Amend, Step::TypeForUnit | Step::StopTyping | Step::GiveBack) => Some(S::Amend),
            (S::NotBegun | S::Received, Step::EnterTable) | (S::Received, Step::FallBack) => {
                Some(S::Received)
            }
            (S::Received, Step::TakeTableBack) | (S::Sent, Step::Withdraw) => Some(S::NotBegun),
            (S::Sent, Step::WithdrawGivingBack) => Some(S::Draft),
            _ => None,
        }
    }

    /// Whether its collector has it: what is being written, a correction too, is its unit's own, and others are told neither whose
    /// it is nor for what period.
    pub fn is_with_collector(self) -> bool {
        matches!(self, ReportState::Sent | ReportState::Received)
    }

    /// Whether the unit can type.
    pub fn is_open(self) -> bool {
        matches!(self, ReportState::NotBegun | ReportState::Draft | ReportState::Amend)
    }
}
