//! What is decided on the page of a drop: taken, read again, assigned, left out, put under another receipt. Each leads back to the
//! page, which says what came of it.

use actix_web::{HttpResponse, web};

use crate::db::ids::{DropFileId, DropId, ReportId};
use crate::drops::form::Typed;
use crate::drops::{Press, decide};
use crate::error::Error;
use crate::web::{FormData, Posted, State, redirect_with};

type One = web::Path<(DropId, DropFileId)>;

fn back(id: DropId, words: impl Into<String>) -> HttpResponse {
    redirect_with(&format!("/drops/{id}"), words.into())
}

fn version(form: &FormData) -> i32 {
    form.get("version").parse().unwrap_or(-1)
}

/// `POST /drops/{id}/application`: enters what can be of the files in `shown`; `warnings` says that these were read, `looked`
/// which file was opened and is confirmed by itself.
///
/// # Errors
/// As [`decide::choose`]; what keeps all of them out is said on the page, 422.
pub async fn apply(posted: Posted, state: State, path: web::Path<DropId>) -> Result<HttpResponse, Error> {
    let (id, moment) = (path.into_inner(), state.clock.moment());
    let shown = decide::Shown::from_text(posted.form.get("shown"));
    let looked_at = posted.form.get("looked").parse::<DropFileId>().ok().into_iter().collect();
    let press = Press { with_warnings: posted.form.has("warnings"), looked_at };
    let actor = posted.me.actor.clone();
    let chosen = state.write(move |conn| decide::choose(conn, &actor, id, (&shown, &press), moment)).await;
    match chosen {
        Ok(count) => Ok(back(id, format!("Đang nhận {count} tệp. Có thể rời trang này, việc vẫn tiếp tục."))),
        Err(Error::Refused(why)) => super::show::refused(&posted.me, &state, id, why).await,
        Err(other) => Err(other),
    }
}

/// `POST /drops/{id}/retry`
///
/// # Errors
/// As [`decide::retry`].
pub async fn retry(posted: Posted, state: State, path: web::Path<DropId>) -> Result<HttpResponse, Error> {
    let (id, actor, moment) = (path.into_inner(), posted.me.actor.clone(), state.clock.moment());
    let count = state.write(move |conn| decide::retry(conn, &actor, id, moment)).await?;
    Ok(back(id, format!("Đang đọc lại {count} tệp.")))
}

/// `POST /drops/{id}/files/{n}/assignment`
///
/// # Errors
/// As [`decide::assign`].
pub async fn assign(posted: Posted, state: State, path: One) -> Result<HttpResponse, Error> {
    let ((id, file), moment) = (path.into_inner(), state.clock.moment());
    let report: Option<ReportId> = posted.form.get("report").parse().ok();
    let (actor, seen) = (posted.me.actor.clone(), (version(&posted.form), report));
    state.write(move |conn| decide::assign(conn, &actor, (id, file), seen, moment)).await?;
    Ok(back(id, "Đã chọn đơn vị; đang đọc lại tệp."))
}

/// `POST /drops/{id}/files/{n}/omission`: leaves it out, or takes it back.
///
/// # Errors
/// As [`decide::leave_out`].
pub async fn leave_out(posted: Posted, state: State, path: One) -> Result<HttpResponse, Error> {
    let ((id, file), moment, seen) = (path.into_inner(), state.clock.moment(), version(&posted.form));
    let actor = posted.me.actor.clone();
    let out = state.write(move |conn| decide::leave_out(conn, &actor, (id, file), seen, moment)).await?;
    Ok(back(id, if out { "Đã bỏ qua tệp." } else { "Đã lấy lại tệp; đang đọc." }))
}

/// `POST /drops/{id}/files/{n}/receipt`
///
/// # Errors
/// As [`decide::receive_under`]; what is to be mended is said.
pub async fn receipt(posted: Posted, state: State, path: One) -> Result<HttpResponse, Error> {
    let ((id, file), moment) = (path.into_inner(), state.clock.moment());
    let given = Typed::read(&posted.form).receipt(state.clock.today());
    let (actor, seen) = (posted.me.actor.clone(), version(&posted.form));
    state
        .write(move |conn| {
            decide::find(conn, &actor, id)?;
            let given = given.map_err(|problems| Error::Refused(Error::Invalid(problems).to_string()))?;
            decide::receive_under(conn, &actor, (id, file), (seen, &given), moment)
        })
        .await?;
    Ok(back(id, "Đã ghi số, ngày đến riêng của tệp; đang đọc lại."))
}
