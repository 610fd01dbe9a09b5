//! `/reports`: what the actor's unit owes, the most pressing first, and what it has sent.

use actix_web::HttpResponse;
use askama::Template;

use super::facts::Facts;
use crate::access::Action;
use crate::calendar::Moment;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::periods::{self, Standing};
use crate::reports::{Case, ReportState, paper_duty, queries};
use crate::web::{Nav, Page, SignedIn, State, render};

struct Line {
    facts: Facts,
    /// Figures answered, and figures asked for.
    count: (i64, i64),
    /// "Soạn báo cáo", "Soạn văn bản", "Soạn tiếp"; none when there is nothing to type.
    go_on: Option<&'static str>,
    /// What its signed paper still lacks, and where that is entered.
    missing: Option<(String, String)>,
    /// The unit that owes it, where it is a predecessor of the actor's.
    other_unit: bool,
}

#[derive(Template)]
#[template(path = "reports/list.html")]
struct ListPage {
    page: Page,
    unit: String,
    /// Whose history stands behind the button.
    unit_id: Option<UnitId>,
    tables: [Table; 2],
}

struct Table {
    heading: &'static str,
    /// What to say when it has no line.
    none: &'static str,
    lines: Vec<Line>,
}

/// `GET /reports`
///
/// # Errors
/// [`Error::Forbidden`] for people who belong to no unit that reports.
pub async fn list(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    if !me.actor.may_somewhere(Action::ReadDraft) {
        return Err(Error::Forbidden(
            "Trang này dành cho cán bộ đầu mối và lãnh đạo của đơn vị gửi báo cáo. Báo cáo gửi đến ở trang Theo dõi."
                .into(),
        ));
    }
    let units = me.scope().own_units;
    let moment = state.clock.moment();
    let (cases, filled, holidays, missing) = state
        .read(move |conn| {
            let mut cases = queries::of_units(conn, &units)?;
            let duties: Vec<_> = cases.iter().map(Case::duty).collect();
            let filled = periods::queries::filled(conn, &duties.iter().collect::<Vec<_>>())?;
            let missing =
                paper_duty::missing(conn, duties.iter().zip(cases.iter().map(|case| &case.regime)))?;
            let holidays = periods::queries::holidays(conn)?;
            cases.sort_by_key(|case| {
                let day = case.duty().pressing_day(case.regime.rolling, &holidays);
                (day.is_none(), day, std::cmp::Reverse(case.period.reference_on))
            });
            Ok((cases, filled, holidays, missing))
        })
        .await?;
    let mine: Vec<_> = me.actor.memberships.iter().map(|m| m.unit_id).collect();
    let line = |case: &Case| Line {
        facts: Facts::new(case, &holidays, moment),
        count: filled.of(&case.duty()),
        go_on: go_on(case, moment),
        missing: missing
            .get(&case.report.id)
            .map(|of| (of.words(), of.href(case.report.id, case.report.last_revision))),
        other_unit: !mine.contains(&case.obligation.unit_id),
    };
    let waits = |case: &&Case| {
        case.standing() == Standing::Owed
            && !matches!(case.state(), ReportState::Sent | ReportState::Received)
    };
    let mut open: Vec<&Case> = cases.iter().filter(waits).collect();
    // The most pressing first; what has no day comes last.
    open.sort_by_key(|case| {
        let day = case.duty().pressing_day(case.regime.rolling, &holidays);
        (day.is_none(), day, case.report.id)
    });
    let reporting = me.actor.memberships.iter().find(|m| m.role.may(Action::ReadDraft));
    let page = ListPage {
        page: me.page("Báo cáo", Nav::Reports),
        unit: reporting.map(|m| m.unit_name.clone()).unwrap_or_default(),
        unit_id: reporting.map(|m| m.unit_id),
        tables: [
            Table {
                heading: "Báo cáo phải gửi",
                none: "Không còn báo cáo nào phải gửi.",
                lines: open.into_iter().map(line).collect(),
            },
            Table {
                heading: "Đã gửi, không phát sinh, được miễn",
                none: "Chưa gửi báo cáo nào.",
                lines: cases.iter().rev().filter(|case| !waits(case)).map(line).collect(),
            },
        ],
    };
    render(&page)
}

fn go_on(case: &Case, moment: Moment) -> Option<&'static str> {
    // A unit that has ended has nobody left to type; its successor reads what was sent.
    let ended = case.unit.existed_to.is_some_and(|last| last < moment.today) && !case.correcting();
    match case.state() {
        _ if case.standing() != Standing::Owed || ended => None,
        ReportState::NotBegun if case.is_document() => Some("Soạn văn bản"),
        ReportState::NotBegun => Some("Soạn báo cáo"),
        ReportState::Draft => Some("Soạn tiếp"),
        ReportState::Amend => Some("Chỉnh lý"),
        ReportState::WithLeader | ReportState::Sent | ReportState::Received => None,
    }
}
