//! Nơi nhận of a unit's paper (NĐ 30/2020 phụ lục I): a list of the regime for all its units, the unit's own over it, one for
//! its own report and one for its consolidated one, and who drafted, for the archive's line. Stands between the forms and the
//! paper; every saving is a row after the one that was seen, and a paper that was sent keeps the row of its moment.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
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

/// Whose paper: of a unit, as the report of its own or the consolidated one; the regime's list for all stands under none.
type Whose = Option<(UnitId, bool)>;

/// The part of the obligation that is stored.
fn part(whose: Whose) -> &'static str {
    if whose.is_some_and(|(_, consolidated)| consolidated) { "consolidated" } else { "own" }
}

fn saved(conn: &mut Conn, regime: RegimeId, whose: Whose) -> QueryResult<Vec<Saved>> {
    let of = paper_recipients::table.filter(paper_recipients::regime_id.eq(regime)).into_boxed();
    let of = match whose {
        Some((unit, _)) => of.filter(
            paper_recipients::unit_id
                .is_null()
                .or(paper_recipients::unit_id.eq(unit).and(paper_recipients::part.eq(part(whose)))),
        ),
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

/// What holds for a paper of a unit, its own report's or its consolidated one's, at a moment (UTC); `None` as moment: now. The
/// unit's own before the regime's. One query.
///
/// # Errors
/// The query's own.
pub fn known(
    conn: &mut Conn,
    regime: RegimeId,
    (unit, consolidated): (UnitId, bool),
    at: Option<NaiveDateTime>,
) -> QueryResult<Option<PaperRecipients>> {
    let mut rows = saved(conn, regime, Some((unit, consolidated)))?;
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

/// Saves what a unit names on its papers of this regime, for this report and those like it to come.
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
    let whose = (unit, case.is_consolidated());
    let before = known(conn, case.regime.id, whose, None)?;
    let new = typed.read("names")?;
    unmoved(before.as_ref().map_or(0, |before| before.seen), typed.seen)?;
    let follows = before.as_ref().filter(|before| before.own).map_or(0, |before| before.seen);
    save(conn, (&case.regime, Some(whose), follows), membership, &new, moment)?;
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

/// Whose papers a regime's keeper names the recipients of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Papers {
    /// The reports of all its units.
    Units,
    /// The consolidated report of its own collector.
    Consolidated,
}

impl Papers {
    fn whose(self, regime: &Regime) -> Whose {
        (self == Papers::Consolidated).then_some((regime.collector_id, true))
    }

    /// The field the list is typed into.
    fn field(self) -> &'static str {
        match self {
            Papers::Units => "paper_names",
            Papers::Consolidated => "consolidated_names",
        }
    }

    fn action(self) -> &'static str {
        match self {
            Papers::Units => "regime.paper_recipients",
            Papers::Consolidated => "regime.consolidated_recipients",
        }
    }
}

/// The list of the consolidated report's own paper, for the next edition. One query.
///
/// # Errors
/// The query's own.
pub fn of_consolidated(conn: &mut Conn, regime: &Regime) -> QueryResult<PaperRecipients> {
    let mut rows = saved(conn, regime.id, Papers::Consolidated.whose(regime))?;
    rows.retain(|row| row.1.is_some());
    Ok(rows.pop().map(read).unwrap_or_default())
}

/// Saves what the keeper of a regime names for its papers; `membership` keeps the regime.
///
/// # Errors
/// [`Error::Invalid`] at the fields; [`Error::Conflict`] when somebody saved meanwhile.
pub fn put_of_regime(
    conn: &mut Conn,
    actor: &Actor,
    (membership, regime, papers): (&Membership, &Regime, Papers),
    typed: &RecipientsInput,
    moment: Moment,
) -> Result<(), Error> {
    let before = match papers {
        Papers::Units => of_regime(conn, regime.id)?,
        Papers::Consolidated => of_consolidated(conn, regime)?,
    };
    let new = typed.read(papers.field())?;
    unmoved(before.seen, typed.seen)?;
    save(conn, (regime, papers.whose(regime), before.seen), membership, &new, moment)?;
    let told = |known: &PaperRecipients| match papers {
        Papers::Units => json!({ "recipients": known.names }),
        Papers::Consolidated => words(known),
    };
    let step = Step {
        action: papers.action(),
        subject_kind: "regime",
        subject_id: Some(regime.id.0),
        subject_label: &regime.name,
        unit_id: Some(regime.collector_id),
        before: Some(told(&before)),
        after: Some(told(&new)),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

fn words(known: &PaperRecipients) -> serde_json::Value {
    json!({ "recipients": known.names, "drafter": known.drafter, "copies": known.copies })
}

fn unmoved(stands: i64, seen: i64) -> Result<(), Error> {
    if stands == seen { Ok(()) } else { Err(faster()) }
}

fn faster() -> Error {
    Error::Conflict("Người khác vừa sửa nơi nhận. Mở lại trang để xem rồi sửa tiếp.".to_owned())
}

/// Of two savings after the same one the database takes the first: the other is told.
fn save(
    conn: &mut Conn,
    (regime, whose, follows): (&Regime, Whose, i64),
    membership: &Membership,
    new: &PaperRecipients,
    moment: Moment,
) -> Result<(), Error> {
    let saved = diesel::insert_into(paper_recipients::table)
        .values((
            paper_recipients::regime_id.eq(regime.id),
            paper_recipients::unit_id.eq(whose.map(|(unit, _)| unit)),
            paper_recipients::part.eq(part(whose)),
            paper_recipients::follows.eq(follows),
            paper_recipients::names.eq(new.names.join("\n")),
            paper_recipients::drafter.eq(&new.drafter),
            paper_recipients::copies.eq(new.copies),
            paper_recipients::membership_id.eq(membership.id),
            paper_recipients::saved_at.eq(moment.at),
        ))
        .execute(conn);
    match saved {
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Err(faster()),
        other => Ok(other.map(|_| ())?),
    }
}
