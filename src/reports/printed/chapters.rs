//! The sections of a form as the chapters of a paper: "II.1" and "II.4" become parts 1 and 2 of one chapter II,
//! because a signed paper counts without gaps; the results of tasks stand under the results.

use super::super::{AskedSection, Content, Outline, TaskStatus};
use super::spelling::{explained, spelt_out, with_number_word};
use super::words::{Kind, headed};
use super::{Around, Frame};
use crate::documents::{Chapter, Line, Part};
use crate::vietnamese::{capital, roman};

/// Room to write in, for a required section that is still blank.
const ROOM: &str = "………………";
/// What a chapter without a heading in the form is called, by its label (the usual outline of a periodic report).
const USUAL: [(&str, &str); 5] = [
    ("I", "Công tác chỉ đạo, triển khai"),
    ("II", "Kết quả thực hiện"),
    ("III", "Đánh giá"),
    ("IV", "Phương hướng, nhiệm vụ"),
    ("V", "Đề xuất, kiến nghị"),
];

/// What the chapter of a label is called where its form has no words for it.
pub fn usual_title(head: &str) -> &'static str {
    USUAL.iter().find(|(known, _)| *known == head).map_or("Nội dung", |(_, title)| title)
}

/// A chapter with the label its form gives it.
struct Labelled {
    head: String,
    chapter: Chapter,
}

pub(super) fn chapters(outline: &Outline, content: &Content, around: &Around<'_>) -> Vec<Chapter> {
    let texts = outline.sections.iter().filter_map(|section| {
        let title = headed(around.frame, &section.title);
        Some((section.label.clone(), title, text(section, content, around.draft)?))
    });
    let mut found = grouped(&texts.collect::<Vec<_>>());
    // A plan says what will be done, and not what was.
    if around.frame.kind() == Kind::Plan {
        return label(found);
    }
    tasks(&mut found, outline, content, around);
    label(found)
}

/// Sections given as label, title and text.
pub(super) fn plain(sections: &[(String, String, String)]) -> Vec<Chapter> {
    label(grouped(sections))
}

fn grouped(sections: &[(String, String, String)]) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    for (label, title, text) in sections {
        let (head, below) = label.split_once('.').map_or((label.as_str(), false), |(h, _)| (h, true));
        if found.last().is_none_or(|last| last.head != head) {
            found.push(Labelled { head: head.to_owned(), chapter: Chapter::default() });
        }
        let Some(last) = found.last_mut() else { continue };
        if below {
            last.chapter.parts.push(Part { title: title.clone(), text: text.clone(), ..Part::default() });
        } else {
            last.chapter.title.clone_from(title);
            last.chapter.text.clone_from(text);
        }
    }
    for one in &mut found {
        name(one);
    }
    found
}

/// The text of a section; none when it is left out.
fn text(section: &AskedSection, content: &Content, draft: bool) -> Option<String> {
    let text = content.section(&section.code);
    match text.trim().is_empty() {
        false => Some(text.to_owned()),
        true if draft && section.required => Some(ROOM.to_owned()),
        true => None,
    }
}

/// Gives a chapter of parts its heading: the words its parts share before a colon ("Đánh giá: ưu điểm"), else the
/// usual one.
fn name(one: &mut Labelled) {
    let parts = &mut one.chapter.parts;
    if !one.chapter.title.is_empty() || parts.is_empty() {
        return;
    }
    let before = |part: &Part| part.title.split_once(": ").map(|(before, _)| before.to_owned());
    let shared =
        before(&parts[0]).filter(|first| parts.iter().all(|part| before(part).as_ref() == Some(first)));
    if let Some(shared) = shared {
        for part in parts.iter_mut() {
            part.title = capital(part.title[shared.len() + 2..].trim());
        }
        one.chapter.title = shared;
    } else {
        one.chapter.title = usual_title(&one.head).to_owned();
    }
}

/// The tasks the unit has answered, as the last part of the results.
fn tasks(found: &mut Vec<Labelled>, outline: &Outline, content: &Content, around: &Around<'_>) {
    let line = |task: &super::super::AskedTask| {
        let result = content.tasks.get(&task.id).filter(|result| !result.is_blank())?;
        let status = match result.status {
            TaskStatus::Unsaid => String::new(),
            status => format!(" {}", capital(status.words())),
        };
        let mark = if status.is_empty() { "" } else { "." };
        let body = items(result.body.trim());
        // A list begins on a line of its own, under what was given.
        let gap = if body.starts_with('+') { "\n" } else { " " };
        // Whoever signs asks which plan a task is of, most of all where it is not the one that the opening names.
        let of = match cited(around.frame, &task.plan) {
            plan if plan.is_empty() => String::new(),
            plan => format!(" (mục {}, {plan})", task.clause),
        };
        let given = with_number_word(&spelt_out(task.text.trim_end_matches(['.', ';', ' '])));
        Some(Line {
            lead: format!("- {given}{of}:"),
            text: format!("{}{mark}{gap}{body}", status.trim()).trim_matches(' ').to_owned(),
        })
    };
    let lines: Vec<Line> = outline.tasks.iter().filter_map(line).collect();
    if lines.is_empty() {
        return;
    }
    let part =
        Part {
            title: "Kết quả thực hiện nhiệm vụ theo kế hoạch".to_owned(), lines, ..Part::default()
        };
    if found.is_empty() {
        let chapter = Chapter { title: "Kết quả thực hiện".to_owned(), ..Chapter::default() };
        found.push(Labelled { head: "I".to_owned(), chapter });
    }
    let at = found.iter().position(|one| one.head == "II").unwrap_or(found.len() - 1);
    found[at].chapter.parts.push(part);
}

/// A plan as a task names it; one that is not among those served has its short name, written out.
fn cited(frame: &Frame, short_name: &str) -> String {
    let known = frame.plans.get(short_name).cloned();
    known.unwrap_or_else(|| with_number_word(&spelt_out(short_name)))
}

/// Typed items under an item: their dashes become the next mark.
fn items(body: &str) -> String {
    let line = |line: &str| match line.trim_start().strip_prefix(['-', '–', '•']) {
        Some(rest) => format!("+ {}", rest.trim_start()),
        None => line.to_owned(),
    };
    body.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Counts chapters and parts without gaps. Labels that are neither Roman nor numbers stay as the form has them.
fn label(found: Vec<Labelled>) -> Vec<Chapter> {
    let is_roman = |head: &str| (1..=30).any(|number| roman(number) == head || number.to_string() == head);
    let all_roman = found.iter().all(|one| is_roman(&one.head));
    let one = |(one, number): (Labelled, usize)| {
        let mut chapter = one.chapter;
        chapter.label = if all_roman { roman(number) } else { one.head };
        for (part, number) in chapter.parts.iter_mut().zip(1..) {
            part.label = number.to_string();
        }
        chapter
    };
    explained(found.into_iter().zip(1..).map(one).collect())
}
