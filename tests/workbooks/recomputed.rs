//! LibreOffice opens the workbook, forgets our results, computes every formula again and saves. What it finds
//! must be what we wrote. A workbook with a result that is wrong on purpose shows that it really computes.

use std::path::Path;
use std::process::Command;

use super::{Read, sample};
use calamine::Data;
use rust_xlsxwriter::{Formula, Workbook};

/// Makes LibreOffice compute always, also what another program says it has computed.
const ALWAYS_RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// The workbook as LibreOffice saves it after computing it.
fn recomputed(name: &str, bytes: &[u8]) -> Read {
    let directory = std::env::temp_dir().join(format!("tonghop-{name}-{}", std::process::id()));
    let profile = directory.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS_RECALCULATE).unwrap();
    let input = directory.join("in.xlsx");
    std::fs::write(&input, bytes).unwrap();
    let output = directory.join("out");
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&output)
        .arg(&input)
        .output()
        .unwrap_or_else(|error| {
            panic!("LibreOffice (soffice) is needed for this test; tests/run installs it: {error}")
        });
    let converted: &Path = &output.join("in.xlsx");
    let bytes = std::fs::read(converted).unwrap_or_else(|error| {
        panic!("LibreOffice made no file ({error}): {}", String::from_utf8_lossy(&run.stderr))
    });
    std::fs::remove_dir_all(&directory).unwrap();
    Read::open(bytes)
}

fn agree(written: &Data, computed: &Data) -> bool {
    match (written, computed) {
        (Data::Float(a), Data::Float(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (Data::Empty, Data::String(empty)) | (Data::String(empty), Data::Empty) => empty.is_empty(),
        _ => written == computed,
    }
}

#[test]
fn every_formula_gives_the_result_written_beside_it() {
    let bytes = tonghop::workbooks::write(&sample::edition()).unwrap();
    let mut written = Read::open(bytes.clone());
    let mut computed = recomputed("edition", &bytes);
    assert_eq!(written.sheets(), computed.sheets());
    let mut formulas = 0;
    for sheet in written.sheets() {
        let cells = written.formulas(&sheet);
        let Some(start) = cells.start() else { continue };
        for (row, column, formula) in cells.used_cells() {
            let (row, column) = (start.0 + row as u32, start.1 + column as u32);
            let (ours, theirs) = (written.cell(&sheet, row, column), computed.cell(&sheet, row, column));
            assert!(agree(&ours, &theirs), "{sheet} {row}:{column} ={formula}: {ours:?} against {theirs:?}");
            formulas += 1;
        }
    }
    // 7 differences and 6 percentages; 6 totals and 3 of the ratio; 3 ratios of units.
    assert_eq!(formulas, 7 + 6 + 6 + 3 + 3);
}

#[test]
fn a_wrong_result_is_found() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_formula(0, 0, Formula::new("=1+1").set_result("3")).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let sheet = Read::open(bytes.clone()).sheets().remove(0);
    assert_eq!(Read::open(bytes.clone()).cell(&sheet, 0, 0), Data::Float(3.0));
    assert_eq!(recomputed("control", &bytes).cell(&sheet, 0, 0), Data::Float(2.0));
}
