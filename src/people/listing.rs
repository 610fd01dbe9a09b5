//! A pasted or uploaded list of people, read line by line. Pure; stands between the text box and the people to invite.
//! Columns: name, title, unit, role, account name; parted by `|`, a tab or `;`.

use crate::access::Role;
use crate::lists::{Delimited, delimited};
use crate::vietnamese::search_key;

/// Most lines taken at once.
pub const MOST_LINES: usize = 500;

/// One person as a line says it, nothing checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// From 1, as the text box counts.
    pub number: usize,
    pub full_name: String,
    pub title: String,
    pub unit: String,
    pub role: String,
    pub username: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Title,
    Unit,
    Role,
    Username,
}

const USUAL: [Column; 5] = [Column::Name, Column::Title, Column::Unit, Column::Role, Column::Username];

/// Heads a spreadsheet's first line may bear.
const HEADS: [(&str, Column); 14] = [
    ("họ tên", Column::Name),
    ("họ và tên", Column::Name),
    ("tên", Column::Name),
    ("chức vụ", Column::Title),
    ("chức danh", Column::Title),
    ("đơn vị", Column::Unit),
    ("cơ quan", Column::Unit),
    ("mã đơn vị", Column::Unit),
    ("đơn vị công tác", Column::Unit),
    ("vai trò", Column::Role),
    ("quyền", Column::Role),
    ("tài khoản", Column::Username),
    ("tên tài khoản", Column::Username),
    ("tên đăng nhập", Column::Username),
];

/// The lines of a list; one beyond [`MOST_LINES`] is kept so that the list is seen to be too long. A first line of heads
/// says the order of the columns.
pub fn read(text: &str) -> Vec<Line> {
    let rows = delimited(text, &USUAL, &HEADS, &[Column::Name, Column::Unit]);
    let line = |row: Delimited<Column>| Line {
        number: row.number,
        full_name: row.cell(Column::Name),
        title: row.cell(Column::Title),
        unit: row.cell(Column::Unit),
        role: row.cell(Column::Role),
        username: row.cell(Column::Username).to_lowercase(),
    };
    rows.into_iter().take(MOST_LINES + 1).map(line).collect()
}

/// Words for each role that a list may give, and how pages offer it; the first is the proper one.
const ROLES: [(Role, &[&str]); 6] = [
    (Role::Officer, &["cán bộ đầu mối", "cán bộ", "đầu mối", "chuyên viên"]),
    (Role::UnitLeader, &["lãnh đạo đơn vị", "thủ trưởng", "lãnh đạo sở"]),
    (Role::Compiler, &["cán bộ tổng hợp", "tổng hợp"]),
    (Role::CompilingLeader, &["lãnh đạo đơn vị tổng hợp", "lãnh đạo tổng hợp"]),
    (Role::Leader, &["lãnh đạo tỉnh", "lãnh đạo thành phố", "lãnh đạo xem toàn tỉnh"]),
    (Role::Administrator, &["quản trị", "quản trị viên", "người quản trị"]),
];

/// The kinds of body whose "lãnh đạo" are leaders of the whole province.
const OF_THE_PROVINCE: [&str; 3] = ["province", "municipality", "committee"];

/// The role that words, or a role's code, name in a unit of a kind. "Lãnh đạo" alone is the unit's own, and in the
/// people's committee the province's.
pub fn role(words: &str, unit_kind: &str) -> Option<Role> {
    let key = search_key(words);
    if key == search_key("lãnh đạo") {
        let leads_all = OF_THE_PROVINCE.contains(&unit_kind);
        return Some(if leads_all { Role::Leader } else { Role::UnitLeader });
    }
    let offered = |role: &Role| ROLES.iter().any(|(known, _)| known == role);
    let named = ROLES.iter().find(|(_, names)| names.iter().any(|name| search_key(name) == key));
    named.map(|(role, _)| *role).or_else(|| Role::from_code(words).filter(offered))
}

/// The roles an administrator gives, with their words.
pub fn roles() -> impl Iterator<Item = (Role, &'static str)> {
    ROLES.iter().filter_map(|(role, names)| Some((*role, *names.first()?)))
}

/// A role in words that tell a unit's leader from the province's.
pub fn role_words(role: Role) -> &'static str {
    roles().find(|(known, _)| *known == role).map_or(role.name(), |(_, words)| words)
}
