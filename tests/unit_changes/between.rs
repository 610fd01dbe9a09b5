//! What stands between an event and its reversal, or reaches past its bodies: lower collectors, routes still to begin,
//! people who left meanwhile, the last administrator, drafts on another form.

use diesel::prelude::*;
use tonghop::db::Conn;
use tonghop::db::ids::{FormId, IndicatorId, MembershipId, ObligationId, ReportId, UnitId};
use tonghop::db::schema::{
    behalf_typings, draft_figures, drafts, form_indicators, indicators, memberships, obligations, people,
    periods, regimes, report_transitions, reports, routes,
};
use tonghop::error::Error;
use tonghop::reports::draft;
use tonghop::unit_changes::plan::{Choices, Fate};
use tonghop::unit_changes::{Body, Kind, Line, apply};

use super::scene::{actor, carry_out, day, difference, event, moment, picture, take_back, unit, whole};
use crate::support::database::TestDatabase;

fn obligation(conn: &mut Conn, of: UnitId, period: &str, part: &str) -> ObligationId {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq(period))
        .filter(obligations::unit_id.eq(of))
        .filter(obligations::part.eq(part))
        .select(obligations::id)
        .first(conn)
        .expect("an obligation")
}

fn report(conn: &mut Conn, of: ObligationId) -> ReportId {
    reports::table.filter(reports::obligation_id.eq(of)).select(reports::id).first(conn).expect("a report")
}

/// A draft, as if somebody had typed.
fn begin(conn: &mut Conn, of: ObligationId) {
    let by: MembershipId = memberships::table.select(memberships::id).first(conn).expect("somebody");
    let report = report(conn, of);
    diesel::update(reports::table.find(report)).set(reports::state.eq("draft")).execute(conn).expect("begun");
    diesel::insert_into(drafts::table)
        .values((
            drafts::report_id.eq(report),
            drafts::version.eq(1),
            drafts::saved_by.eq(by),
            drafts::saved_at.eq(moment("2025-06-20").at),
        ))
        .execute(conn)
        .expect("a draft");
}

/// The spans of the routes of a unit in Bắc Giang's regime, with the body they lead to.
fn routes_of(conn: &mut Conn, unit: UnitId) -> Vec<(UnitId, Option<String>, Option<String>)> {
    let rows: Vec<(UnitId, Option<chrono::NaiveDate>, Option<chrono::NaiveDate>)> = routes::table
        .inner_join(regimes::table)
        .filter(regimes::code.eq("bac-giang"))
        .filter(routes::unit_id.eq(unit))
        .filter(routes::part.eq("own"))
        .order(routes::id)
        .select((routes::collector_id, routes::valid_from, routes::valid_to))
        .load(conn)
        .expect("routes");
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    rows.into_iter().map(|(to, from, last)| (to, text(from), text(last))).collect()
}

