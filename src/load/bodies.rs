//! The province: kinds of unit, units with their versions, and one account per unit beside the standing agency's.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;

use super::batch::insert_all;
use super::random::Random;
use super::{Made, PASSWORD, Size, uid};
use crate::access::Role;
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId, UnitId};
use crate::db::schema::{memberships, people, unit_kinds, unit_versions, units};
use crate::error::Error;
use crate::people::Passwords;
use crate::units::reach;
use crate::vietnamese;

/// A unit that owes reports.
pub struct Body {
    pub id: UnitId,
    /// Place among the units, from 0; 0 is the standing agency.
    pub index: u32,
    pub code: String,
    pub name: String,
    pub kind: &'static str,
    pub officer: Member,
}

/// Who acts for a unit.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: MembershipId,
    pub person: PersonId,
    pub name: String,
    /// Title and unit, as taken down with every step.
    pub title: String,
}

/// The province as made.
pub struct Bodies {
    pub province: UnitId,
    /// Units in protocol order.
    pub units: Vec<Body>,
    pub compiler: Member,
}

const KINDS: [(&str, &str, &str); 5] = [
    ("province", "Tỉnh", "Tỉnh"),
    ("police", "Công an tỉnh", "Cơ quan cấp tỉnh"),
    ("department", "Sở, cơ quan chuyên môn thuộc UBND tỉnh", "Cơ quan cấp tỉnh"),
    ("mass_org", "Tổ chức chính trị - xã hội cấp tỉnh", "Mặt trận, đoàn thể"),
    ("commune", "Ủy ban nhân dân xã, phường, đặc khu", "Xã, phường, đặc khu"),
];

const FIELDS: [&str; 14] = [
    "Nội vụ",
    "Tài chính",
    "Tư pháp",
    "Y tế",
    "Xây dựng",
    "Công Thương",
    "Giáo dục và Đào tạo",
    "Khoa học và Công nghệ",
    "Nông nghiệp và Môi trường",
    "Văn hóa, Thể thao và Du lịch",
    "Dân tộc và Tôn giáo",
    "Ngoại vụ",
    "Du lịch",
    "Quy hoạch",
];
const BODIES: [&str; 6] = [
    "Hội Liên hiệp Phụ nữ",
    "Đoàn Thanh niên",
    "Hội Nông dân",
    "Hội Cựu chiến binh",
    "Liên đoàn Lao động",
    "Ủy ban MTTQ",
];
const SYLLABLES: [&str; 24] = [
    "An", "Bình", "Châu", "Đông", "Giang", "Hòa", "Khánh", "Lâm", "Long", "Minh", "Nam", "Ninh", "Phong",
    "Phú", "Quang", "Sơn", "Tân", "Thành", "Thịnh", "Trung", "Vân", "Việt", "Xuân", "Yên",
];
const FAMILIES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
const MIDDLES: [&str; 6] = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thu"];
const GIVEN: [&str; 12] =
    ["An", "Ánh", "Bình", "Dũng", "Đạt", "Hà", "Hương", "Khánh", "Lan", "Nam", "Phương", "Yến"];

/// The day everything is recorded: before the first period.
pub fn founded() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1975, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN)
}

/// Makes the province, its units and its people.
pub fn load(conn: &mut Conn, size: Size, made: &mut Made) -> Result<Bodies, Error> {
    let kinds: Vec<_> = KINDS
        .iter()
        .zip(1..)
        .map(|((code, name, heading), position)| {
            (
                unit_kinds::code.eq(*code),
                unit_kinds::name.eq(*name),
                unit_kinds::heading.eq(*heading),
                unit_kinds::position.eq(position * 10),
            )
        })
        .collect();
    insert_all!(conn, unit_kinds::table, kinds);
    let named = named(size);
    let codes = std::iter::once("tinh".to_owned()).chain(named.iter().map(|unit| unit.0.clone()));
    let rows: Vec<_> = codes
        .enumerate()
        .map(|(n, code)| (units::uid.eq(uid(size.seed, 10, n as u64)), units::code.eq(code)))
        .collect();
    insert_all!(conn, units::table, rows);
    let ids: HashMap<String, UnitId> =
        units::table.select((units::code, units::id)).load::<(String, UnitId)>(conn)?.into_iter().collect();
    let id_of = |code: &str| ids.get(code).copied().ok_or_else(|| lost(code));
    let province = id_of("tinh")?;
    let mut versions = vec![version(province, "Tỉnh Thử Nghiệm", "province", None, 0)];
    for ((code, name, kind), order) in named.iter().zip(1..) {
        versions.push(version(id_of(code)?, name, kind, Some(province), order));
    }
    insert_all!(conn, unit_versions::table, versions);
    reach::rebuild(conn)?;
    made.units = named.len();

    let mut accounts = vec![
        ("tonghop".to_owned(), id_of(&named[0].0)?, Role::Compiler, "Cán bộ tổng hợp", named[0].1.clone()),
        (
            "lanhdao".to_owned(),
            id_of(&named[0].0)?,
            Role::CompilingLeader,
            "Phó Giám đốc",
            named[0].1.clone(),
        ),
        ("lanhdao.tinh".to_owned(), province, Role::Leader, "Phó Chủ tịch", "Tỉnh Thử Nghiệm".to_owned()),
    ];
    for (code, name, _) in &named {
        accounts.push((format!("canbo.{code}"), id_of(code)?, Role::Officer, "Chuyên viên", name.clone()));
    }
    let mut members = people(conn, size, &accounts)?;
    made.people = members.len();
    let officers = members.split_off(3);
    let compiler = members.into_iter().next().ok_or_else(|| lost("tonghop"))?;
    let mut bodies = Vec::new();
    for (((code, name, kind), index), officer) in named.into_iter().zip(0..).zip(officers) {
        bodies.push(Body { id: id_of(&code)?, index, code, name, kind, officer });
    }
    Ok(Bodies { province, units: bodies, compiler })
}

