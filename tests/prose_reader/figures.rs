//! Numbers in sentences: a table written by hand.

use tonghop::prose_reader::{FigureKind, Prose, read};

use super::form;

fn prose(sentence: &str) -> Prose {
    read(&format!("BÁO CÁO\nKết quả năm 2025\n\nI. Kết quả\n\n{sentence}\n"), &form())
}

/// Words and kinds of the numbers of a sentence.
fn found(sentence: &str) -> Vec<(String, FigureKind)> {
    prose(sentence).figures.iter().map(|figure| (figure.words(), figure.kind)).collect()
}

#[test]
fn how_they_were_rounded_and_scaled() {
    for (sentence, words) in [
        ("Các đơn vị đăng gần 100 lượt tin, bài về công tác này.", "gần 100 lượt tin, bài"),
        ("Có hơn 3.200 lượt truy cập trang.", "hơn 3.200 lượt truy cập trang"),
        ("Ước đạt 500 tin nhắn được gửi đi.", "ước 500 tin nhắn"),
        ("Ước đạt hơn 500 tin nhắn được gửi đi.", "ước hơn 500 tin nhắn"),
        ("Thu hút xấp xỉ 1,3 nghìn người.", "ước 1,3 nghìn người"),
        ("Tổng kinh phí là 2 tỷ 350 triệu đồng.", "2 tỷ 350 triệu đồng"),
        ("Cho vay trên 4,2tỷ đồng.", "hơn 4,2 tỷ đồng"),
        ("Phát 1 234 567 tờ rơi.", "1234567 tờ rơi"),
        ("Tổ chức 05 (năm) buổi tại cơ sở.", "05 buổi"),
        ("Tổ chức hai mươi lăm buổi tại cơ sở.", "25 buổi"),
        ("Tổng số 36 mô hình đang hoạt động.", "36 mô hình đang hoạt động"),
        ("Có 1O đơn vị tham gia.", "10 đơn vị"),
    ] {
        let found = found(sentence);
        assert_eq!(found, [(words.to_owned(), FigureKind::Counted)], "{sentence}");
    }
}

#[test]
fn growth_and_other_periods_are_no_values() {
    for (sentence, kinds) in [
        ("Đăng 40 tin, bài, tăng 12,5% so với cùng kỳ.", vec![FigureKind::Counted, FigureKind::Change]),
        ("Xử lý 12 vụ, giảm 03 vụ so với cùng kỳ.", vec![FigureKind::Counted, FigureKind::Change]),
        ("Số lượt xem bằng 112% so với cùng kỳ năm trước.", vec![FigureKind::Change]),
        ("Trong kỳ có 12 vụ, cùng kỳ năm trước 15 vụ.", vec![FigureKind::Counted, FigureKind::Earlier]),
        ("Phấn đấu đạt 300 tin, bài.", vec![FigureKind::Goal]),
        ("Tỷ lệ người được phổ biến đạt 95%.", vec![FigureKind::Share]),
    ] {
        let found: Vec<FigureKind> = found(sentence).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(found, kinds, "{sentence}");
    }
    let prose = prose("Đăng 40 tin, bài trên mạng xã hội, tăng 12,5% so với cùng kỳ.");
    assert!(
        prose.figures.iter().all(|f| f.kind.is_value() || f.proposed.is_none() && f.candidates.is_empty())
    );
}

#[test]
fn what_names_something_counts_nothing() {
    for sentence in [
        "Thực hiện Kế hoạch số 13/KH-UBND ngày 20/01/2025 của UBND tỉnh.",
        "Triển khai Nghị quyết số 18 và Điều 5 của Luật.",
        "Trong 6 tháng đầu năm 2025 và quý 2, các đơn vị làm tốt.",
        "Giai đoạn 2021-2025 được tổng kết từ năm 2021 đến 2025.",
        "Đề án 06 được triển khai đúng tiến độ.",
        "Hội nghị diễn ra lúc 8 giờ ngày 15 tháng 5 năm 2025.",
        "Một số đơn vị làm tốt, trong đó có năm sau.",
        "Bài viết “Hơn 1,3 nghìn người được điều trị” được nhiều người đọc.",
    ] {
        assert!(found(sentence).is_empty(), "{sentence}: {:?}", found(sentence));
    }
}

