//! The catalogue of indicators and one indicator with the forms that ask for it. Stands between the
//! catalogue's queries and two templates; regimes of other provinces do not exist here.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

mod editor;
mod ending;
mod import;

pub use editor::{create, edit, edit_form, new_form, successor, successor_form};
pub use ending::{end, ending_form};
pub use import::{import, import_form};

use super::keeping::{adding, keeper};
use super::{Group, Indicator, queries};
use crate::access::Action;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, UnitId};
use crate::error::Error;
use crate::units::history::span;
use crate::web::{Nav, Page, SignedIn, State, render};
use crate::{units, vietnamese};

/// What the catalogue is searched for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "indicators/list.html")]
struct ListPage {
    page: Page,
    q: String,
    groups: Vec<(Group, Vec<Line>)>,
    count: usize,
    may_add: bool,
    today: NaiveDate,
}

struct Line {
    indicator: Indicator,
    /// Codes of numerator and denominator.
    parts: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "indicators/show.html")]
struct ShowPage {
    page: Page,
    indicator: Indicator,
    numerator: Option<Indicator>,
    denominator: Option<Indicator>,
    successor: Option<Indicator>,
    /// Ratios this indicator is a part of.
    used_in: Vec<Indicator>,
    regimes: Vec<RegimeForms>,
    may_keep: bool,
    /// This person could keep it if it were the province's own.
    administers: bool,
}

struct RegimeForms {
    name: String,
    forms: Vec<FormLine>,
}

struct FormLine {
    id: FormId,
    name: String,
    version: i32,
    validity: String,
    /// Kinds of unit and units the form is for, or its regime where several regimes stand in one list.
    units: String,
    counts: bool,
    required: bool,
}

/// `GET /indicators?q=`: the catalogue.
///
/// # Errors
/// [`Error::Forbidden`] for those who read no province.
pub async fn list(me: SignedIn, state: State, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let provinces = provinces(&me)?;
    let q = vietnamese::clean_line(&asked.q);
    let all = state.read(move |conn| Ok(queries::catalogue_of(conn, &provinces)?)).await?;
    let code_of = |id: Option<IndicatorId>| by_id(&all, id).map(|indicator| indicator.code.clone());
    let mut groups: Vec<(Group, Vec<Line>)> = Vec::new();
    let mut count = 0;
    for indicator in all.iter().filter(|indicator| indicator.is_found_by(&q)) {
        count += 1;
        let parts = code_of(indicator.numerator_id).zip(code_of(indicator.denominator_id));
        let line = Line { indicator: indicator.clone(), parts };
        match groups.last_mut() {
            Some((group, lines)) if *group == indicator.group => lines.push(line),
            _ => groups.push((indicator.group.clone(), vec![line])),
        }
    }
    let (may_add, today) = (adding(&me.actor).is_ok(), state.clock.today());
    render(&ListPage { page: me.page("Chỉ tiêu", Nav::Indicators), q, groups, count, may_add, today })
}

/// `GET /indicators/{id}`: its rules, its parts, and who is asked for it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such indicator.
pub async fn show(me: SignedIn, state: State, id: web::Path<IndicatorId>) -> Result<HttpResponse, Error> {
    let provinces = provinces(&me)?;
    let (id, today) = (id.into_inner(), state.clock.today());
    let (all, forms, audiences, names) = state
        .read(move |conn| {
            let all = queries::catalogue_of(conn, &provinces)?;
            let forms = queries::asked_by(conn, id, &provinces)?;
            let ids: Vec<_> = forms.iter().map(|form| form.form_id).collect();
            let audiences = queries::audiences(conn, &ids)?;
            let named: Vec<UnitId> = audiences.iter().filter_map(|audience| audience.unit_id).collect();
            let names = units::queries::names_on(conn, &named, today)?;
            Ok((all, forms, audiences, names))
        })
        .await?;
    let indicator = by_id(&all, Some(id)).cloned().ok_or(Error::NotFound)?;
    let mut regimes: Vec<RegimeForms> = Vec::new();
    let mut last = None;
    for form in forms {
        let units: Vec<&str> = audiences
            .iter()
            .filter(|audience| audience.form_id == form.form_id)
            .filter_map(|audience| match &audience.kind_name {
                Some(kind) => Some(kind.as_str()),
                None => names.get(&audience.unit_id?).map(String::as_str),
            })
            .collect();
        let line = FormLine {
            id: form.form_id,
            units: units.join("; "),
            name: form.name,
            version: form.version,
            validity: span(form.valid_from, form.valid_to),
            counts: form.counts,
            required: form.required,
        };
        match regimes.last_mut() {
            Some(regime) if last == Some(form.regime_id) => regime.forms.push(line),
            _ => regimes.push(RegimeForms { name: form.regime_name, forms: vec![line] }),
        }
        last = Some(form.regime_id);
    }
    let used_in = all
        .iter()
        .filter(|other| other.numerator_id == Some(id) || other.denominator_id == Some(id))
        .cloned()
        .collect();
    render(&ShowPage {
        page: me.page(format!("{} {}", indicator.code, indicator.name), Nav::Indicators),
        numerator: by_id(&all, indicator.numerator_id).cloned(),
        denominator: by_id(&all, indicator.denominator_id).cloned(),
        successor: by_id(&all, indicator.successor_id).cloned(),
        may_keep: keeper(&me.actor, &indicator).is_some(),
        administers: adding(&me.actor).is_ok(),
        indicator,
        used_in,
        regimes,
    })
}

/// The form versions that hold on `day` and ask for the indicator.
fn forms_asking(
    conn: &mut Conn,
    id: IndicatorId,
    provinces: &[UnitId],
    day: NaiveDate,
) -> Result<Vec<FormLine>, Error> {
    let forms = queries::asked_by(conn, id, provinces)?;
    let holds = |form: &queries::AskingForm| {
        form.valid_from.is_none_or(|first| first <= day) && form.valid_to.is_none_or(|last| day <= last)
    };
    let line = |form: queries::AskingForm| FormLine {
        id: form.form_id,
        validity: span(form.valid_from, form.valid_to),
        units: form.regime_name,
        name: form.name,
        version: form.version,
        counts: form.counts,
        required: form.required,
    };
    Ok(forms.into_iter().filter(holds).map(line).collect())
}

fn by_id(all: &[Indicator], id: Option<IndicatorId>) -> Option<&Indicator> {
    all.iter().find(|indicator| Some(indicator.id) == id)
}

/// The provinces whose regimes this person reads.
fn provinces(me: &SignedIn) -> Result<Vec<UnitId>, Error> {
    if me.actor.may_somewhere(Action::ReadProvince) {
        Ok(me.scope().provinces)
    } else {
        Err(Error::Forbidden("Danh mục chỉ tiêu dành cho người làm việc trong tỉnh.".into()))
    }
}
