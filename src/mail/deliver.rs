//! The work that carries letters: one a step, within the hours people may be told anything, on working days. A letter is held
//! by a lease of its own while it is tried; a server killed between the mail server's yes and our note of it lets the letter be
//! tried again under the same Message-ID.

use chrono::{DateTime, Utc};

use super::outbox::{self, LetterRow, Outcome};
use super::smtp::{Letter, Refusal};
use super::{Hours, Settings};
use crate::calendar::{Moment, to_local};
use crate::db::Db;
use crate::error::Error;
use crate::jobs::{self, Job, Progress, Work};
use crate::periods;

/// The job that carries what waits.
pub const DELIVER: &str = "mail.deliver";

/// Carries letters to the mail server.
pub struct Deliver {
    settings: Settings,
}

impl Deliver {
    pub fn new(settings: Settings) -> Deliver {
        Deliver { settings }
    }

    /// Whether people may be told something at this moment.
    fn may_now(&self, db: &Db, moment: Moment) -> Result<bool, Error> {
        may_now(db, self.settings.hours, moment)
    }

    /// Tries the next letter; whether there was one.
    ///
    /// # Errors
    /// Of the database; that the server refuses is no error, it is noted.
    pub fn one(&self, db: &Db, moment: Moment) -> Result<bool, Error> {
        let now = moment.recorded;
        let Some(smtp) = &self.settings.smtp else { return Ok(false) };
        let Some(seen) = db.read(|conn| Ok::<_, Error>(outbox::next(conn, now)?))? else { return Ok(false) };
        if !db.write(|conn| Ok::<_, Error>(outbox::claim(conn, &seen, now)?))? {
            return Ok(true);
        }
        let outcome = if seen.useless_after.is_some_and(|last| last < moment.today) {
            Outcome::GivenUp("Không gửi được trước thời hạn nêu trong thư.".to_owned())
        } else {
            match smtp.send(&letter(&seen)) {
                Ok(()) => Outcome::Taken,
                Err(Refusal::ForNow(why)) => Outcome::PutOff(why),
                Err(Refusal::ForGood(why)) => Outcome::GivenUp(why),
            }
        };
        if let Outcome::PutOff(why) | Outcome::GivenUp(why) = &outcome {
            log::warn!("mail: letter {} was not taken: {why}", seen.uid);
        }
        db.write(|conn| Ok::<_, Error>(outbox::settle(conn, &seen, &outcome, now)?))?;
        Ok(true)
    }
}

/// Whether people may be told something: within the hours, on a working day.
///
/// # Errors
/// The query's own.
pub fn may_now(db: &Db, hours: Hours, moment: Moment) -> Result<bool, Error> {
    if !hours.contain(to_local(moment.at).time()) {
        return Ok(false);
    }
    let holidays = db.read(|conn| Ok::<_, Error>(periods::queries::holidays(conn)?))?;
    Ok(holidays.is_working_day(moment.today))
}

fn letter(row: &LetterRow) -> Letter<'_> {
    Letter {
        uid: &row.uid,
        name: &row.name,
        address: &row.address,
        subject: &row.subject,
        body: &row.body,
        written: DateTime::<Utc>::from_naive_utc_and_offset(row.written_at, Utc).into(),
    }
}

impl Work for Deliver {
    fn kind(&self) -> &'static str {
        DELIVER
    }

    fn ask(&self, db: &Db, moment: Moment) -> Result<bool, Error> {
        let now = moment.recorded;
        let due = self.settings.smtp.is_some()
            && db.read(|conn| Ok::<_, Error>(outbox::next(conn, now)?.is_some()))?;
        if !due || !self.may_now(db, moment)? {
            return Ok(false);
        }
        db.write(|conn| Ok::<_, Error>(jobs::queries::enqueue_by_clock(conn, (DELIVER, 0), now)?))
    }

    fn step(&self, db: &Db, _: &Job, moment: Moment) -> Result<Progress, Error> {
        let more = self.may_now(db, moment)? && self.one(db, moment)?;
        let left = db.read(|conn| Ok::<_, Error>(outbox::waiting(conn)?))?;
        let total = i32::try_from(left).unwrap_or(i32::MAX);
        Ok(Progress { done: 0, total, message: String::new(), finished: !more })
    }
}
