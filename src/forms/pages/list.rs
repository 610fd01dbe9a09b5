//! Every form of the province by regime: its latest version, those before, and a draft of the next.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono::NaiveDate;

use super::super::queries::{self, Draft};
use crate::access::Action;
use crate::db::ids::{FormId, RegimeId, UnitId};
use crate::error::Error;
use crate::periods::queries::FormRow;
use crate::periods::{Regime, span};
use crate::recipient_forms::keeping::adding;
use crate::regimes::keeper;
use crate::vietnamese::sort_key;
use crate::web::{Nav, Page, SignedIn, State, render};
use crate::{periods, units};

struct Line {
    latest: Option<FormRow>,
    name: String,
    validity: String,
    /// Kinds and units it is for.
    units: String,
    counts: usize,
    reference: usize,
    older: Vec<FormRow>,
    draft: Option<Draft>,
}

struct Group {
    regime: Regime,
    keeps: bool,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "forms/list.html")]
struct ListPage {
    page: Page,
    /// This person keeps the recipients' forms.
    may_upload: bool,
    groups: Vec<Group>,
}

/// `GET /forms`. Seven queries.
///
/// # Errors
/// [`Error::Forbidden`] for people who belong to no province.
pub async fn list(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    if !me.actor.may_somewhere(Action::ReadProvince) {
        return Err(Error::Forbidden("Trang này dành cho người của tỉnh có chế độ báo cáo.".into()));
    }
    let (scope, today, actor) = (me.scope(), state.clock.today(), me.actor.clone());
    let groups = state
        .read(move |conn| {
            let mut regimes = periods::queries::visible_regimes(conn, &scope)?;
            regimes.sort_by_key(|regime| (sort_key(&regime.name), regime.id));
            let ids: Vec<RegimeId> = regimes.iter().map(|regime| regime.id).collect();
            let versions = queries::versions(conn, &ids)?;
            let mut drafts = queries::drafts_of(conn, &ids)?;
            let forms: Vec<FormId> = versions.iter().map(|form| form.id).collect();
            let audiences = queries::audiences(conn, &forms)?;
            let figures = queries::figure_forms(conn, &forms)?;
            let kinds: HashMap<String, String> = units::queries::register::kinds(conn)?.into_iter().collect();
            let named: Vec<UnitId> = audiences.iter().filter_map(|(.., unit)| *unit).collect();
            let names = units::queries::names_on(conn, &named, today)?;
            let whom = |id: FormId| {
                let of = audiences.iter().filter(|(form, ..)| *form == id);
                let words = of.filter_map(|(_, kind, unit)| match kind {
                    Some(kind) => kinds.get(kind).cloned(),
                    None => names.get(&(*unit)?).cloned(),
                });
                words.collect::<Vec<_>>().join("; ")
            };
            let mut groups = Vec::new();
            for regime in regimes {
                let mut lines: Vec<Line> = Vec::new();
                for form in versions.iter().filter(|form| form.regime_id == regime.id) {
                    let known =
                        lines.iter().position(|l| l.latest.as_ref().is_some_and(|l| l.code == form.code));
                    if let Some(line) = known.and_then(|at| lines.get_mut(at)) {
                        line.older.push(form.clone());
                        continue;
                    }
                    let of = || figures.iter().filter(|(id, ..)| *id == form.id);
                    let at = drafts.iter().position(|d| d.regime_id == regime.id && d.code == form.code);
                    lines.push(Line {
                        name: form.name.clone(),
                        validity: validity(form, today),
                        units: whom(form.id),
                        counts: of().filter(|(.., counts)| *counts).count(),
                        reference: of().filter(|(.., counts)| !*counts).count(),
                        older: vec![],
                        draft: at.map(|at| drafts.remove(at)),
                        latest: Some(form.clone()),
                    });
                }
                while let Some(at) = drafts.iter().position(|draft| draft.regime_id == regime.id) {
                    let draft = drafts.remove(at);
                    lines.push(Line {
                        name: draft.content.name.clone(),
                        validity: "chưa phát hành".into(),
                        units: String::new(),
                        counts: draft.content.figures.iter().filter(|asked| asked.counts).count(),
                        reference: draft.content.figures.iter().filter(|asked| !asked.counts).count(),
                        older: vec![],
                        draft: Some(draft),
                        latest: None,
                    });
                }
                lines.sort_by_key(|line| sort_key(&line.name));
                groups.push(Group { keeps: keeper(&actor, &regime).is_some(), regime, lines });
            }
            Ok(groups)
        })
        .await?;
    render(&ListPage {
        page: me.page("Biểu mẫu", Nav::Forms), may_upload: adding(&me.actor).is_ok(), groups
    })
}

fn validity(form: &FormRow, today: NaiveDate) -> String {
    let days = span(form.valid_from, form.valid_to);
    match (days.is_empty(), form.holds_on(today)) {
        (true, _) => "không thời hạn".into(),
        (false, true) => days,
        (false, false) if form.valid_from.is_some_and(|first| first > today) => {
            format!("{days} (chưa đến ngày)")
        }
        (false, false) => format!("{days} (đã hết)"),
    }
}
