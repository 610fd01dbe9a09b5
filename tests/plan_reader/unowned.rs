//! Numbered clauses of a section that gives work and name nobody are unclear; others are not.

use tonghop::plan_reader::{Sure, read};

/// The clauses that are unclear.
fn unclear(section: &str, clauses: &str) -> Vec<String> {
    let reading = read(&format!("KẾ HOẠCH\nThử điều khoản\n\nII. {section}\n\n{clauses}\n"));
    reading.clauses.into_iter().filter(|c| c.sure == Sure::Guess).map(|c| c.path).collect()
}

const CLAUSES: &str = "1. Sở Y tế: Khám sức khỏe.\n\n2. Công chức phụ trách tuyên truyền: đăng tải 02 tin mỗi tháng.\n\n\
    3. Công an tỉnh\na) Lập danh sách.\nb) Mở sổ.\n\n4. Rà soát, cập nhật số liệu hộ khẩu.\n\n5. Kinh phí thực hiện\n\
    a) Do ngân sách bảo đảm.\n\n6. Báo cáo năm: trước ngày 10/12.\n\n\
    7. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Y tế để tổng hợp.\n\n8. Việc chung\n\
    a) Sở Nội vụ: bố trí người.\nb) Giữ gìn hồ sơ.";

#[test]
fn a_clause_without_owner_is_unclear_where_work_is_given() {
    for section in ["TỔ CHỨC THỰC HIỆN", "PHÂN CÔNG NHIỆM VỤ"] {
        assert_eq!(unclear(section, CLAUSES), ["II.2", "II.4", "II.8.b"], "{section}");
    }
    assert_eq!(unclear("NỘI DUNG", CLAUSES), Vec::<String>::new());
}