#[test]
fn the_same_words_elsewhere_name_nothing() {
    for (sentence, words) in [
        ("Các đơn vị tuyên truyền pháp luật 45 buổi tại cơ sở.", "45 buổi"),
        ("Các đơn vị giải quyết 15 vụ trong kỳ.", "15 vụ"),
        ("Các đơn vị cung cấp 30 nguồn tin cho báo chí.", "30 nguồn tin"),
        ("Các đơn vị đăng lên mạng xã hội 120 tin, bài về công tác này.", "120 tin, bài"),
        ("Các đơn vị đầu tư 500 triệu đồng cho công tác này.", "500 triệu đồng"),
        ("Các đơn vị phát trên truyền thanh cơ sở 245 lượt tin, bài về công tác này.", "245 lượt tin, bài"),
        ("Các đơn vị tiếp nhận hồ sơ 15 trường hợp tại xã.", "15 trường hợp"),
        ("Các đơn vị của Sở 12 lượt kiểm tra.", "12 lượt kiểm tra"),
        ("Các đơn vị vận động được 350 triệu so với cùng kỳ.", "350 triệu"),
        ("Các đơn vị vận động được 2 tỷ 350 triệu so với cùng kỳ.", "2 tỷ 350 triệu"),
        ("Các đơn vị thẩm định 20 kịch bản trong kỳ.", "20 kịch bản"),
        ("Các đơn vị làm thí điểm 05 mô hình tại xã.", "05 mô hình"),
        ("Các đơn vị đăng trên chuyên trang 12 tin, bài về công tác này.", "12 tin, bài"),
        ("Các đơn vị mời đại biểu 120 người về dự.", "120 người"),
        ("Các đơn vị chi cho đề án 350 triệu đồng trong kỳ.", "350 triệu đồng"),
        ("Các đơn vị tổ chức mỗi quý 2 buổi tại cơ sở.", "2 buổi"),
        ("Các đơn vị chia sẻ 120 tin, bài trên mạng xã hội.", "120 tin, bài"),
    ] {
        let found = found(sentence);
        assert_eq!(found, [(words.to_owned(), FigureKind::Counted)], "{sentence}");
    }
}

#[test]
fn things_with_a_number_for_a_name_count_nothing() {
    for sentence in [
        "Các đơn vị thực hiện Nghị quyết 12 của Trung ương.",
        "Các đơn vị thực hiện Khoản 2 Điều 5 của Quy định 102.",
        "Các đơn vị thuộc nhóm 3 nêu ở trang 12 của tài liệu.",
        "Các đơn vị thực hiện Nghị định 56, Thông tư 08, Quyết định 21 và Công văn 305.",
        "Các đơn vị thực hiện Luật số 36, Bộ luật số 91 và Dự án 8.",
        "Các đơn vị học tập văn kiện Đại hội 13 của Đảng.",
        "Các đơn vị đến với học sinh cấp 3 dọc Quốc lộ 1 và tỉnh lộ 295.",
        "Các đơn vị làm theo mẫu 02, biểu 05, phụ lục 3, chương 4.",
    ] {
        assert!(found(sentence).is_empty(), "{sentence}: {:?}", found(sentence));
    }
}

#[test]
fn a_figure_of_the_form_is_proposed_once() {
    let prose = prose(
        "Truyền thanh cơ sở phát 90 lượt tin, bài. Hệ thống truyền thanh cơ sở phát thêm gần 20 lượt tin, bài.",
    );
    let proposed: Vec<&str> = prose.figures.iter().filter_map(|f| f.proposed.as_deref()).collect();
    assert_eq!(proposed.iter().filter(|code| **code == "C05").count(), 1, "{:#?}", prose.figures);
}

#[test]
fn money_goes_to_money_only() {
    let prose = prose("Kinh phí đã sử dụng 350 triệu đồng cho 12 buổi tuyên truyền trực tiếp.");
    let of: Vec<(&str, Option<&str>)> =
        prose.figures.iter().map(|f| (f.typed.as_str(), f.proposed.as_deref())).collect();
    assert_eq!(of, [("350 triệu đồng", Some("A11")), ("12", Some("D01"))]);
}

/// A figure of a year or a part of one that the report is not about: shown with the reason, never taken.
#[test]
fn figures_of_other_periods_are_told_apart() {
    let kinds = |sentence: &str| {
        let text = format!("BÁO CÁO\nKết quả 6 tháng đầu năm 2025\n\nI. Kết quả\n\n{sentence}\n");
        read(&text, &form()).figures.iter().map(|figure| figure.kind).collect::<Vec<_>>()
    };
    use FigureKind::{Change, Counted, Earlier};
    for (sentence, expected) in [
        ("Giới thiệu việc làm cho 37 người. Năm 2024 là 29 người.", vec![Counted, Earlier]),
        ("Quý I/2025 đăng 12 bài; 6 tháng đầu năm 2025 đăng 40 bài.", vec![Earlier, Counted]),
        ("Trong 6 tháng đầu năm 2025 tổ chức 45 buổi.", vec![Counted]),
        ("Năm 2025 tổ chức 45 buổi cho 300 người.", vec![Counted, Counted]),
        ("Ngày 10 tháng 3 năm 2024, đơn vị tổ chức 45 buổi.", vec![Counted]),
        // What stands between brackets is over where they close.
        (
            "Fanpage đăng 1.205 bài viết (tăng 210 bài so với cùng kỳ năm 2024), tiếp cận khoảng 25,6 nghìn lượt.",
            vec![Counted, Change, Counted],
        ),
        ("Đăng 12 bài (quý I: 40 bài).", vec![Counted, Earlier]),
        ("Giảm từ 15 xuống còn 9 trường hợp tái phạm.", vec![Earlier, Counted]),
        ("Số hội viên tăng từ 120 người lên 150 người.", vec![Earlier, Counted]),
    ] {
        assert_eq!(kinds(sentence), expected, "{sentence}");
    }
}

