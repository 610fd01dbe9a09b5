//! What a report asks for, read from its form version and the plans its regime serves.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::outline::{AskedIndicator, AskedSection, AskedTask, Outline};
use super::super::{Case, TaskResult, remark};
use super::{from_code, from_json};
use crate::calendar::Cycle;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, PlanId, RegimeId, TaskId, UnitId};
use crate::db::schema::{
    clauses, form_indicators, form_lists, form_sections, forms, indicator_groups, indicators,
    plans as plan_table, regime_plans, tasks,
};
use crate::forms::Content as FormContent;
use crate::lists::ListTable;
use crate::plans;
use crate::units;

/// The outline of a report: its form version and the tasks the unit, or the body it passed from, held on the reference day. Thirteen queries at most.
///
/// # Errors
/// The queries' own; a form whose columns or rules cannot be read.
pub(in crate::reports) fn outline_of(conn: &mut Conn, case: &Case) -> QueryResult<Outline> {
    let mut outline = outline_of_form(conn, case.obligation.form_id)?;
    // Asked out of turn for words alone, a unit answers that question: the results of its tasks stand in its usual reports.
    let one_question = case.cycle() == Some(Cycle::AdHoc) && outline.indicators.is_empty();
    // A plan is drawn up before anything of it is done: it has no results to tell.
    if !one_question && !case.is_document() {
        outline.tasks = tasks_of(conn, case)?;
    }
    if case.correcting() {
        let mut given = super::remarks::to_answer(conn, case)?;
        remark::in_page_order(&mut given, &outline);
        outline.remarks = given;
    }
    Ok(outline)
}

/// The outline of a form version, without tasks and remarks. Five queries.
///
/// # Errors
/// As [`outline_of`].
pub(in crate::reports) fn outline_of_form(conn: &mut Conn, form_id: FormId) -> QueryResult<Outline> {
    let (form_code, form_version): (String, i32) =
        forms::table.find(form_id).select((forms::code, forms::version)).first(conn)?;
    let sections = form_sections::table
        .filter(form_sections::form_id.eq(form_id))
        .order((form_sections::position, form_sections::id))
        .select((
            form_sections::code,
            form_sections::label,
            form_sections::title,
            form_sections::hint,
            form_sections::required,
        ))
        .load::<(String, String, String, String, bool)>(conn)?
        .into_iter()
        .map(|(code, label, title, hint, required)| AskedSection { code, label, title, hint, required })
        .collect();
    let lists = form_lists::table
        .filter(form_lists::form_id.eq(form_id))
        .order((form_lists::position, form_lists::id))
        .select((form_lists::code, form_lists::title, form_lists::columns_json))
        .load::<(String, String, String)>(conn)?
        .into_iter()
        .map(|(code, title, columns)| Ok(ListTable { code, title, columns: from_json(&columns)? }))
        .collect::<QueryResult<_>>()?;
    let indicators = indicators_of_form(conn, form_id)?;
    Ok(Outline {
        form_id,
        form_code,
        form_version,
        sections,
        indicators,
        lists,
        tasks: vec![],
        remarks: vec![],
    })
}

/// The outline a content makes, published or not: what [`outline_of_form`] answers once it is. One query.
///
/// # Errors
/// The query's own; rules that cannot be read.
pub(in crate::reports) fn outline_of_content(conn: &mut Conn, content: &FormContent) -> QueryResult<Outline> {
    let asked = content.figures.iter().map(|asked| (asked.indicator, (asked.counts, asked.required)));
    let sections = content.sections.iter().map(|section| AskedSection {
        code: section.code.clone(),
        label: section.label.clone(),
        title: section.title.clone(),
        hint: section.hint.clone(),
        required: section.required,
    });
    Ok(Outline {
        form_id: FormId(0),
        form_code: String::new(),
        form_version: 0,
        sections: sections.collect(),
        indicators: asked_indicators(conn, &asked.collect())?,
        lists: content.lists.clone(),
        tasks: vec![],
        remarks: vec![],
    })
}

#[derive(Queryable)]
struct IndicatorRow {
    id: IndicatorId,
    code: String,
    group_name: String,
    group_position: i32,
    name: String,
    measure_unit: String,
    value_type: String,
    scale: i32,
    exponent: i32,
    unit_rule: String,
    period_rule: String,
    numerator: Option<IndicatorId>,
    denominator: Option<IndicatorId>,
    guidance: String,
    position: i32,
}

