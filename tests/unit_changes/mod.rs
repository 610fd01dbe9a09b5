//! Reorganisations: what follows from each kind, what is refused, what can be taken back, and the pages.

mod between;
mod closed;
mod collector;
mod events;
mod figures;
mod in_old_name;
mod pages;
mod parts;
mod passed_tasks;
mod property;
mod refusals;
pub mod scene;
