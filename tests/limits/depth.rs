//! A tree of clauses has at most ten levels; deeper data, should there be any, is drawn without running out of stack.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{ClauseId, PlanId};
use tonghop::db::schema::clauses;
use tonghop::on_each;
use tonghop::plans::{Clause, DEEPEST, height, level_under};

use super::{COMPILER, plan};
use crate::support::app::TestApp;

fn add(app: &TestApp, parent: &str, label: &str) -> Result<String, String> {
    let (id, version) = plan(app);
    let fields = [("version", version.as_str()), ("parent", parent), ("label", label), ("title", "Thử")];
    let answer = app.client(COMPILER).post(&format!("/plans/{id}/clauses"), &fields);
    match answer.status {
        303 => Ok(answer.location.rsplit('-').next().expect("an id").to_owned()),
        422 => Err(answer.text()),
        other => panic!("{other}"),
    }
}

#[test]
fn the_eleventh_level_is_refused_and_so_is_a_move_that_makes_one() {
    let app = TestApp::demo();
    let mut parent = String::new();
    for level in 1..=DEEPEST {
        parent = add(&app, &parent, &format!("z{level}")).expect("ten levels are taken");
    }
    let page = add(&app, &parent, "a").expect_err("the eleventh is not");
    assert!(page.contains("nhiều nhất 10 cấp mục") && page.contains("f-parent-e"), "{page}");
    // A clause with one below it does not go under the ninth.
    let mover = add(&app, "", "m").expect("a clause");
    add(&app, &mover, "n").expect("one below it");
    let ninth: Option<i64> = app
        .db
        .read(|conn| {
            let tenth: i64 = parent.parse().expect("an id");
            Ok::<_, DbError>(clauses::table.find(tenth).select(clauses::parent_id).first(conn)?)
        })
        .expect("a clause");
    let (_, version) = plan(&app);
    let ninth = ninth.expect("a parent").to_string();
    let fields = [("version", version.as_str()), ("parent", &ninth), ("label", "m"), ("title", "Thử")];
    let moved = app.client(COMPILER).post(&format!("/clauses/{mover}"), &fields);
    assert_eq!(moved.status, 422);
    assert!(moved.text().contains("nhiều nhất 10 cấp mục"));
}

#[test]
fn three_thousand_levels_do_not_end_the_program() {
    let app = TestApp::demo();
    let (id, _) = plan(&app);
    app.db
        .write(|conn| {
            let mut above: Option<ClauseId> = None;
            for level in 1..=3_000_i32 {
                let row = (
                    clauses::plan_id.eq(id),
                    clauses::parent_id.eq(above),
                    clauses::position.eq(1_000 + level),
                    clauses::label.eq("x"),
                    clauses::path.eq("x"),
                    clauses::title.eq(format!("Cấp {level}.")),
                );
                above = Some(on_each!(conn, |c| diesel::insert_into(clauses::table)
                    .values(row)
                    .returning(clauses::id)
                    .get_result(c))?);
            }
            Ok::<_, DbError>(())
        })
        .expect("a deep tree");
    let compiler = app.client(COMPILER);
    for page in [format!("/plans/{id}"), format!("/plans/{id}/clauses")] {
        let page = compiler.get(&page).ok();
        assert!(page.contains("Cấp 11.") && page.contains("Cấp 3000."), "nothing is hidden");
    }
    assert_eq!(compiler.get("/plans").status, 200);
}

#[test]
fn depth_and_height_are_counted_by_hand() {
    let clause = |id: i64, parent: Option<i64>| Clause {
        id: ClauseId(id),
        plan_id: PlanId(1),
        parent_id: parent.map(ClauseId),
        position: 1,
        label: String::new(),
        path: String::new(),
        title: String::new(),
        body: String::new(),
    };
    let tree = [clause(1, None), clause(2, Some(1)), clause(3, Some(2)), clause(4, Some(1))];
    assert_eq!(level_under(&tree, None), 1);
    assert_eq!(level_under(&tree, Some(ClauseId(1))), 2);
    assert_eq!(level_under(&tree, Some(ClauseId(3))), 4);
    assert_eq!([1, 2, 3, 4].map(|id| height(&tree, ClauseId(id))), [3, 2, 1, 1]);
    // A circle, which only broken data has, is an answer too.
    let circle = [clause(1, Some(2)), clause(2, Some(1))];
    assert!(level_under(&circle, Some(ClauseId(1))) > 2 && height(&circle, ClauseId(1)) > 2);
}
