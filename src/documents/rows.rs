//! What a document is made of, in plain rows: nothing here knows where a word comes from, and everything is printed
//! as it stands, save the capitals NĐ 30/2020 asks for.

use chrono::NaiveDate;

use super::wording;

/// One document, from its heading to its annexes. Blank strings leave the room the form has for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The body above the issuer, "UBND tỉnh Bắc Giang"; "" when there is none.
    pub superior: String,
    /// The issuer as headed; a line end where its name must break.
    pub issuer: String,
    /// The issuer in a sentence: "Sở Khoa học và Công nghệ".
    pub issuer_name: String,
    /// Blank until văn thư stamps it.
    pub number: String,
    /// "BC-SKHCN".
    pub symbol: String,
    pub place: String,
    pub date: PaperDate,
    /// "Báo cáo"; [`Document::LETTER`] for a công văn, which has no type on its paper and its subject under the number.
    pub kind: String,
    /// Trích yếu, of a công văn with its "V/v"; a line end where it had better break.
    pub subject: String,
    pub addressees: Vec<String>,
    /// Each without its mark at the end: "Căn cứ Nghị định số 49/2020/NĐ-CP …".
    pub bases: Vec<String>,
    /// The sentence before the first chapter.
    pub opening: String,
    pub chapters: Vec<Chapter>,
    /// The last sentence, without its mark: "./." is put after it; what stands on lines before it are paragraphs of their own.
    pub closing: String,
    /// Nơi nhận, without dashes and marks; the last one is the archive's.
    pub recipients: Vec<String>,
    pub signatory: Signatory,
    pub annexes: Vec<Annex>,
    /// Nobody has signed it: "DỰ THẢO" stands under its number.
    pub draft: bool,
}

impl Document {
    /// The kind of a paper without a type: a công văn.
    pub const LETTER: &str = "Công văn";

    /// Whether it is a công văn.
    pub fn is_letter(&self) -> bool {
        self.kind == Document::LETTER
    }

    /// "Số: 45/BC-SKHCN", with room for the number where it is blank.
    pub fn number_line(&self) -> String {
        wording::number_line(self)
    }

    /// "Bắc Giang, ngày 05 tháng 6 năm 2025", with room for the day where it is blank.
    pub fn date_line(&self) -> String {
        wording::date_line(self)
    }

    /// What an annex says of the paper it belongs to.
    pub fn annexed(&self) -> String {
        wording::annexed_line(self)
    }
}

/// The date under the motto: known, or with room for the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperDate {
    Known(NaiveDate),
    /// Month 1..=12.
    Blank {
        month: u32,
        year: i32,
    },
}

/// Who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signatory {
    /// Quyền hạn, chức vụ, a line each: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC".
    pub capacity: Vec<String>,
    pub name: String,
}

/// "I. CÔNG TÁC CHỈ ĐẠO": text of its own, then parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    pub label: String,
    pub title: String,
    /// Typed text; every line end begins a paragraph.
    pub text: String,
    pub parts: Vec<Part>,
}

/// "1. Kết quả trên không gian mạng".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    pub label: String,
    pub title: String,
    pub text: String,
    /// Items under the text, such as tasks: what was given, and what was done.
    pub lines: Vec<Line>,
}

/// One item: words in italics, then typed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub lead: String,
    pub text: String,
}

/// A phụ lục: tables under a heading of their own, on pages of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annex {
    pub title: String,
    /// Lines in italics under the heading: the period, the days of the figures.
    pub lines: Vec<String>,
    pub tables: Vec<Table>,
    /// Under the last table.
    pub notes: Vec<String>,
    /// Lies across: its tables have more columns than a standing page holds.
    pub across: bool,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
}

/// One column of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// A heading shared with the columns beside it that name the same; "" for none.
    pub over: String,
    pub heading: String,
    /// Share of the table's width; only the proportion counts.
    pub share: u32,
    pub align: Align,
    /// What stands in the numbered row: "(3)", "(6)=(5)-(4)"; all blank leaves the row out.
    pub number: String,
}

/// A table whose head is repeated on every page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Over the table; may be blank.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// "I", "Công tác chỉ đạo": over all columns, bold.
    Group { label: String, title: String },
    /// One text for each column; a blank stays blank.
    Cells(Vec<String>),
}
