//! The state of a task with a unit, against one that walks through every fact each time; and what each state needs.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use tonghop::db::ids::{TaskId, UnitId};
use tonghop::plans::state::{Before, Counts, Held, Noted, Records, TaskState, Told};
use tonghop::plans::{Mode, Part};
use tonghop::reports::TaskStatus;

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|first| first.checked_add_days(Days::new(n))).expect("a day")
}

fn at(n: u64) -> NaiveDateTime {
    day(n).and_hms_opt(8, 0, 0).expect("an hour")
}

fn held(mode: Mode, due: Option<u64>) -> Held {
    Held { task: TaskId(1), unit: UnitId(1), part: Part::Lead, mode, due_on: due.map(day) }
}

fn noted(unit: i64, on: u64) -> Noted {
    Noted { task: TaskId(1), unit: UnitId(unit), first_on: day(on) }
}

/// A word about days `from` to `from + 30`.
fn told(unit: i64, status: TaskStatus, from: u64, sent: u64, received: bool) -> Told {
    let (task, unit) = (TaskId(1), UnitId(unit));
    Told { task, unit, status, from: day(from), to: day(from + 30), sent_at: at(sent), received }
}

fn before(unit: i64, until: Option<u64>) -> HashMap<(TaskId, UnitId), Vec<Before>> {
    HashMap::from([((TaskId(1), UnitId(1)), vec![Before { unit: UnitId(unit), until: until.map(day) }])])
}

/// The same told slowly: one list of facts that count for the unit, asked one thing after another.
fn naive(
    notes: &[Noted],
    words: &[Told],
    before: &HashMap<(TaskId, UnitId), Vec<Before>>,
    held: &Held,
    today: NaiveDate,
) -> TaskState {
    let mut hands = vec![(held.unit, None)];
    for one in before.get(&(held.task, held.unit)).into_iter().flatten() {
        hands.push((one.unit, one.until));
    }
    let mut worked = false;
    let mut of_all: Vec<Told> = Vec::new();
    for (unit, until) in hands {
        for note in notes {
            let last = until.map_or(today, |until: NaiveDate| until.min(today));
            worked |= note.task == held.task && note.unit == unit && note.first_on <= last;
        }
        for word in words {
            let in_time = until.is_none() || until >= Some(word.from);
            if word.task == held.task && word.unit == unit && in_time && word.status != TaskStatus::Unsaid {
                of_all.push(*word);
            }
        }
    }
    of_all.sort_by_key(|word| (word.to, word.sent_at, word.from));
    let last = of_all.iter().rev().find(|word| word.received);
    if let Some(Told { status: TaskStatus::Done, .. }) = last {
        return TaskState::Done;
    }
    if let (Mode::Assign, Some(due)) = (held.mode, held.due_on)
        && today > due
    {
        return TaskState::Overdue;
    }
    for word in &of_all {
        worked |= word.status == TaskStatus::GoingOn || word.status == TaskStatus::Done;
    }
    if worked { TaskState::GoingOn } else { TaskState::NotStarted }
}

prop_compose! {
    fn a_note()(task in 1..3_i64, unit in 1..5_i64, on in 0..60_u64) -> Noted {
        Noted { task: TaskId(task), unit: UnitId(unit), first_on: day(on) }
    }
}

prop_compose! {
    fn a_word()(task in 1..3_i64, unit in 1..5_i64, status in 0..4_usize, from in 0..40_u64, long in 1..30_u64, received: bool)
        -> Told {
        Told {
            task: TaskId(task),
            unit: UnitId(unit),
            status: TaskStatus::ALL[status],
            from: day(from),
            to: day(from + long),
            sent_at: at(0),
            received,
        }
    }
}

proptest! {
    #[test]
    fn the_state_is_that_of_whoever_walks_through_every_fact(
        notes in proptest::collection::vec(a_note(), 0..8),
        words in proptest::collection::vec(a_word(), 0..8),
        hands in proptest::collection::vec((1..5_i64, proptest::option::of(0..60_u64)), 0..3),
        due in proptest::option::of(0..60_u64),
        requested: bool,
        today in 0..80_u64,
    ) {
        // No two are sent at one moment: which of them is the newest is never left to chance.
        let words: Vec<Told> = (0_u64..)
            .zip(words)
            .map(|(n, word)| Told { sent_at: at(n), ..word })
            .collect();
        let hands = hands.into_iter().map(|(unit, until)| Before { unit: UnitId(unit), until: until.map(day) });
        let before = HashMap::from([((TaskId(1), UnitId(1)), hands.collect::<Vec<_>>())]);
        let held = held(if requested { Mode::Request } else { Mode::Assign }, due);
        let records = Records::new(notes.clone(), words.clone(), before.clone());
        let state = records.state(&held, day(today));
        prop_assert_eq!(state, naive(&notes, &words, &before, &held, day(today)));
        prop_assert!(!(requested && state == TaskState::Overdue));
        // A day later nothing has become less urgent by itself, but what was noted for that day.
        if due.is_none() {
            prop_assert!(state != TaskState::Overdue);
        }
    }

    #[test]
    fn counts_are_those_of_the_list(states in proptest::collection::vec(0..4_usize, 0..20)) {
        let states: Vec<TaskState> = states.into_iter().map(|n| TaskState::ALL[n]).collect();
        let counts: Counts = states.iter().copied().collect();
        for state in TaskState::ALL {
            prop_assert_eq!(counts.of(state), states.iter().filter(|one| **one == state).count());
        }
        prop_assert_eq!(counts.all(), states.len());
        prop_assert_eq!(counts.words().is_empty(), states.is_empty());
    }
}

