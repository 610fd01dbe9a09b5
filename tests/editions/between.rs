//! The edition that one late report made, for everybody but its collector: in a classified group its totals less those of
//! the edition before are that unit's figures.

use std::collections::BTreeSet;

use calamine::Data;
use diesel::prelude::*;
use tonghop::db::schema::indicator_groups;

use super::{approve, make, page, period_id, report, summary, workbook};
use crate::support::app::TestApp;

/// The cell of this period on the page of indicators.
fn live(html: &str, code: &str) -> String {
    let row = html.split(&format!("<td class=\"muted drop\">{code}</td>")).nth(1).expect("a line");
    let cell = row.split("data-label=\"Kỳ này\"><b>").nth(1).expect("a cell");
    cell.split("</b>").next().unwrap_or_default().to_owned()
}

#[test]
fn the_total_that_one_late_unit_changed_stays_with_the_collector() {
    let app = TestApp::demo();
    app.db
        .write(|conn| {
            let of = indicator_groups::table.filter(indicator_groups::code.eq_any(["A", "B", "D", "F"]));
            diesel::update(of).set(indicator_groups::classified.eq(true)).execute(conn)?;
            Ok::<_, tonghop::error::Error>(())
        })
        .expect("classified groups");
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let approver = app.client("lanhdao.catinh.bacgiang");
    let (leader, ministry) = (app.client("lanhdao.ubnd.bacgiang"), app.client("c11.bocongan"));
    let first = make(&compiler, id);
    approve(&app, &approver, &first);
    let (late, version) = report(&app, id, "bg.noivu");
    let fields = [("version", version.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    compiler.post(&format!("/reports/{late}/receipt"), &fields).redirected();
    let received = leader.get(&format!("/periods/{id}/indicators")).ok();
    let second = make(&compiler, id);
    approve(&app, &approver, &second);

    let file = include_str!("../../fixtures/demo/reports/figures/bac-giang_2025-H1.csv");
    let typed: BTreeSet<&str> = file
        .lines()
        .filter(|line| line.starts_with("bg.noivu,1,"))
        .filter_map(|line| line.split(',').nth(2))
        .collect();
    let catalogue = include_bytes!("../../fixtures/catalogue/indicators.csv");
    let catalogue: Vec<csv::StringRecord> =
        csv::Reader::from_reader(catalogue.as_slice()).records().map(|row| row.expect("a row")).collect();
    let made_of_typed = |code: &str| {
        let parts = catalogue.iter().filter(|row| &row[0] == code).flat_map(|row| [&row[10], &row[11]]);
        parts.into_iter().any(|part| typed.contains(part))
    };
    let whole = page::totals(&compiler.get(&second).ok());
    let sheet = summary(workbook(&ministry, &second, "ministry"));
    let mut closed = 0;
    for reader in [&leader, &ministry] {
        let (one, two) = (page::totals(&reader.get(&first).ok()), page::totals(&reader.get(&second).ok()));
        for (code, told) in two.iter().filter(|(code, _)| code.starts_with(['A', 'B', 'D', 'F'])) {
            let all = &whole[code];
            let alone_asked = all.share.ends_with("/1");
            if typed.contains(code.as_str()) && !alone_asked && one[code].now != "–" {
                assert_eq!(told.now, "–", "{code}: {} less {} is the late unit's", all.now, one[code].now);
                assert_eq!(live(&received, code), "–", "{code}, before an edition was made of it");
                let cell = sheet.iter().find(|(of, ..)| of == code).map(|(_, cell, _)| cell.clone());
                assert!(matches!(&cell, Some(Data::Empty)), "{code}: {cell:?}");
                assert_ne!(all.now, "–", "{code}: its collector reads it");
                closed += 1;
            } else if made_of_typed(code) {
                assert_eq!(told.now, "–", "{code}: its parts are closed");
            } else if one[code].now != "–" {
                assert_eq!(told.now, all.now, "{code}");
            }
        }
    }
    assert!(closed >= 6, "{closed} lines closed");
    // The year's other totals, and what the late unit alone is asked, go further.
    assert!(page::totals(&ministry.get(&second).ok()).values().any(|line| line.now != "–"));
}
