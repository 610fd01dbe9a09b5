//! Counting against a naive oracle that looks at one obligation at a time, in any order.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tonghop::periods::Standing;
use tonghop::periods::bar::{Bar, breakdown};
use tonghop::periods::tally::{Count, Entry, Tally};
use tonghop::plans::Mode;
use tonghop::reports::ReportState;

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 1).expect("a day") + Days::new(offset)
}

const TODAY: u64 = 15;

/// Only what the state machine can reach: what was sent has a day, what was never sent has none.
fn entry() -> impl Strategy<Value = Entry> {
    let standing = prop::sample::select(vec![
        Standing::Owed,
        Standing::Owed,
        Standing::Owed,
        Standing::Nil,
        Standing::Exempt,
        Standing::Ended,
    ]);
    let state = prop::sample::select(ReportState::ALL.to_vec());
    let mode = prop::sample::select(Mode::ALL.to_vec());
    let some_day = || prop::option::of(0..30u64);
    (standing, state, mode, 0..30u64, any::<bool>(), some_day(), some_day()).prop_map(
        |(standing, state, mode, sent, correcting, deadline, amend)| {
            let never = matches!(state, ReportState::NotBegun | ReportState::Draft)
                || (state == ReportState::WithLeader && !correcting);
            let unsent = standing != Standing::Nil && never;
            let state = if standing == Standing::Nil { ReportState::NotBegun } else { state };
            let first_sent_on = (!unsent).then(|| day(sent));
            Entry {
                standing,
                state,
                mode,
                first_sent_on,
                deadline: deadline.map(day),
                hour: None,
                amend_due: amend.map(day),
            }
        },
    )
}

/// Sorts one obligation into words; the counts are then lengths of filtered lists.
fn words(e: &Entry) -> Vec<&'static str> {
    if e.standing == Standing::Exempt {
        return vec!["exempt"];
    }
    if e.standing == Standing::Ended {
        return vec!["ended"];
    }
    let mut words = vec!["owed", if e.mode == Mode::Request { "requested" } else { "assigned" }];
    if e.deadline.is_some() {
        words.push("dated");
    }
    match (e.standing, e.first_sent_on) {
        (Standing::Nil, _) => words.extend(["sent", "nil"]),
        (_, Some(_)) if e.state == ReportState::Received => words.extend(["sent", "received"]),
        (_, Some(_)) if e.state == ReportState::Sent => words.extend(["sent", "waiting"]),
        (_, Some(_)) => {
            words.extend(["sent", "amend"]);
            let passed = e.amend_due.is_some_and(|due| due < day(TODAY));
            if passed && e.mode == Mode::Assign {
                words.push("amend_overdue");
            }
        }
        (_, None) => words.push("not_sent"),
    }
    if let (Some(sent), Some(due)) = (e.first_sent_on, e.deadline) {
        words.push(if sent > due { "late" } else { "on_time" });
    }
    if e.first_sent_on.is_none() && e.mode == Mode::Assign && e.deadline.is_some_and(|due| due < day(TODAY)) {
        words.push("overdue");
    }
    words
}

fn counted(entries: &[Entry], group: &str, word: &str) -> u32 {
    let n = entries.iter().map(words).filter(|w| w.contains(&group) && w.contains(&word)).count();
    u32::try_from(n).expect("few entries")
}

fn expected(entries: &[Entry], group: &str) -> Count {
    let n = |word| counted(entries, group, word);
    Count {
        owed: n("owed"),
        sent: n("sent"),
        received: n("received"),
        waiting: n("waiting"),
        amend: n("amend"),
        amend_overdue: n("amend_overdue"),
        nil: n("nil"),
        not_sent: n("not_sent"),
        overdue: n("overdue"),
        on_time: n("on_time"),
        late: n("late"),
        dated: n("dated"),
    }
}

