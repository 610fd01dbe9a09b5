//! `GET /reports/{id}/attachments/{n}`: a file handed out block by block, to be saved and never opened in the page:
//! what somebody uploaded runs nowhere under this program's name.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{self, Bytes};
use futures_core::Stream;
use futures_core::future::LocalBoxFuture;

use crate::attachments::find::{self, Stored};
use crate::attachments::queries;
use crate::db::ids::{FileId, ReportId, TaskEntryId};
use crate::error::Error;
use crate::web::{SignedIn, State, disposition};

/// Even opened by itself the file could do nothing: no script, no request, no origin.
const NOTHING_RUNS: &str = "default-src 'none'; sandbox";

/// `GET /reports/{id}/attachments/{n}`
///
/// # Errors
/// 404 for a file of a revision or draft the actor may not read.
pub async fn hand_out(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, FileId)>,
) -> Result<HttpResponse, Error> {
    let (report, file) = path.into_inner();
    let actor = me.actor.clone();
    let stored = state.read(move |conn| find::find(conn, &actor, report, file)).await?;
    handed_out(state, stored)
}

/// `GET /task-entries/{id}/photos/{n}`
///
/// # Errors
/// 404 for a picture of an entry the actor does not read.
pub async fn hand_out_photo(
    me: SignedIn,
    state: State,
    path: web::Path<(TaskEntryId, FileId)>,
) -> Result<HttpResponse, Error> {
    let (entry, file) = path.into_inner();
    let actor = me.actor.clone();
    let stored = state.read(move |conn| find::find_photo(conn, &actor, entry, file)).await?;
    handed_out(state, stored)
}

fn handed_out(state: State, stored: Stored) -> Result<HttpResponse, Error> {
    let size = u64::try_from(stored.size).map_err(|e| Error::Internal(e.to_string()))?;
    let blocks = Blocks { state, file: stored.id, next: 0, left: stored.size, reading: None };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, stored.kind.content_type()))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&stored.name)))
        .insert_header((header::CONTENT_SECURITY_POLICY, NOTHING_RUNS))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        // Such files are compressed already, and a browser shows how far it is only with a length.
        .insert_header(ContentEncoding::Identity)
        .body(SizedStream::new(size, blocks)))
}

/// The blocks of a file in order, one in memory.
struct Blocks {
    state: State,
    file: FileId,
    next: i32,
    /// Bytes still to come.
    left: i64,
    reading: Option<LocalBoxFuture<'static, Result<Option<Vec<u8>>, Error>>>,
}

impl Stream for Blocks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left <= 0 {
            return Poll::Ready(None);
        }
        let (state, file, number) = (self.state.clone(), self.file, self.next);
        let reading = self.reading.get_or_insert_with(|| {
            Box::pin(async move { state.read(move |conn| Ok(queries::block(conn, file, number)?)).await })
        });
        let Poll::Ready(block) = reading.as_mut().poll(cx) else { return Poll::Pending };
        self.reading = None;
        self.next += 1;
        // Taken out of its draft while it was fetched: the answer breaks off rather than end early as if it were whole.
        let bytes = match block.and_then(|bytes| bytes.ok_or(Error::NotFound)) {
            Ok(bytes) => bytes,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        self.left -= i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        Poll::Ready(Some(Ok(Bytes::from(bytes))))
    }
}
