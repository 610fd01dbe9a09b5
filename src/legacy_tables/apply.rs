//! A confirmed table becomes received reports: the period where it has to be made, one revision a unit, the names that were answered, the
//! marks and every audit row, in one transaction. The file is read before it; what is written is laid over what is there within it, and
//! held against what the page showed.

use std::collections::hash_map::Entry as Known;
use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::TableState;
use super::open::{Opened, of_unit, open};
use super::plan::{Plan, UnitPlan, plan};
use super::queries::{self, Change};
use super::read::{Reading, Who, column_scale, read};
use super::settle::{grid, meanwhile};
use super::table::Table;
use super::upload::record;
use crate::access::{Actor, Membership};
use crate::audit::By;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FormId, LegacyTableId, ObligationId, PeriodId, ReportId, RevisionId, UnitId};
use crate::error::Error;
use crate::periods::history::{Owing, add_bodies, make_period};
use crate::reports::table_entry::{self, Given, Hand};
use crate::reports::{Entry, Outline};
use crate::unit_workbook::{Finding, Grid};

/// What was confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Version of the table on the page, and what stands for all it showed.
    pub seen: i32,
    pub shown: String,
    /// Cells that cannot be read are left out.
    pub skip: bool,
    /// The warnings were read.
    pub aware: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub period: PeriodId,
    pub units: usize,
    pub figures: usize,
}

/// A table read and laid over what is there.
///
/// # Errors
/// [`Error::Invalid`] when its sheet is not in the workbook.
pub fn weigh(opened: &Opened, grids: &[Grid]) -> Result<(Reading, Plan), Error> {
    let table = table(opened, grids)?;
    let reading = read(table, &opened.settings, &opened.asked, &opened.names);
    let plan = laid_over(opened, table, &reading);
    Ok((reading, plan))
}

fn table<'a>(opened: &Opened, grids: &'a [Grid]) -> Result<Table<'a>, Error> {
    Ok(Table::new(grid(grids, &opened.settings.sheet)?, opened.settings.turned))
}

/// A reading laid over what is there.
fn laid_over(opened: &Opened, table: Table<'_>, reading: &Reading) -> Plan {
    let mut plan = plan(reading, &opened.asked, &opened.bodies, opened.settings.replaces);
    scales(opened, table, &mut plan);
    if let Some(number) = opened.edition {
        let words = format!(
            "Kỳ này đã có bản tổng hợp lần {number} được chốt: so sánh lấy số của bản đó. Lập bản tổng hợp mới thì số nhập từ bảng này mới có trong so sánh."
        );
        plan.warnings.insert(0, Finding { blocks: false, field: String::new(), place: None, words });
    }
    plan
}

/// A table that was read before the transaction it is applied in: reading it takes a while.
pub struct ReadTable {
    pub(super) opened: Opened,
    pub(super) reading: Reading,
    grids: Vec<Grid>,
}

impl ReadTable {
    /// Reads a table as it was opened.
    ///
    /// # Errors
    /// As [`weigh`].
    pub fn of(opened: Opened, grids: Vec<Grid>) -> Result<ReadTable, Error> {
        let reading = read(table(&opened, &grids)?, &opened.settings, &opened.asked, &opened.names);
        Ok(ReadTable { opened, reading, grids })
    }

    /// What was read, laid over what is there now.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it would be read otherwise by now: by other answers, other indicators or other names.
    pub fn plan(&self, now: &Opened) -> Result<Plan, Error> {
        let then = &self.opened;
        let same = then.day == now.day
            && then.settings == now.settings
            && then.asked == now.asked
            && then.histories == now.histories;
        if !same {
            return Err(meanwhile());
        }
        Ok(laid_over(now, table(now, &self.grids)?, &self.reading))
    }
}

