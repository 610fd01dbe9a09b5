//! Letters: addresses that are taken, when they are tried again, and a real mail server at the other end.

mod aiosmtpd;
mod rules;
