//! Tables as CSV: what LibreOffice makes of the file against what the page shows, read by another reader of HTML; no cell
//! computes; figures stay figures and codes stay codes.

mod opened;
mod written;
