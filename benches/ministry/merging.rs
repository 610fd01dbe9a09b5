//! Thirty-four provinces of 170 units and 60 indicators into one national workbook.

use tonghop::consolidation::EditionCopy;
use tonghop::merging::{Given, merge};
use tonghop::workbooks::{write, write_national};

use super::edition;
use super::export::{middle, rounds, time};

const PROVINCES: u32 = 34;

pub fn measure() {
    let given: Vec<Given> = (1..=PROVINCES)
        .map(|number| {
            let code = format!("{number:02}");
            let bytes = write(edition::content(&code, 170, 60), EditionCopy::Ministry).expect("a workbook");
            Given { name: format!("{code}.xlsx"), bytes }
        })
        .collect();
    let (mut whole, mut reading) = (Vec::new(), Vec::new());
    let mut rows = 0;
    for _ in 0..rounds() {
        let mut read = None;
        whole.push(time(|| {
            reading.push(time(|| read = Some(merge(&given, "Cục C11").expect("they fit"))));
            let merged = read.as_ref().expect("merged");
            std::hint::black_box(write_national(merged).expect("a workbook"));
        }));
        rows = read.map_or(0, |merged| merged.files.iter().map(|file| file.rows.len()).sum());
    }
    println!(
        "merging {PROVINCES} provinces x 170 units x 60 indicators, {rows} rows: {:.2} s, of it reading and checking {:.2} s \
         (bar: under 3 s)",
        middle(whole).as_secs_f64(),
        middle(reading).as_secs_f64(),
    );
}
