//! The bars of the report loop, as ratios within one run: a page against its own queries and rendering, a sending
//! against its bare transaction, the paper by the clock. It prints; whoever reads judges. `cargo bench --bench bars`

mod document;
mod page;
mod pairs;
mod province;
mod sending;

fn main() {
    let province = province::Province::load();
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
