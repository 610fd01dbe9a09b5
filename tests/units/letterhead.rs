//! How bodies head their documents: a table by hand, from what such bodies' papers look like.

use tonghop::db::ids::UnitId;
use tonghop::units::{Letterhead, UnitOn};

fn unit(id: i64, kind: &str, name: &str, short: &str) -> UnitOn {
    UnitOn {
        id: UnitId(id),
        code: format!("u{id}"),
        name: name.into(),
        short_name: short.into(),
        kind_code: kind.into(),
        kind_heading: String::new(),
        kind_position: 1,
        protocol_order: 1,
        parent_id: None,
        existed_from: None,
        existed_to: None,
    }
}

/// Kind, name, short name; superior, issuer, place, symbol, first and last line of the capacity.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Bodies of tỉnh Bắc Giang, all below its UBND in the data or, where marked "-", below the tỉnh itself.
const BODIES: &[Row] = &[
    (
        "department",
        "Sở Khoa học và Công nghệ",
        "Sở KH&CN",
        "UBND tỉnh Bắc Giang",
        "Sở Khoa học và Công nghệ",
        "Bắc Giang",
        "SKHCN",
        "GIÁM ĐỐC",
    ),
    (
        "department",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở LĐ-TB&XH",
        "UBND tỉnh Bắc Giang",
        "Sở Lao động - Thương binh và Xã hội",
        "Bắc Giang",
        "SLĐTBXH",
        "GIÁM ĐỐC",
    ),
    (
        "department",
        "Sở Nội vụ",
        "Sở Nội vụ",
        "UBND tỉnh Bắc Giang",
        "Sở Nội vụ",
        "Bắc Giang",
        "SNV",
        "GIÁM ĐỐC",
    ),
    (
        "police",
        "Công an tỉnh Bắc Giang",
        "Công an tỉnh",
        "Bộ Công an",
        "Công an tỉnh Bắc Giang",
        "Bắc Giang",
        "CAT",
        "GIÁM ĐỐC",
    ),
    (
        "committee",
        "Ủy ban nhân dân tỉnh Bắc Giang",
        "UBND tỉnh",
        "",
        "Ủy ban nhân dân\ntỉnh Bắc Giang",
        "Bắc Giang",
        "UBND",
        "TM. ỦY BAN NHÂN DÂN",
    ),
    (
        "district",
        "UBND huyện Hiệp Hòa",
        "UBND huyện Hiệp Hòa",
        "",
        "Ủy ban nhân dân\nhuyện Hiệp Hòa",
        "Hiệp Hòa",
        "UBND",
        "TM. ỦY BAN NHÂN DÂN",
    ),
    (
        "district",
        "UBND thị xã Việt Yên",
        "UBND thị xã Việt Yên",
        "",
        "Ủy ban nhân dân\nthị xã Việt Yên",
        "Việt Yên",
        "UBND",
        "TM. ỦY BAN NHÂN DÂN",
    ),
    (
        "commune",
        "UBND phường 1",
        "UBND phường 1",
        "",
        "Ủy ban nhân dân\nphường 1",
        "1",
        "UBND",
        "TM. ỦY BAN NHÂN DÂN",
    ),
    (
        "front",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "MTTQ tỉnh",
        "Ủy ban MTTQ Việt Nam\ntỉnh Bắc Giang",
        "Ban Thường trực",
        "Bắc Giang",
        "MTTQ-BTT",
        "TM. BAN THƯỜNG TRỰC",
    ),
    (
        "mass_org",
        "Hội Liên hiệp Phụ nữ tỉnh",
        "Hội LHPN tỉnh",
        "",
        "Hội Liên hiệp Phụ nữ tỉnh Bắc Giang",
        "Bắc Giang",
        "HLHPN",
        "TM. BAN THƯỜNG VỤ",
    ),
    (
        "press",
        "Báo Bắc Giang",
        "Báo tỉnh",
        "Tỉnh ủy Bắc Giang",
        "Báo Bắc Giang",
        "Bắc Giang",
        "BBG",
        "TỔNG BIÊN TẬP",
    ),
    (
        "press",
        "Đài Phát thanh và Truyền hình tỉnh Bắc Giang",
        "Đài PTTH tỉnh",
        "UBND tỉnh Bắc Giang",
        "Đài Phát thanh và Truyền hình tỉnh Bắc Giang",
        "Bắc Giang",
        "ĐPTTH",
        "GIÁM ĐỐC",
    ),
    (
        "bank",
        "Chi nhánh Ngân hàng Chính sách xã hội tỉnh Bắc Giang",
        "NHCSXH tỉnh",
        "Ngân hàng Chính sách xã hội",
        "Chi nhánh tỉnh Bắc Giang",
        "Bắc Giang",
        "NHCSXH",
        "GIÁM ĐỐC",
    ),
];

