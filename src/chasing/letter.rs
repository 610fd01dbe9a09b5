//! The reminder letter (công văn đôn đốc) as the rows of its paper: who still owes on a day, from whom, in which words.
//! Pure; it stands between the duties of a period and the writer of NĐ 30/2020 papers, which also makes the reports.

mod drafter;
mod list;
mod owing;
mod words;

pub use drafter::drafter_in;
pub use owing::{Loaded, load};

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Holidays, LastHour};
use crate::documents::{Document, PaperDate, Signatory};
use crate::units::Letterhead;
use crate::vietnamese::held_together;

/// At the head of what is drafted for another body to sign.
const DRAFT: &str = "Dự thảo";

/// Room for the drafter to be written in.
const ROOM: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// Working days that a body is left: the next one, and two more.
const LEFT: usize = 3;

/// The day that a letter of `today` proposes for the answer.
pub fn proposed_reply(today: NaiveDate, holidays: &Holidays) -> NaiveDate {
    (0..LEFT).fold(today, |day, _| holidays.next_working_day_on_or_after(day.succ_opt().unwrap_or(day)))
}

/// The same where figures are locked after a day: no later than that; none where no working day is left until then.
pub fn proposed_before(today: NaiveDate, lock: Option<NaiveDate>, holidays: &Holidays) -> Option<NaiveDate> {
    let next = holidays.next_working_day_on_or_after(today.succ_opt().unwrap_or(today));
    let day = proposed_reply(today, holidays);
    match lock {
        None => Some(day),
        Some(lock) => (next <= lock).then(|| day.min(lock)),
    }
}

/// Addressees named one by one; more are those of the list.
const NAMED: usize = 12;

/// In whose name it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The body that collects: it asks (đề nghị).
    Collector,
    /// The province's people's committee, for whom the collector drafts: it requires (yêu cầu) of its own bodies.
    Committee,
}

impl Sender {
    pub const ALL: [Sender; 2] = [Sender::Collector, Sender::Committee];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Sender::Collector => "collector",
            Sender::Committee => "committee",
        }
    }

    /// Reads [`Sender::code`].
    pub fn from_code(code: &str) -> Option<Sender> {
        Sender::ALL.into_iter().find(|sender| sender.code() == code)
    }
}

/// What a body has sent that owes a correction of it, and when and for what the correction was asked; as much as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// "71/BC-MTTQ-BTT", blank without a number; and the day of that paper.
    pub paper: String,
    pub signed_on: Option<NaiveDate>,
    pub asked_on: Option<NaiveDate>,
    pub reason: String,
}

/// One body that still owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    /// As in a sentence, with its province where its name alone does not say.
    pub unit: String,
    /// Front and mass organisations: of many bodies these are still named one by one.
    pub first: bool,
    /// Asked, never required, never late.
    pub courteous: bool,
    /// A correction that was asked for, and not the report itself.
    pub correction: bool,
    /// What the correction is of; blank of a report that was never sent.
    pub returned: Returned,
    /// Its report on what it collected, and not its own; a body may owe both.
    pub consolidated: bool,
    pub last_day: NaiveDate,
    /// The hour of that day at which it was over; none: its end.
    pub hour: Option<LastHour>,
    pub days: i64,
}

/// Everything a letter is made from.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    pub sender: Sender,
    /// The head's deputy signs in the head's place.
    pub deputy: bool,
    /// The collector's heading; and the committee's, where there is one to write for.
    pub collector: &'a Letterhead,
    pub committee: Option<&'a Letterhead>,
    /// The part of the collector that drafts, as in its symbol; may be blank.
    pub drafter: &'a str,
    /// "báo cáo 6 tháng đầu năm 2025 về công tác tái hòa nhập cộng đồng".
    pub report: &'a str,
    /// The document that sets the last day, in words; may be blank.
    pub basis: &'a str,
    /// The front and organisations first, then in protocol order: that of the addressees and of the rows of each list.
    pub owing: &'a [Owing],
    /// The day asked for, where one is set.
    pub reply_by: Option<NaiveDate>,
    pub today: NaiveDate,
}

