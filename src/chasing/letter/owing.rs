//! Who still owes on a day, read from the database, with the headings a letter needs.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::super::{days_past, is_courteous, may_chase, owes, queries};
use super::{Letter, Owing, Returned, Sender, drafter_in, proposed_before};
use crate::access::Actor;
use crate::calendar::{Now, to_local};
use crate::db::Conn;
use crate::db::ids::{PeriodId, ReportId, UnitId};
use crate::error::Error;
use crate::periods::summary::{collects_all, reads_for};
use crate::periods::{Duty, Period, Regime, RegimeKind, queries as periods, report_title};
use crate::reports::printed::one_question;
use crate::reports::queries::last_papers;
use crate::reports::recipients;
use crate::units::COURTEOUS_KINDS;
use crate::units::{self, Letterhead, UnitOn};
use crate::vietnamese::lower_first;

/// What the letter of a period is made from, whoever sends it.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub period: Period,
    pub regime: Regime,
    pub collector: Letterhead,
    /// None for a lower collector: a committee writes about the whole.
    pub committee: Option<Letterhead>,
    pub owing: Vec<Owing>,
    /// The day proposed for the answer; none where the figures are locked before the next working day.
    pub proposed: Option<NaiveDate>,
    report: String,
    drafter: String,
    today: NaiveDate,
}

impl Loaded {
    /// The lock that holds up whoever has not sent at all; none where only corrections are owed.
    pub fn lock(&self) -> Option<NaiveDate> {
        self.period.lock_on.filter(|_| self.owing.iter().any(|one| !one.correction))
    }

    /// The letter of one sender; the committee's only where there is one.
    pub fn letter(&self, sender: Sender, deputy: bool, reply_by: Option<NaiveDate>) -> Letter<'_> {
        Letter {
            sender,
            deputy,
            collector: &self.collector,
            committee: self.committee.as_ref(),
            drafter: &self.drafter,
            report: &self.report,
            basis: &self.period.due_basis,
            owing: &self.owing,
            reply_by,
            today: self.today,
        }
    }
}

