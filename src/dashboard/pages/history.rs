//! `/units/{id}/history`: how one unit has kept its duties over the years, in two lenses. For the unit itself, for who
//! collects from it, and for leaders; each sees what lies in their scope.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::super::duties::title;
use super::super::passages::{Passage, divided};
use super::super::queries::past;
use super::super::record::{Deed, Record};
use crate::access::Action;
use crate::calendar::{Holidays, to_local};
use crate::db::Conn;
use crate::db::ids::{ReportId, UnitId};
use crate::error::Error;
use crate::periods::bar::{Bar, breakdown};
use crate::periods::tally::Count;
use crate::periods::{Due, Duty, Period, Progress, Regime, queries as periods};
use crate::units::lens::Lens;
use crate::units::queries::register;
use crate::units::reach::taken_over;
use crate::units::{self, UnitOn};
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, SignedIn, State, render};

/// `?lens=today`.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    lens: Option<String>,
}

/// One obligation.
struct Line {
    href: String,
    title: String,
    regime: String,
    /// The body that owed it, where it is not the unit itself.
    by: Option<String>,
    requested: bool,
    deadline: String,
    /// First sending, or the declaration of "không phát sinh".
    sent_on: String,
    progress: Progress,
    due: Option<Due>,
    revisions: u32,
    corrections: u32,
}

/// Another body, with what binds it to this one.
struct Relative {
    id: UnitId,
    name: String,
    words: String,
}

/// The counts of one kind of body in words: rates with their denominators.
struct Rates {
    heading: &'static str,
    bar: Bar,
    sent: String,
    on_time: String,
    parts: String,
}

impl Rates {
    fn new(heading: &'static str, count: &Count) -> Option<Rates> {
        let rate = |part: u32, whole: u32, percent: Option<u32>| {
            percent.map_or_else(|| "–".to_owned(), |percent| format!("{part}/{whole} ({percent}%)"))
        };
        (count.owed > 0).then(|| Rates {
            heading,
            bar: Bar::of(count),
            sent: rate(count.sent, count.owed, count.sent_percent()),
            on_time: rate(count.on_time, count.dated, count.on_time_percent()),
            parts: breakdown(count),
        })
    }
}

#[derive(Template)]
#[template(path = "dashboard/history.html")]
struct HistoryPage {
    page: Page,
    today: NaiveDate,
    id: UnitId,
    unit: String,
    lens: Lens,
    /// What it took over whole; without any the two lenses are one.
    predecessors: Vec<Relative>,
    successors: Vec<Relative>,
    rates: Vec<Rates>,
    record: Record,
    lines: Vec<Line>,
    /// The reader belongs to the unit.
    own: bool,
}

impl HistoryPage {
    fn lenses(&self) -> [(String, &'static str, bool); 2] {
        let at = |lens: Lens| format!("/units/{}/history?lens={}", self.id, lens.code());
        Lens::ALL.map(|lens| (at(lens), lens.words(), lens == self.lens))
    }

    /// "2 nghĩa vụ chưa hết thời hạn, 1 chưa ấn định thời hạn, 1 được miễn": what the rates leave out.
    fn outside(&self) -> String {
        let parts = [
            (self.record.ahead, "chưa hết thời hạn"),
            (self.record.undated, "chưa ấn định thời hạn"),
            (self.record.closed.exempt, "được miễn"),
            (self.record.closed.ended, "kết thúc do sắp xếp đơn vị"),
        ];
        let words: Vec<String> =
            parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect();
        words.join(", ")
    }
}

/// `GET /units/{id}/history`. Thirteen queries, however long the history; three more while a merger is recorded in advance, one
/// more where there is none.
///
/// # Errors
/// [`Error::NotFound`] for a lens that is none, for a unit of another province, and for one of whose reports the reader sees nothing.
pub async fn history(
    state: State,
    me: SignedIn,
    id: web::Path<UnitId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (id, lens, today) = (
        id.into_inner(),
        Lens::from_code(asked.lens.as_deref().unwrap_or(Lens::Reported.code())),
        state.clock.today(),
    );
    let lens = lens.ok_or(Error::NotFound)?;
    let scope = me.scope();
    let own = scope.own_units.contains(&id);
    let oversees = me.actor.may_somewhere(Action::ReadOverview);
    let page = me.page("Lịch sử báo cáo", if own { Nav::Reports } else { Nav::Units });
    let shown = state
        .read(move |conn| {
            let known = register::within(conn, &scope.provinces, &[id])?;
            if !own && (known.is_empty() || !oversees) {
                return Err(Error::NotFound);
            }
            let whole = taken_over(conn, &[id], today)?.remove(&id).unwrap_or_default();
            let before: Vec<UnitId> = whole.into_iter().filter(|unit| *unit != id).collect();
            let mut ids = vec![id];
            if lens == Lens::Today {
                ids.extend(&before);
            }
            let rows = past::duties_of_units(conn, &scope, &ids)?;
            // A body that is nothing to who reads, and not of a province they oversee.
            let overseen = &scope.overseen_provinces;
            if !own && rows.is_empty() && register::within(conn, overseen, &[id])?.is_empty() {
                return Err(Error::NotFound);
            }
            let reports: Vec<ReportId> = rows.iter().map(|(duty, ..)| duty.report.id).collect();
            let again = Again {
                corrections: past::corrections(conn, &reports)?,
                taken_back: past::taken_back(conn, &reports)?,
            };
            let holidays = periods::holidays(conn)?;
            let bonds = Bonds::load(conn, id, before, today)?;
            let mut days: Vec<NaiveDate> = rows.iter().map(|(_, period, _)| period.reference_on).collect();
            days.sort_unstable();
            days.dedup();
            let names = units::queries::on_days(conn, &ids, &days)?;
            let deeds = rows.iter().map(|(duty, _, regime)| Deed {
                entry: duty.entry(regime.rolling, &holidays),
                revisions: again.sent(duty),
                corrections: again.asked(duty),
            });
            let record = Record::of(deeds, today);
            let named = |duty: &Duty, period: &Period| -> Option<String> {
                let unit: &UnitOn = names.get(&period.reference_on)?.get(&duty.obligation.unit_id)?;
                Some(unit.name.clone())
            };
            let mut lines: Vec<(NaiveDate, Line)> = rows
                .iter()
                .map(|(duty, period, regime)| {
                    let by = named(duty, period).filter(|name| *name != bonds.unit);
                    (period.reference_on, line(duty, period, regime, by, &again, &holidays, today))
                })
                .collect();
            lines.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
            let rates = [
                Rates::new("Được giao", &record.closed.assigned),
                Rates::new("Được đề nghị", &record.closed.requested),
            ];
            Ok(HistoryPage {
                page,
                today,
                id,
                lens,
                predecessors: bonds.predecessors,
                successors: bonds.successors,
                unit: bonds.unit,
                rates: rates.into_iter().flatten().collect(),
                record,
                lines: lines.into_iter().map(|(_, line)| line).collect(),
                own,
            })
        })
        .await?;
    render(&shown)
}

/// How often reports were asked to be sent again, and how many of their sendings were taken back.
struct Again {
    corrections: HashMap<ReportId, i64>,
    taken_back: HashMap<ReportId, i64>,
}

impl Again {
    fn asked(&self, duty: &Duty) -> u32 {
        let asked = self.corrections.get(&duty.report.id).copied().unwrap_or_default();
        u32::try_from(asked).unwrap_or_default()
    }

