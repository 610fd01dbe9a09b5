//! The national table: totals of the provinces folded once more, by each indicator's rule between levels, ratios from
//! numerators and denominators. What a province added itself is stacked and never added.

use chrono::{DateTime, NaiveDateTime};

use super::fault::Fault;
use super::file::ProvinceFile;
use super::totals::ProvinceTotal;
use crate::consolidation::content::{
    EditionContent, FigureStatus, Identity, IndicatorGroup, IndicatorLine, MissingUnit, RatioParts,
    Signatory, Telling, UnitFigure, UnitLine,
};
use crate::consolidation::{Comparison, FoldError, PartDecimals, Total, fold_levels};
use crate::indicators::UnitRule;
use crate::standard::provinces;
use crate::vietnamese::{Qualifier, capital};

/// A province of the list that no file is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub code: String,
    pub name: String,
}

/// What the merged workbook says.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The national totals, with a line for every province in place of a unit.
    pub content: EditionContent,
    /// The files, by code of the province.
    pub files: Vec<ProvinceFile>,
    /// Of the 34, in the order of the official codes.
    pub missing: Vec<Missing>,
    /// The period ended before there were 34 provinces: a code of then may be of another territory.
    pub before_the_34: bool,
}

/// Folds files that agree.
pub(super) fn merged(mut files: Vec<ProvinceFile>, agency: &str) -> Result<Merged, Vec<Fault>> {
    files.sort_by(|a, b| a.header.province_code.cmp(&b.header.province_code));
    let of_all = |message: String| vec![Fault::of_all(&message)];
    let groups = groups(&files).map_err(|error| of_all(format!("{error}.")))?;
    let all = provinces::all().map_err(|error| of_all(error.to_string()))?;
    let window_to = files.first().map(|file| file.header.window_to);
    let there = |code: &str| files.iter().any(|file| file.header.province_code == code);
    let missing: Vec<Missing> = all
        .iter()
        .filter(|province| !there(&province.code))
        .map(|province| Missing {
            code: province.code.clone(),
            name: province.naming(window_to.is_some_and(|day| province.is_city_on(day))).title(),
        })
        .collect();
    let units = files.iter().map(|file| line(file, &groups)).collect();
    let identity = identity(&files, agency).ok_or_else(|| of_all("Chưa có tệp nào để gộp.".to_owned()))?;
    let content = EditionContent {
        same_period_note: String::new(),
        identity,
        groups,
        units,
        narrative: vec![],
        lists: vec![],
        missing: missing
            .iter()
            .map(|province| MissingUnit {
                name: province.name.clone(),
                progress: format!("mã {}", province.code),
                requested: false,
                uid: String::new(),
                consolidated: false,
            })
            .collect(),
        missing_below: vec![],
        outside: vec![],
        sendings: vec![],
        tasks: vec![],
        evidence: vec![],
        changes: None,
        paper: None,
    };
    Ok(Merged {
        before_the_34: window_to.is_some_and(|day| day < provinces::since()),
        content,
        files,
        missing,
    })
}

/// Every code that is C11's, in the order of the files, with the totals of all provinces that have it.
fn groups(files: &[ProvinceFile]) -> Result<Vec<IndicatorGroup>, FoldError> {
    let mut groups: Vec<IndicatorGroup> = Vec::new();
    let mut codes: Vec<&ProvinceTotal> = Vec::new();
    for total in files.iter().flat_map(|file| &file.totals).filter(|total| !total.is_local()) {
        if !codes.iter().any(|known| known.code == total.code) {
            codes.push(total);
        }
    }
    codes.sort_by(|a, b| a.group.0.cmp(&b.group.0));
    for known in codes {
        let of_code = |file: &'_ ProvinceFile| file.totals.iter().position(|total| total.code == known.code);
        let all: Vec<&ProvinceTotal> =
            files.iter().filter_map(|file| Some(&file.totals[of_code(file)?])).collect();
        let indicator = indicator(known, &all)?;
        match groups.iter_mut().find(|group| group.code == known.group.0) {
            Some(group) => group.indicators.push(indicator),
            None => groups.push(IndicatorGroup {
                code: known.group.0.clone(),
                name: known.group.1.clone(),
                // Only totals of provinces are in it.
                classified: false,
                indicators: vec![indicator],
            }),
        }
    }
    Ok(groups)
}

