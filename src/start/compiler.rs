//! An administrator takes the role of the compiler, where the province has none yet.

use diesel::prelude::*;
use serde_json::json;

use super::queries;
use crate::access::{Action, Actor, Role};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::schema::memberships;
use crate::error::Error;

/// Gives the acting administrator the compiler's role in the unit they administer from.
///
/// # Errors
/// [`Error::Forbidden`] without the role; [`Error::Refused`] when the province has a compiler.
pub fn become_compiler(conn: &mut Conn, actor: &Actor, moment: Moment) -> Result<(), Error> {
    let found = actor.memberships.iter().find(|m| m.role.may(Action::Administer));
    let (Some(membership), Some(province)) = (found, found.and_then(|m| m.province_id)) else {
        return Err(Error::Forbidden("Việc này dành cho người quản trị.".into()));
    };
    let roles = [Role::Compiler.code(), Role::CompilingLeader.code()];
    if queries::people_with(conn, province, &roles, moment.today)? > 0 {
        return Err(Error::Refused(
            "Tỉnh đã có cán bộ tổng hợp; việc giao thêm làm ở mục Người dùng.".into(),
        ));
    }
    diesel::insert_into(memberships::table)
        .values((
            memberships::person_id.eq(actor.person_id),
            memberships::unit_id.eq(membership.unit_id),
            memberships::role.eq(Role::Compiler.code()),
            memberships::title.eq(&membership.title),
            memberships::valid_from.eq(moment.today),
        ))
        .execute(conn)?;
    let step = Step {
        action: "person.grant",
        subject_kind: "person",
        subject_id: Some(actor.person_id.0),
        subject_label: &actor.username,
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(json!({ "role": Role::Compiler.code() })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
