//! The unit's workbook: what each cell becomes, the way out and back, files made to break the reader, programs that fill it,
//! and the pages.

mod filled;
mod hostile;
mod legacy;
mod pages;
mod round_trip;
mod sample;
mod values;
