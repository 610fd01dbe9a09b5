//! The units of a content as the bodies stand today: whoever passed whole into another has its figures there, added up by
//! each indicator's rule; a divided body keeps a row of its own. Stands between the lens and the table by unit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::content::{
    EditionContent, FigureStatus, IndicatorGroup, IndicatorLine, UnitFigure, UnitLine,
};
use super::super::fold::UnitRow;
use super::super::past::{as_one, reading};
use super::super::queries;
use super::view::{Cell, UnitRowView, standing};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::periods::Progress;
use crate::units::lens::{Lens, Of, Stands, Structure};
use crate::units::{self, UnitOn};
use crate::vietnamese::Qualifier;

/// Where the units of a content stand today.
pub(super) struct TodaysUnits {
    ids: HashMap<String, UnitId>,
    structure: Structure,
    units: HashMap<UnitId, UnitOn>,
}

/// One row to be: the lines that are one, and with whom a divided body is one group.
#[derive(Default)]
struct Together<'a> {
    lines: Vec<&'a UnitLine>,
    heirs: BTreeSet<UnitId>,
}

impl TodaysUnits {
    /// What the lens asks for: nothing where every body is read as it reported. Three queries.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn load(
        conn: &mut Conn,
        lens: Lens,
        content: &EditionContent,
        today: NaiveDate,
    ) -> Result<Option<TodaysUnits>, Error> {
        if lens == Lens::Reported {
            return Ok(None);
        }
        let uids: Vec<&str> = content.units.iter().map(|unit| unit.uid.as_str()).collect();
        let ids = queries::by_uid(conn, &uids)?;
        let structure = Structure::load(conn, today, Of::Figures)?;
        let all: Vec<UnitId> = structure.heirs(ids.values().copied()).into_iter().collect();
        let units = units::queries::on_day(conn, &all, today)?;
        Ok(Some(TodaysUnits { ids, structure, units }))
    }

    /// The rows of a group, in the protocol order of today; what a lower collector brought stands as it is, after its
    /// unit.
    pub(super) fn rows(&self, content: &EditionContent, group: &IndicatorGroup) -> Vec<UnitRowView> {
        let mut rows: BTreeMap<((i32, i32, UnitId), bool), Together<'_>> = BTreeMap::new();
        for line in &content.units {
            let Some(unit) = self.ids.get(&line.uid).copied() else { continue };
            let (row, heirs) = match self.structure.stands(unit) {
                Stands::In(heir) if !line.consolidated => (heir, BTreeSet::new()),
                Stands::Among(heirs) => (unit, heirs),
                Stands::Itself | Stands::In(_) => (unit, BTreeSet::new()),
            };
            let Some(place) = self.units.get(&row) else { continue };
            let together = rows.entry((place.protocol_key(), line.consolidated)).or_default();
            together.lines.push(line);
            together.heirs.extend(heirs);
        }
        let mut kind = String::new();
        let mut shown = Vec::new();
        for (((.., id), _), together) in rows {
            let Some(unit) = self.units.get(&id) else { continue };
            let opens_kind = kind != unit.kind_heading;
            kind.clone_from(&unit.kind_heading);
            shown.push(UnitRowView {
                name: unit.name.clone(),
                kind: unit.kind_heading.clone(),
                notes: self.notes(id, &together),
                opens_kind,
                cells: group.indicators.iter().map(|line| cell(line, &together.lines)).collect(),
            });
        }
        shown
    }

    fn notes(&self, row: UnitId, together: &Together<'_>) -> Vec<String> {
        let own = |line: &&&UnitLine| self.ids.get(&line.uid) == Some(&row);
        let mut notes = Vec::new();
        let of = together.lines.len();
        let reported = together.lines.iter().filter(|line| has_reported(line)).count();
        if of > 1 && reported < of {
            // What stands of one of them is true of that one only.
            let each = |line: &&UnitLine| format!("{} ({})", line.name, line.progress.to_lowercase());
            let all: Vec<String> = together.lines.iter().map(each).collect();
            notes.push(format!("{reported}/{of} đơn vị đã báo cáo: {}", all.join(", ")));
        } else {
            notes.extend(together.lines.iter().filter(own).filter_map(|line| standing(line)));
            let named = |line: &&UnitLine| match standing(line) {
                Some(progress) => format!("{} ({})", line.name, progress.to_lowercase()),
                None => line.name.clone(),
            };
            let before: Vec<String> = together.lines.iter().filter(|line| !own(line)).map(named).collect();
            if !before.is_empty() {
                notes.push(format!("gồm cả {}", before.join(", ")));
            }
        }
        let heirs: Vec<&str> = together
            .heirs
            .iter()
            .filter_map(|id| self.units.get(id))
            .map(|unit| unit.name.as_str())
            .collect();
        if !heirs.is_empty() {
            notes.push(format!("đã chia, tách; để nguyên một nhóm với {}", heirs.join(", ")));
        }
        notes
    }
}

