//! The form of an event. Stands between what can be chosen (units, functions, kinds of the administrator's provinces)
//! and the preview it is sent to.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use super::super::Kind;
use super::super::form::Input;
use super::may_record;
use crate::access::Action;
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::{FunctionId, UnitId};
use crate::db::schema::{functions, unit_kinds, unit_reach, unit_versions};
use crate::error::{Error, Problems};
use crate::units::{self, UnitOn};
use crate::vietnamese::sort_key;
use crate::web::{Nav, Page, SignedIn, State, render_status};

/// What the address of the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    unit: Option<UnitId>,
    rows: Option<usize>,
}

/// What can be chosen.
pub(super) struct Setting {
    /// Bodies of the administrator's provinces, in protocol order.
    pub(super) units: Vec<UnitOn>,
    pub(super) kinds: Vec<(String, String)>,
    functions: Vec<(String, String)>,
    several_provinces: bool,
}

impl Setting {
    /// Loads them as of today. Five queries.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn load(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Setting> {
        let acting = actor.memberships.iter().filter(|m| m.role.may(Action::Administer));
        let mut provinces: Vec<UnitId> = acting.flat_map(|m| m.province_reach.iter().copied()).collect();
        provinces.sort_unstable();
        provinces.dedup();
        let ids: Vec<UnitId> = unit_reach::table
            .filter(unit_reach::unit_id.eq_any(&provinces))
            .select(unit_reach::reaches_id)
            .distinct()
            .load(conn)?;
        let mut units: Vec<UnitOn> = units::queries::on_day(conn, &ids, today)?.into_values().collect();
        // Yesterday's too: an event is often entered on the day itself.
        units.retain(|unit| {
            unit.existed_on(today) || today.pred_opt().is_some_and(|eve| unit.existed_on(eve))
        });
        units.sort_by_key(|unit| (unit.protocol_key(), unit.id));
        let kinds = unit_kinds::table
            .order((unit_kinds::position, unit_kinds::code))
            .select((unit_kinds::code, unit_kinds::name))
            .load(conn)?;
        let mut functions: Vec<(FunctionId, String)> =
            functions::table.select((functions::id, functions::name)).load(conn)?;
        functions.sort_by_key(|(id, name)| (sort_key(name), *id));
        let functions = functions.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        let several_provinces = provinces.len() > 1;
        Ok(Setting { units, kinds, functions, several_provinces })
    }

    fn choices(&self) -> Vec<Choice> {
        self.units
            .iter()
            .map(|unit| Choice {
                id: unit.id.to_string(),
                name: match self.several_provinces.then(|| unit.code.split('.').next()).flatten() {
                    Some(province) => format!("{} ({province})", unit.name),
                    None => unit.name.clone(),
                },
                heading: unit.kind_heading.clone(),
            })
            .collect()
    }
}

/// A unit of a select.
pub(super) struct Choice {
    id: String,
    name: String,
    heading: String,
}

#[derive(Template)]
#[template(path = "unit_changes/new.html")]
struct NewPage {
    page: Page,
    input: Input,
    units: Vec<Choice>,
    kinds: Vec<(String, String)>,
    functions: Vec<(String, String)>,
    problems: Problems,
}

impl NewPage {
    /// Whether the choice opens a new heading of the select.
    fn opens(&self, at: &usize) -> bool {
        *at == 0 || self.units[*at - 1].heading != self.units[*at].heading
    }

    /// The message at a field of a row.
    fn fault(&self, name: &str, row: &usize) -> Option<&str> {
        self.problems.at(&format!("{name}_{row}"))
    }

    /// Whether rows of functions have something in them, or are what the event is about.
    fn functions_open(&self) -> bool {
        self.input.kind == Kind::Transfer
            || (0..self.input.rows).any(|row| !self.input.at("function", &row).is_empty())
    }

    /// The first row, where there is only one.
    fn first(&self) -> &usize {
        &0
    }

    fn founds(&self, row: &usize) -> bool {
        self.input.at("to", row) == super::super::form::NEW
    }
}

#[derive(Template)]
#[template(path = "unit_changes/kinds.html")]
struct KindsPage {
    page: Page,
    unit: Option<UnitId>,
}

/// The form with what was typed.
pub(super) fn form(
    page: Page,
    setting: Setting,
    input: Input,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let units = setting.choices();
    let Setting { kinds, functions, .. } = setting;
    render_status(status, &NewPage { page, input, units, kinds, functions, problems })
}

/// `GET /unit-changes/new?kind=&unit=&rows=`: the kinds of event, or the form of one.
///
/// # Errors
/// [`Error::Forbidden`] for others than administrators; [`Error::NotFound`] for a foreign unit.
pub async fn new(me: SignedIn, state: State, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    may_record(&me.actor)?;
    let (actor, today, unit) = (me.actor.clone(), state.clock.today(), asked.unit);
    let (setting, code) = state
        .read(move |conn| {
            let setting = Setting::load(conn, &actor, today)?;
            let code: Option<Option<String>> = match unit {
                Some(unit) => unit_versions::table
                    .filter(unit_versions::unit_id.eq(unit))
                    .order(unit_versions::id.desc())
                    .select(unit_versions::official_code)
                    .first(conn)
                    .optional()?,
                None => None,
            };
            Ok((setting, code.flatten().unwrap_or_default()))
        })
        .await?;
    let about = match unit {
        Some(id) => Some(setting.units.iter().find(|unit| unit.id == id).ok_or(Error::NotFound)?),
        None => None,
    };
    let page = me.page("Ghi nhận sắp xếp tổ chức", Nav::Units);
    let Some(kind) = Kind::from_code(&asked.kind) else {
        return crate::web::render(&KindsPage { page, unit });
    };
    let input = match about {
        Some(unit) => Input::about(kind, asked.rows, unit, &code),
        None => Input::blank(kind, asked.rows),
    };
    form(page, setting, input, Problems::default())
}
