//! Tổng Hợp: plans, obligations, reports, editions and the Ministry's workbook for a Vietnamese province.
//!
//! The map of the house, in reading order.

/// Who may do what: actor, roles, scope, the permission table. Pure.
pub mod access;
/// Windows, due rules, holidays, clock. Pure.
pub mod calendar;
/// Folding figures into totals, and the numbered frozen editions made from them.
pub mod consolidation;
/// One pool over SQLite or PostgreSQL; `read` and `write`; the schema and its ids.
pub mod db;
/// The catalogue: indicators, their three folding rules, figures as typed and stored.
pub mod indicators;
/// Vietnamese text: NFC, folding, search and sort keys, numbers and dates in words. Pure.
pub mod vietnamese;
/// Excel writers: plain rows in, bytes out.
pub mod workbooks;
