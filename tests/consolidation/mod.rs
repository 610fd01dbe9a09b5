//! Folding, checked against an oracle that shares nothing with it: decimal strings added digit by digit.

mod changes;
mod comparison;
mod fold;
mod levels;
mod oracle;
mod periods;
mod ratio;
mod small;
mod succession;
