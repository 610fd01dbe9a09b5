//! Workbooks of made-up provinces, and ways to spoil them.

use std::io::{Cursor, Read as _, Write as _};

use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::EditionContent;
use tonghop::merging::{Fault, Given, Merged, merge};
use tonghop::standard::provinces;

use crate::workbooks::sample;

/// Makes an edition that of the province of a code on its last day: its name, units and content of its own.
pub fn belongs(edition: &mut EditionContent, code: &str) {
    let known = provinces::coded(code, edition.identity.window_to).unwrap().expect("a code of that day");
    edition.identity.province_code = code.to_owned();
    edition.identity.province = known.naming.full();
    edition.identity.sha256 = format!("{code}{}", &edition.identity.sha256[2..]);
    for unit in &mut edition.units {
        unit.uid = format!("{code}-{}", unit.uid);
    }
}

/// The sample as a province of this code, its whole numbers so many times as large.
pub fn content(code: &str, times: i64) -> EditionContent {
    let mut edition = sample::edition();
    belongs(&mut edition, code);
    for figure in edition.units.iter_mut().flat_map(|unit| &mut unit.figures) {
        let flag = figure.indicator == "A02";
        for reading in [&mut figure.now, &mut figure.same_period] {
            for part in [&mut reading.value, &mut reading.numerator, &mut reading.denominator] {
                *part = part.map(|value| if flag { value } else { value * times });
            }
        }
    }
    sample::total_up(&mut edition);
    for line in edition.groups.iter_mut().flat_map(|group| &mut group.indicators) {
        line.cumulative = Some(line.total);
    }
    edition
}

/// The Ministry's copy of a content, as a file of this name.
pub fn file(name: &str, content: &EditionContent) -> Given {
    let bytes = tonghop::workbooks::write(content, EditionCopy::Ministry).unwrap();
    Given { name: name.to_owned(), bytes }
}

/// A province as a file: "24.xlsx".
pub fn province(code: &str, times: i64) -> Given {
    file(&format!("{code}.xlsx"), &content(code, times))
}

/// Merges, and it fits.
pub fn merged(given: &[Given]) -> Merged {
    merge(given, "Cục C11").unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// What does not fit, as a person reads it.
pub fn faults(given: &[Given]) -> Vec<String> {
    let faults: Vec<Fault> = merge(given, "Cục C11").expect_err("something does not fit");
    faults.iter().map(ToString::to_string).collect()
}

/// The same file with one part of the zip rewritten.
pub fn with_part(given: &Given, part: &str, change: impl Fn(String) -> String) -> Given {
    let mut from = zip::ZipArchive::new(Cursor::new(&given.bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = false;
    for index in 0..from.len() {
        let mut found = from.by_index(index).unwrap();
        let name = found.name().unwrap().to_string();
        let mut body = Vec::new();
        found.read_to_end(&mut body).unwrap();
        if name == part {
            let before = String::from_utf8(body).unwrap();
            let after = change(before.clone());
            changed = before != after;
            body = after.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&body).unwrap();
    }
    assert!(changed, "{part} is changed");
    Given { name: given.name.clone(), bytes: to.finish().unwrap().into_inner() }
}

/// The part that holds a sheet, the last one being 0.
pub fn sheet_from_the_end(given: &Given, back: usize) -> String {
    let zip = zip::ZipArchive::new(Cursor::new(&given.bytes)).unwrap();
    let sheets = zip.file_names().flatten().filter(|name| name.starts_with("xl/worksheets/sheet")).count();
    format!("xl/worksheets/sheet{}.xml", sheets - back)
}

/// The part of *Dữ liệu*.
pub fn data_part(given: &Given) -> String {
    sheet_from_the_end(given, 0)
}
