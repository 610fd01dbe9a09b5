//! Slips of a scanner in the word a body begins with and in the numbers of clauses.

use tonghop::plan_reader::{Sure, read};

/// Clause, units and how sure of the assignments.
fn given(items: &str) -> Vec<(String, Vec<String>, Sure)> {
    let reading = read(&format!(
        "KẾ HOẠCH\nThử chữ nhận dạng\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\nII. TỔ CHỨC THỰC HIỆN\n\n{items}\n"
    ));
    let all = reading.assignments.into_iter();
    all.map(|given| (given.clause.unwrap_or_default(), given.units, given.sure)).collect()
}

#[test]
fn in_the_head_of_a_name() {
    for (written, meant) in [
        ("Só Tài chính", "Sở Tài chính"),
        ("Sờ Tài chính", "Sở Tài chính"),
        ("Sơ Y tế", "Sở Y tế"),
        ("Sớ Nội vụ", "Sở Nội vụ"),
        ("So Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"),
        ("Uy ban nhân dân các xã", "Ủy ban nhân dân các xã"),
        ("Cóng an tỉnh", "Công an tỉnh"),
        ("Hội Lien hiệp Phụ nữ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
    ] {
        for text in
            [format!("1. {written}\n\nTuyên truyền ở cơ sở."), format!("1. {written} chủ trì tuyên truyền.")]
        {
            assert_eq!(given(&text), [("II.1".to_owned(), vec![meant.to_owned()], Sure::Likely)], "{text}");
        }
    }
    let capitals = given("1. SỜ TƯ PHÁP\n\nTuyên truyền ở cơ sở.");
    assert_eq!(capitals, [("II.1".to_owned(), vec!["Sở Tư pháp".to_owned()], Sure::Likely)]);
    // Words that look like it and are none.
    for text in
        ["1. So với năm trước, kết quả tốt hơn.", "1. Sơ kết việc thực hiện.", "1. Số lượng tin, bài tăng."]
    {
        assert!(given(text).is_empty(), "{text}");
    }
}

#[test]
fn in_the_numbers_of_clauses() {
    for numbers in
        [["l.", "2.", "3."], ["1,", "2,", "3,"], ["I.", "2.", "3."], ["1.", "2,", "3."], ["l,", "2.", "3."]]
    {
        let [one, two, three] = numbers;
        let text = format!(
            "{one} Công an tỉnh\n\nLập danh sách.\n\n{two} Sở Y tế\n\nKhám sức khỏe.\n\n{three} Sở Tài chính\n\nBố trí kinh phí.\n\nIII. CHẾ ĐỘ BÁO CÁO\n\nThực hiện theo quy định."
        );
        let clauses: Vec<String> = given(&text).into_iter().map(|(clause, ..)| clause).collect();
        assert_eq!(clauses, ["II.1", "II.2", "II.3"], "{numbers:?}");
    }
    // A letter of a list stays one.
    let reading = read(
        "KẾ HOẠCH\nThử\n\nI. NỘI DUNG\n\n1. Việc\n\nk) Mở sổ.\n\nl) Lập danh sách.\n\n2. Việc khác\n\nm) Báo tin.\n",
    );
    assert!(reading.clauses.iter().any(|clause| clause.path == "I.1.l"), "{:?}", reading.clauses);
}

/// A printed page that set one word alone: the task goes on in the next line.
#[test]
fn a_word_alone_in_its_line_ends_no_task() {
    let text = "KẾ HOẠCH\nThử dòng ngắn của trang in\n\nI. PHÂN CÔNG NHIỆM VỤ\n1. Sở Tư pháp\n\
        - Chủ trì phổ biến quy định của pháp luật có liên quan đến người đã chấp hành xong án phạt ở\n\
        cơ sở; thường xuyên nắm tình hình, biểu dương điển hình tiên tiến, gương tốt trong công\n\
        tác\n\
        GDPL. Kịp thời nhân rộng cách làm hay, tổng hợp gửi cơ quan thường trực để biểu dương,\n\
        khen thưởng theo quy định của pháp luật hiện hành về thi đua ở địa phương trong tỉnh.\n\
        - Phối hợp với các cơ quan có liên quan mở lớp tập huấn cho báo cáo viên ở các xã, phường.\n\
        2. Sở Y tế\n\
        - Chỉ đạo các cơ sở khám, chữa bệnh tư vấn sức khỏe cho người trở về theo đúng quy định.\n";
    let reading = read(text);
    let counts: Vec<usize> = reading.assignments.iter().map(|given| given.tasks.len()).collect();
    assert_eq!(counts, [2, 1], "{:#?}", reading.assignments);
}
