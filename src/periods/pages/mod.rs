//! Handlers of regimes, forms, periods and obligations with their page structs.

mod dates;
mod decisions;
mod kinds;
mod late_opening;
mod list;
mod matrix;
mod open;
mod papers;
mod period;
mod regimes;
mod routes;
mod waiting;
mod withdraw;

pub use dates::{dates_form, put_dates};
pub use decisions::{
    ask_extension, ask_extension_form, declare_nil, exempt, exemption_form, extend, extension_form, nil_form,
    obligation, refuse_extension, refuse_extension_form, return_nil, return_nil_form, unlock, unlock_form,
    withdraw_exemption, withdraw_nil,
};
pub use late_opening::{late_form, put_late};
pub use list::periods;
pub use matrix::matrix;
pub use open::{open_form, open_period};
pub use period::period;
pub use regimes::{form, regime, regimes};
pub use routes::{begin_route, end_route, routes, set_lead};
pub use withdraw::{withdraw_period, withdrawal_form};