/// Whether what a unit said is in the figures: while it is being corrected too, and "không phát sinh".
fn has_reported(line: &UnitLine) -> bool {
    let told = [Progress::Received.words(), Progress::Nil.words()];
    line.revision.is_some() || told.contains(&line.progress.as_str())
}

/// What several bodies that are one now said together, with how many of those asked said it where not all did: the total
/// below the table has it too.
fn cell(line: &IndicatorLine, lines: &[&UnitLine]) -> Cell {
    if let [only] = lines {
        return Cell::of_unit(line, only);
    }
    let of = |unit: &&'_ UnitLine| -> Option<UnitFigure> {
        unit.figures.iter().find(|figure| figure.indicator == line.code).cloned()
    };
    let figures: Vec<UnitFigure> = lines.iter().filter_map(of).collect();
    let (entering, beside): (Vec<UnitFigure>, Vec<UnitFigure>) =
        figures.into_iter().partition(|figure| figure.row().enters());
    let Some(first) = entering.first() else {
        return reference_only(line, &beside);
    };
    let of = entering.len();
    let given: Vec<&UnitFigure> =
        entering.iter().filter(|figure| figure.row().has_figure(line.rule)).collect();
    let rows: Vec<UnitRow> = given.iter().map(|figure| figure.row()).collect();
    match as_one(&line.code, line.rule, &rows) {
        Ok(Some(one)) => {
            let now = reading(line.rule, &one);
            let estimate = given.iter().any(|figure| figure.is_estimate());
            let mut words = given.iter().map(|figure| figure.qualifier);
            let qualifier = words.find(|word| *word != Qualifier::Exact).unwrap_or_default();
            let together = UnitFigure { now, estimate, qualifier, total: None, ..first.clone() };
            let state = FigureStatus::Given;
            let mut cell = Cell::of(line, &UnitFigure { state, ..together });
            if given.len() < of {
                cell.text.push_str(&format!(" ({}/{of} đơn vị)", given.len()));
                cell.hint = "có đơn vị chưa có số liệu";
            }
            cell
        }
        Ok(None) => Cell::of(line, first),
        // Too large to be told.
        Err(_) => Cell { text: String::new(), hint: "số quá lớn", closed: false },
    }
}

/// What several bodies that are one now said of an indicator that none of them adds: shown where one alone gave a number.
fn reference_only(line: &IndicatorLine, figures: &[UnitFigure]) -> Cell {
    let mut given = figures.iter().filter(|figure| !figure.now.is_empty());
    match (given.next(), given.next(), figures.first()) {
        (Some(only), None, _) => Cell::of(line, only),
        (Some(_), Some(_), _) => {
            Cell { text: String::new(), hint: "tham khảo, không cộng", closed: false }
        }
        (None, _, Some(silent)) => Cell::of(line, silent),
        (None, _, None) => {
            Cell { text: String::new(), hint: "không thuộc biểu mẫu của đơn vị", closed: true }
        }
    }
}
