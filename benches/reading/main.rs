//! How long an issued document takes to read: a plan of ten pages, over and over. It prints; whoever reads judges.
//! `cargo bench --bench reading`

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Words of a page set in 14 points, as offices set them.
const WORDS_A_PAGE: usize = 420;
const ROUNDS: usize = 200;

fn main() {
    let plan = include_str!("../../fixtures/documents/plan.txt");
    let text = pages(plan, 10);
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            black_box(tonghop::plan_reader::read(black_box(&text)));
            begun.elapsed()
        })
        .collect();
    times.sort();
    let reading = tonghop::plan_reader::read(&text);
    println!(
        "ten pages ({} words, {} assignments): median {:.2?}, slowest of {ROUNDS} {:.2?}",
        text.split_whitespace().count(),
        reading.assignments.len(),
        times[ROUNDS / 2],
        times[ROUNDS - 1],
    );
}

/// The plan with its own assignments over again until it fills that many pages.
fn pages(plan: &str, pages: usize) -> String {
    let (before, after) = plan.split_once("IV. ").expect("the plan has a fourth section");
    let from = before.find("III. ").expect("and a third");
    let section = &before[from..];
    let mut text = before.to_owned();
    while text.split_whitespace().count() < pages * WORDS_A_PAGE {
        text.push_str(section);
    }
    text.push_str("IV. ");
    text.push_str(after);
    text
}
