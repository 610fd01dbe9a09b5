//! Tables of pages as CSV: what a page shows in a table, and nothing else, as a file that Excel and LibreOffice open. Taken from
//! the page as it was made for its reader, so that scope and guarding are the page's own. Reading and writing are pure.
//! Why codes and days are written as they are: docs/decisions/0040.

pub mod pages;
mod read;
mod write;

pub use read::{Cell, Table, number, table_of};
pub use write::{Separator, written};
