//! What is pointed out before a period is opened: cases made by hand, each with the one sentence it deserves.

use chrono::NaiveDate;
use tonghop::calendar::{Cycle, DueRule, Holidays, Window};
use tonghop::db::ids::{PeriodId, RegimeId};
use tonghop::periods::opening_doubts::Setting;
use tonghop::periods::{NewPeriod, Period};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn period(cycle: Cycle, from: &str, to: &str, due: DueRule) -> NewPeriod {
    NewPeriod {
        code: "2026-X".into(),
        label: "Thử".into(),
        cycle,
        year: 2026,
        window: Some(Window { from: day(from), to: day(to) }),
        due,
        due_basis: String::new(),
        lock_on: None,
        reference_on: day(to),
        form_code: None,
        units: None,
    }
}

fn opened(cycle: &str, label: &str, from: &str, to: &str) -> Period {
    Period {
        id: PeriodId(1),
        regime_id: RegimeId(1),
        code: "2025-Y".into(),
        label: label.into(),
        cycle: cycle.into(),
        year: 2025,
        window_from: Some(day(from)),
        window_to: Some(day(to)),
        due_rule: "undated".into(),
        stated_on: None,
        stated_time: None,
        due_basis: String::new(),
        lock_on: None,
        reference_on: day(to),
        opened_at: day(from).and_hms_opt(0, 0, 0).expect("an hour"),
        version: 1,
        paper_rule: None,
        leader_step: None,
        rolling: None,
        signed_file: None,
    }
}

fn doubts(new: &NewPeriod, others: &[Period], rolling: bool, today: &str) -> Vec<String> {
    let holidays = Holidays::default();
    new.doubts(others, Setting { rolling, holidays: &holidays, today: day(today) })
}

#[test]
fn a_day_that_is_over_or_far_away_is_pointed_out() {
    let ad_hoc = |due: &str| period(Cycle::AdHoc, "2026-10-01", "2026-10-18", DueRule::By(day(due)));
    let today = "2026-10-28";
    assert_eq!(doubts(&ad_hoc("2026-10-30"), &[], false, today), Vec::<String>::new());
    assert_eq!(
        doubts(&ad_hoc("2026-10-20"), &[], false, today),
        ["Thời hạn gửi (ngày 20/10/2026) đã qua: mở kỳ là các đơn vị quá hạn ngay."]
    );
    let far = doubts(&ad_hoc("2046-12-17"), &[], false, today);
    assert!(far.len() == 1 && far[0].contains("còn hơn hai năm nữa"), "{far:?}");
    let early = doubts(
        &period(Cycle::AdHoc, "2026-10-01", "2026-11-18", DueRule::By(day("2026-11-02"))),
        &[],
        false,
        today,
    );
    assert!(early.len() == 1 && early[0].contains("trước ngày chốt số liệu (18/11/2026)"), "{early:?}");
}

#[test]
fn where_last_days_move_the_day_they_move_to_counts() {
    // Figures until Friday 13/11, due on Saturday 14/11: a working day too early, and on Monday 16/11 not.
    let year = period(Cycle::Year, "2025-11-14", "2026-11-13", DueRule::By(day("2026-11-14")));
    assert_eq!(doubts(&year, &[], true, "2026-10-28"), Vec::<String>::new());
    let fixed = doubts(&year, &[], false, "2026-10-28");
    assert!(fixed.len() == 1 && fixed[0].contains("Sớm nhất nên là ngày 16/11/2026"), "{fixed:?}");
    // On the Saturday itself it is not over where it moves.
    assert_eq!(doubts(&year, &[], true, "2026-11-15"), Vec::<String>::new());
    assert_eq!(doubts(&year, &[], false, "2026-11-15").len(), 2);
}

#[test]
fn days_between_two_periods_of_one_length_are_named() {
    let year = period(Cycle::Year, "2025-12-20", "2026-12-14", DueRule::By(day("2026-12-17")));
    let before = opened("Y", "Năm 2025", "2024-12-15", "2025-12-14");
    assert_eq!(
        doubts(&year, std::slice::from_ref(&before), false, "2026-10-28"),
        [
            "Các ngày từ 15/12/2025 đến 19/12/2025 không thuộc kỳ nào: kỳ Năm 2025 tính đến hết ngày 14/12/2025."
        ]
    );
    // Another length says nothing, a whole year between them is one that was not opened, and what meets leaves nothing out.
    let half = opened("H1", "6 tháng đầu năm 2025", "2024-12-15", "2025-06-14");
    let long_ago = opened("Y", "Năm 2023", "2022-12-15", "2023-12-14");
    assert_eq!(doubts(&year, &[half, long_ago], false, "2026-10-28"), Vec::<String>::new());
    let meets = period(Cycle::Year, "2025-12-15", "2026-12-14", DueRule::By(day("2026-12-17")));
    assert_eq!(doubts(&meets, &[before], false, "2026-10-28"), Vec::<String>::new());
}
