//! All SQL of regimes, periods and obligations. Plain functions over one connection; each runs a fixed number
//! of queries whatever the size of the province, and what a person may not see is filtered in the query.

mod dates;
mod decisions;
mod earlier;
mod forms;
mod levels;
mod obligations;
mod passed;
mod periods;
mod regimes;
mod routing;
mod withdrawal;

pub use dates::*;
pub use decisions::*;
pub use earlier::*;
pub use forms::*;
pub use levels::*;
pub use obligations::*;
pub use passed::{Before, before, passed_from};
pub use periods::*;
pub use regimes::*;
pub use routing::*;
pub use withdrawal::*;
