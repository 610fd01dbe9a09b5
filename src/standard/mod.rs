//! What every installation starts from: kinds of body, indicators, functions, holidays, forms, ready lists of bodies.
//! Stands between fixtures/catalogue and fixtures/units, built into the program, and the first run and the demo.

pub mod catalogue;
pub mod files;
pub mod forms;
pub mod provinces;
pub mod ready;

use sha2::{Digest, Sha256};

/// A UUIDv7 made from the kind and code of a thing, so that every installation's catalogue carries the same ones.
pub fn uid(kind: &str, code: &str) -> String {
    /// 01/01/2025 00:00 UTC.
    const MILLIS: u64 = 1_735_689_600_000;
    let digest = Sha256::digest(format!("{kind}:{code}"));
    let mut random = [0u8; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(MILLIS, &random).into_uuid().to_string()
}
