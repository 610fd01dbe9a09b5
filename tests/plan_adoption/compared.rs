//! The same document again: what differs from the plan, and nothing where nothing does.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tonghop::db::schema::audit_log;
use tonghop::plan_adoption::compare::{
    Difference, Side, SideClause, SideDuty, SideTask, alike, compare, split_as,
};
use tonghop::plan_adoption::upload::MOST_COMPARED;

use super::*;

#[test]
fn the_document_a_plan_was_made_of_does_not_differ() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    // Whatever waits is left out by nobody: what is compared is all of the document.
    press(&client, &review, "save", &[]);
    let plan = confirm(&client, &review).redirected();
    let id = id_of(&plan).to_string();
    let page = client.get(&plan).ok();
    assert!(page.contains(&format!("/plan-uploads?plan={id}")), "{page}");
    let again = client.post("/plan-uploads/text", &[("text", PLAN), ("plan", &id)]).redirected();
    let page = client.get(&again).ok();
    for part in ["<h2>Mục</h2>", "<h2>Nhiệm vụ</h2>", "<h2>Đơn vị thực hiện</h2>"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    // A reworded task, another body, a clause more, a day moved.
    let changed = PLAN
        .replace("đưa tin đều đặn, đúng trọng tâm", "đưa tin đều đặn, đúng trọng tâm, đúng luật")
        .replace("4. Sở Tài chính", "4. Sở Nội vụ")
        .replace(
            "IV. TỔ CHỨC THỰC HIỆN",
            "8. Sở Giáo dục và Đào tạo\n\nĐưa nội dung vào buổi chào cờ.\n\nIV. TỔ CHỨC THỰC HIỆN",
        )
        .replace("năm (trước ngày 15/11)", "năm (trước ngày 20/11)");
    let again = client.post("/plan-uploads/text", &[("text", &changed), ("plan", &id)]).redirected();
    let page = client.get(&again).ok();
    for words in [
        "Nội dung nhiệm vụ ở mục III.2",
        "<ins>, đúng luật</ins>",
        "Sở Nội vụ (Mục III.4",
        "Sở Tài chính (Mục III.4",
        "Mục III.8. Sở Giáo dục và Đào tạo",
        "trước ngày <ins>20/11</ins> hằng năm",
        "chỉ có trong văn bản",
        "chỉ có trong kế hoạch",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Each difference leads to where it is changed.
    let ways = page.matches("<li><div><span class=\"tag").count();
    let to_plan = page.matches(&format!("<a href=\"/plans/{id}/clauses\">Sửa ")).count();
    assert_eq!(to_plan + page.matches("<a href=\"/regimes\">Sửa chế độ báo cáo").count(), ways);
    assert!(ways > 4 && to_plan < ways, "{page}");
    // Nothing of the plan was touched, and what is compared is never adopted.
    assert_eq!(client.post(&format!("{again}/adoption"), &[("version", "1"), ("shown", "x")]).status, 404);
    assert_eq!(app.client("tonghop.catinh.longan").get(&again).status, 404);
    let foreign =
        app.client("tonghop.catinh.longan").post("/plan-uploads/text", &[("text", PLAN), ("plan", &id)]);
    assert_eq!(foreign.status, 404);
}

#[test]
fn of_what_is_compared_with_a_plan_the_newest_are_kept_and_each_can_be_dropped() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    press(&client, &review, "save", &[]);
    let plan = confirm(&client, &review).redirected();
    let id = id_of(&plan).to_string();
    let compared =
        |text: &str| client.post("/plan-uploads/text", &[("text", text), ("plan", &id)]).redirected();
    let first = compared(PLAN);
    assert_eq!(compared(PLAN), first, "the same bytes are the same upload");
    let later: Vec<String> = (1..=MOST_COMPARED)
        .map(|n| compared(&PLAN.replace("đưa tin đều đặn", &format!("đưa tin đều đặn {n} lần"))))
        .collect();
    assert_eq!(client.get(&first).status, 404);
    assert!(later.iter().all(|at| client.get(at).status == 200));
    assert_eq!(client.post(&format!("{}/removal", later[0]), &[("version", "9")]).status, 409);
    client.post(&format!("{}/removal", later[0]), &[("version", "1")]).redirected();
    assert_eq!(client.get(&later[0]).status, 404);
    let told: i64 = app
        .db
        .read(|conn| {
            audit_log::table
                .filter(audit_log::action.eq("plan_upload.remove"))
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(told, 2, "the one that made room and the one that was dropped");
    // What the plan was made of stays.
    assert_eq!(client.get(&format!("{plan}/original")).status, 200);
}

fn side() -> Side {
    let task = |path: &str, text: &str, holders: &[&str]| SideTask {
        due: String::new(),
        path: path.into(),
        text: text.into(),
        target: String::new(),
        holders: holders.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(),
    };
    let clause =
        |path: &str, title: &str| SideClause { path: path.into(), title: title.into(), body: String::new() };
    Side {
        clauses: vec![clause("I", "Nhiệm vụ"), clause("I.1", "Sở Tài chính")],
        tasks: vec![
            task("I.1", "Lập dự toán hằng năm và trình UBND tỉnh", &["Sở Tài chính"]),
            task("I.1", "Theo dõi việc chi tiêu ở các đơn vị", &["Sở Tài chính", "Sở Nội vụ"]),
        ],
        duties: vec![SideDuty {
            cycle: "Năm".into(),
            due: "trước ngày 15/11 hằng năm".into(),
            of: "A".into(),
        }],
    }
}

#[test]
fn each_kind_of_difference_is_told_once() {
    let (document, mut plan) = (side(), side());
    assert_eq!(compare(&document, &plan).count(), 0);
    plan.tasks[0].text = "Lập dự toán hằng năm và trình Chủ tịch UBND tỉnh".into();
    plan.tasks[1].holders.remove("Sở Nội vụ");
    plan.tasks[1].holders.insert("Công an tỉnh".into());
    plan.clauses.push(SideClause { path: "II".into(), title: "Kinh phí".into(), body: String::new() });
    plan.duties[0].due = "trước ngày 20/11 hằng năm".into();
    let found = compare(&document, &plan);
    assert_eq!(found.clauses, [Difference::OnlyPlan("Mục II. Kinh phí".into())]);
    assert!(matches!(&found.tasks[..], [Difference::Changed(of, ..)] if of.contains("I.1")));
    assert_eq!(found.holders.len(), 2);
    assert!(matches!(&found.duties[..], [Difference::Changed(..)]));
    let none = Side::default();
    let gone = compare(&none, &side());
    assert!(
        gone.tasks
            .iter()
            .chain(&gone.clauses)
            .chain(&gone.duties)
            .all(|d| matches!(d, Difference::OnlyPlan(_)))
    );
}

#[test]
fn a_change_of_a_task_is_not_told_of_its_clause_again() {
    let (mut document, mut plan) = (side(), side());
    // A clause of one paragraph, which is its task.
    for side in [&mut document, &mut plan] {
        side.clauses[1] =
            SideClause { path: "I.1".into(), title: String::new(), body: side.tasks[0].text.clone() };
        side.tasks.truncate(1);
    }
    let reworded = "Tổ chức hội nghị";
    plan.tasks[0].text = reworded.into();
    plan.clauses[1].body = reworded.into();
    let found = compare(&document, &plan);
    assert_eq!(found.count(), 1, "{found:?}");
    assert!(matches!(&found.tasks[..], [Difference::Changed(..)]));
}

#[test]
fn a_task_split_in_two_is_the_same_task() {
    let (document, mut plan) = (side(), side());
    let half = SideTask { text: "Lập dự toán hằng năm".into(), ..plan.tasks[0].clone() };
    plan.tasks[0].text = "và trình UBND tỉnh".into();
    plan.tasks.insert(0, half);
    assert_eq!(compare(&document, &plan).count(), 0);
    plan.tasks[1].holders.clear();
    assert_eq!(compare(&document, &plan).count(), 0, "one half is still the body's");
    plan.tasks[0].holders.clear();
    assert_eq!(compare(&document, &plan).holders.len(), 1);
    plan.tasks[1].text = "và trình Chủ tịch".into();
    assert!(compare(&document, &plan).tasks.len() > 1, "words were changed");
}

#[test]
fn a_split_task_leaves_no_body_behind_and_no_difference() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    let read = tonghop::plan_adoption::propose::propose(&tonghop::plan_reader::read(PLAN));
    let task = read.tasks.iter().find(|task| task.lead == ["Sở Tài chính"]).expect("a task");
    let (words, address) = (task.text.split(' ').collect::<Vec<_>>(), format!("{review}/tasks/{}", task.key));
    let text = format!("{}\n{}", words[..4].join(" "), words[4..].join(" "));
    let version = value(&client.get(&address).ok(), "version");
    let lead = format!("unit:{}", unit(&app, "bg.taichinh"));
    let fields = [
        ("version", version.as_str()),
        ("clause", &task.clause.to_string()),
        ("text", &text),
        ("target", &task.target),
        ("due_on", &task.due_on),
        ("rows", "1"),
        ("who_0", &lead),
        ("part_0", "lead"),
        ("mode_0", "assign"),
        ("do", "split"),
    ];
    client.post(&address, &fields).redirected();
    let plan = confirm(&client, &review).redirected();
    let page = client.get(&format!("{plan}/clauses")).ok();
    assert!(page.contains(&words[..4].join(" ")) && !page.contains(&task.text), "{page}");
    let id = id_of(&plan).to_string();
    let again = client.post("/plan-uploads/text", &[("text", PLAN), ("plan", &id)]).redirected();
    let page = client.get(&again).ok();
    for part in ["<h2>Mục</h2>", "<h2>Nhiệm vụ</h2>", "<h2>Đơn vị thực hiện</h2>"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
}

fn any_side() -> impl Strategy<Value = Side> {
    let text =
        proptest::collection::vec(prop_oneof!["lập", "dự", "toán", "theo", "dõi", "chi", "tin", "bài"], 1..6);
    let task = (prop_oneof!["I", "I.1", "II"], text, proptest::collection::btree_set("[A-C]", 0..3))
        .prop_map(|(path, words, holders)| SideTask {
            path,
            text: words.join(" "),
            target: String::new(),
            due: String::new(),
            holders,
        });
    proptest::collection::vec(task, 0..6).prop_map(|tasks| Side { tasks, ..Side::default() })
}

proptest! {
    /// A side never differs from itself, and no task is counted twice or forgotten.
    #[test]
    fn every_task_is_paired_or_told(left in any_side(), right in any_side()) {
        prop_assert_eq!(compare(&left, &left).count(), 0);
        let there = compare(&left, &right);
        let only = |found: &[Difference], document: bool| {
            found.iter().filter(|d| matches!(d, Difference::OnlyDocument(_)) == document && !matches!(d, Difference::Changed(..))).count()
        };
        // As many are left alone on one side more as it has tasks more.
        prop_assert_eq!(
            split_as(&left.tasks, &right.tasks).len() + only(&there.tasks, false),
            right.tasks.len() + only(&there.tasks, true)
        );
    }

    /// Likeness against counting words one by one.
    #[test]
    fn likeness_counts_common_words(left in "[a-c ]{0,20}", right in "[a-c ]{0,20}") {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (l, mut r) = (words(&left), words(&right));
        prop_assume!(!l.is_empty() && !r.is_empty());
        let total = l.len() + r.len();
        let mut both = 0;
        for word in &l {
            if let Some(at) = r.iter().position(|other| other == word) {
                r.remove(at);
                both += 1;
            }
        }
        prop_assert_eq!(alike(&left, &right), 200 * both / total);
    }
}
