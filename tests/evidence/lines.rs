//! Lines of the ledger against the rule said in other words: a post is one line of a body, and claimed twice when another body has
//! it or the same one for periods without a common day.

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::calendar::Window;
use tonghop::db::ids::{PeriodId, ReportId, UnitId};
use tonghop::evidence::Platform;
use tonghop::evidence::ledger::{Claim, Filter, Line, Place, Shown, each_once, lines, totals, twice};

fn day(at: u32) -> NaiveDate {
    NaiveDate::from_yo_opt(2025, at).expect("a day")
}

/// Period `n` takes thirty days from day 1 + 30 n; period 9 the whole year.
fn period(n: i64) -> Place {
    let (from, to) = if n == 9 { (1, 365) } else { (1 + 30 * n as u32, 30 + 30 * n as u32) };
    Place::Report { period: PeriodId(n), label: format!("Kỳ {n}"), window: Window::new(day(from), day(to)) }
}

fn shown(body: i64, key: &str, place: &Place) -> Shown {
    let report = match place {
        Place::Report { period, .. } => Some(ReportId(period.0 * 100 + body)),
        Place::Entry(_) | Place::Unsent => None,
    };
    Shown {
        body: UnitId(body),
        key: key.to_owned(),
        url: if key.is_empty() { String::new() } else { format!("https://{key}") },
        title: format!("Bài {key}"),
        platform: String::new(),
        reach: Some(5),
        day: Some(day(3)),
        place: place.clone(),
        noted: None,
        report,
    }
}

fn all(of: &[(i64, &str, Place)]) -> Vec<Line> {
    let claims: Vec<Claim> = of
        .iter()
        .filter(|(_, key, _)| !key.is_empty())
        .map(|(body, key, place)| Claim { key: (*key).to_owned(), body: UnitId(*body), place: place.clone() })
        .collect();
    lines(of.iter().map(|(body, key, place)| shown(*body, key, place)).collect(), &claims)
}

#[test]
fn a_post_is_one_line_however_often_it_is_shown() {
    let found =
        all(&[(1, "bao.vn/a", Place::Entry(day(3))), (1, "bao.vn/a", period(0)), (1, "bao.vn/b", period(0))]);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|line| line.twice.is_empty()), "an entry within the period it is reported for");
    let nothing = all(&[(1, "", Place::Entry(day(3))), (1, "", Place::Entry(day(3)))]);
    assert_eq!(nothing.len(), 2, "work without a post is each its own");
}

#[test]
fn twice_is_another_body_or_a_period_apart() {
    let two = all(&[(1, "bao.vn/a", period(0)), (2, "bao.vn/a", Place::Entry(day(3)))]);
    assert_eq!(two.iter().map(|line| line.twice.len()).collect::<Vec<_>>(), [1, 1], "both are told");
    let apart = all(&[(1, "bao.vn/a", period(0)), (1, "bao.vn/a", period(1))]);
    assert_eq!(apart[0].twice.len(), 2);
    let within = all(&[(1, "bao.vn/a", period(0)), (1, "bao.vn/a", period(9))]);
    assert!(within[0].twice.is_empty(), "a year holds its parts");
    let outside = all(&[(1, "bao.vn/a", Place::Entry(day(200))), (1, "bao.vn/a", period(0))]);
    assert!(!outside[0].twice.is_empty(), "noted in July, reported for January");
}

#[test]
fn what_is_not_sent_stands_against_others_only() {
    let claim = |body, place| Claim { key: "bao.vn/a".into(), body: UnitId(body), place };
    let claims = [claim(1, Place::Entry(day(3))), claim(1, Place::Unsent), claim(2, Place::Unsent)];
    let found = lines(vec![shown(1, "bao.vn/a", &Place::Entry(day(3)))], &claims);
    assert_eq!(found[0].twice, [claim(2, Place::Unsent)]);
    assert_eq!(
        found[0].twice[0].place.words(),
        "báo cáo một đơn vị khác đang soạn",
        "neither whose nor for what period"
    );
}

#[test]
fn a_report_tells_the_platform_where_neither_entry_nor_address_does() {
    let post = |key: &str, platform: &str| Shown { platform: platform.into(), ..shown(1, key, &period(0)) };
    let platform = |of: Vec<Shown>| lines(of, &[])[0].platform;
    assert_eq!(platform(vec![post("youtu.be/b", "Facebook")]), Platform::YouTube);
    assert_eq!(platform(vec![post("khac.example/b", "Facebook")]), Platform::Fanpage);
    assert_eq!(platform(vec![post("khac.example/b", "")]), Platform::Other);
}

