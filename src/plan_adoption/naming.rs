//! Whose a name in a document is: one body, all bodies of some kinds, those whom the document itself gives work, nobody of the
//! province; or it is not known and is asked. Pure; stands between names as written and the rows of a task.

use std::collections::BTreeMap;

use super::draft::Answer;
use crate::db::ids::UnitId;
use crate::plan_reader::left_out;
use crate::units::UnitOn;
use crate::units::names::{Found, Names, spelled};
use crate::vietnamese::search_key;

/// Who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Unit(UnitId),
    /// All bodies of these kinds, as of the plan's date.
    Kinds(Vec<String>),
    /// Those of a group whom the document does not leave out: "UBND các huyện (trừ huyện Núi Voi)", as of the plan's date.
    Those(Vec<UnitId>),
    /// Whoever the document gives work: "các cơ quan, đơn vị, địa phương"; of them the departments alone: "các sở, ngành nêu trên".
    Mentioned {
        departments: bool,
    },
    /// A body of the centre, or "các cơ quan có liên quan": it stays in the words.
    InWords,
    /// Nobody can say but a person; bodies it is like.
    Unknown(Vec<UnitId>),
}

/// The province as of the plan's date.
#[derive(Debug, Clone, Default)]
pub struct Bodies {
    pub names: Names,
    /// In protocol order.
    pub units: Vec<UnitOn>,
}

impl Bodies {
    pub fn unit(&self, id: UnitId) -> Option<&UnitOn> {
        self.units.iter().find(|unit| unit.id == id)
    }

    pub fn has_kind(&self, kind: &str) -> bool {
        self.units.iter().any(|unit| unit.kind_code == kind)
    }

    /// Who is meant by a name, with what somebody answered about it.
    pub fn meaning(&self, written: &str, answers: &BTreeMap<String, Answer>) -> Meaning {
        match answers.get(&key(written)) {
            Some(Answer::Unit(id)) if self.unit(UnitId(*id)).is_some() => return Meaning::Unit(UnitId(*id)),
            Some(Answer::Kind(kind)) if self.has_kind(kind) => return Meaning::Kinds(vec![kind.clone()]),
            Some(Answer::Nobody) => return Meaning::InWords,
            _ => {}
        }
        if let Some((group, out)) = left_out(written) {
            return self.without(&group, &out, answers);
        }
        match self.group(written) {
            Some(Meaning::Kinds(kinds)) if kinds.is_empty() => return Meaning::Unknown(vec![]),
            Some(meaning) => return meaning,
            None => {}
        }
        match self.names.find(written) {
            Found::One(unit) => Meaning::Unit(unit),
            _ if is_central(written) => Meaning::InWords,
            Found::Like(units) => Meaning::Unknown(units),
            Found::Nobody => Meaning::Unknown(vec![]),
        }
    }

    /// A group without the bodies the document leaves out; asked where either is not known.
    fn without(&self, group: &str, out: &[String], answers: &BTreeMap<String, Answer>) -> Meaning {
        let Meaning::Kinds(kinds) = self.meaning(group, answers) else { return Meaning::Unknown(vec![]) };
        let one = |name: &String| match self.meaning(name, answers) {
            Meaning::Unit(id) => Some(id),
            _ => None,
        };
        let Some(out) = out.iter().map(one).collect::<Option<Vec<UnitId>>>() else {
            return Meaning::Unknown(vec![]);
        };
        let left = |unit: &&UnitOn| kinds.contains(&unit.kind_code) && !out.contains(&unit.id);
        Meaning::Those(self.units.iter().filter(left).map(|unit| unit.id).collect())
    }

