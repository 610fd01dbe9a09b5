//! Nơi nhận of a unit's paper (NĐ 30/2020 phụ lục I): a list of the regime for all its units, the unit's own over it, and who
//! drafted, for the archive's line. Stands between the forms and the paper; every saving is a row, and a paper that was sent
//! keeps the row of its moment.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::Case;
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::db::schema::paper_recipients;
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::vietnamese::limits::{LINE, SIGN};
use crate::vietnamese::{clean_line, search_key};

/// Lines of one paper.
const MOST: usize = 20;

/// What is known of the recipients of a unit's paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperRecipients {
    /// Between "Như trên" and the archive, in order, without marks.
    pub names: Vec<String>,
    /// The unit inside the body that drafts, abbreviated as in its symbol; blank when not known.
    pub drafter: String,
    /// Copies kept in the archive, 1 to 99.
    pub copies: Option<i32>,
    /// Saved by the unit itself, and not for all of its regime.
    pub own: bool,
    /// Which saving it is.
    pub seen: i64,
}

/// Who may name the recipients of this report's paper: who types for the unit, whatever state the report is in.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_name<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    let action = if case.is_consolidated() { Action::Consolidate } else { Action::EditDraft };
    actor.for_unit(case.obligation.unit_id, action).ok_or_else(|| {
        Error::Forbidden("Nơi nhận do cán bộ hoặc lãnh đạo của đơn vị ra văn bản nhập.".to_owned())
    })
}

/// A stored saving: id, unit, names, drafter, copies, when.
type Saved = (i64, Option<UnitId>, String, String, Option<i32>, NaiveDateTime);

fn saved(conn: &mut Conn, regime: RegimeId, unit: Option<UnitId>) -> QueryResult<Vec<Saved>> {
    let of = paper_recipients::table.filter(paper_recipients::regime_id.eq(regime)).into_boxed();
    let of = match unit {
        Some(unit) => of.filter(paper_recipients::unit_id.is_null().or(paper_recipients::unit_id.eq(unit))),
        None => of.filter(paper_recipients::unit_id.is_null()),
    };
    of.order(paper_recipients::id)
        .select((
            paper_recipients::id,
            paper_recipients::unit_id,
            paper_recipients::names,
            paper_recipients::drafter,
            paper_recipients::copies,
            paper_recipients::saved_at,
        ))
        .load(conn)
}

fn read((id, unit, names, drafter, copies, _): Saved) -> PaperRecipients {
    let names = names.lines().map(str::to_owned).collect();
    PaperRecipients { names, drafter, copies, own: unit.is_some(), seen: id }
}

/// What holds for a unit's paper at a moment (UTC); `None` as moment: now. The unit's own before the regime's. One query.
///
/// # Errors
/// The query's own.
pub fn known(
    conn: &mut Conn,
    regime: RegimeId,
    unit: UnitId,
    at: Option<NaiveDateTime>,
) -> QueryResult<Option<PaperRecipients>> {
    let mut rows = saved(conn, regime, Some(unit))?;
    rows.retain(|row| at.is_none_or(|at| row.5 <= at));
    let newest = rows.iter().rposition(|row| row.1.is_some()).or(rows.len().checked_sub(1));
    Ok(newest.map(|at| read(rows.swap_remove(at))))
}

/// The list of a regime for all its units. One query.
///
/// # Errors
/// The query's own.
pub fn of_regime(conn: &mut Conn, regime: RegimeId) -> QueryResult<PaperRecipients> {
    Ok(saved(conn, regime, None)?.pop().map(read).unwrap_or_default())
}

/// What was typed: a line each, drafter, copies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecipientsInput {
    pub names: String,
    pub drafter: String,
    pub copies: String,
    /// The saving that was shown.
    pub seen: i64,
}

