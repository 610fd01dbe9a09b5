//! The province as it will be, before it has ids: what a list of units is read against on the first run.

use super::answers::{ProvinceAnswer, UnitsAnswer};
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::standard::ready::{self, ReadyBody};
use crate::units::preview::{Preview, every_ready};
use crate::units::resolve::{Place, There, slug};

/// The place as it will be; its ids are the places in [`core`], not yet those of the database.
fn place(answer: &ProvinceAnswer) -> Result<Place, Error> {
    let (province, naming) = answer.province()?;
    let code = slug(&province.name);
    let bodies = core(answer)?;
    let at = |key: &str| (0..).zip(&bodies).find(|(_, body)| body.key == key).map(|(at, _)| UnitId(at));
    let (place, committee) = (at("province").unwrap_or(UnitId(0)), at("ubnd"));
    let there = (0..).zip(&bodies).map(|(at, body)| There {
        id: UnitId(at),
        code: format!("{code}.{}", body.key),
        name: body.name.clone(),
        short_name: body.short.clone(),
        kind_code: body.kind.clone(),
        protocol_order: body.order,
    });
    Ok(Place {
        there: there.collect(),
        taken: vec![],
        ready: every_ready(&province.code, &naming)?,
        code,
        province: place,
        committee,
    })
}

/// The bodies every province has, the police under the name that was typed.
///
/// # Errors
/// What could not be read of the files.
pub fn core(answer: &ProvinceAnswer) -> Result<Vec<ReadyBody>, Error> {
    let (_, naming) = answer.province()?;
    let mut bodies = ready::core(&naming)?;
    for body in bodies.iter_mut().filter(|body| body.key == "ca") {
        body.name.clone_from(&answer.agency);
    }
    Ok(bodies)
}

/// Reads a list for this province.
///
/// # Errors
/// What could not be read of the files.
pub fn preview(answer: &ProvinceAnswer, units: &UnitsAnswer) -> Result<Preview, Error> {
    Preview::read(&units.text, &place(answer)?)
}
