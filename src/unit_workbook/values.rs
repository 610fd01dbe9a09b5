//! What each kind of cell becomes, per type of column: the text a person would have typed into the draft's field, and what
//! is doubtful or wrong about it. Pure. The table of docs/unit-workbook.md in code; what a figure then means is said by the
//! one reader of figures (`reports::read`, `lists::Column::read`), never here.

use chrono::NaiveDate;

use crate::vietnamese::clean_line;

/// A cell as a spreadsheet holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    Text(String),
    Number(f64),
    /// A number shown in percent: 0.125 is "12,5%".
    Percent(f64),
    /// A number shown as a day, of either epoch.
    Day(NaiveDate),
    /// An hour or a span of time, as people write it.
    Time(String),
    Bool(bool),
    /// "#REF!".
    Fault(String),
    /// A formula that was never computed, with its sign.
    Uncomputed(String),
}

/// What a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A whole number.
    Whole,
    /// A number with decimals; money in triệu đồng too.
    Decimal,
    /// A number whose unit of measure is "%".
    Percent,
    YesNo,
    Day,
    Words,
}

/// What a cell becomes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// As it is typed into the field.
    pub text: String,
    /// It was read one way and could have been meant another: to be looked at.
    pub doubt: Option<String>,
    /// It cannot be what the column takes: to be mended in the cell.
    pub fault: Option<String>,
}

impl Typed {
    fn of(text: impl Into<String>) -> Typed {
        Typed { text: text.into(), ..Typed::default() }
    }

    fn doubted(text: impl Into<String>, doubt: impl Into<String>) -> Typed {
        Typed { text: text.into(), doubt: Some(doubt.into()), fault: None }
    }

    fn wrong(text: impl Into<String>, fault: impl Into<String>) -> Typed {
        Typed { text: text.into(), doubt: None, fault: Some(fault.into()) }
    }

    /// What is said of it, and whether that has to be mended.
    pub(super) fn said(&self) -> impl Iterator<Item = (bool, &str)> {
        let both = [(true, &self.fault), (false, &self.doubt)];
        both.into_iter().filter_map(|(blocks, words)| words.as_deref().map(|words| (blocks, words)))
    }
}

/// The beginning of a text, as it is quoted in a finding.
pub(super) fn start(text: &str) -> String {
    const MOST: usize = 60;
    let line = clean_line(text);
    let end = line.char_indices().nth(MOST).map(|(end, _)| end);
    end.map_or_else(|| line.clone(), |end| format!("{}…", &line[..end]))
}

/// What a cell becomes in a column.
pub fn typed(raw: &Raw, takes: Takes) -> Typed {
    match raw {
        Raw::Text(text) => words(text, takes),
        Raw::Number(number) => from_number(*number, takes),
        Raw::Percent(part) => from_percent(*part, takes),
        Raw::Day(day) => from_day(*day, takes),
        Raw::Time(hour) => {
            Typed::wrong(hour, "Ô chứa giờ. Đặt lại định dạng ô là Chung (General) rồi nhập lại.")
        }
        Raw::Bool(yes) => match takes {
            Takes::YesNo => Typed::of(if *yes { "có" } else { "không" }),
            Takes::Words => Typed::of(if *yes { "TRUE" } else { "FALSE" }),
            _ => Typed::wrong(if *yes { "TRUE" } else { "FALSE" }, "Ô chứa TRUE/FALSE. Nhập con số."),
        },
        Raw::Fault(code) => Typed::wrong(
            code.clone(),
            format!("Công thức trong ô báo lỗi {code}. Sửa công thức hoặc nhập kết quả."),
        ),
        Raw::Uncomputed(formula) => Typed::wrong(
            formula,
            "Công thức trong ô chưa được tính. Mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi tải lên, hoặc nhập kết quả.",
        ),
    }
}

fn words(text: &str, takes: Takes) -> Typed {
    match takes {
        // A formula that was typed into a cell of text, or handed back as text by a workbook with notes.
        Takes::Words if text.trim_start().starts_with('=') => Typed::doubted(
            text,
            format!(
                "Ô bắt đầu bằng dấu “=”, được lấy nguyên chữ “{}”, không tính. Nếu là công thức thì nhập kết quả.",
                start(text)
            ),
        ),
        Takes::Words => Typed::of(text),
        Takes::Percent => {
            let line = clean_line(text);
            Typed::of(line.strip_suffix('%').map(str::trim_end).unwrap_or(&line))
        }
        // People put a dash where there is nothing; whether that is a zero is theirs to say.
        Takes::Whole | Takes::Decimal if matches!(clean_line(text).as_str(), "-" | "–") => {
            let line = clean_line(text);
            let words = format!("“{line}” đọc là để trống; không có thì nhập 0.");
            Typed::doubted(line, words)
        }
        _ => Typed::of(clean_line(text)),
    }
}

