//! The tables folded by the program against sums made here from what the generator says each unit reports.

use std::collections::HashMap;

use diesel::prelude::*;
use tonghop::consolidation::{Amount, UnitRow, fold_units};
use tonghop::db::DbError;
use tonghop::db::schema::{indicators, obligations, periods, reports, revision_figures};
use tonghop::indicators::UnitRule;
use tonghop::load::fates::{Fate, course, periods as spans};
use tonghop::load::figures::{Measure, catalogue, figure};

use super::{SMALL, loaded};

/// Total and number of units of one indicator in one period, by plain arithmetic.
fn expected(measure: &Measure, period: usize) -> (i128, u32) {
    let span = &spans(SMALL)[period];
    let mut values = Vec::new();
    for unit in 0..SMALL.units {
        let fate = course(SMALL, unit, period, span).fate;
        let owns = measure.unit_rule != UnitRule::Owner || unit == 0;
        if !matches!(fate, Fate::Received | Fate::Corrected) || !owns {
            continue;
        }
        let drawn = figure(SMALL.seed, unit, period, measure, fate == Fate::Corrected);
        values.extend(drawn.and_then(|drawn| drawn.value).map(i128::from));
    }
    let total = match measure.unit_rule {
        UnitRule::Max => values.iter().copied().max().unwrap_or(0),
        UnitRule::CountTrue => values.iter().filter(|value| **value != 0).map(|_| 1).sum(),
        _ => values.iter().sum(),
    };
    (total, u32::try_from(values.len()).expect("few"))
}

#[test]
fn the_figures_fold_to_what_the_generator_says() {
    let (_database, db, _) = loaded(SMALL);
    type Row = (String, String, Option<i64>, bool);
    let rows: Vec<Row> = db
        .read(|conn| {
            let found = revision_figures::table
                .inner_join(
                    reports::table
                        .on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
                )
                .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
                .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
                .inner_join(indicators::table.on(indicators::id.eq(revision_figures::indicator_id)))
                .select((periods::code, indicators::code, revision_figures::value, revision_figures::counts));
            Ok::<_, DbError>(found.load(conn)?)
        })
        .expect("figures");
    let mut by_place: HashMap<(String, String), Vec<UnitRow>> = HashMap::new();
    for (period, code, value, counts) in rows {
        let row = UnitRow { counts, ..UnitRow::plain(value.map(Amount::exact)) };
        by_place.entry((period, code)).or_default().push(row);
    }
    let mut checked = 0;
    for (period, code) in ["2024-H1", "2024-Y", "2025-H1", "2025-Y"].into_iter().enumerate() {
        for measure in catalogue(SMALL.indicators) {
            let rows = by_place.remove(&(code.to_owned(), measure.code.clone())).unwrap_or_default();
            if measure.unit_rule == UnitRule::Ratio {
                assert!(rows.is_empty(), "nobody reports a ratio");
                continue;
            }
            let total = fold_units(&measure.code, measure.unit_rule, &rows).expect("it fits");
            let (value, n) = expected(&measure, period);
            assert_eq!((total.value.map_or(0, i128::from), total.n), (value, n), "{code} {}", measure.code);
            checked += n;
        }
    }
    assert!(by_place.is_empty() && checked > 800, "{checked} figures were compared");
}

#[test]
fn a_correction_changes_some_figures_and_leaves_most() {
    let measures = catalogue(100);
    let (mut same, mut changed) = (0, 0);
    for unit in 0..20 {
        for measure in measures.iter().filter(|measure| measure.is_typed()) {
            let (before, after) = (figure(1, unit, 0, measure, false), figure(1, unit, 0, measure, true));
            if before == after { same += 1 } else { changed += 1 }
        }
    }
    assert!(changed > 50 && same > changed * 5, "{changed} changed, {same} the same");
}
