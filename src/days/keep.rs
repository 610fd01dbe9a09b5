//! Keeping the days: one put on record or taken off, the law's proposal taken over, the year's notice entered. Every
//! change acts on open reports alone: the last day of a sent one was taken down when it was sent.

use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::json;

use super::{KeptDay, YEARS, queries};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{DayKind, Moment};
use crate::db::Conn;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::LINE;
use crate::vietnamese::{capital, parse_date, short_date, weekday_date};

/// The membership under which the days are kept. They are the country's, the same for every province here.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn keeps(actor: &Actor) -> Result<&Membership, Error> {
    actor
        .memberships
        .iter()
        .find(|m| m.role.may(Action::Administer))
        .ok_or_else(|| Error::Forbidden("Ngày nghỉ, ngày làm bù do người quản trị nhập.".to_owned()))
}

/// A day as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayInput {
    pub day: String,
    pub kind: String,
    pub name: String,
    pub source: String,
}

impl DayInput {
    /// # Errors
    /// What is to mend, at its field.
    fn read(&self, year: i32) -> Result<KeptDay, Problems> {
        let mut problems = Problems::default();
        let day = match parse_date(&self.day) {
            Ok(day) if day.year() == year => Some(day),
            Ok(_) => {
                problems.add("day", format!("Nhập một ngày của năm {year}."));
                None
            }
            Err(error) => {
                problems.add("day", error.to_string());
                None
            }
        };
        let kind = DayKind::from_code(&self.kind);
        if kind.is_none() {
            problems.add("kind", "Chọn loại ngày.");
        }
        if let (Some(day), Some(kind)) = (day, kind) {
            let rest = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            match kind {
                DayKind::SwappedWork if !rest => {
                    problems.add(
                        "kind",
                        format!(
                            "{} vốn là ngày làm việc; làm bù chỉ vào thứ Bảy, Chủ nhật.",
                            capital(&weekday_date(day))
                        ),
                    );
                }
                DayKind::SwappedOff | DayKind::Compensatory if rest => {
                    problems.add(
                        "kind",
                        format!(
                            "{} vốn là ngày nghỉ hằng tuần, không cần nghỉ bù hay nghỉ hoán đổi.",
                            capital(&weekday_date(day))
                        ),
                    );
                }
                _ => {}
            }
        }
        if self.name.is_empty() {
            problems.add("name", "Nhập tên gọi của ngày, ví dụ “Nghỉ bù Quốc khánh”.");
        }
        if self.source.is_empty() {
            problems.add("source", "Nhập văn bản quyết định ngày này.");
        }
        problems.add_fault("name", LINE.fault("Tên gọi", &self.name));
        problems.add_fault("source", LINE.fault("Văn bản", &self.source));
        match (day, kind, problems.is_empty()) {
            (Some(day), Some(kind), true) => Ok(KeptDay {
                day,
                kind,
                name: self.name.clone(),
                source: self.source.clone(),
                confirmed: true,
            }),
            _ => Err(problems),
        }
    }
}

fn known(year: i32) -> Result<(), Error> {
    if YEARS.contains(&year) { Ok(()) } else { Err(Error::NotFound) }
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    membership: &Membership,
    (action, label): (&str, &str),
    (before, after): (Option<serde_json::Value>, Option<serde_json::Value>),
    moment: Moment,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "calendar",
        subject_id: None,
        subject_label: label,
        unit_id: Some(membership.unit_id),
        before,
        after,
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

fn words(day: &KeptDay) -> serde_json::Value {
    json!({ "kind": day.kind.code(), "name": day.name, "source": day.source })
}

/// Puts a day on record, over what stands there.
///
/// # Errors
/// [`Error::Forbidden`] as [`keeps`]; [`Error::NotFound`] outside the years kept; [`Error::Invalid`] with what is to mend.
pub fn put(conn: &mut Conn, actor: &Actor, year: i32, input: &DayInput, moment: Moment) -> Result<(), Error> {
    let membership = keeps(actor)?;
    known(year)?;
    let day = input.read(year).map_err(Error::Invalid)?;
    let before = queries::year(conn, year)?.days.into_iter().find(|kept| kept.day == day.day);
    queries::put(conn, &day)?;
    let both = (before.as_ref().map(words), Some(words(&day)));
    record(conn, actor, membership, ("calendar.put", &short_date(day.day)), both, moment)
}

/// Takes a day off the record: it is an ordinary day of its week again.
///
/// # Errors
/// As [`put`]; [`Error::NotFound`] where the day is not on record.
pub fn remove(conn: &mut Conn, actor: &Actor, day: NaiveDate, moment: Moment) -> Result<(), Error> {
    let membership = keeps(actor)?;
    known(day.year())?;
    let days = queries::year(conn, day.year())?.days;
    let before = days.into_iter().find(|kept| kept.day == day).ok_or(Error::NotFound)?;
    if !queries::remove(conn, day)? {
        return Err(Error::NotFound);
    }
    let both = (Some(words(&before)), None);
    record(conn, actor, membership, ("calendar.remove", &short_date(day)), both, moment)
}

/// Takes over what the law proposes for a year and is not on record; how many days that were.
///
/// # Errors
/// As [`put`].
pub fn take_proposal(conn: &mut Conn, actor: &Actor, year: i32, moment: Moment) -> Result<usize, Error> {
    let membership = keeps(actor)?;
    known(year)?;
    let missing = queries::year(conn, year)?.missing();
    for one in &missing {
        let day = KeptDay {
            day: one.day,
            kind: one.kind,
            name: one.name.to_owned(),
            source: one.basis.to_owned(),
            confirmed: one.certain,
        };
        queries::put(conn, &day)?;
    }
    if !missing.is_empty() {
        let days: Vec<String> = missing.iter().map(|one| short_date(one.day)).collect();
        let label = ("calendar.propose", format!("Năm {year}"));
        let both = (None, Some(json!({ "days": days })));
        record(conn, actor, membership, (label.0, &label.1), both, moment)?;
    }
    Ok(missing.len())
}

/// Enters the official notice of a year: what is on record for it is confirmed. `aware`: that days the law leads one to
/// expect are not on record, and the notice does not name them.
///
/// # Errors
/// As [`put`].
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    year: i32,
    (document, aware): (&str, bool),
    moment: Moment,
) -> Result<(), Error> {
    let membership = keeps(actor)?;
    known(year)?;
    let mut problems = Problems::default();
    if document.is_empty() {
        problems.add("document", "Nhập số, ngày của thông báo.");
    }
    problems.add_fault("document", LINE.fault("Thông báo", document));
    let of_year = queries::year(conn, year)?;
    let missing = of_year.missing().len();
    if missing > 0 && !aware {
        problems.add(
            "aware",
            format!("Còn {missing} ngày theo luật chưa có trong lịch. Thêm các ngày đó, hoặc xác nhận thông báo không nêu."),
        );
    }
    problems.or(())?;
    let before = of_year.notice.map(|notice| json!({ "document": notice.document }));
    queries::note(conn, year, document, membership.id, moment.recorded)?;
    let label = format!("Năm {year}");
    let both = (before, Some(json!({ "document": document })));
    record(conn, actor, membership, ("calendar.note", &label), both, moment)
}
