//! What the files must have in common: layout and copy are each file's own matter; window, period, catalogue and the
//! definition of every code are of all of them, and a province comes once.

use std::collections::HashMap;

use super::fault::Fault;
use super::file::ProvinceFile;
use super::totals::ProvinceTotal;
use crate::vietnamese::short_date;
use crate::workbooks::schema::{Column, DATA, IDENTITY};

/// Everything on which files differ; each is held against the first that was read.
pub(super) fn faults(files: &[ProvinceFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some((first, others)) = files.split_first() else { return faults };
    for file in others {
        let at = |key: &str, message: String| {
            let row = file.header.places.get(key).copied().unwrap_or(0);
            Fault::at(&file.name, IDENTITY, (row, 1), message)
        };
        let (own, of) = (&file.header, &first.header);
        if own.period_code != of.period_code {
            let words = format!("Kỳ {}; tệp {} là kỳ {}.", own.period_code, first.name, of.period_code);
            faults.push(at("ma_ky", words));
        }
        for (key, own, of) in
            [("so_lieu_tu", own.window_from, of.window_from), ("so_lieu_den", own.window_to, of.window_to)]
        {
            if own != of {
                faults.push(at(
                    key,
                    format!(
                        "Thời gian chốt số liệu {} khác {} của tệp {}.",
                        short_date(own),
                        short_date(of),
                        first.name
                    ),
                ));
            }
        }
        if own.catalogue_version != of.catalogue_version {
            faults.push(at(
                "phien_ban_danh_muc",
                format!(
                    "Danh mục chỉ tiêu {} khác {} của tệp {}: hai tỉnh chưa dùng cùng danh mục C11 ban hành.",
                    own.catalogue_version, of.catalogue_version, first.name
                ),
            ));
        }
    }
    faults.append(&mut twice(files));
    faults.append(&mut definitions(files));
    faults
}

/// A province that comes more than once, in whatever edition.
fn twice(files: &[ProvinceFile]) -> Vec<Fault> {
    let mut seen: HashMap<&str, &ProvinceFile> = HashMap::new();
    let mut faults = Vec::new();
    for file in files {
        let Some(before) = seen.insert(&file.header.province_code, file) else { continue };
        let row = file.header.places.get("ma_tinh").copied().unwrap_or(0);
        let words = format!(
            "{} (mã {}) có hai tệp: {} lần {} và {} lần {}. Bỏ bớt một.",
            file.header.province,
            file.header.province_code,
            before.name,
            before.header.edition,
            file.name,
            file.header.edition
        );
        faults.push(Fault::at(&file.name, IDENTITY, (row, 1), words));
    }
    faults
}

/// Codes issued by C11 are locked: each means the same in every file.
fn definitions(files: &[ProvinceFile]) -> Vec<Fault> {
    let columns = [
        Column::IndicatorName,
        Column::Measure,
        Column::Rule,
        Column::ValueType,
        Column::Decimals,
        Column::GroupCode,
    ];
    let mut first: HashMap<&str, (&ProvinceFile, &ProvinceTotal)> = HashMap::new();
    let mut faults = Vec::new();
    for file in files {
        for total in file.totals.iter().filter(|total| !total.is_local()) {
            let (other, known) = *first.entry(&total.code).or_insert((file, total));
            let (own, of) = (total.definition(), known.definition());
            let differs = own.iter().zip(&of).zip(columns).find(|((own, of), _)| own != of);
            let Some(((own, of), column)) = differs else { continue };
            let words = format!(
                "Chỉ tiêu {} do C11 ban hành, tỉnh không được đổi: “{own}” khác “{of}” của tệp {}.",
                total.code, other.name
            );
            faults.push(Fault::at(&file.name, DATA, (total.row, column.at()), words));
        }
    }
    faults
}
