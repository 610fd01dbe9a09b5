//! What the review says of due words and of clauses nobody is named in.

use super::*;

const PLAN_OF_A_YEAR: &str = "ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\nSố: 77/KH-UBND\nBắc Giang, ngày 20 tháng 01 năm 2025\nKẾ HOẠCH\n\
    Giữ trật tự năm 2025\n\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính: Bố trí kinh phí.\n2. Rà soát, cập nhật số liệu.\n\n\
    III. CHẾ ĐỘ BÁO CÁO\n1. Sở Tài chính báo cáo năm: trước ngày 05/12/2025.\n\
    2. Sở Tài chính báo cáo đột xuất trong vòng 03 ngày làm việc kể từ ngày nhận được yêu cầu.\n\
    3. Sở Nội vụ báo cáo 6 tháng trước ngày 15/6 hằng năm.\n";

#[test]
fn one_day_keeps_its_year_and_working_days_their_name() {
    let app = TestApp::demo();
    let page = app.client(COMPILER);
    let page = page.get(&paste(&page, PLAN_OF_A_YEAR)).ok();
    assert!(page.contains("trước ngày 05/12/2025"), "{page}");
    assert!(!page.contains("trước ngày 05/12 hằng năm"), "{page}");
    assert!(page.contains("trước ngày 15/6 hằng năm"), "{page}");
    assert!(page.contains("trong thời hạn 3 ngày làm việc"), "{page}");
}

/// The clause is made with the plan all the same.
#[test]
fn a_clause_that_names_nobody_is_shown_as_unclear() {
    let draft = tonghop::plan_adoption::propose::propose(&tonghop::plan_reader::read(PLAN_OF_A_YEAR));
    let unclear: Vec<(String, bool)> = draft
        .clauses
        .iter()
        .filter(|clause| clause.sure == tonghop::plan_reader::Sure::Guess)
        .map(|clause| (draft.path(clause.key), clause.taken))
        .collect();
    assert_eq!(unclear, [("II.2".to_owned(), true)]);
    let lines = tonghop::plan_adoption::marks::lines(PLAN_OF_A_YEAR, &draft);
    let words = lines.iter().find(|line| line.text.starts_with("2. Rà soát")).map(|line| line.words());
    assert_eq!(words.as_deref(), Some("đã đọc, chưa rõ"));
}

#[test]
fn a_closing_formula_is_no_clause() {
    let text =
        format!("{PLAN_OF_A_YEAR}\nYêu cầu các đơn vị, địa phương nghiêm túc triển khai thực hiện./.\n");
    let draft = tonghop::plan_adoption::propose::propose(&tonghop::plan_reader::read(&text));
    assert!(draft.clauses.iter().all(|clause| !clause.body.contains("nghiêm túc")), "{:?}", draft.clauses);
    assert!(draft.tasks.iter().all(|task| !task.text.contains("ghiêm túc")), "{:?}", draft.tasks);
}
