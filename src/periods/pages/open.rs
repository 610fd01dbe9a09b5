//! The form that opens a period: everything proposed by the cycle, everything editable, errors at their fields.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::super::due_input::RULES;
use super::super::form::{ASK_YEAR, PeriodInput, YEARS};
use super::super::levels::{LEAD, Level};
use super::super::open::Preview;
use super::super::queries::{self, FormRow};
use super::super::{NewPeriod, Regime, RegimeCycle, RegimeKind, cycle_name, open, opening_doubts};
use crate::access::{Action, Membership};
use crate::calendar::{Cycle, DueDates, Holidays, period_code};
use crate::days;
use crate::db::Conn;
use crate::db::ids::{PeriodId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::units::{self, UnitOn};
use crate::vietnamese::clean_line;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

/// A unit to tick, for ad hoc periods.
struct Choice {
    id: UnitId,
    name: String,
    requested: bool,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "periods/new.html")]
struct NewPage {
    page: Page,
    regime: Regime,
    cycles: Vec<(String, String)>,
    forms: Vec<(String, String)>,
    groups: Vec<(String, Vec<Choice>)>,
    /// Lower collectors, their names and how many working days before their own last day they want reports.
    levels: Vec<(UnitId, String, i32)>,
    input: PeriodInput,
    problems: Problems,
    /// The period that has this code already.
    taken: Option<PeriodId>,
}

impl NewPage {
    fn window_hint(&self) -> &'static str {
        match self.regime.kind() {
            RegimeKind::Report => "Ngày/tháng/năm",
            RegimeKind::Document => "Để trống với văn bản gửi một lần",
        }
    }

    /// How a document words a due day: code, words, chosen.
    fn rules(&self) -> [(&'static str, &'static str, bool); 5] {
        RULES.map(|(code, words)| (code, words, self.input.due_rule == code))
    }

    /// Units that would owe if the reference day were today.
    fn unit_count(&self) -> usize {
        self.groups.iter().map(|(_, choices)| choices.len()).sum()
    }
}

/// What the form needs of the database besides what was typed.
struct Setting {
    regime: Regime,
    cycles: Vec<RegimeCycle>,
    forms: Vec<FormRow>,
    units: Vec<(UnitOn, bool)>,
    levels: Vec<(UnitId, String, i32)>,
    holidays: Holidays,
    /// Code and id of the periods the regime has.
    opened: Vec<(String, PeriodId)>,
}

/// Nine queries.
fn setting(
    conn: &mut Conn,
    scope: &crate::access::Scope,
    id: RegimeId,
    today: NaiveDate,
) -> Result<Setting, Error> {
    let regime = queries::visible_regime(conn, scope, id)?;
    let cycles = queries::cycles(conn, id)?;
    let forms = queries::forms_of_regime(conn, id)?;
    let routes = queries::own_routes_on(conn, id, today)?;
    let ids: Vec<UnitId> = routes.iter().map(|r| r.unit_id).collect();
    let mut found = units::queries::on_day(conn, &ids, today)?;
    let mut units: Vec<(UnitOn, bool)> = routes
        .iter()
        .filter_map(|r| Some((found.remove(&r.unit_id)?, r.mode == "request")))
        .filter(|(unit, _)| unit.existed_on(today))
        .collect();
    units.sort_by_key(|(unit, _)| unit.protocol_key());
    let holidays = queries::holidays(conn)?;
    // Lower collectors of today and of days to come: routes may begin before the period's reference day.
    let dated = queries::routes(conn, id)?;
    let mut lower: Vec<UnitId> = dated
        .iter()
        .filter(|r| r.part == "own" && r.collector_id != regime.collector_id)
        .filter(|r| r.valid_to.is_none_or(|last| last >= today))
        .map(|r| r.collector_id)
        .collect();
    lower.sort_unstable();
    lower.dedup();
    let (names, leads) = (units::queries::names_on(conn, &lower, today)?, queries::leads(conn, id)?);
    let levels = lower
        .into_iter()
        .map(|id| {
            let name = names.get(&id).cloned().unwrap_or_default();
            (id, name, leads.get(&id).copied().unwrap_or(LEAD))
        })
        .collect();
    let opened = queries::all_periods_of(conn, id)?.into_iter().map(|p| (p.code, p.id)).collect();
    Ok(Setting { regime, cycles, forms, units, levels, holidays, opened })
}

impl Setting {
    /// The regime's own cycles, and the ad hoc one, which any collector may ask for.
    fn choices(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> =
            self.cycles.iter().map(|c| (c.cycle.clone(), c.name())).collect();
        let ad_hoc = Cycle::AdHoc.code();
        if !all.iter().any(|(code, _)| *code == ad_hoc) {
            all.push((ad_hoc, cycle_name(Cycle::AdHoc)));
        }
        all
    }

