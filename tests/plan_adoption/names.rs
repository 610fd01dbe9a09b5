//! Whose a name in a document is, in a province with departments, districts and communes: a table made by hand.

use std::collections::BTreeMap;

use tonghop::db::ids::UnitId;
use tonghop::plan_adoption::draft::Answer;
use tonghop::plan_adoption::naming::{Bodies, Meaning, key};
use tonghop::units::UnitOn;
use tonghop::units::names::{Named, Names};

const UNITS: [(i64, &str, &str, &str); 10] = [
    (1, "police", "Công an tỉnh Bắc Giang", "Công an tỉnh"),
    (2, "department", "Sở Tài chính", "Sở Tài chính"),
    (3, "department", "Sở Nội vụ", "Sở Nội vụ"),
    (4, "press", "Báo Bắc Giang", "Báo tỉnh"),
    (5, "front", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "MTTQ tỉnh"),
    (6, "mass_org", "Hội Nông dân tỉnh", "Hội Nông dân tỉnh"),
    (7, "district", "UBND huyện Lục Nam", "UBND huyện Lục Nam"),
    (8, "district", "UBND thị xã Chũ", "UBND thị xã Chũ"),
    (9, "commune", "UBND xã Tam Dị", "UBND xã Tam Dị"),
    (10, "division", "Phòng Thông tin - Báo chí - Xuất bản", "Phòng TT-BC-XB"),
];

fn bodies(without: &str) -> Bodies {
    let there = UNITS.iter().filter(|(_, kind, ..)| *kind != without);
    let named: Vec<Named> = there
        .clone()
        .map(|(id, _, name, short)| Named {
            id: UnitId(*id),
            names: vec![(*name).to_owned(), (*short).to_owned()],
            aliases: vec![],
            others: vec![],
        })
        .collect();
    let units = there.map(|(id, kind, name, short)| UnitOn {
        id: UnitId(*id),
        code: id.to_string(),
        name: (*name).to_owned(),
        short_name: (*short).to_owned(),
        kind_code: (*kind).to_owned(),
        kind_heading: String::new(),
        kind_position: 0,
        protocol_order: 0,
        parent_id: None,
        existed_from: None,
        existed_to: None,
    });
    Bodies { names: Names::new(&named, "Bắc Giang"), units: units.collect() }
}

/// "unit 2", "kinds department mass_org", "mentioned", "departments mentioned", "words", "unknown".
fn told(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Unit(unit) => format!("unit {unit}"),
        Meaning::Kinds(kinds) => format!("kinds {}", kinds.join(" ")),
        Meaning::Those(units) => {
            let ids: Vec<String> = units.iter().map(ToString::to_string).collect();
            format!("those {}", ids.join(" "))
        }
        Meaning::Mentioned { departments: true } => "departments mentioned".to_owned(),
        Meaning::Mentioned { departments: false } => "mentioned".to_owned(),
        Meaning::InWords => "words".to_owned(),
        Meaning::Unknown(_) => "unknown".to_owned(),
    }
}

#[test]
fn names_mean_what_a_person_reads_in_them() {
    let bodies = bodies("");
    let table = [
        ("Công an tỉnh", "unit 1"),
        ("Công an Tỉnh", "unit 1"),
        ("Sở Tài chính tỉnh", "unit 2"),
        ("sở nội vụ", "unit 3"),
        ("Các sở (trừ Sở Nội vụ)", "those 2"),
        ("UBND các huyện, thị xã (trừ huyện Lục Nam)", "those 8"),
        ("UBND các huyện, thị xã (trừ huyện Núi Voi)", "unknown"),
        ("Ủy ban Mặt trận Tổ quốc Tỉnh", "unit 5"),
        ("UBND huyện Lục Nam", "unit 7"),
        ("Phòng Thông tin- Báo chí- Xuất bản", "unit 10"),
        ("Phòng Thông tin–Báo chí –Xuất bản", "unit 10"),
        ("Phòng Thông tin- Báo chí- Xuất bản thuộc Sở", "unit 10"),
        ("Phòng Thông tin - Báo chí - Xuất bản thuộc Sở Y tế", "unknown"),
        ("Văn phòng thuộc Sở", "unknown"),
        ("UBND các huyện, thị xã, thành phố", "kinds district"),
        ("Ủy ban nhân dân các huyện, thành phố", "kinds district"),
        ("UBND các xã, phường, thị trấn", "kinds commune"),
        // Some by name are never all.
        ("UBND các huyện Tân Yên", "unknown"),
        ("Các xã Ea Tul", "unknown"),
        ("UBND cấp xã", "kinds commune"),
        ("các sở, ban, ngành", "kinds department"),
        ("Các sở, ban, ngành, đoàn thể", "kinds department mass_org"),
        ("Các phòng, đơn vị thuộc Sở", "unknown"),
        ("các phòng chuyên môn, đơn vị trực thuộc Sở Nội vụ", "unknown"),
        ("các đơn vị thuộc các sở, ban, ngành", "kinds department"),
        ("các đơn vị thuộc sở, ngành", "kinds department"),
        ("các cơ sở giáo dục", "unknown"),
        ("các cơ quan báo chí", "kinds press"),
        ("các tổ chức chính trị - xã hội", "kinds mass_org"),
        ("Các sở, ngành nêu trên", "departments mentioned"),
        ("Các cơ quan, đơn vị, địa phương", "mentioned"),
        ("các cơ quan, tổ chức có liên quan", "words"),
        ("các sở, ngành có liên quan", "words"),
        ("Bộ Công an", "words"),
        ("Cục Cảnh sát quản lý tạm giữ, tạm giam và thi hành án hình sự tại cộng đồng, Bộ Công an", "words"),
        ("Công an các huyện, thành phố", "unknown"),
        ("Hội Doanh nghiệp tỉnh", "unknown"),
        ("Sở Tưởng tượng", "unknown"),
    ];
    for (name, meaning) in table {
        assert_eq!(told(&bodies.meaning(name, &BTreeMap::new())), meaning, "{name}");
    }
}

#[test]
fn a_group_the_province_does_not_have_is_asked() {
    let bodies = bodies("district");
    let meaning = bodies.meaning("UBND các huyện, thị xã, thành phố", &BTreeMap::new());
    assert_eq!(told(&meaning), "unknown", "there are no districts on that day");
}

#[test]
fn what_somebody_answered_goes_before_everything() {
    let bodies = bodies("");
    let answer = |name: &str, answer: Answer| BTreeMap::from([(key(name), answer)]);
    let told = |name: &str, given: Answer| told(&bodies.meaning(name, &answer(name, given)));
    assert_eq!(told("Hội Doanh nghiệp tỉnh", Answer::Unit(6)), "unit 6");
    assert_eq!(told("Công an các huyện, thành phố", Answer::Nobody), "words");
    assert_eq!(told("các sở, ngành có liên quan", Answer::Kind("department".into())), "kinds department");
    // A body that was not there then is no answer.
    assert_eq!(told("Hội Doanh nghiệp tỉnh", Answer::Unit(99)), "unknown");
}
