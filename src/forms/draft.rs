//! The draft of a form's next version: begun as a copy of the latest, saved over itself, discarded or published.
//! Nobody is asked by a draft. Every step checks who keeps the regime and leaves its row in the log.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::changes::changes;
use super::queries::{self, Draft};
use super::{Content, write};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FormDraftId, FormId, RegimeId, UnitId};
use crate::db::schema::{form_drafts, forms};
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::regimes::keeping;
use crate::units::resolve::slug;
use crate::vietnamese::short_date;
use crate::{indicators, on_each, periods, units};

/// A draft with its regime, for those who keep it.
///
/// # Errors
/// [`Error::NotFound`] for a foreign one, [`Error::Forbidden`] for those who do not keep its regime.
pub fn kept(conn: &mut Conn, actor: &Actor, id: FormDraftId) -> Result<(Draft, Regime), Error> {
    let (draft, regime) = queries::draft(conn, &actor.scope(), id)?;
    keeping(actor, &regime)?;
    Ok((draft, regime))
}

/// Begins the next version of a form as a copy of its latest, indicators brought up to theirs; a draft there already is
/// gone on with.
///
/// # Errors
/// As [`kept`].
pub fn begin(conn: &mut Conn, actor: &Actor, form: FormId, moment: Moment) -> Result<FormDraftId, Error> {
    let (form, regime) = periods::queries::form(conn, &actor.scope(), form)?;
    keeping(actor, &regime)?;
    periods::queries::claim_regime(conn, regime.id)?;
    if let Some(id) = queries::draft_of(conn, regime.id, &form.code)? {
        return Ok(id);
    }
    let latest = queries::latest(conn, regime.id, &form.code)?.ok_or(Error::NotFound)?;
    let catalogue = indicators::queries::catalogue_of(conn, &actor.scope().provinces)?;
    let (content, ..) = queries::content(conn, &latest)?.brought_up(&catalogue);
    insert(conn, actor, &regime, &latest.code, Some(latest.id), &content, moment)
}

/// Begins a form that is new in its regime, with a first section to go on from.
///
/// # Errors
/// [`Error::Invalid`] without a name; as [`kept`].
pub fn begin_new(
    conn: &mut Conn,
    actor: &Actor,
    regime: RegimeId,
    content: &Content,
    moment: Moment,
) -> Result<FormDraftId, Error> {
    let regime = periods::queries::visible_regime(conn, &actor.scope(), regime)?;
    keeping(actor, &regime)?;
    periods::queries::claim_regime(conn, regime.id)?;
    let mut problems = content.faults();
    if content.name.is_empty() {
        problems.add("name", "Nhập tên biểu mẫu.");
    }
    problems.or(())?;
    let content = &settled(conn, actor, &regime, content.clone(), moment)?;
    let base: String = slug(&content.name).chars().take(30).collect();
    let base = if base.is_empty() { "bieu-mau".to_owned() } else { base };
    let taken = queries::codes(conn, regime.id)?;
    let mut code = base.clone();
    let mut number = 2;
    while taken.contains(&code) {
        code = format!("{base}-{number}");
        number += 1;
    }
    insert(conn, actor, &regime, &code, None, content, moment)
}

fn insert(
    conn: &mut Conn,
    actor: &Actor,
    regime: &Regime,
    code: &str,
    based_on: Option<FormId>,
    content: &Content,
    moment: Moment,
) -> Result<FormDraftId, Error> {
    let membership = keeping(actor, regime)?;
    let id: FormDraftId = on_each!(conn, |c| diesel::insert_into(form_drafts::table)
        .values((
            form_drafts::regime_id.eq(regime.id),
            form_drafts::code.eq(code),
            form_drafts::based_on.eq(based_on),
            form_drafts::content_json.eq(json!(content).to_string()),
            form_drafts::saved_by.eq(membership.id),
            form_drafts::saved_at.eq(moment.at),
        ))
        .returning(form_drafts::id)
        .get_result(c))?;
    log(conn, actor, regime, ("form.draft", id.0, &content.name), json!({ "name": content.name }), moment)?;
    Ok(id)
}

/// What was typed, without what is not the regime's own: kinds nobody knows, units and indicators of other provinces;
/// new rows with their codes. Figures stand in the order of the catalogue, as reports ask them.
fn settled(
    conn: &mut Conn,
    actor: &Actor,
    regime: &Regime,
    mut content: Content,
    moment: Moment,
) -> Result<Content, Error> {
    let kinds = units::queries::register::kinds(conn)?;
    content.kinds.retain(|kind| kinds.iter().any(|(code, _)| code == kind));
    let own = units::queries::of_province(conn, regime.province_id, moment.today)?;
    content.units.retain(|id| own.iter().any(|unit| unit.id == *id));
    let catalogue = indicators::queries::catalogue_of(conn, &actor.scope().provinces)?;
    let place = |id| catalogue.iter().position(|indicator| indicator.id == id);
    content.figures.retain(|asked| place(asked.indicator).is_some());
    content.figures.sort_by_key(|asked| place(asked.indicator));
    Ok(content.coded(&queries::list_titles(conn, regime.id)?))
}

