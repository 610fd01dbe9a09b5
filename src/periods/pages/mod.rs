//! Handlers of regimes, forms, periods and obligations with their page structs.

mod decisions;
mod matrix;
mod open;
mod periods;
mod regimes;

pub use decisions::{
    declare_nil, exempt, exemption_form, extend, extension_form, nil_form, obligation, unlock, unlock_form,
    withdraw_exemption, withdraw_nil,
};
pub use matrix::matrix;
pub use open::{open_form, open_period};
pub use periods::{period, periods};
pub use regimes::{form, regime, regimes};
