//! What is open in a unit when somebody leaves it, and the hand-overs kept. Work belongs to the unit; only what a collector
//! has begun and not issued carries a person's own mark.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::{Action, Role};
use crate::db::Conn;
use crate::db::ids::{HandOverId, MembershipId, ObligationId, PersonId, ReportId, TaskId, UnitId};
use crate::db::schema::{
    behalf_typings, draft_clashes, draft_remarks, editions, hand_overs, obligations, periods, regimes,
    reports,
};
use crate::error::Error;
use crate::people::hand_over::{Group, Item};
use crate::periods::{Progress, Standing};
use crate::plans::{self, one_per_task, shortened};
use crate::reports::{ReportState, paper_duty};
use crate::units;

/// Longest text of a task in the list, in characters.
const TASK_TEXT: usize = 140;

/// A report with its unit, period and state.
type Row = (ReportId, UnitId, String, String, String);

/// Open work of a unit for the roles that pass: the unit's own reports and tasks for who writes them, what waits for the
/// collector for who reviews; `own` are the memberships of the one who leaves. Twenty-one queries at most.
///
/// # Errors
/// The queries' own.
pub fn of(
    conn: &mut Conn,
    unit: UnitId,
    roles: &[Role],
    own: &[MembershipId],
    today: NaiveDate,
) -> Result<Vec<Group>, Error> {
    let reach = units::reach::taken_over(conn, &[unit], today)?.remove(&unit).unwrap_or_else(|| vec![unit]);
    let mut groups = Vec::new();
    let mut group = |heading: &str, items: Vec<Item>| {
        if !items.is_empty() {
            groups.push(Group { heading: heading.to_owned(), items });
        }
    };
    if roles.iter().any(|role| role.may(Action::EditDraft)) {
        let open = [ReportState::NotBegun, ReportState::Draft, ReportState::WithLeader, ReportState::Amend];
        group("Báo cáo phải gửi", owed(conn, &reach, &open)?);
        let held = one_per_task(plans::queries::tasks_held(conn, &reach, today, None)?);
        let tasks = held.into_iter().map(|task| {
            let (path, state) = (task_path(task.task_id), task.plan_short_name);
            Item { text: format!("{} {}", task.clause_path, shortened(&task.text, TASK_TEXT)), state, path }
        });
        group("Nhiệm vụ được giao", tasks.collect());
        group("Chỗ hai người cùng sửa, chưa chọn", clashing(conn, own, today)?);
        group("Đã đề nghị gia hạn, chờ trả lời", extensions(conn, Asked::By(&reach), today)?);
        group("Văn bản đã ký còn thiếu", papers(conn, &reach)?);
    }
    if roles.iter().any(|role| role.may(Action::Review)) {
        group("Báo cáo chờ kiểm tra, tiếp nhận", waiting(conn, &reach, today)?);
        group("Báo cáo đang nhập thay", typed(conn, own, today)?);
        group("Đề nghị chỉnh lý đang viết, chưa gửi đi", remarked(conn, own, today)?);
        group("Bản tổng hợp chưa được duyệt", drafts_of(conn, &reach)?);
    }
    if roles.iter().any(|role| role.may(Action::Compile)) {
        group("Đề nghị gia hạn chờ trả lời", extensions(conn, Asked::Of(&reach), today)?);
    }
    Ok(groups)
}

fn task_path(id: TaskId) -> String {
    format!("/tasks/{id}")
}

fn words(state: &str) -> String {
    ReportState::from_code(state).map_or("", |state| Progress::of(Standing::Owed, state).words()).to_owned()
}

