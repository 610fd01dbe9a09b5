//! `/legacy-tables/{id}`: what would become of a table before anything is written; and once it was applied, what became of it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::list::period_words;
use super::opened;
use crate::access::Action;
use crate::attachments::size_words;
use crate::calendar::{Moment, to_local};
use crate::db::ids::LegacyTableId;
use crate::error::Error;
use crate::legacy_tables::apply::weigh;
use crate::legacy_tables::open::Opened;
use crate::legacy_tables::plan::{Fate, Figure, Holds, Plan, UnitPlan};
use crate::legacy_tables::queries::{self, TableRow};
use crate::legacy_tables::read::{Reading, Who, column_scale};
use crate::legacy_tables::settle::grid;
use crate::legacy_tables::table::Table;
use crate::legacy_tables::{Settings, TableState};
use crate::periods::{self, Regime};
use crate::unit_workbook::{Finding, Grid};
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, render, render_status};

/// Findings told of each kind.
const TOLD: usize = 50;
/// Units whose lines are shown.
const SHOWN: usize = 400;

/// A unit's line of the preview.
struct Line {
    unit: String,
    written: String,
    cell: String,
    form: String,
    tag: &'static str,
    words: String,
    entering: usize,
    figures: Vec<Figure>,
}

#[derive(Template)]
#[template(path = "legacy_tables/show.html")]
struct PreviewPage {
    page: Page,
    row: TableRow,
    regime: Regime,
    period: String,
    window: String,
    is_made: bool,
    settings: Settings,
    head: String,
    units_column: String,
    lines: Vec<Line>,
    /// Code, name and column of what is taken.
    columns: Vec<(String, String, String)>,
    plan: Plan,
    faults: Vec<Finding>,
    blockers: Vec<Finding>,
    warnings: Vec<Finding>,
    unknown: Vec<String>,
    outside: Vec<String>,
    /// Totals that are left out.
    totals: usize,
    shown: String,
    uploaded: String,
    refusal: String,
}

impl PreviewPage {
    fn can_enter(&self) -> bool {
        self.unknown.is_empty() && self.blockers.is_empty() && self.plan.figures() > 0
    }

    fn kept(&self) -> usize {
        self.plan.count(Fate::Kept)
    }

    fn replaced(&self) -> usize {
        self.plan.count(Fate::Replaced)
    }

    /// Unit, code, cell, what is there, what the table says, and what becomes of it.
    fn conflicts(&self) -> Vec<(String, String, String, String, String, &'static str)> {
        let name = |unit: &UnitPlan| {
            let line = self.lines.iter().find(|line| line.cell == unit.place.cell);
            line.map_or_else(|| unit.written.clone(), |line| line.unit.clone())
        };
        let row = |(unit, figure): (&UnitPlan, &Figure)| {
            let before = figure.before.clone().unwrap_or_default();
            let cell = figure.place.cell.clone();
            (name(unit), figure.code.clone(), cell, before, figure.now.clone(), figure.fate.words())
        };
        self.plan.conflicts().into_iter().map(row).collect()
    }
}

#[derive(Template)]
#[template(path = "legacy_tables/applied.html")]
struct AppliedPage {
    page: Page,
    row: TableRow,
    regime: Regime,
    period: String,
    /// Address of a report and its unit.
    reports: Vec<(String, String)>,
    uploaded: String,
    applied: String,
    taken_back: String,
    source: String,
}

/// "12 KB, Nguyễn Văn A tải lên lúc 10:42 ngày 05/6/2025".
pub(super) fn uploaded(row: &TableRow) -> String {
    format!(
        "{}, {} tải lên lúc {}",
        size_words(row.size),
        row.adder_name,
        date_time(to_local(row.uploaded_at))
    )
}

/// `GET /legacy-tables/{id}`.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body.
pub async fn show(me: SignedIn, state: State, id: web::Path<LegacyTableId>) -> Result<HttpResponse, Error> {
    let (id, actor) = (id.into_inner(), me.actor.clone());
    let row =
        state.read(move |conn| Ok(queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?)).await?;
    if row.state() != TableState::Open {
        return applied(&me, &state, row).await;
    }
    preview(&me, &state, id, String::new()).await
}

/// The preview; `refusal` is why it was not applied.
pub(super) async fn preview(
    me: &SignedIn,
    state: &State,
    id: LegacyTableId,
    refusal: String,
) -> Result<HttpResponse, Error> {
    let moment: Moment = state.clock.moment();
    let (opened, grids) = opened(state, &me.actor, id, moment).await?;
    if !opened.settings.settled {
        return Ok(crate::web::redirect(&format!("/legacy-tables/{id}/columns")));
    }
    let status = if refusal.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = me.page(format!("Xem trước bảng {}", opened.row.file_name), Nav::Regimes);
    let page = state.block(move || view(frame, opened, &grids, refusal)).await?;
    render_status(status, &page)
}