#[test]
fn what_a_lower_collector_puts_together_goes_where_its_reports_go() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (front, veterans) = (unit(conn, "bg.mttq"), unit(conn, "bg.ccb"));
        let both = obligation(conn, front, "2025-Y", "consolidated");
        let event = event(Kind::Merge, "2025-08-01", vec![whole(front, veterans)]);
        let admin = actor(conn, "quantri.bacgiang", "2025-08-20");
        let (facts, plan) = apply::preview(conn, &admin, &event, &Choices::default())?;
        let of = |plan: &tonghop::unit_changes::plan::Plan| {
            plan.duties
                .iter()
                .find(|moved| moved.duty.id == both)
                .map(|moved| (moved.options.clone(), moved.fate))
        };
        // Decided on a day of the new order and without an edition: it passes, and what is below with it.
        let reference = facts.duties.iter().find(|duty| duty.id == both).expect("known").reference_on;
        assert!(reference >= day("2025-08-01"));
        let heir = Body::Known(veterans);
        assert_eq!(of(&plan), Some((vec![Fate::Pass(heir)], Fate::Pass(heir))));
        assert!(
            plan.collected.iter().any(|(.., n)| *n == 3),
            "three organisations below: {:?}",
            plan.collected
        );

        // With an edition begun, both stay in the name that began it.
        let compiler = actor(conn, "canbo.mttq.bacgiang", "2025-08-20");
        let period = obligations::table.find(both).select(obligations::period_id).first(conn)?;
        let id = tonghop::consolidation::make_edition(conn, &compiler, period, moment("2025-08-20"));
        id.expect("a draft edition");
        let (_, plan) = apply::preview(conn, &admin, &event, &Choices::default())?;
        assert_eq!(of(&plan), Some((vec![Fate::Stay], Fate::Stay)));
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_route_still_to_begin_passes_to_whoever_takes_over() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (front, police) = (unit(conn, "bg.mttq"), unit(conn, "bg.ca"));
        let women = unit(conn, "bg.phunu");
        let regime: tonghop::db::ids::RegimeId =
            regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn)?;
        let before = routes_of(conn, women);
        assert_eq!(
            before.last().map(|route| route.0),
            Some(front),
            "from 01/7 the women's union reports to the front"
        );
        assert_eq!(before.last().and_then(|route| route.1.clone()).as_deref(), Some("2025-07-01"));
        let start = picture(conn);
        let id = carry_out(
            conn,
            &event(Kind::Merge, "2025-06-10", vec![whole(front, police)]),
            &Choices::default(),
        )?;
        let after = routes_of(conn, women);
        assert_eq!(after.last(), Some(&(police, Some("2025-07-01".to_owned()), None)), "{after:?}");
        assert!(!after.iter().any(|(to, ..)| *to == front), "none leads to a body that has ended: {after:?}");
        let asked = tonghop::periods::queries::own_routes_on(conn, regime, day("2025-12-14"))?;
        assert!(asked.iter().all(|route| route.collector_id != front && route.unit_id != front));
        take_back(conn, id, "2025-06-11")?;
        assert_eq!(difference(&start, &picture(conn)), Vec::<String>::new());
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn nothing_is_taken_back_over_a_route_that_was_replaced() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (front, police) = (unit(conn, "bg.mttq"), unit(conn, "bg.ca"));
        let women = unit(conn, "bg.phunu");
        let id = carry_out(
            conn,
            &event(Kind::Merge, "2025-08-01", vec![whole(front, police)]),
            &Choices::default(),
        )?;
        let route: i64 = routes::table
            .filter(routes::unit_id.eq(women))
            .filter(routes::valid_from.eq(day("2025-08-01")))
            .select(routes::id)
            .first(conn)?;
        let regime: i64 = routes::table.find(route).select(routes::regime_id).first(conn)?;
        diesel::update(routes::table.find(route))
            .set(routes::valid_to.eq(day("2025-08-14")))
            .execute(conn)?;
        diesel::insert_into(routes::table)
            .values((
                routes::regime_id.eq(regime),
                routes::unit_id.eq(women),
                routes::collector_id.eq(police),
                routes::part.eq("own"),
                routes::mode.eq("assign"),
                routes::valid_from.eq(day("2025-08-15")),
            ))
            .execute(conn)?;
        let refused =
            take_back(conn, id, "2025-08-20").expect_err("the old route would stand beside the new");
        assert!(refused.to_string().contains("đã được kết thúc ngày 14/8/2025"), "{refused}");
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn whoever_left_under_the_new_name_does_not_come_back_by_the_reversal() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (khcn, vhttdl) = (unit(conn, "bg.khcn"), unit(conn, "bg.vhttdl"));
        let person: i64 = people::table
            .filter(people::username.eq("canbo.khcn.bacgiang"))
            .select(people::id)
            .first(conn)?;
        let old: MembershipId = memberships::table
            .filter(memberships::person_id.eq(person))
            .filter(memberships::unit_id.eq(khcn))
            .select(memberships::id)
            .first(conn)?;
        let id = carry_out(
            conn,
            &event(Kind::Merge, "2025-07-01", vec![whole(khcn, vhttdl)]),
            &Choices::default(),
        )?;
        let new: MembershipId = memberships::table
            .filter(memberships::person_id.eq(person))
            .filter(memberships::unit_id.eq(vhttdl))
            .select(memberships::id)
            .first(conn)?;
        diesel::update(memberships::table.find(new))
            .set(memberships::valid_to.eq(day("2025-07-03")))
            .execute(conn)?;
        take_back(conn, id, "2025-07-10")?;
        let last: Option<chrono::NaiveDate> =
            memberships::table.find(old).select(memberships::valid_to).first(conn)?;
        assert_eq!(last, Some(day("2025-07-03")), "relieved on 03/7, whatever the body is called");
        assert!(actor(conn, "canbo.khcn.bacgiang", "2025-07-10").memberships.is_empty());
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn no_event_leaves_a_province_without_an_administrator() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let admin = actor(conn, "quantri.bacgiang", "2025-07-01");
        let own = &admin.memberships[0];
        let other = unit(conn, "bg.vhttdl");
        let event = event(Kind::Merge, "2025-07-01", vec![whole(own.unit_id, other)]);
        let ended = Choices { members: [(own.id, None)].into(), ..Choices::default() };
        let refused = conn_refuses(conn, &event, &ended);
        assert!(refused.contains("người quản trị cuối cùng"), "{refused}");
        carry_out(conn, &event, &Choices::default())?;
        let abolished = super::scene::event(
            Kind::Abolish,
            "2025-07-02",
            vec![Line { from: other, to: None, function: None }],
        );
        let refused = conn_refuses(conn, &abolished, &Choices::default());
        assert!(refused.contains("người quản trị cuối cùng"), "{refused}");
        Ok::<_, Error>(())
    })
    .expect("the story");
}

