//! An upload is dropped; its bytes as they came, for who reviews it and for whoever reads the plan made of it.

use actix_web::{HttpResponse, web};

use crate::db::ids::{PlanId, PlanUploadId};
use crate::error::Error;
use crate::plan_adoption::upload::open;
use crate::plan_adoption::{UploadState, form, queries, settle};
use crate::plans;
use crate::web::{Posted, SignedIn, State, download, redirect_with};

/// `POST /plan-uploads/{id}/removal`.
///
/// # Errors
/// As [`settle::remove`].
pub async fn remove(
    posted: Posted,
    state: State,
    id: web::Path<PlanUploadId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, seen, moment) = (id.into_inner(), form::version(&form), state.clock.moment());
    let actor = me.actor.clone();
    let row = state.write(move |conn| settle::remove(conn, &actor, (id, seen), moment)).await?;
    Ok(match (row.state(), row.plan_id) {
        (UploadState::Compared, Some(plan)) => redirect_with(
            &format!("/plans/{plan}"),
            format!("Đã bỏ văn bản “{}” tải lên để đối chiếu. Kế hoạch không bị sửa.", row.file_name),
        ),
        _ => redirect_with(
            "/plan-uploads",
            format!("Đã bỏ văn bản “{}”; chưa có kế hoạch nào được lập.", row.file_name),
        ),
    })
}

/// `GET /plan-uploads/{id}/file`: the bytes as they came.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn file(me: SignedIn, state: State, id: web::Path<PlanUploadId>) -> Result<HttpResponse, Error> {
    let (id, actor) = (id.into_inner(), me.actor.clone());
    let (row, bytes) = state
        .read(move |conn| {
            let (row, _) = open(conn, &actor, id)?;
            Ok((row, queries::bytes(conn, id)?))
        })
        .await?;
    Ok(download(row.content_type(), &row.file_name, bytes))
}

/// `GET /plans/{id}/original`: the document a plan was made of, for whoever reads the plan.
///
/// # Errors
/// 404 outside the person's provinces, and for a plan that was typed.
pub async fn original(me: SignedIn, state: State, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let (id, provinces) = (id.into_inner(), me.scope().provinces);
    let (row, bytes) = state
        .read(move |conn| {
            let plan = plans::queries::find(conn, &provinces, id)?;
            let row = queries::original(conn, plan.id)?.ok_or(Error::NotFound)?;
            let bytes = queries::bytes(conn, row.id)?;
            Ok((row, bytes))
        })
        .await?;
    Ok(download(row.content_type(), &row.file_name, bytes))
}
