//! The last step: everything answered is written in one transaction, the code dies, the administrator is signed in.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::answers::{Administrator, Answers, ProvinceAnswer};
use super::code::SetupSession;
use super::{preview, queries};
use crate::access::Role;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FunctionId, MembershipId, PersonId, UnitId};
use crate::db::schema::{
    function_holders, memberships, people, setup_answers, setup_codes, unit_versions, units,
};
use crate::error::Error;
use crate::people::session::{self, Lifetimes};
use crate::standard::catalogue;
use crate::standard::ready::ReadyBody;
use crate::units::listing;
use crate::units::preview::every_ready;
use crate::units::resolve::{Place, There, resolve, slug};
use crate::{on_each, vietnamese};

/// Writes the installation and opens the administrator's session; returns its token.
///
/// # Errors
/// [`Error::Conflict`] when another browser was faster; [`Error::Refused`] when a step is not answered.
/// Nothing is kept then.
pub fn finish(
    conn: &mut Conn,
    setup: &SetupSession,
    device: &str,
    lifetimes: Lifetimes,
    moment: Moment,
) -> Result<String, Error> {
    // The row is what two browsers, or two processes, would race for: the second finds it gone.
    let spent = diesel::delete(setup_codes::table.find(setup.id)).execute(conn)?;
    if spent == 0 || !queries::is_needed(conn)? {
        return Err(Error::Conflict("Hệ thống vừa được thiết lập ở một cửa sổ khác.".into()));
    }
    let Answers { administrator: Some(administrator), province: Some(province), units: Some(units) } =
        queries::answers(conn)?
    else {
        return Err(Error::Refused("Còn bước chưa nhập xong. Quay lại các bước trước.".into()));
    };
    let loaded = catalogue::load(conn)?;
    let place = found(conn, &province, &loaded.functions)?;
    let listing = listing::read(&units.text, &catalogue::kinds()?);
    let new = resolve(&listing.lines, &place).map_err(|_| mend_units())?;
    if !listing.problems.is_empty() {
        return Err(mend_units());
    }
    crate::units::add::insert(conn, place.province, &new)?;
    let agency = agency(&place)?;
    let (person, membership) = first_person(conn, &administrator, agency, moment)?;
    let by = By {
        person_id: Some(person),
        membership_id: Some(membership),
        name: administrator.full_name.clone(),
        title: format!("{}, {}", administrator.title, province.agency),
    };
    let after = json!({
        "province": place.code, "agency": province.agency, "administrator": administrator.username,
        "units": new.len(), "indicators": loaded.indicators.len(),
    });
    let step = Step {
        action: "installation.set_up",
        subject_kind: "installation",
        subject_id: None,
        subject_label: "Thiết lập ban đầu",
        unit_id: Some(place.province),
        before: None,
        after: Some(after),
    };
    audit::record(conn, &by, &step, moment.recorded)?;
    diesel::delete(setup_answers::table).execute(conn)?;
    diesel::delete(setup_codes::table).execute(conn)?;
    session::open(conn, person, device, lifetimes, moment.recorded)
}

fn mend_units() -> Error {
    Error::Refused("Danh sách đơn vị còn chỗ cần sửa. Quay lại bước Các đơn vị.".into())
}

/// The standing agency among the bodies just made.
fn agency(place: &Place) -> Result<UnitId, Error> {
    let police = place.there.iter().find(|unit| unit.kind_code == "police");
    police.map(|unit| unit.id).ok_or_else(|| Error::Internal("the list of bodies has no police".into()))
}

