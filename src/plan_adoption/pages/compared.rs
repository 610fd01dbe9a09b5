//! The same document again, beside the plan made of it: what only one of them says, and what they say otherwise.

use actix_web::HttpResponse;
use askama::Template;

use super::{Desk, weighed};
use crate::calendar::to_local;
use crate::error::Error;
use crate::plan_adoption::compare::{Difference, Differences, compare};
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::standing::{of_document, of_plan};
use crate::plans::{self, Plan};
use crate::reports::wording::{self, Stretch};
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "plan_adoption/compared.html")]
struct ComparedPage {
    page: Page,
    row: UploadRow,
    plan: Plan,
    uploaded: String,
    found: Differences,
}

impl ComparedPage {
    /// Words that only the document has, and words that only the plan has.
    fn stretches(document: &str, plan: &str) -> Vec<Stretch> {
        wording::compare(plan, document)
    }

    /// Heading, where such a thing is changed with the words of that way, and the differences.
    fn parts(&self) -> [(&'static str, (String, &'static str), &[Difference]); 4] {
        let clauses = |words| (format!("/plans/{}/clauses", self.plan.id), words);
        let regimes = ("/regimes".to_owned(), "Sửa chế độ báo cáo");
        [
            ("Mục", clauses("Sửa mục"), &self.found.clauses),
            ("Nhiệm vụ", clauses("Sửa nhiệm vụ"), &self.found.tasks),
            ("Đơn vị thực hiện", clauses("Sửa đơn vị thực hiện"), &self.found.holders),
            ("Nghĩa vụ báo cáo", regimes, &self.found.duties),
        ]
    }
}

/// The comparison of an upload with its plan.
///
/// # Errors
/// 404 for a foreign plan.
pub(super) async fn page(me: &SignedIn, state: &State, mut desk: Desk) -> Result<HttpResponse, Error> {
    let id = desk.row.plan_id.ok_or(Error::NotFound)?;
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let (plan, side) = state
        .read(move |conn| {
            let plan = plans::queries::find(conn, &actor.scope().provinces, id)?;
            Ok((plan, of_plan(conn, &actor, id, today)?))
        })
        .await?;
    // What the reader is unsure of is compared too.
    desk.draft.take_all();
    desk.draft.duties.retain(|duty| !duty.cycle.is_empty());
    let desk = weighed(state, desk).await?;
    let (desk, found) = state
        .block(move || {
            let found = compare(&of_document(&desk.draft, &desk.ground, &desk.outcome), &side);
            Ok((desk, found))
        })
        .await?;
    render(&ComparedPage {
        page: me.page("Đối chiếu văn bản", Nav::Plans),
        uploaded: format!(
            "{} tải lên lúc {}",
            desk.row.adder_name,
            date_time(to_local(desk.row.uploaded_at))
        ),
        row: desk.row,
        plan,
        found,
    })
}
