//! Pages of the first screens: of a unit's people, of leaders, and a unit's history behind both.

mod history;
mod league;
mod my;
mod overview;

pub use history::history;
pub use league::units;
pub use my::my;
pub use overview::overview;
