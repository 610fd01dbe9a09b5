//! The bars, as ratios within one run: a page against its own queries and rendering, a sending against its bare
//! transaction, the paper by the clock, many years against few, a start and a server at rest. It prints; whoever reads
//! judges. `cargo bench --bench bars`, or only some: `cargo bench --bench bars -- report screens leader start`. The folding of a
//! large province and a thousand workbooks at once only when they are asked for: `cargo bench --bench bars -- folding bulk`

mod bulk;
mod document;
mod folding;
mod leader;
mod page;
mod pairs;
mod province;
mod screens;
mod sending;
mod start;

use tonghop::load::Size;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|arg| arg == part);
    if wanted("report") {
        report();
    }
    if wanted("screens") {
        screens::measure();
    }
    if wanted("leader") {
        leader::measure();
    }
    if wanted("start") {
        start::measure();
    }
    if asked.iter().any(|arg| arg == "folding") {
        folding::measure();
    }
    if asked.iter().any(|arg| arg == "bulk") {
        bulk::measure();
    }
}

fn report() {
    let province =
        province::Province::load(Size { units: 12, years: 1, indicators: province::INDICATORS, seed: 1 });
    province.ask_to_amend();
    println!(
        "{}, {} indicators, {} sections",
        province.db.backend(),
        province::INDICATORS,
        province::SECTIONS
    );
    page::measure(&province);
    sending::measure(&province);
    document::measure(&province);
}
