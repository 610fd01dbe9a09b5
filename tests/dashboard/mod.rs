//! The first screens of a unit and of a leader, and a unit's history.

mod chart;
mod days_off;
mod history;
mod league;
mod pages;
mod queries;
mod record;
