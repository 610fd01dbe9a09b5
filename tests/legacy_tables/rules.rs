//! Which periods can be chosen, against a naive walk; and that a plan never writes over what a unit has of its own.

use std::collections::HashMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::calendar::{Cycle, Preset, window};
use tonghop::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use tonghop::indicators::{PeriodRule, UnitRule, ValueType};
use tonghop::legacy_tables::past::choices;
use tonghop::legacy_tables::plan::{Body, Fate, Holds, plan};
use tonghop::legacy_tables::read::{ReadCell, ReadLine, Reading, Who};
use tonghop::periods::RegimeCycle;
use tonghop::reports::{AskedIndicator, Entry, Reading as Figure};
use tonghop::unit_workbook::Place;

fn cycle(code: &str, preset: &str) -> RegimeCycle {
    RegimeCycle {
        regime_id: RegimeId(1),
        cycle: code.into(),
        preset: preset.into(),
        due_rule: "undated".into(),
        due_month: None,
        due_day: None,
        due_days: None,
        stated_time: None,
        lock_days: None,
        own_window: None,
    }
}

proptest! {
    #[test]
    fn only_windows_that_are_over_can_be_chosen(day in 0i64..4000, make in any::<bool>()) {
        let today = NaiveDate::from_ymd_opt(2018, 1, 1).unwrap() + chrono::TimeDelta::days(day);
        let cycles = [cycle("H1", "nd09"), cycle("Y", "nd09"), cycle("ADHOC", "none")];
        let found = choices(&[], &cycles, make, today);
        let mut naive = Vec::new();
        for year in 2000..2040 {
            for kind in [Cycle::FirstHalf, Cycle::Year] {
                let over = window(Preset::Nd09, kind, year).is_some_and(|window| window.to < today);
                let near = year >= chrono::Datelike::year(&today) - 10;
                if over && near && make { naive.push((kind.code(), year)); }
            }
        }
        let mut told: Vec<_> = found.iter().map(|choice| (choice.cycle.code(), choice.year)).collect();
        told.sort();
        naive.sort();
        prop_assert_eq!(told, naive);
        prop_assert!(found.windows(2).all(|pair| pair[0].window.to >= pair[1].window.to));
    }

    /// Whatever a table says: a unit's own figures stay, an earlier table's give way only when told, a blank writes nothing.
    #[test]
    fn a_plan_writes_only_what_it_may(
        holds in 0u8..3,
        there in prop::option::of(0i64..4),
        said in prop::option::of(0i64..4),
        asked in any::<bool>(),
        replaces in any::<bool>(),
    ) {
        let indicator = asked_indicator();
        let entry = Entry {
            typed: said.map(|value| value.to_string()).unwrap_or_default(),
            reading: said.map_or(Figure::Blank, Figure::Value),
            ..Entry::default()
        };
        let place = Place { sheet: "S".into(), cell: "C3".into() };
        let cell = ReadCell { code: "D01".into(), place: place.clone(), written: String::new(), entry, doubt: None, fault: None };
        let line = ReadLine { name: "U".into(), key: "u".into(), place, who: Who::Unit(UnitId(7)), cells: vec![cell] };
        let body = Body {
            form: FormId(1),
            form_name: String::new(),
            borrowed: false,
            asks: if asked { HashMap::from([(indicator.id, true)]) } else { HashMap::new() },
            holds: [Holds::Nothing, Holds::Table("a.xlsx".into()), Holds::Own("đang soạn")][usize::from(holds)].clone(),
            figures: there.filter(|_| holds > 0).map(|value| (indicator.id, Some(value))).into_iter().collect(),
            report: None,
            received: None,
            obligation: None,
        };
        let reading = Reading { lines: vec![line], findings: vec![] };
        let made = plan(&reading, &[indicator], &HashMap::from([(UnitId(7), body)]), replaces);
        let written = made.figures() == 1;
        let there = there.filter(|_| holds > 0);
        let naive = match (holds, there, said) {
            (_, _, None) => false,
            (2, ..) => false,
            _ if !asked => false,
            (_, None, Some(_)) => true,
            (_, Some(old), Some(new)) => old != new && replaces,
        };
        prop_assert_eq!(written, naive);
        let silent = made.units[0].figures.iter().any(|f| f.fate == Fate::Replaced) && !replaces;
        prop_assert!(!silent);
    }
}

pub(super) fn asked_indicator() -> AskedIndicator {
    AskedIndicator {
        id: IndicatorId(3),
        code: "D01".into(),
        group_name: String::new(),
        name: "Buổi".into(),
        measure_unit: "buổi".into(),
        value_type: ValueType::Int,
        scale: 0,
        exponent: 0,
        unit_rule: UnitRule::Sum,
        period_rule: PeriodRule::Flow,
        parts: None,
        guidance: String::new(),
        counts: true,
        required: false,
    }
}
