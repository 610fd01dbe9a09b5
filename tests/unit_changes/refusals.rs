//! What stands against an event, in words a person can act on, and when one can no longer be taken back.

use diesel::prelude::*;
use tonghop::consolidation::{approve_edition, make_edition, to_approve};
use tonghop::db::Conn;
use tonghop::db::ids::{FunctionId, ObligationId, PeriodId, UnitId};
use tonghop::db::schema::{audit_log, obligations, periods, regimes, reports};
use tonghop::error::Error;
use tonghop::periods::decide::{Decision, decide};
use tonghop::unit_changes::plan::Choices;
use tonghop::unit_changes::{Body, Event, Kind, Line, apply, undo};

use super::scene::{actor, carry_out, day, event, function, moment, take_back, unit, whole};
use crate::support::database::TestDatabase;

fn refused(conn: &mut Conn, event: &Event) -> String {
    carry_out(conn, event, &Choices::default()).expect_err("it is refused").to_string()
}

#[test]
fn conflicts_are_told_in_clear_words() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (tttt, khcn, vietyen, ca) =
            (unit(conn, "bg.tttt"), unit(conn, "bg.khcn"), unit(conn, "bg.vietyen"), unit(conn, "bg.ca"));
        let tuphap = unit(conn, "bg.tuphap");
        let budget = function(conn, "budget");
        let with = |function, from, to| Line { from, to: Some(Body::Known(to)), function: Some(function) };
        let cases: Vec<(Event, &str)> = vec![
            (
                event(Kind::Merge, "2025-06-10", vec![whole(tttt, khcn)]),
                "Sở Thông tin và Truyền thông đã kết thúc hoạt động, ngày cuối 28/02/2025.",
            ),
            (
                event(Kind::Merge, "2025-06-10", vec![whole(khcn, tttt)]),
                "không hoạt động vào ngày 10/6/2025 nên không tiếp nhận được.",
            ),
            (
                event(Kind::Abolish, "2024-02-01", vec![whole(vietyen, ca)]),
                "đã có thay đổi từ ngày 01/02/2024; chọn ngày hiệu lực sau ngày đó.",
            ),
            (
                event(Kind::Transfer, "2025-06-10", vec![with(budget, khcn, tuphap)]),
                "Sở Khoa học và Công nghệ không giữ chức năng “Ngân sách địa phương” vào ngày 09/6/2025.",
            ),
            (
                event(Kind::Transfer, "2025-06-10", vec![with(FunctionId(9999), khcn, tuphap)]),
                "Chức năng được chọn không có trong danh mục.",
            ),
            (event(Kind::Transfer, "2025-06-10", vec![]), "Chọn đơn vị được sắp xếp."),
            (
                event(Kind::Merge, "2025-06-10", vec![whole(khcn, khcn)]),
                "Đơn vị tiếp nhận không nằm trong số đơn vị được sáp nhập vào nó.",
            ),
            (
                event(Kind::Split, "2025-06-10", vec![whole(khcn, ca)]),
                "Chia, tách cần ít nhất hai đơn vị tiếp nhận",
            ),
            (
                event(Kind::Abolish, "2025-06-10", vec![Line { from: vietyen, to: None, function: None }]),
                "chưa có nơi trực thuộc mới; sắp xếp đơn vị này trước hoặc chọn đơn vị nhận phần còn lại.",
            ),
        ];
        for (event, words) in cases {
            let told = refused(conn, &event);
            assert!(told.contains(words), "{words}\n{told}");
        }
        Ok::<_, Error>(())
    })
    .expect("the cases");
}

#[test]
fn it_is_confirmed_from_its_first_day_on_by_the_administrator_of_the_province() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let event =
            event(Kind::Merge, "2025-07-01", vec![whole(unit(conn, "bg.yte"), unit(conn, "bg.gddt"))]);
        let none = Choices::default();
        let ask = |conn: &mut Conn, who: &str, on: &str| {
            let actor = actor(conn, who, on);
            apply::apply(conn, &actor, &event, &none, moment(on)).expect_err("it is refused")
        };
        let early = ask(conn, "quantri.bacgiang", "2025-06-30");
        assert!(early.to_string().contains("xác nhận được từ ngày đó"), "{early}");
        assert!(matches!(ask(conn, "tonghop.catinh.bacgiang", "2025-07-01"), Error::Forbidden(_)));
        assert!(matches!(ask(conn, "canbo.yte.bacgiang", "2025-07-01"), Error::Forbidden(_)));
        assert!(matches!(ask(conn, "quantri.longan", "2025-07-01"), Error::NotFound));
        let rows: i64 =
            audit_log::table.filter(audit_log::action.like("unit_change.%")).count().get_result(conn)?;
        assert_eq!(rows, 0);
        Ok::<_, Error>(())
    })
    .expect("the cases");
}

fn too_late(conn: &mut Conn, id: tonghop::db::ids::UnitChangeId, words: &str) {
    let told = take_back(conn, id, "2025-07-05").expect_err("too late").to_string();
    assert!(told.contains(words), "{words}\n{told}");
}

fn period(conn: &mut Conn, code: &str) -> PeriodId {
    periods::table
        .inner_join(regimes::table)
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq(code))
        .select(periods::id)
        .first(conn)
        .expect("a period")
}