fn owed(conn: &mut Conn, units: &[UnitId], states: &[ReportState]) -> QueryResult<Vec<Item>> {
    let states: Vec<&str> = states.iter().map(|state| state.code()).collect();
    let rows: Vec<Row> = reports::table
        .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
        .filter(obligations::unit_id.eq_any(units))
        .filter(obligations::standing.eq(Standing::Owed.code()))
        .filter(reports::state.eq_any(states))
        .order((periods::reference_on, reports::id))
        .select((reports::id, obligations::unit_id, periods::label, regimes::name, reports::state))
        .load(conn)?;
    let item = |(id, _, label, regime, state): Row| Item {
        text: format!("{label}, {regime}"),
        state: words(&state),
        path: format!("/reports/{id}"),
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Items of reports of other units, by the units' names.
fn named(conn: &mut Conn, rows: Vec<Row>, today: NaiveDate) -> QueryResult<Vec<Item>> {
    let ids: Vec<UnitId> = rows.iter().map(|row| row.1).collect();
    let names = units::queries::names_on(conn, &ids, today)?;
    let item = |(id, unit, label, _, state): Row| Item {
        text: format!("{}, {label}", names.get(&unit).cloned().unwrap_or_default()),
        state: words(&state),
        path: format!("/reports/{id}"),
    };
    Ok(rows.into_iter().map(item).collect())
}

fn waiting(conn: &mut Conn, collectors: &[UnitId], today: NaiveDate) -> QueryResult<Vec<Item>> {
    let rows: Vec<Row> = reports::table
        .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
        .filter(obligations::collector_id.eq_any(collectors))
        .filter(obligations::standing.eq(Standing::Owed.code()))
        .filter(reports::state.eq(ReportState::Sent.code()))
        .order((periods::reference_on, reports::id))
        .select((reports::id, obligations::unit_id, periods::label, regimes::name, reports::state))
        .load(conn)?;
    named(conn, rows, today)
}

fn typed(conn: &mut Conn, own: &[MembershipId], today: NaiveDate) -> QueryResult<Vec<Item>> {
    let ids: Vec<ReportId> = behalf_typings::table
        .filter(behalf_typings::begun_by.eq_any(own))
        .select(behalf_typings::report_id)
        .load(conn)?;
    of_reports(conn, &ids, today)
}

fn remarked(conn: &mut Conn, own: &[MembershipId], today: NaiveDate) -> QueryResult<Vec<Item>> {
    let ids: Vec<ReportId> = draft_remarks::table
        .filter(draft_remarks::written_by.eq_any(own))
        .select(draft_remarks::report_id)
        .distinct()
        .load(conn)?;
    of_reports(conn, &ids, today)
}

fn clashing(conn: &mut Conn, own: &[MembershipId], today: NaiveDate) -> QueryResult<Vec<Item>> {
    let ids: Vec<ReportId> = draft_clashes::table
        .filter(draft_clashes::typed_by.eq_any(own))
        .filter(draft_clashes::settled_at.is_null())
        .select(draft_clashes::report_id)
        .distinct()
        .load(conn)?;
    of_reports(conn, &ids, today)
}

fn of_reports(conn: &mut Conn, ids: &[ReportId], today: NaiveDate) -> QueryResult<Vec<Item>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows: Vec<Row> = reports::table
        .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
        .filter(reports::id.eq_any(ids))
        .order(reports::id)
        .select((reports::id, obligations::unit_id, periods::label, regimes::name, reports::state))
        .load(conn)?;
    named(conn, rows, today)
}

/// The two sides of a request for an extension.
enum Asked<'a> {
    By(&'a [UnitId]),
    Of(&'a [UnitId]),
}

/// Requests for an extension that nobody has answered.
fn extensions(conn: &mut Conn, asked: Asked<'_>, today: NaiveDate) -> QueryResult<Vec<Item>> {
    type Row = (ObligationId, UnitId, String, String);
    let owed = || {
        obligations::table
            .inner_join(periods::table.inner_join(regimes::table))
            .inner_join(reports::table)
            .filter(obligations::standing.eq(Standing::Owed.code()))
            .filter(reports::first_sent_at.is_null())
            .order((periods::reference_on, obligations::id))
            .select((obligations::id, obligations::unit_id, periods::label, regimes::name))
    };
    let rows: Vec<Row> = match asked {
        Asked::By(units) => owed().filter(obligations::unit_id.eq_any(units)).load(conn)?,
        Asked::Of(collectors) => owed()
            .filter(obligations::collector_id.eq_any(collectors).or(regimes::collector_id.eq_any(collectors)))
            .load(conn)?,
    };
    let ids: Vec<ObligationId> = rows.iter().map(|row| row.0).collect();
    let mut words = crate::periods::queries::last_extensions(conn, &ids)?;
    words.retain(|_, word| word.waits());
    let units: Vec<UnitId> = rows.iter().map(|row| row.1).collect();
    let names = units::queries::names_on(conn, &units, today)?;
    let items = rows.into_iter().filter_map(|(id, unit, label, regime)| {
        let word = words.get(&id)?;
        let name = names.get(&unit).cloned().unwrap_or_default();
        Some(Item {
            text: format!("{name}, {label}, {regime}"),
            state: format!("Đề nghị gia hạn đến {}", word.day()),
            path: format!("/obligations/{id}"),
        })
    });
    Ok(items.collect())
}

/// Reports sent without what their regimes ask of the signed paper.
fn papers(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<Item>, Error> {
    let duties = paper_duty::of_units(conn, units)?;
    Ok(duties.into_iter().map(|duty| Item { text: duty.title, state: duty.words, path: duty.href }).collect())
}

fn drafts_of(conn: &mut Conn, collectors: &[UnitId]) -> QueryResult<Vec<Item>> {
    let rows: Vec<(i64, i32, String)> = editions::table
        .inner_join(periods::table)
        .filter(editions::collector_id.eq_any(collectors))
        .filter(editions::status.eq("draft"))
        .order(editions::id)
        .select((editions::id, editions::number, periods::label))
        .load(conn)?;
    let item = |(id, number, label): (i64, i32, String)| Item {
        text: format!("Bản tổng hợp lần {number}, {label}"),
        state: "Chờ duyệt".into(),
        path: format!("/editions/{id}"),
    };
    Ok(rows.into_iter().map(item).collect())
}

/// A hand-over as kept.
#[derive(Debug, Clone, Queryable)]
pub struct Kept {
    pub id: HandOverId,
    pub person_id: PersonId,
    pub successor_id: PersonId,
    pub effective_on: NaiveDate,
    pub content_json: String,
    pub actor_name: String,
    pub actor_title: String,
    pub decided_at: NaiveDateTime,
}

/// The hand-overs a person gave or took, the latest first. One query.
///
/// # Errors
/// The query's own.
pub fn kept(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Kept>> {
    hand_overs::table
        .filter(hand_overs::person_id.eq(person).or(hand_overs::successor_id.eq(person)))
        .order(hand_overs::id.desc())
        .select((
            hand_overs::id,
            hand_overs::person_id,
            hand_overs::successor_id,
            hand_overs::effective_on,
            hand_overs::content_json,
            hand_overs::actor_name,
            hand_overs::actor_title,
            hand_overs::decided_at,
        ))
        .load(conn)
}