fn from_number(number: f64, takes: Takes) -> Typed {
    let Some(text) = digits(number) else { return too_large() };
    let whole = !text.contains(',');
    match takes {
        Takes::Whole if !whole => {
            let joined = text.replace(',', "");
            Typed::wrong(
                text.clone(),
                format!(
                    "Ô chứa số {text} trong cột số nguyên. Nhập số nguyên; nếu muốn nhập {joined} thì gõ {joined}, không gõ dấu ngăn hàng nghìn."
                ),
            )
        }
        Takes::Percent if !whole && number.abs() < 1.0 => {
            let hundredfold = digits(number * 100.0).unwrap_or_default();
            Typed::doubted(
                text.clone(),
                format!("Được đọc là {text}%. Nếu là {hundredfold}% thì nhập {hundredfold}."),
            )
        }
        Takes::Whole | Takes::Decimal | Takes::Percent | Takes::Words => Typed::of(text),
        Takes::YesNo => match text.as_str() {
            "1" => Typed::of("có"),
            "0" => Typed::of("không"),
            _ => Typed::of(text),
        },
        Takes::Day => match serial_day(number) {
            Some(day) => {
                let text = day.format("%d/%m/%Y").to_string();
                Typed::doubted(text.clone(), format!("Ô chứa số {number}, được đọc là ngày {text}."))
            }
            None => Typed::wrong(text, "Ô chứa một con số. Nhập ngày dạng ngày/tháng/năm, ví dụ 05/6/2025."),
        },
    }
}

fn from_percent(part: f64, takes: Takes) -> Typed {
    let Some(text) = digits(part * 100.0) else { return too_large() };
    match takes {
        Takes::Percent => Typed::of(text),
        Takes::Words => Typed::of(format!("{text}%")),
        _ => Typed::wrong(
            format!("{text}%"),
            format!(
                "Ô định dạng phần trăm ({text}%), cột này không lấy phần trăm. Đặt lại định dạng ô là Số rồi nhập lại."
            ),
        ),
    }
}

fn from_day(day: NaiveDate, takes: Takes) -> Typed {
    let text = day.format("%d/%m/%Y").to_string();
    match takes {
        Takes::Day | Takes::Words => Typed::of(text),
        _ => Typed::wrong(
            text.clone(),
            format!(
                "Ô chứa ngày {text}: chương trình bảng tính đã đổi số thành ngày. Đặt lại định dạng ô là Số rồi nhập lại."
            ),
        ),
    }
}

fn too_large() -> Typed {
    Typed::wrong("", "Số quá lớn. Kiểm tra lại số chữ số và đơn vị tính.")
}

/// The digits a spreadsheet shows of a number, fifteen at most, as people write them: "1245", "12,5". None of what is no
/// number, or beyond all figures.
pub fn digits(number: f64) -> Option<String> {
    const MOST: f64 = 1e18;
    /// Whole numbers of so many digits are shown as they are.
    const EXACT: f64 = 1e15;
    if !number.is_finite() || number.abs() >= MOST {
        return None;
    }
    if number.fract() == 0.0 && number.abs() < EXACT {
        return Some((number as i64).to_string());
    }
    // Beyond fifteen digits binary numbers show what nobody typed: 0,1 + 0,2 is 0,3.
    let exact = format!("{number:.14e}");
    let (mantissa, exponent) = exact.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let all: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let (whole, part) = match usize::try_from(exponent) {
        Ok(places) => {
            let padded = format!("{all:0<width$}", width = places + 1);
            let (whole, part) = padded.split_at(places + 1);
            (whole.to_owned(), part.to_owned())
        }
        Err(_) => {
            let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
            ("0".to_owned(), format!("{}{all}", "0".repeat(zeros)))
        }
    };
    let part = part.trim_end_matches('0');
    let sign = if all.bytes().all(|digit| digit == b'0') { "" } else { sign };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{part}") })
}

/// A day that stands in a cell as a bare number, counted from 1900 as all but old Macs do: of this century only, for other
/// numbers are something else.
fn serial_day(number: f64) -> Option<NaiveDate> {
    const FIRST: f64 = 36_526.0;
    const LAST: f64 = 73_050.0;
    if number.fract() != 0.0 || !(FIRST..=LAST).contains(&number) {
        return None;
    }
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    // Within bounds: whole and small.
    epoch.checked_add_days(chrono::Days::new(number as u64))
}
