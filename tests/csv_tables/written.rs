//! The rules of a field, and of reading a table, on random and hand-made cells.

use proptest::prelude::*;
use tonghop::csv_tables::{Cell, Separator, Table, number, table_of, written};

fn fields(cells: Vec<Cell>, separator: Separator) -> Vec<String> {
    let table = Table { name: String::new(), rows: vec![cells] };
    let bytes = written(&table, separator).unwrap();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("the mark of UTF-8");
    let delimiter = if separator == Separator::Semicolon { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text);
    let record = reader.records().next().expect("a record").unwrap();
    record.iter().map(str::to_owned).collect()
}

fn texts(all: &[&str]) -> Vec<Cell> {
    all.iter().map(|text| Cell::Text((*text).to_owned())).collect()
}

/// What a spreadsheet shows of a field that was made safe.
fn shown(field: &str) -> &str {
    match field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside,
        None => field.strip_prefix('\'').unwrap_or(field),
    }
}

proptest! {
    #[test]
    fn no_text_computes_and_none_is_lost(
        all in prop::collection::vec("[=+@＝＋－＠\t -]?[ =+a-z0-9.,;/:%()\"'|!\r\nĐạộ-]{0,12}", 1..6),
        comma in any::<bool>(),
    ) {
        let separator = if comma { Separator::Comma } else { Separator::Semicolon };
        let cells = all.iter().cloned().map(Cell::Text).collect();
        let fields = fields(cells, separator);
        prop_assert_eq!(fields.len(), all.len());
        for (text, field) in all.iter().zip(&fields) {
            let begins = field.trim_start().chars().next().unwrap_or(' ');
            if "=+-@＝＋－＠".contains(begins) || field.starts_with(['\t', '\r', '\n']) {
                let inside = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
                let inside = inside.unwrap_or_else(|| panic!("{field:?} computes"));
                prop_assert!(inside.chars().all(|c| " .,/:%()-+eE0123456789".contains(c)), "{:?}", field);
            }
            // Days, months and shares are written another way, of the same numbers.
            let numbers = |text: &str| -> Vec<u64> {
                let parts = text.split(|c: char| !c.is_ascii_digit());
                let mut all: Vec<u64> = parts.filter_map(|part| part.parse().ok()).collect();
                all.sort_unstable();
                all
            };
            if text.starts_with('\'') || shown(field) == *text {
                continue;
            }
            if text.contains('/') {
                let words = [" trên ", "tháng ", "ngày ", "-"];
                prop_assert!(words.iter().any(|word| field.contains(word)), "{:?} became {:?}", text, field);
                prop_assert_eq!(numbers(field), numbers(text));
            } else if field.contains(" giờ ") {
                prop_assert_eq!(field.replacen(" giờ ", ":", 1), text.as_str());
            } else {
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                prop_assert!(text.ends_with('%') && field.ends_with('%'), "{:?} became {:?}", text, field);
                prop_assert_eq!(digits(field), digits(text));
            }
        }
    }

    #[test]
    fn figures_stay_figures(value in any::<i32>(), decimals in 0_u32..100_000) {
        let digits = value.unsigned_abs().to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        let sign = if value < 0 { "-" } else { "" };
        let read = number(&format!("{sign}{grouped},{decimals}")).expect("a figure");
        prop_assert_eq!(&read, &format!("{sign}{digits}.{decimals}"));
        let cells = || vec![Cell::Number(read.clone())];
        prop_assert_eq!(&fields(cells(), Separator::Comma)[0], &read);
        prop_assert_eq!(&fields(cells(), Separator::Semicolon)[0], &read.replace('.', ","));
    }
}

#[test]
fn what_is_a_figure() {
    for (text, digits) in [
        ("0", Some("0")),
        ("1.245", Some("1245")),
        ("-12", Some("-12")),
        ("\u{2212}1.000.000,50", Some("-1000000.50")),
        ("+5", Some("5")),
        ("0,5", Some("0.5")),
        ("12,50%", Some("12.50%")),
        ("\u{2212}1.012,5%", Some("-1012.5%")),
        ("100 %", Some("100%")),
        ("5%%", None),
        ("%", None),
        ("08", None),
        ("0.123", None),
        ("1.24", None),
        ("1,", None),
        ("16/16", None),
        ("–", None),
        ("", None),
        ("12 *", None),
    ] {
        assert_eq!(number(text).as_deref(), digits, "{text}");
    }
}

