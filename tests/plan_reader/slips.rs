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

/// A line that holds nothing but names and ends the sentence is whom the report goes to, not one more task.
#[test]
fn names_torn_from_their_sentence_go_back_to_it() {
    let reading = read(
        "PHÂN CÔNG NHIỆM VỤ\n1. Công an tinh: Chủ trì, phối hợp với các\nsở, ngành hướng dẫn\n\n2\n\n\
         thực hiện kế hoạch này; định kỳ báo cáo\nUBND tỉnh.\n2. Sở Nông nghiệp và Môi\ntrường\nTuyên truyền cho nông dân.\n",
    );
    let tasks: Vec<usize> = reading.assignments.iter().map(|given| given.tasks.len()).collect();
    assert_eq!(tasks, [1, 1], "{:#?}", reading.assignments);
    assert_eq!(reading.duties[0].to.as_deref(), Some("UBND tỉnh"));
}

/// A law cited by its name and its day alone, with a comma in the name.
#[test]
fn the_day_of_a_law_behind_a_name_with_a_comma() {
    let text = "KẾ HOẠCH\nThử luật\n\nCăn cứ Luật Phòng, chống ma túy ngày 30 tháng 3 năm 2021;\n\
        Căn cứ Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025; Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh;\n\
        Căn cứ Luật Thanh niên;\n\nI. NHIỆM VỤ\n1. Sở Y tế: Khám sức khỏe.\n";
    let days: Vec<Option<String>> =
        read(text).bases.iter().map(|basis| basis.date.map(|date| date.to_string())).collect();
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(days, [day("2021-03-30"), day("2025-06-24"), day("2026-01-05"), None]);
}

/// Working days are told from days; the number is the same.
#[test]
fn working_days_are_days_of_their_own() {
    let found = |words: &str| {
        let reading =
            read(&format!("KẾ HOẠCH\nThử\n\nII. CHẾ ĐỘ BÁO CÁO\n\n1. Sở Y tế báo cáo đột xuất {words}.\n"));
        reading.duties.first().map(|duty| (duty.due.days, duty.due.working))
    };
    assert_eq!(found("trong vòng 03 ngày làm việc kể từ ngày nhận được yêu cầu"), Some((Some(3), true)));
    assert_eq!(found("trong vòng 03 ngày kể từ ngày nhận được yêu cầu"), Some((Some(3), false)));
}