/// Loads it for somebody who chases: everybody past their last day on `today` who has not sent. Sixteen queries at most.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period, [`Error::Forbidden`] for who does not collect.
pub fn load(conn: &mut Conn, actor: &Actor, id: PeriodId, now: impl Into<Now>) -> Result<Loaded, Error> {
    let now = now.into();
    let today = now.today;
    let scope = actor.scope();
    let (period, regime) = periods::period(conn, &scope, id)?;
    let mut duties = periods::duties_of_periods(conn, &scope, &[id])?;
    let reader = reads_for(&scope, &regime, &duties);
    may_chase(actor, reader, &regime)?;
    let top = collects_all(&regime, &duties) == reader;
    duties.extend(periods::consolidated_duties(conn, &scope, &[id])?);
    duties.retain(|duty| {
        duty.obligation.collector_id == reader && duty.obligation.unit_id != reader && owes(duty)
    });
    let holidays = periods::holidays(conn)?;
    let ids: Vec<UnitId> = duties.iter().map(|duty| duty.obligation.unit_id).chain([reader]).collect();
    let bodies = units::queries::on_day(conn, &ids, today)?;
    let mut above: Vec<UnitId> = bodies.values().filter_map(|unit| unit.parent_id).collect();
    above.push(regime.province_id);
    let above = units::queries::on_day(conn, &above, today)?;
    let province = above.get(&regime.province_id).ok_or(Error::NotFound)?;
    let heading = |unit: &UnitOn| {
        let parent = unit.parent_id.and_then(|id| above.get(&id));
        Letterhead::new(unit, parent, province)
    };
    let mut returned = returned(conn, &duties)?;
    let mut owing: Vec<_> = duties
        .iter()
        .filter_map(|duty| {
            let unit = bodies.get(&duty.obligation.unit_id)?;
            let days = days_past(duty, regime.rolling, &holidays, now).filter(|days| *days > 0)?;
            let first = COURTEOUS_KINDS.contains(&unit.kind_code.as_str());
            let one = Owing {
                unit: heading(unit).name,
                first,
                courteous: is_courteous(duty, &unit.kind_code),
                correction: duty.is_correcting(),
                returned: returned.remove(&duty.report.id).unwrap_or_default(),
                consolidated: duty.is_consolidated(),
                last_day: duty.pressing_day(regime.rolling, &holidays)?,
                hour: duty.dates(regime.rolling, &holidays).last_hour().filter(|_| !duty.is_correcting()),
                days,
            };
            Some(((!one.first, unit.protocol_key()), one))
        })
        .collect();
    owing.sort_by_key(|(key, _)| *key);
    let collector = bodies.get(&reader).map(heading).ok_or(Error::NotFound)?;
    let committee = top.then(|| committee(province, &collector));
    let known = recipients::known(conn, regime.id, (reader, true), None)?;
    // As it was saved for papers; else as the collector's own letters and papers have been signed.
    let drafter = match known.map(|known| known.drafter).filter(|drafter| !drafter.is_empty()) {
        Some(drafter) => drafter,
        None => {
            let numbers = queries::paper_numbers(conn, reader)?;
            let written =
                std::iter::once(period.due_basis.as_str()).chain(numbers.iter().map(String::as_str));
            let mut found = written.filter_map(|text| drafter_in(text, &collector.symbol));
            found.next().unwrap_or_default().to_owned()
        }
    };
    // A correction is not held up by the lock.
    let unsent = owing.iter().any(|(_, one)| !one.correction);
    let lock = period.lock_on.filter(|lock| unsent && today <= *lock);
    Ok(Loaded {
        report: report(&regime, &period),
        proposed: proposed_before(today, lock, &holidays),
        drafter,
        owing: owing.into_iter().map(|(_, one)| one).collect(),
        collector,
        committee,
        period,
        regime,
        today,
    })
}

/// What the corrections that are owed are of. Four queries at most; none where none is owed.
fn returned(conn: &mut Conn, duties: &[Duty]) -> Result<HashMap<ReportId, Returned>, Error> {
    let ids: Vec<ReportId> =
        duties.iter().filter(|duty| duty.is_correcting()).map(|duty| duty.report.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut papers = last_papers(conn, &ids)?;
    let mut asked = queries::amendments(conn, &ids)?;
    let of = |id: ReportId| {
        let (paper, _) = papers.remove(&id).unwrap_or_default();
        let (at, reason) = asked.remove(&id).unzip();
        let returned = Returned {
            paper: paper.reference(),
            signed_on: paper.date.date,
            asked_on: at.map(|at: NaiveDateTime| to_local(at).date()),
            reason: reason.unwrap_or_default(),
        };
        (id, returned)
    };
    Ok(ids.into_iter().map(of).collect())
}

/// The people's committee of the province, which need not be a unit of its own in the register.
fn committee(province: &UnitOn, collector: &Letterhead) -> Letterhead {
    let unit = UnitOn {
        name: format!("Ủy ban nhân dân {}", collector.area),
        short_name: "UBND".to_owned(),
        kind_code: "committee".to_owned(),
        parent_id: None,
        ..province.clone()
    };
    Letterhead::new(&unit, None, province)
}

/// "báo cáo 6 tháng đầu năm 2025 về công tác tái hòa nhập cộng đồng".
fn report(regime: &Regime, period: &Period) -> String {
    // In the words of the papers that are waited for.
    if let Some(question) = one_question(regime, period) {
        return format!("báo cáo {question}");
    }
    let title = match regime.kind() {
        RegimeKind::Document => lower_first(&period.label),
        RegimeKind::Report => lower_first(&report_title(&period.label)),
    };
    match regime.subject.as_str() {
        "" => title,
        subject => format!("{title} về {}", lower_first(subject)),
    }
}
