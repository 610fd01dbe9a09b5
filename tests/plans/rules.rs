//! The pure rules of clauses, holders and forms, against naive versions of themselves.

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::db::ids::{ClauseId, PlanId, TaskId, UnitId};
use tonghop::error::Error;
use tonghop::plans::entry_form::EntryForm;
use tonghop::plans::form::PlanForm;
use tonghop::plans::task_form::{HolderRow, TaskForm, Who};
use tonghop::plans::{HeldTask, Mode, Part, one_per_task, reading_order, shortened};

/// Reads a forest the slow way: a root, then everything below it, then the next root.
fn naive(
    nodes: &[(ClauseId, Option<ClauseId>)],
    parent: Option<ClauseId>,
    depth: usize,
) -> Vec<(ClauseId, usize)> {
    nodes
        .iter()
        .filter(|node| node.1 == parent)
        .flat_map(|node| std::iter::once((node.0, depth)).chain(naive(nodes, Some(node.0), depth + 1)))
        .collect()
}

proptest! {
    #[test]
    fn a_forest_is_read_from_top_to_bottom(parents in proptest::collection::vec(proptest::option::of(0..20_i64), 0..20)) {
        // A parent always comes earlier in the list, so that the nodes are a forest.
        let nodes: Vec<(ClauseId, Option<ClauseId>)> = (0_i64..)
            .zip(&parents)
            .map(|(id, parent)| (ClauseId(id), parent.filter(|p| *p < id).map(ClauseId)))
            .collect();
        prop_assert_eq!(reading_order(&nodes), naive(&nodes, None, 0));
    }

    #[test]
    fn a_shortened_text_is_a_beginning_of_it(text in "[a-zà-ỹ ]{0,60}", longest in 1..40_usize) {
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = shortened(&text, longest);
        prop_assert!(short.chars().count() <= longest + 1);
        match short.strip_suffix('…') {
            Some(begin) => prop_assert!(whole.starts_with(begin) && whole.chars().count() > longest),
            None => prop_assert_eq!(short, whole),
        }
    }
}

#[test]
fn a_clause_that_is_its_own_ancestor_is_left_out() {
    let id = ClauseId;
    let nodes = [(id(1), None), (id(2), Some(id(3))), (id(3), Some(id(2))), (id(4), Some(id(9)))];
    assert_eq!(reading_order(&nodes), [(id(1), 0)]);
}

fn held(task: i64, unit: i64, part: Part) -> HeldTask {
    HeldTask {
        task_id: TaskId(task),
        plan_id: PlanId(1),
        plan_short_name: String::new(),
        clause_id: ClauseId(1),
        clause_path: "I".into(),
        text: String::new(),
        target: String::new(),
        due_on: None,
        part,
        mode: Mode::Assign,
        unit_id: UnitId(unit),
    }
}

#[test]
fn one_line_per_task_keeps_the_order_and_the_lead() {
    let lines = one_per_task(vec![
        held(1, 10, Part::Cooperating),
        held(1, 11, Part::Lead),
        held(2, 10, Part::Lead),
        held(2, 11, Part::Cooperating),
    ]);
    assert_eq!(lines, [held(1, 11, Part::Lead), held(2, 10, Part::Lead)]);
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.0.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

#[test]
fn each_mistake_in_a_plan_stands_at_its_field() {
    let good = PlanForm {
        kind: "KH".into(),
        issuer: "UBND tỉnh".into(),
        subject: "Thử".into(),
        short_name: "Thử".into(),
        year: "2025".into(),
        ..PlanForm::default()
    };
    let facts = good.parse().expect("nothing to mend");
    assert_eq!((facts.year, facts.month, facts.day), (2025, None, None));
    type Change = fn(&mut PlanForm);
    let table: [(Change, &[&str]); 8] = [
        (|f| f.number = "13/KH".into(), &["number"]),
        (|f| f.year = "25".into(), &["year"]),
        (|f| f.month = "13".into(), &["month"]),
        (|f| f.day = "3".into(), &["month"]),
        (|f| (f.day, f.month) = ("31".into(), "6".into()), &["day"]),
        (|f| f.subject = String::new(), &["subject"]),
        (|f| f.valid_from = "31/2/2025".into(), &["valid_from"]),
        (|f| (f.valid_from, f.valid_to) = ("02/01/2025".into(), "01/01/2025".into()), &["valid_to"]),
    ];
    for (change, expected) in table {
        let mut form = good.clone();
        change(&mut form);
        assert_eq!(fields(form.parse().expect_err("to mend")), expected);
    }
}

fn row(who: &str, function: &str, part: &str) -> HolderRow {
    HolderRow { who: who.into(), function: function.into(), part: part.into(), mode: "assign".into() }
}

fn task(rows: Vec<HolderRow>) -> TaskForm {
    TaskForm { clause: "1".into(), text: "Thử".into(), rows, ..TaskForm::default() }
}

#[test]
fn a_task_needs_a_lead_and_names_nobody_twice() {
    let facts =
        task(vec![row("", "", "lead"), row("unit:7", "3", "lead"), row("group:district", "", "cooperating")])
            .parse()
            .expect("nothing to mend");
    let whom: Vec<_> = facts.holders.iter().map(|h| (h.row, h.who.clone())).collect();
    assert_eq!(whom, [(1, Some(Who::Unit(UnitId(7)))), (2, Some(Who::Group("district".into())))]);
    let table = [
        (vec![], "who_0"),
        (vec![row("unit:7", "", "cooperating")], "who_0"),
        (vec![row("unit:7", "", "lead"), row("unit:7", "", "cooperating")], "who_1"),
        (vec![row("unit:7", "", "lead"), row("group:district", "3", "lead")], "who_1"),
        (vec![row("unit:x", "", "lead")], "who_0"),
        (vec![row("unit:7", "", "boss")], "who_0"),
    ];
    for (rows, field) in table {
        assert_eq!(fields(task(rows).parse().expect_err("to mend")), [field]);
    }
}

#[test]
fn work_is_noted_with_a_day_that_has_come_and_a_link_that_is_one() {
    let today = NaiveDate::from_ymd_opt(2025, 6, 10).expect("a day");
    let good = EntryForm { text: "Đăng bài".into(), ..EntryForm::default() };
    let facts = good.parse(today).expect("nothing to mend");
    assert_eq!((facts.done_on, facts.quantity), (today, None));
    let counted = EntryForm { quantity: "1.200".into(), measure_unit: "lượt".into(), ..good.clone() };
    assert_eq!(counted.parse(today).expect("nothing to mend").quantity, Some(1200));
    let zero = EntryForm { quantity: "0".into(), measure_unit: "lượt".into(), ..good.clone() };
    assert_eq!(zero.parse(today).expect("nothing to mend").quantity, Some(0));
    type Change = fn(&mut EntryForm);
    let table: [(Change, &str); 9] = [
        (|f| f.text = " \n".into(), "text"),
        (|f| f.done_on = "11/6/2025".into(), "done_on"),
        (|f| f.done_on = "hôm qua".into(), "done_on"),
        (|f| f.quantity = "5".into(), "measure_unit"),
        (|f| f.quantity = "-5".into(), "quantity"),
        (|f| f.quantity = "gần 5".into(), "quantity"),
        (|f| f.link = "javascript:alert(1)".into(), "link"),
        (|f| f.link = "www.bacgiang.example".into(), "link"),
        (|f| f.link = "https://a b".into(), "link"),
    ];
    for (change, field) in table {
        let mut form = good.clone();
        change(&mut form);
        assert_eq!(fields(form.parse(today).expect_err("to mend")), [field], "{form:?}");
    }
}
