//! A reviewed proposal becomes a plan with clauses, tasks and holders, regimes with their cycles, and first periods, in one transaction,
//! by the verbs that pages use for each. What is made is computed anew here and held against what the page showed.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::UploadState;
use super::amend;
use super::ground;
use super::outcome::{BasisMade, Outcome, weigh};
use super::queries::{self, Change};
use super::regimes_made::RegimeMade;
use super::settle::{ADOPTED, meanwhile, seen};
use super::upload::{open, record, to_json};
use crate::access::{Actor, Membership};
use crate::audit::By;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ClauseId, PlanId, PlanUploadId, RegimeId};
use crate::error::Error;
use crate::periods::open::open_period;
use crate::plans::edit::{self, Editor};
use crate::plans::{assign, outline};
use crate::regimes::establish::{Forms, establish_for};
use crate::regimes::{queries::is_taken, serve};
use crate::units;
use crate::units::queries::naming::add_aliases;

/// What was confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Version of the proposal on the page, and what stands for all it showed.
    pub seen: i32,
    pub shown: String,
    /// First periods to open besides, typed on the same page.
    pub first: First,
}

/// The first periods chosen on the last page, by the keys of their duties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct First {
    pub chosen: BTreeSet<u32>,
    /// The last days typed where the document names none.
    pub days: Vec<(u32, String)>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    pub plan: PlanId,
    pub clauses: usize,
    pub tasks: usize,
    pub regimes: usize,
    pub periods: usize,
}

/// Adopts a proposal.
///
/// # Errors
/// 404 for another body's; [`Error::Refused`] for what is in the way, and for one that was adopted already; [`Error::Conflict`] when
/// anything is not as it was shown.
pub fn adopt(
    conn: &mut Conn,
    actor: &Actor,
    id: PlanUploadId,
    confirmed: &Confirmed,
    moment: Moment,
) -> Result<Adopted, Error> {
    let (row, membership) = open(conn, actor, id)?;
    if row.state() == UploadState::Adopted {
        return Err(Error::Refused(ADOPTED.to_owned()));
    }
    let row = seen(conn, actor, (row.id, confirmed.seen))?;
    // Claimed first: of two at once the second waits here, and then finds it changed.
    if !queries::change(conn, (id, row.version), &Change { state: Some(&row.state), ..Change::default() })? {
        return Err(meanwhile());
    }
    // And the province: two uploads of one document have rows of their own, and make one plan.
    units::queries::claim(conn, row.province_id)?;
    let mut draft = row.draft();
    let ground = ground::load(conn, actor, (row.province_id, row.unit_id), &draft, moment)?;
    let shown = weigh(&draft, &ground);
    if let Some(fault) = shown.faults.first() {
        return Err(Error::Refused(fault.words.clone()));
    }
    if shown.digest() != confirmed.shown {
        return Err(Error::Conflict(
            "Danh mục đơn vị hoặc nội dung đề xuất đã khác lúc xem. Xem lại rồi lập kế hoạch.".to_owned(),
        ));
    }
    // What was typed beside what was shown is taken with it, and kept.
    amend::open_first(&mut draft, &confirmed.first);
    let outcome = weigh(&draft, &ground);
    if let Some(fault) = outcome.faults.first() {
        return Err(Error::Refused(fault.words.clone()));
    }
    let kept = to_json(&draft)?;
    let plan = plan(conn, actor, row.province_id, &outcome, moment)?;
    let mut opened = 0;
    for regime in &outcome.regimes {
        opened += take_regime(conn, (actor, membership), (row.province_id, plan), regime, moment)?;
    }
    add_aliases(conn, &outcome.aliases)?;
    let who = format!("{}, {}, {}", actor.full_name, membership.title, membership.unit_name);
    let change = Change {
        draft_json: Some(&kept),
        state: Some(UploadState::Adopted.code()),
        plan_id: Some(plan),
        adopted_by: Some(&who),
        adopted_at: Some(moment.at),
    };
    if !queries::change(conn, (id, row.version + 1), &change)? {
        return Err(meanwhile());
    }
    let adopted = Adopted {
        plan,
        clauses: outcome.clauses.len(),
        tasks: outcome.tasks.len(),
        regimes: outcome.regimes.len(),
        periods: opened,
    };
    let after = json!({
        "file": row.file_name, "sha256": row.sha256, "plan": draft.facts.short_name, "clauses": adopted.clauses,
        "tasks": adopted.tasks, "regimes": adopted.regimes, "periods": adopted.periods,
    });
    let what = ("plan_upload.adopt", after);
    record(conn, (actor, membership), (row.id, &row.file_name), what, moment.recorded)?;
    Ok(adopted)
}

