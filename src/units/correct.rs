//! Correcting what was written wrongly of a unit: name, short name, code, order, other names. It changes the version in
//! place; a name that really changed is a reorganisation with a decision and a day, and not this.

use diesel::prelude::*;
use serde_json::json;

use super::queries::{self, editing};
use super::telephone;
use crate::access::{Action, Actor};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_aliases, unit_versions};
use crate::error::{Error, Problems};
use crate::{on_each, vietnamese};

/// Everything that can be corrected, as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub name: String,
    pub short_name: String,
    pub official_code: Option<String>,
    pub protocol_order: i32,
    pub aliases: Vec<String>,
    /// Of the body as such: its office, its records clerk.
    pub phone: String,
}

/// What the page showed, as one text: a save over anything else is a conflict.
///
/// # Errors
/// As the queries.
pub fn mark(conn: &mut Conn, unit: UnitId, moment: Moment) -> Result<(Correction, String), Error> {
    let version = editing::correctable(conn, unit, moment.today)?;
    let shown = Correction {
        name: version.name,
        short_name: version.short_name,
        official_code: version.official_code,
        protocol_order: version.protocol_order,
        aliases: editing::aliases_of(conn, unit)?,
        phone: editing::phone_of(conn, unit)?,
    };
    let mark = audit::sha256_hex(json(&shown).to_string().as_bytes());
    Ok((shown, mark))
}

fn json(correction: &Correction) -> serde_json::Value {
    json!({
        "name": correction.name, "short_name": correction.short_name,
        "official_code": correction.official_code, "order": correction.protocol_order,
        "aliases": correction.aliases, "phone": correction.phone,
    })
}

/// Corrects a unit of a province that the actor administers.
///
/// # Errors
/// [`Error::NotFound`] for a foreign unit, [`Error::Forbidden`] without the role, [`Error::Conflict`] when the unit
/// is no longer as it was `shown`, [`Error::Invalid`] when another unit bears the name.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    unit: UnitId,
    new: &Correction,
    shown: &str,
    moment: Moment,
) -> Result<(), Error> {
    let province = queries::province_in(conn, &actor.scope().provinces, unit)?;
    let membership = actor
        .in_province(province, Action::Administer)
        .ok_or_else(|| Error::Forbidden("Danh mục đơn vị do người quản trị sửa.".into()))?;
    let version = editing::correctable(conn, unit, moment.today)?;
    let (before, now) = mark(conn, unit, moment)?;
    let conflict = || Error::Conflict("Đơn vị vừa được người khác sửa. Mở lại trang rồi sửa tiếp.".into());
    if now != shown {
        return Err(conflict());
    }
    let others = queries::of_province(conn, province, moment.today)?;
    let same = |name: &str| name.to_lowercase() == new.name.to_lowercase();
    let mut problems = Problems::default();
    if others.iter().any(|other| other.id != unit && same(&other.name)) {
        problems.add("name", format!("Đã có đơn vị khác mang tên {}.", new.name));
    }
    problems.or(())?;
    let changed = diesel::update(unit_versions::table.find(version.id))
        .filter(unit_versions::name.eq(&before.name))
        .filter(unit_versions::short_name.eq(&before.short_name))
        .filter(unit_versions::protocol_order.eq(before.protocol_order))
        .set((
            unit_versions::name.eq(&new.name),
            unit_versions::short_name.eq(&new.short_name),
            unit_versions::search_key.eq(vietnamese::search_key(&format!("{} {}", new.name, new.short_name))),
            unit_versions::official_code.eq(&new.official_code),
            unit_versions::protocol_order.eq(new.protocol_order),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(conflict());
    }
    if new.phone != before.phone && !telephone::put(conn, unit, (&before.phone, &new.phone))? {
        return Err(conflict());
    }
    if new.aliases != before.aliases {
        replace_aliases(conn, unit, &new.aliases)?;
    }
    let step = Step {
        action: "unit.correct",
        subject_kind: "unit",
        subject_id: Some(unit.0),
        subject_label: &new.name,
        unit_id: Some(unit),
        before: Some(json(&before)),
        after: Some(json(new)),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

fn replace_aliases(conn: &mut Conn, unit: UnitId, aliases: &[String]) -> QueryResult<()> {
    diesel::delete(unit_aliases::table.filter(unit_aliases::unit_id.eq(unit))).execute(conn)?;
    let mut seen = std::collections::HashSet::new();
    let mut rows = Vec::new();
    for alias in aliases {
        let key = vietnamese::search_key(alias);
        // Two spellings with one key find the same unit; the first is kept.
        if !key.is_empty() && seen.insert(key.clone()) {
            rows.push((
                unit_aliases::unit_id.eq(unit),
                unit_aliases::alias.eq(alias.as_str()),
                unit_aliases::search_key.eq(key),
            ));
        }
    }
    on_each!(conn, |c| diesel::insert_into(unit_aliases::table).values(&rows).execute(c)).map(|_| ())
}
