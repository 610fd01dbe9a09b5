//! A period beside another: every indicator of a group, or one indicator by kind of unit and unit by unit.

use std::collections::HashSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::beside::Beside;
use super::super::collected::collected;
use super::super::compared::Compared;
use super::super::content::IndicatorLine;
use super::super::queries;
use super::super::side_by_side::{Side, SideBySide, side_by_side};
use super::view::TotalView;
use crate::access::{Action, Actor};
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;
use crate::periods::summary::collects_all;
use crate::periods::{self, Period, Regime};
use crate::units::lens::Lens;
use crate::web::{Nav, Page, SignedIn, State, render};

/// What is asked for, by codes.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    base: Option<String>,
    lens: Option<String>,
    group: Option<String>,
    indicator: Option<String>,
}

#[derive(Template)]
#[template(path = "consolidation/comparison.html")]
struct ComparisonPage<'a> {
    page: Page,
    period: &'a Period,
    regime: &'a Regime,
    shown: &'a SideBySide,
    beside: Beside,
    lens: Lens,
    /// The group shown; none: all of them.
    group: Option<&'a str>,
    /// The indicator shown by unit.
    indicator: Option<&'a Compared>,
    /// Reads figures of single units of what is classified too.
    everything: bool,
    /// The codes of that.
    classified: HashSet<String>,
}

impl<'a> ComparisonPage<'a> {
    fn bases(&self) -> [Beside; 3] {
        Beside::ALL
    }

    fn lenses(&self) -> [(String, &'static str, bool); 2] {
        Lens::ALL.map(|lens| (self.with(self.beside, lens), lens.words(), lens == self.lens))
    }

    fn is_base(&self, base: &Beside) -> bool {
        *base == self.beside
    }

    fn is_group(&self, code: &str) -> bool {
        self.group == Some(code)
    }

    fn address(&self, beside: Beside, lens: Lens, group: Option<&str>) -> String {
        let group = group.map(|code| format!("&group={code}")).unwrap_or_default();
        format!("/periods/{}/comparison?base={}&lens={}{group}", self.period.id, beside.code(), lens.code())
    }

    /// The same choice with another base or lens.
    fn with(&self, beside: Beside, lens: Lens) -> String {
        let at = self.address(beside, lens, self.group);
        match self.indicator {
            Some(indicator) => format!("{at}&indicator={}", indicator.line.code),
            None => at,
        }
    }

    fn with_base(&self, base: &Beside) -> String {
        self.with(*base, self.lens)
    }

    /// The list the indicator was opened from.
    fn list(&self) -> String {
        self.address(self.beside, self.lens, self.group)
    }

    fn all_groups(&self) -> String {
        self.address(self.beside, self.lens, None)
    }

    fn of_group(&self, code: &str) -> String {
        self.address(self.beside, self.lens, Some(code))
    }

    fn of_indicator(&self, code: &str) -> String {
        format!("{}&indicator={code}", self.list())
    }

    fn groups(&self) -> Vec<&'a (String, String, bool)> {
        self.shown.groups.iter().filter(|(code, ..)| self.group.is_none_or(|asked| asked == code)).collect()
    }

    fn lines(&self, group: &str) -> Vec<TotalView<'a>> {
        let of_group = self.shown.indicators.iter().filter(|indicator| indicator.group == group);
        of_group.map(|indicator| TotalView::of(&indicator.line)).collect()
    }

    fn view(&self, line: &'a IndicatorLine) -> TotalView<'a> {
        TotalView::of(line)
    }

    /// Units with figures in both, of those with a figure now.
    fn both(&self, line: &IndicatorLine) -> String {
        line.compared().map_or_else(|| "–".to_owned(), |both| both.now.n.to_string())
    }

    fn may_open(&self, code: &str) -> bool {
        self.everything || !self.classified.contains(code)
    }

    fn source(&self, side: &Side) -> String {
        let from = match side.edition {
            Some(number) => format!("{}: bản tổng hợp lần {number}", side.label),
            None => format!("{}: số liệu đã tiếp nhận, chưa có bản tổng hợp được chốt", side.label),
        };
        match side.from_tables {
            0 => from,
            units => format!("{from}; {units} đơn vị nhập từ bảng cũ"),
        }
    }
}

/// `GET /periods/{id}/comparison`.
///
/// # Errors
/// 404 outside the actor's scope, and for a group or an indicator that is not there or hidden; [`Error::Forbidden`] for
/// who reads no editions.
pub async fn show(
    me: SignedIn,
    state: State,
    id: web::Path<PeriodId>,
    choice: web::Query<Choice>,
) -> Result<HttpResponse, Error> {
    let beside = chosen(choice.base.as_deref(), Beside::from_code)?;
    let lens = match choice.lens.as_deref() {
        // Two periods are compared body by body: those of today have figures on both sides.
        None => Lens::Today,
        Some(code) => Lens::from_code(code).ok_or(Error::NotFound)?,
    };
    let (actor, id) = (me.actor.clone(), id.into_inner());
    let (period, regime, everything, shown) = state
        .read(move |conn| {
            let (period, regime) = periods::queries::period(conn, &actor.scope(), id)?;
            let (collector, everything) = whose(conn, &actor, &period, &regime)?;
            let shown = side_by_side(conn, &period, collector, beside, lens)?;
            let shown = if everything { shown } else { shown.guarded(beside) };
            Ok((period, regime, everything, shown))
        })
        .await?;
    let known = |code: &&str| shown.groups.iter().any(|(group, ..)| group == code);
    let group = choice.group.as_deref();
    if group.is_some_and(|code| !known(&code)) {
        return Err(Error::NotFound);
    }
    let classified = shown.classified();
    let indicator = match &choice.indicator {
        None => None,
        Some(code) => {
            let found = shown.indicators.iter().find(|indicator| indicator.line.code == *code);
            Some(
                found
                    .filter(|found| everything || !classified.contains(&found.line.code))
                    .ok_or(Error::NotFound)?,
            )
        }
    };
    let page = me.page(format!("So sánh, {}", period.label), Nav::Periods);
    let (period, regime, shown) = (&period, &regime, &shown);
    render(&ComparisonPage {
        page,
        period,
        regime,
        shown,
        beside,
        lens,
        group,
        indicator,
        everything,
        classified,
    })
}

fn chosen<T: Default>(code: Option<&str>, of: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
    code.map_or_else(|| Ok(T::default()), |code| of(code).ok_or(Error::NotFound))
}

/// The collector whose figures are compared, and whether the reader consolidates for it.
fn whose(conn: &mut Conn, actor: &Actor, period: &Period, regime: &Regime) -> Result<(UnitId, bool), Error> {
    let collectors = queries::collectors(conn, period.id)?;
    let top = match collectors.contains(&regime.collector_id) {
        true => regime.collector_id,
        // A period that stayed with the bodies which have passed into the regime's collector is read for all of them.
        false if collected(conn, period.id, regime.collector_id)? != [regime.collector_id] => {
            regime.collector_id
        }
        false => {
            let duties = periods::queries::duties_of_periods(conn, &actor.scope(), &[period.id])?;
            collects_all(regime, &duties)
        }
    };
    let mut own = std::iter::once(top).chain(collectors);
    if let Some(own) = own.find(|id| actor.for_unit(*id, Action::Consolidate).is_some()) {
        return Ok((own, true));
    }
    if actor.in_province(regime.province_id, Action::ReadOverview).is_some() {
        return Ok((top, false));
    }
    Err(Error::Forbidden("So sánh số liệu dành cho đơn vị tổng hợp và lãnh đạo tỉnh.".to_owned()))
}
