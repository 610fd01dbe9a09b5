//! A unit's report on one obligation: draft, leader, sending, receipt, amendment; revisions that never change.

pub mod behalf;
pub mod canonical;
mod case;
mod cell;
pub mod check;
mod comparison;
mod content;
pub mod difference;
pub mod document;
pub mod draft;
pub mod form;
mod history;
pub mod leader;
mod lengths;
pub mod level;
pub mod list_rows;
mod outline;
pub mod pages;
pub mod paper_facts;
pub mod printed;
pub mod queries;
pub mod receive;
pub mod remark;
pub mod reopen;
pub mod request_amendment;
pub mod revision;
mod state;
pub mod submit;
pub mod wording;
pub mod work_log;
pub mod write_remark;
pub mod year;

pub use case::Case;
pub use cell::{percent_at, percent_of, read, shown, value_at, words};
pub use comparison::{BodyFigure, Past, PastPeriod, fold_predecessors};
pub use content::{Content, Entry, Evidence, Paper, Reading, TaskResult, TaskStatus, TypedDay};
pub use outline::{AskedIndicator, AskedSection, AskedTask, Outline};
pub use remark::{Answer, DraftRemark, Place, Remark};
pub use state::{ReportState, Step};

pub use crate::lists::{Column, ColumnKind, ListTable, Row};
