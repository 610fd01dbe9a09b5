//! A unit's versions on a day, its former names, and search over every name it ever had.

use chrono::NaiveDate;
use tonghop::db::ids::UnitId;
use tonghop::units::history::{UnitHistory, Version, span};
use tonghop::vietnamese::{matches, search_key};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn version(unit: i64, name: &str, from: Option<&str>, to: Option<&str>) -> Version {
    Version {
        unit_id: UnitId(unit),
        name: name.into(),
        short_name: name.into(),
        search_key: search_key(name),
        kind_name: "Huyện".into(),
        kind_heading: "Huyện".into(),
        kind_position: 1,
        protocol_order: 1,
        parent_id: None,
        official_code: None,
        valid_from: from.map(day),
        valid_to: to.map(day),
        existed_from: None,
        existed_to: to.map(day).filter(|_| from.is_some()),
    }
}

/// Việt Yên: a district until 31/01/2024, then a town.
fn viet_yen() -> UnitHistory {
    let rows = vec![
        version(7, "UBND thị xã Việt Yên", Some("2024-02-01"), None),
        version(3, "Sở Nội vụ", None, None),
        version(7, "UBND huyện Việt Yên", None, Some("2024-01-31")),
    ];
    let aliases = [(UnitId(7), "Việt Yên xưa".into(), search_key("Việt Yên xưa"))];
    let mut all = UnitHistory::group(rows, &aliases);
    assert_eq!(all.iter().map(|unit| unit.id.0).collect::<Vec<_>>(), [3, 7]);
    all.pop().expect("two units")
}

#[test]
fn a_unit_is_called_what_it_was_called_that_day() {
    let unit = viet_yen();
    for (on, name) in [
        ("1999-01-01", "UBND huyện Việt Yên"),
        ("2024-01-31", "UBND huyện Việt Yên"),
        ("2024-02-01", "UBND thị xã Việt Yên"),
        ("2030-01-01", "UBND thị xã Việt Yên"),
    ] {
        assert_eq!(unit.on(day(on)).name, name, "{on}");
    }
    assert_eq!(unit.former_names(day("2025-06-10")), ["UBND huyện Việt Yên"]);
    assert_eq!(unit.former_names(day("2024-01-31")), Vec::<&str>::new());
}

#[test]
fn search_finds_former_names_and_aliases() {
    let unit = viet_yen();
    for words in ["viet yen", "huyen viet", "THỊ XÃ", "xua", ""] {
        assert!(matches(words, &unit.search_key), "{words}");
    }
    assert!(!matches("lục ngạn", &unit.search_key));
}

#[test]
fn the_last_day_is_still_a_day() {
    let rows = vec![version(1, "Sở Cũ", Some("2020-01-01"), Some("2025-02-28"))];
    let unit = UnitHistory::group(rows, &[]).pop().expect("a unit");
    assert!(unit.existed_on(day("2025-02-28")));
    assert!(!unit.had_ended_by(day("2025-02-28")));
    assert!(!unit.existed_on(day("2025-03-01")));
    assert!(unit.had_ended_by(day("2025-03-01")));
    assert_eq!(unit.on(day("2025-06-10")).name, "Sở Cũ");
}

#[test]
fn spans_are_words_and_open_ends_say_nothing() {
    let (from, to) = (Some(day("2025-03-01")), Some(day("2025-06-05")));
    assert_eq!(span(None, None), "");
    assert_eq!(span(from, None), "từ 01/3/2025");
    assert_eq!(span(None, to), "đến hết 05/6/2025");
    assert_eq!(span(from, to), "từ 01/3/2025 đến hết 05/6/2025");
}