    /// What a group is; none for the name of one body.
    fn group(&self, written: &str) -> Option<Meaning> {
        let lower = written.to_lowercase();
        let words = search_key(written);
        let has = |part: &str| words.contains(part);
        let plural = ["các ", "những ", "mọi ", "toàn bộ ", "toàn thể "].iter().any(|q| lower.contains(q))
            || has("cap huyen")
            || has("cap xa");
        if !plural {
            return None;
        }
        if has("neu tren") || has("co ten tren") || has("duoc giao nhiem vu") || has("duoc phan cong") {
            let departments = lower.contains("sở") || has("nganh");
            return Some(Meaning::Mentioned { departments });
        }
        // Rooms of one department, and some places of many: which, only people can say.
        if of_one_department(&lower) || names_places(written) {
            return Some(Meaning::Unknown(vec![]));
        }
        if has("lien quan") {
            return Some(Meaning::InWords);
        }
        let kinds = self.kinds(&lower, &words);
        let all = has("co quan") && (has("dia phuong") || words.ends_with("don vi"));
        if kinds.is_empty() && all {
            return Some(Meaning::Mentioned { departments: false });
        }
        Some(Meaning::Kinds(kinds))
    }

    /// The kinds a group names, of those the province has on that day.
    fn kinds(&self, lower: &str, words: &str) -> Vec<String> {
        let has = |part: &str| words.contains(part);
        let police = words.starts_with("cong an") || words.starts_with("ca ");
        let centre = has("trung tam van hoa");
        let district = ["cac huyen", "cac quan", "huyen thi xa", "cap huyen", "thi xa thanh pho"];
        let commune = ["xa phuong", "phuong xa", "cap xa", "cac xa", "cac phuong", "xa thi tran"];
        let named = [
            ("department", !centre && lower.replace("cơ sở", "").contains("sở") && !has("cong thong tin")),
            ("department", has("cac nganh") || has("ban nganh")),
            ("press", has("co quan bao chi") || has("bao dai")),
            ("mass_org", has("doan the") || has("chinh tri xa hoi")),
            ("mass_org", has("to chuc thanh vien")),
            ("front", has("mat tran") && !has("thanh vien")),
            ("culture_centre", centre),
            ("commune_police", police && commune.iter().any(|part| has(part))),
            ("commune", !police && !centre && commune.iter().any(|part| has(part))),
            ("district", !police && !centre && district.iter().any(|part| has(part))),
        ];
        let mut kinds: Vec<String> = Vec::new();
        for (kind, is) in named {
            if is && self.has_kind(kind) && !kinds.iter().any(|known| known == kind) {
                kinds.push(kind.to_owned());
            }
        }
        kinds
    }
}

/// "UBND các huyện Tân Yên": a level with the name of a place right behind it means some, never all of the level.
fn names_places(written: &str) -> bool {
    const LEVELS: [&str; 6] = ["huyện", "quận", "xã", "phường", "đặc khu", "thị trấn"];
    let words: Vec<&str> = written.split_whitespace().collect();
    let named = |next: &str| {
        let wider = ["Thành", "Tỉnh", "TP", "TP.", "T.P"].contains(&next);
        next.starts_with(char::is_uppercase) && next.chars().any(char::is_lowercase) && !wider
    };
    (2..words.len()).any(|at| {
        LEVELS.iter().any(|level| {
            let first = level.split(' ').count();
            at > first
                && words[at - first..at].join(" ").to_lowercase() == *level
                && words[at - first - 1].to_lowercase() == "các"
                && named(words[at])
        })
    })
}

/// "Các phòng, đơn vị thuộc Sở": what a department is made of, and no department.
fn of_one_department(lower: &str) -> bool {
    ["thuộc sở", "của sở"].iter().any(|owner| {
        lower.split_once(owner).is_some_and(|(rooms, rest)| {
            let several = [",", " ban", " ngành", " và các"].iter().any(|next| rest.starts_with(next));
            !several && !rooms.replace("cơ sở", "").contains("sở")
        })
    })
}

/// One key however the name is abbreviated.
pub fn key(written: &str) -> String {
    spelled(written)
}

/// A body of the centre, which no province has.
fn is_central(written: &str) -> bool {
    let words = search_key(written);
    ["bo ", "cuc ", "tong cuc", "chinh phu", "thu tuong", "van phong chinh phu", "trung uong", "quoc hoi"]
        .iter()
        .any(|begin| words.starts_with(begin))
        || words.ends_with(" bo cong an")
}