fn merged(conn: &mut Conn) -> (tonghop::db::ids::UnitChangeId, UnitId) {
    let (yte, cong) = (unit(conn, "bg.yte"), unit(conn, "bg.cong"));
    let id = carry_out(conn, &event(Kind::Merge, "2025-07-01", vec![whole(yte, cong)]), &Choices::default());
    (id.expect("carried out"), cong)
}

#[test]
fn not_after_the_successor_has_sent() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (id, successor) = merged(conn);
        let year = period(conn, "2025-Y");
        let passed = obligations::table
            .filter(obligations::unit_id.eq(successor))
            .filter(obligations::period_id.eq(year))
            .select(obligations::id);
        let changed = diesel::update(reports::table.filter(reports::obligation_id.eq_any(passed)))
            .set((
                reports::last_revision.eq(1),
                reports::state.eq("sent"),
                reports::first_sent_at.eq(Some(moment("2025-07-04").at)),
            ))
            .execute(conn)?;
        assert_eq!(changed, 1);
        too_late(conn, id, "Đơn vị kế thừa đã gửi báo cáo Năm 2025");
        Ok::<_, Error>(())
    })
    .expect("the case");
}

#[test]
fn not_after_an_edition_was_approved_in_the_new_order() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (id, _) = merged(conn);
        let year = period(conn, "2025-Y");
        let compiler = actor(conn, "tonghop.catinh.bacgiang", "2025-07-02");
        let leader = actor(conn, "lanhdao.catinh.bacgiang", "2025-07-02");
        // What nobody has reported in is not approved: one of the others had nothing.
        let officer = actor(conn, "canbo.khcn.bacgiang", "2025-07-02");
        let (obligation, version): (ObligationId, i32) = obligations::table
            .inner_join(reports::table)
            .filter(obligations::period_id.eq(year).and(obligations::unit_id.eq(unit(conn, "bg.khcn"))))
            .select((obligations::id, obligations::version))
            .first(conn)?;
        let nil = Decision::Nil { consent: "Lãnh đạo Sở đồng ý".into(), drop: true, aware: true };
        decide(conn, &officer, obligation, version, &nil, moment("2025-07-02"))?;
        let edition = make_edition(conn, &compiler, year, moment("2025-07-02"))?;
        let ready = to_approve(conn, &leader, edition, 1, moment("2025-07-02"))?.written()?;
        approve_edition(conn, &leader, &ready, moment("2025-07-02"))?;
        too_late(conn, id, "Bản tổng hợp Năm 2025 đã được chốt theo cơ cấu mới.");
        Ok::<_, Error>(())
    })
    .expect("the case");
}

#[test]
fn not_before_a_later_event_of_the_same_units_and_not_without_a_journal() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (id, successor) = merged(conn);
        let doan = unit(conn, "bg.doan");
        let second = carry_out(
            conn,
            &event(Kind::Merge, "2025-07-03", vec![whole(doan, successor)]),
            &Choices::default(),
        )?;
        too_late(conn, id, "đã được sắp xếp tiếp từ ngày 03/7/2025");
        take_back(conn, second, "2025-07-05")?;
        take_back(conn, id, "2025-07-05")?;
        let admin = actor(conn, "quantri.bacgiang", "2025-07-05");
        let (loaded, lines) = {
            let all = tonghop::unit_changes::queries::changes(conn, &admin.scope().provinces)?;
            tonghop::unit_changes::queries::change(conn, &admin.scope().provinces, all[0].id)?
        };
        assert!(!lines.is_empty());
        let told = undo::undo(conn, &admin, loaded.id, "Ghi nhầm", moment("2025-07-05"))
            .expect_err("loaded")
            .to_string();
        assert!(told.contains("không có ghi chép từng bước"), "{told}");
        let far = actor(conn, "quantri.longan", "2025-07-05");
        let foreign =
            undo::undo(conn, &far, loaded.id, "Ghi nhầm", moment("2025-07-05")).expect_err("foreign");
        assert!(matches!(foreign, Error::NotFound));
        Ok::<_, Error>(())
    })
    .expect("the case");
}

#[test]
fn not_after_a_period_was_opened_for_the_new_order() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let (id, _) = merged(conn);
        let regime = regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn)?;
        let new = tonghop::periods::NewPeriod {
            code: "2025-DX2".into(),
            label: "Đột xuất 2".into(),
            cycle: tonghop::calendar::Cycle::AdHoc,
            year: 2025,
            window: tonghop::calendar::Window::new(day("2025-01-01"), day("2025-07-31")),
            due: tonghop::calendar::DueRule::By(day("2025-08-10")),
            due_basis: "Công văn".into(),
            lock_on: None,
            reference_on: day("2025-07-31"),
            form_code: Some("models".into()),
            units: None,
        };
        let by = tonghop::audit::By::command_line();
        tonghop::periods::open::open_period(conn, regime, &new, &by, moment("2025-07-02"))?;
        too_late(conn, id, "Kỳ Đột xuất 2 đã được mở theo cơ cấu mới.");
        Ok::<_, Error>(())
    })
    .expect("the case");
}