/// Writes the Ministry's bodies, the province, its committee and its police.
fn found(
    conn: &mut Conn,
    answer: &ProvinceAnswer,
    functions: &HashMap<String, FunctionId>,
) -> Result<Place, Error> {
    let (province, naming) = answer.province()?;
    let code = slug(&province.name);
    let mut ids: HashMap<String, UnitId> = HashMap::new();
    let mut there = Vec::new();
    for body in preview::core(answer)? {
        let unit_code = match body.kind.as_str() {
            "province" => code.clone(),
            kind if kind.starts_with("ministry") => body.key.replace('-', "."),
            _ => format!("{code}.{}", body.key),
        };
        let official = (body.kind == "province").then_some(province.code.as_str());
        let id = insert_body(conn, &body, &unit_code, ids.get(&body.parent).copied(), official)?;
        ids.insert(body.key.clone(), id);
        if let Some(place) = ids.get("province") {
            insert_holders(conn, *place, id, &body.holds, functions)?;
        }
        there.push(There {
            id,
            code: unit_code,
            name: body.name,
            short_name: body.short,
            kind_code: body.kind,
            protocol_order: body.order,
        });
    }
    let missing = || Error::Internal("the list of bodies has no province".into());
    Ok(Place {
        province: ids.get("province").copied().ok_or_else(missing)?,
        committee: ids.get("ubnd").copied(),
        ready: every_ready(&province.code, &naming)?,
        code,
        there,
        taken: vec![],
    })
}

fn insert_body(
    conn: &mut Conn,
    body: &ReadyBody,
    code: &str,
    parent: Option<UnitId>,
    official_code: Option<&str>,
) -> Result<UnitId, Error> {
    let id: UnitId = on_each!(conn, |c| diesel::insert_into(units::table)
        .values((units::uid.eq(uuid::Uuid::now_v7().to_string()), units::code.eq(code)))
        .returning(units::id)
        .get_result(c))?;
    diesel::insert_into(unit_versions::table)
        .values((
            unit_versions::unit_id.eq(id),
            unit_versions::name.eq(&body.name),
            unit_versions::short_name.eq(&body.short),
            unit_versions::search_key.eq(vietnamese::search_key(&format!("{} {}", body.name, body.short))),
            unit_versions::kind_code.eq(&body.kind),
            unit_versions::parent_id.eq(parent),
            unit_versions::protocol_order.eq(body.order),
            unit_versions::official_code.eq(official_code),
        ))
        .execute(conn)?;
    Ok(id)
}

fn insert_holders(
    conn: &mut Conn,
    province: UnitId,
    unit: UnitId,
    holds: &[String],
    functions: &HashMap<String, FunctionId>,
) -> Result<(), Error> {
    for function in holds.iter().filter_map(|code| functions.get(code)) {
        diesel::insert_into(function_holders::table)
            .values((
                function_holders::function_id.eq(*function),
                function_holders::province_id.eq(province),
                function_holders::unit_id.eq(unit),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The administrator, whose password was chosen by themselves and need not be changed.
fn first_person(
    conn: &mut Conn,
    answer: &Administrator,
    agency: UnitId,
    moment: Moment,
) -> Result<(PersonId, MembershipId), Error> {
    let person: PersonId = on_each!(conn, |c| diesel::insert_into(people::table)
        .values((
            people::uid.eq(uuid::Uuid::now_v7().to_string()),
            people::username.eq(&answer.username),
            people::full_name.eq(&answer.full_name),
            people::name_key.eq(vietnamese::person_sort_key(&answer.full_name)),
            people::password_hash.eq(&answer.password_hash),
            people::must_change_password.eq(false),
            people::created_at.eq(moment.recorded),
        ))
        .returning(people::id)
        .get_result(c))?;
    let administers = insert_membership(conn, person, agency, Role::Administrator, answer, moment.today)?;
    if answer.compiles {
        insert_membership(conn, person, agency, Role::Compiler, answer, moment.today)?;
    }
    Ok((person, administers))
}

fn insert_membership(
    conn: &mut Conn,
    person: PersonId,
    unit: UnitId,
    role: Role,
    answer: &Administrator,
    from: NaiveDate,
) -> Result<MembershipId, Error> {
    Ok(on_each!(conn, |c| diesel::insert_into(memberships::table)
        .values((
            memberships::person_id.eq(person),
            memberships::unit_id.eq(unit),
            memberships::role.eq(role.code()),
            memberships::title.eq(&answer.title),
            memberships::valid_from.eq(from),
        ))
        .returning(memberships::id)
        .get_result(c))?)
}
