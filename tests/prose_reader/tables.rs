//! Tables of documents held against the list tables of a form: a table written by hand.

use tonghop::plan_reader::Sure;
use tonghop::prose_reader::{Form, FormColumn, FormList, Prose, read};

fn form() -> Form {
    let list = |code: &str, columns: &[(&str, &str, bool)]| FormList {
        code: code.to_owned(),
        columns: columns
            .iter()
            .map(|(code, title, required)| FormColumn {
                code: (*code).to_owned(),
                title: (*title).to_owned(),
                required: *required,
            })
            .collect(),
    };
    let documents = [("number", "Số, ký hiệu", true), ("date", "Ngày", true), ("subject", "Trích yếu", true)];
    let models = [
        ("name", "Tên mô hình", true),
        ("place", "Địa bàn", true),
        ("members", "Số thành viên", false),
        ("result", "Kết quả", false),
    ];
    Form { lists: vec![list("documents", &documents), list("models", &models)], ..super::form() }
}

fn prose(table: &str) -> Prose {
    let text = format!(
        "BÁO CÁO\nKết quả năm 2025\n\nI. Công tác chỉ đạo, triển khai\n\nSở đã ban hành các văn bản sau:\n\n{table}\n\n\
         Các đơn vị tổ chức 12 buổi tại xã.\n"
    );
    read(&text, &form())
}

/// The list of the only table, its rows as cells by column, and how sure it is.
fn only(table: &str) -> (String, Vec<Vec<(String, String)>>, Sure) {
    let prose = prose(table);
    let [found] = &prose.tables[..] else { panic!("{table}: {:#?}", prose.tables) };
    let rows = found.rows.iter().map(|row| row.clone().into_iter().collect()).collect();
    (found.list.clone(), rows, found.sure)
}

fn row(cells: &[(&str, &str)]) -> Vec<(String, String)> {
    cells.iter().map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned())).collect()
}

#[test]
fn rows_by_the_names_above_them() {
    let one = row(&[("date", "10/02/2025"), ("number", "21/KH-SKHCN"), ("subject", "Kế hoạch A")]);
    for (table, sure) in [
        ("TT | Số, ký hiệu | Ngày | Trích yếu\n1 | 21/KH-SKHCN | 10/02/2025 | Kế hoạch A", Sure::Certain),
        (
            "STT | Số văn bản | Ngày ban hành | Tên văn bản\n1 | 21/KH-SKHCN | 10/02/2025 | Kế hoạch A",
            Sure::Likely,
        ),
        (
            "| Trích yếu | Ngày | Số, ký hiệu |\n|---|---|---|\n| Kế hoạch A | 10/02/2025 | 21/KH-SKHCN |",
            Sure::Certain,
        ),
        ("TT\tSố, ký hiệu\tNgày\tTrích yếu\n1\t21/KH-SKHCN\t10/02/2025\tKế hoạch A", Sure::Certain),
        (
            "SO, KY HIEU | NGAY | TRICH YEU\n(1) | (2) | (3)\n21/KH-SKHCN | 10/02/2025 | Kế hoạch A",
            Sure::Certain,
        ),
    ] {
        assert_eq!(only(table), ("documents".to_owned(), vec![one.clone()], sure), "{table}");
    }
    let (list, rows, _) = only("TT | Tên mô hình | Địa bàn | Kết quả\n1 | Tổ hòa giải | Xã A | Tốt");
    assert_eq!(list, "models");
    assert_eq!(rows, [row(&[("name", "Tổ hòa giải"), ("place", "Xã A"), ("result", "Tốt")])]);
}

#[test]
fn a_row_of_whole_numbers_is_a_row_and_only_the_numbers_of_the_columns_are_none() {
    let numbers = |name: &str, place: &str, members: &str| {
        row(&[("members", members), ("name", name), ("place", place)])
    };
    let heads = "TT | Tên mô hình | Địa bàn | Số thành viên";
    for (rows, found) in [
        ("1 | 7 | 3 | 120", vec![numbers("7", "3", "120")]),
        ("(1) | (2) | (3) | (4)\n1 | 7 | 3 | 120", vec![numbers("7", "3", "120")]),
        ("1 | 2 | 3 | 4\n1 | 7 | 3 | 120", vec![numbers("7", "3", "120")]),
        // Below a row that is read, the same cells are what they say.
        ("1 | 7 | 3 | 120\n1 | 2 | 3 | 4", vec![numbers("7", "3", "120"), numbers("2", "3", "4")]),
        // As many numbers in another order number nothing.
        ("1 | 3 | 2 | 4", vec![numbers("3", "2", "4")]),
    ] {
        assert_eq!(only(&format!("{heads}\n{rows}")).1, found, "{rows}");
    }
}

#[test]
fn a_table_of_a_list_is_told_there_and_nowhere_else() {
    let prose = prose("TT | Số, ký hiệu | Ngày | Trích yếu\n1 | 21/KH-SKHCN | 10/02/2025 | Kế hoạch A");
    let of = |words: &str| prose.pieces.iter().find(|piece| piece.body.contains(words)).expect(words);
    assert_eq!(of("21/KH-SKHCN").section, None, "{:#?}", prose.pieces);
    assert_eq!(of("các văn bản sau").section.as_deref(), Some("I"));
    assert_eq!(of("12 buổi").section.as_deref(), Some("I"));
    let figures: Vec<String> = prose.figures.iter().map(|figure| figure.words()).collect();
    assert_eq!(figures, ["12 buổi"], "numbers of a list are no figures");
    assert!(prose.named.iter().any(|named| named.text == "21/KH-SKHCN"), "{:#?}", prose.named);
}

#[test]
fn what_has_no_place_stays_text() {
    let table = "TT | Số, ký hiệu | Ngày | Trích yếu\nI | Văn bản của Sở\n1 | 21/KH | 10/02/2025 | Kế hoạch A\n\
                 2 |  | 11/02/2025 | Chưa có số";
    let short = prose(table);
    assert_eq!((short.tables[0].rows.len(), short.tables[0].unread), (1, 1), "{:#?}", short.tables);
    for words in ["Văn bản của Sở", "Chưa có số"] {
        let piece = short.pieces.iter().find(|piece| piece.body.contains(words)).expect(words);
        assert_eq!(piece.section.as_deref(), Some("I"), "{words}");
    }
    // A column the list does not have: the rows are offered, and the text keeps them whole.
    let noted = prose(
        "TT | Số, ký hiệu | Ngày | Trích yếu | Ghi chú\n1 | 21/KH | 10/02/2025 | Kế hoạch A | mật độ cao",
    );
    assert_eq!(noted.tables[0].left, ["Ghi chú"]);
    let piece = noted.pieces.iter().find(|piece| piece.body.contains("mật độ cao")).expect("the row");
    assert_eq!(piece.section.as_deref(), Some("I"));
    // No list asks for it.
    let other = prose("TT | Họ tên | Chức vụ | Quê quán\n1 | A | B | C");
    assert!(other.tables.is_empty());
    assert!(other.pieces.iter().any(|piece| piece.body.contains("Quê quán")));
}

#[test]
fn a_table_without_end_is_read_to_what_a_list_takes() {
    let rows: String = (1..=600).map(|n| format!("\n{n} | {n}/KH | 10/02/2025 | Kế hoạch x{n}")).collect();
    let long = prose(&format!("TT | Số, ký hiệu | Ngày | Trích yếu{rows}"));
    assert_eq!((long.tables[0].rows.len(), long.tables[0].unread), (500, 100));
}
