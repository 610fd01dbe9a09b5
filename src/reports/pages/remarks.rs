//! Remarks as templates show them, each at its place: unsent ones with a way to change them, issued ones, the box to
//! tick while a report is mended, and what became of each in the correction.

use super::figures;
use super::marks::{Mark, marks};
use crate::calendar::to_local;
use crate::reports::difference::Difference;
use crate::reports::queries::Sent;
use crate::reports::remark::drafts_in_page_order;
use crate::reports::{Answer, Content, DraftRemark, Outline, Place, Remark, wording};
use crate::vietnamese::short_date;

/// One remark at its place.
pub struct RemarkView {
    /// Id of its part of the page.
    pub mark: String,
    pub id: String,
    /// Code of the part of the report it is shown at.
    spot: String,
    /// What it is about, in words.
    pub place: String,
    /// Where that is on the page of the report.
    pub anchor: String,
    pub body: String,
    /// Who wrote it, and when it was issued.
    pub by: String,
    pub unsent: bool,
    pub answer: Option<Answer>,
}

impl RemarkView {
    /// Whether the unit says it has mended it.
    pub fn done(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.done)
    }

    pub fn text(&self) -> &str {
        self.answer.as_ref().map_or("", |answer| answer.text.as_str())
    }

    /// Its tag and words among what is to be mended.
    pub fn state(&self) -> (&'static str, &'static str) {
        match (self.done(), self.text().is_empty()) {
            (true, _) => ("done", "Đã sửa"),
            (false, false) => ("go", "Đã trả lời"),
            (false, true) => ("due", "Chưa sửa"),
        }
    }
}

/// The remarks of one page, in its order.
#[derive(Default)]
pub struct Remarks {
    pub all: Vec<RemarkView>,
    /// Whether the reader may write more.
    pub adds: bool,
    /// Whether the unit ticks and answers them here.
    pub ticks: bool,
}

impl Remarks {
    /// The remarks on a revision as its readers see them, and the unsent ones of the collector.
    pub fn on(outline: &Outline, issued: Vec<Remark>, unsent: Vec<DraftRemark>) -> Remarks {
        let mut issued = issued;
        crate::reports::remark::in_page_order(&mut issued, outline);
        let mut all: Vec<RemarkView> = issued.iter().map(|remark| view(remark, outline, None)).collect();
        all.extend(unsent_views(unsent, outline));
        Remarks { all, ..Remarks::default() }
    }

    /// The remarks a correction answers, with what it says so far; `ticks` where that is typed.
    pub fn to_mend(outline: &Outline, content: &Content, ticks: bool) -> Remarks {
        let answered = |remark: &Remark| {
            let answer = content.answers.get(&remark.id).cloned().unwrap_or_default();
            let mut shown = view(remark, outline, Some(answer));
            if !remark.place.spot().exists(outline, content) {
                // A task that has gone to another unit since: no line is left to show it at.
                shown.spot = Place::Whole.code();
            }
            shown
        };
        Remarks { all: outline.remarks.iter().map(answered).collect(), adds: false, ticks }
    }

    /// Those at one part of the page: ("figure", "B04"), ("whole", "").
    pub fn at(&self, kind: &str, code: &str) -> Vec<&RemarkView> {
        let spot = if code.is_empty() { kind.to_owned() } else { format!("{kind}.{code}") };
        self.all.iter().filter(|remark| remark.spot == spot).collect()
    }

    pub fn unsent(&self) -> usize {
        self.all.iter().filter(|remark| remark.unsent).count()
    }

    pub fn open(&self) -> usize {
        self.all.iter().filter(|remark| !remark.done()).count()
    }

    /// How many wait, in words.
    pub fn open_words(&self) -> String {
        match self.open() {
            0 => "Đã đánh dấu hết.".to_owned(),
            open => format!("Còn {open} góp ý chưa đánh dấu."),
        }
    }
}

/// Unsent remarks in the order of the page.
pub fn unsent_views(mut unsent: Vec<DraftRemark>, outline: &Outline) -> Vec<RemarkView> {
    drafts_in_page_order(&mut unsent, outline);
    let view = |remark: DraftRemark| RemarkView {
        mark: format!("f-unsent.{}", remark.id),
        id: remark.id.to_string(),
        spot: remark.place.spot().code(),
        place: remark.place.words(outline),
        anchor: remark.place.anchor(),
        body: remark.body,
        by: format!("{}, {}", remark.author_name, remark.author_title),
        unsent: true,
        answer: None,
    };
    unsent.into_iter().map(view).collect()
}

