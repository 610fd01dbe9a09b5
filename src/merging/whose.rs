//! Whose a file is: its code and name against the catalogue of provinces on the period's last day, its indicators against the
//! catalogue C11 issued, and no content or unit of another province's file.

use std::collections::{HashMap, HashSet};

use super::cells::{Cell, StackedRow};
use super::fault::Fault;
use super::file::ProvinceFile;
use crate::consolidation::issued_version;
use crate::error::Error;
use crate::standard::catalogue::issued;
use crate::standard::provinces;
use crate::vietnamese::short_date;
use crate::workbooks::schema::{Column, DATA, IDENTITY};

/// Everything by which files are not of the provinces they name.
///
/// # Errors
/// What could not be read of the lists built into the program.
pub(super) fn faults(files: &[ProvinceFile]) -> Result<Vec<Fault>, Error> {
    let mut faults = Vec::new();
    for file in files {
        faults.extend(named(file)?);
    }
    faults.append(&mut unknown(files)?);
    faults.append(&mut shared(files));
    Ok(faults)
}

fn at(file: &ProvinceFile, key: &str, message: String) -> Fault {
    let row = file.header.places.get(key).copied().unwrap_or(0);
    Fault::at(&file.name, IDENTITY, (row, 1), message)
}

/// A code is a province's on some days: 24 was Bắc Giang's to 30/6/2025 and is Bắc Ninh's since.
fn named(file: &ProvinceFile) -> Result<Option<Fault>, Error> {
    let (code, day) = (&file.header.province_code, file.header.window_to);
    let Some(known) = provinces::coded(code, day)? else {
        let words = format!("Mã {code} không phải mã của tỉnh, thành phố nào vào ngày {}.", short_date(day));
        return Ok(Some(at(file, "ma_tinh", words)));
    };
    if known.is_named(&file.header.province) {
        return Ok(None);
    }
    let words = format!(
        "Vào ngày {} mã {code} là của {}; tệp ghi {}. Kiểm tra lại tệp này của tỉnh nào.",
        short_date(day),
        known.naming.full(),
        file.header.province
    );
    Ok(Some(at(file, "tinh", words)))
}

/// Codes that are neither C11's nor a province's own. Only of files made with the catalogue that is known here: what another
/// version holds its fingerprint alone says.
fn unknown(files: &[ProvinceFile]) -> Result<Vec<Fault>, Error> {
    let version = issued_version()?;
    let rows = issued()?;
    let codes: HashSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let known = files.iter().filter(|file| file.header.catalogue_version == version);
    Ok(known
        .flat_map(|file| file.totals.iter().map(move |total| (file, total)))
        .filter(|(_, total)| !total.is_local() && !codes.contains(total.code.as_str()))
        .map(|(file, total)| {
            let words = format!(
                "Chỉ tiêu {} không có trong danh mục C11 ban hành ({version}); chỉ tiêu của tỉnh phải có mã bắt đầu bằng DP.",
                total.code
            );
            Fault::at(&file.name, DATA, (total.row, Column::Indicator.at()), words)
        })
        .collect())
}

/// Two provinces have no edition in common, and no unit. The same province twice is said by the others.
fn shared(files: &[ProvinceFile]) -> Vec<Fault> {
    let mut contents: HashMap<&str, &ProvinceFile> = HashMap::new();
    let mut units: HashMap<&str, &ProvinceFile> = HashMap::new();
    let mut faults = Vec::new();
    let others =
        |one: &ProvinceFile, other: &ProvinceFile| one.header.province_code != other.header.province_code;
    for file in files {
        let sha256 = file.header.content_sha256.as_str();
        let same = contents.get(sha256).filter(|before| others(before, file));
        if let Some(before) = same {
            let words = format!(
                "Cùng một nội dung (SHA-256) với tệp {} của {}: hai tỉnh không có chung bản tổng hợp.",
                before.name, before.header.province
            );
            faults.push(at(file, "sha256", words));
        }
        let mut own: Vec<(&str, u32)> = Vec::new();
        let mut seen = HashSet::new();
        for row in &file.rows {
            if let Some(place) = uid(row).filter(|place| seen.insert(*place)) {
                own.push((file.texts.get(place), row.row));
            }
        }
        let found = own
            .iter()
            .find_map(|(uid, row)| Some((units.get(uid).filter(|before| others(before, file))?, *row)));
        if let (Some((before, row)), None) = (found, same) {
            let words = format!(
                "Đơn vị này cũng có trong tệp {} của {}: hai tỉnh không có chung đơn vị.",
                before.name, before.header.province
            );
            faults.push(Fault::at(&file.name, DATA, (row, Column::UnitUid.at()), words));
        }
        if !sha256.is_empty() {
            contents.entry(sha256).or_insert(file);
        }
        for (uid, _) in own {
            units.entry(uid).or_insert(file);
        }
    }
    faults
}

/// The place of a row's unit among the texts.
fn uid(row: &StackedRow) -> Option<u32> {
    match row.cell(Column::UnitUid.at()) {
        Some(Cell::Text(place)) => Some(place),
        _ => None,
    }
}
