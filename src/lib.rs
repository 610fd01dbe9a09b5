//! Tổng Hợp: plans, obligations, reports, editions and the Ministry's workbook for a Vietnamese province.
//!
//! The map of the house, in reading order.

/// Who may do what: actor, roles, scope, the permission table. Pure.
pub mod access;
/// Every step leaves one row, for good.
pub mod audit;
/// Windows, due rules, holidays, clock. Pure.
pub mod calendar;
/// The command line.
pub mod cli;
/// Every setting with its default.
pub mod config;
/// Folding figures into totals, and the numbered frozen editions made from them.
pub mod consolidation;
/// First screens: what a unit owes, how every period stands.
pub mod dashboard;
/// One pool over SQLite or PostgreSQL; `read` and `write`; the schema and its ids.
pub mod db;
/// The demo of three provinces, loaded from readable files.
pub mod demo;
/// One error for use cases and pages.
pub mod error;
/// The catalogue: indicators, their three folding rules, figures as typed and stored.
pub mod indicators;
/// A synthetic province of any size, for benchmarks.
pub mod load;
/// People, memberships, sessions, sign-in.
pub mod people;
/// Regimes, periods, obligations and how far each has come.
pub mod periods;
/// Plans as documents: clauses, tasks, who holds each on a day, and what was done.
pub mod plans;
/// A unit's report: draft, leader, sending, receipt, amendment.
pub mod reports;
/// Every address, one line each.
pub mod routes;
/// Units as dated facts; who reaches whom.
pub mod units;
/// Vietnamese text: NFC, folding, search and sort keys, numbers and dates in words. Pure.
pub mod vietnamese;
/// The web edge: page frame, signed-in extractor, forms, assets.
pub mod web;
/// Excel writers: plain rows in, bytes out.
pub mod workbooks;
