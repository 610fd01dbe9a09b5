//! Password hashing: argon2id, so many at once and no more. Stands between sign-in and the processor. A buffer lives as
//! long as somebody waits for it: an installation at rest holds none. Each is given room past the size up to which
//! allocators keep what is freed (glibc: 32 MiB), so that it goes back to the system; buffers of their own size stayed
//! resident for good (2.26 GB after 120 hashes on 40 threads).

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64ct::{Base64Unpadded, Encoding};
use subtle::ConstantTimeEq;

/// The OWASP minimum for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_LEN: usize = 16;
const HASH_LEN: usize = 32;

/// Shortest password taken, in characters.
pub const MIN_LENGTH: usize = 10;
/// Different characters it has at least, spaces not counted.
const MIN_DIFFERENT: usize = 5;
/// Longest password taken, in characters; a bound on work, not on taste.
pub const MAX_LENGTH: usize = 200;

/// Why a hash could not be made or read.
#[derive(Debug)]
pub struct PasswordError(String);

impl std::fmt::Display for PasswordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "password hashing failed: {}", self.0)
    }
}

impl std::error::Error for PasswordError {}

/// Room of a buffer, in blocks of 1 KiB: more than an allocator keeps. Only the part used is ever touched.
const ROOM: usize = 40 * 1024;

struct Pool {
    slots: usize,
    state: Mutex<Slots>,
    returned: Condvar,
}

#[derive(Default)]
struct Slots {
    /// Hashes being made.
    busy: usize,
    /// Those who wait for a slot.
    waiting: usize,
    /// Buffers on their way to those who wait.
    handed: Vec<Vec<Block>>,
}

/// Hashes and checks passwords. Cheap to clone; all clones share one pool.
#[derive(Clone)]
pub struct Passwords {
    pool: Arc<Pool>,
}

impl Passwords {
    /// `slots` hashes at once at most; each holds 19 MiB while it is made.
    pub fn new(slots: usize) -> Self {
        let state = Mutex::new(Slots::default());
        Passwords { pool: Arc::new(Pool { slots: slots.max(1), state, returned: Condvar::new() }) }
    }

    /// A new hash in the PHC string form.
    ///
    /// # Errors
    /// When the system gives no randomness or argon2 refuses its input.
    pub fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let mut salt = [0u8; SALT_LEN];
        getrandom::fill(&mut salt).map_err(|e| PasswordError(e.to_string()))?;
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_LEN))
            .map_err(|e| PasswordError(e.to_string()))?;
        let hash = self.run(params, password, &salt)?;
        Ok(format!(
            "$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${}${}",
            Base64Unpadded::encode_string(&salt),
            Base64Unpadded::encode_string(&hash)
        ))
    }

    /// Whether `password` is the one behind `stored`. Takes the same time for a wrong one, and for an account that has
    /// no password yet (`stored` is empty), which none opens.
    ///
    /// # Errors
    /// When `stored` is not a hash this program wrote.
    pub fn verify(&self, password: &str, stored: &str) -> Result<bool, PasswordError> {
        if stored.is_empty() {
            self.waste(password);
            return Ok(false);
        }
        let unreadable = || PasswordError("the stored hash cannot be read".into());
        let mut parts = stored.split('$').skip(1);
        if parts.next() != Some("argon2id") || parts.next() != Some("v=19") {
            return Err(unreadable());
        }
        let mut numbers = parts
            .next()
            .ok_or_else(unreadable)?
            .split(',')
            .map(|kv| kv.split_once('=').and_then(|(_, n)| n.parse::<u32>().ok()).ok_or_else(unreadable));
        let mut number = || numbers.next().unwrap_or_else(|| Err(unreadable()));
        let (memory, passes, lanes) = (number()?, number()?, number()?);
        if memory > MEMORY_KIB {
            return Err(unreadable());
        }
        let salt = Base64Unpadded::decode_vec(parts.next().unwrap_or("")).map_err(|_| unreadable())?;
        let hash = Base64Unpadded::decode_vec(parts.next().unwrap_or("")).map_err(|_| unreadable())?;
        let params =
            Params::new(memory, passes, lanes, Some(hash.len())).map_err(|e| PasswordError(e.to_string()))?;
        Ok(bool::from(self.run(params, password, &salt)?.ct_eq(&hash)))
    }

    /// Spends the time of one check, so that an unknown name answers no faster than a known one.
    pub fn waste(&self, password: &str) {
        if let Err(e) = self.hash(password) {
            log::error!("{e}");
        }
    }

    fn run(&self, params: Params, password: &str, salt: &[u8]) -> Result<Vec<u8>, PasswordError> {
        let mut out = vec![0u8; params.output_len().unwrap_or(HASH_LEN)];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut buffer = self.borrow();
        let result = argon2.hash_password_into_with_memory(password.as_bytes(), salt, &mut out, &mut buffer);
        self.give_back(buffer);
        result.map_err(|e| PasswordError(e.to_string()))?;
        Ok(out)
    }

    fn borrow(&self) -> Vec<Block> {
        let mut slots = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        while slots.busy >= self.pool.slots {
            slots.waiting += 1;
            slots = self.pool.returned.wait(slots).unwrap_or_else(PoisonError::into_inner);
            slots.waiting -= 1;
        }
        slots.busy += 1;
        let handed = slots.handed.pop();
        drop(slots);
        handed.unwrap_or_else(|| {
            let mut buffer = Vec::with_capacity(ROOM);
            buffer.resize(MEMORY_KIB as usize, Block::default());
            buffer
        })
    }

    fn give_back(&self, buffer: Vec<Block>) {
        let mut slots = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        slots.busy -= 1;
        // Without anybody who waits it is freed, after the lock.
        let spare = if slots.waiting > slots.handed.len() {
            slots.handed.push(buffer);
            None
        } else {
            Some(buffer)
        };
        drop(slots);
        drop(spare);
        self.pool.returned.notify_one();
    }
}

/// What is wrong with a new password, in Vietnamese, if anything.
pub fn weakness(password: &str, username: &str) -> Option<String> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Some(format!("Mật khẩu mới phải có ít nhất {MIN_LENGTH} ký tự."));
    }
    if length > MAX_LENGTH {
        return Some(format!("Mật khẩu mới dài quá {MAX_LENGTH} ký tự."));
    }
    if password.chars().any(char::is_control) {
        return Some("Mật khẩu mới không được có dấu xuống dòng. Nhập lại trên một dòng.".into());
    }
    let different: std::collections::HashSet<char> =
        password.chars().filter(|c| !c.is_whitespace()).collect();
    if different.len() < MIN_DIFFERENT {
        return Some(format!("Mật khẩu mới phải có ít nhất {MIN_DIFFERENT} ký tự khác nhau."));
    }
    if password.to_lowercase().contains(&username.to_lowercase()) {
        return Some("Mật khẩu mới không được chứa tên đăng nhập.".into());
    }
    None
}