/// The words of a refusal; nothing of the attempt is kept.
fn conn_refuses(conn: &mut Conn, event: &tonghop::unit_changes::Event, choices: &Choices) -> String {
    conn.transaction(|conn| carry_out(conn, event, choices)).expect_err("refused").to_string()
}

#[test]
fn a_draft_moves_into_a_report_nobody_ever_touched_and_loses_no_line() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (khcn, vhttdl) = (unit(conn, "bg.khcn"), unit(conn, "bg.vhttdl"));
        let (old, new) = (obligation(conn, khcn, "2025-Y", "own"), obligation(conn, vhttdl, "2025-Y", "own"));
        begin(conn, old);
        let event = event(Kind::Merge, "2025-07-01", vec![whole(khcn, vhttdl)]);
        let admin = actor(conn, "quantri.bacgiang", "2025-07-01");
        let shown = |conn: &mut Conn| {
            let (_, plan) = apply::preview(conn, &admin, &event, &Choices::default()).expect("a preview");
            let moved = plan.duties.into_iter().find(|moved| moved.duty.id == old).expect("open");
            (moved.fate, moved.options.contains(&Fate::Draft(Body::Known(vhttdl))), plan.warnings)
        };

        // Typed in on the successor's behalf and given up: blank again, with a history that refers to it.
        let blank = report(conn, new);
        let with_history: Result<(), Error> = conn.transaction(|conn| {
            diesel::insert_into(report_transitions::table)
                .values((
                    report_transitions::report_id.eq(blank),
                    report_transitions::step.eq("behalf_ended"),
                    report_transitions::from_state.eq("draft"),
                    report_transitions::to_state.eq("not_begun"),
                    report_transitions::membership_id.eq(admin.memberships[0].id),
                    report_transitions::actor_name.eq("Quản trị"),
                    report_transitions::actor_title.eq("Cán bộ"),
                    report_transitions::at.eq(moment("2025-06-20").at),
                ))
                .execute(conn)?;
            let (fate, offered, _) = shown(conn);
            assert_eq!((fate, offered), (Fate::Stay, false), "what was written is finished in the old name");
            carry_out(conn, &event, &Choices::default())?;
            Err(Error::NotFound)
        });
        assert!(
            matches!(with_history, Err(Error::NotFound)),
            "carried out, then rolled back: {with_history:?}"
        );

        // The forms of the two differ: said beforehand, and a line the successor's does not ask outlives its saving.
        let (fate, _, warnings) = shown(conn);
        assert_eq!(fate, Fate::Draft(Body::Known(vhttdl)));
        let asked = |conn: &mut Conn, of| -> Vec<(IndicatorId, String)> {
            let form: FormId =
                obligations::table.find(of).select(obligations::form_id).first(conn).expect("a form");
            form_indicators::table
                .inner_join(indicators::table)
                .filter(form_indicators::form_id.eq(form))
                .order(form_indicators::position)
                .select((indicators::id, indicators::code))
                .load(conn)
                .expect("lines")
        };
        let theirs = asked(conn, new);
        let (only, code) = asked(conn, old).into_iter().find(|line| !theirs.contains(line)).expect("a line");
        assert!(
            warnings.iter().any(|words| words.contains(&code) && words.contains("được giữ lại")),
            "{warnings:?}"
        );
        let moving = report(conn, old);
        diesel::insert_into(draft_figures::table)
            .values((
                draft_figures::report_id.eq(moving),
                draft_figures::indicator_id.eq(only),
                draft_figures::state.eq("value"),
                draft_figures::value.eq(5_i64),
                draft_figures::qualifier.eq("exact"),
                draft_figures::estimate.eq(false),
                draft_figures::note.eq(""),
                draft_figures::as_typed.eq("5"),
            ))
            .execute(conn)?;
        carry_out(conn, &event, &Choices::default())?;
        let officer = actor(conn, "canbo.khcn.bacgiang", "2025-07-01");
        let open = draft::open(conn, &officer, moving)?;
        draft::save(conn, &officer, &open, &open.draft.content.clone(), 0, moment("2025-07-01"))?;
        let kept: i64 = draft_figures::table
            .filter(draft_figures::report_id.eq(moving))
            .filter(draft_figures::indicator_id.eq(only))
            .count()
            .get_result(conn)?;
        assert_eq!(kept, 1);
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_paper_being_typed_in_stays_the_paper_of_its_body() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (khcn, vhttdl) = (unit(conn, "bg.khcn"), unit(conn, "bg.vhttdl"));
        let year = obligation(conn, khcn, "2025-Y", "own");
        begin(conn, year);
        let report = report(conn, year);
        let by: MembershipId = memberships::table.select(memberships::id).first(conn)?;
        diesel::insert_into(behalf_typings::table)
            .values((
                behalf_typings::report_id.eq(report),
                behalf_typings::arrived_number.eq("215"),
                behalf_typings::arrived_on.eq(day("2025-06-09")),
                behalf_typings::begun_by.eq(by),
                behalf_typings::begun_at.eq(moment("2025-06-10").at),
            ))
            .execute(conn)?;
        let event = event(Kind::Merge, "2025-07-01", vec![whole(khcn, vhttdl)]);
        let refused = conn_refuses(conn, &event, &Choices::default());
        assert!(refused.contains("gửi hoặc thôi nhập thay trước"), "{refused}");
        Ok::<_, Error>(())
    })
    .expect("the story");
}

