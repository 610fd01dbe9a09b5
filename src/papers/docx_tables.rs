//! Tables of a Word document as lines. A table of one or two columns is layout (the heading block, the signature) and
//! is read cell by cell; a wider one is a table of things, and each of its rows is a line with bars between the cells.

/// Columns from which a table is a table of things.
const THINGS: usize = 3;
/// What stands between the cells of a row.
const BAR: &str = " | ";

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Vec<String>>>,
}

/// The lines so far, and the tables open inside each other.
#[derive(Default)]
pub(super) struct Tables {
    lines: Vec<String>,
    open: Vec<Table>,
}

impl Tables {
    pub fn line(&mut self, line: String) {
        let cell =
            self.open.last_mut().and_then(|table| table.rows.last_mut()).and_then(|row| row.last_mut());
        match cell {
            Some(cell) => cell.push(line),
            None => self.lines.push(line),
        }
    }

    pub fn begin_table(&mut self) {
        self.open.push(Table::default());
    }

    pub fn begin_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.rows.push(Vec::new());
        }
    }

    pub fn begin_cell(&mut self) {
        if let Some(row) = self.open.last_mut().and_then(|table| table.rows.last_mut()) {
            row.push(Vec::new());
        }
    }

    /// Puts the table's lines where it stood.
    pub fn end_table(&mut self) {
        let Some(table) = self.open.pop() else { return };
        let things = table.rows.iter().map(Vec::len).max().unwrap_or(0) >= THINGS;
        for row in table.rows {
            if things {
                let cells: Vec<String> =
                    row.iter().map(|cell| cell.join(" ").replace('\n', " ").trim().to_owned()).collect();
                self.line(cells.join(BAR));
            } else {
                for line in row.into_iter().flatten() {
                    self.line(line);
                }
            }
        }
    }

    /// Everything as text.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end_table();
        }
        self.lines.join("\n")
    }
}
