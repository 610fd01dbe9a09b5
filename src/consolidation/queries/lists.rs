//! SQL of list tables: what some forms ask, and the rows of the received revisions.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FormId, ObligationId, PeriodId, UnitId};
use crate::db::schema::{form_lists, obligations, reports, revision_rows};
use crate::error::Error;
use crate::lists::{ListTable, Row};

/// The lists of some forms, each in its order. One query.
///
/// # Errors
/// The query's own; [`Error::Internal`] for columns that cannot be read.
pub(in super::super) fn form_lists(
    conn: &mut Conn,
    forms: &[FormId],
) -> Result<HashMap<FormId, Vec<ListTable>>, Error> {
    let rows: Vec<(FormId, String, String, String)> = form_lists::table
        .filter(form_lists::form_id.eq_any(forms))
        .order((form_lists::form_id, form_lists::position, form_lists::id))
        .select((form_lists::form_id, form_lists::code, form_lists::title, form_lists::columns_json))
        .load(conn)?;
    let mut lists: HashMap<FormId, Vec<ListTable>> = HashMap::new();
    for (form, code, title, columns) in rows {
        let columns = serde_json::from_str(&columns)
            .map_err(|e| Error::Internal(format!("columns of list {code}: {e}")))?;
        lists.entry(form).or_default().push(ListTable { code, title, columns });
    }
    Ok(lists)
}

/// Rows of the received revisions by obligation and list, in their order. One query.
///
/// # Errors
/// The query's own; [`Error::Internal`] for a row that cannot be read.
pub(in super::super) fn received_rows(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> Result<HashMap<ObligationId, HashMap<String, Vec<Row>>>, Error> {
    let rows: Vec<(ObligationId, String, String)> = revision_rows::table
        .inner_join(
            reports::table.on(reports::received_revision_id.eq(revision_rows::revision_id.nullable())),
        )
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .filter(obligations::part.eq("own"))
        .order((revision_rows::revision_id, revision_rows::list_code, revision_rows::position))
        .select((obligations::id, revision_rows::list_code, revision_rows::cells_json))
        .load(conn)?;
    let mut found: HashMap<ObligationId, HashMap<String, Vec<Row>>> = HashMap::new();
    for (obligation, list, cells) in rows {
        let row = serde_json::from_str(&cells)
            .map_err(|e| Error::Internal(format!("row of list {list}, obligation {obligation}: {e}")))?;
        found.entry(obligation).or_default().entry(list).or_default().push(row);
    }
    Ok(found)
}
