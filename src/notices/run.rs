//! The daily run: once per day for the whole installation, whoever of several servers comes first; gone on with by another
//! when the first is killed. Every person's digest is one transaction with its notices and its letter, guarded by the unique
//! keys, so a step taken twice says nothing twice.

use std::time::{Duration, Instant};

use chrono::{Datelike, Days, NaiveDate};

use super::facts::Facts;
use super::plan::{Plan, plan};
use super::queries::{self, Among, Given, Run};
use super::{FURTHEST, Line, digest};
use crate::calendar::Moment;
use crate::db::ids::PersonId;
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::{self, Job, Progress, Work};
use crate::mail::outbox::NewLetter;
use crate::mail::{Settings, deliver};

/// The job of one day's run; its subject is the day's number.
pub const DAY: &str = "notices.day";
/// The batch of what a day's run says.
const DAILY: &str = "day";
/// People of one transaction.
const AT_ONCE: usize = 200;
/// After so long a step is given back, well within the lease.
const LONG_ENOUGH: Duration = Duration::from_secs(10);

/// Says what falls on the day.
pub struct DailyRun {
    settings: Settings,
}

impl DailyRun {
    pub fn new(settings: Settings) -> DailyRun {
        DailyRun { settings }
    }
}

/// What a run found, for whoever prints it.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    pub facts: Facts,
    pub plan: Plan,
    /// The day's run, where it has begun.
    pub run: Option<Run>,
}

/// The plan of today as things stand, whether or not its run has begun. Fourteen queries at most.
///
/// # Errors
/// The queries' own.
pub fn outlook(
    conn: &mut Conn,
    among: &Among,
    today: NaiveDate,
    settings: &Settings,
) -> Result<Outlook, Error> {
    let run = queries::open_run(conn, today)?;
    let last = match &run {
        Some(run) => run.after_day,
        None => queries::last_finished(conn, today)?,
    };
    let after = last.or(today.pred_opt()).unwrap_or(today);
    let facts = queries::facts(conn, among, (today, today))?;
    let plan = plan(&facts, (after, today), settings.hours.opens());
    Ok(Outlook { facts, plan, run })
}

/// Begins the run of a day, if nobody has; whether it is still to be worked on.
///
/// # Errors
/// The queries' own.
pub fn begin(db: &Db, moment: Moment) -> Result<bool, Error> {
    let day = moment.today;
    let run = db.read(|conn| Ok::<_, Error>(queries::open_run(conn, day)?))?;
    match run {
        Some(run) => Ok(run.finished_at.is_none()),
        None => {
            db.write(|conn| Ok::<_, Error>(queries::begin_run(conn, day, moment.recorded)?))?;
            Ok(true)
        }
    }
}

/// Says everything of a day that has begun and is not finished; whether nothing is left.
///
/// # Errors
/// The queries' own. A conflict means another server does the same: nothing was said twice.
pub fn say(db: &Db, settings: &Settings, moment: Moment) -> Result<bool, Error> {
    let day = moment.today;
    let found = db.read(|conn| outlook(conn, &Among::All, day, settings))?;
    if found.run.as_ref().is_none_or(|run| run.finished_at.is_some()) {
        return Ok(true);
    }
    let started = Instant::now();
    let people: Vec<PersonId> = found.plan.people.keys().copied().collect();
    for some in people.chunks(AT_ONCE) {
        if started.elapsed() > LONG_ENOUGH {
            return Ok(false);
        }
        db.write(|conn| say_to(conn, some, &found.plan, settings, moment))?;
    }
    let said = i64::try_from(found.plan.count()).unwrap_or(i64::MAX);
    db.write(|conn| {
        queries::prepare(conn, found.plan.escalations.iter().map(|(line, _)| line))?;
        queries::finish_run(conn, day, said, moment.recorded)?;
        Ok::<_, Error>(true)
    })
}

