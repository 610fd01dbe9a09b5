//! The small steps of a report, each a POST that ends on a page: to the leader and back, and the receipt.

use actix_web::{HttpResponse, web};

use super::{check, confirmed, read, version};
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::reports::behalf::may_type;
use crate::reports::history::{changed_meanwhile, taken_by};
use crate::reports::leader::{Passing, hand_back, pass_to_leader, take_back};
use crate::reports::{Case, Step, level, queries, receive};
use crate::web::{Posted, SignedIn, State, redirect_with};

/// The outcome of a step, where one refused because it is taken already, by the same person from the same page (the second click of a
/// double click, a form sent again because the answer was lost), counts as taken. What somebody else took meanwhile on behalf of the
/// unit is not theirs to find any more, and they are told why.
pub(super) async fn settled<T>(
    (me, state): (&SignedIn, &State),
    report: ReportId,
    (step, seen): (Step, i32),
    outcome: Result<T, Error>,
    again: impl FnOnce(Case) -> T,
) -> Result<T, Error> {
    let gone = matches!(outcome, Err(Error::NotFound));
    if !gone && !matches!(outcome, Err(Error::Conflict(_) | Error::Refused(_) | Error::Invalid(_))) {
        return outcome;
    }
    let actor = me.actor.clone();
    let repeated = state
        .read(move |conn| {
            let case = queries::find(conn, &actor.scope(), report)?;
            let by = taken_by(conn, report, step, seen)?;
            if by.is_some_and(|by| actor.memberships.iter().any(|m| m.id == by)) {
                return Ok(Some(case));
            }
            match by.is_some() && gone && may_type(&actor, &case).is_ok() {
                true => Err(changed_meanwhile()),
                false => Ok(None),
            }
        })
        .await?;
    repeated.map_or(outcome, |case| Ok(again(case)))
}

/// `POST /reports/{id}/leader-request`
///
/// # Errors
/// As [`pass_to_leader`]; what is to be mended comes back on the check page.
pub async fn leader_request(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let passing = Passing {
        version: version(&posted.form, "version"),
        draft: version(&posted.form, "draft"),
        confirmed: confirmed(&posted.form),
    };
    let (actor, moment, seen) = (posted.me.actor.clone(), state.clock.moment(), passing.version);
    let passed = state.write(move |conn| pass_to_leader(conn, &actor, id, &passing, moment)).await;
    match settled((&posted.me, &state), id, (Step::PassToLeader, seen), passed, |_| ()).await {
        Ok(()) => Ok(redirect_with(&format!("/reports/{id}"), "Đã trình lãnh đạo đơn vị.")),
        Err(Error::Invalid(problems)) => {
            check::again(&posted.me, &state, id, check::typed(&posted.form, problems)).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /reports/{id}/leader-return`
///
/// # Errors
/// As [`hand_back`]; a missing reason comes back on the check page.
pub async fn leader_return(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let (seen, reason) = (version(&posted.form, "version"), posted.form.get("reason").to_owned());
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let handed = state.write(move |conn| hand_back(conn, &actor, id, seen, &reason, moment)).await;
    match settled((&posted.me, &state), id, (Step::HandBack, seen), handed, |_| ()).await {
        Ok(()) => Ok(redirect_with(&format!("/reports/{id}"), "Đã chuyển lại cán bộ.")),
        Err(Error::Invalid(problems)) => {
            let typed = check::Typed { problems, ..check::Typed::default() };
            check::again(&posted.me, &state, id, typed).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /reports/{id}/leader-withdrawal`
///
/// # Errors
/// As [`take_back`].
pub async fn leader_withdrawal(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let seen = version(&posted.form, "version");
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let taken = state.write(move |conn| take_back(conn, &actor, id, seen, moment)).await;
    settled((&posted.me, &state), id, (Step::TakeBack, seen), taken, |_| ()).await?;
    Ok(redirect_with(&format!("/reports/{id}/draft"), "Đã lấy lại báo cáo để sửa."))
}

/// `POST /reports/{id}/renewal`
///
/// # Errors
/// As [`level::renew`].
pub async fn renewal(posted: Posted, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let seen = version(&posted.form, "version");
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    state.write(move |conn| level::renew(conn, &actor, id, seen, moment)).await?;
    Ok(redirect_with(
        &format!("/reports/{id}/draft"),
        "Số liệu đã lấy theo bản tổng hợp mới; kiểm tra rồi gửi.",
    ))
}

/// `POST /reports/{id}/receipt`
///
/// # Errors
/// As [`receive::receive_own`]; a missing tick comes back on the page.
pub async fn receipt(posted: Posted, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let seen = version(&posted.form, "version");
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let receiving = receive::Receiving {
        version: seen,
        own_typing: posted.form.has("own_typing"),
        despite: posted.form.get("despite").to_owned(),
    };
    let received = state.write(move |conn| receive::receive_own(conn, &actor, id, &receiving, moment)).await;
    match settled((&posted.me, &state), id, (Step::Receive, seen), received, |_| ()).await {
        Ok(()) => Ok(redirect_with(&format!("/reports/{id}"), "Đã tiếp nhận báo cáo.")),
        Err(Error::Invalid(problems)) => read::again(&posted.me, &state, id, problems).await,
        Err(other) => Err(other),
    }
}
