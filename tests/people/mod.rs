//! Signing in, staying signed in, and the accounts of the command line.

mod sign_in;
