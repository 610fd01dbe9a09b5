//! Whether a workbook that reached the collector says anything: one without a figure and a section, and one that holds only
//! what its download carried, is no report. Pure; stands between what a workbook says and its entering.

use super::parts::{Parts, changed, parts};
use super::{Content, Outline, Reading};
use crate::error::Error;
use crate::evidence::Platform;

/// Why a workbook says nothing that could be sent, in words; none where it says something. `carried` are the contents its
/// download may have been made from: what the unit was writing, what it sent last.
///
/// # Errors
/// As [`parts`].
pub(super) fn says_nothing(
    typed: &Content,
    outline: &Outline,
    carried: &[&Content],
) -> Result<Option<String>, Error> {
    let figures: Vec<bool> = outline
        .typed()
        .map(|asked| typed.entries.get(&asked.id).is_some_and(|entry| entry.reading != Reading::Blank))
        .collect();
    let (sections, of) = typed.sections_filled(outline);
    let nothing = !figures.contains(&true) && sections == 0 && figures.len() + of > 0;
    if nothing && !tells_tasks(typed, outline, carried) {
        let counts = [(figures.len(), "số liệu"), (of, "phần thuyết minh")];
        let counts: Vec<String> = counts
            .iter()
            .filter(|(asked, _)| *asked > 0)
            .map(|(asked, what)| format!("0/{asked} {what}"))
            .collect();
        return Ok(Some(format!(
            "Tệp chưa điền: {}. Gửi lại đơn vị để điền; kỳ này không có gì thì đơn vị khai không phát sinh.",
            counts.join(", ")
        )));
    }
    let said = settled(typed, typed, outline)?;
    for before in carried.iter().filter(|before| !before.is_blank()) {
        if changed(&settled(before, typed, outline)?, &said).is_empty() {
            return Ok(Some(
                "Tệp không khác biểu mẫu lúc tải về: đơn vị chưa điền gì thêm. Gửi lại đơn vị để điền; đúng là nội dung \
                 này thì đơn vị gửi trên hệ thống, hoặc nhập thay ở trang báo cáo."
                    .to_owned(),
            ));
        }
    }
    Ok(None)
}

/// Whether it says something of a task that its download did not.
fn tells_tasks(typed: &Content, outline: &Outline, carried: &[&Content]) -> bool {
    outline.tasks.iter().any(|task| {
        let said = typed.tasks.get(&task.id).filter(|result| !result.is_blank());
        said.is_some() && carried.iter().all(|before| before.tasks.get(&task.id) != said)
    })
}

/// The parts of a content that a workbook can say, its rows as they are sent; what it cannot say is as in `typed`.
fn settled(content: &Content, typed: &Content, outline: &Outline) -> Result<Parts, Error> {
    let (paper, answers) = (typed.paper.clone(), typed.answers.clone());
    let mut content = Content { paper, answers, ..content.clone() };
    // What was sent keeps the words of then.
    for link in &mut content.evidence {
        link.platform = Platform::spelt(std::mem::take(&mut link.platform));
    }
    for list in &outline.lists {
        for row in content.lists.get_mut(&list.code).into_iter().flatten() {
            *row = list.settled(row);
        }
    }
    parts(&content)
}
