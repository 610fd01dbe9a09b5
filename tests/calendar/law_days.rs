//! What is off while nobody has entered a year's notice: against a hand-made table of what the law fixes.

use tonghop::calendar::{DayKind, in_force};

use super::day;

#[test]
fn what_the_law_fixes_is_off_before_anybody_enters_it() {
    let days = in_force([]);
    // 2027: Tết on 06/02 (a Saturday), Giỗ Tổ on 16/4.
    for (month, of) in [(1, 1), (4, 16), (4, 30), (9, 2), (11, 24)] {
        assert!(!days.is_working_day(day(2027, month, of)), "{of}/{month}");
    }
    // Which neighbour of 02/9 is off is decided each year.
    assert!(days.is_working_day(day(2027, 9, 1)) && days.is_working_day(day(2027, 9, 3)));
    // Five working days from 28/12/2026 end after New Year's day, which is no working day.
    assert_eq!(days.worked_days_after(day(2026, 12, 28), 5), day(2027, 1, 5));
}

#[test]
fn a_notice_says_it_all_and_a_row_stands_before_the_law() {
    let culture_day = day(2026, 11, 24);
    let new_year = (day(2026, 1, 1), DayKind::Holiday);
    // Confirmed by the notice: what it leaves out is worked.
    let settled = in_force([(new_year.0, new_year.1, true)]);
    assert!(settled.is_working_day(culture_day) && !settled.is_working_day(new_year.0));
    // A day is entered and the notice is not: the law still holds for the others, and never against a row.
    let open = in_force([(new_year.0, new_year.1, false), (day(2026, 9, 2), DayKind::SwappedWork, false)]);
    assert!(!open.is_working_day(culture_day) && open.is_working_day(day(2026, 9, 2)));
    // Of another year nothing is said by it.
    assert!(!settled.is_working_day(day(2027, 11, 24)));
}
