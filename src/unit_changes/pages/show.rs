//! One event: what it was, what it did, and taking it back while that can still be done.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::queries::{self, ChangeRow, Kept, Names, TakenBack};
use super::super::{obstacle, undo};
use super::{kind_words, may_read, may_record};
use crate::access::Action;
use crate::calendar::to_local;
use crate::db::ids::{UnitChangeId, UnitId};
use crate::error::{Error, Problems};
use crate::vietnamese::{date_time, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "unit_changes/show.html")]
struct ShowPage {
    page: Page,
    change: ChangeRow,
    lines: Vec<String>,
    /// (what, how many) of its journal.
    did: Vec<(&'static str, usize)>,
    /// Figures no successor is asked in the periods that were open, a report that ended each.
    unasked: Vec<String>,
    /// Why it can no longer be taken back.
    obstacle: Option<String>,
    may_record: bool,
    /// The reason as typed, and what is wrong with it.
    reason: String,
    problems: Problems,
}

impl ShowPage {
    fn kind(&self) -> &'static str {
        kind_words(&self.change.kind)
    }

    fn day(&self) -> String {
        short_date(self.change.effective_on)
    }

    fn recorded(&self) -> String {
        date_time(to_local(self.change.recorded_at))
    }
}

/// What the journal counts to.
fn counted(journal: &[Kept]) -> Vec<(&'static str, usize)> {
    let all = [
        ("add:unit", "Đơn vị thành lập"),
        ("set:unit_last_day", "Đơn vị kết thúc hoạt động"),
        ("set:holder_last_day", "Chức năng đổi đơn vị giữ"),
        ("set:route_last_day", "Tuyến báo cáo chuyển"),
        ("set:obligation_unit", "Nghĩa vụ báo cáo chuyển sang đơn vị kế thừa"),
        ("set:obligation_standing", "Nghĩa vụ báo cáo kết thúc"),
        ("add:obligation", "Nghĩa vụ báo cáo mới của đơn vị kế thừa"),
        ("set:report_obligation", "Bản đang soạn chuyển vào báo cáo của đơn vị kế thừa"),
        ("set:obligation_collector", "Báo cáo chuyển đơn vị tổng hợp"),
        ("set:membership_last_day", "Tài khoản thôi ở đơn vị cũ"),
        ("add:membership", "Tài khoản làm việc ở đơn vị kế thừa"),
    ];
    all.into_iter()
        .map(|(what, words)| (words, journal.iter().filter(|kept| kept.what == what).count()))
        .filter(|(_, n)| *n > 0)
        .collect()
}

/// `GET /unit-changes/{id}`.
///
/// # Errors
/// [`Error::NotFound`] for an event of another province; [`Error::Forbidden`] for those who do not read events.
pub async fn show(me: SignedIn, state: State, id: web::Path<UnitChangeId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    match page(&me, &state, id, String::new(), Problems::default()).await {
        Err(Error::NotFound) => gone(&me, &state, id).await,
        other => render(&other?),
    }
}

#[derive(Template)]
#[template(path = "unit_changes/taken_back.html")]
struct GonePage {
    page: Page,
    event: TakenBack,
    kind: &'static str,
    day: String,
    at: String,
}

/// An event that was taken back: what it had been, who took it back, when and why. Two queries.
async fn gone(me: &SignedIn, state: &State, id: UnitChangeId) -> Result<HttpResponse, Error> {
    let provinces = me.scope().provinces;
    let all = state.read(move |conn| Ok::<_, Error>(queries::taken_back(conn, &provinces)?)).await?;
    let event = all.into_iter().find(|event| event.change == Some(id)).ok_or(Error::NotFound)?;
    may_read(&me.actor)?;
    render(&GonePage {
        page: me.page(event.decision.clone(), Nav::Units),
        kind: kind_words(&event.kind),
        day: event.effective_on.map(short_date).unwrap_or_default(),
        at: date_time(to_local(event.at)),
        event,
    })
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: UnitChangeId,
    reason: String,
    problems: Problems,
) -> Result<ShowPage, Error> {
    let provinces = me.scope().provinces;
    let may = me.actor.may_somewhere(Action::Administer);
    let (change, lines, unasked, journal, obstacle) = state
        .read(move |conn| {
            let (change, lines) = queries::change(conn, &provinces, id)?;
            let named: Vec<UnitId> = lines.iter().flat_map(|line| [line.from, line.to]).flatten().collect();
            let names = Names::load(conn, &named, change.effective_on)?;
            let words: Vec<String> = lines.iter().map(|line| line.words(&names)).collect();
            let journal = queries::journal(conn, id)?;
            let unasked: Vec<String> = queries::unasked(conn, &lines, &journal)?
                .into_iter()
                .map(|row| {
                    let unit = names.after(Some(row.unit));
                    format!("{}, {unit}: {}", row.period, row.figures.join("; "))
                })
                .collect();
            let obstacle = obstacle::obstacle(conn, &change, &lines, &journal)?;
            Ok((change, words, unasked, journal, obstacle))
        })
        .await?;
    may_read(&me.actor)?;
    let page = me.page(change.decision.clone(), Nav::Units);
    let did = counted(&journal);
    Ok(ShowPage { page, change, lines, did, unasked, obstacle, may_record: may, reason, problems })
}

/// `POST /unit-changes/{id}/reversal`.
///
/// # Errors
/// As [`undo::undo`].
pub async fn take_back(
    posted: Posted,
    state: State,
    id: web::Path<UnitChangeId>,
) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor.clone(), state.clock.moment(), id.into_inner());
    let reason = posted.form.get("reason").trim().to_owned();
    let said = reason.clone();
    let done = state
        .write(move |conn| {
            queries::change(conn, &actor.scope().provinces, id)?;
            may_record(&actor)?;
            undo::undo(conn, &actor, id, &said, moment)
        })
        .await;
    if let Err(Error::Invalid(problems)) = done {
        return render_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(&posted.me, &state, id, reason, problems).await?,
        );
    }
    done?;
    Ok(redirect_with("/unit-changes", "Đã hoàn tác; dữ liệu trở lại như trước khi sắp xếp."))
}
