//! The paper of a report: queries, rows and the Word file, beside the file alone.

use tonghop::documents;
use tonghop::reports::document::{self, Wanted, download};

use super::pairs::{paired, time};
use super::province::Province;

const ROUNDS: usize = 61;

pub fn measure(province: &Province) {
    let (id, moment) = (province.report, province.state.clock.moment());
    let read =
        province.db.read(|conn| document::document(conn, &province.officer, id, Wanted::Newest, moment));
    let rows = read.expect("the paper").document;
    let whole = || {
        time(|| {
            province
                .db
                .read(|conn| download(conn, &province.officer, id, Wanted::Newest, moment))
                .expect("a file")
        })
    };
    let file = || time(|| documents::write(&rows).expect("a file"));
    let medians = paired(ROUNDS, whole, file);
    println!(
        ".docx: {:?}, of it the writing of the file {:?} (bar: under 30 ms)",
        medians.first, medians.second
    );
}
