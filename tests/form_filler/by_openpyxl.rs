//! A form made by openpyxl, filled, and read again by openpyxl and LibreOffice. Expected places stand here as somebody
//! would find them who puts three rows in by hand.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use tonghop::form_filler::{Filling, Form, Value};

use crate::support::app::TempDir;

pub(super) fn python(program: &str, words: &[&str]) -> String {
    let output = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/form_filler").join(program))
        .args(words)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("this test needs python3 with openpyxl: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub fn look(bytes: &[u8], folder: &Path) -> Json {
    let path = folder.join("looked-at.xlsx");
    std::fs::write(&path, bytes).unwrap();
    serde_json::from_str(&python("look.py", &[path.to_str().unwrap()])).unwrap()
}

fn form(folder: &Path, still: bool) -> Vec<u8> {
    let path = folder.join("form.xlsx");
    python("make.py", &[path.to_str().unwrap(), if still { "still" } else { "" }]);
    std::fs::read(path).unwrap()
}

fn number(number: &str, text: &str) -> Value {
    Value { number: Some(number.to_owned()), text: text.to_owned() }
}

fn words(text: &str) -> Value {
    Value { number: None, text: text.to_owned() }
}

pub(super) fn filling(units: &[(&str, u32, u32)]) -> Filling {
    let once = HashMap::from([
        ("period.label".to_owned(), words("6 tháng đầu năm 2025")),
        ("province.name".to_owned(), words("tỉnh Bắc Giang & <Bắc Ninh>")),
        ("D02.total".to_owned(), number("1245", "1.245")),
        ("D02.same_period".to_owned(), number("1200.5", "1.200,5")),
        ("D02.percent".to_owned(), words("+3,7 %")),
    ]);
    let unit = |(order, (name, cases, people)): (usize, &(&str, u32, u32))| {
        HashMap::from([
            ("unit.order".to_owned(), number(&(order + 1).to_string(), &(order + 1).to_string())),
            ("unit.name".to_owned(), words(name)),
            ("D02.value".to_owned(), number(&cases.to_string(), &cases.to_string())),
            ("E01.value".to_owned(), if *people == 0 { words("") } else { number(&people.to_string(), "") }),
        ])
    };
    Filling { once, units: units.iter().enumerate().map(unit).collect() }
}

const UNITS: [(&str, u32, u32); 4] = [
    ("Công an tỉnh", 500, 30),
    ("Sở \"Tư pháp\"", 400, 0),
    ("UBND huyện Lục Nam", 300, 12),
    ("=HYPERLINK()", 45, 1),
];

fn parts(bytes: &[u8]) -> HashMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

#[test]
fn without_repeated_rows_only_marked_cells_change() {
    let folder = TempDir::new();
    let before = form(&folder.0, true);
    let after = Form::read(before.clone()).unwrap().fill(&[], &filling(&UNITS)).unwrap();
    let (old, new) = (parts(&before), parts(&after));
    let changed: Vec<&String> = old.keys().filter(|name| old[*name] != new[*name]).collect();
    let allowed = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"];
    assert!(changed.iter().all(|name| allowed.contains(&name.as_str())), "{changed:?}");
    assert_eq!(old.len(), new.len());
    let (mut was, is) = (look(&before, &folder.0), look(&after, &folder.0));
    let cells =
        |found: &mut Json, cell: &str, value: Json| found["sheets"]["Biểu 1"]["cells"][cell][0] = value;
    cells(&mut was, "A1", "TỔNG HỢP 6 tháng đầu năm 2025 CỦA tỉnh Bắc Giang & <Bắc Ninh>".into());
    cells(&mut was, "A9", "Toàn tỉnh 1.245 vụ; so với cùng kỳ +3,7 %.".into());
    cells(&mut was, "C10", 1245.into());
    cells(&mut was, "D10", 1200.5.into());
    assert_eq!(was, is);
}

#[test]
fn a_repeated_row_takes_everything_below_along() {
    let folder = TempDir::new();
    let before = form(&folder.0, false);
    let after = Form::read(before.clone()).unwrap().fill(&[], &filling(&UNITS)).unwrap();
    let (was, is) = (look(&before, &folder.0), look(&after, &folder.0));
    let sheet = &is["sheets"]["Biểu 1"];
    let value = |cell: &str| sheet["cells"][cell][0].clone();
    for (row, (name, cases, people)) in (5..).zip(UNITS) {
        assert_eq!(value(&format!("A{row}")), Json::from(row - 4));
        assert_eq!(value(&format!("B{row}")), Json::from(name), "a name is text, whatever it begins with");
        assert_eq!(value(&format!("C{row}")), Json::from(cases));
        assert_eq!(value(&format!("D{row}")), if people == 0 { Json::Null } else { people.into() });
        assert_eq!(value(&format!("E{row}")), Json::from(format!("=C{row}+D{row}")));
        assert_eq!(value(&format!("F{row}")), Json::from(format!("=C{row}/C$10")));
        assert_eq!(sheet["heights"][row.to_string()].as_f64(), Some(24.0));
        for column in ["A", "B", "C", "D", "E", "F"] {
            let cell = format!("{column}{row}");
            assert_eq!(
                sheet["cells"][&cell][1],
                was["sheets"]["Biểu 1"]["cells"][format!("{column}5")][1],
                "{cell}"
            );
        }
    }
    let expected = [
        ("A10", "Cộng"),
        ("C10", "=SUM(C5:C8)"),
        ("D10", "=SUM(D5:D9)"),
        ("E10", "=SUM(E$5:E$8)"),
        ("A12", "Toàn tỉnh 1.245 vụ; so với cùng kỳ +3,7 %."),
        ("C14", "=C13-C10"),
    ];
    for (cell, said) in expected {
        assert_eq!(value(cell), said, "{cell}");
    }
    assert_eq!(value("C13"), 1245);
    assert_eq!(sheet["cells"]["C10"][2], "Cộng các đơn vị");
    assert_eq!(sheet["merged"], serde_json::json!(["A10:B10", "A1:F1"]));
    assert_eq!(
        sheet["conditions"],
        serde_json::json!([["A12:F12", [["$C$13>$C$10"]]], ["C5:D10", [["100"]]], ["F5:F8", [["0.5"]]]])
    );
    assert_eq!(sheet["checks"], serde_json::json!([["C5:C8", "1000"], ["D5:D13", "$C$14"]]));
    assert_eq!(sheet["frozen"], "A5");
    assert_eq!(sheet["titles"], "$3:$4");
    assert_eq!(sheet["area"], "'Biểu 1'!$A$1:$F$15");
    assert_eq!(sheet["orientation"], "landscape");
    assert_eq!(sheet["widths"], was["sheets"]["Biểu 1"]["widths"]);
    assert_eq!(sheet["charts"], serde_json::json!([["'Biểu 1'!$C$5:$C$8", 11]]));
    assert_eq!(is["names"]["TONG"], "'Biểu 1'!$C$10");
    let other = &is["sheets"]["Khác"]["cells"];
    assert_eq!(other["A1"][0], "='Biểu 1'!C10*2");
    assert_eq!(other["A2"][0], "=SUM('Biểu 1'!$C$5:$C$12)");
    assert_eq!(other["A4"][0], "=\"C7 \"&A3");
    assert_eq!(other["B1"][0], "007");
}

/// LibreOffice computes the sums anew; a form for nobody keeps its row, empty.
#[test]
fn sums_over_repeated_rows_come_out_in_libreoffice() {
    let folder = TempDir::new();
    let form = Form::read(form(&folder.0, false)).unwrap();
    for (units, cases, people) in [(&UNITS[..], 1245, 43), (&UNITS[..1], 500, 30), (&UNITS[..0], 0, 0)] {
        let bytes = form.fill(&[], &filling(units)).unwrap();
        let rows = super::producers::as_csv(&bytes, &folder.0);
        let total = rows.iter().find(|row| row[0] == "Cộng").unwrap();
        assert_eq!((total[2].as_str(), total[3].as_str()), (&*cases.to_string(), &*people.to_string()));
        let row = rows.iter().position(|row| row[0] == "Cộng").unwrap();
        assert_eq!(row, 6 + units.len().max(1) - 1);
    }
}
