//! How a unit heads and signs its documents (NĐ 30/2020): the body above it, its own name, the place, the end of its
//! symbol, who signs. Pure: from the unit's name, kind and parent on a day; what the unit's papers really say wins
//! over all of it, and the Word file can be changed.

use super::UnitOn;
use crate::vietnamese::{capital, lower_first};

/// The words that stand at the head and the end of a unit's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// "UBND tỉnh Bắc Giang"; a line end where it must break; "" for bodies that head their documents alone.
    pub superior: String,
    /// "Sở Khoa học và Công nghệ"; a line end where the name must break.
    pub issuer: String,
    /// In a sentence, with its province where the name alone does not say: "… Việt Nam tỉnh Bắc Giang".
    pub name: String,
    /// "tỉnh Bắc Giang": the province it stands in.
    pub area: String,
    /// "Bắc Giang".
    pub place: String,
    /// What follows the kind in a symbol: "SKHCN".
    pub symbol: String,
    /// Whether who drafts stands at the end of the symbol of every paper, as the police have it; elsewhere of letters only
    /// (NĐ 30/2020, phụ lục I).
    pub signs_drafter: bool,
    /// Who signs when nothing else is known, a line each.
    pub capacity: Vec<String>,
    /// The body that has ended in whose place it writes; "" where it writes for itself.
    pub succeeds: String,
}

