//! Word documents against the table of NĐ 30/2020, read by another house's XML reader and printed by LibreOffice.

mod annex;
mod frame;
mod measures;
pub mod office;
pub mod read;
mod sample;
mod text;
