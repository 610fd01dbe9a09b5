//! The ledger of evidence: where posts stand, what is claimed twice, who reads it, keys recomputed.

mod keys;
mod lines;
mod pages;
mod platforms;
