//! `/trail`: the log of a province, filtered, page by page; and the same lines as a workbook.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::queries::{self, Circle, Provinces};
use super::{Line, MOST_EXPORTED, Names, ON_A_PAGE, Places, STEPS, SUBJECTS, Typed};
use crate::access::Action;
use crate::db::ids::UnitId;
use crate::error::{Error, Problems};
use crate::vietnamese::{date_time, group_thousands};
use crate::web::{Nav, Page, SignedIn, State, download, render_status};
use crate::workbooks::trail;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "trail/list.html")]
struct ListPage {
    page: Page,
    typed: Typed,
    problems: Problems,
    lines: Vec<Line>,
    count: String,
    /// More lines than one workbook takes.
    too_many: bool,
    most: String,
    /// The next page.
    older: Option<String>,
    /// The first page, on another one.
    newest: Option<String>,
    export: String,
    /// What the object is called whose lines alone are shown.
    only: Option<String>,
    units: Vec<(String, String)>,
    people: Vec<(String, String)>,
    steps: Vec<(&'static str, Vec<(&'static str, &'static str)>)>,
    subjects: &'static [(&'static str, &'static str)],
}

impl ListPage {
    fn is_filtered(&self) -> bool {
        !self.typed.query().is_empty()
    }
}

/// The provinces whose log the actor reads.
fn provinces(me: &SignedIn) -> Result<Provinces, Error> {
    let of = |action: Action| {
        let may = me.actor.memberships.iter().filter(move |m| m.role.may(action));
        may.flat_map(|m| m.province_reach.iter().copied()).collect::<Vec<UnitId>>()
    };
    let all = of(Action::ReadTrail);
    if all.is_empty() {
        return Err(Error::Forbidden("Nhật ký hệ thống do người quản trị và lãnh đạo tỉnh xem.".into()));
    }
    Ok(Provinces { all, administered: of(Action::Administer) })
}

/// `GET /trail`
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators and leaders of a province.
pub async fn list(me: SignedIn, state: State, typed: web::Query<Typed>) -> Result<HttpResponse, Error> {
    let (provinces, today, typed) = (provinces(&me)?, state.clock.today(), typed.into_inner());
    let (filter, problems) = typed.read();
    let sound = problems.is_empty();
    let (circle, mut rows, places, count) = state
        .read(move |conn| {
            let circle = queries::circle(conn, &provinces, today)?;
            if !sound {
                return Ok((circle, vec![], Places::default(), 0));
            }
            // One more than is shown says whether there is another page.
            let rows = queries::rows(conn, &circle, &filter, ON_A_PAGE + 1)?;
            let count = queries::count(conn, &circle, &filter)?;
            let places = Places::of(conn, &rows)?;
            Ok((circle, rows, places, count))
        })
        .await?;
    let on_a_page = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > on_a_page;
    rows.truncate(on_a_page);
    let names = Names::of(&circle.units).with_places(places);
    let lines: Vec<Line> = rows.iter().map(|row| Line::of(row, &names, circle.reads_inside(row))).collect();
    let query = typed.query();
    let with =
        |key: &str| [query.as_str(), key].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("&");
    let older =
        lines.last().filter(|_| more).map(|line| format!("/trail?{}", with(&format!("before={}", line.id))));
    let newest = (!typed.before.is_empty()).then(|| format!("/trail?{query}"));
    let only = lines.first().filter(|_| !typed.id.is_empty()).map(|line| line.label.clone());
    let page = ListPage {
        page: me.page("Nhật ký hệ thống", Nav::Trail),
        export: format!("/trail/workbook?{query}"),
        count: group_thousands(count),
        too_many: count > MOST_EXPORTED,
        most: group_thousands(MOST_EXPORTED),
        units: options(&circle),
        people: circle.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
        steps: by_subject(),
        subjects: SUBJECTS,
        typed,
        problems,
        lines,
        older,
        newest,
        only,
    };
    render_status(if sound { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

fn options(circle: &Circle) -> Vec<(String, String)> {
    circle.units.iter().map(|unit| (unit.id.to_string(), unit.name.clone())).collect()
}

/// The kinds of step under the first part of their codes, in the words of the objects.
fn by_subject() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let mut groups: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for (code, words) in STEPS {
        let noun = code.split('.').next().unwrap_or_default();
        let heading = match noun {
            "attachment" => "Tệp đính kèm",
            "workbook" => "Biểu mẫu Excel",
            "session" => "Phiên làm việc",
            "demo" | "load" | "setup" => "Hệ thống",
            noun => super::subject_words(noun).unwrap_or("Đối tượng khác"),
        };
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, steps)) => steps.push((*code, *words)),
            None => groups.push((heading, vec![(*code, *words)])),
        }
    }
    groups
}

/// `GET /trail/workbook`: the newest lines asked for, as many as one workbook takes.
///
/// # Errors
/// As [`list`]; [`Error::Refused`] when a day cannot be read or the file cannot be written.
pub async fn workbook(me: SignedIn, state: State, typed: web::Query<Typed>) -> Result<HttpResponse, Error> {
    let (provinces, today) = (provinces(&me)?, state.clock.today());
    let (filter, problems) = typed.read();
    problems.or(())?;
    let moment = state.clock.moment();
    let (circle, rows, places, count) = state
        .read(move |conn| {
            let circle = queries::circle(conn, &provinces, today)?;
            let rows = queries::rows(conn, &circle, &filter, MOST_EXPORTED)?;
            let count = queries::count(conn, &circle, &filter)?;
            let places = Places::of(conn, &rows)?;
            Ok((circle, rows, places, count))
        })
        .await?;
    let made_at = crate::calendar::to_local(moment.recorded);
    let bytes = state
        .block(move || {
            let names = Names::of(&circle.units).with_places(places);
            let lines: Vec<trail::Line> = rows
                .iter()
                .map(|row| {
                    let line = Line::of(row, &names, circle.reads_inside(row));
                    let told = line.told();
                    trail::Line {
                        at: line.at,
                        who: line.who,
                        title: line.title,
                        step: line.step,
                        subject: line.subject,
                        label: line.label,
                        unit: line.unit,
                        changes: told,
                        sha256: line.sha256,
                    }
                })
                .collect();
            let shown = i64::try_from(lines.len()).unwrap_or(i64::MAX);
            let said = if shown < count {
                format!(
                    "{} dòng mới nhất trong {} dòng; lọc theo ngày để lấy các dòng còn lại",
                    group_thousands(shown),
                    group_thousands(count)
                )
            } else {
                format!("{} dòng", group_thousands(count))
            };
            let note = format!("Lập lúc {}. {said}.", date_time(made_at));
            trail::write(&lines, &note, made_at).map_err(|e| Error::Refused(format!("{e}.")))
        })
        .await?;
    Ok(download(XLSX, &format!("Nhật ký hệ thống {}.xlsx", made_at.format("%Y-%m-%d")), bytes))
}
