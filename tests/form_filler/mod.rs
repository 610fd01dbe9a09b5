//! The recipient's form: references that move, marks that are wrong, forms of several producers filled and read again
//! by other programs.

mod faults;
mod filled;
mod formulas;
mod producers;