#[test]
fn codes_days_and_shares_stay_as_they_are_written() {
    let meant = ["10/6/2025", "3/2025", "22/22", "31/12/2025", "61%", "16/17"];
    let said = ["2025-06-10", "tháng 3/2025", "22 trên 22", "2025-12-31", "61%", "16 trên 17"];
    assert_eq!(fields(texts(&meant), Separator::Semicolon), said);
    assert_eq!(fields(texts(&["12,5%"]), Separator::Comma), ["12.5%"]);
    let meant =
        ["06/6 16:20", "08/6/2025 09:05", "16:20", "06/6", "16/6", "100% 2/2", "12/12 (3)", "2025", "0"];
    let said = [
        "16 giờ 20 ngày 06/6",
        "2025-06-08 09:05",
        "16 giờ 20",
        "ngày 06/6",
        "ngày 16/6",
        "100% 2 trên 2",
        "12 trên 12 (3)",
        "2025",
        "0",
    ];
    assert_eq!(fields(texts(&meant), Separator::Semicolon), said);
    let written = ["08", "1.245", "1.10", "(5)", "00/5", "45/6/2", "25:70", "0123456789"];
    let guarded: Vec<String> = written.iter().map(|text| format!("=\"{text}\"")).collect();
    assert_eq!(fields(texts(&written), Separator::Semicolon), guarded);
    let plain = ["Sở Nội vụ", "D02", "2025 là năm", "–", "", "6 tháng đầu năm 2025"];
    assert_eq!(fields(texts(&plain), Separator::Comma), plain);
    let formulas = ["=1+1", "+84", "-5", "@SUM(A1)", "＝1"];
    let quoted: Vec<String> = formulas.iter().map(|text| format!("'{text}")).collect();
    assert_eq!(fields(texts(&formulas), Separator::Comma), quoted);
}

#[test]
fn a_table_is_read_as_it_is_seen() {
    let html = "<h1>Số &#38; liệu</h1><table id=\"other\"><tr><td>x</td></tr></table>\
        <div class=\"table long\" aria-label=\"Đơn vị > 2\"><table class=\"cards\" id=\"units\">\
        <tr><th>Tên<br><small>ngắn</small></th><th class=\"num\">Số</th><th colspan=\"2\">Hai</th></tr>\
        <tr><th rowspan=\"2\">A &lt;b&gt;<span class=\"vh\"> ẩn</span></th><td class=\"a num\"> <b>1.245</b>\n</td>\
        <td title=\"a>b\">08</td><td><svg><text>không</text></svg><button>Bỏ</button>được</td></tr>\
        <tr><td class=\"num\">–</td><td>-1</td><td><p>một</p><p>hai</p></td></tr></table></div>";
    let table = table_of(html, "units").expect("a table");
    assert_eq!(table.name, "Số & liệu, Đơn vị > 2");
    let figure = Cell::Number("1245".to_owned());
    let expected = [
        texts(&["Tên; ngắn", "Số", "Hai", ""]),
        [texts(&["A <b>"]), vec![figure], texts(&["08", "được"])].concat(),
        texts(&["", "–", "-1", "một; hai"]),
    ];
    assert_eq!(table.rows, expected);
    let html = "<table id=\"a\"><tr><th>Đơn vị</th><th><span class=\"vh\">Việc</span></th></tr>\
        <tr><td>Sở Y tế<span class=\"tag late\">quá hạn</span></td><td><a href=\"/x\">Ghi liên hệ</a></td></tr></table>";
    let table = table_of(html, "a").expect("a table");
    assert_eq!(
        table.rows,
        [texts(&["Đơn vị"]), texts(&["Sở Y tế; quá hạn"])],
        "what is done to a row is no cell"
    );
    let html = "<table id=\"a\"><tr><th>Đơn vị</th><th class=\"num\">Đúng hạn</th><th>Khác</th></tr>\
        <tr><td>Sở Y tế</td><td class=\"num\"><b>85,5%</b> <small>6/7</small></td><td>3</td></tr>\
        <tr><td>Sở Nội vụ</td><td class=\"num\">–</td><td>06/6 16:20</td></tr></table>";
    let expected = [
        texts(&["Đơn vị", "Đúng hạn", "Đúng hạn (số lượng)", "Khác"]),
        [texts(&["Sở Y tế"]), vec![Cell::Number("85.5%".to_owned())], texts(&["6/7", "3"])].concat(),
        texts(&["Sở Nội vụ", "–", "", "06/6 16:20"]),
    ];
    assert_eq!(table_of(html, "a").expect("a table").rows, expected, "a rate and its share are two columns");
    assert!(table_of(html, "none").is_none());
    assert!(table_of("<table id=\"a\"><tr><td>torn <b", "a").is_some(), "what is torn ends");
}
