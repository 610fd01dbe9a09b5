//! A document comes in: its text taken out of the file, read, proposed about, and kept with its bytes. One transaction with its row
//! in the log; what is refused leaves nothing.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde_json::json;

use super::UploadState;
use super::draft::{Answer, ClauseItem, Draft, DutyItem};
use super::ground::{self, Ground, of_unit};
use super::propose::propose;
use super::queries::{self, NewUpload, UploadHead, UploadRow};
use super::regimes_made::{RegimeMade, regimes_made};
use crate::access::{Action, Actor, Membership};
use crate::attachments::name;
use crate::audit::{self, By, sha256_hex};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{PlanId, PlanUploadId, UnitId};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::too_many_lines;
use crate::{papers, plan_reader, plans, units};

/// Documents of a body that nobody has adopted yet, at most.
pub const MOST_OPEN: i64 = 30;
/// Documents compared with a plan that are kept, the newest first.
pub const MOST_COMPARED: usize = 5;
/// Earlier documents whose answers about names are taken over, the newest first.
const REMEMBERED: i64 = 20;
/// Bytes of a document at most.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// The field that refusals belong to.
pub const FILE: &str = "file";
pub const TEXT: &str = "text";

/// A document as it came, with what was read in it.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    pub text: String,
    pub draft: Draft,
}

/// The membership and province for which somebody brings documents in.
///
/// # Errors
/// [`Error::Forbidden`] for those who compile nowhere.
pub fn bringing(actor: &Actor) -> Result<(&Membership, UnitId), Error> {
    actor.in_own_province(Action::Compile).ok_or_else(|| {
        Error::Forbidden(
            "Chỉ cán bộ tổng hợp của đơn vị tổng hợp báo cáo được lập kế hoạch từ văn bản.".into(),
        )
    })
}

/// Reads a file. Takes a while where it is converted first: never within a transaction.
///
/// # Errors
/// [`Error::Invalid`] at the field with what is wrong with it and what to do.
pub fn read_file(name: &str, bytes: Vec<u8>) -> Result<Given, Error> {
    let text = papers::text_of(&bytes).map_err(|refusal| problem(FILE, refusal.to_string()))?;
    let kind = papers::ending(&bytes);
    let sound = name::kept(name);
    let stem = sound.rsplit_once('.').map_or(sound.as_str(), |(stem, _)| stem);
    given(format!("{stem}.{kind}"), kind, bytes, &text, FILE)
}

/// Reads pasted text.
///
/// # Errors
/// As [`read_file`].
pub fn read_pasted(text: &str) -> Result<Given, Error> {
    if text.trim().is_empty() {
        return Err(problem(TEXT, "Dán nội dung văn bản vào ô này, hoặc chọn tệp.".to_owned()));
    }
    given("Nội dung dán vào.txt".to_owned(), "txt", text.as_bytes().to_vec(), text, TEXT)
}

fn given(name: String, kind: &'static str, bytes: Vec<u8>, text: &str, field: &str) -> Result<Given, Error> {
    // PostgreSQL keeps no NUL, and lines end in one way.
    let text = text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    if text.len() > plan_reader::MOST_BYTES {
        return Err(problem(field, "Văn bản quá dài. Tách riêng phần kế hoạch rồi tải lên.".to_owned()));
    }
    if let Some(words) = too_many_lines(&text) {
        return Err(problem(field, words));
    }
    let reading = plan_reader::read(&text);
    let draft = propose(&reading);
    let is_report = reading.heading.kind.as_ref().is_some_and(|kind| kind.value == "Báo cáo");
    if is_report && draft.tasks.is_empty() {
        return Err(problem(
            field,
            "Đây là báo cáo, không phải văn bản giao nhiệm vụ. Chọn kế hoạch, công văn, quyết định giao việc."
                .to_owned(),
        ));
    }
    // Paragraphs without a single number or letter in front are a text like any other.
    let bare = |clause: &ClauseItem| ["đoạn ", "mở đầu "].iter().any(|sign| clause.label.starts_with(sign));
    if draft.tasks.is_empty() && draft.clauses.iter().all(bare) {
        return Err(problem(
            field,
            "Không nhận ra mục hay nhiệm vụ nào trong văn bản này. Kiểm tra lại tệp, hoặc nhập kế hoạch bằng tay.".to_owned(),
        ));
    }
    Ok(Given { name, kind, bytes, text, draft })
}

fn problem(field: &str, words: String) -> Error {
    let mut problems = Problems::default();
    problems.add(field, words);
    Error::Invalid(problems)
}