/// A period that was opened by mistake and passed to the collector's successor is taken back after the event: the event can
/// still be undone, and everything else is as it was.
#[test]
fn an_event_is_undone_though_a_blank_period_it_moved_has_gone() {
    use tonghop::db::schema::{periods, regimes};
    use tonghop::periods::withdraw;
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (police, heir) = (unit(conn, "bg.ca"), unit(conn, "bg.khcn"));
        let blank: (tonghop::db::ids::PeriodId, i32) = periods::table
            .inner_join(regimes::table)
            .filter(regimes::code.eq("bac-giang"))
            .filter(periods::code.eq("2025-Y"))
            .select((periods::id, periods::version))
            .first(conn)?;
        // The collector owes nothing itself there: what it owed would be decided by the event.
        use tonghop::db::schema::{obligations, reports};
        let own: Vec<tonghop::db::ids::ObligationId> = obligations::table
            .filter(obligations::period_id.eq(blank.0))
            .filter(obligations::unit_id.eq(police))
            .select(obligations::id)
            .load(conn)?;
        diesel::delete(reports::table.filter(reports::obligation_id.eq_any(&own))).execute(conn)?;
        diesel::delete(obligations::table.filter(obligations::id.eq_any(&own))).execute(conn)?;
        let event = event(Kind::Merge, "2025-07-01", vec![whole(police, heir)]);
        let id = carry_out(conn, &event, &Choices::default())?;
        let compiler = actor(conn, "tonghop.catinh.bacgiang", "2025-07-02");
        withdraw::withdraw(conn, &compiler, blank.0, (blank.1, "mở nhầm"), moment("2025-07-02"))?;
        take_back(conn, id, "2025-07-03")?;
        let collector: tonghop::db::ids::UnitId =
            regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::collector_id).first(conn)?;
        assert_eq!(collector, police);
        Ok::<_, Error>(())
    })
    .expect("the story");
}
