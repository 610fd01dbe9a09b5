//! The recipient's own form: an .xlsx made by somebody else, with marks in its cells saying what belongs there. The
//! form is read, its marks are checked, and a copy is filled; everything that carries no mark stays as it is, byte for
//! byte where no row is repeated. Pure: knows no unit, period or database; whoever fills a form brings the values.
//! The marks and what moves with a repeated row: docs/recipient-forms.md. Why not a library: docs/decisions/0038.

mod address;
mod around;
mod check;
mod fill;
mod formula;
mod mark;
mod markup;
mod package;
mod read;
mod rows;
mod sheet;
mod view;
mod written;

pub use address::{Area, Cell, LAST_COLUMN, LAST_ROW};
pub use check::{Fault, Known};
pub use fill::{Filling, Value};
pub use formula::{moved, translated};
pub use mark::{Piece, REPEAT, pieces};
pub use read::{Binding, Form, FormError, LARGEST};
pub use rows::Rows;
pub use view::{View, ViewCell, ViewRow};
