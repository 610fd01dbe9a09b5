//! A table with everything its wizard needs: the period it is of, the bodies that existed then, what they can be asked and what they hold
//! already. Read by a fixed number of queries; the bytes are opened and read outside every transaction.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::past::{Choice, choices};
use super::plan::{Body, Holds};
use super::queries::{self, DatedForm, TableRow};
use super::{Settings, refusal};
use crate::access::{Action, Actor, Membership};
use crate::calendar::{Cycle, Moment};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, LegacyTableId, PeriodId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::periods::history::Owing;
use crate::periods::{self, Regime, Standing};
use crate::reports::queries::from_tables;
use crate::reports::table_entry::AskedByForm;
use crate::reports::{AskedIndicator, ReportState, table_entry};
use crate::standard::forms as standard;
use crate::unit_workbook::{Grid, grids};
use crate::units::UnitOn;
use crate::units::history::UnitHistory;
use crate::units::names::{Found, Named, Names};
use crate::units::queries::naming;

/// The field of the form that refusals of the file belong to.
pub const FIELD: &str = "file";

/// A regime whose past somebody may import.
pub struct Past {
    pub regime: Regime,
    pub choices: Vec<Choice>,
    /// The bodies they work for that collect, by period and in order; of who works for the regime's own collector none.
    collectors: Vec<(PeriodId, UnitId)>,
}

impl Past {
    /// The body that collects in a period, for which a table of it is brought.
    pub fn collector(&self, choice: &Choice) -> UnitId {
        let found = self.collectors.iter().find(|(period, _)| choice.id == Some(*period));
        found.map_or(self.regime.collector_id, |(_, unit)| *unit)
    }
}

/// The membership under which somebody imports tables for a body that collects.
///
/// # Errors
/// [`Error::NotFound`] where it is another's.
pub fn of_unit(actor: &Actor, unit: UnitId) -> Result<&Membership, Error> {
    actor.for_unit(unit, Action::TypeOnBehalf).ok_or(Error::NotFound)
}

/// The past of a regime for who collects in it. At most six queries.
///
/// # Errors
/// 404 outside the provinces of the actor; [`Error::Forbidden`] for those who collect nothing in it;
/// [`Error::Refused`] for a regime of documents, which have no figures.
pub fn past(conn: &mut Conn, actor: &Actor, id: RegimeId, moment: Moment) -> Result<Past, Error> {
    let regime = periods::queries::visible_regime(conn, &actor.scope(), id)?;
    let bodies = actor.units_for(Action::TypeOnBehalf);
    let whole = actor.for_unit(regime.collector_id, Action::TypeOnBehalf).is_some();
    let (existing, collectors) = queries::periods(conn, id, &bodies, whole)?;
    if bodies.is_empty() || (!whole && existing.is_empty()) {
        return Err(Error::Forbidden(
            "Chỉ cán bộ tổng hợp của nơi nhận báo cáo được nhập bảng số liệu cũ.".to_owned(),
        ));
    }
    if regime.kind() == periods::RegimeKind::Document {
        return Err(Error::Refused(
            "Chế độ này thu văn bản, không có số liệu để nhập từ bảng cũ.".to_owned(),
        ));
    }
    let cycles = periods::queries::cycles(conn, id)?;
    Ok(Past { choices: choices(&existing, &cycles, whole, moment.today), regime, collectors })
}

/// The sheets of a workbook.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with the file.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, Error> {
    let refused = |words: String| {
        let mut problems = Problems::default();
        problems.add(FIELD, words);
        Error::Invalid(problems)
    };
    let mut found = grids(bytes).map_err(|why| refused(refusal::words(&why)))?;
    found.retain(|grid| !grid.rows.is_empty());
    match found.is_empty() {
        true => Err(refused("Tệp Excel không có nội dung nào. Chọn đúng tệp rồi tải lên.".to_owned())),
        false => Ok(found),
    }
}

/// A table with what surrounds it.
pub struct Opened {
    pub row: TableRow,
    pub settings: Settings,
    pub regime: Regime,
    pub choice: Choice,
    /// The day that decides which bodies exist and what they are called.
    pub day: NaiveDate,
    /// The bodies of that day, in protocol order.
    pub units: Vec<UnitOn>,
    /// All there ever were.
    pub histories: Vec<UnitHistory>,
    pub names: Names,
    pub asked: Vec<AskedIndicator>,
    /// Number of the approved edition its period has.
    pub edition: Option<i32>,
    /// By unit: what it can be asked and what it holds.
    pub bodies: HashMap<UnitId, Body>,
    /// What an obligation that has to be made would be, by unit.
    pub owing: HashMap<UnitId, Owing>,
}

impl Opened {
    pub fn unit(&self, id: UnitId) -> Option<&UnitOn> {
        self.units.iter().find(|unit| unit.id == id)
    }

