//! What every page of a brought document posts.

use super::Seen;
use crate::web::FormData;

/// The versions on the page; -1 where none is posted, which none has.
pub fn seen(form: &FormData) -> Seen {
    let number = |name: &str| form.line(name).parse().unwrap_or(-1);
    Seen { document: number("version"), draft: number("draft") }
}
