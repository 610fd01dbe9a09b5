//! What is said at once when work was noted, beside that it is kept: its day lies in no report that is open, its link is claimed
//! already. It refuses nothing. Stands between the entry as kept, and the reports and the ledger it goes into.

use chrono::NaiveDate;

use super::queries;
use crate::access::{Action, Actor};
use crate::calendar::{Moment, Window};
use crate::db::Conn;
use crate::db::ids::{ObligationId, TaskEntryId};
use crate::evidence;
use crate::periods::queries::{open_duties_of_units, unlocked};
use crate::vietnamese::short_date;

/// What to say of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Who claims its link too: "Sở …: báo cáo 6 tháng đầu năm 2025".
    pub claimed: Vec<String>,
    /// The day, where no open report takes it in.
    pub outside: Option<NaiveDate>,
}

impl Noted {
    /// What is said behind the sentence that it is kept; "" where there is nothing to say.
    pub fn words(&self) -> String {
        let mut words = String::new();
        if !self.claimed.is_empty() {
            words.push_str(&format!(" Đường dẫn này cũng có trong: {}.", self.claimed.join("; ")));
        }
        if let Some(day) = self.outside {
            words.push_str(&format!(
                " Ngày {} không thuộc kỳ báo cáo nào đang mở của đơn vị.",
                short_date(day)
            ));
        }
        words
    }

    pub fn is_plain(&self) -> bool {
        self.words().is_empty()
    }
}

/// Whether a day lies in none of the windows of a unit that reports; one that never owed a report is told nothing.
pub fn is_outside(day: NaiveDate, reports: bool, open: &[Window]) -> bool {
    reports && !open.iter().any(|window| window.contains(day))
}

/// What there is to say of an entry of one of the actor's units; a report that was locked and is unlocked again takes it in. Eight
/// queries at most.
///
/// # Errors
/// The queries' own.
pub fn noted(conn: &mut Conn, actor: &Actor, id: TaskEntryId, moment: Moment) -> diesel::QueryResult<Noted> {
    let entry = queries::any_entry(conn, id)?;
    let Some(membership) = actor.for_unit(entry.unit_id, Action::LogWork) else {
        return Ok(Noted::default());
    };
    let claimed = evidence::read::against_entry(conn, membership, &entry, moment.today)?;
    let regimes = evidence::queries::regimes_of(conn, &membership.reach)?;
    let duties = open_duties_of_units(conn, &membership.reach)?;
    let ids: Vec<ObligationId> = duties.iter().map(|(duty, ..)| duty.obligation.id).collect();
    let unlocked = unlocked(conn, &ids)?;
    let open: Vec<Window> = duties
        .into_iter()
        .filter(|(duty, period, _)| {
            let until = unlocked.get(&duty.obligation.id).copied();
            duty.open_until(period.lock_on, until).is_none_or(|last| moment.today <= last)
        })
        .filter_map(|(_, period, _)| period.window())
        .collect();
    let outside = is_outside(entry.done_on, !regimes.is_empty(), &open).then_some(entry.done_on);
    Ok(Noted { claimed, outside })
}
