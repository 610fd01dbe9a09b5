//! Each kind of event on the demo, with what must follow, by hand.

use diesel::prelude::*;
use tonghop::access::{Action, Role};
use tonghop::db::Conn;
use tonghop::db::ids::{ObligationId, UnitId};
use tonghop::db::schema::{
    draft_sections, memberships, obligation_decisions, obligations, people, periods, regimes, reports,
    routes, unit_versions, units,
};
use tonghop::error::Error;
use tonghop::plans::queries::tasks_held;
use tonghop::reports::draft;
use tonghop::unit_changes::plan::{Choices, Fate, Plan};
use tonghop::unit_changes::{Body, Event, Kind, Line, apply};

use super::scene::{
    actor, carry_out, day, difference, event, founded, function, moment, named, picture, take_back, unit,
    whole,
};
use crate::support::database::TestDatabase;

/// (obligation, unit, standing, state) of a unit for a period of Bắc Giang's regime.
fn duty(conn: &mut Conn, of: UnitId, period: &str) -> Option<(ObligationId, String, String)> {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .inner_join(reports::table)
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq(period))
        .filter(obligations::unit_id.eq(of))
        .select((obligations::id, obligations::standing, reports::state))
        .first(conn)
        .optional()
        .expect("a query")
}

/// How many owe a period of Bắc Giang.
fn owing(conn: &mut Conn, period: &str) -> i64 {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq(period))
        .filter(obligations::part.eq("own"))
        .filter(obligations::standing.eq_any(["owed", "nil"]))
        .count()
        .get_result(conn)
        .expect("a count")
}

fn shown(conn: &mut Conn, event: &Event) -> Plan {
    let admin = actor(conn, "quantri.bacgiang", "2025-07-01");
    apply::preview(conn, &admin, event, &Choices::default()).expect("a preview").1
}

/// Sections typed into the open draft of an obligation.
fn typed(conn: &mut Conn, of: ObligationId) -> Vec<String> {
    draft_sections::table
        .inner_join(reports::table)
        .filter(reports::obligation_id.eq(of))
        .order(draft_sections::section_code)
        .select(draft_sections::body)
        .load(conn)
        .expect("sections")
}

/// An officer types into a report nobody has begun.
fn type_into(conn: &mut Conn, who: &str, of: ObligationId, on: &str, text: &str) {
    let officer = actor(conn, who, on);
    let report = reports::table.filter(reports::obligation_id.eq(of)).select(reports::id).first(conn);
    let open = draft::open(conn, &officer, report.expect("a report")).expect("an open report");
    let mut content = open.draft.content.clone();
    content.sections.insert("I".to_owned(), text.to_owned());
    draft::save(conn, &officer, &open, &content, 0, moment(on)).expect("it is saved");
}