/// Scales that headings say and nobody has applied.
fn scales(opened: &Opened, table: Table<'_>, plan: &mut Plan) {
    let mut by_scale: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, bound) in opened.settings.columns.iter().filter(|(_, bound)| !bound.scaled) {
        let Some(asked) = opened.asked.iter().find(|one| one.code == bound.code) else { continue };
        let scale = column_scale(table, opened.settings.head, *at).filter(|scale| scale.differs(asked));
        if let Some(scale) = scale {
            by_scale.entry(scale.words()).or_default().push(bound.code.clone());
        }
    }
    for (words, codes) in by_scale {
        let words = format!(
            "Tiêu đề ghi đơn vị tính “{words}” cho {}, khác đơn vị tính của chỉ tiêu. Số đang được lấy nguyên như trong ô; nếu phải nhân, sửa ở phần các {}.",
            codes.join(", "),
            opened.settings.column_word()
        );
        plan.warnings.insert(0, Finding { blocks: false, field: String::new(), place: None, words });
    }
}

/// Applies a table.
///
/// # Errors
/// [`Error::Refused`] for what is to be answered or mended first; [`Error::Conflict`] when anything is not as it was shown; 404 for
/// everybody who does not enter reports for that body.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    (id, read): (LegacyTableId, &ReadTable),
    confirmed: &Confirmed,
    moment: Moment,
) -> Result<Applied, Error> {
    let opened = open(conn, actor, id, moment)?;
    let membership = of_unit(actor, opened.row.unit_id)?;
    if opened.row.version != confirmed.seen || opened.row.state() != TableState::Open {
        return Err(meanwhile());
    }
    let plan = read.plan(&opened)?;
    ready(&opened, &plan, confirmed)?;
    if plan.digest() != confirmed.shown {
        return Err(Error::Conflict(
            "Số liệu của kỳ này đã khác lúc xem. Xem lại bảng rồi xác nhận.".to_owned(),
        ));
    }
    let (period, made) = period(conn, actor, (&opened, membership), &plan, moment)?;
    let figures = enter(conn, (actor, membership), (&opened, &plan), period, moment)?;
    let aliases = aliases(&opened, &read.reading);
    crate::units::queries::naming::add_aliases(conn, &aliases)?;
    let who = format!("{}, {}, {}", actor.full_name, membership.title, membership.unit_name);
    let change = Change {
        state: Some(TableState::Applied.code()),
        period_id: Some(period),
        made_period: Some(made),
        applied_by: Some(&who),
        applied_at: Some(moment.at),
        ..Change::default()
    };
    if !queries::change(conn, &opened.row, &change)? {
        return Err(meanwhile());
    }
    let units: Vec<String> = plan.entering().map(|unit| opened.name(unit.unit)).collect();
    let after = json!({
        "file": opened.row.file_name,
        "sha256": opened.row.sha256,
        "sheet": opened.settings.sheet,
        "units": units,
        "figures": figures,
        "aliases": aliases.iter().map(|(unit, alias)| format!("{alias}: {}", opened.name(*unit))).collect::<Vec<_>>(),
    });
    record(conn, (actor, membership), &opened.row, ("legacy_table.apply", after), moment)?;
    Ok(Applied { period, units: units.len(), figures })
}

/// Whether everything was answered and mended, or left out by a tick.
pub(super) fn ready(opened: &Opened, plan: &Plan, confirmed: &Confirmed) -> Result<(), Error> {
    let refused = |words: String| Err(Error::Refused(words));
    if !opened.settings.settled {
        let word = opened.settings.column_word();
        return refused(format!("Chưa xác nhận các {word} của bảng. Xem lại các {word} rồi bấm “Tiếp tục”."));
    }
    if plan.unknown > 0 {
        return refused(format!("Còn {} tên đơn vị chưa rõ. Chọn đơn vị rồi nhập.", plan.unknown));
    }
    if !plan.blockers.is_empty() {
        return refused(format!("Còn {} chỗ phải sửa trong tệp nên chưa nhập.", plan.blockers.len()));
    }
    if !plan.faults.is_empty() && !confirmed.skip {
        return refused(format!(
            "Còn {} ô không đọc được. Sửa trong tệp rồi tải lên lại, hoặc đánh dấu để bỏ qua các ô đó.",
            plan.faults.len()
        ));
    }
    if !plan.warnings.is_empty() && !confirmed.aware {
        return refused("Xem các cảnh báo rồi đánh dấu đã xem.".to_owned());
    }
    if plan.figures() == 0 {
        return refused(
            "Bảng không có số nào để nhập: số đã có như vậy, hoặc không đơn vị nào nhận được.".to_owned(),
        );
    }
    Ok(())
}

