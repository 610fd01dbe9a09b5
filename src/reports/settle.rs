//! Choosing between two texts of one field: mine, theirs, or both joined. Stands between what a save could not merge and
//! the draft. Whatever is chosen, both texts are kept.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::draft::{self, Open};
use super::merge::{rows, union};
use super::part_words::{label, rank, text, words};
use super::parts::{Parts, changed, has_rows, parts, put};
use super::queries::{self, KeptClash, Settled, Whose};
use super::save;
use crate::access::Actor;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::vietnamese::date_time;

/// A field both changed, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: i64,
    pub field: String,
    pub label: String,
    pub mine: String,
    /// When it was typed, in words.
    pub mine_at: String,
    pub theirs: String,
    /// Who wrote it and when, in words.
    pub theirs_by: String,
    /// Both texts in one, to be edited; for a table the rows of both.
    pub joined: Option<String>,
    /// The joined text is edited by hand; a table takes the rows of both as they are.
    pub edited: bool,
}

/// What was decided on a field, with both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub label: String,
    pub mine: String,
    pub mine_by: String,
    pub theirs: String,
    pub theirs_by: String,
    /// "giữ nội dung của …", in words, and when.
    pub words: String,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Mine,
    Theirs,
    Joined,
}

impl How {
    pub fn code(self) -> &'static str {
        match self {
            How::Mine => "mine",
            How::Theirs => "theirs",
            How::Joined => "joined",
        }
    }

    pub fn from_code(code: &str) -> Option<How> {
        [How::Mine, How::Theirs, How::Joined].into_iter().find(|how| how.code() == code)
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: i64,
    pub how: How,
    /// The joined text, where it is edited by hand.
    pub text: String,
}

/// What is still to decide for this person, in the order of the page, and what was decided, newest first. Only the
/// unit itself reads what its people decided among themselves. Five queries beside those of the draft.
///
/// # Errors
/// As [`draft::open`].
pub fn questions(
    conn: &mut Conn,
    actor: &Actor,
    open: &Open,
    today: NaiveDate,
) -> Result<(Vec<Question>, Vec<Decided>), Error> {
    let now = parts(&open.draft.content)?;
    let writers = queries::last_writers(conn, open.case.report.id)?;
    let by = |field: &str| match (writers.get(field), &open.draft.saved) {
        (Some((name, at)), _) => format!("{name}, {}", date_time(to_local(*at))),
        (None, Some(saved)) => format!("{}, {}", saved.name, date_time(to_local(saved.at))),
        (None, None) => String::new(),
    };
    let own = open.case.is_own(&actor.scope());
    let (mut asked, mut decided) = (Vec::new(), Vec::new());
    for clash in queries::clashes(conn, open.case.report.id, whose(actor, today))? {
        let outline = &open.outline;
        let mine = words(&clash.field, clash.mine.as_ref(), outline)?;
        let label = label(&clash.field, outline);
        match &clash.settled {
            None => {
                let theirs = now.get(&clash.field);
                let joined = joined(&clash, theirs, open)?;
                asked.push(Question {
                    id: clash.id,
                    mine,
                    mine_at: date_time(to_local(clash.at)),
                    theirs: words(&clash.field, theirs, outline)?,
                    theirs_by: by(&clash.field),
                    edited: !has_rows(&clash.field),
                    joined,
                    field: clash.field,
                    label,
                });
            }
            Some(settled) if own => decided.push(Decided {
                mine,
                mine_by: format!("{}, {}", clash.name, date_time(to_local(clash.at))),
                theirs: words(&clash.field, settled.theirs.as_ref(), outline)?,
                theirs_by: settled.by.clone(),
                words: format!(
                    "{}, lúc {}",
                    match How::from_code(&settled.choice) {
                        Some(How::Mine) => format!("Giữ nội dung của {}", clash.name),
                        Some(How::Joined) => "Ghép cả hai".to_owned(),
                        Some(How::Theirs) | None => format!("Giữ nội dung đã lưu, bỏ của {}", clash.name),
                    },
                    date_time(to_local(settled.at))
                ),
                label,
            }),
            Some(_) => {}
        }
    }
    asked.sort_by_key(|question: &Question| rank(&question.field, &open.outline));
    Ok((asked, decided))
}

