//! Pages of last years' tables: the tables of a regime with the place to bring one, and the wizard of one table: its columns, the names it
//! uses, what would become of it, and what became of it.

mod columns;
mod list;
mod names;
mod show;
mod verbs;

pub use columns::{columns, save_columns};
pub use list::{create, list};
pub use names::{names, save_names};
pub use show::show;
pub use verbs::{apply, ask_withdrawal, file, remove, save_choice, withdraw};

use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::ids::LegacyTableId;
use crate::error::Error;
use crate::legacy_tables::open::{Opened, open, sheets};
use crate::legacy_tables::queries;
use crate::unit_workbook::Grid;
use crate::web::State;

/// A table with its sheets, opened outside every transaction.
async fn opened(
    state: &State,
    actor: &Actor,
    id: LegacyTableId,
    moment: Moment,
) -> Result<(Opened, Vec<Grid>), Error> {
    let actor = actor.clone();
    let (opened, bytes) = state
        .read(move |conn| {
            let opened = open(conn, &actor, id, moment)?;
            Ok((opened, queries::bytes(conn, id)?))
        })
        .await?;
    let grids = state.block(move || sheets(&bytes)).await?;
    Ok((opened, grids))
}
