//! Plans that papers cite and whose number or day is not on record yet: a draft leaves room for them, what is sent names the plan
//! without. Stands between the plans of a regime and the pages on which a report is checked before it leaves.

use chrono::NaiveDate;

use super::printed::{is_past, unnumbered};
use super::queries;
use crate::db::Conn;
use crate::db::ids::{PlanId, RegimeId};
use crate::error::Error;
use crate::plans::Plan;

/// One such plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPlan {
    pub id: PlanId,
    /// "Kế hoạch năm 2025 của UBND tỉnh Bắc Giang".
    pub name: String,
    /// "số", "ngày ban hành" or both.
    pub lacks: &'static str,
}

impl OpenPlan {
    /// What a paper that cites it will show.
    pub fn words(&self) -> String {
        format!(
            "{} chưa có {} trong hệ thống; báo cáo gửi đi nêu văn bản này không kèm số, ngày.",
            self.name, self.lacks
        )
    }
}

/// Those among the plans that a paper of `year` cites.
pub fn open_plans(plans: &[Plan], year: i32) -> Vec<OpenPlan> {
    let open = |plan: &Plan| {
        let lacks = match (plan.number.is_empty(), plan.issued_on().is_none()) {
            (true, true) => "số, ngày ban hành",
            (true, false) => "số",
            (false, true) => "ngày ban hành",
            (false, false) => return None,
        };
        Some(OpenPlan { id: plan.id, name: unnumbered(plan), lacks })
    };
    plans.iter().filter(|plan| !is_past(plan, year)).filter_map(open).collect()
}

/// Those that the papers of a regime's period cite. Two queries.
///
/// # Errors
/// The queries' own.
pub fn of_period(
    conn: &mut Conn,
    regime: RegimeId,
    (on, year): (NaiveDate, i32),
) -> Result<Vec<OpenPlan>, Error> {
    let (plans, _) = queries::served(conn, regime, on)?;
    Ok(open_plans(&plans, year))
}
