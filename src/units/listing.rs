//! A pasted or uploaded list of units, read line by line. Pure; stands between the text box and the units to add.
//! Columns: name, kind, short name, official code, body above, other names; parted by `|`, a tab or `;`.

use std::collections::HashSet;

use crate::lists::{Delimited, cells_of, delimited};
use crate::standard::catalogue::Kind;
use crate::vietnamese::limits::{UNIT_CODE, UNIT_NAME, UNIT_SHORT};
use crate::vietnamese::{clean_line, search_key};

/// Most lines taken at once.
pub const MOST_LINES: usize = 2000;

/// One unit as a line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1, as the text box counts.
    pub number: usize,
    pub name: String,
    pub kind_code: String,
    pub short_name: String,
    pub official_code: String,
    /// Name of the body above; "" for the usual one of its kind.
    pub parent: String,
    pub aliases: Vec<String>,
}

/// What is to be mended in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    pub number: usize,
    pub message: String,
}

/// A list as read: lines that are whole, and what is wrong with the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    pub lines: Vec<Line>,
    pub problems: Vec<LineProblem>,
}

/// Heads a spreadsheet's first line may bear, by column.
const HEADS: [(&str, Column); 12] = [
    ("ten don vi", Column::Name),
    ("ten", Column::Name),
    ("don vi", Column::Name),
    ("loai", Column::Kind),
    ("loai don vi", Column::Kind),
    ("ten viet tat", Column::Short),
    ("viet tat", Column::Short),
    ("ma", Column::Code),
    ("ma don vi hanh chinh", Column::Code),
    ("truc thuoc", Column::Parent),
    ("ten goi khac", Column::Aliases),
    ("ten khac", Column::Aliases),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Kind,
    Short,
    Code,
    Parent,
    Aliases,
}

const USUAL: [Column; 6] =
    [Column::Name, Column::Kind, Column::Short, Column::Code, Column::Parent, Column::Aliases];

/// First words of a name by which its kind is told where the line says none; the first that fits.
const BY_NAME: [(&str, &str); 22] = [
    ("cong an xa ", "commune_police"),
    ("cong an phuong ", "commune_police"),
    ("cong an dac khu ", "commune_police"),
    ("ubnd xa ", "commune"),
    ("ubnd phuong ", "commune"),
    ("ubnd dac khu ", "commune"),
    ("xa ", "commune"),
    ("phuong ", "commune"),
    ("dac khu ", "commune"),
    ("so ", "department"),
    ("thanh tra ", "department"),
    ("ban ", "department"),
    ("van phong ", "department"),
    ("bao ", "press"),
    ("dai ", "press"),
    ("cong thong tin", "portal"),
    ("cong ttdt", "portal"),
    ("ngan hang ", "bank"),
    ("chi nhanh ngan hang ", "bank"),
    ("ubnd huyen ", "district"),
    ("phong ", "division"),
    ("trung tam van hoa", "culture_centre"),
];
/// The same for bodies of the front, told apart from commune committees.
const OF_THE_FRONT: [(&str, &str); 6] = [
    ("uy ban mat tran", "front"),
    ("mttq", "front"),
    ("hoi ", "mass_org"),
    ("doan ", "mass_org"),
    ("lien doan ", "mass_org"),
    ("tinh doan", "mass_org"),
];

/// Reads a list. A first line of heads says the order of the columns.
pub fn read(text: &str, kinds: &[Kind]) -> Listing {
    let mut listing = Listing::default();
    let mut names: HashSet<String> = HashSet::new();
    for row in delimited(text, &USUAL, &HEADS, &[Column::Name]) {
        let number = row.number;
        if number > MOST_LINES {
            let message =
                format!("Mỗi lần thêm nhiều nhất {MOST_LINES} dòng; chia danh sách làm nhiều phần.");
            listing.problems.push(LineProblem { number, message });
            break;
        }
        match line(&row, kinds) {
            Ok(line) if !names.insert(line.name.to_lowercase()) => {
                let message = format!("“{}” đã có ở một dòng trên.", line.name);
                listing.problems.push(LineProblem { number, message });
            }
            Ok(line) => listing.lines.push(line),
            Err(message) => listing.problems.push(LineProblem { number, message }),
        }
    }
    listing
}

