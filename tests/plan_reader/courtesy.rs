//! What plans close with: formulas that give nobody work are marked as such, closings that ask something are kept.

use tonghop::plan_reader::{Role, read};

/// Of a closing paragraph: how many tasks and duties came of it, and what its line was taken for.
fn closing(text: &str) -> (usize, usize, Option<Role>) {
    let reading = read(&format!(
        "KẾ HOẠCH\nThử lời kết\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tài chính: Bố trí kinh phí.\n\n{text}\n\n\
         Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    ));
    let tasks: usize = reading.assignments.iter().map(|given| given.tasks.len()).sum();
    (tasks - 1, reading.duties.len(), reading.roles.get(7).copied())
}

#[test]
fn formulas_are_passed_over() {
    for text in [
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Công an tỉnh (qua Phòng Cảnh sát điều tra \
         tội phạm về ma túy, SĐT 0262.385.1234) để tổng hợp, báo cáo UBND tỉnh xem xét, quyết định./.",
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các phòng, đơn vị phản ánh về Văn phòng Sở để kịp thời giải quyết./.",
        "Quá trình triển khai nếu phát sinh vấn đề mới, các sở, ngành kịp thời trao đổi với Sở Tư pháp để được hướng dẫn.",
        "Yêu cầu các đơn vị, địa phương nghiêm túc triển khai thực hiện./.",
        "Đề nghị các sở, ban, ngành, UBND các xã, phường phối hợp, tổ chức thực hiện nghiêm túc Kế hoạch này./.",
        "UBND tỉnh yêu cầu các sở, ngành, UBND các xã nghiêm túc thực hiện.",
        "Trên đây là Kế hoạch năm 2026, yêu cầu các đơn vị nghiêm túc triển khai thực hiện. Trong quá trình thực hiện nếu có khó \
         khăn, vướng mắc đề nghị liên hệ Sở Tài chính để được hướng dẫn./.",
        "Trên đây là Kế hoạch của Sở Tư pháp./.",
    ] {
        assert_eq!(closing(text), (0, 0, Some(Role::Boilerplate)), "{text}");
    }
}

/// A day, a cycle, a report or any work of its own makes a closing more than a formula.
#[test]
fn closings_that_ask_something_are_kept() {
    for (text, given, owed) in [
        (
            "Yêu cầu các đơn vị, địa phương nghiêm túc triển khai, báo cáo kết quả trước ngày 15/12/2026.",
            1,
            1,
        ),
        ("Các đơn vị báo cáo kết quả 6 tháng trước ngày 10/6 hằng năm về Sở Tài chính để tổng hợp./.", 1, 1),
        ("Yêu cầu các đơn vị xây dựng kế hoạch, gửi Sở Tài chính trước ngày 20/02/2026.", 1, 1),
        (
            "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo UBND tỉnh trước ngày 20/02/2026.",
            1,
            1,
        ),
        ("Yêu cầu các đơn vị, địa phương bố trí trụ sở làm việc cho công an xã.", 1, 0),
        ("Yêu cầu Sở Nội vụ nghiêm túc triển khai thực hiện.", 1, 0),
    ] {
        // A paragraph behind those of a clause may be one more task of it.
        let (more, duties, role) = closing(text);
        assert_eq!((more, duties, role), (given, owed, Some(Role::Read)), "{text}");
    }
}

/// Behind a list of numbers the formula may have the last of them.
#[test]
fn a_formula_with_a_number() {
    let reading = read(
        "KẾ HOẠCH\nThử lời kết\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tài chính: Bố trí kinh phí.\n\n\
         2. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Tài chính để tổng hợp.\n\n\
         3. Các đơn vị nghiêm túc thực hiện Kế hoạch.\n",
    );
    let clauses: Vec<&str> = reading.assignments.iter().filter_map(|given| given.clause.as_deref()).collect();
    assert_eq!(clauses, ["III.1", "III.3"]);
    assert_eq!(reading.roles[7], Role::Boilerplate);
    assert_eq!(reading.clauses.len(), 4);
}

/// The same formulas behind work in one paragraph, and the words that only lead to a list of work, are no tasks.
#[test]
fn formulas_behind_work_and_words_that_lead_in_are_no_tasks() {
    let tasks = |items: &str| -> Vec<String> {
        let reading = read(&format!("KẾ HOẠCH\nThử lời kết\n\nIII. TỔ CHỨC THỰC HIỆN\n\n{items}\n"));
        reading.assignments.into_iter().flat_map(|given| given.tasks).map(|task| task.text).collect()
    };
    assert_eq!(
        tasks(
            "1. Sở Y tế: Khám sức khỏe.\n2. Giao Sở Nội vụ theo dõi việc thực hiện. Trong quá trình thực hiện nếu có khó khăn, \
             vướng mắc, các đơn vị kịp thời phản ánh về Sở Nội vụ để được hướng dẫn./."
        ),
        ["Khám sức khỏe.", "Theo dõi việc thực hiện."]
    );
    assert_eq!(
        tasks("1. Sở Du lịch là cơ quan đầu mối, có trách nhiệm:\na) Mở lớp tập huấn;\nb) In tờ rơi."),
        ["Mở lớp tập huấn;", "In tờ rơi."]
    );
    assert_eq!(
        tasks(
            "1. Sở Y tế: Khám sức khỏe.\n2. Sở Nội vụ bố trí người.\n\nChỉ thị này có hiệu lực kể từ ngày ký. Yêu cầu Thủ trưởng các cơ quan, \
             đơn vị, Chủ tịch UBND các xã, phường nghiêm túc thực hiện./."
        ),
        ["Khám sức khỏe.", "Bố trí người."]
    );
}
