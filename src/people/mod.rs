//! People, their dated memberships, and their sessions. Stands between the browser's cookie and the `Actor`
//! that every use case asks for.

pub mod accounts;
pub mod kept_form;
pub mod pages;
pub mod password;
pub mod queries;
pub mod session;
pub mod sign_in;

pub use password::Passwords;
