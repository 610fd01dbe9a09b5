//! The Ministry's page for merging provinces: files of provinces with an installation of their own, approved editions of
//! those that share this one, or both; out comes one workbook. What does not fit is listed file by file, cell by cell.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::json;

use super::{Fault, Given, LARGEST, MOST_FILES, Merged, merge};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step, sha256_hex};
use crate::consolidation::EditionCopy;
use crate::consolidation::queries::{self, EditionRow};
use crate::db::Conn;
use crate::db::ids::{EditionId, UnitId};
use crate::error::Error;
use crate::periods::{Period, Regime};
use crate::units;
use crate::vietnamese::lower_first;
use crate::web::{Nav, Page, SignedIn, State, download, read_files, render_status};
use crate::workbooks;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes of all files of one merging.
const ALL: usize = 160 * 1024 * 1024;

#[derive(Template)]
#[template(path = "merging/form.html")]
struct FormPage {
    page: Page,
    rows: Vec<Row>,
    /// What did not fit the last time, file by file.
    faults: Vec<(String, Vec<Fault>)>,
    chosen: Vec<EditionId>,
}

/// An approved edition of this installation.
struct Row {
    edition: EditionRow,
    period: Period,
    regime: Regime,
    agency: String,
}

impl FormPage {
    fn count(&self) -> usize {
        self.faults.iter().map(|(_, faults)| faults.len()).sum()
    }

    fn is_chosen(&self, row: &Row) -> bool {
        self.chosen.contains(&row.edition.id)
    }

    fn most(&self) -> usize {
        MOST_FILES
    }
}

/// `GET /merging`.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the Ministry's viewer.
pub async fn show(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    may_merge(&me.actor)?;
    let rows = rows(&me, &state).await?;
    page(&me, rows, vec![], vec![], StatusCode::OK)
}

/// `POST /merging`: the merged workbook, or the form again with what does not fit.
///
/// # Errors
/// As [`show`]; 404 for an edition that is not there for the reader.
pub async fn make(
    me: SignedIn,
    state: State,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let membership = may_merge(&me.actor)?.clone();
    let limits = (LARGEST, MOST_FILES, ALL);
    let (form, files) = read_files(&me, &req, payload.into_inner(), limits).await?;
    let files = files.map_err(Error::Refused)?;
    let chosen: Vec<EditionId> = form.all("edition").iter().filter_map(|id| id.parse().ok()).collect();
    let mut given: Vec<Given> = files.into_iter().map(|(name, bytes)| Given { name, bytes }).collect();
    let (scope, ids) = (me.scope(), chosen.clone());
    given.append(&mut state.read(move |conn| kept(conn, &scope, &ids)).await?);
    let agency = membership.unit_name.clone();
    let outcome = state.block(move || Ok(merge(&given, &agency).map(written))).await?;
    let (merged, bytes) = match outcome {
        Ok(done) => done?,
        Err(faults) => {
            let rows = rows(&me, &state).await?;
            return page(&me, rows, by_file(faults), chosen, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let name = format!("Tổng hợp toàn quốc {}.xlsx", lower_first(&merged.content.identity.period_label));
    let sha256 = sha256_hex(&bytes);
    let (actor, recorded) = (me.actor.clone(), state.clock.moment().recorded);
    state.write(move |conn| Ok(record(conn, &actor, &membership, &merged, &sha256, recorded)?)).await?;
    Ok(download(XLSX, &name.replace(['/', '\\'], "-"), bytes))
}

fn may_merge(actor: &Actor) -> Result<&Membership, Error> {
    let may = |membership: &&Membership| membership.role.may(Action::MergeProvinces);
    actor.memberships.iter().find(may).ok_or_else(|| {
        Error::Forbidden("Chỉ tài khoản của Bộ Công an gộp được bản tổng hợp của các tỉnh.".to_owned())
    })
}

/// The approved editions that the reader sees.
async fn rows(me: &SignedIn, state: &State) -> Result<Vec<Row>, Error> {
    let (scope, today) = (me.scope(), state.clock.today());
    let found = state.read(move |conn| {
        let mut rows = queries::editions(conn, &scope)?;
        rows.retain(|(edition, ..)| edition.is_approved());
        let ids: Vec<UnitId> = rows.iter().map(|(edition, ..)| edition.collector_id).collect();
        let names: HashMap<UnitId, String> = units::queries::names_on(conn, &ids, today)?;
        Ok((rows, names))
    });
    let (rows, names) = found.await?;
    let row = |(edition, period, regime): (EditionRow, Period, Regime)| Row {
        agency: names.get(&edition.collector_id).cloned().unwrap_or_default(),
        edition,
        period,
        regime,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The Ministry's copies of some editions, as kept at approval. Two queries each; they are few, and bounded.
fn kept(conn: &mut Conn, scope: &crate::access::Scope, ids: &[EditionId]) -> Result<Vec<Given>, Error> {
    if ids.len() > MOST_FILES {
        return Err(Error::Refused(format!("Mỗi lần gộp nhiều nhất {MOST_FILES} bản.")));
    }
    let mut given = Vec::new();
    for id in ids {
        let (edition, ..) = queries::edition(conn, scope, *id)?;
        let file = queries::file(conn, edition.id, EditionCopy::Ministry)?.ok_or(Error::NotFound)?;
        given.push(Given { name: file.file_name, bytes: file.bytes });
    }
    Ok(given)
}

fn written(merged: Merged) -> Result<(Merged, Vec<u8>), Error> {
    let bytes = workbooks::write_national(&merged)
        .map_err(|e| Error::Refused(format!("Chưa ghi được tệp Excel. {e}.")))?;
    Ok((merged, bytes))
}

fn by_file(faults: Vec<Fault>) -> Vec<(String, Vec<Fault>)> {
    let mut files: Vec<(String, Vec<Fault>)> = Vec::new();
    for fault in faults {
        match files.iter_mut().find(|(name, _)| *name == fault.file) {
            Some((_, others)) => others.push(fault),
            None => files.push((fault.file.clone(), vec![fault])),
        }
    }
    files
}

fn page(
    me: &SignedIn,
    rows: Vec<Row>,
    faults: Vec<(String, Vec<Fault>)>,
    chosen: Vec<EditionId>,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    let page = me.page("Gộp bản tổng hợp của các tỉnh", Nav::Editions);
    render_status(status, &FormPage { page, rows, faults, chosen })
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    membership: &Membership,
    merged: &Merged,
    sha256: &str,
    at: chrono::NaiveDateTime,
) -> diesel::QueryResult<()> {
    let identity = &merged.content.identity;
    let files: Vec<String> =
        merged.files.iter().map(|file| format!("{} (SHA-256 {})", file.name, file.sha256)).collect();
    let step = Step {
        action: "merging.make",
        subject_kind: "merging",
        subject_id: None,
        subject_label: &format!("{}: {} tệp", identity.period_label, merged.files.len()),
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(json!({ "period": identity.period_code, "sha256": sha256, "file": files })),
    };
    audit::record(conn, &By::member(actor, membership), &step, at)
}
