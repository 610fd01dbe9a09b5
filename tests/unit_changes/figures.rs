//! Figures that no successor is asked any more are named before the event and after it, and of two reports alike the one
//! that asks more goes on.

use std::collections::BTreeSet;

use diesel::prelude::*;
use tonghop::db::Conn;
use tonghop::db::ids::{FormId, ObligationId, UnitId};
use tonghop::db::schema::{form_indicators, indicators, obligations, periods, regimes};
use tonghop::error::Error;
use tonghop::unit_changes::plan::{Choices, Fate};
use tonghop::unit_changes::{Body, Event, Kind, Line, apply, queries};

use super::scene::{actor, carry_out, event, founded, function, unit};
use crate::support::database::TestDatabase;

/// The open year of a unit in Bắc Giang's regime, with its form.
fn year(conn: &mut Conn, of: UnitId) -> (ObligationId, FormId) {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq("2025-Y"))
        .filter(obligations::unit_id.eq(of))
        .filter(obligations::part.eq("own"))
        .select((obligations::id, obligations::form_id))
        .first(conn)
        .expect("owed")
}

/// "F02 Người được đào tạo nghề" of every line of a form.
fn asked(conn: &mut Conn, form: FormId) -> BTreeSet<String> {
    let lines: Vec<(String, String)> = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq(form))
        .select((indicators::code, indicators::name))
        .load(conn)
        .expect("lines");
    lines.into_iter().map(|(code, name)| format!("{code} {name}")).collect()
}

/// Two departments into a new one.
fn merger(conn: &mut Conn, froms: [UnitId; 2]) -> Event {
    let committee = unit(conn, "bg.ubnd");
    let mut event = event(Kind::Merge, "2025-07-01", vec![]);
    event.new_units = vec![founded("Sở Giáo dục, Khoa học và Công nghệ", "department", committee)];
    event.lines = froms.map(|from| Line { from, to: Some(Body::New(0)), function: None }).to_vec();
    event
}

#[test]
fn a_merger_names_what_nobody_is_asked_any_more() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (khcn, gddt) = (unit(conn, "bg.khcn"), unit(conn, "bg.gddt"));
        let ((one, form), (other, other_form)) = (year(conn, khcn), year(conn, gddt));
        let (lines, other_lines) = (asked(conn, form), asked(conn, other_form));
        assert_ne!(lines, other_lines, "their forms differ");
        let event = merger(conn, [khcn, gddt]);
        let admin = actor(conn, "quantri.bacgiang", "2025-07-01");
        let (_, plan) = apply::preview(conn, &admin, &event, &Choices::default())?;
        let fate = |id| plan.duties.iter().find(|moved| moved.duty.id == id).map(|moved| moved.fate);
        let new = Body::New(0);
        // The one that asks more goes on, whichever was on record first.
        let (kept, ended, lost): (_, _, Vec<&String>) = if lines.len() >= other_lines.len() {
            (one, other, other_lines.difference(&lines).collect())
        } else {
            (other, one, lines.difference(&other_lines).collect())
        };
        assert_eq!((fate(kept), fate(ended)), (Some(Fate::Pass(new)), Some(Fate::End)));
        let told = plan.warnings.join("\n");
        for figure in &lost {
            assert!(told.contains(figure.as_str()), "{figure}\n{told}");
        }
        // The other way round, the figures of the first are named.
        let turned =
            Choices { duties: [(kept, Fate::End), (ended, Fate::Pass(new))].into(), ..Choices::default() };
        let (_, plan) = apply::preview(conn, &admin, &event, &turned)?;
        let told = plan.warnings.join("\n");
        let (more, fewer) = if kept == one { (&lines, &other_lines) } else { (&other_lines, &lines) };
        let given_up: Vec<&String> = more.difference(fewer).collect();
        assert!(!given_up.is_empty());
        for figure in &given_up {
            assert!(told.contains(figure.as_str()), "{figure}\n{told}");
        }
        assert!(told.contains("ở trang Biểu mẫu"), "and how they can be asked: {told}");

        // After it, too.
        let id = carry_out(conn, &event, &turned)?;
        let (_, lines) = queries::change(conn, &admin.scope().provinces, id)?;
        let journal = queries::journal(conn, id)?;
        let after = queries::unasked(conn, &lines, &journal)?;
        for figure in given_up {
            assert!(after.iter().any(|row| row.figures.contains(figure)), "{figure}: {after:?}");
        }
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_function_that_passes_takes_no_figure_with_it_and_the_preview_says_so() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (noivu, gddt) = (unit(conn, "bg.noivu"), unit(conn, "bg.gddt"));
        let line = Line { from: noivu, to: Some(Body::Known(gddt)), function: Some(function(conn, "jobs")) };
        let event = event(Kind::Transfer, "2025-07-01", vec![line]);
        let admin = actor(conn, "quantri.bacgiang", "2025-07-01");
        let (_, plan) = apply::preview(conn, &admin, &event, &Choices::default())?;
        assert!(plan.warnings.join("\n").contains("Chỉ tiêu không đi theo chức năng"), "{:?}", plan.warnings);
        Ok::<_, Error>(())
    })
    .expect("the story");
}
