//! The league table against a naive one: counted obligation by obligation, ordered by comparing every unit with every other.

use std::collections::HashMap;

use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use tonghop::dashboard::league::{Body, Filing, Kept, Span, Trend, league};
use tonghop::db::ids::UnitId;
use tonghop::periods::Standing;
use tonghop::periods::tally::Entry;
use tonghop::plans::Mode;
use tonghop::reports::ReportState;

use crate::support::app::TestApp;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day")
}

/// A day so many days before today; negative for one to come.
fn ago(days: i64) -> NaiveDate {
    today() - chrono::TimeDelta::days(days)
}

fn filing(unit: i64, span: Span, mode: Mode, due: Option<i64>, sent: Option<i64>) -> Filing {
    let state = if sent.is_some() { ReportState::Received } else { ReportState::NotBegun };
    let entry = Entry {
        standing: Standing::Owed,
        state,
        mode,
        first_sent_on: sent.map(ago),
        deadline: due.map(ago),
        hour: None,
        amend_due: None,
    };
    Filing { unit: UnitId(unit), span, entry }
}

fn bodies(units: impl IntoIterator<Item = i64>) -> HashMap<UnitId, Body> {
    units
        .into_iter()
        .map(|n| {
            (UnitId(n), Body { courteous: n == 9, order: (0, i32::try_from(n).unwrap_or(0), UnitId(n)) })
        })
        .collect()
}

#[test]
fn where_all_fail_alike_nobody_is_first() {
    let (now, give) = (Span::Now, Mode::Assign);
    let all = [filing(1, now, give, Some(2), None), filing(2, now, give, Some(2), None)];
    assert!(league(all, &bodies(1..3), today()).is_level());
    let good = [filing(1, now, give, Some(2), Some(2)), filing(2, now, give, Some(2), Some(2))];
    assert!(!league(good, &bodies(1..3), today()).is_level(), "all in time are all first");
    let mixed = [filing(1, now, give, Some(2), Some(2)), filing(2, now, give, Some(2), None)];
    assert!(!league(mixed, &bodies(1..3), today()).is_level());
}

#[test]
fn a_year_by_hand() {
    let (now, before, give, ask) = (Span::Now, Span::Before, Mode::Assign, Mode::Request);
    let filings = [
        // 1: both in time, half of them the year before.
        filing(1, now, give, Some(150), Some(150)),
        filing(1, now, give, Some(2), Some(3)),
        filing(1, before, give, Some(500), Some(501)),
        filing(1, before, give, Some(700), Some(690)),
        // 2: one late, one in time; everything in time before.
        filing(2, now, give, Some(150), Some(140)),
        filing(2, now, give, Some(2), Some(2)),
        filing(2, before, give, Some(500), Some(500)),
        // 3: one missing, one in time: as often in time as 2, sent less.
        filing(3, now, give, Some(150), None),
        filing(3, now, give, Some(2), Some(2)),
        // 4: as 1, but an extension has moved its second day into the days to come.
        filing(4, now, give, Some(150), Some(151)),
        filing(4, now, give, Some(-3), None),
        // 5: received out of a table of before the system: sent, nobody knows when.
        Filing {
            entry: Entry { state: ReportState::Received, ..filing(5, now, give, Some(150), None).entry },
            ..filing(5, now, give, Some(150), None)
        },
        // 6 is asked, 9 a front organisation: neither has a place, whatever the document calls it.
        filing(6, now, ask, Some(150), Some(100)),
        filing(9, now, give, Some(150), None),
        // 7 is no more.
        filing(7, now, give, Some(150), Some(150)),
        // 8 owed only the year before.
        filing(8, before, give, Some(500), Some(500)),
    ];
    let league = league(filings, &bodies([1, 2, 3, 4, 5, 6, 8, 9]), today());
    let ranked: Vec<(i64, Option<u32>, Option<u32>, Trend)> =
        league.ranked.iter().map(|r| (r.unit.0, r.place, r.now.on_time_percent(), r.trend())).collect();
    assert_eq!(
        ranked,
        [
            (1, Some(1), Some(100), Trend::Up(50)),
            (4, Some(1), Some(100), Trend::Unknown),
            (2, Some(3), Some(50), Trend::Down(50)),
            (3, Some(4), Some(50), Trend::Unknown),
            (5, None, None, Trend::Unknown),
        ]
    );
    let asked: Vec<i64> = league.asked.iter().map(|r| r.unit.0).collect();
    assert_eq!(asked, [6, 9]);
    assert_eq!(league.asked[0].now, Kept { owed: 1, sent: 1, on_time: 0, late: 1, not_sent: 0 });
    assert!(league.asked.iter().all(|r| r.place.is_none()));
    assert_eq!(league.gone, 1);
    let last: Vec<i64> = league.behind().iter().map(|r| r.unit.0).collect();
    assert_eq!(last, [3, 2], "the worst first; who was never late is not among them");
}

