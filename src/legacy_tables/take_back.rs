//! A table that was applied is taken back whole: every report is where it was before. Only as long as nothing rests on it; what it was
//! stays in the log, in the reports' histories and in the file.

use serde_json::json;

use super::TableState;
use super::open::of_unit;
use super::queries::{self, CameOf, Change, TableRow};
use super::settle::meanwhile;
use super::upload::record;
use crate::access::{Action, Actor};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{LegacyTableId, ObligationId, ReportId, UnitId};
use crate::error::{Error, Problems};
use crate::reports::table_entry::{self, Hand};
use crate::vietnamese::limits::PARAGRAPH;

/// Units named in a refusal.
const NAMED: usize = 5;

/// A table that may be taken back.
pub struct Withdrawal {
    pub row: TableRow,
    pub came: Vec<CameOf>,
}

/// The table, if it may still be taken back. Five queries.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body; [`Error::Refused`] where something rests on it.
pub fn examine(conn: &mut Conn, actor: &Actor, id: LegacyTableId) -> Result<Withdrawal, Error> {
    let row = queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?;
    if row.state() != TableState::Applied {
        return Err(Error::Refused("Bảng này chưa nhập, hoặc đã rút.".to_owned()));
    }
    let came = queries::came_of(conn, id)?;
    let revisions: Vec<_> = came.iter().map(|one| one.revision).collect();
    if let Some((_, number, status)) = queries::editions_on(conn, &revisions)?.into_iter().next_back() {
        let state = if status == "draft" { "dự thảo" } else { "đã chốt" };
        let mend = if status == "draft" { " Hủy dự thảo đó trước." } else { "" };
        return Err(Error::Refused(format!(
            "Không rút được nữa: bản tổng hợp lần {number} ({state}) đã lấy số liệu của bảng này.{mend}"
        )));
    }
    let pairs: Vec<(ReportId, _)> = came.iter().map(|one| (one.report, one.revision)).collect();
    let moved = queries::later_steps(conn, &pairs)?;
    if !moved.is_empty() {
        let units: Vec<UnitId> =
            came.iter().filter(|one| moved.contains(&one.report)).map(|one| one.unit).collect();
        let day = row.uploaded_at.date();
        let names = crate::units::queries::names_on(conn, &units, day)?;
        let mut names: Vec<String> = names.into_values().collect();
        names.sort_by_key(|name| crate::vietnamese::sort_key(name));
        let more = match names.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" và {more} đơn vị khác"),
        };
        names.truncate(NAMED);
        return Err(Error::Refused(format!(
            "Không rút được nữa: sau bảng này đã có bảng khác hoặc bản chỉnh lý của {}{more}. Rút bảng nhập sau trước.",
            names.join("; ")
        )));
    }
    Ok(Withdrawal { row, came })
}

/// Takes the table back. `seen` is the version the person had before them.
///
/// # Errors
/// As [`examine`]; [`Error::Invalid`] without a reason; [`Error::Conflict`] when something changed meanwhile.
pub fn take_back(
    conn: &mut Conn,
    actor: &Actor,
    id: LegacyTableId,
    (seen, reason): (i32, &str),
    moment: Moment,
) -> Result<TableRow, Error> {
    let Withdrawal { row, came } = examine(conn, actor, id)?;
    if row.version != seen {
        return Err(meanwhile());
    }
    let membership = of_unit(actor, row.unit_id)?;
    let mut problems = Problems::default();
    if reason.trim().is_empty() {
        problems.add("reason", "Nhập lý do rút bảng; lý do được lưu trong nhật ký.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    let hand = Hand { actor, membership, moment };
    for one in &came {
        table_entry::take_back(conn, &hand, one.report, (one.revision, one.follows), reason.trim())?;
    }
    let period = row.period_id.ok_or(Error::NotFound)?;
    if queries::was_made(conn, period)? {
        let gone: Vec<ReportId> =
            came.iter().filter(|one| one.follows.is_none()).map(|one| one.report).collect();
        let held = queries::held(conn, &membership.reach, period)?;
        let ids: Vec<ObligationId> =
            held.iter().filter(|held| gone.contains(&held.report)).map(|held| held.obligation).collect();
        let why = format!("Đã rút bảng cũ “{}”: {}", row.file_name, reason.trim());
        queries::exempt(conn, &ids, &why, (actor, membership, moment))?;
    }
    let who = format!("{}, {}, {}", actor.full_name, membership.title, membership.unit_name);
    let change = Change {
        state: Some(TableState::TakenBack.code()),
        taken_back_by: Some(&who),
        taken_back_at: Some(moment.at),
        taken_back_reason: Some(reason.trim()),
        ..Change::default()
    };
    if !queries::change(conn, &row, &change)? {
        return Err(meanwhile());
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256, "reason": reason.trim(), "reports": came.len() });
    record(conn, (actor, membership), &row, ("legacy_table.take_back", after), moment)?;
    Ok(row)
}
