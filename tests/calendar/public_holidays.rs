//! The proposed days off against the official notices of years gone by, day by day where the law fixes them.

use std::collections::BTreeSet;

use tonghop::calendar::{DayKind, ProposedDay, public_holidays};

fn certain(year: i32) -> Vec<String> {
    public_holidays(year)
        .iter()
        .filter(|one| one.certain)
        .map(|one| format!("{} {}", one.day.format("%d/%m"), one.kind.code()))
        .collect()
}

#[test]
fn what_the_law_fixes_is_what_was_off() {
    // Giỗ Tổ on a Sunday is made up on the Monday; 24/11 is new.
    assert_eq!(
        certain(2026),
        [
            "01/01 holiday",
            "17/02 holiday",
            "26/04 holiday",
            "27/04 compensatory",
            "30/04 holiday",
            "01/05 holiday",
            "02/09 holiday",
            "24/11 holiday"
        ]
    );
    assert_eq!(
        certain(2025),
        [
            "01/01 holiday",
            "29/01 holiday",
            "07/04 holiday",
            "30/04 holiday",
            "01/05 holiday",
            "02/09 holiday"
        ]
    );
    // 2023: 01/01 a Sunday (off 02/01); 29/4 Giỗ Tổ a Saturday and 30/4 a Sunday, so that 02/5 and 03/5 were off.
    let off = certain(2023);
    for day in ["02/01 compensatory", "02/05 compensatory", "03/05 compensatory"] {
        assert!(off.contains(&day.to_owned()), "{day}: {off:?}");
    }
}

#[test]
fn what_is_decided_each_year_is_proposed_and_not_certain() {
    let of = |year| -> BTreeSet<String> {
        public_holidays(year).iter().map(|one| one.day.format("%d/%m").to_string()).collect()
    };
    // The notices: Tết 2026 from 16/02 to 20/02, Quốc khánh 01 and 02/9; Quốc khánh 2024 on 02 and 03/9, 2022 on 01 and 02/9.
    for day in ["16/02", "17/02", "18/02", "19/02", "20/02", "01/09", "02/09"] {
        assert!(of(2026).contains(day), "{day}");
    }
    assert!(of(2024).contains("03/09") && !of(2024).contains("01/09"));
    assert!(of(2022).contains("01/09") && !of(2022).contains("03/09"));
    let unsure = public_holidays(2026).iter().filter(|one| !one.certain).count();
    assert_eq!(unsure, 5, "four days of Tết and the neighbour of 02/9");
}

#[test]
fn every_year_gives_its_number_of_working_days_off() {
    for year in 1980..=2099 {
        let days = public_holidays(year);
        let holidays = days.iter().filter(|one| one.kind == DayKind::Holiday).count();
        let expected = if year >= 2026 { 12 } else { 11 };
        let distinct: BTreeSet<_> = days.iter().map(|one| one.day).collect();
        assert_eq!(distinct.len(), days.len(), "no day twice in {year}");
        // Giỗ Tổ may fall on 30/4 itself; then the list is one shorter.
        assert!(holidays == expected || holidays == expected - 1, "{year}: {holidays}");
        let worked_off = days.iter().filter(|one: &&ProposedDay| !rests(one)).count();
        assert_eq!(worked_off, holidays, "each holiday gives one day off in {year}");
        assert!(days.is_sorted_by_key(|one| one.day));
    }
    assert!(public_holidays(2100).is_empty());
}

fn rests(one: &ProposedDay) -> bool {
    use chrono::{Datelike, Weekday};
    matches!(one.day.weekday(), Weekday::Sat | Weekday::Sun)
}