/// Saves the draft over itself, and answers what was kept.
///
/// # Errors
/// [`Error::Invalid`] with what is too long or too many, [`Error::Conflict`] when it was saved or published meanwhile; as [`kept`].
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    id: FormDraftId,
    content: &Content,
    version: i32,
    moment: Moment,
) -> Result<Content, Error> {
    let (draft, regime) = kept(conn, actor, id)?;
    let membership = keeping(actor, &regime)?;
    content.faults().or(())?;
    let content = settled(conn, actor, &regime, content.clone(), moment)?;
    let saved = diesel::update(form_drafts::table.find(id).filter(form_drafts::version.eq(version)))
        .set((
            form_drafts::content_json.eq(json!(content).to_string()),
            form_drafts::version.eq(version + 1),
            form_drafts::saved_by.eq(membership.id),
            form_drafts::saved_at.eq(moment.at),
        ))
        .execute(conn)?;
    if saved == 0 {
        return Err(overtaken());
    }
    let catalogue = indicators::queries::catalogue_of(conn, &actor.scope().provinces)?;
    let words = changes(&draft.content, &content, &catalogue);
    if !words.is_empty() {
        let after = json!({ "changes": words });
        log(conn, actor, &regime, ("form.save", id.0, &content.name), after, moment)?;
    }
    Ok(content)
}

/// Throws the draft away; the published versions stay.
///
/// # Errors
/// As [`save`].
pub fn discard(
    conn: &mut Conn,
    actor: &Actor,
    id: FormDraftId,
    version: i32,
    moment: Moment,
) -> Result<RegimeId, Error> {
    let (draft, regime) = kept(conn, actor, id)?;
    take(conn, id, version)?;
    let after = json!({ "name": draft.content.name });
    log(conn, actor, &regime, ("form.discard", id.0, &draft.content.name), after, moment)?;
    Ok(regime.id)
}

/// Deletes the draft as it was seen; whoever comes second finds it gone.
fn take(conn: &mut Conn, id: FormDraftId, version: i32) -> Result<(), Error> {
    let gone =
        diesel::delete(form_drafts::table.find(id).filter(form_drafts::version.eq(version))).execute(conn)?;
    if gone == 0 { Err(overtaken()) } else { Ok(()) }
}

fn overtaken() -> Error {
    Error::Conflict(
        "Dự thảo biểu mẫu này vừa được người khác lưu. Tải lại trang, xem lại rồi làm tiếp.".into(),
    )
}

/// What stands against publishing the draft from a day; none as the day: a first version without a first day.
///
/// # Errors
/// The queries' own.
pub fn problems(
    conn: &mut Conn,
    draft: &Draft,
    provinces: &[UnitId],
    from: Option<NaiveDate>,
    moment: Moment,
) -> Result<Problems, Error> {
    let mut problems = draft.content.problems();
    match (queries::latest(conn, draft.regime_id, &draft.code)?, from) {
        (Some(_), None) => problems.add("from", "Nhập ngày bắt đầu áp dụng phiên bản mới."),
        (Some(latest), Some(day)) if latest.valid_from.is_some_and(|first| day <= first) => {
            let first = latest.valid_from.map(short_date).unwrap_or_default();
            let message = format!(
                "Phiên bản {} áp dụng từ ngày {first}: phiên bản mới bắt đầu sau ngày đó.",
                latest.version
            );
            problems.add("from", message);
        }
        _ => {}
    }
    let day = from.unwrap_or(moment.today);
    let catalogue = indicators::queries::catalogue_of(conn, provinces)?;
    for asked in &draft.content.figures {
        let found = catalogue.iter().find(|indicator| indicator.id == asked.indicator);
        if let Some(indicator) = found.filter(|indicator| !indicator.holds_on(day)) {
            let message = format!(
                "Chỉ tiêu {} {} không áp dụng vào ngày {}: bỏ khỏi biểu mẫu hoặc chọn ngày khác.",
                indicator.code,
                indicator.name,
                short_date(day)
            );
            problems.add("figures", message);
        }
    }
    Ok(problems)
}

/// Publishes the draft as the next version from a day; the version before ends the day before. Opened periods keep
/// theirs.
///
/// # Errors
/// [`Error::Invalid`] with what [`problems`] finds; as [`save`].
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    id: FormDraftId,
    version: i32,
    from: Option<NaiveDate>,
    moment: Moment,
) -> Result<FormId, Error> {
    let (draft, regime) = kept(conn, actor, id)?;
    periods::queries::claim_regime(conn, regime.id)?;
    problems(conn, &draft, &actor.scope().provinces, from, moment)?.or(())?;
    take(conn, id, version)?;
    let latest = queries::latest(conn, regime.id, &draft.code)?;
    if let Some((latest, eve)) = latest.as_ref().zip(from.and_then(|day| day.pred_opt()))
        && latest.valid_to.is_none_or(|last| last > eve)
    {
        diesel::update(forms::table.find(latest.id)).set(forms::valid_to.eq(eve)).execute(conn)?;
    }
    let number = latest.as_ref().map_or(1, |latest| latest.version + 1);
    let words = match &latest {
        Some(form) => {
            let catalogue = indicators::queries::catalogue_of(conn, &actor.scope().provinces)?;
            changes(&queries::content(conn, form)?, &draft.content, &catalogue)
        }
        None => vec![],
    };
    let new = write::version(conn, (regime.id, &draft.code, number), &draft.content, from)?;
    let after = json!({ "number": number, "valid_from": from, "changes": words });
    log(conn, actor, &regime, ("form.publish", new.0, &draft.content.name), after, moment)?;
    Ok(new)
}

fn log(
    conn: &mut Conn,
    actor: &Actor,
    regime: &Regime,
    (action, subject, name): (&str, i64, &str),
    after: serde_json::Value,
    moment: Moment,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: if action == "form.publish" { "form" } else { "form_draft" },
        subject_id: Some(subject),
        subject_label: &format!("{}: {name}", regime.name),
        unit_id: Some(regime.collector_id),
        before: None,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, keeping(actor, regime)?), &step, moment.recorded)?)
}
