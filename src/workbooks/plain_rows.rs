//! The rows of the sheet *Dữ liệu*, written straight into a file whose other sheets are whole: plain cells of texts and
//! numbers, hundreds of thousands of rows of them. The writer of the other sheets makes a node of a tree of each cell,
//! takes every row to the disk and back and only then compresses; weighed in docs/decisions/0037.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::cell_text::fitting;
use super::schema::{Column, letters};
use super::{WorkbookError, page};
use crate::ooxml::Xml;

const TEXTS: &str = "xl/sharedStrings.xml";
/// The sheet that is printed first.
const FIRST: &str = "xl/worksheets/sheet1.xml";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// Of deflate, 1 to 9; 6 is usual, and searches longer for what repeats itself.
const LEVEL: i64 = 3;
/// Bytes handed on at once.
const PIECE: usize = 64 * 1024;
/// Whole numbers up to here are written as such.
const WHOLE: f64 = 1e15;

/// A text that cells of the file can refer to.
#[derive(Clone, Copy)]
pub(super) struct Text(u32);

#[derive(Clone, Copy)]
enum Cell {
    Number(f64),
    Text(Text),
}

/// Rows being written, the first below the header.
pub(super) struct PlainRows<'a> {
    out: &'a mut dyn Write,
    xml: Vec<u8>,
    /// As numbered in the spreadsheet.
    row: u32,
    /// The cells of the row by column, however they came.
    cells: Vec<Option<Cell>>,
    letters: Vec<String>,
    texts: HashMap<String, Text>,
    /// Texts the file has already.
    before: u32,
    uses: u32,
    new: Xml,
}