/// Keeps a document; with `plan`, to be compared with it. The same bytes under review, or compared with that plan, are the same
/// upload. Of those compared with a plan the newest few are kept.
///
/// # Errors
/// [`Error::Invalid`] where there is no room, and for a document a plan was made of already; 404 for a foreign plan.
pub fn take_in(
    conn: &mut Conn,
    actor: &Actor,
    (given, plan): (&Given, Option<PlanId>),
    field: &str,
    moment: Moment,
) -> Result<PlanUploadId, Error> {
    let (membership, province) = bringing(actor)?;
    let unit = membership.unit_id;
    let province = match plan {
        Some(plan) => plans::edit::open(conn, actor, plan)?.0.province_id,
        None => province,
    };
    let sha256 = sha256_hex(&given.bytes);
    // Of two who bring the same bytes at once the second finds what the first one kept.
    units::queries::claim(conn, unit)?;
    let there = queries::with_bytes(conn, unit, &sha256)?;
    let same = |state: UploadState| there.iter().find(|row| row.state() == state);
    if plan.is_some() {
        let compared = |row: &&UploadHead| row.state() == UploadState::Compared && row.plan_id == plan;
        if let Some(known) = there.iter().find(compared) {
            return Ok(known.id);
        }
    } else {
        if let Some(open) = same(UploadState::Open) {
            return Ok(open.id);
        }
        if let Some(made) = same(UploadState::Adopted).and_then(|row| row.plan_id) {
            let name = plans::queries::find(conn, &actor.scope().provinces, made)?.short_name;
            return Err(problem(
                field,
                format!(
                    "Văn bản này đã được lập thành kế hoạch “{name}”. Muốn đối chiếu lại thì mở kế hoạch đó, bấm “Đối chiếu văn bản”."
                ),
            ));
        }
        if queries::count_open(conn, &membership.reach)? >= MOST_OPEN {
            return Err(problem(
                field,
                format!(
                    "Đang có {MOST_OPEN} văn bản rà soát chưa xong. Lập kế hoạch hoặc bỏ bớt rồi tải lên."
                ),
            ));
        }
    }
    let mut draft = given.draft.clone();
    if plan.is_none() {
        remembered(conn, membership, &mut draft)?;
    }
    waiting(conn, actor, (province, unit), &mut draft, plan.is_none(), moment)?;
    let state = if plan.is_some() { UploadState::Compared } else { UploadState::Open };
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let size = i64::try_from(given.bytes.len()).unwrap_or(i64::MAX);
    let id = queries::keep(
        conn,
        &NewUpload {
            province_id: province,
            unit_id: unit,
            plan_id: plan,
            file_name: &given.name,
            kind: given.kind,
            size,
            sha256: &sha256,
            text: &given.text,
            state: state.code(),
            version: 1,
            draft_json: &to_json(&draft)?,
            membership_id: membership.id,
            adder_name: &actor.full_name,
            adder_title: &title,
            uploaded_at: moment.at,
        },
        &given.bytes,
    )?;
    let after = json!({ "file": given.name, "size": size, "sha256": sha256 });
    let action = if plan.is_some() { "plan_upload.compare" } else { "plan_upload.take_in" };
    record(conn, (actor, membership), (id, &given.name), (action, after), moment.recorded)?;
    if let Some(plan) = plan {
        forget_older(conn, (actor, membership), plan, moment.recorded)?;
    }
    Ok(id)
}

/// Forgets the documents that were compared with a plan but for the newest.
fn forget_older(
    conn: &mut Conn,
    by: (&Actor, &Membership),
    plan: PlanId,
    at: NaiveDateTime,
) -> Result<(), Error> {
    for old in queries::compared_with(conn, plan)?.into_iter().skip(MOST_COMPARED) {
        if queries::forget(conn, (old.id, old.version), UploadState::Compared)? {
            record_removal(conn, by, (old.id, &old.file_name, &old.sha256), at)?;
        }
    }
    Ok(())
}

/// Names that were said to be nobody's of the province, or a group, when an earlier document was adopted are not asked again: of several
/// answers the last holds, and a group is read as of the new document's day. A body's other names are kept with the body, which may be
/// another one by now.
fn remembered(conn: &mut Conn, membership: &Membership, draft: &mut Draft) -> Result<(), Error> {
    let adopted = queries::adopted_drafts(conn, membership.unit_id, REMEMBERED)?;
    let answers = adopted.into_iter().rev().flat_map(|adopted| adopted.answers);
    let last: BTreeMap<String, Answer> = answers.collect();
    let kept = last.into_iter().filter(|(_, answer)| !matches!(answer, Answer::Unit(_)));
    super::amend::answer(draft, kept.map(|(name, answer)| (name, Some(answer))).collect());
    Ok(())
}