fn say_to(
    conn: &mut Conn,
    some: &[PersonId],
    plan: &Plan,
    settings: &Settings,
    moment: Moment,
) -> Result<(), Error> {
    let day = moment.today;
    let told = queries::told_today(conn, some, (day, DAILY))?;
    let all: Vec<(PersonId, Vec<&Line>)> = some
        .iter()
        .filter(|person| !told.contains(person))
        .filter_map(|person| Some((*person, plan.people.get(person)?)))
        .map(|(person, at)| (person, at.iter().filter_map(|at| plan.lines.get(*at)).collect()))
        .collect();
    give(conn, all, DAILY, settings, moment).map(|_| ())
}

/// Writes what some people are told, without what they were told before; how many notices. Six queries and the inserts.
///
/// # Errors
/// The queries' own.
pub(super) fn give(
    conn: &mut Conn,
    all: Vec<(PersonId, Vec<&Line>)>,
    batch: &str,
    settings: &Settings,
    moment: Moment,
) -> Result<usize, Error> {
    let day = moment.today;
    let people: Vec<PersonId> = all.iter().map(|(person, _)| *person).collect();
    let reach = Days::new(u64::from(FURTHEST.unsigned_abs()) * 2);
    let said = queries::said_before(conn, &people, day.checked_sub_days(reach).unwrap_or(day))?;
    let contacts = queries::contacts(conn, &people)?;
    let mut given: Vec<Given<'_>> = Vec::new();
    for (person, mut lines) in all {
        lines.retain(|line| {
            !said.contains(&(person, line.obligation, line.aim, line.due_on, line.step, line.level))
        });
        if lines.is_empty() {
            continue;
        }
        digest::sort(&mut lines);
        let uid = uuid::Uuid::now_v7().to_string();
        let subject = digest::subject(&lines, day);
        let letter = contacts.get(&person).and_then(|(name, address)| {
            let wanted = settings.smtp.is_some() && !address.is_empty();
            wanted.then(|| NewLetter {
                uid: uid.clone(),
                person,
                name: name.clone(),
                address: address.clone(),
                subject: subject.clone(),
                body: digest::letter(name, &lines, day, &settings.base_url),
                useless_after: digest::useless_after(&lines),
            })
        });
        given.push(Given { uid, person, subject, lines, letter });
    }
    Ok(queries::write(conn, &given, (day, batch), moment)?)
}

impl Work for DailyRun {
    fn kind(&self) -> &'static str {
        DAY
    }

    fn ask(&self, db: &Db, moment: Moment) -> Result<bool, Error> {
        let (day, now) = (moment.today, moment.recorded);
        let run = db.read(|conn| Ok::<_, Error>(queries::open_run(conn, day)?))?;
        if run.as_ref().is_some_and(|run| run.finished_at.is_some()) {
            return Ok(false);
        }
        if run.is_none() && !deliver::may_now(db, self.settings.hours, moment)? {
            return Ok(false);
        }
        db.write(|conn| {
            // Of several servers one begins the day, or takes up the run whose job has ended without finishing it.
            let number = i64::from(day.num_days_from_ce());
            let ours = match &run {
                None => queries::begin_run(conn, day, now)?,
                Some(run) => !jobs::queries::is_open(conn, DAY, number)? && queries::try_again(conn, run)?,
            };
            Ok::<_, Error>(ours && jobs::queries::enqueue_by_clock(conn, (DAY, number), now)?)
        })
    }

    fn step(&self, db: &Db, job: &Job, moment: Moment) -> Result<Progress, Error> {
        // A job of a day that has passed says nothing any more: today's run covers it.
        let of_today = job.subject_id == i64::from(moment.today.num_days_from_ce());
        let finished = !of_today || say(db, &self.settings, moment)?;
        Ok(Progress { done: i32::from(finished), total: 1, message: String::new(), finished })
    }
}

/// The kinds of work that tell people something by themselves.
pub fn works(settings: &Settings) -> Vec<Box<dyn Work>> {
    vec![Box::new(DailyRun::new(settings.clone()))]
}
