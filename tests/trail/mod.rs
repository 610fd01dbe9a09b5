//! The log as people read it: every kind of step and every key has words, the province is its own, filters and pages
//! are the rows they say, the workbook is the page.

mod page;
mod words;