/// Duties nobody but the collector would owe wait for the compiler: what it reports upwards is its edition. Those of a `new` plan
/// that a regime asks for already join that regime.
fn waiting(
    conn: &mut Conn,
    actor: &Actor,
    of: (UnitId, UnitId),
    draft: &mut Draft,
    new: bool,
    moment: Moment,
) -> Result<(), Error> {
    let ground = ground::load(conn, actor, of, draft, moment)?;
    // Names that are still to be asked are not nobody.
    let asked = super::holders::asked(draft, &ground);
    let made = regimes_made(draft, &ground, "", &mut Vec::new());
    let known = |draft: &Draft, key: u32| {
        let duty = draft.duties.iter().find(|duty| duty.key == key);
        duty.is_none_or(|duty| duty.units.iter().all(|name| !asked.iter().any(|a| &a.name == name)))
    };
    let nobody: Vec<u32> = made
        .iter()
        .filter(|regime| regime.units.is_empty())
        .flat_map(|regime| regime.duties.iter().copied())
        .filter(|key| known(draft, *key))
        .collect();
    for duty in draft.duties.iter_mut().filter(|duty| nobody.contains(&duty.key)) {
        duty.taken = false;
    }
    super::upward::keep_days(draft, &ground, &nobody);
    // What is reported by the same days to the same body already is reported once.
    for regime in made.iter().filter(|regime| new && regime.existing.is_none()) {
        match regime.known(&ground) {
            Some(known) => {
                if let Some(first) = draft.duties.iter_mut().find(|d| regime.duties.first() == Some(&d.key)) {
                    first.regime = format!("regime:{known}");
                }
            }
            None => join_some(draft, regime, &ground),
        }
    }
    Ok(())
}

/// Some duties of a regime join one there is; the others stay together.
fn join_some(draft: &mut Draft, regime: &RegimeMade, ground: &Ground) {
    let joins = |duty: &DutyItem| regime.known_of(ground, duty);
    let of = |duty: &DutyItem| regime.duties.contains(&duty.key);
    let Some(first) = regime.duties.first().copied() else { return };
    if !draft.duties.iter().any(|duty| of(duty) && joins(duty).is_some()) {
        return;
    }
    let together = format!("with:{first}");
    let mut head = None;
    for duty in draft.duties.iter_mut().filter(|duty| of(duty) || duty.regime == together) {
        duty.regime = match (joins(duty).filter(|_| of(duty)), head) {
            (Some(known), _) => format!("regime:{known}"),
            (None, Some(head)) => format!("with:{head}"),
            (None, None) => {
                head = Some(duty.key);
                "new".to_owned()
            }
        };
    }
}

/// A proposal as it is kept.
///
/// # Errors
/// None that a proposal can give.
pub(super) fn to_json(draft: &Draft) -> Result<String, Error> {
    serde_json::to_string(draft).map_err(|error| Error::Internal(error.to_string()))
}

/// One row of the log.
///
/// # Errors
/// The query's own.
pub(super) fn record(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    (id, name): (PlanUploadId, &str),
    (action, after): (&str, serde_json::Value),
    at: NaiveDateTime,
) -> Result<(), Error> {
    let step = audit::Step {
        action,
        subject_kind: "plan_upload",
        subject_id: Some(id.0),
        subject_label: name,
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, at)?)
}

/// The row of the log of an upload that was dropped.
///
/// # Errors
/// The query's own.
pub(super) fn record_removal(
    conn: &mut Conn,
    by: (&Actor, &Membership),
    (id, name, sha256): (PlanUploadId, &str, &str),
    at: NaiveDateTime,
) -> Result<(), Error> {
    let after = json!({ "file": name, "sha256": sha256 });
    record(conn, by, (id, name), ("plan_upload.remove", after), at)
}

/// An upload with the membership it is worked on under.
///
/// # Errors
/// 404 for another body's.
pub fn open<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    id: PlanUploadId,
) -> Result<(UploadRow, &'a Membership), Error> {
    let row = queries::upload(conn, &actor.units_for(Action::Compile), id)?;
    let membership = of_unit(actor, row.unit_id)?;
    Ok((row, membership))
}
