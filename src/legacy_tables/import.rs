//! The same from a shell: a table read by what is proposed and what was said, laid over what is there, and applied or only rehearsed.
//! Stands between the command and the verbs of the wizard; there is no other way in.

use std::collections::BTreeMap;

use super::apply::{Applied, Confirmed, ReadTable, apply};
use super::open::{Opened, around, open, past, sheets};
use super::plan::{Holds, Plan};
use super::read::Reading;
use super::settle::{Layout, answered, bound, keep, laid_out, position};
use super::upload::{self, Given, Input};
use super::{Bound, Settings, queries};
use crate::access::{Action, Actor};
use crate::calendar::Moment;
use crate::db::Db;
use crate::db::ids::{LegacyTableId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::unit_workbook::{Finding, Grid};
use crate::units::names::spelled;

/// What was said on the command line; what was not is proposed.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub sheet: Option<String>,
    pub turned: Option<bool>,
    pub head: Option<String>,
    pub units: Option<String>,
    /// Column and code of its indicator, "" for none.
    pub bind: Vec<(String, String)>,
    /// Columns whose figures are multiplied by the scale of their heading.
    pub scale: Vec<String>,
    /// Name in the table and code of the unit, "-" for a line that is left out.
    pub names: Vec<(String, String)>,
    pub replaces: bool,
    pub skip: bool,
    pub aware: bool,
}

/// What would become of a table, or did.
pub struct Outcome {
    /// "Sở Nội vụ: nhập mới, 4 số".
    pub lines: Vec<String>,
    /// "Trang “2023”, ô C7: …": what is wrong, and what is to be looked at.
    pub findings: Vec<String>,
    /// Why it was not applied; none where it was, or could be.
    pub refusal: Option<String>,
    pub applied: Option<(LegacyTableId, Applied)>,
}

/// Imports a table, or with `rehearse` says what would become of it; nothing is kept of one that is not applied.
///
/// # Errors
/// As [`past`], [`sheets`] and the verbs of the wizard.
pub fn import(
    db: &Db,
    actor: &Actor,
    (regime, input): (RegimeId, &Input),
    given: &Given,
    (said, rehearse): (&Said, bool),
    moment: Moment,
) -> Result<Outcome, Error> {
    let grids = sheets(&given.bytes)?;
    let (row, opened, settings) = db.read(|conn| {
        let found = past(conn, actor, regime, moment)?;
        let choice = input.choice(&found)?;
        let row = upload::row(&found, &choice, given, &input.source, moment.at);
        let opened = around(conn, actor, (row.clone(), found))?;
        let settings = settled(&opened, &grids, said)?;
        // The form of a body of then may depend on the columns.
        let again = past(conn, actor, regime, moment)?;
        let with = super::queries::TableRow { settings_json: upload::to_json(&settings)?, ..row.clone() };
        Ok::<_, Error>((row, around(conn, actor, (with, again))?, settings))
    })?;
    let read = ReadTable::of(opened, grids)?;
    let plan = read.plan(&read.opened)?;
    let mut outcome = told(&read.opened, &read.reading, &plan);
    let confirmed = Confirmed { seen: 0, shown: String::new(), skip: said.skip, aware: said.aware };
    if let Err(why) = super::apply::ready(&read.opened, &plan, &confirmed) {
        outcome.refusal = Some(why.to_string());
        return Ok(outcome);
    }
    if rehearse {
        return Ok(outcome);
    }
    let applied = db.write(|conn| {
        let id = upload::take_in(conn, actor, (&row, &settings), &given.bytes, moment)?;
        let kept = queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?;
        keep(conn, actor, (id, kept.version), &settings)?;
        let now = open(conn, actor, id, moment)?;
        let plan = read.plan(&now)?;
        let confirmed = Confirmed { seen: kept.version + 1, shown: plan.digest(), ..confirmed.clone() };
        Ok::<_, Error>((id, apply(conn, actor, (id, &read), &confirmed, moment)?))
    });
    match applied {
        Ok(done) => outcome.applied = Some(done),
        Err(Error::Refused(why) | Error::Conflict(why)) => outcome.refusal = Some(why),
        Err(other) => return Err(other),
    }
    Ok(outcome)
}

