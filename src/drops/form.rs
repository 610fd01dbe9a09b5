//! What is typed about a drop or one of its files, into values.

use chrono::NaiveDate;

use super::Receipt;
use super::receive::receipt;
use crate::error::Problems;
use crate::reports::TypedDay;
use crate::web::FormData;

/// Number and day of receipt as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub number: String,
    pub on: String,
}

impl Typed {
    pub fn read(form: &FormData) -> Typed {
        Typed { number: form.line("received_number"), on: form.line("received_on") }
    }

    /// The receipt, once it is one.
    ///
    /// # Errors
    /// What is to be mended.
    pub fn receipt(&self, today: NaiveDate) -> Result<Receipt, Problems> {
        receipt(&self.number, &TypedDay::read(&self.on), today)
    }
}
