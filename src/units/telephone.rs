//! The telephone of a body as such: what is one, and its guarded writing.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::units;

/// Longest text of a telephone field: two numbers and who answers them.
const LONGEST: usize = 60;

/// What is wrong with a telephone as typed; blank is none.
pub fn fault(phone: &str) -> Option<String> {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_digit() || " +().-;/,".contains(c);
    let sound = phone.is_empty() || (digits >= 3 && phone.chars().all(fits));
    (!sound || phone.chars().count() > LONGEST).then(|| {
        "Số điện thoại chỉ gồm số, dấu cách và các dấu + ( ) . - ; hai số cách nhau bằng dấu chấm phẩy."
            .to_owned()
    })
}

/// Writes it: false when it is no longer as it was seen.
///
/// # Errors
/// The query's own.
pub fn put(conn: &mut Conn, unit: UnitId, (seen, phone): (&str, &str)) -> QueryResult<bool> {
    let changed = diesel::update(units::table.find(unit))
        .filter(units::phone.eq(seen))
        .set(units::phone.eq(phone))
        .execute(conn)?;
    Ok(changed == 1)
}
