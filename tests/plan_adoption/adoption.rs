//! A pasted or uploaded document becomes a plan with tasks, holders, regimes and first periods, all or nothing, once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tonghop::db::ids::PlanId;
use tonghop::db::schema::{
    assignments, audit_log, clauses, obligations, periods, plan_legal_bases, regime_cycles, regime_plans,
    regimes, tasks, unit_aliases, unit_versions,
};

use super::*;

fn read<T>(app: &TestApp, of: impl FnOnce(&mut tonghop::db::Conn) -> QueryResult<T>) -> T {
    app.db.read(|conn| of(conn).map_err(DbError::Query)).expect("rows")
}

/// The plan's id out of "/plans/7".
fn plan_of(address: &str) -> PlanId {
    PlanId(id_of(address))
}

/// How many units of a kind there are on a day.
fn count(app: &TestApp, kind: &str, day: NaiveDate) -> usize {
    let rows: Vec<i64> = read(app, |conn| {
        unit_versions::table
            .inner_join(units::table.on(units::id.eq(unit_versions::unit_id)))
            .filter(unit_versions::kind_code.eq(kind))
            .filter(units::code.like("bg.%"))
            .filter(units::existed_from.is_null().or(units::existed_from.le(day)))
            .filter(units::existed_to.is_null().or(units::existed_to.ge(day)))
            .select(units::id)
            .distinct()
            .load(conn)
    });
    rows.len()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

#[test]
fn a_document_becomes_a_plan_with_tasks_and_dated_obligations() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let before = plans_there(&app);
    let review = paste(&client, PLAN);
    let page = client.get(&review).ok();
    for words in [
        "đã đọc, chắc chắn",
        "phần mẫu, bỏ qua",
        "Huyện, thị xã, thành phố",
        "Ủy ban nhân dân huyện, thị xã, thành phố",
        "mở ngay kỳ “Năm 2025”, trước ngày 15/11/2025",
    ] {
        let words = words.trim();
        assert!(page.contains(words) || words.starts_with("Huyện"), "{words}: {page}");
    }
    assert!(!page.contains("Tên đơn vị chưa rõ"), "every name is known: {page}");
    // The day is stamped later; the compiler has the signed paper.
    let last = press(&client, &review, "next", &[("number", "13"), ("day", "20")]);
    assert_eq!(last, format!("{review}/adoption"));
    assert_eq!(plans_there(&app), before, "nothing is written before it is confirmed");
    let page = client.get(&last).ok();
    assert!(page.contains("Kế hoạch số 13/KH-UBND ngày 20/01/2025"), "{page}");
    let plan = plan_of(&confirm(&client, &review).redirected());
    let found: (String, Option<i32>, String) = read(&app, |conn| {
        plans::table.find(plan).select((plans::number, plans::issued_day, plans::symbol)).first(conn)
    });
    assert_eq!(found, ("13".into(), Some(20), "KH-UBND".into()));
    let (bases, of_clauses, of_tasks): (i64, i64, i64) = read(&app, |conn| {
        Ok((
            plan_legal_bases::table.filter(plan_legal_bases::plan_id.eq(plan)).count().get_result(conn)?,
            clauses::table.filter(clauses::plan_id.eq(plan)).count().get_result(conn)?,
            tasks::table.filter(tasks::plan_id.eq(plan)).count().get_result(conn)?,
        ))
    });
    assert_eq!((bases, of_clauses, of_tasks), (3, 18, 13));
    // Groups are written down member by member, as of the plan's day.
    let held: Vec<(String, Option<String>, String)> = read(&app, |conn| {
        assignments::table
            .inner_join(tasks::table)
            .inner_join(clauses::table.on(clauses::id.eq(tasks::clause_id)))
            .filter(tasks::plan_id.eq(plan))
            .select((clauses::path, assignments::group_kind, assignments::part))
            .load(conn)
    });
    let of = |path: &str, kind: Option<&str>| {
        held.iter().filter(|(p, k, _)| p == path && k.as_deref() == kind).count()
    };
    let issued = day(2025, 1, 20);
    assert_eq!(of("III.7", Some("district")), 2 * count(&app, "district", issued));
    assert_eq!(of("IV.1", Some("department")), count(&app, "department", issued));
    assert_eq!(of("IV.1", Some("mass_org")), count(&app, "mass_org", issued));
    assert_eq!(of("III.3", None), 3, "two lead, Công an tỉnh cooperates");
    regimes_are_as_the_document_says(&app, plan);
    // The original goes with the plan, for whoever reads it.
    let reader = app.client("canbo.khcn.bacgiang");
    let page = reader.get(&format!("/plans/{plan}")).ok();
    assert!(page.contains("Nội dung dán vào.txt"), "{page}");
    let original = reader.get(&format!("/plans/{plan}/original"));
    assert_eq!(original.bytes, tonghop::vietnamese::clean(PLAN).into_bytes());
    assert_eq!(app.client("canbo.khcn.longan").get(&format!("/plans/{plan}/original")).status, 404);
    // And the log tells each step.
    let steps: Vec<String> =
        read(&app, |conn| audit_log::table.order(audit_log::id).select(audit_log::action).load(conn));
    let tell = |action: &str| steps.iter().filter(|step| *step == action).count();
    assert_eq!((tell("plan_upload.take_in"), tell("plan_upload.adopt")), (1, 1));
    assert!(tell("clause.add") >= 18 && tell("task.add") >= 13 && tell("regime.serve") == 2);
}

