//! Vietnamese text, numbers and dates, against hand-made tables and properties.

mod dates;
