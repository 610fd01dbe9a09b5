//! From lines of a list to people with unit, role and account name, or what is to be mended in each. Pure; stands between
//! `listing` and `invite`, and answers a preview before anything is written.

use std::collections::HashSet;

use super::account_name::{self, LONGEST};
use super::accounts::username_fault;
use super::listing::{self, Line, MOST_LINES};
use crate::access::Role;
use crate::db::ids::UnitId;
use crate::vietnamese::limits::{PERSON, UNIT_NAME};
use crate::vietnamese::search_key;

/// A person about to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    pub full_name: String,
    pub title: String,
    pub unit_id: UnitId,
    /// The unit's name, for the slip.
    pub unit: String,
    pub role: Role,
    pub username: String,
    pub phone: String,
    pub email: String,
}

/// One line, and what becomes of it; the field of a fault says where in a form of one person it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: Line,
    pub outcome: Result<NewPerson, Vec<Fault>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: &'static str,
    pub message: String,
}

/// A unit that people may be invited into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceUnit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind_code: String,
    pub aliases: Vec<String>,
    /// Account and full name of those who hold a role there now or later.
    pub people: Vec<(String, String)>,
}

/// The province a list is for.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// "Bắc Giang".
    pub province: String,
    pub units: Vec<PlaceUnit>,
    /// Every account name there is, of other provinces too.
    pub taken: HashSet<String>,
}

impl Place {
    /// Lines to be filled in for the units in which nobody holds a role: an officer each, the name still to be typed.
    pub fn without_people(&self) -> Vec<String> {
        let role = listing::role_words(Role::Officer);
        let alone = self.units.iter().filter(|unit| unit.people.is_empty() && unit.kind_code != "province");
        alone.map(|unit| format!("| | {} | {role}", unit.name)).collect()
    }
}

/// Every line with its outcome. Names proposed for one line are taken for the next.
pub fn resolve(lines: &[Line], place: &Place) -> Vec<Row> {
    let everybody = place.units.iter().flat_map(|unit| unit.people.iter().map(|(name, _)| name.as_str()));
    let province = account_name::province_part(everybody, &place.province);
    let mut taken = place.taken.clone();
    // What a line asks for by name is not proposed to an earlier one.
    let asked: Vec<&str> =
        lines.iter().map(|line| line.username.as_str()).filter(|n| !n.is_empty()).collect();
    taken.extend(asked.iter().map(|name| (*name).to_owned()));
    let mut seen: HashSet<(UnitId, String)> = HashSet::new();
    let mut rows = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let outcome = if at >= MOST_LINES {
            let message =
                format!("Mỗi lần mời nhiều nhất {MOST_LINES} người; chia danh sách làm nhiều phần.");
            Err(vec![Fault { field: "full_name", message }])
        } else {
            check(line, place).and_then(|(unit, role)| {
                let twice = asked.iter().filter(|name| **name == line.username).count() > 1;
                let username = username(line, unit, role, &province, place, &mut taken, twice);
                let username = username.map_err(|fault| vec![fault])?;
                if !seen.insert((unit.id, line.full_name.to_lowercase())) && line.username.is_empty() {
                    let message = format!(
                        "“{}” đã có ở một dòng trên, cùng đơn vị. Nếu là hai người trùng tên, ghi tên đăng nhập.",
                        line.full_name
                    );
                    return Err(vec![Fault { field: "full_name", message }]);
                }
                Ok(NewPerson {
                    full_name: line.full_name.clone(),
                    title: line.title.clone(),
                    unit_id: unit.id,
                    unit: unit.name.clone(),
                    role,
                    username,
                    phone: String::new(),
                    email: String::new(),
                })
            })
        };
        rows.push(Row { line: line.clone(), outcome });
    }
    rows
}

