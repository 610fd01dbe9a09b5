//! One type per kind of row, so that a unit's id never stands where a report's belongs.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            diesel_derive_newtype::DieselNewType,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map($name)
            }
        }
    )+};
}

ids! {
    UnitId,
    UnitChangeId,
    FunctionId,
    PersonId,
    MembershipId,
    SessionId,
    InvitationId,
    HandOverId,
    PlanId,
    LegalBasisId,
    ClauseId,
    TaskId,
    AssignmentId,
    TaskEntryId,
    IndicatorId,
    RegimeId,
    FormId,
    FormDraftId,
    PeriodId,
    ObligationId,
    ReportId,
    RevisionId,
    RemarkId,
    DraftRemarkId,
    EvidenceId,
    EditionId,
    DispatchId,
    FileId,
    WorkbookUploadId,
    RecipientFormId,
    JobId,
    DropId,
    DropFileId,
    ContactId,
    CalendarLinkId,
    DigestId,
    NoticeId,
    EscalationId,
    MailId,
    LegacyTableId,
    PlanUploadId,
    BroughtId,
    AuditId,
}