impl RecipientsInput {
    /// `field` is the name of the list's field.
    fn read(&self, field: &str) -> Result<PaperRecipients, Error> {
        let mut problems = Problems::default();
        let line = |line: &str| {
            let line = clean_line(line);
            line.trim_start_matches(['-', '–', ' ']).trim_end_matches([';', '.', ' ']).to_owned()
        };
        let names: Vec<String> = self.names.lines().map(line).filter(|line| !line.is_empty()).collect();
        for (at, name) in names.iter().enumerate() {
            let key = search_key(name);
            problems.add_fault(field, LINE.fault("Nơi nhận", name));
            if key == "nhu tren" || key.starts_with("luu") {
                let words =
                    format!("“{name}” do hệ thống ghi. Bỏ dòng này; bộ phận soạn thảo nhập ở ô riêng.");
                problems.add(field, words);
            } else if names[..at].contains(name) {
                problems.add(field, format!("“{name}” có hai lần. Bỏ bớt một dòng."));
            }
        }
        if names.len() > MOST {
            problems.add(field, format!("Có {} nơi nhận, nhiều nhất {MOST}.", names.len()));
        }
        problems.add_fault("drafter", SIGN.fault("Bộ phận soạn thảo", &self.drafter));
        let copies = match self.copies.trim() {
            "" => None,
            typed => typed.parse::<i32>().ok().filter(|copies| (1..=99).contains(copies)).or_else(|| {
                problems.add("copies", "Nhập số bản lưu từ 1 đến 99, hoặc để trống.");
                None
            }),
        };
        problems.or(PaperRecipients {
            names,
            drafter: self.drafter.clone(),
            copies,
            own: true,
            seen: self.seen,
        })
    }
}

/// Saves what a unit names on its papers of this regime, for this report and those to come.
///
/// # Errors
/// As [`may_name`]; [`Error::Invalid`] at the fields; [`Error::Conflict`] when somebody saved meanwhile.
pub fn put(
    conn: &mut Conn,
    actor: &Actor,
    case: &Case,
    typed: &RecipientsInput,
    moment: Moment,
) -> Result<(), Error> {
    let membership = may_name(actor, case)?;
    let unit = case.obligation.unit_id;
    let before = known(conn, case.regime.id, unit, None)?;
    let new = typed.read("names")?;
    unmoved(before.as_ref().map_or(0, |before| before.seen), typed.seen)?;
    save(conn, (&case.regime, Some(unit)), membership, &new, moment)?;
    let step = Step {
        action: "report.recipients",
        subject_kind: "report",
        subject_id: Some(case.report.id.0),
        subject_label: &case.title(),
        unit_id: Some(unit),
        before: before.as_ref().map(words),
        after: Some(words(&new)),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

/// Saves the list of a regime for all its units; `membership` keeps the regime.
///
/// # Errors
/// [`Error::Invalid`] at the field `paper_names`; [`Error::Conflict`] when somebody saved meanwhile.
pub fn put_of_regime(
    conn: &mut Conn,
    actor: &Actor,
    (membership, regime): (&Membership, &Regime),
    typed: &RecipientsInput,
    moment: Moment,
) -> Result<(), Error> {
    let before = of_regime(conn, regime.id)?;
    let new = typed.read("paper_names")?;
    unmoved(before.seen, typed.seen)?;
    save(conn, (regime, None), membership, &new, moment)?;
    let step = Step {
        action: "regime.paper_recipients",
        subject_kind: "regime",
        subject_id: Some(regime.id.0),
        subject_label: &regime.name,
        unit_id: Some(regime.collector_id),
        before: Some(json!({ "recipients": before.names })),
        after: Some(json!({ "recipients": new.names })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

fn words(known: &PaperRecipients) -> serde_json::Value {
    json!({ "recipients": known.names, "drafter": known.drafter, "copies": known.copies })
}

fn unmoved(stands: i64, seen: i64) -> Result<(), Error> {
    if stands == seen {
        return Ok(());
    }
    Err(Error::Conflict("Người khác vừa sửa nơi nhận. Mở lại trang để xem rồi sửa tiếp.".to_owned()))
}

fn save(
    conn: &mut Conn,
    (regime, unit): (&Regime, Option<UnitId>),
    membership: &Membership,
    new: &PaperRecipients,
    moment: Moment,
) -> QueryResult<()> {
    diesel::insert_into(paper_recipients::table)
        .values((
            paper_recipients::regime_id.eq(regime.id),
            paper_recipients::unit_id.eq(unit),
            paper_recipients::names.eq(new.names.join("\n")),
            paper_recipients::drafter.eq(&new.drafter),
            paper_recipients::copies.eq(new.copies),
            paper_recipients::membership_id.eq(membership.id),
            paper_recipients::saved_at.eq(moment.at),
        ))
        .execute(conn)
        .map(|_| ())
}