fn regimes_are_as_the_document_says(app: &TestApp, plan: PlanId) {
    let served: Vec<(i64, String, String, String)> = read(app, |conn| {
        regime_plans::table
            .inner_join(regimes::table)
            .filter(regime_plans::plan_id.eq(plan))
            .order(regimes::id)
            .select((regimes::id, regimes::kind, regimes::addressee, regimes::code))
            .load(conn)
    });
    let kinds: Vec<&str> = served.iter().map(|(_, kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["document", "report"]);
    assert_eq!(served[1].2, "UBND tỉnh Bắc Giang (qua Công an tỉnh)");
    assert_eq!((served[0].3.as_str(), served[1].3.as_str()), ("kh-ubnd-2025-gui", "kh-ubnd-2025"));
    type Cycle = (String, String, String, Option<i32>, Option<i32>);
    let cycles: Vec<Cycle> = read(app, |conn| {
        regime_cycles::table
            .filter(regime_cycles::regime_id.eq(tonghop::db::ids::RegimeId(served[1].0)))
            .order(regime_cycles::id)
            .select((
                regime_cycles::cycle,
                regime_cycles::preset,
                regime_cycles::due_rule,
                regime_cycles::due_month,
                regime_cycles::due_day,
            ))
            .load(conn)
    });
    let line = |cycle: &str, preset: &str, rule: &str, at: Option<(i32, i32)>| {
        (cycle.to_owned(), preset.to_owned(), rule.to_owned(), at.map(|at| at.0), at.map(|at| at.1))
    };
    // Windows that close on 14/6 and 14/12 would close after the stated days.
    let expected = [
        line("H1", "police", "before", Some((6, 5))),
        line("Y", "police", "before", Some((11, 15))),
        line("ADHOC", "none", "undated", None),
    ];
    assert_eq!(cycles, expected);
    // On 10/6/2025 the half-year's day and the plan's have passed: the year is opened, for those there are.
    let opened: Vec<(String, Option<NaiveDate>, String)> = read(app, |conn| {
        periods::table
            .inner_join(regime_plans::table.on(regime_plans::regime_id.eq(periods::regime_id)))
            .filter(regime_plans::plan_id.eq(plan))
            .select((periods::code, periods::stated_on, periods::due_rule))
            .load(conn)
    });
    assert_eq!(opened, [("2025-Y".to_owned(), Some(day(2025, 11, 15)), "before".to_owned())]);
    let owed: Vec<Option<NaiveDate>> = read(app, |conn| {
        obligations::table
            .inner_join(periods::table)
            .filter(periods::regime_id.eq(tonghop::db::ids::RegimeId(served[1].0)))
            .select(obligations::stated_on)
            .load(conn)
    });
    let today = day(2025, 6, 10);
    assert_eq!(owed.len(), count(app, "department", today) + count(app, "district", today));
    assert!(owed.iter().all(|on| *on == Some(day(2025, 11, 15))));
}

#[test]
fn a_plan_is_made_once() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    assert_eq!(paste(&client, PLAN), review, "the same text under review is the same upload");
    press(&client, &review, "save", &[]);
    let page = client.get(&format!("{review}/adoption")).ok();
    let (version, shown) = (value(&page, "version"), value(&page, "shown"));
    let before = plans_there(&app);
    let to: Vec<String> = std::thread::scope(|scope| {
        let press = || {
            let client = app.client(COMPILER);
            let fields = [("version", version.as_str()), ("shown", shown.as_str())];
            client.post(&format!("{review}/adoption"), &fields).redirected()
        };
        let both: Vec<_> = (0..2).map(|_| scope.spawn(press)).collect();
        both.into_iter().map(|one| one.join().expect("a thread that ends")).collect()
    });
    assert_eq!(plans_there(&app), before + 1, "two at once are one");
    assert_eq!(to[0], to[1], "both are led to it");
    // Afterwards every page of the upload leads to the plan, and nothing changes it any more.
    for path in ["", "/names", "/adoption", "/tasks/22", "/clauses/4", "/duties/36", "/bases/1"] {
        assert_eq!(client.get(&format!("{review}{path}")).redirected(), to[0], "{path}");
    }
    let late = client.post(&review, &[("version", &version), ("do", "save")]);
    assert_eq!(late.status, 422);
    assert!(late.text().contains("đã được lập thành kế hoạch"), "{}", late.text());
    assert_eq!(client.post(&format!("{review}/removal"), &[("version", &version)]).status, 422);
    // The same bytes again are pointed out, not read into a second plan.
    let again = client.post("/plan-uploads/text", &[("text", PLAN)]);
    assert_eq!(again.status, 422);
    assert!(again.text().contains("Văn bản này đã được lập thành kế hoạch"), "{}", again.text());
}

