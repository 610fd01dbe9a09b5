//! "Ấn định thời hạn": the collector sets or moves the last day, its document and the lock of a period that is open.
//! Who has not sent goes by the new day from now on, each with a row of its own on record; what was sent keeps the day
//! it was measured against, so that no later notice makes it late.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::json;

use super::levels::{Given, Level, chain, dated};
use super::queries;
use super::{Period, Proposal, Regime};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{Cycle, DueDates, DueRule, Holidays, Moment, Now, hour_words};
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::units;
use crate::vietnamese::limits::LONG_LINE;
use crate::vietnamese::short_date;

/// The dates as they shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDates {
    pub due: DueRule,
    /// The document that sets the day, in words.
    pub due_basis: String,
    /// Last day on which the period takes changes; none: it is never locked.
    pub lock_on: Option<NaiveDate>,
    /// What speaks against the day was read.
    pub aware: bool,
}

impl NewDates {
    /// What must be mended before they can be set, at the fields of the form. A day that stays is not asked whether it
    /// has passed.
    pub fn problems(&self, period: &Period, now: impl Into<Now>) -> Problems {
        let now = now.into();
        let today = now.today;
        let mut problems = Problems::default();
        let last = self.due.last_day();
        let moves = self.due != period.due();
        if last.is_none() && period.due() != DueRule::Undated {
            problems.add(
                "due_rule",
                "Thời hạn đã ấn định không bỏ được. Nhập ngày mới, hoặc gia hạn cho từng đơn vị.",
            );
        }
        if let Some(day) = last.filter(|day| moves && *day < today) {
            let message = format!(
                "Ngày cuối để gửi đúng hạn ({}) đã qua. Ấn định từ hôm nay ({}) trở đi.",
                short_date(day),
                short_date(today)
            );
            problems.add("stated_on", message);
        }
        let dates = DueDates::new(&self.due, false, None, &Holidays::default());
        if let Some(hour) = dates.last_hour().filter(|_| moves && last == Some(today))
            && dates.days_past(now).is_some_and(|days| days > 0)
        {
            let message =
                format!("{} hôm nay đã qua. Nhập giờ muộn hơn, hoặc ngày sau.", hour_words(hour.time()));
            problems.add("stated_time", message);
        }
        if moves && self.due_basis.trim().is_empty() {
            problems.add("due_basis", "Nhập văn bản ấn định thời hạn này; đơn vị đọc được.");
        }
        problems.add_fault("due_basis", LONG_LINE.fault("Văn bản ấn định thời hạn", &self.due_basis));
        if self.lock_on.is_some_and(|lock| lock < today) && self.lock_on != period.lock_on {
            problems.add("lock_on", "Ngày khóa số liệu đã qua. Nhập từ hôm nay trở đi.");
        }
        if let (Some(lock), Some(last)) = (self.lock_on, last)
            && lock < last
        {
            let message = format!(
                "Ngày khóa số liệu phải từ ngày {} (ngày cuối của thời hạn gửi) trở đi.",
                short_date(last)
            );
            problems.add("lock_on", message);
        }
        problems
    }
}

/// The membership under which the actor sets the dates of a regime's periods.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_set<'a>(actor: &'a Actor, regime: &Regime) -> Result<&'a Membership, Error> {
    actor.for_unit(regime.collector_id, Action::Compile).ok_or_else(|| {
        Error::Forbidden(
            "Chỉ cán bộ tổng hợp của đơn vị nhận báo cáo được ấn định thời hạn của kỳ này.".into(),
        )
    })
}

/// Who goes by a new day: bodies that have not sent, those below a lower collector apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    pub top: usize,
    /// Lower collector, what its bodies are told, how many they are.
    pub lower: Vec<(String, DueRule, usize)>,
}

impl Moved {
    /// A body with two reports, its own and what it collected, is one.
    fn of(open: &[queries::OpenDuty], levels: &[Level], names: &HashMap<UnitId, String>) -> Moved {
        let count = |sends: &dyn Fn(UnitId) -> bool| {
            open.iter().filter(|duty| sends(duty.2)).map(|duty| duty.1).collect::<BTreeSet<UnitId>>().len()
        };
        let below = |to: UnitId| levels.iter().any(|level| level.collector == to);
        let lower = levels.iter().map(|level| {
            let name = names.get(&level.collector).cloned().unwrap_or_default();
            (name, level.due, count(&|to| to == level.collector))
        });
        Moved { top: count(&|to| !below(to)), lower: lower.filter(|(.., units)| *units > 0).collect() }
    }

    fn units(&self) -> usize {
        self.top + self.lower.iter().map(|(.., units)| units).sum::<usize>()
    }

    /// "Đã ấn định thời hạn: 24 đơn vị chưa gửi theo thời hạn này; 3 đơn vị gửi Ủy ban MTTQ tỉnh: chậm nhất ngày 16/12/2025."
    pub fn words(&self) -> String {
        let mut words = format!("Đã ấn định thời hạn: {} đơn vị chưa gửi theo thời hạn này", self.top);
        for (name, due, units) in &self.lower {
            words.push_str(&format!("; {units} đơn vị gửi {name}: {}", due.text()));
        }
        words.push('.');
        words
    }
}

