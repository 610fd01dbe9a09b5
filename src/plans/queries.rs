//! All SQL about plans, their clauses and tasks, and the log of work. Plain functions over one connection;
//! each runs a fixed number of queries whatever the size of the province.

mod held;

pub use held::tasks_held;
