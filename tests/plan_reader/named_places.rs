//! Some bodies of a level by their names: these are given the work, and not the whole level, nobody and no list of names.

use tonghop::plan_reader::{Reading, read};

fn plan(items: &str) -> Reading {
    read(&format!(
        "KẾ HOẠCH\nThử tên địa phương\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\nII. PHÂN CÔNG NHIỆM VỤ\n\n{items}\n"
    ))
}

/// The owners of a heading with one task below, and nothing else read out of it.
fn units(heading: &str) -> Vec<String> {
    let reading = plan(&format!("1. {heading}\nVận động hội viên tham gia."));
    match &reading.assignments[..] {
        [given] if given.tasks.len() == 1 && given.tasks[0].text == "Vận động hội viên tham gia." => {
            given.units.clone()
        }
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn places_behind_one_level() {
    let table: [(&str, &[&str]); 15] = [
        (
            "UBND các huyện An Sơn, Bình Khê, Lộc Hòa",
            &["UBND huyện An Sơn", "UBND huyện Bình Khê", "UBND huyện Lộc Hòa"],
        ),
        (
            "UBND các xã Bản Lau, Vũng Niêm, Đồng Hỉ",
            &["UBND xã Bản Lau", "UBND xã Vũng Niêm", "UBND xã Đồng Hỉ"],
        ),
        (
            "UBND các huyện: An Sơn, Bình Khê; thị xã Cửa Đông",
            &["UBND huyện An Sơn", "UBND huyện Bình Khê", "UBND thị xã Cửa Đông"],
        ),
        (
            "UBND các xã: Ea Tul, Krông Nô và phường Tân Lập",
            &["UBND xã Ea Tul", "UBND xã Krông Nô", "UBND phường Tân Lập"],
        ),
        (
            "Chủ tịch UBND phường An Xuân, Lý Sơn, Tân Thành; UBND xã Cái Đôi",
            &["UBND phường An Xuân", "UBND phường Lý Sơn", "UBND phường Tân Thành", "UBND xã Cái Đôi"],
        ),
        ("Công an các xã An Sơn, Bình Khê", &["Công an xã An Sơn", "Công an xã Bình Khê"]),
        (
            "UBND các quận 1, 3, 5 và huyện Lộc Hòa",
            &["UBND quận 1", "UBND quận 3", "UBND quận 5", "UBND huyện Lộc Hòa"],
        ),
        (
            "UBND các huyện An Sơn, Bình Khê, Sở Y tế",
            &["UBND huyện An Sơn", "UBND huyện Bình Khê", "Sở Y tế"],
        ),
        ("UBND các xã, phường: An Sơn, Bình Khê", &["UBND xã, phường An Sơn", "UBND xã, phường Bình Khê"]),
        ("UBND huyện An Sơn, Báo An Phú", &["UBND huyện An Sơn", "Báo An Phú"]),
        (
            "Liên minh Hợp tác xã tỉnh, Bảo hiểm xã hội tỉnh",
            &["Liên minh Hợp tác xã tỉnh", "Bảo hiểm xã hội tỉnh"],
        ),
        ("UBND các huyện, thị xã, thành phố", &["UBND các huyện, thị xã, thành phố"]),
        ("UBND các xã, phường và đặc khu Hòn Lớn", &["UBND các xã, phường", "UBND đặc khu Hòn Lớn"]),
        ("Các sở, ban, ngành: Nội vụ, Y tế, Tài chính", &["Sở Nội vụ", "Sở Y tế", "Sở Tài chính"]),
        ("Các sở, ngành: Công an tỉnh, Nội vụ, Y tế", &["Công an tỉnh", "Sở Nội vụ", "Sở Y tế"]),
    ];
    for (heading, expected) in table {
        assert_eq!(units(heading), expected, "{heading}");
    }
}

#[test]
fn names_behind_a_group_are_owners_and_no_task() {
    assert_eq!(
        units("Các doanh nghiệp viễn thông: Viettel An Phú, VNPT An Phú, Mobifone An Phú"),
        ["Viettel An Phú", "VNPT An Phú", "Mobifone An Phú"]
    );
    let reading = plan("1. Các sở, ngành: Tuyên truyền, vận động cán bộ tham gia.");
    assert_eq!(reading.assignments[0].units, ["Các sở, ngành"]);
    let reading = plan("1. Các sở, ngành: Nội vụ, Y tế: kiểm tra việc thực hiện.");
    assert_eq!(reading.assignments[0].units, ["Sở Nội vụ", "Sở Y tế"]);
    assert_eq!(reading.assignments[0].tasks[0].text, "Kiểm tra việc thực hiện.");
}

#[test]
fn a_sentence_names_them_as_well() {
    for (sentence, expected) in [
        (
            "Yêu cầu UBND các huyện An Sơn, Bình Khê rà soát đối tượng.",
            &["UBND huyện An Sơn", "UBND huyện Bình Khê"][..],
        ),
        (
            "Yêu cầu UBND các quận Hòa Bắc, Hòa Nam; thị xã Cửa Đông đẩy nhanh tiến độ.",
            &["UBND quận Hòa Bắc", "UBND quận Hòa Nam", "UBND thị xã Cửa Đông"],
        ),
    ] {
        let reading = plan(&format!("1. {sentence}"));
        assert_eq!(reading.assignments.len(), 1, "{sentence}");
        assert_eq!(reading.assignments[0].units, expected, "{sentence}");
    }
}
