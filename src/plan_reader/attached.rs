//! The document that another one brings into force: "Ban hành kèm theo Quyết định này Kế hoạch …", and behind the signature the plan
//! itself, with a head of its own or with its title alone. It is read as any document; what belongs together is put together here.

use super::blocks::is_title;
use super::closing::{is_annex, is_capacity, is_signing_title};
use super::heading_parts::{is_body, kind_line, numbered, place_and_date};
use super::lines::Line;
use super::markers::{Level, marker_of};
use super::noise::{around_motto, is_motto_part};
use super::reading::{Reading, Role};
use super::words::{Words, plain};

/// Kinds of documents that are attached and give work.
const GIVES_WORK: &[&str] = &[
    "Kế hoạch",
    "Kế hoạch liên tịch",
    "Kế hoạch phối hợp",
    "Chương trình",
    "Chương trình phối hợp",
    "Chương trình hành động",
    "Đề án",
    "Phương án",
    "Quy chế",
    "Quy định",
    "Hướng dẫn",
];
/// Titles that are looked at.
const MOST_TITLES: usize = 8;
/// Lines between a signature and the title of what is attached at most.
const HEAD: usize = 25;
/// Lines from its title to the words that say with what it came at most.
const NEAR: usize = 6;

/// The first line of the head of an attached document.
pub(super) fn begin(lines: &[Line], roles: &[Role]) -> Option<usize> {
    let live: Vec<usize> =
        (0..lines.len()).filter(|at| !lines[*at].is_blank() && roles[*at] != Role::Boilerplate).collect();
    let text = |order: usize| live.get(order).map_or("", |at| lines[*at].text.as_str());
    let titles: Vec<usize> =
        (1..live.len()).filter(|order| is_work_title(text(*order))).take(MOST_TITLES).collect();
    let title = titles.into_iter().find(|order| {
        let articles = || (0..*order).any(|at| is_article(text(at)));
        let told = (order + 1..=order + NEAR).any(|at| comes_with(text(at)));
        told && articles() || ended_before(*order, &text)
    })?;
    // A report gives nobody work, and neither do its annexes.
    let first = (0..title).find_map(|order| kind_line(text(order)).map(|(kind, _)| kind));
    if first == Some("Báo cáo") {
        return None;
    }
    let head = (0..title).rev().take_while(|order| is_head(text(*order))).count();
    live.get(title - head).copied()
}

fn is_work_title(text: &str) -> bool {
    text.chars().take(6).filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && kind_line(text).is_some_and(|(kind, _)| GIVES_WORK.contains(&kind))
}

fn is_article(text: &str) -> bool {
    marker_of(text, false).is_some_and(|marker| marker.level == Level::Article)
}

/// "(Kèm theo Quyết định số …)", "(Ban hành kèm theo …)".
fn comes_with(text: &str) -> bool {
    let folded = plain(text);
    folded.starts_with('(') && folded.contains("kem theo")
}

/// Whether a document ends above a title: recipients or a signature, and no clause and no annex between.
fn ended_before<'t>(title: usize, text: &dyn Fn(usize) -> &'t str) -> bool {
    for order in (title.saturating_sub(HEAD)..title).rev() {
        let line = text(order);
        let folded = plain(line);
        if folded.starts_with("noi nhan") || folded.contains(" noi nhan:") || is_capacity(line) {
            return true;
        }
        if is_signing_title(line) && is_title(line) {
            return order > 0 && !is_title(text(order + 1));
        }
        let clause = marker_of(line, false).is_some_and(|marker| !marker.level.is_plain());
        if clause && !is_head(line) || is_annex(line) {
            return false;
        }
    }
    false
}

/// Whether a line belongs to a head: bodies, motto, number, place and day.
fn is_head(text: &str) -> bool {
    const PLACES: &[&str] =
        &["tinh ", "thanh pho ", "huyen ", "thi xa ", "xa ", "phuong ", "dac khu ", "quan "];
    if is_motto_part(text)
        || around_motto(text).is_some()
        || numbered(text).is_some()
        || place_and_date(text).is_some()
    {
        return true;
    }
    let folded = plain(text);
    is_title(text)
        && !is_capacity(text)
        && !is_signing_title(text)
        && (is_body(text) || PLACES.iter().any(|place| folded.starts_with(place)))
}

/// Puts what was read out of the attached document behind what brought it. The heading stays that of the first; who is told to
/// carry out the decision ("chịu trách nhiệm thi hành Quyết định này") has the work that the plan gives.
pub(super) fn join(reading: &mut Reading, own: Reading) {
    if !own.assignments.is_empty() {
        for given in &mut reading.assignments {
            given.tasks.retain(|task| !carries_out(&task.text));
        }
        reading.assignments.retain(|given| !given.tasks.is_empty());
    }
    for basis in own.bases {
        let known = reading
            .bases
            .iter()
            .any(|known| known.kind == basis.kind && known.number == basis.number && known.number.is_some());
        if !known {
            reading.bases.push(basis);
        }
    }
    reading.clauses.extend(own.clauses);
    reading.assignments.extend(own.assignments);
    reading.duties.extend(own.duties);
    if reading.recipients.is_empty() {
        reading.recipients = own.recipients;
    }
    reading.signatory = reading.signatory.take().or(own.signatory);
    let heading = &mut reading.heading;
    heading.kind = heading.kind.take().or(own.heading.kind);
    heading.issuer = heading.issuer.take().or(own.heading.issuer);
    heading.subject = heading.subject.take().or(own.heading.subject);
}

fn carries_out(task: &str) -> bool {
    let words = Words::of(task);
    let thing = words.any(0, &["chiu trach nhiem thi hanh", "chiu trach nhiem to chuc thi hanh", "thi hanh"]);
    thing.is_some_and(|end| {
        words.any(end, &["quyet dinh", "nghi quyet", "van ban"]).is_some() && words.len() < 14
    })
}