#[test]
fn what_makes_each_state() {
    use TaskStatus as Said;
    type Facts = (Vec<Noted>, Vec<Told>);
    type Case = (&'static str, Facts, Mode, Option<u64>, u64, TaskState);
    let none = HashMap::new();
    let table: Vec<Case> = vec![
        ("nothing", (vec![], vec![]), Mode::Assign, None, 50, TaskState::NotStarted),
        (
            "its last day itself is in time",
            (vec![], vec![]),
            Mode::Assign,
            Some(50),
            50,
            TaskState::NotStarted,
        ),
        ("the day after is not", (vec![], vec![]), Mode::Assign, Some(50), 51, TaskState::Overdue),
        (
            "nobody who was asked is overdue",
            (vec![], vec![]),
            Mode::Request,
            Some(50),
            51,
            TaskState::NotStarted,
        ),
        ("work noted", (vec![noted(1, 9)], vec![]), Mode::Assign, None, 50, TaskState::GoingOn),
        ("work of tomorrow", (vec![noted(1, 51)], vec![]), Mode::Assign, None, 50, TaskState::NotStarted),
        ("work of another unit", (vec![noted(2, 9)], vec![]), Mode::Assign, None, 50, TaskState::NotStarted),
        ("work noted, late", (vec![noted(1, 9)], vec![]), Mode::Assign, Some(20), 50, TaskState::Overdue),
        (
            "done, and received",
            (vec![], vec![told(1, Said::Done, 0, 40, true)]),
            Mode::Assign,
            Some(20),
            50,
            TaskState::Done,
        ),
        (
            "done, sent only",
            (vec![], vec![told(1, Said::Done, 0, 40, false)]),
            Mode::Assign,
            None,
            50,
            TaskState::GoingOn,
        ),
        (
            "done last year, going on this year",
            (vec![], vec![told(1, Said::Done, 0, 40, true), told(1, Said::GoingOn, 60, 99, true)]),
            Mode::Assign,
            None,
            99,
            TaskState::GoingOn,
        ),
        (
            "done, and the next report says nothing of it",
            (vec![], vec![told(1, Said::Done, 0, 40, true), told(1, Said::Unsaid, 60, 99, true)]),
            Mode::Assign,
            None,
            99,
            TaskState::Done,
        ),
        (
            "a correction that is not received changes nothing of what was",
            (vec![], vec![told(1, Said::Done, 0, 40, true), told(1, Said::GoingOn, 0, 45, false)]),
            Mode::Assign,
            None,
            50,
            TaskState::Done,
        ),
        (
            "not started, as the unit says",
            (vec![], vec![told(1, Said::NotStarted, 0, 40, true)]),
            Mode::Assign,
            None,
            50,
            TaskState::NotStarted,
        ),
    ];
    for (words, (notes, told), mode, due, today, state) in table {
        let records = Records::new(notes, told, none.clone());
        assert_eq!(records.state(&held(mode, due), day(today)), state, "{words}");
    }
}

#[test]
fn who_took_a_task_over_after_its_last_day_is_not_overdue() {
    let state = |since: Option<u64>, notes| {
        let since = since.map(|n| ((TaskId(1), UnitId(1)), day(n)));
        let records = Records::new(notes, vec![], HashMap::new()).taken_over(since.into_iter().collect());
        records.state(&held(Mode::Assign, Some(20)), day(50))
    };
    assert_eq!(state(None, vec![]), TaskState::Overdue);
    assert_eq!(state(Some(20), vec![]), TaskState::Overdue, "from that very day");
    assert_eq!(state(Some(21), vec![]), TaskState::NotStarted);
    assert_eq!(state(Some(21), vec![noted(1, 30)]), TaskState::GoingOn);
}

#[test]
fn the_word_of_a_beginning_is_the_units_own_where_there_is_one() {
    let word = |words: Vec<Told>| {
        let records = Records::new(vec![], words, before(2, Some(40)));
        records.word_of_beginning(&held(Mode::Assign, None)).map(|word| (word.unit, word.received))
    };
    let (own, other) =
        (told(1, TaskStatus::GoingOn, 50, 85, false), told(2, TaskStatus::GoingOn, 0, 40, true));
    assert_eq!(word(vec![own, other]), Some((UnitId(1), false)));
    assert_eq!(word(vec![other]), Some((UnitId(2), true)));
    assert_eq!(word(vec![told(1, TaskStatus::NotStarted, 50, 85, true)]), None);
}

#[test]
fn what_the_body_before_did_counts_as_long_as_it_held_the_task() {
    let state =
        |notes, words, hands| Records::new(notes, words, hands).state(&held(Mode::Assign, None), day(90));
    let done = |from| told(2, TaskStatus::Done, from, 89, true);
    assert_eq!(state(vec![noted(2, 40)], vec![], before(2, None)), TaskState::GoingOn);
    assert_eq!(state(vec![noted(2, 40)], vec![], before(2, Some(40))), TaskState::GoingOn);
    assert_eq!(state(vec![noted(2, 41)], vec![], before(2, Some(40))), TaskState::NotStarted);
    assert_eq!(state(vec![], vec![done(40)], before(2, Some(40))), TaskState::Done);
    assert_eq!(state(vec![], vec![done(41)], before(2, Some(40))), TaskState::NotStarted);
    assert_eq!(state(vec![], vec![done(0)], HashMap::new()), TaskState::NotStarted);
}
