//! Pages of those who chase: the call list of a period, the log of one body, the reminder letter.

mod calls;
mod contacts;
mod letter;

pub use calls::calls;
pub use contacts::{contacts, put_telephone, record_contact};
pub use letter::{document, letter};
