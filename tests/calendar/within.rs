//! Times told in days from an event, against a walk of one day at a time and a table made with a paper calendar.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use tonghop::calendar::{DayKind, DueRule, DueTemplate, Holidays, Window, Within};

use super::{any_day, day};

/// Giỗ Tổ, 30/4 and 01/5 of 2026 with the swap of that week: Monday 27/4 compensates Sunday 26/4.
fn spring_2026() -> Holidays {
    [
        (day(2026, 4, 26), DayKind::Holiday),
        (day(2026, 4, 27), DayKind::Compensatory),
        (day(2026, 4, 30), DayKind::Holiday),
        (day(2026, 5, 1), DayKind::Holiday),
        (day(2026, 5, 9), DayKind::SwappedWork),
    ]
    .into_iter()
    .collect()
}

#[test]
fn a_table_of_the_spring_of_2026() {
    let holidays = spring_2026();
    let last = |from, days, working| Within { days, working, from }.last_day(&holidays);
    // Friday 24/4: the weekend, the holiday and its Monday are passed over.
    for (from, days, working, expected) in [
        (day(2026, 4, 24), 1, true, day(2026, 4, 28)),
        (day(2026, 4, 24), 2, true, day(2026, 4, 29)),
        (day(2026, 4, 24), 3, true, day(2026, 5, 4)),
        (day(2026, 4, 24), 8, true, day(2026, 5, 9)),
        (day(2026, 4, 24), 9, true, day(2026, 5, 11)),
        (day(2026, 4, 24), 3, false, day(2026, 4, 27)),
        (day(2026, 4, 24), 10, false, day(2026, 5, 4)),
        // From a rest day the first working day is the first.
        (day(2026, 4, 26), 1, true, day(2026, 4, 28)),
        (day(2026, 4, 24), 0, true, day(2026, 4, 24)),
    ] {
        assert_eq!(last(from, days, working), Some(expected), "{days} {working} from {from}");
    }
    assert_eq!(Within { days: 1, working: false, from: NaiveDate::MAX }.last_day(&holidays), None);
}

#[test]
fn the_words_go_with_the_document_and_replace_those_before() {
    let five = Within { days: 5, working: true, from: day(2026, 5, 12) };
    assert_eq!(five.text(), "trong 5 ngày làm việc kể từ ngày 12/5/2026");
    assert_eq!(five.beside(""), "Trong 5 ngày làm việc kể từ ngày 12/5/2026");
    let basis = five.beside("Công văn số 12/CV");
    assert_eq!(basis, "Công văn số 12/CV (trong 5 ngày làm việc kể từ ngày 12/5/2026)");
    let ten = Within { days: 10, working: false, from: day(2026, 6, 1) };
    assert_eq!(Within::told(&basis), Some((five, "Công văn số 12/CV")));
    assert_eq!(Within::told("Kế hoạch (trong năm 2026)"), None);
    assert_eq!(ten.beside(&basis), "Công văn số 12/CV (trong 10 ngày kể từ ngày 01/6/2026)");
    assert_eq!(ten.beside("Kế hoạch (bản sửa)"), "Kế hoạch (bản sửa) (trong 10 ngày kể từ ngày 01/6/2026)");
}

fn any_rows() -> impl Strategy<Value = Vec<(u64, DayKind)>> {
    prop::collection::vec((0u64..60, prop::sample::select(DayKind::ALL.to_vec())), 0..40)
}

proptest! {
    /// The oracle ticks off days on a calendar, one after another, until as many are ticked as were asked for.
    #[test]
    fn days_are_ticked_off_one_by_one(start in any_day(), rows in any_rows(), days in 1u16..40) {
        let by_day: HashMap<NaiveDate, DayKind> =
            rows.into_iter().map(|(offset, kind)| (start + Days::new(offset), kind)).collect();
        let holidays: Holidays = by_day.iter().map(|(day, kind)| (*day, *kind)).collect();
        let (mut at, mut ticked) = (start, 0);
        while ticked < days {
            at = at + Days::new(1);
            let open = match by_day.get(&at) {
                Some(kind) => *kind == DayKind::SwappedWork,
                None => at.weekday().number_from_monday() <= 5,
            };
            ticked += u16::from(open);
        }
        prop_assert_eq!(Within { days, working: true, from: start }.last_day(&holidays), Some(at));
        let calendar = Within { days, working: false, from: start }.last_day(&holidays);
        prop_assert_eq!(calendar, Some(start + Days::new(u64::from(days))));
        // A cycle of a regime counts in the same way, from the last day its figures cover.
        let window = Window { from: start - Days::new(30), to: start };
        let template = DueTemplate::WorkingDaysAfterWindow(days);
        prop_assert_eq!(template.for_window(&window, &holidays), Some(DueRule::By(at)));
    }
}