    /// The cycle's proposal for a year; an ad hoc cycle without a row proposes nothing but its name.
    fn propose(&self, cycle: Cycle, year: i32) -> PeriodInput {
        let code = cycle.code();
        let proposal = match self.cycles.iter().find(|c| c.cycle == code) {
            Some(row) => row.propose_by(year, &self.holidays),
            None => super::super::Proposal {
                window: None,
                due: crate::calendar::DueRule::Undated,
                lock_on: None,
                reference_on: None,
            },
        };
        PeriodInput::proposed(cycle, year, &proposal)
    }

    /// The cycle and year to begin with: the first period not opened yet whose time has not run out, by its last day
    /// in time, or where none is set by its reference day.
    fn next(&self, today: NaiveDate) -> Option<(Cycle, i32)> {
        let ends = |row: &RegimeCycle, year| {
            let proposal = row.propose_by(year, &self.holidays);
            proposal.due.last_day().or(proposal.reference_on)
        };
        let year = today.year();
        let mut ahead: Vec<(NaiveDate, Cycle, i32)> = (year - 1..=year + 1)
            .flat_map(|year| self.cycles.iter().map(move |row| (row, year)))
            .filter_map(|(row, year)| Some((ends(row, year)?, row.cycle()?, year)))
            .filter(|(end, cycle, year)| *end >= today && self.opened(&period_code(*cycle, *year)).is_none())
            .collect();
        ahead.sort_by_key(|(end, cycle, _)| (*end, cycle.code()));
        ahead.first().map(|(_, cycle, year)| (*cycle, *year))
    }

    /// The period of this code, where the regime has it.
    fn opened(&self, code: &str) -> Option<PeriodId> {
        self.opened.iter().find(|(taken, _)| taken == code).map(|(_, id)| *id)
    }

    fn page(self, page: Page, input: PeriodInput, problems: Problems) -> NewPage {
        let cycles = self.choices();
        let mut forms: Vec<(String, String)> = Vec::new();
        for form in self.forms {
            if !forms.iter().any(|(code, _)| *code == form.code) {
                forms.push((form.code, form.name));
            }
        }
        let mut groups: Vec<(String, Vec<Choice>)> = Vec::new();
        for (unit, requested) in self.units {
            let ticked = input.units.contains(&unit.id.to_string());
            let choice = Choice { id: unit.id, name: unit.name, requested, ticked };
            match groups.last_mut() {
                Some((heading, choices)) if *heading == unit.kind_heading => choices.push(choice),
                _ => groups.push((unit.kind_heading, vec![choice])),
            }
        }
        let taken = self.opened.into_iter().find(|(code, _)| *code == input.code).map(|(_, id)| id);
        let levels = self.levels;
        NewPage { page, regime: self.regime, cycles, forms, groups, levels, input, problems, taken }
    }
}

/// The membership that may open periods of the regime.
fn opener<'a>(me: &'a SignedIn, regime: &Regime) -> Result<&'a Membership, Error> {
    me.actor.for_unit(regime.collector_id, Action::Compile).ok_or_else(|| {
        Error::Forbidden("Chỉ cán bộ tổng hợp của đơn vị nhận báo cáo được mở kỳ báo cáo.".into())
    })
}

/// Which proposal is asked for.
#[derive(serde::Deserialize)]
pub struct Asked {
    cycle: Option<String>,
    year: Option<i32>,
}

/// `GET /regimes/{id}/periods/new?cycle=H1&year=2025`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for another role; a year that cannot be is answered with
/// the form and 422.
pub async fn open_form(
    state: State,
    me: SignedIn,
    id: web::Path<RegimeId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (scope, today, id) = (me.scope(), state.clock.today(), id.into_inner());
    let setting = state.read(move |conn| setting(conn, &scope, id, today)).await?;
    opener(&me, &setting.regime)?;
    let first = setting.cycles.iter().find_map(RegimeCycle::cycle).unwrap_or(Cycle::AdHoc);
    let next = setting.next(today).unwrap_or((first, today.year()));
    let cycle = asked.cycle.as_deref().and_then(Cycle::from_code).unwrap_or(next.0);
    let page = me.page("Mở kỳ báo cáo", Nav::Regimes);
    let year = asked.year.unwrap_or(next.1);
    if !YEARS.contains(&year) {
        let mut problems = Problems::default();
        problems.add("year", ASK_YEAR);
        let input = PeriodInput { year: year.to_string(), ..setting.propose(cycle, next.1) };
        return render_status(StatusCode::UNPROCESSABLE_ENTITY, &setting.page(page, input, problems));
    }
    let input = setting.propose(cycle, year);
    render(&setting.page(page, input, Problems::default()))
}

/// The fields of a prefix on one line each, by the rest of their names.
fn lines(form: &FormData, prefix: &str) -> Vec<(String, String)> {
    form.with_prefix(prefix).map(|(id, typed)| (id.to_owned(), clean_line(typed))).collect()
}