#[test]
fn of_those_who_sent_nothing_whoever_owes_more_stands_lower() {
    let missing = |unit: i64, n: i64| {
        (0..n).map(move |of| filing(unit, Span::Now, Mode::Assign, Some(10 + of), None)).collect::<Vec<_>>()
    };
    let all: Vec<Filing> = [missing(1, 3), missing(2, 1), missing(3, 2), missing(4, 1)].concat();
    let league = league(all, &bodies(1..5), today());
    let ranked: Vec<(i64, Option<u32>)> = league.ranked.iter().map(|r| (r.unit.0, r.place)).collect();
    assert_eq!(ranked, [(2, Some(1)), (4, Some(1)), (3, Some(3)), (1, Some(4))]);
    let behind: Vec<i64> = league.behind().iter().map(|r| r.unit.0).collect();
    assert_eq!(behind, [1, 3, 2, 4], "the worst first");
}

#[test]
fn two_years_without_gap_or_overlap() {
    let on = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    assert_eq!(Span::of(today(), today()), None, "the day itself has not passed");
    assert_eq!(Span::of(on(2026, 11, 15), today()), Some(Span::Now));
    assert_eq!(Span::of(on(2025, 11, 16), today()), Some(Span::Now));
    assert_eq!(Span::of(on(2025, 11, 15), today()), Some(Span::Before));
    assert_eq!(Span::of(on(2024, 11, 16), today()), Some(Span::Before));
    assert_eq!(Span::of(on(2024, 11, 15), today()), None);
}

prop_compose! {
    fn any_filing()(
        unit in 1..8i64,
        now in any::<bool>(),
        asked in prop::bool::weighted(0.2),
        due in prop::option::weighted(0.9, -5..400i64),
        sent in prop::option::weighted(0.8, 0..400i64),
        standing in prop::sample::select(vec![Standing::Owed, Standing::Owed, Standing::Nil, Standing::Exempt, Standing::Ended]),
        legacy in prop::bool::weighted(0.1),
    ) -> Filing {
        let span = if now { Span::Now } else { Span::Before };
        let mut made = filing(unit, span, if asked { Mode::Request } else { Mode::Assign }, due, sent);
        made.entry.standing = standing;
        if legacy {
            made.entry.first_sent_on = None;
            made.entry.state = ReportState::Received;
        }
        made
    }
}

/// One obligation: (owed, sent, in time, late, missing).
fn counted(filing: &Filing) -> [u32; 5] {
    let Entry { standing, state, first_sent_on, deadline, .. } = filing.entry;
    let Some(last) = deadline.filter(|last| *last < today()) else { return [0; 5] };
    if matches!(standing, Standing::Exempt | Standing::Ended) {
        return [0; 5];
    }
    if standing == Standing::Owed && state == ReportState::NotBegun {
        return [1, 0, 0, 0, 1];
    }
    match first_sent_on {
        Some(day) if day <= last => [1, 1, 1, 0, 0],
        Some(_) => [1, 1, 0, 1, 0],
        None => [1, 1, 0, 0, 0],
    }
}

fn sums(filings: &[Filing], unit: i64, asked: bool, span: Span) -> [u32; 5] {
    let mut sum = [0; 5];
    for one in filings.iter().filter(|f| f.unit.0 == unit && f.span == span) {
        if (one.entry.mode == Mode::Request) == asked {
            counted(one).iter().enumerate().for_each(|(at, n)| sum[at] += n);
        }
    }
    sum
}

