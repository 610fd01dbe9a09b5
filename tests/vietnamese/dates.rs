//! Dates by NĐ 30/2020, and the reading of typed dates.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tonghop::vietnamese::{
    DateError, date_time, long_date, parse_date, short_date, weekday_date, weekday_long_date, with_long_dates,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day that exists")
}

#[test]
fn dates_in_the_form_of_decree_30() {
    let table = [
        (day(2025, 6, 5), "05/6/2025", "ngày 05 tháng 6 năm 2025", "thứ Năm, 05/6/2025"),
        (day(2025, 6, 17), "17/6/2025", "ngày 17 tháng 6 năm 2025", "thứ Ba, 17/6/2025"),
        (day(2025, 2, 8), "08/02/2025", "ngày 08 tháng 02 năm 2025", "thứ Bảy, 08/02/2025"),
        (day(2026, 1, 5), "05/01/2026", "ngày 05 tháng 01 năm 2026", "thứ Hai, 05/01/2026"),
        (day(2025, 11, 14), "14/11/2025", "ngày 14 tháng 11 năm 2025", "thứ Sáu, 14/11/2025"),
        (day(2026, 11, 15), "15/11/2026", "ngày 15 tháng 11 năm 2026", "Chủ nhật, 15/11/2026"),
        (day(2024, 5, 8), "08/5/2024", "ngày 08 tháng 5 năm 2024", "thứ Tư, 08/5/2024"),
    ];
    for (date, short, long, weekday) in table {
        assert_eq!(short_date(date), short);
        assert_eq!(long_date(date), long);
        assert_eq!(weekday_date(date), weekday);
    }
    let afternoon = day(2025, 6, 8).and_hms_opt(16, 20, 59).expect("a time");
    assert_eq!(date_time(afternoon), "08/6/2025 16:20");
}

#[test]
fn typed_dates_in_every_accepted_form() {
    for text in [
        "5/6/2025",
        "05/06/2025",
        "05/6/2025",
        " 5/6/2025 ",
        "2025-06-05",
        "5-6-2025",
        "5.6.2025",
        "5 / 6 / 2025",
    ] {
        assert_eq!(parse_date(text), Ok(day(2025, 6, 5)), "{text}");
    }
}

#[test]
fn refused_dates_say_how_to_mend_them() {
    let table = [
        ("", DateError::Blank),
        ("  ", DateError::Blank),
        ("hôm nay", DateError::Form),
        ("tháng 6 năm 2025", DateError::Form),
        ("ngày 5 tháng sáu năm 2025", DateError::Form),
        ("ngày 5 tháng 6 năm 2025 tại Hà Nội", DateError::Form),
        ("ngày 31 tháng 6 năm 2025", DateError::NoSuchDay { day: 31, month: 6, year: 2025 }),
        ("5/6", DateError::Form),
        ("5/6/2025/1", DateError::Form),
        ("+5/6/2025", DateError::Form),
        ("5//2025", DateError::Form),
        ("20250605", DateError::Form),
        ("5/6/25", DateError::Year),
        ("5/6/0205", DateError::Year),
        ("5/6/20255", DateError::Year),
        ("11/15/2025", DateError::NoSuchMonth(15)),
        ("5/0/2025", DateError::NoSuchMonth(0)),
        ("29/2/2025", DateError::NoSuchDay { day: 29, month: 2, year: 2025 }),
        ("31/6/2025", DateError::NoSuchDay { day: 31, month: 6, year: 2025 }),
    ];
    for (text, error) in table {
        assert_eq!(parse_date(text), Err(error), "{text}");
    }
    assert_eq!(
        DateError::NoSuchDay { day: 29, month: 2, year: 2025 }.to_string(),
        "Tháng 2 năm 2025 không có ngày 29. Kiểm tra lại ngày."
    );
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(offset in 0u64..100_000) {
        let date = day(1900, 1, 1) + Days::new(offset);
        prop_assert_eq!(parse_date(&short_date(date)), Ok(date));
        prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
        prop_assert_eq!(parse_date(&long_date(date)), Ok(date));
        prop_assert_eq!(parse_date(&format!("Bắc Giang, {}", long_date(date))), Ok(date));
    }

    #[test]
    fn any_text_is_answered(text in "[0-9/. -]{0,12}|.{0,12}") {
        if let Err(error) = parse_date(&text) {
            prop_assert!(error.to_string().ends_with('.'));
        }
    }
}

