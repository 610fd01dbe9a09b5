//! Servers that claim, go on, die and come back in any order, held against a model small enough to be believed.

use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use tonghop::error::Error;
use tonghop::jobs::{LEASE, MOST_ATTEMPTS, Progress, queries};

use super::{claim, enqueue, row};
use crate::support::database::TestDatabase;

#[derive(Debug, Clone, Copy)]
enum Event {
    Claim(u8),
    /// Goes on by a step; the last one ends the job.
    Advance(u8, bool),
    HandBack(u8),
    Wait(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3_u8).prop_map(Event::Claim),
        3 => ((0..3_u8), prop::bool::weighted(0.05)).prop_map(|(who, last)| Event::Advance(who, last)),
        1 => (0..3_u8).prop_map(Event::HandBack),
        3 => (1..90_i64).prop_map(Event::Wait),
    ]
}

/// Who holds the job until when, said as plainly as can be.
#[derive(Debug, Default)]
struct Model {
    holder: Option<(u8, NaiveDateTime)>,
    /// Claims since the last step.
    dead: i32,
    over: bool,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn there_is_never_more_than_one_holder(events in prop::collection::vec(event(), 1..40)) {
        let database = TestDatabase::demo();
        let db = database.open();
        let mut now = chrono::NaiveDate::from_ymd_opt(2025, 6, 10).unwrap().and_hms_opt(8, 0, 0).unwrap();
        let id = enqueue(&db, 7, now);
        let mut model = Model::default();
        let name = |who: u8| format!("server {who}");
        let progress = |finished| Progress { done: 1, total: 3, message: String::new(), finished };
        for event in events {
            match event {
                Event::Wait(seconds) => now += TimeDelta::seconds(seconds),
                Event::Claim(who) => {
                    let free = !model.over && model.holder.is_none_or(|(_, until)| until < now);
                    let may = free && model.dead < MOST_ATTEMPTS;
                    prop_assert_eq!(claim(&db, &name(who), now).is_some(), may);
                    if may {
                        model.holder = Some((who, now + LEASE));
                        model.dead += 1;
                    } else if free {
                        model.over = true;
                        model.holder = None;
                    }
                }
                Event::Advance(who, last) => {
                    let ours = model.holder.is_some_and(|(holder, _)| holder == who);
                    let found = db.write(|conn| {
                        Ok::<_, Error>(queries::advance(conn, id, &name(who), &progress(last), now)?)
                    });
                    prop_assert_eq!(found.unwrap(), ours);
                    if ours {
                        model.dead = 0;
                        model.over = last;
                        model.holder = (!last).then_some((who, now + LEASE));
                    }
                }
                Event::HandBack(who) => {
                    let ours = model.holder.is_some_and(|(holder, _)| holder == who);
                    let found = db.write(|conn| {
                        Ok::<_, Error>(queries::hand_back(conn, id, &name(who), now)?)
                    });
                    prop_assert_eq!(found.unwrap(), ours);
                    if ours {
                        model.dead = 0;
                        model.holder = None;
                    }
                }
            }
            let found = row(&db, 7);
            prop_assert_eq!(found.lease_until.is_some(), model.holder.is_some());
            prop_assert_eq!(found.is_open(), !model.over);
        }
    }
}
