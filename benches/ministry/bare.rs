//! What a bare loop of the writer takes for the same cells: every cell of a workbook with one format for each style it
//! has.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};

enum Value {
    Blank,
    Number(f64),
    Text(String),
}

/// The cells of a workbook, sheet by sheet: row, column, style, value.
pub struct Cells {
    sheets: Vec<Vec<(u32, u16, usize, Value)>>,
    formats: HashMap<usize, Format>,
}

impl Cells {
    pub fn of(bytes: &[u8]) -> Cells {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let (mut sheets, mut formats) = (Vec::new(), HashMap::new());
        for name in book.sheet_names() {
            let mut cells = Vec::new();
            let mut reader = book.worksheet_cells_reader(&name).expect("a sheet");
            while let Some((cell, style)) = reader.next_cell_with_style_id().expect("a cell") {
                let (row, column) = cell.get_position();
                let value = match cell.get_value() {
                    DataRef::Float(number) => Value::Number(*number),
                    DataRef::Int(number) => Value::Number(*number as f64),
                    DataRef::String(text) => Value::Text(text.to_string()),
                    DataRef::SharedString(text) => Value::Text((*text).to_owned()),
                    _ => Value::Blank,
                };
                formats.entry(style).or_insert_with(|| {
                    Format::new()
                        .set_font_name("Times New Roman")
                        .set_font_size(12)
                        .set_border(rust_xlsxwriter::FormatBorder::Thin)
                        .set_num_format(format!("#,##0;-#,##0;\"{style}\""))
                });
                cells.push((row, u16::try_from(column).expect("a column"), style, value));
            }
            sheets.push(cells);
        }
        Cells { sheets, formats }
    }

    pub fn len(&self) -> usize {
        self.sheets.iter().map(Vec::len).sum()
    }

    pub fn write(&self, out: &Path) {
        let mut book = Workbook::new();
        for cells in &self.sheets {
            let sheet = book.add_worksheet();
            for (row, column, style, value) in cells {
                let format = &self.formats[style];
                // Cells without a style are written without one, as the export writes them.
                let written = match (value, *style) {
                    (Value::Number(number), 0) => sheet.write_number(*row, *column, *number).map(|_| ()),
                    (Value::Text(text), 0) => sheet.write_string(*row, *column, text).map(|_| ()),
                    (Value::Number(number), _) => {
                        sheet.write_number_with_format(*row, *column, *number, format).map(|_| ())
                    }
                    (Value::Text(text), _) => {
                        sheet.write_string_with_format(*row, *column, text, format).map(|_| ())
                    }
                    (Value::Blank, _) => sheet.write_blank(*row, *column, format).map(|_| ()),
                };
                written.expect("a cell");
            }
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        std::fs::write(out, bytes).expect("the file");
    }
}
