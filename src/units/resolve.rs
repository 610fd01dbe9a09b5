//! From lines of a list to units with a place: who stands above, in which order, under which code. Pure; stands
//! between `listing` and `add`, and answers a preview before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::listing::{Line, LineProblem};
use crate::db::ids::UnitId;
use crate::standard::ready::{ReadyBody, two_levels_from};
use crate::vietnamese::search_key;

/// The body a new unit stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    Existing(UnitId),
    /// Another unit of the same list, by its place.
    Listed(usize),
}

/// A unit about to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind_code: String,
    pub above: Above,
    pub protocol_order: i32,
    pub official_code: Option<String>,
    pub aliases: Vec<String>,
    pub existed_from: Option<NaiveDate>,
    /// Codes of functions it holds.
    pub holds: Vec<String>,
}

/// A unit of the province that is already there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind_code: String,
    pub protocol_order: i32,
}

/// The province the list is for.
#[derive(Debug, Clone)]
pub struct Place {
    /// The province's own code, the first part of each unit's.
    pub code: String,
    pub province: UnitId,
    /// Its committee; where there is none, bodies stand under the province.
    pub committee: Option<UnitId>,
    pub there: Vec<There>,
    /// Codes of bodies that have ended, which are not given again.
    pub taken: Vec<String>,
    /// Bodies of the ready lists, whose keys, orders and functions a line of the same name takes.
    pub ready: Vec<ReadyBody>,
}

/// Kinds that stand under the committee unless a line says otherwise.
const UNDER_THE_COMMITTEE: [&str; 6] =
    ["department", "portal", "commune", "commune_police", "district", "police"];

/// The units of a list, or what is wrong with its lines.
///
/// # Errors
/// A name already there, a body above that is not known.
pub fn resolve(lines: &[Line], place: &Place) -> Result<Vec<NewUnit>, Vec<LineProblem>> {
    let key = |name: &str| name.to_lowercase();
    let names: HashSet<String> = place.there.iter().map(|unit| key(&unit.name)).collect();
    let mut codes: HashSet<String> = place.there.iter().map(|unit| unit.code.clone()).collect();
    codes.extend(place.taken.iter().cloned());
    let mut last: HashMap<String, i32> = HashMap::new();
    for unit in &place.there {
        let order = last.entry(unit.kind_code.clone()).or_insert(0);
        *order = unit.protocol_order.max(*order);
    }
    let (mut units, mut problems) = (Vec::new(), Vec::new());
    for line in lines {
        let mut problem = |message: String| problems.push(LineProblem { number: line.number, message });
        if names.contains(&key(&line.name)) {
            problem(format!("“{}” đã có trong danh mục đơn vị.", line.name));
            continue;
        }
        let Some(above) = above(line, lines, place) else {
            problem(format!(
                "Không thấy “{}” (cột trực thuộc) trong danh mục và trong danh sách.",
                line.parent
            ));
            continue;
        };
        let ready = place.ready.iter().find(|body| key(&body.name) == key(&line.name));
        let order = match ready {
            Some(body) => body.order,
            None => last.get(&line.kind_code).copied().unwrap_or(0).max(first_order(&line.kind_code)) + 1,
        };
        let highest = last.entry(line.kind_code.clone()).or_insert(0);
        *highest = order.max(*highest);
        let wanted = ready.map_or_else(|| slug(&line.short_name), |body| body.key.clone());
        units.push(NewUnit {
            code: free_code(&place.code, &wanted, &mut codes),
            name: line.name.clone(),
            short_name: line.short_name.clone(),
            kind_code: line.kind_code.clone(),
            above,
            protocol_order: order,
            official_code: Some(line.official_code.clone()).filter(|code| !code.is_empty()),
            aliases: line.aliases.clone(),
            existed_from: two_levels_from().filter(|_| line.kind_code.starts_with("commune")),
            holds: ready.map(|body| body.holds.clone()).unwrap_or_default(),
        });
    }
    if problems.is_empty() { Ok(units) } else { Err(problems) }
}

fn above(line: &Line, lines: &[Line], place: &Place) -> Option<Above> {
    if line.parent.is_empty() {
        let committee = place.committee.filter(|_| UNDER_THE_COMMITTEE.contains(&line.kind_code.as_str()));
        return Some(Above::Existing(committee.unwrap_or(place.province)));
    }
    let wanted = line.parent.to_lowercase();
    let named = |name: &str, short: &str| name.to_lowercase() == wanted || short.to_lowercase() == wanted;
    let there = place.there.iter().find(|unit| named(&unit.name, &unit.short_name));
    there.map(|unit| Above::Existing(unit.id)).or_else(|| {
        let at = lines.iter().position(|other| named(&other.name, &other.short_name))?;
        // A body is not above itself.
        lines.get(at).filter(|other| other.number != line.number).map(|_| Above::Listed(at))
    })
}

/// Where a kind's own order begins, so that kinds of one heading keep the protocol's order between them.
fn first_order(kind: &str) -> i32 {
    match kind {
        "department" => 39,
        "press" => 51,
        "portal" => 56,
        "bank" => 61,
        "front" => 70,
        "mass_org" => 76,
        _ => 100,
    }
}

/// "bac-ninh.so-noi-vu", with a number where that is taken.
fn free_code(province: &str, wanted: &str, taken: &mut HashSet<String>) -> String {
    let base = format!("{province}.{wanted}");
    let mut code = base.clone();
    let mut number = 2;
    while !taken.insert(code.clone()) {
        code = format!("{base}-{number}");
        number += 1;
    }
    code
}

/// Small letters without accents, digits and hyphens; never empty.
pub fn slug(text: &str) -> String {
    let key = search_key(text);
    let words: Vec<String> = key
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() { "don-vi".into() } else { words.join("-") }
}
