//! The plan reader: documents restated with the reading a person makes of them beside, the same ones mangled, tables of
//! single rules, and what must hold for any text at all.

mod around_the_text;
mod attached;
mod comma_names;
mod courtesy;
mod documents;
mod due_forms;
mod due_words;
mod expected;
mod forms;
mod further;
mod heading_forms;
mod lost_work;
pub mod mangled;
mod marks_of_clauses;
mod named_places;
mod own_days;
mod rules;
mod shared_work;
mod slips;
mod unknown_bodies;
mod unowned;
mod whatever;
