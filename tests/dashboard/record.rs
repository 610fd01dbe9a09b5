//! A unit's record against a table made by hand and a naive count, one obligation at a time.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tonghop::dashboard::passages::{Passage, divided};
use tonghop::dashboard::record::{Deed, Record};
use tonghop::db::ids::UnitId;
use tonghop::periods::Standing;
use tonghop::periods::tally::Entry;
use tonghop::plans::Mode;
use tonghop::reports::ReportState;
use tonghop::units::lens::Lens;

const TODAY: u64 = 100;

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day") + Days::new(offset)
}

fn deed(
    standing: Standing,
    state: ReportState,
    mode: Mode,
    sent: Option<u64>,
    due: Option<u64>,
    (revisions, corrections): (u32, u32),
) -> Deed {
    let entry = Entry {
        standing,
        state,
        mode,
        first_sent_on: sent.map(day),
        deadline: due.map(day),
        hour: None,
        amend_due: None,
    };
    Deed { entry, revisions, corrections }
}

#[test]
fn ten_obligations_counted_by_hand() {
    use Mode::{Assign, Request};
    use ReportState::{Amend, Draft, NotBegun, Received, Sent};
    use Standing::{Ended, Exempt, Nil, Owed};
    let deeds = [
        // Three in time: one received, one waiting, one sent on the last day and being corrected.
        deed(Owed, Received, Assign, Some(8), Some(10), (1, 0)),
        deed(Owed, Sent, Assign, Some(20), Some(30), (2, 1)),
        deed(Owed, Amend, Assign, Some(40), Some(40), (1, 1)),
        // Two late, one of them nil.
        deed(Owed, Received, Assign, Some(51), Some(50), (3, 2)),
        deed(Nil, NotBegun, Assign, Some(65), Some(60), (0, 0)),
        // One never sent.
        deed(Owed, Draft, Assign, None, Some(70), (0, 0)),
        // Outside: exempt although overdue, ended; not yet due, though sent; undated.
        deed(Exempt, NotBegun, Assign, None, Some(70), (0, 0)),
        deed(Ended, NotBegun, Assign, None, Some(99), (0, 0)),
        deed(Owed, Received, Assign, Some(90), Some(TODAY), (1, 0)),
        deed(Owed, NotBegun, Assign, None, None, (0, 0)),
        // Asked and not assigned: apart, and never overdue.
        deed(Owed, NotBegun, Request, None, Some(70), (0, 0)),
    ];
    let record = Record::of(deeds, day(TODAY));
    let assigned = record.closed.assigned;
    assert_eq!((assigned.owed, assigned.sent, assigned.on_time, assigned.late), (6, 5, 3, 2));
    assert_eq!((assigned.nil, assigned.not_sent, assigned.overdue), (1, 1, 1));
    assert_eq!((assigned.sent_percent(), assigned.on_time_percent()), (Some(83), Some(50)));
    let requested = record.closed.requested;
    assert_eq!((requested.owed, requested.sent, requested.overdue), (1, 0, 0));
    assert_eq!((record.closed.exempt, record.closed.ended, record.ahead, record.undated), (1, 1, 1, 1));
    assert_eq!((record.revisions, record.corrections), (8, 4));
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let standing = prop::sample::select(vec![
        Standing::Owed,
        Standing::Owed,
        Standing::Nil,
        Standing::Exempt,
        Standing::Ended,
    ]);
    let mode = prop::sample::select(Mode::ALL.to_vec());
    let sent = prop::option::of(0..TODAY);
    let due = prop::option::of(0..2 * TODAY);
    (standing, mode, sent, due, 0..4u32, 0..3u32).prop_map(|(standing, mode, sent, due, revisions, again)| {
        let state = if sent.is_some() { ReportState::Received } else { ReportState::NotBegun };
        let sent = if standing == Standing::Nil { sent.or(Some(3)) } else { sent };
        deed(standing, state, mode, sent, due, (revisions, again))
    })
}

proptest! {
    #[test]
    fn every_obligation_is_counted_once_and_no_rate_passes_100(deeds in prop::collection::vec(any_deed(), 0..60)) {
        let record = Record::of(deeds.iter().copied(), day(TODAY));
        let counts = |d: &&Deed| matches!(d.entry.standing, Standing::Owed | Standing::Nil);
        let closed = |d: &&Deed| counts(d) && d.entry.deadline.is_some_and(|due| due < day(TODAY));
        let of = |mode: Mode| deeds.iter().filter(closed).filter(|d| d.entry.mode == mode).count();
        prop_assert_eq!(record.closed.assigned.owed as usize, of(Mode::Assign));
        prop_assert_eq!(record.closed.requested.owed as usize, of(Mode::Request));
        let in_time = deeds.iter().filter(closed).filter(|d| d.entry.mode == Mode::Assign)
            .filter(|d| d.entry.first_sent_on.is_some_and(|on| Some(on) <= d.entry.deadline)).count();
        prop_assert_eq!(record.closed.assigned.on_time as usize, in_time);
        let all = record.closed.assigned.owed + record.closed.requested.owed + record.closed.exempt
            + record.closed.ended + record.ahead + record.undated;
        prop_assert_eq!(all as usize, deeds.len());
        for count in [record.closed.assigned, record.closed.requested] {
            prop_assert!(count.sent_percent().is_none_or(|percent| percent <= 100));
            prop_assert!(count.on_time_percent().is_none_or(|percent| percent <= 100));
            // Of those whose day has passed every one has a day.
            prop_assert_eq!(count.dated, count.owed);
        }
    }

    /// Today's lens over two bodies is their two records together: nothing is counted twice, nothing lost.
    #[test]
    fn the_record_of_two_bodies_is_the_sum_of_both(
        (one, other) in (prop::collection::vec(any_deed(), 0..30), prop::collection::vec(any_deed(), 0..30))
    ) {
        let record = |deeds: &[Deed]| Record::of(deeds.iter().copied(), day(TODAY));
        let (first, second) = (record(&one), record(&other));
        let both = record(&[one, other].concat());
        let sum = |of: &dyn Fn(&Record) -> u32| of(&first) + of(&second);
        prop_assert_eq!(both.closed.assigned.owed, sum(&|r| r.closed.assigned.owed));
        prop_assert_eq!(both.closed.assigned.sent, sum(&|r| r.closed.assigned.sent));
        prop_assert_eq!(both.closed.assigned.on_time, sum(&|r| r.closed.assigned.on_time));
        prop_assert_eq!(both.closed.requested.sent, sum(&|r| r.closed.requested.sent));
        prop_assert_eq!(both.ahead, sum(&|r| r.ahead));
        prop_assert_eq!(both.corrections, sum(&|r| r.corrections));
    }
}

#[test]
fn a_body_that_went_to_two_is_divided_and_one_that_merged_is_not() {
    let (split, merged, a, b) = (UnitId(1), UnitId(2), UnitId(3), UnitId(4));
    let passage = |from, to| Passage { from, to, on: day(1) };
    let passages =
        [passage(split, a), passage(split, b), passage(merged, a), passage(merged, a), passage(a, a)];
    assert_eq!(divided(&[split, merged, a], &passages).into_iter().collect::<Vec<_>>(), [split]);
}

#[test]
fn a_lens_is_read_back_from_its_code_and_nothing_else_is_one() {
    for lens in Lens::ALL {
        assert_eq!(Lens::from_code(lens.code()), Some(lens));
    }
    assert_eq!(Lens::from_code("x"), None);
}
