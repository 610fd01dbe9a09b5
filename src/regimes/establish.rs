//! Setting up a regime: the regime, its cycles, a route from every unit of the chosen kinds to the collector, and its
//! forms. One write.

use serde_json::json;

use super::audience::{Standing, standing};
use super::{Charter, queries, standard_forms};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::forms::copying;
use crate::periods::RegimeKind;
use crate::standard::forms as standard;
use crate::units;

/// Where the forms of a new regime come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    /// The standard form of each kind.
    Standard,
    /// Those another regime of the province has today.
    Of(RegimeId),
    /// None yet: they are written before the first period is opened.
    Later,
    /// The standard form of each kind that has one, and for the others a plain one that asks for text.
    StandardOrPlain,
    /// The plain one for all.
    Plain,
}

/// What the charter and its forms would meet in the province, to be mended at the form's fields.
///
/// # Errors
/// The queries' own.
pub fn examine(
    conn: &mut Conn,
    province: UnitId,
    charter: &Charter,
    forms: Forms,
    moment: Moment,
) -> Result<(Problems, Standing), Error> {
    let mut problems = charter.problems();
    if queries::is_taken(conn, &charter.code)? {
        problems.add("code", format!("Đã có chế độ báo cáo mang mã {}.", charter.code));
    }
    let standing = standing(conn, province, None, moment.today)?;
    if !standing.units.iter().any(|unit| unit.id == charter.collector) {
        problems.add("collector", "Chọn một đơn vị của tỉnh làm cơ quan nhận, tổng hợp báo cáo.");
    }
    if problems.at("kinds").is_none()
        && let Err(Error::Invalid(found)) = standing.change(&charter.kinds, &[])
    {
        problems.0.extend(found.0);
    }
    if forms == Forms::Standard && charter.kind == RegimeKind::Report {
        let without = standing.kinds.iter().filter(|k| charter.kinds.contains(&k.code) && k.form.is_none());
        let names: Vec<&str> = without.map(|kind| kind.name.as_str()).collect();
        if !names.is_empty() {
            let message = format!(
                "Chưa có biểu mẫu chuẩn cho: {}. Bỏ loại này, hoặc chọn cách lập biểu mẫu khác.",
                names.join("; ")
            );
            problems.add("kinds", message);
        }
    }
    Ok((problems, standing))
}

/// To whom a collector's editions go unless it says otherwise: the police report to their Ministry too (through C11), and
/// everybody to whom the units address their own reports through it.
fn upward(charter: &Charter, standing: &Standing) -> Vec<String> {
    let Some(collector) = standing.units.iter().find(|unit| unit.id == charter.collector) else {
        return vec![];
    };
    let mut names: Vec<String> = Vec::new();
    if charter.kind == RegimeKind::Report && collector.kind_code == "police" {
        names.push("Bộ Công an (qua Cục C11)".to_owned());
    }
    for addressee in charter.addressee.split([';', '\n']) {
        let name = addressee.split_once("(qua ").map_or(addressee, |(before, _)| before).trim();
        let itself = name == collector.name || name == collector.short_name;
        if !name.is_empty() && !itself && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Writes the regime for a province; every unit of its kinds reports.
///
/// # Errors
/// [`Error::Invalid`] with everything to mend; the queries' own.
pub fn establish(
    conn: &mut Conn,
    province: UnitId,
    charter: &Charter,
    forms: Forms,
    by: &By,
    moment: Moment,
) -> Result<RegimeId, Error> {
    establish_for(conn, (province, None), charter, forms, by, moment)
}

/// The same, with only the units named of its kinds where a document names them.
///
/// # Errors
/// As [`establish`].
pub fn establish_for(
    conn: &mut Conn,
    (province, only): (UnitId, Option<&[UnitId]>),
    charter: &Charter,
    forms: Forms,
    by: &By,
    moment: Moment,
) -> Result<RegimeId, Error> {
    // Of two at once the second waits, and then finds the code taken.
    units::queries::claim(conn, province)?;
    let (problems, standing) = examine(conn, province, charter, forms, moment)?;
    problems.or(())?;
    let mut change = standing.change(&charter.kinds, &[])?;
    if let Some(only) = only {
        change.added.retain(|(unit, _)| only.contains(unit));
        // Those that are gone by now and owed something while they were there.
        let there: Vec<UnitId> = change.added.iter().map(|(unit, _)| *unit).collect();
        let gone: Vec<UnitId> = only.iter().copied().filter(|unit| !there.contains(unit)).collect();
        for (unit, on) in units::queries::on_day(conn, &gone, moment.today)? {
            change.added.push((unit, standard::forms()?.mode_of(&on.kind_code)));
        }
    }
    let regime = queries::insert(conn, province, charter)?;
    queries::replace_cycles(conn, regime, charter)?;
    queries::add_recipients(conn, regime, &upward(charter, &standing))?;
    // Without a first day: a period whose reference day is already past is opened too.
    queries::add_routes(conn, regime, charter.collector, &change.added, None)?;
    let reporting: Vec<UnitId> = change.added.iter().map(|(unit, _)| *unit).collect();
    match forms {
        Forms::Plain => standard_forms::insert_plain(conn, regime, &charter.kinds)?,
        Forms::Standard | Forms::StandardOrPlain if charter.kind == RegimeKind::Document => {
            standard_forms::insert_plain(conn, regime, &charter.kinds)?;
        }
        Forms::Standard | Forms::StandardOrPlain => {
            let set = standard::forms()?;
            let (with, without): (Vec<String>, Vec<String>) =
                charter.kinds.iter().cloned().partition(|kind| set.of_kind(kind).is_some());
            let day = moment.today;
            standard_forms::insert_standard(conn, regime, province, &reporting, &with, &set, day)?;
            if forms == Forms::StandardOrPlain && !without.is_empty() {
                standard_forms::insert_plain(conn, regime, &without)?;
            }
        }
        Forms::Of(other) => copying::copy_all(conn, other, regime, moment.today)?,
        Forms::Later => {}
    }
    let step = Step {
        action: "regime.create",
        subject_kind: "regime",
        subject_id: Some(regime.0),
        subject_label: &charter.name,
        unit_id: Some(charter.collector),
        before: None,
        after: Some(json!({ "charter": charter, "units": reporting.len() })),
    };
    audit::record(conn, by, &step, moment.recorded)?;
    Ok(regime)
}
