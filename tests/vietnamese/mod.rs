//! Vietnamese text, numbers and dates, against hand-made tables and properties.

mod citation;
mod dates;
mod figures;
mod held;
mod numbers;
mod search;
mod sort;
mod text;