fn indicator(known: &ProvinceTotal, all: &[&ProvinceTotal]) -> Result<IndicatorLine, FoldError> {
    let (code, level) = (known.code.as_str(), known.rule.level_rule());
    let parts = PartDecimals { numerator: known.decimals[1], denominator: known.decimals[2] };
    let total = fold_levels(code, level, all.iter().map(|one| &one.total))?;
    let folded = |side: fn(&ProvinceTotal) -> Option<&Total>| -> Result<Option<Total>, FoldError> {
        let there: Vec<&Total> = all.iter().copied().filter_map(side).collect();
        if there.is_empty() { Ok(None) } else { fold_levels(code, level, there).map(Some) }
    };
    let now = folded(|one| one.compared.as_ref().map(|(now, _)| now))?;
    let before = folded(|one| one.compared.as_ref().map(|(_, before)| before))?;
    let both = now.zip(before);
    Ok(IndicatorLine {
        code: known.code.clone(),
        name: known.name.clone(),
        measure_unit: known.measure.clone(),
        value_type: known.value_type,
        decimals: if known.rule == UnitRule::Ratio { 0 } else { known.decimals[0] },
        display_exponent: 0,
        rule: known.rule,
        ratio: (known.rule == UnitRule::Ratio).then(|| RatioParts {
            numerator: "tử số".to_owned(),
            denominator: "mẫu số".to_owned(),
            decimals: parts,
        }),
        total,
        same_period: folded(|one| one.same_period.as_ref())?,
        cumulative: folded(|one| one.cumulative.as_ref())?,
        comparison: both
            .map(|(now, before)| Comparison::between(code, level, parts, now, before))
            .transpose()?,
        note: String::new(),
        same_period_word: String::new(),
        telling: Telling::default(),
    })
}

/// A province in place of a unit.
fn line(file: &ProvinceFile, groups: &[IndicatorGroup]) -> UnitLine {
    let nothing = crate::consolidation::content::Reading::default();
    let figure = |line: &IndicatorLine| {
        let own = file.totals.iter().find(|total| total.code == line.code)?;
        let side = |total: Option<Total>| total.map_or(nothing, |total| total.reading());
        Some(UnitFigure {
            indicator: line.code.as_str().into(),
            state: if own.total.n == 0 { FigureStatus::Blank } else { FigureStatus::Given },
            counts: true,
            now: own.total.reading(),
            same_period: side(own.same_period),
            cumulative: side(own.cumulative),
            estimate: own.total.estimated,
            qualifier: if own.total.approximate { Qualifier::Nearly } else { Qualifier::Exact },
            note: String::new(),
            total: Some(Box::new(own.total)),
            compared: own.compared.map(Box::new),
        })
    };
    UnitLine {
        uid: file.header.content_sha256.clone(),
        code: file.header.province_code.clone(),
        name: capital(&file.header.province),
        kind: "province".to_owned(),
        kind_name: "Tỉnh, thành phố trực thuộc Trung ương".to_owned(),
        progress: format!("Bản lần {}", file.header.edition),
        figures: groups.iter().flat_map(|group| &group.indicators).filter_map(figure).collect(),
        consolidated: true,
        took_in: vec![],
        revision: Some(file.header.edition),
    }
}

fn identity(files: &[ProvinceFile], agency: &str) -> Option<Identity> {
    let first = &files.first()?.header;
    // The table is as old as the newest edition in it: the same files give the same bytes.
    let created_at = files.iter().filter_map(|file| instant(&file.header.approved_at)).max()?;
    let mut regimes: Vec<&str> = files.iter().map(|file| file.header.regime.as_str()).collect();
    regimes.sort_unstable();
    regimes.dedup();
    let regime_name = match regimes.as_slice() {
        // Named after a province, it is not what the whole country reports.
        [one] if !files.iter().any(|file| one.contains(file.header.province.as_str())) => (*one).to_owned(),
        _ => "Kết quả công tác tái hòa nhập cộng đồng của các tỉnh, thành phố".to_owned(),
    };
    Some(Identity {
        province_code: String::new(),
        province_code_from: None,
        province_code_to: None,
        province: "toàn quốc".to_owned(),
        regime_code: String::new(),
        regime_name,
        period_code: first.period_code.clone(),
        period_label: first.period_label.clone(),
        window_from: first.window_from,
        window_to: first.window_to,
        edition_number: 1,
        catalogue_version: first.catalogue_version.clone(),
        created_at,
        approved_at: None,
        sha256: String::new(),
        doc_number: None,
        doc_date: None,
        agency: agency.to_owned(),
        superior: "Bộ Công an".to_owned(),
        place: "Hà Nội".to_owned(),
        signatory: Signatory { capacity: vec![], name: None },
        compiled_by: None,
    })
}

/// An instant with its offset, in UTC.
fn instant(text: &str) -> Option<NaiveDateTime> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_utc())
}