const COMMITTEE: &str = "Ủy ban nhân dân";
const BANK: &str = "Ngân hàng Chính sách xã hội";
/// Words before the name of a place.
const PLACES: [&str; 9] =
    ["tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "xã", "đặc khu"];

impl Letterhead {
    /// `parent` is the body the unit belongs to, if it is one that heads documents; `province` the one it stands in.
    pub fn new(unit: &UnitOn, parent: Option<&UnitOn>, province: &UnitOn) -> Letterhead {
        let name = with_province(&full(&unit.name), province);
        let mut head = Letterhead {
            superior: parent.filter(|parent| heads_others(parent)).map_or(String::new(), |p| short(&p.name)),
            issuer: name.clone(),
            area: in_a_sentence(&province.name),
            place: place(unit, parent, province),
            symbol: symbol(unit),
            signs_drafter: unit.kind_code == "police",
            capacity: lines(&[signer(unit)]),
            succeeds: String::new(),
            name,
        };
        match unit.kind_code.as_str() {
            // Under the Ministry in organisation, whatever the province gives them to do.
            "police" => head.superior = "Bộ Công an".to_owned(),
            "front" => {
                let name = head.name.replace("Mặt trận Tổ quốc", "MTTQ");
                head.superior = name.replace(" Việt Nam ", " Việt Nam\n");
                head.issuer = "Ban Thường trực".to_owned();
                head.capacity = lines(&["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]);
            }
            "mass_org" => {
                head.superior = String::new();
                let signer = if is_youth(unit) { "BÍ THƯ" } else { "CHỦ TỊCH" };
                head.capacity = lines(&["TM. BAN THƯỜNG VỤ", signer]);
            }
            // A newspaper is the Party committee's, a station the people's committee's.
            "press" if unit.name.starts_with("Báo") => {
                let city = province.name.to_lowercase().starts_with("thành phố");
                head.superior =
                    format!("{} {}", if city { "Thành ủy" } else { "Tỉnh ủy" }, bare(&province.name));
            }
            "press" => head.superior = format!("UBND {}", in_a_sentence(&province.name)),
            "bank" => {
                let branch = head.name.replace(BANK, "").replace("Chi nhánh", "");
                head.superior = BANK.to_owned();
                head.issuer = format!("Chi nhánh {}", branch.trim());
            }
            _ => {}
        }
        if let Some(of) = head.name.strip_prefix(COMMITTEE) {
            head.superior = String::new();
            head.issuer = format!("{COMMITTEE}\n{}", of.trim());
            head.symbol = "UBND".to_owned();
            head.capacity = lines(&["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]);
        }
        head
    }
}

impl Letterhead {
    /// As a sentence names who writes: "Sở B (kế thừa nhiệm vụ của Sở A)" in the place of a body that has ended.
    pub fn writer(&self) -> String {
        match self.succeeds.is_empty() {
            true => self.name.clone(),
            false => format!("{} (kế thừa nhiệm vụ của {})", self.name, self.succeeds),
        }
    }

    /// The same under the name of the body whose results are told.
    #[must_use]
    pub fn of_whom(&self) -> Letterhead {
        let name = if self.succeeds.is_empty() { &self.name } else { &self.succeeds };
        Letterhead { name: name.clone(), ..self.clone() }
    }
}

/// What heads of bodies and of their parts are called; the longer name before one it begins with.
const POSTS: [&str; 14] = [
    "TỔNG GIÁM ĐỐC",
    "TỔNG BIÊN TẬP",
    "GIÁM ĐỐC",
    "CHỦ TỊCH",
    "BÍ THƯ",
    "CHI CỤC TRƯỞNG",
    "CỤC TRƯỞNG",
    "CHÁNH VĂN PHÒNG",
    "TRƯỞNG PHÒNG",
    "TRƯỞNG BAN",
    "TRƯỞNG CÔNG AN",
    "CHỈ HUY TRƯỞNG",
    "HIỆU TRƯỞNG",
    "THỦ TRƯỞNG",
];

impl Letterhead {
    /// The symbol of a paper of this kind ("BC"): "BC-SKHCN"; "BC-CAT-PC10" where who drafts stands in it and is known.
    pub fn symbol_of(&self, kind: &str, drafter: &str) -> String {
        let own = format!("{kind}-{}", self.symbol);
        if self.signs_drafter && !drafter.is_empty() { format!("{own}-{drafter}") } else { own }
    }

    /// Quyền hạn and chức vụ with which a person of this title signs for the unit (NĐ 30/2020, phụ lục I, mục II.7):
    /// a deputy in place of the head (KT.), a head of a part by order (TL.), before it the body that decides as a whole
    /// (TM.). Front and mass organisations decide as a whole: their deputies sign in their own right. None for a
    /// title that is no such post.
    pub fn signing(&self, title: &str) -> Option<(String, String)> {
        signing_under(&self.capacity, title)
    }
}

/// As [`Letterhead::signing`], for a body whose own lines over a name are known alone.
pub fn signing_under(own: &[String], title: &str) -> Option<(String, String)> {
    let title = title.trim().to_uppercase();
    let (deputy, of) = title.strip_prefix("PHÓ ").map_or((false, title.as_str()), |of| (true, of));
    let post = *POSTS.iter().find(|post| of.starts_with(*post))?;
    let (heads, whole): (Vec<&str>, Vec<&str>) =
        own.iter().map(String::as_str).partition(|line| !line.starts_with("TM."));
    let collective = whole.iter().any(|line| line.starts_with("TM. BAN"));
    let head = heads.last().copied().unwrap_or_default();
    let by_order = !deputy && head != post && POSTS.contains(&head);
    let mut capacity = if by_order { Vec::new() } else { whole };
    let instead = format!("KT. {post}");
    let ordered = format!("TL. {head}");
    if by_order && !collective {
        capacity.push(&ordered);
    } else if deputy && !collective {
        capacity.push(&instead);
    }
    let title = if deputy { format!("PHÓ {post}") } else { post.to_owned() };
    Some((capacity.join(" / "), title))
}

/// A province is a place, not a body above another.
fn heads_others(parent: &UnitOn) -> bool {
    parent.kind_code != "province"
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn is_youth(unit: &UnitOn) -> bool {
    unit.name.contains("Đoàn Thanh niên") || unit.name.contains("đoàn")
}

fn signer(unit: &UnitOn) -> &'static str {
    match unit.kind_code.as_str() {
        "police" | "department" | "bank" | "culture_centre" => "GIÁM ĐỐC",
        "press" if unit.name.starts_with("Báo") => "TỔNG BIÊN TẬP",
        "press" => "GIÁM ĐỐC",
        "division" if unit.name.starts_with("Phòng") => "TRƯỞNG PHÒNG",
        _ => "THỦ TRƯỞNG ĐƠN VỊ",
    }
}

/// "UBND huyện Hiệp Hòa" with its first word written out, as in a sentence.
fn full(name: &str) -> String {
    name.strip_prefix("UBND ").map_or_else(|| name.to_owned(), |of| format!("{COMMITTEE} {of}"))
}

/// As the line above an issuer has it: "UBND tỉnh Bắc Giang".
fn short(name: &str) -> String {
    name.replace(COMMITTEE, "UBND")
}

/// A name that ends with "tỉnh" means the tỉnh it stands in.
fn with_province(name: &str, province: &UnitOn) -> String {
    let open = name.ends_with(" tỉnh") || name.ends_with(" thành phố");
    if open { format!("{name} {}", bare(&province.name)) } else { name.to_owned() }
}

/// "Tỉnh Bắc Giang" inside a sentence: "tỉnh Bắc Giang"; Thành phố Hồ Chí Minh keeps its capital (phụ lục II).
fn in_a_sentence(name: &str) -> String {
    if name.ends_with("Hồ Chí Minh") {
        return name.to_owned();
    }
    lower_first(name)
}

/// The name of a place without its kind.
fn bare(name: &str) -> String {
    place_in(name).unwrap_or(name).to_owned()
}

/// The place a name ends with, after its kind: of "UBND huyện Hiệp Hòa" "Hiệp Hòa". A place begins with a capital:
/// "Chính sách xã hội" names none.
fn place_in(name: &str) -> Option<&str> {
    let begins = |at: usize| name[at..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let after = |kind: &str| {
        let found = name.match_indices(kind).map(move |(at, found)| (at, at + found.len()));
        let ends = found.filter_map(|(at, end)| {
            let alone = at == 0 || name[..at].ends_with(' ');
            (alone && name[end..].starts_with(' ') && begins(end + 1)).then_some(end + 1)
        });
        ends.last()
    };
    let mut first = PLACES.iter().filter_map(|kind| Some(name.strip_prefix(&capital(kind))?.trim_start()));
    let last = PLACES.iter().filter_map(|kind| after(kind)).max().map(|at| &name[at..]);
    last.or_else(|| first.next_back())
}

/// Where a document is signed: the unit's own place, its parent's, its province's.
fn place(unit: &UnitOn, parent: Option<&UnitOn>, province: &UnitOn) -> String {
    let local = |unit: &UnitOn| place_in(&unit.name).map(str::to_owned);
    let found = local(unit).or_else(|| parent.and_then(local)).unwrap_or_else(|| bare(&province.name));
    if found == "Hồ Chí Minh" { format!("Thành phố {found}") } else { found }
}

/// "SKHCN" of "Sở KH&CN", "CAT" of "Công an tỉnh": words in capitals whole, of others the first letter. Where that
/// is one letter only, the full name's.
fn symbol(unit: &UnitOn) -> String {
    if unit.kind_code == "front" {
        return "MTTQ-BTT".to_owned();
    }
    let initials = |name: &str| -> String {
        let word = |word: &str| -> String {
            let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
            let capitals = letters.iter().all(|c| c.is_uppercase());
            let kept = if capitals { letters.len() } else { 1 };
            letters.into_iter().take(kept).flat_map(char::to_uppercase).collect()
        };
        name.split([' ', '-']).filter(|w| !matches!(*w, "và" | "–")).map(word).collect()
    };
    let short = unit.short_name.as_str();
    let own = if unit.kind_code == "police" { short } else { short.trim_end_matches(" tỉnh") };
    let letters = initials(own);
    if letters.chars().count() > 1 { letters } else { initials(&unit.name) }
}