/// Puts what was chosen into the draft, over version `seen` of it, and keeps both texts of each field. Gives back how
/// many fields are still to be decided: those without an answer, and those written once more meanwhile.
///
/// # Errors
/// As [`save::save`].
pub fn settle(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    choices: &[Choice],
    seen: i32,
    moment: Moment,
) -> Result<i64, Error> {
    let open = draft::open(conn, actor, id)?;
    let now = parts(&open.draft.content)?;
    let (asked, _) = questions(conn, actor, &open, moment.today)?;
    let kept = queries::clashes(conn, id, whose(actor, moment.today))?;
    let mut wanted: Parts = save::base(conn, &open, &now, seen)?.unwrap_or_else(|| now.clone());
    for choice in choices {
        let Some(clash) = kept.iter().find(|clash| clash.id == choice.id && clash.settled.is_none()) else {
            continue;
        };
        let field = &clash.field;
        let value = match choice.how {
            How::Theirs => wanted.get(field).cloned(),
            How::Mine => clash.mine.clone(),
            How::Joined => both(clash, wanted.get(field), &choice.text),
        };
        let by = asked.iter().find(|question| question.id == clash.id);
        let settled = Settled {
            theirs: now.get(field).cloned(),
            by: by.map(|question| question.theirs_by.clone()).unwrap_or_default(),
            choice: choice.how.code().to_owned(),
            at: moment.at,
        };
        queries::settle_clash(conn, clash.id, &settled)?;
        match value {
            Some(value) => drop(wanted.insert(field.clone(), value)),
            None => drop(wanted.remove(field)),
        }
    }
    let mut content = open.draft.content.clone();
    for (field, _) in changed(&now, &wanted) {
        put(&mut content, &field, wanted.get(&field))?;
    }
    save::save(conn, actor, &open, &content, seen, moment)?;
    Ok(queries::open_clashes(conn, id, whose(actor, moment.today))?)
}

/// Whose open clashes the actor decides on.
pub fn whose(actor: &Actor, today: NaiveDate) -> Whose {
    Whose { person: actor.person_id, today }
}

/// What joining would give: theirs, then mine, unless one holds the other.
fn joined(clash: &KeptClash, theirs: Option<&Value>, open: &Open) -> Result<Option<String>, Error> {
    if has_rows(&clash.field) {
        let all = both(clash, theirs, "");
        return words(&clash.field, all.as_ref(), &open.outline).map(Some);
    }
    let (Some(mine), Some(theirs)) = (text(&clash.field, clash.mine.as_ref()), text(&clash.field, theirs))
    else {
        return Ok(None);
    };
    let (mine, theirs) = (mine.trim(), theirs.trim());
    Ok(Some(if theirs.contains(mine) {
        theirs.to_owned()
    } else if mine.contains(theirs) {
        mine.to_owned()
    } else {
        format!("{theirs}\n\n{mine}")
    }))
}

/// The joined value: the text as edited, in the shape of its field; of a table the rows of both.
fn both(clash: &KeptClash, theirs: Option<&Value>, edited: &str) -> Option<Value> {
    let edited = edited.trim_end();
    let inside = |key: &str, else_: Value| {
        let mut value = clash.mine.clone().or_else(|| theirs.cloned()).unwrap_or(else_);
        value[key] = Value::String(edited.to_owned());
        value
    };
    match clash.field.split_once('.').map_or(clash.field.as_str(), |(kind, _)| kind) {
        "section" => (!edited.is_empty()).then(|| Value::String(edited.to_owned())),
        "task" => Some(inside("body", json!({ "status": "Unsaid" }))),
        "answer" => Some(inside("text", json!({ "done": false }))),
        "list" | "evidence" => {
            let all = union(rows(clash.mine.as_ref()), rows(theirs));
            (!all.is_empty()).then_some(Value::Array(all))
        }
        _ => clash.mine.clone(),
    }
}