/// Everything to mend of a line at once.
fn check<'a>(line: &Line, place: &'a Place) -> Result<(&'a PlaceUnit, Role), Vec<Fault>> {
    let mut faults = Vec::new();
    if line.full_name.is_empty() || !PERSON.holds(&line.full_name) {
        let message = format!("Nhập họ và tên, không quá {} ký tự.", PERSON.characters());
        faults.push(Fault { field: "full_name", message });
    }
    if line.title.is_empty() || !PERSON.holds(&line.title) {
        let message = format!("Nhập chức vụ, không quá {} ký tự.", PERSON.characters());
        faults.push(Fault { field: "title", message });
    }
    let unit = unit(&line.unit, place).map_err(|fault| faults.push(fault)).ok();
    // Without its unit a role is read by its words alone.
    let role = listing::role(&line.role, unit.map_or("", |unit| unit.kind_code.as_str()));
    if let Some(long) = PERSON.fault("Vai trò", &line.role) {
        faults.push(Fault { field: "role", message: long });
    } else if role.is_none() {
        let words: Vec<&str> = listing::roles().map(|(_, words)| words).collect();
        let message = format!("Không rõ vai trò “{}”. Các vai trò: {}.", line.role, words.join("; "));
        faults.push(Fault { field: "role", message });
    }
    let (Some(unit), Some(role)) = (unit, role) else { return Err(faults) };
    if !faults.is_empty() {
        return Err(faults);
    }
    let name = line.full_name.to_lowercase();
    let there = unit.people.iter().find(|(_, known)| known.to_lowercase() == name);
    if let Some((username, _)) = there.filter(|_| line.username.is_empty()) {
        let message = format!(
            "Đơn vị đã có {} (tài khoản {username}). Giao thêm vai trò ở trang của người đó; nếu là người khác trùng \
             tên, ghi tên đăng nhập.",
            line.full_name
        );
        return Err(vec![Fault { field: "full_name", message }]);
    }
    Ok((unit, role))
}

/// The unit of a code or a name: exactly as written, else without accents where only one fits.
fn unit<'a>(written: &str, place: &'a Place) -> Result<&'a PlaceUnit, Fault> {
    let fault = |message: String| Fault { field: "unit", message };
    if written.is_empty() {
        return Err(fault("Thiếu đơn vị.".into()));
    }
    if let Some(long) = UNIT_NAME.fault("Tên đơn vị", written) {
        return Err(fault(long));
    }
    let lower = written.to_lowercase();
    let exact = place.units.iter().find(|unit| {
        unit.code == lower || unit.name.to_lowercase() == lower || unit.short_name.to_lowercase() == lower
    });
    if let Some(unit) = exact {
        return Ok(unit);
    }
    let key = search_key(written);
    let names = |unit: &PlaceUnit| -> Vec<String> {
        [&unit.name, &unit.short_name].into_iter().chain(&unit.aliases).map(|name| search_key(name)).collect()
    };
    let fits = |unit: &&PlaceUnit| {
        let own = unit.code.split_once('.').map_or("", |(_, own)| own);
        own == lower || names(unit).contains(&key)
    };
    let mut found: Vec<&PlaceUnit> = place.units.iter().filter(fits).collect();
    if found.is_empty() && !key.is_empty() {
        // "Tân An" of xã Tân An, "Khoa học và Công nghệ" of the department.
        let end = format!(" {key}");
        found.extend(place.units.iter().filter(|unit| names(unit).iter().any(|name| name.ends_with(&end))));
    }
    match found.as_slice() {
        [unit] => Ok(unit),
        [] => {
            Err(fault(format!("Không thấy đơn vị “{written}”: ghi tên hoặc mã như trong danh mục Đơn vị.")))
        }
        many => {
            let names: Vec<&str> = many.iter().map(|unit| unit.name.as_str()).collect();
            Err(fault(format!("“{written}” có thể là: {}. Ghi tên đầy đủ.", names.join("; "))))
        }
    }
}

fn username(
    line: &Line,
    unit: &PlaceUnit,
    role: Role,
    province: &str,
    place: &Place,
    taken: &mut HashSet<String>,
    twice: bool,
) -> Result<String, Fault> {
    let fault = |message: String| Err(Fault { field: "username", message });
    if line.username.is_empty() {
        let part = account_name::unit_part(unit.people.iter().map(|(name, _)| name.as_str()), &unit.code);
        return Ok(account_name::propose(role, &part, province, taken));
    }
    if let Some(message) = username_fault(&line.username) {
        return fault(message.into());
    }
    if line.username.len() > LONGEST {
        return fault(format!("Tên đăng nhập dài quá {LONGEST} ký tự."));
    }
    if place.taken.contains(&line.username) {
        return fault(format!("Tên đăng nhập {} đã có người dùng.", line.username));
    }
    if twice {
        return fault(format!("Tên đăng nhập {} được ghi ở hơn một dòng.", line.username));
    }
    Ok(line.username.clone())
}
