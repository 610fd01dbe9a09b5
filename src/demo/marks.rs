//! How a demo is told from a real installation, and the accounts the command prints.

use diesel::prelude::*;

use crate::db::Db;
use crate::db::schema::{audit_log, units};
use crate::error::Error;

/// The audit action of the row that the loader leaves, by which a demo is known ever after.
pub(super) const LOADED: &str = "demo.load";

/// The accounts worth trying first, in the order of the loop; every unit has its own `canbo.…` beside them.
pub const ACCOUNTS: [(&str, &str); 12] = [
    ("canbo.khcn.bacgiang", "officer of Sở KH&CN: a draft half-year report to finish"),
    ("lanhdao.khcn.bacgiang", "its leader: reads and approves what leaves the unit"),
    ("canbo.mttq.bacgiang", "officer of MTTQ: asked to amend"),
    ("canbo.vietyen.bacgiang", "officer of the district Việt Yên"),
    ("tonghop.catinh.bacgiang", "compiler of Công an tỉnh: chases, receives, consolidates"),
    ("lanhdao.catinh.bacgiang", "compiling leader: approves the edition"),
    ("lanhdao.ubnd.bacgiang", "leader of the province: every deadline on one screen"),
    ("c11.bocongan", "the Ministry: the editions that were approved"),
    ("quantri.bacgiang", "administrator"),
    ("tonghop.catinh.longan", "compiler of Long An"),
    ("tonghop.catinh.bariavungtau", "compiler of Bà Rịa - Vũng Tàu"),
    ("canbo.tuphap.bariavungtau", "officer whose plan is overdue"),
];

/// Whether the database was filled by the demo's loader.
///
/// # Errors
/// The query's own.
pub fn is_demo(db: &Db) -> Result<bool, Error> {
    db.read(|conn| {
        let marks: i64 = audit_log::table.filter(audit_log::action.eq(LOADED)).count().get_result(conn)?;
        Ok(marks > 0)
    })
}

/// Whether the database holds no unit at all.
///
/// # Errors
/// The query's own.
pub fn is_empty(db: &Db) -> Result<bool, Error> {
    db.read(|conn| Ok(units::table.count().get_result::<i64>(conn)? == 0))
}
