//! The days on which a regime's units are reminded, changed by whoever keeps the regime.

use serde_json::json;

use super::queries::{self, StepsRow};
use super::{FURTHEST, Steps};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::{self, Regime};
use crate::regimes::keeping;

/// The days as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepsInput {
    /// "15, 7, 3, 1".
    pub before: String,
    pub on_the_day: bool,
    pub after: String,
}

impl StepsInput {
    /// As they stand.
    pub fn shown(steps: &Steps) -> StepsInput {
        StepsInput {
            before: steps.before_words(),
            on_the_day: steps.on_the_day(),
            after: steps.after_words(),
        }
    }

    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self) -> Result<Steps, Error> {
        let mut problems = Problems::default();
        let before = days(&self.before, "before", &mut problems);
        let after = days(&self.after, "after", &mut problems);
        let all = before.into_iter().map(|day| -day).chain(self.on_the_day.then_some(0)).chain(after);
        match Steps::new(all) {
            Ok(steps) => problems.or(steps),
            Err(why) => {
                problems.add("before", why);
                Err(Error::Invalid(problems))
            }
        }
    }
}

fn days(text: &str, field: &str, problems: &mut Problems) -> Vec<i32> {
    let words: Vec<&str> = text.split([',', ';', ' ']).filter(|word| !word.is_empty()).collect();
    let days: Vec<i32> = words
        .iter()
        .filter_map(|word| word.parse().ok())
        .filter(|day| (1..=FURTHEST).contains(day))
        .collect();
    if days.len() != words.len() {
        problems.add(field, format!("Nhập các số ngày từ 1 đến {FURTHEST}, cách nhau dấu phẩy, như 15, 7, 3, 1; để trống nếu không nhắc."));
    }
    days
}

/// A regime with its days, for whoever keeps it. Two queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it.
pub fn shown(conn: &mut Conn, actor: &Actor, id: RegimeId) -> Result<(Regime, StepsRow), Error> {
    let regime = periods::queries::visible_regime(conn, &actor.scope(), id)?;
    keeping(actor, &regime)?;
    Ok((regime, queries::steps_of(conn, id)?))
}

/// Changes the days. `seen` is the version the person had before them.
///
/// # Errors
/// As [`shown`]; [`Error::Invalid`] with what is to mend; [`Error::Conflict`] when somebody was faster.
pub fn change_steps(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    (input, seen): (&StepsInput, i32),
    moment: Moment,
) -> Result<(), Error> {
    let (regime, stood) = shown(conn, actor, id)?;
    let steps = input.parse()?;
    if stood.version != seen || !queries::keep_steps(conn, id, &steps, seen)? {
        return Err(Error::Conflict(
            "Lịch nhắc vừa được người khác sửa. Mở lại trang để xem rồi sửa tiếp.".into(),
        ));
    }
    let step = Step {
        action: "regime.notice_steps",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &regime.name,
        unit_id: Some(regime.collector_id),
        before: Some(json!({ "notice_steps": stood.steps.words() })),
        after: Some(json!({ "notice_steps": steps.words() })),
    };
    Ok(audit::record(conn, &By::member(actor, keeping(actor, &regime)?), &step, moment.recorded)?)
}
