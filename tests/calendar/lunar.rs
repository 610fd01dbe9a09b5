//! The moon against a table copied by hand from almanacs, and against an astronomical library, year by year.

use chrono::NaiveDate;
use tonghop::calendar::{hung_kings, lunar_day, lunar_new_year};

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%d/%m/%Y").expect("a date of the table")
}

/// First day of the lunar year and the tenth of its third month, as published (to 2026) and as reckoned at UTC+7. In 2030
/// China's calendar says 03/02: the new moon comes at 23:07 in Hà Nội, past midnight in Beijing.
const TABLE: [(i32, &str, &str); 11] = [
    (2020, "25/01/2020", "02/04/2020"),
    (2021, "12/02/2021", "21/04/2021"),
    (2022, "01/02/2022", "10/04/2022"),
    (2023, "22/01/2023", "29/04/2023"),
    (2024, "10/02/2024", "18/04/2024"),
    (2025, "29/01/2025", "07/04/2025"),
    (2026, "17/02/2026", "26/04/2026"),
    (2027, "06/02/2027", "16/04/2027"),
    (2028, "26/01/2028", "04/04/2028"),
    (2029, "13/02/2029", "23/04/2029"),
    (2030, "02/02/2030", "12/04/2030"),
];

#[test]
fn tet_and_the_kings_day_fall_where_the_almanacs_have_them() {
    for (year, tet, kings) in TABLE {
        assert_eq!(lunar_new_year(year), Some(day(tet)), "Tết {year}");
        assert_eq!(hung_kings(year), Some(day(kings)), "Giỗ Tổ {year}");
    }
    // Years in which Việt Nam and China parted.
    assert_eq!(lunar_new_year(1985), Some(day("21/01/1985")), "a month before China's 20/02/1985");
    assert_eq!(lunar_new_year(2007), Some(day("17/02/2007")), "a day before China's 18/02/2007");
}

/// The years of `lunar_years.csv`, counted by an astronomical library (`lunar_years.py` beside it says how).
#[test]
fn an_astronomical_library_agrees_on_every_year() {
    let mut years = 0;
    for line in include_str!("lunar_years.csv").lines().skip(1) {
        let [year, tet, kings] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let year: i32 = year.parse().expect("a year");
        assert_eq!(lunar_new_year(year).map(|day| day.to_string()).as_deref(), Some(tet), "{line}");
        assert_eq!(hung_kings(year).map(|day| day.to_string()).as_deref(), Some(kings), "{line}");
        years += 1;
    }
    assert_eq!(years, 120);
}

#[test]
fn a_month_has_twenty_nine_days_or_thirty() {
    for year in 1980..=2099 {
        for month in 1..=10 {
            let first = lunar_day(year, month, 1).expect("every month begins");
            let last = lunar_day(year, month, 29).expect("and has 29 days");
            assert_eq!((last - first).num_days(), 28);
            let after =
                lunar_day(year, month, 30).map_or(last, |thirtieth| thirtieth).succ_opt().expect("in range");
            assert_eq!(lunar_day(year, month, 31), None);
            if month < 10 {
                let next = lunar_day(year, month + 1, 1).expect("the next begins");
                let gap = (next - after).num_days();
                assert!(
                    gap == 0 || (29..=30).contains(&gap),
                    "a whole leap month between or nothing: {after} {next}"
                );
            }
        }
    }
    assert_eq!(lunar_new_year(1979), None);
    assert_eq!(lunar_new_year(2100), None);
    assert_eq!(lunar_day(2025, 0, 1), None);
    assert_eq!(lunar_day(2025, 11, 1), None, "the eleventh belongs to the next solstice");
}
