//! Two ways of doing the same thing, taken in turns, so that whatever else the machine does meets both alike.

use std::time::{Duration, Instant};

/// The medians of two ways and of the ratio within each pair.
pub struct Medians {
    pub first: Duration,
    pub second: Duration,
    /// First over second.
    pub ratio: f64,
}

/// Runs both ways `rounds` times, the one that begins alternating; each gives the time of what is measured in it.
pub fn paired(
    rounds: usize,
    mut first: impl FnMut() -> Duration,
    mut second: impl FnMut() -> Duration,
) -> Medians {
    let (mut ones, mut twos, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let (one, two) = if round % 2 == 0 {
            let one = first();
            (one, second())
        } else {
            let two = second();
            (first(), two)
        };
        ratios.push(one.as_secs_f64() / two.as_secs_f64());
        ones.push(one);
        twos.push(two);
    }
    ratios.sort_by(f64::total_cmp);
    Medians { first: median(ones), second: median(twos), ratio: ratios[rounds / 2] }
}

/// How long it takes.
pub fn time<T>(what: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    std::hint::black_box(what());
    started.elapsed()
}

pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