/// The rule as it reads: every claim against every other, each told once, in the order they come.
fn naive(body: UnitId, claims: &[Claim]) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    for claim in claims {
        let mut stands = claim.body != body;
        for mine in claims {
            stands |= mine.body == body && mine.place.is_apart(&claim.place);
        }
        if stands && !found.contains(claim) {
            found.push(claim.clone());
        }
    }
    found
}

/// A place of any kind: a day of the log, a period, one without a window, what is not sent.
fn place() -> impl Strategy<Value = Place> {
    let undated =
        |n: i64| Place::Report { period: PeriodId(20 + n), label: format!("Đợt {n}"), window: None };
    prop_oneof![
        (1u32..120).prop_map(|at| Place::Entry(day(at))),
        prop_oneof![0i64..4, Just(9)].prop_map(period),
        (0i64..2).prop_map(undated),
        Just(Place::Unsent),
    ]
}

proptest! {
    /// Of the claims of one post, some of them given more than once.
    #[test]
    fn claims_against_a_body_are_those_of_the_rule(
        of in prop::collection::vec((1i64..4, place()), 0..14), again in prop::collection::vec(0usize..14, 0..6),
    ) {
        let claim = |(body, place): &(i64, Place)| {
            Claim { key: "bao.vn/a".into(), body: UnitId(*body), place: place.clone() }
        };
        let mut claims: Vec<Claim> = of.iter().map(claim).collect();
        claims.extend(again.into_iter().filter_map(|at| of.get(at)).map(claim));
        for body in (1..5).map(UnitId) {
            let rule = naive(body, &claims);
            prop_assert_eq!(&twice(body, &each_once(&claims)), &rule);
            let of_body = lines(vec![shown(body.0, "bao.vn/a", &Place::Entry(day(3)))], &claims);
            prop_assert_eq!(&of_body[0].twice, &rule);
        }
    }

    /// Against every pair by itself: whoever is told is told by the other too.
    #[test]
    fn being_told_is_mutual(of in prop::collection::vec((1i64..4, 0usize..3, 0i64..4), 0..12)) {
        let keys = ["bao.vn/a", "bao.vn/b", ""];
        let of: Vec<(i64, &str, Place)> = of
            .into_iter()
            .map(|(body, key, place)| (body, keys[key], if place == 3 { period(9) } else { period(place) }))
            .collect();
        let found = all(&of);
        for line in &found {
            let others = of.iter().any(|(body, key, _)| !key.is_empty() && *key == line.key && UnitId(*body) != line.body);
            let own: Vec<&Place> =
                of.iter().filter(|(body, key, _)| *key == line.key && UnitId(*body) == line.body).map(|one| &one.2).collect();
            let apart = !line.key.is_empty() && own.iter().any(|one| own.iter().any(|two| one.is_apart(two)));
            prop_assert_eq!(!line.twice.is_empty(), others || apart);
            for claim in line.twice.iter().filter(|claim| claim.body != line.body) {
                let theirs = found.iter().find(|other| other.body == claim.body && other.key == line.key);
                prop_assert!(theirs.is_some_and(|other| other.twice.iter().any(|back| back.body == line.body)));
            }
        }
        let posts: std::collections::BTreeSet<(i64, &str)> =
            of.iter().filter(|(_, key, _)| !key.is_empty()).map(|(body, key, _)| (*body, *key)).collect();
        prop_assert_eq!(totals(&found).iter().map(|(_, count, _)| count).sum::<usize>(), posts.len());
    }
}

#[test]
fn filters_find_what_they_say() {
    let found = all(&[(1, "bao.vn/a", period(0)), (2, "youtu.be/b", period(0)), (2, "bao.vn/a", period(0))]);
    let count = |filter: &Filter| found.iter().filter(|line| line.passes(filter)).count();
    assert_eq!(count(&Filter::default()), 3);
    assert_eq!(count(&Filter { platform: Some(Platform::YouTube), ..Filter::default() }), 1);
    assert_eq!(count(&Filter { twice: true, ..Filter::default() }), 2);
    assert_eq!(count(&Filter { body: Some(UnitId(2)), ..Filter::default() }), 2);
    assert_eq!(count(&Filter { text: "BAI bao".into(), ..Filter::default() }), 2);
    assert_eq!(count(&Filter { text: "không có".into(), ..Filter::default() }), 0);
}
