//! The permission table: role × action. Scope (which unit, which province) is asked separately, in the query.

/// A role held in one unit. Codes are stored in `memberships.role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Cán bộ đầu mối of a unit.
    Officer,
    /// Lãnh đạo đơn vị.
    UnitLeader,
    /// Cán bộ tổng hợp of the standing agency.
    Compiler,
    /// Lãnh đạo of the standing agency who approves editions.
    CompilingLeader,
    /// Lãnh đạo tỉnh, lãnh đạo Công an tỉnh: reads, never types.
    Leader,
    /// The Ministry's receiving department.
    MinistryViewer,
    Administrator,
}

/// Something a person may do. Reading is an action too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read the open draft of the unit's own report.
    ReadDraft,
    /// Type into the draft, pass it to the leader, ask for an extension.
    EditDraft,
    /// Approve as the unit's leader, or hand back to the officer.
    ApproveForUnit,
    /// Send: the officer with the signed paper, or the leader.
    Send,
    /// Declare "không phát sinh".
    DeclareNil,
    /// Note work done for a task.
    LogWork,
    /// Receive, or ask to amend.
    Review,
    /// Type in for a unit that sent paper.
    TypeOnBehalf,
    /// Exempt, extend, open periods, write plans, forms and regimes.
    Compile,
    /// Make an edition.
    Consolidate,
    /// Approve an edition; grant or refuse what the compiler proposes.
    ApproveEdition,
    /// Read editions and their workbooks.
    ReadEdition,
    /// Merge the workbooks of provinces into one national table.
    MergeProvinces,
    /// The leaders' screen.
    ReadOverview,
    /// Read plans, units, indicators, regimes of the province.
    ReadProvince,
    /// Read who did what in the province.
    ReadTrail,
    /// People, units, calendar, the catalogue; regimes and forms of the province beside their collector.
    Administer,
}

impl Role {
    pub const ALL: [Role; 7] = [
        Role::Officer,
        Role::UnitLeader,
        Role::Compiler,
        Role::CompilingLeader,
        Role::Leader,
        Role::MinistryViewer,
        Role::Administrator,
    ];

    /// Whether the role may take the action at all.
    pub fn may(self, action: Action) -> bool {
        use Action as A;
        match self {
            Role::Officer => matches!(
                action,
                A::ReadDraft | A::EditDraft | A::Send | A::DeclareNil | A::LogWork | A::ReadProvince
            ),
            Role::UnitLeader => matches!(
                action,
                A::ReadDraft
                    | A::EditDraft
                    | A::ApproveForUnit
                    | A::Send
                    | A::DeclareNil
                    | A::LogWork
                    | A::ReadProvince
            ),
            Role::Compiler => matches!(
                action,
                A::Review
                    | A::TypeOnBehalf
                    | A::Compile
                    | A::Consolidate
                    | A::ReadEdition
                    | A::ReadOverview
                    | A::ReadProvince
            ),
            Role::CompilingLeader => matches!(
                action,
                A::Review
                    | A::TypeOnBehalf
                    | A::Compile
                    | A::Consolidate
                    | A::ApproveEdition
                    | A::ReadEdition
                    | A::ReadOverview
                    | A::ReadProvince
            ),
            Role::Leader => {
                matches!(action, A::ReadEdition | A::ReadOverview | A::ReadProvince | A::ReadTrail)
            }
            Role::MinistryViewer => matches!(action, A::ReadEdition | A::MergeProvinces),
            Role::Administrator => matches!(action, A::Administer | A::ReadProvince | A::ReadTrail),
        }
    }

    /// The code stored in the database.
    pub fn code(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::UnitLeader => "unit_leader",
            Role::Compiler => "compiler",
            Role::CompilingLeader => "compiling_leader",
            Role::Leader => "leader",
            Role::MinistryViewer => "ministry_viewer",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a stored code.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.code() == code)
    }

    /// The role as pages name it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Officer => "cán bộ đầu mối",
            Role::UnitLeader => "lãnh đạo đơn vị",
            Role::Compiler => "cán bộ tổng hợp",
            Role::CompilingLeader => "lãnh đạo đơn vị tổng hợp",
            Role::Leader => "lãnh đạo",
            Role::MinistryViewer => "Bộ Công an",
            Role::Administrator => "quản trị",
        }
    }
}
