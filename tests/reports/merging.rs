//! Merging two people's fields: against what each did to the base, said in the simplest way.

use std::collections::BTreeSet;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use tonghop::reports::merge::{merge, union};
use tonghop::reports::parts::{Parts, changed, parts, put};
use tonghop::reports::{Content, Entry, Evidence, Reading, TaskResult, TaskStatus, TypedDay};

/// Few fields and few values, so that people meet.
fn any_parts() -> impl Strategy<Value = Parts> {
    let text = (prop_oneof![Just("section.I"), Just("section.II"), Just("actual_to")], 0..3u8)
        .prop_map(|(field, value)| (field.to_owned(), json!(value.to_string())));
    let rows = (Just("list.documents".to_owned()), vec(0..4u8, 1..4)).prop_map(|(field, rows)| {
        (field, Value::Array(rows.into_iter().map(|row| json!({ "number": row.to_string() })).collect()))
    });
    btree_map(0..4u8, prop_oneof![3 => text, 2 => rows], 0..4)
        .prop_map(|all| all.into_values().collect::<Parts>())
}

fn rows_of(parts: &Parts) -> Vec<Value> {
    parts.get("list.documents").and_then(Value::as_array).cloned().unwrap_or_default()
}

proptest! {
    #[test]
    fn what_one_alone_did_is_taken(base in any_parts(), other in any_parts()) {
        let mine = merge(Some(&base), &other, &base);
        prop_assert_eq!((&mine.parts, mine.clashes.len(), mine.unseen.len()), (&other, 0, 0));
        let theirs = merge(Some(&base), &base, &other);
        prop_assert_eq!((&theirs.parts, theirs.clashes.len()), (&other, 0));
        let both = merge(Some(&base), &other, &other);
        prop_assert_eq!((&both.parts, both.clashes.len(), both.unseen.len()), (&other, 0, 0));
    }

    #[test]
    fn a_field_is_somebodys_or_asked_about(base in any_parts(), mine in any_parts(), theirs in any_parts()) {
        let merged = merge(Some(&base), &mine, &theirs);
        let asked: BTreeSet<&str> = merged.clashes.iter().map(|clash| clash.field.as_str()).collect();
        for field in ["section.I", "section.II", "actual_to"] {
            let (b, m, t) = (base.get(field), mine.get(field), theirs.get(field));
            let expected = if m == b { t } else if t == b || t == m { m } else { t };
            prop_assert_eq!(merged.parts.get(field), expected);
            prop_assert_eq!(asked.contains(field), m != b && t != b && m != t);
            prop_assert_eq!(merged.unseen.iter().any(|unseen| unseen == field), m == b && t != b);
        }
        for clash in &merged.clashes {
            prop_assert_eq!(clash.mine.as_ref(), mine.get(&clash.field));
            prop_assert_eq!(clash.theirs.as_ref(), theirs.get(&clash.field));
        }
        // Rows: none that somebody added is lost, none that somebody took out without adding comes back.
        let (b, m, t, all) = (rows_of(&base), rows_of(&mine), rows_of(&theirs), rows_of(&merged.parts));
        if !asked.contains("list.documents") {
            let count = |rows: &[Value], row: &Value| rows.iter().filter(|other| *other == row).count() as i64;
            for row in b.iter().chain(&m).chain(&t) {
                let (was, here, there) = (count(&b, row), count(&m, row), count(&t, row));
                let expected = if here == was { there } else if there == was || there == here { here } else {
                    // Both added, or both took out, or one each.
                    let (here, there) = (here - was, there - was);
                    was + if here.signum() == there.signum() { if here > 0 { here.max(there) } else { here.min(there) } }
                        else { here + there }
                };
                let least = if here < was && there < was { 0 } else { expected.max(0) };
                prop_assert!(count(&all, row) >= least.min(expected.max(0)), "{row} in {all:?}: {expected}");
            }
        }
    }

    #[test]
    fn without_a_base_every_difference_is_asked_about(mine in any_parts(), theirs in any_parts()) {
        let merged = merge(None, &mine, &theirs);
        prop_assert_eq!(&merged.parts, &theirs);
        let differing: Vec<String> = changed(&mine, &theirs).into_iter().map(|(field, _)| field).collect();
        let asked: Vec<String> = merged.clashes.into_iter().map(|clash| clash.field).collect();
        prop_assert_eq!(asked, differing);
    }

    #[test]
    fn joining_two_tables_keeps_every_row(mine in vec(0..4u8, 0..5), theirs in vec(0..4u8, 0..5)) {
        let values = |rows: &[u8]| rows.iter().map(|row| json!(row)).collect::<Vec<_>>();
        let all = union(&values(&mine), &values(&theirs));
        for row in 0..4u8 {
            let count = |rows: &[u8]| rows.iter().filter(|other| **other == row).count();
            let found = all.iter().filter(|other| **other == json!(row)).count();
            prop_assert_eq!(found, count(&mine).max(count(&theirs)));
        }
    }
}

#[test]
fn a_content_goes_into_its_parts_and_back() {
    let mut content = Content::default();
    content.sections.insert("I".into(), "Đã triển khai.  ".into());
    content.sections.insert("II".into(), String::new());
    let figure = Entry {
        typed: "1.200".into(),
        reading: Reading::Value(1200),
        note: "ước".into(),
        ..Entry::default()
    };
    content.entries.insert(tonghop::db::ids::IndicatorId(4), figure.clone());
    content.entries.insert(tonghop::db::ids::IndicatorId(5), Entry::default());
    let done = TaskResult { status: TaskStatus::Done, body: "Xong".into() };
    content.tasks.insert(tonghop::db::ids::TaskId(9), done);
    content.evidence.push(Evidence { url: "https://bao.vn/a".into(), ..Evidence::default() });
    content.actual_to = TypedDay::read("5/6/2025");
    content.paper.number = "12".into();
    let taken = parts(&content).expect("parts");
    let fields: Vec<&str> = taken.keys().map(String::as_str).collect();
    assert_eq!(fields, ["actual_to", "evidence", "figure.4", "paper", "section.I", "task.9"]);
    let mut again = Content::default();
    for (field, value) in &taken {
        put(&mut again, field, Some(value)).expect("a field");
    }
    assert_eq!(parts(&again).expect("parts"), taken);
    assert_eq!(again.actual_to.date, content.actual_to.date);

    // Another spelling of one number is no change; another note is.
    let respelt = Entry { typed: "1200".into(), ..figure.clone() };
    again.entries.insert(tonghop::db::ids::IndicatorId(4), respelt);
    assert_eq!(changed(&taken, &parts(&again).expect("parts")), []);
    again.entries.insert(tonghop::db::ids::IndicatorId(4), Entry { note: String::new(), ..figure });
    assert_eq!(changed(&taken, &parts(&again).expect("parts")).len(), 1);
    assert!(put(&mut again, "nothing", None).is_err() && put(&mut again, "figure.x", None).is_err());
}
