//! An existing regime: the form as it stands, the page that confirms a change, and the writing.

use actix_web::{HttpResponse, web};

use super::super::amend::{self, Amendment, Shown};
use super::super::audience;
use super::super::form::CharterInput;
use super::super::keeping;
use super::confirm::{ConfirmPage, outlook};
use super::shown::CharterPage;
use crate::access::Action;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render};

async fn shown(state: &State, me: &SignedIn, id: RegimeId) -> Result<Shown, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    state.read(move |conn| amend::shown(conn, &actor, id, today)).await
}

fn page(
    me: &SignedIn,
    page: Page,
    shown: Shown,
    input: CharterInput,
    mark: String,
    problems: Problems,
) -> CharterPage {
    let all = me.actor.in_province(shown.regime.province_id, Action::Administer).is_some();
    let units = shown.standing.units.iter().filter(|unit| all || unit.id == shown.regime.collector_id);
    CharterPage {
        page,
        id: Some(shown.regime.id),
        mark,
        opened: shown.opened,
        collectors: units.map(|unit| (unit.id, unit.name.clone())).collect(),
        kinds: shown.standing.kinds,
        others: vec![],
        input,
        problems,
    }
}

/// `GET /regimes/{id}/edit`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it.
pub async fn edit_form(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let shown = shown(&state, &me, id.into_inner()).await?;
    let mut input = CharterInput::shown(&shown.charter);
    input.from = short_date(state.clock.today());
    let mark = shown.mark.clone();
    page(&me, me.page("Sửa chế độ báo cáo", Nav::Regimes), shown, input, mark, Problems::default()).answer()
}

/// `POST /regimes/{id}`. The first answer is a page with what changes and the next periods; confirmed, it writes.
///
/// # Errors
/// As [`edit_form`]; [`Error::Conflict`] when somebody else changed the regime meanwhile; what is to mend shows the form
/// again with 422.
pub async fn save(state: State, posted: Posted, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let shown = shown(&state, &me, id).await?;
    keeping(&me.actor, &shown.regime)?;
    let (mut input, seen) = (CharterInput::read(&form), form.line("shown"));
    input.code.clone_from(&shown.charter.code);
    let frame = me.page("Sửa chế độ báo cáo", Nav::Regimes);
    if form.has("edit") {
        return page(&me, frame, shown, input, seen, Problems::default()).answer();
    }
    let read = input.parse().and_then(|charter| {
        amend::problems(&shown, &charter).or(())?;
        Ok((charter, input.first_day(moment.today)?))
    });
    let (charter, from) = match read {
        Ok(read) => read,
        Err(Error::Invalid(problems)) => return page(&me, frame, shown, input, seen, problems).answer(),
        Err(other) => return Err(other),
    };
    if !form.has("confirmed") {
        let (asked, province, fill) = (charter.clone(), shown.regime.province_id, input.fill.clone());
        let looked = state.read(move |conn| {
            let standing = audience::standing(conn, province, Some(id), from)?;
            let change = standing.change(&asked.kinds, &fill)?;
            Ok((change, outlook(conn, &asked, moment.today)?))
        });
        let (change, outlook) = match looked.await {
            Ok(found) => found,
            Err(Error::Invalid(problems)) => return page(&me, frame, shown, input, seen, problems).answer(),
            Err(other) => return Err(other),
        };
        let mut audience = Vec::new();
        if !change.added.is_empty() {
            audience.push(format!(
                "Thêm {} đơn vị phải gửi từ ngày {}",
                change.added.len(),
                short_date(from)
            ));
        }
        if change.units_left > 0 {
            audience.push(format!("{} đơn vị thôi gửi từ ngày {}", change.units_left, short_date(from)));
        }
        if audience.is_empty() {
            audience.push("Không đổi".into());
        }
        let (opened, forms) = (shown.opened, String::new());
        let page = ConfirmPage {
            page: frame,
            id: Some(id),
            mark: seen,
            opened,
            input,
            charter,
            outlook,
            audience,
            forms,
        };
        return render(&page);
    }
    let amendment = Amendment { charter, fill: input.fill.clone(), from, seen: seen.clone() };
    let actor = me.actor.clone();
    match state.write(move |conn| amend::amend(conn, &actor, id, &amendment, moment)).await {
        Ok(()) => Ok(redirect_with(
            &format!("/regimes/{id}"),
            "Đã lưu chế độ báo cáo. Các kỳ mở từ nay theo nội dung mới.",
        )),
        Err(Error::Invalid(problems)) => page(&me, frame, shown, input, seen, problems).answer(),
        Err(other) => Err(other),
    }
}
