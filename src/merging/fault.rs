//! What does not fit, and where: file, sheet, cell. In words for the person who has the file.

use std::fmt;

use crate::workbooks::schema::letters;

/// One thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file; blank for what concerns them all.
    pub file: String,
    /// "Dữ liệu!L17"; blank for what concerns the whole file.
    pub place: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl Fault {
    /// Of a file as a whole.
    pub fn of_file(file: &str, message: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), place: String::new(), message: message.into() }
    }

    /// Of a cell, row and column counted from 0.
    pub fn at(file: &str, sheet: &str, (row, column): (u32, u16), message: impl Into<String>) -> Fault {
        let place = format!("{sheet}!{}{}", letters(column), row + 1);
        Fault { file: file.to_owned(), place, message: message.into() }
    }

    /// Of no file in particular.
    pub fn of_all(message: &str) -> Fault {
        Fault { file: String::new(), place: String::new(), message: message.to_owned() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.file, &self.place] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        f.write_str(&self.message)
    }
}