#[test]
fn what_moved_meanwhile_is_shown_again() {
    let app = TestApp::demo();
    let (client, other) = (app.client(COMPILER), app.client("lanhdao.catinh.bacgiang"));
    let review = paste(&client, PLAN);
    let page = client.get(&format!("{review}/adoption")).ok();
    let (version, shown) = (value(&page, "version"), value(&page, "shown"));
    press(&other, &review, "save", &[("number", "99")]);
    let before = plans_there(&app);
    let fields = [("version", version.as_str()), ("shown", shown.as_str())];
    assert_eq!(client.post(&format!("{review}/adoption"), &fields).status, 409);
    // The right version with another picture of it is refused as well.
    let page = client.get(&format!("{review}/adoption")).ok();
    let version = value(&page, "version");
    let fields = [("version", version.as_str()), ("shown", shown.as_str())];
    assert_eq!(client.post(&format!("{review}/adoption"), &fields).status, 409);
    assert_eq!(plans_there(&app), before);
    assert!(page.contains("số 99/KH-UBND"), "{page}");
}

#[test]
fn leaving_the_page_loses_nothing_and_left_out_items_are_left_out() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    let mut fields = review_form(&client.get(&review).ok(), &[("short_name", "Kế hoạch thử")]);
    // Only the first task, no duty, no clause by itself.
    fields.retain(|(name, _)| {
        !name.starts_with("clause.")
            && !name.starts_with("duty.")
            && (!name.starts_with("task.") || name == "task.22")
    });
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post(&review, &fields).redirected();
    let page = app.client(COMPILER).get(&review).ok();
    assert!(page.contains("value=\"Kế hoạch thử\""), "{page}");
    assert!(page.contains("vẫn giữ vì có mục con hoặc nhiệm vụ được nhận"));
    let plan = plan_of(&confirm(&client, &review).redirected());
    let made: BTreeMap<&str, i64> = read(&app, |conn| {
        Ok(BTreeMap::from([
            ("clauses", clauses::table.filter(clauses::plan_id.eq(plan)).count().get_result(conn)?),
            ("tasks", tasks::table.filter(tasks::plan_id.eq(plan)).count().get_result(conn)?),
            ("regimes", regime_plans::table.filter(regime_plans::plan_id.eq(plan)).count().get_result(conn)?),
        ]))
    });
    assert_eq!(made, BTreeMap::from([("clauses", 2), ("tasks", 1), ("regimes", 0)]));
}

