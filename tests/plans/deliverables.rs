//! A task that asks for the unit's own plan: which papers answer it, and the state it takes from them, against one that asks fact by fact.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{PeriodId, PlanId, TaskId, UnitId};
use tonghop::db::schema::{assignments, reports, tasks, units};
use tonghop::plans::deliverable::{
    Asked, Paper, Stand, Wanted, asks_for_plan, is_answered_by, is_of_plans, linked, papers,
};
use tonghop::plans::state::{Before, Held, Noted, Records, TaskState, Told};
use tonghop::plans::{Mode, Part};
use tonghop::reports::TaskStatus;

use crate::support::app::TestApp;
use crate::unit_plans::{COMPILER, Scene};

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|first| first.checked_add_days(Days::new(n))).expect("a day")
}

fn wanted(text: &str, due: Option<u64>) -> Wanted {
    Wanted { task: TaskId(1), plan: PlanId(1), text: text.to_owned(), due_on: due.map(day) }
}

fn asked(period: i64, called: &str, stated: Option<u64>) -> Asked {
    let called = called.to_owned();
    Asked { period: PeriodId(period), plan: PlanId(1), called, stated: stated.map(day), on: day(9) }
}

#[test]
fn which_words_ask_for_a_plan() {
    let table = [
        ("Quán triệt, lập kế hoạch triển khai gửi UBND tỉnh (qua Công an tỉnh).", true, true),
        ("Xây dựng kế hoạch thực hiện, gửi về UBND tỉnh trước ngày 20/02/2025", true, true),
        ("xay dung va ban hanh ke hoach to chuc thuc hien", true, true),
        // A plan of something else, which nobody asked to be sent.
        ("Lập kế hoạch tuyên truyền của địa phương.", true, false),
        ("Lập kế hoạch, chỉ đạo ban, ngành, cấp xã tuyên truyền đến mọi người dân.", true, false),
        ("Lập kế hoạch chỉ đạo Công an các cấp thực hiện Kế hoạch số 563/KH-BCA-C11.", true, false),
        // No plan is made.
        ("Thực hiện Kế hoạch số 563/KH-BCA-C11", false, false),
        ("Tham mưu kế hoạch đào tạo nghề; gửi danh sách cho Công an tỉnh", false, false),
        ("Báo cáo kết quả 6 tháng, một năm và khi được yêu cầu.", false, false),
    ];
    let paper = asked(1, "Gửi kế hoạch thực hiện Kế hoạch THNCĐ", Some(45));
    for (text, asks, own) in table {
        assert_eq!(asks_for_plan(text), asks, "{text}");
        assert_eq!(is_answered_by(&wanted(text, None), &paper), own, "without a day: {text}");
        assert_eq!(is_answered_by(&wanted(text, Some(45)), &paper), asks, "of the same day: {text}");
        assert!(!is_answered_by(&wanted(text, Some(46)), &paper), "of another day: {text}");
        let elsewhere = Wanted { plan: PlanId(2), ..wanted(text, Some(45)) };
        assert!(!is_answered_by(&elsewhere, &paper), "of another document: {text}");
    }
    assert!(is_of_plans("Kế hoạch triển khai của đơn vị, tỉnh Bà Rịa – Vũng Tàu"));
    assert!(!is_of_plans("Gửi báo cáo một lần: Kế hoạch THNCĐ") && !is_of_plans("Danh sách đầu mối"));
}

#[test]
fn of_several_papers_the_newest_is_asked_for() {
    let of = |period, on| Asked { on: day(on), ..asked(period, "Kế hoạch của đơn vị", None) };
    let text = wanted("Xây dựng kế hoạch triển khai", None);
    let found = linked(std::slice::from_ref(&text), &[of(1, 20), of(3, 400), of(2, 30)]);
    assert_eq!(found, HashMap::from([(TaskId(1), PeriodId(3))]));
    assert!(linked(&[wanted("Báo cáo", None)], &[of(1, 20)]).is_empty());
    let paper = Paper { on: day(20), requested: false, stand: Stand::Sent };
    let known = [(PeriodId(3), UnitId(1), paper.clone()), (PeriodId(1), UnitId(2), paper.clone())];
    assert_eq!(papers(&found, &known), HashMap::from([((TaskId(1), UnitId(1)), paper)]));
}

fn a_stand() -> impl Strategy<Value = Stand> {
    prop_oneof![
        Just(Stand::Excused),
        proptest::option::of(0..60_u64).prop_map(|last| Stand::Owed(last.map(day))),
        Just(Stand::Sent),
        Just(Stand::Received("12/KH".to_owned())),
    ]
}

