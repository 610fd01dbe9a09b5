//! How long a typed text may be: every limit of the house, in one place, with the one sentence that refuses what is
//! longer. It stands between the forms, which name the field, and the tables, which would keep anything. Why each is
//! what it is: docs/decisions/0020.

use super::group_thousands;

/// The longest text a field takes, in characters as typed (after cleaning).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit(usize);

/// A number, a symbol, a day, a sign of a clause, a unit of measure: "13/KH-UBND".
pub const SIGN: Limit = Limit(60);
/// The name of a unit, and what it is called for short; its official code.
pub const UNIT_NAME: Limit = Limit(200);
pub const UNIT_SHORT: Limit = Limit(60);
pub const UNIT_CODE: Limit = Limit(20);
/// What a thing is called in lists, where several stand on a line.
pub const SHORT_NAME: Limit = Limit(80);
/// The name of a person, their title, their e-mail address.
pub const PERSON: Limit = Limit(120);
/// A line: a name, a title, a place, a body that issues documents.
pub const LINE: Limit = Limit(300);
/// A long line: the subject of a document, the document that sets a day.
pub const LONG_LINE: Limit = Limit(500);
/// An address on the web.
pub const LINK: Limit = Limit(1_000);
/// A note beside a figure, which goes into a cell of the workbook.
pub const NOTE: Limit = Limit(1_000);
/// A paragraph: a reason, a remark and its answer, an entry of the log of work, a cell of a list.
pub const PARAGRAPH: Limit = Limit(2_000);
/// A text: a clause, a task, the result of a task.
pub const TEXT: Limit = Limit(20_000);
/// A section of a report. No field of any form is longer.
pub const SECTION: Limit = Limit(100_000);

/// The largest figure taken, below zero as above, as stored: scaled by the indicator's decimals, money in đồng.
/// 15 digits is what Excel and JavaScript hold exactly; nine thousand such figures still add up in 64 bits.
pub const LARGEST_FIGURE: u64 = 999_999_999_999_999;
/// The digits of [`LARGEST_FIGURE`].
pub const DIGITS: usize = 15;

/// Lines of a document that is read for what it says: some five hundred printed pages. Readers look at lines more than once, and a
/// review shows each.
pub const DOCUMENT_LINES: usize = 20_000;

impl Limit {
    /// In characters.
    pub const fn characters(self) -> usize {
        self.0
    }

    pub fn holds(self, text: &str) -> bool {
        // A character has at most four bytes: the short are told from the long without counting.
        text.len() <= self.0 || text.chars().nth(self.0).is_none()
    }

    /// What is wrong with a text that is too long; `name` is the field as its label says it.
    ///
    /// "Trích yếu dài 1.024 ký tự, nhiều nhất 500 ký tự. Rút ngắn lại."
    pub fn fault(self, name: &str, text: &str) -> Option<String> {
        if self.holds(text) {
            return None;
        }
        let count = |length: usize| group_thousands(i64::try_from(length).unwrap_or(i64::MAX));
        Some(format!(
            "{name} dài {} ký tự, nhiều nhất {} ký tự. Rút ngắn lại.",
            count(text.chars().count()),
            count(self.0)
        ))
    }
}

/// What is wrong with a document of more lines than are read.
pub fn too_many_lines(text: &str) -> Option<String> {
    let lines = text.split('\n').count();
    let count = |lines: usize| group_thousands(i64::try_from(lines).unwrap_or(i64::MAX));
    (lines > DOCUMENT_LINES).then(|| {
        format!(
            "Văn bản có {} dòng, nhiều nhất {} dòng. Tách riêng phần cần đọc rồi tải lên.",
            count(lines),
            count(DOCUMENT_LINES)
        )
    })
}

/// Whether a figure, as stored, is small enough to be added up and shown exactly.
pub fn is_exact(figure: i64) -> bool {
    figure.unsigned_abs() <= LARGEST_FIGURE
}

/// What is wrong with a figure that is not.
pub fn too_large(figure: i64) -> Option<String> {
    (!is_exact(figure)).then(|| {
        format!(
            "Số quá lớn: nhiều nhất {DIGITS} chữ số, kể cả phần thập phân (tiền tính bằng đồng). Kiểm tra lại số chữ số và đơn vị tính."
        )
    })
}
