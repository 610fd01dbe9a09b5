//! The demo's past in the order of time: steps of reports, work logged, editions made and approved, each by the
//! person who did it, as they were on that day.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{NaiveDate, NaiveDateTime};

use super::contents::Contents;
use super::editions::{self, EditionStep, Made};
use super::entries::{self, EntryRow};
use super::files::fault;
use super::known::Known;
use super::openings::Opened;
use super::steps::{self, Event};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::error::Error;
use crate::people;

enum Happening {
    Step(Box<Event>),
    Work(EntryRow),
    Edition(EditionStep),
}

impl Happening {
    fn moment(&self) -> Moment {
        match self {
            Happening::Step(event) => event.moment,
            Happening::Work(row) => row.moment(),
            Happening::Edition(step) => step.moment,
        }
    }

    fn by(&self) -> &str {
        match self {
            Happening::Step(event) => event.by(),
            Happening::Work(row) => &row.by,
            Happening::Edition(step) => &step.by,
        }
    }
}

/// Lets everything happen again, the earliest first.
pub fn load(conn: &mut Conn, known: &Known, opened: &[Opened]) -> Result<(), Error> {
    let contents = Contents::load(known)?;
    let mut all: Vec<Happening> = entries::read()?.into_iter().map(Happening::Work).collect();
    for period in opened {
        all.extend(steps::read(conn, known, period)?.into_iter().map(|e| Happening::Step(Box::new(e))));
    }
    all.extend(editions::read(opened)?.into_iter().map(Happening::Edition));
    all.sort_by_key(|happening| -> NaiveDateTime { happening.moment().at });
    let mut actors = Actors::default();
    let mut made = Made::default();
    for happening in &all {
        let actor = actors.on(conn, known, happening.by(), happening.moment().today)?;
        match happening {
            Happening::Step(event) => steps::take(conn, known, &contents, event, actor)?,
            Happening::Work(row) => entries::note(conn, known, actor, row)?,
            Happening::Edition(step) => editions::take(conn, &mut made, actor, step)?,
        }
    }
    Ok(())
}

/// People as they were on the days they acted.
#[derive(Default)]
struct Actors(HashMap<(String, NaiveDate), Actor>);

impl Actors {
    fn on(
        &mut self,
        conn: &mut Conn,
        known: &Known,
        username: &str,
        day: NaiveDate,
    ) -> Result<&Actor, Error> {
        match self.0.entry((username.to_owned(), day)) {
            Entry::Occupied(found) => Ok(found.into_mut()),
            Entry::Vacant(place) => {
                let person = known.members.iter().find(|m| m.username == username).map(|m| m.person);
                let person =
                    person.ok_or_else(|| fault("reports", format!("there is no account {username}")))?;
                Ok(place.insert(people::queries::actor(conn, person, day)?))
            }
        }
    }
}
