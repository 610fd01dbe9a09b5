//! Work that was lost without a mark: numbers that count anew, spaces of a scanner, names with a piece nobody knows, tables by tabs
//! and tables that lost their columns.

use tonghop::plan_reader::{Reading, Role, Sure, read};

fn plan(items: &str) -> Reading {
    read(&format!(
        "KẾ HOẠCH\nThử việc bị mất\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\nII. PHÂN CÔNG NHIỆM VỤ\n\n{items}\n"
    ))
}

/// Clause, owners and how many tasks.
fn given(reading: &Reading) -> Vec<(String, Vec<String>, usize)> {
    let one = |given: &tonghop::plan_reader::Given| {
        (given.clause.clone().unwrap_or_default(), given.units.clone(), given.tasks.len())
    };
    reading.assignments.iter().map(one).collect()
}

fn row(clause: &str, units: &[&str], tasks: usize) -> (String, Vec<String>, usize) {
    (clause.to_owned(), units.iter().map(|unit| (*unit).to_owned()).collect(), tasks)
}

#[test]
fn numbers_that_count_anew_under_a_body_are_its_work() {
    let reading = plan(
        "1. Sở Công Thương\n1. Kiểm tra chợ.\n2. Kiểm tra siêu thị.\n2. Các bệnh viện trực thuộc Sở\n1. Chuẩn bị thuốc.\n2. Chuẩn bị giường.\n\
         3. Lập đội phản ứng.\n3. Sở Nội vụ: Bố trí người.",
    );
    assert_eq!(
        given(&reading),
        [
            row("II.1", &["Sở Công Thương"], 2),
            row("II.2", &["Các bệnh viện trực thuộc Sở"], 3),
            row("II.3", &["Sở Nội vụ"], 1)
        ]
    );
    let paths: Vec<&str> = reading.clauses.iter().map(|clause| clause.path.as_str()).collect();
    assert!(paths.contains(&"II.2.3") && !paths.iter().any(|path| path.contains("(2)")), "{paths:?}");
}

#[test]
fn a_space_before_the_point_is_a_slip() {
    let reading = plan(
        "1 . Công an tỉnh\n- Mở sổ theo dõi.\n2. Sở Y tế\n- Khám sức khỏe.\n3 ) Sở Nội vụ\n- Bố trí người.",
    );
    assert_eq!(
        given(&reading),
        [row("II.1", &["Công an tỉnh"], 1), row("II.2", &["Sở Y tế"], 1), row("II.3", &["Sở Nội vụ"], 1)]
    );
}

#[test]
fn a_name_with_an_unknown_piece_keeps_its_work() {
    let reading = plan(
        "1. Sở Y tế\nKhám sức khỏe.\n2. Các Ban quản lý rừng phòng hộ, rừng đặc dụng, Vườn quốc gia Núi Lớn, các công ty lâm nghiệp\n\
         Tuần tra, canh gác.\n3. Các đơn vị sự nghiệp công lập\nTuyên truyền.\n4. Công an tỉnh, đội xung kích dân phòng hỗ trợ phòng cháy\nTập luyện.",
    );
    assert_eq!(
        given(&reading)[1],
        row(
            "II.2",
            &[
                "Các Ban quản lý rừng phòng hộ, rừng đặc dụng",
                "Vườn quốc gia Núi Lớn",
                "các công ty lâm nghiệp"
            ],
            1
        )
    );
    assert_eq!(given(&reading)[2], row("II.3", &["Các đơn vị sự nghiệp công lập"], 1));
    assert_eq!(reading.assignments[2].tasks[0].text, "Tuyên truyền.");
    // Nobody knows the second piece: it is asked about.
    assert_eq!(
        given(&reading)[3],
        row("II.4", &["Công an tỉnh", "đội xung kích dân phòng hỗ trợ phòng cháy"], 1)
    );
    assert_eq!(reading.assignments[3].sure, Sure::Guess);
}

#[test]
fn a_table_parted_by_tabs() {
    let reading = plan(
        "TT\tNội dung công việc\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian hoàn thành\n\
         1\tMở chuyên mục\tSở Khoa học và Công nghệ\tCông an tỉnh\tTháng 11/2025\n2\tTổ chức tập huấn\tSở Nội vụ\t\tQuý IV/2025\n\
         III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Kiểm tra.",
    );
    assert_eq!(
        given(&reading),
        [
            row("II", &["Sở Khoa học và Công nghệ"], 1),
            row("II", &["Sở Nội vụ"], 1),
            row("III.1", &["Sở Y tế"], 1)
        ]
    );
    assert_eq!(reading.assignments[0].tasks[0].cooperating, ["Công an tỉnh"]);
    assert_eq!(reading.unread(), 0);
}

/// Out of a printed page nothing tells the cells apart: no duty is made up, and the lines are told to be unread.
#[test]
fn a_table_that_lost_its_columns_is_unread() {
    let reading = plan(
        "TT Nội dung Cơ quan chủ trì Cơ quan phối Thời gian hoàn\nhợp thành\n1 Báo cáo kết quả Các sở, ngành Trước ngày\n\
         thực hiện năm 05/12/2026\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Kiểm tra.",
    );
    assert_eq!(given(&reading), [row("III.1", &["Sở Y tế"], 1)]);
    assert!(reading.duties.is_empty());
    assert_eq!(reading.unread(), 4);
}

#[test]
fn a_heading_that_gives_work_to_nobody_counts_as_unread() {
    let reading = plan(
        "1. Sở Y tế: Khám sức khỏe.\n2. Những người có uy tín ở địa bàn\n- Vận động bà con tham gia.\n- Giúp người mới về.",
    );
    assert_eq!((reading.unread(), reading.roles[10]), (1, Role::Unread));
}

#[test]
fn a_text_that_is_no_document_is_unread() {
    let reading = read(
        "Mây trắng bay qua đồi vắng\nNgười xưa đi mãi chưa về\nChiều nay ra chợ mua cá\n§§§ ### ??? @@@\nlkj sdf sdkfj",
    );
    assert_eq!((reading.lines(), reading.unread()), (5, 5));
    assert_eq!(reading.heading.subject, None);
    let signs = plan("1. Sở Y tế\n- Khám sức khỏe.\n§§§ ### ??? @@@");
    assert_eq!(signs.unread(), 1);
}