/// The period of the table, made where it is not there, with an obligation for every unit that enters.
fn period(
    conn: &mut Conn,
    actor: &Actor,
    (opened, membership): (&Opened, &Membership),
    plan: &Plan,
    moment: Moment,
) -> Result<(PeriodId, bool), Error> {
    let missing =
        plan.entering().filter(|unit| opened.bodies.get(&unit.unit).is_some_and(|b| b.obligation.is_none()));
    let owing: Vec<Owing> = missing.filter_map(|unit| opened.owing.get(&unit.unit).cloned()).collect();
    let of = (opened.regime.id, opened.row.unit_id);
    match opened.choice.id {
        None => {
            let span = (opened.choice.cycle, opened.choice.year, opened.choice.window);
            let by = By::member(actor, membership);
            Ok((make_period(conn, of, span, owing, (&by, moment))?, true))
        }
        Some(id) => {
            if !owing.is_empty() {
                add_bodies(conn, of, id, owing)?;
            }
            let again: Vec<ObligationId> =
                plan.entering().filter_map(|unit| opened.bodies.get(&unit.unit)?.obligation).collect();
            if queries::was_made(conn, id)? {
                let reason = format!("Nhập lại từ bảng cũ “{}”.", opened.row.file_name);
                queries::owe_again(conn, &again, &reason, (actor, membership, moment))?;
            }
            Ok((id, false))
        }
    }
}

/// One received revision for every unit; how many figures there are in them.
fn enter(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    (opened, plan): (&Opened, &Plan),
    period: PeriodId,
    moment: Moment,
) -> Result<usize, Error> {
    let reach = of_unit(actor, opened.row.unit_id)?.reach.clone();
    let reports: HashMap<UnitId, (ReportId, Option<RevisionId>, FormId)> =
        queries::held(conn, &reach, period)?
            .into_iter()
            .map(|held| (held.unit, (held.report, held.received, held.form)))
            .collect();
    let mut outlines: HashMap<FormId, Outline> = HashMap::new();
    let hand = Hand { actor, membership, moment };
    let source = match opened.settings.source.as_str() {
        "" => String::new(),
        source => format!(" ({source})"),
    };
    let mut count = 0;
    for unit in plan.entering() {
        let (report, follows, form) = *reports.get(&unit.unit).ok_or_else(meanwhile)?;
        let outline = match outlines.entry(form) {
            Known::Occupied(known) => known.into_mut(),
            Known::Vacant(new) => new.insert(table_entry::outline(conn, form)?),
        };
        let figures = figures(opened, unit);
        count += figures.len();
        let reason = format!(
            "Từ bảng “{}”{source}, trang “{}”, {} “{}”.",
            opened.row.file_name,
            opened.settings.sheet,
            opened.settings.line_word(),
            unit.written
        );
        let given = Given { table: opened.row.id, outline, figures, follows, reason: &reason };
        table_entry::enter(conn, &hand, report, &given)?;
    }
    Ok(count)
}

/// The figures of a unit that are written, each with the cell it is from.
fn figures(opened: &Opened, unit: &UnitPlan) -> BTreeMap<crate::db::ids::IndicatorId, Entry> {
    let note = |place: &crate::unit_workbook::Place| {
        format!("nhập từ bảng cũ “{}”, trang “{}”, ô {}", opened.row.file_name, place.sheet, place.cell)
    };
    let entering = unit.figures.iter().filter(|figure| figure.fate.enters());
    entering
        .map(|figure| {
            (figure.indicator, Entry { note: note(&figure.place), ambiguous: false, ..figure.entry.clone() })
        })
        .collect()
}

/// Names somebody answered, for the next table.
fn aliases(opened: &Opened, reading: &Reading) -> Vec<(UnitId, String)> {
    let mut found: Vec<(UnitId, String)> = Vec::new();
    for line in &reading.lines {
        let Who::Unit(unit) = line.who else { continue };
        let answered = opened.settings.answers.get(&line.key) == Some(&Some(unit));
        let known = (unit, line.name.clone());
        if answered && line.name.chars().count() <= 200 && !found.contains(&known) {
            found.push(known);
        }
    }
    found
}