/// What is proposed, with what was said in its place.
fn settled(opened: &Opened, grids: &[Grid], said: &Said) -> Result<Settings, Error> {
    let proposed = upload::propose(opened, grids);
    let base = Opened { settings: proposed, ..opened_again(opened) };
    let mut at = base;
    if said.sheet.is_some() || said.turned.is_some() {
        let layout = Layout {
            sheet: said.sheet.clone().unwrap_or_else(|| at.settings.sheet.clone()),
            turned: said.turned.unwrap_or(at.settings.turned),
            head: (at.settings.head + 1).to_string(),
            units: (at.settings.units + 1).to_string(),
        };
        at.settings = laid_out(&at, grids, &layout)?;
    }
    let layout = Layout {
        sheet: at.settings.sheet.clone(),
        turned: at.settings.turned,
        head: said.head.clone().unwrap_or_else(|| (at.settings.head + 1).to_string()),
        units: said.units.clone().unwrap_or_else(|| (at.settings.units + 1).to_string()),
    };
    at.settings = laid_out(&at, grids, &layout)?;
    let mut columns = at.settings.columns.clone();
    for (column, code) in &said.bind {
        let place = column_at(column)?;
        columns.retain(|at, bound| *at != place && bound.code != *code);
        if !code.is_empty() {
            columns.insert(place, Bound { code: code.clone(), scaled: false });
        }
    }
    for column in &said.scale {
        if let Some(bound) = columns.get_mut(&column_at(column)?) {
            bound.scaled = true;
        }
    }
    at.settings = bound(&at, columns)?;
    at.settings.replaces = said.replaces;
    let mut answers: BTreeMap<String, Option<Option<UnitId>>> = BTreeMap::new();
    for (name, code) in &said.names {
        let unit =
            match code.as_str() {
                "-" => None,
                code => Some(at.units.iter().find(|unit| unit.code == code).map(|unit| unit.id).ok_or_else(
                    || Error::Refused(format!("Không có đơn vị mang mã {code} vào thời gian của kỳ này.")),
                )?),
            };
        answers.insert(spelled(name), Some(unit));
    }
    answered(&at, &answers)
}

/// The same table with other settings to come.
fn opened_again(opened: &Opened) -> Opened {
    Opened {
        row: opened.row.clone(),
        settings: opened.settings.clone(),
        regime: opened.regime.clone(),
        choice: opened.choice.clone(),
        day: opened.day,
        units: opened.units.clone(),
        histories: opened.histories.clone(),
        names: opened.names.clone(),
        asked: opened.asked.clone(),
        edition: opened.edition,
        bodies: opened.bodies.clone(),
        owing: opened.owing.clone(),
    }
}

fn column_at(typed: &str) -> Result<u32, Error> {
    position(typed).ok_or_else(|| {
        let mut problems = Problems::default();
        problems.add("columns", format!("“{typed}” không phải tên cột. Ghi như trong tệp, ví dụ C=D02."));
        Error::Invalid(problems)
    })
}

fn told(opened: &Opened, reading: &Reading, plan: &Plan) -> Outcome {
    let mut lines: Vec<String> = plan
        .units
        .iter()
        .map(|unit| {
            let count = unit.figures.iter().filter(|figure| figure.fate.enters()).count();
            let words = match (&unit.holds, count) {
                (Holds::Own(why), _) => format!("đơn vị {why}: không nhập"),
                (_, 0) => "không có số mới".to_owned(),
                (Holds::Nothing, count) => format!("nhập mới, {count} số"),
                (Holds::Table(file), count) => format!("nhập thêm vào số liệu của bảng “{file}”, {count} số"),
            };
            format!("{} (“{}”): {words}", opened.name(unit.unit), unit.written)
        })
        .collect();
    lines.extend(plan.left_out.iter().map(|name| format!("“{name}”: bỏ theo trả lời")));
    lines.extend(
        plan.outside.iter().map(|(_, name)| format!("“{name}”: không thuộc diện báo cáo kỳ này, không nhập")),
    );
    let placed = |finding: &Finding| match &finding.place {
        Some(place) => format!("Trang “{}”, ô {}: {}", place.sheet, place.cell, finding.words),
        None => finding.words.clone(),
    };
    let mut findings: Vec<String> =
        plan.blockers.iter().chain(&plan.faults).chain(&plan.warnings).map(placed).collect();
    findings.extend(plan.conflicts().into_iter().map(|(unit, figure)| {
        format!(
            "{}, {}: đã có {}, trong bảng {} (ô {}): {}",
            opened.name(unit.unit),
            figure.code,
            figure.before.clone().unwrap_or_default(),
            figure.now,
            figure.place.cell,
            figure.fate.words()
        )
    }));
    findings.extend(reading.unknown().into_iter().map(|line| {
        format!(
            "Trang “{}”, ô {}: tên “{}” chưa rõ là đơn vị nào.",
            line.place.sheet, line.place.cell, line.name
        )
    }));
    Outcome { lines, findings, refusal: None, applied: None }
}
