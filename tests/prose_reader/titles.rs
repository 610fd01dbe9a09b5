//! Titles of articles and addresses: a table written by hand.

use tonghop::prose_reader::read;

use super::form;

fn titles(text: &str) -> Vec<(String, String)> {
    let prose = read(&format!("BÁO CÁO\nKết quả\n\nI. Kết quả\n\n{text}\n"), &form());
    prose.titles.into_iter().map(|title| (title.text, title.url)).collect()
}

#[test]
fn between_quotation_marks_after_the_word_for_one() {
    let found = titles(
        "Phóng sự “Đường về của người thợ mộc” và “Ngày mai bắt đầu từ hôm nay” được đông đảo người xem.",
    );
    assert_eq!(
        found.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>(),
        ["Đường về của người thợ mộc", "Ngày mai bắt đầu từ hôm nay"]
    );
    assert!(titles("Thực hiện Đề án “Nâng cao chất lượng công tác năm 2025” trên địa bàn.").is_empty());
    assert!(titles("Tin, bài về Đề án “Nâng cao chất lượng công tác năm 2025” được đăng nhiều.").is_empty());
}

#[test]
fn lines_with_an_address() {
    let found = titles(
        "Một số tin, bài tiêu biểu:\n- Người trở về mở xưởng mộc: https://baobacgiang.vn/mo-xuong.html\n- Cả xã giúp một người (www.youtube.com/watch?v=abc).",
    );
    assert_eq!(
        found,
        [
            ("Người trở về mở xưởng mộc".to_owned(), "https://baobacgiang.vn/mo-xuong.html".to_owned()),
            ("Cả xã giúp một người".to_owned(), "https://www.youtube.com/watch?v=abc".to_owned()),
        ]
    );
}

/// Several in one sentence: each its own, the address is that of the one before it.
#[test]
fn several_between_quotation_marks_with_an_address() {
    let table: [(&str, &[(&str, &str)]); 4] = [
        (
            "Một số bài viết tiêu biểu: “Cả làng dựng lại mái nhà cho một người”; “Lớp học buổi tối bên sông” (https://tin.example.vn/lop-hoc).",
            &[
                ("Cả làng dựng lại mái nhà cho một người", ""),
                ("Lớp học buổi tối bên sông", "https://tin.example.vn/lop-hoc"),
            ],
        ),
        (
            "Phóng sự “Mùa cam mới của anh Tư” (https://tin.example.vn/cam) và bài “Ngày trở lại xưởng mộc”: https://tin.example.vn/moc.",
            &[
                ("Mùa cam mới của anh Tư", "https://tin.example.vn/cam"),
                ("Ngày trở lại xưởng mộc", "https://tin.example.vn/moc"),
            ],
        ),
        (
            "- Bài “Ngày mới của chị H.”: https://tin.example.vn/h",
            &[("Ngày mới của chị H", "https://tin.example.vn/h")],
        ),
        (
            "Một số tin, bài tiêu biểu: Người trở về mở xưởng mộc https://tin.example.vn/x",
            &[("Người trở về mở xưởng mộc", "https://tin.example.vn/x")],
        ),
    ];
    for (text, expected) in table {
        let found = titles(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(title, url)| (title.as_str(), url.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_title_told_with_its_paper_stays_apart_from_the_one_before_it() {
    let found = titles(
        "Tiêu biểu có các bài: \"Mở lối trở về\" (https://bacgiang.gov.vn/mo-loi?utm_source=fb), \"Hơi ấm tình người\" đăng trên Báo Bắc Giang ngày 12/3/2025.",
    );
    let pair = |text: &str, url: &str| (text.to_owned(), url.to_owned());
    assert_eq!(
        found,
        [
            pair("Mở lối trở về", "https://bacgiang.gov.vn/mo-loi?utm_source=fb"),
            pair("Hơi ấm tình người", "")
        ]
    );
}
