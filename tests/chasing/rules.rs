//! The order of the call list and what a promise means, against rules written a second time and a table made by hand.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use tonghop::calendar::Holidays;
use tonghop::chasing::form::ContactInput;
use tonghop::chasing::telephone::dialled;
use tonghop::chasing::{Promise, Urgency, lines, promise};
use tonghop::db::ids::{FormId, ObligationId, PeriodId, ReportId, UnitId};
use tonghop::error::Error;
use tonghop::periods::{Duty, Obligation, ReportHead};

/// Day 100 of the made-up world is today.
fn at(offset: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + chrono::TimeDelta::days(offset)
}
const TODAY: i64 = 100;

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(3, 0, 0).expect("an hour")
}

#[derive(Debug, Clone)]
struct Made {
    standing: &'static str,
    state: &'static str,
    request: bool,
    due: Option<i64>,
    extended: Option<i64>,
    amend: Option<i64>,
    promised: Option<i64>,
}

fn duty(number: i64, made: &Made) -> Duty {
    let sent = matches!(made.state, "sent" | "received" | "amend");
    Duty {
        obligation: Obligation {
            id: ObligationId(number),
            period_id: PeriodId(1),
            unit_id: UnitId(number),
            part: "own".into(),
            collector_id: UnitId(0),
            form_id: FormId(1),
            kind: "report".into(),
            mode: if made.request { "request" } else { "assign" }.into(),
            due_rule: if made.due.is_some() { "by" } else { "undated" }.into(),
            stated_on: made.due.map(at),
            stated_time: None,
            standing: made.standing.into(),
            extended_to: made.extended.map(at),
            version: 1,
        },
        report: ReportHead {
            id: ReportId(number),
            state: made.state.into(),
            received_revision_id: None,
            last_revision: i32::from(sent),
            first_sent_at: sent.then(|| midnight(at(50))),
            first_due_on: made.due.map(at).filter(|_| sent),
            first_due_time: None,
            amend_due_on: made.amend.map(at).filter(|_| made.state == "amend"),
            version: 1,
        },
        nil_at: (made.standing == "nil").then(|| midnight(at(40))),
    }
}

fn made() -> impl Strategy<Value = Made> {
    let standing = prop::sample::select(vec!["owed", "owed", "owed", "nil", "exempt", "ended"]);
    let state = prop::sample::select(vec!["not_begun", "draft", "with_leader", "sent", "received", "amend"]);
    let near = || prop::option::of(80..120i64);
    (standing, state, any::<bool>(), near(), near(), near(), near()).prop_map(
        |(standing, state, request, due, extended, amend, promised)| Made {
            standing,
            state,
            request,
            due,
            // An extension is of a day that was given, and later.
            extended: due.zip(extended).map(|(due, days)| due + days - 79),
            amend,
            promised,
        },
    )
}

/// The same rules in words of their own: rank, promise, days past.
fn oracle(made: &Made) -> Option<(u8, i64)> {
    let correcting = made.state == "amend";
    if made.standing != "owed" || matches!(made.state, "sent" | "received") {
        return None;
    }
    let last = if correcting { made.amend } else { made.extended.or(made.due) };
    let past = last.map_or(0, |last| (TODAY - last).max(0));
    let protected = !correcting && made.extended.is_some_and(|until| until >= TODAY);
    let rank = match made.promised {
        Some(day) if day >= TODAY => 3,
        Some(_) if !protected => 0,
        _ if past > 0 => 1,
        _ if last.is_some_and(|last| last - TODAY <= 7) => 2,
        _ => 4,
    };
    Some((rank, past))
}

fn rank(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::Broken => 0,
        Urgency::Past => 1,
        Urgency::Near => 2,
        Urgency::Promised => 3,
        Urgency::Later => 4,
    }
}