/// The lower levels of a period under a new day at the top: each again so many working days before the one above, at
/// the hour it had of its own, and never before today. Four queries.
///
/// # Errors
/// The queries' own.
pub fn redated(
    conn: &mut Conn,
    period: &Period,
    regime: &Regime,
    due: DueRule,
    holidays: &Holidays,
    today: NaiveDate,
) -> Result<Vec<Level>, Error> {
    let (own, upward) = queries::ways_of(conn, period.id)?;
    let (chain, _) = chain(regime.collector_id, &own, &upward);
    let leads = queries::leads(conn, regime.id)?;
    let mut hours: HashMap<UnitId, Given> = queries::level_dues(conn, &[period.id])?
        .into_iter()
        // An hour that was the upper level's own goes with it.
        .filter(|(_, old)| (old.last_day(), old.hour()) != (period.due().last_day(), period.due().hour()))
        .map(|((_, collector), due)| (collector, Given { day: None, hour: due.hour() }))
        .collect();
    let levels = dated(chain.clone(), due, &hours, &leads, holidays);
    let over: Vec<UnitId> = levels
        .iter()
        .filter(|level| level.due.last_day().is_some_and(|day| day < today))
        .map(|level| level.collector)
        .collect();
    if over.is_empty() {
        return Ok(levels);
    }
    for collector in over {
        hours.entry(collector).or_default().day = Some(today);
    }
    Ok(dated(chain, due, &hours, &leads, holidays))
}

/// The field that says that the doubts were read.
pub const AWARE: &str = "aware";

/// What speaks against a day, in sentences: less than one working day after the cut-off (NĐ 09/2019 Điều 8.5.b), for the
/// period or for a level of it, or no day for a level to consolidate in. Of one-off and ad hoc reports the body that asks
/// decides.
fn doubts(
    period: &Period,
    due: DueRule,
    levels: &[Level],
    (rolling, holidays): (bool, &Holidays),
    names: &HashMap<UnitId, String>,
) -> Vec<String> {
    let recurs = Cycle::from_code(&period.cycle).is_some_and(Cycle::recurs);
    let window = period.window().filter(|_| recurs);
    let own = Proposal { window, due, lock_on: None, reference_on: None };
    let mut found: Vec<String> = own
        .too_early(rolling, holidays)
        .map(|earliest| {
            format!(
                "Thời hạn gửi chưa cách ngày chốt số liệu ít nhất 01 ngày làm việc như Điều 8 Nghị định 09/2019/NĐ-CP; sớm \
                 nhất nên là ngày {}.",
                short_date(earliest)
            )
        })
        .into_iter()
        .collect();
    found.extend(levels.iter().filter_map(|level| {
        let name = names.get(&level.collector).map(String::as_str).unwrap_or_default();
        level.warning(name, window, rolling, holidays)
    }));
    found
}

/// Sets the dates and gives back who goes by the new day; none where the day stays.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period; [`Error::Forbidden`] as [`may_set`]; [`Error::Invalid`] as
/// [`NewDates::problems`], and when nothing would change; [`Error::Conflict`] when somebody was faster.
pub fn set_dates(
    conn: &mut Conn,
    actor: &Actor,
    id: PeriodId,
    version: i32,
    new: &NewDates,
    moment: Moment,
) -> Result<Option<Moved>, Error> {
    let (period, regime) = queries::period(conn, &actor.scope(), id)?;
    let membership = may_set(actor, &regime)?;
    let moves = new.due != period.due();
    let mut problems = new.problems(&period, moment);
    let holidays = queries::holidays(conn)?;
    let levels = match moves {
        true => redated(conn, &period, &regime, new.due, &holidays, moment.today)?,
        false => vec![],
    };
    let collectors: Vec<UnitId> = levels.iter().map(|level| level.collector).collect();
    let names = units::queries::names_on(conn, &collectors, moment.today)?;
    let doubts = doubts(&period, new.due, &levels, (regime.rolling, &holidays), &names);
    if moves && !new.aware && !doubts.is_empty() {
        problems.add(AWARE, format!("{} Đánh dấu nếu vẫn ấn định thời hạn này.", doubts.join(" ")));
    }
    let same_basis = new.due_basis == period.due_basis || new.due == DueRule::Undated;
    if !moves && same_basis && new.lock_on == period.lock_on {
        problems.add("due_rule", "Thời hạn, căn cứ và ngày khóa số liệu vẫn như cũ: chưa có gì để lưu.");
    }
    problems.or(())?;
    // While no day is set the words that say so stay.
    let kept = NewDates { due_basis: period.due_basis.clone(), ..new.clone() };
    let new = if new.due == DueRule::Undated { &kept } else { new };
    if version != period.version || !queries::put_dates(conn, &period, new)? {
        return Err(Error::Conflict(
            "Kỳ báo cáo này vừa được người khác thay đổi. Mở lại trang để xem rồi thực hiện.".into(),
        ));
    }
    let moved = if moves {
        queries::put_levels(conn, id, &levels)?;
        let open = queries::move_due(conn, id, new, &levels, (actor, membership), moment.at)?;
        Some(Moved::of(&open, &levels, &names))
    } else {
        None
    };
    let dates = |due: DueRule, basis: &str, lock_on: Option<NaiveDate>| {
        json!({
            "due_rule": due.code(),
            "stated_on": due.date(),
            "stated_time": due.hour_code(),
            "due_basis": basis,
            "lock_on": lock_on,
        })
    };
    let mut after = dates(new.due, &new.due_basis, new.lock_on);
    after["units"] = json!(moved.as_ref().map_or(0, Moved::units));
    let step = Step {
        action: "period.set_dates",
        subject_kind: "period",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}", regime.name, period.label),
        unit_id: Some(regime.collector_id),
        before: Some(dates(period.due(), &period.due_basis, period.lock_on)),
        after: Some(after),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(moved)
}