fn line(row: &Delimited<Column>, kinds: &[Kind]) -> Result<Line, String> {
    let cell = |wanted: Column| row.cell(wanted);
    let name = cell(Column::Name);
    if name.is_empty() {
        return Err("Thiếu tên đơn vị.".into());
    }
    if let Some(fault) = UNIT_NAME.fault("Tên đơn vị", &name) {
        return Err(fault);
    }
    let kind_code = kind(&cell(Column::Kind), &name, kinds)?;
    let mut short_name = cell(Column::Short);
    if short_name.is_empty() {
        short_name = shortened(&name);
    }
    if let Some(fault) = UNIT_SHORT.fault("Tên viết tắt", &short_name) {
        return Err(format!("{fault} Ghi ở cột thứ ba."));
    }
    let (official_code, parent) = (cell(Column::Code), cell(Column::Parent));
    let faults = [
        UNIT_CODE.fault("Mã đơn vị hành chính", &official_code),
        UNIT_NAME.fault("Tên đơn vị cấp trên", &parent),
    ];
    if let Some(fault) = faults.into_iter().flatten().next() {
        return Err(fault);
    }
    let aliases = cell(Column::Aliases);
    let aliases: Vec<String> =
        aliases.split([',', '/']).map(clean_line).filter(|alias| !alias.is_empty()).collect();
    if let Some(fault) = aliases.iter().find_map(|alias| UNIT_NAME.fault("Tên gọi khác", alias)) {
        return Err(fault);
    }
    Ok(Line { number: row.number, name, kind_code, short_name, official_code, parent, aliases })
}

/// The kind a line names, or the one its unit's name tells.
fn kind(word: &str, name: &str, kinds: &[Kind]) -> Result<String, String> {
    let of_lists = || kinds.iter().filter(|kind| !kind.word.is_empty());
    if let Some(fault) = UNIT_SHORT.fault("Loại đơn vị", word) {
        return Err(fault);
    }
    if !word.is_empty() {
        let key = search_key(word);
        let whole = |kind: &&Kind| search_key(&kind.word) == key || search_key(&kind.name) == key;
        // "sở" of "sở, ngành", where no other kind has it.
        let part = |kind: &&Kind| {
            let parts = [&kind.word, &kind.name].into_iter().flat_map(|words| words.split([',', ';', '/']));
            parts.map(search_key).any(|part| part == key)
        };
        let told = || {
            let mut parts = of_lists().filter(part);
            parts.next().filter(|_| parts.next().is_none())
        };
        let found = of_lists().find(whole).or_else(told);
        return found.map(|kind| kind.code.clone()).ok_or_else(|| {
            let words: Vec<&str> = of_lists().map(|kind| kind.word.as_str()).collect();
            format!("Không rõ loại “{word}”. Các loại: {}.", words.join("; "))
        });
    }
    let key = search_key(name).replace("uy ban nhan dan ", "ubnd ");
    let told = OF_THE_FRONT.iter().chain(&BY_NAME).find(|(start, _)| key.starts_with(start));
    told.filter(|(_, code)| of_lists().any(|kind| kind.code == *code))
        .map(|(_, code)| (*code).to_owned())
        .ok_or_else(|| format!("Không rõ “{name}” thuộc loại nào: ghi loại ở cột thứ hai."))
}

/// The name with its longest common words abbreviated.
fn shortened(name: &str) -> String {
    name.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")
}

/// A line as the text box shows it.
pub fn written(cells: &[&str]) -> String {
    let mut cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "/")).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells.join(" | ")
}

/// Adds lines to a text, leaving out those whose name already stands there.
pub fn joined(text: &str, more: &[String]) -> String {
    let first = |line: &str| cells_of(line).into_iter().next().unwrap_or_default().to_lowercase();
    let there: HashSet<String> = text.lines().map(first).collect();
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.extend(more.iter().map(String::as_str).filter(|line| !there.contains(&first(line))));
    lines.join("\n")
}
