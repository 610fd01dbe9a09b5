//! The recipient's own form: kept, its cells bound on pages, filled with an edition. Stands between the frozen content and
//! the form filler, which knows neither indicators nor units: here names get their values (docs/recipient-forms.md).

pub mod bind;
pub mod edition;
pub mod form;
pub mod keeping;
pub mod names;
pub mod pages;
pub mod queries;
pub mod upload;
mod values;

use crate::consolidation::EditionCopy;
use crate::consolidation::content::EditionContent;
use crate::form_filler::{Binding, Fault, Form};
use crate::ooxml::PackageError;

pub use names::known;
pub use values::filling;

/// Why a form was not filled.
#[derive(Debug)]
pub enum Unfilled {
    /// Marks that cannot be filled, in the order of sheets and cells.
    Faults(Vec<Fault>),
    /// The file cannot be put together.
    Package(PackageError),
}

/// The form filled with an edition; `bindings` name cells that carry no mark. In the Ministry's copy classified groups give totals only, and no total that tells one
/// unit's figure (product rule 11).
///
/// # Errors
/// [`Unfilled::Faults`] when a mark names what the edition does not have; nothing is filled then.
pub fn fill(
    form: &Form,
    bindings: &[Binding],
    content: &EditionContent,
    copy: EditionCopy,
) -> Result<Vec<u8>, Unfilled> {
    let faults = form.faults(bindings, &known(content));
    if !faults.is_empty() {
        return Err(Unfilled::Faults(faults));
    }
    form.fill(bindings, &filling(content, copy)).map_err(Unfilled::Package)
}