/// Code, name and kind of every unit in protocol order: the standing agency, then about one department in
/// twelve, half as many mass organisations, and communes.
fn named(size: Size) -> Vec<(String, String, &'static str)> {
    let departments = (size.units / 12).max(u32::from(size.units > 1)).min(40);
    let mass = departments / 2;
    let mut all = vec![("ca".to_owned(), "Công an tỉnh Thử Nghiệm".to_owned(), "police")];
    let numbered =
        |name: String, round: usize| if round == 0 { name } else { format!("{name} {}", round + 1) };
    for n in 0..departments as usize {
        let name = numbered(format!("Sở {}", FIELDS[n % FIELDS.len()]), n / FIELDS.len());
        all.push((format!("so{:02}", n + 1), name, "department"));
    }
    for n in 0..mass as usize {
        let name = numbered(format!("{} tỉnh", BODIES[n % BODIES.len()]), n / BODIES.len());
        all.push((format!("dt{:02}", n + 1), name, "mass_org"));
    }
    let pairs = SYLLABLES.len() * (SYLLABLES.len() - 1);
    for n in 0..(size.units as usize).saturating_sub(all.len()) {
        let (first, shift) = (n % SYLLABLES.len(), n / SYLLABLES.len() % (SYLLABLES.len() - 1));
        let second = (first + shift + 1) % SYLLABLES.len();
        let name = format!("UBND xã {} {}", SYLLABLES[first], SYLLABLES[second]);
        all.push((format!("xa{:04}", n + 1), numbered(name, n / pairs), "commune"));
    }
    all
}

type Version<'a> = (
    diesel::dsl::Eq<unit_versions::unit_id, UnitId>,
    diesel::dsl::Eq<unit_versions::name, String>,
    diesel::dsl::Eq<unit_versions::short_name, String>,
    diesel::dsl::Eq<unit_versions::search_key, String>,
    diesel::dsl::Eq<unit_versions::kind_code, &'a str>,
    diesel::dsl::Eq<unit_versions::parent_id, Option<UnitId>>,
    diesel::dsl::Eq<unit_versions::protocol_order, i32>,
);

fn version<'a>(id: UnitId, name: &str, kind: &'a str, parent: Option<UnitId>, order: i32) -> Version<'a> {
    (
        unit_versions::unit_id.eq(id),
        unit_versions::name.eq(name.to_owned()),
        unit_versions::short_name.eq(name.to_owned()),
        unit_versions::search_key.eq(vietnamese::search_key(name)),
        unit_versions::kind_code.eq(kind),
        unit_versions::parent_id.eq(parent),
        unit_versions::protocol_order.eq(order),
    )
}

type Account = (String, UnitId, Role, &'static str, String);

/// One person and one membership per account, in the order given; all share one password, hashed once.
fn people(conn: &mut Conn, size: Size, accounts: &[Account]) -> Result<Vec<Member>, Error> {
    let hash = Passwords::new(1).hash(PASSWORD).map_err(|e| Error::Internal(e.to_string()))?;
    let names: Vec<String> = (0..accounts.len())
        .map(|n| {
            let mut random = Random::of(size.seed, &[3, n as u64]);
            format!("{} {} {}", random.pick(&FAMILIES), random.pick(&MIDDLES), random.pick(&GIVEN))
        })
        .collect();
    let rows: Vec<_> = accounts
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(n, ((username, ..), name))| {
            (
                people::uid.eq(uid(size.seed, 11, n as u64)),
                people::username.eq(username),
                people::full_name.eq(name),
                people::name_key.eq(vietnamese::person_sort_key(name)),
                people::password_hash.eq(&hash),
                people::must_change_password.eq(false),
                people::created_at.eq(founded()),
            )
        })
        .collect();
    insert_all!(conn, people::table, rows);
    let persons: HashMap<String, PersonId> = people::table
        .select((people::username, people::id))
        .load::<(String, PersonId)>(conn)?
        .into_iter()
        .collect();
    let mut rows = Vec::new();
    for (username, unit, role, title, _) in accounts {
        let person = persons.get(username).copied().ok_or_else(|| lost(username))?;
        rows.push((
            memberships::person_id.eq(person),
            memberships::unit_id.eq(*unit),
            memberships::role.eq(role.code()),
            memberships::title.eq(*title),
        ));
    }
    insert_all!(conn, memberships::table, rows);
    let ids: HashMap<PersonId, MembershipId> = memberships::table
        .select((memberships::person_id, memberships::id))
        .load::<(PersonId, MembershipId)>(conn)?
        .into_iter()
        .collect();
    let mut members = Vec::new();
    for ((username, _, _, title, unit), name) in accounts.iter().zip(names) {
        let person = persons.get(username).copied().ok_or_else(|| lost(username))?;
        let id = ids.get(&person).copied().ok_or_else(|| lost(username))?;
        members.push(Member { id, person, name, title: format!("{title}, {unit}") });
    }
    Ok(members)
}

/// A row that was written and is not there.
pub fn lost(what: &str) -> Error {
    Error::Internal(format!("the row of {what} was written and cannot be found"))
}
