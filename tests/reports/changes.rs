//! What changed between two revisions, against an oracle of its own: the changes laid on the old content give the new
//! one, equal contents give none, and no word is cut.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tonghop::db::ids::{IndicatorId, TaskId};
use tonghop::reports::difference::{Difference, RowChange, Said};
use tonghop::reports::wording::{Stretch, compare, same_words};
use tonghop::reports::{
    Content, Entry, Evidence, Reading, Row, TaskResult, TaskStatus, TypedDay, TypedReach,
};
use tonghop::vietnamese::Level;
use unicode_normalization::UnicodeNormalization;

fn old_side(stretches: &[Stretch]) -> String {
    let side = stretches.iter().map(|s| match s {
        Stretch::Same(text) | Stretch::Changed { removed: text, .. } => text.as_str(),
    });
    side.collect()
}

fn new_side(stretches: &[Stretch]) -> String {
    let side = stretches.iter().map(|s| match s {
        Stretch::Same(text) | Stretch::Changed { added: text, .. } => text.as_str(),
    });
    side.collect()
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Sentences of Vietnamese syllables, composed or not, with numbers, punctuation and every kind of gap.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "tuyên",
            "truyền",
            "người",
            "Đặng",
            "hội",
            "nghị",
            "xã",
            "phường",
            "2.174",
            "85,7%",
            "KH-UBND",
            "“mô",
            "hình”,",
            "(kỳ",
            "trước)",
            "kết",
            "quả.",
            "12",
            "15/6/2025",
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec!["truyền", "người", "kết"]).prop_map(|w| w.nfd().collect::<String>()),
    ];
    let gap = prop::sample::select(vec![" ", " ", " ", "  ", "\n", "\n\n", "\u{a0}"]);
    prop::collection::vec((word, gap), 0..24)
        .prop_map(|parts| parts.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

/// Whether two letters, digits or marks of one word stand on both sides of any border between stretches.
fn cuts_a_word(parts: &[&str]) -> bool {
    let inside = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let filled: Vec<&&str> = parts.iter().filter(|part| !part.is_empty()).collect();
    filled.windows(2).any(|pair| {
        pair[0].chars().next_back().is_some_and(inside) && pair[1].chars().next().is_some_and(inside)
    })
}

proptest! {
    #[test]
    fn the_marks_of_two_texts_are_both_texts(old in text(), new in text()) {
        let stretches = compare(&old, &new);
        prop_assert_eq!(old_side(&stretches), nfc(&old));
        prop_assert_eq!(new_side(&stretches), nfc(&new));
        let olds: Vec<&str> = stretches.iter().map(|s| match s {
            Stretch::Same(text) | Stretch::Changed { removed: text, .. } => text.as_str(),
        }).collect();
        let news: Vec<&str> = stretches.iter().map(|s| match s {
            Stretch::Same(text) | Stretch::Changed { added: text, .. } => text.as_str(),
        }).collect();
        prop_assert!(!cuts_a_word(&olds) && !cuts_a_word(&news), "{:?}", stretches);
        let changed = stretches.iter().any(|s| matches!(s, Stretch::Changed { .. }));
        prop_assert_eq!(changed, nfc(&old) != nfc(&new));
    }

    #[test]
    fn white_space_is_no_word(words in prop::collection::vec("[a-zđ]{1,5}", 0..12), wide in any::<bool>()) {
        let gap = if wide { "\n\n  " } else { "\t" };
        prop_assert!(same_words(&words.join(" "), &words.join(gap)));
    }
}

#[test]
fn phrases_are_read_as_people_read_them() {
    let same = |text: &str| Stretch::Same(text.to_owned());
    let changed =
        |removed: &str, added: &str| Stretch::Changed { removed: removed.into(), added: added.into() };
    assert_eq!(
        compare("Đã tổ chức 12 buổi, đạt 85%.", "Đã tổ chức 15 buổi, đạt 90%."),
        [same("Đã tổ chức "), changed("12", "15"), same(" buổi, đạt "), changed("85%", "90%"), same(".")]
    );
    assert_eq!(
        compare("đăng tin bài mới trên cổng", "chia sẻ bài mới trên cổng"),
        [changed("đăng tin", "chia sẻ"), same(" bài mới trên cổng")]
    );
    // The same syllable, composed and not, is the same.
    assert_eq!(compare("người", &"người".nfd().collect::<String>()), [same("người")]);
    // A long text is compared line by line, and still gives back both.
    let long = "một hai ba\n".repeat(3_000);
    let other = format!("{long}bốn\n");
    assert!(compare(&long, &other) == [same(&long), changed("", "bốn\n")]);
}

fn row() -> impl Strategy<Value = Row> {
    prop::collection::btree_map("[abc]", "[xyz]{1,2}", 1..4)
}

fn entry() -> impl Strategy<Value = Entry> {
    let reading =
        prop_oneof![Just(Reading::Blank), Just(Reading::NotApplicable), (-3i64..4).prop_map(Reading::Value),];
    let level = prop::sample::select(Level::ALL.to_vec());
    ("[0-9]{0,3}", reading, level, "[ab ]{0,3}", any::<bool>()).prop_map(
        |(typed, reading, level, note, ambiguous)| Entry {
            typed,
            reading,
            estimate: level.estimate,
            qualifier: level.qualifier,
            note,
            ambiguous,
        },
    )
}

fn result() -> impl Strategy<Value = TaskResult> {
    (prop::sample::select(TaskStatus::ALL.to_vec()), "[ab ]{0,4}")
        .prop_map(|(status, body)| TaskResult { status, body })
}

fn link() -> impl Strategy<Value = Evidence> {
    let day = prop::sample::select(vec!["", "05/6/2025", "17/6/2025"]);
    let reach = prop::sample::select(vec!["", "1.840", "963"]);
    ("[ab]{1,2}", "[xy]{1,2}", day, reach).prop_map(|(title, url, day, reach)| Evidence {
        title,
        url,
        platform: String::new(),
        published: TypedDay::read(day),
        reach: TypedReach::read(reach),
    })
}

fn content() -> impl Strategy<Value = Content> {
    (
        prop::collection::btree_map("I|II|III", text(), 0..3),
        prop::collection::btree_map((1i64..5).prop_map(IndicatorId), entry(), 0..4),
        prop::collection::btree_map("documents|models", prop::collection::vec(row(), 0..6), 0..3),
        prop::collection::btree_map((1i64..4).prop_map(TaskId), result(), 0..3),
        prop::collection::vec(link(), 0..4),
        ("[0-9]{0,2}", "05/6/2025|06/6/2025|"),
    )
        .prop_map(|(sections, entries, lists, tasks, evidence, (number, day))| {
            let mut content = Content { sections, entries, lists, tasks, evidence, ..Content::default() };
            content.paper.number = number;
            content.actual_to = TypedDay::read(&day);
            content
        })
}

/// The rows the changes lead to: what was not taken out or changed moves up in its order.
fn applied(old: &[Row], changes: &[RowChange]) -> Vec<Row> {
    let mut left: BTreeMap<usize, Row> = old.iter().cloned().enumerate().collect();
    let mut placed: BTreeMap<usize, Row> = BTreeMap::new();
    for change in changes {
        match change {
            RowChange::Removed { was, row } => assert_eq!(left.remove(was).as_ref(), Some(row)),
            RowChange::Added { is, row } => assert_eq!(placed.insert(*is, row.clone()), None),
            RowChange::Changed { was, is, row } => {
                assert_eq!(left.remove(was).as_ref(), Some(&row.old));
                assert_eq!(placed.insert(*is, row.new.clone()), None);
            }
        }
    }
    let mut rest = left.into_values();
    let count = rest.len() + placed.len();
    (0..count).map(|at| placed.remove(&at).or_else(|| rest.next()).expect("a row for every place")).collect()
}

fn links(content: &Content) -> Vec<Row> {
    let row = |link: &Evidence| {
        let cells = [
            ("title", link.title.clone()),
            ("url", link.url.clone()),
            ("platform", link.platform.clone()),
            ("published", link.published.words()),
            ("reach", link.reach.words()),
        ];
        cells.into_iter().filter(|(_, c)| !c.is_empty()).map(|(k, c)| (k.to_owned(), c)).collect()
    };
    content.evidence.iter().map(row).collect()
}

/// What a person would read of a figure that is there.
fn read_of(content: &Content) -> BTreeMap<IndicatorId, Said> {
    let said = content.entries.iter().map(|(id, entry)| (*id, Said::of(Some(entry))));
    said.filter(|(_, said)| *said != Said::default()).collect()
}

proptest! {
    #[test]
    fn the_changes_laid_on_the_old_content_give_the_new(old in content(), new in content()) {
        let difference = Difference::between(&old, &new);
        let mut figures = read_of(&old);
        for (id, change) in &difference.figures {
            prop_assert_eq!(figures.get(id).cloned().unwrap_or_default(), change.old.clone());
            figures.insert(*id, change.new.clone());
        }
        figures.retain(|_, said| *said != Said::default());
        prop_assert_eq!(figures, read_of(&new));

        for code in ["I", "II", "III"] {
            let stretches = difference.sections.iter().find(|(c, _)| c == code).map(|(_, s)| s);
            let became = stretches.map_or(nfc(old.section(code)), |s| new_side(s));
            prop_assert_eq!(became, nfc(new.section(code)));
        }
        for code in ["documents", "models"] {
            let rows = |content: &Content| content.lists.get(code).cloned().unwrap_or_default();
            let changes = difference.lists.iter().find(|(c, _)| c == code).map_or(&[][..], |(_, rows)| rows);
            prop_assert_eq!(applied(&rows(&old), changes), rows(&new));
        }
        prop_assert_eq!(applied(&links(&old), &difference.evidence), links(&new));
        for id in (1..4).map(TaskId) {
            let result = |content: &Content| content.tasks.get(&id).cloned().unwrap_or_default();
            let change = difference.tasks.iter().find(|(task, _)| *task == id).map(|(_, change)| change);
            prop_assert_eq!(change.is_some(), result(&old) != result(&new));
            prop_assert_eq!(change.map_or(result(&old), |change| change.new.clone()), result(&new));
        }
        let number = difference.facts.iter().find(|(fact, _)| fact.words() == "Số văn bản");
        prop_assert_eq!(number.map_or(&old.paper.number, |(_, change)| &change.new), &new.paper.number);
    }

    #[test]
    fn equal_contents_have_no_difference(content in content()) {
        let difference = Difference::between(&content, &content.clone());
        prop_assert_eq!(difference.places(), 0);
        prop_assert_eq!(difference, Difference::default());
    }
}

#[test]
fn a_row_that_keeps_a_cell_is_changed_and_another_is_exchanged() {
    let row = |number: &str, date: &str| -> Row {
        [("number", number), ("date", date)].iter().map(|(k, c)| ((*k).to_owned(), (*c).to_owned())).collect()
    };
    let with = |rows: Vec<Row>| Content {
        lists: BTreeMap::from([("documents".to_owned(), rows)]),
        ..Content::default()
    };
    let old = with(vec![row("21/KH", "2025-03-12"), row("30/CV", "2025-04-01"), row("31/CV", "2025-04-02")]);
    let new = with(vec![row("21/KH", "2025-03-21"), row("31/CV", "2025-04-02"), row("40/CV", "2025-05-05")]);
    let difference = Difference::between(&old, &new);
    let words: Vec<&str> = difference.lists[0]
        .1
        .iter()
        .map(|change| match change {
            RowChange::Removed { row, .. } => row["number"].as_str(),
            RowChange::Added { row, .. } => row["number"].as_str(),
            RowChange::Changed { row, .. } => row.new["date"].as_str(),
        })
        .collect();
    assert_eq!(words, ["2025-03-21", "30/CV", "40/CV"]);
    assert_eq!(difference.places(), 3);
}
