//! Folding, checked against an oracle that shares nothing with it: decimal strings added digit by digit.

mod between;
mod blocks;
mod cautions;
mod changes;
mod comparison;
mod composed;
mod fold;
mod guard;
mod levels;
mod moved;
mod oracle;
mod outdated;
mod periods;
mod ratio;
mod replaced;
mod said;
mod small;
mod succession;
mod unfounded;
mod unhedged;
