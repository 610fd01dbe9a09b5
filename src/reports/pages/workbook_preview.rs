//! `/reports/{id}/workbooks/{n}`: what a handed-in workbook would change, before anything is written; what is to be mended,
//! cell by cell. Leaving the page loses nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::changes_view::{Changes, Side, changes};
use super::facts::Facts;
use super::version;
use super::workbooks::{UploadView, XLSX, shown};
use crate::calendar::Holidays;
use crate::db::ids::{ReportId, WorkbookUploadId};
use crate::error::Error;
use crate::periods;
use crate::reports::workbook_preview::{self, Preview};
use crate::reports::{draft, queries, workbook_upload};
use crate::unit_workbook::{FONT, Finding};
use crate::web::{Nav, Page, Posted, SignedIn, State, download, redirect_with, render_status};

/// A text typed for an old font, as it is and as it would be.
struct OldText {
    place: String,
    typed: String,
    turned: String,
}

#[derive(Template)]
#[template(path = "reports/workbook_preview.html")]
struct PreviewPage {
    page: Page,
    facts: Facts,
    upload: UploadView,
    version: i32,
    changes: Changes,
    clashes: Vec<String>,
    older: bool,
    blockers: Vec<Finding>,
    warnings: Vec<Finding>,
    /// Why it is of this report no more.
    refusal: String,
    /// Which old fonts were met; "" for none.
    fonts: String,
    old_texts: Vec<OldText>,
    /// What is done with them, as chosen so far: "convert", "keep" or nothing.
    chosen: String,
    nothing: bool,
    /// What kept it from being applied just now.
    conflict: Option<String>,
}

impl PreviewPage {
    fn sides(&self) -> (&'static str, &'static str) {
        ("Đang có", "Trong tệp")
    }

    /// Where the places of the report are typed.
    fn report(&self) -> String {
        format!("/reports/{}/draft", self.facts.id)
    }

    fn can_apply(&self) -> bool {
        self.blockers.is_empty() && self.refusal.is_empty() && self.upload.applied.is_empty() && !self.nothing
    }

    fn changed(&self) -> usize {
        self.changes.places + self.changes.facts.len()
    }
}

/// `?fonts=convert` shows texts of old fonts turned into Unicode.
#[derive(Deserialize)]
pub struct Shown {
    fonts: Option<String>,
}

/// `GET /reports/{id}/workbooks/{n}`: a report that is not being written shows itself.
///
/// # Errors
/// 404 outside the unit, and for an upload of another report.
pub async fn workbook_preview(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, WorkbookUploadId)>,
    asked: web::Query<Shown>,
) -> Result<HttpResponse, Error> {
    let (id, upload) = path.into_inner();
    let page = page(&me, &state, (id, upload), asked.fonts.as_deref().unwrap_or("")).await;
    shown(page, id)
}

async fn page(
    me: &SignedIn,
    state: &State,
    which: (ReportId, WorkbookUploadId),
    fonts: &str,
) -> Result<PreviewPage, Error> {
    let (actor, moment, convert) = (me.actor.clone(), state.clock.moment(), fonts == "convert");
    let (preview, holidays) = state
        .read(move |conn| {
            let preview = workbook_preview::preview(conn, &actor, which, convert, moment)?;
            draft::may_change(&actor, &preview.open.case)?;
            Ok((preview, periods::queries::holidays(conn)?))
        })
        .await?;
    Ok(view(me, preview, &holidays, state, fonts))
}

