//! The recipient's form: references that move, marks that are wrong, forms of several producers filled and read again
//! by other programs.

pub mod by_openpyxl;
mod faults;
mod formulas;
mod producers;
