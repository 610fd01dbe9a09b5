//! What would become of a table: unit by unit and figure by figure, held against what is there. Pure; the preview shows it, and what is
//! applied is exactly what it says.

use std::collections::{BTreeMap, HashMap};

use crate::audit::sha256_hex;
use crate::db::ids::{FormId, IndicatorId, ObligationId, ReportId, RevisionId, UnitId};
use crate::reports::{AskedIndicator, Entry, shown};
use crate::unit_workbook::{Finding, Place};

use super::read::{ReadCell, ReadLine, Reading, Who};

/// What a body holds for the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    Nothing,
    /// Figures of an earlier table: the name of its file.
    Table(String),
    /// Something of its own, in words: it is left alone.
    Own(&'static str),
}

/// A body as the period knows it.
#[derive(Debug, Clone)]
pub struct Body {
    pub form: FormId,
    pub form_name: String,
    /// The regime has no form for it: this one asks most of what the table says.
    pub borrowed: bool,
    /// What its form asks, and whether that counts.
    pub asks: HashMap<IndicatorId, bool>,
    pub holds: Holds,
    /// Received figures.
    pub figures: HashMap<IndicatorId, Option<i64>>,
    pub report: Option<ReportId>,
    pub received: Option<RevisionId>,
    pub obligation: Option<ObligationId>,
}

/// What becomes of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    New,
    /// There is the same already.
    Same,
    /// Another is there, of an earlier table.
    Replaced,
    Kept,
    /// The unit's own differs, and stays.
    Own,
    /// The unit's form does not ask it.
    NotAsked,
}

impl Fate {
    pub fn words(self) -> &'static str {
        match self {
            Fate::New => "mới",
            Fate::Same => "như đã có",
            Fate::Replaced => "thay số của bảng nhập trước",
            Fate::Kept => "giữ số của bảng nhập trước",
            Fate::Own => "giữ số đơn vị đã gửi",
            Fate::NotAsked => "biểu mẫu của đơn vị không hỏi: không nhập",
        }
    }

    /// Whether it is written.
    pub fn enters(self) -> bool {
        matches!(self, Fate::New | Fate::Replaced)
    }
}

/// A figure of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub code: String,
    pub indicator: IndicatorId,
    pub place: Place,
    /// As it stands in the file, and as people read what it becomes.
    pub written: String,
    pub now: String,
    /// What is there.
    pub before: Option<String>,
    pub fate: Fate,
    /// It reaches the total.
    pub counts: bool,
    pub entry: Entry,
}

/// What becomes of a unit's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlan {
    pub unit: UnitId,
    /// As the file calls it.
    pub written: String,
    pub place: Place,
    pub form: FormId,
    pub form_name: String,
    /// As of [`Body::borrowed`].
    pub borrowed: bool,
    pub holds: Holds,
    pub figures: Vec<Figure>,
}

impl UnitPlan {
    /// Whether anything of it is written.
    pub fn enters(&self) -> bool {
        !matches!(self.holds, Holds::Own(_)) && self.figures.iter().any(|figure| figure.fate.enters())
    }
}

/// What would become of a table.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub units: Vec<UnitPlan>,
    /// To be mended, or for cells that cannot be read left out by a tick.
    pub faults: Vec<Finding>,
    /// Stop it whatever is ticked.
    pub blockers: Vec<Finding>,
    pub warnings: Vec<Finding>,
    /// Names to be asked about.
    pub unknown: usize,
    /// Lines that somebody left out.
    pub left_out: Vec<String>,
    /// Units the period does not ask, as the file calls them.
    pub outside: Vec<(UnitId, String)>,
}

impl Plan {
    pub fn entering(&self) -> impl Iterator<Item = &UnitPlan> {
        self.units.iter().filter(|unit| unit.enters())
    }

    /// Figures with a fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.units.iter().flat_map(|unit| &unit.figures).filter(|figure| figure.fate == fate).count()
    }

    pub fn figures(&self) -> usize {
        self.entering().flat_map(|unit| &unit.figures).filter(|figure| figure.fate.enters()).count()
    }

    /// Figures that differ from what is there.
    pub fn conflicts(&self) -> Vec<(&UnitPlan, &Figure)> {
        let differs = |figure: &&Figure| {
            figure.before.is_some() && matches!(figure.fate, Fate::Kept | Fate::Replaced | Fate::Own)
        };
        self.units
            .iter()
            .flat_map(|unit| unit.figures.iter().filter(differs).map(move |f| (unit, f)))
            .collect()
    }

    /// Stands for what the page shows: something else is not applied in its place.
    pub fn digest(&self) -> String {
        let mut all = Vec::new();
        for unit in &self.units {
            all.push(format!("{} {} {:?}", unit.unit, unit.form, unit.holds));
            for f in &unit.figures {
                let said = (f.entry.reading.value(), f.entry.estimate, f.entry.qualifier.code());
                all.push(format!("{} {said:?} {:?} {:?}", f.code, f.before, f.fate));
            }
        }
        let found = self.faults.iter().chain(&self.blockers).chain(&self.warnings);
        all.extend(found.map(|finding| finding.words.clone()));
        sha256_hex(all.join("\n").as_bytes())
    }
}

