//! LibreOffice opens the workbook, forgets our results, computes every formula again and saves. What it finds
//! must be what we wrote. A workbook with a result that is wrong on purpose shows that it really computes.

use std::process::Command;

use super::{Read, marks, sample};
use calamine::Data;
use rust_xlsxwriter::{Formula, Workbook};
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::EditionContent;

/// Makes LibreOffice compute always, also what another program says it has computed.
const ALWAYS_RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// The workbooks as LibreOffice saves them after computing them. One start for all, with a home of its own:
/// two starts at once have been seen to end in a crash of one.
pub fn recomputed(workbooks: &[&[u8]]) -> Vec<Read> {
    let directory = std::env::temp_dir().join(format!("tonghop-recomputed-{}", std::process::id()));
    let profile = directory.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS_RECALCULATE).unwrap();
    let output = directory.join("out");
    let mut soffice = Command::new("soffice");
    soffice
        .env("HOME", &directory)
        .env("TMPDIR", &directory)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&output);
    for (number, bytes) in workbooks.iter().enumerate() {
        let input = directory.join(format!("{number}.xlsx"));
        std::fs::write(&input, bytes).unwrap();
        soffice.arg(input);
    }
    let run = soffice.output().unwrap_or_else(|error| {
        panic!("LibreOffice (soffice) is needed for this test; tests/run installs it: {error}")
    });
    let read = |number: usize| {
        let bytes = std::fs::read(output.join(format!("{number}.xlsx"))).unwrap_or_else(|error| {
            panic!("LibreOffice made no file ({error}): {}", String::from_utf8_lossy(&run.stderr))
        });
        Read::open(bytes)
    };
    let computed = (0..workbooks.len()).map(read).collect();
    std::fs::remove_dir_all(&directory).unwrap();
    computed
}

/// A workbook whose one formula has a wrong result beside it.
fn wrong() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_formula(0, 0, Formula::new("=1+1").set_result("3")).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn agree(written: &Data, computed: &Data) -> bool {
    match (written, computed) {
        (Data::Float(a), Data::Float(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (Data::Empty, Data::String(empty)) | (Data::String(empty), Data::Empty) => empty.is_empty(),
        _ => written == computed,
    }
}

#[test]
fn libreoffice_computes_every_formula_to_the_result_beside_it() {
    let write = |content: &EditionContent| tonghop::workbooks::write(content, EditionCopy::Ministry).unwrap();
    let (bytes, parts, wrong) = (write(&sample::with_a_chart()), write(&sample::with_parts()), wrong());
    let references = write(&marks::with_references());
    let mut read = recomputed(&[&bytes, &parts, &wrong, &references]);
    let computed_references = read.remove(3);
    let (mut control, computed_parts, computed) = (read.remove(2), read.remove(1), read.remove(0));
    let mut written = Read::open(wrong);
    let sheet = written.sheets().remove(0);
    assert_eq!(written.cell(&sheet, 0, 0), Data::Float(3.0));
    assert_eq!(control.cell(&sheet, 0, 0), Data::Float(2.0), "LibreOffice must compute, not copy");

    // 6 differences and 5 percentages, a count of yes having none; 6 totals and 3 of the ratio; 3 ratios of units.
    assert_eq!(agreeing(Read::open(bytes), computed).unwrap(), 6 + 5 + 6 + 3 + 3 + CHARTED);
    // With D03 and D04 on the sheet: 8 differences, 7 percentages; 8 totals and 1 of the ratio; 2 ratios of units.
    assert_eq!(agreeing(Read::open(parts), computed_parts).unwrap(), 8 + 7 + 8 + 1 + 2);
    // Figures for reference are numbers, and no formula of a total takes one in.
    assert!(agreeing(Read::open(references), computed_references).unwrap() > 15);
}

/// Cells of the chart's table: two indicators, this year and last.
const CHARTED: usize = 4;

/// Compares every formula's result with what was computed, and says how many there are, or where they differ.
pub fn agreeing(mut written: Read, mut computed: Read) -> Result<usize, String> {
    assert_eq!(written.sheets(), computed.sheets());
    let mut formulas = 0;
    for sheet in written.sheets() {
        let cells = written.formulas(&sheet);
        let Some(start) = cells.start() else { continue };
        for (row, column, formula) in cells.used_cells() {
            let (row, column) = (start.0 + row as u32, start.1 + column as u32);
            let (ours, theirs) = (written.cell(&sheet, row, column), computed.cell(&sheet, row, column));
            if !agree(&ours, &theirs) {
                return Err(format!("{sheet} {row}:{column} ={formula}: {ours:?} against {theirs:?}"));
            }
            formulas += 1;
        }
    }
    Ok(formulas)
}

/// The workbook with the kept result of the first total on a sheet changed, the formula as it was.
fn with_a_wrong_result(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut changed = 0;
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut body = Vec::new();
        part.read_to_end(&mut body).unwrap();
        if name.starts_with("xl/worksheets/sheet") && changed == 0 {
            let text = String::from_utf8(body).unwrap();
            body = match text.split_once("</f><v>1397</v>") {
                Some((before, after)) => {
                    changed += 1;
                    format!("{before}</f><v>1398</v>{after}").into_bytes()
                }
                None => text.into_bytes(),
            };
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&body).unwrap();
    }
    assert_eq!(changed, 1, "there is such a total");
    to.finish().unwrap().into_inner()
}

#[test]
fn libreoffice_finds_a_wrong_result_beside_a_right_formula() {
    let bytes = tonghop::workbooks::write(sample::edition(), EditionCopy::Ministry).unwrap();
    let bytes = with_a_wrong_result(&bytes);
    let computed = recomputed(&[&bytes]).remove(0);
    let fault = agreeing(Read::open(bytes), computed).unwrap_err();
    assert!(fault.contains("1398") && fault.contains("1397"), "{fault}");
}
