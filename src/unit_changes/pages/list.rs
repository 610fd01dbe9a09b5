//! The reorganisations on record, the latest day first.

use actix_web::HttpResponse;
use askama::Template;

use super::super::queries::{self, ChangeRow, Names, TakenBack};
use super::{kind_words, may_read};
use crate::access::Action;
use crate::calendar::to_local;
use crate::db::ids::{UnitChangeId, UnitId};
use crate::error::Error;
use crate::units;
use crate::vietnamese::{date_time, short_date};
use crate::web::{Nav, Page, SignedIn, State, render};

/// One event with its lines in words.
struct Row {
    change: ChangeRow,
    lines: Vec<String>,
}

impl Row {
    fn day(&self) -> String {
        short_date(self.change.effective_on)
    }

    fn kind(&self) -> &'static str {
        kind_words(&self.change.kind)
    }
}

impl ListPage {
    fn kind_of(&self, row: &TakenBack) -> &'static str {
        kind_words(&row.kind)
    }

    fn day_of(&self, row: &TakenBack) -> String {
        row.effective_on.map(short_date).unwrap_or_default()
    }

    /// Its own page, unless its number was given to another event since.
    fn href(&self, row: &TakenBack) -> Option<String> {
        let id = row.change.filter(|id| !self.rows.iter().any(|other| other.change.id == *id))?;
        Some(format!("/unit-changes/{id}"))
    }
}

#[derive(Template)]
#[template(path = "unit_changes/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    /// With the moment of the reversal.
    taken_back: Vec<(String, TakenBack)>,
    may_record: bool,
}

/// `GET /unit-changes`. Seven queries.
///
/// # Errors
/// [`Error::Forbidden`] for those who neither administer nor oversee.
pub async fn list(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    may_read(&me.actor)?;
    let provinces = me.scope().provinces;
    let (rows, taken_back) = state
        .read(move |conn| {
            let changes = queries::changes(conn, &provinces)?;
            let ids: Vec<UnitChangeId> = changes.iter().map(|change| change.id).collect();
            let lines = queries::lines(conn, &ids)?;
            let named: Vec<UnitId> = lines.iter().flat_map(|line| [line.from, line.to]).flatten().collect();
            let histories = units::queries::register::histories(conn, &named)?;
            let rows = changes.into_iter().map(|change| {
                let names = Names::of(change.effective_on, |day| {
                    // A body that ended is called what it was called last.
                    histories.iter().map(|unit| (unit.id, unit.on(day).name.clone())).collect()
                });
                let own = lines.iter().filter(|line| line.change_id == change.id);
                let lines = own.map(|line| line.words(&names)).collect();
                Row { change, lines }
            });
            Ok((rows.collect::<Vec<_>>(), queries::taken_back(conn, &provinces)?))
        })
        .await?;
    let may_record = me.actor.may_somewhere(Action::Administer);
    let taken_back = taken_back.into_iter().map(|row| (date_time(to_local(row.at)), row)).collect();
    render(&ListPage { page: me.page("Sắp xếp tổ chức", Nav::Units), rows, taken_back, may_record })
}
