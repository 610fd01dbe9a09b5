//! Headings as offices write them, and the section each means: a table written by hand.

use tonghop::prose_reader::read;

use super::form;

/// The section of a paragraph under a heading.
fn section(heading: &str, paragraph: &str) -> String {
    let text = format!("BÁO CÁO\nKết quả năm 2025\n\n{heading}\n\n{paragraph}\n");
    let prose = read(&text, &form());
    let piece = prose.pieces.iter().find(|piece| piece.body.contains(paragraph));
    piece.unwrap_or_else(|| panic!("{heading}: {:#?}", prose.pieces)).section.clone().unwrap_or_default()
}

#[test]
fn by_words_however_they_are_numbered() {
    const TEXT: &str = "Đoạn văn này không nói gì thêm.";
    for (heading, code) in [
        ("I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", "I"),
        ("1. Công tác lãnh đạo, chỉ đạo", "I"),
        ("III. Cong tac chi dao", "I"),
        ("2. Kết quả tuyên truyền trên không gian mạng", "II.1"),
        ("b) Kết quả trên báo chí", "II.2"),
        ("II.3. Tuyên truyền trực tiếp", "II.3"),
        ("3. Khó khăn, vướng mắc", "III.2"),
        ("4. Tồn tại, hạn chế", "III.2"),
        ("5. Nguyên nhân", "III.3"),
        ("IV. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI", "IV"),
        ("III. NHIỆM VỤ 6 THÁNG CUỐI NĂM", "IV"),
        ("3. Phương hướng, nhiệm vụ quý II", "IV"),
        ("VI. ĐỀ XUẤT, KIẾN NGHỊ", "V"),
        ("4. Kiến nghị, đề xuất với cấp trên", "V"),
        ("7. Thời tiết trong tháng", ""),
    ] {
        assert_eq!(section(heading, TEXT), code, "{heading}");
    }
}

#[test]
fn a_wide_heading_is_shared_out_by_paragraphs() {
    for (paragraph, code) in [
        ("Các xã phát bài trên hệ thống truyền thanh, mở thêm chuyên mục.", "II.2"),
        ("Trên không gian mạng, các kênh đăng nhiều nội dung.", "II.1"),
        ("Các buổi trực tiếp có nhiều hình thức mới, nhiều lượt người dự.", "II.3"),
    ] {
        assert_eq!(section("2. Kết quả", paragraph), code, "{paragraph}");
    }
}

#[test]
fn what_is_under_the_tasks_to_come_stays_there() {
    let text = "BÁO CÁO\nKết quả\n\nIV. Phương hướng, nhiệm vụ kỳ tới\n\n1. Tuyên truyền trên không gian mạng\n\nMở thêm kênh mới.\n\n2. Tuyên truyền trực tiếp\n\nTổ chức 12 buổi.\n";
    let prose = read(text, &form());
    assert!(prose.pieces.iter().all(|piece| piece.section.as_deref() == Some("IV")), "{:#?}", prose.pieces);
    assert!(prose.figures.iter().all(|figure| !figure.kind.is_value()), "{:#?}", prose.figures);
}

#[test]
fn a_heading_in_the_line_of_its_text_and_one_that_belongs_elsewhere() {
    let text = "BÁO CÁO\nKết quả\n\nII. KẾT QUẢ THỰC HIỆN\n1. Công tác lãnh đạo, chỉ đạo\n- Ban hành 01 kế hoạch.\n2. Trực tiếp: tổ chức 14 buổi.\nV. KIẾN NGHỊ: Cấp thêm tài liệu.\n";
    let prose = read(text, &form());
    let of = |words: &str| {
        let piece = prose.pieces.iter().find(|piece| piece.body.contains(words));
        piece.and_then(|piece| piece.section.clone()).unwrap_or_default()
    };
    assert_eq!(
        [of("Ban hành"), of("tổ chức 14 buổi"), of("Cấp thêm")],
        ["I", "II.3", "V"].map(str::to_owned),
        "{:#?}",
        prose.pieces
    );
    // Signs of clauses are no figures.
    let figures: Vec<&str> = prose.figures.iter().map(|figure| figure.typed.as_str()).collect();
    assert_eq!(figures, ["01", "14"]);
}

#[test]
fn text_without_a_heading_waits_for_a_person() {
    let prose = read("Tháng này đơn vị đăng 12 tin, bài.\n", &form());
    assert_eq!(prose.pieces.len(), 1);
    assert_eq!(prose.pieces[0].section, None);
    assert_eq!(prose.figures.len(), 1);
}