/// The facts a state is made of: papers by unit, the unit before with its last day, when it came to hold the task.
#[derive(Debug, Clone)]
struct Facts {
    papers: Vec<(i64, u64, Stand)>,
    /// Who owes its paper was asked for it.
    paper_requested: bool,
    courteous: bool,
    until: Option<u64>,
    since: Option<u64>,
    done: bool,
    noted: bool,
    due: Option<u64>,
    requested: bool,
    today: u64,
}

prop_compose! {
    fn facts()(
        papers in proptest::collection::vec((1..4_i64, 0..60_u64, a_stand()), 0..3),
        until in proptest::option::of(0..60_u64),
        since in proptest::option::of(0..60_u64),
        paper_requested: bool,
        courteous: bool,
        done: bool,
        noted: bool,
        due in proptest::option::of(0..60_u64),
        requested: bool,
        today in 0..80_u64,
    ) -> Facts {
        // One paper a unit.
        let mut papers = papers;
        papers.sort_by_key(|paper| paper.0);
        papers.dedup_by_key(|paper| paper.0);
        Facts { papers, paper_requested, courteous, until, since, done, noted, due, requested, today }
    }
}

/// The same told in the order of the rule.
fn naive(of: &Facts) -> TaskState {
    let own = of.papers.iter().find(|(unit, ..)| *unit == 1).map(|(_, _, stand)| stand);
    let inherited: Vec<&Stand> = of
        .papers
        .iter()
        .filter(|(unit, on, _)| *unit == 2 && of.until.is_none_or(|until| *on <= until))
        .map(|(_, _, stand)| stand)
        .collect();
    let came = |wanted: &dyn Fn(&Stand) -> bool| match own {
        Some(own) => wanted(own),
        None => inherited.iter().any(|stand| wanted(stand)),
    };
    if came(&|stand| matches!(stand, Stand::Received(_))) {
        return TaskState::Done;
    }
    if came(&|stand| *stand == Stand::Sent) {
        return TaskState::GoingOn;
    }
    // What a body that was taken over whole owes, the earliest first.
    let heir = own.is_none() && of.until.is_none();
    let of_heir = inherited.iter().copied().find(|stand| heir && matches!(stand, Stand::Owed(_)));
    let own = own.or(of_heir);
    let owed = matches!(own, Some(Stand::Owed(_)));
    let requested = of.courteous || if owed { of.paper_requested } else { of.requested };
    if of.done && !owed {
        return TaskState::Done;
    }
    let last = match own {
        Some(Stand::Excused) => None,
        Some(Stand::Owed(Some(last))) => Some(*last),
        _ => of.due.map(day),
    };
    if let Some(last) = last
        && !requested
        && day(of.today) > last
        && (of_heir.is_some() || of.since.is_none_or(|since| day(since) <= last))
    {
        return TaskState::Overdue;
    }
    if of.done || of.noted { TaskState::GoingOn } else { TaskState::NotStarted }
}

fn state(of: &Facts) -> (TaskState, String) {
    let (task, unit) = (TaskId(1), UnitId(1));
    let told = Told {
        task,
        unit,
        status: TaskStatus::Done,
        from: day(0),
        to: day(30),
        sent_at: day(31).and_hms_opt(8, 0, 0).expect("an hour"),
        received: true,
    };
    let noted = of.noted.then_some(Noted { task, unit, first_on: day(0) });
    let before = Before { unit: UnitId(2), until: of.until.map(day) };
    let records = Records::new(noted, of.done.then_some(told), HashMap::from([((task, unit), vec![before])]))
        .taken_over(of.since.map(|since| ((task, unit), day(since))).into_iter().collect())
        .with_papers(
            of.papers
                .iter()
                .map(|(unit, on, stand)| {
                    (
                        (task, UnitId(*unit)),
                        Paper { on: day(*on), requested: of.paper_requested, stand: stand.clone() },
                    )
                })
                .collect(),
        )
        .with_courteous(of.courteous.then_some(unit).into_iter().collect());
    let mode = if of.requested { Mode::Request } else { Mode::Assign };
    let held = Held { task, unit, part: Part::Lead, mode, due_on: of.due.map(day) };
    (records.state(&held, day(of.today)), records.reason(&held))
}

proptest! {
    #[test]
    fn the_state_is_that_of_whoever_asks_fact_by_fact(facts in facts()) {
        let (state, reason) = state(&facts);
        prop_assert_eq!(state, naive(&facts), "{:?}", facts);
        // Nobody is overdue for a day before it held the task, and the reason goes with the state.
        if state == TaskState::Overdue {
            let own = facts.papers.iter().find(|paper| paper.0 == 1).map(|paper| &paper.2);
            let last = match own { Some(Stand::Owed(Some(last))) => Some(*last), _ => facts.due.map(day) };
            let heir = own.is_none() && facts.until.is_none();
            prop_assert!(heir || last.is_some_and(|last| facts.since.is_none_or(|since| day(since) <= last)));
        }
        if reason.starts_with("đã tiếp nhận") {
            prop_assert_eq!(state, TaskState::Done);
        }
        if reason.starts_with("đã gửi") {
            prop_assert_eq!(state, TaskState::GoingOn);
        }
    }
}

