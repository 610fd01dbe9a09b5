//! "Đề nghị chỉnh lý, bổ sung": the collector says what is to be mended and by when. What was received before
//! stays counted until the correction is received.

use chrono::{Days, Months, NaiveDate};

use super::history::{Changes, Taken, take};
use super::receive::may_review;
use super::{Case, Step, TypedDay, queries, write_remark};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;
use crate::vietnamese::short_date;

/// Days a unit has for a correction when the collector names none.
pub const DEFAULT_DAYS: u64 = 3;

/// How far ahead that day can be.
const LATEST: Months = Months::new(12);

/// What the collector asks for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Version of the report on the page.
    pub version: i32,
    pub reason: String,
    /// The last day for the correction; blank means [`DEFAULT_DAYS`] from today.
    pub due: TypedDay,
}

impl Request {
    /// The last day asked for, once reason and day are in order; `missing` says what to do without a reason.
    pub(super) fn checked(
        &self,
        case: &Case,
        today: NaiveDate,
        missing: &str,
    ) -> Result<Option<NaiveDate>, Error> {
        let mut problems = Problems::default();
        if self.reason.trim().is_empty() {
            problems.add("reason", missing);
        }
        problems.add_fault("reason", PARAGRAPH.fault("Lý do", &self.reason));
        if let Some(day) =
            self.due.date.filter(|day| today.checked_add_months(LATEST).is_some_and(|last| *day > last))
        {
            problems.add("due_on", format!("Thời hạn {} xa quá một năm.", short_date(day)));
        }
        if let Some(message) = self.due.problem() {
            problems.add("due_on", message);
        } else if self.due.date.is_some_and(|day| day < today) {
            problems.add("due_on", "Thời hạn gửi bản chỉnh lý không thể trước hôm nay.");
        }
        problems.or(self.due.date.or_else(|| default_due(case, today)))
    }
}

/// The last day for a correction asked for on `today` without naming one: a unit that sent early is not asked for it
/// before its report was due at all.
pub fn default_due(case: &Case, today: NaiveDate) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(DEFAULT_DAYS)).max(case.report.first_due_on)
}

/// Asks the unit to amend the revision that waits, and issues the unsent remarks on it.
///
/// # Errors
/// [`Error::Invalid`] without a reason or with a day that cannot be; otherwise as [`super::receive::receive`].
pub fn request_amendment(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    request: &Request,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_review(actor, &case)?;
    let due_on = request.checked(&case, moment.today, "Nhập lý do: cần chỉnh lý, bổ sung nội dung nào.")?;
    let revision_id = queries::revision_id(conn, id, case.report.last_revision)?;
    let taken = Taken {
        step: Step::AskAmendment,
        reason: request.reason.trim(),
        due_on,
        revision_id,
        changes: Changes { amend_due_on: due_on, ..Changes::default() },
    };
    take(conn, &case, request.version, &taken, actor, membership, moment)?;
    let revision = revision_id.ok_or(Error::NotFound)?;
    write_remark::issue(conn, &case, revision, Step::AskAmendment, (actor, membership), moment)
}