fn typed(form: &FormData) -> PeriodInput {
    PeriodInput {
        cycle: form.line("cycle"),
        year: form.line("year"),
        code: form.line("code"),
        label: form.line("label"),
        window_from: form.line("window_from"),
        window_to: form.line("window_to"),
        due_rule: form.line("due_rule"),
        stated_on: form.line("stated_on"),
        stated_time: form.line("stated_time"),
        within: form.line("within"),
        event_on: form.line("event_on"),
        due_basis: form.line("due_basis"),
        lock_on: form.line("lock_on"),
        reference_on: form.line("reference_on"),
        form_code: form.line("form_code"),
        units: form.all("unit").to_vec(),
        levels: lines(form, "level."),
        level_times: lines(form, "level_time."),
        confirmed: form.has("confirmed"),
    }
}

/// What is about to be opened, read once more before it is: the units and the dates.
#[derive(Template)]
#[template(path = "periods/confirm.html")]
struct ConfirmPage {
    page: Page,
    regime: Regime,
    input: PeriodInput,
    new: NewPeriod,
    /// Heading of a kind, and the units of that kind, in protocol order.
    groups: Vec<(String, Vec<String>)>,
    /// Lower levels with the names of their collectors.
    levels: Vec<(Level, String)>,
    /// What speaks against opening it so.
    doubts: Vec<String>,
    dates: DueDates,
    /// The last working day before a due day that is a rest day.
    last_working_day: Option<NaiveDate>,
    /// That the official notice of the due day's year is not entered yet, and the year.
    caution: Option<(String, i32)>,
    /// This person enters it.
    keeps_days: bool,
}

impl ConfirmPage {
    fn unit_count(&self) -> usize {
        self.groups.iter().map(|(_, units)| units.len()).sum()
    }
}

/// `POST /regimes/{id}/periods`. The first answer is a page that names the units and the dates; confirmed, it opens.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for another role; what is to mend shows the form
/// again with 422.
pub async fn open_period(
    state: State,
    posted: Posted,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (scope, today, id) = (me.scope(), state.clock.today(), id.into_inner());
    let setting = state.read(move |conn| setting(conn, &scope, id, today)).await?;
    let by = me.by(opener(&me, &setting.regime)?);
    let input = typed(&form);
    let page = me.page("Mở kỳ báo cáo", Nav::Regimes);
    if form.has("edit") {
        return render(&setting.page(page, input, Problems::default()));
    }
    let again = |page, setting: Setting, input, problems| {
        render_status(StatusCode::UNPROCESSABLE_ENTITY, &setting.page(page, input, problems))
    };
    let new: NewPeriod = match input.parse(&setting.regime, &setting.holidays) {
        Ok(new) => new,
        Err(Error::Invalid(problems)) => return again(page, setting, input, problems),
        Err(other) => return Err(other),
    };
    let given = match input.level_dues() {
        Ok(given) => given,
        Err(Error::Invalid(problems)) => return again(page, setting, input, problems),
        Err(other) => return Err(other),
    };
    if !input.confirmed {
        let asked = new.clone();
        let found = state
            .read(move |conn| {
                let preview = open::preview(conn, id, &asked, &given)?;
                Ok((preview, days::queries::noticed(conn)?))
            })
            .await;
        let (Preview { units, levels, opened }, noticed) = match found {
            Ok(found) => found,
            Err(Error::Invalid(problems)) => return again(page, setting, input, problems),
            Err(other) => return Err(other),
        };
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for unit in units {
            match groups.last_mut() {
                Some((heading, names)) if *heading == unit.kind_heading => names.push(unit.name),
                _ => groups.push((unit.kind_heading, vec![unit.name])),
            }
        }
        let (rolling, holidays) = (setting.regime.rolling, &setting.holidays);
        let mut doubts = new.doubts(&opened, opening_doubts::Setting { rolling, holidays, today });
        doubts.extend(levels.iter().filter_map(|(l, name)| l.warning(name, new.window, rolling, holidays)));
        let dates = DueDates::new(&new.due, rolling, None, holidays);
        let last_working_day = dates
            .effective
            .filter(|day| !holidays.is_working_day(*day))
            .map(|day| holidays.last_working_day_on_or_before(day));
        let caution = new.due.last_day().and_then(|day| Some((days::caution(&noticed, day)?, day.year())));
        let keeps_days = days::keep::keeps(&me.actor).is_ok();
        return render(&ConfirmPage {
            page,
            regime: setting.regime,
            input,
            new,
            groups,
            levels,
            doubts,
            dates,
            last_working_day,
            caution,
            keeps_days,
        });
    }
    let (moment, label) = (state.clock.moment(), new.label.clone());
    let (person, digest) = (me.actor.person_id, form.digest());
    let made = state
        .write(move |conn| {
            once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                let period = open::open_with_levels(conn, id, &new, &given, &by, moment)?;
                Ok(format!("/periods/{period}"))
            })
        })
        .await;
    match made {
        Ok(to) => Ok(redirect_with(&to, format!("Đã mở kỳ {label}."))),
        Err(Error::Invalid(problems)) => again(page, setting, input, problems),
        Err(other) => Err(other),
    }
}
