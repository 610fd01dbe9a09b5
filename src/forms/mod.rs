//! Forms as their keepers write them: the next version is a draft that nobody is asked by, a published version never
//! changes. Stands between the catalogue of indicators and the periods, which take a version down for each unit.

pub mod changes;
pub mod content;
pub mod copying;
pub mod draft;
pub mod form;
pub mod pages;
pub mod queries;
pub mod write;

pub use content::{Asked, Content, Section};