/// The form's indicators and every ratio whose two parts are among them, by group and catalogue order. Two queries.
fn indicators_of_form(conn: &mut Conn, form_id: FormId) -> QueryResult<Vec<AskedIndicator>> {
    type Asked = (IndicatorId, bool, bool);
    let asked: HashMap<IndicatorId, (bool, bool)> = form_indicators::table
        .filter(form_indicators::form_id.eq(form_id))
        .select((form_indicators::indicator_id, form_indicators::counts, form_indicators::required))
        .load::<Asked>(conn)?
        .into_iter()
        .map(|(id, counts, required)| (id, (counts, required)))
        .collect();
    asked_indicators(conn, &asked)
}

/// The indicators of some codes on a day, asked of everybody and none required, by group and catalogue order. Two
/// queries.
///
/// # Errors
/// The queries' own; rules that cannot be read.
pub(in crate::reports) fn indicators_by_code(
    conn: &mut Conn,
    codes: &[String],
    day: NaiveDate,
) -> QueryResult<Vec<AskedIndicator>> {
    let ids: Vec<IndicatorId> = indicators::table
        .filter(indicators::code.eq_any(codes))
        .filter(indicators::valid_from.is_null().or(indicators::valid_from.le(day)))
        .filter(indicators::valid_to.is_null().or(indicators::valid_to.ge(day)))
        .select(indicators::id)
        .load(conn)?;
    indicators_of(conn, ids)
}

/// Some indicators, asked of everybody and none required, by group and catalogue order. One query.
///
/// # Errors
/// The query's own; rules that cannot be read.
pub(super) fn indicators_of(conn: &mut Conn, ids: Vec<IndicatorId>) -> QueryResult<Vec<AskedIndicator>> {
    asked_indicators(conn, &ids.into_iter().map(|id| (id, (true, false))).collect())
}

/// By form, what it asks and whether that counts.
pub type AskedByForm = HashMap<FormId, HashMap<IndicatorId, bool>>;

/// What some forms ask, and whether it counts, by form; and every figure that one of them asks to be typed. Two queries.
///
/// # Errors
/// The queries' own; rules that cannot be read.
pub(in crate::reports) fn asked_of_forms(
    conn: &mut Conn,
    forms: &[FormId],
) -> QueryResult<(AskedByForm, Vec<AskedIndicator>)> {
    let rows: Vec<(FormId, IndicatorId, bool)> = form_indicators::table
        .filter(form_indicators::form_id.eq_any(forms))
        .select((form_indicators::form_id, form_indicators::indicator_id, form_indicators::counts))
        .load(conn)?;
    let mut by_form = AskedByForm::new();
    for (form, indicator, counts) in rows {
        by_form.entry(form).or_default().insert(indicator, counts);
    }
    let ids = by_form.values().flat_map(HashMap::keys).copied().collect();
    let mut asked = indicators_of(conn, ids)?;
    asked.retain(|one| !one.is_ratio());
    Ok((by_form, asked))
}

/// Indicators with whether they count and are required, and every ratio whose two parts are among them. One query.
fn asked_indicators(
    conn: &mut Conn,
    asked: &HashMap<IndicatorId, (bool, bool)>,
) -> QueryResult<Vec<AskedIndicator>> {
    let ids: Vec<IndicatorId> = asked.keys().copied().collect();
    let mut rows: Vec<IndicatorRow> = indicators::table
        .inner_join(indicator_groups::table)
        .filter(
            indicators::id.eq_any(&ids).or(indicators::value_type
                .eq("ratio")
                .and(indicators::numerator_id.eq_any(&ids))
                .and(indicators::denominator_id.eq_any(&ids))),
        )
        .select((
            indicators::id,
            indicators::code,
            indicator_groups::name,
            indicator_groups::position,
            indicators::name,
            indicators::measure_unit,
            indicators::value_type,
            indicators::scale,
            indicators::display_exponent,
            indicators::unit_rule,
            indicators::period_rule,
            indicators::numerator_id,
            indicators::denominator_id,
            indicators::guidance,
            indicators::position,
        ))
        .load(conn)?;
    rows.sort_by_key(|row| (row.group_position, row.position, row.id));
    rows.into_iter()
        .map(|row| {
            let (counts, required) = asked.get(&row.id).copied().unwrap_or((true, false));
            Ok(AskedIndicator {
                id: row.id,
                code: row.code,
                group_name: row.group_name,
                name: row.name,
                measure_unit: row.measure_unit,
                value_type: from_code(&row.value_type)?,
                scale: u32::try_from(row.scale).unwrap_or_default(),
                exponent: u32::try_from(row.exponent).unwrap_or_default(),
                unit_rule: from_code(&row.unit_rule)?,
                period_rule: from_code(&row.period_rule)?,
                parts: row.numerator.zip(row.denominator),
                guidance: row.guidance,
                counts,
                required,
            })
        })
        .collect()
}

