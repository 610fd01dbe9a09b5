//! People, their dated memberships, and their sessions. Stands between the browser's cookie and the `Actor`
//! that every use case asks for; and the steps by which an administrator brings people in and lets them go.

pub mod account_name;
pub mod accounts;
pub mod administer;
pub mod administered;
pub mod code;
pub mod device;
pub mod form;
pub mod hand_over;
pub mod invitation;
pub mod invite;
pub mod kept_form;
pub mod listing;
pub mod membership;
pub mod own_address;
pub mod pages;
pub mod password;
pub mod person;
pub mod queries;
pub mod resolve;
pub mod session;
pub mod sign_in;

pub use password::Passwords;
