//! How far a draft has come, told to its page while one types: the parts, the remarks, what is to be mended and looked at. Stands
//! between a save and the module that shows its answer.

use serde_json::{Value, json};

use super::body::Body;
use super::draft::{Looked, hides_paper, look};
use super::remarks::{RemarkView, Remarks};
use crate::error::{Error, Problem, Problems};
use crate::reports::draft::Open;
use crate::reports::finding::Finding;
use crate::reports::{Content, queries};
use crate::web::State;

/// One line of the list of parts beside the form.
pub(super) struct Part {
    pub href: String,
    pub name: String,
    pub words: String,
    pub tag: &'static str,
}

/// How far each part has come and what is to be looked at, of the draft as it was just saved: for a page that stays open.
/// Nothing of the page is read again but the earlier figures that the warnings compare with. `left` is what was typed
/// and is not in the draft, told among what is to be mended.
///
/// # Errors
/// The queries' own.
pub(super) async fn standing(
    state: &State,
    open: Open,
    content: Content,
    left: Problems,
) -> Result<Value, Error> {
    let today = state.clock.moment().today;
    state
        .read(move |conn| {
            let past = queries::past(conn, &open.case)?;
            let Looked { body, mut problems, warnings } =
                look(&open.case, &open.outline, &past, &content, today);
            problems.0.extend(left.0);
            let remarks = Remarks::to_mend(&open.outline, &content, true);
            let parts = parts(&body, &content, hides_paper(&open.case));
            let part = |part: &Part| json!({ "href": part.href, "words": part.words, "tag": part.tag });
            let warning = |found: &Finding| json!({ "field": found.field, "text": found.text() });
            let problem = |found: &Problem| json!({ "field": found.field, "text": found.message });
            let remark = |of: &RemarkView| {
                let (tag, words) = of.state();
                json!({ "href": format!("#{}", of.mark), "words": words, "tag": tag })
            };
            Ok(json!({
                "parts": parts.iter().map(part).collect::<Vec<_>>(),
                "warnings": warnings.iter().map(warning).collect::<Vec<_>>(),
                "problems": problems.0.iter().map(problem).collect::<Vec<_>>(),
                "counts": counts(&body),
                "remarks": remarks.all.iter().map(remark).collect::<Vec<_>>(),
                "open": remarks.open_words(),
            }))
        })
        .await
}

/// What stands in the headings of parts, by their names in the page (`data-count`).
fn counts(body: &Body) -> Value {
    let lists =
        body.lists.iter().map(|list| (format!("list-{}", list.code), format!("{} dòng", list.filled)));
    let figures = ("figures".to_owned(), format!("{}/{} dòng", body.filled, body.asked));
    let tasks = ("tasks".to_owned(), format!("{}/{} nhiệm vụ", body.tasks_filled, body.tasks.len()));
    let links = ("list-evidence".to_owned(), format!("{} liên kết", body.links_filled));
    lists
        .chain([figures, tasks, links])
        .map(|(name, words)| (name, Value::from(words)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The parts of a draft with how far each has come, in the order of the page.
pub(super) fn parts(body: &Body, content: &Content, no_paper: bool) -> Vec<Part> {
    let counted = |href: &str, name: &str, filled: usize, of: usize| Part {
        href: href.to_owned(),
        name: name.to_owned(),
        words: if filled == of { "Xong".to_owned() } else { format!("{filled}/{of}") },
        tag: if filled == of { "done" } else { "due" },
    };
    let mut parts: Vec<Part> = Vec::new();
    for section in &body.sections {
        let written = !section.text.trim().is_empty();
        parts.push(Part {
            href: format!("#f-section.{}", section.code),
            name: format!("{}. {}", section.label, section.title),
            words: if written { "Xong" } else { "Chưa nhập" }.to_owned(),
            tag: if written {
                "done"
            } else if section.required {
                "due"
            } else {
                ""
            },
        });
    }
    let figures = (body.asked > 0).then(|| counted("#figures", "Số liệu", body.filled, body.asked));
    let tasks = (!body.tasks.is_empty())
        .then(|| counted("#tasks", "Kết quả nhiệm vụ", body.tasks_filled, body.tasks.len()));
    let at = parts.len().min(1);
    parts.splice(at..at, figures.into_iter().chain(tasks));
    for list in &body.lists {
        parts.push(Part {
            href: format!("#list-{}", list.code),
            name: list.title.clone(),
            words: format!("{} dòng", list.filled),
            tag: if list.filled > 0 { "done" } else { "" },
        });
    }
    parts.push(Part {
        href: "#list-evidence".to_owned(),
        name: "Minh chứng".to_owned(),
        words: format!("{} liên kết", body.links_filled),
        tag: if body.links_filled > 0 { "done" } else { "" },
    });
    parts.push(Part {
        href: "#files".to_owned(),
        name: "Tệp đính kèm".to_owned(),
        words: format!("{} tệp", body.files.len()),
        tag: if body.files.is_empty() { "" } else { "done" },
    });
    if !no_paper {
        let known = !content.paper.is_to_come();
        parts.push(Part {
            href: "#paper".to_owned(),
            name: "Văn bản đã ký".to_owned(),
            words: if known { content.paper.reference() } else { "Chưa nhập".to_owned() },
            tag: if known { "done" } else { "" },
        });
    }
    parts
}
