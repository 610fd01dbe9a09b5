//! Pages of reorganisations.
