//! The unit's workbook: what each cell becomes, the way out and back, files made to break the reader, programs that fill it,
//! and the pages.

mod again;
mod filled;
mod hostile;
mod legacy;
mod links;
pub mod pages;
mod round_trip;
pub mod sample;
mod values;