/// The plan with its bases, clauses and tasks. Each verb takes the plan's next version.
fn plan(
    conn: &mut Conn,
    actor: &Actor,
    province: crate::db::ids::UnitId,
    outcome: &Outcome,
    moment: Moment,
) -> Result<PlanId, Error> {
    let facts = outcome.facts.clone().ok_or(Error::NotFound)?;
    let plan = edit::create(conn, actor, province, facts, moment)?;
    let mut version = crate::plans::queries::find(conn, &actor.scope().provinces, plan)?.version;
    let mut next = || {
        let editor = Editor { actor, version, moment };
        version += 1;
        editor
    };
    let mut picked = Vec::new();
    for basis in &outcome.bases {
        let new = match basis {
            BasisMade::Known(known) => {
                if !picked.contains(known) {
                    picked.push(*known);
                }
                None
            }
            BasisMade::New(facts) => Some(facts),
        };
        edit::set_bases(conn, next(), plan, &picked, new)?;
        picked = crate::plans::queries::bases_of(conn, plan)?.into_iter().map(|basis| basis.id).collect();
    }
    let mut made: HashMap<u32, ClauseId> = HashMap::new();
    for (key, parent, facts) in &outcome.clauses {
        let parent = parent.and_then(|parent| made.get(&parent).copied());
        let facts = crate::plans::form::ClauseFacts { parent, ..facts.clone() };
        made.insert(*key, outline::add(conn, next(), plan, &facts)?);
    }
    for (clause, facts) in &outcome.tasks {
        let clause = *made.get(clause).ok_or(Error::NotFound)?;
        let facts = crate::plans::task_form::TaskFacts { clause, ..facts.clone() };
        assign::add(conn, next(), clause, &facts)?;
    }
    Ok(plan)
}

/// Makes a regime, or takes one there is, ties the plan to it and opens what is to be opened; how many periods.
fn take_regime(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    (province, plan): (crate::db::ids::UnitId, PlanId),
    regime: &RegimeMade,
    moment: Moment,
) -> Result<usize, Error> {
    let by = By::member(actor, membership);
    let id: RegimeId = match regime.existing {
        Some(id) => id,
        None => {
            let mut charter = regime.charter.clone();
            charter.code = free_code(conn, &charter.code)?;
            let audience = (province, Some(regime.units.as_slice()));
            let forms = if regime.plain { Forms::Plain } else { Forms::StandardOrPlain };
            establish_for(conn, audience, &charter, forms, &by, moment)
                .map_err(|error| in_the_way(error, &charter.name))?
        }
    };
    serve::serve(conn, actor, (id, plan), None, moment)?;
    for period in &regime.periods {
        open_period(conn, id, period, &by, moment)
            .map_err(|error| in_the_way(error, &format!("{}, {}", regime.charter.name, period.label)))?;
    }
    Ok(regime.periods.len())
}

/// Fields of another form mean nothing on the page: what is to mend becomes a sentence.
fn in_the_way(error: Error, what: &str) -> Error {
    match error {
        Error::Invalid(problems) => Error::Refused(format!("{what}: {}", Error::Invalid(problems))),
        other => other,
    }
}

/// The first code nobody has.
fn free_code(conn: &mut Conn, code: &str) -> Result<String, Error> {
    for number in 1..1000 {
        let code = if number == 1 { code.to_owned() } else { format!("{code}-{number}") };
        if !is_taken(conn, &code)? {
            return Ok(code);
        }
    }
    Err(Error::Refused("Không còn mã chế độ trống. Lập chế độ báo cáo bằng tay.".to_owned()))
}
