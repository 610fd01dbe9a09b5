//! What is read out of an issued document. Every item carries the lines it was read from, counted from 1, and how sure
//! the reader is; every line of the document has a role. Stands between the rules and whoever shows or adopts a reading.

use std::fmt;

use chrono::NaiveDate;

/// How sure the reader is of an item. `Guess` sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Sure {
    /// Put together from what the document says elsewhere, or cut where the form is unclear.
    Guess,
    /// Read by its words, not by its place.
    Likely,
    /// Stands where the form says, in the words of the form.
    Certain,
}

/// A value with where it stands and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    pub value: T,
    /// Lines of the document, from 1.
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A day as documents write it before văn thư stamps them: the day, or day and month, may be blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartDate {
    pub year: i32,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

impl fmt::Display for PartDate {
    /// "2025-01-??": blank parts as "??".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{}-{}", self.year, two(self.month), two(self.day))
    }
}

/// The heading block: what NĐ 30/2020 puts above the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// "Kế hoạch", "Công văn", "Báo cáo".
    pub kind: Option<Found<String>>,
    /// "13"; blank until văn thư gives it.
    pub number: Option<Found<String>>,
    /// "KH-UBND".
    pub symbol: Option<Found<String>>,
    pub place: Option<Found<String>>,
    pub date: Option<Found<PartDate>>,
    pub issuer: Option<Found<String>>,
    pub superior: Option<Found<String>>,
    pub subject: Option<Found<String>>,
    /// Kính gửi.
    pub addressees: Vec<Found<String>>,
}

/// A document the text rests on (căn cứ).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// "Nghị định".
    pub kind: String,
    /// "49/2020/NĐ-CP"; a law is often cited without.
    pub number: Option<String>,
    pub date: Option<PartDate>,
    pub issuer: Option<String>,
    /// The citation, without "Căn cứ".
    pub text: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A clause of the tree, before its children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// "III.1", "III.1.-2", "Điều 2.1.a": markers from the top, lists without numbers counted.
    pub path: String,
    /// Its title, when its first line is one.
    pub title: Option<String>,
    /// All its own words, without the marker and without its children.
    pub text: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// Whether work is given to a body or asked of one that the issuer does not command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    Assign,
    Request,
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedTask {
    pub text: String,
    /// "Phối hợp với …".
    pub cooperating: Vec<String>,
    /// "đến 100%", "ít nhất 01 phóng sự/tháng".
    pub target: Option<String>,
    /// The last day in time of "hoàn thành trước ngày 30/9/2025", "xong trong quý III/2025".
    pub complete_by: Option<NaiveDate>,
    pub lines: Vec<usize>,
}

/// Work given to one or several bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The path of the clause; none when the text has no clauses.
    pub clause: Option<String>,
    pub units: Vec<String>,
    pub mode: Mode,
    pub tasks: Vec<PlannedTask>,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// What is owed: a plan of one's own, or a report by its cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyKind {
    Plan,
    HalfYear,
    Year,
    Quarter,
    Month,
    AdHoc,
}

/// How often a day without a year comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recurs {
    Year,
    Quarter,
    Month,
    /// Said, and beyond the cycles a regime holds.
    Week,
    Day,
}

/// How the words bind: "trước ngày", "chậm nhất ngày", "trong thời hạn", or no day at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    Before,
    By,
    Within,
    Undated,
}

/// The due words of a duty, as written: nothing is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub rule: Rule,
    /// A day with its year.
    pub date: Option<NaiveDate>,
    /// A day without a year, month first; the month is blank in "ngày 15 của tháng cuối quý".
    pub month_day: Option<(Option<u32>, u32)>,
    pub recurs: Option<Recurs>,
    /// "16 giờ 30" of that day.
    pub clock: Option<(u32, u32)>,
    /// "Trong thời hạn 24 giờ".
    pub hours: Option<u32>,
    /// "Trong thời hạn 05 ngày".
    pub days: Option<u32>,
    /// Whether these are working days: "05 ngày làm việc".
    pub working: bool,
}

impl Due {
    pub const UNDATED: Due = Due {
        rule: Rule::Undated,
        date: None,
        month_day: None,
        recurs: None,
        clock: None,
        hours: None,
        days: None,
        working: false,
    };

    /// "11-15", "??-15".
    pub fn month_day_text(&self) -> Option<String> {
        self.month_day.map(|(month, day)| format!("{}-{day:02}", two(month)))
    }
}

/// A duty to plan or to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// None: the words name no cycle ("báo cáo theo quy định").
    pub kind: Option<DutyKind>,
    pub due: Due,
    /// "(qua Công an tỉnh)".
    pub via: Option<String>,
    pub to: Option<String>,
    /// Who owes it, where the sentence or its clause says so.
    pub units: Vec<String>,
    pub clause: Option<String>,
    pub text: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// Who signs, and as what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signatory {
    /// "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC"; both when a deputy signs for a collective.
    pub capacity: Option<String>,
    /// "PHÓ GIÁM ĐỐC".
    pub title: Option<String>,
    pub name: Option<String>,
    pub lines: Vec<usize>,
}

/// What a line of the document was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Blank,
    /// The heading block and the titles of clauses.
    Heading,
    /// Text of a base, a clause, a recipient, the signature.
    Read,
    /// National motto, rules, page numbers, stamps of digital signatures.
    Boilerplate,
    /// Could not be placed; shown as it is.
    Unread,
}

impl Role {
    const ALL: [Role; 5] = [Role::Blank, Role::Heading, Role::Read, Role::Boilerplate, Role::Unread];

    /// The letter it is kept as.
    pub fn letter(self) -> char {
        match self {
            Role::Blank => '_',
            Role::Heading => 'h',
            Role::Read => 'r',
            Role::Boilerplate => 'b',
            Role::Unread => 'u',
        }
    }

    /// What a letter stands for; what nobody wrote is unread.
    pub fn from_letter(letter: char) -> Role {
        Role::ALL.into_iter().find(|role| role.letter() == letter).unwrap_or(Role::Unread)
    }
}

/// A whole document as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    pub heading: Heading,
    pub bases: Vec<Basis>,
    pub clauses: Vec<Clause>,
    pub assignments: Vec<Given>,
    pub duties: Vec<Duty>,
    pub recipients: Vec<Found<String>>,
    pub signatory: Option<Found<Signatory>>,
    /// One per line, the first line first.
    pub roles: Vec<Role>,
}

impl Reading {
    /// Lines that hold anything.
    pub fn lines(&self) -> usize {
        self.roles.iter().filter(|role| **role != Role::Blank).count()
    }

    /// Lines that could not be placed.
    pub fn unread(&self) -> usize {
        self.roles.iter().filter(|role| **role == Role::Unread).count()
    }
}

fn two(part: Option<u32>) -> String {
    part.map_or_else(|| "??".to_owned(), |part| format!("{part:02}"))
}
