//! Merging provinces: made-up workbooks in, one national table out; what does not fit is named by file and cell, and
//! hostile files are turned away before they are read.

mod book;
mod command;
mod hostile;
mod national;
mod pages;
mod refused;
mod traced;
