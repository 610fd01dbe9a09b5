//! The draft as it would be once what was decided about a reading is written into it, and what keeps it from being written. Pure.

use std::collections::BTreeMap;

use super::choices::{How, Kept};
use crate::evidence::Platform;
use crate::lists::{MOST_ROWS, completed};
use crate::reports::{Content, Evidence, Outline, Paper, Reading, TypedDay, TypedReach, read};
use crate::vietnamese::{search_key, short_date};

/// What is to be mended first, with the anchor of its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub anchor: String,
    pub words: String,
}

/// The words of the fault of an item.
pub fn fault_at<'f>(faults: &'f [Fault], kind: &str, at: usize) -> Option<&'f str> {
    let anchor = format!("{kind}-{at}");
    faults.iter().find(|fault| fault.anchor == anchor).map(|fault| fault.words.as_str())
}

/// What writing would do.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub content: Content,
    pub faults: Vec<Fault>,
    /// Sections, figures, results of tasks, rows of lists and links that change.
    pub sections: usize,
    pub figures: usize,
    pub tasks: usize,
    pub rows: usize,
    pub links: usize,
    /// Of these, those without an address; and titles without one that nobody ticked.
    pub unaddressed: usize,
    pub left: usize,
    pub paper: bool,
}

impl Outcome {
    pub fn changes_nothing(&self) -> bool {
        self.sections + self.figures + self.tasks + self.rows + self.links == 0 && !self.paper
    }

    /// "3 phần, 5 số liệu, 2 minh chứng".
    pub fn words(&self) -> String {
        let counts = [
            (self.sections, "phần"),
            (self.figures, "số liệu"),
            (self.tasks, "kết quả nhiệm vụ"),
            (self.rows, "dòng danh sách"),
            (self.links, "minh chứng"),
        ];
        let mut parts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if self.paper {
            parts.push("số, ngày, người ký văn bản".to_owned());
        }
        parts.join(", ")
    }
}

impl Outcome {
    /// What is said of titles without an address; "" where there are none.
    pub fn unaddressed_words(&self) -> String {
        let mut words = String::new();
        if self.unaddressed > 0 {
            let count = self.unaddressed;
            words.push_str(&format!(" {count} tin, bài đã ghi chưa có địa chỉ: bổ sung trước khi gửi."));
        }
        if self.left > 0 {
            words.push_str(&format!(" {} tin, bài chưa có địa chỉ nên chưa ghi.", self.left));
        }
        words
    }
}

/// The text the document has for each section, in its order.
pub fn texts(kept: &Kept) -> BTreeMap<&str, String> {
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, code) in &kept.choices.pieces {
        // A heading alone says nothing that the form does not print.
        let said = kept.prose.pieces.get(*at).is_some_and(|piece| !piece.body.trim().is_empty());
        if said && !code.is_empty() {
            of.entry(code.as_str()).or_default().push(*at);
        }
    }
    of.into_iter()
        .map(|(code, pieces)| {
            let several = pieces.len() > 1;
            let text = pieces.iter().flat_map(|at| {
                let piece = &kept.prose.pieces[*at];
                // The form prints the section's own heading.
                let heading = several.then_some(piece.heading.as_str());
                [heading.unwrap_or_default(), piece.body.as_str()]
            });
            (code, text.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
        })
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Writes what was decided over a draft.
pub fn outcome(kept: &Kept, outline: &Outline, before: &Content) -> Outcome {
    let mut made = Outcome { content: before.clone(), ..Outcome::default() };
    sections(kept, outline, before, &mut made);
    figures(kept, outline, before, &mut made);
    tasks(kept, outline, &mut made);
    rows(kept, outline, &mut made);
    links(kept, &mut made);
    if kept.choices.paper {
        let paper = paper(kept, &before.paper);
        made.paper = paper != before.paper;
        made.content.paper = paper;
    }
    made
}

fn sections(kept: &Kept, outline: &Outline, before: &Content, made: &mut Outcome) {
    for (code, text) in texts(kept) {
        if !outline.sections.iter().any(|section| section.code == code) {
            continue;
        }
        let old = before.section(code).trim_end();
        let how = kept.choices.how.get(code).copied().unwrap_or_default();
        let new = match (old.trim().is_empty(), how) {
            (true, _) | (_, How::Replace) => text,
            (_, How::Keep) => continue,
            // Written once, however often the page is posted.
            (_, How::Append) if old.contains(&text) => continue,
            (_, How::Append) => format!("{old}\n{text}"),
        };
        if new != old {
            made.sections += 1;
            made.content.sections.insert(code.to_owned(), new);
        }
    }
}

fn figures(kept: &Kept, outline: &Outline, before: &Content, made: &mut Outcome) {
    let mut given: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, choice) in kept.choices.figures.iter().filter(|(_, choice)| choice.taken) {
        let Some(figure) = kept.prose.figures.get(*at) else { continue };
        let mut fault = |words: String| made.faults.push(Fault { anchor: format!("figure-{at}"), words });
        if choice.code.is_empty() {
            fault(format!("“{}”: chọn chỉ tiêu, hoặc bỏ đánh dấu.", figure.words()));
            continue;
        }
        let Some(asked) = outline.typed().find(|asked| asked.code == choice.code) else { continue };
        if let Some(other) = given.insert(&choice.code, *at) {
            let first = kept.prose.figures.get(other).map(|figure| figure.words()).unwrap_or_default();
            fault(format!(
                "“{}” và “{first}” cùng ghi vào {}. Bỏ đánh dấu một trong hai.",
                figure.words(),
                asked.code
            ));
            continue;
        }
        let old = before.entries.get(&asked.id).cloned().unwrap_or_default();
        let entry = read(&figure.typed, figure.level(), &old.note, asked);
        if let Reading::Unreadable(why) = &entry.reading {
            fault(format!("“{}” ghi vào {}: {why}", figure.words(), asked.code));
            continue;
        }
        if entry != old {
            made.figures += 1;
            made.content.entries.insert(asked.id, entry);
        }
    }
}