#[test]
fn days_inside_a_text_are_written_out_and_nothing_else() {
    for (text, written) in [
        (
            "Công văn số 2216/CAT-PC10 ngày 12/5/2025 của Công an tỉnh",
            "Công văn số 2216/CAT-PC10 ngày 12 tháng 5 năm 2025 của Công an tỉnh",
        ),
        ("ngày 05/01/2026", "ngày 05 tháng 01 năm 2026"),
        ("ngày 5/1/2026, ngày 14/11/2025.", "ngày 05 tháng 01 năm 2026, ngày 14 tháng 11 năm 2025."),
        ("ngày 05 tháng 01 năm 2026", "ngày 05 tháng 01 năm 2026"),
        ("ngày 31/02/2026 và ngày 15/11", "ngày 31/02/2026 và ngày 15/11"),
        ("số 12/5/2025", "số 12/5/2025"),
        ("hằng ngày ", "hằng ngày "),
        ("", ""),
    ] {
        assert_eq!(with_long_dates(text), written);
    }
    let day = NaiveDate::from_ymd_opt(2026, 11, 18).expect("a day");
    assert_eq!(weekday_long_date(day), "thứ Tư, ngày 18 tháng 11 năm 2026");
}

#[test]
fn a_day_without_a_year_is_the_nearest_past_one() {
    use tonghop::vietnamese::parse_past_date;
    let today = day(2025, 6, 10);
    for (text, expected) in [
        ("10/6", day(2025, 6, 10)),
        (" 09.6 ", day(2025, 6, 9)),
        ("12/6/24", day(2024, 6, 12)),
        ("9-6-25", day(2025, 6, 9)),
        ("11/6/2025", day(2025, 6, 11)),
        ("05 tháng 6 năm 2025", day(2025, 6, 5)),
    ] {
        assert_eq!(parse_past_date(text, today), Ok(expected), "{text}");
    }
    assert_eq!(parse_past_date("", today), Err(DateError::Blank));
    assert_eq!(parse_past_date("6/16", today), Err(DateError::NoSuchMonth(16)));
    assert_eq!(parse_past_date("31/6", today), Err(DateError::NoSuchDay { day: 31, month: 6, year: 2025 }));
    assert_eq!(parse_past_date("a/6", today), Err(DateError::Form));
    assert_eq!(
        parse_past_date("29/02", today),
        Err(DateError::NoSuchDay { day: 29, month: 2, year: 2025 }),
        "which leap year is for the person to say"
    );
}

#[test]
fn a_day_that_has_not_come_is_asked_about_and_never_taken_for_one_a_year_ago() {
    use tonghop::vietnamese::parse_past_date;
    let today = day(2025, 6, 16);
    for text in ["17/6", "01/10", "20/12"] {
        let asked = parse_past_date(text, today);
        assert!(matches!(asked, Err(DateError::Ahead(_))), "{text}: {asked:?}");
    }
    assert_eq!(
        DateError::Ahead(day(2025, 6, 17)).to_string(),
        "Ngày 17/6/2025 chưa đến. Nếu là ngày của năm trước, nhập cả năm."
    );
    // In January the last months are those of the year before.
    let january = day(2026, 1, 5);
    assert_eq!(parse_past_date("28/12", january), Ok(day(2025, 12, 28)));
    assert_eq!(parse_past_date("06/01", january), Err(DateError::Ahead(day(2026, 1, 6))));
    // A leap day of the winter.
    assert_eq!(parse_past_date("29/02", day(2024, 3, 1)), Ok(day(2024, 2, 29)));
}