proptest! {
    #[test]
    fn the_list_is_who_owes_and_in_the_order_of_the_rules(all in prop::collection::vec(made(), 0..30)) {
        let numbered: Vec<(i64, Made)> = (1..).zip(all).collect();
        let duties: Vec<Duty> = numbered.iter().map(|(number, made)| duty(*number, made)).collect();
        let promises: HashMap<ObligationId, NaiveDate> = numbered
            .iter()
            .filter_map(|(number, made)| Some((ObligationId(*number), at(made.promised?))))
            .collect();
        let made: HashMap<i64, &Made> = numbered.iter().map(|(number, made)| (*number, made)).collect();
        let list = lines(&duties, &promises, false, &Holidays::default(), at(TODAY), Duty::is_request);
        let owing = numbered.iter().filter(|(_, made)| oracle(made).is_some()).count();
        prop_assert_eq!(list.len(), owing);
        for line in &list {
            let of = made[&line.duty.obligation.id.0];
            prop_assert_eq!(oracle(of), Some((rank(line.urgency), line.days)), "{:?}", of);
        }
        for pair in list.windows(2) {
            let (one, two) = (rank(pair[0].urgency), rank(pair[1].urgency));
            prop_assert!(one <= two);
            let promised = |line: &tonghop::chasing::Line<'_>| promises.get(&line.duty.obligation.id).copied();
            if one == two && matches!(one, 0 | 3) {
                prop_assert!(promised(&pair[0]) <= promised(&pair[1]), "the older promise first");
            }
            if one == two && one == 2 {
                let day = |line: &tonghop::chasing::Line<'_>| line.duty.pressing_day(false, &Holidays::default());
                prop_assert!(day(&pair[0]) <= day(&pair[1]), "the nearest day first, whoever is asked");
            }
            if one == two && one == 1 {
                prop_assert!(pair[0].days >= pair[1].days, "the longest past first");
            }
        }
    }
}

#[test]
fn a_promise_protects_until_its_day_is_over() {
    let open = Made {
        standing: "owed",
        state: "draft",
        request: false,
        due: Some(90),
        extended: None,
        amend: None,
        promised: None,
    };
    let on = |made: &Made, promised: i64| promise(&duty(1, made), Some(at(promised)), at(TODAY));
    assert_eq!(on(&open, TODAY + 1), Some(Promise::Runs(at(TODAY + 1))));
    assert_eq!(on(&open, TODAY), Some(Promise::Runs(at(TODAY))), "the promised day itself is still theirs");
    assert_eq!(on(&open, TODAY - 1), Some(Promise::Broken(at(TODAY - 1))), "the day after it is broken");
    let extended = Made { extended: Some(TODAY + 5), ..open.clone() };
    assert_eq!(on(&extended, TODAY - 1), None, "the collector gave a later day itself");
    let sent = Made { state: "sent", ..open.clone() };
    assert_eq!(on(&sent, TODAY - 1), None, "what was sent is no longer promised");
    let exempt = Made { standing: "exempt", ..open };
    assert_eq!(on(&exempt, TODAY - 1), None);
}

#[test]
fn a_number_is_dialled_without_its_blanks() {
    let dialled = dialled("0204 3851.234; +84 912 345 678");
    let wanted =
        [("02043851234".to_owned(), "0204 3851.234"), ("+84912345678".to_owned(), "+84 912 345 678")];
    assert_eq!(dialled, wanted);
}

#[test]
fn what_is_typed_about_a_contact_is_read_or_named() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 10).expect("a day");
    let good = ContactInput {
        on: "10/11/2026".into(),
        channel: "phone".into(),
        with: "bà Hoa".into(),
        outcome: "promised".into(),
        promised: "13/11/2026".into(),
        ..ContactInput::default()
    };
    let read = good.contact(today).expect("a contact");
    assert_eq!(read.outcome.promised(), NaiveDate::from_ymd_opt(2026, 11, 13));
    let wrong = |change: &dyn Fn(&mut ContactInput)| {
        let mut input = good.clone();
        change(&mut input);
        match input.contact(today) {
            Err(Error::Invalid(problems)) => problems.0.into_iter().map(|p| p.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wrong(&|i| i.on = "11/11/2026".into()), ["on"], "a day that has not come");
    assert_eq!(wrong(&|i| i.on = "01/02/2026".into()), ["on"], "too long ago");
    assert_eq!(wrong(&|i| i.promised = "09/11/2026".into()), ["promised"], "before it was said");
    assert_eq!(wrong(&|i| i.promised = String::new()), ["promised"]);
    assert_eq!(wrong(&|i| i.outcome = "reached".into()), ["promised"], "a day and no promise");
    assert_eq!(wrong(&|i| i.outcome = String::new()), ["outcome"]);
    assert_eq!(wrong(&|i| i.channel = "fax".into()), ["channel"]);
    assert_eq!(wrong(&|i| i.corrects = "7".into()), ["note"], "a correction says why");
    assert_eq!(wrong(&|i| i.with = "x".repeat(121)), ["with"]);
    let far = today.checked_add_days(Days::new(93)).expect("a day");
    let far = tonghop::vietnamese::short_date(far);
    assert_eq!(wrong(&|i| i.promised.clone_from(&far)), ["promised"]);
}
