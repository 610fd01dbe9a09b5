//! Regimes as their keepers write them: set up, changed and ended by pages, never by hand in the database.
//! Stands between the law that sets up a report (NĐ 09/2019 Điều 7) and the periods, which take down what they open with.

pub mod amend;
pub mod audience;
pub mod charter;
pub mod cycle_input;
pub mod cycles;
pub mod end;
pub mod establish;
pub mod forecast;
pub mod form;
pub mod pages;
pub mod queries;
pub mod serve;
pub mod standard_forms;

pub use charter::Charter;
pub use cycles::CyclePlan;

use crate::access::{Action, Actor, Membership};
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::periods::Regime;

/// The membership under which a person writes this regime and its forms: compilers of its collector, and administrators
/// of its province.
pub fn keeper<'a>(actor: &'a Actor, regime: &Regime) -> Option<&'a Membership> {
    actor
        .for_unit(regime.collector_id, Action::Compile)
        .or_else(|| actor.in_province(regime.province_id, Action::Administer))
}

/// The same, or who may.
///
/// # Errors
/// [`Error::Forbidden`] for everybody else.
pub fn keeping<'a>(actor: &'a Actor, regime: &Regime) -> Result<&'a Membership, Error> {
    keeper(actor, regime).ok_or_else(|| {
        Error::Forbidden(
            "Chế độ báo cáo và biểu mẫu do người quản trị của tỉnh và cán bộ tổng hợp của cơ quan nhận báo cáo lập, sửa."
                .into(),
        )
    })
}

/// The membership and province for which a person sets up a new regime; an administrator chooses the collector, a
/// compiler is it.
///
/// # Errors
/// [`Error::Forbidden`] for those who neither administer nor compile in a province.
pub fn founding(actor: &Actor) -> Result<(&Membership, UnitId), Error> {
    let by = |action: Action| {
        actor.memberships.iter().filter(move |m| m.role.may(action)).find_map(|m| Some((m, m.province_id?)))
    };
    by(Action::Administer)
        .or_else(|| by(Action::Compile))
        .ok_or_else(|| Error::Forbidden("Chế độ báo cáo do người quản trị và cán bộ tổng hợp lập.".into()))
}