fn view(page: Page, opened: Opened, grids: &[Grid], refusal: String) -> Result<PreviewPage, Error> {
    let (reading, plan) = weigh(&opened, grids)?;
    let shown = plan.digest();
    let settings = opened.settings.clone();
    let table = Table::new(grid(grids, &settings.sheet)?, settings.turned);
    let columns = settings.columns.iter().filter_map(|(at, bound)| {
        let asked = opened.asked.iter().find(|one| one.code == bound.code)?;
        let scale = column_scale(table, settings.head, *at).filter(|scale| scale.differs(asked));
        let word = match (scale, bound.scaled) {
            (Some(scale), true) => format!(" (nhân theo “{}”)", scale.words()),
            _ => String::new(),
        };
        Some((bound.code.clone(), asked.name.clone(), format!("{}{word}", table.column_name(*at))))
    });
    let columns: Vec<_> = columns.collect();
    let lines = plan.units.iter().take(SHOWN).map(|unit| line(&opened, unit)).collect();
    let told = |list: &[Finding]| list.iter().take(TOLD).cloned().collect::<Vec<_>>();
    Ok(PreviewPage {
        page,
        period: period_words(&opened.row),
        window: opened.choice.window.to_string(),
        is_made: opened.choice.id.is_none(),
        head: table.line_name(settings.head),
        units_column: table.column_name(settings.units),
        lines,
        columns,
        faults: told(&plan.faults),
        blockers: told(&plan.blockers),
        warnings: told(&plan.warnings),
        unknown: reading.unknown().into_iter().map(|line| line.name.clone()).collect(),
        outside: outside(&opened, &plan),
        totals: totals(&reading),
        shown,
        uploaded: uploaded(&opened.row),
        settings,
        regime: opened.regime,
        row: opened.row,
        plan,
        refusal,
    })
}

fn totals(reading: &Reading) -> usize {
    reading.lines.iter().filter(|line| matches!(line.who, Who::Total | Who::Subtotal)).count()
}

fn outside(opened: &Opened, plan: &Plan) -> Vec<String> {
    let words = |(unit, written): &(crate::db::ids::UnitId, String)| {
        let name = opened.name(*unit);
        if name == *written { name } else { format!("{written} ({name})") }
    };
    plan.outside.iter().map(words).collect()
}

fn line(opened: &Opened, plan: &UnitPlan) -> Line {
    let entering = plan.figures.iter().filter(|figure| figure.fate.enters()).count();
    let (tag, words) = match (&plan.holds, entering) {
        (Holds::Own(why), _) => ("", format!("đơn vị {why}: không nhập")),
        (_, 0) => ("", "không có số mới".to_owned()),
        (Holds::Nothing, _) => ("go", "nhập mới".to_owned()),
        (Holds::Table(file), _) => ("go", format!("nhập thêm vào số liệu của bảng “{file}”")),
    };
    Line {
        unit: opened.name(plan.unit),
        written: plan.written.clone(),
        cell: plan.place.cell.clone(),
        form: match plan.borrowed {
            true => format!("chế độ không có biểu mẫu cho đơn vị này; theo biểu mẫu “{}”", plan.form_name),
            false => format!("biểu mẫu “{}”", plan.form_name),
        },
        tag,
        words,
        entering,
        figures: plan.figures.clone(),
    }
}

async fn applied(me: &SignedIn, state: &State, row: TableRow) -> Result<HttpResponse, Error> {
    let (actor, kept) = (me.actor.clone(), row.clone());
    let (regime, reports) = state
        .read(move |conn| {
            let regime = periods::queries::visible_regime(conn, &actor.scope(), kept.regime_id)?;
            let came = queries::came_of(conn, kept.id)?;
            let day = match kept.period_id {
                Some(period) => periods::queries::period(conn, &actor.scope(), period)?.0.reference_on,
                None => kept.uploaded_at.date(),
            };
            let units: Vec<_> = came.iter().map(|one| one.unit).collect();
            let names = crate::units::queries::on_day(conn, &units, day)?;
            let mut reports: Vec<_> =
                came.iter().filter_map(|one| Some((names.get(&one.unit)?, one.report))).collect();
            reports.sort_by_key(|(unit, _)| unit.protocol_key());
            let reports: Vec<_> = reports
                .into_iter()
                .map(|(unit, report)| (format!("/reports/{report}"), unit.name.clone()))
                .collect();
            Ok((regime, reports))
        })
        .await?;
    let at = |at: Option<chrono::NaiveDateTime>| at.map(|at| date_time(to_local(at))).unwrap_or_default();
    render(&AppliedPage {
        page: me.page(format!("Bảng {}", row.file_name), Nav::Regimes),
        period: period_words(&row),
        uploaded: uploaded(&row),
        applied: at(row.applied_at),
        taken_back: at(row.taken_back_at),
        source: row.settings().source,
        reports,
        regime,
        row,
    })
}