#[test]
fn bodies_of_a_province() {
    let province = unit(1, "province", "Tỉnh Bắc Giang", "Bắc Giang");
    let committee = unit(2, "committee", "Ủy ban nhân dân tỉnh Bắc Giang", "UBND tỉnh");
    for (kind, name, short, superior, issuer, place, symbol, capacity) in BODIES {
        let parent = if *kind == "committee" || *kind == "front" { &province } else { &committee };
        let head = Letterhead::new(&unit(3, kind, name, short), Some(parent), &province);
        let found =
            [&head.superior, &head.issuer, &head.place, &head.symbol, &head.capacity[0]].map(String::as_str);
        assert_eq!(found, [*superior, *issuer, *place, *symbol, *capacity], "{name}");
    }
}

#[test]
fn bodies_below_others_and_cities() {
    let province = unit(1, "province", "Tỉnh Bắc Giang", "Bắc Giang");
    let department = unit(2, "department", "Sở Thông tin và Truyền thông", "Sở TT&TT");
    let division = Letterhead::new(
        &unit(3, "division", "Phòng Công nghệ thông tin", "Phòng CNTT"),
        Some(&department),
        &province,
    );
    assert_eq!(
        (division.superior.as_str(), division.place.as_str()),
        ("Sở Thông tin và Truyền thông", "Bắc Giang")
    );
    assert_eq!(division.capacity, ["TRƯỞNG PHÒNG"]);
    let district = unit(2, "district", "UBND huyện Hiệp Hòa", "UBND huyện Hiệp Hòa");
    let centre = unit(3, "culture_centre", "Trung tâm Văn hóa - Thông tin và Thể thao", "TT VHTT&TT");
    let centre = Letterhead::new(&centre, Some(&district), &province);
    assert_eq!((centre.superior.as_str(), centre.place.as_str()), ("UBND huyện Hiệp Hòa", "Hiệp Hòa"));

    let city = unit(1, "province", "Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh");
    let committee = unit(2, "committee", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "UBND Thành phố");
    let head =
        Letterhead::new(&unit(3, "department", "Sở Tài chính", "Sở Tài chính"), Some(&committee), &city);
    assert_eq!(head.superior, "UBND Thành phố Hồ Chí Minh");
    assert_eq!(head.place, "Thành phố Hồ Chí Minh", "the exception of phụ lục II");
    let paper =
        Letterhead::new(&unit(3, "press", "Báo Sài Gòn Giải Phóng", "Báo SGGP"), Some(&committee), &city);
    assert_eq!(paper.superior, "Thành ủy Hồ Chí Minh");
}

/// Title; quyền hạn and chức vụ, in a department, at a people's committee, at the Front, in a division.
type Signs = (&'static str, Option<(&'static str, &'static str)>);

#[test]
fn who_signs_by_which_title() {
    let province = unit(1, "province", "Tỉnh Bắc Giang", "Bắc Giang");
    let committee = unit(2, "committee", "Ủy ban nhân dân tỉnh Bắc Giang", "UBND tỉnh");
    let of = |kind, name, short| Letterhead::new(&unit(3, kind, name, short), Some(&committee), &province);
    let department: &[Signs] = &[
        ("Giám đốc Sở", Some(("", "GIÁM ĐỐC"))),
        ("Phó Giám đốc Sở", Some(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))),
        ("Chánh Văn phòng", Some(("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"))),
        ("Chuyên viên", None),
    ];
    let commune: &[Signs] = &[
        ("Chủ tịch UBND xã", Some(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))),
        ("Phó Chủ tịch UBND xã", Some(("TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))),
        ("Chánh Văn phòng", Some(("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))),
    ];
    let front: &[Signs] = &[
        ("Chủ tịch", Some(("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"))),
        ("Phó Chủ tịch Thường trực", Some(("TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"))),
    ];
    let newspaper: &[Signs] = &[("Phó Tổng Biên tập", Some(("KT. TỔNG BIÊN TẬP", "PHÓ TỔNG BIÊN TẬP")))];
    for (head, rows) in [
        (of("department", "Sở Khoa học và Công nghệ", "Sở KH&CN"), department),
        (of("commune", "UBND xã Tân Yên", "UBND xã Tân Yên"), commune),
        (of("front", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "MTTQ tỉnh"), front),
        (of("press", "Báo Bắc Giang", "Báo Bắc Giang"), newspaper),
    ] {
        for (title, expected) in rows {
            let expected = expected.map(|(capacity, title)| (capacity.to_owned(), title.to_owned()));
            assert_eq!(head.signing(title), expected, "{}: {title}", head.name);
        }
    }
}
