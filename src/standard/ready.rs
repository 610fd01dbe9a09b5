//! Ready lists of bodies: the usual departments, press and organisations of a province, and its communes.
//! Stands between fixtures/units and whoever adds units; names are filled with the province's own.

use chrono::NaiveDate;
use serde::Deserialize;

use super::files::table;
use super::provinces::Naming;
use crate::error::Error;
use crate::vietnamese::short_date;

/// A list to be ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadyList {
    /// The twelve common ones of Nghị định 150/2025/NĐ-CP.
    Departments,
    /// Those that some provinces have besides.
    Others,
    Press,
    Organisations,
    Communes,
}

impl ReadyList {
    pub const ALL: [ReadyList; 5] = [
        ReadyList::Departments,
        ReadyList::Others,
        ReadyList::Press,
        ReadyList::Organisations,
        ReadyList::Communes,
    ];

    pub fn code(self) -> &'static str {
        match self {
            ReadyList::Departments => "departments",
            ReadyList::Others => "others",
            ReadyList::Press => "press",
            ReadyList::Organisations => "organisations",
            ReadyList::Communes => "communes",
        }
    }

    pub fn from_code(code: &str) -> Option<ReadyList> {
        ReadyList::ALL.into_iter().find(|list| list.code() == code)
    }

    /// As the box to tick says it.
    pub fn label(self) -> &'static str {
        match self {
            ReadyList::Departments => "Sở, cơ quan chuyên môn nơi nào cũng có",
            ReadyList::Others => "Sở, ban có ở một số tỉnh",
            ReadyList::Press => "Báo chí, cổng thông tin điện tử, ngân hàng chính sách",
            ReadyList::Organisations => "Mặt trận và các tổ chức chính trị - xã hội",
            ReadyList::Communes => "Ủy ban nhân dân xã, phường, đặc khu (danh mục ngày 01/7/2025)",
        }
    }
}

/// One body as a list brings it, names filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyBody {
    /// Last part of the unit's code, such as `khcn`.
    pub key: String,
    pub kind: String,
    pub name: String,
    pub short: String,
    /// Place in protocol order within the province.
    pub order: i32,
    /// Key of the body it stands under.
    pub parent: String,
    pub official_code: String,
    pub aliases: Vec<String>,
    /// Codes of functions it holds.
    pub holds: Vec<String>,
    /// First day it existed in this form; none where that is not recorded.
    pub existed_from: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyRow {
    list: String,
    key: String,
    kind: String,
    name: String,
    short: String,
    order: i32,
    parent: String,
    aliases: String,
    holds: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommuneRow {
    province: String,
    code: String,
    r#type: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeRow {
    province: String,
    day: NaiveDate,
    document: String,
    words: String,
}

/// Communes come after every body of the province itself.
const FIRST_COMMUNE: i32 = 101;

fn several(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn bodies(list: &str, naming: &Naming) -> Result<Vec<ReadyBody>, Error> {
    let rows = table::<BodyRow>("units/bodies.csv")?;
    let of_list = rows.into_iter().filter(|row| row.list == list);
    Ok(of_list
        .map(|row| ReadyBody {
            key: row.key,
            kind: row.kind,
            name: naming.fill(&row.name),
            short: naming.fill(&row.short),
            order: row.order,
            parent: row.parent,
            official_code: String::new(),
            aliases: several(&naming.fill(&row.aliases)),
            holds: several(&row.holds),
            existed_from: None,
        })
        .collect())
}

/// The bodies every province has: the Ministry's two, the province, its committee and its police, parents first.
///
/// # Errors
/// What could not be read of the file.
pub fn core(naming: &Naming) -> Result<Vec<ReadyBody>, Error> {
    bodies("core", naming)
}

/// The bodies of a list for the province of this official code.
///
/// # Errors
/// What could not be read of the file.
pub fn list(list: ReadyList, province: &str, naming: &Naming) -> Result<Vec<ReadyBody>, Error> {
    if list == ReadyList::Communes { communes(province) } else { bodies(list.code(), naming) }
}

/// What has changed among a province's communes since the day of the list, in a sentence; none where nothing is known.
///
/// # Errors
/// What could not be read of the file.
pub fn changed_since(province: &str) -> Result<Option<String>, Error> {
    let rows = table::<ChangeRow>("units/changes.csv")?;
    let words = |row: ChangeRow| {
        let day = short_date(row.day);
        format!("Từ {day}, {} ({}): sửa tên các đơn vị đó ngay trong danh sách.", row.words, row.document)
    };
    Ok(rows.into_iter().find(|row| row.province == province).map(words))
}

/// First day of the communes of the two-level order (Nghị quyết 203/2025/QH15).
pub fn two_levels_from() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, 7, 1)
}

fn communes(province: &str) -> Result<Vec<ReadyBody>, Error> {
    let rows = table::<CommuneRow>("units/communes.csv")?;
    let of_province = rows.into_iter().filter(|row| row.province == province);
    Ok((FIRST_COMMUNE..)
        .zip(of_province)
        .map(|(order, row)| {
            let (kind, title) = match row.r#type.as_str() {
                "p" => ("phường", "Phường"),
                "k" => ("đặc khu", "Đặc khu"),
                _ => ("xã", "Xã"),
            };
            ReadyBody {
                key: format!("x{}", row.code),
                kind: "commune".into(),
                name: format!("UBND {kind} {}", row.name),
                short: format!("{title} {}", row.name),
                order,
                parent: "ubnd".into(),
                official_code: row.code,
                aliases: vec![format!("Ủy ban nhân dân {kind} {}", row.name)],
                holds: vec![],
                existed_from: two_levels_from(),
            }
        })
        .collect())
}