/// Lays a reading over what is there. `replaces` says that figures of earlier tables give way.
pub fn plan(
    reading: &Reading,
    asked: &[AskedIndicator],
    bodies: &HashMap<UnitId, Body>,
    replaces: bool,
) -> Plan {
    let mut plan = Plan { unknown: reading.unknown().len(), ..Plan::default() };
    for finding in &reading.findings {
        let list = if finding.blocks { &mut plan.blockers } else { &mut plan.warnings };
        list.push(finding.clone());
    }
    let by_code: BTreeMap<&str, &AskedIndicator> = asked.iter().map(|one| (one.code.as_str(), one)).collect();
    for line in &reading.lines {
        match line.who {
            Who::LeftOut => plan.left_out.push(line.name.clone()),
            Who::Unit(unit) => match bodies.get(&unit) {
                Some(body) => unit_plan(&mut plan, line, (unit, body), &by_code, replaces),
                None => plan.outside.push((unit, line.name.clone())),
            },
            Who::Unknown(_) | Who::Total | Who::Subtotal => {}
        }
    }
    borrowed(&mut plan);
    not_asked(&mut plan);
    plan
}

/// Units and cells named in one warning.
const NAMED: usize = 8;

fn named(all: &[String]) -> String {
    let more = match all.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" và {more} đơn vị khác"),
    };
    format!("{}{more}", all[..all.len().min(NAMED)].join("; "))
}

/// Points out the units that the regime asks nothing of: their figures would stand on the form of others, and count.
fn borrowed(plan: &mut Plan) {
    let mut by_form: BTreeMap<String, Vec<&UnitPlan>> = BTreeMap::new();
    for unit in plan.units.iter().filter(|unit| unit.borrowed && unit.enters()) {
        by_form.entry(unit.form_name.clone()).or_default().push(unit);
    }
    let mut found = Vec::new();
    for (form, units) in by_form {
        let names: Vec<String> = units.iter().map(|unit| unit.written.clone()).collect();
        let words = format!(
            "Chế độ báo cáo không có biểu mẫu cho {} đơn vị: {}. Số của các đơn vị này được nhập theo biểu mẫu “{form}” và tính vào số của kỳ. Nếu không tính, chọn không nhập đơn vị đó ở phần tên đơn vị.",
            names.len(),
            named(&names)
        );
        let place = units.first().map(|unit| unit.place.clone());
        found.push(Finding { blocks: false, field: String::new(), place, words });
    }
    plan.warnings.extend(found);
}

/// Points out the figures that are left out because the forms of their units do not ask them, indicator by indicator.
fn not_asked(plan: &mut Plan) {
    let mut by_code: BTreeMap<String, Vec<(String, Place)>> = BTreeMap::new();
    for unit in plan.units.iter().filter(|unit| !matches!(unit.holds, Holds::Own(_))) {
        for figure in unit.figures.iter().filter(|figure| figure.fate == Fate::NotAsked) {
            let of = format!("{} ({}, ô {})", unit.written, figure.now, figure.place.cell);
            by_code.entry(figure.code.clone()).or_default().push((of, figure.place.clone()));
        }
    }
    for (code, cells) in by_code {
        let place = cells.first().map(|(_, place)| place.clone());
        let cells: Vec<String> = cells.into_iter().map(|(words, _)| words).collect();
        let words = format!(
            "{code}: biểu mẫu của {} đơn vị không hỏi chỉ tiêu này, số không được nhập: {}.",
            cells.len(),
            named(&cells)
        );
        plan.warnings.push(Finding { blocks: false, field: String::new(), place, words });
    }
}

fn unit_plan(
    plan: &mut Plan,
    line: &ReadLine,
    (unit, body): (UnitId, &Body),
    by_code: &BTreeMap<&str, &AskedIndicator>,
    replaces: bool,
) {
    let mut figures = Vec::new();
    for cell in &line.cells {
        let Some(asked) = by_code.get(cell.code.as_str()) else { continue };
        let finding = |words: &str| Finding {
            blocks: false,
            field: line.key.clone(),
            place: Some(cell.place.clone()),
            words: format!("{}, {}: {words}", line.name, cell.code),
        };
        if let Some(words) = &cell.fault {
            plan.faults.push(finding(words));
            continue;
        }
        if let Some(words) = &cell.doubt {
            plan.warnings.push(finding(words));
        }
        if cell.entry.reading.is_answer() {
            figures.push(figure(cell, asked, body, replaces));
        }
    }
    plan.units.push(UnitPlan {
        unit,
        written: line.name.clone(),
        place: line.place.clone(),
        form: body.form,
        form_name: body.form_name.clone(),
        borrowed: body.borrowed,
        holds: body.holds.clone(),
        figures,
    });
}

fn figure(cell: &ReadCell, asked: &AskedIndicator, body: &Body, replaces: bool) -> Figure {
    let counts = body.asks.get(&asked.id).copied();
    let words =
        |value: Option<i64>| value.map_or_else(|| "không áp dụng".to_owned(), |value| shown(value, asked));
    let there = body.figures.get(&asked.id).copied();
    let value = cell.entry.reading.value();
    let fate = match (counts, there, &body.holds) {
        (None, ..) => Fate::NotAsked,
        (_, Some(there), _) if there == value => Fate::Same,
        (_, _, Holds::Own(_)) => Fate::Own,
        (_, None, _) => Fate::New,
        (_, Some(_), _) if replaces => Fate::Replaced,
        (_, Some(_), _) => Fate::Kept,
    };
    let level = cell.entry.level().before_figure();
    Figure {
        code: asked.code.clone(),
        indicator: asked.id,
        place: cell.place.clone(),
        written: cell.written.clone(),
        now: format!("{level} {}", words(value)).trim_start().to_owned(),
        before: there.map(words),
        fate,
        counts: counts.unwrap_or(false),
        entry: cell.entry.clone(),
    }
}