#[test]
fn on_so_many_places_is_not_more_than_so_many() {
    use tonghop::prose_reader::FigureDoubt::Place;
    use tonghop::vietnamese::Qualifier::{Exact, Over};
    for (sentence, at, typed, qualifier, doubt) in [
        ("Đăng 186 bài trên 24 fanpage của xã.", 1, "24", Exact, Some(Place)),
        ("Đăng tải trên 24 fanpage của xã.", 0, "24", Exact, Some(Place)),
        ("Phát trên 120 cụm loa 300 lượt.", 0, "120", Exact, Some(Place)),
        ("Lắp đặt trên 120 cụm loa tại các xã.", 0, "120", Over, None),
        ("Đăng trên 20 tin, bài về công tác này.", 0, "20", Over, None),
        ("Thu hút trên 1.500 người dự.", 0, "1.500", Over, None),
    ] {
        let prose = prose(sentence);
        let figure = &prose.figures[at];
        assert_eq!(
            (figure.typed.as_str(), figure.qualifier, figure.doubt),
            (typed, qualifier, doubt),
            "{sentence}"
        );
        assert!(doubt.is_none() || figure.proposed.is_none(), "{sentence}: {figure:?}");
    }
}

#[test]
fn plans_multiples_and_estimates_until_a_day_are_told() {
    for (sentence, words, kind) in [
        ("Ước đến 30/6 đạt 250 bài.", "ước 250 bài", FigureKind::Counted),
        ("Ước thực hiện đến hết tháng 6 đạt 250 bài.", "ước 250 bài", FigureKind::Counted),
        ("Đã đạt 250 bài.", "250 bài", FigureKind::Counted),
        ("Nhắn đủ (kế hoạch 1,5 triệu tin).", "1,5 triệu tin", FigureKind::Goal),
        ("Kế hoạch được giao năm 2025: 1,5 triệu tin.", "1,5 triệu tin", FigureKind::Goal),
        ("Số bài tăng gấp 2 lần.", "2 lần", FigureKind::Change),
        ("Số bài bằng 1,5 lần.", "1,5 lần", FigureKind::Change),
        ("Tổ chức họp 2 lần.", "2 lần", FigureKind::Counted),
    ] {
        assert_eq!(found(sentence), [(words.to_owned(), kind)], "{sentence}");
    }
}

#[test]
fn what_is_written_short_or_between_two_numbers_is_offered_with_a_doubt() {
    use tonghop::plan_reader::Sure;
    use tonghop::prose_reader::FigureDoubt::{Range, Shortened};
    for (sentence, words, doubt) in [
        ("Mỗi tháng đăng khoảng 30-40 bài trên mạng xã hội.", "ước 30 bài", Some(Range)),
        ("Mỗi tháng đăng khoảng 30 - 40 bài trên mạng xã hội.", "ước 30 bài", Some(Range)),
        ("Các video đạt 48k lượt xem.", "48 nghìn lượt xem", Some(Shortened)),
        ("Chi 2,5tr đồng cho in ấn.", "2,5 triệu đồng", Some(Shortened)),
    ] {
        let prose = prose(sentence);
        let [figure] = &prose.figures[..] else { panic!("{sentence}: {:?}", prose.figures) };
        assert_eq!((figure.words().as_str(), figure.doubt), (words, doubt), "{sentence}");
        assert_eq!(figure.sure, Sure::Guess, "{sentence}: never ticked beforehand");
    }
    let kinds: Vec<FigureKind> =
        found("Dự kiến 20 bài; khoảng 30-40 bài đã đăng.").into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds, [FigureKind::Goal, FigureKind::Counted], "each part of a sentence by itself");
    assert!(found("Thực hiện nghiêm 5K trong giai đoạn 2021-2025.").is_empty());
}