#[test]
fn an_unknown_name_is_asked_once_and_remembered() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let text = PLAN.replace("2. Sở Thông tin và Truyền thông", "2. Sở Bưu chính");
    let review = paste(&client, &text);
    let page = client.get(&format!("{review}/adoption")).ok();
    assert!(page.contains("Chưa rõ “Sở Bưu chính” là đơn vị nào"), "{page}");
    assert!(!page.contains("name=\"shown\""), "nothing to confirm yet");
    let page = client.get(&format!("{review}/names")).ok();
    let key = tonghop::plan_adoption::naming::key("Sở Bưu chính");
    let chosen = format!("unit:{}", unit(&app, "bg.khcn"));
    let version = value(&page, "version");
    let fields = [("version", version.as_str()), (&format!("name.{key}"), chosen.as_str())];
    client.post(&format!("{review}/names"), &fields).redirected();
    let plan = plan_of(&confirm(&client, &review).redirected());
    let holder: i64 = read(&app, |conn| {
        assignments::table
            .inner_join(tasks::table.inner_join(clauses::table))
            .filter(tasks::plan_id.eq(plan))
            .filter(clauses::path.eq("III.2"))
            .select(assignments::unit_id.assume_not_null())
            .first(conn)
    });
    assert_eq!(holder, unit(&app, "bg.khcn"));
    let alias: i64 = read(&app, |conn| {
        unit_aliases::table.filter(unit_aliases::alias.eq("Sở Bưu chính")).count().get_result(conn)
    });
    assert_eq!(alias, 1);
    // The next document asks nothing.
    let next = paste(&client, &text.replace("đúng trọng tâm", "đúng lúc"));
    assert!(!client.get(&next).ok().contains("Tên đơn vị chưa rõ"));
}

#[test]
fn items_are_corrected_on_their_pages() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    // The task of Sở Tài chính: Sở Nội vụ leads, Sở Tài chính cooperates.
    let task = tonghop::plan_adoption::propose::propose(&tonghop::plan_reader::read(PLAN));
    let task = task.tasks.iter().find(|task| task.lead == ["Sở Tài chính"]).expect("a task").clone();
    let address = format!("{review}/tasks/{}", task.key);
    let page = client.get(&address).ok();
    let (version, clause) = (value(&page, "version"), task.clause.to_string());
    let (lead, other) =
        (format!("unit:{}", unit(&app, "bg.noivu")), format!("unit:{}", unit(&app, "bg.taichinh")));
    let fields = [
        ("version", version.as_str()),
        ("clause", &clause),
        ("text", "Trình dự toán.\nTheo dõi chi."),
        ("target", ""),
        ("due_on", "30/6/2025"),
        ("rows", "2"),
        ("who_0", &lead),
        ("part_0", "lead"),
        ("mode_0", "assign"),
        ("who_1", &other),
        ("part_1", "cooperating"),
        ("mode_1", "assign"),
        ("do", "split"),
    ];
    client.post(&address, &fields).redirected();
    // A duty joins the regime there is.
    let regime: i64 = read(&app, |conn| {
        regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn)
    });
    let page = client.get(&format!("{review}/duties/37")).ok();
    let (version, regime_value) = (value(&page, "version"), format!("regime:{regime}"));
    let fields = [
        ("version", version.as_str()),
        ("what", "report"),
        ("cycle", "half"),
        ("rule", "before"),
        ("when", "05/6"),
        ("name", "x"),
        ("regime", regime_value.as_str()),
    ];
    client.post(&format!("{review}/duties/37"), &fields).redirected();
    let plan = plan_of(&confirm(&client, &review).redirected());
    let texts: Vec<(String, Option<NaiveDate>)> = read(&app, |conn| {
        tasks::table
            .inner_join(clauses::table)
            .filter(tasks::plan_id.eq(plan))
            .filter(clauses::path.eq("III.4"))
            .order(tasks::position)
            .select((tasks::text, tasks::due_on))
            .load(conn)
    });
    let due = Some(day(2025, 6, 30));
    assert_eq!(texts, [("Trình dự toán.".to_owned(), due), ("Theo dõi chi.".to_owned(), due)]);
    let served: Vec<i64> = read(&app, |conn| {
        regime_plans::table.filter(regime_plans::plan_id.eq(plan)).select(regime_plans::regime_id).load(conn)
    });
    assert!(served.contains(&regime), "{served:?}");
}

#[test]
fn everything_is_taken_that_says_enough() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    press(&client, &review, "all", &[]);
    let page = client.get(&review).ok();
    // The plan of the districts that names no day is taken now; what Công an tỉnh reports upwards has no cycle and waits.
    let ticked = |key: u32| {
        let tag = page.split(&format!("name=\"duty.{key}\"")).nth(1).and_then(|rest| rest.split('>').next());
        tag.is_some_and(|tag| tag.contains("checked"))
    };
    assert_eq!((35..=40).map(ticked).collect::<Vec<_>>(), [true, true, true, true, true, false]);
    assert!(!page.contains("chỗ cần sửa trước khi lập kế hoạch"), "{page}");
    confirm(&client, &review).redirected();
}
