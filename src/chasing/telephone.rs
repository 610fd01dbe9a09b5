//! The telephone of a body, entered and corrected by whoever calls it, beside the administrator's form of the unit.

use serde_json::json;

use super::may_chase;
use super::record::Book;
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ObligationId;
use crate::error::{Error, Problems};
use crate::units::{self, telephone};

/// Enters the telephone of the body that owes; `seen` is what the page showed.
///
/// # Errors
/// As [`Book::open`]; [`Error::Invalid`] for what is no number; [`Error::Conflict`] when somebody changed it meanwhile.
pub fn put(
    conn: &mut Conn,
    actor: &Actor,
    id: ObligationId,
    (seen, phone): (&str, &str),
    moment: Moment,
) -> Result<(), Error> {
    let book = Book::open(conn, actor, id)?;
    let obligation = &book.case.duty.obligation;
    let membership = may_chase(actor, obligation.collector_id, &book.case.regime)?;
    let mut problems = Problems::default();
    problems.add_fault("phone", telephone::fault(phone));
    problems.or(())?;
    if seen == phone {
        return Ok(());
    }
    let unit = obligation.unit_id;
    if !telephone::put(conn, unit, (seen, phone))? {
        return Err(Error::Conflict("Số điện thoại vừa được người khác sửa. Mở lại trang để xem.".into()));
    }
    let name = units::queries::names_on(conn, &[unit], moment.today)?.remove(&unit).unwrap_or_default();
    let step = Step {
        action: "unit.telephone",
        subject_kind: "unit",
        subject_id: Some(unit.0),
        subject_label: &name,
        unit_id: Some(unit),
        before: Some(json!({ "phone": seen })),
        after: Some(json!({ "phone": phone })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

/// The numbers of a field, each with what a telephone dials: "0204 3851 234; 0912 345 678".
pub fn dialled(field: &str) -> Vec<(String, &str)> {
    let parts = field.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| (part.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(), part)).collect()
}
