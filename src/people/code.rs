//! The one-time code of an invitation: made of signs that survive a printed slip, a telephone and a Vietnamese keyboard.
//! Pure but for the randomness; stands between the slip a person holds and the hash the database keeps.

use sha2::{Digest, Sha256};

use crate::error::Error;

/// No vowels, and none of the letters that input methods turn into others (d, w, l); none that looks like a digit.
const SIGNS: &[u8; 24] = b"0123456789cfghjkmnpqrtvx";
/// 24 signs, 28 times: more than 2^128.
const LENGTH: usize = 28;
const GROUP: usize = 4;

/// A fresh code, in seven groups of four.
///
/// # Errors
/// When the system gives no randomness.
pub fn new_code() -> Result<String, Error> {
    let mut signs = Vec::with_capacity(LENGTH);
    while signs.len() < LENGTH {
        let mut bytes = [0u8; 64];
        getrandom::fill(&mut bytes).map_err(|e| Error::Internal(format!("no randomness: {e}")))?;
        // 240 is the largest multiple of 24 in a byte: what lies above would favour the first signs.
        let fair = bytes.iter().filter(|byte| **byte < 240);
        signs.extend(fair.map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])));
    }
    signs.truncate(LENGTH);
    let groups: Vec<String> = signs.chunks(GROUP).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// The code as typed, without what people put between its groups, letters read for digits put right.
pub fn bare(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            'z' => '2',
            's' => '5',
            'b' => '8',
            other => other,
        })
        .collect()
}

/// What the database keeps of a code, typed or made. A fast hash is enough for 128 bits.
pub fn digest(code: &str) -> Vec<u8> {
    Sha256::digest(bare(code).as_bytes()).to_vec()
}