/// The unit that owes the report, the bodies it passed from, and those whose work any of them had taken over by the
/// reference day: of one that passed after that day, the body it was of then held the tasks. Four queries at most.
pub(super) fn reach_of(conn: &mut Conn, case: &Case) -> QueryResult<Vec<UnitId>> {
    let unit = case.obligation.unit_id;
    let answering: Vec<UnitId> = std::iter::once(unit).chain(case.before.iter().copied()).collect();
    let reach = units::reach::taken_over(conn, &answering, case.period.reference_on)?;
    let mut all: Vec<UnitId> = reach.into_values().flatten().collect();
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The tasks its unit held on the reference day, in the plans its regime served then. Eight queries at most.
///
/// # Errors
/// The queries' own.
pub fn tasks_of(conn: &mut Conn, case: &Case) -> QueryResult<Vec<AskedTask>> {
    let day = case.period.reference_on;
    let served = plans_of_regime(conn, case.regime.id, day)?;
    let units = reach_of(conn, case)?;
    let held = plans::queries::tasks_held(conn, &units, day, Some(&served))?;
    Ok(plans::one_per_task(held)
        .into_iter()
        .map(|task| AskedTask {
            id: task.task_id,
            plan: task.plan_short_name,
            clause: task.clause_path,
            text: task.text,
            part: task.part.name(),
        })
        .collect())
}

/// What the unit, or a body whose work it took over, noted for its tasks within the period's window, oldest first. Two
/// queries; none for a document, which has no window.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn work_done(conn: &mut Conn, case: &Case) -> QueryResult<Vec<plans::queries::Entry>> {
    let Some(window) = case.window() else { return Ok(Vec::new()) };
    let units = reach_of(conn, case)?;
    plans::queries::entries_in_window(conn, &units, window.from, window.to)
}

fn plans_of_regime(conn: &mut Conn, regime: RegimeId, day: NaiveDate) -> QueryResult<Vec<PlanId>> {
    regime_plans::table
        .filter(regime_plans::regime_id.eq(regime))
        .filter(regime_plans::valid_from.is_null().or(regime_plans::valid_from.le(day)))
        .filter(regime_plans::valid_to.is_null().or(regime_plans::valid_to.ge(day)))
        .select(regime_plans::plan_id)
        .load(conn)
}

/// A task as it reads now, to be taken down with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(in crate::reports) struct TaskFacts {
    pub id: TaskId,
    pub uid: String,
    /// Short name of its plan.
    pub plan: String,
    /// Path of its clause, e.g. "III.2".
    pub clause: String,
    pub text: String,
}

/// Puts beside the tasks that are asked those something is written of, though they are asked no more: what is sent is seen
/// by who sends it, and can be mended. One query; none where there are none.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn add_told(
    conn: &mut Conn,
    outline: &mut Outline,
    told: &BTreeMap<TaskId, TaskResult>,
) -> QueryResult<()> {
    let asked = |id: &TaskId| outline.tasks.iter().any(|task| task.id == *id);
    let unasked = told.iter().filter(|(id, result)| !result.is_blank() && !asked(id));
    let unasked: Vec<TaskId> = unasked.map(|(id, _)| *id).collect();
    if unasked.is_empty() {
        return Ok(());
    }
    let facts = task_facts(conn, unasked)?;
    outline.tasks.extend(facts.into_iter().map(|task| AskedTask {
        id: task.id,
        plan: task.plan,
        clause: task.clause,
        text: task.text,
        part: "",
    }));
    Ok(())
}

/// Some tasks in the order of their plans. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn task_facts(conn: &mut Conn, ids: Vec<TaskId>) -> QueryResult<Vec<TaskFacts>> {
    tasks::table
        .inner_join(clauses::table)
        .inner_join(plan_table::table)
        .filter(tasks::id.eq_any(ids))
        .order((plan_table::id, clauses::position, tasks::position, tasks::id))
        .select((tasks::id, tasks::uid, plan_table::short_name, clauses::path, tasks::text))
        .load(conn)
}
