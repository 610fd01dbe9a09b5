//! The Ministry's workbook and the merging of provinces, measured: the export of a frozen edition against a bare loop that
//! writes the same cells, its memory, and thirty-four provinces into one table. It prints; whoever reads judges.
//! `cargo bench --bench ministry`

mod bare;
mod edition;
mod export;
mod merging;

fn main() {
    let mut arguments = std::env::args().skip(1);
    // The export alone, in a process of its own, so that its memory is nobody else's.
    if arguments.next().as_deref() == Some("export-once") {
        let [database, out] = [arguments.next(), arguments.next()].map(|a| a.expect("a path"));
        export::once(&database, std::path::Path::new(&out));
        return;
    }
    export::measure();
    merging::measure();
}