/// The bytes of a workbook with rows below the header of its last sheet: `count` of them, which `fill` writes one after
/// the other.
///
/// # Errors
/// As `fill`; [`WorkbookError::Format`].
pub(super) fn with_rows(
    mut workbook: Workbook,
    count: u32,
    fill: impl FnOnce(&mut PlainRows<'_>) -> Result<(), WorkbookError>,
) -> Result<Vec<u8>, WorkbookError> {
    let sheet = format!("xl/worksheets/sheet{}.xml", workbook.worksheets().len());
    let mut frame = ZipArchive::new(Cursor::new(workbook.save_to_buffer()?))?;
    drop(workbook);
    let texts = part(&mut frame, TEXTS)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..frame.len() {
        let file = frame.by_index_raw(index)?;
        let name = file.name()?.to_string();
        if ![sheet.as_str(), TEXTS, FIRST].contains(&name.as_str()) {
            zip.raw_copy_file(file)?;
        }
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default());
    let xml = part(&mut frame, &sheet)?;
    if sheet != FIRST {
        let first = page::without_first_number(&part(&mut frame, FIRST)?);
        zip.start_file(FIRST, options)?;
        zip.write_all(first.as_bytes())?;
    }
    drop(frame);
    // The header is row 1, and the last of its columns the last of all.
    let last = letters(u16::try_from(Column::ALL.len() - 1).unwrap_or_default());
    let (header, whole) =
        (format!("<dimension ref=\"A1:{last}1\"/>"), format!("<dimension ref=\"A1:{last}{}\"/>", count + 1));
    let (above, below) = xml.split_at(xml.find("</sheetData>").unwrap_or(xml.len()));
    zip.start_file(sheet, options)?;
    zip.write_all(above.replacen(&header, &whole, 1).as_bytes())?;
    let mut rows = PlainRows::begin(&mut zip, &texts);
    fill(&mut rows)?;
    let (new, unique, uses) = rows.end()?;
    zip.write_all(below.as_bytes())?;
    zip.start_file(TEXTS, options)?;
    let head =
        format!("<sst xmlns=\"{NAMESPACE}\" count=\"{}\" uniqueCount=\"{unique}\">", uses + used(&texts));
    zip.write_all(Xml::part().into_bytes().as_slice())?;
    zip.write_all(head.as_bytes())?;
    let first = texts.find("<si>").unwrap_or(texts.len());
    let last = texts.rfind("</sst>").unwrap_or(texts.len());
    zip.write_all(texts.get(first..last).unwrap_or_default().as_bytes())?;
    zip.write_all(&new)?;
    zip.write_all(b"</sst>")?;
    Ok(zip.finish()?.into_inner())
}

fn part(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<String, WorkbookError> {
    let mut text = String::new();
    zip.by_name(name)?.read_to_string(&mut text)?;
    Ok(text)
}

/// How many cells refer to the texts of a file so far.
fn used(texts: &str) -> u32 {
    let count = texts.split(" count=\"").nth(1).and_then(|rest| rest.split('"').next());
    count.and_then(|count| count.parse().ok()).unwrap_or_default()
}

impl<'a> PlainRows<'a> {
    fn begin(out: &'a mut dyn Write, texts: &str) -> PlainRows<'a> {
        PlainRows {
            out,
            xml: Vec::with_capacity(PIECE + PIECE / 4),
            row: 1,
            cells: Vec::new(),
            letters: Vec::new(),
            texts: HashMap::new(),
            before: u32::try_from(texts.matches("<si>").count()).unwrap_or(u32::MAX),
            uses: 0,
            new: Xml::default(),
        }
    }

    /// Begins the next row.
    ///
    /// # Errors
    /// When the one before cannot be written.
    pub(super) fn begin_row(&mut self) -> Result<(), WorkbookError> {
        self.write_row()?;
        if self.xml.len() > PIECE {
            self.out.write_all(&self.xml)?;
            self.xml.clear();
        }
        self.row += 1;
        Ok(())
    }

    /// A number into a column of the row.
    pub(super) fn number(&mut self, column: u16, number: f64) {
        self.put(column, Cell::Number(number));
    }

    /// A text into a column of the row.
    pub(super) fn text(&mut self, column: u16, text: &str) {
        let text = self.keep(text);
        self.kept(column, text);
    }

    /// The same of a text that is kept already.
    pub(super) fn kept(&mut self, column: u16, text: Text) {
        self.put(column, Cell::Text(text));
    }

    /// Keeps a text for cells to refer to.
    pub(super) fn keep(&mut self, text: &str) -> Text {
        if let Some(kept) = self.texts.get(text) {
            return *kept;
        }
        let kept = Text(self.before + u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.insert(text.to_owned(), kept);
        let words = as_it_reads(&fitting(text));
        let edges = words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace);
        let kept_edges: &[(&str, &str)] = if edges { &[("xml:space", "preserve")] } else { &[] };
        self.new.element("si", &[], |xml| xml.element("t", kept_edges, |xml| xml.text(&words)));
        kept
    }

    fn put(&mut self, column: u16, cell: Cell) {
        let at = usize::from(column);
        while self.cells.len() <= at {
            let next = u16::try_from(self.cells.len()).unwrap_or(u16::MAX);
            self.letters.push(letters(next));
            self.cells.push(None);
        }
        self.cells[at] = Some(cell);
    }

    fn write_row(&mut self) -> Result<(), WorkbookError> {
        if self.row == 1 {
            return Ok(());
        }
        let row = self.row.to_string();
        write!(self.xml, "<row r=\"{row}\">")?;
        for (cell, letters) in self.cells.iter_mut().zip(&self.letters) {
            let Some(cell) = cell.take() else { continue };
            for piece in ["<c r=\"", letters.as_str(), row.as_str()] {
                self.xml.extend_from_slice(piece.as_bytes());
            }
            match cell {
                Cell::Number(number) if number.fract() == 0.0 && number.abs() < WHOLE => {
                    write!(self.xml, "\"><v>{}</v></c>", number as i64)?;
                }
                Cell::Number(number) => write!(self.xml, "\"><v>{number}</v></c>")?,
                Cell::Text(Text(at)) => {
                    self.uses += 1;
                    write!(self.xml, "\" t=\"s\"><v>{at}</v></c>")?;
                }
            }
        }
        self.xml.extend_from_slice(b"</row>");
        Ok(())
    }

    /// The new texts, how many the file then has, and how many of these cells refer to one.
    fn end(mut self) -> Result<(Vec<u8>, u32, u32), WorkbookError> {
        self.write_row()?;
        self.out.write_all(&self.xml)?;
        let unique = self.before + u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        Ok((self.new.into_bytes(), unique, self.uses))
    }
}

/// A spreadsheet reads `_x0041_` in a text as the letter of that number: such words are written so that they are read as
/// typed.
fn as_it_reads(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let code = text.as_bytes().get(at..at + 7);
        if letter == '_'
            && code.is_some_and(|code| {
                code.starts_with(b"_x")
                    && code.ends_with(b"_")
                    && code[2..6].iter().all(u8::is_ascii_hexdigit)
            })
        {
            written.push_str("_x005F");
        }
        written.push(letter);
    }
    written
}