fn view(me: &SignedIn, preview: Preview, holidays: &Holidays, state: &State, fonts: &str) -> PreviewPage {
    let (case, outline) = (&preview.open.case, &preview.open.outline);
    let reading = &preview.reading;
    let old = |(field, turned): (&String, &String)| OldText {
        place: reading
            .places
            .get(&format!("{field}{FONT}"))
            .or_else(|| reading.places.get(field))
            .map_or_else(String::new, |place| format!("{}, ô {}", place.sheet, place.cell)),
        typed: reading.fields.get(field).cloned().unwrap_or_default(),
        turned: turned.clone(),
    };
    let side = |content| Side { outline, content };
    PreviewPage {
        page: me.page(format!("Xem trước tệp Excel: {}", case.title()), Nav::Reports),
        facts: Facts::new(case, holidays, state.clock.moment()),
        upload: UploadView::of(&preview.upload),
        version: preview.open.draft.version,
        changes: changes(side(&preview.open.draft.content), side(&preview.after)),
        older: preview.older,
        refusal: preview.refusal.as_ref().map_or_else(String::new, ToString::to_string),
        fonts: reading.fonts.clone(),
        old_texts: reading.converted.iter().map(old).collect(),
        chosen: fonts.to_owned(),
        nothing: preview.changes_nothing,
        clashes: preview.clashes,
        blockers: preview.blockers,
        warnings: preview.warnings,
        conflict: None,
    }
}

/// `POST /reports/{id}/workbooks/{n}/application`: writes what the preview showed, by the draft's own save.
///
/// # Errors
/// As [`workbook_upload::apply`]; when the draft has moved the preview is shown anew, 409, and both are kept.
pub async fn apply_workbook(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, WorkbookUploadId)>,
) -> Result<HttpResponse, Error> {
    let which = path.into_inner();
    let (id, _) = which;
    let fonts = posted.form.get("fonts").to_owned();
    let convert = match fonts.as_str() {
        "convert" => Some(true),
        "keep" => Some(false),
        _ => None,
    };
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let seen = version(&posted.form, "version");
    let applied =
        state.write(move |conn| workbook_upload::apply(conn, &actor, which, convert, seen, moment)).await;
    let again = |status, words: String| async move {
        let mut page = page(&posted.me, &state, which, &fonts).await?;
        page.conflict = Some(words);
        render_status(status, &page)
    };
    match applied {
        Ok(saved) if !saved.clashes.is_empty() => Ok(redirect_with(
            &format!("/reports/{id}/draft/clashes"),
            "Đã áp dụng tệp Excel. Chỗ cả tệp và người khác cùng sửa: chọn nội dung giữ lại.",
        )),
        Ok(_) => Ok(redirect_with(&format!("/reports/{id}/draft"), "Đã áp dụng tệp Excel vào báo cáo.")),
        Err(Error::Conflict(who)) => {
            let words = format!("{who} Chưa ghi gì; dưới đây là thay đổi so với báo cáo hiện nay.");
            again(StatusCode::CONFLICT, words).await
        }
        Err(Error::Refused(words)) => again(StatusCode::UNPROCESSABLE_ENTITY, words).await,
        Err(other) => Err(other),
    }
}

/// `GET /reports/{id}/workbooks/{n}/annotated`: the same values with what is to be mended said in the cells.
///
/// # Errors
/// As [`workbook_preview`].
pub async fn annotated_workbook(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, WorkbookUploadId)>,
) -> Result<HttpResponse, Error> {
    let (which, actor, moment) = (path.into_inner(), me.actor.clone(), state.clock.moment());
    let file = state.read(move |conn| workbook_preview::annotated(conn, &actor, which, moment)).await?;
    Ok(download(XLSX, &file.file_name, file.bytes))
}

/// `GET /reports/{id}/workbooks/{n}/file`: the bytes as they came.
///
/// # Errors
/// As [`workbook_preview`].
pub async fn workbook_file(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, WorkbookUploadId)>,
) -> Result<HttpResponse, Error> {
    let ((id, upload), actor) = (path.into_inner(), me.actor.clone());
    let (name, bytes) = state
        .read(move |conn| {
            draft::of_writer(conn, &actor, id)?;
            let (row, _) = queries::workbook_upload(conn, id, upload)?;
            Ok((row.file_name, queries::workbook_bytes(conn, upload)?))
        })
        .await?;
    Ok(download(XLSX, &name, bytes))
}
