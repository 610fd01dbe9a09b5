//! Places of remarks: their stored codes come back, and only what a report has is a place of it.

use proptest::prelude::*;
use tonghop::db::ids::TaskId;
use tonghop::reports::{Content, Place, Row};

use super::forms::outline;

fn place() -> impl Strategy<Value = Place> {
    let code = "[A-Z]{1,3}[0-9]{0,2}(\\.[0-9]{1,2})?";
    let flat = "[a-z]{1,9}";
    prop_oneof![
        Just(Place::Whole),
        Just(Place::Evidence),
        code.prop_map(Place::Section),
        "[A-Z][0-9]{2}".prop_map(Place::Figure),
        "[A-Z][0-9]{2}".prop_map(Place::FigureValue),
        "[A-Z][0-9]{2}".prop_map(Place::FigureNote),
        (1i64..9_999).prop_map(|id| Place::Task(TaskId(id))),
        flat.prop_map(Place::List),
        (flat, 1usize..500).prop_map(|(list, row)| Place::Row(list, row)),
    ]
}

proptest! {
    #[test]
    fn a_code_comes_back_as_its_place(place in place()) {
        prop_assert_eq!(Place::from_code(&place.code()), Some(place));
    }

    #[test]
    fn whatever_is_typed_is_a_place_of_that_code_or_none(code in "[a-z.0-9A-Z]{0,20}") {
        if let Some(place) = Place::from_code(&code) {
            // A row "007" is row 7.
            let again = place.code();
            prop_assert_eq!(Place::from_code(&again), Some(place));
        }
    }
}

#[test]
fn only_what_a_report_has_is_a_place_of_it() {
    let mut content = Content::default();
    content.lists.insert("documents".into(), vec![Row::new(), Row::new()]);
    let table = [
        ("whole", true),
        ("evidence", true),
        ("section.I", true),
        ("section.II.1", true),
        ("section.IX", false),
        ("figure.B04", true),
        ("figure.B04.value", true),
        ("figure.B04.note", true),
        ("figure.Z99", false),
        ("task.9", true),
        ("task.10", false),
        ("list.documents", true),
        ("list.documents.2", true),
        ("list.documents.3", false),
        ("list.models", false),
    ];
    for (code, there) in table {
        let place = Place::from_code(code).expect(code);
        assert_eq!(place.exists(&outline(), &content), there, "{code}");
    }
    for code in ["", "figure", "figure.", "figure.B04.colour", "list.documents.0", "task.x", "nowhere.1"] {
        assert_eq!(Place::from_code(code), None, "{code}");
    }
}

#[test]
fn places_are_named_as_people_call_them() {
    let words = |code: &str| Place::from_code(code).expect(code).words(&outline());
    assert!(words("figure.B04.note").starts_with("B04. ") && words("figure.B04.note").ends_with(", ghi chú"));
    assert_eq!(words("list.documents.2"), "Văn bản đã ban hành, dòng 2");
    assert_eq!(words("task.9"), "Kết quả nhiệm vụ III.2 (KH 13)");
    assert_eq!(words("whole"), "Cả báo cáo");
}
