//! A form with one section asks for the plan as a whole; a task that asks for the plan is answered by the whole of it.

use tonghop::db::ids::{FormId, TaskId};
use tonghop::plan_reader::read;
use tonghop::prose_reader::{Prose, pieces_of};
use tonghop::prose_reports::choices::form_of;
use tonghop::prose_reports::outcome::texts;
use tonghop::reports::{AskedSection, AskedTask, Content, Outline};
use tonghop::unit_plans::items::Document;
use tonghop::unit_plans::kept::Kept;
use tonghop::unit_plans::linking::Asked;

use super::PLAN;

/// What a regime made of a document asks of papers.
fn plain() -> Outline {
    Outline {
        form_id: FormId(1),
        form_code: "document".to_owned(),
        form_version: 1,
        sections: vec![AskedSection {
            code: "I".to_owned(),
            label: "I".to_owned(),
            title: "Nội dung chính của văn bản".to_owned(),
            hint: String::new(),
            required: false,
        }],
        indicators: vec![],
        lists: vec![],
        tasks: vec![],
        remarks: vec![],
    }
}

fn task(id: i64, text: &str, own: bool) -> (AskedTask, Asked) {
    let task = AskedTask {
        id: TaskId(id),
        plan: String::new(),
        clause: "IV.1".to_owned(),
        text: text.to_owned(),
        part: "chủ trì",
    };
    (task, Asked { clause: "IV.1".to_owned(), number: String::new(), text: text.to_owned(), own })
}

#[test]
fn the_one_section_takes_every_chapter() {
    let (outline, reading) = (plain(), read(PLAN));
    let document = Document::of(&reading);
    let form = form_of(&outline);
    let prose =
        Prose { head: document.head.clone(), pieces: pieces_of(&reading, PLAN, &form), ..Prose::default() };
    let kept = Kept::new(document, &[]).filling(prose, &Content::default(), &outline);
    let texts = texts(&kept.filling);
    let said = texts.get("I").expect("the section");
    for words in ["Người mãn hạn tù và gia đình biết quyền", "phiếu lý lịch tư pháp", "theo dõi, đôn đốc"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(texts.len(), 1);
}

#[test]
fn the_task_that_asks_for_the_plan_is_answered_by_the_whole() {
    let tasks =
        [task(7, "Xây dựng kế hoạch thực hiện, gửi UBND tỉnh", true), task(8, "Chăn nuôi gà đồi", false)];
    let kept = Kept::new(Document::of(&read(PLAN)), &tasks);
    let answers: Vec<String> = kept.answers(TaskId(7)).map(|(_, item)| item.place()).collect();
    assert!(answers.contains(&"toàn văn".to_owned()), "{answers:?}");
    assert!(kept.is_open(TaskId(8)));
    // Where no task asks for it there is no such item.
    let kept = Kept::new(Document::of(&read(PLAN)), &[task(8, "Chăn nuôi gà đồi", false)]);
    assert!(kept.document.items.iter().all(|item| !item.is_whole()));
}