#[test]
fn a_department_merges_into_another_that_owes_the_same_period() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (khcn, vhttdl) = (unit(conn, "bg.khcn"), unit(conn, "bg.vhttdl"));
        let (old_year, ..) = duty(conn, khcn, "2025-Y").expect("owed");
        let (new_year, ..) = duty(conn, vhttdl, "2025-Y").expect("owed");
        let (half, ..) = duty(conn, khcn, "2025-H1").expect("owed");
        type_into(conn, "canbo.khcn.bacgiang", old_year, "2025-06-20", "Viết ở Sở cũ");
        let text = typed(conn, old_year);
        assert_eq!(text, ["Viết ở Sở cũ"]);
        assert!(typed(conn, new_year).is_empty());
        let before = owing(conn, "2025-Y");
        let start = picture(conn);
        let event = event(Kind::Merge, "2025-07-01", vec![whole(khcn, vhttdl)]);

        let plan = shown(conn, &event);
        let fates: Vec<(ObligationId, Fate)> = plan.duties.iter().map(|d| (d.duty.id, d.fate)).collect();
        assert_eq!(fates, [(half, Fate::Stay), (old_year, Fate::Draft(Body::Known(vhttdl)))]);
        assert!(plan.untouched.iter().any(|d| d.state == "amend"), "sent reports stay");
        let year = plan.denominators.iter().find(|d| d.period == "Năm 2025").expect("the year");
        assert_eq!((year.before, year.after), (before, before - 1));
        assert_eq!(difference(&start, &picture(conn)), Vec::<String>::new(), "a preview changes nothing");

        let id = carry_out(conn, &event, &Choices::default())?;
        assert_eq!(duty(conn, khcn, "2025-Y").expect("kept").1, "ended");
        assert_eq!(duty(conn, vhttdl, "2025-Y").expect("kept"), (new_year, "owed".into(), "draft".into()));
        assert_eq!(typed(conn, new_year), text, "the draft went along");
        assert_eq!(duty(conn, khcn, "2025-H1").expect("kept"), (half, "owed".into(), "draft".into()));
        assert_eq!(owing(conn, "2025-Y"), before - 1);

        // The day before as ever; from the day on at the successor, under the same title.
        assert!(actor(conn, "canbo.khcn.bacgiang", "2025-06-30").for_unit(khcn, Action::EditDraft).is_some());
        let officer = actor(conn, "canbo.khcn.bacgiang", "2025-07-01");
        let own: Vec<(UnitId, Role, &str)> =
            officer.memberships.iter().map(|m| (m.unit_id, m.role, m.title.as_str())).collect();
        assert_eq!(own, [(vhttdl, Role::Officer, "Chuyên viên Văn phòng Sở")]);
        assert!(
            officer.for_unit(khcn, Action::EditDraft).is_some(),
            "what is left in the old name is finished"
        );

        // What Sở TT&TT left to Sở KH&CN goes on with it: the chain before a body is its own.
        let tttt = unit(conn, "bg.tttt");
        assert!(officer.scope().own_units.contains(&tttt));

        take_back(conn, id, "2025-07-02")?;
        assert_eq!(difference(&start, &picture(conn)), Vec::<String>::new());
        let kinds: Vec<String> = obligation_decisions::table
            .filter(obligation_decisions::obligation_id.eq(old_year))
            .order(obligation_decisions::id)
            .select(obligation_decisions::kind)
            .load(conn)?;
        assert_eq!(kinds, ["ended", "change_undone"], "the history of the obligation says both");
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn of_two_that_merge_into_a_new_body_one_report_passes_and_the_other_ends() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (gddt, yte, committee) = (unit(conn, "bg.gddt"), unit(conn, "bg.yte"), unit(conn, "bg.ubnd"));
        let (school, ..) = duty(conn, gddt, "2025-Y").expect("owed");
        let (health, ..) = duty(conn, yte, "2025-Y").expect("owed");
        let new = Body::New(0);
        let mut event = event(Kind::Merge, "2025-07-01", vec![]);
        event.new_units = vec![founded("Sở Giáo dục và Y tế", "department", committee)];
        event.lines = [gddt, yte].map(|from| Line { from, to: Some(new), function: None }).to_vec();
        let choices =
            Choices { duties: [(school, Fate::End), (health, Fate::Pass(new))].into(), ..Choices::default() };
        let both = Choices {
            duties: [(school, Fate::Pass(new)), (health, Fate::Pass(new))].into(),
            ..Choices::default()
        };
        let refused = carry_out(conn, &event, &both).expect_err("one report a period");
        assert!(refused.to_string().contains("mỗi đơn vị chỉ có một báo cáo trong một kỳ"), "{refused}");

        carry_out(conn, &event, &choices)?;
        let (new, code): (UnitId, String) =
            units::table.order(units::id.desc()).select((units::id, units::code)).first(conn)?;
        assert_eq!(code, "bg.sogiaoducvayte");
        assert_eq!(duty(conn, new, "2025-Y").expect("passed").0, health);
        assert_eq!(duty(conn, gddt, "2025-Y").expect("kept").1, "ended");
        assert!(duty(conn, yte, "2025-Y").is_none(), "it stands in the new name");
        let tasks = tasks_held(conn, &[new], day("2025-07-01"), None)?;
        assert!(!tasks.is_empty(), "tasks by function follow");
        // Both routes became one, on a form for the new body's kind.
        let of_new: i64 = routes::table.filter(routes::unit_id.eq(new)).count().get_result(conn)?;
        assert_eq!(of_new, 1);
        // A period opened later asks the new body and none of the old.
        let regime = regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn)?;
        let debtors = tonghop::periods::queries::own_routes_on(conn, regime, day("2025-12-14"))?;
        let asked: Vec<UnitId> = debtors.iter().map(|route| route.unit_id).collect();
        assert!(asked.contains(&new) && !asked.contains(&gddt) && !asked.contains(&yte));
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_district_splits_into_communes_and_is_never_apportioned() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (district, committee) = (unit(conn, "bg.tanyen"), unit(conn, "bg.ubnd"));
        let centre = unit(conn, "bg.vhtt.tanyen");
        let (year, ..) = duty(conn, district, "2025-Y").expect("owed");
        let before = owing(conn, "2025-Y");
        diesel::update(obligations::table.find(year))
            .set((
                obligations::stated_on.eq(super::scene::day("2025-11-15")),
                obligations::stated_time.eq("16:00"),
            ))
            .execute(conn)?;
        let start = picture(conn);
        let mut event = event(Kind::Split, "2025-07-01", vec![]);
        event.others_owe = true;
        event.new_units = ["UBND xã Tân Yên", "UBND xã Ngọc Thiện", "UBND xã Nhã Nam"]
            .map(|name| founded(name, "district", committee))
            .to_vec();
        event.lines =
            (0..3).map(|at| Line { from: district, to: Some(Body::New(at)), function: None }).collect();
        let chosen = Choices { duties: [(year, Fate::Pass(Body::New(1)))].into(), ..Choices::default() };
        let id = carry_out(conn, &event, &chosen)?;
        let communes: Vec<UnitId> =
            units::table.order(units::id.desc()).limit(3).select(units::id).load(conn)?;
        let [last, second, first] = communes[..] else { panic!("three communes") };
        assert_eq!(duty(conn, second, "2025-Y").expect("passed").0, year, "whole, to the one named");
        for other in [first, last] {
            let founded = duty(conn, other, "2025-Y").expect("owes too");
            assert_eq!((founded.1.as_str(), founded.2.as_str()), ("owed", "not_begun"));
            let hour: Option<String> =
                obligations::table.find(founded.0).select(obligations::stated_time).first(conn)?;
            assert_eq!(hour.as_deref(), Some("16:00"), "by the same hour");
        }
        assert_eq!(owing(conn, "2025-Y"), before + 2);
        // What was received in the district's name stays in it, and each successor reads it.
        assert!(duty(conn, district, "2025-DX1").expect("kept").2 == "received");
        let officer = actor(conn, "canbo.tanyen.bacgiang", "2025-07-01");
        assert_eq!(
            officer.memberships[0].unit_id, first,
            "accounts go to the first unless it is chosen otherwise"
        );
        assert!(officer.scope().own_units.contains(&district));
        // The culture centre stood below the district: it stands below the first commune now.
        let parent: Option<UnitId> = unit_versions::table
            .filter(unit_versions::unit_id.eq(centre))
            .filter(unit_versions::valid_to.is_null())
            .select(unit_versions::parent_id)
            .first(conn)?;
        assert_eq!(parent, Some(first));
        take_back(conn, id, "2025-07-01")?;
        assert_eq!(difference(&start, &picture(conn)), Vec::<String>::new());
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_function_goes_alone_and_the_tasks_with_it() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (justice, home) = (unit(conn, "bg.tuphap"), unit(conn, "bg.noivu"));
        let aid = function(conn, "legal_aid");
        let held = |conn: &mut Conn, of, on| tasks_held(conn, &[of], day(on), None).expect("tasks").len();
        let (before, other) = (held(conn, justice, "2025-07-01"), held(conn, home, "2025-07-01"));
        let mut event = event(Kind::Transfer, "2025-07-01", vec![]);
        event.lines = vec![Line { from: justice, to: Some(Body::Known(home)), function: Some(aid) }];
        let plan = shown(conn, &event);
        let moved = plan.functions[0].tasks;
        assert!(moved > 0 && plan.duties.is_empty() && plan.members.is_empty() && plan.bodies.is_empty());
        carry_out(conn, &event, &Choices::default())?;
        assert!(held(conn, justice, "2025-07-01") < before);
        assert!(held(conn, home, "2025-07-01") > other);
        assert_eq!(held(conn, justice, "2025-06-30"), before, "yesterday is as it was");
        let officer = actor(conn, "canbo.noivu.bacgiang", "2025-07-01");
        assert!(
            !officer.scope().own_units.contains(&justice),
            "a function opens nothing of the body that had it"
        );
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_body_that_ends_without_a_successor_owes_no_more() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let union = unit(conn, "bg.ldld");
        let before = owing(conn, "2025-Y");
        let (year, ..) = duty(conn, union, "2025-Y").expect("owed");
        let event = event(Kind::Abolish, "2025-07-01", vec![Line { from: union, to: None, function: None }]);
        let id = carry_out(conn, &event, &Choices::default())?;
        assert_eq!(duty(conn, union, "2025-Y").expect("kept").1, "ended");
        assert_eq!(owing(conn, "2025-Y"), before - 1);
        let reason: String = obligation_decisions::table
            .filter(obligation_decisions::obligation_id.eq(year))
            .select(obligation_decisions::reason)
            .first(conn)?;
        assert_eq!(
            reason,
            "Liên đoàn Lao động tỉnh kết thúc hoạt động theo Quyết định số 12/QĐ-UBND ngày 05/6/2025 của UBND tỉnh Bắc Giang"
        );
        assert!(actor(conn, "canbo.ldld.bacgiang", "2025-07-01").memberships.is_empty());
        take_back(conn, id, "2025-07-05")?;
        assert_eq!(actor(conn, "canbo.ldld.bacgiang", "2025-07-05").memberships.len(), 1);
        Ok::<_, Error>(())
    })
    .expect("the story");
}

