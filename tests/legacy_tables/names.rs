//! Names as people write them against a table made by hand, and properties of the matcher.

use proptest::prelude::*;
use tonghop::db::ids::UnitId;
use tonghop::units::names::{Found, Named, Names, spelled};

/// Units of a province in June 2023, with the names a register has.
const UNITS: [(i64, &str, &str, &[&str]); 16] = [
    (1, "Ủy ban nhân dân tỉnh Bắc Giang", "UBND tỉnh", &[]),
    (2, "Công an tỉnh Bắc Giang", "Công an tỉnh", &[]),
    (3, "Sở Thông tin và Truyền thông", "Sở TT&TT", &[]),
    (4, "Sở Văn hóa, Thể thao và Du lịch", "Sở VHTT&DL", &[]),
    (5, "Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH", &[]),
    (6, "Sở Tư pháp", "Sở Tư pháp", &[]),
    (7, "Hội Liên hiệp Phụ nữ tỉnh", "Hội LHPN tỉnh", &["Hội Phụ nữ tỉnh"]),
    (8, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "MTTQ tỉnh", &[]),
    (9, "Cổng Thông tin điện tử tỉnh Bắc Giang", "Cổng TTĐT tỉnh", &[]),
    (10, "UBND thành phố Bắc Giang", "UBND thành phố Bắc Giang", &[]),
    (11, "UBND huyện Lục Nam", "UBND huyện Lục Nam", &[]),
    (12, "UBND huyện Việt Yên", "UBND huyện Việt Yên", &[]),
    (13, "UBND huyện Sơn Động", "UBND huyện Sơn Động", &[]),
    (14, "Trung tâm Văn hóa - Thông tin và Thể thao huyện Lục Nam", "TT VHTT&TT huyện Lục Nam", &[]),
    (15, "Công an huyện Lục Nam", "Công an huyện Lục Nam", &[]),
    (16, "UBND thị trấn Đồi Ngô", "UBND thị trấn Đồi Ngô", &[]),
];

/// What is written, and whose it is: 0 for nobody, -1 for a name that is like somebody's and has to be asked.
const WRITTEN: [(&str, i64); 42] = [
    ("UBND H. Lục Nam", 11),
    ("UBND H.Lục Nam", 11),
    ("huyện Lục Nam", 11),
    ("Huyện  LỤC NAM", 11),
    ("huyen luc nam", 11),
    ("Lục Nam", 11),
    ("1. Lục Nam", 11),
    ("III. UBND huyện Lục Nam", 11),
    ("- H. Lục Nam", 11),
    ("Ủy ban nhân dân huyện Lục Nam", 11),
    ("UBND huyện Lục Nam tỉnh Bắc Giang", 11),
    ("UBND huyện Lục Nam (Bắc Giang)", 11),
    ("Lu\u{323}c Nam", 11),
    ("Hụyên Lục Nam", 11),
    ("TX. Lục Nam", -1),
    ("TX Việt Yên", -1),
    ("Việt Yên", 12),
    ("Huyện Sơn \u{d0}ộng", 13),
    ("Huyện Sơn \u{189}ộng", 13),
    ("son dong", 13),
    ("TP. Bắc Giang", 10),
    ("TP Bắc Giang", 10),
    ("Thành phố Bắc Giang", 10),
    ("CA H. Lục Nam", 15),
    ("CAH Lục Nam", 15),
    ("Công an huyện Lục Nam", 15),
    ("CA tỉnh", 2),
    ("CAT Bắc Giang", 2),
    ("Công an tỉnh Bắc Giang", 2),
    ("TT VHTT&TT huyện Lục Nam", 14),
    ("TT. Đồi Ngô", 16),
    ("Đồi Ngô", 16),
    ("Sở TTTT", 3),
    ("Sở Thông tin & Truyền thông", 3),
    ("sở thông tin truyền thông tỉnh Bắc Giang", 3),
    ("Sở VH, TT&DL", 4),
    ("Sở LĐTBXH", 5),
    ("Sở TP", 6),
    ("Hội LHPN", 7),
    ("UBMTTQ VN tỉnh", 8),
    ("Cổng TTĐT", 9),
    ("Tổng cộng", 0),
];

fn register() -> Names {
    let named = |(id, name, short, aliases): &(i64, &str, &str, &[&str])| Named {
        id: UnitId(*id),
        names: vec![(*name).to_owned(), (*short).to_owned()],
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        others: vec![],
    };
    Names::new(&UNITS.iter().map(named).collect::<Vec<_>>(), "Bắc Giang")
}

#[test]
fn names_are_whose_the_table_made_by_hand_says() {
    let names = register();
    let faults: Vec<String> = WRITTEN
        .iter()
        .filter_map(|(written, whose)| {
            let found = names.find(written);
            let told = match &found {
                Found::One(id) => id.0,
                Found::Like(_) => -1,
                Found::Nobody => 0,
            };
            (told != *whose).then(|| format!("{written}: {found:?}, not {whose} ({})", spelled(written)))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_name_of_two_is_asked_and_an_alias_gives_way_to_a_name() {
    let unit = |id, name: &str, alias: &str| Named {
        id: UnitId(id),
        names: vec![name.to_owned()],
        aliases: vec![alias.to_owned()],
        others: vec![],
    };
    let names = Names::new(
        &[unit(1, "Báo tỉnh", "Báo"), unit(2, "Đài tỉnh", "Báo"), unit(3, "Báo chí", "Đài tỉnh")],
        "X",
    );
    assert_eq!(names.find("Báo"), Found::Like(vec![UnitId(1), UnitId(2)]));
    assert_eq!(names.find("Đài tỉnh"), Found::One(UnitId(2)));
}

proptest! {
    /// However it is dressed, a unit's own name is that unit's, and never another's.
    #[test]
    fn a_units_own_name_is_found_whatever_its_dress(
        at in 0usize..UNITS.len(),
        short in any::<bool>(),
        upper in any::<bool>(),
        apart in any::<bool>(),
        number in 0u8..3,
    ) {
        let (id, name, brief, _) = UNITS[at];
        let mut written = if short { brief.to_owned() } else { name.to_owned() };
        if upper { written = written.to_uppercase(); }
        if apart { written = unicode_normalization::UnicodeNormalization::nfd(written.as_str()).collect(); }
        let written = ["", "7. ", "12) "][usize::from(number)].to_owned() + &written;
        prop_assert_eq!(register().find(&written), Found::One(UnitId(id)), "{}", written);
    }

    /// Nothing that people type breaks it, and the key of a key is the key.
    #[test]
    fn any_text_has_a_key(text in "\\PC{0,60}") {
        let key = spelled(&text);
        register().find(&text);
        prop_assert!(key.chars().all(|c| c.is_alphanumeric() || c == ' '), "{}", key);
    }
}
