//! Entering and editing a plan: its facts and the documents it rests on. Every edit of a plan, its clauses and
//! its tasks begins here: the plan must be of the compiler's province, and its version must be the one seen.

use serde_json::{Value, json};

use super::form::{BasisFacts, PlanFacts};
use super::queries::{self, PlanColumns};
use super::{LegalBasis, Plan};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{LegalBasisId, PlanId, UnitId};
use crate::error::{Error, Problems};
use crate::{units, vietnamese};

/// Told to whoever sees a plan but may not edit it.
const WHO_EDITS: &str =
    "Chỉ cán bộ tổng hợp của đơn vị tổng hợp báo cáo theo kế hoạch này được nhập, sửa kế hoạch.";
/// Told to the second of two editors.
const CHANGED: &str =
    "Kế hoạch này vừa được người khác sửa. Tải lại trang để xem nội dung mới rồi thực hiện lại.";

/// A plan the actor may edit, and the membership they edit under.
///
/// # Errors
/// `NotFound` outside the actor's provinces, `Forbidden` without the role.
pub fn open<'a>(conn: &mut Conn, actor: &'a Actor, id: PlanId) -> Result<(Plan, &'a Membership), Error> {
    let plan = queries::find(conn, &actor.scope().provinces, id)?;
    let membership = may_edit(actor, plan.province_id, &queries::keepers(conn, id)?)?;
    Ok((plan, membership))
}

/// One edit of a plan in progress: its version is taken, its audit rows are still to be written.
pub struct Edit {
    /// The plan as it was before.
    pub plan: Plan,
    pub by: By,
    pub moment: Moment,
}

/// Who edits which plan, having seen which version of it, when.
#[derive(Clone, Copy)]
pub struct Editor<'a> {
    pub actor: &'a Actor,
    pub version: i32,
    pub moment: Moment,
}

impl Editor<'_> {
    /// [`open`], and takes the plan's next version for this edit.
    ///
    /// # Errors
    /// As [`open`]; `Conflict` when the version seen is no longer the plan's.
    pub fn claim(self, conn: &mut Conn, id: PlanId) -> Result<Edit, Error> {
        let (plan, membership) = open(conn, self.actor, id)?;
        if !queries::claim(conn, id, self.version)? {
            return Err(Error::Conflict(CHANGED.into()));
        }
        let by = By::member(self.actor, membership);
        Ok(Edit { plan, by, moment: self.moment })
    }
}

/// The membership under which the actor edits a plan: of a body that collects what is reported of it, so that who
/// collects for their own organisation leaves the province's plan alone; while nobody does, of any that compiles
/// in the province.
pub fn editor_among<'a>(actor: &'a Actor, province: UnitId, keepers: &[UnitId]) -> Option<&'a Membership> {
    if keepers.is_empty() {
        return actor.in_province(province, Action::Compile);
    }
    keepers.iter().find_map(|unit| actor.for_unit(*unit, Action::Compile))
}

fn may_edit<'a>(actor: &'a Actor, province: UnitId, keepers: &[UnitId]) -> Result<&'a Membership, Error> {
    editor_among(actor, province, keepers).ok_or_else(|| Error::Forbidden(WHO_EDITS.into()))
}

