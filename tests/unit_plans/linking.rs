//! The rule against a table a person made, on the documents as they are and as they arrive.

use std::collections::BTreeSet;

use serde::Deserialize;
use tonghop::plan_reader::{Sure, read};
use tonghop::unit_plans::items::{Document, place};
use tonghop::unit_plans::linking::{Asked, propose};
use unicode_normalization::UnicodeNormalization;

use super::{DISTRICT, PLAN};
use crate::plan_reader::mangled::wrapped;

#[derive(Deserialize)]
struct TaskRow {
    document: String,
    task: usize,
    clause: String,
    number: String,
    text: String,
}

#[derive(Deserialize)]
struct AnswerRow {
    document: String,
    task: usize,
    clause: String,
    how: String,
}

fn rows<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().expect("a table")
}

/// The tasks of a document, in order.
pub(super) fn tasks(document: &str) -> Vec<Asked> {
    let all: Vec<TaskRow> = rows(include_str!("../../fixtures/unit_plans/tasks.csv"));
    let own: Vec<TaskRow> = all.into_iter().filter(|row| row.document == document).collect();
    assert!(!own.is_empty(), "{document} has tasks");
    assert!(own.iter().enumerate().all(|(at, row)| row.task == at + 1), "tasks are numbered from 1");
    own.into_iter()
        .map(|row| Asked { clause: row.clause, number: row.number, text: row.text, own: false })
        .collect()
}

/// What the rule says of a text: task, words the clause begins with, whether it is ticked.
fn found(document: &str, text: &str) -> BTreeSet<(usize, String, bool)> {
    let read = Document::of(&read(text));
    let beginning = |text: &str| text.nfc().take(24).collect::<String>();
    propose(&tasks(document), &read.items)
        .into_iter()
        .map(|link| (link.task + 1, beginning(&read.items[link.item].text), link.sure > Sure::Guess))
        .collect()
}

/// What the table says, its clauses by how they begin in the document as it is.
fn expected(document: &str, text: &str) -> BTreeSet<(usize, String, bool)> {
    let read = Document::of(&read(text));
    let all: Vec<AnswerRow> = rows(include_str!("../../fixtures/unit_plans/answers.csv"));
    let own = all.into_iter().filter(|row| row.document == document);
    own.map(|row| {
        let item = read.items.iter().find(|item| item.path == row.clause).expect("a clause of the document");
        (row.task, item.text.nfc().take(24).collect(), row.how == "ticked")
    })
    .collect()
}

fn check(what: &str, mangle: impl Fn(&str) -> String) {
    for (document, text) in [("department-plan", PLAN), ("district-plan", DISTRICT)] {
        assert_eq!(found(document, &mangle(text)), expected(document, text), "{document}, {what}");
    }
}

#[test]
fn what_a_person_links_is_linked_and_nothing_else() {
    check("as it is", str::to_owned);
}

#[test]
fn broken_lines_of_a_pdf() {
    for width in [72, 80, 96] {
        check(&format!("lines of {width}"), |text| wrapped(text, width));
    }
    check("page numbers", |text| {
        let mut out = String::new();
        for (at, line) in wrapped(text, 80).lines().enumerate() {
            out.push_str(line);
            out.push('\n');
            if at > 22 && at % 9 == 0 {
                out.push_str(&format!("\n                    {}\n\n\u{000C}", at / 9));
            }
        }
        out
    });
}

#[test]
fn other_code_points_and_blanks() {
    check("decomposed", |text| text.nfd().collect());
    check("no-break blanks", |text| text.replace(' ', "\u{A0}"));
    check("look-alike letters", |text| text.replace('Đ', "\u{D0}").replace('đ', "\u{F0}"));
    check("other line ends", |text| text.replace('\n', "\r\n"));
}

#[test]
fn sections_in_another_order() {
    // The last section first: its clauses answer the same tasks.
    check("the last section first", |text| {
        let (head, rest) = text.split_once("\nI. ").expect("a first section");
        let (aims, rest) = rest.split_once("\nII. ").expect("a second");
        let (work, rest) = rest.split_once("\nIII. ").expect("a third");
        let (last, close) = rest.split_once("\nNơi nhận").expect("recipients");
        let last = last.trim_end();
        format!("{head}\nI. {last}\n\nII. {work}\nIII. {aims}\nNơi nhận{close}")
    });
}

