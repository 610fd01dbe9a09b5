//! Levels: where consolidated reports go and by when. The dates are counted by hand.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;
use tonghop::calendar::{DueRule, Holidays, Window};
use tonghop::db::ids::UnitId;
use tonghop::periods::levels::{Given, Upward, before, chain, dated};

pub(super) fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, m, d).expect("a day")
}

fn up(unit: i64, collector: i64) -> Upward {
    Upward { unit_id: UnitId(unit), collector_id: UnitId(collector), mode: "assign".into() }
}

#[test]
fn a_chain_comes_upper_first_and_names_who_is_lost() {
    let own =
        [(UnitId(10), UnitId(2)), (UnitId(11), UnitId(3)), (UnitId(12), UnitId(1)), (UnitId(13), UnitId(4))];
    let (levels, lost) = chain(UnitId(1), &own, &[up(3, 2), up(2, 1), up(1, 9)]);
    let order: Vec<i64> = levels.iter().map(|(id, _)| id.0).collect();
    assert_eq!(order, [2, 3], "the body nearer the top is dated first; the way to the Ministry is no level");
    assert_eq!(lost, [UnitId(4)]);
    let (levels, lost) = chain(UnitId(1), &own[1..2], &[up(3, 2), up(2, 3)]);
    assert!(levels.is_empty());
    assert_eq!(lost, [UnitId(3)], "round in a circle leads nowhere");
}

#[test]
fn each_level_is_due_some_working_days_before_the_one_above() {
    let holidays = Holidays::default();
    // 17/6/2025 is a Tuesday; the 14th and 15th are a weekend.
    let levels = |given: &[(i64, NaiveDate)], leads: &[(i64, i32)]| {
        let own = [(UnitId(11), UnitId(3)), (UnitId(12), UnitId(2))];
        let (chain, _) = chain(UnitId(1), &own, &[up(3, 2), up(2, 1)]);
        let given: HashMap<UnitId, Given> =
            given.iter().map(|(id, day)| (UnitId(*id), Given { day: Some(*day), hour: None })).collect();
        let leads: HashMap<UnitId, i32> = leads.iter().map(|(id, n)| (UnitId(*id), *n)).collect();
        dated(chain, DueRule::By(day(6, 17)), &given, &leads, &holidays)
    };
    let last = |levels: &[tonghop::periods::levels::Level]| {
        levels.iter().map(|level| level.due.last_day()).collect::<Vec<_>>()
    };
    assert_eq!(last(&levels(&[], &[])), [Some(day(6, 16)), Some(day(6, 13))]);
    assert_eq!(last(&levels(&[], &[(2, 3), (3, 0)])), [Some(day(6, 12)), Some(day(6, 12))]);
    let typed = levels(&[(2, day(6, 18))], &[]);
    assert!(
        typed[0].problem("A").is_some_and(|words| words.contains("18/6/2025") && words.contains("17/6/2025"))
    );
    assert_eq!(typed[1].problem("B"), None);
    let same = levels(&[(2, day(6, 17))], &[]);
    assert!(same[0].problem("A").is_none());
    assert!(
        same[0]
            .warning("A", None, false, &holidays)
            .is_some_and(|words| words.contains("không còn ngày nào"))
    );
    // NĐ 09/2019 Điều 8.5.b: the first working day after a Saturday cut-off is Monday the 16th.
    let window = Window::new(NaiveDate::from_ymd_opt(2024, 12, 15).expect("a day"), day(6, 14));
    let early = levels(&[], &[]);
    assert_eq!(early[0].warning("A", window, false, &holidays), None);
    assert!(early[1].warning("B", window, false, &holidays).is_some_and(|words| words.contains("16/6/2025")));
    let undated = dated(
        chain(UnitId(1), &[(UnitId(12), UnitId(2))], &[up(2, 1)]).0,
        DueRule::Undated,
        &HashMap::new(),
        &HashMap::new(),
        &holidays,
    );
    assert_eq!(undated[0].due, DueRule::Undated);
}

#[test]
fn an_hour_is_typed_or_is_the_upper_levels_own_on_its_day() {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
    let due = |top: DueRule, typed: Given, lead: i32| {
        let chain = chain(UnitId(1), &[(UnitId(12), UnitId(2))], &[up(2, 1)]).0;
        let given = HashMap::from([(UnitId(2), typed)]);
        dated(chain, top, &given, &HashMap::from([(UnitId(2), lead)]), &Holidays::default()).remove(0)
    };
    let at_four = DueRule::BeforeHour(day(6, 17), hour(16));
    let typed = |day: Option<NaiveDate>, hour: Option<NaiveTime>| Given { day, hour };
    // (top, typed, lead) and what the level is told, by hand; 17/6/2025 is a Tuesday.
    for (top, given, lead, expected) in [
        (at_four, typed(None, None), 1, DueRule::By(day(6, 16))),
        (at_four, typed(None, None), 0, at_four),
        (at_four, typed(None, Some(hour(10))), 1, DueRule::BeforeHour(day(6, 16), hour(10))),
        (at_four, typed(Some(day(6, 17)), None), 1, at_four),
        (at_four, typed(Some(day(6, 12)), Some(hour(9))), 1, DueRule::BeforeHour(day(6, 12), hour(9))),
        (DueRule::Undated, typed(None, Some(hour(9))), 1, DueRule::Undated),
    ] {
        assert_eq!(due(top, given, lead).due, expected, "{top:?} {given:?} {lead}");
    }
    let late = due(at_four, typed(Some(day(6, 17)), Some(hour(17))), 1).problem("A").expect("too late");
    assert!(late.contains("17 giờ 00 ngày 17/6/2025") && late.contains("16 giờ 00 ngày 17/6/2025"), "{late}");
    assert_eq!(due(at_four, typed(Some(day(6, 17)), Some(hour(15))), 1).problem("A"), None);
    assert_eq!(due(DueRule::By(day(6, 17)), typed(Some(day(6, 17)), Some(hour(23))), 1).problem("A"), None);
}

proptest! {
    #[test]
    fn so_many_working_days_before_by_counting(offset in 0i64..400, lead in 0i32..15) {
        let holidays = Holidays::default();
        let last = day(1, 1) + chrono::Days::new(offset.unsigned_abs());
        let found = before(last, lead, &holidays);
        // Between the two, the last day left out, stand exactly `lead` working days.
        let between = found.iter_days().take_while(|d| *d < last).filter(|d| holidays.is_working_day(*d)).count();
        prop_assert_eq!(between, lead.unsigned_abs() as usize);
        prop_assert!(lead == 0 || holidays.is_working_day(found));
    }
}