fn view(remark: &Remark, outline: &Outline, answer: Option<Answer>) -> RemarkView {
    let day = short_date(to_local(remark.issued_at).date());
    RemarkView {
        mark: format!("f-remark.{}", remark.id),
        id: remark.id.to_string(),
        spot: remark.place.spot().code(),
        place: remark.place.words(outline),
        anchor: remark.place.anchor(),
        body: remark.body.clone(),
        by: format!("{}, {}, {day}", remark.author_name, remark.author_title),
        unsent: false,
        answer,
    }
}

/// What became of the place of one remark: what stood there, what stands there now.
pub struct Outcome {
    pub remark: RemarkView,
    pub old: String,
    pub new: String,
    /// Words taken out and put in, where the place is a text.
    pub marks: Vec<Mark>,
    /// Said instead of both where they are too long for a cell, or the same.
    pub words: String,
}

/// Said of a place at which a correction changed nothing.
const UNCHANGED: &str = "không thay đổi";

impl Outcome {
    /// The unit says it has mended it, and nothing changed there.
    pub fn is_unmended(&self) -> bool {
        self.remark.done() && self.words == UNCHANGED
    }
}

/// The remarks that a correction being written says are mended though nothing changed at their places: where that is on the
/// page, and what it is called.
pub fn unmended(before: &Sent, outline: &Outline, content: &Content) -> Vec<(String, String)> {
    let after = Sent { outline: outline.clone(), content: content.settled(outline), ..before.clone() };
    let outcomes = outcomes(before, &after).into_iter().filter(Outcome::is_unmended);
    outcomes.map(|outcome| (outcome.remark.anchor, outcome.remark.place)).collect()
}

/// Every remark a correction answered, with its answer and what changed at its place.
pub fn outcomes(before: &Sent, after: &Sent) -> Vec<Outcome> {
    let difference = Difference::between(&before.content, &after.content);
    let answered = Remarks::to_mend(&after.outline, &after.content, false).all;
    let places = after.outline.remarks.iter().map(|remark| &remark.place);
    answered
        .into_iter()
        .zip(places)
        .map(|(view, place)| outcome(view, place, before, after, &difference))
        .collect()
}

fn outcome(remark: RemarkView, place: &Place, before: &Sent, after: &Sent, all: &Difference) -> Outcome {
    let (old, new) = (says(place, before), says(place, after));
    let mut outcome =
        Outcome { remark, old: String::new(), new: String::new(), marks: vec![], words: String::new() };
    let count = |changes: usize, what: &str| match changes {
        0 => UNCHANGED.to_owned(),
        n => format!("{n} {what} thay đổi"),
    };
    match place {
        Place::Whole => outcome.words = count(all.places(), "chỗ"),
        Place::Evidence => outcome.words = count(all.evidence.len(), "liên kết"),
        Place::List(code) | Place::Row(code, _) => {
            let rows = all.lists.iter().find(|(list, _)| list == code).map_or(0, |(_, rows)| rows.len());
            outcome.words = count(rows, "dòng");
        }
        _ if old == new => outcome.words = UNCHANGED.to_owned(),
        Place::Section(_) if wording::same_words(&old, &new) => {
            outcome.words = "chỉ thay đổi khoảng trắng, xuống dòng".to_owned();
        }
        Place::Section(_) | Place::Task(_) => outcome.marks = marks(&wording::compare(&old, &new), true),
        Place::Figure(_) | Place::FigureValue(_) | Place::FigureNote(_) => {
            (outcome.old, outcome.new) = (old, new)
        }
    }
    outcome
}

/// What a revision says at a place, in one text; blank for what has no single text.
pub fn says(place: &Place, sent: &Sent) -> String {
    let Sent { outline, content, .. } = sent;
    let entry = |code: &str| outline.typed().find(|asked| asked.code == code);
    let value =
        |code: &str| entry(code).map(|asked| figures::said(asked, outline, content)).unwrap_or_default();
    let note = |code: &str| {
        let note =
            entry(code).and_then(|asked| content.entries.get(&asked.id)).map(|entry| entry.note.clone());
        note.filter(|note| !note.is_empty()).unwrap_or("chưa có ghi chú".to_owned())
    };
    match place {
        Place::Section(code) => content.section(code).to_owned(),
        Place::Figure(code) => match note(code).as_str() {
            "chưa có ghi chú" => value(code),
            said => format!("{} ({said})", value(code)),
        },
        Place::FigureValue(code) => value(code),
        Place::FigureNote(code) => note(code),
        Place::Task(id) => {
            let result = content.tasks.get(id).cloned().unwrap_or_default();
            format!("{}. {}", result.status.words(), result.body)
        }
        Place::Row(code, number) => {
            let rows = content.lists.get(code);
            let row = rows.and_then(|rows| rows.get(number.saturating_sub(1)));
            let list = outline.lists.iter().find(|list| &list.code == code);
            row.zip(list).map(|(row, list)| list.words(row)).unwrap_or_default()
        }
        Place::Whole | Place::List(_) | Place::Evidence => String::new(),
    }
}