proptest! {
    #[test]
    fn the_tally_is_what_one_counts_by_hand(entries in prop::collection::vec(entry(), 0..60)) {
        let tally = Tally::of(entries.iter().copied(), day(TODAY));
        prop_assert_eq!(tally.assigned, expected(&entries, "assigned"));
        prop_assert_eq!(tally.requested, expected(&entries, "requested"));
        prop_assert_eq!(tally.exempt, counted(&entries, "exempt", "exempt"));
        prop_assert_eq!(tally.ended, counted(&entries, "ended", "ended"));
    }

    #[test]
    fn every_part_adds_up_and_no_rate_passes_100(entries in prop::collection::vec(entry(), 0..60)) {
        let tally = Tally::of(entries.iter().copied(), day(TODAY));
        let mut all = tally.exempt + tally.ended;
        for count in [tally.assigned, tally.requested] {
            all += count.owed;
            prop_assert_eq!(count.owed, count.sent + count.not_sent);
            prop_assert_eq!(count.sent, count.received + count.waiting + count.amend + count.nil);
            prop_assert!(count.overdue <= count.not_sent);
            prop_assert!(count.on_time + count.late <= count.dated.min(count.sent));
            prop_assert!(count.sent_percent().is_none_or(|p| p <= 100));
            prop_assert!(count.on_time_percent().is_none_or(|p| p <= 100));
            prop_assert_eq!(count.sent_percent() == Some(100), count.owed > 0 && count.not_sent == 0);
        }
        prop_assert_eq!(all as usize, entries.len());
        prop_assert_eq!(tally.requested.overdue, 0);
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (entries, shuffled) in prop::collection::vec(entry(), 0..40)
            .prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle()))
    ) {
        prop_assert_eq!(Tally::of(entries, day(TODAY)), Tally::of(shuffled, day(TODAY)));
    }

    #[test]
    fn the_bar_has_no_gap_and_fills_the_whole(entries in prop::collection::vec(entry(), 0..60)) {
        let count = Tally::of(entries, day(TODAY)).assigned;
        let bar = Bar::of(&count);
        let mut end = 0;
        for part in &bar.parts {
            prop_assert_eq!(part.x, end);
            end += part.width;
        }
        prop_assert_eq!(end, if count.owed > 0 { Bar::WHOLE } else { 0 });
        let spoken: u32 = bar.words.split(" · ").filter_map(|w| w.split(' ').next()?.parse::<u32>().ok()).sum();
        prop_assert_eq!(spoken, count.owed);
    }
}

#[test]
fn a_report_being_corrected_stays_sent_while_it_is_with_the_leader() {
    let entry = Entry {
        standing: Standing::Owed,
        state: ReportState::WithLeader,
        mode: Mode::Assign,
        first_sent_on: Some(day(1)),
        deadline: Some(day(3)),
        hour: None,
        amend_due: None,
    };
    let count = Tally::of([entry], day(TODAY)).assigned;
    assert_eq!((count.sent, count.amend, count.overdue, count.on_time), (1, 1, 0, 1));
}

#[test]
fn the_last_day_is_not_overdue_and_the_next_day_is() {
    let entry = Entry {
        standing: Standing::Owed,
        state: ReportState::Draft,
        mode: Mode::Assign,
        first_sent_on: None,
        deadline: Some(day(10)),
        hour: None,
        amend_due: None,
    };
    let overdue = |today| Tally::of([entry], day(today)).assigned.overdue;
    assert_eq!((overdue(9), overdue(10), overdue(11)), (0, 0, 1));
}

#[test]
fn a_rate_is_rounded_down_and_nobody_owing_has_none() {
    let count = Count { owed: 300, sent: 299, dated: 0, ..Count::default() };
    assert_eq!(count.sent_percent(), Some(99));
    assert_eq!(count.on_time_percent(), None);
    assert_eq!(Count::default().sent_percent(), None);
}

#[test]
fn the_breakdown_names_only_what_there_is() {
    let count =
        Count { owed: 9, sent: 4, received: 3, amend: 1, not_sent: 5, overdue: 2, ..Count::default() };
    assert_eq!(breakdown(&count), "3 đã tiếp nhận · 1 đề nghị chỉnh lý · 5 chưa gửi (2 quá hạn)");
}
