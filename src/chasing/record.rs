//! The log of one obligation: who may keep it, one entry after the other, never changed. Stands between the page and the
//! table; what the collector notes there is the collector's own.

use diesel::result::{DatabaseErrorKind, Error as Sql};
use serde_json::json;

use super::form::NewContact;
use super::{Contact, may_be_spoken_about, queries};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ObligationId;
use crate::error::{Error, Problems};
use crate::periods::decide::Case;
use crate::periods::{Regime, Standing};
use crate::units;
use crate::vietnamese::short_date;

/// The membership under which the actor chases what goes to `collector`.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_chase<'a>(
    actor: &'a Actor,
    collector: crate::db::ids::UnitId,
    regime: &Regime,
) -> Result<&'a Membership, Error> {
    actor
        .for_unit(collector, Action::Compile)
        .or_else(|| actor.for_unit(regime.collector_id, Action::Compile))
        .ok_or_else(|| {
            Error::Forbidden(
                "Chỉ cán bộ tổng hợp của đơn vị nhận báo cáo được đôn đốc và ghi liên hệ.".into(),
            )
        })
}

/// An obligation with what was said about it.
#[derive(Debug, Clone)]
pub struct Book {
    pub case: Case,
    pub log: Vec<Contact>,
}

impl Book {
    /// Loads it for somebody who may keep it. Eleven queries.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign obligation, [`Error::Forbidden`] for a role that does not collect.
    pub fn open(conn: &mut Conn, actor: &Actor, id: ObligationId) -> Result<Book, Error> {
        let case = Case::load(conn, actor, id)?;
        may_chase(actor, case.duty.obligation.collector_id, &case.regime)?;
        let log = queries::log(conn, id)?;
        Ok(Book { case, log })
    }

    /// The entry to be corrected, if it is there and nothing corrects it yet.
    pub fn correctable(&self, id: crate::db::ids::ContactId) -> Option<&Contact> {
        self.log.iter().find(|contact| contact.id == id && !contact.corrected)
    }
}

/// Appends an entry.
///
/// # Errors
/// As [`Book::open`]; [`Error::Refused`] when nothing is owed any more; [`Error::NotFound`] for an entry to correct that is
/// not there; [`Error::Conflict`] when somebody corrected it first.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    id: ObligationId,
    new: &NewContact,
    moment: Moment,
) -> Result<Book, Error> {
    let book = Book::open(conn, actor, id)?;
    let duty = &book.case.duty;
    let membership = may_chase(actor, duty.obligation.collector_id, &book.case.regime)?;
    let faster = || Error::Conflict("Lần liên hệ này vừa được đính chính. Mở lại trang để xem.".to_owned());
    let mut about = duty.report.last_revision;
    if let Some(corrects) = new.corrects {
        if !book.log.iter().any(|contact| contact.id == corrects) {
            return Err(Error::NotFound);
        }
        about = book.correctable(corrects).ok_or_else(faster)?.after_revision;
    } else if !may_be_spoken_about(duty) {
        return Err(Error::Refused(format!(
            "Đơn vị không còn phải gửi gì cho kỳ này ({}), không cần liên hệ.",
            duty.progress().words().to_lowercase()
        )));
    }
    let mut problems = Problems::default();
    if new.outcome.promised().is_some_and(|day| day < moment.today) && new.corrects.is_none() {
        problems.add("promised", "Ngày hẹn đã qua. Nhập từ hôm nay trở đi.");
    }
    if new.outcome.promised().is_some() && new.corrects.is_none() && duty.standing() == Standing::Nil {
        problems.add(
            "promised",
            "Đơn vị đã khai không phát sinh, chưa có gì để hẹn ngày gửi. Cần báo cáo thì chọn “Đề nghị báo cáo lại” ở nghĩa vụ của đơn vị.",
        );
    }
    let lock = book.case.lock_day().filter(|_| !duty.is_correcting());
    if let (Some(day), Some(lock)) = (new.outcome.promised(), lock)
        && lock < day
    {
        let message = format!(
            "Đơn vị không gửi được ngày này: số liệu khóa sau ngày {}. Hẹn sớm hơn, hoặc gia hạn, mở khóa trước.",
            short_date(lock)
        );
        problems.add("promised", message);
    }
    problems.or(())?;
    match queries::append(conn, (id, about), new, (actor, membership), moment.at) {
        Err(Sql::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => return Err(faster()),
        other => other?,
    }
    let names = units::queries::names_on(conn, &[duty.obligation.unit_id], moment.today)?;
    let unit = names.get(&duty.obligation.unit_id).cloned().unwrap_or_default();
    // The note is the collector's own: the log of the province says that somebody called, and what was promised.
    let step = Step {
        action: if new.corrects.is_some() { "contact.correct" } else { "contact.record" },
        subject_kind: "obligation",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {unit}", book.case.period.label),
        unit_id: Some(duty.obligation.collector_id),
        before: None,
        after: Some(json!({
            "contacted_on": new.on,
            "way": new.channel.label(),
            "outcome": new.outcome.words(),
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(book)
}
