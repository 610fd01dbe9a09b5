//! What a decision brings into force is a document of its own behind the signature, with a head or without.

use tonghop::plan_reader::{Reading, Role, read};

const DECISION: &str = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG HẠ\nSố: 40/QĐ-UBND\nSông Hạ, ngày 06 tháng 01 năm 2026\nQUYẾT ĐỊNH\n\
     Về việc ban hành Kế hoạch năm 2026\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Thi hành án hình sự số 41/2019/QH14;\nQUYẾT ĐỊNH:\n\
     Điều 1. Ban hành kèm theo Quyết định này Kế hoạch năm 2026.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n\
     Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Công an tỉnh chịu trách nhiệm thi hành Quyết định này./.\n";
const END: &str = "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nMai Thị Lan\n";
const HEAD: &str =
    "ỦY BAN NHÂN DÂN\nTỈNH SÔNG HẠ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n";
const PLAN: &str = "KẾ HOẠCH\nGiúp người trở về năm 2026\n(Kèm theo Quyết định số 40/QĐ-UBND ngày 06 tháng 01 năm 2026)\n\
     I. MỤC ĐÍCH\nLàm cho đúng.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\nKhám sức khỏe; báo cáo Công an tỉnh trước ngày 15/11 hằng năm.\n\
     2. Các Sở Nội vụ, Tư pháp\n- Tư vấn việc làm.\n";

fn units(reading: &Reading) -> Vec<(Option<&str>, Vec<&str>)> {
    let all = reading.assignments.iter();
    all.map(|given| (given.clause.as_deref(), given.units.iter().map(String::as_str).collect())).collect()
}

fn check(text: &str) {
    let reading = read(text);
    let kind = reading.heading.kind.as_ref().map(|kind| kind.value.as_str());
    assert_eq!((kind, reading.unread()), (Some("Quyết định"), 0), "{text}");
    assert_eq!(
        units(&reading),
        [(Some("II.1"), vec!["Sở Y tế"]), (Some("II.2"), vec!["Sở Nội vụ", "Sở Tư pháp"])],
        "{text}"
    );
    let paths: Vec<&str> = reading.clauses.iter().map(|clause| clause.path.as_str()).collect();
    assert!(paths.starts_with(&["Điều 1", "Điều 2", "Điều 3", "I", "II", "II.1"]), "{paths:?}");
    let [duty] = &reading.duties[..] else { panic!("{:?}", reading.duties) };
    assert_eq!((duty.due.month_day, duty.to.as_deref()), (Some((Some(11), 15)), Some("Công an tỉnh")));
    let signed = reading.signatory.and_then(|signed| signed.value.name);
    assert!(signed.is_none_or(|name| name == "Mai Thị Lan"));
}

#[test]
fn with_a_head_of_its_own() {
    check(&format!("{DECISION}{END}\n{HEAD}{PLAN}"));
}

#[test]
fn without_a_head() {
    check(&format!("{DECISION}{END}{PLAN}"));
}

/// A file without the signature: the words in brackets tell.
#[test]
fn without_a_signature_between() {
    check(&format!("{DECISION}{PLAN}"));
}

/// An annex of the plan stays an annex, and numbers of articles are not given twice.
#[test]
fn rules_with_articles_and_an_annex() {
    let reading = read(&format!(
        "{DECISION}{END}{HEAD}QUY CHẾ\nPhối hợp giúp người trở về\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nÁp dụng trong tỉnh.\nChương II\n\
         TỔ CHỨC THỰC HIỆN\nĐiều 2. Trách nhiệm của Sở Nội vụ\n1. Tư vấn việc làm.\nPHỤ LỤC\nDANH MỤC\n1. Mẫu phiếu\n"
    ));
    let paths: Vec<&str> = reading.clauses.iter().map(|clause| clause.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "Điều 1",
            "Điều 2",
            "Điều 3",
            "Chương I",
            "Chương I.Điều 1",
            "Chương II",
            "Chương II.Điều 2",
            "Chương II.Điều 2.1",
            "Phụ lục",
            "Phụ lục.1"
        ]
    );
    assert_eq!(units(&reading), [(Some("Chương II.Điều 2"), vec!["Sở Nội vụ"])]);
    assert_eq!(reading.unread(), 0);
}

/// A plan that is read by itself is not cut, and a report's annexes give nobody work.
#[test]
fn one_document_stays_one() {
    let alone = read(PLAN);
    assert_eq!(units(&alone).len(), 2);
    assert_eq!(
        alone.heading.subject.map(|subject| subject.value).as_deref(),
        Some("Giúp người trở về năm 2026")
    );
    let report = read(&format!("BÁO CÁO\nKết quả năm 2025\nI. KẾT QUẢ\n1. Đã làm.\n{END}{PLAN}"));
    assert!(report.assignments.is_empty());
    assert!(report.roles.contains(&Role::Unread));
}