    /// How often it was sent: what was taken back was not.
    fn sent(&self, duty: &Duty) -> u32 {
        let gone = self.taken_back.get(&duty.report.id).copied().unwrap_or_default();
        u32::try_from(i64::from(duty.report.last_revision) - gone).unwrap_or_default()
    }
}

fn line(
    duty: &Duty,
    period: &Period,
    regime: &Regime,
    by: Option<String>,
    again: &Again,
    holidays: &Holidays,
    today: NaiveDate,
) -> Line {
    let whole = title(regime.kind(), &period.label);
    Line {
        href: match again.sent(duty) {
            0 => format!("/obligations/{}", duty.obligation.id),
            _ => format!("/reports/{}", duty.report.id),
        },
        title: match duty.is_consolidated() {
            true => whole.replacen("Báo cáo", "Báo cáo tổng hợp", 1),
            false => whole,
        },
        regime: regime.name.clone(),
        by,
        requested: duty.is_request(),
        deadline: duty
            .dates(regime.rolling, holidays)
            .deadline()
            .map_or_else(|| "chưa ấn định".to_owned(), short_date),
        sent_on: duty.answered_at().map_or_else(|| "–".to_owned(), |at| short_date(to_local(at).date())),
        progress: duty.progress(),
        due: duty.due(regime.rolling, holidays, today),
        revisions: again.sent(duty),
        corrections: again.asked(duty),
    }
}

/// The unit's name, and the bodies before and after it.
struct Bonds {
    unit: String,
    predecessors: Vec<Relative>,
    successors: Vec<Relative>,
}

impl Bonds {
    /// Two queries.
    fn load(conn: &mut Conn, id: UnitId, before: Vec<UnitId>, today: NaiveDate) -> Result<Bonds, Error> {
        let mut ids = before.clone();
        ids.push(id);
        let passages: Vec<Passage> =
            past::passages(conn, &ids)?.into_iter().filter(|passage| passage.on <= today).collect();
        let split = divided(&before, &passages);
        ids.extend(passages.iter().map(|passage| passage.to));
        let names = units::queries::names_on(conn, &ids, today)?;
        let name = |id: UnitId| names.get(&id).cloned().unwrap_or_default();
        let since = |of: UnitId| passages.iter().rev().find(|p| p.from == of).map(|p| short_date(p.on));
        let predecessors = before
            .iter()
            .map(|unit| {
                let mut words = since(*unit).map_or_else(String::new, |day| format!("tiếp nhận từ {day}"));
                if split.contains(unit) {
                    let heirs: BTreeSet<UnitId> =
                        passages.iter().filter(|p| p.from == *unit && p.to != id).map(|p| p.to).collect();
                    let heirs: Vec<String> = heirs.into_iter().map(name).collect();
                    words.push_str(&format!("; đã chia, tách, lịch sử tính chung với {}", heirs.join(", ")));
                }
                Relative { id: *unit, name: name(*unit), words }
            })
            .collect();
        let successors = passages
            .iter()
            .filter(|passage| passage.from == id)
            .map(|p| Relative { id: p.to, name: name(p.to), words: format!("từ {}", short_date(p.on)) })
            .collect();
        Ok(Bonds { unit: name(id), predecessors, successors })
    }
}
