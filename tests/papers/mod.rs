//! The text of received papers: Word with its automatic numbers, PDF with a text layer, old Word by LibreOffice, and what
//! is refused and in which words.

mod hurtful;
mod office;
mod old_word;
pub mod pdf;
mod refused;
pub mod word;
