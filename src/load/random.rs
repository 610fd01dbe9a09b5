//! A small generator of numbers that look random and are always the same: SplitMix64 (Steele, Lea and Flood,
//! "Fast splittable pseudorandom number generators", 2014). Not for secrets.

/// A stream of numbers. Every unit, period and indicator has a stream of its own, so that what one of them
/// draws never depends on how many others there are.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of a place in the province, such as (unit 7, period 3).
    pub fn of(seed: u64, place: &[u64]) -> Random {
        let mut random = Random(seed);
        for part in place {
            random.0 = random.next() ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        }
        random
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        // The upper half of the product: even enough for data nobody counts on being even.
        let product = (self.next() >> 32) * u64::from(limit);
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// True in `percent` of cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of a list.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let at = self.below(u32::try_from(list.len()).unwrap_or(u32::MAX));
        list.get(at as usize).copied().unwrap_or_default()
    }
}
