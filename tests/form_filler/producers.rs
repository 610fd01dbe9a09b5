//! Forms of other producers: one written by rust_xlsxwriter with a picture, a chart and conditions, and the same saved
//! anew by LibreOffice. Cells bound from outside the form, where it has no cell yet.

use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Image, Workbook,
};
use tonghop::form_filler::{Binding, Cell, Form};

use super::by_openpyxl::{filling, look};
use crate::support::app::TempDir;

/// One black point, as a PNG.
const POINT: [u8; 67] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0,
    1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60, 0,
    0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

fn soffice(folder: &Path, kind: &str, source: &Path) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let output = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", kind, "--outdir"])
        .arg(folder.join("out"))
        .arg(source)
        .output()
        .unwrap_or_else(|e| panic!("this test needs LibreOffice: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The first sheet as LibreOffice computes and shows it.
pub(super) fn as_csv(bytes: &[u8], folder: &Path) -> Vec<Vec<String>> {
    let source = folder.join("computed.xlsx");
    std::fs::write(&source, bytes).unwrap();
    soffice(folder, "csv:Text - txt - csv (StarCalc):44,34,76,1", &source);
    let text = std::fs::read(folder.join("out/computed.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn with_picture() -> Vec<u8> {
    let mut book = Workbook::new();
    let money = Format::new()
        .set_num_format("#,##0.00")
        .set_font_name("Times New Roman")
        .set_border(rust_xlsxwriter::FormatBorder::Thin);
    let sheet = book.add_worksheet().set_name("Mẫu").unwrap();
    sheet.write(0, 0, "{{period.label}}").unwrap();
    sheet.write_with_format(3, 0, "{{units}} {{unit.name}}", &money).unwrap();
    sheet.write_with_format(3, 1, "{{D02.value}}", &money).unwrap();
    sheet.write_formula_with_format(3, 2, Formula::new("=B4*2").set_result("0"), &money).unwrap();
    sheet.write_formula(4, 1, Formula::new("=SUM(B4:B4)").set_result("0")).unwrap();
    sheet.write_formula(4, 2, Formula::new("=SUM(C4:C4)").set_result("0")).unwrap();
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(400))
        .set_format(Format::new().set_bold());
    sheet.add_conditional_format(3, 1, 3, 1, &rule).unwrap();
    sheet.insert_image(9, 0, &Image::new_from_buffer(&POINT).unwrap()).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("Mẫu!$B$4:$B$4").set_categories("Mẫu!$A$4:$A$4");
    sheet.insert_chart(9, 3, &chart).unwrap();
    book.save_to_buffer().unwrap()
}

const UNITS: [(&str, u32, u32); 3] = [("Công an tỉnh", 500, 3), ("Sở Nội vụ", 300, 2), ("Tỉnh đoàn", 41, 1)];

#[test]
fn a_form_with_picture_and_chart_also_from_libreoffice() {
    let folder = TempDir::new();
    let made = with_picture();
    let source = folder.0.join("form.xlsx");
    std::fs::write(&source, &made).unwrap();
    soffice(&folder.0, "xlsx:Calc MS Excel 2007 XML", &source);
    let saved_anew = std::fs::read(folder.0.join("out/form.xlsx")).unwrap();
    for form in [made, saved_anew] {
        let filled = Form::read(form.clone()).unwrap().fill(&[], &filling(&UNITS)).unwrap();
        let rows = as_csv(&filled, &folder.0);
        let shown = |row: usize| rows[row].iter().take(3).map(String::as_str).collect::<Vec<_>>();
        assert_eq!(shown(0)[0], "6 tháng đầu năm 2025");
        assert_eq!(shown(3)[0].trim(), "Công an tỉnh");
        assert_eq!(shown(5)[0].trim(), "Tỉnh đoàn");
        assert_eq!(shown(6)[1..], ["841", "1682"]);
        let pictures = |bytes: &[u8]| {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let names: Vec<String> =
                (0..zip.len()).map(|i| zip.by_index(i).unwrap().name().unwrap().to_string()).collect();
            names
                .into_iter()
                .filter(|name| name.starts_with("xl/media/") || name.starts_with("xl/styles"))
                .collect::<Vec<_>>()
        };
        assert!(pictures(&filled).len() == 2, "{:?}", pictures(&filled));
        assert_eq!(pictures(&form), pictures(&filled));
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(filled.as_slice())).unwrap();
        let chart: String = (0..zip.len())
            .filter_map(|index| {
                let file = zip.by_index(index).unwrap();
                let chart = file.name().unwrap().starts_with("xl/charts/chart");
                chart.then(|| std::io::read_to_string(file).unwrap())
            })
            .collect();
        assert!(chart.contains("$B$4:$B$6") && chart.contains("$A$4:$A$6"), "the chart shows every unit");
    }
}

#[test]
fn cells_bound_from_outside_may_not_be_there_yet_for_openpyxl() {
    let folder = TempDir::new();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Trống").unwrap();
    let sheet = book.add_worksheet().set_name("Mẫu").unwrap();
    sheet.write(4, 1, "giữ").unwrap();
    sheet.write(4, 3, "thay").unwrap();
    sheet.set_row_height(7, 30).unwrap();
    let form = Form::read(book.save_to_buffer().unwrap()).unwrap();
    let bind = |sheet: &str, cell: &str, name: &str| Binding {
        sheet: sheet.to_owned(),
        cell: Cell::parse(cell).unwrap(),
        name: name.to_owned(),
    };
    let bindings = [
        bind("Trống", "B2", "D02.total"),
        bind("Mẫu", "D5", "D02.total"),
        bind("Mẫu", "C5", "D02.percent"),
        bind("Mẫu", "A5", "D02.same_period"),
        bind("Mẫu", "C8", "D02.total"),
        bind("Mẫu", "E2", "D02.percent"),
        bind("Mẫu", "B20", "D02.total"),
        bind("Mẫu", "A20", "period.label"),
    ];
    let found = look(&form.fill(&bindings, &filling(&[])).unwrap(), &folder.0);
    let value = |sheet: &str, cell: &str| found["sheets"][sheet]["cells"][cell][0].clone();
    assert_eq!(value("Trống", "B2"), 1245);
    assert_eq!(value("Mẫu", "A5"), 1200.5);
    assert_eq!(value("Mẫu", "B5"), "giữ");
    assert_eq!(value("Mẫu", "C5"), "+3,7 %");
    assert_eq!(value("Mẫu", "D5"), 1245);
    assert_eq!(value("Mẫu", "C8"), 1245);
    assert_eq!(value("Mẫu", "E2"), "+3,7 %");
    assert_eq!(value("Mẫu", "A20"), "6 tháng đầu năm 2025");
    assert_eq!(value("Mẫu", "B20"), 1245);
    assert_eq!(found["sheets"]["Mẫu"]["heights"]["8"], 30.0);
}
