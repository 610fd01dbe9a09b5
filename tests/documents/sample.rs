//! A report as plain rows, with something of everything the form has.

use chrono::NaiveDate;
use tonghop::documents::{
    Align, Annex, Chapter, Column, Document, Line, PaperDate, Part, Row, Signatory, Table,
};

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn text(words: &str) -> String {
    words.to_owned()
}

pub fn column(heading: &str, share: u32, align: Align, number: &str) -> Column {
    Column { over: String::new(), heading: text(heading), share, align, number: text(number) }
}

/// A table of figures with `rows` lines.
pub fn figures(rows: usize) -> Table {
    let over = |column: Column| Column { over: text("So với cùng kỳ"), ..column };
    let mut all = vec![Row::Group { label: text("I"), title: text("Chỉ đạo, kinh phí") }];
    for number in 1..=rows {
        let cells = [
            &number.to_string(),
            "Tin, bài đăng trên cổng thông tin điện tử",
            "tin, bài",
            "81",
            "",
            "",
            "",
            "",
        ];
        all.push(Row::Cells(cells.iter().map(|cell| text(cell)).collect()));
    }
    Table {
        title: String::new(),
        columns: vec![
            column("TT", 5, Align::Centre, "(1)"),
            column("Chỉ tiêu", 33, Align::Left, "(2)"),
            column("Đơn vị tính", 12, Align::Centre, "(3)"),
            column("Cùng kỳ năm trước", 13, Align::Right, "(4)"),
            column("Kỳ này", 15, Align::Right, "(5)"),
            over(column("Tăng (+), giảm (-)", 15, Align::Right, "(6)=(5)-(4)")),
            over(column("Tỷ lệ (%)", 14, Align::Right, "(7)=(6)/(4)")),
            column("Ghi chú", 17, Align::Left, "(8)"),
        ],
        rows: all,
    }
}

pub fn report() -> Document {
    Document {
        superior: text("UBND tỉnh Bắc Giang"),
        issuer: text("Sở Tài chính"),
        issuer_name: text("Sở Tài chính"),
        number: text("5"),
        symbol: text("BC-STC"),
        place: text("Bắc Giang"),
        date: PaperDate::Known(day(2025, 2, 5)),
        kind: text("Báo cáo"),
        subject: text("Kết quả công tác tái hòa nhập cộng đồng"),
        addressees: vec![text("Ủy ban nhân dân tỉnh Bắc Giang (qua Công an tỉnh)")],
        bases: vec![text("Căn cứ Luật Thi hành án hình sự"), text("Căn cứ Nghị định số 49/2020/NĐ-CP")],
        opening: text("Sở Tài chính báo cáo như sau:"),
        chapters: vec![
            Chapter {
                label: text("I"),
                title: text("Công tác chỉ đạo"),
                text: text("Đoạn thứ nhất.\n\n- Đoạn thứ hai."),
                parts: Vec::new(),
            },
            Chapter {
                label: text("II"),
                title: text("Kết quả"),
                text: String::new(),
                parts: vec![Part {
                    label: text("1"),
                    title: text("Trên không gian mạng"),
                    text: text("Đã đăng gần 100 tin, bài."),
                    lines: vec![Line {
                        lead: text("- Nhiệm vụ được giao:"),
                        text: text("Đã xong.\nThêm một đoạn."),
                    }],
                }],
            },
        ],
        closing: text("Trên đây là báo cáo của Sở Tài chính"),
        recipients: vec![text("Như trên"), text("Công an tỉnh (để tổng hợp)"), text("Lưu: VT")],
        signatory: Signatory {
            capacity: vec![text("KT. Giám đốc"), text("Phó Giám đốc")],
            name: text("Nguyễn Văn An"),
        },
        annexes: vec![Annex {
            title: text("Số liệu kết quả"),
            lines: vec![text("Kỳ báo cáo: 6 tháng đầu năm 2025")],
            tables: vec![figures(3)],
            notes: vec![text("Ô để trống: chưa có số liệu.")],
            across: false,
        }],
        draft: false,
    }
}