/// The cells of a unit on the board, by what they say: the state, and what stands below it.
fn cell(page: &str, task: i64, unit: i64) -> String {
    let of = format!("/trace?unit={unit}#t-{task}\"");
    let cell = page.split("<td").find(|part| part.contains(&of)).unwrap_or_default();
    cell.split("</td>").next().unwrap_or_default().to_owned()
}

#[test]
fn the_plan_of_a_unit_closes_its_task_once_it_is_received() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let (plan, task) = (scene.plan(), scene.task("Quán triệt, lập kế hoạch"));
    let compiler = app.client(COMPILER);
    let board = || compiler.get(&format!("/plans/{plan}/board")).ok();
    let of = |page: &str, code: &str| cell(page, task, super::unit(&app.db, code).0);
    let page = board();
    let owing = of(&page, "vt.tuphap");
    assert!(owing.contains("quá hạn") && owing.contains("chưa gửi kế hoạch, hạn 14/02/2025"), "{owing}");
    let received = of(&page, "vt.taichinh");
    assert!(
        received.contains("đã xong") && received.contains("đã tiếp nhận kế hoạch số 34/KH-STC"),
        "{received}"
    );
    // It took over a department whose plan was received; the correction's number is the one that counts.
    let heir = of(&page, "vt.khcn");
    assert!(heir.contains("đã xong") && heir.contains("số 172/KH-STTTT"), "{heir}");
    // They report since 01/3/2025: the plan of February was not asked of them.
    for later in ["vt.gddt", "vt.yte", "vt.vhttdl"] {
        assert!(!of(&page, later).contains("quá hạn"), "{later}: {}", of(&page, later));
    }

    scene.answer_with_its_plan();
    let sent = of(&board(), "vt.tuphap");
    assert!(sent.contains("đang làm") && sent.contains("đã gửi kế hoạch, chưa được tiếp nhận"), "{sent}");
    let seen: i32 = scene.read(|conn| reports::table.find(scene.id).select(reports::version).first(conn));
    compiler.post(&format!("/reports/{}/receipt", scene.id), &[("version", &seen.to_string())]).redirected();
    let done = of(&board(), "vt.tuphap");
    assert!(done.contains("đã xong") && done.contains("đã tiếp nhận kế hoạch số 412/KH-STP"), "{done}");
    // The same on the clause's page and in the unit's own list.
    let clause: i64 = scene.read(|conn| {
        let of = tasks::table.find(TaskId(task));
        of.select(tasks::clause_id).first(conn)
    });
    let unit = super::unit(&app.db, "vt.tuphap");
    let trace = compiler.get(&format!("/clauses/{clause}/trace?unit={unit}")).ok();
    assert!(trace.contains("đã tiếp nhận kế hoạch số 412/KH-STP"), "{trace}");
    let own = scene.officer.get("/tasks").ok();
    assert!(own.contains("đã tiếp nhận kế hoạch số 412/KH-STP"), "{own}");
}

#[test]
fn who_is_named_later_or_exists_later_is_not_overdue_for_a_day_before() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let (plan, task) = (scene.plan(), scene.task("Báo cáo kết quả 6 tháng"));
    let compiler = app.client(COMPILER);
    let of = |code: &str| {
        let page = compiler.get(&format!("/plans/{plan}/board")).ok();
        cell(&page, task, super::unit(&app.db, code).0)
    };
    let set = |write: &dyn Fn(&mut tonghop::db::Conn) -> diesel::QueryResult<usize>| {
        app.db.write(|conn| write(conn).map_err(DbError::Query)).expect("written");
    };
    set(&|conn| {
        diesel::update(tasks::table.filter(tasks::id.eq(task))).set(tasks::due_on.eq(day(44))).execute(conn)
    });
    assert!(of("vt.yte").contains("quá hạn"), "{}", of("vt.yte"));
    let yte = super::unit(&app.db, "vt.yte");
    set(&|conn| {
        let named =
            assignments::table.filter(assignments::task_id.eq(task).and(assignments::unit_id.eq(yte)));
        diesel::update(named).set(assignments::valid_from.eq(day(45))).execute(conn)
    });
    assert!(of("vt.yte").contains("chưa làm"), "named the day after: {}", of("vt.yte"));
    assert!(of("vt.gddt").contains("quá hạn"));
    set(&|conn| {
        diesel::update(units::table.filter(units::code.eq("vt.gddt")))
            .set(units::existed_from.eq(day(45)))
            .execute(conn)
    });
    assert!(of("vt.gddt").contains("chưa làm"), "it began the day after: {}", of("vt.gddt"));
}