#[test]
fn a_rename_keeps_the_body_and_everything_it_owes() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (culture, committee) = (unit(conn, "bg.vhttdl"), unit(conn, "bg.ubnd"));
        let mut event = event(Kind::Rename, "2025-07-01", vec![whole(culture, culture)]);
        event.renamed = vec![named("Sở Văn hóa tỉnh", "department", committee)];
        let plan = shown(conn, &event);
        assert!(plan.duties.is_empty() && plan.members.is_empty());
        carry_out(conn, &event, &Choices::default())?;
        let names = |conn: &mut Conn, on| {
            tonghop::units::queries::names_on(conn, &[culture], day(on)).expect("a name")[&culture].clone()
        };
        assert_eq!(names(conn, "2025-06-30"), "Sở Văn hóa, Thể thao và Du lịch");
        assert_eq!(names(conn, "2025-07-01"), "Sở Văn hóa tỉnh");
        assert_eq!(duty(conn, culture, "2025-Y").expect("owed").1, "owed");
        assert_eq!(actor(conn, "canbo.vhttdl.bacgiang", "2025-07-01").memberships[0].unit_id, culture);
        Ok::<_, Error>(())
    })
    .expect("the story");
}

/// What people wrote in a new name meanwhile is kept when the event is taken back.
#[test]
fn what_was_typed_meanwhile_is_not_lost() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (noivu, committee) = (unit(conn, "bg.noivu"), unit(conn, "bg.ubnd"));
        let mut event = event(Kind::Merge, "2025-07-01", vec![]);
        event.new_units = vec![founded("Sở Mới", "department", committee)];
        event.lines = vec![Line { from: noivu, to: Some(Body::New(0)), function: None }];
        let id = carry_out(conn, &event, &Choices::default())?;
        let new: UnitId = units::table.order(units::id.desc()).select(units::id).first(conn)?;
        let (year, ..) = duty(conn, new, "2025-Y").expect("passed");
        type_into(conn, "canbo.noivu.bacgiang", year, "2025-07-02", "Viết ở đơn vị mới");
        take_back(conn, id, "2025-07-03")?;
        assert_eq!(duty(conn, noivu, "2025-Y").expect("back").0, year);
        // The membership it was typed under, and the body it was begun in, are closed and kept.
        let under: Vec<(UnitId, Option<chrono::NaiveDate>)> = memberships::table
            .inner_join(people::table)
            .filter(people::username.eq("canbo.noivu.bacgiang"))
            .order(memberships::id)
            .select((memberships::unit_id, memberships::valid_to))
            .load(conn)?;
        assert_eq!(under, [(noivu, None), (new, Some(day("2025-07-02")))]);
        let ended: Option<chrono::NaiveDate> =
            units::table.find(new).select(units::existed_to).first(conn)?;
        assert_eq!(ended, Some(day("2025-07-02")));
        let own = actor(conn, "canbo.noivu.bacgiang", "2025-07-03");
        assert_eq!(own.memberships.len(), 1);
        assert_eq!(typed(conn, year), ["Viết ở đơn vị mới"]);
        Ok::<_, Error>(())
    })
    .expect("the story");
}