    pub fn name(&self, id: UnitId) -> String {
        self.unit(id).map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// The names of all bodies there ever were, to say why one is not of that day.
    pub fn all_names(&self) -> Names {
        let all: Vec<Named> = self.histories.iter().map(|unit| Named::of(unit, self.day)).collect();
        Names::new(&all, "")
    }

    /// Why a name that is known says nothing on that day: the body had ended, or had not begun.
    pub fn not_then(&self, all: &Names, written: &str) -> Option<String> {
        let Found::One(id) = all.find(written) else { return None };
        let unit = self.histories.iter().find(|unit| unit.id == id && !unit.existed_on(self.day))?;
        Some(format!("{} tồn tại {}", unit.on(self.day).name, unit.life()))
    }
}

/// Opens a table. About sixteen queries, whatever the number of units.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body; [`Error::Refused`] when its period cannot be chosen any more.
pub fn open(conn: &mut Conn, actor: &Actor, id: LegacyTableId, moment: Moment) -> Result<Opened, Error> {
    let row = queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?;
    let past = past(conn, actor, row.regime_id, moment)?;
    around(conn, actor, (row, past))
}

/// The same of a table that was not kept, for a rehearsal.
///
/// # Errors
/// As [`open`].
pub fn around(conn: &mut Conn, actor: &Actor, (row, past): (TableRow, Past)) -> Result<Opened, Error> {
    let choice = chosen(&row, &past.choices)?;
    let regime = past.regime;
    let reach = of_unit(actor, row.unit_id)?.reach.clone();
    let period = match choice.id {
        Some(id) => Some(periods::queries::period(conn, &actor.scope(), id)?.0),
        None => None,
    };
    let day = period.as_ref().map_or(choice.window.to, |period| period.reference_on);
    let (histories, units) = naming::bodies(conn, regime.province_id, day)?;
    let then: Vec<Named> =
        histories.iter().filter(|unit| unit.existed_on(day)).map(|unit| Named::of(unit, day)).collect();
    let province =
        crate::units::queries::on_day(conn, &[regime.province_id], day)?.remove(&regime.province_id);
    let names = Names::new(&then, province.as_ref().map_or("", |province| province.short_name.as_str()));
    let may_add = match choice.id {
        Some(id) => queries::was_made(conn, id)?,
        None => true,
    };
    let settings = row.settings();
    let forms = queries::forms(conn, regime.id)?;
    let ids: Vec<FormId> = forms.iter().map(|form| form.form.id).collect();
    let (by_form, asked) = table_entry::asked(conn, &ids)?;
    let held = held(conn, &reach, choice.id, (&by_form, &forms, may_add))?;
    let edition = match choice.id {
        Some(id) => queries::approved_edition(conn, id, &reach)?,
        None => None,
    };
    let mut opened = Opened {
        edition,
        settings,
        regime,
        choice,
        day,
        units,
        histories,
        names,
        asked,
        bodies: held,
        owing: HashMap::new(),
        row,
    };
    if may_add {
        let modes = queries::modes(conn, opened.regime.id)?;
        add_owing(&mut opened, &forms, &by_form, &modes)?;
    }
    Ok(opened)
}

/// The period of a table among those that can be chosen; the one it went into once it was applied.
fn chosen(row: &TableRow, choices: &[Choice]) -> Result<Choice, Error> {
    let by_id = |id: PeriodId| choices.iter().find(|choice| choice.id == Some(id));
    let named = || choices.iter().find(|choice| choice.year == row.year && choice.cycle.code() == row.cycle);
    let found = match row.period_id {
        Some(id) => by_id(id),
        None => named(),
    };
    found.cloned().ok_or_else(|| {
        let kind = Cycle::from_code(&row.cycle)
            .map_or_else(String::new, |cycle| crate::calendar::label(cycle, row.year));
        Error::Refused(format!("Kỳ {kind} không chọn được nữa. Bỏ bảng này rồi tải lên lại cho kỳ khác."))
    })
}

/// What units hold for the period, by unit. Three queries; none for a period that is not there yet.
fn held(
    conn: &mut Conn,
    reach: &[UnitId],
    period: Option<PeriodId>,
    (asks, forms, made): (&AskedByForm, &[DatedForm], bool),
) -> Result<HashMap<UnitId, Body>, Error> {
    let Some(period) = period else { return Ok(HashMap::new()) };
    let rows = queries::held(conn, reach, period)?;
    let received: Vec<_> = rows.iter().filter_map(|row| row.received).collect();
    let mut figures = queries::held_figures(conn, &received)?;
    let tables = from_tables(conn, &received)?;
    let mut bodies = HashMap::new();
    for row in rows {
        let table = row.received.and_then(|revision| tables.get(&revision));
        let standing = Standing::from_code(&row.standing).unwrap_or(Standing::Owed);
        let state = ReportState::from_code(&row.state).unwrap_or(ReportState::NotBegun);
        let holds = match (standing, state, table) {
            (Standing::Owed, ReportState::NotBegun, _) => Holds::Nothing,
            (Standing::Exempt, ReportState::NotBegun, _) if made => Holds::Nothing,
            (Standing::Owed, ReportState::Received, Some(table)) => Holds::Table(table.file.clone()),
            (Standing::Owed, ReportState::Received, None) => Holds::Own("đã gửi báo cáo, đã tiếp nhận"),
            (Standing::Owed, ReportState::Sent, _) => Holds::Own("đã gửi báo cáo, chờ tiếp nhận"),
            (Standing::Owed, ..) => Holds::Own("đang soạn hoặc chỉnh lý báo cáo"),
            (Standing::Nil, ..) => Holds::Own("đã khai không phát sinh"),
            (Standing::Exempt | Standing::Ended, ..) => {
                Holds::Own("được miễn hoặc đã kết thúc nghĩa vụ báo cáo kỳ này")
            }
        };
        let name = forms.iter().find(|form| form.form.id == row.form).map(|form| form.name.clone());
        bodies.insert(
            row.unit,
            Body {
                form: row.form,
                form_name: name.unwrap_or_default(),
                borrowed: false,
                asks: asks.get(&row.form).cloned().unwrap_or_default(),
                holds,
                figures: row.received.and_then(|revision| figures.remove(&revision)).unwrap_or_default(),
                report: Some(row.report),
                received: row.received,
                obligation: Some(row.obligation),
            },
        );
    }
    Ok(bodies)
}

/// The bodies that a table of a period made for it may name beside those that have an obligation.
fn add_owing(
    opened: &mut Opened,
    forms: &[DatedForm],
    asks: &AskedByForm,
    modes: &[(UnitId, String)],
) -> Result<(), Error> {
    let set = standard::forms()?;
    let bound: Vec<IndicatorId> = opened
        .asked
        .iter()
        .filter(|asked| opened.settings.columns.values().any(|bound| bound.code == asked.code))
        .map(|asked| asked.id)
        .collect();
    for unit in &opened.units {
        let Some((form, borrowed)) = form_then(forms, asks, &bound, unit, opened.day) else { continue };
        if let Some(body) = opened.bodies.get_mut(&unit.id) {
            body.borrowed = borrowed;
            continue;
        }
        let mode = match modes.iter().rev().find(|(of, _)| *of == unit.id) {
            Some((_, mode)) => mode.as_str(),
            None => set.mode_of(&unit.kind_code),
        };
        opened.owing.insert(unit.id, Owing { unit: unit.clone(), form: form.form.id, mode: mode.to_owned() });
        opened.bodies.insert(
            unit.id,
            Body {
                form: form.form.id,
                form_name: form.name.clone(),
                borrowed,
                asks: asks.get(&form.form.id).cloned().unwrap_or_default(),
                holds: Holds::Nothing,
                figures: HashMap::new(),
                report: None,
                received: None,
                obligation: None,
            },
        );
    }
    Ok(())
}

/// The form of a body of then: that of the day, else the first later one for it, else the one that asks most of the table,
/// which is said: it was made for others.
fn form_then<'a>(
    forms: &'a [DatedForm],
    asks: &AskedByForm,
    bound: &[IndicatorId],
    unit: &UnitOn,
    day: NaiveDate,
) -> Option<(&'a DatedForm, bool)> {
    let holding = |on: NaiveDate| -> Option<FormId> {
        let valid =
            forms.iter().filter(|form| form.from.is_none_or(|d| d <= on) && form.to.is_none_or(|d| on <= d));
        let valid: Vec<_> = valid.map(|form| form.form.clone()).collect();
        periods::form_for(&valid, unit.id, &unit.kind_code)
    };
    let mut later: Vec<NaiveDate> =
        forms.iter().filter_map(|form| form.from).filter(|from| *from > day).collect();
    later.sort_unstable();
    let own = std::iter::once(day).chain(later).find_map(holding);
    let known = own.and_then(|id| forms.iter().find(|form| form.form.id == id));
    known.map(|form| (form, false)).or_else(|| {
        let score = |form: &&DatedForm| {
            let asked = asks.get(&form.form.id);
            let of = |id: &IndicatorId| {
                asked.and_then(|asked| asked.get(id)).map_or(0, |counts| 1 + usize::from(*counts))
            };
            (bound.iter().map(of).sum::<usize>(), std::cmp::Reverse(form.form.id))
        };
        forms.iter().max_by_key(score).map(|form| (form, true))
    })
}
