//! Tổng Hợp: plans, obligations, reports, editions and the Ministry's workbook for a Vietnamese province.
//!
//! The map of the house, in reading order.

/// Windows, due rules, holidays, clock. Pure.
pub mod calendar;

/// Vietnamese text: NFC, folding, search and sort keys, numbers and dates in words. Pure.
pub mod vietnamese;

/// Who may do what: actor, roles, scope, the permission table. Pure.
pub mod access;

/// One pool over SQLite or PostgreSQL; `read` and `write`; the schema and its ids.
pub mod db;

/// One error for use cases and pages.
pub mod error;

/// Every setting with its default.
pub mod config;

/// Every step leaves one row, for good.
pub mod audit;

/// A form sent twice makes one thing.
pub mod once;

/// People, memberships, sessions, sign-in.
pub mod people;

/// Units as dated facts; who reaches whom.
pub mod units;

/// Plans as documents: clauses, tasks, who holds each on a day, and what was done.
pub mod plans;

/// The catalogue: indicators, their three folding rules, figures as typed and stored.
pub mod indicators;

/// Typed list tables: columns, the reading of cells, blocks pasted from a spreadsheet. Pure.
pub mod lists;

/// Days off and days made up, year by year, with the notice they rest on.
pub mod days;

/// Regimes, periods, obligations and how far each has come.
pub mod periods;

/// Files of a report, in blocks in the database.
pub mod attachments;

/// Regimes as they are set up, changed and ended.
pub mod regimes;

/// Forms as they are written: drafts, versions, publication.
pub mod forms;

/// A unit's report: draft, leader, sending, receipt, amendment.
pub mod reports;

/// Evidence: where posts stand, the ledger of links and entries, who claims a post twice.
pub mod evidence;

/// Folding figures into totals, and the numbered frozen editions made from them.
pub mod consolidation;

/// Workbooks from outside, opened within bounds.
pub mod sheets;

/// The workbook a unit fills its report in: made from the draft, read back into its fields. Pure.
pub mod unit_workbook;

/// Merging provinces: the workbooks of many into one national table.
pub mod merging;

/// Tables of pages as CSV.
pub mod csv_tables;
/// Work that no page waits for, under a lease in the database.
pub mod jobs;

/// Letters by SMTP: an outbox that no page waits for.
pub mod mail;

/// Notices of what is due: which, when, to whom, and what was sent.
pub mod notices;

/// Many units' workbooks at once, entered on their behalf.
pub mod drops;

/// Tables of past periods, from before the system, as received history.
pub mod legacy_tables;

/// Excel writers: plain rows in, bytes out.
pub mod workbooks;

/// Office Open XML packages: parts, relationships, content types; XML that is always well formed.
pub mod ooxml;

/// Forms made by others: marks in the cells of a workbook, filled without touching the rest.
pub mod form_filler;

/// The recipient's own form, filled with an edition.
pub mod recipient_forms;

/// Reorganisations: who passes into whom, what follows row by row, and how it is taken back.
pub mod unit_changes;

/// The text of a received paper: .docx, .pdf, .doc, pasted.
pub mod papers;

/// Issued documents read into clauses, assignments and duties. Pure.
pub mod plan_reader;

/// From an issued document to a plan: its reading reviewed, then adopted with tasks, regimes and first periods.
pub mod plan_adoption;

/// A unit's report read into sections, figures and titles, by rules. Pure.
pub mod prose_reader;

/// A document brought to a report: kept, read, reviewed, applied to its draft.
pub mod brought;

/// A unit's report that came as a document: its reading reviewed, then written into the draft.
pub mod prose_reports;

/// A unit's own plan: read, linked to the tasks it answers, sent as the unit's report.
pub mod unit_plans;

/// Word writers in the form of NĐ 30/2020: plain rows in, bytes out.
pub mod documents;

/// Calls, promises, messages and the reminder letter: who is chased, in which order, with which words.
pub mod chasing;

/// Deadlines in people's own calendars: iCalendar feeds behind secret links.
pub mod ical_feeds;

/// First screens: what a unit owes, how every period stands.
pub mod dashboard;

/// The audit log as people read it: filtered, page by page, exported.
pub mod trail;

/// The user guide inside the program.
pub mod guide;

/// What every installation starts from: kinds, catalogue, forms, ready lists.
pub mod standard;

/// The first run, from an empty database to a province.
pub mod setup;

/// What an administrator does until the first period is open; the first regime from a template.
pub mod start;

/// The web edge: page frame, signed-in extractor, forms, assets.
pub mod web;

/// Every address, one line each.
pub mod routes;

/// The demo of three provinces, loaded from readable files.
pub mod demo;

/// A synthetic province of any size, for benchmarks.
pub mod load;

/// The command line.
pub mod cli;
