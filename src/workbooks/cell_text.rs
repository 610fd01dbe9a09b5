//! A text into one cell, which holds 32,767 characters as Excel counts them (UTF-16). What people type today is far below
//! (`vietnamese::limits`); what was sent before there were limits must not keep a whole edition from being written.
//! Stands between what people typed and the writer, which takes some texts for markup.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// What a cell holds.
const LONGEST: usize = 32_767;

/// The text, or as much of its beginning as a cell holds, with "…" at the end.
pub(super) fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut length = 0;
    let mut short: String = text
        .chars()
        .take_while(|c| {
            length += c.len_utf16();
            length < LONGEST
        })
        .collect();
    short.push('…');
    short
}

/// Writing what people typed.
pub(crate) trait CellText {
    /// Writes a text as text, whatever it looks like.
    ///
    /// # Errors
    /// The writer's own: a place outside the sheet, a text longer than a cell holds.
    fn words(
        &mut self,
        row: u32,
        column: u16,
        text: impl AsRef<str>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError>;

    /// The same over merged cells: first row and column, last row and column.
    ///
    /// # Errors
    /// As [`CellText::words`].
    fn words_over(
        &mut self,
        cells: (u32, u16, u32, u16),
        text: impl AsRef<str>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError>;
}

impl CellText for Worksheet {
    fn words(
        &mut self,
        row: u32,
        column: u16,
        text: impl AsRef<str>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        self.write_string_with_format(row, column, as_text(text.as_ref()), format)
    }

    fn words_over(
        &mut self,
        (row, column, last_row, last_column): (u32, u16, u32, u16),
        text: impl AsRef<str>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        self.merge_range(row, column, last_row, last_column, &as_text(text.as_ref()), format)
    }
}

/// The text as the writer is given it. What begins with `<r>` and ends with `</r>` it takes for runs of dressed text and
/// puts into the file as it is: such a text is given as one run, in which it is escaped.
pub(crate) fn as_text(text: &str) -> Cow<'_, str> {
    if !(text.starts_with("<r>") && text.ends_with("</r>")) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Cow::Owned(format!("<r><t xml:space=\"preserve\">{escaped}</t></r>"))
}