impl Letter<'_> {
    /// Whose heading and signature it has.
    pub(super) fn head(&self) -> &Letterhead {
        match (self.sender, self.committee) {
            (Sender::Committee, Some(committee)) => committee,
            _ => self.collector,
        }
    }

    /// Whether it is the committee's.
    pub(super) fn is_committees(&self) -> bool {
        self.sender == Sender::Committee && self.committee.is_some()
    }

    /// The one body it is written to, where that owes one thing.
    pub(super) fn only(&self) -> Option<&Owing> {
        match self.owing {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Its paper. Number and day are the records clerk's and stay blank.
    pub fn document(&self) -> Document {
        let head = self.head();
        Document {
            // Nobody is above a committee: that line says what the paper is until it is issued.
            superior: match self.is_committees() {
                true => DRAFT.to_owned(),
                false => head.superior.clone(),
            },
            issuer: head.issuer.clone(),
            issuer_name: head.name.clone(),
            number: String::new(),
            symbol: self.symbol(),
            place: head.place.clone(),
            date: PaperDate::Blank { month: self.today.month(), year: self.today.year() },
            kind: Document::LETTER.to_owned(),
            subject: self.subject(),
            addressees: self.addressees(),
            bases: vec![],
            opening: self.opening().join("\n"),
            chapters: vec![],
            closing: self.closing(),
            recipients: self.recipients(),
            signatory: self.signatory(),
            // One body and what it owes are named in the text.
            annexes: if self.only().is_some() { vec![] } else { vec![self.list()] },
            draft: false,
        }
    }

    fn symbol(&self) -> String {
        let own = &self.head().symbol;
        match (self.is_committees(), self.drafter) {
            // Internal affairs drafts for a committee what the police bring.
            (true, _) => format!("{own}-NC"),
            // A công văn carries who drafts it; where nobody knows, there is room for the pen.
            (false, "") => format!("{own}-{ROOM}"),
            (false, drafter) => format!("{own}-{drafter}"),
        }
    }

    fn addressees(&self) -> Vec<String> {
        let once = bodies(self.owing.iter());
        let name = |one: &&Owing| held_together(&one.unit);
        if once.len() <= NAMED {
            return once.iter().map(name).collect();
        }
        let mut names: Vec<String> = once.iter().filter(|one| one.first).take(NAMED).map(name).collect();
        let rest = match names.len() {
            0 => "Các cơ quan, đơn vị có tên trong danh sách kèm theo",
            _ => "Các cơ quan, đơn vị khác có tên trong danh sách kèm theo",
        };
        names.push(rest.to_owned());
        names
    }

    fn recipients(&self) -> Vec<String> {
        let archive = |drafter: &str| match drafter {
            "" => "Lưu: VT".to_owned(),
            drafter => format!("Lưu: VT, {drafter}"),
        };
        let area = &self.collector.area;
        match (self.is_committees(), self.committee) {
            (true, _) => vec![
                "Như trên".to_owned(),
                "Chủ tịch, các Phó Chủ tịch UBND tỉnh (để b/c)".replace("tỉnh", kind_of(area)),
                format!("{} (để t/h)", self.collector.name),
                archive("NC"),
            ],
            (false, Some(_)) => {
                vec!["Như trên".to_owned(), format!("UBND {area} (để b/c)"), archive(self.drafter)]
            }
            (false, None) => vec!["Như trên".to_owned(), archive(self.drafter)],
        }
    }

    fn signatory(&self) -> Signatory {
        let head = self.head();
        let post = head.capacity.last().cloned().unwrap_or_default();
        let deputy = self.deputy.then(|| head.signing(&format!("PHÓ {post}"))).flatten();
        let capacity = match deputy {
            Some((capacity, title)) => {
                let over = capacity.split(" / ").filter(|line| !line.is_empty()).map(str::to_owned);
                over.chain([title]).collect()
            }
            None => head.capacity.clone(),
        };
        Signatory { capacity, name: String::new() }
    }
}

/// "tỉnh" or "thành phố" of "tỉnh Bắc Giang".
fn kind_of(area: &str) -> &str {
    if area.to_lowercase().starts_with("thành phố") { "thành phố" } else { "tỉnh" }
}

/// Each body once, in the order given.
pub(super) fn bodies<'a>(owing: impl Iterator<Item = &'a Owing>) -> Vec<&'a Owing> {
    let mut once: Vec<&Owing> = Vec::new();
    for one in owing {
        if once.iter().all(|other| other.unit != one.unit) {
            once.push(one);
        }
    }
    once
}
