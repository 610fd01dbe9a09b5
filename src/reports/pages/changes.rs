//! `/reports/{id}/changes`: what changed between any two revisions of a report, for whoever sent or collects it.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::changes_view::{Changes, Side, changes};
use super::facts::Facts;
use super::remarks::{Outcome, outcomes};
use crate::calendar::to_local;
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::periods;
use crate::reports::queries;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "reports/changes.html")]
struct ChangesPage {
    page: Page,
    facts: Facts,
    own: bool,
    from: i32,
    to: i32,
    /// Every revision with the moment it was sent.
    revisions: Vec<(i32, String)>,
    changes: Changes,
    /// What the later one answers to remarks on the earlier one.
    outcomes: Vec<Outcome>,
}

impl ChangesPage {
    /// Where the places of the later revision are read.
    fn report(&self) -> String {
        format!("/reports/{}?revision={}", self.facts.id, self.to)
    }

    /// What the columns of the two revisions are called.
    fn sides(&self) -> (String, String) {
        (format!("Lần gửi {}", self.from), format!("Lần gửi {}", self.to))
    }

    fn mended(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.remark.done()).count()
    }

    /// Those of them at whose places nothing changed.
    fn unmended(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.is_unmended()).count()
    }
}

/// `?from=1&to=2`
#[derive(Deserialize)]
pub struct Which {
    from: Option<i32>,
    to: Option<i32>,
}

/// `GET /reports/{id}/changes`: the last two revisions where none are named.
///
/// # Errors
/// 404 for anybody but the unit and its collector, for a revision never sent, and before the first sending.
pub async fn changes_page(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
    which: web::Query<Which>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let scope = me.scope();
    let (case, own, revisions, (old, new), holidays) = state
        .read(move |conn| {
            let case = queries::find(conn, &scope, id)?;
            let own = case.is_own(&scope);
            if !own && !case.is_collected(&scope) {
                return Err(Error::NotFound);
            }
            let revisions = queries::revisions(conn, id)?;
            let last = case.report.last_revision;
            let taken_back = queries::taken_back(conn, id)?;
            let before = revisions.iter().rfind(|row| row.number < last && !taken_back.contains(&row.id));
            let from = before.map_or((last - 1).max(1), |row| row.number);
            let (one, other) = (which.from.unwrap_or(from), which.to.unwrap_or(last));
            let mut sent = |number: i32| {
                let row = revisions.iter().find(|row| row.number == number).ok_or(Error::NotFound)?;
                Ok::<_, Error>(queries::sent(conn, row.id)?)
            };
            // The earlier one is the old one, whichever was named first.
            let pair = (sent(one.min(other))?, sent(one.max(other))?);
            Ok((case, own, revisions, pair, periods::queries::holidays(conn)?))
        })
        .await?;
    let title = format!("Thay đổi giữa các lần gửi: {}", case.title());
    let follows = new.row.number == old.row.number + 1;
    render(&ChangesPage {
        page: me.page(title, if own { Nav::Reports } else { Nav::Periods }),
        facts: Facts::new(&case, &holidays, state.clock.moment()),
        own,
        from: old.row.number,
        to: new.row.number,
        revisions: revisions.iter().map(|row| (row.number, date_time(to_local(row.sent_at)))).collect(),
        changes: changes(
            Side { outline: &old.outline, content: &old.content },
            Side { outline: &new.outline, content: &new.content },
        ),
        outcomes: if follows { outcomes(&old, &new) } else { vec![] },
    })
}
