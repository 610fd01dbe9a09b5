//! From received figures to totals and editions.