fn parts(kept: Kept) -> [u32; 5] {
    [kept.owed, kept.sent, kept.on_time, kept.late, kept.not_sent]
}

/// Whether the first stands before the second: in time, then sent, cross-multiplied; then fewer missing.
fn better(one: Kept, other: Kept) -> bool {
    let cross =
        |a: u32, b: u32, c: u32, d: u32| (u64::from(a) * u64::from(d)).cmp(&(u64::from(c) * u64::from(b)));
    cross(one.on_time, one.timed(), other.on_time, other.timed())
        .then(cross(one.sent, one.owed, other.sent, other.owed))
        .then(other.not_sent.cmp(&one.not_sent))
        .is_gt()
}

proptest! {
    #[test]
    fn it_is_the_naive_table(filings in prop::collection::vec(any_filing(), 0..60), today_s_day in 0..800u64) {
        let table = league(filings.clone(), &bodies(1..7), today());
        for (rows, asked) in [(&table.ranked, false), (&table.asked, true)] {
            for row in rows {
                prop_assert_eq!(parts(row.now), sums(&filings, row.unit.0, asked, Span::Now));
                prop_assert_eq!(parts(row.before), sums(&filings, row.unit.0, asked, Span::Before));
                for kept in [row.now, row.before] {
                    prop_assert_eq!(kept.owed, kept.sent + kept.not_sent);
                    prop_assert!(kept.on_time + kept.late <= kept.sent);
                    prop_assert!(kept.on_time_percent().is_none_or(|n| n <= 100));
                    prop_assert!(kept.sent_percent().is_none_or(|n| n <= 100));
                }
            }
            let there: Vec<i64> = (1..7).filter(|unit| sums(&filings, *unit, asked, Span::Now)[0] > 0).collect();
            let mut shown: Vec<i64> = rows.iter().map(|row| row.unit.0).collect();
            if asked {
                prop_assert_eq!(&shown, &there, "in protocol order");
            }
            shown.sort_unstable();
            prop_assert_eq!(shown, there);
        }
        let placed: Vec<_> = table.ranked.iter().filter(|row| row.now.timed() > 0).collect();
        for row in &placed {
            let ahead = placed.iter().filter(|other| better(other.now, row.now)).count();
            prop_assert_eq!(row.place.map(|place| place as usize), Some(ahead + 1));
        }
        prop_assert!(placed.windows(2).all(|pair| pair[0].place <= pair[1].place));
        prop_assert!(table.ranked[placed.len()..].iter().all(|row| row.place.is_none()));
        let gone = [false, true].iter().any(|asked| sums(&filings, 7, *asked, Span::Now)[0] > 0);
        prop_assert_eq!(table.gone, u32::from(gone));

        // Every day belongs to one of the two years, or to none.
        let last = today() - Days::new(today_s_day);
        let year = |n| today() - Months::new(n);
        let naive = match last {
            day if day >= today() => None,
            day if day >= year(12) => Some(Span::Now),
            day if day >= year(24) => Some(Span::Before),
            _ => None,
        };
        prop_assert_eq!(Span::of(last, today()), naive);
    }
}

#[test]
fn a_leader_reads_the_order_and_nobody_asked_is_late() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let leader = app.client("lanhdao.ubnd.bacgiang");
    let page = leader.get("/overview/units").ok();
    let (ranked, rest) = page.split_once("id=\"asked\"").expect("both tables");
    let (asked, _) = rest.split_once("</table>").expect("its end");
    assert!(ranked.contains("id=\"league\"") && ranked.contains("huyện Hiệp Hòa"), "{ranked}");
    assert!(asked.contains("Mặt trận Tổ quốc") && !ranked.contains("Mặt trận Tổ quốc"), "{asked}");
    let plain = asked.to_lowercase();
    assert!(!plain.contains("quá hạn") && !plain.contains("trễ hạn") && !plain.contains("muộn"), "{asked}");
    // The screen itself leads there, with the last places.
    let screen = leader.get("/overview").ok();
    assert!(screen.contains("href=\"/overview/units\"") && screen.contains("id=\"league\""), "{screen}");
    assert!(!screen.contains("Long An"), "another province is not shown");
    assert_eq!(app.client("canbo.khcn.bacgiang").get("/overview/units").status, 403);
}