#[test]
fn a_citation_counts_for_its_plan_alone() {
    let tasks = tasks("district-plan");
    let linked = |text: &str| -> Vec<(usize, bool)> {
        let document =
            Document::of(&read(&format!("KẾ HOẠCH\nThử\n\nI. NỘI DUNG\n\n1. {text}\n\n2. Việc khác hẳn.\n")));
        propose(&tasks, &document.items).into_iter().map(|link| (link.task + 1, link.cited)).collect()
    };
    assert_eq!(linked("Làm theo mục III.4 Kế hoạch số 13/KH-UBND."), [(4, true)]);
    assert_eq!(linked("Làm theo mục III.4, Kế hoạch số 013/KH-UBND của UBND tỉnh."), [(4, true)]);
    assert_eq!(linked("Làm theo mục III.4 Kế hoạch của Ủy ban nhân dân tỉnh."), [(4, true)]);
    assert_eq!(linked("Làm theo mục III Kế hoạch số 13/KH-UBND.").len(), 3, "a whole section: three at most");
    assert!(linked("Làm theo mục III.4 Kế hoạch số 31/KH-UBND.").is_empty(), "another plan");
    assert!(linked("Làm theo mục III.4 Kế hoạch này.").is_empty(), "its own clause");
    assert!(linked("Làm theo mục III.4.").is_empty(), "nobody's");
    assert!(linked("Làm theo mục III.40 Kế hoạch số 13/KH-UBND.").is_empty(), "another clause");
    assert!(linked("Kế hoạch số 13/KH-UBND có 40 mục.").is_empty());
}

#[test]
fn a_place_is_said_as_people_say_it() {
    for (path, words) in [
        ("II.1.a", "mục II.1.a"),
        ("III.1.-2", "mục III.1, gạch đầu dòng 2"),
        ("I.2.+1", "mục I.2, dấu cộng 1"),
        ("Điều 2.1", "Điều 2.1"),
        ("đoạn 3", "đoạn 3"),
    ] {
        assert_eq!(place(path), words);
    }
}

#[test]
fn words_that_only_close_the_document_answer_nothing() {
    let paths = |text: &str| -> Vec<String> {
        Document::of(&read(text)).items.into_iter().map(|item| item.path).collect()
    };
    let closing = |words: &str| PLAN.replace("việc thực hiện./.", &format!("việc thực hiện.\n\n{words}"));
    let formula = closing("Trên đây là Kế hoạch của Sở Tư pháp./.");
    assert_ne!(formula, PLAN);
    assert_eq!(paths(&formula), paths(PLAN));
    // What is said after them is no formula.
    let more = closing("Trên đây là Kế hoạch của Sở Tư pháp. Các phòng gửi kết quả trước ngày 05/12./.");
    let items = Document::of(&read(&more)).items;
    assert!(items.iter().any(|item| item.text.contains("Các phòng gửi kết quả")), "{items:?}");
}

/// The items of a reading once more, each clause held against all.
fn plainly(text: &str) -> Vec<(String, String, bool)> {
    let reading = read(text);
    let below = |path: &str, above: &str| path.starts_with(&format!("{above}."));
    let line = |title: &str| title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for clause in reading.clauses.iter().filter(|clause| !clause.path.starts_with("mở đầu ")) {
        let over = || reading.clauses.iter().filter(|other| below(&clause.path, &other.path));
        let titled = over().filter_map(|other| Some((other.path.len(), line(other.title.as_deref()?))));
        let heading = titled.max_by_key(|(length, _)| *length).map(|(_, title)| title).unwrap_or_default();
        let own = clause.title.iter().map(|title| line(title));
        let aim = over().filter_map(|other| other.title.as_deref()).map(line).chain(own).any(|title| {
            let title = tonghop::vietnamese::search_key(&title);
            ["muc dich", "muc tieu", "yeu cau", "quan diem"].iter().any(|word| title.starts_with(word))
        });
        found.push((clause.path.clone(), heading, aim));
    }
    found
}

#[test]
fn an_item_knows_its_heading_and_whether_it_is_an_aim() {
    for text in [PLAN, DISTRICT] {
        let all = plainly(text);
        let items = Document::of(&read(text)).items;
        assert!(items.len() > 8);
        for item in items {
            let known = (item.path, item.heading, item.aim);
            assert!(all.contains(&known), "{known:?} not in {all:?}");
        }
    }
}