/// Enters a new plan of a province.
///
/// # Errors
/// `Forbidden` without the role in that province.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    province: UnitId,
    facts: PlanFacts,
    moment: Moment,
) -> Result<PlanId, Error> {
    let membership = may_edit(actor, province, &[])?;
    let columns = columns(conn, province, facts, moment)?;
    let uid = uuid::Uuid::now_v7().to_string();
    let id = queries::add_plan(conn, &uid, province, &columns)?;
    let after = Some(json!(columns));
    let step = Step {
        action: "plan.create",
        subject_kind: "plan",
        subject_id: Some(id.0),
        subject_label: &columns.short_name,
        unit_id: Some(province),
        before: None,
        after,
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(id)
}

/// Changes the facts of a plan.
///
/// # Errors
/// As [`Editor::claim`].
pub fn save(conn: &mut Conn, editor: Editor<'_>, id: PlanId, facts: PlanFacts) -> Result<(), Error> {
    let edit = editor.claim(conn, id)?;
    let after = columns(conn, edit.plan.province_id, facts, edit.moment)?;
    queries::put_plan(conn, id, &after)?;
    let before = as_columns(&edit.plan);
    let change = (Some(json!(before)), Some(json!(after)));
    edit.record(conn, "plan.edit", ("plan", id.0, &after.short_name), change)
}

/// The plan rests on `picked`, in this order, and on `new`, which joins the list of known documents.
///
/// # Errors
/// As [`Editor::claim`]; `Invalid` for a picked document that a plan of this province cannot rest on.
pub fn set_bases(
    conn: &mut Conn,
    editor: Editor<'_>,
    id: PlanId,
    picked: &[LegalBasisId],
    new: Option<&BasisFacts>,
) -> Result<(), Error> {
    let edit = editor.claim(conn, id)?;
    let before = queries::bases_of(conn, id)?;
    let known: Vec<LegalBasisId> =
        queries::bases_for(conn, edit.plan.province_id)?.into_iter().map(|b| b.id).collect();
    let mut problems = Problems::default();
    if picked.iter().any(|id| !known.contains(id) && before.iter().all(|b| b.id != *id)) {
        problems.add("basis", "Có văn bản được đánh dấu không còn trong danh sách. Đánh dấu lại rồi lưu.");
    }
    problems.or(())?;
    // Those already there keep the document's order; new ones follow.
    let mut bases: Vec<LegalBasisId> = before.iter().map(|b| b.id).filter(|id| picked.contains(id)).collect();
    for basis in picked {
        if !bases.contains(basis) {
            bases.push(*basis);
        }
    }
    if let Some(new) = new {
        let id = queries::add_basis(conn, new)?;
        if !bases.contains(&id) {
            bases.push(id);
        }
    }
    queries::put_bases(conn, id, &bases)?;
    let after = queries::bases_of(conn, id)?;
    let labels = |all: &[LegalBasis]| Some(json!(all.iter().map(LegalBasis::label).collect::<Vec<_>>()));
    let change = (labels(&before), labels(&after));
    edit.record(conn, "plan.legal_bases", ("plan", id.0, &edit.plan.short_name), change)
}

impl Edit {
    /// One audit row about a part of the plan: `subject` is the noun, its id and what a reader calls it.
    ///
    /// # Errors
    /// The query's own.
    pub fn record(
        &self,
        conn: &mut Conn,
        action: &str,
        subject: (&str, i64, &str),
        change: (Option<Value>, Option<Value>),
    ) -> Result<(), Error> {
        let (subject_kind, subject_id, subject_label) = subject;
        let (before, after) = change;
        let step = Step {
            action,
            subject_kind,
            subject_id: Some(subject_id),
            subject_label,
            unit_id: Some(self.plan.province_id),
            before,
            after,
        };
        Ok(audit::record(conn, &self.by, &step, self.moment.recorded)?)
    }
}

/// The facts as stored; the issuer is tied to the unit of that name, when the province has one.
fn columns(
    conn: &mut Conn,
    province: UnitId,
    facts: PlanFacts,
    moment: Moment,
) -> Result<PlanColumns, Error> {
    let wanted = vietnamese::search_key(&facts.issuer);
    let issuer_unit_id = units::queries::of_province(conn, province, moment.today)?
        .into_iter()
        .find(|unit| vietnamese::search_key(&unit.name) == wanted)
        .map(|unit| unit.id);
    let words =
        [&facts.short_name, &facts.subject, &facts.number, &facts.symbol, &facts.issuer].map(String::as_str);
    Ok(PlanColumns {
        issuer_unit_id,
        search_key: vietnamese::search_key(&words.join(" ")),
        issuer: facts.issuer,
        superior: facts.superior,
        kind: facts.kind,
        number: facts.number,
        symbol: facts.symbol,
        place: facts.place,
        issued_year: facts.year,
        issued_month: facts.month,
        issued_day: facts.day,
        subject: facts.subject,
        short_name: facts.short_name,
        signatory_capacity: facts.signatory_capacity,
        signatory_title: facts.signatory_title,
        signatory_name: facts.signatory_name,
        valid_from: facts.valid_from,
        valid_to: facts.valid_to,
    })
}

fn as_columns(plan: &Plan) -> PlanColumns {
    PlanColumns {
        issuer_unit_id: plan.issuer_unit_id,
        issuer: plan.issuer.clone(),
        superior: plan.superior.clone(),
        kind: plan.kind.clone(),
        number: plan.number.clone(),
        symbol: plan.symbol.clone(),
        place: plan.place.clone(),
        issued_year: plan.issued_year,
        issued_month: plan.issued_month,
        issued_day: plan.issued_day,
        subject: plan.subject.clone(),
        short_name: plan.short_name.clone(),
        search_key: plan.search_key.clone(),
        signatory_capacity: plan.signatory_capacity.clone(),
        signatory_title: plan.signatory_title.clone(),
        signatory_name: plan.signatory_name.clone(),
        valid_from: plan.valid_from,
        valid_to: plan.valid_to,
    }
}
