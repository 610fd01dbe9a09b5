//! The catalogue of indicators and their folding rules.