/// What is said of a task follows what its result says already.
fn tasks(kept: &Kept, outline: &Outline, made: &mut Outcome) {
    for (at, choice) in kept.choices.tasks.iter().filter(|(_, choice)| choice.taken) {
        let Some(told) = kept.prose.told.get(*at) else { continue };
        if choice.code.is_empty() {
            let words = "Chọn nhiệm vụ của kết quả này, hoặc bỏ đánh dấu.".to_owned();
            made.faults.push(Fault { anchor: format!("task-{at}"), words });
            continue;
        }
        let Some(asked) = outline.tasks.iter().find(|asked| asked.id.to_string() == choice.code) else {
            continue;
        };
        let body = &mut made.content.tasks.entry(asked.id).or_default().body;
        // Written once, however often the page is posted.
        if body.contains(&told.text) {
            continue;
        }
        body.truncate(body.trim_end().len());
        if !body.is_empty() {
            body.push('\n');
        }
        body.push_str(&told.text);
        made.tasks += 1;
    }
}

/// The rows that a list does not have yet.
fn rows(kept: &Kept, outline: &Outline, made: &mut Outcome) {
    for (at, _) in kept.choices.tables.iter().filter(|(_, taken)| **taken) {
        let Some(table) = kept.prose.tables.get(*at) else { continue };
        let Some(list) = outline.lists.iter().find(|list| list.code == table.list) else { continue };
        let held = made.content.lists.get(&list.code).map_or(&[][..], Vec::as_slice);
        let new = list.new_among(held, table.rows.clone());
        let over = (held.len() + new.len()).saturating_sub(MOST_ROWS);
        if over > 0 {
            let words = format!(
                "“{}” có nhiều nhất {MOST_ROWS} dòng, thừa {over} dòng. Bỏ đánh dấu, hoặc bỏ bớt dòng ở trang soạn.",
                list.title
            );
            made.faults.push(Fault { anchor: format!("table-{at}"), words });
        } else if !new.is_empty() {
            made.rows += new.len();
            made.content.lists.entry(list.code.clone()).or_default().extend(new);
        }
    }
}

/// A title without an address is a row that the check before sending asks an address for.
fn links(kept: &Kept, made: &mut Outcome) {
    let unwritten =
        kept.choices.titles.values().filter(|choice| !choice.taken && choice.url.trim().is_empty());
    made.left = unwritten.filter(|choice| !choice.text.trim().is_empty()).count();
    for (at, choice) in kept.choices.titles.iter().filter(|(_, choice)| choice.taken) {
        let link = Evidence {
            title: choice.text.trim().to_owned(),
            url: completed(&choice.url),
            platform: platform(&choice.url).to_owned(),
            published: TypedDay::default(),
            reach: TypedReach::default(),
        };
        let bare = link.url.is_empty() && !link.title.is_empty();
        if let Some(why) = link.url_problem().filter(|_| !bare) {
            made.faults
                .push(Fault { anchor: format!("title-{at}"), words: format!("“{}”: {why}", link.title) });
            continue;
        }
        let known = made.content.evidence.iter().any(|other| match bare {
            true => search_key(&other.title) == search_key(&link.title),
            false => other.url_key() == link.url_key(),
        });
        if !known {
            made.links += 1;
            made.unaddressed += usize::from(bare);
            made.content.evidence.push(link);
        }
    }
}

/// Where an address is published, as every list names it; "" where it does not tell.
fn platform(url: &str) -> &'static str {
    Platform::of_address(url).map_or("", Platform::words)
}

/// The facts of the signed paper over those there are; what the document leaves blank stays.
pub fn paper(kept: &Kept, before: &Paper) -> Paper {
    let head = &kept.prose.head;
    let or = |new: &str, old: &str| if new.is_empty() { old.to_owned() } else { new.to_owned() };
    Paper {
        number: or(&head.number, &before.number),
        symbol: or(&head.symbol, &before.symbol),
        date: match head.date {
            Some(date) => TypedDay::read(&short_date(date)),
            None => before.date.clone(),
        },
        capacity: or(&head.capacity, &before.capacity),
        title: or(&head.title, &before.title),
        name: or(&head.name, &before.name),
    }
}
