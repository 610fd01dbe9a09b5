//! Merging provinces: the workbooks of many provinces in, one national table out, without a person. Stands between files
//! that come from anywhere and the Ministry's table: what does not fit is named by file, sheet and cell, and nothing is
//! merged until everything fits. Pure: no database, no clock, no web; the pages hand over bytes.

mod agree;
mod cells;
mod fault;
mod file;
mod national;
mod open;
pub mod pages;

mod totals;
mod whose;

pub use cells::{Cell, StackedRow, Texts};
pub use fault::Fault;
pub use file::{Header, ProvinceFile, read};
pub use national::{Merged, Missing};

/// Workbooks merged at once, at most: the 34 provinces, and room for those of before 01/7/2025.
pub const MOST_FILES: usize = 64;
/// Bytes of one workbook as it comes.
pub const LARGEST: usize = 40 * 1024 * 1024;

/// A file as it was handed over.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name as people know it, without folders.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Merges the workbooks of provinces into one national table. `agency` is the body in whose name it is made.
///
/// # Errors
/// Everything that does not fit, file by file; never empty.
pub fn merge(given: &[Given], agency: &str) -> Result<Merged, Vec<Fault>> {
    if given.is_empty() {
        return Err(vec![Fault::of_all("Chưa có tệp nào để gộp.")]);
    }
    if given.len() > MOST_FILES {
        return Err(vec![Fault::of_all(&format!(
            "Có {} tệp; mỗi lần gộp nhiều nhất {MOST_FILES} tệp.",
            given.len()
        ))]);
    }
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for read in read_all(given) {
        match read {
            Ok(file) => files.push(file),
            Err(mut found) => faults.append(&mut found),
        }
    }
    faults.append(&mut agree::faults(&files));
    match whose::faults(&files) {
        Ok(mut found) => faults.append(&mut found),
        Err(error) => faults.push(Fault::of_all(&error.to_string())),
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    national::merged(files, agency)
}

/// Reads the files, as many at once as the machine has cores, in their order.
fn read_all(given: &[Given]) -> Vec<Result<ProvinceFile, Vec<Fault>>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = given.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = given
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(file::read).collect::<Vec<_>>()))
            .collect();
        let lost = || vec![Err(vec![Fault::of_all("Không đọc được các tệp; gộp lại lần nữa.")])];
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|_| lost())).collect()
    })
}
